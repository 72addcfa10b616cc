//! What is wrong is found, all of it in one run, with its place.

use crate::support::SiteTest;

#[test]
fn everything_is_found_in_one_run() {
    let site = SiteTest::small()
        .file("content/site.yaml", "titel: A\nlevels: { no-such: off }\n")
        .file(
            "content/lessons/start/first.md",
            "---\ntitle: First\norder: two\ndate: 2026-02-30\nreplies: [thank]\nrequires: [first]\n---\n\
             [a](missing.md) [b](second.md#nope) [c](/x) [d](javascript:alert(1))\n\n![](no.png)\n\n\
             ```quiz\nquestion: Q\noptions: [{ text: A, because: B }]\nsection: nope\n```\n",
        )
        .file("content/replies/thanks.md", "---\ntitle: Thanks\nreason: nne\nmoves: [thanks, ask]\n---\nHi {{ frist_name }} {{\n")
        .file("content/wins/all.yaml", "- { title: A, date: 2026, what: B }\n- { title: C, date: 2026-01, what: D, visibility: public }\n")
        .file("content/path.yaml", "start: a\nnodes:\n  a: { ask: A, answers: [{ say: B, go: c }] }\n  b: { end: E }\n");
    let outcome = site.run(&["check"]).code(1);
    assert_eq!(
        outcome.findings(),
        [
            "value-wrong content/lessons/start/first.md:3:8",
            "date-invalid content/lessons/start/first.md:4:7",
            "reply-unknown content/lessons/start/first.md:5:11",
            "requires-cycle content/lessons/start/first.md:6:12",
            "link-target-missing content/lessons/start/first.md:8:1",
            "link-anchor-missing content/lessons/start/first.md:8:17",
            "link-absolute content/lessons/start/first.md:8:37",
            "link-unsafe content/lessons/start/first.md:8:45",
            "image-missing content/lessons/start/first.md:10:1",
            "image-alt-missing content/lessons/start/first.md:10:1",
            "component-invalid content/lessons/start/first.md:14:10",
            "section-unknown content/lessons/start/first.md:15:10",
            "link-anchor-missing content/lessons/start/second.md:4:5",
            "step-unknown content/path.yaml:3:40",
            "reason-unknown content/replies/thanks.md:3:9",
            "moves-mismatch content/replies/thanks.md:4:8",
            "placeholder-undeclared content/replies/thanks.md:6:4",
            "placeholder-unclosed content/replies/thanks.md:6:21",
            "key-unknown content/site.yaml:1:1",
            "key-unknown content/site.yaml:2:11",
            "date-invalid content/wins/all.yaml:1:21",
            "win-unchecked content/wins/all.yaml:2:51",
        ],
        "{}",
        outcome.stderr
    );
    assert!(
        outcome.stderr.contains("did you mean `thanks`?") && outcome.stderr.contains("did you mean `title`?")
    );
}

#[test]
fn links_to_what_is_not_built_yet_become_text() {
    let site = SiteTest::small()
        .file("content/lessons/start/later.md", "---\ntitle: Later\ndate: 2027-01-01\n---\n")
        .file(
            "content/lessons/start/second.md",
            "---\ntitle: Second\nrequires: [later]\n---\nSee [it](later.md).\n",
        );
    let outcome = site.run(&["build"]).code(0);
    let expected = [
        "link-left-out content/lessons/start/second.md:3:12",
        "link-left-out content/lessons/start/second.md:5:5",
    ];
    assert_eq!(outcome.findings(), expected, "{}", outcome.stderr);
    assert!(site.read("public/lessons/second.html").contains("<p>See it.</p>"));
    site.run(&["build", "--future"]).code(0);
    assert!(site.read("public/lessons/second.html").contains("<a href=\"later.html\">it</a>"));
}

#[test]
fn levels_change_what_fails() {
    let site =
        SiteTest::small().file("content/lessons/start/second.md", "---\ntitle: Second\n---\n<b>x</b>\n");
    site.run(&["check"]).code(0).says("warning[raw-html]");
    site.write("content/site.yaml", "levels: { raw-html: error }\n");
    site.run(&["check"]).code(1).says("error[raw-html]");
    site.write("content/site.yaml", "levels: { raw-html: off }\n");
    assert_eq!(site.run(&["check", "--strict"]).code(0).findings(), [""; 0]);
    site.write("content/site.yaml", "raw_html: yes\n");
    site.build();
    assert!(site.read("public/lessons/second.html").contains("<p><b>x</b></p>"));
}

#[test]
fn two_files_never_make_the_same_page() {
    let site = SiteTest::small()
        .file("content/lessons/other/first.md", "---\ntitle: Another\n---\n")
        .file("content/lessons/other/Índex.md", "---\ntitle: Index\n---\n")
        .file("content/lessons/other/b.md", "---\ntitle: B\naliases: [second]\n---\n")
        .file("content/pages/!!.md", "---\ntitle: Marks\n---\n");
    let outcome = site.run(&["check"]).code(1);
    assert_eq!(
        outcome.findings(),
        [
            "slug-duplicate content/lessons/other/b.md:3:11",
            "slug-reserved content/lessons/other/Índex.md",
            "slug-duplicate content/lessons/start/first.md",
            "slug-invalid content/pages/!!.md",
        ],
        "{}",
        outcome.stderr
    );
}

#[test]
fn files_that_are_no_text_are_named() {
    let site = SiteTest::small().file("content/lessons/start/second.md", [b'-', 0xff, 0xfe]);
    site.run(&["check"]).code(1).says("error[text-not-utf8]").says("content/lessons/start/second.md");
}
