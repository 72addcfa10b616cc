//! The road from a snapshot of files to a site: the only place that knows the order of the stages.
//!
//! ```text
//! snapshot → config → documents (in parallel) → site → theme → pages (in parallel) → output
//! ```
//!
//! Nothing here reads a clock, a disk or the environment, so equal snapshots give equal sites, byte for byte.

use std::collections::BTreeMap;

use ahash::{HashMap, HashMapExt as _, HashSet};
use rayon::prelude::*;

use crate::address::Address;
use crate::cache::{self, Assembled, Cache, LoadedTheme, Seen};
use crate::config::Config;
use crate::content::{self, Document, FilePrints, Files, ParsedFile, Role};
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::fingerprint::{fingerprint, fold};
use crate::output::{Sink, feed, replies, sitemap};
use crate::page::frame::SiteView;
use crate::page::searched::{self, Searched};
use crate::page::{self, Page, Shared};
use crate::place::{Located, Place};
use crate::progress::Progress;
use crate::search::files::Search;
use crate::site::{LeftOut, Lesson, ReplyPage, Site};
use crate::snapshot::{File, Snapshot};
use crate::source::{SitePath, Span};
use crate::theme::{STYLESHEET, Theme};

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
    /// What reading takes, of every lesson that is built.
    pub readings: Vec<Reading>,
}

/// What reading a lesson takes.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its file.
    pub path: SitePath,
    /// The time, in minutes.
    pub minutes: usize,
    /// The reading ease, from 0 to 100; none for a text of a few words.
    pub ease: Option<i32>,
}

/// Builds a site. Its files go to the sink as soon as they are made. What the cache has from an earlier run is not made
/// again.
pub fn run(snapshot: &Snapshot, cache: &mut Cache, progress: &Progress, sink: &dyn Sink) -> Build {
    let (config, mut found) = config(snapshot);
    found.extend(snapshot.problems.iter().cloned());
    let changed = parse(snapshot, &config, cache);
    found.extend(cache.files.0.values().flat_map(|file| file.found.iter().cloned()));
    assemble(&config, &changed, snapshot, cache);
    let site = &cache.site.as_ref().expect("was just put together").site;
    let theme = &cache.theme.as_ref().expect("was just loaded").theme;
    found.extend(cache.site.iter().flat_map(|site| site.found.iter().cloned()));
    found.extend(cache.theme.iter().flat_map(|theme| theme.found.iter().cloned()));
    set_levels(&mut found, &config.levels);
    let (left_out, has_base_url) = (site.left_out.clone(), site.base_url.is_some());
    let readings = if cache.keeps { Vec::new() } else { readings(site) };
    let stops = |diagnostic: &Diagnostic| snapshot.options.strict || diagnostic.severity == Severity::Error;
    let mut pages = None;
    if theme.is_some() && !found.iter().any(stops) {
        match render(snapshot, cache, progress, sink) {
            Ok(count) => pages = Some(count),
            Err(wrong) => {
                // The sink drops what it got, so nothing of it is known.
                cache.pages = cache::Pages::default();
                found.extend(wrong);
            }
        }
    }
    diagnostic::sort(&mut found);
    let unsaid = diagnostic::limit(&mut found);
    Build { unsaid, pages, diagnostics: found, left_out, has_base_url, readings }
}

fn readings(site: &Site) -> Vec<Reading> {
    let reading = |lesson: &Lesson| {
        let face = &lesson.article.face;
        Reading { path: face.path.clone(), minutes: face.minutes(), ease: face.outline.ease.score() }
    };
    site.lessons.iter().map(reading).collect()
}

/// The settings of a guide; the defaults without a file.
pub fn config(snapshot: &Snapshot) -> (Config, Vec<Diagnostic>) {
    let names = ["content/site.yaml", "content/site.yml"];
    match names.iter().find_map(|name| snapshot.files.get_key_value(&SitePath::new(name))) {
        Some((_, File::Text(source))) => Config::parse(source),
        Some((path, File::Binary(..))) => (Config::default(), vec![not_utf8(path)]),
        None => (Config::default(), Vec::new()),
    }
}

