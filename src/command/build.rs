//! `level-one build`: the website into a folder.

use std::time::Instant;

use anstream::{eprintln, println};

use crate::cli::Build;
use crate::command::{CONTENT, Failure, GOOD, build, destination, report, snapshot};
use crate::diagnostic;
use crate::disk::write;

/// Builds.
pub fn run(call: &Build) -> Result<u8, Failure> {
    report::set_color(&call.print);
    let start = Instant::now();
    let folder = destination(&call.guide.root, &call.destination);
    write::check_folder(&call.guide.root, &folder)?;
    let snapshot = snapshot(&call.guide)?;
    let build = build(&snapshot);
    report::diagnostics(&build, &snapshot);
    let tally = diagnostic::tally(&build.diagnostics);
    let failed = tally.errors > 0 || call.guide.strict && tally.warnings > 0;
    let Some(output) = build.output.filter(|_| !failed) else {
        eprintln!("nothing was written: {}", report::tally(tally));
        return Ok(CONTENT);
    };
    let written = write::write(&output, &folder)?;
    if call.print.quiet {
        return Ok(GOOD);
    }
    if call.print.verbose {
        report::left_out_files(&build.left_out);
        for name in &written.written {
            println!("wrote {name}");
        }
        for name in &written.removed {
            println!("removed {name}");
        }
    }
    if !build.has_base_url {
        println!("no `base_url` is set, so there is no sitemap");
    }
    let mut parts = vec![
        report::counted(output.pages, "page", "pages"),
        format!("{} written", report::counted(written.written.len(), "file", "files")),
        format!("{} unchanged", written.unchanged),
        format!("{} removed", written.removed.len()),
    ];
    let left_out = report::left_out(&build.left_out);
    if !left_out.is_empty() {
        parts.push(format!("left out: {left_out}"));
    }
    parts.push(report::tally(tally));
    println!("{} in {:.2} s", parts.join(", "), start.elapsed().as_secs_f64());
    Ok(GOOD)
}
