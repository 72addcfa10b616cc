//! What a kind reply does and does not: thanks first and luck last, one question at the most, no pressure, nothing
//! that may not be asked, and short enough for its channel.
//!
//! The rules are those of `docs/authoring.md`. They advise: each is a warning, which a guide may switch off.

use crate::config::Config;
use crate::content::message::{self, Pieces};
use crate::content::privacy;
use crate::content::reply::Reply;
use crate::content::rules::{RULES, phrases};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};

/// Checks a reply. `body` is where its text stands.
pub fn check(reply: &Reply, source: &Source, body: Span, config: &Config) -> Vec<Diagnostic> {
    let mut checker = Checker { reply, source, body, config, found: Vec::new() };
    checker.order();
    checker.questions();
    checker.pressure();
    checker.subject();
    checker.lengths();
    checker.found
}

struct Checker<'c> {
    reply: &'c Reply,
    source: &'c Source,
    body: Span,
    config: &'c Config,
    found: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn report(&mut self, code: Code, span: Span, message: impl Into<String>, help: &str) {
        self.found.push(Diagnostic::new(code, &self.source.path, span, message).help(help));
    }

    /// Thanks first and luck last, between the greeting and the sign-off. Only where the reply names its moves.
    fn order(&mut self) {
        let paragraphs = &self.reply.paragraphs;
        if paragraphs.iter().any(|paragraph| paragraph.moves.is_empty()) {
            return;
        }
        let moves: Vec<(&str, Span)> = paragraphs
            .iter()
            .flat_map(|paragraph| {
                paragraph.moves.iter().map(|name| (*name, paragraph.span(&self.source.text)))
            })
            .filter(|(name, _)| *name != "greeting" && *name != "sign-off")
            .collect();
        if let Some((first, span)) = moves.first().filter(|(first, _)| *first != "thanks") {
            let message = format!("this reply begins with `{first}`, not with thanks");
            self.report(
                Code::ReplyThanksFirst,
                *span,
                message,
                "thank them first, for the time and for one true thing, and change `moves` likewise",
            );
        }
        if let Some((last, span)) = moves.last().filter(|(last, _)| *last != "good-luck") {
            let message = format!("this reply ends with `{last}`, not with good wishes");
            self.report(
                Code::ReplyLuckLast,
                *span,
                message,
                "wish them luck last, since that is what they remember, and change `moves` likewise",
            );
        }
    }

    /// One question at the most; none where nothing may be asked; none about what is private.
    fn questions(&mut self) {
        let marks = self.question_marks();
        let silent = self
            .reply
            .reasons
            .iter()
            .find(|code| self.config.reason(&code.value).is_some_and(|reason| !reason.ask));
        if let (Some(code), Some(first)) = (silent, marks.first()) {
            let message = format!("a reply to the reason `{}` asks nothing", code.value);
            self.report(
                Code::ReplyQuestions,
                *first,
                message,
                "thank them and wish them well, without a question",
            );
        } else if let Some(second) = marks.get(1) {
            let message = format!("this reply asks {} questions", marks.len());
            self.report(Code::ReplyQuestions, *second, message, "keep one that is easy to skip");
        }
        for mark in marks {
            let sentence = self.sentence_before(mark);
            let asked = self.source.slice(sentence).to_lowercase().replace(['\n', '\r'], " ");
            if let Some((_, why)) =
                phrases(&RULES.forbidden).find(|(words, _)| has_words(&asked, words).is_some())
            {
                let message = format!("a reply does not ask this: {why}");
                self.report(
                    Code::ReplyQuestionForbidden,
                    sentence,
                    message,
                    "ask about the process, or ask nothing",
                );
            }
        }
    }

    /// The question marks of the text outside of placeholders; several in a row are one.
    fn question_marks(&self) -> Vec<Span> {
        let text = self.source.slice(self.body);
        let mut marks: Vec<Span> = Vec::new();
        let mut depth = 0_u32;
        let mut before = ' ';
        for (at, c) in text.char_indices() {
            match c {
                '{' if before == '{' => depth = 1,
                '}' if before == '}' => depth = 0,
                '?' | '？' | '؟' if depth == 0 && !"?？؟!".contains(before) && !in_address(&text[..at]) =>
                {
                    marks.push(Span::new(at, at + c.len_utf8()).shifted(self.body.start));
                }
                _ => {}
            }
            before = c;
        }
        marks
    }

    fn sentence_before(&self, mark: Span) -> Span {
        let before = &self.source.text[self.body.start..mark.start];
        let ends = |c: char| ".!?？؟".contains(c);
        let start =
            before.rfind(ends).map_or(0, |end| end + before[end..].chars().next().map_or(1, char::len_utf8));
        let spaces = before[start..].len() - before[start..].trim_start().len();
        Span::new(self.body.start + start + spaces, mark.end)
    }

    fn pressure(&mut self) {
        let text = self.source.slice(self.body).to_lowercase().replace(['\n', '\r'], " ");
        // Positions in the lower-case text are those of the file only where no letter changes its length.
        let same_places = text.len() == self.body.end - self.body.start;
        for (words, why) in phrases(&RULES.pressure) {
            if let Some(at) = has_words(&text, words) {
                let span = Span::new(at, at + words.len()).shifted(self.body.start);
                let span = if same_places { span.clamped(&self.source.text) } else { self.body };
                let message = format!("“{words}” has no place in a reply: {why}");
                self.report(Code::ReplyPressure, span, message, "leave it out");
            }
        }
    }

    /// The subject is the first that a candidate reads.
    fn subject(&mut self) {
        let Some(subject) = &self.reply.subject else { return };
        let span = subject.place.span(&self.source.text);
        let text = self.source.slice(span);
        let lower = text.to_lowercase();
        if let Some((words, why)) =
            phrases(&RULES.pressure).find(|(words, _)| has_words(&lower, words).is_some())
        {
            let message = format!("“{words}” has no place in a subject: {why}");
            self.report(Code::ReplyPressure, span, message, "leave it out");
        }
        self.found.extend(privacy::check(text, span.start, &self.source.path, &self.config.allow));
    }

    /// The text fits each channel with the examples in its gaps, and with the fallbacks too.
    fn lengths(&mut self) {
        let body = |fill: Fill| {
            let paragraphs =
                self.reply.paragraphs.iter().map(|own| self.reply.filled(&own.pieces.value, fill));
            paragraphs.collect::<Vec<_>>().join("\n\n")
        };
        let texts = [body(Fill::Examples), body(Fill::Fallbacks)];
        let mut strictest: Option<(usize, String)> = None;
        for channel in &self.reply.channels {
            let Some(limit) = self.config.limits.of_channel(channel) else { continue };
            for text in &texts {
                let (length, limit, unit) = measure(channel, text, limit);
                if length > limit && strictest.as_ref().is_none_or(|(known, _)| limit < *known) {
                    let message = format!(
                        "this reply has {length} {unit} once it is filled in; `{channel}` takes {limit}"
                    );
                    strictest = Some((limit, message));
                }
            }
        }
        if let Some((_, message)) = strictest {
            let first = self
                .reply
                .paragraphs
                .first()
                .map_or(self.body, |paragraph| paragraph.span(&self.source.text));
            self.report(Code::ReplyTooLong, first, message, "shorten it, or leave that channel out");
        }
        if self.reply.channels.contains(&"inmail")
            && let Some(subject) = &self.reply.subject
        {
            let length = self.reply.filled(&subject.value, Fill::Examples).chars().count();
            let most = RULES.inmail_subject;
            if length > most {
                let message = format!("this subject has {length} characters; an InMail takes {most}");
                let span = subject.place.span(&self.source.text);
                self.report(Code::ReplyTooLong, span, message, "shorten it");
            }
        }
    }
}

