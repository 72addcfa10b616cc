//! Files below `content/` that nothing uses: an author who wonders where a page has gone finds it named here.

use std::collections::{BTreeSet, HashSet};

use crate::content::markdown::Target;
use crate::content::{Document, Files, Role};
use crate::diagnostic::{Code, Diagnostic, is_near};
use crate::site::Site;
use crate::snapshot::Snapshot;
use crate::source::SitePath;

/// The folders whose files become pages, and which files those are.
const FOLDERS: &[(&str, &str)] = &[("lessons", "md"), ("replies", "md"), ("pages", "md"), ("wins", "yaml")];

/// Names every file that nothing uses.
pub fn check(site: &Site, files: &Files, snapshot: &Snapshot) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut used: HashSet<&SitePath> = site.assets.iter().map(|(path, _)| path).collect();
    // What a page links to is used, even where it was refused or the page is a draft.
    let outlines = files.documents().filter_map(|(_, document)| match document {
        Document::Article(article) => Some(&article.face.outline),
        _ => None,
    });
    for outline in outlines {
        used.extend(outline.images.iter().filter_map(|image| image.value.path.as_ref()));
        used.extend(outline.links.iter().filter_map(|link| match &link.value.target {
            Target::File { path, .. } => Some(path),
            _ => None,
        }));
    }
    let modules: BTreeSet<&str> =
        site.lessons.iter().filter_map(|lesson| lesson.article.face.module.as_deref()).collect();
    for path in snapshot.files.keys() {
        match Role::of(path) {
            Some(Role::Asset) if !used.contains(path) && !is_for_people(path) => found.push(report(path)),
            Some(Role::Config | Role::Glossary | Role::Path | Role::Module)
                if twin(path, snapshot).is_some() =>
            {
                let other = twin(path, snapshot).expect("was just found");
                let finding =
                    Diagnostic::about_file(Code::FileUnused, path, format!("`{other}` is read in its place"));
                found.push(finding.help("put what both say into one of them, and remove the other"));
            }
            Some(Role::Module) => {
                let folder = path.folder().rsplit('/').next().unwrap_or("");
                // A module whose lessons are all drafts is on its way.
                let has_lessons = || {
                    let below = |path: &SitePath, file: &SitePath| file.below(path.folder()).is_some();
                    files
                        .documents()
                        .any(|(file, document)| matches!(document, Document::Article(_)) && below(path, file))
                };
                if !modules.contains(folder) && !has_lessons() {
                    let finding =
                        Diagnostic::about_file(Code::FileUnused, path, "this module has no lessons");
                    found.push(finding.help("put a lesson beside it, or remove it"));
                }
            }
            _ => {}
        }
    }
    found
}

/// The file of the same name that ends in `.yaml`, where this one ends in `.yml`.
fn twin(path: &SitePath, snapshot: &Snapshot) -> Option<SitePath> {
    let twin = SitePath::new(&format!("{}.yaml", path.as_str().strip_suffix(".yml")?));
    snapshot.files.contains_key(&twin).then_some(twin)
}

/// Files that speak to people who look into the folder.
fn is_for_people(path: &SitePath) -> bool {
    let stem = path.stem().to_lowercase();
    stem == "readme" || stem == "license" || stem == "licence"
}

fn report(path: &SitePath) -> Diagnostic {
    let inside = path.below("content").unwrap_or(path.as_str());
    let folder = inside.split_once('/').map(|(folder, _)| folder);
    let extension = path.extension().to_lowercase();
    let text = matches!(extension.as_str(), "md" | "markdown" | "mdown" | "yaml" | "yml" | "txt" | "docx");
    let finding = Diagnostic::about_file(Code::FileUnused, path, "nothing uses this file");
    if let Some((known, ending)) =
        folder.and_then(|folder| FOLDERS.iter().find(|(known, _)| *known == folder))
    {
        if text {
            let what = if *ending == "md" { "Markdown files" } else { "YAML files" };
            return finding.help(format!("files of `content/{known}` are {what} and end in `.{ending}`"));
        }
        return finding.help("link to it, show it as a picture, or remove it");
    }
    if let Some((known, _)) =
        folder.and_then(|folder| FOLDERS.iter().find(|(known, _)| is_near(folder, known)))
    {
        return finding.help(format!("did you mean the folder `content/{known}`?"));
    }
    if text {
        let known = "`lessons`, `replies`, `wins` or `pages`, or are called `index.md`, `site.yaml`, `path.yaml` or `glossary.yaml`";
        return finding.help(format!("files that become pages lie in {known}"));
    }
    finding.help("link to it, show it as a picture, or remove it")
}
