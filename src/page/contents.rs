//! Everything in the guide, from A to Z: the way to find things without a script.

use std::sync::Arc;

use serde::Serialize;

use crate::address::Address;
use crate::diagnostic::Diagnostic;
use crate::page::frame::Frame;
use crate::page::win::win_link;
use crate::page::{Page, Renderer, plain};
use crate::site::made_address;

/// What `contents.html` sees.
#[derive(Serialize)]
pub struct View {
    page: Frame,
    letters: Vec<Letter>,
    total: usize,
    intro_html: String,
    lede: String,
}

#[derive(Serialize)]
struct Letter {
    letter: String,
    id: String,
    entries_html: Arc<str>,
}

#[derive(Serialize, Hash)]
struct Entry<'s> {
    title: &'s str,
    href: String,
    kind: &'static str,
    kind_label: &'s str,
}

/// The view of the contents.
pub fn view(renderer: &Renderer<'_>, page: &Page) -> Result<View, Box<Diagnostic>> {
    let opening = plain::opening(renderer, page, "contents")?;
    #[derive(Serialize, Hash)]
    struct Entries<'e> {
        entries: Vec<&'e Entry<'e>>,
    }
    let entries = entries(renderer, &page.address);
    let total = entries.len();
    let mut sorted: Vec<(SortKey, &Entry<'_>)> =
        entries.iter().map(|entry| (SortKey::new(entry.title), entry)).collect();
    sorted.sort_unstable_by(|(a, one), (b, other)| (a, &one.href).cmp(&(b, &other.href)));
    let mut letters: Vec<Letter> = Vec::new();
    for group in sorted.chunk_by(|(one, _), (other, _)| one.letter() == other.letter()) {
        let view = Entries { entries: group.iter().map(|(_, entry)| *entry).collect() };
        letters.push(Letter {
            letter: group[0].0.letter(),
            id: format!("letter.{}", letters.len() + 1),
            entries_html: renderer.piece("index", &view)?,
        });
    }
    Ok(View { page: opening.frame, letters, total, intro_html: opening.html, lede: opening.lede })
}

fn entries<'s>(renderer: &Renderer<'s>, from: &Address) -> Vec<Entry<'s>> {
    let site = &renderer.site;
    let words = &renderer.theme.strings;
    let entry = |kind: &'static str, title: &'s str, href: String| Entry {
        title,
        href,
        kind,
        kind_label: words.get("kinds", kind),
    };
    let mut entries = Vec::new();
    for number in 0..site.lesson_count() {
        let lesson = site.link(number);
        entries.push(entry("lesson", lesson.title, from.link(lesson.address)));
    }
    for (reply, address) in site.replies() {
        entries.push(entry("reply", &reply.title, from.link(address)));
    }
    for win in site.wins() {
        entries.push(entry("win", &win.title, win_link(win, from).href));
    }
    for page in site.pages() {
        entries.push(entry("page", page.title, from.link(page.address)));
    }
    for term in site.terms().iter().flat_map(|terms| terms.iter()) {
        entries.push(entry("term", &term.term, from.link_to_part(&Address::page("glossary"), &term.id)));
    }
    for (slug, tag) in site.tags() {
        entries.push(entry("tag", &tag.title, from.link(&Address::tag(slug))));
    }
    let questions = site.question_counts().iter().any(|count| *count > 0);
    for name in [
        "breathe",
        "path",
        "glossary",
        "lessons",
        "replies",
        "wins",
        "tags",
        "review",
        "journal",
        "completion",
        "privacy",
    ] {
        let present = match name {
            "path" => site.path().is_some(),
            "glossary" => site.terms().is_some(),
            "replies" => site.replies().len() > 0,
            "wins" => !site.wins().is_empty(),
            "tags" => !site.tags().is_empty(),
            "review" => questions,
            _ => true,
        };
        if present {
            let own = site.opening(name).map(|opening| opening.article.face.title.as_str());
            entries.push(entry(
                "page",
                own.unwrap_or_else(|| words.get("titles", name)),
                from.link(&made_address(name)),
            ));
        }
    }
    entries
}

/// Where a title stands: letters come before everything else, whatever their case and accents.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct SortKey {
    other: bool,
    plain: String,
}

impl SortKey {
    fn new(title: &str) -> SortKey {
        let plain = match title.is_ascii() {
            true => title.to_ascii_lowercase(),
            false => deunicode::deunicode(title).to_lowercase(),
        };
        let plain = plain.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned();
        SortKey { other: !plain.starts_with(|c: char| c.is_ascii_alphabetic()), plain }
    }

    fn letter(&self) -> String {
        if self.other { "0–9".to_owned() } else { self.plain[..1].to_uppercase() }
    }
}

/// The letter under which a title stands.
pub fn first_letter(title: &str) -> String {
    SortKey::new(title).letter()
}