/// What a run found to be new.
#[derive(Debug, Default)]
pub struct Changed {
    /// Files that are new, changed or gone.
    pub paths: Vec<SitePath>,
    /// Whether the site has to be put together anew.
    pub places: bool,
}

/// Reads every file that has changed, in parallel.
pub fn parse(snapshot: &Snapshot, config: &Config, cache: &mut Cache) -> Changed {
    let settings = fingerprint(config);
    let inputs = |file: &File| file.hash() ^ settings;
    let mut new: Vec<(&SitePath, &File)> = Vec::new();
    let mut gone: Vec<SitePath> = Vec::new();
    // Both are sorted by path.
    let mut known = cache.files.0.iter().peekable();
    for (path, file) in &snapshot.files {
        while let Some((old, _)) = known.next_if(|(old, _)| *old != path && *old < path) {
            gone.push(old.clone());
        }
        let same = known.next_if(|(old, _)| *old == path).is_some_and(|(_, old)| old.inputs == inputs(file));
        if !same {
            new.push((path, file));
        }
    }
    gone.extend(known.map(|(path, _)| path.clone()));
    let keeps = cache.keeps;
    let parsed: Vec<(&SitePath, ParsedFile)> = new
        .into_par_iter()
        .map(|(path, file)| {
            let (document, found) = parse_file(path, file, config);
            let prints =
                if keeps { FilePrints::of(path, document.as_ref(), file) } else { FilePrints::default() };
            (path, ParsedFile { inputs: inputs(file), prints, document, found })
        })
        .collect();
    if cache.files.0.is_empty() {
        cache.files = Files(parsed.into_iter().map(|(path, file)| (path.clone(), file)).collect());
        return Changed { paths: Vec::new(), places: true };
    }
    let mut changed = Changed { places: !gone.is_empty(), paths: gone };
    for path in &changed.paths {
        cache.files.0.remove(path);
    }
    for (path, file) in parsed {
        let place = file.prints.place;
        let old = cache.files.0.insert(path.clone(), file);
        changed.places |= old.is_none_or(|old| old.prints.place != place);
        changed.paths.push(path.clone());
    }
    changed
}

/// A file as values, and what was found in it. Images, downloads and files of a theme are no documents.
fn parse_file(path: &SitePath, file: &File, config: &Config) -> (Option<Document>, Vec<Diagnostic>) {
    match (Role::of(path), file) {
        (None | Some(Role::Asset | Role::Config), _) => (None, Vec::new()),
        (Some(role), File::Text(source)) => content::parse(source, role, config)
            .map_or((None, Vec::new()), |(document, found)| (Some(document), found)),
        (Some(_), File::Binary(..)) => (None, vec![not_utf8(path)]),
    }
}

