//! The rules for replies, over the table of cases that the scripts of the theme are run over too
//! (`components/text-rules/text-rules.test.mjs`).

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::SiteTest;

#[test]
fn every_case_finds_what_it_should() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("rules.json")).expect("the cases are JSON");
    let mut site = SiteTest::new();
    for (number, case) in cases.iter().enumerate() {
        site = site.file(&format!("content/replies/case-{number}.md"), reply(case));
    }
    let run = site.run(&["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.stdout).expect("the report is JSON");
    let mut found: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for finding in report["diagnostics"].as_array().expect("there is a list") {
        let text = |key: &str| finding[key].as_str().expect("it is a text").to_owned();
        let code = text("code");
        if code.starts_with("reply-") || code == "personal-data" {
            let marked = marked(&site.read(&text("file")), finding);
            found.entry(text("file")).or_default().push((code, marked));
        }
    }
    for (number, case) in cases.iter().enumerate() {
        let file = format!("content/replies/case-{number}.md");
        let mut found = found.remove(&file).unwrap_or_default();
        let wanted = case["finds"].as_array().expect("there is a list");
        let wanted: Vec<(String, String)> = wanted
            .iter()
            .map(|one| {
                let text = |at: usize| one[at].as_str().unwrap_or_default().to_owned();
                (text(0), text(1))
            })
            .collect();
        // Where the place is not asked for, it is not compared.
        for (one, (_, place)) in found.iter_mut().zip(&wanted) {
            if place.is_empty() {
                one.1.clear();
            }
        }
        assert_eq!(found, wanted, "{}", case["case"]);
    }
}

/// A case as a file.
fn reply(case: &Value) -> String {
    let text = case["text"].as_str().expect("a case has a text");
    let text = match text.strip_prefix("REPEAT:").and_then(|rest| rest.split_once(':')) {
        Some((letter, times)) => letter.repeat(times.parse().expect("it says how often")),
        None => text.to_owned(),
    };
    let keys = ["moves", "subject", "channel", "reason"];
    let keys = keys.iter().filter(|key| !case[**key].is_null());
    let head: String = keys.map(|key| format!("{key}: {}\n", case[*key])).collect();
    format!("---\ntitle: A case\n{head}---\n{text}\n")
}

/// The text that a finding points at.
fn marked(text: &str, finding: &Value) -> String {
    let number =
        |key: &str| usize::try_from(finding[key].as_u64().expect("it is a number")).expect("it is small");
    let offset = |line: usize, column: usize| {
        let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let letters = text[start..].chars().take(column - 1);
        start + letters.map(char::len_utf8).sum::<usize>()
    };
    let (start, end) =
        (offset(number("line"), number("column")), offset(number("end_line"), number("end_column")));
    text[start..end].trim_end().to_owned()
}
