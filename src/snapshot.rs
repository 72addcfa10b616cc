//! What a build starts from: the files as they were at one moment, the date, and the options of the call.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::Diagnostic;
use crate::source::{SitePath, Source};

/// Everything that a site is made of. Equal snapshots give equal sites, byte for byte.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The files below `content/` and `themes/`, by path from the guide's root.
    pub files: BTreeMap<SitePath, File>,
    /// Today's date (UTC).
    pub today: Date,
    /// What the call asked for.
    pub options: Options,
    /// What could not be read, and why.
    pub problems: Vec<Diagnostic>,
}

/// What a call asks of a build, beyond what stands in `site.yaml`.
#[derive(Clone, Debug, Default, Hash)]
pub struct Options {
    /// Build drafts too.
    pub drafts: bool,
    /// Build what is dated later than today too.
    pub future: bool,
    /// The address that the site will have; wins over `base_url` in `site.yaml`.
    pub base_url: Option<String>,
    /// The theme; wins over `theme` in `site.yaml`.
    pub theme: Option<String>,
    /// Whether warnings keep the site from being made, as errors do.
    pub strict: bool,
}

/// A file's content.
#[derive(Clone, Debug)]
pub enum File {
    /// Text in UTF-8.
    Text(Source),
    /// Anything else, with a hash of it.
    Binary(Arc<[u8]>, u64),
}

impl File {
    /// A file from its bytes.
    pub fn new(path: &SitePath, bytes: Vec<u8>) -> File {
        match String::from_utf8(bytes) {
            Ok(text) => File::Text(Source::new(path.clone(), text)),
            Err(error) => {
                let bytes = error.into_bytes();
                let hash = xxh3_64(&bytes);
                File::Binary(Arc::from(bytes), hash)
            }
        }
    }

    /// The file's bytes.
    pub fn bytes(&self) -> &[u8] {
        match self {
            File::Text(source) => source.text.as_bytes(),
            File::Binary(bytes, _) => bytes,
        }
    }

    /// A hash of the bytes.
    pub fn hash(&self) -> u64 {
        match self {
            File::Text(source) => source.hash,
            File::Binary(_, hash) => *hash,
        }
    }
}

impl Snapshot {
    /// The text of a file, for showing a line of it.
    pub fn text(&self, path: &SitePath) -> Option<&str> {
        match self.files.get(path)? {
            File::Text(source) => Some(&source.text),
            File::Binary(..) => None,
        }
    }
}
