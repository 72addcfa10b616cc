//! Wins: what went well, to look back on in a week that does not.

use crate::address::{is_slug, slugify};
use crate::config::{self, Config};
use crate::content::privacy;
use crate::date::{PartialDate, Precision};
use crate::diagnostic::{Code, Diagnostic};
use crate::fingerprint::fingerprint;
use crate::place::{Located, Place};
use crate::source::{SitePath, Source};
use crate::yaml::{Document, Value};

/// What kind of success it was.
pub const KINDS: &[&str] =
    &["hire", "reply", "feedback", "process", "skill", "team", "kindness", "milestone"];

/// Who said thanks.
pub const THANKED_BY: &[&str] =
    &["candidate", "hiring manager", "interviewer", "colleague", "leader", "team", "other"];

/// A win.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Win {
    /// Its file.
    pub path: SitePath,
    /// Unique; the id of its place on the page of wins.
    pub id: Located<String>,
    /// Its title.
    pub title: String,
    /// When it happened: a month or a day.
    pub date: PartialDate,
    /// What happened.
    pub what: String,
    /// What kind of success it was.
    pub kind: Option<&'static str>,
    /// What the author did; may be empty.
    pub my_part: String,
    /// What changed, for whom; may be empty.
    pub impact: String,
    /// A number of a group, before and after.
    pub metric: Option<Metric>,
    /// The role of who said thanks.
    pub thanked_by: Option<&'static str>,
    /// The thanks in other words; may be empty.
    pub words: String,
    /// One line; may be empty.
    pub learned: String,
    /// Tags, as written.
    pub tags: Vec<Located<String>>,
    /// The lesson behind it, by slug.
    pub lesson: Option<Located<String>>,
    /// The reply behind it, by slug.
    pub reply: Option<Located<String>>,
    /// A picture.
    pub picture: Option<Picture>,
    /// Who may see it.
    pub visibility: Visibility,
}

impl Win {
    /// A fingerprint of all of it that the site is put together from; the rest is only shown.
    pub fn place(&self) -> u64 {
        // Every field is named, so that a new one is not forgotten.
        let Win {
            path,
            id,
            title: _,
            date,
            what: _,
            kind: _,
            my_part: _,
            impact: _,
            metric: _,
            thanked_by: _,
            words: _,
            learned: _,
            tags,
            lesson,
            reply,
            picture,
            visibility,
        } = self;
        fingerprint(&(path, id, date, tags, lesson, reply, picture, visibility))
    }
}

/// Who may see a win.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Visibility {
    /// Never built.
    Private,
    /// Built for the team.
    Team,
    /// Built for anybody.
    Public,
}

/// A number of a group, before and after.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Metric {
    /// What was counted.
    pub name: String,
    /// The number before, as written.
    pub before: String,
    /// The number after, as written.
    pub after: String,
}

/// A picture of a win.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Picture {
    /// The file, beside the file of the win or below.
    pub file: Located<String>,
    /// What it shows, in words.
    pub alt: String,
}

/// Reads a file with one win or a list of wins.
pub fn parse(source: &Source, config: &Config) -> (Vec<Win>, Vec<Diagnostic>) {
    let document = match Document::parse(source, source.whole()) {
        Ok(document) => document,
        Err(found) => return (Vec::new(), vec![*found]),
    };
    let root = document.root();
    let read = |value: Value<'_>| Win::read(value).inspect(|win| win.check(value, config));
    let wins = match root.is_empty() {
        true => Vec::new(),
        false => root.list().into_iter().filter_map(read).collect(),
    };
    (wins, document.finish())
}

