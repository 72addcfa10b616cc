//! A theme: templates, words, styles. The built-in one is compiled into the binary; a guide's own lies over it, file
//! by file.

pub mod filters;
pub mod scripts;
pub mod strings;
mod styles;

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Serialize;
use tera::{Context, ErrorKind, ReportError, Tera};
use xxhash_rust::xxh3::xxh3_64;

use crate::address::Address;
use crate::diagnostic::{Code, Diagnostic};
use crate::fingerprint::fingerprint;
use crate::place::{Located, Place};
use crate::site::assets::hashed_address;
use crate::site::finding_at;
use crate::snapshot::{File, Snapshot};
use crate::source::{SitePath, Source, Span};
use crate::theme::scripts::Scripts;
use crate::theme::strings::Strings;
use crate::theme::styles::Styles;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Stands in pages where the address of the stylesheet goes. That address changes with every change of a style; it is
/// put in last, so that no page has to be made again for it. No text of an author holds such a sign.
pub const STYLESHEET: &str = "\u{1}stylesheet\u{1}";

/// Puts the address of the stylesheet where it goes.
pub fn with_stylesheet(html: &[u8], address: &Address) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(html).ok().filter(|text| text.contains(STYLESHEET))?;
    Some(text.replace(STYLESHEET, address.as_str()).into_bytes())
}

/// A theme, loaded and checked.
pub struct Theme {
    templates: Tera,
    /// The words of the interface.
    pub strings: Strings,
    /// The styles.
    pub styles: Styles,
    /// The scripts.
    pub scripts: Scripts,
    /// Pictures of the theme by the names of their files, and where they stand.
    pub assets: BTreeMap<String, (Address, Vec<u8>)>,
    /// Where each file of the theme comes from.
    origins: BTreeMap<String, SitePath>,
    /// The texts of the guide's own templates, for places in them.
    texts: BTreeMap<SitePath, Arc<str>>,
}

impl Theme {
    /// Loads the theme of a guide. What is wrong with its files is reported; without a sound set of templates there is
    /// no theme.
    pub fn load(
        snapshot: &Snapshot,
        chosen: Option<&Located<String>>,
        language: &str,
    ) -> (Option<Theme>, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let name = chosen.map_or("default", |chosen| chosen.value.as_str());
        let files = files(snapshot, name);
        if name != "default" && files.values().all(|file| !file.own) {
            let path = SitePath::new("content/site.yaml");
            let place = chosen.map_or(Place::Span(Span::default()), |chosen| chosen.place);
            let message = format!("there is no theme `{name}`");
            let finding = finding_at(snapshot, Code::ThemeInvalid, &path, place, message);
            found.push(
                finding.help(format!("make the folder `themes/{name}`, or leave the line `theme` out")),
            );
        }
        let text = |file: &str| files.get(file).map(|file| &file.source);
        // English as it is built in comes first, so that a guide's own file may hold a few words only.
        let english = built_in_english();
        let mut words = vec![&english];
        for code in strings::languages(language) {
            let own = text(&format!("strings/{code}.yaml"));
            words.extend(own.filter(|own| own.text != english.text));
        }
        let (strings, wrong) = Strings::load(&words, language);
        found.extend(wrong);
        let styles = Styles::new(&files);
        let scripts = Scripts::new(files.iter().map(|(path, file)| (path.as_str(), &*file.source.text)));
        let assets = assets(snapshot, name);
        found.extend(files.iter().filter_map(|(name, file)| outdated(name, file)));
        let origins =
            files.iter().map(|(file, theme_file)| (file.clone(), theme_file.source.path.clone())).collect();
        let own = files.values().filter(|file| snapshot.files.contains_key(&file.source.path));
        let texts = own.map(|file| (file.source.path.clone(), file.source.text.clone())).collect();
        let mut theme =
            Theme { texts, templates: Tera::default(), strings, styles, scripts, assets, origins };
        match theme.load_templates(&files) {
            Ok(()) => (Some(theme), found),
            Err(error) => {
                found.push(theme.diagnostic(&error, ""));
                (None, found)
            }
        }
    }

    /// What the templates and words of a snapshot's theme are made from, as a fingerprint; styles are not among it.
    pub fn inputs(snapshot: &Snapshot, chosen: Option<&Located<String>>, language: &str) -> u64 {
        let first = SitePath::new("themes/");
        let files = snapshot.files.range(first..).take_while(|(path, _)| path.below("themes").is_some());
        // Of a style only that it is there: a theme may consist of styles alone.
        let hash = |path: &SitePath, file: &File| if path.extension() == "css" { 0 } else { file.hash() };
        let files: Vec<(&SitePath, u64)> = files.map(|(path, file)| (path, hash(path, file))).collect();
        fingerprint(&(files, chosen, language))
    }

