#![no_main]
mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let lesson = [b"---\ntitle: A\n---\n## One\n\n[a](", bytes, b") ![b](", bytes, b") <", bytes, b">\n"].concat();
    common::check(&[
        ("content/lessons/a/b.md", &lesson),
        ("content/lessons/a/c.md", b"---\ntitle: C\n---\n## Two\n"),
        ("content/replies/r.md", b"---\ntitle: R\n---\nHi.\n"),
        ("content/glossary.yaml", b"Offer: means\n"),
        ("content/a.svg", b"<svg width='1' height='1'/>"),
    ]);
});
