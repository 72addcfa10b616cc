//! Every link and image, resolved to what it leads to, or reported: with a near name, where there is one.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use ahash::{HashMap, HashMapExt as _, HashSet};

use rayon::prelude::*;

use crate::address::{Address, slugify};
use crate::content::article::{Article, Kind};
use crate::content::markdown::{Image, Link, Target};
use crate::content::{Document, Files, Role};
use crate::diagnostic::{Code, Diagnostic, is_near};
use crate::place::{Located, Place};
use crate::site::assets::{self, Asset, Assets};
use crate::site::resolved::{Known, KnownArticle, Links, Resolved, link_inputs};
use crate::site::{MADE_PAGES, Site, finding_at, made_address, unused};
use crate::snapshot::Snapshot;
use crate::source::SitePath;

/// Files whose names are compared with one that is missing. Beyond that many, looking for near names takes longer than
/// it helps.
const NAMES_COMPARED: usize = 2_000;

/// How many findings of a file come with a near name, for the same reason.
const FINDINGS_WITH_NAMES: usize = 50;

/// Resolves the links of all articles, and names the files that nothing uses. What is known from an earlier run is not
/// looked up again; with `None` there was none, and there will be no next one.
pub fn resolve(
    site: &mut Site,
    files: &Files,
    hidden: &BTreeSet<SitePath>,
    snapshot: &Snapshot,
    known: Option<&mut Known>,
    found: &mut Vec<Diagnostic>,
) {
    let mut single = Known::default();
    let keeps = known.is_some();
    let known = known.unwrap_or(&mut single);
    let same_uses = keeps && known.is_still_right(&site.config, files, snapshot);
    let resolver =
        Resolver { site, targets: OnceLock::new(), files, hidden, shown_wins: OnceLock::new(), snapshot };
    let (articles, targets) = (&known.articles, known.targets);
    let one = |article: &Article| {
        let inputs = if keeps { link_inputs(article, files, targets) } else { 0 };
        let before = articles.get(&article.face.path).filter(|known| known.inputs == inputs);
        if let Some(before) = before {
            return (before.clone(), false);
        }
        let mut own = Vec::new();
        let links = Arc::new(resolver.article(article, &mut own));
        (KnownArticle { inputs, links, found: own }, true)
    };
    let lessons: Vec<_> = site.lessons.par_iter().map(|lesson| one(&lesson.article)).collect();
    let pages: Vec<_> = site.pages.iter().map(|page| one(&page.article)).collect();
    let openings: Vec<_> = site.openings.values().map(|page| one(&page.article)).collect();
    let home = site.home.as_ref().map(|page| one(&page.article));
    drop(resolver);

    let mut assets = if same_uses { known.assets.clone() } else { Arc::default() };
    let articles = &mut known.articles;
    let mut keep = |place: &mut Arc<Links>, (resolved, is_new): (KnownArticle, bool), article: &Article| {
        if !same_uses {
            note_assets(Arc::make_mut(&mut assets), &resolved.links, article, snapshot);
        }
        *place = resolved.links.clone();
        found.extend(resolved.found.iter().cloned());
        if is_new && keeps {
            articles.insert(article.face.path.clone(), resolved);
        }
    };
    for (lesson, resolved) in site.lessons.iter_mut().zip(lessons) {
        keep(&mut lesson.links, resolved, &lesson.article);
    }
    let plain = site.pages.iter_mut().zip(pages).chain(site.openings.values_mut().zip(openings));
    for (page, resolved) in plain.chain(site.home.iter_mut().zip(home)) {
        keep(&mut page.links, resolved, &page.article);
    }
    pictures_of_wins(site, &mut assets, snapshot, found);
    site.assets = assets;
    if !same_uses {
        known.unused = unused::check(site, files, snapshot);
    }
    found.extend(known.unused.iter().cloned());
    known.assets = site.assets.clone();
}

