//! Raw HTML, shown as text, and footnotes, which lead there and back.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::content::markdown::walk::Walk;
use crate::content::markdown::{Fragment, Hole};
use crate::diagnostic::Code;

/// Footnotes: numbers by first mention, texts as they are written.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) numbers: BTreeMap<String, usize>,
    pub(super) mentions: BTreeMap<String, usize>,
    pub(super) texts: BTreeMap<String, Fragment>,
    /// The page's text, set aside while a note is written.
    pub(super) set_aside: Option<(String, Fragment)>,
}

impl Walk<'_, '_, '_> {
    pub(super) fn html_block(&mut self, range: Range<usize>) {
        if self.writer.raw_html || is_comment(&self.text[range.clone()]) {
            return;
        }
        self.report_html(range);
    }

    pub(super) fn raw(&mut self, html: &str, range: &Range<usize>) {
        let inline = matches!(self.events[self.at - 1].0, Event::InlineHtml(_));
        let block = || {
            // The lines of a block come one by one; only the whole tells whether it is a comment.
            let start = self.events[..self.at]
                .iter()
                .rev()
                .find(|(event, _)| matches!(event, Event::Start(Tag::HtmlBlock)));
            start.is_some_and(|(_, whole)| is_comment(&self.text[whole.clone()]))
        };
        if self.writer.raw_html {
            return self.push(html);
        }
        if if inline { is_comment(html) } else { block() } {
            return;
        }
        // One word on a pair of tags is enough.
        if inline && !html.starts_with("</") {
            self.report_html(range.clone());
        }
        self.escape(html);
    }

    pub(super) fn report_html(&mut self, range: Range<usize>) {
        let finding = self.finding(Code::RawHtml, range, "HTML is shown as text");
        self.writer.found.push(finding.help("write it without `<` and `>`, or as Markdown; `raw_html: yes` in `content/site.yaml` allows HTML"));
    }

    pub(super) fn note_mention(&mut self, name: &str) {
        let next = self.notes.numbers.len() + 1;
        let number = *self.notes.numbers.entry(name.to_owned()).or_insert(next);
        let mentions = self.notes.mentions.entry(name.to_owned()).or_insert(0);
        *mentions += 1;
        let again = if *mentions > 1 { format!(".{mentions}") } else { String::new() };
        self.push(&format!(
            "<sup><a class=\"note-ref\" id=\"note.ref.{number}{again}\" href=\"#note.{number}\">{number}</a></sup>"
        ));
    }

    pub(super) fn finish_notes(&mut self) {
        let mut order: Vec<(usize, String)> =
            self.notes.numbers.iter().map(|(name, number)| (*number, name.clone())).collect();
        if order.is_empty() {
            return;
        }
        order.sort();
        self.push("<section class=\"notes\" aria-label=\"");
        self.hole(Hole::Word("body", "footnotes"));
        self.push("\">\n<ol>\n");
        for (number, name) in order {
            let mut note = self.notes.texts.remove(&name).unwrap_or_default();
            let trimmed = note.html.trim_end().trim_end_matches("</p>").len();
            let has_paragraph = trimmed < note.html.trim_end().len();
            note.html.truncate(trimmed);
            self.push(&format!("<li id=\"note.{number}\">"));
            self.append(note);
            self.push(&format!(" <a class=\"note-back\" href=\"#note.ref.{number}\" aria-label=\""));
            self.hole(Hole::Word("body", "back"));
            self.push("\">↩</a>");
            self.push(if has_paragraph { "</p></li>\n" } else { "</li>\n" });
        }
        self.push("</ol>\n</section>\n");
    }

    pub(super) fn append(&mut self, other: Fragment) {
        let offset = self.out.html.len();
        self.out.html.push_str(&other.html);
        self.out
            .holes
            .extend(other.holes.into_iter().map(|(at, hole)| (at.min(other.html.len()) + offset, hole)));
    }
}

fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.find("-->") == Some(html.len().saturating_sub(3))
}
