//! Puts a site into its folder: whole or not at all.
//!
//! Files that differ are written to a staging folder beside the output while pages are still being made. Once all is
//! well, everything else that lies in the output is linked there too, and the two folders are exchanged in one step.
//! Whoever looks at the output at any instant, also after a `kill -9`, sees exactly the old site or exactly the new
//! one. What an earlier build left behind is cleared away by the next.
//!
//! Where folders cannot be exchanged (mount points, some systems), the files are staged inside of the output, and are
//! then put in their places one by one: each is whole, but for a moment old and new ones stand side by side.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::disk::lock::Lock;
pub use crate::disk::target::check_folder;
use crate::disk::{Error, manifest, system};
use crate::output::{Changes, Output, Sink};
use crate::search::files::CORE;

/// What putting a site into its folder did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have changed.
    pub written: Vec<String>,
    /// Files that were as they should be.
    pub unchanged: usize,
    /// Files of an earlier build that are gone.
    pub removed: Vec<String>,
    /// Why the site was not put in its place in one step.
    pub one_by_one: Option<String>,
}

/// A folder that a site is being written to.
#[derive(Debug)]
pub struct Publisher {
    folder: PathBuf,
    /// Whether there was no such folder.
    fresh: bool,
    /// The files of the last build; none if there was none.
    known: Option<BTreeSet<String>>,
    /// Whether what earlier builds left behind could be cleared away.
    healed: Result<(), Error>,
    /// Made when the first file differs.
    stage: OnceLock<Result<Stage, Error>>,
    /// The files that came: whether they differ from what is there.
    came: Mutex<BTreeMap<String, bool>>,
    /// What went wrong first.
    failure: Mutex<Option<Error>>,
    /// Whether no more files are wanted. Read while a file is put, so that closing waits for files under way.
    closed: RwLock<bool>,
    _lock: Lock,
}

impl Sink for Publisher {
    fn take(&self, name: &str, bytes: Vec<u8>) {
        let closed = self.closed.read().unwrap_or_else(PoisonError::into_inner);
        if *closed {
            return;
        }
        let put = self.put(name, &bytes);
        drop(closed);
        match put {
            Ok(differs) => {
                lock(&self.came).insert(name.to_owned(), differs);
            }
            Err(error) => {
                self.close();
                lock(&self.failure).get_or_insert(error);
            }
        }
    }
}

impl Publisher {
    /// Begins: refuses folders that a site must not be written to, waits for a build that is under way, and clears away
    /// what an earlier one left behind.
    pub fn open(root: &Path, folder: &Path, say_that_it_waits: impl FnMut()) -> Result<Publisher, Error> {
        let folder = check_folder(root, folder)?;
        let lock = Lock::of(&folder, say_that_it_waits);
        let healed = heal(&folder);
        Ok(Publisher {
            known: manifest::read(&folder)?,
            fresh: is_free(&folder),
            folder,
            healed,
            stage: OnceLock::new(),
            came: Mutex::default(),
            failure: Mutex::default(),
            closed: RwLock::new(false),
            _lock: lock,
        })
    }

    /// Writes a file to the staging folder if it differs from the one that is there.
    fn put(&self, name: &str, bytes: &[u8]) -> Result<bool, Error> {
        if !self.fresh && self.stands(name, bytes)? {
            return Ok(false);
        }
        let path = self.stage()?.tree.join(name);
        create_with_folders(&path, bytes)?;
        Ok(true)
    }

    /// Whether a file is there as it should be.
    fn stands(&self, name: &str, bytes: &[u8]) -> Result<bool, Error> {
        let there = self.folder.join(name);
        let equal = is_equal(&there, bytes);
        if equal && self.is_ours(name) {
            return Ok(true);
        }
        match there.symlink_metadata() {
            Ok(data) if equal && data.is_file() => Ok(true),
            Ok(data) if self.is_ours(name) && !data.is_dir() => Ok(false),
            Ok(_) => Err(foreign(&there)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) if error.kind() == ErrorKind::NotADirectory => Err(foreign(&there)),
            Err(error) => Err(Error::new("read", &there, error)),
        }
    }

    fn is_ours(&self, name: &str) -> bool {
        self.known.as_ref().is_some_and(|known| known.contains(name))
    }

    fn stage(&self) -> Result<&Stage, Error> {
        let stage = self.stage.get_or_init(|| {
            self.healed.clone()?;
            Stage::new(&self.folder)
        });
        stage.as_ref().map_err(Clone::clone)
    }

    /// All files have come: the site takes the place of the old one. On an error the old one stays.
    pub fn finish(&self) -> Result<Written, Error> {
        self.finish_by(true)
    }

