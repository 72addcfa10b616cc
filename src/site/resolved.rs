//! What links lead to once they are resolved, and what is known of that from run to run.

use std::sync::Arc;

use ahash::HashMap;

use crate::address::Address;
use crate::config::Config;
use crate::content::article::Article;
use crate::content::markdown::Target;
use crate::content::{Document, Files, ParsedFile};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::{fingerprint, fold};
use crate::site::assets::{Asset, Assets};
use crate::snapshot::Snapshot;
use crate::source::SitePath;

/// What the links and images of a text lead to, in the order of its outline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Links {
    /// The links.
    pub links: Vec<Resolved>,
    /// The images; none is shown as its words.
    pub images: Vec<Option<Asset>>,
    /// A fingerprint of both.
    print: u64,
}

impl Links {
    pub(super) fn new(links: Vec<Resolved>, images: Vec<Option<Asset>>) -> Links {
        Links { print: fingerprint(&(&links, &images)), links, images }
    }

    /// A fingerprint of all that they lead to.
    pub fn print(&self) -> u64 {
        self.print
    }
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Resolved {
    /// Another site, a mail program, a telephone.
    Elsewhere(String),
    /// A page or file of the site, and perhaps a part of it.
    Page(Address, Option<String>),
    /// Nothing: it is shown as text.
    Text,
}

/// What was resolved, for the next run: a link is looked up again when its page has changed, or what links may lead to.
#[derive(Debug, Default)]
pub struct Known {
    /// A fingerprint of the settings, the date and the options.
    settings: u64,
    /// A fingerprint of those and of what links may lead to.
    pub(super) targets: u64,
    /// A fingerprint of that and of what all files link to.
    uses: u64,
    pub(super) articles: HashMap<SitePath, KnownArticle>,
    pub(super) assets: Arc<Assets>,
    /// Files that nothing uses.
    pub(super) unused: Vec<Diagnostic>,
}

#[derive(Clone, Debug)]
pub(super) struct KnownArticle {
    /// A fingerprint of the article and of what it saw of the files that it links to.
    pub(super) inputs: u64,
    pub(super) links: Arc<Links>,
    pub(super) found: Vec<Diagnostic>,
}

impl Known {
    /// Forgets what may have changed. Whether what is used is still the same.
    pub(super) fn is_still_right(&mut self, config: &Config, files: &Files, snapshot: &Snapshot) -> bool {
        let first = fingerprint(&(config, snapshot.today, &snapshot.options));
        let targets = fold(first, files.0.values().map(|file| file.prints.target));
        let uses = fold(targets, files.0.values().map(|file| file.prints.uses));
        if first != self.settings || self.articles.len() > files.0.len() {
            self.articles.clear();
        }
        let same_uses = uses == self.uses;
        (self.settings, self.targets, self.uses) = (first, targets, uses);
        same_uses
    }
}

/// A fingerprint of all that the links of an article are looked up from. What is no file (a folder, a missing one) is
/// looked up among all.
pub(super) fn link_inputs(article: &Article, files: &Files, targets: u64) -> u64 {
    let outline = &article.face.outline;
    let links = outline.links.iter().filter_map(|link| match &link.value.target {
        Target::File { path, .. } => Some(path),
        _ => None,
    });
    let images = outline.images.iter().filter_map(|image| image.value.path.as_ref());
    let seen = |path: &SitePath| match files.0.get(path) {
        // Whether a module has a page, and whether a win is shown, is told by other files too.
        None | Some(ParsedFile { document: Some(Document::Module(_) | Document::Wins(_)), .. }) => targets,
        Some(file) => file.prints.target,
    };
    fold(article.source ^ article.prints.target, links.chain(images).map(seen))
}
