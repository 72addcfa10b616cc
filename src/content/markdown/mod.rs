//! Markdown to HTML, in one walk over the parser's events.
//!
//! In comes text, out come HTML with holes, and an outline: headings, links, images, words. The holes are filled while
//! a page is rendered, so that a page that moves does not change its neighbours. What a link leads to, and whether it
//! is there, is judged later, when the whole guide is known. Fenced components are kept as they stand.

pub mod ease;
pub mod plain;
mod walk;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};
use pulldown_cmark_escape::{escape_href, escape_html};

use crate::content::markdown::ease::Ease;
use crate::content::markdown::walk::Walk;
use crate::diagnostic::Diagnostic;
use crate::place::{Located, Place};
use crate::source::{Source, Span};

/// HTML with holes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fragment {
    /// The HTML around the holes.
    pub html: String,
    /// Where something is put in: the offset in `html`, in order, and what.
    pub holes: Vec<(usize, Hole)>,
}

impl Fragment {
    /// Whether there are boxes to tick.
    pub fn has_tasks(&self) -> bool {
        self.html.contains(TASK_LIST)
    }
}

/// How a list of tasks begins.
const TASK_LIST: &str = "<ul class=\"tasks\">\n";

/// What is put into a page while it is rendered. Numbers are places in the lists of the outline or the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hole {
    /// The start of a link.
    LinkStart(usize),
    /// The end of a link.
    LinkEnd(usize),
    /// An image.
    Image(usize),
    /// A word of the interface, by its group and key in the theme's strings.
    Word(&'static str, &'static str),
    /// A fenced component.
    Component(usize),
}

/// All that other pages may see of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Outline {
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// The links, in order.
    pub links: Vec<Located<Link>>,
    /// The images, in order.
    pub images: Vec<Located<Image>>,
    /// How many words there are to read.
    pub words: usize,
    /// The beginning of the first paragraph, as plain text.
    pub opening: String,
    /// How easily it reads.
    pub ease: Ease,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Heading {
    /// From 2 to 6: the title of the page is the only 1.
    pub level: u8,
    /// Its id on the page.
    pub id: String,
    /// Its text.
    pub title: String,
}

/// A link as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// What it leads to.
    pub target: Target,
    /// The title that was written behind the address; may be empty.
    pub title: String,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// Another site, a mail program, a telephone.
    Elsewhere(String),
    /// A file of the guide, and perhaps a heading in it.
    File {
        /// The file, its path joined from the folder of the page.
        path: crate::source::SitePath,
        /// A heading's id.
        part: Option<String>,
    },
    /// A heading of the same page.
    Here(String),
    /// Nothing that may be linked to; it was reported.
    Nothing,
}

/// An image as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Image {
    /// The file, if the address could be one.
    pub path: Option<crate::source::SitePath>,
    /// What it shows, in words; may be empty.
    pub alt: String,
    /// The title that was written behind the address; may be empty.
    pub title: String,
}

/// A fenced block whose name is that of a component, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// The name of the component.
    pub name: String,
    /// The line of the name.
    pub head: Span,
    /// The block's content in the file. None where it stands in a list or a quote.
    pub content: Option<Span>,
}

/// Where a text comes from.
#[derive(Clone, Copy, Debug)]
pub enum Origin {
    /// It stands in the file from this offset on.
    File(usize),
    /// It is a value in YAML.
    Value(Place),
}

/// How much of Markdown a text may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it: the body of a lesson or a page.
    Page,
    /// Paragraphs, lists, quotes and so on, but no headings, footnotes and components.
    Block,
    /// Only what stands in a line: emphasis, code, links.
    Line,
}

/// Turns texts of one file into HTML and gathers their outline.
pub struct Writer<'s> {
    source: &'s Source,
    raw_html: bool,
    components: &'s [&'static str],
    /// The outline of all texts written so far.
    pub outline: Outline,
    /// The components found so far; `Hole::Component` counts them.
    pub fences: Vec<Fence>,
    /// What was found wrong.
    pub found: Vec<Diagnostic>,
    ids: BTreeSet<String>,
    /// How often each id was wished for, so that the next free number is found at once.
    wished: HashMap<String, usize>,
}

