//! Which word stands where, for all pages. Kept from run to run: of a changed page only those words are touched that it
//! had or has.

use std::cmp::Ordering;

use ahash::{HashMap, HashMapExt as _};
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::search::synonyms::Synonyms;
use crate::search::terms::{self, Count, Counted};
use crate::search::{Page, Pages};

/// How many pages are counted at once, while the ones before are put into the index.
const CHUNK: usize = 256;

/// The words of all pages.
#[derive(Debug)]
pub struct Index {
    /// The rows of words that find each other.
    pub synonyms: Synonyms,
    /// What is known of each page, in the order of addresses.
    pub entries: Vec<Entry>,
    /// The words that stand anywhere, in the order of their letters, as places in `words`.
    pub order: Vec<u32>,
    /// Every word that stood anywhere so far.
    pub words: Vec<Word>,
    /// How many words a section has on average, as a power of two.
    pub average: u32,
    places: HashMap<Box<str>, u32>,
}

/// What is known of a page.
#[derive(Debug)]
pub struct Entry {
    /// Where it stands.
    pub address: String,
    /// A fingerprint of all that is searched in it.
    pub print: u64,
    /// What the browser has to know of it.
    pub label: Label,
    /// How many words each of its sections has.
    pub lengths: Vec<u32>,
    words: Vec<u32>,
}

/// What the browser has to know of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// What it is.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// How many words that has.
    pub title_words: u32,
    /// What stands above it.
    pub trail: String,
    /// Its tags.
    pub tags: Vec<String>,
}

/// A word and where it stands.
#[derive(Debug)]
pub struct Word {
    /// The word.
    pub text: Box<str>,
    /// Where it stands, by page and section.
    pub postings: Vec<Posting>,
    /// On how many pages.
    pub pages: u32,
    /// Whether it stands in so many sections that only titles and headings are listed.
    pub common: bool,
    /// In how many places it is listed.
    pub listed: usize,
    /// A hash of the word, for what has to be chosen by words alone.
    pub hash: u64,
    /// Whether something that is written of it has changed since the flag was last taken down.
    pub changed: bool,
}

/// A word in a section of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The page's number.
    pub page: u32,
    /// Where and how often.
    pub count: Count,
}

/// What an update has changed.
#[derive(Debug, Default)]
pub struct Changed {
    /// Pages that are new or have changed, by their numbers.
    pub pages: Vec<usize>,
    /// Whether pages have other numbers than before, or everything has to be written again for another reason.
    pub all: bool,
}

impl Word {
    /// The places that are listed.
    pub fn listed(&self) -> impl Iterator<Item = &Posting> {
        self.postings.iter().filter(|posting| !self.common || posting.count.strong > 0)
    }
}

impl Index {
    /// An index of no pages.
    pub fn new(synonyms: Synonyms) -> Index {
        Index {
            synonyms,
            entries: Vec::new(),
            order: Vec::new(),
            words: Vec::new(),
            average: 1,
            places: HashMap::new(),
        }
    }

    /// How many sections all pages have.
    pub fn section_count(&self) -> usize {
        self.entries.iter().map(|entry| entry.lengths.len()).sum()
    }

