//! `module.yaml`: the title, summary and order of a folder of lessons.

use crate::address::{in_words, slugify};
use crate::diagnostic::Diagnostic;
use crate::source::{SitePath, Source};
use crate::yaml::Document;

/// A module: a folder below `content/lessons/`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Module {
    /// The folder's name.
    pub folder: String,
    /// The part of the address that it makes.
    pub slug: String,
    /// Its title: the folder's name in words, unless one is written.
    pub title: String,
    /// One sentence; may be empty.
    pub summary: String,
    /// Its place among the modules; those without come last.
    pub order: Option<i64>,
    /// The file, if there is one.
    pub path: Option<SitePath>,
}

impl Module {
    /// A module of which only the folder is known.
    pub fn of_folder(folder: &str) -> Module {
        Module {
            folder: folder.to_owned(),
            slug: slugify(folder),
            title: in_words(folder),
            summary: String::new(),
            order: None,
            path: None,
        }
    }

    /// Reads a file.
    pub fn parse(source: &Source) -> (Module, Vec<Diagnostic>) {
        let folder = source.path.folder().rsplit('/').next().unwrap_or("");
        let mut module = Module { path: Some(source.path.clone()), ..Module::of_folder(folder) };
        let document = match Document::parse(source, source.whole()) {
            Ok(document) => document,
            Err(found) => return (module, vec![*found]),
        };
        if !document.root().is_empty()
            && let Some(map) = document.root().map()
        {
            if let Some(title) = map.get("title").and_then(|title| title.text()) {
                module.title = title;
            }
            module.summary = map.get("summary").and_then(|summary| summary.text()).unwrap_or_default();
            module.order = map.get("order").and_then(|order| order.number(-1_000_000..=1_000_000));
            map.done();
        }
        (module, document.finish())
    }
}
