//! What a text says, without its markup: sections of plain words, for the search.

use std::borrow::Cow;

use crate::content::markdown::{Fragment, Hole};

/// A heading and the text below it, up to the next one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The heading's id; empty before the first one.
    pub id: String,
    /// The heading.
    pub heading: String,
    /// The text. Its blocks are parted by line ends.
    pub text: String,
}

/// The sections of a text. `component` says the words of a component by its number.
pub fn parts(fragment: &Fragment, component: impl Fn(usize) -> String) -> Vec<Part> {
    let mut plain = Plain { parts: vec![Part::default()], in_heading: false, in_tag: false, silent: None };
    let mut from = 0;
    for (at, hole) in &fragment.holes {
        plain.html(&fragment.html[from..*at]);
        from = *at;
        if let Hole::Component(number) = hole {
            plain.end_block();
            plain.text(&component(*number));
            plain.end_block();
        }
    }
    plain.html(&fragment.html[from..]);
    for part in &mut plain.parts {
        part.text.truncate(part.text.trim_end().len());
        part.heading.truncate(part.heading.trim_end().len());
    }
    plain.parts
}

/// The words of a text without headings.
pub fn text(fragment: &Fragment) -> String {
    parts(fragment, |_| String::new()).into_iter().map(|part| part.text).collect()
}

/// Elements within a line: words run on over them.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong",
    "sub", "u", "var",
];

/// Elements whose text nobody reads: numbers of notes, and what authors of raw HTML may write.
const SILENT: &[&str] = &["sup", "script", "style", "svg"];

struct Plain {
    parts: Vec<Part>,
    in_heading: bool,
    /// Whether a tag has begun before a hole.
    in_tag: bool,
    /// The element that is left out, up to its end.
    silent: Option<String>,
}

impl Plain {
    fn html(&mut self, html: &str) {
        let mut rest = html;
        if std::mem::take(&mut self.in_tag) {
            let Some(end) = rest.find('>') else {
                self.in_tag = true;
                return;
            };
            rest = &rest[end + 1..];
        }
        while let Some(start) = rest.find('<') {
            self.escaped(&rest[..start]);
            let Some(end) = rest[start..].find('>') else {
                self.tag(&rest[start + 1..]);
                self.in_tag = true;
                return;
            };
            self.tag(&rest[start + 1..start + end]);
            rest = &rest[start + end + 1..];
        }
        self.escaped(rest);
    }

    fn tag(&mut self, tag: &str) {
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if let Some(silent) = &self.silent {
            if closes && name == silent {
                self.silent = None;
            }
            return;
        }
        if !closes && (SILENT.contains(&name) || tag.contains("class=\"note-back\"")) {
            self.silent = Some(name.to_owned());
            return;
        }
        if INLINE.contains(&name) {
            return;
        }
        self.end_block();
        if matches!(name, "h2" | "h3" | "h4" | "h5" | "h6") {
            self.in_heading = !closes;
            let id = tag.split("id=\"").nth(1).and_then(|rest| rest.split('"').next());
            if let (false, Some(id)) = (closes, id) {
                self.parts.push(Part { id: id.to_owned(), ..Part::default() });
            }
        }
    }

    fn escaped(&mut self, text: &str) {
        if self.silent.is_none() && !text.is_empty() {
            self.text(&unescaped(text));
        }
    }

    fn text(&mut self, text: &str) {
        let part = self.parts.last_mut().expect("there is always one");
        let out = if self.in_heading { &mut part.heading } else { &mut part.text };
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 && !out.is_empty() && !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
            let line = if out.is_empty() || out.ends_with([' ', '\n']) { line.trim_start() } else { line };
            out.push_str(line);
        }
    }

    fn end_block(&mut self) {
        let part = self.parts.last_mut().expect("there is always one");
        if !self.in_heading && !part.text.is_empty() && !part.text.ends_with('\n') {
            part.text.truncate(part.text.trim_end().len());
            part.text.push('\n');
        }
    }
}

/// The characters that were written as entities.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'");
    Cow::Owned(plain.replace("&nbsp;", "\u{a0}").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::markdown::{Extent, Origin, Writer};
    use crate::source::{SitePath, Source};

    fn of(text: &str) -> Vec<(String, String, String)> {
        let source = Source::new(SitePath::new("content/lessons/a.md"), text);
        let mut writer = Writer::new(&source, false, &["quiz"]);
        let fragment = writer.write(&source.text, Origin::File(0), Extent::Page, "Title");
        let parts = parts(&fragment, |_| "What is asked?\nA".to_owned());
        parts.into_iter().map(|part| (part.id, part.heading, part.text)).collect()
    }

    #[test]
    fn sections_hold_what_is_read() {
        let parts = of(
            "First *words* & <b>more</b>\nof [them](x.md).\n\n- one\n- two\n\n## Ask `once`\n\nText[^n].\n\n\
            ```quiz\nx\n```\n\n### Deep &amp; down\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n[^n]: A note.\n",
        );
        let expected = [
            ("", "", "First words & <b>more</b> of them.\none\ntwo"),
            ("ask-once", "Ask once", "Text.\nWhat is asked? A"),
            ("deep--down", "Deep & down", "a\nb\n1\n2\nA note."),
        ];
        let parts: Vec<(&str, &str, &str)> =
            parts.iter().map(|(id, heading, text)| (id.as_str(), heading.as_str(), text.as_str())).collect();
        assert_eq!(parts, expected);
    }
}
