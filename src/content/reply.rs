//! Reply templates: what to send, word for word, with placeholders.

use std::collections::BTreeMap;

use crate::address::in_words;
use crate::address::slugify;
use crate::config::{self, Config};
use crate::content::article::{front_matter_missing, title_missing};
use crate::content::message::{self, Mention, Piece, Pieces};
use crate::content::{etiquette, front_matter, privacy};
use crate::diagnostic::{Code, Diagnostic};
use crate::place::{Located, Place};
use crate::source::{SitePath, Source, Span, is_hidden};
use crate::yaml::{Document, Map, Value};

/// Where a candidate can be when they say no.
pub const STAGES: &[&str] =
    &["outreach", "screen", "interview", "offer", "accepted", "silent", "later", "any"];

/// How a reply is sent.
pub const CHANNELS: &[&str] = &["email", "inmail", "note", "sms", "call"];

/// What a paragraph of a reply does.
pub const MOVES: &[&str] = &[
    "greeting",
    "thanks",
    "acknowledge",
    "clarify",
    "ask",
    "feedback-thanks",
    "door-open",
    "good-luck",
    "sign-off",
];

/// Placeholders that every reply may use without declaring them.
pub const KNOWN_PLACEHOLDERS: &[&str] = &["first_name", "role_title", "company", "my_name"];

/// A reply.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reply {
    /// Its file.
    pub path: SitePath,
    /// The last part of its address.
    pub slug: Located<String>,
    /// Its title.
    pub title: String,
    /// When it fits, in a sentence; may be empty.
    pub situation: String,
    /// Codes of the reasons that it answers.
    pub reasons: Vec<Located<String>>,
    /// Where the candidate is.
    pub stages: Vec<&'static str>,
    /// How it is sent.
    pub channels: Vec<&'static str>,
    /// The subject of an e-mail or InMail.
    pub subject: Option<Located<Pieces>>,
    /// The text.
    pub paragraphs: Vec<Paragraph>,
    /// The placeholders, in the order in which the text uses them.
    pub placeholders: Vec<Placeholder>,
    /// Why it works; may be empty.
    pub why: String,
    /// Left out, unless drafts are asked for.
    pub draft: bool,
}

/// A paragraph of a reply.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Paragraph {
    /// What it does; empty where the reply does not say.
    pub moves: Vec<&'static str>,
    /// Its text.
    pub pieces: Located<Pieces>,
}

impl Paragraph {
    /// Where it stands in the file with this text.
    pub fn span(&self, text: &str) -> Span {
        self.pieces.place.span(text)
    }
}

/// A blank to fill in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Placeholder {
    /// Its name in the text.
    pub name: String,
    /// What the reader sees; none takes the name in words.
    pub label: Option<String>,
    /// What could stand there; may be empty.
    pub example: String,
    /// What stands there if nothing is filled in.
    pub fallback: Option<String>,
    /// Whether it must be filled in.
    pub required: bool,
}

impl Reply {
    /// Reads a file.
    pub fn parse(source: &Source, config: &Config) -> (Reply, Vec<Diagnostic>) {
        let mut reply = Reply {
            path: source.path.clone(),
            slug: Located::new(slugify(source.path.stem()), Place::Span(Span::default())),
            title: in_words(source.path.stem()),
            situation: String::new(),
            reasons: Vec::new(),
            stages: Vec::new(),
            channels: Vec::new(),
            subject: None,
            paragraphs: Vec::new(),
            placeholders: Vec::new(),
            why: String::new(),
            draft: false,
        };
        let parts = match front_matter::split(source) {
            Ok(Some(parts)) => parts,
            Ok(None) => return (reply, vec![front_matter_missing(source)]),
            Err(unclosed) => return (reply, vec![*unclosed]),
        };
        let mut found = Vec::new();
        let (paragraphs, mut mentions) = paragraphs(source, parts.body, &mut found);
        reply.paragraphs = paragraphs;
        match Document::parse(source, parts.head) {
            Ok(document) if document.root().is_empty() => found.push(title_missing(source)),
            Ok(document) => {
                if let Some(map) = document.root().map() {
                    reply.read(&map, &mut mentions, &mut found);
                    map.done();
                }
                found.extend(document.finish());
            }
            Err(failure) => found.push(*failure),
        }
        found.extend(etiquette::check(&reply, source, parts.body, config));
        found.extend(privacy::check(source.slice(parts.body), parts.body.start, &source.path, &config.allow));
        (reply, found)
    }

