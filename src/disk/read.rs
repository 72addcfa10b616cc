//! Takes a snapshot: every file below `content/` and `themes/`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Code, Diagnostic};
use crate::disk::Error;
use crate::snapshot::{File, Options, Snapshot};
use crate::source::SitePath;

/// The folders that a site is made from.
pub const FOLDERS: &[&str] = &["content", "themes"];

/// States that a folder holds a guide.
pub fn check_guide(root: &Path) -> Result<(), Error> {
    let content = root.join("content");
    if !content.is_dir() {
        let cause = if root.is_dir() {
            "there is no folder `content` in it; name the folder of your guide, or begin one with `level-one init`"
        } else {
            "there is no such folder"
        };
        return Err(Error::new("find a guide in", root, cause));
    }
    Ok(())
}

/// Reads a guide. A file that cannot be read is a problem of the snapshot; a guide without `content/` is an error.
pub fn snapshot(root: &Path, today: Date, options: Options) -> Result<Snapshot, Error> {
    check_guide(root)?;
    let mut paths: Vec<(SitePath, PathBuf)> = Vec::new();
    let mut problems = Vec::new();
    for folder in FOLDERS {
        walk(root, &root.join(folder), &mut paths, &mut problems)?;
    }
    let read: Vec<(SitePath, std::io::Result<Option<File>>)> = paths
        .into_par_iter()
        .map(|(path, file)| {
            let file = read_file(&path, &file);
            (path, file)
        })
        .collect();
    let mut files = BTreeMap::new();
    for (path, file) in read {
        match file {
            Ok(Some(file)) => {
                files.insert(path, file);
            }
            Ok(None) => {
                let message = format!("this file is larger than {} MB", LARGEST / 1_000_000);
                let finding = Diagnostic::about_file(Code::FileTooLarge, &path, message);
                problems.push(finding.help("keep it elsewhere and link to its address, or make it smaller"));
            }
            // The machine is at its end, not the content.
            Err(error) if is_exhausted(&error) => {
                return Err(Error::new("read", &root.join(path.as_str()), error));
            }
            Err(error) => problems.push(unreadable(&path, &error.to_string())),
        }
    }
    Ok(Snapshot { files, today, options, problems })
}

/// The largest file that is read, in bytes. What readers load on a phone is far smaller.
const LARGEST: u64 = 64_000_000;

/// Reads a file; none if it is too large.
fn read_file(path: &SitePath, file: &Path) -> std::io::Result<Option<File>> {
    let mut file = fs::File::open(file)?;
    let length = file.metadata()?.len();
    if length > LARGEST {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(length as usize);
    file.read_to_end(&mut bytes)?;
    Ok(Some(File::new(path, bytes)))
}

/// Whether no file could be opened now, whichever it is.
fn is_exhausted(error: &std::io::Error) -> bool {
    // ENFILE and EMFILE, the same numbers on every Unix.
    error.kind() == ErrorKind::OutOfMemory || cfg!(unix) && matches!(error.raw_os_error(), Some(23 | 24))
}

/// Whether a link leads to a place in the guide.
fn leads_inside(path: &Path, root: &Path) -> bool {
    path.canonicalize().is_ok_and(|target| target.starts_with(root))
}

fn walk(
    root: &Path,
    folder: &Path,
    paths: &mut Vec<(SitePath, PathBuf)>,
    problems: &mut Vec<Diagnostic>,
) -> Result<(), Error> {
    if !folder.exists() {
        return Ok(());
    }
    let inside = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let visible = |entry: &DirEntry| entry.depth() == 0 || !is_passing(&entry.file_name().to_string_lossy());
    let mut entries = WalkDir::new(folder).follow_links(true).into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            Ok(entry) if !visible(&entry) => {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
            }
            // What lies outside of the guide is not published through a link that somebody has put into it.
            Ok(entry)
                if entry.depth() > 0 && entry.path_is_symlink() && !leads_inside(entry.path(), &inside) =>
            {
                let shown = SitePath::new(&lossy(root, entry.path()));
                problems.push(unreadable(&shown, "it is a link that leads out of the guide"));
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
            }
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => match site_path(root, entry.path()) {
                Some(path) if entry.file_type().is_file() => paths.push((path, entry.into_path())),
                Some(path) => problems.push(unreadable(&path, "it is not a file")),
                None => {
                    let shown = SitePath::new(&lossy(root, entry.path()));
                    problems.push(unreadable(&shown, "its name is not UTF-8; rename it"));
                }
            },
            Err(error) => {
                let path = error.path().unwrap_or(folder);
                if let Some(error) = error.io_error().filter(|error| is_exhausted(error)) {
                    return Err(Error::new("read", path, error));
                }
                let shown = SitePath::new(&lossy(root, path));
                let cause = match error.loop_ancestor() {
                    Some(_) => "it is a link that leads back to a folder that it lies in".to_owned(),
                    None => error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
                };
                problems.push(unreadable(&shown, &cause));
            }
        }
    }
    Ok(())
}

/// A file of a name, anywhere below a folder.
pub fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    entries.into_iter().find(|entry| entry.file_name() == name).map(DirEntry::into_path)
}

/// Files that come and go beside an author's own: hidden ones, and those that editors make while they save.
pub fn is_passing(name: &str) -> bool {
    let swap = [".swp", ".swo", ".swx", ".tmp", ".bak", "~", ".crdownload", ".part"];
    name.starts_with(['.', '#'])
        || name == "4913"
        || swap.iter().any(|end| name.ends_with(end))
        || name == "Thumbs.db"
}

fn site_path(root: &Path, path: &Path) -> Option<SitePath> {
    let parts: Option<Vec<&str>> = path.strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect();
    Some(SitePath::new(&parts?.join("/")))
}

fn lossy(root: &Path, path: &Path) -> String {
    let parts: Vec<_> =
        path.strip_prefix(root).unwrap_or(path).iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/").trim_start_matches('/').to_owned()
}

fn unreadable(path: &SitePath, cause: &str) -> Diagnostic {
    Diagnostic::about_file(Code::FileUnreadable, path, format!("this file cannot be read: {cause}"))
        .help("remove it, or put the file itself in its place and see that you may open it")
}
