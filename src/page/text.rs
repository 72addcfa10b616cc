//! Text with its holes filled: links relative to the page, images with their size, components by their templates.

use serde::Serialize;

use crate::address::Address;
use crate::content::article::Article;
use crate::content::component::Component;
use crate::content::component::quiz::Quiz;
use crate::content::markdown::{Fragment, Hole, Outline, escaped, escaped_address};
use crate::diagnostic::Diagnostic;
use crate::page::frame::{Frame, Place};
use crate::page::message::{MessageView, ReplyRow};
use crate::page::rhythm::RhythmView;
use crate::page::terms::Linker;
use crate::page::tree::TreeView;
use crate::page::win::WinView;
use crate::page::{Link, Renderer};
use crate::site::resolved::{Links, Resolved};
use crate::site::{made_address, tag_slug};

/// A heading of the contents of a page.
#[derive(Clone, Debug, Serialize, Hash)]
pub struct TocEntry {
    id: String,
    title: String,
}

/// The main headings of a text.
pub fn toc(outline: &Outline) -> Vec<TocEntry> {
    let main = outline.headings.iter().filter(|heading| heading.level == 2);
    main.map(|heading| TocEntry { id: heading.id.clone(), title: heading.title.clone() }).collect()
}

/// Fills the texts of one article for one page.
pub struct Filler<'f> {
    renderer: &'f Renderer<'f>,
    article: &'f Article,
    links: &'f Links,
    from: &'f Address,
    place: Place,
}

/// What a component's template sees beside its own values.
#[derive(Serialize)]
pub struct InPage<'v, V: Serialize> {
    /// Where the page lies.
    pub page: &'v Place,
    /// What the component shows.
    #[serde(flatten)]
    pub view: V,
}

