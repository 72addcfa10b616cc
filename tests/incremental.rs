//! After any edits a warm run gives the bytes and the findings of a cold one.

use std::collections::BTreeMap;

use level_one::cache::Cache;
use level_one::output::{Made, Output};
use level_one::pipeline;
use level_one::progress::Progress;
use level_one::snapshot::{File, Options, Snapshot};
use level_one::source::SitePath;
use proptest::prelude::*;

/// The texts that a file may have: each changes something that other pages may see.
const FILES: &[(&str, &[&str])] = &[
    (
        "content/site.yaml",
        &["title: Guide\n", "title: Guide\nbase_url: https://example.org/\n", "title: [\n", "titel: x\n"],
    ),
    ("content/index.md", &["Welcome.\n", "---\ntitle: Start\n---\nSee [first](lessons/start/first.md).\n"]),
    (
        "content/lessons/start/first.md",
        &[
            "---\ntitle: First\norder: 1\nreplies: [thanks]\ntags: [calls]\n---\n## One\n\nText.\n",
            "---\ntitle: First\norder: 1\nreplies: [thanks]\ntags: [calls]\n---\n## One\n\nAnother text, a little longer.\n",
            "---\ntitle: First\norder: 1\nreplies: [thanks]\ntags: [calls]\n---\n\n\n## One\n\nText.\n",
            "---\ntitle: A new title\norder: 3\ntags: [calls, notes]\ndate: 2026-02-03\n---\n## Two\n\n![Logo](logo.png)\n",
            "---\ntitle: First\nslug: renamed\naliases: [first]\n---\n## One\n",
            "---\ntitle: First\ndraft: yes\n---\n## One\n",
            "---\ntitle: First\n---\n[gone](nowhere.md) and <b>raw</b>\n",
            "---\ntitle: First: a failing head\n---\n",
            "---\ntitle: First\n---\n```reply\nthanks\n```\n\n```wins\ntag: calls\n```\n\n```path\n```\n",
        ],
    ),
    (
        "content/lessons/start/second.md",
        &[
            "---\ntitle: Second\norder: 2\nrequires: [first]\n---\nSee [the first](first.md#one).\n",
            "---\ntitle: Second\norder: 2\n---\nSee [the first](first.md).\n",
            "---\ntitle: Second\norder: 0\n---\nText <i>with</i> a warning.\n",
            "---\ntitle: Second\norder: 0\n---\n\nOne line down: text <i>with</i> a warning.\n",
        ],
    ),
    (
        "content/lessons/later/third.md",
        &[
            "---\ntitle: Third\ntags: [notes]\n---\n```quiz\nquestion: Why?\noptions:\n  - text: A\n    correct: yes\n    because: Yes.\n  - text: B\n    because: No.\n```\n",
            "---\ntitle: Third\ntags: [notes]\n---\n```quiz\nquestion: \"Why [so](../start/first.md)?\"\noptions:\n  - text: A\n    correct: yes\n    because: Yes.\n  - text: C\n    because: No.\n```\n",
            "---\ntitle: Third\ntags: [notes]\nrequires: [second]\naliases: [fourth]\n---\nNo question.\n",
        ],
    ),
    ("content/lessons/start/module.yaml", &["title: At the start\n", "title: Begin here\norder: 2\n"]),
    ("content/lessons/later/module.yaml", &["title: Later on\norder: 1\n"]),
    (
        "content/lessons/loose.md",
        &["---\ntitle: Loose\n---\nText.\n", "---\ntitle: Another loose one\n---\nText.\n"],
    ),
    ("content/lessons/start/logo.png", &["\u{89}PNG-one", "\u{89}PNG-two"]),
    (
        "content/replies/thanks.md",
        &[
            "---\ntitle: Thanks\nreason: none\n---\nThank you, {{ first_name }}.\n",
            "---\ntitle: Many thanks\nreason: comp\n---\nThank you, {{ first_name }}.\n",
            "---\ntitle: Thanks\nreason: none\n---\nThank you very much, {{ first_name }}.\n",
        ],
    ),
    (
        "content/wins/all.yaml",
        &[
            "- { title: A win, date: 2026-02, what: It went well., visibility: public, checked: yes, lesson: first, tags: [calls] }\n",
            "- { title: Another win, date: 2026-02, what: It went well., visibility: public, checked: yes }\n- { title: Private, date: 2026-03, what: Hush. }\n",
        ],
    ),
    (
        "content/glossary.yaml",
        &["Funnel: The stages.\n", "Funnel:\n  means: The stages of a search.\n  lesson: first\n"],
    ),
    (
        "content/path.yaml",
        &[
            "title: They said no\nstart: a\nnodes:\n  a:\n    ask: Why?\n    answers:\n      - { say: No reason, go: b }\n      - { say: Other, go: c }\n  b: { reply: thanks }\n  c: { end: Go on. }\n",
            "title: They declined\nstart: a\nnodes:\n  a:\n    ask: Why?\n    answers:\n      - { say: No reason, go: b }\n      - { say: Other, go: c }\n  b: { reply: thanks }\n  c: { end: Go on. }\n",
        ],
    ),
    ("content/pages/about.md", &["---\ntitle: About\n---\nText.\n", "---\ntitle: About us\n---\nText.\n"]),
    ("content/pages/glossary.md", &["---\ntitle: Words\n---\nOpening.\n"]),
    ("themes/default/styles/tokens.css", &[":root { --a: 1 }\n", ":root { --a: 2 }\n"]),
    ("themes/default/templates/404.html", &["<p>{{ page.root }}", "{{ nope }}", "{% if"]),
    ("themes/default/strings/en.yaml", &["site: { lessons: Units }\n"]),
];

