//! The files of the search, each a script that hands its data to one function: that is what a page may load when it was
//! opened from a folder, and under the strictest policy.
//!
//! | file | holds |
//! | --- | --- |
//! | `core.js` | what every search needs: which shards there are, titles, kinds, tags, synonyms. It alone keeps its name |
//! | `words.<hash>.js` | a shard: words, and where they stand |
//! | `labels.<hash>.js` | addresses and titles of 32 pages, where there are too many for `core.js` |
//! | `texts.<hash>.js` | the text of a page, or of a few short ones |
//! | `spelling.<hash>.js` | the words that a typing error may have been meant for |

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Mutex;

use ahash::{HashMap, HashMapExt as _, HashSet};
use rayon::prelude::*;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::fingerprint::fold;
use crate::search::excerpts::Excerpts;
use crate::search::index::Index;
use crate::search::shards::{Shards, front_code};
use crate::search::synonyms::Synonyms;
use crate::search::{Pages, code};

/// The form of the files. A page that was loaded before a change of it says so instead of reading wrongly.
const VERSION: u32 = 1;

/// The file that keeps its name.
pub const CORE: &str = "search/core.js";

/// Up to this many pages, `core.js` holds their addresses and titles.
const MOST_IN_CORE: usize = 2_000;

/// How many pages a file of labels has.
const LABELS: usize = 32;

/// A word of the text may be meant by a typing error if it stands on this many pages, once a guide has very many words.
const KNOWN_WELL: u32 = 2;

/// From how many words on.
const MANY_WORDS: usize = 10_000;

/// The shortest word that a typing error is looked for in, in bytes.
const SHORTEST: usize = 4;

/// Takes a file: its path and its bytes.
pub type Emit<'e> = &'e (dyn Fn(&str, Vec<u8>) + Sync);

/// The search of a guide, kept from run to run.
#[derive(Debug)]
pub struct Search {
    index: Index,
    shards: Shards,
    excerpts: Excerpts,
    labels: Vec<String>,
    spelling: (u64, String),
    core: u64,
    /// Every file that there is, and how many need it: equal texts have equal files.
    files: HashMap<String, u32>,
    language: String,
}

/// Turns data into files.
pub struct Script<'e> {
    emit: Emit<'e>,
    known: &'e HashMap<String, u32>,
    /// The files that were new in this run.
    made: Mutex<HashSet<String>>,
}

impl Script<'_> {
    /// Writes data to a file, and gives the hash in its name.
    pub fn write(&self, stem: &str, data: &impl Serialize) -> String {
        let json = serde_json::to_string(data).expect("texts and numbers can always be written");
        // 40 bits of the hash: two files of one stem do not meet, and the core that names thousands stays short.
        let hash = format!("{:010x}", xxh3_64(json.as_bytes()) >> 24);
        let path = path_of(stem, &hash);
        // Equal texts have equal files.
        if !self.known.contains_key(&path)
            && self.made.lock().expect("nothing panics while it is locked").insert(path.clone())
        {
            (self.emit)(&path, call(&format!("{stem}.{hash}"), &json));
        }
        hash
    }
}

/// A script that hands data, as JSON, to the search of a page under a name.
pub fn call(name: &str, json: &str) -> Vec<u8> {
    format!("levelOneSearch(\"{name}\",{json});\n").into_bytes()
}

#[derive(Serialize)]
struct Core<'i> {
    version: u32,
    language: &'i str,
    pages: usize,
    sections: usize,
    /// How many pages each run of a kind has, in the order of pages.
    kinds: Vec<(&'static str, usize)>,
    /// Each tag with the distances between its pages.
    tags: Vec<(&'i str, String)>,
    /// How many words each title has.
    title_words: String,
    synonyms: &'i [Vec<Vec<String>>],
    /// The bound of each shard but the first, which begins with the first word there can be.
    bounds: String,
    words: String,
    spelling: &'i str,
    /// Up to 2,000 pages, what files of labels hold otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<Labels<'i>>,
    /// Beyond that, the hashes of those files.
    #[serde(skip_serializing_if = "str::is_empty")]
    label_files: String,
}

#[derive(Serialize)]
struct Labels<'i> {
    addresses: String,
    titles: Vec<&'i str>,
    /// The trails, each once.
    trails: Vec<&'i str>,
    /// Which trail each page has.
    trail: String,
    /// The hash of each file of texts, and how many pages of these it holds.
    texts: String,
    texts_of: String,
}