fn pictures_of_wins(site: &Site, assets: &mut Arc<Assets>, snapshot: &Snapshot, found: &mut Vec<Diagnostic>) {
    for win in &site.wins {
        if let Some(picture) = &win.picture {
            if picture.file.value.contains("://") || picture.file.value.starts_with("//") {
                let message = "this picture lies on another site";
                let finding = finding_at(snapshot, Code::ImageRemote, &win.path, picture.file.place, message);
                found.push(finding.help("save it beside this file and write its name"));
                continue;
            }
            let path = win.path.join(&picture.file.value);
            let why = path.as_ref().and_then(|path| assets::danger(path, snapshot.files.get(path)?));
            if let Some(why) = why {
                let message = format!("`{}` {why}", picture.file.value);
                let finding = finding_at(snapshot, Code::AssetUnsafe, &win.path, picture.file.place, message);
                found.push(finding.help("use a PNG or JPEG in its place"));
                continue;
            }
            let size = path.as_ref().and_then(|path| match assets.get(path) {
                Some(asset) => asset.size,
                None => Arc::make_mut(assets).add(path, snapshot)?.size,
            });
            if size.is_none() {
                let message = format!("there is no picture `{}`", picture.file.value);
                let finding =
                    finding_at(snapshot, Code::ImageMissing, &win.path, picture.file.place, message);
                found.push(finding.help("write its way from the folder of this file"));
            }
        }
    }
}

/// Notes the files that an article uses, so that they are copied.
fn note_assets(assets: &mut Assets, links: &Links, article: &Article, snapshot: &Snapshot) {
    let images = article.face.outline.images.iter().zip(&links.images);
    for (image, resolved) in images {
        if let (Some(path), Some(_)) = (&image.value.path, resolved) {
            assets.add(path, snapshot);
        }
    }
    for (link, resolved) in article.face.outline.links.iter().zip(&links.links) {
        if let (Target::File { path, .. }, Resolved::Page(address, _)) = (&link.value.target, resolved)
            && address.as_str().starts_with("assets/")
        {
            assets.add(path, snapshot);
        }
    }
}

/// The pages that sources and folders stand for.
fn targets(site: &Site) -> HashMap<SitePath, Address> {
    let mut targets = HashMap::new();
    for lesson in &site.lessons {
        targets.insert(lesson.article.face.path.clone(), lesson.address.clone());
    }
    for page in &site.replies {
        targets.insert(page.reply.path.clone(), page.address.clone());
    }
    for page in site.pages.iter().chain(site.openings.values()).chain(&site.home) {
        targets.insert(page.article.face.path.clone(), page.address.clone());
    }
    for entry in &site.modules {
        let folder = SitePath::new(&format!("content/lessons/{}", entry.module.folder));
        targets.insert(folder, entry.address.clone());
        if let Some(path) = &entry.module.path {
            targets.insert(path.clone(), entry.address.clone());
        }
    }
    for (folder, present) in
        [("lessons", !site.lessons.is_empty()), ("replies", !site.replies.is_empty()), ("wins", true)]
    {
        if present {
            targets.insert(SitePath::new(&format!("content/{folder}")), made_address(folder));
        }
    }
    targets
}

struct Resolver<'s> {
    site: &'s Site,
    /// The pages that sources and folders stand for, once they are asked for.
    targets: OnceLock<HashMap<SitePath, Address>>,
    files: &'s Files,
    hidden: &'s BTreeSet<SitePath>,
    /// The ids of the wins that are built.
    shown_wins: OnceLock<HashSet<&'s str>>,
    snapshot: &'s Snapshot,
}

