//! A reply's page, the list of replies, and a reply as it is shown elsewhere.

use serde::Serialize;

use crate::address::Address;
use crate::content::reply::Reply;
use crate::diagnostic::Diagnostic;
use crate::page::frame::Frame;
use crate::page::message::{
    DeskRules, DeskView, OwnReplyRules, ReasonLink, ReplyRow, labels, reason_id, reason_label,
};
use crate::page::rows::lesson_link;
use crate::page::win::win_link;
use crate::page::{Link, Page, Renderer, plain};
use crate::site::made_address;

/// What `reply.html` sees.
#[derive(Serialize)]
pub struct View<'s> {
    page: Frame,
    reply: ReplyView,
    desk_rules: DeskRules<'s>,
}

#[derive(Serialize)]
struct ReplyView {
    slug: String,
    title: String,
    situation: String,
    #[serde(flatten)]
    desk: DeskView,
    reasons: Vec<ReasonLink>,
    stages: Vec<String>,
    channels: Vec<String>,
    why: String,
    used_in: Vec<Link>,
    wins: Vec<Link>,
}

/// The view of a reply.
pub fn view<'s>(renderer: &Renderer<'s>, page: &Page, number: usize) -> View<'s> {
    let site = &renderer.site;
    let from = &page.address;
    let (reply, _) = site.reply(number);
    let (lessons, wins) = site.reply_uses(number);
    let replies = Link {
        title: renderer.theme.strings.get("titles", "replies").to_owned(),
        href: from.link(&made_address("replies")),
    };
    let description = if reply.situation.is_empty() { &reply.why } else { &reply.situation };
    let frame = Frame::new(renderer, page, &reply.title, description)
        .crumbs(vec![replies])
        .edit(renderer, &reply.path);
    let view = ReplyView {
        slug: reply.slug.value.clone(),
        title: reply.title.clone(),
        situation: reply.situation.clone(),
        desk: DeskView::new(renderer, reply),
        // Only the first reason has this reply in the list; a link to another part would look for it in vain.
        reasons: reply
            .reasons
            .first()
            .map(|code| ReasonLink::new(renderer, from, &code.value))
            .into_iter()
            .collect(),
        stages: labels(renderer, "stages", &reply.stages),
        channels: labels(renderer, "channels", &reply.channels),
        why: reply.why.clone(),
        used_in: lessons.iter().map(|lesson| lesson_link(renderer, from, *lesson)).collect(),
        wins: wins.iter().map(|win| win_link(site.win(*win), from)).collect(),
    };
    View { page: frame, reply: view, desk_rules: DeskRules::new(site.config()) }
}

/// What `reply-in-search.html` sees.
#[derive(Serialize)]
struct InSearchView<'s> {
    title: &'s str,
    /// From the root of the site: which page shows it is not known.
    address: &'s str,
    desk: DeskView,
    desk_rules: DeskRules<'s>,
}

/// A reply to fill in where it was found. It depends on the reply, the settings and the theme alone.
pub fn in_search(
    renderer: &Renderer<'_>,
    address: &Address,
    reply: &Reply,
) -> Result<String, Box<Diagnostic>> {
    let view = InSearchView {
        title: &reply.title,
        address: address.as_str(),
        desk: DeskView::new(renderer, reply),
        desk_rules: DeskRules::new(renderer.site.config()),
    };
    renderer.theme.render("reply-in-search.html", &view)
}

/// What `replies.html` sees.
#[derive(Serialize)]
pub struct ListView<'s> {
    page: Frame,
    rules: OwnReplyRules<'s>,
    groups: Vec<Group>,
    intro_html: String,
    lede: String,
    total: usize,
}

#[derive(Serialize)]
struct Group {
    id: String,
    label: String,
    replies: Vec<ReplyRow>,
}

/// The view of the list of replies.
pub fn list<'s>(renderer: &Renderer<'s>, page: &Page) -> Result<ListView<'s>, Box<Diagnostic>> {
    let opening = plain::opening(renderer, page, "replies")?;
    let replies: Vec<_> = renderer.site.replies().collect();
    let row = |number: usize| ReplyRow::new(renderer, &page.address, number);
    let of = |code: Option<&str>| -> Vec<ReplyRow> {
        let first = |number: &usize| replies[*number].0.reasons.first().map(|own| own.value.as_str());
        (0..replies.len()).filter(|number| first(number) == code).map(row).collect()
    };
    let mut groups: Vec<Group> = renderer
        .site
        .config()
        .reasons
        .iter()
        .map(|reason| Group {
            id: reason_id(&reason.code),
            label: reason_label(renderer.site.config(), &renderer.theme.strings, &reason.code).to_owned(),
            replies: of(Some(&reason.code)),
        })
        .collect();
    groups.push(Group {
        id: "reason.other".to_owned(),
        label: renderer.theme.strings.get("reasons", "other").to_owned(),
        replies: of(None),
    });
    groups.retain(|group| !group.replies.is_empty());
    Ok(ListView {
        page: opening.frame,
        rules: OwnReplyRules::new(renderer),
        groups,
        intro_html: opening.html,
        lede: opening.lede,
        total: replies.len(),
    })
}
