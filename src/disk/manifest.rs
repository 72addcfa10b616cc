//! `.level-one-manifest.json`: the files that builds wrote. Only those are ever replaced or removed.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::disk::Error;

/// The name of the manifest, beside the files that it lists.
pub const NAME: &str = ".level-one-manifest.json";

/// The manifest's content.
#[derive(Debug, Deserialize)]
struct Manifest {
    files: BTreeSet<String>,
}

/// The files that the last build wrote; none if there was none.
pub fn read(folder: &Path) -> Result<Option<BTreeSet<String>>, Error> {
    let path = folder.join(NAME);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(Error::new("read", &path, error)),
    };
    let manifest: Manifest = serde_json::from_str(&text).map_err(|error| {
        Error::new(
            "read",
            &path,
            format!("{error}; remove the folder's pages and this file by hand, then build again"),
        )
    })?;
    // A name that leads out of the folder was not written by a build, and nothing outside is ever touched.
    Ok(Some(manifest.files.into_iter().filter(|name| is_inside(name)).collect()))
}

/// The manifest of a sorted list of files, as text.
pub fn text<'n>(files: impl IntoIterator<Item = &'n String>) -> String {
    #[derive(Serialize)]
    struct Written<'n> {
        version: u32,
        files: Vec<&'n String>,
    }
    let manifest = Written { version: 1, files: files.into_iter().collect() };
    serde_json::to_string_pretty(&manifest).expect("texts and numbers can always be written") + "\n"
}

fn is_inside(name: &str) -> bool {
    !name.is_empty()
        && name.split('/').all(|part| !part.is_empty() && part != "." && part != ".." && !part.contains('\\'))
}