/// What stands in the gaps of a text while it is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// The examples, else the fallbacks.
    Examples,
    /// The fallbacks, else the examples.
    Fallbacks,
}

/// Examples for the placeholders that need no declaration: of usual length.
const EXAMPLES: &[(&str, &str)] = &[
    ("first_name", "Alexandra"),
    ("role_title", "data engineer"),
    ("company", "Harbour Lane"),
    ("my_name", "Robin"),
];

impl Reply {
    /// A text with something in each gap.
    pub fn filled(&self, pieces: &Pieces, fill: Fill) -> String {
        let gap = |name: &str| {
            let own = self.placeholder(name);
            let example = own.map(|own| own.example.clone()).filter(|example| !example.is_empty());
            let known =
                EXAMPLES.iter().find(|(known, _)| *known == name).map(|(_, example)| (*example).to_owned());
            let example = example.or(known);
            let fallback = own.and_then(|own| own.fallback.clone());
            let (first, second) =
                if fill == Fill::Examples { (example, fallback) } else { (fallback, example) };
            first.or(second).unwrap_or_else(|| crate::address::in_words(name))
        };
        message::text(pieces, |name, _| gap(name))
    }
}

/// The length of a text in a channel, what the channel takes, and in what it is counted: a text message with a letter
/// outside of GSM-7 takes less.
fn measure(channel: &str, text: &str, limit: usize) -> (usize, usize, &'static str) {
    if channel != "sms" {
        return (text.chars().count(), limit, "characters");
    }
    match gsm7_length(text) {
        Some(length) => (length, limit, "characters"),
        None => (
            text.encode_utf16().count(),
            limit * RULES.sms.ucs2 / RULES.sms.gsm7,
            "characters (a curly quote, a long dash or an emoji makes them count double)",
        ),
    }
}

/// The length of a text in GSM-7, if it can be written so.
fn gsm7_length(text: &str) -> Option<usize> {
    text.chars()
        .map(|c| match c {
            c if c.is_ascii_alphanumeric() || RULES.sms.letters.contains(c) => Some(1),
            c if RULES.sms.twice.contains(c) => Some(2),
            _ => None,
        })
        .sum()
}

/// Whether the text ends within an address, where a question mark asks nothing.
fn in_address(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
    word.contains("://") || word.starts_with("www.")
}

/// Where words stand in a text, as whole words.
fn has_words(text: &str, words: &str) -> Option<usize> {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(words).map(|(at, _)| at).find(|at| {
        !inside(text[..*at].chars().next_back()) && !inside(text[at + words.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_messages_are_counted_as_telephones_do() {
        assert_eq!(measure("sms", "Hi [there]", 160).0, 12);
        assert_eq!(measure("sms", "It’s", 160), (4, 70, measure("sms", "’", 160).2));
        assert_eq!(gsm7_length("Ünïcode"), None);
        assert_eq!(measure("email", "It’s", 160).0, 4);
    }

    #[test]
    fn words_are_whole() {
        assert_eq!(has_words("the mustard", "must"), None);
        assert_eq!(has_words("you must", "you must"), Some(0));
    }
}
