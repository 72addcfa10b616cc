//! What the search costs a build: the whole index, and what a change of a lesson takes of it, texts for excerpts included.
//!
//! `cargo bench --bench search` measures guides of 100, 1,000 and 10,000 lessons; `-- 500` one of 500. `BENCH_DIR` names
//! the folder to work in. What it finds and what readers load is measured by `benches/search/`.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads clocks and files, and prints"
)]

mod corpus;
mod measure;

use std::fs;
use std::time::Duration;

use level_one::cache::Cache;
use level_one::disk::read;
use level_one::output::{Made, Nowhere};
use level_one::pipeline;
use level_one::snapshot::{File, Options, Snapshot};
use level_one::source::{SitePath, Source};

use crate::measure::{median, milliseconds, timed};

/// How often each thing is measured; the middle value counts.
const RUNS: usize = 7;

fn main() {
    println!("lessons     whole  a sentence  a lesson  a new lesson   files      bytes");
    for lessons in measure::sizes(&measure::arguments(), &[100, 1_000, 10_000]) {
        let guide = measure::folder();
        corpus::write(&guide, lessons).expect("the guide can be written");
        let mut snapshot =
            read::snapshot(&guide, "2026-11-25".parse().expect("is a day"), Options::default())
                .expect("is readable");
        fs::remove_dir_all(&guide).expect("the guide can be removed");
        let whole = median((0..RUNS).map(|_| whole(&snapshot)).collect());
        let made = Made::default();
        let mut cache = ready(&snapshot);
        pipeline::index(&mut cache, &made);
        let files = made.into_files();
        let bytes: usize = files.iter().map(|(_, file)| file.bytes().len()).sum();
        let path = corpus::lesson_path(lessons / 2);
        let changes = [sentence, another, new].map(|edit| changed(&mut snapshot, &mut cache, &path, edit));
        print!("{lessons:>7}  {:>5.1} ms", milliseconds(whole));
        for time in changes {
            print!("  {:>7.2} ms", milliseconds(time));
        }
        println!("    {:>6}  {:>6.1} MB", files.len(), bytes as f64 / 1e6);
    }
}

/// A guide that is put together, without its search.
fn ready(snapshot: &Snapshot) -> Cache {
    let (config, _) = pipeline::config(snapshot);
    let mut cache = Cache::for_many_runs();
    let changed = pipeline::parse(snapshot, &config, &mut cache);
    pipeline::assemble(&config, &changed, snapshot, &mut cache);
    cache
}

fn whole(snapshot: &Snapshot) -> Duration {
    let mut cache = ready(snapshot);
    timed(|| pipeline::index(&mut cache, &Nowhere)).1
}

/// The middle time that the index takes after an edit of a lesson.
fn changed(snapshot: &mut Snapshot, cache: &mut Cache, path: &str, edit: Edit) -> Duration {
    let path = SitePath::new(path);
    let before = snapshot.text(&path).expect("is a lesson").to_owned();
    let times = (0..RUNS).map(|number| {
        let (path, text) = edit(&path, &before, number);
        snapshot.files.insert(path.clone(), File::Text(Source::new(path, text)));
        let (config, _) = pipeline::config(snapshot);
        let changed = pipeline::parse(snapshot, &config, cache);
        pipeline::assemble(&config, &changed, snapshot, cache);
        timed(|| pipeline::index(cache, &Nowhere)).1
    });
    let time = median(times.collect());
    snapshot.files.insert(path.clone(), File::Text(Source::new(path, before)));
    time
}

/// A lesson's path and text after an edit, from what they were before and the number of the edit.
type Edit = fn(&SitePath, &str, usize) -> (SitePath, String);

fn sentence(path: &SitePath, before: &str, number: usize) -> (SitePath, String) {
    (path.clone(), format!("{before}\nOne sentence more is written here, number {number} of them.\n"))
}

/// Every word is another one.
fn another(path: &SitePath, before: &str, number: usize) -> (SitePath, String) {
    let (head, body) = before.split_at(before[4..].find("\n---\n").expect("has an end") + 9);
    let mut words: Vec<&str> = body.split(' ').collect();
    words.rotate_left(number + 1);
    let turned: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(at, word)| if at % 3 == 0 { format!("{word}{number}") } else { (*word).to_owned() })
        .collect();
    (path.clone(), format!("{head}Another text.\n\n{}\n", turned.join(" ").replace("```", "")))
}

fn new(path: &SitePath, before: &str, number: usize) -> (SitePath, String) {
    let path = SitePath::new(&path.as_str().replace(".md", &format!("-{number}.md")));
    (path, before.replacen("title: ", &format!("title: New {number} "), 1))
}
