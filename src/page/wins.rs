//! Wins: their page, by month, and as they are shown elsewhere.

use serde::Serialize;

use crate::address::Address;
use crate::content::win::Win;
use crate::date::PartialDate;
use crate::diagnostic::Diagnostic;
use crate::page::frame::{DateView, Frame};
use crate::page::lesson::tags;
use crate::page::{Link, Page, Renderer, lesson, plain};
use crate::site::made_address;

/// A win for a template.
#[derive(Clone, Debug, Serialize, Hash)]
pub struct WinView {
    id: String,
    title: String,
    date: DateView,
    kind: Option<String>,
    what: String,
    my_part: Option<String>,
    impact: Option<String>,
    thanked_by: Option<String>,
    words: Option<String>,
    learned: Option<String>,
    metric: Option<MetricView>,
    tags: Vec<Link>,
    lesson: Option<Link>,
    reply: Option<Link>,
    picture: Option<PictureView>,
}

#[derive(Clone, Debug, Serialize, Hash)]
struct MetricView {
    name: String,
    before: String,
    after: String,
}

#[derive(Clone, Debug, Serialize, Hash)]
struct PictureView {
    src: String,
    alt: String,
    width: usize,
    height: usize,
}

impl WinView {
    /// A win on the page at an address.
    pub fn new(renderer: &Renderer<'_>, from: &Address, number: usize) -> WinView {
        let site = renderer.site;
        let win = &site.wins[number];
        let words = &renderer.theme.strings;
        let said = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let lesson = win.lesson.as_ref().and_then(|slug| site.lesson(&slug.value));
        let reply =
            win.reply.as_ref().and_then(|slug| site.reply(&slug.value)).map(|reply| &site.replies[reply]);
        let picture = win.picture.as_ref().and_then(|picture| {
            let asset = site.assets.get(&win.path.join(&picture.file.value)?)?;
            let (width, height) = asset.size?;
            Some(PictureView { src: from.link(&asset.address), alt: picture.alt.clone(), width, height })
        });
        WinView {
            id: win.id.value.clone(),
            title: win.title.clone(),
            date: DateView::new(renderer.theme, win.date),
            kind: win.kind.map(|kind| words.get("win_kinds", kind).to_owned()),
            what: win.what.clone(),
            my_part: said(&win.my_part),
            impact: said(&win.impact),
            thanked_by: win.thanked_by.map(|who| words.get("thanked_by", who).to_owned()),
            words: said(&win.words),
            learned: said(&win.learned),
            metric: win.metric.as_ref().map(|metric| MetricView {
                name: metric.name.clone(),
                before: metric.before.clone(),
                after: metric.after.clone(),
            }),
            tags: tags(&win.tags, from),
            lesson: lesson.map(|lesson| lesson::link(&site.lessons[lesson], from)),
            reply: reply.map(|page| Link { title: page.reply.title.clone(), href: from.link(&page.address) }),
            picture,
        }
    }
}

/// A link to a win's place on the page of wins.
pub fn link(win: &Win, from: &Address) -> Link {
    Link { title: win.title.clone(), href: from.link_to_part(&made_address("wins"), &win.id.value) }
}

/// What `wins.html` sees.
#[derive(Serialize)]
pub struct View {
    page: Frame,
    months: Vec<Month>,
    total: usize,
    private_left_out: usize,
    intro_html: String,
    lede: String,
}

#[derive(Serialize)]
struct Month {
    label: String,
    id: String,
    wins: Vec<WinView>,
}

/// The view of the page of wins.
pub fn view(renderer: &Renderer<'_>, page: &Page) -> Result<View, Box<Diagnostic>> {
    let site = renderer.site;
    let opening = plain::opening(renderer, page, "wins")?;
    let mut months: Vec<Month> = Vec::new();
    for (number, win) in site.wins.iter().enumerate() {
        let id = win.date.iso()[..7].to_owned();
        if months.last().is_none_or(|month| month.id != id) {
            let label =
                PartialDate::parse(&id).map_or(id.clone(), |month| renderer.theme.strings.date(month));
            months.push(Month { label, id, wins: Vec::new() });
        }
        if let Some(month) = months.last_mut() {
            month.wins.push(WinView::new(renderer, &page.address, number));
        }
    }
    Ok(View {
        page: opening.frame,
        months,
        total: site.wins.len(),
        private_left_out: site.left_out.private,
        intro_html: opening.html,
        lede: opening.lede,
    })
}
