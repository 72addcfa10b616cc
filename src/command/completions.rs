//! `level-one completions`: completion for shells.

use clap::CommandFactory;

use crate::cli::{Cli, Completions};
use crate::command::{Failure, GOOD};

/// Prints the completions of a shell.
pub fn run(call: &Completions) -> Result<u8, Failure> {
    clap_complete::generate(call.shell, &mut Cli::command(), "level-one", &mut std::io::stdout());
    Ok(GOOD)
}
