//! Pages of the guide's own, the opening words of made pages, and the smallest pages: breathe, not found, forwarding.

use serde::Serialize;

use crate::content::component::Rhythm;
use crate::diagnostic::Diagnostic;
use crate::page::frame::{DateView, Frame};
use crate::page::rhythm::RhythmView;
use crate::page::text::{Filler, TocEntry, toc, with_links};
use crate::page::{Page, Renderer};

/// What `page.html` sees.
#[derive(Serialize)]
pub struct View {
    page: Frame,
    body_html: String,
    lede: String,
    toc: Vec<TocEntry>,
    sources_html: Vec<String>,
    updated: Option<DateView>,
    review_by: Option<DateView>,
}

/// The view of a page of the guide's own.
pub fn view(renderer: &Renderer<'_>, page: &Page, number: usize) -> Result<View, Box<Diagnostic>> {
    let own = renderer.site.page(number);
    let face = &own.article.face;
    let frame = Frame::new(renderer, page, &face.title, face.description()).source(renderer, &own.article);
    let body_html = Filler::new(renderer, &own.article, &own.links, &page.address, &frame).body()?;
    let date = |date: &Option<crate::place::Located<crate::date::PartialDate>>| {
        date.as_ref().map(|date| DateView::new(renderer.theme, date.value))
    };
    Ok(View {
        page: frame,
        body_html,
        lede: face.summary.clone(),
        toc: toc(&face.outline),
        sources_html: face.sources.iter().map(|source| with_links(source)).collect(),
        updated: date(&face.updated),
        review_by: date(&face.review_by),
    })
}

/// The title, the first sentence and the opening words of a made page: the guide's own, or the theme's.
pub struct Opening {
    /// The frame with the title.
    pub frame: Frame,
    /// One sentence; may be empty.
    pub lede: String,
    /// More words; may be empty.
    pub html: String,
}

/// The opening of a made page.
pub fn opening(renderer: &Renderer<'_>, page: &Page, name: &'static str) -> Result<Opening, Box<Diagnostic>> {
    let words = &renderer.theme.strings;
    let key = if name == "404" { "not_found" } else { name };
    let Some(own) = renderer.site.opening(name) else {
        let word = |group: &str| {
            let word = words.get(group, key);
            if word == key { String::new() } else { word.to_owned() }
        };
        let lede = word("ledes");
        let frame = Frame::new(renderer, page, &word("titles"), &lede);
        return Ok(Opening { frame, lede, html: String::new() });
    };
    let face = &own.article.face;
    let frame = Frame::new(renderer, page, &face.title, face.description()).source(renderer, &own.article);
    let html = Filler::new(renderer, &own.article, &own.links, &page.address, &frame).body()?;
    Ok(Opening { frame, lede: face.summary.clone(), html })
}

/// What `breathe.html` sees.
#[derive(Serialize)]
pub struct BreatheView {
    page: Frame,
    /// For a theme that draws its own pacer.
    rhythm: RhythmView,
    intro_html: String,
    lede: String,
    pacer_html: String,
}

/// The view of the breathing exercise.
pub fn breathe(renderer: &Renderer<'_>, page: &Page) -> Result<BreatheView, Box<Diagnostic>> {
    let opening = opening(renderer, page, "breathe")?;
    let rhythm = RhythmView::new(Rhythm::default());
    let pacer_html = rhythm.pacer(renderer, &opening.frame)?;
    Ok(BreatheView { page: opening.frame, rhythm, intro_html: opening.html, lede: opening.lede, pacer_html })
}

/// What `journal.html`, `completion.html` and `privacy.html` see.
#[derive(Serialize)]
pub struct KeptView {
    page: Frame,
    intro_html: String,
    lede: String,
    sources_html: Vec<String>,
    lesson_count: usize,
}

/// The view of a page about what readers keep.
pub fn kept(renderer: &Renderer<'_>, page: &Page, name: &'static str) -> Result<KeptView, Box<Diagnostic>> {
    let opening = opening(renderer, page, name)?;
    let own = renderer.site.opening(name);
    let sources = own.map(|own| own.article.face.sources.as_slice()).unwrap_or_default();
    // What a reader has written down is nothing that others could find there.
    let frame = if name == "privacy" { opening.frame } else { opening.frame.noindex() };
    Ok(KeptView {
        page: frame,
        intro_html: opening.html,
        lede: opening.lede,
        sources_html: sources.iter().map(|source| with_links(source)).collect(),
        lesson_count: renderer.site.lesson_count(),
    })
}

/// What `404.html` sees.
#[derive(Serialize)]
pub struct NotFoundView {
    page: Frame,
    intro_html: String,
    lede: String,
}

/// The view of the page for addresses that lead nowhere.
pub fn not_found(renderer: &Renderer<'_>, page: &Page) -> Result<NotFoundView, Box<Diagnostic>> {
    let opening = opening(renderer, page, "404")?;
    Ok(NotFoundView { page: opening.frame.noindex(), intro_html: opening.html, lede: opening.lede })
}

/// What `alias.html` sees.
#[derive(Serialize)]
pub struct AliasView {
    page: Frame,
    target_href: String,
    target_title: String,
}

/// The view of a page that forwards to another.
pub fn alias(renderer: &Renderer<'_>, page: &Page, number: usize) -> AliasView {
    let (target, title) = renderer.site.alias(number);
    AliasView {
        page: Frame::new(renderer, page, title, "").noindex(),
        target_href: page.address.link(target),
        target_title: title.to_owned(),
    }
}
