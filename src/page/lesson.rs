//! A lesson's page, and the side list of its module.

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::page::frame::{DateView, Frame};
use crate::page::message::ReplyRow;
use crate::page::rows::{LessonRow, lesson_link, old_slugs, tags};
use crate::page::text::{Filler, TocEntry, toc, with_links};
use crate::page::{Link, Page, PageKind, Renderer};
use crate::site::made_address;

/// What `lesson.html` sees.
#[derive(Serialize)]
pub struct View {
    page: Frame,
    lesson: LessonView,
    module: Option<Link>,
    nav_html: String,
    previous: Option<Link>,
    next: Option<Link>,
}

#[derive(Serialize)]
struct LessonView {
    title: String,
    slug: String,
    /// Slugs that it had before, with spaces between them.
    was: String,
    /// The slug of its module; empty without one.
    module: String,
    summary: String,
    minutes: usize,
    date: Option<DateView>,
    updated: Option<DateView>,
    review_by: Option<DateView>,
    review_passed: bool,
    owner: Option<String>,
    body_html: String,
    toc: Vec<TocEntry>,
    tags: Vec<Link>,
    requires: Vec<Link>,
    replies: Vec<ReplyRow>,
    sources_html: Vec<String>,
    wins_count: usize,
    wins_href: String,
}

/// The view of a lesson.
pub fn view(renderer: &Renderer<'_>, page: &Page, number: usize) -> Result<View, Box<Diagnostic>> {
    let site = &renderer.site;
    let lesson = site.lesson(number);
    let face = &lesson.article.face;
    let from = &page.address;
    let module = lesson.module.and_then(|module| site.module(module));
    let module_link =
        module.map(|entry| Link { title: entry.module.title.clone(), href: from.link(&entry.address) });
    let lessons = Link {
        title: renderer.theme.strings.get("titles", "lessons").to_owned(),
        href: from.link(&made_address("lessons")),
    };
    let crumbs = [lessons].into_iter().chain(module_link.clone()).collect();
    let frame = Frame::new(renderer, page, &face.title, face.description())
        .crumbs(crumbs)
        .source(renderer, &lesson.article);
    let body_html = Filler::new(renderer, &lesson.article, &lesson.links, from, &frame).body_with_terms()?;
    let date = |date: &Option<crate::place::Located<crate::date::PartialDate>>| {
        date.as_ref().map(|date| DateView::new(renderer.theme, date.value))
    };
    let view = LessonView {
        title: face.title.clone(),
        slug: face.slug.value.clone(),
        was: old_slugs(&face.aliases),
        module: module.map_or_else(String::new, |entry| entry.module.slug.clone()),
        summary: face.summary.clone(),
        minutes: face.minutes(),
        date: date(&face.date),
        updated: date(&face.updated),
        review_by: date(&face.review_by),
        review_passed: face.review_by.as_ref().is_some_and(|date| date.value.last_day() < site.today()),
        owner: Some(face.owner.clone()).filter(|owner| !owner.is_empty()),
        body_html,
        toc: toc(&face.outline),
        tags: tags(&face.tags, from),
        requires: face
            .requires
            .iter()
            .filter_map(|slug| Some(lesson_link(renderer, from, site.lesson_of(&slug.value)?)))
            .collect(),
        replies: face
            .replies
            .iter()
            .filter_map(|slug| Some(ReplyRow::new(renderer, from, site.reply_of(&slug.value)?)))
            .collect(),
        sources_html: face.sources.iter().map(|source| with_links(source)).collect(),
        wins_count: lesson.wins,
        wins_href: from.link(&made_address("wins")),
    };
    Ok(View {
        page: frame,
        lesson: view,
        module: module_link,
        nav_html: lesson.module.zip(module).map_or(String::new(), |(place, module)| {
            renderer.side_list(place).with_current(number - module.lessons.start)
        }),
        previous: number.checked_sub(1).map(|before| lesson_link(renderer, from, before)),
        next: (number + 1 < site.lesson_count()).then(|| lesson_link(renderer, from, number + 1)),
    })
}

/// The side list of a module, rendered once. On each lesson's page that lesson alone is marked as the current one.
#[derive(Debug, Hash)]
pub struct SideList {
    /// The HTML between the places where the mark may stand: one more than there are lessons.
    parts: Vec<String>,
}

/// Stands in the rendered list where a lesson may be marked. It cannot come from a title: it is no text that a
/// template would let through unescaped.
const MARK: &str = "<!--current-->";

impl SideList {
    /// The list with one lesson marked, by its place in the module.
    fn with_current(&self, place: usize) -> String {
        let mut html = String::with_capacity(self.parts.iter().map(String::len).sum::<usize>() + 24);
        for (number, part) in self.parts.iter().enumerate() {
            html.push_str(part);
            if number == place && number + 1 < self.parts.len() {
                html.push_str(" aria-current=\"page\"");
            }
        }
        html
    }
}

/// The side list of a module.
pub fn side_list(renderer: &Renderer<'_>, module: usize) -> Result<SideList, Box<Diagnostic>> {
    #[derive(Serialize)]
    struct Row<'s> {
        #[serde(flatten)]
        row: LessonRow<'s>,
        current_html: &'static str,
    }
    #[derive(Serialize)]
    struct ListView<'s> {
        page: Frame,
        module: Link,
        lessons: Vec<Row<'s>>,
    }
    let entry = renderer.site.module(module).expect("there is such a module");
    // Every lesson stands in the same folder, so one list serves all pages.
    let first = Page {
        address: renderer.site.link(entry.lessons.start).address.clone(),
        kind: PageKind::Lesson(entry.lessons.start),
    };
    let row = |number| Row { row: LessonRow::new(renderer, &first.address, number), current_html: MARK };
    let view = ListView {
        page: Frame::new(renderer, &first, "", ""),
        module: Link { title: entry.module.title.clone(), href: first.address.link(&entry.address) },
        lessons: entry.lessons.clone().map(row).collect(),
    };
    let html = renderer.theme.render("components/module-nav/module-nav.html", &view)?;
    Ok(SideList { parts: html.split(MARK).map(str::to_owned).collect() })
}
