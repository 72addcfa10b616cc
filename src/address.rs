//! Where a page lies on the site: slugs, addresses, and the relative links between them.
//!
//! Every link of the site is relative and ends in a file's name, so that it works at any address, in any folder and
//! without a server.

use std::sync::Arc;

use deunicode::deunicode;

/// A file's place on the site, from its root: `lessons/asking-why.html`. Only ASCII that needs no escaping.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(Arc<str>);

impl Address {
    /// An address from a path that is made of slugs and file names.
    pub fn new(path: impl Into<Arc<str>>) -> Address {
        Address(path.into())
    }

    /// The address of a lesson. It does not name the module, so that a lesson keeps it when it moves.
    pub fn lesson(slug: &str) -> Address {
        Address::new(format!("lessons/{slug}.html"))
    }

    /// The address of a module's page.
    pub fn module(slug: &str) -> Address {
        Address::new(format!("lessons/{slug}/index.html"))
    }

    /// The address of a reply.
    pub fn reply(slug: &str) -> Address {
        Address::new(format!("replies/{slug}.html"))
    }

    /// The address of a tag's page.
    pub fn tag(slug: &str) -> Address {
        Address::new(format!("tags/{slug}.html"))
    }

    /// The address of any other page at the root of the site.
    pub fn page(slug: &str) -> Address {
        Address::new(format!("{slug}.html"))
    }

    /// The path from the root of the site.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What leads from this page to the root of the site: nothing, `../` or `../../`.
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// The relative link from this page to another.
    pub fn link(&self, to: &Address) -> String {
        let (mut from, mut target) = (&*self.0, &*to.0);
        // Folders that both lie in are left out.
        while let (Some((folder, below)), Some((other, rest))) =
            (from.split_once('/'), target.split_once('/'))
            && folder == other
        {
            (from, target) = (below, rest);
        }
        let mut link = "../".repeat(from.matches('/').count());
        link.push_str(target);
        link
    }

    /// The relative link from this page to a part of another, or of itself.
    pub fn link_to_part(&self, to: &Address, fragment: &str) -> String {
        let page = if self == to { String::new() } else { self.link(to) };
        format!("{page}#{fragment}")
    }
}

/// Makes a slug: transliterated to lower-case ASCII, every other run of characters one `-`. Empty if nothing is left.
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for byte in deunicode(text).bytes() {
        if byte.is_ascii_alphanumeric() {
            slug.push(byte.to_ascii_lowercase() as char);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    if slug.ends_with('-') {
        slug.pop();
    }
    slug
}

/// Whether a written slug is one: `[a-z0-9]+(-[a-z0-9]+)*`.
pub fn is_slug(text: &str) -> bool {
    text.split('-').all(|part| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// A file's or folder's name in words: `when-no` becomes `When no`.
pub fn in_words(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut characters = words.trim().chars();
    characters.next().map_or(String::new(), |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative() {
        let lesson = Address::lesson("a");
        assert_eq!(lesson.link(&Address::lesson("b")), "b.html");
        assert_eq!(lesson.link(&Address::module("m")), "m/index.html");
        assert_eq!(lesson.link(&Address::page("path")), "../path.html");
        assert_eq!(Address::module("m").link(&Address::reply("r")), "../../replies/r.html");
        assert_eq!(Address::module("m").link(&Address::module("m")), "index.html");
        assert_eq!(lesson.link_to_part(&lesson, "x"), "#x");
        assert_eq!(Address::module("m").to_root(), "../../");
    }

    #[test]
    fn slugs() {
        assert_eq!(slugify("  Über die Brücke! (2) "), "uber-die-brucke-2");
        assert_eq!(slugify("Привет"), "privet");
        assert_eq!(slugify("???"), "");
        assert!(is_slug("a-1") && !is_slug("A") && !is_slug("a--b") && !is_slug("") && !is_slug("-a"));
    }
}
