//! Puts a site together: what is built, in which order, and that no two pages share an address.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ahash::{HashMap, HashMapExt as _};

use crate::address::Address;
use crate::config::{Audience, Config, with_slash};
use crate::content::article::{Article, Kind};
use crate::content::module::Module;
use crate::content::reply::Reply;
use crate::content::win::{Visibility, Win};
use crate::content::{Document, Files};
use crate::diagnostic::{Code, Diagnostic};
use crate::place::Located;
use crate::site::reader::{Prints, SitePrints};
use crate::site::{
    LeftOut, Lesson, MADE_PAGES, ModuleOfLessons, PlainPage, ReplyPage, Site, finding_at, made_address,
};
use crate::snapshot::Snapshot;
use crate::source::SitePath;

/// A site that is being put together.
pub(super) struct Assembly<'s> {
    pub(super) snapshot: &'s Snapshot,
    pub(super) found: Vec<Diagnostic>,
    pub(super) left_out: LeftOut,
    /// Files that are there and not built.
    pub(super) hidden: BTreeSet<SitePath>,
}

impl Assembly<'_> {
    /// Sorts the documents into their places.
    pub(super) fn gather(&mut self, config: Config, files: &Files) -> Site {
        let mut lessons: Vec<&Article> = Vec::new();
        let mut modules: BTreeMap<String, Arc<Module>> = BTreeMap::new();
        let mut replies: Vec<Arc<Reply>> = Vec::new();
        let mut wins: Vec<Arc<Win>> = Vec::new();
        let mut pages: Vec<PlainPage> = Vec::new();
        let mut openings = BTreeMap::new();
        let mut home = None;
        let mut path = None;
        let mut terms = None;
        for (_, document) in files.documents() {
            match document {
                Document::Article(article) if self.leaves_out(article) => {}
                Document::Article(article) => {
                    let slug = article.face.slug.value.as_str();
                    match article.face.kind {
                        Kind::Lesson => lessons.push(article),
                        Kind::Home => home = Some(PlainPage::new(article, Address::page("index"))),
                        // A second page of that name is told by its address.
                        Kind::Page if MADE_PAGES.contains(&slug) && !openings.contains_key(slug) => {
                            openings.insert(slug.to_owned(), PlainPage::new(article, made_address(slug)));
                        }
                        Kind::Page => pages.push(PlainPage::new(article, page_address(slug))),
                    }
                }
                Document::Reply(reply) if reply.draft && !self.snapshot.options.drafts => {
                    self.left_out.drafts += 1;
                    self.hide(&reply.path, "draft");
                }
                Document::Reply(reply) => replies.push(reply.clone()),
                Document::Wins(list) => {
                    for win in list.iter() {
                        let shown = match config.audience {
                            Audience::Public => win.visibility == Visibility::Public,
                            Audience::Team => win.visibility != Visibility::Private,
                        };
                        if shown {
                            wins.push(Arc::new(win.clone()));
                        } else {
                            self.left_out.private += 1;
                            self.left_out.files.push((win.path.clone(), "private win"));
                        }
                    }
                }
                Document::Module(module) => {
                    modules.entry(module.folder.clone()).or_insert_with(|| module.clone());
                }
                // Of `glossary.yaml` and `glossary.yml` the first is read; `unused` names the other.
                Document::Glossary(list) => terms = terms.or_else(|| Some(list.clone())),
                Document::Path(tree) => path = path.or_else(|| tree.clone()),
            }
        }
        wins.sort_by(|a, b| (b.date, &a.id.value).cmp(&(a.date, &b.id.value)));
        let (lessons, modules) = in_order(&lessons, modules);
        let replies = order_replies(&config, replies);
        let base_url =
            self.snapshot.options.base_url.clone().or_else(|| config.base_url.clone()).map(with_slash);
        let by_slug = |slugs: &mut dyn ExactSizeIterator<Item = &str>| {
            let mut places = HashMap::with_capacity(slugs.len());
            for (place, slug) in slugs.enumerate() {
                places.entry(slug.to_owned()).or_insert(place);
            }
            places
        };
        Site {
            lessons_by_slug: by_slug(
                &mut lessons.iter().map(|lesson| lesson.article.face.slug.value.as_str()),
            ),
            replies_by_slug: by_slug(&mut replies.iter().map(|page| page.reply.slug.value.as_str())),
            aliases: aliases(&lessons, &pages),
            config,
            base_url,
            today: self.snapshot.today,
            lessons,
            modules,
            replies,
            wins,
            pages,
            openings,
            home,
            path,
            terms,
            tags: BTreeMap::new(),
            assets: Arc::default(),
            left_out: LeftOut::default(),
            prints: SitePrints::default(),
        }
    }

    /// Whether this build leaves an article out, and notes why.
    fn leaves_out(&mut self, article: &Article) -> bool {
        let face = &article.face;
        let later = face.date.as_ref().is_some_and(|date| date.value.first_day() > self.snapshot.today);
        if face.draft && !self.snapshot.options.drafts {
            self.left_out.drafts += 1;
            self.hide(&face.path, "draft");
        } else if later && !self.snapshot.options.future {
            self.left_out.future += 1;
            self.hide(&face.path, "dated in the future");
        } else {
            return false;
        }
        true
    }

    fn hide(&mut self, path: &SitePath, why: &'static str) {
        self.hidden.insert(path.clone());
        self.left_out.files.push((path.clone(), why));
    }

    /// Every page has an address of its own.
    pub(super) fn check_addresses(&mut self, site: &Site) {
        let mut taken: HashMap<&Address, &SitePath> = HashMap::new();
        let lessons = site.lessons.iter().map(|lesson| {
            let face = &lesson.article.face;
            (&lesson.address, &face.slug, &face.path)
        });
        let replies = site.replies.iter().map(|page| (&page.address, &page.reply.slug, &page.reply.path));
        let pages = site.pages.iter().chain(site.openings.values()).map(|page| {
            let face = &page.article.face;
            (&page.address, &face.slug, &face.path)
        });
        let mut all: Vec<_> = lessons.chain(replies).chain(pages).collect();
        let wrong = |(address, slug, path): &(_, &Located<String>, _)| {
            slug.value.is_empty() || slug.value == "index" || taken.insert(*address, *path).is_some()
        };
        // Of two files the second by path is told. A guide of many files need not be sorted where all is well.
        if !all.iter().any(wrong) {
            all.clear();
        }
        all.sort_by_key(|(_, _, path)| *path);
        if !all.is_empty() {
            taken.clear();
        }
        for (address, slug, path) in all {
            if slug.value.is_empty() {
                self.report_slug(
                    Code::SlugInvalid,
                    slug,
                    path,
                    "this file's name makes no address",
                    "write a `slug:` of small letters, digits and hyphens",
                );
            } else if slug.value == "index" {
                self.report_slug(
                    Code::SlugReserved,
                    slug,
                    path,
                    "`index` is the address of a page that the guide makes by itself",
                    "give the file another name, or write another `slug:`",
                );
            } else if let Some(other) = taken.insert(address, path) {
                let message = format!("this file and `{other}` make the same page, `{}`", address.as_str());
                self.report_slug(
                    Code::SlugDuplicate,
                    slug,
                    path,
                    &message,
                    "rename one of the two files, or write another `slug:`",
                );
            }
        }
        self.check_modules(site);
        self.check_aliases(site, &taken);
        let mut ids: HashMap<&str, &SitePath> = HashMap::new();
        for win in &site.wins {
            if let Some(other) = ids.insert(&win.id.value, &win.path) {
                let message = format!("two wins have the id `{}`; the other is in `{other}`", win.id.value);
                self.report_slug(
                    Code::SlugDuplicate,
                    &win.id,
                    &win.path,
                    &message,
                    "write another `id:` for one of the two",
                );
            }
        }
    }

    fn check_modules(&mut self, site: &Site) {
        let mut slugs: HashMap<&str, &str> = HashMap::new();
        for entry in &site.modules {
            let module = &entry.module;
            let first = &site.lessons[entry.lessons.start].article.face.path;
            let path = module.path.as_ref().unwrap_or(first);
            if module.slug.is_empty() {
                let message = format!("the folder's name `{}` makes no address", module.folder);
                self.found.push(
                    Diagnostic::about_file(Code::SlugInvalid, path, message)
                        .help("rename the folder with letters or digits"),
                );
            } else if let Some(other) = slugs.insert(&module.slug, &module.folder) {
                let message = format!("the folders `{other}` and `{}` make the same page", module.folder);
                self.found.push(
                    Diagnostic::about_file(Code::SlugDuplicate, path, message).help("rename one of the two"),
                );
            }
        }
    }

    fn check_aliases(&mut self, site: &Site, taken: &HashMap<&Address, &SitePath>) {
        let mut old: HashMap<Address, &SitePath> = HashMap::new();
        let lessons = site.lessons.iter().map(|lesson| &lesson.article.face);
        for face in lessons.chain(site.pages.iter().map(|page| &page.article.face)) {
            for alias in &face.aliases {
                let address = alias_address(face.kind, &alias.value);
                let other = taken.get(&address).copied().or_else(|| old.get(&address).copied());
                if let Some(other) = other {
                    let message =
                        format!("the old address `{}` is already that of `{other}`", address.as_str());
                    self.report_slug(
                        Code::SlugDuplicate,
                        alias,
                        &face.path,
                        &message,
                        "remove it from one of the two",
                    );
                } else if alias.value == "index"
                    || face.kind == Kind::Page && MADE_PAGES.contains(&alias.value.as_str())
                {
                    let message =
                        format!("`{}` is the address of a page that the guide makes by itself", alias.value);
                    self.report_slug(Code::SlugReserved, alias, &face.path, &message, "remove it");
                }
                old.insert(address, &face.path);
            }
        }
    }

    fn report_slug(
        &mut self,
        code: Code,
        slug: &Located<String>,
        path: &SitePath,
        message: &str,
        help: &str,
    ) {
        self.found.push(finding_at(self.snapshot, code, path, slug.place, message).help(help));
    }
}

