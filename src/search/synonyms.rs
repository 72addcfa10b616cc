//! Words that find each other. A row of `synonyms` is a concept: a section that says any of its terms holds the concept,
//! and whoever searches for one of the terms finds those sections.
//!
//! Where the terms stand is found here, with the text at hand, so that a term of several words means these words side by
//! side, and a search asks for one more word and not for twenty.

use ahash::{HashMap, HashMapExt as _};

use crate::search::words;

/// The rows of a guide, ready to be looked for.
#[derive(Debug, Default)]
pub struct Synonyms {
    /// The terms of each row, as words.
    pub rows: Vec<Vec<Vec<String>>>,
    /// Terms by the forms of their first word: the other words, and the row.
    by_first: HashMap<String, Vec<(Vec<String>, usize)>>,
}

/// What stands in the index for a row. No word begins with this sign.
pub fn concept(row: usize) -> String {
    format!("#{row}")
}

impl Synonyms {
    /// The rows as they were written.
    pub fn new(rows: &[Vec<String>]) -> Synonyms {
        let terms = |row: &Vec<String>| -> Vec<Vec<String>> {
            let mut terms: Vec<Vec<String>> = Vec::new();
            for term in row {
                let words = spoken(term);
                if !words.is_empty() && !terms.contains(&words) {
                    terms.push(words);
                }
            }
            terms
        };
        let rows: Vec<Vec<Vec<String>>> = rows.iter().map(terms).collect();
        let mut by_first: HashMap<String, Vec<(Vec<String>, usize)>> = HashMap::new();
        for (number, row) in rows.iter().enumerate() {
            for term in row {
                let (first, rest) = term.split_first().expect("terms have words");
                for form in forms(first) {
                    by_first.entry(form).or_default().push((rest.to_vec(), number));
                }
            }
        }
        Synonyms { rows, by_first }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    /// The rows of which a term begins at the first of some words.
    pub fn at<'s>(&'s self, text: &'s [&str]) -> impl Iterator<Item = usize> + 's {
        let terms = text.first().and_then(|first| self.by_first.get(*first));
        terms.into_iter().flatten().filter_map(|(rest, row)| {
            let next = text.get(1..=rest.len())?;
            let same = rest
                .iter()
                .zip(next)
                .all(|(word, said)| word == said || forms(word).any(|form| form == *said));
            same.then_some(*row)
        })
    }
}

/// The words of a term, without those that hyphens make.
fn spoken(term: &str) -> Vec<String> {
    let mut spoken = Vec::new();
    words::split(term, |word| {
        if !word.joined {
            spoken.push(word.text.to_owned());
        }
    });
    spoken
}

/// A word and its plain English endings. Other forms are terms of their own in the row.
fn forms(word: &str) -> impl Iterator<Item = String> {
    let endings: &[(&str, &[&str])] = match word {
        _ if word.len() < 3 || !word.is_ascii() || word.ends_with(|c: char| c.is_ascii_digit()) => &[],
        _ if word.ends_with('e') => &[("", &["s", "d"]), ("e", &["ing"])],
        _ if word.ends_with('y') => &[("", &["s", "ing", "ed"]), ("y", &["ies", "ied"])],
        _ => &[("", &["s", "es", "ed", "ing"])],
    };
    let made = endings.iter().flat_map(move |(cut, endings)| {
        let stem = &word[..word.len() - cut.len()];
        endings.iter().map(move |ending| format!("{stem}{ending}"))
    });
    std::iter::once(word.to_owned()).chain(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found_where_all_their_words_stand() {
        let rows =
            [vec!["turn down", "decline", "no-show"], vec!["offer", "decline"], vec!["reply"], vec!["…"]];
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|term| (*term).to_owned()).collect()).collect();
        let synonyms = Synonyms::new(&rows);
        let at = |text: &[&str]| synonyms.at(text).collect::<Vec<_>>();
        assert_eq!(at(&["turned", "down", "again"]), [0]);
        assert_eq!(at(&["turned", "up"]), [0usize; 0]);
        assert_eq!(at(&["turn"]), [0usize; 0]);
        assert_eq!(at(&["declining"]), [0, 1]);
        assert_eq!(at(&["no", "shows"]), [0]);
        assert_eq!(at(&["replied"]), [2]);
        assert_eq!(at(&[]), [0usize; 0]);
        assert!(!synonyms.is_empty() && Synonyms::new(&[]).is_empty());
    }
}
