//! Lessons and tags as they are named on other pages.

use serde::Serialize;

use crate::address::Address;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::{fingerprint, fold};
use crate::page::{Link, Renderer};
use crate::place::Located;
use crate::site::reader::Row;
use crate::site::{made_address, tag_slug};

/// A lesson in a list.
#[derive(Clone, Debug, Serialize, Hash)]
pub struct LessonRow<'s> {
    title: &'s str,
    href: String,
    summary: &'s str,
    minutes: usize,
    slug: &'s str,
    /// Slugs that it had before, with spaces between them.
    was: String,
}

impl<'s> LessonRow<'s> {
    /// A lesson in a list on the page at an address.
    pub fn new(renderer: &Renderer<'s>, from: &Address, number: usize) -> LessonRow<'s> {
        let Row { title, address, summary, minutes, slug, aliases, requires: _ } = renderer.site.row(number);
        LessonRow { title, href: from.link(address), summary, minutes, slug, was: old_slugs(aliases) }
    }
}

/// Slugs with spaces between them, as an attribute has them.
pub fn old_slugs(aliases: &[Located<String>]) -> String {
    aliases.iter().map(|alias| alias.value.as_str()).collect::<Vec<_>>().join(" ")
}

/// How many rows are made at once. Of a long list only the pieces in which something has changed are made again.
const PIECE: usize = 64;

/// The rows of lessons, in the order of reading, on the page at an address, as HTML.
pub fn lesson_rows(
    renderer: &Renderer<'_>,
    from: &Address,
    numbers: impl Iterator<Item = usize>,
) -> Result<String, Box<Diagnostic>> {
    #[derive(Serialize)]
    struct View<'s> {
        lessons: Vec<LessonRow<'s>>,
    }
    let numbers: Vec<usize> = numbers.collect();
    let place = fingerprint(&from.link(&made_address("lessons")));
    let mut html = String::new();
    for piece in numbers.chunk_by(|one, other| one / PIECE == other / PIECE) {
        let row = |number: &usize| LessonRow::new(renderer, from, *number);
        let view = || View { lessons: piece.iter().map(row).collect() };
        let print = fold(place, piece.iter().map(|number| renderer.site.row_print(*number)));
        html.push_str(&renderer.known_piece("lesson-rows", print, view)?);
    }
    Ok(html)
}

/// A link to a lesson from the page at an address.
pub fn lesson_link(renderer: &Renderer<'_>, from: &Address, number: usize) -> Link {
    let lesson = renderer.site.link(number);
    Link { title: lesson.title.to_owned(), href: from.link(lesson.address) }
}

/// Links to the pages of tags.
pub fn tags(tags: &[Located<String>], from: &Address) -> Vec<Link> {
    tags.iter()
        .map(|tag| Link { title: tag.value.clone(), href: from.link(&Address::tag(&tag_slug(&tag.value))) })
        .collect()
}
