//! The walk over the parser's events: what opens, what closes, and the text between.

mod blocks;
mod headings;
mod links;
mod notes;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};
use pulldown_cmark_escape::escape_html_body_text;

use crate::content::markdown::walk::notes::Notes;
use crate::content::markdown::{Extent, Fragment, Hole, Origin, Writer};
use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::source::{Span, first_hidden, is_hidden, turns_text};

/// One text being written.
pub(super) struct Walk<'w, 's, 'e> {
    writer: &'w mut Writer<'s>,
    text: &'e str,
    origin: Origin,
    extent: Extent,
    title: &'e str,
    events: &'e [(Event<'e>, Range<usize>)],
    at: usize,
    out: Fragment,
    /// What is open and needs to be known when it closes.
    open: Vec<Open>,
    notes: Notes,
    last_level: u8,
}

enum Open {
    Paragraph(&'static str),
    List { tasks: bool },
    Item { label: bool },
    Quote { alert: bool },
    Table { alignments: Vec<Alignment>, column: usize, head: bool },
    Link(usize),
    Other,
}

impl<'w, 's, 'e> Walk<'w, 's, 'e> {
    /// A walk over the events of a text.
    pub(super) fn new(
        writer: &'w mut Writer<'s>,
        text: &'e str,
        origin: Origin,
        extent: Extent,
        title: &'e str,
        events: &'e [(Event<'e>, Range<usize>)],
    ) -> Walk<'w, 's, 'e> {
        Walk {
            writer,
            text,
            origin,
            extent,
            title,
            events,
            at: 0,
            out: Fragment::default(),
            open: Vec::new(),
            notes: Notes::default(),
            last_level: 1,
        }
    }

    /// Writes the text.
    pub(super) fn run(mut self) -> Fragment {
        let events = self.events;
        while let Some((event, range)) = events.get(self.at) {
            self.at += 1;
            match event {
                Event::Start(tag) => self.start(tag, range.clone()),
                Event::End(tag) => self.end(*tag),
                Event::Text(text) => self.text(text),
                Event::Code(code) => {
                    self.count_words(code);
                    self.push("<code>");
                    self.escape(code);
                    self.push("</code>");
                }
                Event::SoftBreak => self.push("\n"),
                Event::HardBreak => self.push("<br>\n"),
                Event::Rule => self.block("<hr>\n"),
                Event::Html(html) => self.raw(html, range),
                Event::InlineHtml(html) => self.raw(html, range),
                Event::FootnoteReference(name) => self.note_mention(name),
                Event::TaskListMarker(checked) => self.task(*checked),
                Event::InlineMath(text) | Event::DisplayMath(text) => self.escape(text),
            }
        }
        self.finish_notes();
        self.out
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => return self.heading(*level, range),
            Tag::CodeBlock(kind) => return self.code_block(kind, range),
            Tag::Image { dest_url, title, .. } => return self.image(dest_url, title, range),
            Tag::HtmlBlock => {
                self.open.push(Open::Other);
                return self.html_block(range);
            }
            _ => {}
        }
        let open = match tag {
            Tag::Paragraph => self.paragraph(),
            Tag::BlockQuote(kind) => self.quote(*kind),
            Tag::List(first) => self.list(*first),
            Tag::Item => {
                self.block("<li>");
                Open::Item { label: false }
            }
            Tag::Table(alignments) => {
                self.block("<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"");
                self.hole(Hole::Word("body", "table"));
                self.block("\"><table>\n");
                Open::Table { alignments: alignments.clone(), column: 0, head: false }
            }
            Tag::TableHead => {
                self.table_row(true);
                self.block("<thead>\n<tr>");
                Open::Other
            }
            Tag::TableRow => {
                self.table_row(false);
                self.block("<tr>");
                Open::Other
            }
            Tag::TableCell => {
                self.table_cell();
                Open::Other
            }
            Tag::Emphasis => self.simple("<em>"),
            Tag::Strong => self.simple("<strong>"),
            Tag::Strikethrough => self.simple("<del>"),
            Tag::Link { dest_url, title, .. } => Open::Link(self.link(dest_url, title, range)),
            Tag::FootnoteDefinition(name) => {
                let page = std::mem::take(&mut self.out);
                self.notes.set_aside = Some((name.to_string(), page));
                Open::Other
            }
            _ => Open::Other,
        };
        self.open.push(open);
    }

    fn end(&mut self, tag: TagEnd) {
        if matches!(tag, TagEnd::Paragraph | TagEnd::Item) {
            self.writer.outline.ease.end();
        }
        let open = self.open.pop().unwrap_or(Open::Other);
        match (tag, open) {
            (TagEnd::Paragraph, Open::Paragraph(end)) => self.block(end),
            (TagEnd::BlockQuote(_), Open::Quote { alert }) => {
                self.block(if alert { "</div>\n" } else { "</blockquote>\n" });
            }
            (TagEnd::List(ordered), Open::List { .. }) => {
                self.block(if ordered { "</ol>\n" } else { "</ul>\n" })
            }
            (TagEnd::Item, Open::Item { label }) => {
                self.block(if label { "</span></label></li>\n" } else { "</li>\n" })
            }
            (TagEnd::Table, _) => self.block("</tbody></table></div>\n"),
            (TagEnd::TableHead, _) => self.block("</tr>\n</thead>\n<tbody>\n"),
            (TagEnd::TableRow, _) => self.block("</tr>\n"),
            (TagEnd::TableCell, _) => self.end_table_cell(),
            (TagEnd::Emphasis, _) => self.push("</em>"),
            (TagEnd::Strong, _) => self.push("</strong>"),
            (TagEnd::Strikethrough, _) => self.push("</del>"),
            (TagEnd::Link, Open::Link(number)) => self.hole(Hole::LinkEnd(number)),
            (TagEnd::FootnoteDefinition, _) => {
                if let Some((name, page)) = self.notes.set_aside.take() {
                    let note = std::mem::replace(&mut self.out, page);
                    self.notes.texts.entry(name).or_insert(note);
                }
            }
            _ => {}
        }
    }

    // Text

    fn push(&mut self, html: &str) {
        self.out.html.push_str(html);
    }

    /// Markup of a block, which a text of one line does not have.
    fn block(&mut self, html: &str) {
        if self.extent != Extent::Line {
            self.out.html.push_str(html);
        }
    }

    fn escape(&mut self, text: &str) {
        let safe = printable(text);
        escape_html_body_text(&mut self.out.html, &safe).expect("writing to a String does not fail");
    }

    fn hole(&mut self, hole: Hole) {
        let block = matches!(hole, Hole::Word(..) | Hole::Component(_));
        if !(block && self.extent == Extent::Line) {
            self.out.holes.push((self.out.html.len(), hole));
        }
    }

    fn simple(&mut self, html: &str) -> Open {
        self.push(html);
        Open::Other
    }

    fn text(&mut self, text: &str) {
        self.count_words(text);
        // What stands in a table or a component is no running text.
        let in_table = || self.open.iter().any(|open| matches!(open, Open::Table { .. }));
        if self.extent == Extent::Page && !in_table() {
            self.writer.outline.ease.text(text);
        }
        self.escape(text);
    }

    fn count_words(&mut self, text: &str) {
        let mut inside = false;
        for byte in text.bytes() {
            let space = byte.is_ascii_whitespace();
            self.writer.outline.words += usize::from(!space && !inside);
            inside = !space;
        }
    }

    /// Whether the next events are the whole content of a paragraph that holds one image and nothing else.
    fn only_an_image(&self) -> bool {
        let mut depth = 0;
        for (event, _) in &self.events[self.at..] {
            match event {
                Event::Start(Tag::Image { .. }) => depth += 1,
                Event::End(TagEnd::Image) => depth -= 1,
                Event::End(TagEnd::Paragraph) => return true,
                _ if depth == 0 => return false,
                _ => {}
            }
        }
        false
    }

    /// The plain text of the events up to the end of what was just opened.
    fn plain_text_ahead(&self) -> String {
        let mut text = String::new();
        let mut depth = 0;
        for (event, _) in &self.events[self.at..] {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                Event::Text(part) | Event::Code(part) => text.push_str(part),
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                _ => {}
            }
        }
        text
    }

    // Places

    fn place(&self, range: Range<usize>) -> Place {
        match self.origin {
            Origin::File(offset) => Place::Span(Span::new(range.start, range.end).shifted(offset)),
            Origin::Value(place) => place,
        }
    }

    fn finding(&self, code: Code, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        let end = range.start + self.text[range.clone()].trim_end().len();
        let span = self.place(range.start..end).span(&self.writer.source.text);
        Diagnostic::new(code, &self.writer.source.path, span, message)
    }
}

/// The text with a sign in place of each control character, which HTML cannot hold, and without those that turn its
/// direction.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    if first_hidden(text).is_none() {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().filter(|c| !turns_text(*c)).map(|c| if is_hidden(c) { '\u{fffd}' } else { c });
    Cow::Owned(shown.collect())
}
