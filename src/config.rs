//! `content/site.yaml`: what a guide says about itself. Every key may be left out, the file too.

use std::collections::{BTreeMap, BTreeSet};

use crate::address::{is_slug, slugify};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::dialect::Dialect;
use crate::place::{Located, Place};
use crate::source::Source;
use crate::yaml::{Document, Map, Value};

/// The settings of a guide.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Config {
    /// The name of the guide.
    pub title: String,
    /// Begins the key under which a reader's browser keeps what the reader keeps.
    pub id: String,
    /// One sentence on the guide; may be empty.
    pub description: String,
    /// The language of the interface and the content, as in `en` or `pt-BR`.
    pub language: String,
    /// The address of the published site, ending in `/`, if it is known.
    pub base_url: Option<String>,
    /// The folder below `themes/`; none is the built-in theme.
    pub theme: Option<Located<String>>,
    /// Who the site is for: decides which wins are built.
    pub audience: Audience,
    /// Where a page can be edited; `{path}` stands for the file's path below `content/`.
    pub edit_url: Option<String>,
    /// Where a reader can write to.
    pub tell_us: Option<String>,
    /// Whether HTML in Markdown reaches the page as HTML.
    pub raw_html: bool,
    /// Codes whose severity this guide changes; none switches a code off.
    pub levels: BTreeMap<Code, Option<Severity>>,
    /// The tags that may be used, if they are listed.
    pub tags: Option<BTreeSet<String>>,
    /// Phrases that the check for personal data leaves alone.
    pub allow: Vec<String>,
    /// Why candidates decline, in order. A label that is none is taken from the theme's words.
    pub reasons: Vec<Reason>,
    /// Rows of words that find each other.
    pub synonyms: Vec<Vec<String>>,
    /// Lengths and numbers.
    pub limits: Limits,
    /// How other tools write placeholders: those that are built in, and then the guide's own.
    pub dialects: Vec<Dialect>,
}

/// Who a site is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Anybody: only public wins are built.
    #[default]
    Public,
    /// The own team: the team's wins are built too.
    Team,
}

/// A reason code.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reason {
    /// The code that replies and trees use.
    pub code: String,
    /// What readers see; none takes the theme's word.
    pub label: Option<String>,
    /// Whether a reply may ask a question.
    pub ask: bool,
}

/// Limits, in characters unless said otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// The body of an e-mail.
    pub email: usize,
    /// A LinkedIn message to somebody outside the own network.
    pub inmail: usize,
    /// A note with a connection request.
    pub note: usize,
    /// A text message.
    pub sms: usize,
    /// Lessons in the feed.
    pub feed: usize,
    /// Lessons up to which the handbook is one page.
    pub handbook: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { email: 1200, inmail: 1900, note: 200, sms: 160, feed: 20, handbook: 200 }
    }
}

/// The reason codes that are built in, and whether a reply may ask: never about private matters, and never after
/// somebody asked not to be contacted.
const REASONS: [(&str, bool); 15] = [
    ("none", true),
    ("not-looking", true),
    ("comp", true),
    ("timing", true),
    ("counter", true),
    ("competing", true),
    ("misread", true),
    ("slow", true),
    ("place", true),
    ("role", true),
    ("company", true),
    ("personal", false),
    ("silent", true),
    ("optout", false),
    ("reneged", true),
];

impl Default for Config {
    fn default() -> Config {
        Config {
            title: "Guide".to_owned(),
            id: "guide".to_owned(),
            description: String::new(),
            language: "en".to_owned(),
            base_url: None,
            theme: None,
            audience: Audience::Public,
            edit_url: None,
            tell_us: None,
            raw_html: false,
            levels: BTreeMap::new(),
            tags: None,
            allow: Vec::new(),
            reasons: REASONS
                .iter()
                .map(|(code, ask)| Reason { code: (*code).to_owned(), label: None, ask: *ask })
                .collect(),
            synonyms: Vec::new(),
            limits: Limits::default(),
            dialects: Dialect::built_in(),
        }
    }
}

