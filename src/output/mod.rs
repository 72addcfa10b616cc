//! The finished site: every file with its bytes.

pub mod feed;
pub mod sitemap;

use std::collections::BTreeMap;
use std::sync::Mutex;

/// Takes the files of a site as they are made, from several threads at once and in any order. What takes them may
/// drop each once it is written, so that the memory which a build needs does not grow with the site.
pub trait Sink: Sync {
    /// Takes a file: its path from the site's root, with `/`, and its bytes.
    fn take(&self, path: &str, bytes: Vec<u8>);
}

/// Every file of a site, kept in memory by path.
#[derive(Debug, Default)]
pub struct Output {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Sink for Output {
    fn take(&self, path: &str, bytes: Vec<u8>) {
        let mut files = self.files.lock().expect("nothing panics while it is locked");
        files.insert(path.to_owned(), bytes);
    }
}

impl Output {
    /// All files by path.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files.into_inner().expect("nothing panics while it is locked")
    }
}

/// Drops every file: for a build of which only the findings are wanted.
#[derive(Debug)]
pub struct Nowhere;

impl Sink for Nowhere {
    fn take(&self, _: &str, _: Vec<u8>) {}
}
