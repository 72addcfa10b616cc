//! `level-one clean`: removes what builds wrote.

use anstream::println;

use crate::cli::Clean;
use crate::command::{Failure, GOOD, destination, report, say_that_it_waits};
use crate::disk::publish;

/// Cleans.
pub fn run(call: &Clean) -> Result<u8, Failure> {
    report::set_color(&call.print);
    let folder = destination(&call.root, &call.destination);
    let removed = publish::clean(&call.root, &folder, say_that_it_waits)?;
    if !call.print.quiet {
        let files = report::counted(removed, "file", "files");
        println!("{files} removed from {}", folder.display());
    }
    Ok(GOOD)
}