impl Search {
    /// A search of no pages.
    pub fn new(synonyms: &[Vec<String>], language: &str) -> Search {
        Search {
            index: Index::new(Synonyms::new(synonyms)),
            shards: Shards::default(),
            excerpts: Excerpts::default(),
            labels: Vec::new(),
            spelling: Default::default(),
            core: 0,
            files: HashMap::new(),
            language: language.to_owned(),
        }
    }

    /// Whether there is a file.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// How many files there are.
    pub fn file_count(&self) -> usize {
        self.files.len()
    }

    /// Takes the pages as they are now, and hands over the files that are new or have changed.
    pub fn update(&mut self, pages: &dyn Pages, emit: Emit<'_>) {
        let changed = self.index.update(pages);
        let all = changed.all || self.core == 0;
        if changed.pages.is_empty() && !all {
            return;
        }
        if all {
            self.labels.clear();
        }
        let script = Script { emit, known: &self.files, made: Mutex::default() };
        let known_shards = self.shards.names().filter(|_| !all);
        let before: Vec<String> = known_shards.map(|hash| path_of("words", hash)).collect();
        self.shards.update(&mut self.index, all, &script);
        let touched = self.excerpts.update(pages, &self.index.kinds(), &changed.pages, all, &script);
        let spelling = self.spelling(&script);
        let labels = self.changed_labels(all, &touched, &script);
        drop(script);
        let mut files = if all { HashMap::new() } else { std::mem::take(&mut self.files) };
        let mut exchange = |stem: &str, old: &str, new: &str| {
            forget(&mut files, &path_of(stem, old));
            *files.entry(path_of(stem, new)).or_default() += 1;
        };
        exchange("spelling", &self.spelling.1, &spelling.1);
        self.spelling = spelling;
        for (old, file) in touched {
            exchange("texts", &old, &self.excerpts.files[file].name);
        }
        for (block, name) in labels {
            if block == self.labels.len() {
                self.labels.push(String::new());
            }
            exchange("labels", &self.labels[block], &name);
            self.labels[block] = name;
        }
        for path in self.shards.names().map(|hash| path_of("words", hash)) {
            *files.entry(path).or_default() += 1;
        }
        before.iter().for_each(|path| forget(&mut files, path));
        files.insert(CORE.to_owned(), 1);
        self.files = files;
        let core = serde_json::to_string(&self.core()).expect("texts and numbers can always be written");
        let print = xxh3_64(core.as_bytes());
        if print != self.core {
            self.core = print;
            emit(CORE, call("core", &core));
        }
    }

    /// Words that a typing error may have been meant for, with how many pages have them. Concepts are no words; a guide
    /// of very many words has typing errors of its own, so there a word has to stand on two pages, or in a title or a
    /// heading.
    fn spelling(&self, script: &Script<'_>) -> (u64, String) {
        let Index { order, words, .. } = &self.index;
        let least = if order.len() > MANY_WORDS { KNOWN_WELL } else { 1 };
        let known = order.iter().map(|id| &words[*id as usize]).filter(|word| {
            (word.pages >= least || word.postings.iter().any(|posting| posting.count.strong > 0))
                && word.text.len() >= SHORTEST
                && word.text.starts_with(char::is_alphabetic)
        });
        let print = fold(0, known.clone().map(|word| word.hash ^ u64::from(word.pages.ilog2()) << 7));
        if print == self.spelling.0 && !self.spelling.1.is_empty() {
            return self.spelling.clone();
        }
        let (mut text, mut pages, mut before) = (String::new(), String::new(), "");
        for word in known {
            front_code(before, &word.text, &mut text);
            code::write(word.pages.ilog2(), &mut pages);
            before = &word.text;
        }
        (print, script.write("spelling", &(text, pages)))
    }

