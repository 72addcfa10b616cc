//! Markdown to HTML, in one walk over the parser's events.
//!
//! In comes text, out come HTML with holes, and an outline: headings, links, images, words. The holes are filled while
//! a page is rendered, so that a page that moves does not change its neighbours. What a link leads to, and whether it
//! is there, is judged later, when the whole guide is known. Fenced components are kept as they stand.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd,
};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use crate::diagnostic::{Code, Diagnostic};
use crate::place::{Located, Place};
use crate::source::{Source, Span};

/// HTML with holes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fragment {
    /// The HTML around the holes.
    pub html: String,
    /// Where something is put in: the offset in `html`, in order, and what.
    pub holes: Vec<(usize, Hole)>,
}

/// What is put into a page while it is rendered. Numbers are places in the lists of the outline or the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hole {
    /// The start of a link.
    LinkStart(usize),
    /// The end of a link.
    LinkEnd(usize),
    /// An image.
    Image(usize),
    /// A word of the interface, by its group and key in the theme's strings.
    Word(&'static str, &'static str),
    /// A fenced component.
    Component(usize),
}

/// All that other pages may see of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Outline {
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// The links, in order.
    pub links: Vec<Located<Link>>,
    /// The images, in order.
    pub images: Vec<Located<Image>>,
    /// How many words there are to read.
    pub words: usize,
    /// The beginning of the first paragraph, as plain text.
    pub opening: String,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Heading {
    /// From 2 to 6: the title of the page is the only 1.
    pub level: u8,
    /// Its id on the page.
    pub id: String,
    /// Its text.
    pub title: String,
}

/// A link as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// What it leads to.
    pub target: Target,
    /// The title that was written behind the address; may be empty.
    pub title: String,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// Another site, a mail program, a telephone.
    Elsewhere(String),
    /// A file of the guide, and perhaps a heading in it.
    File {
        /// The file, its path joined from the folder of the page.
        path: crate::source::SitePath,
        /// A heading's id.
        part: Option<String>,
    },
    /// A heading of the same page.
    Here(String),
    /// Nothing that may be linked to; it was reported.
    Nothing,
}

/// An image as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Image {
    /// The file, if the address could be one.
    pub path: Option<crate::source::SitePath>,
    /// What it shows, in words; may be empty.
    pub alt: String,
    /// The title that was written behind the address; may be empty.
    pub title: String,
}

/// A fenced block whose name is that of a component, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// The name of the component.
    pub name: String,
    /// The line of the name.
    pub head: Span,
    /// The block's content in the file. None where it stands in a list or a quote.
    pub content: Option<Span>,
}

/// Where a text comes from.
#[derive(Clone, Copy, Debug)]
pub enum Origin {
    /// It stands in the file from this offset on.
    File(usize),
    /// It is a value in YAML.
    Value(Place),
}

/// How much of Markdown a text may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it: the body of a lesson or a page.
    Page,
    /// Paragraphs, lists, quotes and so on, but no headings, footnotes and components.
    Block,
    /// Only what stands in a line: emphasis, code, links.
    Line,
}

/// Turns texts of one file into HTML and gathers their outline.
pub struct Writer<'s> {
    source: &'s Source,
    raw_html: bool,
    components: &'s [&'static str],
    /// The outline of all texts written so far.
    pub outline: Outline,
    /// The components found so far; `Hole::Component` counts them.
    pub fences: Vec<Fence>,
    /// What was found wrong.
    pub found: Vec<Diagnostic>,
    ids: BTreeSet<String>,
}

