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
        // Without pictures a page of the guide stays below 100 KB before it is packed.
        assert!(html.len() < 100_000, "{name} has {} bytes", html.len());
    }
    assert!(pages > 20);
}
