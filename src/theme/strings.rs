//! The words of the interface, from `strings/<language>.yaml` of the theme.

use std::collections::BTreeMap;

use crate::date::{PartialDate, Precision};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Source;
use crate::yaml::{Document, Plain};

/// The words of a language. What it lacks is taken from English.
#[derive(Clone, Debug, PartialEq)]
pub struct Strings {
    words: Plain,
    /// Whether the language is written from right to left.
    pub right_to_left: bool,
}

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: &[&str] =
    &["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"];

/// The files to look for, from the most general: English, the language, the language of a region.
pub fn languages(language: &str) -> Vec<String> {
    let mut codes = vec!["en".to_owned()];
    let general = language.split('-').next().unwrap_or(language);
    for code in [general, language] {
        if !codes.iter().any(|known| known == code) {
            codes.push(code.to_owned());
        }
    }
    codes
}

impl Strings {
    /// Reads the files of a language, the later ones over the earlier.
    pub fn load(sources: &[&Source], language: &str) -> (Strings, Vec<Diagnostic>) {
        let mut words = Plain::Map(BTreeMap::new());
        let mut found = Vec::new();
        for source in sources {
            match Document::parse(source, source.whole()) {
                Ok(document) => {
                    let own = document.root().plain();
                    if matches!(own, Plain::Map(_)) {
                        lay_over(&mut words, own);
                    } else {
                        let message = "the words of a theme are keys and values";
                        found.push(Diagnostic::about_file(Code::ThemeInvalid, &source.path, message));
                    }
                    found.extend(document.finish());
                }
                Err(failure) => found.push(*failure),
            }
        }
        let general = language.split('-').next().unwrap_or(language).to_lowercase();
        (Strings { words, right_to_left: RIGHT_TO_LEFT.contains(&general.as_str()) }, found)
    }

    /// All words, for templates.
    pub fn all(&self) -> &Plain {
        &self.words
    }

    /// A word of a group; the key itself where there is none.
    pub fn get<'w>(&'w self, group: &str, key: &'w str) -> &'w str {
        match self.find(&[group, key]) {
            Some(Plain::Text(text)) => text,
            _ => key,
        }
    }

    /// A date in words: `12 March 2026`, `March 2026` or `2026`.
    pub fn date(&self, date: PartialDate) -> String {
        let first_day = date.first_day();
        let months = match self.find(&["months"]) {
            Some(Plain::List(months)) => months.as_slice(),
            _ => &[],
        };
        let number = first_day.month();
        let month = usize::try_from(number - 1).ok().and_then(|place| months.get(place));
        let month = match month {
            Some(Plain::Text(month)) => month.clone(),
            _ => number.to_string(),
        };
        let (day, year) = (first_day.day().to_string(), first_day.year().to_string());
        let form = match date.precision() {
            Precision::Day => "date_day",
            Precision::Month => "date_month",
            Precision::Year => return year,
        };
        match self.find(&[form]) {
            Some(Plain::Text(form)) => fill(form, &[("day", &day), ("month", &month), ("year", &year)]),
            _ => date.iso(),
        }
    }

    fn find(&self, keys: &[&str]) -> Option<&Plain> {
        keys.iter().try_fold(&self.words, |words, key| match words {
            Plain::Map(map) => map.get(*key),
            _ => None,
        })
    }
}

/// Puts values where a text names them in braces: `{n} minutes`.
pub fn fill(text: &str, values: &[(&str, impl AsRef<str>)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        filled.push_str(&rest[..start]);
        let name = rest[start + 1..].split('}').next().unwrap_or("");
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => {
                filled.push_str(value.as_ref());
                rest = &rest[start + name.len() + 2..];
            }
            None => {
                filled.push('{');
                rest = &rest[start + 1..];
            }
        }
    }
    filled.push_str(rest);
    filled
}

fn lay_over(below: &mut Plain, above: Plain) {
    match (below, above) {
        (Plain::Map(below), Plain::Map(above)) => {
            for (key, value) in above {
                match below.get_mut(&key) {
                    Some(known) => lay_over(known, value),
                    None => {
                        below.insert(key, value);
                    }
                }
            }
        }
        (below, above) => *below = above,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;

    #[test]
    fn fills_named_gaps_once() {
        assert_eq!(fill("{n} of {all} {x", &[("n", "{all}"), ("all", "3")]), "{all} of 3 {x");
    }

    #[test]
    fn a_language_lies_over_english() {
        let en = Source::new(
            SitePath::new("themes/default/strings/en.yaml"),
            "months: [January]\ndate_month: \"{month} {year}\"\na: { b: one, c: two }\n",
        );
        let de = Source::new(
            SitePath::new("themes/default/strings/de.yaml"),
            "months: [Januar]\na: { b: eins }\n",
        );
        let (strings, found) = Strings::load(&[&en, &de], "de");
        assert_eq!(found, []);
        assert_eq!(
            (strings.get("a", "b"), strings.get("a", "c"), strings.get("a", "d")),
            ("eins", "two", "d")
        );
        let date = PartialDate::parse("2026-01").expect("is a month");
        assert_eq!(strings.date(date), "Januar 2026");
    }
}
