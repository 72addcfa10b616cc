//! Every page of the site, as the view that its template sees. A template sees its view, the site's global values and
//! the theme's words, and nothing else, so what a page depends on is exactly what its view holds.

// What several pages show,
pub mod drawing;
pub mod frame;
pub mod message;
pub mod rhythm;
pub mod rows;
pub mod searched;
pub mod terms;
pub mod text;
pub mod tree;
pub mod win;
// and the pages.
pub mod contents;
pub mod home;
pub mod lesson;
pub mod lists;
pub mod path;
pub mod plain;
pub mod reply;
pub mod review;
pub mod weeks;
pub mod wins;

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use serde::Serialize;

use crate::address::Address;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::fingerprint;
use crate::page::frame::Place;
use crate::page::lesson::SideList;
use crate::page::terms::TermIndex;
use crate::site::reader::{Looks, Reader};
use crate::site::{Site, made_address};
use crate::theme::Theme;

/// A page to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it stands.
    pub address: Address,
    /// What it is.
    pub kind: PageKind,
}

/// What a page is; numbers are places in the lists of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// `index.html`
    Home,
    /// All lessons by module.
    Lessons,
    /// The lessons of a module.
    Module(usize),
    /// A lesson.
    Lesson(usize),
    /// All replies by reason.
    Replies,
    /// A reply.
    Reply(usize),
    /// All wins by month.
    Wins,
    /// All tags.
    Tags,
    /// What has a tag, by its slug.
    Tag(String),
    /// The terms.
    Glossary,
    /// A page of the guide's own.
    Plain(usize),
    /// The tree.
    Path,
    /// The breathing exercise.
    Breathe,
    /// The questions of all lessons.
    Review,
    /// The questions of a module, where those of all are too many for one page.
    ReviewOf(usize),
    /// What readers have written down for themselves.
    Journal,
    /// What readers have read, to print.
    Completion,
    /// What is kept about readers.
    Privacy,
    /// Everything, from A to Z.
    Contents,
    /// The page for addresses that lead nowhere.
    NotFound,
    /// A page that forwards to another.
    Alias(usize),
}

impl PageKind {
    /// The word for it that templates see as `page.kind`.
    pub fn name(&self) -> &'static str {
        match self {
            PageKind::Home => "home",
            PageKind::Lessons => "lessons",
            PageKind::Module(_) => "module",
            PageKind::Lesson(_) => "lesson",
            PageKind::Replies => "replies",
            PageKind::Reply(_) => "reply",
            PageKind::Wins => "wins",
            PageKind::Tags => "tags",
            PageKind::Tag(_) => "tag",
            PageKind::Glossary => "glossary",
            PageKind::Plain(_) => "page",
            PageKind::Path => "path",
            PageKind::Breathe => "breathe",
            PageKind::Review | PageKind::ReviewOf(_) => "review",
            PageKind::Journal => "journal",
            PageKind::Completion => "completion",
            PageKind::Privacy => "privacy",
            PageKind::Contents => "contents",
            PageKind::NotFound => "404",
            PageKind::Alias(_) => "alias",
        }
    }
}

/// Every page of a site, in an order that does not change.
pub fn all(site: &Site) -> Vec<Page> {
    let page = |address: Address, kind: PageKind| Page { address, kind };
    let mut pages = vec![
        page(Address::page("index"), PageKind::Home),
        page(made_address("lessons"), PageKind::Lessons),
        page(made_address("breathe"), PageKind::Breathe),
        page(made_address("journal"), PageKind::Journal),
        page(made_address("completion"), PageKind::Completion),
        page(made_address("wins"), PageKind::Wins),
        page(made_address("privacy"), PageKind::Privacy),
        page(made_address("contents"), PageKind::Contents),
        page(made_address("404"), PageKind::NotFound),
    ];
    for (present, name, kind) in [
        (!site.replies.is_empty(), "replies", PageKind::Replies),
        (!site.tags.is_empty(), "tags", PageKind::Tags),
        (site.terms.is_some(), "glossary", PageKind::Glossary),
        (site.path.is_some(), "path", PageKind::Path),
    ] {
        if present {
            pages.push(page(made_address(name), kind));
        }
    }
    if site.has_questions() {
        pages.push(page(made_address("review"), PageKind::Review));
        let apart = review::modules_apart(&site.question_counts()).into_iter();
        pages.extend(apart.map(|module| page(review::address_of(site, module), PageKind::ReviewOf(module))));
    }
    let modules = site.modules.iter().enumerate();
    pages.extend(modules.map(|(number, entry)| page(entry.address.clone(), PageKind::Module(number))));
    let lessons = site.lessons.iter().enumerate();
    pages.extend(lessons.map(|(number, lesson)| page(lesson.address.clone(), PageKind::Lesson(number))));
    let replies = site.replies.iter().enumerate();
    pages.extend(replies.map(|(number, reply)| page(reply.address.clone(), PageKind::Reply(number))));
    let plain = site.pages.iter().enumerate();
    pages.extend(plain.map(|(number, own)| page(own.address.clone(), PageKind::Plain(number))));
    pages.extend(site.tags.keys().map(|slug| page(Address::tag(slug), PageKind::Tag(slug.clone()))));
    let aliases = site.aliases.iter().enumerate();
    pages.extend(aliases.map(|(number, (from, ..))| page(from.clone(), PageKind::Alias(number))));
    pages
}

