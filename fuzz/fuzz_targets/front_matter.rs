#![no_main]
mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    common::check(&[("content/lessons/a/b.md", bytes), ("content/replies/r.md", bytes), ("content/pages/p.md", bytes)]);
});
