//! A decision tree as steps that link to each other.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::address::Address;
use crate::content::component::tree::{Answer, Step, Tree, Verdict};
use crate::page::message::{DeskRules, DeskView, ReplyRow, reason_label};
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
    /// Whether it is a role play, after which nothing is left to do.
    judged: bool,
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
    /// Whether it is one of the few questions of a way.
    counts: bool,
    answers: Vec<AnswerView>,
    /// Where it leads when it is skipped.
    skip: Option<NextView>,
    reply: Option<ReplyAtEnd>,
    note: String,
    end: String,
    /// Words to send at an end; may be empty.
    send: String,
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
    /// What readers see of the reason that it stands for; may be empty.
    reason: String,
    /// Whether nothing more than the reason is written down.
    private: bool,
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
        let next = |step: &str| NextView { href: format!("#{}", id(step)), title: title_of(step) };
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
                counts: false,
                answers: Vec::new(),
                skip: None,
                reply: None,
                note: String::new(),
                end: String::new(),
                send: String::new(),
                escalate: false,
                next: None,
            };
            match value {
                Step::Question { ask, hint, counts, answers } => {
                    (view.ask, view.hint, view.counts) = (ask.clone(), hint.clone(), *counts);
                    view.answers = answers
                        .iter()
                        .map(|answer| AnswerView::new(renderer, answer, next(&answer.go.value)))
                        .collect();
                    view.skip = skipped(step, answers).map(next);
                }
                Step::Pause { go } => {
                    view.kind = "pause";
                    view.next = Some(next(&go.value));
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
                Step::End { text, send, escalate } => {
                    view.kind = "end";
                    (view.end, view.send, view.escalate) = (text.clone(), send.clone(), *escalate);
                }
            }
            view
        });
        let picture_svg = match earlier {
            Some(_) => String::new(),
            None => drawing::draw(tree, &title_of, renderer.theme.strings.right_to_left),
        };
        let is_judged = |(_, step): &(String, Step)| match step {
            Step::Question { answers, .. } => answers.iter().any(|answer| answer.verdict.is_some()),
            _ => false,
        };
        let desk_rules = earlier.is_none().then(|| DeskRules::new(renderer.site.config()));
        TreeView {
            title: tree.title.clone(),
            desk_rules,
            steps: steps.collect(),
            inline: earlier.is_some(),
            judged: tree.steps.iter().any(is_judged),
            picture_svg,
        }
    }
}

impl AnswerView {
    fn new(renderer: &Renderer<'_>, answer: &Answer, next: NextView) -> AnswerView {
        let config = renderer.site.config();
        let reason = answer.reason.as_ref().map(|reason| reason.value.as_str());
        AnswerView {
            say: answer.say.clone(),
            href: next.href,
            to: next.title,
            reason: reason
                .map(|code| reason_label(config, &renderer.theme.strings, code).to_owned())
                .unwrap_or_default(),
            private: reason.and_then(|code| config.reason(code)).is_some_and(|reason| !reason.ask),
            verdict: answer.verdict.map(|verdict| match verdict {
                Verdict::Good => "good",
                Verdict::Poor => "poor",
            }),
            because: answer.because.clone(),
        }
    }
}

/// Where a question leads that is skipped. Nothing may be said of a candidate that nobody chose: so as if no reason had
/// been given, else by an answer that stands for none, if there is one. Of those where most lead, and of several such
/// steps to the last, since authors write "none of these" below all others. Never back to itself, which is where poor
/// answers of a role play lead. A single answer is as quick as skipping it.
fn skipped<'t>(step: &str, answers: &'t [Answer]) -> Option<&'t str> {
    const NO_REASON: &str = "none";
    let onward = answers.iter().filter(|answer| answer.go.value != step);
    let rank = |answer: &Answer| match &answer.reason {
        Some(reason) if reason.value == NO_REASON => 0,
        None => 1,
        Some(_) => 2,
    };
    let least = onward.clone().map(rank).min()?;
    let fit: Vec<&str> =
        onward.filter(|answer| rank(answer) == least).map(|answer| answer.go.value.as_str()).collect();
    let leading_to = |to: &str| fit.iter().filter(|other| **other == to).count();
    let most = fit.iter().copied().max_by_key(|to| leading_to(to));
    most.filter(|_| answers.len() > 1)
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
