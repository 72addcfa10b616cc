//! The site as pages read it: every look at it can be noted, with a fingerprint of what was seen. A page that was made
//! before is still right if every look would see the same again, so there is no list of dependencies to keep true.
//!
//! What a page may see of another is therefore cut to what it shows: a list looks at the row of a lesson, never at its
//! text.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::address::Address;
use crate::config::Config;
use crate::content::article::{ArticlePrints, Face};
use crate::content::component::Component;
use crate::content::component::tree::Tree;
use crate::content::glossary::Term;
use crate::content::reply::Reply;
use crate::content::win::Win;
use crate::date::PartialDate;
use crate::fingerprint::{fingerprint, fold};
use crate::place::Located;
use crate::site::assets::Asset;
use crate::site::{Lesson, ModuleOfLessons, PlainPage, Site, Tag};
use crate::source::SitePath;

/// What was looked at; numbers are places in the lists of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// A lesson with its text.
    Lesson(usize),
    /// What lists show of a lesson.
    Row(usize),
    /// The questions of a lesson.
    Questions(usize),
    /// How many questions there are in each module.
    QuestionCounts,
    /// What links show of a lesson.
    Link(usize),
    /// Which lesson has a slug.
    LessonOf(String),
    /// How many lessons there are, and which have no module.
    Lessons,
    /// The newest lesson.
    Latest,
    /// A module, without its lessons.
    Module(usize),
    /// How many modules there are.
    Modules,
    /// A module's side list, made before.
    SideList(usize),
    /// A reply.
    Reply(usize),
    /// What uses a reply.
    ReplyUses(usize),
    /// Which reply has a slug.
    ReplyOf(String),
    /// All replies.
    Replies,
    /// A win.
    Win(usize),
    /// All wins.
    Wins,
    /// A tag.
    Tag(String),
    /// All tags.
    Tags,
    /// The terms.
    Terms,
    /// The tree.
    Path,
    /// A page of the guide's own.
    Page(usize),
    /// All of those by title.
    Pages,
    /// The opening words of a made page.
    Opening(String),
    /// The words of the home page.
    Home,
    /// A page that forwards.
    Alias(usize),
    /// A file that pages show.
    Asset(SitePath),
}

/// What was looked at, and what was seen.
pub type Looks = Vec<(Look, u64)>;

/// What is seen of everything but lessons, as fingerprints. Made when a site is put together: there are many looks.
#[derive(Debug, Default)]
pub struct SitePrints {
    modules: Vec<u64>,
    replies: Vec<u64>,
    reply_uses: Vec<u64>,
    wins: Vec<u64>,
    all_replies: u64,
    all_wins: u64,
    tags: u64,
    terms: u64,
    path: u64,
    latest: u64,
}

impl SitePrints {
    /// The fingerprints of a site.
    pub fn of(site: &Site) -> SitePrints {
        let replies: Vec<u64> =
            site.replies.iter().map(|page| fingerprint(&(&page.reply, &page.address))).collect();
        let latest = site.latest().map(|number| (number, site.lessons[number].date));
        let mut prints = SitePrints {
            modules: site.modules.iter().map(fingerprint).collect(),
            all_replies: fold(0, replies.iter().copied()),
            replies,
            reply_uses: site.replies.iter().map(|page| fingerprint(&(&page.used_in, &page.wins))).collect(),
            wins: Vec::new(),
            all_wins: 0,
            tags: fingerprint(&site.tags),
            terms: fingerprint(&site.terms),
            path: fingerprint(&site.path),
            latest: fingerprint(&latest),
        };
        prints.note_wins(site);
        prints
    }

    /// Makes those of the wins again.
    pub fn note_wins(&mut self, site: &Site) {
        self.wins = site.wins.iter().map(fingerprint).collect();
        self.all_wins = fold(site.left_out.private as u64, self.wins.iter().copied());
    }
}

