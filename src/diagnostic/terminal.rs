//! Diagnostics as text for people: `error[code]: message`, the place, the line, a mark, help.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Span, position};

/// The most lines of a source that are shown with one finding.
const LINES_SHOWN: usize = 3;

/// One finding as text without a newline at its end. `text` is the file's whole text, if it has one.
pub fn render(diagnostic: &Diagnostic, text: Option<&str>, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.as_str());
    let mut group: Group = match (diagnostic.span, text) {
        (Some(span), Some(text)) => {
            let shown = Window::around(text, span);
            let mark = AnnotationKind::Primary.span(shown.mark.start..shown.mark.end);
            let mark = if diagnostic.label.is_empty() { mark } else { mark.label(diagnostic.label.as_str()) };
            let snippet = Snippet::source(shown.text)
                .path(diagnostic.path.as_str())
                .line_start(shown.first_line)
                .annotation(mark);
            title.element(snippet)
        }
        _ => title.element(Origin::path(diagnostic.path.as_str())),
    };
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// The lines of a source that a mark stands in, so that a huge file is not handed on whole.
struct Window<'t> {
    text: &'t str,
    first_line: usize,
    mark: Span,
}

impl<'t> Window<'t> {
    fn around(text: &'t str, span: Span) -> Window<'t> {
        let mut span = span.clamped(text);
        // The mark shall not cover the end of a line: it would be drawn on the next.
        while span.end > span.start && text[..span.end].ends_with(['\n', '\r']) {
            span.end -= 1;
        }
        let whole = text;
        let mut start = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
        if start == 0 && text.starts_with('\u{feff}') {
            start = '\u{feff}'.len_utf8();
            span = Span::new(span.start.max(start), span.end.max(start));
        }
        let end = text[span.start..]
            .match_indices('\n')
            .map(|(newline, _)| span.start + newline)
            .find(|newline| *newline >= span.end)
            .unwrap_or(text.len());
        let end = text[start..end]
            .match_indices('\n')
            .nth(LINES_SHOWN - 1)
            .map_or(end, |(newline, _)| start + newline);
        let first_line = position(whole, start).line;
        let text = whole[start..end].trim_end_matches('\r');
        let mark =
            Span::new((span.start - start).min(text.len()), (span.end.min(end) - start).min(text.len()));
        Window { text, first_line, mark }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::SitePath;

    #[test]
    fn shows_place_line_mark_and_help() {
        let text = "\u{feff}---\r\ntitle: Ä\r\ntitel: B\r\n";
        let start = text.find("titel").expect("stands above");
        let found = Diagnostic::new(
            Code::KeyUnknown,
            &SitePath::new("content/lessons/a.md"),
            Span::new(start, start + 5),
            "unknown key `titel`",
        )
        .near("titel", ["title"]);
        let shown = render(&found, Some(text), false);
        let expected = "error[key-unknown]: unknown key `titel`\n --> content/lessons/a.md:3:1\n  |\n3 | titel: B\n  | ^^^^^\n  |\n  = help: did you mean `title`?";
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_mark_over_the_end_of_a_line_is_cut() {
        let text = "a\r\r\r\n\nb";
        for (start, end) in [(0, 4), (2, 4), (0, 6), (3, 3), (4, 5)] {
            let path = SitePath::new("content/a.md");
            render(&Diagnostic::new(Code::RawHtml, &path, Span::new(start, end), "x"), Some(text), false);
        }
    }
}
