//! Writes a site into a folder: only what differs, and nothing that is not ours is touched.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

use crate::disk::{Error, manifest};
use crate::output::Output;

/// What writing a site did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have changed.
    pub written: Vec<String>,
    /// Files that were as they should be.
    pub unchanged: usize,
    /// Files of an earlier build that are gone.
    pub removed: Vec<String>,
}

/// Refuses a folder that a site must not be written to: the guide itself, or one that holds its sources or lies in
/// them.
pub fn check_folder(root: &Path, folder: &Path) -> Result<(), Error> {
    let refuse = |cause: &str| Err(Error::new("build into", folder, cause));
    let own = absolute(folder)?;
    let root = absolute(root)?;
    if root.starts_with(&own) {
        return refuse("the guide itself lies in it; name another folder with `--dest-dir`");
    }
    for sources in ["content", "themes"] {
        if own.starts_with(root.join(sources)) {
            return refuse(&format!(
                "it lies in `{sources}`, which the site is made from; name another folder with `--dest-dir`"
            ));
        }
    }
    if own.exists() && !own.is_dir() {
        return refuse("it is a file; name a folder with `--dest-dir`");
    }
    Ok(())
}

/// Writes a site.
pub fn write(output: &Output, folder: &Path) -> Result<Written, Error> {
    let known = manifest::read(folder)?;
    refuse_foreign(output, folder, known.as_ref())?;
    let known = known.unwrap_or_default();
    fs::create_dir_all(folder).map_err(|error| Error::new("make", folder, error))?;
    let mut written = Written::default();
    let names: BTreeSet<String> = output.iter().map(|(name, _)| name.to_owned()).collect();
    // Files of both builds are listed until all is written, so that nothing is left over if this is interrupted.
    put(folder, manifest::NAME, manifest::text(names.union(&known).cloned().collect()).as_bytes())?;
    for (name, bytes) in output.iter() {
        if put(folder, name, bytes)? {
            written.written.push(name.to_owned());
        } else {
            written.unchanged += 1;
        }
    }
    written.removed = remove(folder, known.difference(&names))?;
    put(folder, manifest::NAME, manifest::text(names).as_bytes())?;
    Ok(written)
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

/// Removes what builds wrote, and nothing else. Gives the number of files.
pub fn clean(folder: &Path) -> Result<usize, Error> {
    let Some(known) = manifest::read(folder)? else { return Ok(0) };
    let removed = remove(folder, known.iter())?;
    let path = folder.join(manifest::NAME);
    fs::remove_file(&path).map_err(|error| Error::new("remove", &path, error))?;
    // The folder itself goes too, unless somebody keeps something in it.
    let _ = fs::remove_dir(folder);
    Ok(removed.len())
}

/// Files that stand where pages would go and that no build wrote are somebody's own.
fn refuse_foreign(output: &Output, folder: &Path, known: Option<&BTreeSet<String>>) -> Result<(), Error> {
    let ours = |name: &str| known.is_some_and(|known| known.contains(name));
    let foreign = |(name, bytes): &(&str, &[u8])| {
        !ours(name) && fs::symlink_metadata(folder.join(name)).is_ok() && !is_equal(&folder.join(name), bytes)
    };
    match output.iter().find(foreign) {
        Some((name, _)) => {
            let path = folder.join(name);
            Err(Error::new(
                "write",
                &path,
                "a file that no build wrote stands there; move it away, or build into another folder with `--dest-dir`",
            ))
        }
        None => Ok(()),
    }
}

/// Writes a file if it differs. A reader sees the old file or the new one, never a part of it.
fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<bool, Error> {
    let path = folder.join(name);
    if is_equal(&path, bytes) {
        return Ok(false);
    }
    let parent = path.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(|error| Error::new("make", parent, error))?;
    let wrong = |error: std::io::Error| Error::new("write", &path, error);
    let mut file = tempfile::Builder::new()
        .prefix(".level-one-")
        .permissions(readable_by_all())
        .tempfile_in(parent)
        .map_err(wrong)?;
    file.write_all(bytes).map_err(wrong)?;
    file.persist(&path).map_err(|error| wrong(error.error))?;
    Ok(true)
}

#[cfg(unix)]
fn readable_by_all() -> fs::Permissions {
    // A web server often runs as somebody else; the umask of the caller still applies.
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

#[cfg(not(unix))]
fn readable_by_all() -> fs::Permissions {
    let mut permissions =
        fs::metadata(std::env::temp_dir()).expect("the folder for passing files is there").permissions();
    #[expect(
        clippy::permissions_set_readonly_false,
        reason = "there are no other permissions on this system"
    )]
    permissions.set_readonly(false);
    permissions
}

fn is_equal(path: &Path, bytes: &[u8]) -> bool {
    let same_length =
        fs::symlink_metadata(path).is_ok_and(|data| data.is_file() && data.len() == bytes.len() as u64);
    same_length && fs::read(path).is_ok_and(|there| there == bytes)
}

fn remove<'n>(folder: &Path, names: impl Iterator<Item = &'n String>) -> Result<Vec<String>, Error> {
    let mut removed = Vec::new();
    let mut folders: BTreeSet<PathBuf> = BTreeSet::new();
    for name in names {
        let path = folder.join(name);
        match fs::remove_file(&path) {
            Ok(()) => removed.push(name.clone()),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            Err(error) => return Err(Error::new("remove", &path, error)),
        }
        folders.extend(path.ancestors().skip(1).take_while(|above| *above != folder).map(Path::to_owned));
    }
    for empty in folders.iter().rev() {
        // Fails where somebody keeps something in it, which is as it should be.
        let _ = fs::remove_dir(empty);
    }
    Ok(removed)
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
