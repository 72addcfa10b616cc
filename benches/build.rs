//! How long a build takes: stage by stage, and as a whole process.
//!
//! `cargo bench --bench build` measures guides of 100, 1,000 and 10,000 lessons; `cargo bench --bench build -- 500`
//! measures one of 500. `BENCH_DIR` names the folder to work in: a memory file system, best of all, since a disk that
//! is wiped and written again gets slower from run to run. `-- write DIR 500` only writes the guide.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads clocks and files, and prints"
)]

mod corpus;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use level_one::cache::Cache;
use level_one::disk::{publish::Publisher, read};
use level_one::output::{Made, Nowhere, Sink};
use level_one::pipeline;
use level_one::progress::Progress;
use level_one::snapshot::Options;

/// How often each thing is measured; the middle value counts.
const RUNS: usize = 7;

fn main() {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [word, folder, lessons] = arguments.as_slice()
        && word == "write"
    {
        let lessons = lessons.parse().expect("the last word is a number of lessons");
        return corpus::write(Path::new(folder), lessons).expect("the folder can be written");
    }
    let sizes: Vec<usize> =
        arguments.iter().map(|size| size.parse().expect("each word is a number of lessons")).collect();
    let sizes = if sizes.is_empty() { vec![100, 1_000, 10_000] } else { sizes };
    let folder = std::env::var_os("BENCH_DIR").map_or_else(default_folder, PathBuf::from);
    let folder = folder.join(format!("level-one-bench-{}", std::process::id()));
    println!(
        "{:>7} {:>9} {:>9} {:>9} {:>9} {:>9}   {:>9} {:>9} {:>9} {:>9}",
        "lessons", "read", "parse", "assemble", "render", "write", "cold", "nothing", "one page", "memory"
    );
    for lessons in sizes {
        let guide = folder.join(lessons.to_string());
        corpus::write(&guide, lessons).expect("the guide can be written");
        let stages = stages(&guide);
        let whole = whole(&guide, lessons);
        print!("{lessons:>7}");
        for time in stages {
            print!(" {:>6.1} ms", time.as_secs_f64() * 1_000.0);
        }
        print!("  ");
        for time in whole.0 {
            print!(" {:>6.1} ms", time.as_secs_f64() * 1_000.0);
        }
        println!(" {:>6.1} MB", whole.1);
    }
    fs::remove_dir_all(&folder).expect("the guides can be removed");
}

/// A memory file system where there is one.
fn default_folder() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() { memory } else { std::env::temp_dir() }
}

/// The middle of several runs.
fn median<T: Copy + Ord>(mut run: impl FnMut() -> T) -> T {
    let mut times: Vec<T> = (0..RUNS).map(|_| run()).collect();
    times.sort();
    times[RUNS / 2]
}

fn timed<T>(act: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let value = act();
    (value, start.elapsed())
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
        let (_, assemble) = timed(|| pipeline::assemble(&config, &[], &snapshot, &mut cache));
        let progress = Progress::default();
        let (_, render) = timed(|| pipeline::render(&snapshot, &mut cache, &progress, &Nowhere).is_ok());
        let output = Made::default();
        assert!(pipeline::render(&snapshot, &mut cache, &progress, &output).is_ok());
        let files = output.into_files();
        let public = guide.join("public");
        let (_, write) = timed(|| {
            use rayon::prelude::*;
            let publisher = Publisher::open(guide, &public, || ()).expect("can be written");
            files.into_par_iter().for_each(|(name, bytes)| publisher.take(&name, bytes.to_vec()));
            publisher.finish().expect("can be written")
        });
        fs::remove_dir_all(&public).expect("can be removed");
        runs.push(vec![read, parse, assemble, render, write]);
    }
    (0..runs[0].len()).map(|stage| median_of(runs.iter().map(|run| run[stage]).collect())).collect()
}

fn median_of(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Whole processes: a cold build, one that finds nothing changed, one after a change to a lesson's text; and the most
/// memory that the first took, in megabytes.
fn whole(guide: &Path, lessons: usize) -> (Vec<Duration>, f64) {
    let public = guide.join("public");
    let mut memory = 0.0_f64;
    let cold = median(|| {
        let _ = fs::remove_dir_all(&public);
        let (time, peak) = build(guide);
        memory = memory.max(peak);
        time
    });
    let nothing = median(|| build(guide).0);
    let mut edition = 0;
    let one = median(|| {
        edition += 1;
        let text = corpus::lesson(lessons / 2, lessons, edition);
        fs::write(guide.join(corpus::lesson_path(lessons / 2)), text).expect("can be written");
        build(guide).0
    });
    (vec![cold, nothing, one], memory)
}

/// Runs `level-one build`: the time, and the most memory it took (megabytes; 0 where the system does not tell).
fn build(guide: &Path) -> (Duration, f64) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_level-one"))
        .args(["build", "--quiet"])
        .arg(guide)
        .stdin(Stdio::null())
        .spawn()
        .expect("the program can be run");
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak = 0.0;
    let status = loop {
        if let Some(status) = child.try_wait().expect("can be waited for") {
            break status;
        }
        let status = fs::read_to_string(&status_file).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes: f64 =
            line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0.0);
        peak = kilobytes.max(peak);
        std::thread::sleep(Duration::from_millis(1));
    };
    let time = start.elapsed();
    assert!(status.success());
    (time, peak / 1_000.0)
}
