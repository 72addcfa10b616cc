//! How easily a text reads, counted while it is written.

/// The longest sentences and words make a text hard: what the formula of Flesch counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ease {
    /// Words of running text: no headings, tables, code or components.
    pub words: usize,
    sentences: usize,
    syllables: usize,
    /// Whether words have come since the last full stop.
    open: bool,
}

impl Ease {
    /// Counts a piece of running text.
    pub fn text(&mut self, text: &str) {
        // What stands between two spaces is a word; vowels that touch are one syllable, and a silent `e` at the end is
        // none.
        let (mut in_word, mut in_vowels, mut syllables, mut silent) = (false, false, 0, false);
        let mut last = b' ';
        for byte in text.bytes().chain([b' ']) {
            match CLASSES[usize::from(byte)] {
                Class::Vowel => {
                    let is_e = byte | 0x20 == b'e';
                    in_word = true;
                    syllables += usize::from(!in_vowels);
                    silent = is_e && !in_vowels && last | 0x20 != b'l';
                    (in_vowels, last) = (true, byte);
                }
                Class::Letter => {
                    in_word = true;
                    (silent, in_vowels, last) = (false, false, byte);
                }
                Class::Space => {
                    if in_word {
                        self.words += 1;
                        self.open = true;
                        self.syllables +=
                            if silent && syllables > 1 { syllables - 1 } else { syllables.max(1) };
                        if matches!(last, b'.' | b'!' | b'?' | b':') {
                            self.end();
                        }
                    }
                    (in_word, in_vowels, syllables, silent, last) = (false, false, 0, false, byte);
                }
                // Quotes and brackets behind a full stop belong to it.
                Class::Bracket => in_vowels = false,
                Class::Other => (in_vowels, last) = (false, byte),
            }
        }
    }

    /// A paragraph, an item of a list or a sentence has come to its end.
    pub fn end(&mut self) {
        self.sentences += usize::from(std::mem::take(&mut self.open));
    }

    /// The reading ease from 0 to 100; 60 and more is plain English. Flesch, A new readability yardstick, Journal of
    /// Applied Psychology 32, 1948. None for a text of a few words, of which it says nothing.
    pub fn score(&self) -> Option<i32> {
        if self.words < FEW_WORDS || self.sentences == 0 {
            return None;
        }
        let (words, sentences, syllables) = (self.words as f64, self.sentences as f64, self.syllables as f64);
        let score = 206.835 - 1.015 * words / sentences - 84.6 * syllables / words;
        Some(score.round().clamp(0.0, 100.0) as i32)
    }
}

#[derive(Clone, Copy)]
enum Class {
    Vowel,
    Letter,
    Space,
    Bracket,
    Other,
}

/// What each byte is. Letters beyond ASCII count as vowels: most of those in European languages are.
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'A' | b'E' | b'I' | b'O' | b'U' | b'Y' | 0x80.. => {
                Class::Vowel
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Class::Letter,
            b' ' | b'\t' | b'\n' | b'\r' => Class::Space,
            b'"' | b'\'' | b')' | b']' => Class::Bracket,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

/// Below so many words the score of a text is chance.
const FEW_WORDS: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str) -> (usize, usize, usize) {
        let mut ease = Ease::default();
        ease.text(text);
        ease.end();
        (ease.words, ease.sentences, ease.syllables)
    }

    #[test]
    fn words_sentences_and_syllables() {
        assert_eq!(counted("The cat sat. It was glad."), (6, 2, 6));
        assert_eq!(counted("People make a little table"), (5, 1, 8));
        assert_eq!(counted("\"Really?\" they said (again)."), (4, 2, 6));
        assert_eq!(counted(" - 2.5 "), (1, 1, 1));
    }

    #[test]
    fn plain_words_read_easily() {
        let score = |sentence: &str| {
            let mut ease = Ease::default();
            for _ in 0..30 {
                ease.text(sentence);
            }
            ease.score().expect("is long enough")
        };
        assert!(score("You thank them and you stop there.") > 90);
        assert!(
            score(
                "Organisational accountability necessitates comprehensive documentation of individual considerations."
            ) < 10
        );
        assert_eq!(Ease::default().score(), None);
    }
}
