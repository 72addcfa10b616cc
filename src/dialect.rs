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

/// A tool that is built in, as in [`Dialect`].
struct BuiltIn {
    name: &'static str,
    token: &'static str,
    fallback: Option<&'static str>,
    again: Option<&'static str>,
    names: &'static [(&'static str, &'static str)],
    by_hand: bool,
}

/// What most tools have: tokens without fallbacks, for a few names.
const PLAIN: BuiltIn =
    BuiltIn { name: "", token: "", fallback: None, again: None, names: &[], by_hand: false };

/// The tools that are built in, in the order in which they are offered. Their makers' pages, as they were stored in
/// November 2026: Greenhouse: support.greenhouse.io, 360007039771, where the names beside the candidate's were not to be
/// read; Lever: help.lever.co, 207899643; Gem: support.gem.com, 5352688233495, whose company and title are the
/// candidate's; Teamtailor: support.teamtailor.com, 114127; Recruitee: support.recruitee.com, 6400477, where that of the
/// job was not to be read; Text Blaze: blaze.today/guides/forms and /formulas. Ashby (docs.ashbyhq.com,
/// email-template-creation-and-management) and Gmail (support.google.com/mail, 12921167): as the guide's research has them.
const BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        name: "Greenhouse",
        token: "{{[name]}}",
        names: &[
            ("first_name", "CANDIDATE_FIRST_NAME"),
            ("role_title", "JOB_NAME"),
            ("company", "COMPANY"),
            ("my_name", "MY_FIRST_NAME"),
        ],
        ..PLAIN
    },
    BuiltIn {
        name: "Lever",
        token: "{{[name]}}",
        names: &[
            ("first_name", "Candidate first name"),
            ("role_title", "Newest job posting"),
            ("company", "Company"),
            ("my_name", "Your first name"),
        ],
        ..PLAIN
    },
    BuiltIn {
        name: "Gem",
        token: "#{{[name]}}",
        fallback: Some("#{{[name]|[fallback]}}"),
        names: &[("first_name", "first_name")],
        ..PLAIN
    },
    BuiltIn {
        name: "Teamtailor",
        token: "{[name]}",
        fallback: Some("{[name] [fallback]}"),
        names: &[("first_name", "first-name"), ("role_title", "job-title")],
        ..PLAIN
    },
    BuiltIn { name: "Ashby", token: "[[label]]", by_hand: true, ..PLAIN },
    BuiltIn {
        name: "Recruitee",
        token: "[[name]]",
        names: &[("first_name", "candidate.first"), ("my_name", "email_sender.first")],
        by_hand: true,
        ..PLAIN
    },
    BuiltIn { name: "Gmail", token: "@[name]", names: &[("first_name", "firstname")], ..PLAIN },
    BuiltIn {
        name: "Text Blaze",
        token: "{formtext: name=[name]}",
        fallback: Some("{formtext: name=[name]; default=[fallback]}"),
        // A field that was asked for is used again by its name.
        again: Some("{=[name]}"),
        ..PLAIN
    },
];

impl Dialect {
    /// The tools that are built in.
    pub fn built_in() -> Vec<Dialect> {
        let dialect = |tool: &BuiltIn| Dialect {
            name: tool.name.to_owned(),
            token: tool.token.to_owned(),
            fallback: tool.fallback.map(str::to_owned),
            again: tool.again.map(str::to_owned),
            names: tool
                .names
                .iter()
                .map(|(ours, theirs)| ((*ours).to_owned(), (*theirs).to_owned()))
                .collect(),
            only_names: !tool.names.is_empty(),
            by_hand: tool.by_hand,
        };
        BUILT_IN.iter().map(dialect).collect()
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
