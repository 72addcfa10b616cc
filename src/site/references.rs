//! Names that files give each other (lessons, replies, reasons, tags): checked, and turned around into "used in".

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ahash::{HashMap, HashMapExt as _};

use crate::content::article::Face;
use crate::content::component::tree::Tree;
use crate::content::{Document, Files};
use crate::diagnostic::{Code, Diagnostic};
use crate::place::Located;
use crate::site::{Site, Tag, finding_at, tag_slug};
use crate::snapshot::Snapshot;
use crate::source::SitePath;

/// Checks every name and notes what uses what.
pub fn check(
    site: &mut Site,
    files: &Files,
    hidden: &BTreeSet<SitePath>,
    snapshot: &Snapshot,
    found: &mut Vec<Diagnostic>,
) {
    let hidden_slugs = hidden.iter().filter_map(|path| slug_of(files.document(path)?)).collect();
    let mut checker = Checker { site, snapshot, hidden_slugs, tags_with_slug: HashMap::new(), found };
    checker.articles();
    checker.replies();
    checker.wins();
    checker.glossary_and_path(files);
    checker.rings();
    note_uses(site);
}

struct Checker<'s> {
    site: &'s Site,
    snapshot: &'s Snapshot,
    /// Slugs of what is there and not built.
    hidden_slugs: BTreeSet<&'s str>,
    /// Of the tags so far, whether they make an address.
    tags_with_slug: HashMap<String, bool>,
    found: &'s mut Vec<Diagnostic>,
}

fn slug_of(document: &Document) -> Option<&str> {
    match document {
        Document::Article(article) => Some(&article.face.slug.value),
        Document::Reply(reply) => Some(&reply.slug.value),
        _ => None,
    }
}

