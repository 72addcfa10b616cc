#![no_main]
mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for path in [
        "content/site.yaml",
        "content/wins/w.yaml",
        "content/path.yaml",
        "content/glossary.yaml",
        "content/lessons/a/module.yaml",
    ] {
        common::check(&[(path, bytes), ("content/lessons/a/b.md", b"---\ntitle: B\n---\n")]);
    }
});
