//! A question with options, each with the reason why it is right or wrong.

use crate::content::component::markdown;
use crate::content::markdown::{Extent, Fragment, Writer};
use crate::diagnostic::Code;
use crate::place::{Located, Place};
use crate::yaml::Value;

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quiz {
    /// What is asked.
    pub question: Fragment,
    /// Two or more.
    pub options: Vec<Choice>,
    /// The heading below which the answer stands.
    pub section: Option<Located<String>>,
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Choice {
    /// The answer.
    pub text: Fragment,
    /// Why it is right or wrong; may be empty.
    pub because: Fragment,
    /// Whether it is right.
    pub correct: bool,
}

impl Quiz {
    /// Stands for the question and its options in what readers keep: once one of them changes, what they answered
    /// before is no answer any more.
    pub fn key(&self) -> String {
        let mut text = self.question.html.clone();
        for option in &self.options {
            text.push(if option.correct { '+' } else { '-' });
            text.push_str(&option.text.html);
        }
        // Half of the bits: a lesson has a handful of questions.
        format!("{:08x}", xxhash_rust::xxh3::xxh3_64(text.as_bytes()) >> 32)
    }

    /// Reads a question; one without two options or without a right one is reported.
    pub fn read(value: Value<'_>, writer: &mut Writer<'_>) -> Option<Quiz> {
        let map = value.map()?;
        let question =
            map.required("question").and_then(|question| markdown(&question, writer, Extent::Line));
        let options = map.required("options").map(|options| {
            let choices: Vec<Choice> =
                options.list().iter().filter_map(|option| Choice::read(*option, writer)).collect();
            (options, choices)
        });
        let section = map.get("section").and_then(|section| {
            let text = section.text()?;
            Some(Located::new(text.trim_start_matches('#').to_owned(), Place::of(&section)))
        });
        map.done();
        let (value, options) = options?;
        let help = if value.list().len() < 2 {
            Some(("a quiz needs two options or more", "add an option: `- { text: …, because: … }`"))
        } else if !options.is_empty() && !options.iter().any(|option| option.correct) {
            Some(("no option of this quiz is right", "add `correct: yes` to the right one"))
        } else {
            None
        };
        if let Some((message, help)) = help {
            value.report(value.finding(Code::ComponentInvalid, message).help(help));
        }
        Some(Quiz { question: question?, options, section })
    }
}

impl Choice {
    fn read(value: Value<'_>, writer: &mut Writer<'_>) -> Option<Choice> {
        let map = value.map()?;
        let text = map.required("text").and_then(|text| markdown(&text, writer, Extent::Line));
        let because = map.required("because").and_then(|because| markdown(&because, writer, Extent::Line));
        let correct = map.get("correct").and_then(|correct| correct.flag()).unwrap_or(false);
        map.done();
        Some(Choice { text: text?, because: because.unwrap_or_default(), correct })
    }
}