impl Resolver<'_> {
    fn target(&self, path: &SitePath) -> Option<&Address> {
        self.targets.get_or_init(|| targets(self.site)).get(path)
    }

    fn is_shown_win(&self, id: &str) -> bool {
        let ids = || self.site.wins.iter().map(|win| win.id.value.as_str()).collect();
        self.shown_wins.get_or_init(ids).contains(id)
    }

    fn article(&self, article: &Article, found: &mut Vec<Diagnostic>) -> Links {
        let outline = &article.face.outline;
        let links = outline.links.iter().map(|link| self.link(article, link, found)).collect();
        Links::new(links, outline.images.iter().map(|image| self.image(article, image, found)).collect())
    }

    fn link(&self, article: &Article, link: &Located<Link>, found: &mut Vec<Diagnostic>) -> Resolved {
        let face = &article.face;
        match &link.value.target {
            Target::Nothing => Resolved::Text,
            Target::Elsewhere(address) => Resolved::Elsewhere(address.clone()),
            Target::Here(part) => {
                let anchors = || face.outline.headings.iter().map(|heading| heading.id.as_str());
                let own = self.own_address(article);
                self.part(&face.path, &face.path, link.place, own, Some(part), anchors, found)
            }
            Target::File { path, part } => self.file(article, path, part.as_deref(), link.place, found),
        }
    }

    fn own_address(&self, article: &Article) -> Address {
        let face = &article.face;
        match face.kind {
            Kind::Lesson => Address::lesson(&face.slug.value),
            Kind::Home => Address::page("index"),
            Kind::Page if MADE_PAGES.contains(&face.slug.value.as_str()) => made_address(&face.slug.value),
            Kind::Page => Address::page(&face.slug.value),
        }
    }

    fn file(
        &self,
        article: &Article,
        path: &SitePath,
        part: Option<&str>,
        place: Place,
        found: &mut Vec<Diagnostic>,
    ) -> Resolved {
        let from = &article.face.path;
        let in_hidden_folder = || self.hidden.iter().any(|file| file.below(path.as_str()).is_some());
        if self.hidden.contains(path) || self.target(path).is_none() && in_hidden_folder() {
            return self.left_out(from, path, place, "it is a draft or its date is in the future", found);
        }
        if let Some(address) = self.target(path) {
            let outline = match self.files.document(path) {
                Some(Document::Article(target)) => Some(&target.face.outline),
                _ => None,
            };
            let anchors = || {
                outline.into_iter().flat_map(|outline| &outline.headings).map(|heading| heading.id.as_str())
            };
            return self.part(from, path, place, address.clone(), part, anchors, found);
        }
        match self.files.document(path) {
            Some(Document::Glossary(terms)) => {
                let ids = || terms.iter().map(|term| term.id.as_str());
                let part = part.map(slugify);
                self.part(from, path, place, Address::page("glossary"), part.as_deref(), ids, found)
            }
            Some(Document::Path(Some(tree))) => {
                let ids = || tree.steps.iter().map(|(id, _)| id.as_str());
                match self.part(from, path, place, Address::page("path"), part, ids, found) {
                    Resolved::Page(address, Some(step)) => Resolved::Page(address, Some(step_id(&step))),
                    other => other,
                }
            }
            Some(Document::Wins(wins)) if !wins.iter().any(|win| self.is_shown_win(&win.id.value)) => {
                self.left_out(from, path, place, "its wins are private", found)
            }
            Some(Document::Wins(wins)) => {
                let shown = |id: &&str| self.is_shown_win(id);
                if let Some(part) = part
                    && wins.iter().any(|win| win.id.value == part)
                    && !shown(&part)
                {
                    return self.left_out(from, path, place, "that win is private", found);
                }
                let ids = || wins.iter().map(|win| win.id.value.as_str()).filter(shown);
                self.part(from, path, place, made_address("wins"), part, ids, found)
            }
            Some(_) => self.left_out(from, path, place, "it has nothing to show", found),
            None if self.is_asset(path) => match Asset::of(path, self.snapshot) {
                Some(_) if self.is_unsafe(path, from, place, found) => Resolved::Text,
                Some(asset) => Resolved::Page(asset.address, None),
                None => Resolved::Text,
            },
            None => {
                let message = format!("there is no file `{path}`");
                let finding = finding_at(self.snapshot, Code::LinkTargetMissing, from, place, message);
                let finding =
                    if found.len() < FINDINGS_WITH_NAMES { self.near_file(finding, path) } else { finding };
                found.push(finding);
                Resolved::Text
            }
        }
    }

    /// A link to what this build does not show.
    fn left_out(
        &self,
        from: &SitePath,
        to: &SitePath,
        place: Place,
        why: &str,
        found: &mut Vec<Diagnostic>,
    ) -> Resolved {
        let message = format!("`{to}` is not built yet, so this link is shown as text");
        let finding = finding_at(self.snapshot, Code::LinkLeftOut, from, place, message);
        found.push(finding.help(format!("{why}; the link comes with the page")));
        Resolved::Text
    }

    /// A link to a page whose parts are known.
    #[expect(clippy::too_many_arguments, reason = "all of it goes into the one message")]
    fn part<'a, I: Iterator<Item = &'a str>>(
        &self,
        from: &SitePath,
        to: &SitePath,
        place: Place,
        address: Address,
        part: Option<&str>,
        anchors: impl Fn() -> I,
        found: &mut Vec<Diagnostic>,
    ) -> Resolved {
        let Some(part) = part.filter(|part| !part.is_empty()) else { return Resolved::Page(address, None) };
        if anchors().any(|anchor| anchor == part) {
            return Resolved::Page(address, Some(part.to_owned()));
        }
        let whose = if from == to { "this page".to_owned() } else { format!("`{to}`") };
        let message = format!("{whose} has no part `#{part}`");
        let finding = finding_at(self.snapshot, Code::LinkAnchorMissing, from, place, message);
        if found.len() >= FINDINGS_WITH_NAMES {
            found.push(finding);
            return Resolved::Page(address, None);
        }
        let known: Vec<&str> = anchors().collect();
        let otherwise = "leave out the `#` and what stands behind it";
        let finding = finding.near_or_listed(part, known.iter().copied(), otherwise);
        found.push(finding);
        Resolved::Page(address, None)
    }

    fn image(&self, article: &Article, image: &Located<Image>, found: &mut Vec<Diagnostic>) -> Option<Asset> {
        let path = image.value.path.as_ref()?;
        let from = &article.face.path;
        let asset = Asset::of(path, self.snapshot).filter(|_| self.is_asset(path));
        if self.is_unsafe(path, from, image.place, found) {
            return None;
        }
        if asset.is_none() {
            let message = format!("there is no picture `{path}`");
            let finding = finding_at(self.snapshot, Code::ImageMissing, from, image.place, message);
            let finding =
                if found.len() < FINDINGS_WITH_NAMES { self.near_file(finding, path) } else { finding };
            found.push(finding);
        } else if asset.as_ref().is_some_and(|asset| asset.size.is_none()) {
            let message = match path.extension() {
                "svg" => format!("`{path}` says neither its width and height nor its `viewBox`"),
                _ => format!("`{path}` is not a picture that browsers can show"),
            };
            let finding = finding_at(self.snapshot, Code::ImageMissing, from, image.place, message);
            found.push(finding.help("use PNG, JPEG, WebP, AVIF, GIF, or SVG with a width and height"));
            return None;
        }
        asset
    }

    /// Whether a file can be copied to the site: any file below `content/` that is nothing else.
    fn is_asset(&self, path: &SitePath) -> bool {
        self.snapshot.files.contains_key(path) && Role::of(path) == Some(Role::Asset)
    }

    /// Whether a file could run a script in a reader's browser; reported if so.
    fn is_unsafe(&self, path: &SitePath, from: &SitePath, place: Place, found: &mut Vec<Diagnostic>) -> bool {
        let Some(why) = self.snapshot.files.get(path).and_then(|file| assets::danger(path, file)) else {
            return false;
        };
        let message = format!("`{path}` {why}");
        let finding = finding_at(self.snapshot, Code::AssetUnsafe, from, place, message);
        found.push(
            finding
                .help("a page of the guide never runs foreign scripts; use a picture or a PDF in its place"),
        );
        true
    }

    fn near_file(&self, finding: Diagnostic, path: &SitePath) -> Diagnostic {
        let same_name = self.snapshot.files.keys().find(|file| file.file_name() == path.file_name());
        if same_name == Some(path) {
            return finding.help("that file makes no page; link to another");
        }
        if let Some(same_name) = same_name {
            let way = Address::new(finding.path.as_str()).link(&Address::new(same_name.as_str()));
            return finding.help(format!("a file of this name is `{same_name}`; from here it is `{way}`"));
        }
        let files = self.snapshot.files.keys().filter(|file| file.extension() == path.extension());
        let near = files
            .take(NAMES_COMPARED)
            .find(|file| **file != finding.path && is_near(path.file_name(), file.file_name()));
        if let Some(near) = near {
            return finding.help(format!("did you mean `{near}`?"));
        }
        let has_folder = || self.snapshot.files.keys().any(|file| file.folder() == path.folder());
        match path.extension() {
            "md" | "yaml" | "yml" if path.folder() != finding.path.folder() && has_folder() => {
                finding.help("the folder is there, the file is not: write it, or name one that is there")
            }
            "md" | "yaml" | "yml" => finding
                .help("write the way from this file to the other, such as `../offers/counter-offer.md`"),
            "" => {
                finding.help(format!("write the whole name of the file, such as `{}.md`", path.file_name()))
            }
            _ => finding.help("put the file beside this page and write its name"),
        }
    }
}

/// The id of a step's place on the page of its tree.
pub fn step_id(step: &str) -> String {
    format!("step.{step}")
}