impl Config {
    /// Reads `site.yaml`. What is wrong is reported and keeps its default.
    pub fn parse(source: &Source) -> (Config, Vec<Diagnostic>) {
        let mut config = Config::default();
        let document = match Document::parse(source, source.whole()) {
            Ok(document) => document,
            Err(found) => return (config, vec![*found]),
        };
        if !document.root().is_empty()
            && let Some(map) = document.root().map()
        {
            config.read(&map);
            map.done();
        }
        (config, document.finish())
    }

    /// The reason with a code.
    pub fn reason(&self, code: &str) -> Option<&Reason> {
        self.reasons.iter().find(|reason| reason.code == code)
    }

    fn read(&mut self, map: &Map<'_>) {
        let text = |key| map.get(key).and_then(|value| value.text());
        if let Some(title) = text("title") {
            self.id = Some(slugify(&title)).filter(|slug| !slug.is_empty()).unwrap_or(self.id.clone());
            self.title = title;
        }
        if let Some(id) = map.get("id").and_then(|value| slug(&value)) {
            self.id = id;
        }
        self.description = text("description").unwrap_or_default();
        if let Some(language) = map.get("language").and_then(|value| language(&value)) {
            self.language = language;
        }
        self.base_url =
            map.get("base_url").and_then(|value| address(&value, &["http", "https"])).map(with_slash);
        self.theme = map.get("theme").and_then(|value| Some(Located::new(slug(&value)?, Place::of(&value))));
        if map.get("audience").and_then(|value| value.one_of(&["public", "team"])) == Some("team") {
            self.audience = Audience::Team;
        }
        self.edit_url = map.get("edit_url").and_then(|value| address(&value, &["http", "https"]));
        self.tell_us = map.get("tell_us").and_then(|value| address(&value, &["http", "https", "mailto"]));
        self.raw_html = map.get("raw_html").and_then(|value| value.flag()).unwrap_or(false);
        self.tags = map.get("tags").map(|tags| tags.texts().into_iter().collect());
        self.allow = map.get("allow").map(|allow| allow.texts()).unwrap_or_default();
        self.synonyms = map
            .get("synonyms")
            .map(|rows| rows.list().iter().map(Value::texts).collect())
            .unwrap_or_default();
        self.levels = map.get("levels").map(|levels| read_levels(&levels)).unwrap_or_default();
        if let Some(reasons) = map.get("reasons") {
            self.reasons = read_reasons(&reasons);
        }
        if let Some(limits) = map.get("limits").and_then(|limits| limits.map()) {
            self.limits.read(limits);
        }
        if let Some(dialects) = map.get("dialects").and_then(|dialects| dialects.map()) {
            let own: Vec<Dialect> =
                dialects.entries().filter_map(|(name, _, value)| Dialect::read(name, &value)).collect();
            // One of the same name takes the place of that which is built in.
            self.dialects.retain(|known| own.iter().all(|own| !own.name.eq_ignore_ascii_case(&known.name)));
            self.dialects.extend(own);
        }
    }
}

impl Limits {
    /// The longest message of a channel, in characters; a call has none.
    pub fn of_channel(&self, channel: &str) -> Option<usize> {
        match channel {
            "email" => Some(self.email),
            "inmail" => Some(self.inmail),
            "note" => Some(self.note),
            "sms" => Some(self.sms),
            _ => None,
        }
    }

    fn read(&mut self, map: Map<'_>) {
        for (key, limit) in [
            ("email", &mut self.email),
            ("inmail", &mut self.inmail),
            ("note", &mut self.note),
            ("sms", &mut self.sms),
            ("feed", &mut self.feed),
            ("handbook", &mut self.handbook),
        ] {
            if let Some(number) = map.get(key).and_then(|value| value.number(1..=1_000_000)) {
                *limit = usize::try_from(number).expect("in range, so never negative");
            }
        }
        map.done();
    }
}

