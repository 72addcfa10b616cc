//! The guide as a whole: what is built, in which order, under which address, and what belongs to what.
//!
//! In come the documents of all files, out comes a `Site` that pages are made from. What does not fit together
//! (addresses that clash, names that lead nowhere) is reported by the modules below.

mod assembly;
pub mod assets;
pub mod links;
pub mod reader;
pub mod references;
pub mod resolved;
pub mod unused;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ahash::HashMap;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::address::{Address, slugify};
use crate::config::Config;
use crate::content::article::{Article, Face, Kind};
use crate::content::component::Component;
use crate::content::component::tree::Tree;
use crate::content::glossary::Term;
use crate::content::module::Module;
use crate::content::reply::Reply;
use crate::content::win::Win;
use crate::content::{Document, Files};
use crate::date::PartialDate;
use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::site::assembly::Assembly;
use crate::site::assets::Assets;
use crate::site::reader::{Prints, SitePrints};
use crate::site::resolved::Links;
use crate::snapshot::Snapshot;
use crate::source::{SitePath, Span};

/// Pages that the build makes by itself. A file of that name below `content/pages/` gives the opening words.
pub const MADE_PAGES: &[&str] = &[
    "lessons",
    "replies",
    "wins",
    "tags",
    "path",
    "breathe",
    "glossary",
    "contents",
    "404",
    "review",
    "journal",
    "completion",
    "privacy",
];

/// All that pages are made from.
#[derive(Debug)]
pub struct Site {
    /// The settings.
    pub config: Config,
    /// The address of the published site, ending in `/`, if it is known.
    pub base_url: Option<String>,
    /// Today's date (UTC).
    pub today: Date,
    /// The lessons in the order of reading: those without a module first.
    pub lessons: Vec<Lesson>,
    /// The modules that have lessons, in order.
    pub modules: Vec<ModuleOfLessons>,
    /// The replies by reason, then title.
    pub replies: Vec<ReplyPage>,
    /// The wins that this build may show, newest first.
    pub wins: Vec<Arc<Win>>,
    /// The pages that the build does not make by itself, by slug.
    pub pages: Vec<PlainPage>,
    /// The opening words of made pages, by the name of the page.
    pub openings: BTreeMap<String, PlainPage>,
    /// The words of the home page.
    pub home: Option<PlainPage>,
    /// The tree of `path.yaml`.
    pub path: Option<Arc<Tree>>,
    /// The terms.
    pub terms: Option<Arc<Vec<Term>>>,
    /// The tags by slug.
    pub tags: BTreeMap<String, Tag>,
    /// Pages that forward to others: the old address, the new one, the title there.
    pub aliases: Vec<(Address, Address, String)>,
    /// Images and downloads that pages use.
    pub assets: Arc<Assets>,
    /// What this build leaves out.
    pub left_out: LeftOut,
    /// Fingerprints of what pages see; not made for a single run.
    pub prints: SitePrints,
    lessons_by_slug: HashMap<String, usize>,
    replies_by_slug: HashMap<String, usize>,
}

/// A lesson in its place.
#[derive(Debug)]
pub struct Lesson {
    /// The lesson.
    pub article: Article,
    /// Where it stands.
    pub address: Address,
    /// When it was or will be published.
    pub date: Option<PartialDate>,
    /// The module, as a place in `Site::modules`.
    pub module: Option<usize>,
    /// What its links and images lead to.
    pub links: Arc<Links>,
    /// How many wins name it.
    pub wins: usize,
    /// Fingerprints of what pages see of it.
    pub prints: Prints,
}

/// A module and its lessons.
#[derive(Debug, Hash)]
pub struct ModuleOfLessons {
    /// Title, summary, slug.
    pub module: Arc<Module>,
    /// Where its page stands.
    pub address: Address,
    /// Its lessons, as places in `Site::lessons`; a range, since lessons are in the order of reading.
    pub lessons: std::ops::Range<usize>,
}

/// A reply in its place.
#[derive(Debug)]
pub struct ReplyPage {
    /// The reply.
    pub reply: Arc<Reply>,
    /// Where it stands.
    pub address: Address,
    /// Lessons that name or show it, as places in `Site::lessons`.
    pub used_in: Vec<usize>,
    /// Wins that name it, as places in `Site::wins`.
    pub wins: Vec<usize>,
}

/// A page, or the opening words of a made one.
#[derive(Debug, Hash)]
pub struct PlainPage {
    /// The page.
    pub article: Article,
    /// Where it stands.
    pub address: Address,
    /// What its links and images lead to.
    pub links: Arc<Links>,
}

/// A tag.
#[derive(Debug, Default, Hash)]
pub struct Tag {
    /// As it was first written.
    pub title: String,
    /// Lessons with it, as places in `Site::lessons`.
    pub lessons: Vec<usize>,
    /// Wins with it, as places in `Site::wins`.
    pub wins: Vec<usize>,
}

/// What a build leaves out, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// The files, each with its reason in a word or two.
    pub files: Vec<(SitePath, &'static str)>,
    /// Files with `draft: yes`.
    pub drafts: usize,
    /// Lessons with a date later than today.
    pub future: usize,
    /// Wins that only their author, or only the team, may see.
    pub private: usize,
}

impl Site {
    /// Puts a site together. What earlier runs know of its links is used and kept, if there are several.
    pub fn assemble(
        config: Config,
        files: &Files,
        snapshot: &Snapshot,
        known: Option<&mut resolved::Known>,
    ) -> (Site, Vec<Diagnostic>) {
        let mut assembly =
            Assembly { snapshot, found: Vec::new(), left_out: LeftOut::default(), hidden: BTreeSet::new() };
        let mut site = assembly.gather(config, files);
        assembly.check_addresses(&site);
        links::resolve(&mut site, files, &assembly.hidden, snapshot, known, &mut assembly.found);
        references::check(&mut site, files, &assembly.hidden, snapshot, &mut assembly.found);
        site.left_out = assembly.left_out;
        (site, assembly.found)
    }

