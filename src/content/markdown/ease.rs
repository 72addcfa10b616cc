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
        // none. Only the end of a word branches: this loop sees every letter of a guide.
        let (mut groups, mut vowel_before, mut seen) = (0, 0, 0);
        let (mut letter, mut letter_before, mut mark) = (b' ', b' ', b' ');
        for byte in text.bytes().chain([b' ']) {
            let class = CLASSES[usize::from(byte)];
            if class & SPACE == 0 {
                let vowel = class & VOWEL;
                groups += usize::from(vowel & !vowel_before);
                vowel_before = vowel;
                seen |= class;
                let is_letter = class & LETTER != 0;
                letter_before = if is_letter { letter } else { letter_before };
                letter = if is_letter { byte } else { letter };
                // Quotes and brackets behind a full stop belong to it.
                mark = if class & BRACKET == 0 { byte } else { mark };
                continue;
            }
            if seen & LETTER != 0 {
                let silent = letter | 0x20 == b'e'
                    && letter_before | 0x20 != b'l'
                    && CLASSES[usize::from(letter_before)] & VOWEL == 0;
                self.words += 1;
                self.open = true;
                self.syllables += if silent && groups > 1 { groups - 1 } else { groups.max(1) };
                if matches!(mark, b'.' | b'!' | b'?' | b':') {
                    self.end();
                }
            }
            (groups, vowel_before, seen) = (0, 0, 0);
            (letter, letter_before, mark) = (b' ', b' ', b' ');
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

const VOWEL: u8 = 1;
const LETTER: u8 = 2;
const SPACE: u8 = 4;
const BRACKET: u8 = 8;

/// What each byte is. Letters beyond ASCII count as vowels: most of those in European languages are.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => VOWEL | LETTER,
            b'A' | b'E' | b'I' | b'O' | b'U' | b'Y' | 0x80.. => VOWEL | LETTER,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => LETTER,
            b' ' | b'\t' | b'\n' | b'\r' => SPACE,
            b'"' | b'\'' | b')' | b']' => BRACKET,
            _ => 0,
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
