//! A decision tree as steps that link to each other.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::address::Address;
use crate::content::component::tree::{Step, Tree, Verdict};
use crate::page::message::{DeskRules, DeskView, ReplyRow};
use crate::page::{Renderer, drawing};
use crate::site::links::step_id;

/// A tree for a template.
#[derive(Serialize)]
pub struct TreeView<'s> {
    title: String,
    /// For the replies at the ends; not within a lesson, where they are one link away.
    desk_rules: Option<DeskRules<'s>>,
    steps: Vec<StepView>,
    /// Whether it stands within a lesson, and not on a page of its own.
    inline: bool,
    /// The whole tree as a picture; not within a lesson.
    picture_svg: String,
}

#[derive(Serialize)]
struct StepView {
    id: String,
    number: usize,
    kind: &'static str,
    title: String,
    ask: String,
    hint: String,
    answers: Vec<AnswerView>,
    reply: Option<ReplyAtEnd>,
    note: String,
    end: String,
    escalate: bool,
    next: Option<NextView>,
}

#[derive(Serialize)]
struct ReplyAtEnd {
    #[serde(flatten)]
    row: ReplyRow,
    #[serde(flatten)]
    desk: Option<DeskView>,
}

#[derive(Serialize)]
struct AnswerView {
    say: String,
    href: String,
    to: String,
    verdict: Option<&'static str>,
    because: String,
}

#[derive(Serialize)]
struct NextView {
    href: String,
    title: String,
}

impl<'s> TreeView<'s> {
    /// A tree on the page at an address. In a lesson, `earlier` trees of the same page have taken the plain names of
    /// steps.
    pub fn new(renderer: &Renderer<'s>, from: &Address, tree: &Tree, earlier: Option<usize>) -> TreeView<'s> {
        let id = |step: &str| match earlier {
            None | Some(0) => step_id(step),
            Some(earlier) => format!("{}.{}", step_id(step), earlier + 1),
        };
        let titles: BTreeMap<&str, String> =
            tree.steps.iter().map(|(step, value)| (step.as_str(), title(renderer, value))).collect();
        let title_of = |step: &str| titles.get(step).cloned().unwrap_or_default();
        let mut ordered: Vec<&(String, Step)> = tree.steps.iter().collect();
        // The first step comes first, wherever it was written.
        ordered.sort_by_key(|(step, _)| *step != tree.start);
        let steps = ordered.into_iter().enumerate().map(|(place, (step, value))| {
            let mut view = StepView {
                id: id(step),
                number: place + 1,
                kind: "question",
                title: title_of(step),
                ask: String::new(),
                hint: String::new(),
                answers: Vec::new(),
                reply: None,
                note: String::new(),
                end: String::new(),
                escalate: false,
                next: None,
            };
            match value {
                Step::Question { ask, hint, answers, .. } => {
                    (view.ask, view.hint) = (ask.clone(), hint.clone());
                    view.answers = answers
                        .iter()
                        .map(|answer| AnswerView {
                            say: answer.say.clone(),
                            href: format!("#{}", id(&answer.go.value)),
                            to: title_of(&answer.go.value),
                            verdict: answer.verdict.map(|verdict| match verdict {
                                Verdict::Good => "good",
                                Verdict::Poor => "poor",
                            }),
                            because: answer.because.clone(),
                        })
                        .collect();
                }
                Step::Pause { go } => {
                    view.kind = "pause";
                    view.next =
                        Some(NextView { href: format!("#{}", id(&go.value)), title: title_of(&go.value) });
                }
                Step::Reply { reply, note } => {
                    view.kind = "reply";
                    view.note = note.clone();
                    view.reply = renderer.site.reply_of(&reply.value).map(|number| ReplyAtEnd {
                        row: ReplyRow::new(renderer, from, number),
                        desk: earlier
                            .is_none()
                            .then(|| DeskView::new(renderer, renderer.site.reply(number).0)),
                    });
                }
                Step::End { text, escalate } => {
                    view.kind = "end";
                    (view.end, view.escalate) = (text.clone(), *escalate);
                }
            }
            view
        });
        let picture_svg = match earlier {
            Some(_) => String::new(),
            None => drawing::draw(tree, &title_of, renderer.theme.strings.right_to_left),
        };
        let desk_rules = earlier.is_none().then(|| DeskRules::new(renderer.site.config()));
        TreeView {
            title: tree.title.clone(),
            desk_rules,
            steps: steps.collect(),
            inline: earlier.is_some(),
            picture_svg,
        }
    }
}

/// What a step is called where others lead to it.
fn title(renderer: &Renderer<'_>, step: &Step) -> String {
    match step {
        Step::Question { ask, .. } => ask.clone(),
        Step::Pause { .. } => renderer.theme.strings.get("titles", "breathe").to_owned(),
        Step::Reply { reply, .. } => match renderer.site.reply_of(&reply.value) {
            Some(number) => renderer.site.reply(number).0.title.clone(),
            None => reply.value.clone(),
        },
        // The first sentence says where this leads; the rest is for when one is there.
        Step::End { text, .. } => text.split_inclusive(". ").next().unwrap_or(text).trim_end().to_owned(),
    }
}
