//! What commands print: findings and summaries.

use std::collections::HashSet;
use std::io::IsTerminal as _;

use anstream::{ColorChoice, eprint, eprintln, println};

use crate::cli::{Color, Print};
use crate::diagnostic::{Diagnostic, Tally, terminal};
use crate::pipeline::{Build, Reading};
use crate::site::LeftOut;
use crate::snapshot::Snapshot;

/// Sets once when colour is used.
pub fn set_color(print: &Print) {
    match print.color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
    .write_global();
}

/// Prints findings on standard error, each with the line that it means.
pub fn diagnostics(build: &Build, snapshot: &Snapshot) {
    new_diagnostics(build, snapshot, &HashSet::new());
}

/// Prints the findings that were not said before.
pub fn new_diagnostics(build: &Build, snapshot: &Snapshot, said: &HashSet<Diagnostic>) {
    for diagnostic in build.diagnostics.iter().filter(|diagnostic| !said.contains(*diagnostic)) {
        eprintln!("{}\n", terminal::render(diagnostic, snapshot.text(&diagnostic.path), true));
    }
    if build.unsaid > 0 {
        eprintln!("and {} more of the same files\n", build.unsaid);
    }
}

/// How far a long build is, in one line of a terminal that changes. Nothing is shown elsewhere.
pub struct ProgressLine {
    wanted: bool,
    shown: bool,
}

impl ProgressLine {
    /// A line that is not shown yet.
    pub fn new(quiet: bool) -> ProgressLine {
        ProgressLine { wanted: !quiet && std::io::stderr().is_terminal(), shown: false }
    }

    /// Shows how many pages of how many are done.
    pub fn show(&mut self, done: usize, of: usize) {
        if self.wanted {
            self.shown = true;
            if of == 0 {
                eprint!("\rreading");
            } else {
                eprint!("\r{done} of {of} pages");
            }
        }
    }

    /// Makes the line empty again.
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            eprint!("\r{:32}\r", "");
        }
    }
}

/// A word in red, where colour is used.
pub fn in_red(word: &str) -> String {
    let red = anstyle::AnsiColor::Red.on_default().bold();
    format!("{red}{word}{red:#}")
}

/// A time as people say it: `8 ms`, `1.2 s`.
pub fn duration(time: std::time::Duration) -> String {
    if time.as_millis() < 1000 {
        format!("{} ms", time.as_millis().max(1))
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

/// A number with its noun: `1 page`, `2 pages`.
pub fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The number of errors and warnings in words.
pub fn tally(tally: Tally) -> String {
    let errors = counted(tally.errors, "error", "errors");
    let warnings = counted(tally.warnings, "warning", "warnings");
    if tally.errors == 0 { warnings } else { format!("{errors}, {warnings}") }
}

/// Prints the files that were left out, each with its reason.
pub fn left_out_files(left_out: &LeftOut) {
    for (path, why) in &left_out.files {
        println!("left out {path}: {why}");
    }
}

/// Prints what reading each lesson takes.
pub fn readings(readings: &[Reading]) {
    for Reading { path, minutes, ease } in readings {
        let ease = ease.map_or("too short to tell".to_owned(), |ease| ease.to_string());
        println!("{path}: {}, reading ease {ease}", counted(*minutes, "minute", "minutes"));
    }
}

/// What was left out and why, in words; empty where nothing was.
pub fn left_out(left_out: &LeftOut) -> String {
    let parts: Vec<String> = [
        (left_out.drafts, "draft", "drafts"),
        (left_out.future, "dated in the future", "dated in the future"),
        (left_out.private, "private win", "private wins"),
    ]
    .into_iter()
    .filter(|(number, ..)| *number > 0)
    .map(|(number, one, many)| counted(number, one, many))
    .collect();
    parts.join(", ")
}