impl<'s> Writer<'s> {
    /// A writer for a file. `components` are the names of fenced blocks that are not code.
    pub fn new(source: &'s Source, raw_html: bool, components: &'s [&'static str]) -> Writer<'s> {
        Writer {
            source,
            raw_html,
            components,
            outline: Outline::default(),
            fences: Vec::new(),
            found: Vec::new(),
            ids: BTreeSet::new(),
        }
    }

    /// Turns a text into HTML. `title` is the page's own title: a heading that only repeats it is left out.
    pub fn write(&mut self, text: &str, origin: Origin, extent: Extent, title: &str) -> Fragment {
        let mut options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM;
        if extent == Extent::Page {
            options |= Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES;
        }
        let events: Vec<(Event<'_>, Range<usize>)> =
            Parser::new_ext(text, options).into_offset_iter().collect();
        let mut walk = Walk {
            writer: self,
            text,
            origin,
            extent,
            title,
            events: &events,
            at: 0,
            out: Fragment::default(),
            open: Vec::new(),
            notes: Notes::default(),
            last_level: 1,
        };
        walk.run();
        walk.out
    }
}

/// One text being written.
struct Walk<'w, 's, 'e> {
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

/// Footnotes: numbers by first mention, texts as they are written.
#[derive(Default)]
struct Notes {
    numbers: BTreeMap<String, usize>,
    mentions: BTreeMap<String, usize>,
    texts: BTreeMap<String, Fragment>,
    /// The page's text, set aside while a note is written.
    set_aside: Option<(String, Fragment)>,
}

impl Walk<'_, '_, '_> {
    fn run(&mut self) {
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
        escape_html_body_text(&mut self.out.html, text).expect("writing to a String does not fail");
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

    // Blocks

    fn paragraph(&mut self) -> Open {
        if self.extent != Extent::Line && self.only_an_image() {
            self.block("<figure>");
            return Open::Paragraph("</figure>\n");
        }
        if self.writer.outline.opening.is_empty() && self.open.is_empty() && self.extent == Extent::Page {
            self.writer.outline.opening = shortened(&self.plain_text_ahead());
        }
        if matches!(self.open.last(), Some(Open::Item { .. })) && self.starts_with_task() {
            // The label is a paragraph by itself, and may not hold one.
            return Open::Paragraph("");
        }
        self.block("<p>");
        if self.extent == Extent::Line && !self.out.html.is_empty() {
            self.push(" ");
        }
        Open::Paragraph("</p>\n")
    }

    fn starts_with_task(&self) -> bool {
        matches!(self.events.get(self.at), Some((Event::TaskListMarker(_), _)))
    }

    fn quote(&mut self, kind: Option<BlockQuoteKind>) -> Open {
        let Some(kind) = kind else {
            self.block("<blockquote>\n");
            return Open::Quote { alert: false };
        };
        let (name, class) = match kind {
            BlockQuoteKind::Note => ("note", "alert"),
            BlockQuoteKind::Tip => ("tip", "alert"),
            BlockQuoteKind::Important => ("important", "alert"),
            BlockQuoteKind::Warning => ("warning", "alert warm"),
            BlockQuoteKind::Caution => ("caution", "alert warm"),
        };
        self.block(&format!("<div class=\"{class}\" role=\"note\">\n<p class=\"alert-title\">"));
        self.hole(Hole::Word("alerts", name));
        self.block("</p>\n");
        Open::Quote { alert: true }
    }

    fn list(&mut self, first: Option<u64>) -> Open {
        self.close_task_label();
        let tasks = self.events[self.at..]
            .iter()
            .take_while(|(event, _)| {
                matches!(event, Event::Start(Tag::Item | Tag::Paragraph) | Event::TaskListMarker(_))
            })
            .any(|(event, _)| matches!(event, Event::TaskListMarker(_)));
        match first {
            None if tasks => self.block("<ul class=\"tasks\">\n"),
            None => self.block("<ul>\n"),
            Some(1) => self.block("<ol>\n"),
            Some(first) => self.block(&format!("<ol start=\"{first}\">\n")),
        }
        Open::List { tasks }
    }

    fn task(&mut self, checked: bool) {
        let list_of_tasks = self.open.iter().rev().find_map(|open| match open {
            Open::List { tasks } => Some(*tasks),
            _ => None,
        });
        if list_of_tasks != Some(true) {
            // A task among plain items: shown as it was written.
            return self.push(if checked { "[x] " } else { "[ ] " });
        }
        if let Some(Open::Item { label }) =
            self.open.iter_mut().rev().find(|open| matches!(open, Open::Item { .. }))
        {
            *label = true;
        }
        let checked = if checked { " checked" } else { "" };
        self.block(&format!("<label class=\"pick\"><input type=\"checkbox\"{checked}> <span>"));
    }

    /// Ends the label of a task before another block begins in its item: a label holds only a line of text.
    fn close_task_label(&mut self) {
        if let Some(Open::Item { label }) = self.open.last_mut()
            && *label
        {
            *label = false;
            self.block("</span></label>\n");
        }
    }

    fn table_row(&mut self, in_head: bool) {
        if let Some(Open::Table { column, head, .. }) = self.open.last_mut() {
            (*column, *head) = (0, in_head);
        }
    }

    fn table_cell(&mut self) {
        let Some(Open::Table { alignments, column, head }) =
            self.open.iter_mut().rev().find(|open| matches!(open, Open::Table { .. }))
        else {
            return;
        };
        let class = match alignments.get(*column) {
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"end\"",
            _ => "",
        };
        *column += 1;
        let tag = if *head { "<th scope=\"col\"" } else { "<td" };
        self.block(&format!("{tag}{class}>"));
    }

    fn end_table_cell(&mut self) {
        let head = self.open.iter().rev().find_map(|open| match open {
            Open::Table { head, .. } => Some(*head),
            _ => None,
        });
        self.block(if head == Some(true) { "</th>" } else { "</td>" });
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.trim(),
            CodeBlockKind::Indented => "",
        };
        let name = info.split([' ', ',', '{', '\t']).next().unwrap_or("");
        let mut code = String::new();
        let mut content: Option<Range<usize>> = None;
        while let Some((event, part)) = self.events.get(self.at) {
            self.at += 1;
            match event {
                Event::Text(text) => {
                    code.push_str(text);
                    let start = content.as_ref().map_or(part.start, |content| content.start);
                    content = Some(start..part.end);
                }
                _ => break,
            }
        }
        if self.extent == Extent::Page && self.writer.components.contains(&name) {
            return self.component(name, range, content);
        }
        self.report_near_component(name, &range);
        self.count_words(&code);
        let language: String =
            name.chars().filter(|c| c.is_ascii_alphanumeric() || "+-_#.".contains(*c)).collect();
        self.block("<pre tabindex=\"0\">");
        if language.is_empty() {
            self.push("<code>");
        } else {
            self.push(&format!("<code class=\"language-{language}\">"));
        }
        self.escape(&code);
        self.push("</code>");
        self.block("</pre>\n");
    }

    fn component(&mut self, name: &str, range: Range<usize>, content: Option<Range<usize>>) {
        self.close_task_label();
        let Origin::File(offset) = self.origin else { return };
        let line = self.text[range.clone()].lines().next().map_or(0, |line| line.trim_end().len());
        let empty = range.start + line..range.start + line;
        let content = content.unwrap_or(empty);
        let number = self.writer.fences.len();
        self.writer.fences.push(Fence {
            name: name.to_owned(),
            head: Span::new(range.start, range.start + line).shifted(offset),
            content: self.open.is_empty().then(|| Span::new(content.start, content.end).shifted(offset)),
        });
        self.hole(Hole::Component(number));
        self.push("\n");
    }

    fn report_near_component(&mut self, name: &str, range: &Range<usize>) {
        let near = |known: &&&str| strsim::damerau_levenshtein(name, known) == 1;
        if self.extent != Extent::Page || name.len() < 4 {
            return;
        }
        if let Some(known) = self.writer.components.iter().find(near) {
            let finding =
                self.finding(Code::ComponentUnknown, range.clone(), format!("`{name}` is shown as code"));
            self.writer.found.push(finding.help(format!("did you mean `{known}`?")));
        }
    }

    fn heading(&mut self, level: HeadingLevel, range: Range<usize>) {
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
        self.heading_text();
        self.push(if linked { "</a>" } else { "" });
        self.push(&format!("</h{level}>\n"));
    }

    /// Writes the text of a heading up to its end, without the id that was chosen for it.
    fn heading_text(&mut self) {
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
    fn heading_as_text(&mut self) {
        self.block("<p>");
        self.push("<strong>");
        self.heading_text();
        self.push("</strong>");
        self.block("</p>\n");
    }

    fn skip_heading(&mut self) {
        while let Some((event, _)) = self.events.get(self.at) {
            self.at += 1;
            if matches!(event, Event::End(TagEnd::Heading(_))) {
                break;
            }
        }
    }

    fn contains_link(&self) -> bool {
        self.events[self.at..]
            .iter()
            .take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Heading(_))))
            .any(|(event, _)| matches!(event, Event::Start(Tag::Link { .. }) | Event::FootnoteReference(_)))
    }

