//! What the search sees of the guide: lessons, replies, wins, words of the glossary and pages, each as plain text.

use std::collections::HashSet;

use crate::address::{Address, in_words};
use crate::config::Config;
use crate::content::article::Article;
use crate::content::markdown::plain;
use crate::content::message::{Piece, Pieces};
use crate::content::reply::Reply;
use crate::content::win::Win;
use crate::fingerprint::{fingerprint, fold};
use crate::page::message::reason_label;
use crate::search::{Page, Pages, Section};
use crate::site::{Site, made_address};
use crate::theme::strings::Strings;

/// Something that is searched for; numbers are places in the lists of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Lesson(usize),
    Reply(usize),
    Win(usize),
    Term(usize),
    Page(usize),
    Module(usize),
    /// A page that the build makes by itself.
    Made(&'static str),
}

/// Everything that is searched for, in the order of addresses.
#[derive(Debug, Default)]
pub struct List(Vec<(String, What)>);

impl List {
    /// The list of a site.
    pub fn new(site: &Site) -> List {
        let part = |page: &str, id: &str| format!("{}#{id}", made_address(page).as_str());
        let on = |address: &Address| address.as_str().to_owned();
        let mut list: Vec<(String, What)> = Vec::with_capacity(site.lessons.len() + 64);
        list.extend(
            site.lessons
                .iter()
                .enumerate()
                .map(|(number, lesson)| (on(&lesson.address), What::Lesson(number))),
        );
        list.extend(
            site.replies.iter().enumerate().map(|(number, reply)| (on(&reply.address), What::Reply(number))),
        );
        list.extend(
            site.wins
                .iter()
                .enumerate()
                .map(|(number, win)| (part("wins", &win.id.value), What::Win(number))),
        );
        let terms = site.terms.iter().flat_map(|terms| terms.iter()).enumerate();
        list.extend(terms.map(|(number, term)| (part("glossary", &term.id), What::Term(number))));
        list.extend(
            site.pages.iter().enumerate().map(|(number, page)| (on(&page.address), What::Page(number))),
        );
        list.extend(
            site.modules
                .iter()
                .enumerate()
                .map(|(number, module)| (on(&module.address), What::Module(number))),
        );
        for (name, present) in [
            ("breathe", true),
            ("lessons", true),
            ("replies", !site.replies.is_empty()),
            ("wins", true),
            ("glossary", site.terms.is_some()),
            ("path", site.path.is_some()),
            ("review", site.has_questions()),
            ("journal", true),
            ("completion", true),
            ("privacy", true),
        ] {
            if present {
                list.push((on(&made_address(name)), What::Made(name)));
            }
        }
        list.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        // Addresses that clash were reported, and such a site is not built.
        list.dedup_by(|(one, _), (other, _)| one == other);
        List(list)
    }
}

/// The pages of a site in the words of a theme.
pub struct Searched<'s> {
    site: &'s Site,
    strings: &'s Strings,
    list: &'s List,
    /// A fingerprint of how tags are shown: another lesson may decide it.
    tags: u64,
}

impl<'s> Searched<'s> {
    /// What is searched for in a site.
    pub fn new(site: &'s Site, strings: &'s Strings, list: &'s List) -> Searched<'s> {
        let tags = fold(0, site.tags.values().map(|tag| fingerprint(&tag.title)));
        Searched { site, strings, list, tags }
    }

    fn module_title(&self, module: Option<usize>) -> &'s str {
        module.map_or("", |module| self.site.modules[module].module.title.as_str())
    }

    fn reply(&self, reply: &Reply) -> Page {
        let config: &Config = &self.site.config;
        let reasons: Vec<&str> =
            reply.reasons.iter().map(|code| reason_label(config, self.strings, &code.value)).collect();
        let mut lines = vec![reply.situation.clone()];
        lines.extend(reply.subject.as_ref().map(|subject| said(reply, &subject.value)));
        lines.extend(reply.paragraphs.iter().map(|paragraph| said(reply, &paragraph.pieces.value)));
        lines.push(reply.why.clone());
        Page {
            kind: "reply",
            title: reply.title.clone(),
            trail: reasons.join(", "),
            sections: vec![text(lines)],
            copy: Some(reply.written()),
            ..Page::default()
        }
    }

    fn win(&self, win: &Win) -> Page {
        let metric = win
            .metric
            .as_ref()
            .map(|metric| format!("{}: {} → {}", metric.name, metric.before, metric.after));
        let lines = [&win.what, &win.my_part, &win.impact, &win.words, &win.learned].map(String::clone);
        Page {
            kind: "win",
            title: win.title.clone(),
            trail: self.strings.date(win.date),
            tags: win.tags.iter().map(|tag| self.tag(&tag.value)).collect(),
            sections: vec![text(lines.into_iter().chain(metric))],
            ..Page::default()
        }
    }

