//! `docs/diagnostics/<code>.md` is the explanation of a code, its smallest example and its test in one: the example is
//! checked, and exactly what the page says must be said. `EXPLAIN=overwrite` writes what is said into the pages.

use std::fs;
use std::path::Path;

use level_one::diagnostic::Code;

use crate::support::SiteTest;

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

/// The files of a page's example, and what is said of them.
struct Example {
    site: SiteTest,
    expected: String,
}

impl Example {
    /// A file is a line with its path between backticks, then a fenced block. `hex` blocks hold bytes, `size` blocks a
    /// number of megabytes, `link` blocks the target of a link.
    fn of(page: &str) -> Example {
        let site = SiteTest::new();
        let mut expected = String::new();
        let mut name = None;
        let mut lines = page.lines();
        while let Some(line) = lines.next() {
            if let Some(path) = line.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
                name = Some(path.to_owned());
            } else if line.starts_with("```") {
                let fence: String = line.chars().take_while(|c| *c == '`').collect();
                let kind = &line[fence.len()..];
                let text: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
                match (name.take(), kind) {
                    (None, "text") => expected = text.join("\n"),
                    (Some(path), kind) => write(&site, &path, kind, &(text.join("\n") + "\n")),
                    _ => {}
                }
            }
        }
        Example { site, expected }
    }
}

fn write(site: &SiteTest, path: &str, kind: &str, text: &str) {
    match kind {
        "hex" => {
            let bytes = text.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).expect("is a byte"));
            site.write(path, bytes.collect::<Vec<u8>>());
        }
        "size" => {
            site.write(path, "");
            let megabytes: u64 =
                text.split_whitespace().next().and_then(|number| number.parse().ok()).expect("is a number");
            let file = fs::File::options().write(true).open(site.path(path)).expect("is there");
            file.set_len(megabytes * 1_000_000).expect("files can have holes");
        }
        "link" => {
            let path = site.path(path);
            fs::create_dir_all(path.parent().expect("files lie in folders")).expect("a folder can be made");
            std::os::unix::fs::symlink(text.trim(), path).expect("a link can be made");
        }
        _ => site.write(path, text),
    }
}
