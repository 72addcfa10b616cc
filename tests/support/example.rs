//! Examples in Markdown: files to write, and what is expected of them.

use std::fs;

use crate::support::SiteTest;

/// The files of a page's example, and what is said of them.
pub struct Example {
    /// A guide with the files.
    pub site: SiteTest,
    /// The text of the block that says what is expected.
    pub expected: String,
}

impl Example {
    /// A file is a line with its path between backticks, then a fenced block. `hex` blocks hold bytes, `size` blocks a
    /// number of megabytes, `link` blocks the target of a link.
    pub fn of(page: &str) -> Example {
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