    /// The text as it was written, with its placeholders.
    pub fn written(&self) -> String {
        self.text(message::placeholder)
    }

    /// The text with something in each gap, by the gap's name and the fallback that stands in it.
    pub fn text(&self, gap: impl Fn(&str, Option<&str>) -> String) -> String {
        let texts = self.paragraphs.iter().map(|paragraph| message::text(&paragraph.pieces.value, &gap));
        texts.collect::<Vec<_>>().join("\n\n")
    }

    /// The placeholder of a name.
    pub fn placeholder(&self, name: &str) -> Option<&Placeholder> {
        self.placeholders.iter().find(|placeholder| placeholder.name == name)
    }

    fn read(&mut self, map: &Map<'_>, mentions: &mut Vec<Mention>, found: &mut Vec<Diagnostic>) {
        let text = |key| map.get(key).and_then(|value| value.text());
        if let Some(title) = map.required("title").and_then(|title| title.text()) {
            self.title = title;
        }
        if let Some(value) = map.get("slug")
            && let Some(slug) = config::slug(&value)
        {
            self.slug = Located::new(slug, Place::of(&value));
        }
        self.situation = text("situation").unwrap_or_default();
        self.reasons = map.get("reason").map(|reasons| Located::texts(&reasons)).unwrap_or_default();
        let words = |key, known| {
            let value = map.get(key);
            value
                .map(|value| value.words().iter().filter_map(|word| word.one_of(known)).collect())
                .unwrap_or_default()
        };
        self.stages = words("stage", STAGES);
        self.channels = words("channel", CHANNELS);
        self.why = text("why").unwrap_or_default();
        self.draft = map.get("draft").and_then(|draft| draft.flag()).unwrap_or(false);
        if let Some(subject) = map.get("subject") {
            self.read_subject(&subject, mentions, found);
        }
        if let Some(moves) = map.get("moves") {
            self.read_moves(&moves);
        }
        let declared = map.get("placeholders").map(|value| declared(&value)).unwrap_or_default();
        self.join_placeholders(declared, mentions, map.value().source(), found);
    }

    fn read_subject(&mut self, value: &Value<'_>, mentions: &mut Vec<Mention>, found: &mut Vec<Diagnostic>) {
        let Some(text) = value.text() else { return };
        let mut wrong = Vec::new();
        let (pieces, in_subject) = message::pieces(&text, 0, &self.path, &mut wrong);
        let span = value.span();
        found.extend(wrong.into_iter().map(|finding| Diagnostic { span: Some(span), ..finding }));
        mentions.splice(0..0, in_subject.into_iter().map(|mention| Mention { span, ..mention }));
        self.subject = Some(Located::new(pieces, Place::of(value)));
    }

