//! The questions of all lessons on one page, to come back to. In a large guide each module has a page of them.

use serde::Serialize;

use crate::address::Address;
use crate::diagnostic::Diagnostic;
use crate::page::frame::Frame;
use crate::page::rows::old_slugs;
use crate::page::text::Filler;
use crate::page::{Link, Page, Renderer, plain};
use crate::site::{Site, made_address};

/// How many questions stand on one page at most. They take 2.3 KB each, 0.4 KB packed: as much as a picture.
const MOST: usize = 100;

/// What `review.html` sees.
#[derive(Serialize)]
pub struct View {
    page: Frame,
    intro_html: String,
    lede: String,
    total: usize,
    lessons: Vec<LessonQuestions>,
    parts: Vec<Part>,
}

/// The questions of a lesson.
#[derive(Serialize)]
struct LessonQuestions {
    title: String,
    href: String,
    slug: String,
    /// Slugs that the lesson had before, with spaces between them.
    was: String,
    questions_html: Vec<String>,
}

/// A module whose questions have a page of their own.
#[derive(Serialize)]
struct Part {
    title: String,
    slug: String,
    href: String,
    count: usize,
}

/// The modules whose questions have pages of their own, as places in `Site::modules`.
pub fn modules_apart(counts: &[usize]) -> Vec<usize> {
    let few = counts.iter().sum::<usize>() <= MOST;
    let modules = counts.iter().skip(1).enumerate();
    modules.filter(|(_, count)| !few && **count > 0).map(|(module, _)| module).collect()
}

/// Where the page of a module's questions stands.
pub fn address_of(site: &Site, module: usize) -> Address {
    Address::new(format!("lessons/{}/review.html", site.modules[module].module.slug))
}

/// The view of all questions.
pub fn view(renderer: &Renderer<'_>, page: &Page) -> Result<View, Box<Diagnostic>> {
    let site = &renderer.site;
    let opening = plain::opening(renderer, page, "review")?;
    let counts = site.question_counts();
    let apart = modules_apart(&counts);
    let here = if apart.is_empty() { 0..site.lesson_count() } else { site.loose_lessons() };
    let part = |module: &usize| {
        let entry = site.module(*module).expect("there is such a module");
        let address = Address::new(format!("lessons/{}/review.html", entry.module.slug));
        Part {
            title: entry.module.title.clone(),
            slug: entry.module.slug.clone(),
            href: page.address.link(&address),
            count: counts[module + 1],
        }
    };
    Ok(View {
        lessons: questions(renderer, page, &opening.frame, here)?,
        parts: apart.iter().map(part).collect(),
        page: opening.frame,
        intro_html: opening.html,
        lede: opening.lede,
        total: counts.iter().sum(),
    })
}

/// The view of the questions of a module.
pub fn of_module(renderer: &Renderer<'_>, page: &Page, module: usize) -> Result<View, Box<Diagnostic>> {
    let site = &renderer.site;
    let entry = site.module(module).expect("there is such a module");
    let all = Link {
        title: renderer.theme.strings.get("titles", "review").to_owned(),
        href: page.address.link(&made_address("review")),
    };
    let title = &entry.module.title;
    let frame = Frame::new(renderer, page, title, "").kind_in_title(renderer, &all.title).crumbs(vec![all]);
    Ok(View {
        lessons: questions(renderer, page, &frame, entry.lessons.clone())?,
        parts: Vec::new(),
        page: frame,
        intro_html: String::new(),
        lede: String::new(),
        total: site.question_counts()[module + 1],
    })
}

fn questions(
    renderer: &Renderer<'_>,
    page: &Page,
    frame: &Frame,
    lessons: std::ops::Range<usize>,
) -> Result<Vec<LessonQuestions>, Box<Diagnostic>> {
    let mut groups = Vec::new();
    for number in lessons {
        let lesson = renderer.site.questions(number);
        let face = &lesson.article.face;
        let filler = Filler::new(renderer, &lesson.article, &lesson.links, &page.address, frame);
        let questions_html = filler.questions(&face.slug.value, &lesson.address)?;
        if !questions_html.is_empty() {
            groups.push(LessonQuestions {
                title: face.title.clone(),
                href: page.address.link(&lesson.address),
                slug: face.slug.value.clone(),
                was: old_slugs(&face.aliases),
                questions_html,
            });
        }
    }
    Ok(groups)
}