impl Win {
    fn read(value: Value<'_>) -> Option<Win> {
        let map = value.map()?;
        let text = |key| map.get(key).and_then(|value| value.text());
        let title = map.required("title").and_then(|title| title.text());
        let date = map.required("date").and_then(|date| PartialDate::of(&date, Precision::Month));
        let what = map.required("what").and_then(|what| what.text());
        let id = map.get("id").map(|id| (win_id(&id), Place::of(&id)));
        let kind = map.get("kind").and_then(|kind| kind.one_of(KINDS));
        let my_part = text("my_part").unwrap_or_default();
        let impact = text("impact").unwrap_or_default();
        let metric = map.get("metric").and_then(|metric| Metric::read(&metric));
        let thanked_by = map.get("thanked_by").and_then(|who| who.one_of(THANKED_BY));
        let words = text("words").unwrap_or_default();
        let learned = text("learned").unwrap_or_default();
        let tags = map.get("tags").map(|tags| Located::texts(&tags)).unwrap_or_default();
        let lesson = map.get("lesson").and_then(|lesson| Located::text(&lesson));
        let reply = map.get("reply").and_then(|reply| Located::text(&reply));
        let picture = map.get("evidence").and_then(|evidence| Picture::read(&evidence));
        let visibility =
            map.get("visibility").map(|visibility| visibility.one_of(&["private", "team", "public"]));
        let checked = map.get("checked").and_then(|checked| checked.flag()).unwrap_or(false);
        let shown = map.get("visibility").unwrap_or(value);
        map.done();
        let visibility = match visibility.flatten() {
            Some("team") => Visibility::Team,
            Some("public") => Visibility::Public,
            _ => Visibility::Private,
        };
        let (title, date) = (title?, date?.value);
        if visibility != Visibility::Private && !checked {
            let message = format!("nobody has checked “{title}” for personal data");
            let finding = shown.finding(Code::WinUnchecked, message);
            value.report(finding.help("read it once more for names and details, then add `checked: yes`"));
        }
        let (id, place) = id.unwrap_or((None, Place::of(&value)));
        let id = id.unwrap_or_else(|| {
            format!("{}-{}", date.iso(), slugify(&title)).trim_end_matches('-').to_owned()
        });
        Some(Win {
            path: value.source().path.clone(),
            id: Located::new(id, place),
            title,
            date,
            what: what?,
            kind,
            my_part,
            impact,
            metric,
            thanked_by,
            words,
            learned,
            tags,
            lesson,
            reply,
            picture,
            visibility,
        })
    }
}

/// The longest title of a win, in characters: what fits in two lines of a phone.
const LONGEST_TITLE: usize = 80;

impl Win {
    /// What is said of a win that others may see. A private one is its author's alone.
    fn check(&self, value: Value<'_>, config: &Config) {
        let Some(map) = value.map().filter(|_| self.visibility != Visibility::Private) else { return };
        if self.title.chars().count() > LONGEST_TITLE
            && let Some(title) = map.get("title")
        {
            let message = format!("this title has {} characters", self.title.chars().count());
            title.report(
                title
                    .finding(Code::TitleTooLong, message)
                    .help(format!("{LONGEST_TITLE} at the most; the rest belongs in `what`")),
            );
        }
        for key in
            ["id", "tags", "title", "what", "my_part", "impact", "words", "learned", "metric", "evidence"]
        {
            let Some(text) = map.get(key) else { continue };
            let span = text.whole_span();
            let source = text.source();
            let written = source.slice(span);
            let mut found = privacy::check(written, span.start, &source.path, &config.allow);
            found.extend(privacy::check_names(written, span.start, &source.path, &config.allow));
            found.into_iter().for_each(|finding| text.report(finding));
        }
    }
}

fn win_id(value: &Value<'_>) -> Option<String> {
    config::slug(value).inspect(|id| debug_assert!(is_slug(id)))
}

impl Metric {
    fn read(value: &Value<'_>) -> Option<Metric> {
        let map = value.map()?;
        let name = map.required("name").and_then(|name| name.text());
        let before = map.required("before").and_then(|before| before.text());
        let after = map.required("after").and_then(|after| after.text());
        map.done();
        Some(Metric { name: name?, before: before?, after: after? })
    }
}

impl Picture {
    /// Reads `evidence`. Only a picture needs more than to be there.
    fn read(value: &Value<'_>) -> Option<Picture> {
        let map = value.map()?;
        let kind = map.required("kind").and_then(|kind| kind.one_of(&["note", "number", "picture"]));
        let file = map.get("file").and_then(|file| Located::text(&file));
        let alt = map.get("alt").and_then(|alt| alt.text());
        let redacted = map.get("redacted").and_then(|redacted| redacted.flag()).unwrap_or(false);
        let mut whole = true;
        if kind == Some("picture") {
            for key in ["file", "alt", "redacted"] {
                whole &= map.required(key).is_some();
            }
            if !redacted && whole {
                let finding = value
                    .finding(Code::WinUnchecked, "nobody has removed personal details from this picture");
                value.report(finding.help("cover names, faces and messages, then write `redacted: yes`"));
            }
        }
        map.done();
        (kind == Some("picture")).then_some(())?;
        Some(Picture { file: file?, alt: alt? })
    }
}