/// Files that share a name, a slug or an id, and files whose place alone matters: what an editor of one file may do to
/// another. Each line is a change of one file; without a text it is removed.
const MEETINGS: &[&[(&str, Option<&str>)]] = &[
    &[
        (
            "content/wins/all.yaml",
            Some(
                "- { title: Ours, date: 2026-02, what: SECRET }\n- { title: Ours, date: 2026-02, what: Good., visibility: public, checked: yes }\n",
            ),
        ),
        (
            "content/wins/all.yaml",
            Some(
                "- { title: Ours, date: 2026-02, what: SECRET }\n- { title: Ours, date: 2026-02, what: Better., visibility: public, checked: yes }\n",
            ),
        ),
    ],
    &[
        ("content/lessons/other/loose.md", Some("---\ntitle: Loose\ndraft: yes\n---\nA draft.\n")),
        ("content/lessons/other/loose.md", Some("---\ntitle: Loose\ndraft: yes\n---\nAnother draft.\n")),
    ],
    &[
        ("content/lessons/loose.md", Some("---\ntitle: Loose\n---\n[later](later/module.yaml)\n")),
        ("content/lessons/later/third.md", None),
        ("content/lessons/later/third.md", Some("---\ntitle: Third\n---\nText.\n")),
    ],
    &[
        ("content/lessons/loose.md", Some("---\ntitle: Loose\n---\n[a win](../wins/a.yaml#2026-02-same)\n")),
        ("content/wins/a.yaml", Some("{ id: 2026-02-same, title: Same, date: 2026-02, what: Hush. }\n")),
        (
            "content/wins/b.yaml",
            Some(
                "{ id: 2026-02-same, title: Same, date: 2026-02, what: Good., visibility: public, checked: yes }\n",
            ),
        ),
        ("content/wins/b.yaml", Some("{ id: 2026-02-same, title: Same, date: 2026-02, what: Good. }\n")),
    ],
    &[
        ("content/site.yaml", Some("title: Guide\nbase_url: https://example.org/\n")),
        ("content/replies/short.md", Some("---\ntitle: Short\n---\nThank you.\n")),
        ("content/replies/short.md", None),
        ("content/replies/shorter.md", Some("---\ntitle: Short\n---\nThank you.\n")),
    ],
    &[
        ("themes/x/styles/tokens.css", Some("p { order: 1 }\n")),
        ("content/site.yaml", Some("title: Guide\ntheme: x\n")),
        ("themes/x/styles/tokens.css", None),
    ],
];

#[test]
fn files_that_meet_give_what_a_cold_run_gives() {
    for changes in MEETINGS {
        // Every change by itself, and all of them but for a pause at the end of each pair, as a rename is.
        for pause in [1, 2] {
            let (mut cache, mut output, mut snapshot) = (Cache::for_many_runs(), Output::default(), guide());
            check(&snapshot, &mut cache, &mut output, &"the start");
            for changes in changes.chunks(pause) {
                for (path, text) in changes {
                    match text {
                        Some(text) => put(&mut snapshot, path, text),
                        None => drop(snapshot.files.remove(&SitePath::new(path))),
                    }
                }
                check(&snapshot, &mut cache, &mut output, &changes);
            }
        }
    }
}

#[derive(Clone, Debug)]
enum Edit {
    Put(usize, usize),
    Remove(usize),
    Strict(bool),
    NextDay,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    // The last texts of each file have errors; they come less often, so that most runs make a site.
    let text = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let put = (0..FILES.len(), text).prop_map(|(file, (one, other))| {
        let texts = FILES[file].1.len();
        Edit::Put(file, one.index(texts).min(other.index(texts)))
    });
    let edit = prop_oneof![
        8 => put,
        2 => (0..FILES.len()).prop_map(Edit::Remove),
        1 => any::<bool>().prop_map(Edit::Strict),
        1 => Just(Edit::NextDay),
    ];
    // Several edits may happen between two runs.
    prop::collection::vec(edit, 1..40)
}

