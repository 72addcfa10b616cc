//! Terms of the glossary in running text: each leads to its meaning where it first stands in a lesson.
//!
//! Only words of the text itself become links: nothing in headings, links, code, boxes to tick, components or messages,
//! which are there to be copied.

use std::sync::Arc;

use ahash::HashMap;

use crate::address::Address;
use crate::content::glossary::Term;
use crate::content::markdown::escaped;

/// The glossary, ordered so that a word of a text is looked up once.
#[derive(Debug, Default)]
pub struct TermIndex {
    /// What begins with a word in small letters; longer ones first.
    by_first_word: HashMap<String, Vec<Surface>>,
    /// For the first two letters of first words, the lengths that those have, as bits. Nearly all words of a text are
    /// passed by here.
    lengths: Lengths,
    count: usize,
    /// How many of the terms are linked at all.
    linked: usize,
}

#[derive(Debug)]
struct Lengths(Box<[u64; 1024]>);

impl Default for Lengths {
    fn default() -> Lengths {
        Lengths(Box::new([0; 1024]))
    }
}

impl Lengths {
    /// The place of a word's first two letters. Five bits of each: they are the same for capitals.
    fn place(word: &[u8]) -> usize {
        let second = word.get(1).copied().unwrap_or_default();
        usize::from(word[0] & 31) << 5 | usize::from(second & 31)
    }

    fn note(&mut self, word: &str) {
        self.0[Lengths::place(word.as_bytes())] |= 1 << word.len().min(63);
    }

    fn may_have(&self, word: &[u8]) -> bool {
        self.0[Lengths::place(word)] & (1 << word.len().min(63)) != 0
    }
}

/// One way in which a term is written.
#[derive(Clone, Debug)]
struct Surface {
    words: Vec<String>,
    /// Whether capitals matter, as in `ATS`.
    exact: bool,
    term: usize,
    id: String,
    /// What the term means, as it stands in an attribute.
    means: Arc<str>,
}

impl TermIndex {
    /// The terms that are linked in running text.
    pub fn new(terms: &[Term]) -> TermIndex {
        let linked = terms.iter().filter(|term| term.link).count();
        let mut index = TermIndex { count: terms.len(), linked, ..TermIndex::default() };
        let mut surfaces: Vec<Surface> = Vec::new();
        for (number, term) in terms.iter().enumerate().filter(|(_, term)| term.link) {
            let means: Arc<str> = escaped(&term.means).into();
            for name in std::iter::once(&term.term).chain(&term.also) {
                let words: Vec<String> =
                    words(name).map(|(start, end)| name[start..end].to_owned()).collect();
                let exact = words.iter().any(|word| word.chars().skip(1).any(char::is_uppercase));
                surfaces.push(Surface {
                    words,
                    exact,
                    term: number,
                    id: term.id.clone(),
                    means: means.clone(),
                });
            }
        }
        surfaces.sort_by_key(|surface| std::cmp::Reverse(surface.words.len()));
        for surface in surfaces {
            let Some(first) = surface.words.first().map(|word| word.to_lowercase()) else { continue };
            for first in [plural(&first), first] {
                index.lengths.note(&first);
                index.by_first_word.entry(first).or_default().push(surface.clone());
            }
        }
        index
    }
}

/// Links terms in the pieces of one text, one after the other.
pub struct Linker<'t> {
    index: &'t TermIndex,
    /// From the page to the glossary.
    glossary: String,
    used: Vec<bool>,
    /// How many terms were not linked yet.
    left: usize,
    /// How many elements are open in which nothing is linked.
    closed: usize,
    key: String,
}

/// Whether nothing is linked in an element.
fn is_closed(name: &[u8]) -> bool {
    matches!(
        name,
        b"a" | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"code"
            | b"pre"
            | b"label"
            | b"th"
            | b"figure"
            | b"sup"
            | b"svg"
            | b"button"
    ) || matches!(
        name,
        b"style" | b"script" | b"textarea" | b"title" | b"select" | b"option" | b"template" | b"iframe"
    )
}