    fn read_moves(&mut self, value: &Value<'_>) {
        let entries = value.words();
        for (entry, paragraph) in entries.iter().zip(&mut self.paragraphs) {
            let Some(text) = entry.text() else { continue };
            for name in text.split('+').map(str::trim) {
                match MOVES.iter().find(|known| **known == name) {
                    Some(known) => paragraph.moves.push(known),
                    None => entry.report(
                        entry
                            .finding(Code::MovesMismatch, format!("`{name}` is not a move"))
                            .near(name, MOVES.iter().copied())
                            .help(format!("write one of: {}", MOVES.join(", "))),
                    ),
                }
            }
        }
        let (moves, paragraphs) = (entries.len(), self.paragraphs.len());
        if moves != paragraphs && moves > 0 {
            // Which move belongs to which paragraph is not known, so nothing is concluded from them.
            self.paragraphs.iter_mut().for_each(|paragraph| paragraph.moves.clear());
            let message = format!(
                "`moves` names {moves} {}, the text has {paragraphs} {}",
                if moves == 1 { "paragraph" } else { "paragraphs" },
                if paragraphs == 1 { "paragraph" } else { "paragraphs" },
            );
            let help =
                "write one entry a paragraph, in order; join several moves of one paragraph with ` + `";
            let mut lines = vec![help.to_owned()];
            for number in 0..moves.max(paragraphs).min(12) {
                let named = entries
                    .get(number)
                    .and_then(|entry| entry.text())
                    .unwrap_or_else(|| "no move".to_owned());
                let text = self.paragraphs.get(number).map(|paragraph| {
                    let text = value.source().slice(paragraph.span(&value.source().text));
                    let beginning: String = text.lines().next().unwrap_or("").chars().take(30).collect();
                    format!("“{beginning}…”")
                });
                lines.push(format!(
                    "{}. {named}: {}",
                    number + 1,
                    text.unwrap_or_else(|| "no paragraph".to_owned())
                ));
            }
            value.report(value.finding(Code::MovesMismatch, message).help(lines.join("\n")));
        }
    }

    /// Puts together what is declared and what is used, in the order of use.
    fn join_placeholders(
        &mut self,
        declared: BTreeMap<String, (Placeholder, Span)>,
        mentions: &[Mention],
        source: &Source,
        found: &mut Vec<Diagnostic>,
    ) {
        let mut names: Vec<&str> = Vec::new();
        for mention in mentions {
            if names.contains(&mention.name.as_str()) {
                continue;
            }
            names.push(&mention.name);
            let own = declared.get(&mention.name).map(|(placeholder, _)| placeholder.clone());
            if own.is_none() && !KNOWN_PLACEHOLDERS.contains(&mention.name.as_str()) {
                let message = format!("nothing says what `{}` is for", mention.name);
                let known = declared.keys().map(String::as_str).chain(KNOWN_PLACEHOLDERS.iter().copied());
                let finding =
                    Diagnostic::new(Code::PlaceholderUndeclared, &source.path, mention.span, message);
                found.push(finding.near(&mention.name, known).help(format!(
                    "add it at the top of the file:\nplaceholders:\n  {}: {{ label: What the reader sees, example: What could stand there }}",
                    mention.name
                )));
            }
            let mut placeholder = own.unwrap_or_else(|| Placeholder {
                name: mention.name.clone(),
                required: true,
                ..Placeholder::default()
            });
            if let Some(fallback) = self.fallback_in_text(&mention.name) {
                placeholder.fallback = Some(fallback);
                placeholder.required = false;
            }
            self.placeholders.push(placeholder);
        }
        for (name, (_, span)) in declared.iter().filter(|(name, _)| !names.contains(&name.as_str())) {
            let message = format!("`{name}` is named at the top and not used in the text");
            let finding = Diagnostic::new(Code::PlaceholderUnused, &source.path, *span, message);
            found.push(finding.help(format!("use it as `{{{{ {name} }}}}`, or remove it")));
        }
    }

    fn fallback_in_text(&self, wanted: &str) -> Option<String> {
        let pieces = self
            .paragraphs
            .iter()
            .flat_map(|paragraph| &paragraph.pieces.value)
            .chain(self.subject.iter().flat_map(|subject| &subject.value));
        pieces.into_iter().find_map(|piece| match piece {
            Piece::Gap { name, fallback: Some(fallback) } if name == wanted => Some(fallback.clone()),
            _ => None,
        })
    }
}

