//! The finished site: every file with its bytes.

pub mod feed;
pub mod replies;
pub mod sitemap;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use crate::address::Address;
use crate::theme::with_stylesheet;

/// Takes the files of a site as they are made, from several threads at once and in any order. What takes them may
/// drop each once it is written, so that the memory which a build needs does not grow with the site.
pub trait Sink: Sync {
    /// Takes a file: its path from the site's root, with `/`, and its bytes.
    fn take(&self, path: &str, bytes: Vec<u8>);
}

/// Drops every file: for a build of which only the findings are wanted.
#[derive(Debug)]
pub struct Nowhere;

impl Sink for Nowhere {
    fn take(&self, _: &str, _: Vec<u8>) {}
}

/// A file's bytes, packed: a guide that is watched is kept in memory for hours, and pages pack to a third. Equal bytes
/// are packed to equal ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed(Arc<[u8]>);

impl Packed {
    /// Packs the bytes of a file.
    pub fn new(bytes: &[u8]) -> Packed {
        Packed(lz4_flex::compress_prepend_size(bytes).into())
    }

    /// The bytes as they were.
    pub fn bytes(&self) -> Vec<u8> {
        lz4_flex::decompress_size_prepended(&self.0).expect("was packed here")
    }
}

/// The files that one run has made, before they are laid over those of the run before.
#[derive(Debug, Default)]
pub struct Made {
    files: Mutex<Vec<(String, Packed)>>,
}

impl Sink for Made {
    fn take(&self, path: &str, bytes: Vec<u8>) {
        let file = (path.to_owned(), Packed::new(&bytes));
        self.files.lock().expect("nothing panics while it is locked").push(file);
    }
}

impl Made {
    /// The files, in no order.
    pub fn into_files(self) -> Vec<(String, Packed)> {
        self.files.into_inner().expect("nothing panics while it is locked")
    }
}

/// Every file of a site, kept in memory from run to run.
#[derive(Debug, Default)]
pub struct Output {
    files: HashMap<String, Packed>,
    /// Where the stylesheet stands: pages are kept with a sign in its place.
    stylesheet: Option<Address>,
}

/// What a run has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are new or have other bytes, sorted.
    pub changed: Vec<String>,
    /// Files that are gone, sorted.
    pub removed: Vec<String>,
    /// Whether nothing but the styles has changed, and where they stand now.
    pub only_styles: Option<Address>,
}

impl Output {
    /// Lays the files of a run over those of the runs before. `is_there` says of which files the site consists now.
    pub fn update(
        &mut self,
        made: Made,
        stylesheet: Option<Address>,
        is_there: impl Fn(&str) -> bool,
        count: usize,
    ) -> Changes {
        let mut changes = Changes::default();
        for (path, bytes) in made.into_files() {
            if self.files.get(&path) != Some(&bytes) {
                changes.changed.push(path.clone());
                self.files.insert(path, bytes);
            }
        }
        if self.files.len() != count {
            let gone = |path: &&String| !is_there(path);
            changes.removed = self.files.keys().filter(gone).cloned().collect();
            self.files.retain(|path, _| is_there(path));
        }
        if self.stylesheet != stylesheet {
            let is_style = |path: &String| path.ends_with(".css");
            if self.stylesheet.is_some() && changes.changed.iter().chain(&changes.removed).all(is_style) {
                changes.only_styles.clone_from(&stylesheet);
            }
            // Every page names the stylesheet.
            changes.changed.extend(self.files.keys().filter(|path| path.ends_with(".html")).cloned());
            self.stylesheet = stylesheet;
        }
        changes.changed.sort();
        changes.changed.dedup();
        changes.removed.sort();
        changes
    }

    /// The bytes of a file.
    pub fn get(&self, path: &str) -> Option<Vec<u8>> {
        let bytes = self.files.get(path)?.bytes();
        let is_page = path.ends_with(".html");
        let filled = self.stylesheet.as_ref().filter(|_| is_page).and_then(|to| with_stylesheet(&bytes, to));
        Some(filled.unwrap_or(bytes))
    }

    /// Whether there is such a file.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The paths of all files, in no order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}
