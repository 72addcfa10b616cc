//! The finished site: every file with its bytes.

pub mod feed;
pub mod sitemap;

use std::collections::BTreeMap;

/// Every file of the site: its path from the site's root, with `/`, and its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    files: BTreeMap<String, Vec<u8>>,
    /// How many of the files are pages.
    pub pages: usize,
}

impl Output {
    /// Adds a file.
    pub fn add(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.to_owned(), bytes.into());
    }

    /// Adds a page.
    pub fn add_page(&mut self, path: &str, html: String) {
        self.pages += 1;
        self.add(path, html);
    }

    /// The bytes of a file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// All files, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }
}