impl<'f> Filler<'f> {
    /// A filler of an article's texts for the page at an address.
    pub fn new(
        renderer: &'f Renderer<'f>,
        article: &'f Article,
        links: &'f Links,
        from: &'f Address,
        frame: &'f Frame,
    ) -> Filler<'f> {
        Filler { renderer, article, links, from, place: frame.place() }
    }

    /// The article's body.
    pub fn body(&self) -> Result<String, Box<Diagnostic>> {
        self.fill(&self.article.body.text)
    }

    /// The article's body, with the terms of the glossary linked where they first stand.
    pub fn body_with_terms(&self) -> Result<String, Box<Diagnostic>> {
        let linker = Linker::new(self.renderer.term_index(), self.from);
        self.fill_with(&self.article.body.text, Some(linker))
    }

    fn fill(&self, fragment: &Fragment) -> Result<String, Box<Diagnostic>> {
        self.fill_with(fragment, None)
    }

    fn fill_with(
        &self,
        fragment: &Fragment,
        mut linker: Option<Linker<'_>>,
    ) -> Result<String, Box<Diagnostic>> {
        let mut html = String::with_capacity(fragment.html.len() + fragment.holes.len() * 64);
        let mut from = 0;
        let push = |linker: &mut Option<Linker<'_>>, piece: &str, html: &mut String| match linker {
            Some(linker) => linker.push(piece, html),
            None => html.push_str(piece),
        };
        for (at, hole) in &fragment.holes {
            push(&mut linker, &fragment.html[from..*at], &mut html);
            from = *at;
            if let (Some(linker), Hole::LinkStart(_) | Hole::LinkEnd(_)) = (&mut linker, hole) {
                linker.link(matches!(hole, Hole::LinkStart(_)));
            }
            match hole {
                Hole::LinkStart(number) => self.link_start(*number, &mut html),
                Hole::LinkEnd(number) => {
                    if self.links.links.get(*number).is_some_and(|link| *link != Resolved::Text) {
                        html.push_str("</a>");
                    }
                }
                Hole::Image(number) => self.image(*number, &mut html),
                Hole::Word(group, key) => {
                    html.push_str(&escaped(self.renderer.theme.strings.get(group, key)))
                }
                Hole::Component(number) => {
                    if let Some(Some(component)) = self.article.body.components.get(*number) {
                        html.push_str(self.component(component, *number)?.trim());
                    }
                }
            }
        }
        push(&mut linker, &fragment.html[from..], &mut html);
        Ok(html)
    }

    fn link_start(&self, number: usize, html: &mut String) {
        let href = match self.links.links.get(number) {
            Some(Resolved::Elsewhere(address)) => escaped_address(address),
            Some(Resolved::Page(to, Some(part))) => escaped_address(&self.from.link_to_part(to, part)),
            Some(Resolved::Page(to, None)) => escaped_address(&self.from.link(to)),
            Some(Resolved::Text) | None => return,
        };
        html.push_str("<a href=\"");
        html.push_str(&href);
        let title = self.article.face.outline.links.get(number).map_or("", |link| &link.value.title);
        if !title.is_empty() {
            html.push_str("\" title=\"");
            html.push_str(&escaped(title));
        }
        html.push_str("\">");
    }

    fn image(&self, number: usize, html: &mut String) {
        let Some(image) = self.article.face.outline.images.get(number).map(|image| &image.value) else {
            return;
        };
        let Some(Some(asset)) = self.links.images.get(number) else {
            return html.push_str(&escaped(&image.alt));
        };
        html.push_str(&format!(
            "<img src=\"{}\" alt=\"{}\"",
            self.from.link(&asset.address),
            escaped(&image.alt)
        ));
        if let Some((width, height)) = asset.size {
            html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        if !image.title.is_empty() {
            html.push_str(&format!(" title=\"{}\"", escaped(&image.title)));
        }
        html.push_str(" loading=\"lazy\">");
    }

    fn component(&self, component: &Component, number: usize) -> Result<String, Box<Diagnostic>> {
        let renderer = self.renderer;
        let site = &renderer.site;
        match component {
            Component::Breathe(rhythm) => {
                #[derive(Serialize)]
                struct View {
                    rhythm: RhythmView,
                }
                self.render("breathing-pacer", View { rhythm: RhythmView::new(*rhythm) })
            }
            Component::Reply(slug) => {
                #[derive(Serialize)]
                struct Card {
                    #[serde(flatten)]
                    row: ReplyRow,
                    message: MessageView,
                }
                #[derive(Serialize)]
                struct View {
                    reply: Card,
                }
                let Some(number) = site.reply_of(&slug.value) else { return Ok(String::new()) };
                let row = ReplyRow::new(renderer, self.from, number);
                let message = MessageView::new(renderer, site.reply(number).0);
                self.render("reply-card", View { reply: Card { row, message } })
            }
            Component::Wins(list) => {
                #[derive(Serialize)]
                struct View {
                    wins: Vec<WinView>,
                    href: String,
                }
                let tag = list.tag.as_ref().map(|tag| tag_slug(&tag.value));
                let tagged = site.wins().iter().enumerate().filter(|(_, win)| match &tag {
                    Some(tag) => win.tags.iter().any(|own| tag_slug(&own.value) == *tag),
                    None => true,
                });
                let wins: Vec<WinView> = tagged
                    .take(list.limit)
                    .map(|(number, _)| WinView::new(renderer, self.from, number))
                    .collect();
                if wins.is_empty() {
                    return Ok(String::new());
                }
                self.render("win-list", View { wins, href: self.from.link(&made_address("wins")) })
            }
            Component::Quiz(quiz) => {
                let earlier = &self.article.body.components[..number];
                let place =
                    earlier.iter().flatten().filter(|one| matches!(one, Component::Quiz(_))).count() + 1;
                self.quiz(quiz, &format!("quiz.{place}"), self.from)
            }
            Component::Reflect(reflect) => {
                #[derive(Serialize)]
                struct Reflect<'v> {
                    id: &'v str,
                    prompt: &'v str,
                }
                #[derive(Serialize)]
                struct View<'v> {
                    reflect: Reflect<'v>,
                }
                self.render(
                    "reflection",
                    View { reflect: Reflect { id: &reflect.id, prompt: &reflect.prompt } },
                )
            }
            Component::Plan(plan) => {
                #[derive(Serialize)]
                struct Plan<'v> {
                    if_text: &'v str,
                    then_text: &'v str,
                }
                #[derive(Serialize)]
                struct View<'v> {
                    plan: Plan<'v>,
                }
                let ended = plan.act.ends_with(['.', '!', '?', '…', '。']);
                let act = if ended { plan.act.clone() } else { format!("{}.", plan.act) };
                self.render("if-then-plan", View { plan: Plan { if_text: &plan.situation, then_text: &act } })
            }
            Component::Compare(comparison) => {
                #[derive(Serialize)]
                struct Compare {
                    poor_html: String,
                    good_html: String,
                    because_html: String,
                }
                #[derive(Serialize)]
                struct View {
                    compare: Compare,
                }
                let compare = Compare {
                    poor_html: self.fill(&comparison.poor)?,
                    good_html: self.fill(&comparison.good)?,
                    because_html: self.fill(&comparison.because)?,
                };
                self.render("compare", View { compare })
            }
            Component::PathOfGuide(_) => match site.path() {
                Some(tree) => self.tree(tree, number),
                None => Ok(String::new()),
            },
            Component::Path(tree) => self.tree(tree, number),
        }
    }

    fn tree(
        &self,
        tree: &crate::content::component::tree::Tree,
        number: usize,
    ) -> Result<String, Box<Diagnostic>> {
        #[derive(Serialize)]
        struct View<'s> {
            tree: TreeView<'s>,
        }
        // A second tree of a page needs names of its own for its steps.
        let is_tree = |component: &&Option<Component>| {
            matches!(component, Some(Component::Path(_) | Component::PathOfGuide(_)))
        };
        let earlier = self.article.body.components[..number].iter().filter(is_tree).count();
        self.render(
            "decision-path",
            View { tree: TreeView::new(self.renderer, self.from, tree, Some(earlier)) },
        )
    }

    /// The questions of the article, which stands at an address, on a page that gathers those of several. Their ids
    /// begin with a word.
    pub fn questions(&self, id: &str, home: &Address) -> Result<Vec<String>, Box<Diagnostic>> {
        let quizzes = self.article.body.components.iter().flatten().filter_map(|component| match component {
            Component::Quiz(quiz) => Some(quiz),
            _ => None,
        });
        quizzes
            .enumerate()
            .map(|(place, quiz)| self.quiz(quiz, &format!("quiz.{id}.{}", place + 1), home))
            .collect()
    }

    fn quiz(&self, quiz: &Quiz, id: &str, home: &Address) -> Result<String, Box<Diagnostic>> {
        #[derive(Serialize)]
        struct Choice {
            id: String,
            text_html: String,
            because_html: String,
            correct: bool,
        }
        #[derive(Serialize)]
        struct Question {
            id: String,
            key: String,
            question_html: String,
            options: Vec<Choice>,
            many: bool,
            section: Option<Link>,
        }
        #[derive(Serialize)]
        struct View {
            question: Question,
        }
        let mut options = Vec::with_capacity(quiz.options.len());
        for (index, choice) in quiz.options.iter().enumerate() {
            options.push(Choice {
                id: format!("{id}.{}", index + 1),
                text_html: self.fill(&choice.text)?,
                because_html: self.fill(&choice.because)?,
                correct: choice.correct,
            });
        }
        let headings = &self.article.face.outline.headings;
        let section = quiz.section.as_ref().and_then(|section| {
            let heading = headings.iter().find(|heading| heading.id == section.value)?;
            Some(Link { title: heading.title.clone(), href: self.from.link_to_part(home, &heading.id) })
        });
        let question = Question {
            id: id.to_owned(),
            key: quiz.key(),
            question_html: self.fill(&quiz.question)?,
            many: quiz.options.iter().filter(|choice| choice.correct).count() > 1,
            options,
            section,
        };
        self.render("quiz", View { question })
    }

    fn render(&self, component: &str, view: impl Serialize) -> Result<String, Box<Diagnostic>> {
        let template = format!("components/{component}/{component}.html");
        self.renderer.theme.render(&template, &InPage { page: &self.place, view })
    }
}

