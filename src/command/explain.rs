//! `level-one explain`: what a finding means, with an example.

use anstream::{print, println};
use include_dir::{Dir, include_dir};

use crate::cli::Explain;
use crate::command::{Failure, GOOD};
use crate::diagnostic::{Code, nearest};

static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/diagnostics");

/// Explains.
pub fn run(call: &Explain) -> Result<u8, Failure> {
    let Some(name) = &call.code else {
        for code in Code::ALL {
            println!("{code}");
        }
        return Ok(GOOD);
    };
    // People copy the word with its brackets.
    let name = name.trim_matches(['[', ']']).to_lowercase();
    let Some(code) = Code::named(&name) else {
        let near = nearest(&name, Code::ALL.iter().map(|code| code.as_str()));
        let hint = near
            .map_or("`level-one explain` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(Failure::new(format!("there is no message `{name}`: {hint}")));
    };
    let page = PAGES.get_file(format!("{code}.md")).and_then(|file| file.contents_utf8());
    print!("{}", page.expect("every code has a page; a test holds us to it"));
    Ok(GOOD)
}
