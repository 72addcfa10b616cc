//! The scripts of a theme: those of all components in one file for every page, those that name a part of the guide in
//! their file name in one file for it, which the templates there load, those in a folder of a component in a file of
//! their own, which the component loads when it needs it, and one that runs before the page is shown.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::address::Address;
use crate::site::assets::hashed_address;
use crate::theme::styles::part;

/// The script that runs before a page is first shown, among the parts.
pub const EARLY: &str = "early";

/// The scripts of a theme.
#[derive(Debug, Default)]
pub struct Scripts {
    /// What every page loads, and where it stands.
    pub page: (Option<Address>, String),
    /// What some pages load, by the part in `<component>.<part>.js`; what components load, by `<component>/<folder>`; and
    /// the early script.
    pub parts: BTreeMap<String, (Address, String)>,
}

impl Scripts {
    /// Puts together the scripts among the files of a theme: their paths and texts.
    pub fn new<'f>(files: impl Iterator<Item = (&'f str, &'f str)>) -> Scripts {
        let mut page = String::new();
        let mut parts: BTreeMap<String, String> = BTreeMap::new();
        for (path, text) in files {
            if path == "scripts/early.js" {
                parts.insert(EARLY.to_owned(), without_comments(text));
                continue;
            }
            let Some(inside) = path.strip_prefix("components/").filter(|inside| inside.ends_with(".js"))
            else {
                continue;
            };
            let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
            let out = match (folder.contains('/'), part(inside)) {
                (true, _) => parts.entry(folder.to_owned()).or_default(),
                (false, Some(part)) => parts.entry(part.to_owned()).or_default(),
                (false, None) => &mut page,
            };
            out.push_str(&without_comments(text));
        }
        let address = |stem: &str, text: &str| hashed_address(stem, "js", xxh3_64(text.as_bytes()));
        let part = |(name, text): (String, String)| (name.clone(), (address(&name, &text), text));
        let at = (!page.is_empty()).then(|| address("script", &page));
        Scripts { page: (at, page), parts: parts.into_iter().map(part).collect() }
    }
}

/// A script or style sheet without the lines that are comments as a whole, and without the space that lines begin with:
/// readers load it on the road. A script that holds a text of several lines is left as it is.
pub fn without_comments(script: &str) -> String {
    if script.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return script.to_owned();
    }
    let mut plain = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            // What stands behind the end of a comment stays.
            in_comment = !line.contains("*/");
            let rest = line.split_once("*/").map_or("", |(_, rest)| rest.trim());
            if !rest.is_empty() {
                plain.push_str(rest);
                plain.push('\n');
            }
        } else if !line.is_empty() && !line.starts_with("//") {
            plain.push_str(line);
            plain.push('\n');
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_of_a_folder_and_of_a_part_are_loaded_apart() {
        let files = [
            ("components/a/a.js", "// One\na();\n"),
            ("components/a/a.test.mjs", "test();\n"),
            ("components/a/more/one.js", "one();\n"),
            ("components/a/more/two.js", "/** Two\n * lines */ two();\n"),
            ("components/a/a.learning.js", "learn();\n"),
            ("components/b/b.learning.js", "more();\n"),
            ("components/b/b.js", "  /* x */\n\n  b(\"// no comment\");\n"),
            ("styles/a.css", ".a {}"),
        ];
        let scripts = Scripts::new(files.into_iter());
        assert_eq!(scripts.page.1, "a();\nb(\"// no comment\");\n");
        let part = &scripts.parts["a/more"];
        assert_eq!(part.1, "one();\ntwo();\n");
        assert!(part.0.as_str().starts_with("assets/a-more."), "{}", part.0.as_str());
        assert_eq!(scripts.parts["learning"].1, "learn();\nmore();\n");
        assert_eq!(Scripts::new(std::iter::empty()).page.0, None);
    }

    #[test]
    fn texts_of_several_lines_stay() {
        let script = "// A\nlet a = `x\n  // no comment\n`;\n";
        assert_eq!(without_comments(script), script);
        assert_eq!(without_comments("let a = `x`; // behind\n"), "let a = `x`; // behind\n");
    }
}
