//! Wins as they are shown on any page.

use serde::Serialize;

use crate::address::Address;
use crate::content::win::Win;
use crate::page::frame::DateView;
use crate::page::rows::{lesson_link, tags};
use crate::page::{Link, Renderer};
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
        let site = &renderer.site;
        let win = site.win(number);
        let words = &renderer.theme.strings;
        let said = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let lesson = win.lesson.as_ref().and_then(|slug| site.lesson_of(&slug.value));
        let reply =
            win.reply.as_ref().and_then(|slug| site.reply_of(&slug.value)).map(|reply| site.reply(reply));
        let picture = win.picture.as_ref().and_then(|picture| {
            let asset = site.asset(&win.path.join(&picture.file.value)?)?;
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
            lesson: lesson.map(|lesson| lesson_link(renderer, from, lesson)),
            reply: reply
                .map(|(reply, address)| Link { title: reply.title.clone(), href: from.link(address) }),
            picture,
        }
    }
}

/// A link to a win's place on the page of wins.
pub fn win_link(win: &Win, from: &Address) -> Link {
    Link { title: win.title.clone(), href: from.link_to_part(&made_address("wins"), &win.id.value) }
}
