//! Everything in the guide, from A to Z: the way to find things without a script.

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
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    title: String,
    href: String,
    kind: &'static str,
    kind_label: String,
}

/// The view of the contents.
pub fn view(renderer: &Renderer<'_>, page: &Page) -> Result<View, Box<Diagnostic>> {
    let opening = plain::opening(renderer, page, "contents")?;
    let mut entries = entries(renderer, &page.address);
    entries.sort_by_cached_key(|entry| (sort_key(&entry.title), entry.href.clone()));
    let total = entries.len();
    let mut letters: Vec<Letter> = Vec::new();
    for entry in entries {
        let letter = first_letter(&entry.title);
        if letters.last().is_none_or(|last| last.letter != letter) {
            letters.push(Letter { id: format!("letter.{}", letters.len() + 1), letter, entries: Vec::new() });
        }
        if let Some(last) = letters.last_mut() {
            last.entries.push(entry);
        }
    }
    Ok(View { page: opening.frame, letters, total, intro_html: opening.html, lede: opening.lede })
}

fn entries(renderer: &Renderer<'_>, from: &Address) -> Vec<Entry> {
    let site = &renderer.site;
    let entry = |kind: &'static str, title: &str, href: String| Entry {
        title: title.to_owned(),
        href,
        kind,
        kind_label: renderer.theme.strings.get("kinds", kind).to_owned(),
    };
    let words = &renderer.theme.strings;
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
    for name in ["breathe", "path", "glossary", "lessons", "replies", "wins", "tags"] {
        let present = match name {
            "path" => site.path().is_some(),
            "glossary" => site.terms().is_some(),
            "replies" => site.replies().len() > 0,
            "wins" => !site.wins().is_empty(),
            "tags" => !site.tags().is_empty(),
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

/// Letters come before everything else, whatever their case and accents.
fn sort_key(title: &str) -> (bool, String) {
    let plain = deunicode::deunicode(title).to_lowercase();
    let plain = plain.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned();
    (!plain.starts_with(|c: char| c.is_ascii_alphabetic()), plain)
}

/// The letter under which a title stands.
pub fn first_letter(title: &str) -> String {
    let (other, plain) = sort_key(title);
    if other { "0–9".to_owned() } else { plain.chars().take(1).flat_map(char::to_uppercase).collect() }
}
