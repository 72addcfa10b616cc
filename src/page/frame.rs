//! What every page shows around its own content: titles, way back, addresses, and the values of the whole site.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::address::Address;
use crate::config::Config;
use crate::content::article::Article;
use crate::content::component::Component;
use crate::date::PartialDate;
use crate::page::{Link, Page, PageKind, Renderer};
use crate::site::Site;
use crate::source::SitePath;
use crate::theme::Theme;
use crate::theme::scripts::EARLY;

/// The values of the whole site, for every template.
#[derive(Clone, Debug, Serialize, Hash)]
pub struct SiteView {
    id: String,
    title: String,
    description: String,
    language: String,
    dir: &'static str,
    has_path: bool,
    has_glossary: bool,
    has_tags: bool,
    has_replies: bool,
    has_wins: bool,
    has_questions: bool,
    feed: &'static str,
    tell_us: Option<String>,
    stylesheet: String,
    script: Option<String>,
    scripts: BTreeMap<String, String>,
    styles: BTreeMap<String, String>,
    early_script: Option<String>,
    assets: BTreeMap<String, String>,
    lesson_count: usize,
    reply_count: usize,
    win_count: usize,
}

impl SiteView {
    /// The values of a site with a theme, and what stands where the address of the stylesheet goes.
    pub fn new(site: &Site, theme: &Theme, stylesheet: &str) -> SiteView {
        SiteView {
            id: site.config.id.clone(),
            title: site.config.title.clone(),
            description: site.config.description.clone(),
            language: site.config.language.clone(),
            dir: if theme.strings.right_to_left { "rtl" } else { "ltr" },
            has_path: site.path.is_some(),
            has_glossary: site.terms.is_some(),
            has_tags: !site.tags.is_empty(),
            has_replies: !site.replies.is_empty(),
            has_wins: !site.wins.is_empty(),
            has_questions: site.has_questions(),
            feed: "feed.xml",
            tell_us: site.config.tell_us.clone(),
            stylesheet: stylesheet.to_owned(),
            script: theme.scripts.page.0.as_ref().map(|address| address.as_str().to_owned()),
            scripts: addresses(&theme.scripts.parts),
            styles: addresses(&theme.styles.parts),
            early_script: theme.scripts.parts.get(EARLY).map(|(address, _)| address.as_str().to_owned()),
            assets: addresses(&theme.assets),
            lesson_count: site.lessons.len(),
            reply_count: site.replies.len(),
            win_count: site.wins.len(),
        }
    }
}

/// Where the files of a theme stand, by name.
fn addresses<T>(files: &BTreeMap<String, (Address, T)>) -> BTreeMap<String, String> {
    files.iter().map(|(name, (address, _))| (name.clone(), address.as_str().to_owned())).collect()
}

/// What the head and the foot of a page and the components in its text see as `page`: it is the same for all pages of
/// a kind in a folder.
#[derive(Clone, Debug, Serialize, Hash)]
pub struct Place {
    /// The word for the kind of page.
    pub kind: &'static str,
    /// The way to the root of the site.
    pub root: String,
    section: &'static str,
    feed_href: String,
}

impl Place {
    /// The place of a page.
    pub fn new(base_url: Option<&String>, page: &Page) -> Place {
        // The page for addresses that lead nowhere is shown at any of them, so its links begin with the address of the
        // site, where that is known.
        let base = base_url.filter(|_| page.kind == PageKind::NotFound);
        let root = base.cloned().unwrap_or_else(|| page.address.to_root());
        let kind = page.kind.name();
        Place { kind, feed_href: format!("{root}feed.xml"), section: section(kind), root }
    }
}

/// What a template sees as `page`.
#[derive(Clone, Debug, Serialize, Hash)]
pub struct Frame {
    kind: &'static str,
    title: String,
    head_title: String,
    description: String,
    root: String,
    section: &'static str,
    crumbs: Vec<Link>,
    canonical: Option<String>,
    /// The address of the published site, if it is known.
    base_url: Option<String>,
    feed_href: String,
    edit_href: Option<String>,
    noindex: bool,
    updated: Option<DateView>,
    /// The way from the root of the site to the page.
    path: String,
    /// The kinds of components in its text, by the names that authors write, and `tasks` for boxes to tick.
    components: BTreeSet<&'static str>,
}