/// Puts the site together and loads its theme, where they are not still right.
pub fn assemble(config: &Config, changed: &Changed, snapshot: &Snapshot, cache: &mut Cache) {
    let chosen = match (&snapshot.options.theme, &config.theme) {
        (Some(name), _) => Some(Located::new(name.clone(), Place::Span(Span::default()))),
        (None, name) => name.clone(),
    };
    let inputs = Theme::inputs(snapshot, chosen.as_ref(), &config.language);
    let mut known_theme = cache.theme.take().filter(|known| known.inputs == inputs && known.found.is_empty());
    let load_theme = || match &mut known_theme {
        Some(known) => {
            if let Some(theme) = &mut known.theme
                && changed.paths.iter().any(|path| path.extension() == "css")
            {
                theme.restyle(snapshot, chosen.as_ref());
            }
            None
        }
        None => {
            let (theme, found) = Theme::load(snapshot, chosen.as_ref(), &config.language);
            Some(LoadedTheme { inputs, theme, found })
        }
    };
    let known_site = cache.site.take();
    let Cache { files, links, keeps, .. } = cache;
    let keeps = *keeps;
    let (loaded, site) = rayon::join(load_theme, || {
        let inputs = fingerprint(&(config, snapshot.today, &snapshot.options));
        let still_right = |known: &mut Assembled| {
            // What was found knows its lines, which may have moved.
            let is_quiet = |path: &SitePath| known.found.iter().all(|finding| finding.path != *path);
            keeps
                && !changed.places
                && known.inputs == inputs
                && changed.paths.iter().all(is_quiet)
                && changed.paths.iter().all(|path| match files.document(path) {
                    Some(document) => known.site.replace(path, document),
                    // A file of the theme.
                    None => true,
                })
        };
        let faces = fold(inputs, files.0.values().map(|file| file.prints.face));
        let known_site = known_site.and_then(|mut known| {
            if still_right(&mut known) {
                return Some(Assembled { faces, ..known });
            }
            // Taking a large site apart takes time that nobody has to wait for.
            rayon::spawn(move || drop(known));
            None
        });
        known_site.unwrap_or_else(|| {
            let (mut site, found) = Site::assemble(config.clone(), files, snapshot, keeps.then_some(links));
            if keeps {
                site.fingerprint();
            }
            let searched = searched::List::new(&site);
            Assembled { inputs, faces, pages: page::all(&site), searched, site, found }
        })
    });
    cache.theme = loaded.or(known_theme);
    cache.site = Some(site);
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
    snapshot: &Snapshot,
    cache: &mut Cache,
    progress: &Progress,
    sink: &dyn Sink,
) -> Result<usize, Vec<Diagnostic>> {
    let Cache { keeps, site, theme, pages: known, .. } = cache;
    let (keeps, assembled) = (*keeps, site.as_ref().expect("the site is there"));
    let Assembled { faces, site, pages, .. } = assembled;
    let loaded = theme.as_mut().expect("the theme is there");
    let loaded_inputs = loaded.inputs;
    let theme = loaded.theme.as_mut().expect("the theme is sound");
    // Run after run, a sign stands for the address of the stylesheet, so that a change of styles makes no page again.
    let style_address = if keeps { STYLESHEET.to_owned() } else { theme.styles.page.0.as_str().to_owned() };
    let view = SiteView::new(site, theme, &style_address);
    theme.set_global("site", &view);
    let theme = &*theme;
    let inputs = fingerprint(&(&view, &site.config, site.today, &site.base_url, loaded_inputs));
    if known.inputs != inputs {
        *known = cache::Pages { inputs, ..cache::Pages::default() };
    }
    let shared = Shared::new(site, theme, &mut known.side_lists, keeps).map_err(|wrong| vec![*wrong])?;
    progress.expect(pages.len());
    let search = known.search.take();
    let render = || {
        pages
            .par_iter()
            .filter_map(|page| {
                let seen = known.seen.get(&page.address);
                let renderer = shared.renderer(seen.map(|seen| &seen.pieces));
                if let Some(seen) = seen
                    && seen.kind == page.kind
                    && renderer.site.sees_the_same(&seen.looks)
                {
                    return None;
                }
                progress.begin(page.address.as_str());
                let html = renderer.render(page);
                progress.end(page.address.as_str());
                Some(html.map_err(|wrong| *wrong).map(|html| {
                    sink.take(page.address.as_str(), html.into_bytes());
                    let (looks, pieces) = renderer.notes();
                    (page, Seen { kind: page.kind.clone(), looks, pieces })
                }))
            })
            .collect::<Vec<Result<(&Page, Seen), Diagnostic>>>()
    };
    let (made, search) = rayon::join(render, || search_of(search, assembled, theme, loaded_inputs, sink));
    known.search = Some(search);
    let mut found = Vec::new();
    for made in made {
        match made {
            Ok((page, seen)) if keeps => {
                known.seen.insert(page.address.clone(), seen);
            }
            Ok(_) => {}
            Err(wrong) => found.push(wrong),
        }
    }
    if !found.is_empty() {
        return Err(found);
    }
    if keeps && known.seen.len() != pages.len() {
        let there: HashSet<&Address> = pages.iter().map(|page| &page.address).collect();
        known.seen.retain(|address, _| there.contains(address));
    }
    let before = std::mem::take(&mut known.others);
    let mut others: HashMap<String, u64> = HashMap::new();
    let desks = site.replies.par_iter().map(|ReplyPage { reply, address, .. }| {
        let (path, inputs) = (replies::desk_path(address), fingerprint(reply));
        if !keeps || before.get(&path) != Some(&inputs) {
            let html = page::reply::in_search(&shared.renderer(None), address, reply)
                .map_err(|wrong| vec![*wrong])?;
            sink.take(&path, replies::desk(address, &html));
        }
        Ok((path, inputs))
    });
    others.extend(desks.collect::<Result<Vec<(String, u64)>, Vec<Diagnostic>>>()?);
    let mut other = |path: &str, inputs: u64, bytes: &dyn Fn() -> Vec<u8>| {
        if !keeps || before.get(path) != Some(&inputs) {
            sink.take(path, bytes());
        }
        others.insert(path.to_owned(), inputs);
    };
    // The styles' address is made from them.
    let (address, text) = &theme.styles.page;
    other(address.as_str(), 0, &|| text.clone().into_bytes());
    let parts = theme.scripts.parts.values().chain(theme.styles.parts.values());
    let parts = parts.map(|(address, text)| (address, text));
    let page_script = theme.scripts.page.0.iter().map(|address| (address, &theme.scripts.page.1));
    for (address, text) in page_script.chain(parts) {
        other(address.as_str(), 0, &|| text.clone().into_bytes());
    }
    for (address, bytes) in theme.assets.values() {
        other(address.as_str(), 0, &|| bytes.clone());
    }
    for (path, asset) in site.assets.iter() {
        if let Some(file) = snapshot.files.get(path) {
            other(asset.address.as_str(), file.hash(), &|| file.bytes().to_vec());
        }
    }
    other("feed.xml", *faces, &|| feed::feed(site));
    if site.base_url.is_some() {
        other("sitemap.xml", *faces, &|| sitemap::sitemap(site, pages).unwrap_or_default());
    }
    if !site.replies.is_empty() {
        let inputs = fingerprint(&(*faces, loaded_inputs));
        other("replies/espanso.yml", inputs, &|| replies::espanso(site, &theme.strings));
        other("replies/text.csv", inputs, &|| replies::csv(site, &theme.strings));
        other("replies/replies.json", inputs, &|| replies::json(site, &theme.strings));
    }
    other("robots.txt", *faces, &|| sitemap::robots(site).into());
    // Some hosts leave out files that begin with an underscore unless this one is there.
    other(".nojekyll", 0, &Vec::new);
    known.others = others;
    Ok(pages.len())
}

