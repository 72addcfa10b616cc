//! Lessons, pages and the words of the home page: front matter and Markdown.

use std::sync::Arc;

use crate::address::{in_words, slugify};
use crate::config;
use crate::content::component::{self, Component};
use crate::content::front_matter::{self, Parts};
use crate::content::markdown::{Extent, Fragment, Origin, Outline, Writer};
use crate::date::{PartialDate, Precision};
use crate::diagnostic::{Code, Diagnostic};
use crate::fingerprint::fingerprint;
use crate::place::{Located, Place};
use crate::source::{SitePath, Source, Span};
use crate::yaml::{Document, Map, Plain};

/// What an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `content/lessons/**/*.md`
    Lesson,
    /// `content/pages/*.md`
    Page,
    /// `content/index.md`
    Home,
}

/// An article in two parts: what others may see of it, and what only its own page shows.
#[derive(Clone, Debug, Hash)]
pub struct Article {
    /// All that other pages may see.
    pub face: Arc<Face>,
    /// The text.
    pub body: Arc<Body>,
    /// A hash of the file that both were read from.
    pub source: u64,
    /// What others see of it, as fingerprints.
    pub prints: ArticlePrints,
}

/// Fingerprints of what others see of an article: made once, since there are many to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ArticlePrints {
    /// What a link shows.
    pub link: u64,
    /// What a row of a list shows.
    pub row: u64,
    /// Where a link may lead: whether it is built, its address, its headings.
    pub target: u64,
    /// What it links to and which pictures it shows.
    pub uses: u64,
    /// All of it that the site is put together from, but for its place among its neighbours.
    pub place: u64,
}

impl ArticlePrints {
    fn of(face: &Face) -> ArticlePrints {
        // Every field is named, so that a new one is not forgotten. Those that are dropped are only shown, or are asked
        // for by `reading_order`.
        let Face {
            path,
            kind,
            slug,
            title,
            summary,
            order: _,
            date,
            updated: _,
            draft,
            tags,
            requires,
            replies,
            aliases,
            review_by,
            owner: _,
            sources: _,
            module,
            outline,
            shown_replies,
            shown_tags,
            reasons,
            shows_path,
        } = face;
        let Outline { headings, links, images, words: _, opening: _, ease: _ } = outline;
        let link = fingerprint(&(title, kind, slug));
        let row = fingerprint(&(link, summary, face.minutes(), aliases, requires));
        let ids: Vec<&str> = headings.iter().map(|heading| heading.id.as_str()).collect();
        let target = fingerprint(&(path, kind, slug, draft, date, ids));
        let uses = fingerprint(&(links, images));
        // Pages that forward name the title of the new one.
        let forwards = (!aliases.is_empty()).then_some((aliases, title));
        let names = (tags, requires, replies, review_by, module);
        let shown = (shown_replies, shown_tags, reasons, shows_path);
        let place = fingerprint(&(target, uses, forwards, names, shown));
        ArticlePrints { link, row, target, uses, place }
    }
}

/// All that other pages, and the site as a whole, may see of an article.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Face {
    /// Its file.
    pub path: SitePath,
    /// What it is.
    pub kind: Kind,
    /// The last part of its address.
    pub slug: Located<String>,
    /// Its title.
    pub title: String,
    /// One sentence; may be empty.
    pub summary: String,
    /// Its place among its neighbours; those without come last.
    pub order: Option<i64>,
    /// When it was or will be published.
    pub date: Option<Located<PartialDate>>,
    /// When it was last changed in substance.
    pub updated: Option<Located<PartialDate>>,
    /// Left out, unless drafts are asked for.
    pub draft: bool,
    /// Tags, as written.
    pub tags: Vec<Located<String>>,
    /// Lessons to read first, by slug.
    pub requires: Vec<Located<String>>,
    /// Replies that belong to it, by slug.
    pub replies: Vec<Located<String>>,
    /// Slugs that it had before.
    pub aliases: Vec<Located<String>>,
    /// When somebody should check it again.
    pub review_by: Option<Located<PartialDate>>,
    /// Who looks after it; may be empty.
    pub owner: String,
    /// Where its facts come from.
    pub sources: Vec<String>,
    /// The folder below `lessons/`, which names the module.
    pub module: Option<String>,
    /// Headings, links, images, words.
    pub outline: Outline,
    /// Replies that are shown within it, by slug.
    pub shown_replies: Vec<Located<String>>,
    /// Tags whose wins are shown within it.
    pub shown_tags: Vec<Located<String>>,
    /// Reason codes that trees within it use.
    pub reasons: Vec<Located<String>>,
    /// Whether it shows the tree of `path.yaml`, and where.
    pub shows_path: Option<Located<()>>,
}

