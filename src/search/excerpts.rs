//! The texts of pages, for excerpts and for finding words side by side.

use rayon::prelude::*;
use serde::Serialize;

use crate::search::files::Script;
use crate::search::{Page, Pages};

/// Short pages that share a file: wins, replies, terms.
const TOGETHER: usize = 8;

/// The files of texts.
#[derive(Debug, Default)]
pub struct Excerpts {
    /// The files in the order of their pages.
    pub files: Vec<File>,
}

/// A file of some neighbouring pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The pages.
    pub pages: std::ops::Range<usize>,
    /// The name of the file.
    pub name: String,
}

#[derive(Serialize)]
struct View<'p> {
    /// The id, the heading and the text of each section.
    sections: Vec<(&'p str, &'p str, &'p str)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    copy: Option<&'p str>,
}

impl Excerpts {
    /// Writes the files of changed pages; `all` writes every one again. Gives the files that were written, each by the
    /// name it had and its place in `files`.
    pub fn update(
        &mut self,
        pages: &dyn Pages,
        kinds: &[&'static str],
        changed: &[usize],
        all: bool,
        script: &Script<'_>,
    ) -> Vec<(String, usize)> {
        if all {
            self.files = groups(kinds).into_iter().map(|pages| File { pages, name: String::new() }).collect();
        }
        let is_touched = |file: &File| {
            let next = changed.partition_point(|page| *page < file.pages.start);
            all || changed.get(next).is_some_and(|page| *page < file.pages.end)
        };
        let touched = self.files.par_iter_mut().enumerate().filter(|(_, file)| is_touched(file));
        let write = |(number, file): (usize, &mut File)| {
            let own: Vec<Page> = file.pages.clone().map(|number| pages.page(number)).collect();
            let views: Vec<View<'_>> = own.iter().map(View::new).collect();
            (std::mem::replace(&mut file.name, script.write("texts", &views)), number)
        };
        touched.map(write).collect()
    }
}

impl<'p> View<'p> {
    fn new(page: &'p Page) -> View<'p> {
        let section = |section: &'p crate::search::Section| {
            (section.id.as_str(), section.heading.as_str(), section.text.as_str())
        };
        View { sections: page.sections.iter().map(section).collect(), copy: page.copy.as_deref() }
    }
}

/// Which pages share a file: by eight in order, but for lessons and pages, which have one each.
fn groups(kinds: &[&'static str]) -> Vec<std::ops::Range<usize>> {
    let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
    for (number, kind) in kinds.iter().enumerate() {
        let is_long = matches!(*kind, "lesson" | "page");
        match groups.last_mut() {
            Some(last) if !is_long && kinds[last.start] == *kind && last.len() < TOGETHER => last.end += 1,
            _ => groups.push(number..number + 1),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_pages_share_a_file() {
        let mut kinds = vec!["lesson"; 3];
        kinds.extend(["win"; 10]);
        assert_eq!(groups(&kinds), [0..1, 1..2, 2..3, 3..11, 11..13]);
    }
}