/// Everything that a reader and an author get to see.
type Seen = (Option<BTreeMap<String, Vec<u8>>>, Vec<String>);

fn files_of(output: &Output) -> BTreeMap<String, Vec<u8>> {
    output.paths().map(|path| (path.to_owned(), output.get(path).expect("is listed"))).collect()
}

fn run(snapshot: &Snapshot, cache: &mut Cache, output: &mut Output) -> Seen {
    let made = Made::default();
    let build = pipeline::run(snapshot, cache, &Progress::default(), &made);
    let said = build.diagnostics.iter().map(|finding| format!("{finding:?}")).collect();
    let files = build.pages.map(|_| {
        output.update(made, cache.stylesheet().cloned(), |path| cache.has_file(path), cache.file_count());
        files_of(output)
    });
    (files, said)
}

/// What a build from nothing gives, as `level-one build` makes it.
fn cold(snapshot: &Snapshot) -> Seen {
    let made = Made::default();
    let build = pipeline::run(snapshot, &mut Cache::for_one_run(), &Progress::default(), &made);
    let said = build.diagnostics.iter().map(|finding| format!("{finding:?}")).collect();
    let files = made.into_files().into_iter().map(|(path, bytes)| (path, bytes.bytes()));
    (build.pages.map(|_| files.collect()), said)
}

/// A guide with the first text of every file of its content.
fn guide() -> Snapshot {
    let today = "2026-11-25".parse().expect("is a day");
    let mut snapshot =
        Snapshot { files: BTreeMap::new(), today, options: Options::default(), problems: Vec::new() };
    for (path, texts) in FILES.iter().filter(|(path, _)| !path.starts_with("themes")) {
        put(&mut snapshot, path, texts[0]);
    }
    snapshot
}

fn put(snapshot: &mut Snapshot, path: &str, text: &str) {
    let path = SitePath::new(path);
    snapshot.files.insert(path.clone(), File::new(&path, text.into()));
}

/// Runs on top of what was run before, and states that it gives what a run from nothing gives.
#[track_caller]
fn check(snapshot: &Snapshot, cache: &mut Cache, output: &mut Output, what: &dyn std::fmt::Debug) {
    let before = files_of(output);
    let (warm, said) = run(snapshot, cache, output);
    let (fresh, said_fresh) = cold(snapshot);
    assert_eq!(said, said_fresh, "after {what:?}");
    assert!(warm == fresh, "after {what:?}: {:?}", differing(&warm, &fresh));
    assert!(warm.is_some() || files_of(output) == before, "a failed run changed the output after {what:?}");
}

#[test]
fn every_change_of_one_file_gives_what_a_cold_run_gives() {
    for (path, texts) in FILES {
        let (mut cache, mut output, mut snapshot) = (Cache::for_many_runs(), Output::default(), guide());
        for (number, one) in texts.iter().enumerate() {
            for (other_number, other) in texts.iter().enumerate() {
                for (what, text) in [(number, Some(*one)), (other_number, Some(*other)), (texts.len(), None)]
                {
                    match text {
                        Some(text) => put(&mut snapshot, path, text),
                        None if other_number == 0 => drop(snapshot.files.remove(&SitePath::new(path))),
                        None => {}
                    }
                    check(&snapshot, &mut cache, &mut output, &(path, what));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_warm_run_gives_what_a_cold_one_gives(edits in edits(), pauses in prop::collection::vec(any::<bool>(), 40)) {
        let (mut cache, mut output, mut snapshot) = (Cache::for_many_runs(), Output::default(), guide());
        run(&snapshot, &mut cache, &mut output);
        for (edit, pause) in edits.iter().zip(pauses) {
            match edit {
                Edit::Put(file, text) => put(&mut snapshot, FILES[*file].0, FILES[*file].1[*text]),
                Edit::Remove(file) => {
                    snapshot.files.remove(&SitePath::new(FILES[*file].0));
                }
                Edit::Strict(strict) => snapshot.options.strict = *strict,
                Edit::NextDay => snapshot.today = snapshot.today.tomorrow().expect("there is one"),
            }
            if pause {
                check(&snapshot, &mut cache, &mut output, edit);
            }
        }
    }
}

fn differing(
    one: &Option<BTreeMap<String, Vec<u8>>>,
    other: &Option<BTreeMap<String, Vec<u8>>>,
) -> Vec<String> {
    let (Some(one), Some(other)) = (one, other) else {
        return vec![format!("{} {}", one.is_some(), other.is_some())];
    };
    let names = one.keys().chain(other.keys()).filter(|name| one.get(*name) != other.get(*name));
    names.cloned().collect()
}
