//! What authors write, one kind of file each: bytes in, values and findings out. A parser never fails; it returns the
//! best value that it can and says what is wrong.

pub mod article;
pub mod component;
pub mod etiquette;
pub mod front_matter;
pub mod glossary;
pub mod markdown;
pub mod message;
pub mod module;
pub mod privacy;
pub mod reply;
pub mod rules;
pub mod win;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::content::article::{Article, ArticlePrints, Kind};
use crate::content::component::tree::Tree;
use crate::content::glossary::Term;
use crate::content::module::Module;
use crate::content::reply::Reply;
use crate::content::win::Win;
use crate::diagnostic::{Code, Diagnostic};
use crate::fingerprint::fingerprint;
use crate::snapshot::File;
use crate::source::{SitePath, Source, Span, first_hidden};
use crate::yaml::Document as Yaml;

/// A file's content as values.
#[derive(Clone, Debug)]
pub enum Document {
    /// A lesson, a page or the home page.
    Article(Article),
    /// A reply template.
    Reply(Arc<Reply>),
    /// The wins of one file.
    Wins(Arc<Vec<Win>>),
    /// What `module.yaml` says.
    Module(Arc<Module>),
    /// The terms.
    Glossary(Arc<Vec<Term>>),
    /// The tree; none if it could not be read.
    Path(Option<Arc<Tree>>),
}

/// A file, read by itself.
#[derive(Debug)]
pub struct ParsedFile {
    /// A fingerprint of its bytes and of the settings that it was read with.
    pub inputs: u64,
    /// What others see of it, as fingerprints; not made for a single run.
    pub prints: FilePrints,
    /// What it holds; none for images, downloads and the files of a theme.
    pub document: Option<Document>,
    /// What was found in it.
    pub found: Vec<Diagnostic>,
}

/// Fingerprints of what others see of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FilePrints {
    /// All that other files and pages may see.
    pub face: u64,
    /// Where a link may lead.
    pub target: u64,
    /// What it links to and which pictures it shows.
    pub uses: u64,
    /// All of it that the site is put together from.
    pub place: u64,
}

impl FilePrints {
    /// The fingerprints of a file with what was read from it.
    pub fn of(path: &SitePath, document: Option<&Document>, file: &File) -> FilePrints {
        // The address of a reply comes from its path.
        let face = fingerprint(&(path, file.hash()));
        let (target, uses) = match document {
            Some(Document::Article(article)) => {
                let ArticlePrints { target, uses, place, .. } = article.prints;
                return FilePrints { face: fingerprint(&article.face), target, uses, place };
            }
            Some(Document::Reply(reply)) => (fingerprint(&(path, &reply.slug, reply.draft)), 0),
            Some(Document::Wins(wins)) => {
                let ids: Vec<_> = wins.iter().map(|win| (&win.id, win.visibility)).collect();
                let pictures: Vec<_> = wins.iter().map(|win| &win.picture).collect();
                let (target, uses) = (fingerprint(&(path, ids)), fingerprint(&pictures));
                let places: Vec<u64> = wins.iter().map(Win::place).collect();
                let place = fingerprint(&(target, uses, places));
                return FilePrints { face, target, uses, place };
            }
            Some(Document::Module(module)) => (fingerprint(&(path, &module.slug)), 0),
            Some(Document::Glossary(terms)) => {
                let ids: Vec<&str> = terms.iter().map(|term| term.id.as_str()).collect();
                (fingerprint(&(path, ids)), 0)
            }
            Some(Document::Path(tree)) => {
                let ids: Vec<&str> =
                    tree.iter().flat_map(|tree| &tree.steps).map(|(id, _)| id.as_str()).collect();
                (fingerprint(&(path, ids)), 0)
            }
            // Of a theme's file only the name is seen here; what it holds is the theme's.
            None if path.below("content").is_none() => {
                return FilePrints { target: fingerprint(path), ..FilePrints::default() };
            }
            // The address of a picture or a download changes with its bytes.
            None => (fingerprint(&(path, file.hash())), 0),
        };
        FilePrints { face, target, uses, place: face }
    }
}

/// All files of a guide by path.
#[derive(Debug, Default)]
pub struct Files(pub BTreeMap<SitePath, ParsedFile>);

impl Files {
    /// The document of a file.
    pub fn document(&self, path: &SitePath) -> Option<&Document> {
        self.0.get(path)?.document.as_ref()
    }

    /// All documents by path.
    pub fn documents(&self) -> impl Iterator<Item = (&SitePath, &Document)> {
        self.0.iter().filter_map(|(path, file)| Some((path, file.document.as_ref()?)))
    }
}