    fn finish_by(&self, exchange: bool) -> Result<Written, Error> {
        // Held until the end, so that a build which is stopped meanwhile is stopped before this or after it.
        let came = lock(&self.came);
        if let Some(error) = lock(&self.failure).take() {
            self.discard();
            return Err(error);
        }
        let result = self.put_in_place(&came, exchange);
        self.discard();
        result
    }

    fn put_in_place(&self, came: &BTreeMap<String, bool>, exchange: bool) -> Result<Written, Error> {
        self.check_folders(came.keys())?;
        let none = BTreeSet::new();
        let known = self.known.as_ref().unwrap_or(&none);
        let gone: Vec<&String> = known.iter().filter(|name| !came.contains_key(*name)).collect();
        let there = |name: &&&String| !is_free(&self.folder.join(name));
        let mut written = Written {
            written: came.iter().filter(|(_, differs)| **differs).map(|(name, _)| name.clone()).collect(),
            unchanged: came.values().filter(|differs| !**differs).count(),
            removed: gone.iter().filter(there).map(|name| (*name).clone()).collect(),
            one_by_one: None,
        };
        let manifest = manifest::text(came.keys());
        let same_names = is_equal(&self.folder.join(manifest::NAME), manifest.as_bytes());
        if same_names && written.written.is_empty() {
            return Ok(written);
        }
        let stage = self.stage()?;
        if !same_names {
            create_with_folders(&stage.tree.join(manifest::NAME), manifest.as_bytes())?;
        }
        written.one_by_one = match &stage.cannot_exchange {
            None if exchange => self.exchange(stage, came).err(),
            why => why.clone(),
        };
        if written.one_by_one.is_some() || !exchange {
            self.move_one_by_one(stage, &written, known, came)?;
        }
        Ok(written)
    }

    /// Brings the folder from one run of a watched guide to the next, file by file. With `all`, or where there is no
    /// site of ours yet, the whole of it takes its place in one step.
    pub fn update(&self, output: &Output, changes: &Changes, all: bool) -> Result<Written, Error> {
        let all = all || self.known.is_none();
        let is_new: HashSet<&str> = changes.changed.iter().map(String::as_str).collect();
        let paths: Vec<&str> = output.paths().collect();
        paths.par_iter().for_each(|path| {
            if all || is_new.contains(path) || is_free(&self.folder.join(path)) {
                self.take(path, output.get(path).unwrap_or_default());
            } else {
                lock(&self.came).insert((*path).to_owned(), false);
            }
        });
        self.finish_by(all)
    }

