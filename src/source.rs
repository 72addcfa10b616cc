//! Where text comes from: paths inside a guide, source files, and places in them.
//!
//! Everything that a diagnostic points at goes through here, so that offsets (bytes), lines and columns (characters,
//! from 1) are turned into each other in one place.

use std::fmt;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

/// A file's path from the guide's root, with `/` between its parts on every system, never absolute, without `.` or
/// `..`: `content/lessons/when-no/asking-why.md`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Wraps a path that is already relative and clean.
    pub fn new(path: &str) -> SitePath {
        debug_assert!(!path.starts_with('/') && !path.split('/').any(|part| part == ".."), "{path}");
        SitePath(Arc::from(path))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: `asking-why.md`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last part without its extension: `asking-why`.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// What stands behind the last dot of the file's name, or nothing: `md`.
    pub fn extension(&self) -> &str {
        self.file_name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// The folder that the file lies in: `content/lessons/when-no`, or nothing at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The rest of the path below a folder, if it lies there.
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// The path that a link in this file means: relative to the file's folder, `.` and `..` resolved. None if it
    /// climbs out of the guide.
    pub fn join(&self, relative: &str) -> Option<SitePath> {
        let mut parts: Vec<&str> = self.folder().split('/').filter(|part| !part.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                name => parts.push(name),
            }
        }
        Some(SitePath(Arc::from(parts.join("/"))))
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text file of the guide, as it was when the snapshot was taken.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it lies.
    pub path: SitePath,
    /// Its whole text, with a byte order mark if it had one, so that offsets are true to the file.
    pub text: Arc<str>,
    /// A hash of the text.
    pub hash: u64,
}

impl Source {
    /// A source from its path and text.
    pub fn new(path: SitePath, text: impl Into<Arc<str>>) -> Source {
        let text = text.into();
        let hash = xxh3_64(text.as_bytes());
        Source { path, text, hash }
    }

    /// The whole text as a span, without the byte order mark that some editors put before it.
    pub fn whole(&self) -> Span {
        let start = self.text.len() - self.text.trim_start_matches('\u{feff}').len();
        Span { start, end: self.text.len() }
    }

    /// The text of a span; empty where the span does not fit.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or("")
    }
}

/// A range of bytes in a source: `start` included, `end` not, both on character bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte, from 0.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
}

impl Span {
    /// A span from offsets.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end: end.max(start) }
    }

    /// The same span moved by `offset` bytes, for text that was cut out of a file.
    pub fn shifted(self, offset: usize) -> Span {
        Span { start: self.start + offset, end: self.end + offset }
    }

    /// The span pulled into `text` and onto its character bounds.
    pub fn clamped(self, text: &str) -> Span {
        let mut start = self.start.min(text.len());
        let mut end = self.end.clamp(start, text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Span { start, end }
    }
}

/// Whether a character turns the direction of the text around it, beyond its own word: an override or an isolate that
/// may never be closed (Unicode Standard Annex 9).
pub fn turns_text(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character is seen by nobody and does not belong into a text.
pub fn is_hidden(c: char) -> bool {
    turns_text(c) || c.is_control() && !matches!(c, '\n' | '\t' | '\r')
}

/// The first character of a text that nobody sees and that does not belong there: one that turns its direction, or a
/// control character.
pub fn first_hidden(text: &str) -> Option<(usize, char)> {
    // Most blocks of most texts are plain, which a few instructions tell for all their bytes at once.
    let mut start = 0;
    for block in text.as_bytes().chunks(64) {
        let plain = |byte: &u8| (b' '..=b'~').contains(byte) || matches!(byte, b'\n' | b'\t' | b'\r');
        if !block.iter().fold(true, |all, byte| all & plain(byte)) {
            // A character that reaches over the end of a block is looked at with the block that it begins in.
            let is_boundary = |at: &usize| text.is_char_boundary(*at);
            let from = (0..=start).rev().find(is_boundary).unwrap_or(0);
            let to = (start + block.len()..text.len()).find(is_boundary).unwrap_or(text.len());
            let hidden = text[from..to].char_indices().find(|(_, c)| is_hidden(*c));
            if let Some((at, c)) = hidden {
                return Some((from + at, c));
            }
        }
        start += block.len();
    }
    None
}

/// A line and a column, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// Where the lines of a text begin, so that many positions in a long text are found quickly.
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// The lines of a text.
    pub fn of(text: &'t str) -> Lines<'t> {
        let starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(newline, _)| newline + 1)).collect();
        Lines { text, starts }
    }

    /// The position of a byte offset. A byte order mark at the start is not counted as a character.
    pub fn position(&self, offset: usize) -> Position {
        let offset = Span::new(offset, offset).clamped(self.text).start;
        let line = self.starts.partition_point(|start| *start <= offset);
        let before = &self.text[self.starts[line - 1]..offset];
        Position { line, column: before.chars().filter(|c| *c != '\u{feff}').count() + 1 }
    }
}

/// The position of a single byte offset.
pub fn position(text: &str, offset: usize) -> Position {
    Lines::of(text).position(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_links_like_a_code_host() {
        let lesson = SitePath::new("content/lessons/when-no/asking-why.md");
        let joined = |relative| lesson.join(relative).map(|path| path.as_str().to_owned());
        assert_eq!(joined("../offers/counter.md").as_deref(), Some("content/lessons/offers/counter.md"));
        assert_eq!(joined("./picture.png").as_deref(), Some("content/lessons/when-no/picture.png"));
        assert_eq!(joined("../../../../etc/passwd"), None);
    }

    #[test]
    fn counts_columns_in_characters_from_one() {
        let text = "\u{feff}äb\nc";
        assert_eq!(position(text, 5), Position { line: 1, column: 2 });
        assert_eq!(position(text, text.len()), Position { line: 2, column: 2 });
    }
}
