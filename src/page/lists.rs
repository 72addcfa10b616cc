//! Lists of lessons, tags and terms.

use serde::Serialize;

use crate::address::Address;
use crate::diagnostic::Diagnostic;
use crate::page::contents::first_letter;
use crate::page::frame::Frame;
use crate::page::rows::{lesson_link, lesson_rows};
use crate::page::weeks::{Week, weeks};
use crate::page::win::win_link;
use crate::page::{Link, Page, Renderer, plain};
use crate::site::made_address;

/// A module in a list.
#[derive(Serialize)]
pub struct ModuleRow {
    title: String,
    slug: String,
    href: String,
    summary: String,
    lesson_count: usize,
}

impl ModuleRow {
    /// A module in a list on the page at an address.
    pub fn new(renderer: &Renderer<'_>, from: &Address, number: usize) -> ModuleRow {
        let entry = renderer.site.module(number).expect("there is such a module");
        ModuleRow {
            title: entry.module.title.clone(),
            slug: entry.module.slug.clone(),
            href: from.link(&entry.address),
            summary: entry.module.summary.clone(),
            lesson_count: entry.lessons.len(),
        }
    }
}

/// What `lessons.html` sees.
#[derive(Serialize)]
pub struct LessonsView<'s> {
    page: Frame,
    modules: Vec<ModuleWithLessons>,
    loose_html: String,
    weeks: Vec<Week<'s>>,
    intro_html: String,
    lede: String,
}

#[derive(Serialize)]
struct ModuleWithLessons {
    #[serde(flatten)]
    row: ModuleRow,
    lessons_html: String,
}

/// The view of all lessons.
pub fn lessons<'s>(renderer: &Renderer<'s>, page: &Page) -> Result<LessonsView<'s>, Box<Diagnostic>> {
    let site = &renderer.site;
    let opening = plain::opening(renderer, page, "lessons")?;
    let from = &page.address;
    let module = |number: usize| {
        let lessons = site.module(number).expect("there is such a module").lessons.clone();
        let lessons_html = lesson_rows(renderer, from, lessons)?;
        Ok(ModuleWithLessons { row: ModuleRow::new(renderer, from, number), lessons_html })
    };
    Ok(LessonsView {
        modules: (0..site.module_count()).map(module).collect::<Result<_, Box<Diagnostic>>>()?,
        loose_html: lesson_rows(renderer, from, site.loose_lessons())?,
        weeks: weeks(renderer, from),
        page: opening.frame,
        intro_html: opening.html,
        lede: opening.lede,
    })
}

/// What `module.html` sees.
#[derive(Serialize)]
pub struct ModuleView {
    page: Frame,
    module: ModulePage,
    previous: Option<Link>,
    next: Option<Link>,
}

#[derive(Serialize)]
struct ModulePage {
    title: String,
    slug: String,
    summary: String,
    lesson_count: usize,
    lessons_html: String,
}

/// The view of a module.
pub fn module(renderer: &Renderer<'_>, page: &Page, number: usize) -> Result<ModuleView, Box<Diagnostic>> {
    let from = &page.address;
    let entry = renderer.site.module(number).expect("there is such a module");
    let lessons = Link {
        title: renderer.theme.strings.get("titles", "lessons").to_owned(),
        href: from.link(&made_address("lessons")),
    };
    let frame = Frame::new(renderer, page, &entry.module.title, &entry.module.summary)
        .kind_in_title(renderer, &lessons.title);
    let frame = match &entry.module.path {
        Some(path) => frame.edit(renderer, path),
        None => frame,
    };
    let link = |number: usize| {
        let entry = renderer.site.module(number)?;
        Some(Link { title: entry.module.title.clone(), href: from.link(&entry.address) })
    };
    Ok(ModuleView {
        page: frame.crumbs(vec![lessons]),
        module: ModulePage {
            title: entry.module.title.clone(),
            slug: entry.module.slug.clone(),
            summary: entry.module.summary.clone(),
            lesson_count: entry.lessons.len(),
            lessons_html: lesson_rows(renderer, from, entry.lessons.clone())?,
        },
        previous: number.checked_sub(1).and_then(link),
        next: link(number + 1),
    })
}