    /// A file or a link where a folder of the site goes is somebody's own.
    fn check_folders<'n>(&self, names: impl Iterator<Item = &'n String>) -> Result<(), Error> {
        let folders: BTreeSet<&str> = names.flat_map(|name| folders_above(name)).collect();
        for folder in folders {
            let path = self.folder.join(folder);
            if path.symlink_metadata().is_ok_and(|data| !data.is_dir()) {
                return Err(foreign(&path));
            }
        }
        Ok(())
    }

    /// Exchanges the staged site for the old one. The error is the reason why that cannot be; nothing has changed then.
    fn exchange(&self, stage: &Stage, came: &BTreeMap<String, bool>) -> Result<(), String> {
        let Ok(old) = self.folder.symlink_metadata() else {
            system::settle(&stage.tree);
            return fs::rename(&stage.tree, &self.folder).map_err(|error| error.to_string());
        };
        let linked = self.link_rest(stage, came)?;
        system::like(&stage.tree, &old).map_err(|error| format!("its owner cannot be kept ({error})"))?;
        system::settle(&stage.tree);
        system::exchange(&stage.tree, &self.folder)
            .map_err(|error| format!("it cannot be exchanged in one step ({error})"))?;
        // The new site stands; what cannot be cleared away now is cleared away by the next build.
        if let Ok(left) = retire(&stage.tree, &self.folder) {
            // What somebody has removed between linking and exchanging stays removed.
            for name in linked.iter().filter(|name| !left.contains(*name)) {
                let _ = fs::remove_file(self.folder.join(name));
            }
        }
        Ok(())
    }

    /// Links everything into the staging folder that stays: unchanged files, and whatever is not ours. Gives the
    /// latter.
    fn link_rest(&self, stage: &Stage, came: &BTreeMap<String, bool>) -> Result<BTreeSet<PathBuf>, String> {
        let mut own_folders: BTreeSet<&str> = BTreeSet::new();
        for name in self.known.iter().flatten() {
            own_folders.extend(folders_above(name));
        }
        let mut files: Vec<(PathBuf, bool)> = Vec::new();
        let mut folders: Vec<(PathBuf, fs::Metadata)> = Vec::new();
        let unreadable = |error: walkdir::Error| format!("something in it cannot be read ({error})");
        let entries = WalkDir::new(&self.folder).min_depth(1).into_iter();
        let entries = entries.filter_entry(|entry| entry.depth() != 1 || entry.file_name() != INSIDE);
        for entry in entries {
            let entry = entry.map_err(unreadable)?;
            let inside = below(entry.path(), &self.folder);
            let name = inside.to_str();
            if entry.file_type().is_dir() {
                // A folder of ours is made when something comes into it, and is gone with its last page.
                if !name.is_some_and(|name| own_folders.contains(name)) {
                    fs::create_dir_all(stage.tree.join(&inside)).map_err(|error| error.to_string())?;
                }
                folders.push((inside, entry.metadata().map_err(unreadable)?));
                continue;
            }
            match name.and_then(|name| came.get(name)) {
                Some(true) => {}
                Some(false) => files.push((inside, true)),
                None if name == Some(manifest::NAME) => {
                    if is_free(&stage.tree.join(manifest::NAME)) {
                        files.push((inside, true));
                    }
                }
                None if name.is_some_and(|name| self.is_ours(name)) => {}
                None => files.push((inside, false)),
            }
        }
        files.par_iter().try_for_each(|(inside, _)| {
            let (from, to) = (self.folder.join(inside), stage.tree.join(inside));
            with_folders(&to, || fs::hard_link(&from, &to))
                .map_err(|error| format!("`{}` cannot be linked ({error})", from.display()))
        })?;
        for (inside, old) in folders.iter().rev() {
            match system::like(&stage.tree.join(inside), old) {
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                done => done.map_err(|error| {
                    format!("the owner of `{}` cannot be kept ({error})", inside.display())
                })?,
            }
        }
        Ok(files.into_iter().filter(|(_, ours)| !ours).map(|(inside, _)| inside).collect())
    }

    /// Moves the staged files to their places one by one: what pages need first, pages before the lists that lead to
    /// them, and removals last. Until the end the manifest lists the files of both sites, so that the next build knows
    /// them all if this one is interrupted.
    fn move_one_by_one(
        &self,
        stage: &Stage,
        written: &Written,
        known: &BTreeSet<String>,
        came: &BTreeMap<String, bool>,
    ) -> Result<(), Error> {
        let (new_manifest, manifest) = (stage.tree.join(manifest::NAME), self.folder.join(manifest::NAME));
        if new_manifest.exists() {
            let both: BTreeSet<&String> = known.iter().chain(came.keys()).collect();
            let passing = stage.container.join("both");
            fs::write(&passing, manifest::text(both))
                .map_err(|error| Error::new("write", &passing, error))?;
            move_file(&passing, &manifest)?;
        }
        // The core of the search names its other files.
        let is_list = |name: &str| name.ends_with("index.html") || !name.contains('/') || name == CORE;
        let is_part = |name: &str| name.starts_with("assets/") || name.starts_with("search/") && name != CORE;
        let mut names: Vec<&String> = written.written.iter().collect();
        names.sort_by_key(|name| (!is_part(name), is_list(name)));
        for name in names {
            move_file(&stage.tree.join(name), &self.folder.join(name))?;
        }
        remove(&self.folder, written.removed.iter())?;
        if new_manifest.exists() { move_file(&new_manifest, &manifest) } else { Ok(()) }
    }

    /// Gives the build up: the old site stays, and nothing is left beside it. Waits while the new site is being put in
    /// its place. May be called from another thread than the one that builds.
    pub fn abandon(&self) {
        self.close();
        let _no_longer_finishing = lock(&self.came);
        lock(&self.failure).get_or_insert_with(|| Error::new("write", &self.folder, "the build was stopped"));
        self.discard();
    }

    /// Takes no more files; those under way have been put when this returns.
    fn close(&self) {
        *self.closed.write().unwrap_or_else(PoisonError::into_inner) = true;
    }

    /// Removes the staging folder.
    fn discard(&self) {
        self.close();
        if let Some(Ok(stage)) = self.stage.get() {
            // What cannot be removed now is removed by the next build.
            let _ = fs::remove_dir_all(&stage.container);
        }
    }
}