/// The text of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Body {
    /// The HTML, with holes.
    pub text: Fragment,
    /// The components that go into its holes; one that could not be read is none.
    pub components: Vec<Option<Component>>,
}

/// How many words a minute people read of a text that they want to learn from.
const WORDS_A_MINUTE: usize = 200;

impl Face {
    /// The time to read it, in minutes; at least one.
    pub fn minutes(&self) -> usize {
        self.outline.words.div_ceil(WORDS_A_MINUTE).max(1)
    }

    /// One sentence on it: the summary, or how it begins.
    pub fn description(&self) -> &str {
        if self.summary.is_empty() { &self.outline.opening } else { &self.summary }
    }

    /// Where it stands among its neighbours.
    pub fn reading_order(&self) -> (i64, String, SitePath) {
        (self.order.unwrap_or(i64::MAX), self.title.to_lowercase(), self.path.clone())
    }

    fn new(path: &SitePath, kind: Kind) -> Face {
        let whole_file = Place::Span(Span::default());
        Face {
            path: path.clone(),
            kind,
            slug: Located::new(slugify(path.stem()), whole_file),
            title: in_words(path.stem()),
            summary: String::new(),
            order: None,
            date: None,
            updated: None,
            draft: false,
            tags: Vec::new(),
            requires: Vec::new(),
            replies: Vec::new(),
            aliases: Vec::new(),
            review_by: None,
            owner: String::new(),
            sources: Vec::new(),
            module: None,
            outline: Outline::default(),
            shown_replies: Vec::new(),
            shown_tags: Vec::new(),
            reasons: Vec::new(),
            shows_path: None,
        }
    }

    /// Reads the front matter. Lessons have more keys than pages, and pages more than the home page.
    fn read(&mut self, map: &Map<'_>) {
        let text = |key| map.get(key).and_then(|value| value.text());
        let texts = |key| map.get(key).map(|value| Located::texts(&value)).unwrap_or_default();
        let title = if self.kind == Kind::Home { map.get("title") } else { map.required("title") };
        if let Some(title) = title.and_then(|title| title.text()) {
            self.title = title;
        }
        self.summary = text("summary").unwrap_or_default();
        if self.kind == Kind::Home {
            return;
        }
        if let Some(value) = map.get("slug")
            && let Some(slug) = config::slug(&value)
        {
            self.slug = Located::new(slug, Place::of(&value));
        }
        self.draft = map.get("draft").and_then(|draft| draft.flag()).unwrap_or(false);
        self.updated = map.get("updated").and_then(|date| PartialDate::of(&date, Precision::Day));
        self.review_by = map.get("review_by").and_then(|date| PartialDate::of(&date, Precision::Year));
        self.owner = text("owner").unwrap_or_default();
        self.sources = map.get("sources").map(|value| sources(&value)).unwrap_or_default();
        self.aliases = map.get("aliases").map(|aliases| slugs(&aliases)).unwrap_or_default();
        if self.kind == Kind::Page {
            return;
        }
        self.order = map.get("order").and_then(|order| order.number(-1_000_000..=1_000_000));
        self.date = map.get("date").and_then(|date| PartialDate::of(&date, Precision::Day));
        self.tags = texts("tags");
        self.requires = texts("requires");
        self.replies = texts("replies");
    }

    /// Gathers what the components of the text say about other files.
    fn note_components(&mut self, components: &[Option<Component>]) {
        for component in components.iter().flatten() {
            match component {
                Component::Reply(slug) => self.shown_replies.push(slug.clone()),
                Component::Wins(list) => self.shown_tags.extend(list.tag.clone()),
                Component::PathOfGuide(place) => {
                    self.shows_path = self.shows_path.take().or(Some(place.clone()))
                }
                Component::Path(tree) => {
                    self.shown_replies.extend(tree.replies().cloned());
                    self.reasons.extend(tree.reasons().cloned());
                }
                _ => {}
            }
        }
    }
}

