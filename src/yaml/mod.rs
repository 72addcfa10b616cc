//! YAML, read once and well: the only user of the YAML crates.
//!
//! In comes a block of text (a file, a file's front matter, a fenced component), out come values that report what is
//! wrong with themselves: unknown, missing, empty and duplicate keys, wrong types, each with its own place. What the
//! values mean is left to the callers.
//!
//! `serde_yaml` does the parsing; it gives no places for values that parsed well, so a second parser that keeps marks
//! runs over the block, but only once something has to be pointed at.

mod marks;
mod node;
mod repair;

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

use serde::Serialize;

use crate::diagnostic::{Code, Diagnostic, is_near};
use crate::source::{Lines, Source, Span, turns_text};
use crate::yaml::marks::Marks;
use crate::yaml::node::{Entry, Kind, Node, Number, read};
use crate::yaml::repair::failure;

pub use marks::span_of;
pub use repair::quoted;

/// A block of YAML that could be read.
pub struct Document {
    source: Source,
    block: Span,
    root: Node,
    marks: OnceCell<Marks>,
    found: RefCell<Vec<Diagnostic>>,
}

impl Document {
    /// Reads a block of a source. If it cannot be read, that is the only finding.
    pub fn parse(source: &Source, block: Span) -> Result<Document, Box<Diagnostic>> {
        let text = source.slice(block);
        let mut root = match read(text) {
            Ok(root) => root,
            Err(error) => return Err(Box::new(failure(source, block, &error))),
        };
        root.number(&mut 0);
        let document = Document {
            source: source.clone(),
            block,
            root,
            marks: OnceCell::new(),
            found: RefCell::new(Vec::new()),
        };
        if text.contains(" #") {
            document.report_cut_values();
        }
        if text.contains(" &") {
            document.report_anchors();
        }
        Ok(document)
    }

    /// The value that the block holds.
    pub fn root(&self) -> Value<'_> {
        Value { document: self, node: &self.root, name: "" }
    }

    /// Everything that was found while the values were read.
    pub fn finish(self) -> Vec<Diagnostic> {
        self.found.into_inner()
    }

    fn marks(&self) -> &Marks {
        self.marks.get_or_init(|| Marks::of(self.source.slice(self.block)))
    }

    fn span(&self, id: u32) -> Span {
        self.marks().span(id).shifted(self.block.start)
    }

    fn report(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    /// A value that begins with `&` loses its first word, which YAML takes for the name of the value. Nobody means that,
    /// unless the name is used further down.
    fn report_anchors(&self) {
        let text = self.source.slice(self.block);
        for (at, _) in text.match_indices(" &") {
            let before = text[..at].trim_end_matches(' ');
            let word: String =
                text[at + 2..].chars().take_while(|c| !c.is_whitespace() && !",[]{}".contains(*c)).collect();
            if !before.ends_with([':', '-', ',', '['])
                || word.is_empty()
                || text.contains(&format!("*{word}"))
            {
                continue;
            }
            let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
            let value = text[at + 1..end].trim();
            let span = Span::new(at + 1, at + 1 + value.len()).shifted(self.block.start);
            // Within quotes or a text of several lines it is no more than a sign.
            if self.marks().scalars.iter().any(|(scalar, _)| scalar.start <= at && at < scalar.end) {
                continue;
            }
            let message = format!("`&{word}` at the start of a value means something else in YAML");
            let finding = Diagnostic::new(Code::YamlInvalid, &self.source.path, span, message);
            self.report(finding.help(format!("put quotes around the value: {}", quoted(value))));
        }
    }

    /// Warns where ` #` cuts a value off. A comment has a space behind the mark, so `see #2` is told from `2 # two`.
    fn report_cut_values(&self) {
        let text = self.source.slice(self.block);
        for (span, plain) in &self.marks().scalars {
            let rest = text[span.end..].trim_start_matches([' ', '\t']);
            let comment =
                rest.strip_prefix('#').filter(|after| !after.starts_with([' ', '\t', '\r', '\n', '#', '!']));
            let Some(comment) = comment.filter(|after| *plain && !after.is_empty()) else { continue };
            let start = text.len() - comment.len() - 1;
            let end = start + text[start..].find(['\n', '\r', ',', '}', ']']).unwrap_or(text.len() - start);
            let cut = &text[start..end];
            let kept = text[span.start..span.end].trim();
            let whole = if kept.is_empty() { cut.to_owned() } else { format!("{kept} {cut}") };
            self.report(
                Diagnostic::new(
                    Code::ValueCut,
                    &self.source.path,
                    Span::new(start, end).shifted(self.block.start),
                    format!("`{cut}` is left out: ` #` begins a remark that is not shown"),
                )
                .help(format!("put quotes around it: {}", quoted(&whole))),
            );
        }
    }
}

