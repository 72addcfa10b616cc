//! The guide of this repository itself.

use std::path::Path;
use std::process::Command;

#[test]
fn the_guide_is_checked_clean() {
    let output = Command::new(env!("CARGO_BIN_EXE_level-one"))
        .args(["check", "--strict"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .expect("the program can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn every_part_of_a_page_has_an_id_of_its_own() {
    let site = crate::support::SiteTest::new();
    let public = site.path("public");
    let output = Command::new(env!("CARGO_BIN_EXE_level-one"))
        .args(["build", "--dest-dir"])
        .arg(&public)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .expect("the program can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut pages = 0;
    for (name, bytes) in crate::support::tree(&public) {
        if !name.ends_with(".html") {
            continue;
        }
        pages += 1;
        let html = String::from_utf8(bytes).expect("pages are UTF-8");
        let mut ids: Vec<&str> =
            html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name} has an id twice");
        // Without pictures a page of the guide stays below 100 KB before it is packed; only all questions, and all ways with
        // the replies at their ends, take more.
        let most = if ["review.html", "path.html"].contains(&name.as_str()) { 250_000 } else { 100_000 };
        assert!(html.len() < most, "{name} has {} bytes", html.len());
    }
    assert!(pages > 20);
}

/// The shape that `docs/lesson-style.md` asks for, as far as a program can see it.
#[test]
fn every_lesson_has_all_of_its_parts() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let lessons = crate::support::tree(&content.join("lessons"));
    let lessons = lessons.iter().filter(|(name, _)| name.ends_with(".md"));
    let mut modules = std::collections::BTreeSet::new();
    let mut count = 0;
    for (name, bytes) in lessons {
        let text = String::from_utf8_lossy(bytes);
        let lines = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
        for (part, least) in [
            ("```quiz", 3),
            ("```compare", 1),
            ("```plan", 1),
            ("```reflect", 1),
            ("- [ ] ", 4),
            ("After this lesson you can", 1),
            ("summary: ", 1),
            ("sources:", 1),
            ("review_by: ", 1),
        ] {
            assert!(lines(part) >= least || text.contains(part) && least == 1, "{name}: {part}");
        }
        // The first week has no reply to send yet.
        assert!(lines("replies: ") == 1 || name == "start/first-week.md", "{name}: replies");
        modules.extend(name.split('/').next());
        count += 1;
    }
    assert_eq!(count, 14);
    assert_eq!(Vec::from_iter(modules), ["decide", "find", "last", "start", "talk", "when-no"]);
}

#[test]
fn every_lesson_takes_six_to_ten_minutes_and_reads_easily() {
    let output = Command::new(env!("CARGO_BIN_EXE_level-one"))
        .args(["check", "--verbose"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .expect("the program can be run");
    let said = String::from_utf8_lossy(&output.stdout);
    let readings: Vec<&str> = said.lines().filter(|line| line.contains(" reading ease ")).collect();
    assert_eq!(readings.len(), 14, "{said}");
    for reading in readings {
        let (path, rest) = reading.split_once(": ").expect("names a file");
        let minutes: usize = rest.split(' ').next().and_then(|n| n.parse().ok()).expect("has minutes");
        let ease: i32 = rest.rsplit(' ').next().and_then(|n| n.parse().ok()).expect("has an ease");
        assert!((6..=10).contains(&minutes), "{path} takes {minutes} minutes");
        assert!(ease >= 60, "{path} has a reading ease of {ease}");
    }
}