/// The paragraphs of a text, parted by empty lines, and the placeholders in them with their places in the file.
fn paragraphs(source: &Source, body: Span, found: &mut Vec<Diagnostic>) -> (Vec<Paragraph>, Vec<Mention>) {
    let mut paragraphs = Vec::new();
    let mut mentions = Vec::new();
    let mut start: Option<usize> = None;
    let mut offset = body.start;
    let text = source.slice(body);
    for line in text.split_inclusive('\n').chain([""]) {
        let blank = line.trim().is_empty();
        if let (true, Some(from)) = (blank, start) {
            let raw = source.slice(Span::new(from, offset)).trim_end();
            let (pieces, used) = message::pieces(raw, from, &source.path, found);
            let shifted = |mention: Mention| Mention { span: mention.span.shifted(from), ..mention };
            mentions.extend(used.into_iter().map(shifted));
            let span = Span::new(from, from + raw.len());
            let pieces = Located::new(tidy(pieces), Place::Span(span));
            paragraphs.push(Paragraph { moves: Vec::new(), pieces });
            start = None;
        } else if !blank && start.is_none() {
            start = Some(offset);
        }
        offset += line.len();
    }
    (paragraphs, mentions)
}

/// Line ends as they are sent: one character, no spaces before them.
fn tidy(pieces: Pieces) -> Pieces {
    let lines = |text: String| -> String {
        let ends_in_line_end = text.ends_with('\n');
        let mut lines: Vec<&str> = text.lines().collect();
        let last = lines.len().saturating_sub(1);
        for (number, line) in lines.iter_mut().enumerate() {
            *line = if number < last || ends_in_line_end { line.trim_end() } else { line };
        }
        lines.join("\n") + if ends_in_line_end { "\n" } else { "" }
    };
    pieces
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => Piece::Text(lines(text.replace(is_hidden, ""))),
            gap => gap,
        })
        .collect()
}

/// The placeholders that the front matter declares: a map, or a plain list of names.
fn declared(value: &Value<'_>) -> BTreeMap<String, (Placeholder, Span)> {
    let mut declared = BTreeMap::new();
    let mut add = |name: &str, span: Span, value: &Value<'_>, placeholder: Placeholder| {
        if message::is_name(name) {
            declared.insert(name.to_owned(), (placeholder, span));
        } else {
            let mut finding =
                value.finding(Code::PlaceholderEmpty, format!("`{name}` cannot name a placeholder"));
            finding.span = Some(span);
            value.report(finding.help("use small letters, digits and `_`, such as `thanks_detail`"));
        }
    };
    if !value.is_map() {
        for item in value.list() {
            if let Some(name) = item.text() {
                let placeholder =
                    Placeholder { name: name.clone(), required: true, ..Placeholder::default() };
                add(&name, item.span(), &item, placeholder);
            }
        }
        return declared;
    }
    let Some(map) = value.map() else { return declared };
    for (name, span, value) in map.entries() {
        add(name, span, &value, Placeholder::read(name, &value));
    }
    declared
}

impl Placeholder {
    fn read(name: &str, value: &Value<'_>) -> Placeholder {
        let mut placeholder = Placeholder { name: name.to_owned(), required: true, ..Placeholder::default() };
        if value.is_empty() {
            return placeholder;
        }
        if !value.is_map() {
            // `thanks_detail: One true detail` is what a person would write for the label alone.
            placeholder.label = value.text();
            return placeholder;
        }
        let Some(map) = value.map() else { return placeholder };
        let text = |key| map.get(key).and_then(|value| value.text());
        placeholder.label = text("label");
        placeholder.example = text("example").unwrap_or_default();
        placeholder.fallback = text("fallback");
        let required = map.get("required").and_then(|required| required.flag());
        placeholder.required = required.unwrap_or(placeholder.fallback.is_none());
        map.done();
        placeholder
    }
}