impl<'s> Writer<'s> {
    /// A writer for a file. `components` are the names of fenced blocks that are not code.
    pub fn new(source: &'s Source, raw_html: bool, components: &'s [&'static str]) -> Writer<'s> {
        Writer {
            source,
            raw_html,
            components,
            outline: Outline::default(),
            fences: Vec::new(),
            found: Vec::new(),
            ids: BTreeSet::new(),
            wished: HashMap::new(),
        }
    }

    /// Turns a text into HTML. `title` is the page's own title: a heading that only repeats it is left out.
    pub fn write(&mut self, text: &str, origin: Origin, extent: Extent, title: &str) -> Fragment {
        let mut options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM;
        if extent == Extent::Page {
            options |= Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES;
        }
        let events: Vec<(Event<'_>, Range<usize>)> =
            Parser::new_ext(text, options).into_offset_iter().collect();
        Walk::new(self, text, origin, extent, title, &events).run()
    }
}

/// An address as it stands in an attribute.
pub fn escaped_address(address: &str) -> String {
    let mut escaped = String::with_capacity(address.len());
    escape_href(&mut escaped, address).expect("writing to a String does not fail");
    escaped
}

/// A text as it stands in an attribute or an element.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    escape_html(&mut escaped, &walk::printable(text)).expect("writing to a String does not fail");
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::SitePath;

    /// The HTML of a page with its holes in square brackets, and the codes of what was found.
    fn page(text: &str) -> (String, Vec<Code>) {
        let source = Source::new(SitePath::new("content/lessons/a/b.md"), text);
        let mut writer = Writer::new(&source, false, &["quiz", "breathe"]);
        let fragment = writer.write(&source.text, Origin::File(0), Extent::Page, "Title");
        let mut shown = String::new();
        let mut from = 0;
        for (at, hole) in &fragment.holes {
            shown.push_str(&fragment.html[from..*at]);
            shown.push_str(&match hole {
                Hole::LinkStart(n) => format!("[{:?}]", writer.outline.links[*n].value.target),
                Hole::LinkEnd(_) => "[end]".to_owned(),
                other => format!("[{other:?}]"),
            });
            from = *at;
        }
        shown.push_str(&fragment.html[from..]);
        (shown, writer.found.iter().map(|found| found.code).collect())
    }

    #[test]
    fn headings_have_ids_and_sound_levels() {
        let (html, found) =
            page("# Title\n\n## Ask *once* {#ask-once}\n\n#### Deep\n\n## A & B\n\n## A & B\n\n# Again\n");
        assert!(!html.contains("Title"), "{html}");
        assert!(
            html.contains(
                "<h2 id=\"ask-once\"><a class=\"anchor\" href=\"#ask-once\">Ask <em>once</em></a></h2>"
            ),
            "{html}"
        );
        assert!(
            html.contains("<h3 id=\"deep\">")
                && html.contains("id=\"a--b\"")
                && html.contains("id=\"a--b-1\""),
            "{html}"
        );
        assert!(html.contains("<h2 id=\"again\">"), "{html}");
        assert_eq!(found, [Code::HeadingSecondTitle]);
    }

    #[test]
    fn html_is_shown_as_text() {
        let (html, found) =
            page("<script>alert(1)</script>\n\nA <b onclick=x>b</b> <!-- note -->\n\n<!-- a\nb -->\n");
        assert!(!html.contains("<script") && !html.contains("<b ") && !html.contains("note"), "{html}");
        assert_eq!(found, [Code::RawHtml, Code::RawHtml]);
    }

    #[test]
    fn unsafe_addresses_are_found_however_they_are_written() {
        for address in
            ["javascript:alert(1)", "JaVaScRiPt:x", "java&#10;script:x", "data:text/html,x", "vbscript:x"]
        {
            let (html, found) = page(&format!("[a]({address})"));
            assert_eq!(found, [Code::LinkUnsafe], "{address}: {html}");
            assert!(html.contains("[Nothing]a[end]"), "{html}");
        }
        assert_eq!(page("[a](/b.md)").1, [Code::LinkAbsolute]);
        assert_eq!(page("[a](../../../../b.md)").1, [Code::LinkTargetMissing]);
        assert_eq!(page("![a](https://example.org/a.png)").1, [Code::ImageRemote]);
        assert_eq!(page("![](a.png)").1, [Code::ImageAltMissing]);
    }

    #[test]
    fn tasks_have_labels() {
        let (html, _) = page("- [ ] one\n- [x] two\n  - more\n");
        let expected = "<ul class=\"tasks\">\n<li><label class=\"pick\"><input type=\"checkbox\"> <span>one</span></label></li>\n\
            <li><label class=\"pick\"><input type=\"checkbox\" checked> <span>two</span></label>\n<ul>\n<li>more</li>\n</ul>\n</li>\n</ul>\n";
        assert_eq!(html, expected);
        let (loose, _) = page("- [ ] one\n\n- [x] two\n");
        assert!(!loose.contains("<p>"), "{loose}");
    }

    #[test]
    fn footnotes_lead_there_and_back() {
        let (html, _) = page("A[^x] and[^x].\n\n[^x]: The *note*.\n");
        assert!(
            html.contains("id=\"note.ref.1\" href=\"#note.1\"") && html.contains("id=\"note.ref.1.2\""),
            "{html}"
        );
        assert!(
            html.contains(
                "<li id=\"note.1\"><p>The <em>note</em>. <a class=\"note-back\" href=\"#note.ref.1\""
            ),
            "{html}"
        );
    }

    #[test]
    fn components_are_kept_and_near_names_reported() {
        let (html, found) = page("```quiz\nquestion: x\n```\n\n```quizz\nquestion: x\n```\n");
        assert!(html.contains("[Component(0)]") && html.contains("language-quizz"), "{html}");
        assert_eq!(found, [Code::ComponentUnknown]);
    }

    #[test]
    fn money_braces_and_brackets_stay() {
        let (html, _) = page("## Hi {first-name}\n\n$120k-$150k, [[name]], H~2~O, \"quotes\"\n");
        assert!(html.contains("Hi {first-name}</a>"), "{html}");
        assert!(html.contains("$120k-$150k, [[name]], H~2~O, \"quotes\""), "{html}");
    }

    #[test]
    fn tables_have_scopes() {
        let (html, _) = page("| a | b |\n| --- | ---: |\n| 1 | 2 |\n");
        assert!(html.contains("<th scope=\"col\">a</th><th scope=\"col\" class=\"end\">b</th>"), "{html}");
        assert!(html.contains("<td>1</td><td class=\"end\">2</td>"), "{html}");
    }
}