    /// The title of a page that the build makes by itself.
    fn made_title(&self, name: &'static str) -> &'s str {
        let own = self.site.openings.get(name).map(|own| own.article.face.title.as_str());
        own.unwrap_or_else(|| self.strings.get("titles", name))
    }

    /// A page that the build makes by itself, in the guide's words or the theme's.
    fn made(&self, name: &'static str) -> Page {
        let mut page = match self.site.openings.get(name) {
            Some(own) => article("page", &own.article),
            None => Page {
                kind: "page",
                title: self.made_title(name).to_owned(),
                sections: vec![text([self.strings.get("ledes", name).to_owned()])],
                ..Page::default()
            },
        };
        if let (Some(tree), "path") = (&self.site.path, name) {
            page.sections.push(text([tree.spoken()]));
        }
        page
    }

    /// A tag as the site shows it.
    fn tag(&self, tag: &str) -> String {
        let known = self.site.tags.get(&crate::site::tag_slug(tag));
        known.map_or(tag, |known| known.title.as_str()).to_owned()
    }
}

impl Pages for Searched<'_> {
    fn count(&self) -> usize {
        self.list.0.len()
    }

    fn known(&self, number: usize) -> (&str, u64) {
        let site = self.site;
        let (address, what) = &self.list.0[number];
        let print = match *what {
            What::Lesson(number) => {
                let lesson = &site.lessons[number];
                fingerprint(&(lesson.article.source, self.module_title(lesson.module), self.tags))
            }
            What::Reply(number) => fingerprint(&site.replies[number].reply),
            What::Win(number) => fingerprint(&(&site.wins[number], self.tags)),
            What::Term(number) => {
                fingerprint(&(site.terms.as_ref().map(|terms| &terms[number]), self.made_title("glossary")))
            }
            What::Page(number) => fingerprint(&(site.pages[number].article.source, "page")),
            What::Module(number) => fingerprint(&(&site.modules[number].module, self.made_title("lessons"))),
            What::Made(name) => {
                let tree = site.path.as_ref().filter(|_| name == "path");
                fingerprint(&(site.openings.get(name).map(|own| own.article.source), tree))
            }
        };
        (address, print)
    }

    fn page(&self, number: usize) -> Page {
        let site = self.site;
        let (address, what) = &self.list.0[number];
        let mut page = match *what {
            What::Lesson(number) => {
                let lesson = &site.lessons[number];
                let mut page = article("lesson", &lesson.article);
                page.trail = self.module_title(lesson.module).to_owned();
                // A tag that was written twice counts once.
                let mut seen = HashSet::new();
                let tags = lesson.article.face.tags.iter().map(|tag| self.tag(&tag.value));
                page.tags = tags.filter(|tag| seen.insert(tag.clone())).collect();
                page
            }
            What::Reply(number) => self.reply(&site.replies[number].reply),
            What::Win(number) => self.win(&site.wins[number]),
            What::Term(number) => {
                let term = &site.terms.as_ref().expect("there are terms")[number];
                // Other words for it are headings: they name the same thing.
                let section = Section { heading: term.also.join(", "), ..text([term.means.clone()]) };
                let trail = self.made_title("glossary").to_owned();
                Page {
                    kind: "term",
                    title: term.term.clone(),
                    trail,
                    sections: vec![section],
                    ..Page::default()
                }
            }
            What::Page(number) => article("page", &site.pages[number].article),
            What::Module(number) => {
                let module = &site.modules[number].module;
                Page {
                    kind: "page",
                    title: module.title.clone(),
                    trail: self.made_title("lessons").to_owned(),
                    sections: vec![text([module.summary.clone()])],
                    ..Page::default()
                }
            }
            What::Made(name) => self.made(name),
        };
        page.address.clone_from(address);
        page
    }
}

fn article(kind: &'static str, article: &Article) -> Page {
    let component = |number: usize| article.body.components.get(number).and_then(Option::as_ref);
    let spoken = |number: usize| component(number).map(|component| component.spoken()).unwrap_or_default();
    let mut sections: Vec<Section> = plain::parts(&article.body.text, spoken)
        .into_iter()
        .map(|part| Section { id: part.id, heading: part.heading, text: part.text })
        .collect();
    // The summary is shown above the text.
    let first = &mut sections[0].text;
    *first = [article.face.summary.as_str(), first.as_str()]
        .iter()
        .filter(|text| !text.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join("\n");
    Page { kind, title: article.face.title.clone(), sections, ..Page::default() }
}

/// A section without a heading.
fn text(lines: impl IntoIterator<Item = String>) -> Section {
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    Section { text: lines.join("\n"), ..Section::default() }
}

/// A text of a reply with words in its gaps.
fn said(reply: &Reply, pieces: &Pieces) -> String {
    let gap = |name: &str| {
        let placeholder = reply.placeholder(name);
        let own = placeholder.and_then(|own| own.fallback.clone());
        own.unwrap_or_else(|| match placeholder.and_then(|own| own.label.clone()) {
            Some(label) => format!("[{label}]"),
            None => format!("[{}]", in_words(name).to_lowercase()),
        })
    };
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Gap { name, .. } => gap(name),
    };
    pieces.iter().map(piece).collect()
}