/// A value of a document.
#[derive(Clone, Copy)]
pub struct Value<'d> {
    document: &'d Document,
    node: &'d Node,
    /// The key that it belongs to, for messages.
    name: &'d str,
}

impl<'d> Value<'d> {
    /// Where the value stands: its block and its number in it. `span_of` finds the place again.
    pub fn mark(&self) -> (Span, u32) {
        (self.document.block, self.node.id)
    }

    /// Where the value stands.
    pub fn span(&self) -> Span {
        self.document.span(self.node.id)
    }

    /// Where the value and all below it stand: a map or a list begins at its first key or item.
    pub fn whole_span(&self) -> Span {
        fn last(node: &Node) -> u32 {
            match &node.kind {
                Kind::List(items) => items.last().map_or(node.id, last),
                Kind::Map(entries) => entries.last().map_or(node.id, |entry| last(&entry.value)),
                _ => node.id,
            }
        }
        let span = self.span();
        Span::new(span.start, self.document.span(last(self.node)).end.max(span.end))
    }

    /// The key that it belongs to; empty in a list of its own.
    pub fn name(&self) -> &'d str {
        self.name
    }

    /// The file that it stands in.
    pub fn source(&self) -> &'d Source {
        &self.document.source
    }

    /// A finding at this value, not yet reported.
    pub fn finding(&self, code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, &self.document.source.path, self.whole_span(), message)
    }

    /// Reports a finding.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.document.report(diagnostic);
    }

    /// Whether nothing stands there.
    pub fn is_empty(&self) -> bool {
        matches!(self.node.kind, Kind::Null)
    }

    /// Whether it is a map of keys.
    pub fn is_map(&self) -> bool {
        matches!(self.node.kind, Kind::Map(_))
    }

    /// A text with at least one visible character, trimmed. Numbers and dates count as the text that was written.
    pub fn text(&self) -> Option<String> {
        let text = match &self.node.kind {
            Kind::Text(text) => text.trim().to_owned(),
            Kind::Number(_) | Kind::Bool(_) => self.written().trim().to_owned(),
            Kind::Null => String::new(),
            Kind::List(_) | Kind::Map(_) => {
                self.wrong("a text", "\"some words\"");
                return None;
            }
        };
        if text.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c)) {
            self.report_empty();
            return None;
        }
        Some(self.without_invisible(text))
    }

    /// The text without characters that nobody sees and that turn or hide what stands around them; they are reported.
    fn without_invisible(&self, text: String) -> String {
        let hides = |c: char| is_invisible(c) || c.is_control() && !matches!(c, '\n' | '\t');
        let Some(first) = text.chars().find(|c| hides(*c)) else { return text };
        let name = if self.name.is_empty() { "this".to_owned() } else { format!("`{}`", self.name) };
        let message =
            format!("{name} holds an invisible character (U+{:04X}), which is left out", u32::from(first));
        self.report(
            self.finding(Code::CharacterInvisible, message).help("type the text anew, without copying it"),
        );
        text.chars().filter(|c| !hides(*c)).collect()
    }

    /// `true` or `false`, also written `yes` or `no`.
    pub fn flag(&self) -> Option<bool> {
        match &self.node.kind {
            Kind::Bool(flag) => Some(*flag),
            Kind::Text(text) if ["yes", "on"].contains(&text.to_lowercase().as_str()) => Some(true),
            Kind::Text(text) if ["no", "off"].contains(&text.to_lowercase().as_str()) => Some(false),
            Kind::Null => {
                self.report_empty();
                None
            }
            _ => {
                self.wrong("`yes` or `no`", "yes");
                None
            }
        }
    }

    /// A whole number in a range.
    pub fn number(&self, range: RangeInclusive<i64>) -> Option<i64> {
        let whole = match &self.node.kind {
            Kind::Number(Number::Whole(number)) => Some(*number),
            // A number in quotes is meant as one.
            Kind::Text(text) => text.trim().parse().ok(),
            _ => None,
        };
        match self.node.kind {
            _ if whole.is_some_and(|number| range.contains(&number)) => whole,
            Kind::Null => {
                self.report_empty();
                None
            }
            _ => {
                let (least, most) = (range.start(), range.end());
                // The range of an order is too wide to be of interest.
                let bounds = if *most > 10_000 { String::new() } else { format!(" from {least} to {most}") };
                self.wrong(&format!("a whole number{bounds}"), &(*least).max(1).to_string());
                None
            }
        }
    }

    /// The values of a list; a single value counts as a list of one, nothing as an empty one.
    pub fn list(&self) -> Vec<Value<'d>> {
        match &self.node.kind {
            Kind::List(items) => items.iter().map(|node| Value { node, ..*self }).collect(),
            Kind::Null => {
                self.report_empty();
                Vec::new()
            }
            _ => vec![*self],
        }
    }

    /// The values of a list of single words. Words with commas between them want brackets around them.
    pub fn words(&self) -> Vec<Value<'d>> {
        if let Kind::Text(text) = &self.node.kind
            && let Some(first) = text.strip_prefix('-')
        {
            let first = first.split_whitespace().next().unwrap_or("");
            self.report(
                self.finding(Code::ValueWrong, "a space is missing behind the dash")
                    .help(format!("write each line of the list as in `- {first}`")),
            );
            return Vec::new();
        }
        if let Kind::Text(text) = &self.node.kind
            && text.contains([',', ';'])
        {
            let words: Vec<&str> =
                text.split([',', ';']).map(str::trim).filter(|word| !word.is_empty()).collect();
            let finding = self
                .finding(Code::ValueWrong, format!("`{}` names several things without brackets", self.name));
            self.report(finding.help(format!("write `{}: [{}]`", self.name, words.join(", "))));
            return Vec::new();
        }
        self.list()
    }

    /// The texts of a list.
    pub fn texts(&self) -> Vec<String> {
        self.list().iter().filter_map(Value::text).collect()
    }

    /// One of a few words; the others are reported with the words that are known.
    pub fn one_of(&self, words: &[&'static str]) -> Option<&'static str> {
        let text = self.text()?;
        let found = words.iter().copied().find(|word| *word == text.to_lowercase());
        if found.is_none() {
            let finding = self
                .finding(Code::ValueWrong, format!("`{}` cannot be `{text}`", self.name))
                .near(&text, words.iter().copied())
                .help(format!("write one of: {}", words.join(", ")));
            self.report(finding);
        }
        found
    }

    /// The keys and values of a map. Duplicate keys are reported, at the second one.
    pub fn map(&self) -> Option<Map<'d>> {
        let Kind::Map(entries) = &self.node.kind else {
            if self.is_empty() && !self.name.is_empty() {
                self.report_empty();
            } else {
                self.report_no_keys();
            }
            return None;
        };
        let lines = OnceCell::new();
        let mut first: HashMap<&str, u32> = HashMap::with_capacity(entries.len());
        for entry in entries {
            let Some(first) = first.insert(&entry.key, entry.id) else { continue };
            let lines = lines.get_or_init(|| Lines::of(&self.document.source.text));
            let line = lines.position(self.document.span(first).start).line;
            let span = self.document.span(entry.id);
            let message = format!("`{}` stands here a second time", entry.key);
            self.report(
                Diagnostic::new(Code::KeyDuplicate, &self.document.source.path, span, message)
                    .help(format!("keep one of the two; the other is in line {line}")),
            );
        }
        Some(Map { value: *self, entries, asked: RefCell::new(Vec::new()) })
    }

    /// The text of the value as it stands in the file.
    fn written(&self) -> &'d str {
        self.document.source.slice(self.span())
    }

    fn report_empty(&self) {
        // Where ` #` has cut the value off, that has been said.
        let end = self.span().end;
        let found = self.document.found.borrow();
        let cut =
            |finding: &Diagnostic| finding.span.is_some_and(|span| (end..end + 3).contains(&span.start));
        if found.iter().any(|finding| finding.code == Code::ValueCut && cut(finding)) {
            return;
        }
        drop(found);
        let what = if self.name.is_empty() { "the value".to_owned() } else { format!("`{}`", self.name) };
        let finding = self.finding(Code::ValueEmpty, format!("{what} is empty"));
        self.report(finding.help("write a value, or leave the key out"));
    }

    /// Reports a value of the wrong kind, and how it should look.
    fn wrong(&self, expected: &str, example: &str) {
        let name = if self.name.is_empty() { "this".to_owned() } else { format!("`{}`", self.name) };
        let found = match &self.node.kind {
            Kind::Null => "nothing".to_owned(),
            Kind::Bool(_) | Kind::Number(_) => format!("`{}`", self.written().trim()),
            Kind::Text(text) => {
                let line = text.lines().next().unwrap_or("");
                let short: String = line.chars().take(40).collect();
                let dots = if short.len() < text.len() { "…" } else { "" };
                format!("the text `{short}{dots}`")
            }
            Kind::List(_) => "a list".to_owned(),
            Kind::Map(_) => "keys and values".to_owned(),
        };
        let finding = self.finding(Code::ValueWrong, format!("{name} should be {expected}, found {found}"));
        self.report(match self.name {
            "" => finding.help(format!("write {example}")),
            name => finding.help(format!("write it as in `{name}: {example}`")),
        });
    }

    /// A text where lines with keys should be: mostly the space behind a colon is missing.
    fn report_no_keys(&self) {
        if let Kind::Text(text) = &self.node.kind
            && let Some((key, value)) = text.lines().next().and_then(|line| line.split_once(':'))
            && !key.is_empty()
            && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && !value.starts_with(' ')
        {
            let finding = self.finding(Code::ValueWrong, "a space is missing behind the colon");
            return self.report(finding.help(format!("write `{key}: {}`", value.trim())));
        }
        let name = if self.name.is_empty() { "this".to_owned() } else { format!("`{}`", self.name) };
        let finding =
            self.finding(Code::ValueWrong, format!("{name} should be lines with a key, a colon and a value"));
        self.report(finding.help("write lines such as `title: A title`"));
    }
}