    /// The id of a heading: chosen, or by the rule of GitHub, with a number where it stands already.
    fn heading_id(&mut self, title: &str, chosen: Option<String>, range: &Range<usize>) -> String {
        if let Some(chosen) = chosen {
            let valid =
                !chosen.is_empty() && chosen.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
            if valid && self.writer.ids.insert(chosen.clone()) {
                return chosen;
            }
            let (message, help) = if valid {
                (format!("the id `{chosen}` stands twice on this page"), "choose another for one of the two")
            } else {
                (format!("`{chosen}` cannot be an id"), "use letters, digits, `-` and `_`")
            };
            let finding = self.finding(Code::HeadingIdInvalid, range.clone(), message);
            self.writer.found.push(finding.help(help));
        }
        let base = heading_slug(title);
        let mut id = base.clone();
        let mut number = 0;
        while !self.writer.ids.insert(id.clone()) {
            number += 1;
            id = format!("{base}-{number}");
        }
        id
    }

    // Links and images

    fn link(&mut self, address: &str, title: &str, range: Range<usize>) -> usize {
        let address =
            if address.contains('@') && !address.contains(':') && self.text[range.clone()].starts_with('<') {
                format!("mailto:{address}")
            } else {
                address.to_owned()
            };
        let target = match self.target(&address) {
            Ok(target) => target,
            Err((code, message, help)) => {
                let finding = self.finding(code, range.clone(), message);
                self.writer.found.push(finding.help(help));
                Target::Nothing
            }
        };
        let number = self.writer.outline.links.len();
        let place = self.place(range);
        self.writer.outline.links.push(Located::new(Link { target, title: title.to_owned() }, place));
        self.hole(Hole::LinkStart(number));
        number
    }