impl Checker<'_> {
    fn articles(&mut self) {
        let site = self.site;
        let lessons = site.lessons.iter().map(|lesson| &lesson.article.face);
        let pages =
            site.pages.iter().chain(site.openings.values()).chain(&site.home).map(|page| &page.article.face);
        for face in lessons.chain(pages) {
            self.article(face);
        }
    }

    fn article(&mut self, face: &Arc<Face>) {
        if let Some(review) =
            face.review_by.as_ref().filter(|review| review.value.last_day() < self.site.today)
        {
            let message = format!("this should have been read again by {}", review.value.iso());
            let finding = finding_at(self.snapshot, Code::ReviewPassed, &face.path, review.place, message);
            self.found.push(finding.help("check its facts and addresses, then write a later `review_by`"));
        }
        for slug in &face.requires {
            self.lesson(&face.path, slug);
        }
        for slug in face.replies.iter().chain(&face.shown_replies) {
            self.reply(&face.path, slug);
        }
        for code in &face.reasons {
            self.reason(&face.path, code);
        }
        for tag in face.tags.iter().chain(&face.shown_tags) {
            self.tag(&face.path, tag);
        }
        if let Some(shows) = &face.shows_path
            && self.site.path.is_none()
        {
            self.found.push(
                finding_at(
                    self.snapshot,
                    Code::StepUnknown,
                    &face.path,
                    shows.place,
                    "there is no `content/path.yaml`",
                )
                .help("write that file, or write the questions into this block"),
            );
        }
    }

    fn replies(&mut self) {
        let site = self.site;
        for page in &site.replies {
            for code in &page.reply.reasons {
                self.reason(&page.reply.path, code);
            }
        }
    }

    fn wins(&mut self) {
        let site = self.site;
        for win in &site.wins {
            for slug in win.lesson.iter() {
                self.lesson(&win.path, slug);
            }
            for slug in win.reply.iter() {
                self.reply(&win.path, slug);
            }
            for tag in &win.tags {
                self.tag(&win.path, tag);
            }
        }
    }

    fn glossary_and_path(&mut self, files: &Files) {
        for (path, document) in files.documents() {
            match document {
                Document::Glossary(terms) => {
                    for slug in terms.iter().filter_map(|term| term.lesson.as_ref()) {
                        self.lesson(path, slug);
                    }
                }
                Document::Path(Some(tree)) => self.tree(path, tree),
                _ => {}
            }
        }
    }

    fn tree(&mut self, path: &SitePath, tree: &Tree) {
        for slug in tree.replies() {
            self.reply(path, slug);
        }
        for code in tree.reasons() {
            self.reason(path, code);
        }
    }

    fn lesson(&mut self, path: &SitePath, slug: &Located<String>) {
        if self.site.lesson(&slug.value).is_none() {
            let site = self.site;
            self.unknown(Code::LessonUnknown, path, slug, "lesson", site.lesson_slugs());
        }
    }

    fn reply(&mut self, path: &SitePath, slug: &Located<String>) {
        if self.site.reply(&slug.value).is_none() {
            let site = self.site;
            self.unknown(Code::ReplyUnknown, path, slug, "reply", site.reply_slugs());
        }
    }

    fn reason(&mut self, path: &SitePath, code: &Located<String>) {
        if self.site.config.reason(&code.value).is_none() {
            let codes = self.site.config.reasons.iter().map(|reason| reason.code.as_str());
            self.unknown(Code::ReasonUnknown, path, code, "reason", codes);
        }
    }

    fn tag(&mut self, path: &SitePath, tag: &Located<String>) {
        if let Some(tags) = &self.site.config.tags
            && !tags.contains(&tag.value)
        {
            self.unknown(Code::TagUnknown, path, tag, "tag", tags.iter().map(String::as_str));
        }
        // Many lessons share few tags.
        let has_slug = match self.tags_with_slug.get(tag.value.as_str()) {
            Some(has_slug) => *has_slug,
            None => {
                let has_slug = !tag_slug(&tag.value).is_empty();
                self.tags_with_slug.insert(tag.value.clone(), has_slug);
                has_slug
            }
        };
        if !has_slug {
            let message = format!("`{}` cannot be a tag", tag.value);
            let finding = finding_at(self.snapshot, Code::SlugInvalid, path, tag.place, message);
            self.found.push(finding.help("use letters or digits"));
        }
    }

    fn unknown<'n>(
        &mut self,
        code: Code,
        path: &SitePath,
        name: &Located<String>,
        what: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) {
        if self.hidden_slugs.contains(name.value.as_str()) {
            let message = format!("the {what} `{}` is not built yet, so it is left out here", name.value);
            let finding = finding_at(self.snapshot, Code::LinkLeftOut, path, name.place, message);
            self.found
                .push(finding.help("it is a draft or its date is in the future; it comes with the page"));
            return;
        }
        let message = format!("there is no {what} `{}`", name.value);
        // A file never means itself.
        let others: Vec<&str> =
            known.filter(|slug| !path.as_str().ends_with(&format!("/{slug}.md"))).collect();
        let otherwise = match others.is_empty() {
            true => format!("the guide has no other {what} yet; leave it out until it has"),
            false => format!("write the name of a {what} that is there"),
        };
        let finding = finding_at(self.snapshot, code, path, name.place, message);
        let finding = finding.near_or_listed(&name.value, others.iter().copied(), &otherwise);
        self.found.push(finding);
    }

    /// Lessons that need each other in a ring: nobody could begin with any of them.
    fn rings(&mut self) {
        #[derive(Clone, Copy, PartialEq)]
        enum State {
            New,
            Open,
            Done,
        }
        let site = self.site;
        let mut states = vec![State::New; site.lessons.len()];
        for start in 0..site.lessons.len() {
            if site.lessons[start].article.face.requires.is_empty() {
                states[start] = State::Done;
                continue;
            }
            // A walk with its own stack: a long chain of lessons is no reason to run out of it.
            let mut stack: Vec<(usize, usize)> = vec![(start, 0)];
            while let Some((lesson, next)) = stack.pop() {
                if next == 0 && states[lesson] != State::New {
                    continue;
                }
                states[lesson] = State::Open;
                let face = &site.lessons[lesson].article.face;
                let Some(needed) = face.requires.get(next) else {
                    states[lesson] = State::Done;
                    continue;
                };
                stack.push((lesson, next + 1));
                let Some(other) = site.lesson(&needed.value) else { continue };
                match states[other] {
                    State::New => stack.push((other, 0)),
                    State::Done => {}
                    State::Open => {
                        let from = stack.iter().position(|(place, _)| *place == other).unwrap_or(0);
                        let ring: Vec<&str> = stack[from..]
                            .iter()
                            .map(|(place, _)| site.lessons[*place].article.face.slug.value.as_str())
                            .chain([needed.value.as_str()])
                            .collect();
                        let message = match ring.len() {
                            2 => "this lesson needs itself".to_owned(),
                            // A long ring is told by its ends.
                            3..=12 => format!("these lessons need each other: {}", ring.join(" → ")),
                            many => format!(
                                "{} lessons need each other, from `{}` round to itself",
                                many - 1,
                                needed.value
                            ),
                        };
                        let finding =
                            finding_at(self.snapshot, Code::RequiresCycle, &face.path, needed.place, message);
                        self.found.push(finding.help("take one of them out of `requires`"));
                    }
                }
            }
        }
    }
}