    /// Makes the fingerprints of what pages see.
    pub fn fingerprint(&mut self) {
        self.lessons.par_iter_mut().for_each(|lesson| lesson.prints = Prints::of(lesson));
        self.prints = SitePrints::of(self);
    }

    /// Puts what a file holds now in the place of what it held before, where its own place in the site is the same by
    /// its fingerprint. Says whether that could be.
    pub fn replace(&mut self, path: &SitePath, document: &Document) -> bool {
        match document {
            Document::Article(article) => self.replace_article(article),
            Document::Wins(wins) => {
                for place in self.wins.iter_mut().filter(|win| win.path == *path) {
                    // A private twin of the same name is another one.
                    let is_new = |new: &&Win| new.id == place.id && new.visibility == place.visibility;
                    let Some(new) = wins.iter().find(is_new) else { return false };
                    *place = Arc::new(new.clone());
                }
                let mut prints = std::mem::take(&mut self.prints);
                prints.note_wins(self);
                self.prints = prints;
                true
            }
            _ => false,
        }
    }

    fn replace_article(&mut self, article: &Article) -> bool {
        let face = &article.face;
        let place = match face.kind {
            Kind::Lesson => {
                let Some(number) = self.lesson(&face.slug.value) else { return false };
                // A draft may have the slug of a lesson that is built.
                if self.lessons[number].article.face.path != face.path || !self.keeps_order(number, face) {
                    return false;
                }
                let lesson = &mut self.lessons[number];
                lesson.article = article.clone();
                lesson.prints = Prints::of(lesson);
                return true;
            }
            Kind::Home => self.home.as_mut(),
            Kind::Page => {
                let mut all = self.pages.iter_mut().chain(self.openings.values_mut());
                all.find(|page| page.article.face.path == face.path)
            }
        };
        place.map(|page| page.article = article.clone()).is_some()
    }

    /// Whether a lesson stays between its neighbours if it has this face.
    fn keeps_order(&self, number: usize, face: &Face) -> bool {
        let module = self.lessons[number].module;
        let neighbours = match module {
            Some(module) => self.modules[module].lessons.clone(),
            None => self.loose_lessons(),
        };
        let key = |number: usize| self.lessons[number].article.face.reading_order();
        let own = face.reading_order();
        (number == neighbours.start || key(number - 1) < own)
            && (number + 1 >= neighbours.end || own < key(number + 1))
    }

    /// The lesson of a slug, as a place in `lessons`.
    pub fn lesson(&self, slug: &str) -> Option<usize> {
        self.lessons_by_slug.get(slug).copied()
    }

    /// The reply of a slug, as a place in `replies`.
    pub fn reply(&self, slug: &str) -> Option<usize> {
        self.replies_by_slug.get(slug).copied()
    }

    /// The slugs of all lessons.
    pub fn lesson_slugs(&self) -> impl Iterator<Item = &str> + Clone {
        self.lessons.iter().map(|lesson| lesson.article.face.slug.value.as_str())
    }

    /// The slugs of all replies.
    pub fn reply_slugs(&self) -> impl Iterator<Item = &str> + Clone {
        self.replies.iter().map(|page| page.reply.slug.value.as_str())
    }

    /// How many questions there are: those of lessons without a module first, then those of each module.
    pub fn question_counts(&self) -> Vec<usize> {
        let of = |lessons: std::ops::Range<usize>| {
            let components = self.lessons[lessons].iter().flat_map(|lesson| &lesson.article.body.components);
            components.flatten().filter(|component| matches!(component, Component::Quiz(_))).count()
        };
        let modules = self.modules.iter().map(|module| of(module.lessons.clone()));
        std::iter::once(of(self.loose_lessons())).chain(modules).collect()
    }

    /// Whether there is any question.
    pub fn has_questions(&self) -> bool {
        self.question_counts().iter().any(|count| *count > 0)
    }

    /// The lessons without a module, as places in `lessons`.
    pub fn loose_lessons(&self) -> std::ops::Range<usize> {
        0..self.modules.first().map_or(self.lessons.len(), |module| module.lessons.start)
    }

    /// The lesson with the newest date that is not in the future, as a place in `lessons`.
    pub fn latest(&self) -> Option<usize> {
        let dated = self.lessons.iter().enumerate().filter_map(|(number, lesson)| {
            let date = lesson.date?.first_day();
            (date <= self.today).then_some((date, std::cmp::Reverse(number)))
        });
        dated.max().map(|(_, number)| number.0)
    }
}

/// A finding at a place of a file; about the file as a whole where nothing was written.
pub fn finding_at(
    snapshot: &Snapshot,
    code: Code,
    path: &SitePath,
    place: Place,
    message: impl Into<String>,
) -> Diagnostic {
    let nowhere = matches!(place, Place::Span(span) if span == Span::default());
    match snapshot.text(path).filter(|_| !nowhere) {
        Some(text) => Diagnostic::new(code, path, place.span(text), message),
        None => Diagnostic::about_file(code, path, message),
    }
}

impl PlainPage {
    fn new(article: &Article, address: Address) -> PlainPage {
        PlainPage { article: article.clone(), address, links: Arc::default() }
    }
}

/// The address of a made page.
pub fn made_address(name: &str) -> Address {
    match name {
        "lessons" | "replies" | "wins" | "tags" => Address::new(format!("{name}/index.html")),
        name => Address::page(name),
    }
}

/// The slug of a tag.
pub fn tag_slug(tag: &str) -> String {
    slugify(tag)
}