/// The lessons in the order of reading, and the modules that have any.
fn in_order(
    lessons: &[&Article],
    mut modules: BTreeMap<String, Arc<Module>>,
) -> (Vec<Lesson>, Vec<ModuleOfLessons>) {
    let mut by_module: BTreeMap<Option<&str>, Vec<&Article>> = BTreeMap::new();
    for lesson in lessons {
        by_module.entry(lesson.face.module.as_deref()).or_default().push(lesson);
    }
    for lessons in by_module.values_mut() {
        lessons.sort_by_cached_key(|article| article.face.reading_order());
    }
    let mut ordered: Vec<Lesson> = Vec::with_capacity(lessons.len());
    let place = |ordered: &mut Vec<Lesson>, articles: Vec<&Article>, module: Option<usize>| {
        let start = ordered.len();
        ordered.extend(articles.into_iter().map(|article| Lesson {
            article: article.clone(),
            address: Address::lesson(&article.face.slug.value),
            date: article.face.date.as_ref().map(|date| date.value),
            module,
            links: Arc::default(),
            wins: 0,
            prints: Prints::default(),
        }));
        start..ordered.len()
    };
    place(&mut ordered, by_module.remove(&None).unwrap_or_default(), None);
    let mut with_modules: Vec<(Arc<Module>, Vec<&Article>)> = by_module
        .into_iter()
        .filter_map(|(folder, articles)| {
            let folder = folder?;
            let module = modules.remove(folder).unwrap_or_else(|| Arc::new(Module::of_folder(folder)));
            Some((module, articles))
        })
        .collect();
    with_modules.sort_by_key(|(module, _)| {
        (module.order.unwrap_or(i64::MAX), module.title.to_lowercase(), module.folder.clone())
    });
    let mut entries = Vec::with_capacity(with_modules.len());
    for (number, (module, articles)) in with_modules.into_iter().enumerate() {
        let lessons = place(&mut ordered, articles, Some(number));
        entries.push(ModuleOfLessons { address: Address::module(&module.slug), module, lessons });
    }
    (ordered, entries)
}