    fn target(&self, address: &str) -> Result<Target, (Code, String, &'static str)> {
        if address.is_empty() {
            return Err((
                Code::LinkTargetMissing,
                "this link has no address".to_owned(),
                "write one between the brackets",
            ));
        }
        if let Some(part) = address.strip_prefix('#') {
            return Ok(Target::Here(decoded(part)));
        }
        if address.starts_with(['/', '\\']) {
            return Err((
                Code::LinkAbsolute,
                format!("`{address}` begins with `/`"),
                "write the way from this file to the other, such as `../offers/counter-offer.md`",
            ));
        }
        if let Some(scheme) = scheme(address) {
            if ["http", "https", "mailto", "tel"].contains(&scheme.as_str()) {
                return Ok(Target::Elsewhere(address.to_owned()));
            }
            return Err((
                Code::LinkUnsafe,
                format!("an address that begins with `{scheme}:` cannot be used"),
                "use `https:`, `mailto:`, `tel:` or the way to another file",
            ));
        }
        let (path, part) = address.split_once('#').map_or((address, None), |(path, part)| (path, Some(part)));
        match self.writer.source.path.join(&decoded(path)) {
            Some(path) => Ok(Target::File { path, part: part.filter(|part| !part.is_empty()).map(decoded) }),
            None => Err((
                Code::LinkTargetMissing,
                format!("`{address}` leads out of the guide"),
                "link to a file below `content/`",
            )),
        }
    }

