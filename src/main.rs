//! The `level-one` command.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    level_one::command::run(level_one::cli::Cli::parse())
}
