//! What content becomes on the site.

use crate::support::SiteTest;

/// A lesson's page made from a body.
fn lesson(body: &str) -> String {
    let site = SiteTest::small()
        .file("content/lessons/start/first.md", format!("---\ntitle: First\n---\n## One\n\n{body}\n"));
    site.build();
    site.read("public/lessons/first.html")
}

#[test]
fn links_between_sources_become_links_between_pages() {
    let html = lesson(
        "[a](second.md) [b](#one) [c](../../replies/thanks.md) [d](../../wins/all.yaml#2026-02-a-win) [e](../start) \
         [f](https://example.org/?a=1&b=2 \"T \\\"q\\\" <i>\") [g](mailto:a@example.org) <https://example.org/x>",
    );
    for link in [
        "<a href=\"second.html\">a</a>",
        "<a href=\"#one\">b</a>",
        "<a href=\"../replies/thanks.html\">c</a>",
        "<a href=\"../wins/index.html#2026-02-a-win\">d</a>",
        "<a href=\"start/index.html\">e</a>",
        "<a href=\"https://example.org/?a=1&amp;b=2\" title=\"T &quot;q&quot; &lt;i&gt;\">f</a>",
        "<a href=\"mailto:a@example.org\">g</a>",
        "<a href=\"https://example.org/x\">https://example.org/x</a>",
    ] {
        assert!(html.contains(link), "{link} is not in:\n{html}");
    }
}

#[test]
fn a_lesson_keeps_its_address_when_it_moves() {
    let site = SiteTest::small();
    site.remove("content/lessons/start/second.md");
    site.write("content/lessons/other/deeper/second.md", "---\ntitle: Second\n---\n");
    site.build();
    assert!(site.has("public/lessons/second.html") && site.has("public/lessons/other/index.html"));
}

#[test]
fn lessons_come_by_order_then_title() {
    let site = SiteTest::new();
    for (name, head) in [
        ("b", "title: Zebra\norder: 1"),
        ("c", "title: Apple"),
        ("a", "title: banana"),
        ("d", "title: Yak\norder: -1"),
    ] {
        site.write(&format!("content/lessons/m/{name}.md"), format!("---\n{head}\n---\n"));
    }
    site.build();
    let html = site.read("public/lessons/m/index.html");
    let place = |title: &str| html.find(title).unwrap_or_else(|| panic!("{title} is not in the list"));
    assert!(
        place("Yak") < place("Zebra") && place("Zebra") < place("Apple") && place("Apple") < place("banana")
    );
    let first = site.read("public/lessons/d.html");
    assert!(first.contains("rel=\"next\"") && !first.contains("rel=\"prev\""));
}

