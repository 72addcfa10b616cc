//! Splits a file into its head, the YAML between two lines of `---`, and the text below it. Offsets stay true to the
//! file.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};

/// The two parts of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The YAML between the lines.
    pub head: Span,
    /// Everything below.
    pub body: Span,
}

/// Splits a file. Without front matter the head is empty and the whole file is the body.
pub fn split(source: &Source) -> Result<Option<Parts>, Box<Diagnostic>> {
    let text: &str = &source.text;
    let start = source.whole().start;
    let mut lines = Lines { text, offset: start };
    // An empty line above the first one is no reason to lose the title.
    let first = lines.find(|(line, _)| !line.is_empty());
    let Some(("---", first)) = first else { return Ok(None) };
    let head = lines.offset;
    while let Some((line, span)) = lines.next() {
        if line == "---" || line == "..." {
            let parts =
                Parts { head: Span::new(head, span.start), body: Span::new(lines.offset, text.len()) };
            return Ok(Some(parts));
        }
    }
    let first = Span::new(first.start, first.start + 3);
    Err(Box::new(
        Diagnostic::new(
            Code::FrontMatterUnclosed,
            &source.path,
            first,
            "the line `---` that ends this part is missing",
        )
        .help("add a line `---` below the last key, such as `title: …`"),
    ))
}

/// The lines of a text without their ends, with their places.
struct Lines<'t> {
    text: &'t str,
    offset: usize,
}

impl<'t> Iterator for Lines<'t> {
    type Item = (&'t str, Span);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = &self.text[self.offset..];
        if rest.is_empty() {
            return None;
        }
        let end = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
        let span = Span::new(self.offset, self.offset + end);
        self.offset += end;
        Some((rest[..end].trim_end(), span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;

    fn parts(text: &str) -> Option<(String, String)> {
        let source = Source::new(SitePath::new("content/pages/a.md"), text);
        let parts = split(&source).expect("is closed")?;
        Some((source.slice(parts.head).to_owned(), source.slice(parts.body).to_owned()))
    }

    #[test]
    fn splits_head_and_body() {
        let both = Some(("title: A\n".to_owned(), "Text\n---\n".to_owned()));
        assert_eq!(parts("---\ntitle: A\n---\nText\n---\n"), both);
        assert_eq!(parts("\u{feff}---\ntitle: A\n---  \nText\n---\n"), both);
        let windows = Some(("title: A\r\n".to_owned(), "Text".to_owned()));
        assert_eq!(parts("---\r\ntitle: A\r\n---\r\nText"), windows);
        assert_eq!(parts("Text\n---\ntitle: A\n---\n"), None);
        assert_eq!(parts(""), None);
        assert_eq!(parts("---\n---"), Some((String::new(), String::new())));
    }

    #[test]
    fn says_where_the_end_is_missing() {
        let source = Source::new(SitePath::new("content/pages/a.md"), "---\ntitle: A\n");
        assert_eq!(split(&source).map_err(|found| found.code), Err(Code::FrontMatterUnclosed));
    }
}