/// Whether a word is part of a character reference such as `&amp;`.
fn is_reference(text: &[u8], start: usize, end: usize) -> bool {
    let before = text[..start].strip_suffix(b"#").unwrap_or(&text[..start]);
    before.ends_with(b"&") && text[end..].starts_with(b";")
}

impl<'t> Linker<'t> {
    /// A linker for the page at an address.
    pub fn new(index: &'t TermIndex, from: &Address) -> Linker<'t> {
        Linker {
            index,
            glossary: from.link(&Address::page("glossary")),
            used: vec![false; index.count],
            left: index.linked,
            closed: 0,
            key: String::new(),
        }
    }

    /// A link of the author's begins or ends: nothing is linked within.
    pub fn link(&mut self, begins: bool) {
        self.closed = if begins { self.closed + 1 } else { self.closed.saturating_sub(1) };
    }

    /// Adds a piece of HTML with its terms linked. Tags are never split between pieces.
    pub fn push(&mut self, piece: &str, html: &mut String) {
        let bytes = piece.as_bytes();
        let (mut at, mut copied) = (0, 0);
        while self.left > 0 && at < bytes.len() {
            if bytes[at] == b'<' {
                at = self.tag(piece, at);
            } else if self.closed > 0 {
                at = piece[at..].find('<').map_or(bytes.len(), |next| at + next);
            } else if !IN_WORD[usize::from(bytes[at])] {
                at += 1;
            } else {
                let end = word_end(bytes, at);
                let Some((surface, end)) = self.find(piece, at, end) else {
                    at = end.max(at + 1);
                    continue;
                };
                (self.used[surface.term], self.left) = (true, self.left - 1);
                html.push_str(&piece[copied..at]);
                html.push_str("<a class=\"term\" href=\"");
                html.push_str(&self.glossary);
                html.push('#');
                html.push_str(&surface.id);
                html.push_str("\" data-means=\"");
                html.push_str(&surface.means);
                html.push_str("\">");
                html.push_str(&piece[at..end]);
                html.push_str("</a>");
                (at, copied) = (end, end);
            }
        }
        html.push_str(&piece[copied..]);
    }

    /// Takes note of a tag, and gives the place behind it.
    fn tag(&mut self, piece: &str, start: usize) -> usize {
        let end = if piece[start..].starts_with("<!--") { "-->" } else { ">" };
        let end = piece[start..].find(end).map_or(piece.len(), |at| start + at + end.len());
        let closing = piece.as_bytes().get(start + 1) == Some(&b'/');
        let name = &piece.as_bytes()[start + 1 + usize::from(closing)..end];
        let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if is_closed(&name[..length]) {
            self.link(!closing);
        }
        end
    }

    /// The longest term that begins with a word and was not linked yet, and where it ends.
    fn find(&mut self, text: &str, start: usize, end: usize) -> Option<(&'t Surface, usize)> {
        let bytes = text.as_bytes();
        if !self.index.lengths.may_have(&bytes[start..end]) || is_reference(bytes, start, end) {
            return None;
        }
        self.key.clear();
        self.key.extend(text[start..end].chars().flat_map(char::to_lowercase));
        let surfaces = self.index.by_first_word.get(&self.key)?;
        let used = &self.used;
        surfaces.iter().filter(|surface| !used[surface.term]).find_map(|surface| {
            let mut after = Words { text, at: end };
            let (mut at, mut until) = (start, end);
            for (number, word) in surface.words.iter().enumerate() {
                if number > 0 {
                    let (next, next_end) = after.next()?;
                    // Only a space or the end of a line may stand between the words of a term.
                    text[until..next].chars().all(char::is_whitespace).then_some(())?;
                    (at, until) = (next, next_end);
                }
                let is_last = number + 1 == surface.words.len();
                is_word(&text[at..until], word, surface.exact, is_last).then_some(())?;
            }
            Some((surface, until))
        })
    }
}

/// Whether a word of a text is one of a term; the last one may stand in the plural.
fn is_word(written: &str, word: &str, exact: bool, may_be_plural: bool) -> bool {
    let same = |one: &str, other: &str| {
        if exact { one == other } else { one.to_lowercase() == other.to_lowercase() }
    };
    same(written, word) || may_be_plural && same(written, &plural(word))
}

fn plural(word: &str) -> String {
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{word}s"),
    }
}

