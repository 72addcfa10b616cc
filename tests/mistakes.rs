//! Mistakes that authors make, and what they are told: `tests/mistakes/*.md`, a case a section. Each names its files and,
//! in a block called `text`, every finding as `code file:line:column`. `MISTAKES=overwrite` writes what is found.

use std::fs;
use std::path::Path;

use crate::support::Example;

#[test]
fn every_mistake_is_told_with_its_place() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    let mut cases = 0;
    let mut wrong = Vec::new();
    for entry in fs::read_dir(&folder).expect("is there") {
        let path = entry.expect("can be read").path();
        let text = fs::read_to_string(&path).expect("can be read");
        let mut parts = text.split("\n## ");
        let mut new = parts.next().unwrap_or("").to_owned();
        for case in parts {
            cases += 1;
            let name = case.lines().next().unwrap_or("");
            let example = Example::of(case);
            let outcome = example.site.run(&["check"]);
            let found = outcome.findings().join("\n");
            if !(outcome.code == 0 || outcome.code == 1) || found != example.expected {
                wrong.push(format!(
                    "{}: {name}: exit code {}, found\n{found}\nexpected\n{}\n",
                    path.display(),
                    outcome.code,
                    example.expected
                ));
            }
            for said in outcome
                .stderr
                .split("\n\n")
                .filter(|said| said.starts_with("error[") || said.starts_with("warning["))
            {
                if !said.contains("= help: ") {
                    wrong.push(format!("{}: {name}: no word on what to do:\n{said}\n", path.display()));
                }
            }
            let block = |text: &str| {
                if text.is_empty() { "```text\n```".to_owned() } else { format!("```text\n{text}\n```") }
            };
            new.push_str("\n## ");
            new.push_str(&case.replace(&block(&example.expected), &block(&found)));
        }
        if std::env::var("MISTAKES").is_ok_and(|value| value == "overwrite") {
            fs::write(&path, new).expect("can be written");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The least that the project has promised itself.
    assert!(cases >= 250, "only {cases} cases");
}