/// Texts with addresses in them as HTML with links: sources, for one.
pub fn with_links(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some(start) = rest.find("https://").into_iter().chain(rest.find("http://")).min() {
        html.push_str(&escaped(&rest[..start]));
        let length = rest[start..]
            .find(|c: char| c.is_whitespace() || "<>\"".contains(c))
            .unwrap_or(rest.len() - start);
        // A full stop or bracket behind an address belongs to the sentence.
        let address = rest[start..start + length].trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '\'']);
        html.push_str(&format!("<a href=\"{}\">{}</a>", escaped_address(address), escaped(address)));
        rest = &rest[start + address.len()..];
        if address.ends_with("//") {
            // Not an address after all: nothing to link to, and nothing to find a second time.
            html.truncate(html.rfind("<a href").unwrap_or(html.len()));
            html.push_str(&escaped(address));
        }
    }
    html.push_str(&escaped(rest));
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_texts_become_links() {
        assert_eq!(
            with_links("Gartner <2024>: https://example.org/a?b=1&c. More."),
            "Gartner &lt;2024&gt;: <a href=\"https://example.org/a?b=1&amp;c\">https://example.org/a?b=1&amp;c</a>. More."
        );
        assert_eq!(with_links("see https:// there"), "see https:// there");
        assert_eq!(with_links("no address"), "no address");
    }
}