/// Notes the other way round what lessons, replies, wins and tags use.
fn note_uses(site: &mut Site) {
    let mut tags: BTreeMap<String, Tag> = BTreeMap::new();
    let mut slugs: HashMap<String, String> = HashMap::new();
    let mut tagged = |written: &str, lesson: Option<usize>, win: Option<usize>| {
        // Many lessons share few tags.
        if !slugs.contains_key(written) {
            slugs.insert(written.to_owned(), tag_slug(written));
        }
        let slug = &slugs[written];
        if slug.is_empty() {
            return;
        }
        if !tags.contains_key(slug) {
            tags.insert(slug.clone(), Tag { title: written.to_owned(), ..Tag::default() });
        }
        let Some(tag) = tags.get_mut(slug) else { return };
        let add = |list: &mut Vec<usize>, place: usize| {
            if list.last() != Some(&place) {
                list.push(place);
            }
        };
        lesson.into_iter().for_each(|place| add(&mut tag.lessons, place));
        win.into_iter().for_each(|place| add(&mut tag.wins, place));
    };
    let mut used: Vec<(usize, usize)> = Vec::new();
    for (number, lesson) in site.lessons.iter().enumerate() {
        let face = &lesson.article.face;
        for slug in face.replies.iter().chain(&face.shown_replies) {
            if let Some(reply) = site.reply(&slug.value) {
                used.push((reply, number));
            }
        }
        for tag in &face.tags {
            tagged(&tag.value, Some(number), None);
        }
    }
    let mut of_lessons: Vec<usize> = Vec::new();
    let mut of_replies: Vec<(usize, usize)> = Vec::new();
    for (number, win) in site.wins.iter().enumerate() {
        of_lessons.extend(win.lesson.as_ref().and_then(|slug| site.lesson(&slug.value)));
        of_replies
            .extend(win.reply.as_ref().and_then(|slug| site.reply(&slug.value)).map(|reply| (reply, number)));
        for tag in &win.tags {
            tagged(&tag.value, None, Some(number));
        }
    }
    for (reply, lesson) in used {
        let used_in = &mut site.replies[reply].used_in;
        if used_in.last() != Some(&lesson) {
            used_in.push(lesson);
        }
    }
    for (reply, win) in of_replies {
        site.replies[reply].wins.push(win);
    }
    for lesson in of_lessons {
        site.lessons[lesson].wins += 1;
    }
    site.tags = tags;
}
