//! The rules for kind replies and for what tells of a person, as data: `rules.json` beside this file. Scripts of the theme
//! run the same file, so that readers hear of their own text what authors hear of theirs; `tests/rules.json` holds cases
//! that both are run over.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// The rules, as both programs read them.
#[derive(Debug, Deserialize, Serialize)]
pub struct Rules {
    /// Words that press, compare or lay guilt on somebody.
    pub pressure: Vec<Words>,
    /// What no reply asks, by the words that such a question holds.
    pub forbidden: Vec<Words>,
    /// By what words a move is known in a text that does not name its moves; for scripts alone.
    moves: Moves,
    /// The longest subject of an InMail, in characters (lettercounter.org, 2026).
    pub inmail_subject: usize,
    /// Text messages.
    pub sms: Sms,
    /// What tells of a person.
    pub personal: Personal,
}

/// Words with what is wrong with them.
#[derive(Debug, Deserialize, Serialize)]
pub struct Words {
    /// What is wrong, as the rest of a sentence.
    pub why: String,
    /// The words, in small letters.
    pub words: Vec<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Moves {
    greeting: Vec<String>,
    thanks: Vec<String>,
    good_luck: Vec<String>,
}

/// How text messages are counted: in GSM-7, where some signs count twice; any sign outside of it makes them UCS-2
/// (developers.gms-worldwide.com, SMS encoding).
#[derive(Debug, Deserialize, Serialize)]
pub struct Sms {
    /// How much one message takes in GSM-7.
    pub gsm7: usize,
    /// How much one message takes in UCS-2, in units of UTF-16.
    pub ucs2: usize,
    /// How much each part of a longer one takes in GSM-7; for scripts alone.
    joined: usize,
    /// The same in UCS-2.
    joined_ucs2: usize,
    /// The letters of GSM 03.38 beside those of ASCII.
    pub letters: String,
    /// Signs that count twice.
    pub twice: String,
}

/// What tells of a person.
#[derive(Debug, Deserialize, Serialize)]
pub struct Personal {
    /// Sites whose addresses lead to a person.
    pub profiles: Vec<String>,
    /// The least digits of what could be a telephone number or the number of a person.
    pub least_digits: usize,
    /// Words that begin sentences, and days and months: capitals that say nothing of a person.
    pub common: Vec<String>,
}

/// The rules.
pub static RULES: LazyLock<Rules> = LazyLock::new(|| {
    serde_json::from_str(include_str!("rules.json")).expect("the rules are part of the program")
});

/// Every phrase of a list with what is wrong with it.
pub fn phrases(list: &[Words]) -> impl Iterator<Item = (&str, &str)> {
    list.iter().flat_map(|one| one.words.iter().map(|words| (words.as_str(), one.why.as_str())))
}
