//! Whether a site may be written to a folder.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::disk::Error;
use crate::disk::read::FOLDERS;

/// Refuses a folder that a site must not be written to: the guide itself, one that holds its sources or lies in them,
/// the home folder, a file, a link. Gives the folder's path from the root of the system.
pub fn check_folder(root: &Path, folder: &Path) -> Result<PathBuf, Error> {
    let refuse = |cause: &str| Err(Error::new("build into", folder, cause));
    let own = absolute(folder)?;
    let root = absolute(root)?;
    if let Ok(target) = fs::read_link(folder) {
        return refuse(&format!(
            "it is a link to `{}`; name that folder itself with `--dest-dir`",
            target.display()
        ));
    }
    if own.exists() && !own.is_dir() {
        return refuse("it is a file; name a folder with `--dest-dir`");
    }
    if root.starts_with(&own) {
        return refuse("the guide itself lies in it; name another folder with `--dest-dir`");
    }
    for sources in FOLDERS {
        let there = absolute(&root.join(sources))?;
        if own.starts_with(&there) {
            return refuse(&format!(
                "it lies in `{sources}`, which the site is made from; name another folder with `--dest-dir`"
            ));
        }
        if there.starts_with(&own) {
            return refuse(&format!("`{sources}` lies in it; name another folder with `--dest-dir`"));
        }
    }
    let home = std::env::home_dir().and_then(|home| absolute(&home).ok());
    if home.is_some_and(|home| home.starts_with(&own)) {
        return refuse("it is your home folder, or one above it; name a folder in it with `--dest-dir`");
    }
    Ok(own)
}

/// The path from the root of the system, links resolved as far as it exists.
fn absolute(path: &Path) -> Result<PathBuf, Error> {
    let path = std::path::absolute(path).map_err(|error| Error::new("find", path, error))?;
    let mut missing = Vec::new();
    let mut there = path.as_path();
    loop {
        if let Ok(resolved) = there.canonicalize() {
            let rest = missing.iter().rev();
            return Ok(rest.fold(resolved, |path, part| match part {
                Component::ParentDir => path.parent().unwrap_or(&path).to_owned(),
                part => path.join(part),
            }));
        }
        let Some(last) = there.components().next_back() else { return Ok(path) };
        missing.push(last);
        let Some(parent) = there.parent() else { return Ok(path) };
        there = parent;
    }
}
