//! How long a build takes: stage by stage, and as a whole process.
//!
//! `cargo bench --bench build` measures guides of 100, 1,000 and 10,000 lessons; `cargo bench --bench build -- 500`
//! measures one of 500. `BENCH_DIR` names the folder to work in: a memory file system, best of all, since a disk that
//! is wiped and written again gets slower from run to run. `-- write DIR 500` only writes the guide.
//!
//! `floor` is a program that does the least that any generator has to do: it walks, reads, renders Markdown and writes.
//! It is this benchmark itself, called with `floor DIR`.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads clocks and files, and prints"
)]

mod corpus;
mod measure;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use level_one::cache::Cache;
use level_one::disk::{publish::Publisher, read};
use level_one::output::{Made, Nowhere, Sink};
use level_one::pipeline::{self, Changed};
use level_one::progress::Progress;
use level_one::snapshot::Options;

use crate::measure::{median, milliseconds, timed};

/// How often each thing is measured; the middle value counts.
const RUNS: usize = 7;

fn main() {
    let arguments = measure::arguments();
    if let [word, folder, lessons] = arguments.as_slice()
        && word == "write"
    {
        let lessons = lessons.parse().expect("the last word is a number of lessons");
        return corpus::write(Path::new(folder), lessons).expect("the folder can be written");
    }
    if let [word, folder] = arguments.as_slice()
        && word == "floor"
    {
        return floor(Path::new(folder));
    }
    let folder = measure::folder();
    println!(
        "{:>7} {:>9} {:>9} {:>9} {:>9} {:>9}   {:>9} {:>9} {:>9} {:>9} {:>9}",
        "lessons",
        "read",
        "parse",
        "assemble",
        "render",
        "write",
        "floor",
        "cold",
        "nothing",
        "one page",
        "memory"
    );
    for lessons in measure::sizes(&arguments, &[100, 1_000, 10_000]) {
        let guide = folder.join(lessons.to_string());
        corpus::write(&guide, lessons).expect("the guide can be written");
        let stages = stages(&guide);
        let whole = whole(&guide, lessons);
        print!("{lessons:>7}");
        for time in stages {
            print!(" {:>6.1} ms", milliseconds(time));
        }
        print!("  ");
        for time in whole.0 {
            print!(" {:>6.1} ms", milliseconds(time));
        }
        println!(" {:>6.1} MB", whole.1);
    }
    fs::remove_dir_all(&folder).expect("the guides can be removed");
}

/// Reading, parsing, assembling, rendering, writing, each by itself in this process.
fn stages(guide: &Path) -> Vec<Duration> {
    let mut runs: Vec<Vec<Duration>> = Vec::new();
    for _ in 0..RUNS {
        let today = "2026-11-25".parse().expect("is a day");
        let (snapshot, read) =
            timed(|| read::snapshot(guide, today, Options::default()).expect("is readable"));
        let (config, _) = pipeline::config(&snapshot);
        let mut cache = Cache::for_one_run();
        let (_, parse) = timed(|| pipeline::parse(&snapshot, &config, &mut cache));
        let (_, assemble) = timed(|| pipeline::assemble(&config, &Changed::default(), &snapshot, &mut cache));
        let progress = Progress::default();
        let (_, render) = timed(|| pipeline::render(&snapshot, &mut cache, &progress, &Nowhere).is_ok());
        let output = Made::default();
        assert!(pipeline::render(&snapshot, &mut cache, &progress, &output).is_ok());
        let files: Vec<(String, Vec<u8>)> =
            output.into_files().into_iter().map(|(name, bytes)| (name, bytes.bytes())).collect();
        let public = guide.join("public");
        let (_, write) = timed(|| {
            use rayon::prelude::*;
            let publisher = Publisher::open(guide, &public, || ()).expect("can be written");
            files.into_par_iter().for_each(|(name, bytes)| publisher.take(&name, bytes));
            publisher.finish().expect("can be written")
        });
        fs::remove_dir_all(&public).expect("can be removed");
        runs.push(vec![read, parse, assemble, render, write]);
    }
    (0..runs[0].len()).map(|stage| median(runs.iter().map(|run| run[stage]).collect())).collect()
}

/// Whole processes: the floor, a cold build, one that finds nothing changed, one after a change to a lesson's text; and
/// the most memory that a cold build took, in megabytes.
fn whole(guide: &Path, lessons: usize) -> (Vec<Duration>, f64) {
    let public = guide.join("public");
    let fresh = |command: fn(&Path) -> Command| {
        let _ = fs::remove_dir_all(&public);
        timed(|| assert!(command(guide).status().expect("can be run").success())).1
    };
    let runs = |run: &mut dyn FnMut() -> Duration| median((0..RUNS).map(|_| run()).collect());
    let floor = runs(&mut || fresh(floor_command));
    let cold = runs(&mut || fresh(build_command));
    let again = || timed(|| assert!(build_command(guide).status().expect("can be run").success())).1;
    let nothing = runs(&mut || again());
    let mut edition = 0;
    let one = runs(&mut || {
        edition += 1;
        let text = corpus::lesson(lessons / 2, lessons, edition);
        fs::write(guide.join(corpus::lesson_path(lessons / 2)), text).expect("can be written");
        again()
    });
    let _ = fs::remove_dir_all(&public);
    (vec![floor, cold, nothing, one], peak_memory(&mut build_command(guide)))
}

fn build_command(guide: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_level-one"));
    command.args(["build", "--quiet"]).arg(guide).stdin(Stdio::null());
    command
}

fn floor_command(guide: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("runs from a file"));
    command.arg("floor").arg(guide).stdin(Stdio::null());
    command
}

/// The most memory that a process takes, in megabytes; 0 where the system does not tell. Looking takes time itself, so
/// this run is not one of those that are timed.
fn peak_memory(command: &mut Command) -> f64 {
    let mut child = command.spawn().expect("the program can be run");
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak = 0.0;
    while child.try_wait().expect("can be waited for").is_none() {
        let status = fs::read_to_string(&status_file).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
        peak = kilobytes.unwrap_or(0.0).max(peak);
        std::thread::sleep(Duration::from_millis(1));
    }
    peak / 1_000.0
}

/// Walks through a guide, reads its files, renders the lessons' Markdown and writes it, and copies the pictures. No
/// front matter, no templates, no links, no checks.
fn floor(guide: &Path) {
    use rayon::prelude::*;
    let files: Vec<PathBuf> = walkdir::WalkDir::new(guide.join("content"))
        .into_iter()
        .map(|entry| entry.expect("can be walked through"))
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    let public = guide.join("public");
    fs::create_dir_all(&public).expect("can be made");
    files.par_iter().enumerate().for_each(|(number, path)| {
        let bytes = fs::read(path).expect("can be read");
        match std::str::from_utf8(&bytes) {
            Ok(text) if path.extension().is_some_and(|extension| extension == "md") => {
                let options = pulldown_cmark::Options::ENABLE_TABLES
                    | pulldown_cmark::Options::ENABLE_TASKLISTS
                    | pulldown_cmark::Options::ENABLE_GFM;
                let mut html = String::with_capacity(text.len() * 3 / 2);
                pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(text, options));
                fs::write(public.join(format!("{number}.html")), html).expect("can be written");
            }
            Ok(_) => {}
            Err(_) => fs::write(public.join(format!("{number}.png")), &bytes).expect("can be written"),
        }
    });
}
