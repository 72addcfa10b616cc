//! The commands beside build and serve.

use crate::support::SiteTest;

#[test]
fn a_new_guide_is_clean_and_can_be_built() {
    let site = SiteTest::new();
    site.run(&["init", "ours", "--title", "Ours: the guide"]).code(0).prints("level-one serve --open ours");
    site.run(&["check", "--strict", "ours"]).code(0);
    site.run(&["build", "--strict", "ours"]).code(0);
    assert!(site.read("ours/public/index.html").contains("Ours: the guide"));
    assert!(site.read("ours/.github/workflows/pages.yml").contains("level-one check"));
    assert!(site.read("ours/.gitignore").contains("/public/"));
    let before = site.tree("ours");
    site.run(&["init", "ours"]).code(2).says("is there already");
    assert_eq!(site.tree("ours"), before);
}

#[test]
fn new_files_are_valid_and_overwrite_nothing() {
    let site = SiteTest::small();
    let title = "Why? \"Ask once\": it's easy # really";
    let lesson = site.run(&["new", "lesson", "--title", title, "--module", "Talk"]).code(0);
    assert_eq!(lesson.stdout, "content/lessons/talk/why-ask-once-it-s-easy-really.md\n");
    site.run(&["new", "reply", "--title", title])
        .code(0)
        .prints("content/replies/why-ask-once-it-s-easy-really.md");
    site.run(&["new", "win", "--title", title, "--what", "- Went: well #1"])
        .code(0)
        .prints("content/wins/2026-11-");
    site.run(&["new", "win", "--title", "On a day", "--what", "It went well.", "--date", "2026-03-12"])
        .code(0);
    site.run(&["check", "--strict"]).code(0);
    site.build();
    assert!(site.read("public/lessons/why-ask-once-it-s-easy-really.html").contains("easy # really</h1>"));

    let before = site.tree("content");
    site.run(&["new", "lesson", "--title", title, "--module", "Talk"])
        .code(2)
        .says("has that address already");
    site.run(&["new", "lesson", "--title", title]).code(2).says("has that address already");
    site.run(&["new", "reply", "--title", title]).code(2).says("is there already");
    for wrong in ["???", " ", "Index"] {
        site.run(&["new", "lesson", "--title", wrong]).code(2);
    }
    site.run(&["new", "lesson", "--title", "A", "--module", "../../out"])
        .code(0)
        .prints("content/lessons/out/a.md");
    site.run(&["new", "win", "--title", "A", "--what", "B", "--date", "2026-02-30"])
        .code(2)
        .says("is not a date");
    site.run(&["new", "lesson", "--title", "A", "nowhere"]).code(2).says("there is no such folder");
    assert_eq!(site.tree("content").len(), before.len() + 1);
}

#[test]
fn without_a_terminal_nothing_is_asked() {
    let site = SiteTest::small();
    for call in [&["new", "lesson"][..], &["new", "reply"], &["new", "win", "--title", "A"]] {
        site.run(call).code(2).says("is missing");
    }
}

#[test]
fn codes_are_explained() {
    let site = SiteTest::new();
    site.run(&["explain", "key-unknown"]).code(0).prints("# key-unknown\n").prints("## What to do");
    site.run(&["explain", "[KEY-UNKNOWN]"]).code(0).prints("# key-unknown\n");
    site.run(&["explain", "key-unknwon"]).code(2).says("did you mean `key-unknown`?");
    assert!(site.run(&["explain"]).code(0).stdout.lines().count() > 50);
}

#[test]
fn findings_come_for_programs_too() {
    let site =
        SiteTest::small().file("content/pages/ä.md", "---\ntitle: A\n---\nÄ [x](no.md)\n<b>50%: a, b</b>\n");
    let json: serde_json::Value =
        serde_json::from_str(&site.run(&["check", "--format", "json"]).code(1).stdout).expect("is JSON");
    let first = &json["diagnostics"][0];
    assert_eq!((json["errors"].as_u64(), json["warnings"].as_u64()), (Some(1), Some(1)));
    assert_eq!(first["code"], "link-target-missing");
    assert_eq!(
        (first["severity"].as_str(), first["file"].as_str()),
        (Some("error"), Some("content/pages/ä.md"))
    );
    let place = ["line", "column", "end_line", "end_column"].map(|key| first[key].as_u64());
    assert_eq!(place, [Some(4), Some(3), Some(4), Some(13)]);
    let github = site.run(&["check", "--format", "github"]).code(1);
    let annotations: Vec<&str> = github.stdout.lines().collect();
    assert_eq!(annotations.len(), 2, "{}", github.stdout);
    assert!(annotations[0].starts_with(
        "::error file=content/pages/ä.md,line=4,col=3,endLine=4,endColumn=13,title=link-target-missing::"
    ));
    assert!(github.stderr.contains("error[link-target-missing]"));
}

#[test]
fn shells_complete() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        SiteTest::new().run(&["completions", shell]).code(0).prints("level-one");
    }
}
