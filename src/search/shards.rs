//! The words in shards: as many files as keep each small, cut where the words themselves say so.
//!
//! Where a shard ends depends on the words near its end and not on what comes before it, so a change moves the cuts
//! beside it at the most, and a clean build finds the same ones.

use ahash::HashMap;
use rayon::prelude::*;
use serde::Serialize;

use crate::search::code;
use crate::search::files::Script;
use crate::search::index::{Index, Word};
use crate::search::terms::LEVEL_COUNT;

/// A shard may end once it holds this many places of words; about 1.1 bytes each, packed.
const LEAST: usize = 1_500;

/// Of the words behind that, about one in this many ends it, weighed by how often it stands anywhere.
const USUAL: usize = 1_000;

/// It ends here in any case, unless a single word stands in more places.
const MOST: usize = 4_000;

/// The shards of an index.
#[derive(Debug, Default)]
pub struct Shards {
    /// The shards in the order of their words.
    pub shards: Vec<Shard>,
}

/// Some neighbouring words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Its words, as places in `Index::order`.
    words: std::ops::Range<usize>,
    /// The last of them.
    last: Box<str>,
    /// The least text that is not before its first word and behind the last one of the shard before.
    pub bound: String,
    /// The name of its file.
    pub name: String,
}

#[derive(Serialize)]
struct View {
    /// The words, each as the number of letters that it shares with the one before, the rest, and a space.
    words: String,
    /// How many places each word has.
    counts: String,
    /// The pages, each as the distance to the one before; 0 is another section of the same one.
    pages: String,
    /// Section and level.
    places: String,
    /// Words of more than half of all sections, of which only titles and headings are listed: which, and how many pages
    /// have them.
    common: Vec<(usize, u32)>,
}

impl Shards {
    /// The hashes in the names of their files.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.shards.iter().map(|shard| shard.name.as_str())
    }

    /// Encodes what has changed, and gives the names of all files. `all` encodes everything again.
    pub fn update(&mut self, index: &mut Index, all: bool, script: &Script<'_>) {
        let mut known: HashMap<String, Shard> = match all {
            true => HashMap::default(),
            false => self.shards.drain(..).map(|shard| (shard.bound.clone(), shard)).collect(),
        };
        let mut shards = cut(index);
        // A cut that has moved, and a word that is gone, show in the last word or the number of words.
        let changed: Vec<bool> = shards
            .iter_mut()
            .map(|shard| match known.remove(&shard.bound) {
                Some(old)
                    if old.last == shard.last
                        && old.words.len() == shard.words.len()
                        && index.order[shard.words.clone()]
                            .iter()
                            .all(|id| !index.words[*id as usize].changed) =>
                {
                    shard.name = old.name;
                    false
                }
                _ => true,
            })
            .collect();
        shards.par_iter_mut().zip(changed).filter(|(_, changed)| *changed).for_each(|(shard, _)| {
            shard.name = script.write("words", &encode(index, &shard.words));
        });
        self.shards = shards;
        index.words.par_iter_mut().for_each(|word| word.changed = false);
    }
}

/// How much a word takes: its places, and some letters.
fn size(word: &Word) -> usize {
    word.text.len() / 2 + word.listed
}

fn cut(index: &Index) -> Vec<Shard> {
    let mut shards: Vec<Shard> = Vec::new();
    let (mut start, mut held) = (0, 0);
    let mut close = |range: std::ops::Range<usize>| {
        let text = |place: usize| &*index.words[index.order[place] as usize].text;
        let bound = match shards.last() {
            Some(before) => parting(&before.last, text(range.start)),
            None => String::new(),
        };
        shards.push(Shard { last: text(range.end - 1).into(), words: range, bound, name: String::new() });
    };
    for (place, id) in index.order.iter().enumerate() {
        let word = &index.words[*id as usize];
        let size = size(word);
        let ends = held >= LEAST && {
            // The chance of a cut before a word grows with its size, so that long words do not fill a shard by accident.
            let chance = word.hash % USUAL as u64;
            chance < size as u64
        };
        if place > start && (ends || held + size > MOST) {
            close(start..place);
            (start, held) = (place, 0);
        }
        held += size;
    }
    if start < index.order.len() {
        close(start..index.order.len());
    }
    shards
}

/// The shortest beginning of a word that comes behind another one.
fn parting(before: &str, word: &str) -> String {
    let same = before.chars().zip(word.chars()).take_while(|(one, other)| one == other).count();
    word.chars().take(same + 1).collect()
}

fn encode(index: &Index, range: &std::ops::Range<usize>) -> View {
    let mut view = View {
        words: String::new(),
        counts: String::new(),
        pages: String::new(),
        places: String::new(),
        common: Vec::new(),
    };
    let mut before = "";
    for (place, id) in index.order[range.clone()].iter().enumerate() {
        let word = &index.words[*id as usize];
        front_code(before, &word.text, &mut view.words);
        before = &word.text;
        if word.common {
            view.common.push((place, word.pages));
        }
        let (mut last, mut count) = (None, 0);
        for posting in word.listed() {
            let distance = match last {
                Some(last) => posting.page - last,
                None => posting.page + 1,
            };
            last = Some(posting.page);
            count += 1;
            code::write(distance, &mut view.pages);
            code::write(
                u32::from(posting.count.section) * LEVEL_COUNT + index.level(posting),
                &mut view.places,
            );
        }
        code::write(count, &mut view.counts);
    }
    view
}

/// Writes a word after the one before: how many letters they share (in units of scripts), the rest, a space.
pub fn front_code(before: &str, word: &str, out: &mut String) {
    let same = before.char_indices().zip(word.chars()).take_while(|((_, one), other)| one == other);
    let (units, bytes) =
        same.fold((0, 0), |(units, bytes), ((_, c), _)| (units + c.len_utf16(), bytes + c.len_utf8()));
    code::write(u32::try_from(units).expect("words are short"), out);
    out.push_str(&word[bytes..]);
    out.push(' ');
}