impl Value<'_> {
    /// The value as plain data, texts as they were written, for what is only handed on.
    pub fn plain(&self) -> Plain {
        match &self.node.kind {
            Kind::List(_) => Plain::List(self.list().iter().map(Value::plain).collect()),
            Kind::Map(entries) => {
                let plain =
                    |entry: &Entry| (entry.key.clone(), Value { node: &entry.value, ..*self }.plain());
                Plain::Map(entries.iter().map(plain).collect())
            }
            Kind::Text(text) => Plain::Text(text.clone()),
            Kind::Null => Plain::Text(String::new()),
            Kind::Bool(_) | Kind::Number(_) => Plain::Text(self.written().trim().to_owned()),
        }
    }
}

/// Plain data: texts, lists and maps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Plain {
    /// A text, or a number as it was written.
    Text(String),
    /// A list.
    List(Vec<Plain>),
    /// Keys and values.
    Map(BTreeMap<String, Plain>),
}

/// Whether a character takes no place and can be seen by nobody.
fn is_invisible(c: char) -> bool {
    turns_text(c) || matches!(c, '\u{feff}' | '\u{200b}')
}

/// The keys and values of a map. Ask for every key that is known, then call `done`.
pub struct Map<'d> {
    value: Value<'d>,
    entries: &'d [Entry],
    asked: RefCell<Vec<&'static str>>,
}

