//! The home page.

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::page::frame::{DateView, Frame};
use crate::page::lists::ModuleRow;
use crate::page::message::ReasonLink;
use crate::page::rows::{LessonRow, lesson_rows};
use crate::page::text::Filler;
use crate::page::win::WinView;
use crate::page::{Page, Renderer};

/// What `home.html` sees.
#[derive(Serialize)]
pub struct View<'s> {
    page: Frame,
    home: HomeView<'s>,
}

#[derive(Serialize)]
struct HomeView<'s> {
    hero_title: String,
    hero_lede: String,
    body_html: String,
    modules: Vec<ModuleRow>,
    loose_html: String,
    latest: Option<Latest<'s>>,
    win: Option<WinView>,
    reasons: Vec<ReasonLink>,
}

#[derive(Serialize)]
struct Latest<'s> {
    #[serde(flatten)]
    row: LessonRow<'s>,
    date: Option<DateView>,
}

/// The view of the home page.
pub fn view<'s>(renderer: &Renderer<'s>, page: &Page) -> Result<View<'s>, Box<Diagnostic>> {
    let site = &renderer.site;
    let config = site.config();
    let from = &page.address;
    let own = site.home().map(|home| &home.article);
    let frame = Frame::new(renderer, page, &config.title, &config.description);
    let frame = own.map_or(frame.clone(), |article| frame.source(renderer, article));
    let own = own.map(|article| &article.face);
    let body_html = match site.home() {
        Some(home) => Filler::new(renderer, &home.article, &home.links, from, &frame).body()?,
        None => String::new(),
    };
    let latest = site.latest().map(|(number, date)| Latest {
        row: LessonRow::new(renderer, from, number),
        date: date.map(|date| DateView::new(renderer.theme, date)),
    });
    let mut codes: Vec<&str> = Vec::new();
    for (reply, _) in site.replies() {
        if let Some(code) = reply.reasons.first()
            && !codes.contains(&code.value.as_str())
        {
            codes.push(&code.value);
        }
    }
    // A home page without words of its own is called what the guide is called.
    let hero_title = own.filter(|face| face.title != "Index").map_or(&config.title, |face| &face.title);
    let home = HomeView {
        hero_title: hero_title.clone(),
        hero_lede: own
            .map(|face| face.summary.clone())
            .filter(|summary| !summary.is_empty())
            .unwrap_or_else(|| config.description.clone()),
        body_html,
        modules: (0..site.module_count()).map(|number| ModuleRow::new(renderer, from, number)).collect(),
        loose_html: lesson_rows(renderer, from, site.loose_lessons())?,
        latest,
        win: (!site.wins().is_empty()).then(|| WinView::new(renderer, from, 0)),
        reasons: codes.into_iter().map(|code| ReasonLink::new(renderer, from, code)).collect(),
    };
    Ok(View { page: frame, home })
}
