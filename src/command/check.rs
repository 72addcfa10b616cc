//! `level-one check`: everything that is wrong, and nothing written.

use anstream::println;

use crate::cli::Check;
use crate::command::{CONTENT, Failure, GOOD, report, snapshot};
use crate::{diagnostic, pipeline};

/// Checks.
pub fn run(call: &Check) -> Result<u8, Failure> {
    report::set_color(&call.print);
    let snapshot = snapshot(&call.guide)?;
    let build = pipeline::run(&snapshot);
    report::diagnostics(&build.diagnostics, &snapshot);
    let tally = diagnostic::tally(&build.diagnostics);
    if call.print.verbose {
        report::left_out_files(&build.left_out);
    }
    if !call.print.quiet {
        let files = report::counted(snapshot.files.len(), "file", "files");
        println!("{files} checked: {}", report::tally(tally));
    }
    let failed = tally.errors > 0 || call.guide.strict && tally.warnings > 0;
    Ok(if failed { CONTENT } else { GOOD })
}