/// What stands above and below the content of a page.
#[derive(Debug)]
struct Surroundings {
    head_html: String,
    foot_html: String,
}

#[derive(Serialize)]
struct SurroundingsView {
    page: Place,
}

/// What the pages of a run share.
pub struct Shared<'s> {
    site: &'s Site,
    theme: &'s Theme,
    side_list_prints: Vec<u64>,
    /// The side list of each module.
    side_lists: Vec<Arc<SideList>>,
    /// What stands above and below the pages of a kind, by the way to the root and the kind: made once for all of them.
    surroundings: Mutex<HashMap<(String, &'static str), Arc<Surroundings>>>,
    terms: TermIndex,
    notes: bool,
}

/// Side lists of earlier runs by the address of their module, each with what it saw.
pub type SideLists = HashMap<Address, (Looks, Arc<SideList>)>;

impl<'s> Shared<'s> {
    /// Makes what pages share, as far as it is not known already. With `notes` it is known the next time.
    pub fn new(
        site: &'s Site,
        theme: &'s Theme,
        known: &mut SideLists,
        notes: bool,
    ) -> Result<Shared<'s>, Box<Diagnostic>> {
        let mut shared = Shared {
            site,
            theme,
            side_list_prints: Vec::new(),
            side_lists: Vec::new(),
            surroundings: Mutex::default(),
            terms: site.terms.as_ref().map(|terms| TermIndex::new(terms)).unwrap_or_default(),
            notes,
        };
        let made = site.modules.par_iter().enumerate().map(|(number, module)| {
            let renderer = shared.renderer(None);
            if let Some((looks, list)) = known.get(&module.address)
                && renderer.site.sees_the_same(looks)
            {
                return Ok((looks.clone(), list.clone()));
            }
            let list = Arc::new(lesson::side_list(&renderer, number)?);
            Ok((renderer.site.looks(), list))
        });
        let made: Vec<(Looks, Arc<SideList>)> = made.collect::<Result<_, Box<Diagnostic>>>()?;
        if notes {
            shared.side_list_prints = made.par_iter().map(|(_, list)| fingerprint(list)).collect();
        }
        known.clear();
        for (module, (looks, list)) in site.modules.iter().zip(made) {
            shared.side_lists.push(list.clone());
            if notes {
                known.insert(module.address.clone(), (looks, list));
            }
        }
        Ok(shared)
    }

    /// A renderer of one page, and the pieces that it had the last time.
    pub fn renderer(&'s self, known: Option<&'s Pieces>) -> Renderer<'s> {
        let site = Reader::new(self.site, &self.side_list_prints, self.notes);
        Renderer { site, theme: self.theme, shared: self, known, pieces: RefCell::default() }
    }

    fn surroundings(&self, page: &Page) -> Result<Arc<Surroundings>, Box<Diagnostic>> {
        let place = Place::new(self.site.base_url.as_ref(), page);
        let key = (place.root.clone(), place.kind);
        let known = self.surroundings.lock().expect("nothing panics while it is locked").get(&key).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        // Two threads may make the same one at first; it is the same.
        let view = SurroundingsView { page: place };
        let made = Arc::new(Surroundings {
            head_html: self.theme.render("site-head.html", &view)?,
            foot_html: self.theme.render("site-foot.html", &view)?,
        });
        self.surroundings.lock().expect("nothing panics while it is locked").insert(key, made.clone());
        Ok(made)
    }
}

/// Makes one page of a site with a theme.
pub struct Renderer<'s> {
    /// The site, as this page sees it.
    pub site: Reader<'s>,
    /// The theme.
    pub theme: &'s Theme,
    shared: &'s Shared<'s>,
    known: Option<&'s Pieces>,
    pieces: RefCell<Pieces>,
}

