//! Lessons and tags as they are named on other pages.

use serde::Serialize;

use crate::address::Address;
use crate::page::{Link, Renderer};
use crate::place::Located;
use crate::site::tag_slug;

/// A lesson in a list.
#[derive(Clone, Debug, Serialize, Hash)]
pub struct LessonRow {
    title: String,
    href: String,
    summary: String,
    minutes: usize,
}

impl LessonRow {
    /// A lesson in a list on the page at an address.
    pub fn new(renderer: &Renderer<'_>, from: &Address, number: usize) -> LessonRow {
        let row = renderer.site.row(number);
        LessonRow {
            title: row.title.to_owned(),
            href: from.link(row.address),
            summary: row.summary.to_owned(),
            minutes: row.minutes,
        }
    }
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
