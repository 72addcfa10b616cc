//! What must hold whatever the files say: parsing and assembling end, and every place lies in its file. Pages are not
//! rendered here, which would take a hundred times as long; `tests/parsers.rs` does that.

use std::collections::BTreeMap;

use level_one::config::Config;
use level_one::content::{self, Document, Role};
use level_one::site::Site;
use level_one::snapshot::{File, Options, Snapshot};
use level_one::source::SitePath;

/// Reads a guide of these files and checks what comes of it.
pub fn check(files: &[(&str, &[u8])]) {
    let file = |(path, bytes): &(&str, &[u8])| {
        let path = SitePath::new(path);
        (path.clone(), File::new(&path, bytes.to_vec()))
    };
    let files: BTreeMap<_, _> = files.iter().map(file).collect();
    let today = "2026-11-25".parse().expect("is a day");
    let snapshot = Snapshot { files, today, options: Options::default(), problems: Vec::new() };
    let mut config = Config::default();
    let mut found = Vec::new();
    let mut documents: BTreeMap<SitePath, Document> = BTreeMap::new();
    for (path, file) in &snapshot.files {
        let (Some(role), File::Text(source)) = (Role::of(path), file) else { continue };
        if role == Role::Config {
            let (read, wrong) = Config::parse(source);
            config = read;
            found.extend(wrong);
        } else if let Some((document, wrong)) = content::parse(source, role, &config) {
            documents.insert(path.clone(), document);
            found.extend(wrong);
        }
    }
    let (_, wrong) = Site::assemble(config, &documents, &snapshot);
    found.extend(wrong);
    for finding in found.iter().take(20) {
        let (Some(span), Some(text)) = (finding.span, snapshot.text(&finding.path)) else { continue };
        assert!(text.get(span.start..span.end).is_some(), "{finding:?}");
        level_one::diagnostic::terminal::render(finding, Some(text), false);
    }
}
