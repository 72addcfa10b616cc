//! How other tools write placeholders: those that are built in, and those of `dialects` in `site.yaml`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::Code;
use crate::yaml::Value;

/// How a tool writes placeholders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Dialect {
    /// Its name, as readers see it.
    pub name: String,
    /// The form of a placeholder; `[name]` stands for its name, `[label]` for what readers see of it.
    pub token: String,
    /// The form with a fallback; `[fallback]` stands for it.
    pub fallback: Option<String>,
    /// The form of a placeholder that stood before in the same text, where that differs.
    pub again: Option<String>,
    /// Names that differ from ours.
    pub names: BTreeMap<String, String>,
    /// Whether a tool knows only those names: any other placeholder is left to be filled in by hand.
    pub only_names: bool,
    /// Whether placeholders must be picked by hand in that tool: pasted ones are sent as they stand.
    pub by_hand: bool,
}

/// The tools that are built in, in the order in which they are offered: name, form, form with a fallback, names.
/// Where their makers say so (read on 25 November 2026):
/// Greenhouse: support.greenhouse.io, 360007039771 (its tokens have no fallbacks);
/// Lever: help.lever.co, 207899643; Gem: support.gem.com, 5352688233495 (its company and title are the candidate's);
/// Teamtailor: support.teamtailor.com, 114127; Ashby: docs.ashbyhq.com, email-template-creation-and-management;
/// Recruitee: support.recruitee.com, 6400477; Gmail: support.google.com/mail, 12921167; Text Blaze: blaze.today/guides/forms.
type Row = (&'static str, &'static str, Option<&'static str>, &'static [(&'static str, &'static str)]);
const BUILT_IN: &[Row] = &[
    (
        "Greenhouse",
        "{{[name]}}",
        None,
        &[
            ("first_name", "CANDIDATE_FIRST_NAME"),
            ("role_title", "JOB_NAME"),
            ("company", "COMPANY"),
            ("my_name", "MY_FIRST_NAME"),
        ],
    ),
    (
        "Lever",
        "{{[name]}}",
        None,
        &[
            ("first_name", "Candidate first name"),
            ("role_title", "Newest job posting"),
            ("company", "Company"),
            ("my_name", "Your first name"),
        ],
    ),
    ("Gem", "#{{[name]}}", Some("#{{[name]|[fallback]}}"), &[("first_name", "first_name")]),
    (
        "Teamtailor",
        "{[name]}",
        Some("{[name] [fallback]}"),
        &[("first_name", "first-name"), ("role_title", "job-title")],
    ),
    ("Ashby", "[[label]]", None, &[]),
    ("Recruitee", "[[name]]", None, &[("first_name", "candidate.first"), ("my_name", "email_sender.first")]),
    ("Gmail", "@[name]", None, &[("first_name", "firstname")]),
    ("Text Blaze", "{formtext: name=[name]}", Some("{formtext: name=[name]; default=[fallback]}"), &[]),
];

impl Dialect {
    /// The tools that are built in.
    pub fn built_in() -> Vec<Dialect> {
        let pairs = |names: &[(&str, &str)]| {
            names.iter().map(|(ours, theirs)| ((*ours).to_owned(), (*theirs).to_owned())).collect()
        };
        BUILT_IN
            .iter()
            .map(|(name, token, fallback, names)| Dialect {
                name: (*name).to_owned(),
                token: (*token).to_owned(),
                fallback: fallback.map(str::to_owned),
                // A field that was asked for is used again by its name.
                again: (*name == "Text Blaze").then(|| "{=[name]}".to_owned()),
                names: pairs(names),
                only_names: !names.is_empty(),
                by_hand: ["Ashby", "Recruitee"].contains(name),
            })
            .collect()
    }

    /// Reads an entry of `dialects`.
    pub fn read(name: &str, value: &Value<'_>) -> Option<Dialect> {
        let map = value.map()?;
        let token = map.required("token").and_then(|token| token.text());
        let fallback = map.get("fallback").and_then(|fallback| fallback.text());
        let by_hand = map.get("by_hand").and_then(|by_hand| by_hand.flag()).unwrap_or(false);
        let names = map.get("names").and_then(|names| names.map());
        let names = names
            .map(|names| {
                names
                    .entries()
                    .filter_map(|(ours, _, theirs)| Some((ours.to_owned(), theirs.text()?)))
                    .collect()
            })
            .unwrap_or_default();
        map.done();
        let token = token?;
        if !token.contains("[name]") {
            value.report(
                value
                    .finding(
                        Code::ValueWrong,
                        format!("`token` of `{name}` does not say where the name goes"),
                    )
                    .help("write `[name]` in it, as in `<<[name]>>`"),
            );
            return None;
        }
        Some(Dialect { name: name.to_owned(), token, fallback, names, by_hand, ..Dialect::default() })
    }
}
