//! What a build leaves on the disk.

use std::process::Command;

use crate::support::SiteTest;

#[test]
fn a_second_build_writes_nothing() {
    let site = SiteTest::small();
    site.build();
    let before = site.tree("public");
    site.build().prints(" 0 files written,").prints(" 0 removed,");
    assert_eq!(site.tree("public"), before);
}

#[test]
fn pages_that_are_gone_are_removed_and_nothing_else() {
    let site =
        SiteTest::small().file("public/CNAME", "example.org\n").file("public/lessons/notes.txt", "mine\n");
    site.build();
    assert!(site.has("public/lessons/second.html"));
    site.remove("content/lessons/start/second.md");
    site.build();
    assert!(!site.has("public/lessons/second.html"));
    site.run(&["clean"]).code(0);
    let left: Vec<String> = site.tree("public").into_keys().collect();
    assert_eq!(left, ["CNAME", "lessons/notes.txt"]);
}

#[test]
fn with_an_error_the_old_site_stays() {
    let site = SiteTest::small();
    site.build();
    let before = site.tree("public");
    site.write("content/lessons/start/first.md", "---\ntitel: First\n---\nNew text.\n");
    site.run(&["build"]).code(1).says("error[key-unknown]").says("nothing was written");
    assert_eq!(site.tree("public"), before);
    site.write("content/lessons/start/first.md", "---\ntitle: First\n---\n## One\n\n<b>New</b> text.\n");
    site.run(&["build", "--strict"]).code(1).says("warning[raw-html]");
    assert_eq!(site.tree("public"), before);
    site.run(&["build"]).code(0);
    assert_ne!(site.tree("public"), before);
}

#[test]
fn files_of_somebody_else_are_never_replaced() {
    let site = SiteTest::small().file("public/index.html", "mine\n");
    site.run(&["build"]).code(2).says("a file that no build wrote stands there");
    assert_eq!(site.read("public/index.html"), "mine\n");
    assert_eq!(site.tree("public").len(), 1);
}

#[test]
fn folders_that_hold_sources_are_refused() {
    let site = SiteTest::small();
    for folder in [".", "..", "content", "content/public", "themes/x", "content/lessons/start/first.md"] {
        site.run(&["build", "--dest-dir", folder]).code(2).says("could not build into");
    }
    site.run(&["build", "nowhere"]).code(2).says("there is no such folder");
    site.run(&["build", "content"]).code(2).says("there is no folder `content` in it");
}

#[test]
fn two_builds_are_equal_wherever_and_whenever() {
    let site = SiteTest::small();
    let other = SiteTest::small();
    site.build();
    let later = std::time::SystemTime::now() - std::time::Duration::from_secs(86_400 * 400);
    for file in other.tree("content").keys() {
        let file =
            std::fs::File::options().append(true).open(other.path("content").join(file)).expect("is there");
        file.set_modified(later).expect("times can be set");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_level-one"))
        .arg("build")
        .arg(other.path("."))
        .current_dir("/")
        .env("SOURCE_DATE_EPOCH", crate::support::TODAY)
        .env("TZ", "Pacific/Kiritimati")
        .env("LC_ALL", "tr_TR.UTF-8")
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .expect("the program can be run");
    assert!(output.status.success());
    assert_eq!(site.tree("public"), other.tree("public"));
}

#[test]
fn what_is_left_out_is_said() {
    let site = SiteTest::small()
        .file("content/lessons/start/later.md", "---\ntitle: Later\ndate: 2026-11-26\n---\n")
        .file("content/lessons/start/draft.md", "---\ntitle: Draft\ndraft: yes\n---\n")
        .file("content/wins/own.yaml", "title: Mine\ndate: 2026-01\nwhat: It went well.\n");
    site.build().prints("left out: 1 draft, 1 dated in the future, 1 private win");
    assert!(!site.has("public/lessons/later.html") && !site.has("public/lessons/draft.html"));
    assert!(!site.read("public/wins/index.html").contains("Mine"));
    site.run(&["build", "--verbose"]).code(0).prints("left out content/lessons/start/draft.md: draft\n");
    site.run(&["build", "--drafts", "--future"]).code(0).prints("left out: 1 private win");
    assert!(site.has("public/lessons/later.html") && site.has("public/lessons/draft.html"));
}

#[test]
fn the_base_address_is_used_where_it_must_be() {
    let site = SiteTest::small()
        .file("content/lessons/start/dated.md", "---\ntitle: Dated\ndate: 2026-03-02\n---\n");
    site.build().prints("no `base_url` is set, so there is no sitemap");
    assert!(!site.has("public/sitemap.xml"));
    assert!(!site.read("public/index.html").contains("rel=\"canonical\""));
    let feed = site.read("public/feed.xml");
    assert!(
        feed.contains("<id>tag:guide,2026-01-01:lessons/dated.html</id>")
            && !feed.contains("http://localhost"),
        "{feed}"
    );
    site.run(&["build", "--base-url", "https://example.org/guide"]).code(0);
    assert!(
        site.read("public/sitemap.xml").contains("<loc>https://example.org/guide/lessons/dated.html</loc>")
    );
    assert!(site.read("public/robots.txt").contains("Sitemap: https://example.org/guide/sitemap.xml"));
    assert!(
        site.read("public/lessons/dated.html")
            .contains("href=\"https://example.org/guide/lessons/dated.html\"")
    );
    assert!(site.read("public/404.html").contains("href=\"https://example.org/guide/index.html\""));
    assert!(site.read("public/feed.xml").contains("<id>https://example.org/guide/lessons/dated.html</id>"));
    site.run(&["build", "--base-url", "example.org"]).code(2);
}

#[test]
fn a_theme_lies_over_the_built_in_one_file_by_file() {
    let site = SiteTest::small()
        .file("themes/own/templates/404.html", "<!DOCTYPE html><title>Gone</title><p>{{ site.title }}")
        .file("themes/own/styles/extra.css", "@layer base { p { color: teal; } }\n");
    site.run(&["build", "--theme", "own"]).code(0);
    assert_eq!(site.read("public/404.html"), "<!DOCTYPE html><title>Gone</title><p>Guide");
    let css = site
        .tree("public/assets")
        .into_iter()
        .find(|(name, _)| name.starts_with("style."))
        .expect("has styles")
        .1;
    assert!(String::from_utf8(css).expect("is text").ends_with("@layer base { p { color: teal; } }\n"));
    assert!(site.read("public/index.html").contains("<h1"));
    site.run(&["build", "--theme", "missing"]).code(1).says("there is no theme `missing`");
}

#[test]
fn a_broken_template_is_shown_with_its_place() {
    let site = SiteTest::small().file("themes/default/templates/404.html", "<p>\n{{ nope }}\n");
    site.run(&["build"])
        .code(1)
        .says("error[template-invalid]")
        .says("themes/default/templates/404.html:2:4");
    site.write("themes/default/templates/404.html", "<p>\n{{ page.title\n");
    site.run(&["build"]).code(1).says("error[template-invalid]").says("themes/default/templates/404.html:");
    assert!(!site.has("public"));
}
