//! `level-one init`: a guide that can be served, checked and published at once.

use anstream::println;
use include_dir::{Dir, include_dir};

use crate::cli::Init;
use crate::command::{Failure, GOOD};
use crate::disk;
use crate::yaml::quoted;

/// The files of a new guide. A folder's name that begins with a dot is written with `dot-`.
static TEMPLATE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/command/new-guide");

/// Begins a guide.
pub fn run(call: &Init) -> Result<u8, Failure> {
    let mut files = Vec::new();
    gather(&TEMPLATE, &mut files);
    files.sort();
    // All or nothing: a guide that is there already is never mixed with a new one.
    for (name, _) in &files {
        if disk::exists(&call.folder.join(name)) {
            return Err(Failure::new(format!(
                "`{}` is there already; name a new folder",
                call.folder.join(name).display()
            )));
        }
    }
    for (name, text) in &files {
        let text =
            text.replace("%TITLE%", &quoted(&call.title)).replace("%VERSION%", env!("CARGO_PKG_VERSION"));
        disk::create(&call.folder.join(name), &text)?;
    }
    let folder = call.folder.display();
    println!("a new guide is in {folder}");
    println!("see it with: level-one serve --open {folder}");
    Ok(GOOD)
}

fn gather(folder: &Dir<'_>, files: &mut Vec<(String, String)>) {
    for file in folder.files() {
        let name = file.path().to_string_lossy().replace('\\', "/").replace("dot-", ".");
        files.push((name, file.contents_utf8().expect("the files of a new guide are text").to_owned()));
    }
    folder.dirs().for_each(|folder| gather(folder, files));
}