fn order_replies(config: &Config, mut replies: Vec<Arc<Reply>>) -> Vec<ReplyPage> {
    let rank = |reply: &Reply| {
        let codes = reply.reasons.first();
        codes
            .and_then(|code| config.reasons.iter().position(|reason| reason.code == code.value))
            .unwrap_or(usize::MAX)
    };
    replies.sort_by_cached_key(|reply| (rank(reply), reply.title.to_lowercase(), reply.path.clone()));
    replies
        .into_iter()
        .map(|reply| ReplyPage {
            address: Address::reply(&reply.slug.value),
            reply,
            used_in: Vec::new(),
            wins: Vec::new(),
        })
        .collect()
}

fn page_address(slug: &str) -> Address {
    if MADE_PAGES.contains(&slug) { made_address(slug) } else { Address::page(slug) }
}

fn alias_address(kind: Kind, slug: &str) -> Address {
    if kind == Kind::Lesson { Address::lesson(slug) } else { Address::page(slug) }
}

fn aliases(lessons: &[Lesson], pages: &[PlainPage]) -> Vec<(Address, Address, String)> {
    let lessons = lessons.iter().map(|lesson| (&lesson.article.face, &lesson.address));
    let pages = pages.iter().map(|page| (&page.article.face, &page.address));
    lessons
        .chain(pages)
        .flat_map(|(face, address)| {
            let forward = move |alias: &Located<String>| {
                (alias_address(face.kind, &alias.value), address.clone(), face.title.clone())
            };
            face.aliases.iter().map(forward)
        })
        .collect()
}
