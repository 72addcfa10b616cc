//! What is wrong in a file that an author can mend: data only. The two renderings stand in `terminal` and `json`.
//!
//! A diagnostic is not an error of the machine (disk, port): those end the command and live where they happen.

pub mod code;
pub mod machine;
pub mod terminal;

use crate::source::{SitePath, Span};

pub use code::Code;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The page could not be right or safe: the build fails.
    Error,
    /// Advice: the build goes on, unless `--strict` is given.
    Warning,
}

impl Severity {
    /// The word that is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What is wrong, by its stable name.
    pub code: Code,
    /// The code's own severity, or what `levels` in `site.yaml` makes of it.
    pub severity: Severity,
    /// The file.
    pub path: SitePath,
    /// The place in the file; none for the file as a whole.
    pub span: Option<Span>,
    /// The fact, in one line: lower case, no full stop.
    pub message: String,
    /// A few words under the mark; may be empty.
    pub label: String,
    /// What to do, a sentence each; may be several lines (a corrected line, ready to paste).
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A finding at a place in a file.
    pub fn new(code: Code, path: &SitePath, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { span: Some(span), ..Diagnostic::about_file(code, path, message) }
    }

    /// A finding about a whole file.
    pub fn about_file(code: Code, path: &SitePath, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity(),
            path: path.clone(),
            span: None,
            message: message.into(),
            label: String::new(),
            help: Vec::new(),
        }
    }

    /// Adds the words under the mark.
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into();
        self
    }

    /// Adds a next step.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help.push(help.into());
        self
    }

    /// Adds "did you mean" if one of the known names is near to what was written.
    pub fn near<'n>(self, written: &str, known: impl IntoIterator<Item = &'n str>) -> Diagnostic {
        match nearest(written, known) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }
}

/// How many known names are listed where none is near.
const MOST_LISTED: usize = 20;

impl Diagnostic {
    /// Adds "did you mean" if one of the known names is near to what was written; else the known names, if they are
    /// few; else what to do in any case.
    pub fn near_or_listed<'n>(
        self,
        written: &str,
        known: impl IntoIterator<Item = &'n str> + Clone,
        otherwise: &str,
    ) -> Diagnostic {
        if let Some(name) = nearest(written, known.clone()) {
            return self.help(format!("did you mean `{name}`?"));
        }
        let few: Vec<&str> = known.into_iter().take(MOST_LISTED + 1).collect();
        match few.len() {
            1..=MOST_LISTED => self.help(format!("known here: {}", few.join(", "))),
            _ => self.help(otherwise),
        }
    }
}

/// Sorts findings by file and place and drops what is said twice.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics
        .sort_by(|a, b| (&a.path, a.span, a.code, &a.message).cmp(&(&b.path, b.span, b.code, &b.message)));
    diagnostics.dedup();
}

/// The most findings of one file that are kept. A file with more is broken as a whole, and the first ones tell how.
const MOST_OF_A_FILE: usize = 200;

/// Drops what goes beyond the most findings of a file; gives the number dropped. They must be sorted.
pub fn limit(diagnostics: &mut Vec<Diagnostic>) -> usize {
    let all = diagnostics.len();
    let mut last: Option<SitePath> = None;
    let mut count = 0;
    diagnostics.retain(|diagnostic| {
        count = if last.as_ref() == Some(&diagnostic.path) { count + 1 } else { 1 };
        last = Some(diagnostic.path.clone());
        count <= MOST_OF_A_FILE
    });
    all - diagnostics.len()
}

/// How many errors and warnings there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Findings that fail the build.
    pub errors: usize,
    /// Findings that advise.
    pub warnings: usize,
}

/// Counts findings by severity.
pub fn tally(diagnostics: &[Diagnostic]) -> Tally {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    Tally { errors, warnings: diagnostics.len() - errors }
}

/// Whether a written name was probably meant to be a known one.
///
/// Near is a Jaro-Winkler likeness of .8 or more; below that, suggestions puzzle more than they help.
pub fn is_near(written: &str, known: &str) -> bool {
    likeness(&written.to_lowercase(), known) >= 0.8
}

fn likeness(written: &str, known: &str) -> f64 {
    strsim::jaro_winkler(written, &known.to_lowercase())
}

/// The known name that a written one was probably meant to be.
pub fn nearest<'n>(written: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let written = written.to_lowercase();
    known
        .into_iter()
        .map(|name| (likeness(&written, name), name))
        .filter(|(_, name)| is_near(&written, name))
        .max_by(|(a, name_a), (b, name_b)| a.total_cmp(b).then(name_b.cmp(name_a)))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_only_near_names() {
        assert_eq!(nearest("titel", ["title", "tags"]), Some("title"));
        assert_eq!(nearest("colour", ["title", "tags"]), None);
    }
}
