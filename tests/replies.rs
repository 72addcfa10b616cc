//! Replies for other programs, read back as those programs read them.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::SiteTest;

const HARD: &str = "Hi {{ first_name|there }},\n\nA \"quoted\" word, a comma: # no comment, C:\\path, ‘curly’ – ü 🙂.\n- a dash\n{{ thanks_detail }}\n\n{{ my_name }}";

fn site() -> SiteTest {
    SiteTest::small().file(
        "content/replies/hard.md",
        format!(
            "---\ntitle: \"Hard: \\\"quotes\\\", # and more\"\nreason: comp\nchannel: [email, sms]\nstage: offer\nsubject: \"Re: {{{{ role_title }}}}, yes\"\nsituation: 'It is, well, \"hard\"'\nplaceholders:\n  thanks_detail: {{ label: One thing, example: your time, fallback: \"your \\\"time\\\"\" }}\n---\n{HARD}\n"
        ),
    )
}

#[test]
fn the_espanso_file_is_a_match_file_of_forms() {
    let site = site();
    site.build().code(0);
    let text = site.read("public/replies/espanso.yml");
    let file: serde_yaml::Value = serde_yaml::from_str(&text).expect("it is YAML");
    let file = serde_json::to_value(file).expect("it holds texts, lists and maps");
    let matches = file["matches"].as_array().expect("there is a list of matches");
    assert_eq!(matches.len(), 3);
    let mut triggers = BTreeSet::new();
    for one in matches {
        // Documented at espanso.org/docs/matches/basics and /forms.
        let keys: Vec<&str> = one.as_object().expect("it is a map").keys().map(String::as_str).collect();
        assert!(keys.iter().all(|key| ["trigger", "label", "form", "form_fields"].contains(key)), "{keys:?}");
        let text = |key: &str| one[key].as_str().expect("it is a text").to_owned();
        assert!(triggers.insert(text("trigger")));
        assert!(!text("label").is_empty());
        for (name, field) in one["form_fields"].as_object().into_iter().flatten() {
            assert!(text("form").contains(&format!("[[{name}]]")), "{name}");
            assert!(field["default"].is_string());
            assert_eq!(field.as_object().map(serde_json::Map::len), Some(1));
        }
    }
    // Espanso takes the first trigger that is complete.
    for one in &triggers {
        let hides = |other: &&String| *other != one && other.starts_with(one.as_str());
        assert_eq!(triggers.iter().find(hides), None, "{one} would always come first");
    }
    let find = |trigger: &str| matches.iter().find(|one| one["trigger"] == trigger).expect("it is there");
    let subject = find(":hard-subject:");
    assert_eq!(subject["form"], "Re: [[role_title]], yes");
    assert_eq!(subject.get("form_fields"), None);
    let hard = find(":hard:");
    let form = HARD
        .replace("{{ first_name|there }}", "[[first_name]]")
        .replace("{{ thanks_detail }}", "[[thanks_detail]]")
        .replace("{{ my_name }}", "[[my_name]]");
    assert_eq!(hard["form"], form.as_str());
    assert_eq!(hard["form_fields"]["thanks_detail"]["default"], "your \"time\"");
}

#[test]
fn the_table_has_a_row_for_each_reply() {
    let site = site();
    site.build().code(0);
    let rows = table(&site.read("public/replies/text.csv"));
    assert_eq!(rows[0], ["slug", "title", "situation", "reasons", "stages", "channels", "subject", "text"]);
    assert_eq!(rows.len(), 3);
    let hard = rows.iter().find(|row| row[0] == "hard").expect("it is there");
    assert_eq!(
        hard[..7],
        [
            "hard",
            "Hard: \"quotes\", # and more",
            "It is, well, \"hard\"",
            "Pay",
            "Offer",
            "Email, Text message",
            "Re: {{ role_title }}, yes"
        ]
    );
    assert_eq!(hard[7], HARD);
}

#[test]
fn scripts_get_everything_as_json() {
    let site = site();
    site.build().code(0);
    let file: Value = serde_json::from_str(&site.read("public/replies/replies.json")).expect("it is JSON");
    let replies = file["replies"].as_array().expect("there is a list");
    let hard = replies.iter().find(|one| one["slug"] == "hard").expect("it is there");
    assert_eq!(hard["text"], HARD);
    assert_eq!(hard["channels"], serde_json::json!(["email", "sms"]));
    assert_eq!(hard["page"], "replies/hard.html");
    let gaps = hard["placeholders"].as_array().expect("there is a list");
    let gap = gaps.iter().find(|gap| gap["name"] == "thanks_detail").expect("it is there");
    assert_eq!(gap["label"], "One thing");
    assert_eq!(gap["required"], false);
}

#[test]
fn a_guide_without_replies_has_none_of_these_files() {
    let site = SiteTest::new().file("content/lessons/a.md", "---\ntitle: A\n---\nText.\n");
    site.build().code(0);
    assert!(!site.has("public/replies/espanso.yml") && !site.has("public/replies/text.csv"));
}

#[test]
fn a_dialect_of_a_guide_stands_beside_those_that_are_built_in() {
    let site = site().file(
        "content/site.yaml",
        "dialects:\n  our-ats: { token: \"<<[name]>>\", fallback: \"<<[name]:[fallback]>>\", names: { first_name: candidate_first } }\n  lever: { token: \"%[name]%\" }\n",
    );
    site.build().code(0);
    let page = site.read("public/replies/hard.html");
    let (_, rules) = page.split_once("data-rules=\"").expect("the rules are on the page");
    let rules = rules
        .split_once('"')
        .expect("they end")
        .0
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
    let rules: Value = serde_json::from_str(&rules).expect("they are JSON");
    let names: Vec<&str> = rules["dialects"]
        .as_array()
        .expect("there is a list")
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    let wanted =
        ["Greenhouse", "Gem", "Teamtailor", "Ashby", "Recruitee", "Gmail", "Text Blaze", "our-ats", "lever"];
    assert_eq!(names, wanted);
}

/// A table as RFC 4180 has it.
fn table(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut in_quotes = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().expect("there is one");
        match letter {
            '"' if in_quotes && letters.next_if_eq(&'"').is_some() => {
                row.last_mut().expect("a cell").push('"')
            }
            '"' => in_quotes = !in_quotes,
            ',' if !in_quotes => row.push(String::new()),
            '\r' if !in_quotes => {
                assert_eq!(letters.next(), Some('\n'));
                rows.push(vec![String::new()]);
            }
            other => row.last_mut().expect("a cell").push(other),
        }
    }
    rows.retain(|row| row.len() > 1);
    rows
}
