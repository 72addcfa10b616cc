//! `level-one check`: everything that is wrong, and nothing written.

use std::sync::Arc;

use anstream::{print, println};

use crate::cache::Cache;
use crate::cli::{Check, Format};
use crate::command::{CONTENT, Failure, GOOD, build, report, snapshot};
use crate::diagnostic;
use crate::diagnostic::machine;
use crate::output::Nowhere;

/// Checks.
pub fn run(call: &Check) -> Result<u8, Failure> {
    report::set_color(&call.print);
    let snapshot = snapshot(&call.guide)?;
    let (build, cache) = build(&snapshot, Cache::for_one_run(), &Arc::new(Nowhere), call.print.quiet, None);
    // The process ends soon, and the system takes all memory back at once.
    std::mem::forget(cache);
    let tally = diagnostic::tally(&build.diagnostics);
    match call.format {
        Format::Text => {
            report::diagnostics(&build, &snapshot);
            if call.print.verbose {
                report::left_out_files(&build.left_out);
                report::readings(&build.readings);
            }
            if !call.print.quiet {
                let files = report::counted(snapshot.files.len(), "file", "files");
                println!("{files} checked: {}", report::tally(tally));
            }
        }
        Format::Json => println!("{}", machine::json(&build.diagnostics, |path| snapshot.text(path))),
        Format::Github => {
            // The log of a run shows the text, the change itself the annotations.
            report::diagnostics(&build, &snapshot);
            print!("{}", machine::github(&build.diagnostics, |path| snapshot.text(path)));
        }
    }
    let failed = tally.errors > 0 || call.guide.strict && tally.warnings > 0;
    Ok(if failed { CONTENT } else { GOOD })
}
