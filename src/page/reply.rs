//! A reply's page, the list of replies, and a reply as it is shown elsewhere.

use serde::Serialize;

use crate::address::{Address, in_words};
use crate::content::message::Piece;
use crate::content::reply::{Placeholder, Reply};
use crate::diagnostic::Diagnostic;
use crate::page::frame::Frame;
use crate::page::{Link, Page, Renderer, plain, wins};
use crate::site::made_address;

/// A reply in a list.
#[derive(Clone, Debug, Serialize, Hash)]
pub struct ReplyRow {
    title: String,
    href: String,
    slug: String,
    situation: String,
    reasons: Vec<String>,
    stages: Vec<String>,
    channels: Vec<String>,
    opening: String,
}

impl ReplyRow {
    /// A reply in a list on the page at an address.
    pub fn new(renderer: &Renderer<'_>, from: &Address, number: usize) -> ReplyRow {
        let page = &renderer.site.replies[number];
        let reply = &page.reply;
        let reasons = reply.reasons.iter().map(|code| reason_label(renderer, &code.value)).collect();
        ReplyRow {
            title: reply.title.clone(),
            href: from.link(&page.address),
            slug: reply.slug.value.clone(),
            situation: reply.situation.clone(),
            reasons,
            stages: labels(renderer, "stages", &reply.stages),
            channels: labels(renderer, "channels", &reply.channels),
            opening: opening(renderer, reply),
        }
    }
}

/// A message as it will be sent, in pieces.
#[derive(Clone, Debug, Serialize, Hash)]
pub struct MessageView {
    subject: Option<Vec<PieceView>>,
    paragraphs: Vec<ParagraphView>,
    characters: usize,
    limit: Option<usize>,
    channel: String,
}

#[derive(Clone, Debug, Serialize, Hash)]
struct ParagraphView {
    moves: Vec<String>,
    pieces: Vec<PieceView>,
}

#[derive(Clone, Debug, Serialize, Hash)]
struct PieceView {
    kind: &'static str,
    text: String,
    name: String,
    label: String,
}

impl MessageView {
    /// The message of a reply.
    pub fn new(renderer: &Renderer<'_>, reply: &Reply) -> MessageView {
        let paragraphs = reply.paragraphs.iter().map(|paragraph| ParagraphView {
            moves: labels(renderer, "moves", &paragraph.moves),
            pieces: pieces(renderer, reply, &paragraph.pieces),
        });
        let strictest = reply
            .channels
            .iter()
            .filter_map(|channel| Some((renderer.site.config.limits.of_channel(channel)?, *channel)))
            .min();
        MessageView {
            subject: reply.subject.as_ref().map(|subject| pieces(renderer, reply, subject)),
            paragraphs: paragraphs.collect(),
            characters: filled(renderer, reply).chars().count(),
            limit: strictest.map(|(limit, _)| limit),
            channel: strictest
                .map(|(_, channel)| renderer.theme.strings.get("channels", channel).to_owned())
                .unwrap_or_default(),
        }
    }
}

/// The pieces of a text for a template; line ends are pieces of their own.
fn pieces(renderer: &Renderer<'_>, reply: &Reply, pieces: &[Piece]) -> Vec<PieceView> {
    let plain = |kind: &'static str, text: &str| PieceView {
        kind,
        text: text.to_owned(),
        name: String::new(),
        label: String::new(),
    };
    let mut views = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                for (number, line) in text.split('\n').enumerate() {
                    if number > 0 {
                        views.push(plain("break", ""));
                    }
                    if !line.is_empty() {
                        views.push(plain("text", line));
                    }
                }
            }
            Piece::Gap { name, .. } => {
                let placeholder = reply.placeholder(name);
                let label = placeholder_label(renderer, name, placeholder);
                let fallback = placeholder.and_then(|placeholder| placeholder.fallback.clone());
                views.push(PieceView {
                    kind: "gap",
                    text: fallback.unwrap_or_else(|| label.clone()),
                    name: name.clone(),
                    label,
                });
            }
        }
    }
    views
}

/// The text with an example, a fallback or a label in each gap.
fn filled(renderer: &Renderer<'_>, reply: &Reply) -> String {
    let paragraph = |pieces: &[Piece]| -> String {
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Gap { name, .. } => {
                    let placeholder = reply.placeholder(name);
                    let example =
                        placeholder.map(|own| own.example.clone()).filter(|example| !example.is_empty());
                    example
                        .or_else(|| placeholder.and_then(|own| own.fallback.clone()))
                        .unwrap_or_else(|| placeholder_label(renderer, name, placeholder))
                }
            })
            .collect()
    };
    reply.paragraphs.iter().map(|own| paragraph(&own.pieces)).collect::<Vec<_>>().join("\n\n")
}

/// The first sentence behind the greeting, gaps as their words: how a reply sounds.
fn opening(renderer: &Renderer<'_>, reply: &Reply) -> String {
    let greets = |moves: &[&str]| moves == ["greeting"];
    let paragraph = reply.paragraphs.iter().find(|paragraph| !greets(&paragraph.moves));
    let Some(paragraph) = paragraph.or(reply.paragraphs.first()) else { return String::new() };
    let text: String = pieces(renderer, reply, &paragraph.pieces)
        .into_iter()
        .map(|piece| match piece.kind {
            "gap" => format!("[{}]", piece.text),
            "break" => " ".to_owned(),
            _ => piece.text,
        })
        .collect();
    let end =
        text.char_indices().find(|(at, c)| ".!?".contains(*c) && text[at + 1..].starts_with([' ', '\n']));
    end.map_or(text.clone(), |(at, _)| text[..=at].to_owned())
}

fn placeholder_label(renderer: &Renderer<'_>, name: &str, placeholder: Option<&Placeholder>) -> String {
    let own = placeholder.and_then(|placeholder| placeholder.label.clone());
    own.unwrap_or_else(|| match renderer.theme.strings.get("placeholders", name) {
        unknown if unknown == name => in_words(name),
        label => label.to_owned(),
    })
}

/// What readers see of a reason code.
pub fn reason_label(renderer: &Renderer<'_>, code: &str) -> String {
    let own = renderer.site.config.reason(code).and_then(|reason| reason.label.clone());
    own.unwrap_or_else(|| renderer.theme.strings.get("reasons", code).to_owned())
}

fn labels(renderer: &Renderer<'_>, group: &str, codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| renderer.theme.strings.get(group, code).to_owned()).collect()
}

/// The id of a reason's part of the list of replies.
pub fn reason_id(code: &str) -> String {
    format!("reason.{code}")
}

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

/// A reason that leads to its replies.
#[derive(Serialize)]
pub struct ReasonLink {
    label: String,
    href: String,
}

impl ReasonLink {
    /// A link from the page at an address.
    pub fn new(renderer: &Renderer<'_>, from: &Address, code: &str) -> ReasonLink {
        let href = from.link_to_part(&made_address("replies"), &reason_id(code));
        ReasonLink { label: reason_label(renderer, code), href }
    }
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
    let frame = Frame::new(renderer, page, "reply", &reply.title, description)
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
        used_in: entry
            .used_in
            .iter()
            .map(|lesson| crate::page::lesson::link(&site.lessons[*lesson], from))
            .collect(),
        wins: entry.wins.iter().map(|win| wins::link(&site.wins[*win], from)).collect(),
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