/// What lists and links show of a lesson.
#[derive(Clone, Copy, Debug)]
pub struct Row<'s> {
    /// The lesson's title.
    pub title: &'s str,
    /// Where it stands.
    pub address: &'s Address,
    /// One sentence; may be empty.
    pub summary: &'s str,
    /// The time to read it.
    pub minutes: usize,
    /// Its slug.
    pub slug: &'s str,
    /// Slugs that it had before.
    pub aliases: &'s [Located<String>],
    /// Slugs of lessons to read first.
    pub requires: &'s [Located<String>],
}

/// A title that leads to a page.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Named<'s> {
    /// The title.
    pub title: &'s str,
    /// Where the page stands.
    pub address: &'s Address,
}

/// The fingerprints of a lesson.
#[derive(Clone, Copy, Debug, Default)]
pub struct Prints {
    whole: u64,
    row: u64,
    link: u64,
}

impl Prints {
    /// The fingerprints of a lesson in its place. Its address is made from its slug.
    pub fn of(lesson: &Lesson) -> Prints {
        let article = &lesson.article;
        let ArticlePrints { link, row, .. } = article.prints;
        // Face and text are a function of the file and the settings, and the file's hash is there already.
        let whole = (article.prints.target, article.source, lesson.module, lesson.links.print(), lesson.wins);
        Prints { whole: fingerprint(&whole), row, link }
    }
}

/// A site that is read for one page.
pub struct Reader<'s> {
    site: &'s Site,
    /// Of the side list of each module.
    side_lists: &'s [u64],
    /// None where nobody wants to know.
    looks: Option<RefCell<Looks>>,
}