/// What `tags.html` sees.
#[derive(Serialize)]
pub struct TagsView {
    page: Frame,
    tags: Vec<TagRow>,
    intro_html: String,
    lede: String,
}

#[derive(Serialize)]
struct TagRow {
    title: String,
    href: String,
    count: usize,
}

/// The view of all tags.
pub fn tags(renderer: &Renderer<'_>, page: &Page) -> Result<TagsView, Box<Diagnostic>> {
    let opening = plain::opening(renderer, page, "tags")?;
    let row = |(slug, tag): (&String, &crate::site::Tag)| TagRow {
        title: tag.title.clone(),
        href: page.address.link(&Address::tag(slug)),
        count: tag.lessons.len() + tag.wins.len(),
    };
    Ok(TagsView {
        page: opening.frame,
        tags: renderer.site.tags().iter().map(row).collect(),
        intro_html: opening.html,
        lede: opening.lede,
    })
}

/// What `tag.html` sees.
#[derive(Serialize)]
pub struct TagView {
    page: Frame,
    tag: TagTitle,
    lessons_html: String,
    wins: Vec<Link>,
}

#[derive(Serialize)]
struct TagTitle {
    title: String,
}

/// The view of a tag.
pub fn tag(renderer: &Renderer<'_>, page: &Page, slug: &str) -> Result<TagView, Box<Diagnostic>> {
    let from = &page.address;
    let tag = renderer.site.tag(slug);
    let words = &renderer.theme.strings;
    let tags = Link { title: words.get("titles", "tags").to_owned(), href: from.link(&made_address("tags")) };
    let title = crate::theme::strings::fill(words.get("titles", "tag"), &[("tag", &tag.title)]);
    Ok(TagView {
        page: Frame::new(renderer, page, &title, "").crumbs(vec![tags]),
        tag: TagTitle { title: tag.title.clone() },
        lessons_html: lesson_rows(renderer, from, tag.lessons.iter().copied())?,
        wins: tag.wins.iter().map(|number| win_link(renderer.site.win(*number), from)).collect(),
    })
}

/// What `glossary.html` sees.
#[derive(Serialize)]
pub struct GlossaryView {
    page: Frame,
    terms: Vec<TermView>,
    letters: Vec<LetterLink>,
    intro_html: String,
    lede: String,
}

/// A letter that leads to its first term.
#[derive(Serialize)]
struct LetterLink {
    letter: String,
    id: String,
}

#[derive(Serialize)]
struct TermView {
    id: String,
    term: String,
    means: String,
    also: Vec<String>,
    lesson: Option<Link>,
}

/// The view of the terms.
pub fn glossary(renderer: &Renderer<'_>, page: &Page) -> Result<GlossaryView, Box<Diagnostic>> {
    let site = &renderer.site;
    let opening = plain::opening(renderer, page, "glossary")?;
    let mut letters: Vec<LetterLink> = Vec::new();
    let terms = site.terms().into_iter().flat_map(|terms| terms.iter()).map(|term| {
        let letter = first_letter(&term.term);
        if letters.iter().all(|known| known.letter != letter) {
            letters.push(LetterLink { letter, id: term.id.clone() });
        }
        let number = term.lesson.as_ref().and_then(|slug| site.lesson_of(&slug.value));
        TermView {
            id: term.id.clone(),
            term: term.term.clone(),
            means: term.means.clone(),
            also: term.also.clone(),
            lesson: number.map(|number| lesson_link(renderer, &page.address, number)),
        }
    });
    let terms = terms.collect();
    Ok(GlossaryView { terms, letters, page: opening.frame, intro_html: opening.html, lede: opening.lede })
}
