//! What holds for any input: parsers give a value and findings whose places lie in their files.

use std::collections::BTreeMap;

use level_one::cache::Cache;
use level_one::output::Made;
use level_one::pipeline;
use level_one::progress::Progress;
use level_one::snapshot::{File, Options, Snapshot};
use level_one::source::SitePath;
use proptest::prelude::*;

/// Files that are read in different ways.
const PLACES: &[&str] = &[
    "content/site.yaml",
    "content/index.md",
    "content/lessons/a/b.md",
    "content/lessons/a/module.yaml",
    "content/replies/r.md",
    "content/wins/w.yaml",
    "content/path.yaml",
    "content/glossary.yaml",
    "content/pages/p.md",
    "themes/default/templates/404.html",
    "themes/default/strings/en.yaml",
];

/// Pieces that parsers care about.
const PIECES: &[&str] = &[
    "---\n",
    "title: A\n",
    "title:",
    ": ",
    "\n",
    "\r\n",
    "\t",
    " #x",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "{{",
    "}}",
    "{%",
    "%}",
    "|",
    "\"",
    "'",
    "*",
    "&a ",
    "*a",
    "!x",
    "```quiz\n",
    "```path\n",
    "```reply\n",
    "```\n",
    "question: ",
    "options:\n",
    "use: r\n",
    "# ",
    "## ",
    "{#id}",
    "[a](b.md)",
    "[a](#b)",
    "![a](c.png)",
    "> [!NOTE]\n",
    "- [ ] ",
    "[^1]",
    "[^1]: ",
    "<b>",
    "<!--",
    "-->",
    "| a | b |\n",
    "| - | - |\n",
    "ä",
    "日本",
    "\u{feff}",
    "\u{202e}",
    "😀",
    "date: 2026-13-40\n",
    "slug: Ä\n",
    "requires: b\n",
    "nodes:\n",
    "start: a\n",
    "  a: { ask: x, answers: [{ say: y, go: a }] }\n",
    "javascript:",
    "%00",
    "~~",
    "**",
    "_",
    "`",
    "\\",
    "\0",
    "x",
];

fn hostile_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn snapshot(files: Vec<(&str, Vec<u8>)>) -> Snapshot {
    let today = "2026-11-25".parse().expect("is a day");
    let file = |(path, bytes): (&str, Vec<u8>)| {
        let path = SitePath::new(path);
        (path.clone(), File::new(&path, bytes))
    };
    let files: BTreeMap<_, _> = files.into_iter().map(file).collect();
    Snapshot { files, today, options: Options::default(), problems: Vec::new() }
}

fn check_places(snapshot: &Snapshot) {
    let output = Made::default();
    let build = pipeline::run(snapshot, &mut Cache::for_one_run(), &Progress::default(), &output);
    for finding in &build.diagnostics {
        assert!(!finding.message.is_empty(), "{finding:?}");
        let Some(span) = finding.span else { continue };
        let Some(text) = snapshot.text(&finding.path) else { continue };
        assert!(text.get(span.start..span.end).is_some(), "{finding:?} lies outside of {text:?}");
        level_one::diagnostic::terminal::render(finding, Some(text), false);
    }
    for (name, bytes) in output.into_files().iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = String::from_utf8(bytes.bytes()).unwrap_or_else(|_| panic!("{name} is not UTF-8"));
        // Every script is one of the theme's.
        let scripts = html.to_lowercase().matches("<script").count();
        let own = html.split("<script src=\"").skip(1).filter(|rest| {
            let address = rest.trim_start_matches("../");
            address.starts_with("assets/")
                && address.split('"').next().is_some_and(|one| one.ends_with(".js"))
        });
        assert!(own.count() == scripts && !html.contains("href=\"javascript:"), "{name}: {html}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_in_any_file_gives_a_value(place in prop::sample::select(PLACES), text in hostile_text()) {
        check_places(&snapshot(vec![(place, text.into_bytes())]));
    }

    #[test]
    fn any_body_of_a_lesson_gives_a_page(text in hostile_text()) {
        let lesson = format!("---\ntitle: A\n---\n{text}");
        check_places(&snapshot(vec![("content/lessons/a/b.md", lesson.into_bytes())]));
    }

    #[test]
    fn any_bytes_give_a_value(place in prop::sample::select(PLACES), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check_places(&snapshot(vec![(place, bytes)]));
    }
}
