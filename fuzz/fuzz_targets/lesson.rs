#![no_main]
mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let lesson = [b"---\ntitle: A\n---\n", bytes].concat();
    let reply = [b"---\ntitle: R\nreason: none\nchannel: [email, sms]\n---\n", bytes].concat();
    common::check(&[("content/lessons/a/b.md", &lesson), ("content/replies/r.md", &reply)]);
});
