//! The files of the search, as the browser's half reads them: whatever the pages say, every word is found where it stands.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use level_one::search::files::Search;
use level_one::search::index::Index;
use level_one::search::synonyms::Synonyms;
use level_one::search::{Page, Pages, Section};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use tempfile::TempDir;

/// Pages as they are, in the order of their addresses.
#[derive(Debug)]
struct Given(Vec<Page>);

impl Pages for Given {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn known(&self, number: usize) -> (&str, u64) {
        let page = &self.0[number];
        let print = level_one::fingerprint::fingerprint(&format!("{page:?}"));
        (&page.address, print)
    }

    fn page(&self, number: usize) -> Page {
        self.0[number].clone()
    }
}

/// Words that meet the limits of the forms: short, long, joined, of other scripts, and what is no word.
fn text(most: usize) -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => "[a-e]{1,4}",
        2 => "[a-e]{2,3}-[a-e]{2,3}",
        1 => "\\PC{1,8}",
        1 => Just("候选人拒绝".to_owned()),
        1 => Just("𠀀𠀁𠀂".to_owned()),
        1 => Just("\u{e000}\u{ffff}é\u{301}".to_owned()),
        1 => "z{40,60}",
        1 => "[0-9]{1,3}",
    ];
    prop::collection::vec(word, 0..most).prop_map(|words| words.join(" "))
}

fn page() -> impl Strategy<Value = Page> {
    let section =
        (text(4), text(60)).prop_map(|(heading, text)| Section { id: "id".to_owned(), heading, text });
    let kind = prop::sample::select(vec!["lesson", "reply", "win"]);
    let tags = prop::collection::vec(text(2), 0..2);
    (kind, text(5), tags, prop::collection::vec(section, 0..12)).prop_map(|(kind, title, tags, sections)| {
        Page {
            kind,
            title,
            tags,
            sections,
            trail: "a \"trail\" </script>\u{2028}".to_owned(),
            ..Page::default()
        }
    })
}

/// Some pages, each at an address of its own.
fn pages(most: usize) -> impl Strategy<Value = Given> {
    prop::collection::vec(page(), 1..most).prop_map(|mut pages| {
        for (number, page) in pages.iter_mut().enumerate() {
            page.address = format!("lessons/{number:05}.html");
        }
        Given(pages)
    })
}

fn rows() -> Vec<Vec<String>> {
    [["ab", "a b"], ["ccc", "候选"]].map(|row| row.map(str::to_owned).to_vec()).to_vec()
}

/// Writes the files of some pages, and beside them what stands where: a word, a page, a section and a level a line.
fn write(folder: &Path, given: &Given) {
    let files = Mutex::new(Vec::new());
    Search::new(&rows(), "en").update(given, &|path, bytes| {
        files.lock().expect("nothing panics while it is locked").push((path.to_owned(), bytes));
    });
    fs::create_dir_all(folder.join("search")).expect("a folder can be made");
    for (path, bytes) in files.into_inner().expect("nothing panicked") {
        fs::write(folder.join(path), bytes).expect("a file can be written");
    }
    let mut index = Index::new(Synonyms::new(&rows()));
    index.update(given);
    let mut expected = String::new();
    for id in &index.order {
        let word = &index.words[*id as usize];
        for posting in word.listed() {
            let (page, section) = (posting.page, posting.count.section);
            writeln!(expected, "{} {page} {section} {}", word.text, index.level(posting)).expect("is a text");
        }
    }
    fs::write(folder.join("expected.txt"), expected).expect("a file can be written");
}

#[test]
fn the_browser_reads_what_was_written() {
    let folder = TempDir::new().expect("a folder can be made");
    let mut runner = proptest::test_runner::TestRunner::default();
    for case in 0..40 {
        let most = if case < 36 { 12 } else { 400 };
        let given = pages(most).new_tree(&mut runner).expect("there are such pages").current();
        write(&folder.path().join(case.to_string()), &given);
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract/decode.mjs");
    let output = Command::new("node").arg(script).arg(folder.path()).output();
    let output = output.unwrap_or_else(|error| panic!("node is needed for this test: {error}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "40 sites");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Pages change, come and go: the files are those of a search that begins anew.
    #[test]
    fn a_changed_search_has_the_files_of_a_new_one(
        first in pages(40),
        changes in prop::collection::vec((0usize..60, prop::option::of(page())), 1..12),
    ) {
        let mut all: std::collections::BTreeMap<String, Page> =
            first.0.into_iter().map(|page| (page.address.clone(), page)).collect();
        let files = Mutex::new(std::collections::BTreeMap::new());
        let emit = |path: &str, bytes: Vec<u8>| {
            files.lock().expect("nothing panics while it is locked").insert(path.to_owned(), bytes);
        };
        let mut search = Search::new(&rows(), "en");
        search.update(&Given(all.values().cloned().collect()), &emit);
        for (number, page) in changes {
            let address = format!("lessons/{number:05}.html");
            match page {
                Some(page) => drop(all.insert(address.clone(), Page { address, ..page })),
                None => drop(all.remove(&address)),
            }
            let given = Given(all.values().cloned().collect());
            search.update(&given, &emit);
            files.lock().expect("nothing panics while it is locked").retain(|path, _| search.has(path));
            let anew = Mutex::new(std::collections::BTreeMap::new());
            Search::new(&rows(), "en").update(&given, &|path, bytes| {
                anew.lock().expect("nothing panics while it is locked").insert(path.to_owned(), bytes);
            });
            let (kept, anew) = (files.lock().expect("is not locked"), anew.into_inner().expect("nothing panicked"));
            prop_assert_eq!(kept.keys().collect::<Vec<_>>(), anew.keys().collect::<Vec<_>>());
            prop_assert!(*kept == anew);
            prop_assert_eq!(search.file_count(), anew.len());
        }
    }
}
