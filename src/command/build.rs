//! `level-one build`: the website into a folder.

use std::sync::Arc;
use std::time::Instant;

use anstream::{eprintln, println};

use crate::cache::Cache;
use crate::cli::Build;
use crate::command::{
    CONTENT, Failure, GOOD, build, destination, report, say_that_it_waits, signal, snapshot,
};
use crate::diagnostic;
use crate::disk::publish::Publisher;

/// Builds.
pub fn run(call: &Build) -> Result<u8, Failure> {
    report::set_color(&call.print);
    let start = Instant::now();
    let folder = destination(&call.guide.root, &call.destination);
    let publisher = Arc::new(Publisher::open(&call.guide.root, &folder, say_that_it_waits)?);
    let stopped = publisher.clone();
    signal::on_stop(None, move || stopped.abandon());
    let snapshot = snapshot(&call.guide)?;
    let (build, cache) = build(&snapshot, Cache::for_one_run(), &publisher, call.print.quiet, None);
    report::diagnostics(&build, &snapshot);
    let tally = diagnostic::tally(&build.diagnostics);
    let Some(pages) = build.pages else {
        publisher.abandon();
        eprintln!("nothing was written: {}", report::tally(tally));
        return Ok(CONTENT);
    };
    let written = publisher.finish()?;
    // The process ends now, and the system takes all memory back at once.
    std::mem::forget((snapshot, cache));
    if let Some(why) = &written.one_by_one {
        eprintln!("the files were replaced one by one, not all in one step: {why}");
    }
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
        report::counted(pages, "page", "pages"),
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