/// Removes what builds wrote, and nothing else. Gives the number of files.
pub fn clean(root: &Path, folder: &Path, say_that_it_waits: impl FnMut()) -> Result<usize, Error> {
    let publisher = Publisher::open(root, folder, say_that_it_waits)?;
    publisher.healed.clone()?;
    let Some(known) = &publisher.known else { return Ok(0) };
    let removed = remove(&publisher.folder, known.iter())?;
    let path = publisher.folder.join(manifest::NAME);
    fs::remove_file(&path).map_err(|error| Error::new("remove", &path, error))?;
    // The folder itself goes too, unless somebody keeps something in it.
    let _ = fs::remove_dir(&publisher.folder);
    Ok(removed)
}

/// Where a site is made before it takes its place.
#[derive(Debug)]
struct Stage {
    /// Holds the tree, and a note of which tree is the new one.
    container: PathBuf,
    tree: PathBuf,
    cannot_exchange: Option<String>,
}

/// The name of the staging folder inside of the output.
const INSIDE: &str = ".level-one-staging";

/// The name of the note in the staging folder.
const NOTE: &str = "new-tree";

/// The name of the tree in the staging folder.
const TREE: &str = "site";

/// The staging folder beside an output.
fn beside(folder: &Path) -> Option<PathBuf> {
    let name = folder.file_name()?.to_string_lossy();
    Some(folder.parent()?.join(format!(".level-one-{name}")))
}

impl Stage {
    fn new(folder: &Path) -> Result<Stage, Error> {
        let mut why = system::cannot_exchange(folder).map(str::to_owned);
        if let (None, Some(container)) = (&why, beside(folder)) {
            match Stage::make(container, None) {
                Err(error) if folder.is_dir() => why = Some(error.to_string()),
                made => return made,
            }
        }
        Stage::make(folder.join(INSIDE), Some(why.unwrap_or_else(|| "nothing lies above it".to_owned())))
    }

    fn make(container: PathBuf, cannot_exchange: Option<String>) -> Result<Stage, Error> {
        let tree = container.join(TREE);
        fs::create_dir_all(&tree).map_err(|error| Error::new("make", &tree, error))?;
        // Whoever looks through the folder meanwhile, such as `git add`, leaves it alone.
        let ignore = container.join(".gitignore");
        fs::write(&ignore, "*\n").map_err(|error| Error::new("write", &ignore, error))?;
        let note = container.join(NOTE);
        let own = tree.symlink_metadata().ok().and_then(|data| system::identity(&data));
        fs::write(&note, format!("{own:?}")).map_err(|error| Error::new("write", &note, error))?;
        Ok(Stage { container, tree, cannot_exchange })
    }
}

/// Clears away what an interrupted build has left behind.
fn heal(folder: &Path) -> Result<(), Error> {
    for container in beside(folder).into_iter().chain([folder.join(INSIDE)]) {
        if !container.symlink_metadata().is_ok_and(|data| data.is_dir()) {
            continue;
        }
        let tree = container.join(TREE);
        let identity = tree.symlink_metadata().ok().and_then(|data| system::identity(&data));
        let noted = fs::read_to_string(container.join(NOTE)).unwrap_or_default();
        // Another tree than the one that was made here is the old site: the exchange was the last that happened.
        if identity.is_some() && !noted.is_empty() && noted != format!("{identity:?}") {
            retire(&tree, folder)?;
        }
        fs::remove_dir_all(&container).map_err(|error| Error::new("remove", &container, error))?;
    }
    Ok(())
}

/// Takes an old site apart after the exchange. Its own files go, and so do links to what lies in the new folder too.
/// What is left was put there by somebody else in the meantime, and moves to the new folder. Gives all foreign files
/// that were there.
fn retire(old: &Path, folder: &Path) -> Result<BTreeSet<PathBuf>, Error> {
    let ours = manifest::read(old)?.unwrap_or_default();
    let new = manifest::read(folder)?.unwrap_or_default();
    let mut foreign = BTreeSet::new();
    for entry in WalkDir::new(old).min_depth(1).contents_first(true) {
        let entry = entry.map_err(|error| Error::new("read", old, error))?;
        let inside = below(entry.path(), old);
        let name = inside.to_str().unwrap_or_default();
        let there = folder.join(&inside);
        let wrong = |error: std::io::Error| Error::new("move", &there, error);
        if entry.file_type().is_dir() {
            fs::remove_dir(entry.path()).map_err(wrong)?;
        } else if name == manifest::NAME {
            // It goes last: without it, a build that heals an interrupted one could not tell ours from foreign files.
        } else if ours.contains(name) {
            fs::remove_file(entry.path()).map_err(wrong)?;
        } else {
            let identity = entry.metadata().ok().and_then(|data| system::identity(&data));
            let same = there.symlink_metadata().is_ok_and(|data| system::identity(&data) == identity);
            if same {
                fs::remove_file(entry.path()).map_err(wrong)?;
            } else {
                // A page of the new site keeps its place; what somebody put there stands beside it.
                let to = if new.contains(name) {
                    there.with_extension("not-from-this-build")
                } else {
                    there.clone()
                };
                with_folders(&to, || fs::rename(entry.path(), &to)).map_err(wrong)?;
            }
            foreign.insert(inside);
        }
    }
    let manifest = old.join(manifest::NAME);
    match fs::remove_file(&manifest) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::new("remove", &manifest, error)),
        _ => Ok(foreign),
    }
}

