//! Takes a snapshot: every file below `content/` and `themes/`.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::civil::Date;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Code, Diagnostic};
use crate::disk::{Error, system};
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
    let mut snapshot = Snapshot { files: BTreeMap::new(), today, options, problems: Vec::new() };
    Tree::new(root).refresh(&mut snapshot)?;
    Ok(snapshot)
}

/// The files of a guide as they were when they were last looked at.
#[derive(Debug)]
pub struct Tree {
    root: PathBuf,
    signatures: HashMap<SitePath, Signature>,
    /// What links lead to.
    pub linked: Linked,
    /// Whether a file was read so soon after it was written that it may not have been written to its end.
    pub unsettled: bool,
}

/// Folders that links lead to. Whether all that lies below is meant, or files in the folder itself.
pub type Linked = BTreeMap<PathBuf, bool>;

/// What changes when a file does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Signature {
    length: u64,
    /// None for a file that was cut off while it was read.
    modified: Option<SystemTime>,
    /// The file's own number, and when it was last touched in any way.
    system: (u64, u64, i64, i64),
    /// Whether it was read so soon after it was written that a second change might not show in its times.
    fresh: bool,
}

/// How soon after a change another might have the same time: a tick of the system's clock, and some.
const TICK: Duration = Duration::from_millis(20);

impl Signature {
    fn of(data: &fs::Metadata) -> Signature {
        let modified = data.modified().ok();
        let fresh = modified.is_none_or(|time| time.elapsed().is_ok_and(|age| age < TICK));
        Signature { length: data.len(), modified, system: system::change(data), fresh }
    }

    fn is(&self, other: &Signature) -> bool {
        let Signature { length, modified, system, fresh } = self;
        !fresh && (*length, *modified, *system) == (other.length, other.modified, other.system)
    }
}

impl Tree {
    /// A guide that was not looked at yet.
    pub fn new(root: &Path) -> Tree {
        Tree { root: root.to_owned(), signatures: HashMap::new(), linked: Linked::new(), unsettled: false }
    }

    /// Looks at everything and reads what has changed. Gives the files that are new, gone or have other bytes; none if
    /// nothing at all has changed. What could not be read may have changed alone.
    pub fn refresh(&mut self, snapshot: &mut Snapshot) -> Result<Option<Vec<SitePath>>, Error> {
        check_guide(&self.root)?;
        let mut walk = Walk::default();
        for folder in FOLDERS {
            walk.folder(&self.root, &self.root.join(folder))?;
        }
        let Walk { paths, mut problems, linked } = walk;
        self.linked = linked;
        let known = &self.signatures;
        let looked: Vec<Looked> =
            paths.into_par_iter().map(|(path, file)| look(path, &file, known)).collect();
        let mut signatures = HashMap::with_capacity(looked.len());
        let mut changed = Vec::new();
        self.unsettled = false;
        for Looked { path, signature, file } in looked {
            match file {
                Ok(None) => {}
                Ok(Some(Some(file))) => {
                    let new = put(snapshot, &path, file);
                    self.unsettled |= new.is_some() && signature.is_some_and(|signature| signature.fresh);
                    changed.extend(new);
                }
                Ok(Some(None)) => {
                    problems.push(too_large(&path));
                    continue;
                }
                // The machine is at its end, not the content.
                Err(error) if is_exhausted(&error) => {
                    return Err(Error::new("read", &self.root.join(path.as_str()), error));
                }
                Err(error) => {
                    problems.push(unreadable(&path, &error.to_string()));
                    continue;
                }
            }
            signatures.extend(signature.map(|signature| (path, signature)));
        }
        if snapshot.files.len() != signatures.len() {
            let gone = |path: &&SitePath| !signatures.contains_key(*path);
            changed.extend(snapshot.files.keys().filter(gone).cloned());
            snapshot.files.retain(|path, _| signatures.contains_key(path));
        }
        let other_problems = problems != snapshot.problems;
        snapshot.problems = problems;
        self.signatures = signatures;
        Ok((other_problems || !changed.is_empty()).then_some(changed))
    }

    /// Reads some files again, if all of them are known and still there, whatever their times say. Gives those that
    /// have other bytes; none if a look at everything is needed.
    pub fn refresh_some(&mut self, snapshot: &mut Snapshot, files: &[PathBuf]) -> Option<Vec<SitePath>> {
        let root = self.root.canonicalize().ok()?;
        let paths: Option<Vec<SitePath>> = files.iter().map(|file| site_path(&root, file)).collect();
        let paths = paths?;
        if !paths.iter().all(|path| self.signatures.contains_key(path)) {
            return None;
        }
        let read = |(path, file): (SitePath, &PathBuf)| {
            // Where a link leads, and what else may stand there now, is for the look at everything to say.
            fs::symlink_metadata(file).ok().filter(fs::Metadata::is_file)?;
            let (signature, file) = read_file(&path, file).ok()?;
            let whole = signature.modified.is_some();
            Some((path, signature, file?)).filter(|_| whole)
        };
        // All of them, before any is put: a look at everything has to see every change itself.
        let read: Option<Vec<_>> = paths.into_iter().zip(files).map(read).collect();
        let mut changed = Vec::new();
        for (path, signature, file) in read? {
            changed.extend(put(snapshot, &path, file));
            self.signatures.insert(path, signature);
        }
        Some(changed)
    }
}

