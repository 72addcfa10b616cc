//! Blocks: paragraphs, quotes and alerts, lists and tasks, tables, code and components.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag};

use crate::content::markdown::walk::{Open, Walk, printable};
use crate::content::markdown::{Extent, Fence, Hole, Origin, TASK_LIST};
use crate::diagnostic::Code;
use crate::source::Span;

impl Walk<'_, '_, '_> {
    pub(super) fn paragraph(&mut self) -> Open {
        if self.extent != Extent::Line && self.only_an_image() {
            self.block("<figure>");
            return Open::Paragraph("</figure>\n");
        }
        if self.writer.outline.opening.is_empty() && self.open.is_empty() && self.extent == Extent::Page {
            self.writer.outline.opening = shortened(&printable(&self.plain_text_ahead()));
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

    pub(super) fn starts_with_task(&self) -> bool {
        matches!(self.events.get(self.at), Some((Event::TaskListMarker(_), _)))
    }

    pub(super) fn quote(&mut self, kind: Option<BlockQuoteKind>) -> Open {
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

    pub(super) fn list(&mut self, first: Option<u64>) -> Open {
        self.close_task_label();
        let tasks = self.events[self.at..]
            .iter()
            .take_while(|(event, _)| {
                matches!(event, Event::Start(Tag::Item | Tag::Paragraph) | Event::TaskListMarker(_))
            })
            .any(|(event, _)| matches!(event, Event::TaskListMarker(_)));
        match first {
            None if tasks => self.block(TASK_LIST),
            None => self.block("<ul>\n"),
            Some(1) => self.block("<ol>\n"),
            Some(first) => self.block(&format!("<ol start=\"{first}\">\n")),
        }
        Open::List { tasks }
    }

    pub(super) fn task(&mut self, checked: bool) {
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
    pub(super) fn close_task_label(&mut self) {
        if let Some(Open::Item { label }) = self.open.last_mut()
            && *label
        {
            *label = false;
            self.block("</span></label>\n");
        }
    }

    pub(super) fn table_row(&mut self, in_head: bool) {
        if let Some(Open::Table { column, head, .. }) = self.open.last_mut() {
            (*column, *head) = (0, in_head);
        }
    }

    pub(super) fn table_cell(&mut self) {
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

    pub(super) fn end_table_cell(&mut self) {
        let head = self.open.iter().rev().find_map(|open| match open {
            Open::Table { head, .. } => Some(*head),
            _ => None,
        });
        self.block(if head == Some(true) { "</th>" } else { "</td>" });
    }

    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>) {
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

    pub(super) fn component(&mut self, name: &str, range: Range<usize>, content: Option<Range<usize>>) {
        self.close_task_label();
        let Origin::File(offset) = self.origin else { return };
        let line = self.text[range.clone()].lines().next().map_or(0, |line| line.trim_end().len());
        let empty = range.start + line..range.start + line;
        let mut content = content.unwrap_or(empty);
        // A block that is moved in keeps its lines in step, so that they can be read as they stand.
        let line_start = self.text[..content.start].rfind('\n').map_or(0, |newline| newline + 1);
        if self.text[line_start..content.start].bytes().all(|byte| byte == b' ') {
            content.start = line_start;
        }
        if !self.text[range.clone()].trim_end().ends_with(['`', '~']) || range.len() <= line + 1 {
            let head = range.start..range.start + line;
            let finding =
                self.finding(Code::ComponentInvalid, head, format!("this `{name}` block has no end"));
            self.writer.found.push(finding.help("write three backticks below it, in a line of their own"));
            return;
        }
        let number = self.writer.fences.len();
        self.writer.fences.push(Fence {
            name: name.to_owned(),
            head: Span::new(range.start, range.start + line).shifted(offset),
            content: self.open.is_empty().then(|| Span::new(content.start, content.end).shifted(offset)),
        });
        self.hole(Hole::Component(number));
        self.push("\n");
    }

    pub(super) fn report_near_component(&mut self, name: &str, range: &Range<usize>) {
        let near = |known: &&&str| strsim::damerau_levenshtein(name, known) == 1;
        if self.extent != Extent::Page || name.len() < 4 {
            return;
        }
        if let Some(known) = self.writer.components.iter().find(near) {
            let finding = self.finding(
                Code::ComponentUnknown,
                range.clone(),
                format!("this block is shown as it stands: `{name}` is no block of the guide"),
            );
            self.writer.found.push(finding.help(format!("did you mean `{known}`?")));
        }
    }
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
