//! Replies as they are shown on any page: in a list, and word for word.

use serde::Serialize;

use crate::address::{Address, in_words};
use crate::config::Config;
use crate::content::etiquette::Fill;
use crate::content::message::Piece;
use crate::content::reply::{Placeholder, Reply};
use crate::page::Renderer;
use crate::site::made_address;
use crate::theme::strings::Strings;

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
        let (reply, address) = renderer.site.reply(number);
        let reasons = reply
            .reasons
            .iter()
            .map(|code| reason_label(renderer.site.config(), &renderer.theme.strings, &code.value).to_owned())
            .collect();
        ReplyRow {
            title: reply.title.clone(),
            href: from.link(address),
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
            pieces: pieces(renderer, reply, &paragraph.pieces.value),
        });
        let strictest = reply
            .channels
            .iter()
            .filter_map(|channel| Some((renderer.site.config().limits.of_channel(channel)?, *channel)))
            .min();
        let filled = reply.paragraphs.iter().map(|own| reply.filled(&own.pieces.value, Fill::Examples));
        let characters = filled.collect::<Vec<_>>().join("\n\n").chars().count();
        MessageView {
            subject: reply.subject.as_ref().map(|subject| pieces(renderer, reply, &subject.value)),
            paragraphs: paragraphs.collect(),
            characters,
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

/// The first sentence behind the greeting, gaps as their words: how a reply sounds.
fn opening(renderer: &Renderer<'_>, reply: &Reply) -> String {
    let greets = |moves: &[&str]| moves == ["greeting"];
    let paragraph = reply.paragraphs.iter().find(|paragraph| !greets(&paragraph.moves));
    let Some(paragraph) = paragraph.or(reply.paragraphs.first()) else { return String::new() };
    let text: String = pieces(renderer, reply, &paragraph.pieces.value)
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

/// What readers see of a placeholder.
pub fn placeholder_label(renderer: &Renderer<'_>, name: &str, placeholder: Option<&Placeholder>) -> String {
    let own = placeholder.and_then(|placeholder| placeholder.label.clone());
    own.unwrap_or_else(|| match renderer.theme.strings.get("placeholders", name) {
        unknown if unknown == name => in_words(name),
        label => label.to_owned(),
    })
}

/// What readers see of a reason code.
pub fn reason_label<'w>(config: &'w Config, strings: &'w Strings, code: &'w str) -> &'w str {
    let own = config.reason(code).and_then(|reason| reason.label.as_deref());
    own.unwrap_or_else(|| strings.get("reasons", code))
}

/// What readers see of codes of a group.
pub fn labels(renderer: &Renderer<'_>, group: &str, codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| renderer.theme.strings.get(group, code).to_owned()).collect()
}

/// The id of a reason's part of the list of replies.
pub fn reason_id(code: &str) -> String {
    format!("reason.{code}")
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
        ReasonLink {
            label: reason_label(renderer.site.config(), &renderer.theme.strings, code).to_owned(),
            href,
        }
    }
}