    /// The files of labels that differ, by their number: those of pages whose files of texts have other names.
    fn changed_labels(
        &self,
        all: bool,
        touched: &[(String, usize)],
        script: &Script<'_>,
    ) -> Vec<(usize, String)> {
        let count = self.index.entries.len();
        if count <= MOST_IN_CORE {
            return Vec::new();
        }
        let blocks: BTreeSet<usize> = match all {
            true => (0..count.div_ceil(LABELS)).collect(),
            false => {
                let of = |(_, file): &(String, usize)| {
                    let pages = &self.excerpts.files[*file].pages;
                    pages.start / LABELS..=(pages.end - 1) / LABELS
                };
                touched.iter().flat_map(of).collect()
            }
        };
        let write = |block: usize| {
            let start = block * LABELS;
            (block, script.write("labels", &self.labels_of(start..count.min(start + LABELS))))
        };
        blocks.into_par_iter().map(write).collect()
    }

    /// Addresses and titles of some pages, and where their texts are.
    fn labels_of(&self, range: Range<usize>) -> Labels<'_> {
        let entries = &self.index.entries[range.clone()];
        let (mut addresses, mut trail, mut before) = (String::new(), String::new(), "");
        let mut trails: Vec<&str> = Vec::new();
        for entry in entries {
            front_code(before, &entry.address, &mut addresses);
            before = &entry.address;
            let known = trails.iter().rposition(|known| *known == entry.label.trail);
            let place = known.unwrap_or_else(|| {
                trails.push(&entry.label.trail);
                trails.len() - 1
            });
            code::write(u32::try_from(place).expect("there are fewer"), &mut trail);
        }
        let (mut texts, mut texts_of) = (String::new(), String::new());
        let first = self.excerpts.files.partition_point(|file| file.pages.end <= range.start);
        for file in self.excerpts.files[first..].iter().take_while(|file| file.pages.start < range.end) {
            texts.push_str(&file.name);
            let begins = file.pages.start.max(range.start);
            for number in [begins - file.pages.start, file.pages.end.min(range.end) - begins] {
                code::write(u32::try_from(number).expect("is small"), &mut texts_of);
            }
        }
        let titles = entries.iter().map(|entry| entry.label.title.as_str()).collect();
        Labels { addresses, titles, trails, trail, texts, texts_of }
    }

    fn core(&self) -> Core<'_> {
        let entries = &self.index.entries;
        let mut kinds: Vec<(&'static str, usize)> = Vec::new();
        let mut tags: BTreeMap<&str, (String, usize)> = BTreeMap::new();
        let mut title_words = String::new();
        for (number, entry) in entries.iter().enumerate() {
            let label = &entry.label;
            match kinds.last_mut() {
                Some((kind, count)) if *kind == label.kind => *count += 1,
                _ => kinds.push((label.kind, 1)),
            }
            for tag in &label.tags {
                let (pages, last) = tags.entry(tag).or_default();
                if *last <= number {
                    code::write(u32::try_from(number - *last).expect("there are fewer pages"), pages);
                    *last = number + 1;
                }
            }
            code::write(label.title_words, &mut title_words);
        }
        let shards = &self.shards.shards;
        Core {
            version: VERSION,
            language: &self.language,
            pages: entries.len(),
            sections: self.index.section_count(),
            kinds,
            tags: tags.into_iter().map(|(tag, (pages, _))| (tag, pages)).collect(),
            title_words,
            synonyms: &self.index.synonyms.rows,
            bounds: shards.iter().skip(1).map(|shard| shard.bound.as_str()).collect::<Vec<_>>().join(" "),
            words: shards.iter().map(|shard| shard.name.as_str()).collect(),
            spelling: &self.spelling.1,
            labels: self.labels.is_empty().then(|| self.labels_of(0..entries.len())),
            label_files: self.labels.concat(),
        }
    }
}

/// One less needs a file.
fn forget(files: &mut HashMap<String, u32>, path: &str) {
    if let Some(count) = files.get_mut(path) {
        *count -= 1;
        if *count == 0 {
            files.remove(path);
        }
    }
}

fn path_of(stem: &str, hash: &str) -> String {
    format!("search/{stem}.{hash}.js")
}