/// What a file below `content/` is, by its place and name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// `site.yaml`
    Config,
    /// A lesson, a page or the home page.
    Article(Kind),
    /// A reply template.
    Reply,
    /// One win or a list of wins.
    Wins,
    /// `module.yaml`
    Module,
    /// `glossary.yaml`
    Glossary,
    /// `path.yaml`
    Path,
    /// Anything else: an image or a download, if a page links to it.
    Asset,
}

impl Role {
    /// The role of a file of the guide; none outside of `content/`.
    pub fn of(path: &SitePath) -> Option<Role> {
        let inside = path.below("content")?;
        let yaml = matches!(path.extension(), "yaml" | "yml");
        let markdown = path.extension() == "md";
        let folder = inside.split_once('/').map(|(folder, _)| folder);
        let depth = inside.matches('/').count();
        Some(match (folder, path.stem()) {
            (None, "site") if yaml => Role::Config,
            (None, "index") if markdown => Role::Article(Kind::Home),
            (None, "glossary") if yaml => Role::Glossary,
            (None, "path") if yaml => Role::Path,
            (Some("lessons"), _) if markdown => Role::Article(Kind::Lesson),
            (Some("lessons"), "module") if yaml && depth == 2 => Role::Module,
            (Some("replies"), _) if markdown => Role::Reply,
            (Some("wins"), _) if yaml => Role::Wins,
            (Some("pages"), _) if markdown => Role::Article(Kind::Page),
            _ => Role::Asset,
        })
    }
}

/// Says where a text holds a character that nobody sees; it is left out of the page.
fn hidden_character(source: &Source) -> Option<Diagnostic> {
    let start = source.whole().start;
    let (at, c) = first_hidden(&source.text[start..])?;
    let span = Span::new(at, at + c.len_utf8()).shifted(start);
    let message = format!("an invisible character (U+{:04X}) stands here, and is left out", u32::from(c));
    let finding = Diagnostic::new(Code::CharacterInvisible, &source.path, span, message);
    Some(finding.help("remove it: set the cursor behind it and press the backspace key"))
}

/// Below this, a text is hard work for somebody who is tired. From 50 to 60 is fairly difficult, 60 to 70 plain English
/// (Flesch, The art of plain talk, 1946).
const HARD: i32 = 50;

/// Says that a lesson reads hard. The formula counts English only.
fn hard_reading(article: &Article, config: &Config) -> Option<Diagnostic> {
    let is_english = config.language == "en" || config.language.starts_with("en-");
    let score = article.face.outline.ease.score()?;
    if article.face.kind != Kind::Lesson || !is_english || score >= HARD {
        return None;
    }
    let message = format!("this lesson has a reading ease of {score}; plain English has 60 or more");
    let finding = Diagnostic::about_file(Code::ReadingHard, &article.face.path, message);
    Some(finding.help("make the longest sentences two, and take shorter words where there are any"))
}

/// Reads a file. None for roles that are no documents.
pub fn parse(source: &Source, role: Role, config: &Config) -> Option<(Document, Vec<Diagnostic>)> {
    Some(match role {
        Role::Article(kind) => {
            let (article, mut found) = Article::parse(source, kind, config.raw_html);
            found.extend(hidden_character(source));
            found.extend(hard_reading(&article, config));
            (Document::Article(article), found)
        }
        Role::Reply => {
            let (reply, mut found) = Reply::parse(source, config);
            found.extend(hidden_character(source));
            (Document::Reply(Arc::new(reply)), found)
        }
        Role::Wins => {
            let (wins, found) = win::parse(source, config);
            (Document::Wins(Arc::new(wins)), found)
        }
        Role::Module => {
            let (module, found) = Module::parse(source);
            (Document::Module(Arc::new(module)), found)
        }
        Role::Glossary => {
            let (terms, found) = glossary::parse(source);
            (Document::Glossary(Arc::new(terms)), found)
        }
        Role::Path => {
            let (tree, found) = parse_path(source);
            (Document::Path(tree.map(Arc::new)), found)
        }
        Role::Config | Role::Asset => return None,
    })
}

fn parse_path(source: &Source) -> (Option<Tree>, Vec<Diagnostic>) {
    let document = match Yaml::parse(source, source.whole()) {
        Ok(document) => document,
        Err(found) => return (None, vec![*found]),
    };
    let tree = document.root().map().and_then(|map| {
        let tree = Tree::read(&map);
        map.done();
        tree
    });
    (tree, document.finish())
}
