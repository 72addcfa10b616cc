//! The road from a snapshot of files to a site: the only place that knows the order of the stages.
//!
//! ```text
//! snapshot → config → documents (in parallel) → site → theme → pages (in parallel) → output
//! ```
//!
//! Nothing here reads a clock, a disk or the environment, so equal snapshots give equal sites, byte for byte.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::config::Config;
use crate::content::{self, Document, Role};
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::output::{Sink, feed, sitemap};
use crate::page::frame::SiteView;
use crate::page::{self, Renderer};
use crate::place::{Located, Place};
use crate::progress::Progress;
use crate::site::{LeftOut, Site};
use crate::snapshot::{File, Snapshot};
use crate::source::{SitePath, Source, Span};
use crate::theme::Theme;

/// What comes of a snapshot.
#[derive(Debug, Default)]
pub struct Build {
    /// How many pages the site has; none if something is wrong with the content or the theme, and the sink did not get
    /// the whole of it.
    pub pages: Option<usize>,
    /// Everything that was found, sorted by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings were dropped, since their files have too many.
    pub unsaid: usize,
    /// What was left out, and why.
    pub left_out: LeftOut,
    /// Whether the address of the published site is known.
    pub has_base_url: bool,
}

/// Builds a site. Its files go to the sink as soon as they are made.
pub fn run(snapshot: &Snapshot, progress: &Progress, sink: &dyn Sink) -> Build {
    let parsed = parse(snapshot);
    let levels = parsed.config.levels.clone();
    let (site, theme, mut found) = assemble(parsed, snapshot);
    set_levels(&mut found, &levels);
    let mut pages = None;
    if let Some(mut theme) = theme
        && !found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    {
        match render(&site, &mut theme, snapshot, progress, sink) {
            Ok(count) => pages = Some(count),
            Err(wrong) => found.extend(wrong),
        }
    }
    diagnostic::sort(&mut found);
    let unsaid = diagnostic::limit(&mut found);
    Build {
        unsaid,
        pages,
        diagnostics: found,
        left_out: site.left_out,
        has_base_url: site.base_url.is_some(),
    }
}

/// The files of a guide, each read by itself.
#[derive(Debug)]
pub struct Parsed {
    config: Config,
    documents: BTreeMap<SitePath, Document>,
    found: Vec<Diagnostic>,
}

/// Reads the settings and every document.
pub fn parse(snapshot: &Snapshot) -> Parsed {
    let mut found = snapshot.problems.clone();
    let (config, wrong) = config(snapshot);
    found.extend(wrong);
    let (documents, wrong) = documents(snapshot, &config);
    found.extend(wrong);
    Parsed { config, documents, found }
}

/// Puts the site together and loads its theme. Without a sound set of templates there is none.
pub fn assemble(parsed: Parsed, snapshot: &Snapshot) -> (Site, Option<Theme>, Vec<Diagnostic>) {
    let Parsed { config, documents, mut found } = parsed;
    let theme_name = match (&snapshot.options.theme, &config.theme) {
        (Some(name), _) => Some(Located::new(name.clone(), Place::Span(Span::default()))),
        (None, name) => name.clone(),
    };
    let language = config.language.clone();
    let ((theme, of_theme), (site, of_site)) = rayon::join(
        || Theme::load(snapshot, theme_name.as_ref(), &language),
        || Site::assemble(config, &documents, snapshot),
    );
    found.extend(of_theme);
    found.extend(of_site);
    (site, theme, found)
}

/// The settings of a guide; the defaults without a file.
fn config(snapshot: &Snapshot) -> (Config, Vec<Diagnostic>) {
    match snapshot.files.iter().find(|(path, _)| Role::of(path) == Some(Role::Config)) {
        Some((_, File::Text(source))) => Config::parse(source),
        Some((path, File::Binary(..))) => (Config::default(), vec![not_utf8(path)]),
        None => (Config::default(), Vec::new()),
    }
}

/// Every document of a guide, read in parallel.
fn documents(snapshot: &Snapshot, config: &Config) -> (BTreeMap<SitePath, Document>, Vec<Diagnostic>) {
    let files: Vec<(&SitePath, &File)> = snapshot.files.iter().collect();
    let parsed: Vec<_> = files
        .into_par_iter()
        .filter_map(|(path, file)| {
            let role = Role::of(path)?;
            match file {
                File::Text(source) => parse_file(source, role, config),
                File::Binary(..) if matches!(role, Role::Asset | Role::Config) => None,
                File::Binary(..) => Some((path, None, vec![not_utf8(path)])),
            }
        })
        .collect();
    let mut documents = BTreeMap::new();
    let mut found = Vec::new();
    for (path, document, wrong) in parsed {
        found.extend(wrong);
        documents.extend(document.map(|document| (path.clone(), document)));
    }
    (documents, found)
}

fn parse_file<'s>(
    source: &'s Source,
    role: Role,
    config: &Config,
) -> Option<(&'s SitePath, Option<Document>, Vec<Diagnostic>)> {
    let (document, found) = content::parse(source, role, config)?;
    Some((&source.path, Some(document), found))
}

fn not_utf8(path: &SitePath) -> Diagnostic {
    Diagnostic::about_file(Code::TextNotUtf8, path, "this file is not text in UTF-8")
        .help("open it in an editor and save it again with the encoding UTF-8")
}

/// Gives each finding the severity that the guide wants, and drops what it has switched off.
fn set_levels(found: &mut Vec<Diagnostic>, levels: &BTreeMap<Code, Option<Severity>>) {
    found.retain_mut(|diagnostic| match levels.get(&diagnostic.code) {
        Some(Some(severity)) => {
            diagnostic.severity = *severity;
            true
        }
        Some(None) => false,
        None => true,
    });
}

/// Makes every file of the site, pages in parallel. Gives the number of pages.
pub fn render(
    site: &Site,
    theme: &mut Theme,
    snapshot: &Snapshot,
    progress: &Progress,
    sink: &dyn Sink,
) -> Result<usize, Vec<Diagnostic>> {
    let view = SiteView::new(site, theme);
    theme.set_global("site", &view);
    let renderer = Renderer::new(site, theme).map_err(|wrong| vec![*wrong])?;
    let pages = page::all(site);
    progress.expect(pages.len());
    let found: Vec<Diagnostic> = pages
        .par_iter()
        .filter_map(|page| {
            progress.begin(page.address.as_str());
            let html = renderer.render(page);
            progress.end(page.address.as_str());
            html.map(|html| sink.take(page.address.as_str(), html.into_bytes())).map_err(|wrong| *wrong).err()
        })
        .collect();
    if !found.is_empty() {
        return Err(found);
    }
    sink.take(theme.stylesheet.0.as_str(), theme.stylesheet.1.clone().into_bytes());
    if let Some((address, icon)) = &theme.icon {
        sink.take(address.as_str(), icon.clone());
    }
    let assets: Vec<_> = site.assets.iter().collect();
    assets.par_iter().for_each(|(path, asset)| {
        if let Some(file) = snapshot.files.get(path) {
            sink.take(asset.address.as_str(), file.bytes().to_vec());
        }
    });
    sink.take("feed.xml", feed::feed(site));
    if let Some(sitemap) = sitemap::sitemap(site, &pages) {
        sink.take("sitemap.xml", sitemap);
    }
    sink.take("robots.txt", sitemap::robots(site).into());
    // Some hosts leave out files that begin with an underscore unless this one is there.
    sink.take(".nojekyll", Vec::new());
    Ok(pages.len())
}