/// A date for a machine and for people.
#[derive(Clone, Debug, Serialize, Hash)]
pub struct DateView {
    iso: String,
    text: String,
}

impl DateView {
    /// A date in the words of a theme.
    pub fn new(theme: &Theme, date: PartialDate) -> DateView {
        DateView { iso: date.iso(), text: theme.strings.date(date) }
    }
}

impl Frame {
    /// The frame of a page.
    pub fn new(renderer: &Renderer<'_>, page: &Page, title: &str, description: &str) -> Frame {
        let site = &renderer.site;
        let config = site.config();
        let Place { kind, root, section, feed_href } = Place::new(site.base_url(), page);
        let head_title =
            if title == config.title { title.to_owned() } else { format!("{title} | {}", config.title) };
        let description = if description.is_empty() { &config.description } else { description };
        Frame {
            kind,
            title: title.to_owned(),
            head_title,
            description: description.to_owned(),
            root,
            section,
            crumbs: Vec::new(),
            base_url: site.base_url().cloned(),
            canonical: site.base_url().map(|base| absolute(base, &page.address)),
            feed_href,
            edit_href: None,
            noindex: false,
            updated: None,
            path: page.address.as_str().to_owned(),
            components: BTreeSet::new(),
        }
    }

    /// What of it the components in a text see as `page`.
    pub fn place(&self) -> Place {
        let Frame { kind, root, section, feed_href, .. } = self;
        Place { kind, root: root.clone(), section, feed_href: feed_href.clone() }
    }

    /// Says in the title of the window what kind of page it is, so that a module is told from a lesson of its name.
    pub fn kind_in_title(mut self, renderer: &Renderer<'_>, kind: &str) -> Frame {
        self.head_title = format!("{} | {kind} | {}", self.title, renderer.site.config().title);
        self
    }

    /// Adds the way back.
    pub fn crumbs(mut self, crumbs: Vec<Link>) -> Frame {
        self.crumbs = crumbs;
        self
    }

    /// Adds where the page can be edited, when it was last changed, and what kinds of components it holds.
    pub fn source(mut self, renderer: &Renderer<'_>, article: &Article) -> Frame {
        let Article { face, body, .. } = article;
        self.components = body.components.iter().flatten().map(Component::name).collect();
        if body.text.has_tasks() {
            self.components.insert("tasks");
        }
        self.edit_href = edit_href(renderer.site.config(), &face.path);
        self.updated = face.updated.as_ref().map(|date| DateView::new(renderer.theme, date.value));
        self
    }

    /// Adds where a file can be edited.
    pub fn edit(mut self, renderer: &Renderer<'_>, path: &SitePath) -> Frame {
        self.edit_href = edit_href(renderer.site.config(), path);
        self
    }

    /// Keeps the page out of search engines.
    pub fn noindex(mut self) -> Frame {
        self.noindex = true;
        self
    }
}

/// The entry of the main navigation that a page belongs to.
fn section(kind: &str) -> &'static str {
    match kind {
        "home" => "home",
        "lesson" | "lessons" | "module" => "lessons",
        "journal" | "review" => "journal",
        "reply" | "replies" => "replies",
        "wins" => "wins",
        "path" => "path",
        _ => "other",
    }
}

/// An address on the published site. The home page and others called `index.html` keep their names: every link does.
pub fn absolute(base: &str, address: &Address) -> String {
    format!("{base}{}", address.as_str())
}

fn edit_href(config: &Config, path: &SitePath) -> Option<String> {
    let inside = path.below("content")?;
    let escaped: String = percent_encoding::utf8_percent_encode(inside, &UNSAFE_IN_PATH).to_string();
    config.edit_url.as_ref().map(|form| form.replace("{path}", &escaped))
}

/// What may not stand in the path of an address.
const UNSAFE_IN_PATH: percent_encoding::AsciiSet = percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'%')
    .add(b'\\');
