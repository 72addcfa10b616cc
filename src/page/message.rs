//! Replies as they are shown on any page: in a list, and word for word.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::address::{Address, in_words};
use crate::config::Config;
use crate::content::etiquette::Fill;
use crate::content::message::Piece;
use crate::content::reply::{CHANNELS, Placeholder, Reply};
use crate::content::rules::{Personal, RULES, Rules, Sms};
use crate::dialect::Dialect;
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

/// A reply to fill in and to send.
#[derive(Clone, Debug, Serialize, Hash)]
pub struct DeskView {
    message: MessageView,
    copies_text: String,
    gaps: Vec<GapView>,
}

#[derive(Clone, Debug, Serialize, Hash)]
struct GapView {
    name: String,
    label: String,
    example: String,
    fallback: String,
    required: bool,
    /// Whether it tells of the reader, and not of a candidate.
    own: bool,
}

/// What a reader says of themselves, and may want to have remembered.
const OWN: &[&str] = &["my_name", "company"];

impl DeskView {
    /// A reply to fill in.
    pub fn new(renderer: &Renderer<'_>, reply: &Reply) -> DeskView {
        let gap = |placeholder: &Placeholder| GapView {
            name: placeholder.name.clone(),
            label: placeholder_label(&renderer.theme.strings, &placeholder.name, Some(placeholder)),
            example: placeholder.example.clone(),
            fallback: placeholder.fallback.clone().unwrap_or_default(),
            required: placeholder.required,
            own: OWN.contains(&placeholder.name.as_str()),
        };
        DeskView {
            message: MessageView::new(renderer, reply),
            copies_text: reply.written(),
            gaps: reply.placeholders.iter().map(gap).collect(),
        }
    }
}

/// What scripts go by at the desk: once for all replies of a page.
#[derive(Debug, Serialize)]
pub struct DeskRules<'s> {
    limits: BTreeMap<&'static str, usize>,
    sms: &'static Sms,
    inmail_subject: usize,
    dialects: &'s [Dialect],
}

impl<'s> DeskRules<'s> {
    /// The rules of a guide.
    pub fn new(config: &'s Config) -> DeskRules<'s> {
        DeskRules {
            limits: limits(config),
            sms: &RULES.sms,
            inmail_subject: RULES.inmail_subject,
            dialects: &config.dialects,
        }
    }
}

/// What scripts check a reader's own reply by.
#[derive(Debug, Serialize)]
pub struct OwnReplyRules<'s> {
    #[serde(flatten)]
    rules: &'static Rules,
    limits: BTreeMap<&'static str, usize>,
    allow: &'s [String],
    /// Codes of reasons about which nothing is asked, by what readers see of them.
    silent: Vec<String>,
}

impl<'s> OwnReplyRules<'s> {
    /// The rules of a guide.
    pub fn new(renderer: &Renderer<'s>) -> OwnReplyRules<'s> {
        let config = renderer.site.config();
        let silent = config.reasons.iter().filter(|reason| !reason.ask);
        OwnReplyRules {
            rules: &RULES,
            limits: limits(config),
            allow: &config.allow,
            silent: silent
                .map(|reason| reason_label(config, &renderer.theme.strings, &reason.code).to_owned())
                .collect(),
        }
    }
}

/// What scripts tell by that a text may name a person.
#[derive(Debug, Serialize)]
pub struct PersonalRules<'s> {
    #[serde(flatten)]
    rules: &'static Personal,
    allow: &'s [String],
}

impl<'s> PersonalRules<'s> {
    /// The rules of a guide.
    pub fn new(config: &'s Config) -> PersonalRules<'s> {
        PersonalRules { rules: &RULES.personal, allow: &config.allow }
    }
}

/// The longest message of each channel that has one.
fn limits(config: &Config) -> BTreeMap<&'static str, usize> {
    CHANNELS.iter().filter_map(|channel| Some((*channel, config.limits.of_channel(channel)?))).collect()
}

/// A message as it will be sent, in pieces.
#[derive(Clone, Debug, Serialize, Hash)]
pub struct MessageView {
    subject: Option<Vec<PieceView>>,
    paragraphs: Vec<ParagraphView>,
    characters: usize,
    limit: Option<usize>,
    /// The name of the channel that takes least.
    channel: String,
    /// The codes of all its channels.
    channels: Vec<&'static str>,
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
            channels: reply.channels.clone(),
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
                let label = placeholder_label(&renderer.theme.strings, name, placeholder);
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
pub fn placeholder_label(words: &Strings, name: &str, placeholder: Option<&Placeholder>) -> String {
    let own = placeholder.and_then(|placeholder| placeholder.label.clone());
    own.unwrap_or_else(|| match words.get("placeholders", name) {
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
