//! A reply's page, the list of replies, and a reply as it is shown elsewhere.

use serde::Serialize;

use crate::content::reply::Placeholder;
use crate::diagnostic::Diagnostic;
use crate::page::frame::Frame;
use crate::page::message::{
    MessageView, ReasonLink, ReplyRow, labels, placeholder_label, reason_id, reason_label,
};
use crate::page::rows::lesson_link;
use crate::page::win::win_link;
use crate::page::{Link, Page, Renderer, plain};
use crate::site::made_address;

/// What `reply.html` sees.
#[derive(Serialize)]
pub struct View {
    page: Frame,
    reply: ReplyView,
}

#[derive(Serialize)]
struct ReplyView {
    title: String,
    situation: String,
    message: MessageView,
    copies_text: String,
    gaps: Vec<GapView>,
    reasons: Vec<ReasonLink>,
    stages: Vec<String>,
    channels: Vec<String>,
    why: String,
    used_in: Vec<Link>,
    wins: Vec<Link>,
}

#[derive(Serialize)]
struct GapView {
    name: String,
    label: String,
    example: String,
    fallback: String,
    required: bool,
}

/// The view of a reply.
pub fn view(renderer: &Renderer<'_>, page: &Page, number: usize) -> View {
    let site = renderer.site;
    let from = &page.address;
    let entry = &site.replies[number];
    let reply = &entry.reply;
    let replies = Link {
        title: renderer.theme.strings.get("titles", "replies").to_owned(),
        href: from.link(&made_address("replies")),
    };
    let description = if reply.situation.is_empty() { &reply.why } else { &reply.situation };
    let frame = Frame::new(renderer, page, &reply.title, description)
        .crumbs(vec![replies])
        .edit(renderer, &reply.path);
    let gap = |placeholder: &Placeholder| GapView {
        name: placeholder.name.clone(),
        label: placeholder_label(renderer, &placeholder.name, Some(placeholder)),
        example: placeholder.example.clone(),
        fallback: placeholder.fallback.clone().unwrap_or_default(),
        required: placeholder.required,
    };
    let view = ReplyView {
        title: reply.title.clone(),
        situation: reply.situation.clone(),
        message: MessageView::new(renderer, reply),
        copies_text: reply.written(),
        gaps: reply.placeholders.iter().map(gap).collect(),
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
        used_in: entry.used_in.iter().map(|lesson| lesson_link(&site.lessons[*lesson], from)).collect(),
        wins: entry.wins.iter().map(|win| win_link(&site.wins[*win], from)).collect(),
    };
    View { page: frame, reply: view }
}

/// What `replies.html` sees.
#[derive(Serialize)]
pub struct ListView {
    page: Frame,
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
pub fn list(renderer: &Renderer<'_>, page: &Page) -> Result<ListView, Box<Diagnostic>> {
    let site = renderer.site;
    let opening = plain::opening(renderer, page, "replies")?;
    let row = |number: usize| ReplyRow::new(renderer, &page.address, number);
    let of = |code: Option<&str>| -> Vec<ReplyRow> {
        let first =
            |number: &usize| site.replies[*number].reply.reasons.first().map(|own| own.value.as_str());
        (0..site.replies.len()).filter(|number| first(number) == code).map(row).collect()
    };
    let mut groups: Vec<Group> = site
        .config
        .reasons
        .iter()
        .map(|reason| Group {
            id: reason_id(&reason.code),
            label: reason_label(renderer, &reason.code),
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
        groups,
        intro_html: opening.html,
        lede: opening.lede,
        total: site.replies.len(),
    })
}
