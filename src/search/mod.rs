//! The search: what pages say comes in as sections of plain text, out come scripts that the page asks for as somebody
//! types. The browser's half stands in the theme's `search-dialog`.
//!
//! Everything that is written is a function of the pages alone, so a guide that is watched gets the files of a clean
//! build; what makes that cheap is that nothing depends on more of the guide than it has to. Pages are numbered by
//! address, the average length is rounded to a power of two, and where a shard ends is decided by the words near it.
//! `docs/search.md` tells the whole.

pub mod code;
pub mod excerpts;
pub mod files;
pub mod index;
pub mod shards;
pub mod synonyms;
pub mod terms;
pub mod words;

/// A page, or a part of one that stands for itself: a win, a term of the glossary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Where it stands, from the site's root; perhaps with `#` and an id.
    pub address: String,
    /// What it is, by its word: `lesson`, `reply`, …
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// What stands above it: its module, its reason; may be empty.
    pub trail: String,
    /// Its tags, as they are shown.
    pub tags: Vec<String>,
    /// Its text. The first section is what stands before the first heading.
    pub sections: Vec<Section>,
    /// A text to copy.
    pub copy: Option<String>,
}

/// A heading and the text below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading's id on the page; empty for the beginning of the page.
    pub id: String,
    /// The heading; may be empty.
    pub heading: String,
    /// The text.
    pub text: String,
}

/// What is searched for, page by page. Pages are numbered in the order of their addresses.
pub trait Pages: Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// Where a page stands, and a fingerprint of all that `page` gives for it.
    fn known(&self, number: usize) -> (&str, u64);

    /// The page.
    fn page(&self, number: usize) -> Page;
}