    fn image(&mut self, address: &str, title: &str, range: Range<usize>) {
        let alt = self.plain_text_ahead().trim().to_owned();
        let mut depth = 0;
        while let Some((event, _)) = self.events.get(self.at) {
            self.at += 1;
            match event {
                Event::Start(_) => depth += 1,
                Event::End(TagEnd::Image) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        let found = match (scheme(address), address) {
            (Some(scheme), _) if scheme == "http" || scheme == "https" => Err((
                Code::ImageRemote,
                "this image lies on another site".to_owned(),
                "put the file beside the page and link to it there",
            )),
            (Some(scheme), _) => Err((
                Code::LinkUnsafe,
                format!("an image's address cannot begin with `{scheme}:`"),
                "put the file beside the page and link to it there",
            )),
            (None, address) if address.starts_with("//") => Err((
                Code::ImageRemote,
                "this image lies on another site".to_owned(),
                "put the file beside the page and link to it there",
            )),
            (None, address) => self.target(address),
        };
        let path = match found {
            Ok(Target::File { path, .. }) => Some(path),
            Ok(_) => {
                let finding =
                    self.finding(Code::ImageMissing, range.clone(), "this is not the address of an image");
                self.writer.found.push(finding.help("write the way to a picture, such as `funnel.png`"));
                None
            }
            Err((code, message, help)) => {
                let finding = self.finding(code, range.clone(), message);
                self.writer.found.push(finding.help(help));
                None
            }
        };
        if alt.is_empty() {
            let finding = self.finding(
                Code::ImageAltMissing,
                range.clone(),
                "this image has no words for those who cannot see it",
            );
            self.writer.found.push(
                finding
                    .help("say what it shows between the square brackets: `![what it shows](picture.png)`"),
            );
        }
        let number = self.writer.outline.images.len();
        let place = self.place(range);
        self.writer.outline.images.push(Located::new(Image { path, alt, title: title.to_owned() }, place));
        self.hole(Hole::Image(number));
    }

    // Raw HTML and footnotes

    fn html_block(&mut self, range: Range<usize>) {
        if self.writer.raw_html || is_comment(&self.text[range.clone()]) {
            return;
        }
        self.report_html(range);
    }

    fn raw(&mut self, html: &str, range: &Range<usize>) {
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

    fn report_html(&mut self, range: Range<usize>) {
        let finding = self.finding(Code::RawHtml, range, "HTML is shown as text");
        self.writer.found.push(finding.help("use Markdown, or set `raw_html: yes` in `content/site.yaml`"));
    }

    fn note_mention(&mut self, name: &str) {
        let next = self.notes.numbers.len() + 1;
        let number = *self.notes.numbers.entry(name.to_owned()).or_insert(next);
        let mentions = self.notes.mentions.entry(name.to_owned()).or_insert(0);
        *mentions += 1;
        let again = if *mentions > 1 { format!(".{mentions}") } else { String::new() };
        self.push(&format!(
            "<sup><a class=\"note-ref\" id=\"note.ref.{number}{again}\" href=\"#note.{number}\">{number}</a></sup>"
        ));
    }

    fn finish_notes(&mut self) {
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

    fn append(&mut self, other: Fragment) {
        let offset = self.out.html.len();
        self.out.html.push_str(&other.html);
        self.out
            .holes
            .extend(other.holes.into_iter().map(|(at, hole)| (at.min(other.html.len()) + offset, hole)));
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

/// The id of a heading by GitHub's rule: small letters, punctuation dropped, spaces to hyphens.
pub fn heading_slug(title: &str) -> String {
    let kept = title.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    let slug: String =
        kept.flat_map(|c| if c == ' ' { '-'.to_lowercase() } else { c.to_lowercase() }).collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// The scheme of an address, as a browser sees it: white space and control characters do not hide it.
pub fn scheme(address: &str) -> Option<String> {
    let seen: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let (scheme, _) = seen.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    valid.then(|| scheme.to_ascii_lowercase())
}

/// An address as it stands in an attribute.
pub fn escaped_address(address: &str) -> String {
    let mut escaped = String::with_capacity(address.len());
    escape_href(&mut escaped, address).expect("writing to a String does not fail");
    escaped
}

/// A text as it stands in an attribute or an element.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    escape_html(&mut escaped, text).expect("writing to a String does not fail");
    escaped
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
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

fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.find("-->") == Some(html.len().saturating_sub(3))
}

/// The first 160 characters, cut at a word: what a search engine shows of a description.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 160;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let cut: String = text.chars().take(LONGEST - 1).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{}…", cut.trim_end_matches([',', ';', ':', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;

    /// The HTML of a page with its holes in square brackets, and the codes of what was found.
    fn page(text: &str) -> (String, Vec<Code>) {
        let source = Source::new(SitePath::new("content/lessons/a/b.md"), text);
        let mut writer = Writer::new(&source, false, &["quiz", "breathe"]);
        let fragment = writer.write(&source.text, Origin::File(0), Extent::Page, "Title");
        let mut shown = String::new();
        let mut from = 0;
        for (at, hole) in &fragment.holes {
            shown.push_str(&fragment.html[from..*at]);
            shown.push_str(&match hole {
                Hole::LinkStart(n) => format!("[{:?}]", writer.outline.links[*n].value.target),
                Hole::LinkEnd(_) => "[end]".to_owned(),
                other => format!("[{other:?}]"),
            });
            from = *at;
        }
        shown.push_str(&fragment.html[from..]);
        (shown, writer.found.iter().map(|found| found.code).collect())
    }

    #[test]
    fn headings_have_ids_and_sound_levels() {
        let (html, found) =
            page("# Title\n\n## Ask *once* {#ask-once}\n\n#### Deep\n\n## A & B\n\n## A & B\n\n# Again\n");
        assert!(!html.contains("Title"), "{html}");
        assert!(
            html.contains(
                "<h2 id=\"ask-once\"><a class=\"anchor\" href=\"#ask-once\">Ask <em>once</em></a></h2>"
            ),
            "{html}"
        );
        assert!(
            html.contains("<h3 id=\"deep\">")
                && html.contains("id=\"a--b\"")
                && html.contains("id=\"a--b-1\""),
            "{html}"
        );
        assert!(html.contains("<h2 id=\"again\">"), "{html}");
        assert_eq!(found, [Code::HeadingSecondTitle]);
    }

    #[test]
    fn html_is_shown_as_text() {
        let (html, found) =
            page("<script>alert(1)</script>\n\nA <b onclick=x>b</b> <!-- note -->\n\n<!-- a\nb -->\n");
        assert!(!html.contains("<script") && !html.contains("<b ") && !html.contains("note"), "{html}");
        assert_eq!(found, [Code::RawHtml, Code::RawHtml]);
    }

    #[test]
    fn unsafe_addresses_are_found_however_they_are_written() {
        for address in
            ["javascript:alert(1)", "JaVaScRiPt:x", "java&#10;script:x", "data:text/html,x", "vbscript:x"]
        {
            let (html, found) = page(&format!("[a]({address})"));
            assert_eq!(found, [Code::LinkUnsafe], "{address}: {html}");
            assert!(html.contains("[Nothing]a[end]"), "{html}");
        }
        assert_eq!(page("[a](/b.md)").1, [Code::LinkAbsolute]);
        assert_eq!(page("[a](../../../../b.md)").1, [Code::LinkTargetMissing]);
        assert_eq!(page("![a](https://example.org/a.png)").1, [Code::ImageRemote]);
        assert_eq!(page("![](a.png)").1, [Code::ImageAltMissing]);
    }

    #[test]
    fn tasks_have_labels() {
        let (html, _) = page("- [ ] one\n- [x] two\n  - more\n");
        let expected = "<ul class=\"tasks\">\n<li><label class=\"pick\"><input type=\"checkbox\"> <span>one</span></label></li>\n\
            <li><label class=\"pick\"><input type=\"checkbox\" checked> <span>two</span></label>\n<ul>\n<li>more</li>\n</ul>\n</li>\n</ul>\n";
        assert_eq!(html, expected);
        let (loose, _) = page("- [ ] one\n\n- [x] two\n");
        assert!(!loose.contains("<p>"), "{loose}");
    }

    #[test]
    fn footnotes_lead_there_and_back() {
        let (html, _) = page("A[^x] and[^x].\n\n[^x]: The *note*.\n");
        assert!(
            html.contains("id=\"note.ref.1\" href=\"#note.1\"") && html.contains("id=\"note.ref.1.2\""),
            "{html}"
        );
        assert!(
            html.contains(
                "<li id=\"note.1\"><p>The <em>note</em>. <a class=\"note-back\" href=\"#note.ref.1\""
            ),
            "{html}"
        );
    }

    #[test]
    fn components_are_kept_and_near_names_reported() {
        let (html, found) = page("```quiz\nquestion: x\n```\n\n```quizz\nquestion: x\n```\n");
        assert!(html.contains("[Component(0)]") && html.contains("language-quizz"), "{html}");
        assert_eq!(found, [Code::ComponentUnknown]);
    }

    #[test]
    fn money_braces_and_brackets_stay() {
        let (html, _) = page("## Hi {first-name}\n\n$120k-$150k, [[name]], H~2~O, \"quotes\"\n");
        assert!(html.contains("Hi {first-name}</a>"), "{html}");
        assert!(html.contains("$120k-$150k, [[name]], H~2~O, \"quotes\""), "{html}");
    }

    #[test]
    fn tables_have_scopes() {
        let (html, _) = page("| a | b |\n| --- | ---: |\n| 1 | 2 |\n");
        assert!(html.contains("<th scope=\"col\">a</th><th scope=\"col\" class=\"end\">b</th>"), "{html}");
        assert!(html.contains("<td>1</td><td class=\"end\">2</td>"), "{html}");
    }
}