    /// The kind of each page.
    pub fn kinds(&self) -> Vec<&'static str> {
        self.entries.iter().map(|entry| entry.label.kind).collect()
    }

    /// The level of a word where it stands.
    pub fn level(&self, posting: &Posting) -> u32 {
        level(&self.entries[posting.page as usize].lengths, posting.count, self.average)
    }

    /// Takes the pages as they are now.
    pub fn update(&mut self, pages: &dyn Pages) -> Changed {
        let (numbers, fresh) = self.compare(pages);
        let moves =
            numbers.len() != pages.count() || numbers.iter().enumerate().any(|(old, new)| *new != Some(old));
        let mut changed = Changed { all: moves, pages: fresh.clone() };
        // Which pages share a file of texts hangs on their kinds.
        let kinds = self.kinds();
        if moves {
            self.renumber(&numbers, pages);
        }
        let mut counted = self.count(pages, fresh.get(..CHUNK.min(fresh.len())).unwrap_or_default());
        for (number, chunk) in fresh.chunks(CHUNK).enumerate() {
            let next = fresh.chunks(CHUNK).nth(number + 1).unwrap_or_default();
            let synonyms = std::mem::take(&mut self.synonyms);
            // One thread puts pages in while the others count the next ones.
            let (ready, ()) = rayon::join(
                || count(pages, next, &synonyms),
                || {
                    for (page, (page_counted, label)) in chunk.iter().zip(counted) {
                        self.put(*page, pages.known(*page).1, page_counted, label);
                    }
                },
            );
            self.synonyms = synonyms;
            counted = ready;
        }
        self.sort();
        let average = self.rounded_average();
        changed.all |= average != self.average;
        self.average = average;
        self.note_common();
        changed.all |= self.kinds() != kinds;
        changed
    }

    /// Notes which words stand in more than half of all sections. A guide of a few sections has none.
    fn note_common(&mut self) {
        let half = self.section_count() / 2;
        self.words.par_iter_mut().for_each(|word| {
            let common = half > 10 && word.postings.len() > half;
            word.changed |= common != word.common;
            word.common = common;
            if word.changed {
                word.listed = word.listed().count();
            }
        });
    }

    fn count(&self, pages: &dyn Pages, numbers: &[usize]) -> Vec<(Counted, Label)> {
        count(pages, numbers, &self.synonyms)
    }

    /// The number that each page has now, if it is still there, and the pages that have to be counted.
    fn compare(&self, pages: &dyn Pages) -> (Vec<Option<usize>>, Vec<usize>) {
        let mut numbers = Vec::with_capacity(self.entries.len());
        let mut fresh = Vec::new();
        let mut old = self.entries.iter().peekable();
        for number in 0..pages.count() {
            let (address, print) = pages.known(number);
            while old.next_if(|entry| *entry.address < *address).is_some() {
                numbers.push(None);
            }
            match old.next_if(|entry| entry.address == address) {
                Some(entry) => {
                    numbers.push(Some(number));
                    if entry.print != print {
                        fresh.push(number);
                    }
                }
                None => fresh.push(number),
            }
        }
        numbers.extend(old.map(|_| None));
        (numbers, fresh)
    }

    /// Gives pages their new numbers. Those that are gone are taken out, new ones are put in without words.
    fn renumber(&mut self, numbers: &[Option<usize>], pages: &dyn Pages) {
        let gone: Vec<usize> = (0..numbers.len()).filter(|old| numbers[*old].is_none()).collect();
        for old in gone {
            self.put(old, 0, Counted::default(), Label::default());
        }
        self.words.par_iter_mut().for_each(|word| {
            for posting in &mut word.postings {
                let new = numbers[posting.page as usize].expect("those that are gone were taken out");
                posting.page = u32::try_from(new).expect("there are fewer pages");
            }
        });
        let mut old = std::mem::take(&mut self.entries)
            .into_iter()
            .zip(numbers)
            .filter_map(|(entry, new)| new.map(|new| (entry, new)));
        let mut next = old.next();
        self.entries = (0..pages.count())
            .map(|number| match next.take_if(|(_, new)| *new == number) {
                Some((entry, _)) => {
                    next = old.next();
                    entry
                }
                None => Entry {
                    address: pages.known(number).0.to_owned(),
                    print: 0,
                    label: Label::default(),
                    lengths: Vec::new(),
                    words: Vec::new(),
                },
            })
            .collect();
    }

    /// Puts what was counted on a page in the place of what was there.
    fn put(&mut self, page: usize, print: u64, counted: Counted, label: Label) {
        let Counted { words, counts, lengths, .. } = counted;
        let ids: Vec<u32> = words.into_iter().map(|word| self.id(word)).collect();
        let average = self.average;
        let number = u32::try_from(page).expect("there are fewer pages");
        let entry = &mut self.entries[page];
        let was = std::mem::replace(&mut entry.words, ids.clone());
        let old_lengths = std::mem::replace(&mut entry.lengths, lengths);
        (entry.print, entry.label) = (print, label);
        let lengths = &entry.lengths;
        // The counts of a word stand apart, section by section; a stable sort by word brings them together.
        let mut own: Vec<(u32, Count)> =
            counts.into_iter().map(|(place, count)| (ids[place as usize], count)).collect();
        own.sort_by_key(|(id, _)| *id);
        let mut kept = was.is_empty().then(Vec::new).unwrap_or_else(|| vec![false; self.words.len()]);
        for group in own.chunk_by(|(one, _), (other, _)| one == other) {
            let id = group[0].0;
            let word = &mut self.words[id as usize];
            let from = match word.postings.last() {
                Some(last) if last.page >= number => {
                    word.postings.partition_point(|posting| posting.page < number)
                }
                _ => word.postings.len(),
            };
            let old = word.postings[from..].iter().take_while(|posting| posting.page == number).count();
            let levels_old = word.postings[from..from + old]
                .iter()
                .map(|posting| (posting.count.section, level(&old_lengths, posting.count, average)));
            let levels = group.iter().map(|(_, count)| (count.section, level(lengths, *count, average)));
            word.changed |= !levels_old.eq(levels);
            word.pages += u32::from(old == 0);
            let new = group.iter().map(|(_, count)| Posting { page: number, count: *count });
            if old == 0 && from == word.postings.len() {
                word.postings.extend(new);
            } else {
                word.postings.splice(from..from + old, new);
            }
            if let Some(kept) = kept.get_mut(id as usize) {
                *kept = true;
            }
        }
        for id in was.into_iter().filter(|id| !kept[*id as usize]) {
            let word = &mut self.words[id as usize];
            word.postings.retain(|posting| posting.page != number);
            word.pages -= 1;
            word.changed = true;
        }
        kept.clear();
    }

    fn id(&mut self, word: Box<str>) -> u32 {
        let words = &mut self.words;
        if let Some(id) = self.places.get(&word) {
            return *id;
        }
        let id = u32::try_from(words.len()).expect("there are fewer words");
        words.push(Word {
            hash: xxh3_64(word.as_bytes()),
            text: word.clone(),
            postings: Vec::new(),
            pages: 0,
            common: false,
            listed: 0,
            changed: true,
        });
        self.places.insert(word, id);
        id
    }

    /// Brings `order` up to date.
    fn sort(&mut self) {
        let Index { order, words, .. } = self;
        let before =
            |one: &u32, other: &u32| compare(&words[*one as usize].text, &words[*other as usize].text);
        let changed = words.iter().enumerate().filter(|(_, word)| word.changed);
        let (mut new, mut gone) = (Vec::new(), false);
        for (id, word) in changed {
            let id = u32::try_from(id).expect("was one");
            let is_there = !order.is_empty() && order.binary_search_by(|other| before(other, &id)).is_ok();
            gone |= is_there && word.postings.is_empty();
            if !is_there && !word.postings.is_empty() {
                new.push(id);
            }
        }
        if gone {
            order.retain(|id| !words[*id as usize].postings.is_empty());
        }
        if new.len() < 1_000 && !order.is_empty() {
            for id in new {
                let place = order.partition_point(|other| before(other, &id).is_lt());
                order.insert(place, id);
            }
        } else {
            order.extend(new);
            order.par_sort_unstable_by(before);
        }
    }

    /// The average number of words of a section, rounded to a power of two, so that an edit moves it almost never.
    fn rounded_average(&self) -> u32 {
        let sections = self.section_count().max(1) as f64;
        let words: f64 =
            self.entries.iter().flat_map(|entry| &entry.lengths).map(|length| f64::from(*length)).sum();
        let mean = words / sections;
        (0..20)
            .map(|power| 1u32 << power)
            .find(|power| mean < f64::from(*power) * std::f64::consts::SQRT_2)
            .unwrap_or(1 << 20)
    }
}

fn count(pages: &dyn Pages, numbers: &[usize], synonyms: &Synonyms) -> Vec<(Counted, Label)> {
    numbers
        .par_iter()
        .map(|number| {
            let page = pages.page(*number);
            let counted = terms::count(&page, synonyms);
            let Page { kind, title, trail, tags, .. } = page;
            let label = Label { kind, title, title_words: counted.title_words, trail, tags };
            (counted, label)
        })
        .collect()
}

fn level(lengths: &[u32], count: Count, average: u32) -> u32 {
    // The title has no length.
    let length = usize::from(count.section).checked_sub(1).and_then(|place| lengths.get(place));
    count.level(length.copied().unwrap_or(average), average)
}

/// The order of scripts, which compare the halves of characters beyond 16 bits. It is that of bytes, but for those.
pub fn compare(one: &str, other: &str) -> Ordering {
    let plain = |text: &str| text.bytes().all(|byte| byte < 0xee);
    if plain(one) && plain(other) { one.cmp(other) } else { one.encode_utf16().cmp(other.encode_utf16()) }
}