impl Article {
    /// Reads a file. `raw_html` is the guide's setting.
    pub fn parse(source: &Source, kind: Kind, raw_html: bool) -> (Article, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let mut face = Face::new(&source.path, kind);
        if kind == Kind::Lesson
            && let Some((module, _)) =
                source.path.below("content/lessons").and_then(|rest| rest.split_once('/'))
        {
            face.module = Some(module.to_owned());
        }
        let parts = parts(source, kind, &mut found);
        let document = Document::parse(source, parts.head);
        match document {
            Ok(document) => {
                if document.root().is_empty() {
                    if kind != Kind::Home && found.is_empty() {
                        found.push(title_missing(source));
                    }
                } else if let Some(map) = document.root().map() {
                    face.read(&map);
                    map.done();
                }
                found.extend(document.finish());
            }
            Err(failure) => found.push(*failure),
        }
        let mut writer = Writer::new(source, raw_html, component::NAMES);
        let body = source.slice(parts.body);
        let text = writer.write(body, Origin::File(parts.body.start), Extent::Page, &face.title);
        let components = component::read_all(&mut writer, source);
        check_sections(&mut writer, source, &components);
        face.outline = writer.outline;
        face.note_components(&components);
        found.extend(writer.found);
        (
            Article {
                prints: ArticlePrints::of(&face),
                face: Arc::new(face),
                body: Arc::new(Body { text, components }),
                source: source.hash,
            },
            found,
        )
    }
}

/// The front matter and the text; what is missing is reported, and the whole file is then the text.
fn parts(source: &Source, kind: Kind, found: &mut Vec<Diagnostic>) -> Parts {
    let whole = Parts { head: Span::default(), body: source.whole() };
    match front_matter::split(source) {
        Ok(Some(parts)) => parts,
        Ok(None) => {
            if kind != Kind::Home {
                found.push(front_matter_missing(source));
            }
            whole
        }
        Err(unclosed) => {
            found.push(*unclosed);
            whole
        }
    }
}

/// Lessons, pages and replies begin with front matter.
pub fn front_matter_missing(source: &Source) -> Diagnostic {
    Diagnostic::new(
        Code::FrontMatterMissing,
        &source.path,
        Span::default(),
        "this file does not begin with its title",
    )
    .help(format!("put these lines at its top:\n---\ntitle: {}\n---", in_words(source.path.stem())))
}

/// Front matter without a single key.
pub fn title_missing(source: &Source) -> Diagnostic {
    Diagnostic::new(Code::KeyMissing, &source.path, Span::default(), "`title` is missing")
        .help(format!("add a line such as `title: {}`", in_words(source.path.stem())))
}

/// The sources of a list. `- A study, 2024: https://…` is a key with a value to YAML, and plainly meant as a text.
fn sources(value: &crate::yaml::Value<'_>) -> Vec<String> {
    let text = |item: &crate::yaml::Value<'_>| match item.plain() {
        Plain::Map(map) if map.len() == 1 => match map.into_iter().next() {
            Some((key, Plain::Text(rest))) => Some(format!("{key}: {rest}")),
            _ => item.text(),
        },
        _ => item.text(),
    };
    value.list().iter().filter_map(text).collect()
}

/// The slugs of a list.
fn slugs(value: &crate::yaml::Value<'_>) -> Vec<Located<String>> {
    let slug = |value: &crate::yaml::Value<'_>| Some(Located::new(config::slug(value)?, Place::of(value)));
    value.words().iter().filter_map(slug).collect()
}

/// The sections that quizzes name are headings of the same text.
fn check_sections(writer: &mut Writer<'_>, source: &Source, components: &[Option<Component>]) {
    for component in components.iter().flatten() {
        let Component::Quiz(quiz) = component else { continue };
        let Some(section) = &quiz.section else { continue };
        let headings = &writer.outline.headings;
        if headings.iter().all(|heading| heading.id != section.value) {
            let span = section.place.span(&source.text);
            let message = format!("there is no heading `{}` on this page", section.value);
            let finding = Diagnostic::new(Code::SectionUnknown, &source.path, span, message);
            let ids = headings.iter().map(|heading| heading.id.as_str());
            let otherwise = "write the heading's words in small letters, with hyphens for spaces";
            let finding = finding.near_or_listed(&section.value, ids, otherwise);
            writer.found.push(finding);
        }
    }
}