/// A file that was looked at.
struct Looked {
    path: SitePath,
    signature: Option<Signature>,
    /// None if it has not changed; within, none if it is too large.
    file: std::io::Result<Option<Option<File>>>,
}

fn look(path: SitePath, file: &Path, known: &HashMap<SitePath, Signature>) -> Looked {
    if let Some(old) = known.get(&path) {
        let same = fs::metadata(file).is_ok_and(|data| data.is_file() && old.is(&Signature::of(&data)));
        if same {
            return Looked { path, signature: Some(*old), file: Ok(None) };
        }
    }
    match read_file(&path, file) {
        Ok((signature, file)) => Looked { path, signature: Some(signature), file: Ok(Some(file)) },
        Err(error) => Looked { path, signature: None, file: Err(error) },
    }
}

/// Puts a file into a snapshot. Gives its path if it is new or has other bytes.
fn put(snapshot: &mut Snapshot, path: &SitePath, file: File) -> Option<SitePath> {
    if snapshot.files.get(path).is_some_and(|old| old.bytes() == file.bytes()) {
        return None;
    }
    snapshot.files.insert(path.clone(), file);
    Some(path.clone())
}

fn too_large(path: &SitePath) -> Diagnostic {
    let message = format!("this file is larger than {} MB", LARGEST / 1_000_000);
    Diagnostic::about_file(Code::FileTooLarge, path, message)
        .help("keep it elsewhere and link to its address, or make it smaller")
}

/// The largest file that is read, in bytes. What readers load on a phone is far smaller.
const LARGEST: u64 = 64_000_000;

/// Reads a file; none if it is too large.
fn read_file(path: &SitePath, file: &Path) -> std::io::Result<(Signature, Option<File>)> {
    // Something that is no file might never come to an end.
    if !fs::metadata(file)?.is_file() {
        return Err(std::io::Error::other("it is not a file"));
    }
    let mut file = fs::File::open(file)?;
    let data = file.metadata()?;
    let mut signature = Signature::of(&data);
    if data.len() > LARGEST {
        return Ok((signature, None));
    }
    // As long as it was a moment ago: what comes behind that is written now, and is seen by the next look.
    let mut bytes = vec![0; data.len() as usize];
    let mut length = 0;
    while length < bytes.len() {
        match file.read(&mut bytes[length..]) {
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    if length < bytes.len() {
        // It was cut off while it was read: somebody is writing it anew.
        bytes.truncate(length);
        (signature.modified, signature.fresh) = (None, true);
    }
    Ok((signature, Some(File::new(path, bytes))))
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

/// What a walk through folders finds.
#[derive(Default)]
struct Walk {
    paths: Vec<(SitePath, PathBuf)>,
    problems: Vec<Diagnostic>,
    linked: Linked,
}

impl Walk {
    fn folder(&mut self, root: &Path, folder: &Path) -> Result<(), Error> {
        let Walk { paths, problems, linked } = self;
        if !folder.exists() {
            return Ok(());
        }
        let inside = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let visible =
            |entry: &DirEntry| entry.depth() == 0 || !is_passing(&entry.file_name().to_string_lossy());
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
                    if entry.depth() > 0
                        && entry.path_is_symlink()
                        && !leads_inside(entry.path(), &inside) =>
                {
                    let shown = SitePath::new(&lossy(root, entry.path()));
                    problems.push(unreadable(&shown, "it is a link that leads out of the guide"));
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Ok(entry) if entry.file_type().is_dir() => {
                    if entry.path_is_symlink() {
                        linked.extend(entry.path().canonicalize().map(|target| (target, true)));
                    }
                }
                Ok(entry) => match site_path(root, entry.path()) {
                    Some(path) if entry.file_type().is_file() => {
                        if entry.path_is_symlink() {
                            let target = entry.path().canonicalize().ok();
                            if let Some(folder) = target.as_deref().and_then(Path::parent) {
                                linked.entry(folder.to_owned()).or_insert(false);
                            }
                        }
                        paths.push((path, entry.into_path()));
                    }
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
}

/// A file of a name, anywhere below a folder.
pub fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    entries.into_iter().find(|entry| entry.file_name() == name).map(DirEntry::into_path)
}

/// Files that come and go beside an author's own: hidden ones, and those that editors make while they save.
pub fn is_passing(name: &str) -> bool {
    // Vim and nano; others that save beside the file; Emacs; browsers; JetBrains.
    let ends =
        [".swp", ".swo", ".swx", ".tmp", ".bak", "~", ".crdownload", ".part", "___jb_tmp___", "___jb_old___"];
    name.starts_with(['.', '#'])
        // Word; Vim, to see whether it may write; macOS, while it saves; Windows.
        || name.starts_with("~$")
        || name == "4913"
        || name.contains(".sb-")
        || name == "Thumbs.db"
        || ends.iter().any(|end| name.ends_with(end))
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