impl<'s> Reader<'s> {
    /// A reader that notes what it sees, if that is wanted.
    pub fn new(site: &'s Site, side_lists: &'s [u64], notes: bool) -> Reader<'s> {
        Reader { site, side_lists, looks: notes.then(RefCell::default) }
    }

    /// What was seen.
    pub fn looks(self) -> Looks {
        self.looks.map(RefCell::into_inner).unwrap_or_default()
    }

    /// Whether every look would see the same again.
    pub fn sees_the_same(&self, looks: &Looks) -> bool {
        looks.iter().all(|(look, print)| self.print(look) == *print)
    }

    fn note(&self, look: impl FnOnce() -> Look) {
        if let Some(looks) = &self.looks {
            let look = look();
            let print = self.print(&look);
            looks.borrow_mut().push((look, print));
        }
    }

    /// What a look sees, as a fingerprint.
    fn print(&self, look: &Look) -> u64 {
        let site = self.site;
        let at = |prints: &[u64], number: usize| prints.get(number).copied().unwrap_or_default();
        let prints =
            |number: &usize| site.lessons.get(*number).map(|lesson| lesson.prints).unwrap_or_default();
        match look {
            Look::Lesson(number) => prints(number).whole,
            Look::Row(number) => prints(number).row,
            Look::Questions(number) => {
                let quizzes = site.lessons.get(*number).map(|lesson| {
                    let components = lesson.article.body.components.iter().flatten();
                    let quizzes = components.filter(|component| matches!(component, Component::Quiz(_)));
                    (quizzes.collect::<Vec<_>>(), lesson.links.print(), lesson.prints.row)
                });
                fingerprint(&quizzes)
            }
            Look::QuestionCounts => fingerprint(&site.question_counts()),
            Look::Link(number) => prints(number).link,
            Look::LessonOf(slug) => fingerprint(&site.lesson(slug)),
            Look::Lessons => fingerprint(&(site.lessons.len(), site.loose_lessons())),
            Look::Latest => site.prints.latest,
            Look::Module(number) => at(&site.prints.modules, *number),
            Look::Modules => fingerprint(&site.modules.len()),
            Look::SideList(number) => at(self.side_lists, *number),
            Look::Reply(number) => at(&site.prints.replies, *number),
            Look::ReplyUses(number) => at(&site.prints.reply_uses, *number),
            Look::ReplyOf(slug) => fingerprint(&site.reply(slug)),
            Look::Replies => site.prints.all_replies,
            Look::Win(number) => at(&site.prints.wins, *number),
            Look::Wins => site.prints.all_wins,
            Look::Tag(slug) => fingerprint(&site.tags.get(slug)),
            Look::Tags => site.prints.tags,
            Look::Terms => site.prints.terms,
            Look::Path => site.prints.path,
            Look::Page(number) => fingerprint(&site.pages.get(*number)),
            Look::Pages => fingerprint(&self.page_names().collect::<Vec<_>>()),
            Look::Opening(name) => fingerprint(&site.openings.get(name)),
            Look::Home => fingerprint(&site.home),
            Look::Alias(number) => fingerprint(&site.aliases.get(*number)),
            Look::Asset(path) => fingerprint(&site.assets.get(path)),
        }
    }

    /// The settings. They, the date and the base address are part of every page, and are not noted.
    pub fn config(&self) -> &'s Config {
        &self.site.config
    }

    /// The address of the published site, if it is known.
    pub fn base_url(&self) -> Option<&'s String> {
        self.site.base_url.as_ref()
    }

    /// Today's date.
    pub fn today(&self) -> Date {
        self.site.today
    }

    /// A lesson with its text: for its own page.
    pub fn lesson(&self, number: usize) -> &'s Lesson {
        self.note(|| Look::Lesson(number));
        &self.site.lessons[number]
    }

    /// What lists show of a lesson.
    pub fn row(&self, number: usize) -> Row<'s> {
        self.note(|| Look::Row(number));
        let lesson = &self.site.lessons[number];
        let face: &'s Face = &lesson.article.face;
        Row {
            title: &face.title,
            address: &lesson.address,
            summary: &face.summary,
            minutes: face.minutes(),
            slug: &face.slug.value,
            aliases: &face.aliases,
            requires: &face.requires,
        }
    }

    /// A lesson whose questions, and nothing else of its text, are shown.
    pub fn questions(&self, number: usize) -> &'s Lesson {
        self.note(|| Look::Questions(number));
        &self.site.lessons[number]
    }

    /// How many questions there are, in lessons without a module and in each module.
    pub fn question_counts(&self) -> Vec<usize> {
        self.note(|| Look::QuestionCounts);
        self.site.question_counts()
    }

    /// What lists show of a lesson, as a fingerprint; not made for a single run.
    pub fn row_print(&self, number: usize) -> u64 {
        self.note(|| Look::Row(number));
        self.site.lessons[number].prints.row
    }

    /// What links show of a lesson.
    pub fn link(&self, number: usize) -> Named<'s> {
        self.note(|| Look::Link(number));
        let lesson = &self.site.lessons[number];
        Named { title: &lesson.article.face.title, address: &lesson.address }
    }

    /// The lesson of a slug.
    pub fn lesson_of(&self, slug: &str) -> Option<usize> {
        self.note(|| Look::LessonOf(slug.to_owned()));
        self.site.lesson(slug)
    }

    /// How many lessons there are.
    pub fn lesson_count(&self) -> usize {
        self.note(|| Look::Lessons);
        self.site.lessons.len()
    }

    /// The lessons without a module.
    pub fn loose_lessons(&self) -> Range<usize> {
        self.note(|| Look::Lessons);
        self.site.loose_lessons()
    }

    /// The newest lesson, and its date.
    pub fn latest(&self) -> Option<(usize, Option<PartialDate>)> {
        self.note(|| Look::Latest);
        let number = self.site.latest()?;
        Some((number, self.site.lessons[number].date))
    }

    /// A module, without its lessons.
    pub fn module(&self, number: usize) -> Option<&'s ModuleOfLessons> {
        self.note(|| Look::Module(number));
        self.site.modules.get(number)
    }

    /// How many modules there are.
    pub fn module_count(&self) -> usize {
        self.note(|| Look::Modules);
        self.site.modules.len()
    }

    /// Notes that a module's side list is shown.
    pub fn note_side_list(&self, number: usize) {
        self.note(|| Look::SideList(number));
    }

    /// A reply.
    pub fn reply(&self, number: usize) -> (&'s Reply, &'s Address) {
        self.note(|| Look::Reply(number));
        let page = &self.site.replies[number];
        (&page.reply, &page.address)
    }

    /// The lessons and the wins that use a reply.
    pub fn reply_uses(&self, number: usize) -> (&'s [usize], &'s [usize]) {
        self.note(|| Look::ReplyUses(number));
        let page = &self.site.replies[number];
        (&page.used_in, &page.wins)
    }

    /// The reply of a slug.
    pub fn reply_of(&self, slug: &str) -> Option<usize> {
        self.note(|| Look::ReplyOf(slug.to_owned()));
        self.site.reply(slug)
    }

    /// All replies.
    pub fn replies(&self) -> impl ExactSizeIterator<Item = (&'s Reply, &'s Address)> {
        self.note(|| Look::Replies);
        self.site.replies.iter().map(|page| (&*page.reply, &page.address))
    }

    /// A win.
    pub fn win(&self, number: usize) -> &'s Win {
        self.note(|| Look::Win(number));
        &self.site.wins[number]
    }

    /// All wins.
    pub fn wins(&self) -> &'s [Arc<Win>] {
        self.note(|| Look::Wins);
        &self.site.wins
    }

    /// How many wins are not for this site.
    pub fn private_wins(&self) -> usize {
        self.note(|| Look::Wins);
        self.site.left_out.private
    }

    /// A tag by its slug.
    pub fn tag(&self, slug: &str) -> &'s Tag {
        self.note(|| Look::Tag(slug.to_owned()));
        &self.site.tags[slug]
    }

    /// All tags by slug.
    pub fn tags(&self) -> &'s BTreeMap<String, Tag> {
        self.note(|| Look::Tags);
        &self.site.tags
    }

    /// The terms.
    pub fn terms(&self) -> Option<&'s Arc<Vec<Term>>> {
        self.note(|| Look::Terms);
        self.site.terms.as_ref()
    }

    /// The tree.
    pub fn path(&self) -> Option<&'s Arc<Tree>> {
        self.note(|| Look::Path);
        self.site.path.as_ref()
    }

    /// A page of the guide's own.
    pub fn page(&self, number: usize) -> &'s PlainPage {
        self.note(|| Look::Page(number));
        &self.site.pages[number]
    }

    /// The names of all of those.
    pub fn pages(&self) -> impl Iterator<Item = Named<'s>> {
        self.note(|| Look::Pages);
        self.page_names()
    }

    fn page_names(&self) -> impl Iterator<Item = Named<'s>> + use<'s> {
        self.site.pages.iter().map(|page| Named { title: &page.article.face.title, address: &page.address })
    }

    /// The opening words of a made page.
    pub fn opening(&self, name: &str) -> Option<&'s PlainPage> {
        self.note(|| Look::Opening(name.to_owned()));
        self.site.openings.get(name)
    }

    /// The words of the home page.
    pub fn home(&self) -> Option<&'s PlainPage> {
        self.note(|| Look::Home);
        self.site.home.as_ref()
    }

    /// A page that forwards: the new address, and the title there.
    pub fn alias(&self, number: usize) -> (&'s Address, &'s str) {
        self.note(|| Look::Alias(number));
        let (_, to, title) = &self.site.aliases[number];
        (to, title)
    }

    /// A file that pages show.
    pub fn asset(&self, path: &SitePath) -> Option<&'s Asset> {
        self.note(|| Look::Asset(path.clone()));
        self.site.assets.get(path)
    }
}