    /// Takes the styles of another snapshot.
    pub fn restyle(&mut self, snapshot: &Snapshot, chosen: Option<&Located<String>>) {
        let name = chosen.map_or("default", |chosen| chosen.value.as_str());
        self.styles = Styles::new(&files(snapshot, name));
    }

    /// Makes a value visible to every template.
    pub fn set_global(&mut self, name: &'static str, value: &impl Serialize) {
        self.templates.global_context().insert(name, value);
    }

    /// Renders a template with a view.
    pub fn render(&self, template: &str, view: &impl Serialize) -> Result<String, Box<Diagnostic>> {
        self.render_with(template, view, &[])
    }

    /// Renders a template with a view and some texts beside it.
    pub fn render_with(
        &self,
        template: &str,
        view: &impl Serialize,
        texts: &[(&'static str, &str)],
    ) -> Result<String, Box<Diagnostic>> {
        let mut html = Html(Vec::with_capacity(32_768));
        Context::from_serialize(view)
            .and_then(|mut context| {
                for (name, text) in texts {
                    context.insert(*name, text);
                }
                self.templates.render_to(template, &context, &mut html)
            })
            .map_err(|error| Box::new(self.diagnostic(&error, template)))?;
        Ok(String::from_utf8(html.0).expect("templates and values are text"))
    }

    fn load_templates(&mut self, files: &BTreeMap<String, ThemeFile>) -> Result<(), tera::Error> {
        // Filters first: templates are checked against them as they are loaded.
        filters::register(&mut self.templates);
        self.templates.global_context().insert("t", self.strings.all());
        let templates = files
            .iter()
            .filter(|(name, _)| name.ends_with(".html"))
            .map(|(name, file)| (template_name(name), &*file.source.text));
        self.templates.add_raw_templates(templates)
    }

    /// What the template engine says, as a finding in the file that it means.
    fn diagnostic(&self, error: &tera::Error, template: &str) -> Diagnostic {
        let report = report_of(error);
        let name = report.map_or(template, ReportError::filename);
        let file =
            if name.starts_with("components/") { name.to_owned() } else { format!("templates/{name}") };
        let fallback = SitePath::new("themes/default/templates/base.html");
        let path = self.origins.get(&file).unwrap_or(&fallback);
        let help = "templates are written for tera 2; remove this file to use the built-in one";
        match report {
            Some(report) => {
                let range = &report.span().range;
                let span = Span::new(range.start, range.end);
                Diagnostic::new(Code::TemplateInvalid, path, span, report.message()).help(help)
            }
            None => self.unplaced(error, path).help(help),
        }
    }
}

/// The HTML of a page as it grows, up to a size that no page needs.
struct Html(Vec<u8>);

/// The longest page, in bytes. The contents of 10,000 lessons take about a thirtieth of it.
const LONGEST_PAGE: usize = 64_000_000;

impl std::io::Write for Html {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > LONGEST_PAGE {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Theme {
    /// An error that comes as a finished report: its first line is the message, `--> name:line:column` the place.
    fn unplaced(&self, error: &tera::Error, path: &SitePath) -> Diagnostic {
        if matches!(error.kind(), ErrorKind::Io(_)) {
            let message = format!("this template makes a page of more than {} MB", LONGEST_PAGE / 1_000_000);
            return Diagnostic::about_file(Code::TemplateInvalid, path, message);
        }
        let said = error.to_string();
        let first = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it cannot be used").trim();
        let message = first.strip_prefix("error: ").unwrap_or(first);
        let place = said.lines().find_map(|line| {
            let mut parts = line.split_once("--> ")?.1.trim().rsplitn(3, ':');
            let column: usize = parts.next()?.parse().ok()?;
            let line: usize = parts.next()?.parse().ok()?;
            Some((self.origins.get(&theme_file(parts.next()?))?, line, column))
        });
        let Some((path, line, column)) = place else {
            return Diagnostic::about_file(Code::TemplateInvalid, path, message);
        };
        let Some(text) = self.texts.get(path) else {
            return Diagnostic::about_file(Code::TemplateInvalid, path, message);
        };
        let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let rest = &text[start..];
        let at = start + rest.char_indices().nth(column - 1).map_or(0, |(at, _)| at);
        let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
        Diagnostic::new(Code::TemplateInvalid, path, Span::new(at, end), message)
    }
}

/// The file of a template, by the name that templates use.
fn theme_file(template: &str) -> String {
    if template.starts_with("components/") { template.to_owned() } else { format!("templates/{template}") }
}

/// The report of an error with a place, perhaps below others.
fn report_of(error: &tera::Error) -> Option<&ReportError> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Some(report),
        _ => None,
    }
}

/// `templates/base.html` is called `base.html`; a component's file keeps its folder.
fn template_name(file: &str) -> &str {
    file.strip_prefix("templates/").unwrap_or(file)
}

/// A file of a theme.
struct ThemeFile {
    source: Source,
    /// Whether it comes from the guide's own theme.
    own: bool,
}

/// The files of a theme by their path in it: the built-in ones, with those of the guide over them.
fn files(snapshot: &Snapshot, name: &str) -> BTreeMap<String, ThemeFile> {
    let mut files = BTreeMap::new();
    add_built_in(&BUILT_IN, &mut files);
    for theme in ["default", name] {
        let folder = format!("themes/{theme}");
        for (path, file) in &snapshot.files {
            if let (Some(inside), File::Text(source)) = (path.below(&folder), file) {
                files.insert(inside.to_owned(), ThemeFile { source: source.clone(), own: theme == name });
            }
        }
    }
    files
}

/// The files below `assets/` of a theme: the built-in ones, with those of the guide over them.
fn assets(snapshot: &Snapshot, name: &str) -> BTreeMap<String, (Address, Vec<u8>)> {
    let built_in = BUILT_IN.get_dir("assets").into_iter().flat_map(Dir::files);
    let built_in = built_in
        .filter_map(|file| Some((file.path().file_name()?.to_str()?.to_owned(), file.contents().to_vec())));
    let mut all: BTreeMap<String, Vec<u8>> = built_in.collect();
    for theme in ["default", name] {
        let folder = format!("themes/{theme}/assets");
        for (path, file) in &snapshot.files {
            if let Some(inside) = path.below(&folder) {
                all.insert(inside.to_owned(), file.bytes().to_vec());
            }
        }
    }
    let placed = |(name, bytes): (String, Vec<u8>)| {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
        let address = hashed_address(stem, extension, xxh3_64(&bytes));
        (name, (address, bytes))
    };
    all.into_iter().map(placed).collect()
}

fn built_in_english() -> Source {
    let text = BUILT_IN.get_file("strings/en.yaml").and_then(|file| file.contents_utf8());
    Source::new(SitePath::new("themes/default/strings/en.yaml"), text.expect("is part of the built-in theme"))
}

/// A template or component says in its first line which version of its view it is made for: `{#- view 2 -#}`; without
/// such a line it is the first. Whoever copies one copies the line with it. So one that the built-in theme has left
/// behind is known, though it may still work.
fn outdated(name: &str, file: &ThemeFile) -> Option<Diagnostic> {
    if !file.own || !name.ends_with(".html") {
        return None;
    }
    let built_in = BUILT_IN.get_file(name)?.contents_utf8()?;
    let (own, now) = (view_version(&file.source.text), view_version(built_in));
    (own < now).then(|| {
        let message = format!("this was made for version {own} of `{name}`, and the built-in one is version {now}");
        Diagnostic::about_file(Code::TemplateOutdated, &file.source.path, message).help(format!(
            "compare it with the built-in one, then write `{{#- view {now} -#}}` into its first line; or remove it to use the built-in one"
        ))
    })
}

fn view_version(template: &str) -> u32 {
    let first = template.lines().next().unwrap_or_default();
    let number = first.strip_prefix("{#- view ").and_then(|rest| rest.strip_suffix(" -#}"));
    number.and_then(|number| number.parse().ok()).unwrap_or(1)
}

fn add_built_in(folder: &Dir<'_>, files: &mut BTreeMap<String, ThemeFile>) {
    for file in folder.files() {
        let (Some(name), Some(text)) = (file.path().to_str(), file.contents_utf8()) else { continue };
        let name = name.replace('\\', "/");
        let path = SitePath::new(&format!("themes/default/{name}"));
        files.insert(name, ThemeFile { source: Source::new(path, text), own: false });
    }
    for folder in folder.dirs() {
        add_built_in(folder, files);
    }
}
