//! Headings: ids by GitHub's rule, levels that are never skipped.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use crate::content::markdown::walk::Walk;
use crate::content::markdown::{Extent, Heading};
use crate::diagnostic::Code;

impl Walk<'_, '_, '_> {
    pub(super) fn heading(&mut self, level: HeadingLevel, range: Range<usize>) {
        let written = self.plain_text_ahead();
        let (title, chosen) = split_id(&written);
        let title = title.to_owned();
        let chosen = chosen.map(str::to_owned);
        if self.extent != Extent::Page {
            return self.heading_as_text();
        }
        if level == HeadingLevel::H1 {
            if title.trim() == self.title && self.out.html.is_empty() {
                return self.skip_heading();
            }
            let finding = self.finding(
                Code::HeadingSecondTitle,
                range.clone(),
                format!("`# {}` would be a second title of the page", title.trim()),
            );
            self.writer.found.push(finding.help("begin it with `##`; it is shown so now"));
        }
        self.close_task_label();
        // Levels are never skipped, whatever was written: readers who hear the page go by them.
        let level = (level as u8).clamp(2, self.last_level + 1);
        self.last_level = level;
        let id = self.heading_id(&title, chosen, &range);
        let linked = !self.contains_link();
        self.push(&format!("<h{level} id=\"{id}\">"));
        if linked {
            self.push(&format!("<a class=\"anchor\" href=\"#{id}\">"));
        }
        let title = title.trim().to_owned();
        self.writer.outline.headings.push(Heading { level, id, title });
        let ease = self.writer.outline.ease;
        self.heading_text();
        self.writer.outline.ease = ease;
        self.push(if linked { "</a>" } else { "" });
        self.push(&format!("</h{level}>\n"));
    }

    /// Writes the text of a heading up to its end, without the id that was chosen for it.
    pub(super) fn heading_text(&mut self) {
        let start = self.out.html.len();
        let events = self.events;
        while let Some((event, range)) = events.get(self.at) {
            self.at += 1;
            match event {
                Event::End(TagEnd::Heading(_)) => break,
                Event::Start(tag) => self.start(tag, range.clone()),
                Event::End(tag) => self.end(*tag),
                Event::Text(text) => self.text(text),
                Event::Code(code) => {
                    self.push("<code>");
                    self.text(code);
                    self.push("</code>");
                }
                Event::SoftBreak | Event::HardBreak => self.push(" "),
                Event::InlineHtml(html) => self.raw(html, range),
                Event::FootnoteReference(name) => self.note_mention(name),
                _ => {}
            }
        }
        let written = &self.out.html[start..];
        let kept = split_id(written).0.trim_end().len();
        self.out.html.truncate(start + kept);
    }

    /// A heading where none may be: a paragraph in bold.
    pub(super) fn heading_as_text(&mut self) {
        self.block("<p>");
        self.push("<strong>");
        self.heading_text();
        self.push("</strong>");
        self.block("</p>\n");
    }

    pub(super) fn skip_heading(&mut self) {
        while let Some((event, _)) = self.events.get(self.at) {
            self.at += 1;
            if matches!(event, Event::End(TagEnd::Heading(_))) {
                break;
            }
        }
    }

    pub(super) fn contains_link(&self) -> bool {
        self.events[self.at..]
            .iter()
            .take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Heading(_))))
            .any(|(event, _)| matches!(event, Event::Start(Tag::Link { .. }) | Event::FootnoteReference(_)))
    }

    /// The id of a heading: chosen, or by the rule of GitHub, with a number where it stands already.
    pub(super) fn heading_id(&mut self, title: &str, chosen: Option<String>, range: &Range<usize>) -> String {
        if let Some(chosen) = chosen {
            let valid =
                !chosen.is_empty() && chosen.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
            if valid && self.writer.ids.insert(chosen.clone()) {
                return chosen;
            }
            let (message, help) = if valid {
                (
                    format!("two headings of this page are called `{chosen}`"),
                    "choose another name between the braces for one of the two",
                )
            } else {
                (
                    format!("`{chosen}` cannot name a heading"),
                    "use letters, digits, `-` and `_`, such as `{#ask-once}`",
                )
            };
            let finding = self.finding(Code::HeadingIdInvalid, range.clone(), message);
            self.writer.found.push(finding.help(help));
        }
        let base = heading_slug(title);
        let mut id = base.clone();
        let mut number = self.writer.wished.get(&base).copied().unwrap_or(0);
        if number > 0 {
            id = format!("{base}-{number}");
        }
        while !self.writer.ids.insert(id.clone()) {
            number += 1;
            id = format!("{base}-{number}");
        }
        self.writer.wished.insert(base, number + 1);
        id
    }
}

/// The id of a heading by GitHub's rule: small letters, punctuation dropped, spaces to hyphens.
fn heading_slug(title: &str) -> String {
    let kept =
        title.trim().chars().filter(|c| c.is_alphanumeric() || is_mark(*c) || matches!(c, ' ' | '-' | '_'));
    let slug: String =
        kept.flat_map(|c| if c == ' ' { '-'.to_lowercase() } else { c.to_lowercase() }).collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// Splits `Title {#id}` into the title and the id.
fn split_id(heading: &str) -> (&str, Option<&str>) {
    let trimmed = heading.trim_end();
    let inside = trimmed.strip_suffix('}').and_then(|rest| rest.rsplit_once("{#"));
    match inside {
        Some((title, id)) if !id.contains(['{', '}']) => (title, Some(id)),
        _ => (heading, None),
    }
}

/// Whether a character is a mark on the letter before it, as accents and the vowels of many scripts are. Only the blocks
/// that hold marks which do not count as letters.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{93c}' | '\u{94d}' | '\u{9bc}' | '\u{9cd}' | '\u{a3c}' | '\u{a4d}' | '\u{abc}' | '\u{acd}' | '\u{b4d}' | '\u{bcd}'
        | '\u{c4d}' | '\u{ccd}' | '\u{d4d}' | '\u{dca}' | '\u{e38}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{3099}' | '\u{309a}')
}
