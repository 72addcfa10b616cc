//! `content/glossary.yaml`: terms and what they mean.

use std::collections::HashMap;

use crate::address::slugify;
use crate::diagnostic::{Code, Diagnostic};
use crate::place::Located;
use crate::source::{Source, is_hidden};
use crate::yaml::{Document, Value};

/// A term.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// Its place on the page.
    pub id: String,
    /// The term as it is shown.
    pub term: String,
    /// What it means.
    pub means: String,
    /// Other words for it.
    pub also: Vec<String>,
    /// Whether it is linked where it stands in a lesson.
    pub link: bool,
    /// The lesson that tells more, by slug.
    pub lesson: Option<Located<String>>,
}

/// Reads the file. Terms come in the order of the alphabet.
pub fn parse(source: &Source) -> (Vec<Term>, Vec<Diagnostic>) {
    let document = match Document::parse(source, source.whole()) {
        Ok(document) => document,
        Err(found) => return (Vec::new(), vec![*found]),
    };
    let mut terms: Vec<Term> = Vec::new();
    let mut ids: HashMap<String, String> = HashMap::new();
    if !document.root().is_empty()
        && let Some(map) = document.root().map()
    {
        for (name, span, value) in map.entries() {
            let Some(term) = Term::read(name, &value) else { continue };
            if term.id.is_empty() {
                let mut finding = value.finding(Code::SlugInvalid, format!("`{name}` makes no address"));
                finding.span = Some(span);
                value.report(finding.help("give the term a letter or a digit"));
                continue;
            }
            if name.contains(is_hidden) {
                let mut finding = value.finding(
                    Code::CharacterInvisible,
                    "this term holds an invisible character, which is left out",
                );
                finding.span = Some(span);
                value.report(finding.help("type the term anew, without copying it"));
            }
            let taken = ids.insert(term.id.clone(), term.term.clone());
            if taken.as_ref().is_some_and(|other| *other != term.term) {
                let mut finding =
                    value.finding(Code::SlugDuplicate, format!("`{name}` cannot be told from another term"));
                finding.span = Some(span);
                value.report(finding.help("give it a name that differs in its letters"));
            } else if taken.is_none() {
                terms.push(term);
            }
        }
    }
    terms.sort_by_key(|term| (term.term.to_lowercase(), term.id.clone()));
    (terms, document.finish())
}

impl Term {
    fn read(name: &str, value: &Value<'_>) -> Option<Term> {
        let id = slugify(name);
        let term = name.trim().replace(is_hidden, "");
        if !value.is_map() {
            return Some(Term { id, term, means: value.text()?, also: Vec::new(), link: true, lesson: None });
        }
        let map = value.map()?;
        let means = map.required("means").and_then(|means| means.text());
        let also = map.get("also").map(|also| also.texts()).unwrap_or_default();
        let link = map.get("link").and_then(|link| link.flag()).unwrap_or(true);
        let lesson = map.get("lesson").and_then(|lesson| Located::text(&lesson));
        map.done();
        Some(Term { id, term, means: means?, also, link, lesson })
    }
}