impl<'d> Map<'d> {
    /// The value of a key that may be left out.
    pub fn get(&self, key: &'static str) -> Option<Value<'d>> {
        self.asked.borrow_mut().push(key);
        self.entries.iter().find(|entry| entry.key == key).map(|entry| self.entry_value(entry))
    }

    /// The value of a key that must be there.
    pub fn required(&self, key: &'static str) -> Option<Value<'d>> {
        let value = self.get(key);
        // A key that is only misspelt is reported as such, not as missing too.
        let misspelt = || self.entries.iter().any(|entry| is_near(&entry.key, key));
        if value.is_none() && !misspelt() {
            let start = self.value.span().start;
            let finding = Diagnostic::new(
                Code::KeyMissing,
                &self.value.document.source.path,
                Span::new(start, start),
                format!("`{key}` is missing"),
            );
            self.value.report(finding.help(format!("add a line such as `{key}: …`")));
        }
        value
    }

    /// All keys and values, for maps whose keys are the author's own. The key comes as a value too.
    pub fn entries(&self) -> impl Iterator<Item = (&'d str, Span, Value<'d>)> {
        self.entries.iter().map(move |entry| {
            (entry.key.as_str(), self.value.document.span(entry.id), self.entry_value(entry))
        })
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no keys.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The map itself, as a value.
    pub fn value(&self) -> Value<'d> {
        self.value
    }

    /// Reports every key that nobody asked for.
    pub fn done(self) {
        let asked = self.asked.borrow();
        for entry in self.entries.iter().filter(|entry| !asked.contains(&entry.key.as_str())) {
            let finding = Diagnostic::new(
                Code::KeyUnknown,
                &self.value.document.source.path,
                self.value.document.span(entry.id),
                format!("unknown key `{}`", entry.key),
            );
            let finding = finding.near(&entry.key, asked.iter().copied());
            let finding = if let Some(whole) = self.cut_by_comma(entry) {
                let message =
                    format!("inside `{{ }}` a comma ends the value: `{}` is read as a key", entry.key);
                Diagnostic {
                    message,
                    help: vec![format!("put quotes around the whole value: {whole}")],
                    ..finding
                }
            } else if finding.help.is_empty() {
                finding.help(format!("known keys here: {}", asked.join(", ")))
            } else {
                finding
            };
            self.value.report(finding);
        }
    }

    /// What an author meant who wrote `{ end: Thank them, and wish them luck }`: the words behind the comma belong to
    /// the value before it. Gives that key and value as they should be.
    fn cut_by_comma(&self, entry: &Entry) -> Option<String> {
        let document = self.value.document;
        let text: &str = &document.source.text;
        let key = document.span(entry.id);
        let is_cut = matches!(entry.value.kind, Kind::Null) && text[..key.start].trim_end().ends_with(',');
        let place = self.entries.iter().position(|other| other.id == entry.id).filter(|_| is_cut)?;
        let owner =
            self.entries[..place].iter().rev().find(|other| !matches!(other.value.kind, Kind::Null))?;
        let start = document.span(owner.value.id).start;
        let behind = self.entries[place..].iter().take_while(|other| matches!(other.value.kind, Kind::Null));
        let end = behind.last().map_or(key.end, |last| document.span(last.id).end);
        Some(format!("{}: {}", owner.key, quoted(text.get(start..end)?)))
    }

    fn entry_value(&self, entry: &'d Entry) -> Value<'d> {
        Value { document: self.value.document, node: &entry.value, name: &entry.key }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SitePath, position};

    fn source(text: &str) -> Source {
        Source::new(SitePath::new("content/glossary.yaml"), text)
    }

    fn findings(text: &str, read: impl Fn(Value<'_>)) -> Vec<(Code, usize, usize)> {
        let source = source(text);
        let found = match Document::parse(&source, source.whole()) {
            Ok(document) => {
                read(document.root());
                document.finish()
            }
            Err(found) => vec![*found],
        };
        found
            .into_iter()
            .map(|finding| {
                let at = position(text, finding.span.expect("findings have a place").start);
                (finding.code, at.line, at.column)
            })
            .collect()
    }

    #[test]
    fn points_at_keys_and_values() {
        let text = "ä: ö\ntitle: 3.10\norder: two\norder: 2\nempty:\nnope: 1\n";
        let found = findings(text, |root| {
            let map = root.map().expect("is a map");
            assert_eq!(map.get("title").and_then(|title| title.text()).as_deref(), Some("3.10"));
            map.get("ä");
            map.get("order").and_then(|order| order.number(0..=9));
            map.get("empty").and_then(|empty| empty.text());
            map.required("what");
            map.done();
        });
        assert_eq!(
            found,
            [
                (Code::KeyDuplicate, 4, 1),
                (Code::ValueWrong, 3, 8),
                (Code::ValueEmpty, 5, 7),
                (Code::KeyMissing, 1, 1),
                (Code::KeyUnknown, 6, 1)
            ]
        );
    }

    #[test]
    fn numbers_follow_aliases() {
        let text = "a: &x [1, 2]\nb: *x\nc: wrong\n";
        let found = findings(text, |root| {
            let map = root.map().expect("is a map");
            map.get("c").and_then(|value| value.flag());
        });
        assert_eq!(found, [(Code::ValueWrong, 3, 4)]);
    }

    #[test]
    fn shows_the_corrected_line() {
        for (text, line) in [
            ("title: Phone screens: what to ask\n", "title: \"Phone screens: what to ask\""),
            ("a: b\ntext: \"Why not?\" is fine\nc: d\n", "text: '\"Why not?\" is fine'"),
            ("a: b\nsubject: {{company}}: any news?\n", "subject: \"{{company}}: any news?\""),
            ("a: *Never*\nb: c\n", "a: \"*Never*\""),
            ("a: b\nb: @home\n", "b: \"@home\""),
            ("a: %50\n", "a: \"%50\""),
            ("- a: [b\n", "- a: [b]"),
            ("a: \"b\nc: d\n", "a: \"b\""),
            ("a: b\nc:d\n", "c: d"),
            ("a: “b: c”\n", "a: \"b: c\""),
            ("a: 'It's fine'\n", "a: \"It's fine\""),
            (
                "- { text: A, because: It is [so](b.md), yes. }\n",
                "- { text: A, because: \"It is [so](b.md), yes.\" }",
            ),
            ("a: { say: \"Hm\", go: Why?: so }\n", "a: { say: \"Hm\", go: \"Why?: so\" }"),
        ] {
            let source = source(text);
            let found = Document::parse(&source, source.whole()).err().expect(text);
            assert_eq!(found.help, [format!("write it so:\n{line}")], "{text}");
        }
    }

    #[test]
    fn warns_of_values_that_are_cut() {
        let text = "because: see #2\nsection: #ask-early\nlimit: 3 # a comment\nfine: \"a #1\"\n";
        let found = findings(text, |_| {});
        assert_eq!(found, [(Code::ValueCut, 1, 14), (Code::ValueCut, 2, 10)]);
    }

    #[test]
    fn reads_yes_and_single_words() {
        let source = source("draft: yes\ntags: calls\n");
        let Ok(document) = Document::parse(&source, source.whole()) else { panic!("is YAML") };
        let map = document.root().map().expect("is a map");
        assert_eq!(map.get("draft").and_then(|draft| draft.flag()), Some(true));
        assert_eq!(map.get("tags").map(|tags| tags.texts()), Some(vec!["calls".to_owned()]));
        map.done();
        assert_eq!(document.finish(), []);
    }

    #[test]
    fn a_comma_in_braces_is_explained() {
        let text = "{ end: Thank them, and say so., escalate: yes }\n";
        let source = source(text);
        let Ok(document) = Document::parse(&source, source.whole()) else { panic!("is YAML") };
        let map = document.root().map().expect("is a map");
        map.get("end");
        map.get("escalate");
        map.done();
        let found = document.finish();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].help, ["put quotes around the whole value: end: \"Thank them, and say so.\""]);
    }

    #[test]
    fn nothing_is_an_empty_document() {
        for text in ["", "\n\n", "# only a comment\n"] {
            assert_eq!(findings(text, |root| assert!(root.is_empty())), []);
        }
    }
}
