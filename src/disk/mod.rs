//! The disk: the only modules that read and write files.

#![expect(
    clippy::disallowed_methods,
    reason = "this is the edge that the rest of the program is kept away from"
)]

pub mod manifest;
pub mod read;
pub mod write;

use std::fmt;
use std::path::{Path, PathBuf};

/// Whether something is at a path, a broken link included.
pub fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// The machine refuses: what was tried, where, and why it failed.
#[derive(Debug)]
pub struct Error {
    /// What was tried: `read`, `write`.
    pub verb: &'static str,
    /// Where.
    pub path: PathBuf,
    /// Why it failed.
    pub cause: String,
}

impl Error {
    /// An error of the system.
    pub fn new(verb: &'static str, path: &Path, cause: impl ToString) -> Error {
        Error { verb, path: path.to_owned(), cause: cause.to_string() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "could not {} `{}`: {}", self.verb, self.path.display(), self.cause)
    }
}

impl std::error::Error for Error {}
