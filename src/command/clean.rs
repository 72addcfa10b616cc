//! `level-one clean`: removes what builds wrote.

use anstream::println;

use crate::cli::Clean;
use crate::command::{Failure, GOOD, destination, report};
use crate::disk::write;

/// Cleans.
pub fn run(call: &Clean) -> Result<u8, Failure> {
    report::set_color(&call.print);
    let folder = destination(&call.root, &call.destination);
    write::check_folder(&call.root, &folder)?;
    let removed = write::clean(&folder)?;
    if !call.print.quiet {
        let files = report::counted(removed, "file", "files");
        println!("{files} removed from {}", folder.display());
    }
    Ok(GOOD)
}