/// Whether a byte belongs to a word.
const IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = byte >= 0x80 || (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// The words of a text: letters and digits, with hyphens between them.
fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

#[derive(Clone)]
struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Words<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        let start = self.at + bytes[self.at..].iter().position(|byte| IN_WORD[usize::from(*byte)])?;
        self.at = word_end(bytes, start);
        Some((start, self.at))
    }
}

/// Where a word ends that begins at a place. A hyphen at its end is a dash.
fn word_end(text: &[u8], start: usize) -> usize {
    let inside = |byte: &u8| IN_WORD[usize::from(*byte)] || *byte == b'-';
    let length = text[start..].iter().position(|byte| !inside(byte)).unwrap_or(text.len() - start);
    let dashes = text[start..start + length].iter().rev().take_while(|byte| **byte == b'-').count();
    start + length - dashes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(html: &str) -> String {
        let term = |term: &str, also: &[&str], link: bool| Term {
            id: crate::address::slugify(term),
            term: term.to_owned(),
            means: "Means.".to_owned(),
            also: also.iter().map(|also| (*also).to_owned()).collect(),
            link,
            lesson: None,
        };
        let terms = [
            term("Hiring manager", &[], true),
            term("ATS", &["applicant tracking system"], true),
            term("Offer", &[], false),
            term("Counter-offer", &[], true),
            term("Must-have", &[], true),
            term("Policy", &[], true),
            term("amp", &["38"], true),
        ];
        let index = TermIndex::new(&terms);
        let mut out = String::new();
        Linker::new(&index, &Address::lesson("a")).push(html, &mut out);
        out.replace("<a class=\"term\" href=\"../glossary.html#", "[")
            .replace("</a>", "]")
            .replace("\" data-means=\"Means.\">", ":")
    }

    #[test]
    fn a_meaning_cannot_leave_its_attribute() {
        let means = "A \"yes\" & <b>no</b> ' here.".to_owned();
        let term = Term {
            id: "x".to_owned(),
            term: "ATS".to_owned(),
            means,
            also: Vec::new(),
            link: true,
            lesson: None,
        };
        let mut out = String::new();
        Linker::new(&TermIndex::new(&[term]), &Address::lesson("a")).push("<p>ATS</p>", &mut out);
        let attribute = out.split("data-means=\"").nth(1).and_then(|rest| rest.split('"').next());
        assert_eq!(attribute, Some("A &quot;yes&quot; &amp; &lt;b&gt;no&lt;/b&gt; &#39; here."));
    }

    #[test]
    fn terms_are_linked_once_and_only_in_text() {
        assert_eq!(
            linked("<p>Hiring managers and a hiring\nmanager.</p>"),
            "<p>[hiring-manager:Hiring managers] and a hiring\nmanager.</p>"
        );
        assert_eq!(linked("<p>The hiring\nmanager's</p>"), "<p>The [hiring-manager:hiring\nmanager]'s</p>");
        assert_eq!(linked("<p>ats, the ATS</p>"), "<p>ats, the [ats:ATS]</p>");
        assert_eq!(linked("<p>applicant tracking systems</p>"), "<p>[ats:applicant tracking systems]</p>");
        assert_eq!(
            linked("<p>a counter-offer, no offer</p>"),
            "<p>a [counter-offer:counter-offer], no offer</p>"
        );
        assert_eq!(linked("<p>policies</p>"), "<p>[policy:policies]</p>");
        assert_eq!(linked("<p>a must-have- and</p>"), "<p>a [must-have:must-have]- and</p>");
        assert_eq!(linked("<p>R&amp;D, &#38;</p>"), "<p>R&amp;D, &#38;</p>");
        for closed in [
            "<style>.policy {}</style>",
            "<!-- ATS > policy -->",
            "<h2 id=x>ATS</h2>",
            "<code>ATS</code>",
            "<label><span>ATS</span></label>",
        ] {
            assert_eq!(linked(closed), closed.replace("\">", ":"));
        }
        assert_eq!(
            linked("<p>hiring, manager; hiring <em>manager</em></p>"),
            "<p>hiring, manager; hiring <em>manager</em></p>"
        );
    }
}
