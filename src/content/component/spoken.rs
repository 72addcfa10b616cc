//! What a component says, as plain text: for the search.

use crate::content::component::Component;
use crate::content::component::tree::{Step, Tree};
use crate::content::markdown::plain;

impl Component {
    /// Its words. What is shown of another page, a reply or a win, is found there.
    pub fn spoken(&self) -> String {
        match self {
            Component::Quiz(quiz) => {
                let choices = quiz.options.iter().flat_map(|choice| [&choice.text, &choice.because]);
                let texts: Vec<String> =
                    std::iter::once(&quiz.question).chain(choices).map(plain::text).collect();
                texts.join("\n")
            }
            Component::Reflect(reflection) => reflection.prompt.clone(),
            Component::Plan(plan) => format!("{}, {}", plan.situation, plan.act),
            Component::Compare(comparison) => {
                [&comparison.poor, &comparison.good, &comparison.because].map(plain::text).join("\n")
            }
            Component::Path(tree) => tree.spoken(),
            Component::Breathe(_) | Component::Reply(_) | Component::Wins(_) | Component::PathOfGuide(_) => {
                String::new()
            }
        }
    }
}

impl Tree {
    /// The words of its steps.
    pub fn spoken(&self) -> String {
        let mut lines: Vec<&str> = Vec::new();
        for (_, step) in &self.steps {
            match step {
                Step::Question { ask, hint, answers, .. } => {
                    lines.extend([ask.as_str(), hint.as_str()]);
                    lines.extend(
                        answers.iter().flat_map(|answer| [answer.say.as_str(), answer.because.as_str()]),
                    );
                }
                Step::Pause { .. } => {}
                Step::Reply { note, .. } => lines.push(note),
                Step::End { text, send, .. } => lines.extend([text.as_str(), send]),
            }
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }
}
