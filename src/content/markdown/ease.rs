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
            if byte.is_ascii_whitespace() {
                if in_word {
                    self.words += 1;
                    self.open = true;
                    self.syllables += if silent && syllables > 1 { syllables - 1 } else { syllables.max(1) };
                    if matches!(last, b'.' | b'!' | b'?' | b':') {
                        self.end();
                    }
                }
                (in_word, in_vowels, syllables, silent) = (false, false, 0, false);
            } else {
                let small = byte.to_ascii_lowercase();
                let vowel = matches!(small, b'a' | b'e' | b'i' | b'o' | b'u' | b'y') || byte >= 0x80;
                if byte.is_ascii_alphanumeric() || byte >= 0x80 {
                    in_word = true;
                    syllables += usize::from(vowel && !in_vowels);
                    silent = small == b'e' && !in_vowels && !last.eq_ignore_ascii_case(&b'l');
                }
                in_vowels = vowel;
            }
            // Quotes and brackets behind a full stop belong to it.
            if !matches!(byte, b'"' | b'\'' | b')' | b']') {
                last = byte;
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
