//! The examples of `docs/authoring.md` are a guide that is checked clean.

use std::path::Path;

use crate::support::Example;

#[test]
fn every_example_for_authors_works() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/authoring.md");
    let page = std::fs::read_to_string(path).expect("can be read");
    let example = Example::of(&page);
    assert!(example.site.tree("content").len() >= 5, "the examples were not found");
    example.site.run(&["check", "--strict"]).code(0);
}
