//! A text as the words that are searched for: split, in small letters, without accents.
//!
//! The script of the page splits queries by the same rules (`engine/words.js` of the theme's search dialog); both are
//! held to one table of cases, `tests/contract/words.json`. Whoever changes one changes the other, and
//! `search::files::VERSION`.
//!
//! - A word is a run of letters, digits and marks. An apostrophe within it is dropped: `don’t` is `dont`.
//! - Runs that single hyphens join make one word more, without the hyphens: `counter-offer` is `counter`, `offer` and
//!   `counteroffer`.
//! - Scripts that do not part words by spaces are cut into pairs of letters, each of which overlaps the next.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The longest word, in characters; the rest of a longer one is dropped.
pub const LONGEST: usize = 48;

/// The most runs that are joined to one word: what has more hyphens is no word that anybody writes as one.
const MOST_JOINED: usize = 4;

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// In small letters, without accents.
    pub text: &'t str,
    /// Whether it was made by joining the words before it.
    pub joined: bool,
}

/// Takes the words of a text one by one.
pub fn split(text: &str, mut take: impl FnMut(Word<'_>)) {
    let mut chain = Chain::default();
    let mut rest = text;
    while let Some(start) = rest.find(is_word) {
        if !(chain.parts > 0 && is_hyphen(&rest[..start])) {
            chain.end(&mut take);
        }
        rest = &rest[start..];
        let end = rest.find(|c| !(is_word(c) || is_apostrophe(c))).unwrap_or(rest.len());
        let word = fold(&rest[..end]);
        if !word.is_empty() {
            chain.add(&word, &mut take);
        }
        rest = &rest[end..];
    }
    chain.end(&mut take);
}

/// The words of a text in a list.
pub fn list(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    split(text, |word| words.push(word.text.to_owned()));
    words
}

/// Runs that hyphens join.
#[derive(Default)]
struct Chain {
    parts: usize,
    joined: String,
    /// Whether a part of it is cut into pairs, and so cannot be joined to others.
    in_pairs: bool,
}

impl Chain {
    fn add(&mut self, run: &str, take: &mut impl FnMut(Word<'_>)) {
        self.parts += 1;
        if self.parts <= MOST_JOINED {
            self.joined.push_str(run);
        }
        if run.is_ascii() || !run.contains(is_unspaced) {
            return take(Word { text: cut(run), joined: false });
        }
        self.in_pairs = true;
        let mut from = 0;
        let mut unspaced = None;
        for (at, c) in run.char_indices().chain([(run.len(), ' ')]) {
            let now = at < run.len() && is_unspaced(c);
            if unspaced != Some(now) || at == run.len() {
                match unspaced {
                    Some(true) => pairs(&run[from..at], take),
                    Some(false) => take(Word { text: cut(&run[from..at]), joined: false }),
                    None => {}
                }
                from = at;
                unspaced = Some(now);
            }
        }
    }

    fn end(&mut self, take: &mut impl FnMut(Word<'_>)) {
        if (2..=MOST_JOINED).contains(&self.parts) && !self.in_pairs {
            take(Word { text: cut(&self.joined), joined: true });
        }
        self.parts = 0;
        self.in_pairs = false;
        self.joined.clear();
    }
}

/// A single letter by itself; of more, each with the next.
fn pairs(run: &str, take: &mut impl FnMut(Word<'_>)) {
    let ends: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
    if ends.len() == 2 {
        return take(Word { text: run, joined: false });
    }
    for pair in ends.windows(3) {
        take(Word { text: &run[pair[0]..pair[2]], joined: false });
    }
}

fn cut(word: &str) -> &str {
    if word.len() <= LONGEST {
        return word;
    }
    word.char_indices().nth(LONGEST).map_or(word, |(at, _)| &word[..at])
}

/// A run in small letters, without accents and apostrophes.
fn fold(run: &str) -> Cow<'_, str> {
    if run.is_ascii() {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        if run.bytes().all(plain) {
            return Cow::Borrowed(run);
        }
        return Cow::Owned(run.chars().filter(|c| *c != '\'').map(|c| c.to_ascii_lowercase()).collect());
    }
    let small: String = run.nfkd().flat_map(char::to_lowercase).collect();
    let mut folded = String::with_capacity(small.len());
    for c in small.chars().filter(|c| is_word(*c) && !is_accent(*c) && !is_apostrophe(*c)) {
        match plain_letters(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(c),
        }
    }
    Cow::Owned(folded.nfc().collect())
}

/// Letters that are written differently where their keys are missing, and are no letter with a mark to Unicode.
fn plain_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ı' => "i",
        'þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

/// Marks that people leave out when they type: accents, and the vowel points of Hebrew and Arabic. Those of other
/// scripts belong to the letter.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphabetic() || c.is_numeric() || is_combining_mark(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '\u{ff07}')
}

/// Whether what stands between two runs joins them.
fn is_hyphen(between: &str) -> bool {
    matches!(between, "-" | "\u{2010}" | "\u{2011}")
}

/// Letters of scripts that are written without spaces between words: Thai, Lao, Burmese, Khmer, kana, Chinese.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cases_that_the_script_is_held_to() {
        let cases = include_str!("../../tests/contract/words.json");
        let cases: Vec<(String, Vec<String>)> = serde_json::from_str(cases).expect("is a list of cases");
        assert!(cases.len() > 40);
        for (text, words) in cases {
            assert_eq!(list(&text), words, "{text}");
        }
    }

    #[test]
    fn no_word_is_longer_than_the_longest() {
        assert_eq!(list(&"a".repeat(100_000)), ["a".repeat(LONGEST)]);
        assert_eq!(list(&"é".repeat(100))[0].chars().count(), LONGEST);
        assert_eq!(list(&format!("{0}-{0}", "é".repeat(40)))[2].chars().count(), LONGEST);
    }
}