/// The pieces of a long page, by a fingerprint of what each shows.
pub type Pieces = HashMap<u64, Arc<str>>;

impl<'s> Renderer<'s> {
    /// The HTML of a page.
    pub fn render(&self, page: &Page) -> Result<String, Box<Diagnostic>> {
        match &page.kind {
            PageKind::Home => self.template("home.html", page, home::view(self, page)?),
            PageKind::Lessons => self.template("lessons.html", page, lists::lessons(self, page)?),
            PageKind::Module(number) => {
                self.template("module.html", page, lists::module(self, page, *number)?)
            }
            PageKind::Lesson(number) => {
                self.template("lesson.html", page, lesson::view(self, page, *number)?)
            }
            PageKind::Replies => self.template("replies.html", page, reply::list(self, page)?),
            PageKind::Reply(number) => self.template("reply.html", page, reply::view(self, page, *number)),
            PageKind::Wins => self.template("wins.html", page, wins::view(self, page)?),
            PageKind::Tags => self.template("tags.html", page, lists::tags(self, page)?),
            PageKind::Tag(slug) => self.template("tag.html", page, lists::tag(self, page, slug)?),
            PageKind::Glossary => self.template("glossary.html", page, lists::glossary(self, page)?),
            PageKind::Plain(number) => self.template("page.html", page, plain::view(self, page, *number)?),
            PageKind::Path => self.template("path.html", page, path::view(self, page)?),
            PageKind::Breathe => self.template("breathe.html", page, plain::breathe(self, page)?),
            PageKind::Review => self.template("review.html", page, review::view(self, page)?),
            PageKind::ReviewOf(module) => {
                self.template("review.html", page, review::of_module(self, page, *module)?)
            }
            PageKind::Journal => self.template("journal.html", page, plain::kept(self, page, "journal")?),
            PageKind::Completion => {
                self.template("completion.html", page, plain::kept(self, page, "completion")?)
            }
            PageKind::Privacy => self.template("privacy.html", page, plain::kept(self, page, "privacy")?),
            PageKind::Contents => self.template("contents.html", page, contents::view(self, page)?),
            PageKind::NotFound => self.template("404.html", page, plain::not_found(self, page)?),
            PageKind::Alias(number) => self.template("alias.html", page, plain::alias(self, page, *number)),
        }
    }

    /// A page from its template. Next to its view it sees `site_head_html` and `site_foot_html`.
    fn template(&self, name: &str, page: &Page, view: impl Serialize) -> Result<String, Box<Diagnostic>> {
        let around = self.shared.surroundings(page)?;
        let shared = [("site_head_html", &*around.head_html), ("site_foot_html", &*around.foot_html)];
        self.theme.render_with(name, &view, &shared)
    }

    /// A piece of a long page, from the template of a component.
    fn piece(&self, component: &str, view: &(impl Serialize + Hash)) -> Result<Arc<str>, Box<Diagnostic>> {
        let print = if self.shared.notes { fingerprint(&(component, view)) } else { 0 };
        self.known_piece(component, print, || view)
    }

    /// A piece of a long page, from the template of a component and the view that has a fingerprint. One that the page
    /// had the last time is not made again.
    fn known_piece<V: Serialize>(
        &self,
        component: &str,
        print: u64,
        view: impl FnOnce() -> V,
    ) -> Result<Arc<str>, Box<Diagnostic>> {
        let template = format!("components/{component}/{component}.html");
        let make = || Ok(Arc::from(self.theme.render(&template, &view())?));
        if !self.shared.notes {
            return make();
        }
        let known = self.known.and_then(|known| known.get(&print)).cloned();
        let piece = known.map_or_else(make, Ok)?;
        self.pieces.borrow_mut().insert(print, piece.clone());
        Ok(piece)
    }

    /// The terms that are linked in running text.
    fn term_index(&self) -> &'s TermIndex {
        self.site.terms();
        &self.shared.terms
    }

    /// What the page saw, and its pieces.
    pub fn notes(self) -> (Looks, Pieces) {
        (self.site.looks(), self.pieces.into_inner())
    }

    /// The side list of a module.
    fn side_list(&self, module: usize) -> &'s SideList {
        self.site.note_side_list(module);
        &self.shared.side_lists[module]
    }
}

/// A link with words.
#[derive(Clone, Debug, Serialize, Hash)]
pub struct Link {
    /// The words.
    pub title: String,
    /// The address, relative to the page.
    pub href: String,
}
