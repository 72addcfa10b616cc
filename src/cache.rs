//! What a run of the pipeline leaves for the next: every answer beside its complete inputs, so that a warm run gives the
//! bytes of a cold one. Nothing here says what depends on what.

use ahash::HashMap;

use crate::address::Address;
use crate::content::Files;
use crate::diagnostic::Diagnostic;
use crate::page::{Page, PageKind, Pieces, SideLists, searched};
use crate::search::files::Search;
use crate::site::reader::Looks;
use crate::site::{Site, resolved};
use crate::theme::Theme;

/// The answers of the last run.
#[derive(Default)]
pub struct Cache {
    /// Whether there will be a next run. Without one nothing is noted for it.
    pub(crate) keeps: bool,
    /// Every file that was read, by its path.
    pub(crate) files: Files,
    pub(crate) site: Option<Assembled>,
    /// What links lead to.
    pub(crate) links: resolved::Known,
    pub(crate) theme: Option<LoadedTheme>,
    pub(crate) pages: Pages,
}

impl Cache {
    /// A cache for a single run.
    pub fn for_one_run() -> Cache {
        Cache::default()
    }

    /// A cache for run after run.
    pub fn for_many_runs() -> Cache {
        Cache { keeps: true, ..Cache::default() }
    }

    /// How many files the site of the last good run consists of.
    pub fn file_count(&self) -> usize {
        let search = self.pages.search.as_ref().map_or(0, |(_, search)| search.file_count());
        self.pages.seen.len() + self.pages.others.len() + search
    }

    /// Whether the site of the last good run has a file.
    pub fn has_file(&self, path: &str) -> bool {
        self.pages.others.contains_key(path)
            || self.pages.search.as_ref().is_some_and(|(_, search)| search.has(path))
            || self.pages.seen.contains_key(&Address::new(path))
    }

    /// Where the stylesheet of the last good run stands.
    pub fn stylesheet(&self) -> Option<&Address> {
        Some(&self.theme.as_ref()?.theme.as_ref()?.styles.page.0)
    }
}

/// The site as it was put together.
pub(crate) struct Assembled {
    /// A fingerprint of the settings, the date and the options.
    pub(crate) inputs: u64,
    /// A fingerprint of those and of all that is seen of the files.
    pub(crate) faces: u64,
    pub(crate) site: Site,
    pub(crate) found: Vec<Diagnostic>,
    pub(crate) pages: Vec<Page>,
    pub(crate) searched: searched::List,
}

pub(crate) struct LoadedTheme {
    pub(crate) inputs: u64,
    pub(crate) theme: Option<Theme>,
    pub(crate) found: Vec<Diagnostic>,
}

/// What a page is, what it saw, and the pieces that it was made of.
pub(crate) struct Seen {
    pub(crate) kind: PageKind,
    pub(crate) looks: Looks,
    pub(crate) pieces: Pieces,
}

/// What the pages of the last run saw, for all of them that the sink got.
#[derive(Default)]
pub(crate) struct Pages {
    /// A fingerprint of what is part of every page.
    pub(crate) inputs: u64,
    pub(crate) side_lists: SideLists,
    pub(crate) seen: HashMap<Address, Seen>,
    /// The other files that the sink got, each with a fingerprint of what it was made from.
    pub(crate) others: HashMap<String, u64>,
    /// The search, with a fingerprint of the settings and the theme that it was made with.
    pub(crate) search: Option<(u64, Search)>,
}