fn read_levels(value: &Value<'_>) -> BTreeMap<Code, Option<Severity>> {
    let Some(map) = value.map() else { return BTreeMap::new() };
    let mut levels = BTreeMap::new();
    for (name, span, level) in map.entries() {
        let Some(code) = Code::named(name) else {
            let mut finding = level.finding(Code::KeyUnknown, format!("there is no diagnostic `{name}`"));
            finding.span = Some(span);
            level.report(finding.near(name, Code::ALL.iter().map(|code| code.as_str())));
            continue;
        };
        let severity = match level.one_of(&["error", "warning", "off"]) {
            Some("error") => Some(Severity::Error),
            Some("warning") => Some(Severity::Warning),
            Some(_) => None,
            None => continue,
        };
        levels.insert(code, severity);
    }
    levels
}

fn read_reasons(value: &Value<'_>) -> Vec<Reason> {
    let Some(map) = value.map() else { return Config::default().reasons };
    let mut reasons = Vec::new();
    for (code, span, value) in map.entries() {
        if !is_slug(code) {
            let mut finding = value.finding(Code::SlugInvalid, format!("`{code}` cannot be a reason code"));
            finding.span = Some(span);
            value.report(finding.help("use small letters, digits and single hyphens"));
            continue;
        }
        let (label, ask) = if value.is_map() {
            let Some(map) = value.map() else { continue };
            let label = map.required("label").and_then(|label| label.text());
            let ask = map.get("ask").and_then(|ask| ask.flag());
            map.done();
            (label, ask)
        } else {
            (value.text(), None)
        };
        let ask = ask
            .unwrap_or_else(|| REASONS.iter().find(|(known, _)| *known == code).is_none_or(|(_, ask)| *ask));
        reasons.push(Reason { code: code.to_owned(), label, ask });
    }
    reasons
}

/// A slug that was written, reported if it is none.
pub fn slug(value: &Value<'_>) -> Option<String> {
    let text = value.text()?;
    if is_slug(&text) {
        return Some(text);
    }
    let finding = value.finding(Code::SlugInvalid, format!("`{text}` cannot be part of an address"));
    let suggestion = slugify(&text);
    let finding = if suggestion.is_empty() {
        finding.help("use small letters, digits and single hyphens")
    } else {
        finding.help(format!("use small letters, digits and single hyphens, such as `{suggestion}`"))
    };
    value.report(finding);
    None
}

fn language(value: &Value<'_>) -> Option<String> {
    let text = value.text()?;
    let parts = text
        .split('-')
        .all(|part| !part.is_empty() && part.len() <= 8 && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    if parts && text.as_bytes()[0].is_ascii_alphabetic() {
        return Some(text);
    }
    value.report(
        value
            .finding(Code::ValueWrong, format!("`{text}` is not a language"))
            .help("write its short name, such as `en`, `de` or `pt-BR`"),
    );
    None
}

fn address(value: &Value<'_>, schemes: &[&str]) -> Option<String> {
    let text = value.text()?;
    let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
    let clean = !text.chars().any(|c| c.is_whitespace() || c.is_control() || "\"<>\\".contains(c));
    let clean = clean && !(value.name() == "base_url" && text.contains(['?', '#']));
    let complete =
        scheme == "mailto" || text[scheme.len()..].starts_with("://") && text.len() > scheme.len() + 3;
    if schemes.contains(&scheme) && clean && complete {
        return Some(text);
    }
    let forms: Vec<String> = schemes
        .iter()
        .map(|scheme| if *scheme == "mailto" { "`mailto:`".to_owned() } else { format!("`{scheme}://`") })
        .collect();
    value.report(
        value
            .finding(Code::LinkUnsafe, format!("`{text}` is not an address that can be used here"))
            .help(format!("begin it with {}", forms.join(" or "))),
    );
    None
}

/// The address with `/` at its end, so that a path can be put behind it.
pub fn with_slash(address: String) -> String {
    if address.ends_with('/') { address } else { address + "/" }
}