#[test]
fn text_from_authors_is_never_markup() {
    let hostile = "<script>alert(1)</script>\"'&{{ 7919*7 }}{% if x %}";
    let quoted = format!("'{}'", hostile.replace('\'', "''"));
    let site = SiteTest::new()
        .file("content/site.yaml", format!("title: {quoted}\ndescription: {quoted}\nreasons: {{ none: {quoted} }}\n"))
        .file("content/index.md", format!("---\ntitle: {quoted}\nsummary: {quoted}\n---\n{hostile}\n"))
        .file(
            "content/lessons/m/a.md",
            format!(
                "---\ntitle: {quoted}\nsummary: {quoted}\ntags: [{quoted}]\nsources: [{quoted}]\nowner: {quoted}\ndate: 2026-01-01\nreplies: [r]\n---\n\
                 ## {hostile}\n\n![{hostile}](a.png \"{}\")\n\n```\"><script>\n{hostile}\n```\n\n\
                 ```quiz\nquestion: {quoted}\noptions:\n  - {{ text: {quoted}, because: {quoted}, correct: yes }}\n  - {{ text: b, because: {quoted} }}\n```\n\n\
                 ```plan\nif: {quoted}\nthen: {quoted}\n```\n\n```reflect\nprompt: {quoted}\n```\n\n```compare\npoor: {quoted}\ngood: {quoted}\n```\n\n```wins\n```\n",
                hostile.replace('"', "\\\"")
            ),
        )
        .file("content/lessons/m/a.png", PIXEL)
        .file("content/lessons/m/module.yaml", format!("title: {quoted}\nsummary: {quoted}\n"))
        .file("content/replies/r.md", format!("---\ntitle: {quoted}\nsituation: {quoted}\nwhy: {quoted}\nreason: none\nplaceholders: {{ x: {{ label: {quoted}, example: {quoted}, fallback: {quoted} }} }}\n---\n<script>alert(1)</script> {{{{ x }}}}\n"))
        .file("content/wins/w.yaml", format!("title: {quoted}\ndate: 2026-01\nwhat: {quoted}\nmy_part: {quoted}\nwords: {quoted}\nmetric: {{ name: {quoted}, before: {quoted}, after: {quoted} }}\nvisibility: public\nchecked: yes\ntags: [{quoted}]\n"))
        .file("content/glossary.yaml", format!("{quoted}: {{ means: {quoted}, also: [{quoted}] }}\n"))
        .file("content/path.yaml", format!("title: {quoted}\nstart: a\nnodes:\n  a: {{ ask: {quoted}, hint: {quoted}, answers: [{{ say: {quoted}, go: b, because: {quoted}, verdict: good }}] }}\n  b: {{ end: {quoted} }}\n"));
    site.build();
    for (name, bytes) in site.tree("public") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if name.ends_with(".html") || name.ends_with(".xml") {
            assert!(!text.contains("<script>"), "{name} holds a live script:\n{text}");
            assert!(!text.contains("55433"), "{name} ran a template");
        }
    }
    let reply = site.read("public/replies/r.html");
    assert!(reply.contains("&lt;script&gt;alert(1)"), "{reply}");
}

/// A picture of one pixel.
const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0,
    1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89,
];

#[test]
fn images_and_downloads_are_copied_once_they_are_used() {
    let site = SiteTest::small()
        .file("content/lessons/start/funnel.png", PIXEL)
        .file("content/lessons/start/Sheet 1.pdf", "%PDF")
        .file("content/lessons/start/unused.png", "x")
        .file(
            "content/lessons/start/first.md",
            "---\ntitle: First\n---\n## One\n\n![A funnel](funnel.png)\n\n[sheet](Sheet%201.pdf)\n",
        );
    site.build();
    let html = site.read("public/lessons/first.html");
    let image = html
        .split("<figure><img src=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("has a figure");
    assert!(image.starts_with("../assets/funnel.") && image.ends_with(".png"), "{image}");
    assert!(html.contains("alt=\"A funnel\" width=\"1\" height=\"1\""), "{html}");
    assert!(site.has(&format!("public/{}", image.trim_start_matches("../"))));
    assert!(html.contains("href=\"../assets/sheet-1.") && html.contains(".pdf\">sheet</a>"), "{html}");
    assert!(!site.tree("public").keys().any(|name| name.contains("unused")));
}

#[test]
fn old_addresses_forward() {
    let site = SiteTest::small()
        .file("content/lessons/start/second.md", "---\ntitle: Second\naliases: [old-name]\n---\n");
    site.build();
    let html = site.read("public/lessons/old-name.html");
    assert!(html.contains("url=second.html") && html.contains("<a href=\"second.html\""), "{html}");
}

#[test]
fn what_uses_a_reply_is_shown_there() {
    let site = SiteTest::small();
    site.build();
    assert!(site.read("public/replies/thanks.html").contains("href=\"../lessons/first.html\""));
    assert!(site.read("public/lessons/first.html").contains("href=\"../replies/thanks.html\""));
    assert!(site.read("public/lessons/first.html").contains("../wins/index.html"));
}

#[test]
fn no_page_names_every_lesson() {
    let site = SiteTest::new();
    for number in 0..30 {
        site.write(
            &format!("content/lessons/m{}/l{number}.md", number / 3),
            format!("---\ntitle: Lesson {number}\n---\n"),
        );
    }
    site.build();
    let html = site.read("public/lessons/l15.html");
    let named = (0..30).filter(|number| html.contains(&format!("l{number}.html"))).count();
    assert!(named <= 5, "a lesson names {named} others");
}
