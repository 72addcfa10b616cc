//! The text of a reply: paragraphs with placeholders, as it will be sent.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SitePath, Span};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Text, sent as it stands. It may hold line ends.
    Text(String),
    /// A placeholder: `{{ name }}` or `{{ name|fallback }}`.
    Gap {
        /// Its name.
        name: String,
        /// The fallback that was written in it.
        fallback: Option<String>,
    },
}

/// A text in pieces.
pub type Pieces = Vec<Piece>;

/// A text with something in each gap, by the gap's name and the fallback that stands in it.
pub fn text(pieces: &Pieces, gap: impl Fn(&str, Option<&str>) -> String) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Gap { name, fallback } => gap(name, fallback.as_deref()),
        })
        .collect()
}

/// A placeholder as authors write it.
pub fn placeholder(name: &str, fallback: Option<&str>) -> String {
    match fallback {
        None => format!("{{{{ {name} }}}}"),
        Some(fallback) => format!("{{{{ {name}|{fallback} }}}}"),
    }
}

/// A placeholder that was found, and where.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Its name.
    pub name: String,
    /// The whole placeholder, in the text that was searched.
    pub span: Span,
}

/// Splits a text at its placeholders. `offset` is where the text begins in the file, for what is found wrong.
pub fn pieces(
    text: &str,
    offset: usize,
    path: &SitePath,
    found: &mut Vec<Diagnostic>,
) -> (Pieces, Vec<Mention>) {
    let mut pieces = Pieces::new();
    let mut mentions = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("{{").map(|at| from + at) {
        push_text(&mut pieces, &text[from..start]);
        let rest = &text[start + 2..];
        let Some(end) = end_of_name(rest) else {
            // A placeholder stays in its line, so that a forgotten end is found where it was forgotten.
            let line = rest.split(['\n', '{']).next().unwrap_or("");
            let shown: usize = line.trim_end().chars().take(40).map(char::len_utf8).sum();
            let span = Span::new(start, start + 2 + shown).shifted(offset);
            found.push(
                Diagnostic::new(Code::PlaceholderUnclosed, path, span, "this placeholder has no end")
                    .help("write `}}` behind its name, as in `{{ first_name }}`"),
            );
            push_text(&mut pieces, "{{");
            from = start + 2;
            continue;
        };
        let span = Span::new(start, start + 2 + end + 2);
        let (name, fallback) = match rest[..end].split_once('|') {
            Some((name, fallback)) => (name.trim(), Some(fallback.trim().to_owned())),
            None => (rest[..end].trim(), None),
        };
        if is_name(name) {
            let fallback = fallback.filter(|fallback| !fallback.is_empty());
            pieces.push(Piece::Gap { name: name.to_owned(), fallback });
            mentions.push(Mention { name: name.to_owned(), span });
        } else {
            found.push(report_name(name, path, span.shifted(offset)));
            push_text(&mut pieces, &text[span.start..span.end]);
        }
        from = span.end;
    }
    push_text(&mut pieces, &text[from..]);
    (pieces, mentions)
}

/// Where `}}` stands, if it comes before the end of the line and before another `{{`. It looks no further than that, so
/// that thousands of forgotten ends take no longer than one.
fn end_of_name(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    for at in 0..bytes.len() {
        match &bytes[at..] {
            [b'}', b'}', ..] => return Some(at),
            [b'\n', ..] | [b'{', b'{', ..] => return None,
            _ => {}
        }
    }
    None
}

/// Whether a text can name a placeholder: small letters, digits and `_`, a letter first.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn report_name(name: &str, path: &SitePath, span: Span) -> Diagnostic {
    if name.is_empty() {
        return Diagnostic::new(Code::PlaceholderEmpty, path, span, "this placeholder has no name")
            .help("write one, such as `{{ first_name }}`");
    }
    let suggestion = crate::address::slugify(name).replace('-', "_");
    let finding =
        Diagnostic::new(Code::PlaceholderEmpty, path, span, format!("`{name}` cannot name a placeholder"));
    if is_name(&suggestion) {
        finding.help(format!("write `{{{{ {suggestion} }}}}`: small letters, digits and `_`"))
    } else {
        finding.help("use small letters, digits and `_`, such as `{{ first_name }}`")
    }
}

fn push_text(pieces: &mut Pieces, text: &str) {
    if text.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(Piece::Text(before)) => before.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> (usize, Vec<Code>) {
        let mut found = Vec::new();
        let (pieces, _) = pieces(text, 0, &SitePath::new("content/replies/a.md"), &mut found);
        (pieces.len(), found.iter().map(|found| found.code).collect())
    }

    #[test]
    fn finds_placeholders_and_what_is_wrong_with_them() {
        assert_eq!(codes("Hi {{ first_name|there }}, {{x}}."), (5, vec![]));
        assert_eq!(codes("Hi {{ first_name,\nthere }}"), (1, vec![Code::PlaceholderUnclosed]));
        assert_eq!(codes("Hi {{ {{ a }}"), (2, vec![Code::PlaceholderUnclosed]));
        assert_eq!(
            codes("Hi {{ }} {{ First Name }}"),
            (1, vec![Code::PlaceholderEmpty, Code::PlaceholderEmpty])
        );
        assert_eq!(codes("a { b } }} c"), (1, vec![]));
    }
}
