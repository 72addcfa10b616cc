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

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Hash)]
struct Parts {
    before: u8,
    after: u8,
}

#[derive(Clone, Debug, Serialize, Hash)]
struct MetricView {
    name: String,
    before: String,
    after: String,
    /// How long a bar for each is, as parts of a hundred; none where they are no numbers of one kind.
    parts: Option<Parts>,
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
                parts: parts(&metric.before, &metric.after),
            }),
            tags: tags(&win.tags, from),
            lesson: lesson.map(|lesson| lesson_link(renderer, from, lesson)),
            reply: reply
                .map(|(reply, address)| Link { title: reply.title.clone(), href: from.link(address) }),
            picture,
        }
    }
}

/// The lengths of two numbers with the same unit, or none, against the greater one.
fn parts(before: &str, after: &str) -> Option<Parts> {
    let number = |text: &str| {
        let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
        let number: f64 = text[..end].parse().ok()?;
        Some((number, text[end..].trim().to_owned()))
    };
    let ((one, unit), (other, other_unit)) = (number(before.trim())?, number(after.trim())?);
    let most = one.max(other);
    let part = |value: f64| (value / most * 100.0).round() as u8;
    (unit == other_unit && most > 0.0 && most.is_finite())
        .then(|| Parts { before: part(one), after: part(other) })
}

/// A link to a win's place on the page of wins.
pub fn win_link(win: &Win, from: &Address) -> Link {
    Link { title: win.title.clone(), href: from.link_to_part(&made_address("wins"), &win.id.value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_drawn_of_numbers_of_one_kind() {
        let of = |before: &str, after: &str| parts(before, after).map(|parts| (parts.before, parts.after));
        assert_eq!(of("9", "4"), Some((100, 44)));
        assert_eq!(of("12 days", "3.5 days"), Some((100, 29)));
        assert_eq!(of("0%", "40%"), Some((0, 100)));
        for (before, after) in [("0", "0"), ("9 days", "4 weeks"), ("many", "few"), ("", "1"), ("1.2.3", "1")]
        {
            assert_eq!(of(before, after), None, "{before} {after}");
        }
    }
}
