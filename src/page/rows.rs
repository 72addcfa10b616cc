//! Lessons and tags as they are named on other pages.

use serde::Serialize;

use crate::address::Address;
use crate::page::{Link, Renderer};
use crate::place::Located;
use crate::site::{Lesson, tag_slug};

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
        let lesson = &renderer.site.lessons[number];
        let face = &lesson.article.face;
        LessonRow {
            title: face.title.clone(),
            href: from.link(&lesson.address),
            summary: face.summary.clone(),
            minutes: face.minutes(),
        }
    }
}

/// A link to a lesson.
pub fn lesson_link(lesson: &Lesson, from: &Address) -> Link {
    Link { title: lesson.article.face.title.clone(), href: from.link(&lesson.address) }
}

/// Links to the pages of tags.
pub fn tags(tags: &[Located<String>], from: &Address) -> Vec<Link> {
    tags.iter()
        .map(|tag| Link { title: tag.value.clone(), href: from.link(&Address::tag(&tag_slug(&tag.value))) })
        .collect()
}
