//! Small whole sites, compared file by file. `GOLDEN=overwrite tests/run rust` writes them anew; review the difference.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{TODAY, tree};

#[test]
fn every_golden_site_is_built_as_it_stands() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let sites: Vec<_> = fs::read_dir(&golden)
        .expect("is there")
        .map(|entry| entry.expect("can be read").path())
        .filter(|path| path.join("content").is_dir())
        .collect();
    assert!(!sites.is_empty());
    for site in sites {
        compare(&site);
    }
}

fn compare(site: &Path) {
    let built = tempfile::TempDir::new().expect("a folder can be made");
    let output = Command::new(env!("CARGO_BIN_EXE_level-one"))
        .arg("build")
        .arg(site)
        .arg("--dest-dir")
        .arg(built.path())
        .env("SOURCE_DATE_EPOCH", TODAY)
        .output()
        .expect("the program can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let expected = site.join("public");
    if std::env::var("GOLDEN").is_ok_and(|value| value == "overwrite") {
        let _ = fs::remove_dir_all(&expected);
        for (name, bytes) in readable(built.path()) {
            let path = expected.join(name);
            fs::create_dir_all(path.parent().expect("files lie in folders")).expect("a folder can be made");
            fs::write(path, bytes).expect("a file can be written");
        }
        return;
    }
    let (built, expected) = (readable(built.path()), tree(&expected));
    let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&built), names(&expected), "the files of {}", site.display());
    for (name, bytes) in &built {
        let (built, expected) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&expected[name]));
        for (number, (built, expected)) in built.lines().zip(expected.lines()).enumerate() {
            assert_eq!(built, expected, "{} {name}, line {}", site.display(), number + 1);
        }
        assert_eq!(built, expected, "{} {name}", site.display());
    }
}

/// A built site without what changes with every stroke of the theme's pen: styles and scripts, and the marks of content
/// in names.
fn readable(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    // Nor are the words that the search's dialog is given.
    let is_search = |line: &&str| !line.contains("\"search/") && !line.starts_with("<search-dialog ");
    let plain = |text: &str| {
        let text: String = text.split_inclusive('\n').filter(is_search).collect();
        let mut parts = text.split("assets/");
        let mut plain = parts.next().unwrap_or("").to_owned();
        for part in parts {
            plain.push_str("assets/");
            match part.split_once('.') {
                Some((name, rest)) => {
                    plain.push_str(&format!("{name}.[hash]{}", &rest[rest.find('.').unwrap_or(0)..]))
                }
                None => plain.push_str(part),
            }
        }
        plain
    };
    let read = |(name, bytes): (String, Vec<u8>)| {
        let text = match name.rsplit_once('.') {
            Some((_, "css")) => "the styles",
            Some((_, "js")) => "the scripts",
            _ => &plain(&String::from_utf8_lossy(&bytes)),
        };
        (plain(&name), text.as_bytes().to_vec())
    };
    // The search has tests of its own, and its files are no reading matter.
    tree(folder).into_iter().filter(|(name, _)| !name.starts_with("search/")).map(read).collect()
}
