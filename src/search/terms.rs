//! How much each word says about each section of a page.
//!
//! The weight of a word in a section grows with how often it stands there, in the heading more than in the text, and
//! shrinks with the length of the section (BM25F: Robertson, Zaragoza, Taylor, Simple BM25 extension to multiple weighted
//! fields, 2004). What is written is its level, one of ten, so that a change of a sentence moves hardly any other word.
//! How weights are put together to a rank is the business of the browser.

use ahash::{HashMap, HashMapExt as _};

use crate::search::Page;
use crate::search::synonyms::{Synonyms, concept};
use crate::search::words::{self, Word};

/// What a word in the title weighs, in a heading, in a tag, in halves: in the text it weighs 2.
const TITLE: u8 = 12;
const HEADING: u8 = 7;
const TAG: u8 = 4;

/// How much the length of a section counts: 0 not at all, 1 in full.
const LENGTH: f32 = 0.55;

/// The level of a weight is the number of these that it reaches. They stand between the weights that levels stand for:
/// 0.4 for the lowest, each further half as much again (`engine/index.js`).
const LEVELS: [f32; 9] = [0.49, 0.735, 1.102, 1.653, 2.48, 3.72, 5.58, 8.37, 12.55];

/// How many levels there are.
pub const LEVEL_COUNT: u32 = 10;

/// The last section of a page that has a number of its own: what follows belongs to it. Section 0 is the title.
pub const LAST_SECTION: usize = 250;

/// The words of a page as they are counted.
#[derive(Debug, Default)]
pub struct Counted {
    /// The words, each once.
    pub words: Vec<Box<str>>,
    /// How often each stands in each section: the word as a place in `words`. Sections come in order.
    pub counts: Vec<(u32, Count)>,
    /// How many words each section has.
    pub lengths: Vec<u32>,
    /// How many words the title has.
    pub title_words: u32,
}

/// How often a word stands in a section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// The section's number; 0 is the title.
    pub section: u8,
    /// What it weighs in the title, in tags and headings, in halves.
    pub strong: u8,
    /// How often it stands in the text.
    pub text: u8,
}

impl Count {
    /// The level of the word in a section of this length, from 0 to 9, where sections have this length on average.
    pub fn level(self, length: u32, average: u32) -> u32 {
        let norm = 1.0 - LENGTH + LENGTH * length as f32 / average as f32;
        let weight = f32::from(self.strong) / 2.0 + f32::from(self.text) / norm;
        u32::try_from(LEVELS.iter().take_while(|bound| weight >= **bound).count()).expect("there are ten")
    }
}

/// Counts the words of a page.
pub fn count(page: &Page, synonyms: &Synonyms) -> Counted {
    let mut counter =
        Counter { synonyms, places: HashMap::new(), counted: Counted::default(), said: Said::default() };
    counter.field(&page.title, 0, TITLE);
    counter.counted.title_words = counter.said.count();
    for tag in &page.tags {
        counter.field(tag, 0, TAG);
    }
    let mut lengths = vec![0; page.sections.len().min(LAST_SECTION)];
    for (place, section) in page.sections.iter().enumerate() {
        let number = (place + 1).min(LAST_SECTION);
        let section_number = u8::try_from(number).expect("is small");
        counter.field(&section.heading, section_number, HEADING);
        counter.field(&section.text, section_number, 0);
        lengths[number - 1] += counter.said.count();
    }
    Counted { lengths, ..counter.counted }
}

struct Counter<'s> {
    synonyms: &'s Synonyms,
    /// The place of each word in `counted.words`, and that of its last count.
    places: HashMap<Box<str>, (u32, u32)>,
    counted: Counted,
    said: Said,
}

/// The words of a field in order, without those that hyphens make.
#[derive(Default)]
struct Said {
    text: String,
    ends: Vec<usize>,
}

impl Said {
    fn count(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    fn words(&self) -> Vec<&str> {
        let mut from = 0;
        let word = |end: &usize| {
            let word = &self.text[from..*end];
            from = *end;
            word
        };
        self.ends.iter().map(word).collect()
    }
}

impl Counter<'_> {
    /// Counts the words of a field: each has the strength, or is text if that is 0.
    fn field(&mut self, text: &str, section: u8, strength: u8) {
        let mut said = std::mem::take(&mut self.said);
        said.text.clear();
        said.ends.clear();
        words::split(text, |word: Word<'_>| {
            self.add(word.text, section, strength);
            if !word.joined {
                said.text.push_str(word.text);
                said.ends.push(said.text.len());
            }
        });
        if !self.synonyms.is_empty() {
            let words = said.words();
            for at in 0..words.len() {
                for row in self.synonyms.at(&words[at..]) {
                    self.add(&concept(row), section, strength);
                }
            }
        }
        self.said = said;
    }

    fn add(&mut self, word: &str, section: u8, strength: u8) {
        let counts = &mut self.counted.counts;
        let next = u32::try_from(counts.len()).expect("a page has fewer words");
        let (number, last) = match self.places.get_mut(word) {
            Some(known) => known,
            None => {
                let number = u32::try_from(self.counted.words.len()).expect("a page has fewer words");
                self.counted.words.push(word.into());
                self.places.entry(word.into()).or_insert((number, u32::MAX))
            }
        };
        if counts.get(*last as usize).is_none_or(|(_, count)| count.section != section) {
            counts.push((*number, Count { section, ..Count::default() }));
            *last = next;
        }
        let count = &mut counts[*last as usize].1;
        count.strong = count.strong.saturating_add(strength);
        count.text = count.text.saturating_add(u8::from(strength == 0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Section;

    #[test]
    fn levels_follow_the_place_and_the_length() {
        let section = |heading: &str, text: &str| Section {
            id: String::new(),
            heading: heading.to_owned(),
            text: text.to_owned(),
        };
        let page = Page {
            title: "A calm no".to_owned(),
            tags: vec!["calls".to_owned()],
            sections: vec![
                section("", "Breathe first."),
                section("Ask once", "Once is enough, ask no more."),
            ],
            ..Page::default()
        };
        let synonyms = Synonyms::new(&[vec!["decline".to_owned(), "no".to_owned()]]);
        let counted = count(&page, &synonyms);
        assert_eq!((counted.title_words, counted.lengths.as_slice()), (3, [2, 6].as_slice()));
        let of = |word: &str| -> Vec<(u8, u32)> {
            let number = counted.words.iter().position(|known| **known == *word).expect(word);
            let own = counted.counts.iter().filter(|(place, _)| *place as usize == number);
            own.map(|(_, count)| (count.section, count.level(6, 6))).collect()
        };
        assert_eq!(of("calm"), [(0, 7)]);
        assert_eq!(of("calls"), [(0, 4)]);
        assert_eq!(of("once"), [(2, 6)]);
        assert_eq!(of("enough"), [(2, 2)]);
        assert_eq!(of("#0"), [(0, 7), (2, 2)]);
        assert_eq!(Count { section: 1, strong: 0, text: 1 }.level(600, 100), 0);
    }
}
