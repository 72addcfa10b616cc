//! Where keys and values stand in a block of YAML, found by a second parser that keeps marks.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser};

use crate::source::Span;

/// The place of a value in a block of YAML, found by its number.
pub fn span_of(text: &str, block: Span, id: u32) -> Span {
    let block = block.clamped(text);
    Marks::of(&text[block.start..block.end]).span(id).shifted(block.start)
}

/// The places of all keys and values of a block, by number, relative to the block.
pub(super) struct Marks {
    spans: Vec<Span>,
    /// The scalars, and whether each is written without quotes.
    pub(super) scalars: Vec<(Span, bool)>,
}

impl Marks {
    /// The places in a block.
    pub(super) fn of(text: &str) -> Marks {
        let mut marks = Marks { spans: Vec::new(), scalars: Vec::new() };
        let offsets = Offsets::of(text);
        // An anchor repeats its numbers wherever it is used, since serde_yaml copies its value there.
        let mut anchors: HashMap<usize, (usize, usize)> = HashMap::new();
        let mut open: Vec<(usize, usize)> = Vec::new();
        for event in Parser::new_from_str(text) {
            let Ok((event, span)) = event else { break };
            let span =
                Span::new(offsets.byte(span.start.index()), offsets.byte(span.end.index())).clamped(text);
            match event {
                Event::Scalar(_, style, anchor, _) => {
                    let number = marks.spans.len();
                    let plain = style == saphyr_parser::ScalarStyle::Plain;
                    let mut end = span.start + text[span.start..span.end].trim_end().len();
                    let mut start = span.start;
                    if start == end && text[start..].starts_with(':') {
                        // A value that is not there is put behind the colon of its key.
                        (start, end) = (start + 1, end + 1);
                    }
                    let span = Span::new(start, end);
                    marks.spans.push(span);
                    marks.scalars.push((span, plain));
                    if anchor > 0 {
                        anchors.insert(anchor, (number, number + 1));
                    }
                }
                Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                    open.push((anchor, marks.spans.len()));
                    marks.spans.push(span);
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    if let Some((anchor, number)) = open.pop().filter(|(anchor, _)| *anchor > 0) {
                        anchors.insert(anchor, (number, marks.spans.len()));
                    }
                }
                Event::Alias(anchor) => {
                    let (start, end) = anchors.get(&anchor).copied().unwrap_or((0, 1));
                    marks.spans.extend(std::iter::repeat_n(span, end - start));
                }
                _ => {}
            }
        }
        marks
    }

    /// The place of a key or value.
    pub(super) fn span(&self, id: u32) -> Span {
        self.spans.get(id as usize).copied().unwrap_or_default()
    }
}

/// Turns offsets in characters into offsets in bytes.
struct Offsets(Option<Vec<usize>>);

impl Offsets {
    fn of(text: &str) -> Offsets {
        let table = || text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect();
        Offsets((!text.is_ascii()).then(table))
    }

    fn byte(&self, character: usize) -> usize {
        match &self.0 {
            None => character,
            Some(table) => table.get(character).or(table.last()).copied().unwrap_or(0),
        }
    }
}