/// Brings the search alone up to date, and hands over its files.
pub fn index(cache: &mut Cache, sink: &dyn Sink) {
    let Cache { site, theme, pages, .. } = cache;
    let (assembled, loaded) =
        (site.as_ref().expect("the site is there"), theme.as_ref().expect("the theme is there"));
    let theme = loaded.theme.as_ref().expect("the theme is sound");
    pages.search = Some(search_of(pages.search.take(), assembled, theme, loaded.inputs, sink));
}

/// The search of a site, made from that of the run before, and a fingerprint of what both have in common.
fn search_of(
    known: Option<(u64, Search)>,
    assembled: &Assembled,
    theme: &Theme,
    theme_inputs: u64,
    sink: &dyn Sink,
) -> (u64, Search) {
    let config = &assembled.site.config;
    let inputs = fingerprint(&(config, theme_inputs));
    let known = known.filter(|(before, _)| *before == inputs).map(|(_, search)| search);
    let mut search = known.unwrap_or_else(|| Search::new(&config.synonyms, &config.language));
    let searched = Searched::new(&assembled.site, &theme.strings, &assembled.searched);
    search.update(&searched, &|path, bytes| sink.take(path, bytes));
    (inputs, search)
}

fn not_utf8(path: &SitePath) -> Diagnostic {
    Diagnostic::about_file(Code::TextNotUtf8, path, "this file is not text in UTF-8")
        .help("open it in an editor and save it again with the encoding UTF-8")
}