fn foreign(path: &Path) -> Error {
    Error::new(
        "write",
        path,
        "a file that no build wrote stands there; move it away, or build into another folder with `--dest-dir`",
    )
}

/// Whether nothing is at a path, a broken link neither.
fn is_free(path: &Path) -> bool {
    path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// Whether a file holds these bytes.
fn is_equal(path: &Path, bytes: &[u8]) -> bool {
    let Ok(mut file) = fs::File::open(path) else { return false };
    if !file.metadata().is_ok_and(|data| data.is_file() && data.len() == bytes.len() as u64) {
        return false;
    }
    let mut there = Vec::with_capacity(bytes.len());
    file.read_to_end(&mut there).is_ok() && there == bytes
}

/// Writes a new file, with the folders that it lies in.
fn create_with_folders(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    with_folders(path, || fs::write(path, bytes)).map_err(|error| Error::new("write", path, error))
}

/// Does something at a path; if that fails since folders are missing, makes them and does it again.
fn with_folders(path: &Path, mut act: impl FnMut() -> std::io::Result<()>) -> std::io::Result<()> {
    match (act(), path.parent()) {
        (Err(error), Some(parent)) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(parent)?;
            act()
        }
        (done, _) => done,
    }
}

/// Moves a file, over the one that is there.
fn move_file(from: &Path, to: &Path) -> Result<(), Error> {
    let moved = with_folders(to, || fs::rename(from, to)).or_else(|error| match error.kind() {
        // The same disk mounted twice: the file is copied beside its place first.
        ErrorKind::CrossesDevices => {
            let near = to.with_file_name(INSIDE);
            fs::copy(from, &near)?;
            fs::rename(&near, to)
        }
        _ => Err(error),
    });
    moved.map_err(|error| Error::new("write", to, error))
}

/// Removes files, and folders that are empty then. Gives the number of files.
fn remove<'n>(folder: &Path, names: impl Iterator<Item = &'n String>) -> Result<usize, Error> {
    let mut removed = 0;
    let mut folders: BTreeSet<&str> = BTreeSet::new();
    for name in names {
        // Behind a link that somebody has put there lie files that no build wrote.
        if folders_above(name).any(|above| folder.join(above).is_symlink()) {
            continue;
        }
        let path = folder.join(name);
        match fs::remove_file(&path) {
            Ok(()) => removed += 1,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            Err(error) => return Err(Error::new("remove", &path, error)),
        }
        folders.extend(folders_above(name));
    }
    for empty in folders.iter().rev() {
        // Fails where somebody keeps something in it, which is as it should be.
        let _ = fs::remove_dir(folder.join(empty));
    }
    Ok(removed)
}

/// The folders that a file of the site lies in: `a` and `a/b` for `a/b/c.html`.
fn folders_above(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('/').map(|(at, _)| &name[..at])
}

fn below(path: &Path, folder: &Path) -> PathBuf {
    path.strip_prefix(folder).unwrap_or(path).to_owned()
}

/// Locks; a thread that has panicked in between has left nothing half done here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_site_that_is_half_taken_apart_still_says_what_was_ours() {
        let folder = tempfile::TempDir::new().expect("a folder can be made");
        let (old, new) = (folder.path().join("old"), folder.path().join("new"));
        for path in ["old/a.html", "old/b/c.html", "old/notes/mine.txt", "new/notes"] {
            create_with_folders(&folder.path().join(path), b"x").expect("a file can be written");
        }
        let names = ["a.html", "b/c.html"].map(str::to_owned);
        fs::write(old.join(manifest::NAME), manifest::text(&names)).expect("a file can be written");
        // A file stands where the folder of the foreign one would have to be.
        assert!(retire(&old, &new).is_err());
        assert!(old.join(manifest::NAME).exists() && old.join("notes/mine.txt").exists());
        fs::remove_file(new.join("notes")).expect("a file can be removed");
        retire(&old, &new).expect("nothing is in the way");
        assert!(new.join("notes/mine.txt").exists() && !new.join("a.html").exists());
        assert!(!old.join(manifest::NAME).exists());
    }
}
