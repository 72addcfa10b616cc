//! Values that remember where they were written, for what can be judged only once the whole guide is known (a slug
//! that leads nowhere, say).

use std::hash::{Hash, Hasher};

use crate::source::Span;
use crate::yaml::{self, Value};

/// A place in a file. Cheap to keep: a value in YAML is found again by its number, and only if something is wrong.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// A range of the file.
    Span(Span),
    /// A value of a block of YAML.
    Yaml {
        /// The block, in the file.
        block: Span,
        /// The value's number in the block.
        number: u32,
    },
}

impl Place {
    /// The place of a YAML value.
    pub fn of(value: &Value<'_>) -> Place {
        let (block, number) = value.mark();
        Place::Yaml { block, number }
    }

    /// The place as a range of the file with this text.
    pub fn span(self, text: &str) -> Span {
        match self {
            Place::Span(span) => span.clamped(text),
            Place::Yaml { block, number } => yaml::span_of(text, block, number).clamped(text),
        }
    }
}

/// A value and where it was written. Equal and hashed by the value alone: a text that moves within its file is the
/// same text.
#[derive(Clone, Debug)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub place: Place,
}

impl<T> Located<T> {
    /// A value at a place.
    pub fn new(value: T, place: Place) -> Located<T> {
        Located { value, place }
    }
}

impl Located<String> {
    /// The text of a YAML value.
    pub fn text(value: &Value<'_>) -> Option<Located<String>> {
        Some(Located::new(value.text()?, Place::of(value)))
    }

    /// The words of a YAML list.
    pub fn texts(value: &Value<'_>) -> Vec<Located<String>> {
        value.words().iter().filter_map(Located::text).collect()
    }
}

impl<T: PartialEq> PartialEq for Located<T> {
    fn eq(&self, other: &Located<T>) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Located<T> {}

impl<T: Hash> Hash for Located<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}
