//! Diagnostics for programs: JSON, and the annotations that GitHub shows beside a change.

use std::collections::HashMap;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity, tally};
use crate::source::{Lines, Position, SitePath};

/// A report as JSON writes it. Lines and columns count from 1, columns in characters; 1:1 stands for a whole file.
#[derive(Serialize)]
struct Report<'r> {
    diagnostics: Vec<Entry<'r>>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Entry<'r> {
    code: &'static str,
    severity: &'static str,
    message: &'r str,
    help: String,
    file: &'r str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// All findings as one line of JSON. `text` gives the text of a file, if it has one.
pub fn json<'t>(found: &[Diagnostic], text: impl Fn(&SitePath) -> Option<&'t str>) -> String {
    let tally = tally(found);
    let report = Report { diagnostics: entries(found, text), errors: tally.errors, warnings: tally.warnings };
    serde_json::to_string(&report).expect("texts and numbers can always be written")
}

/// All findings as annotations, a line each (GitHub's workflow commands).
pub fn github<'t>(found: &[Diagnostic], text: impl Fn(&SitePath) -> Option<&'t str>) -> String {
    let mut lines = String::new();
    for entry in entries(found, text) {
        let message = match entry.help.as_str() {
            "" => entry.message.to_owned(),
            help => format!("{}\n{help}", entry.message),
        };
        lines.push_str(&format!(
            "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
            entry.severity,
            property(entry.file),
            entry.line,
            entry.column,
            entry.end_line,
            entry.end_column,
            property(entry.code),
            data(&message),
        ));
    }
    lines
}

fn entries<'r, 't>(found: &'r [Diagnostic], text: impl Fn(&SitePath) -> Option<&'t str>) -> Vec<Entry<'r>> {
    let mut lines: HashMap<&SitePath, Option<Lines<'t>>> = HashMap::new();
    found
        .iter()
        .map(|diagnostic| {
            let lines =
                lines.entry(&diagnostic.path).or_insert_with(|| text(&diagnostic.path).map(Lines::of));
            let start = Position { line: 1, column: 1 };
            let (start, end) = match (diagnostic.span, lines) {
                (Some(span), Some(lines)) => (lines.position(span.start), lines.position(span.end)),
                _ => (start, start),
            };
            Entry {
                code: diagnostic.code.as_str(),
                severity: match diagnostic.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                },
                message: &diagnostic.message,
                help: diagnostic.help.join("\n"),
                file: diagnostic.path.as_str(),
                line: start.line,
                column: start.column,
                end_line: end.line,
                end_column: end.column,
            }
        })
        .collect()
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
