//! `docs/diagnostics/<code>.md` is the explanation of a code, its smallest example and its test in one: the example is
//! checked, and exactly what the page says must be said. `EXPLAIN=overwrite` writes what is said into the pages.

use std::fs;
use std::path::Path;

use level_one::diagnostic::Code;

use crate::support::Example;

#[test]
fn every_code_has_a_page_that_is_true() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics");
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let path = folder.join(format!("{code}.md"));
        match fs::read_to_string(&path) {
            Ok(page) => wrong.extend(check(*code, &path, &page)),
            Err(_) => wrong.push(format!("{code} has no page")),
        }
    }
    for entry in fs::read_dir(&folder).expect("is there") {
        let name = entry.expect("can be read").file_name().to_string_lossy().into_owned();
        if Code::named(name.trim_end_matches(".md")).is_none() {
            wrong.push(format!("{name} explains no code"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check(code: Code, path: &Path, page: &str) -> Vec<String> {
    let example = Example::of(page);
    let mut wrong = Vec::new();
    if !page.starts_with(&format!("# {code}\n")) {
        wrong.push(format!("{code}: the page does not begin with `# {code}`"));
    }
    let said = example.site.run(&["check"]).stderr;
    let said = said.trim_end();
    if !said.contains(&format!("[{code}]")) {
        wrong.push(format!("{code} is not what the example shows, but:\n{said}"));
    } else if std::env::var("EXPLAIN").is_ok_and(|value| value == "overwrite") {
        let new =
            page.replace(&format!("```text\n{}\n```", example.expected), &format!("```text\n{said}\n```"));
        fs::write(path, new).expect("the page can be written");
    } else if said != example.expected {
        wrong.push(format!("{code}: the page says\n{}\nbut what is said is\n{said}", example.expected));
    }
    wrong
}
