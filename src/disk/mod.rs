//! The disk: the only modules that read and write files.

#![expect(
    clippy::disallowed_methods,
    reason = "this is the edge that the rest of the program is kept away from"
)]

mod lock;
pub mod manifest;
pub mod publish;
pub mod read;
mod system;
mod target;
pub mod watch;

use std::fmt;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// Whether something is at a path, a broken link included.
pub fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Writes a new file; one that is there already is never overwritten.
pub fn create(path: &Path, text: &str) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Error::new("make", folder, error))?;
    }
    let mut file =
        fs::File::options().write(true).create_new(true).open(path).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => {
                Error::new("write", path, "a file of this name is there already; choose another title")
            }
            _ => Error::new("write", path, error),
        })?;
    file.write_all(text.as_bytes()).map_err(|error| Error::new("write", path, error))
}

/// The machine refuses: what was tried, where, and why it failed.
#[derive(Clone, Debug)]
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
