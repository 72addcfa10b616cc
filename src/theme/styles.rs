//! The styles of a theme: one file for every page, and one for each part of the guide that components name in the names of
//! their files, `<component>.<part>.css`, for the pages there.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::address::Address;
use crate::site::assets::hashed_address;
use crate::theme::ThemeFile;
use crate::theme::scripts::without_comments;

/// The styles that come before those of the components, in order.
const BEFORE: &[&str] = &["layers", "tokens", "reset", "base", "prose", "layout", "home", "desk"];

/// The styles that come after them.
const AFTER: &[&str] = &["utilities", "print"];

/// The styles of a theme.
#[derive(Debug)]
pub struct Styles {
    /// What every page loads, and where it stands.
    pub page: (Address, String),
    /// What some pages load, by part.
    pub parts: BTreeMap<String, (Address, String)>,
}

impl Styles {
    /// Puts together the styles among the files of a theme.
    pub(super) fn new(files: &BTreeMap<String, ThemeFile>) -> Styles {
        let named = |names: &'static [&str]| names.iter().map(|name| format!("styles/{name}.css"));
        let known: Vec<String> = named(BEFORE).chain(named(AFTER)).collect();
        let styles = || files.keys().filter(|name| name.ends_with(".css"));
        let of_components = || styles().filter(|name| name.starts_with("components/"));
        let components = of_components().filter(|name| part(name).is_none()).cloned();
        // A style sheet that a guide adds comes last, so that it wins within its layer.
        let added = styles().filter(|name| name.starts_with("styles/") && !known.contains(name)).cloned();
        let text =
            |name: &str| files.get(name).map_or(String::new(), |file| without_comments(&file.source.text));
        let of_page = named(BEFORE).chain(components).chain(named(AFTER)).chain(added);
        let page: String = of_page.map(|name| text(&name)).collect();
        let mut parts: BTreeMap<String, String> = BTreeMap::new();
        for name in of_components() {
            if let Some(part) = part(name) {
                parts.entry(part.to_owned()).or_default().push_str(&text(name));
            }
        }
        let placed = |name: &str, text: String| (hashed_address(name, "css", xxh3_64(text.as_bytes())), text);
        Styles {
            page: placed("style", page),
            parts: parts.into_iter().map(|(name, text)| (name.clone(), placed(&name, text))).collect(),
        }
    }
}

/// The part of the guide that a file of a component is for, if it is not for every page.
pub fn part(path: &str) -> Option<&str> {
    let (_, name) = path.rsplit_once('/')?;
    let (stem, _) = name.rsplit_once('.')?;
    stem.split_once('.').map(|(_, part)| part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_names_its_part() {
        assert_eq!(part("components/quiz/quiz.css"), None);
        assert_eq!(part("components/quiz/quiz.learning.js"), Some("learning"));
        assert_eq!(part("quiz.css"), None);
    }
}
