//! A decision tree: questions with answers, pauses, and ends. `content/path.yaml` holds one, a `path` block another.

use std::collections::{BTreeMap, BTreeSet};

use crate::address::is_slug;
use crate::diagnostic::{Code, Diagnostic};
use crate::place::Located;
use crate::source::Span;
use crate::yaml::{Map, Value};

/// The most questions on any way through a tree, those with `counts: no` left out. More is too much right after a no.
pub const MOST_QUESTIONS: usize = 5;

/// A tree. Every step that an answer names is there, and every way ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tree {
    /// Its title; may be empty in a lesson.
    pub title: String,
    /// The id of the first step.
    pub start: String,
    /// The steps, by id, in the order in which they were written.
    pub steps: Vec<(String, Step)>,
}

/// One step of a tree.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Something to choose.
    Question {
        /// The question.
        ask: String,
        /// A line below it; may be empty.
        hint: String,
        /// Whether it counts towards the most questions of a way.
        counts: bool,
        /// The answers.
        answers: Vec<Answer>,
    },
    /// Breathe, then go on.
    Pause {
        /// The next step.
        go: Located<String>,
    },
    /// The way ends with a reply.
    Reply {
        /// The reply's slug.
        reply: Located<String>,
        /// What to do besides; may be empty.
        note: String,
    },
    /// The way ends with what to do.
    End {
        /// What to do.
        text: String,
        /// Words to send there; may be empty.
        send: String,
        /// Whether somebody else has to take over today.
        escalate: bool,
    },
}

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Answer {
    /// The answer in the reader's words.
    pub say: String,
    /// The next step.
    pub go: Located<String>,
    /// The reason code that it stands for.
    pub reason: Option<Located<String>>,
    /// In a role play: whether it is a good answer.
    pub verdict: Option<Verdict>,
    /// In a role play: why; may be empty.
    pub because: String,
}

/// What a role play says to an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It helps.
    Good,
    /// It does not.
    Poor,
}

impl Tree {
    /// Reads a tree and checks that it holds together. The caller calls `done` on the map.
    pub fn read(map: &Map<'_>) -> Option<Tree> {
        let title = map.get("title").and_then(|title| title.text()).unwrap_or_default();
        let start = map.required("start").and_then(|start| Located::text(&start).map(|text| (start, text)));
        let nodes = map.required("nodes").and_then(|nodes| nodes.map());
        let (start_value, start) = start?;
        let nodes = nodes?;
        let mut steps = Vec::with_capacity(nodes.len());
        for (id, span, value) in nodes.entries() {
            if !is_slug(id) {
                let mut finding =
                    value.finding(Code::SlugInvalid, format!("`{id}` cannot be the name of a step"));
                finding.span = Some(span);
                value.report(finding.help("use small letters, digits and single hyphens"));
            }
            if let Some(step) = Step::read(value) {
                steps.push((id.to_owned(), step, span, value));
            }
        }
        let known: Vec<&str> = nodes.entries().map(|(id, ..)| id).collect();
        let known_set: BTreeSet<&str> = known.iter().copied().collect();
        let mut checker = Checker { known: &known, known_set: &known_set, sound: true };
        checker.target(&start_value, &start.value);
        for (_, step, _, value) in &steps {
            checker.step(step, value);
        }
        if checker.sound && steps.len() == known.len() {
            Ways::of(&start.value, &steps).report(&start_value);
        }
        let steps = steps.into_iter().map(|(id, step, ..)| (id, step)).collect();
        Some(Tree { title, start: start.value, steps })
    }

    /// The replies that ways end with.
    pub fn replies(&self) -> impl Iterator<Item = &Located<String>> {
        self.steps.iter().filter_map(|(_, step)| match step {
            Step::Reply { reply, .. } => Some(reply),
            _ => None,
        })
    }

    /// The reason codes that answers stand for.
    pub fn reasons(&self) -> impl Iterator<Item = &Located<String>> {
        self.steps
            .iter()
            .flat_map(|(_, step)| match step {
                Step::Question { answers, .. } => answers.as_slice(),
                _ => &[],
            })
            .filter_map(|answer| answer.reason.as_ref())
    }

    /// The steps that a step leads to.
    fn next(step: &Step) -> Vec<&Located<String>> {
        match step {
            Step::Question { answers, .. } => answers.iter().map(|answer| &answer.go).collect(),
            Step::Pause { go } => vec![go],
            Step::Reply { .. } | Step::End { .. } => Vec::new(),
        }
    }
}

impl Step {
    fn read(value: Value<'_>) -> Option<Step> {
        let map = value.map()?;
        let kinds = ["ask", "breathe", "reply", "end"];
        let kind = kinds.into_iter().find(|kind| map.entries().any(|(key, ..)| key == *kind));
        let text = |key| map.get(key).and_then(|value| value.text());
        let step = match kind {
            Some("ask") => {
                let ask = text("ask");
                let hint = text("hint").unwrap_or_default();
                let counts = map.get("counts").and_then(|counts| counts.flag()).unwrap_or(true);
                let answers = map.required("answers");
                let answers: Option<Vec<Answer>> =
                    answers.map(|answers| answers.list().into_iter().filter_map(Answer::read).collect());
                ask.zip(answers).map(|(ask, answers)| {
                    // Where answers are judged, nobody is in need: it is a role play, and may be as long as it likes.
                    let counts = counts && answers.iter().all(|answer| answer.verdict.is_none());
                    Step::Question { ask, hint, counts, answers }
                })
            }
            Some("breathe") => {
                map.get("breathe").and_then(|breathe| breathe.flag());
                map.required("go").and_then(|go| Located::text(&go)).map(|go| Step::Pause { go })
            }
            Some("reply") => {
                let reply = map.get("reply").and_then(|reply| Located::text(&reply));
                let note = text("note").unwrap_or_default();
                reply.map(|reply| Step::Reply { reply, note })
            }
            Some(_) => {
                let escalate = map.get("escalate").and_then(|escalate| escalate.flag()).unwrap_or(false);
                let send = text("send").unwrap_or_default();
                text("end").map(|text| Step::End { text, send, escalate })
            }
            None => {
                let finding = value.finding(Code::PathLooseEnd, "this step neither asks nor ends");
                value.report(finding.help("give it `ask`, `breathe`, `reply` or `end`"));
                return None;
            }
        };
        map.done();
        step
    }
}

impl Answer {
    fn read(value: Value<'_>) -> Option<Answer> {
        let map = value.map()?;
        let say = map.required("say").and_then(|say| say.text());
        let go = map.required("go").and_then(|go| Located::text(&go));
        let reason = map.get("reason").and_then(|reason| Located::text(&reason));
        let verdict = map.get("verdict").and_then(|verdict| verdict.one_of(&["good", "poor"]));
        let because = map.get("because").and_then(|because| because.text()).unwrap_or_default();
        map.done();
        let verdict = verdict.map(|verdict| if verdict == "good" { Verdict::Good } else { Verdict::Poor });
        Some(Answer { say: say?, go: go?, reason, verdict, because })
    }
}

/// What to do where no step of a near name is there.
const NAME_A_STEP: &str = "name one of the steps below `nodes`";

/// Checks that every step that is named is there.
struct Checker<'k> {
    known: &'k [&'k str],
    known_set: &'k BTreeSet<&'k str>,
    sound: bool,
}

impl Checker<'_> {
    fn target(&mut self, value: &Value<'_>, id: &str) {
        if !self.known_set.contains(id) {
            self.sound = false;
            let finding = value.finding(Code::StepUnknown, format!("there is no step `{id}` in this tree"));
            value.report(finding.near_or_listed(id, self.known.iter().copied(), NAME_A_STEP));
        }
    }

    fn step(&mut self, step: &Step, value: &Value<'_>) {
        if let Step::Question { answers, .. } = step
            && answers.is_empty()
        {
            self.sound = false;
            let finding = value.finding(Code::PathLooseEnd, "this question has no answers");
            value.report(finding.help("add `answers: [{ say: …, go: … }]`"));
        }
        for next in Tree::next(step) {
            if !self.known_set.contains(next.value.as_str()) {
                self.sound = false;
                let mut finding = value
                    .finding(Code::StepUnknown, format!("there is no step `{}` in this tree", next.value));
                finding.span = Some(next.place.span(&value.source().text));
                value.report(finding.near_or_listed(&next.value, self.known.iter().copied(), NAME_A_STEP));
            }
        }
    }
}

/// A step and where it was written.
#[derive(Clone, Copy)]
struct Written<'t> {
    step: &'t Step,
    name: Span,
    value: Value<'t>,
}

impl Written<'_> {
    /// A finding at the step's name.
    fn report(&self, message: String, help: &str) {
        let finding = self.value.finding(Code::PathLooseEnd, message).help(help);
        self.value.report(Diagnostic { span: Some(self.name), ..finding });
    }
}

/// The ways through a tree whose steps are all there.
struct Ways<'t> {
    steps: BTreeMap<&'t str, Written<'t>>,
    start: &'t str,
}

impl<'t> Ways<'t> {
    fn of(start: &'t str, steps: &'t [(String, Step, Span, Value<'t>)]) -> Ways<'t> {
        let written = |(id, step, name, value): &'t (String, Step, Span, Value<'t>)| {
            (id.as_str(), Written { step, name: *name, value: *value })
        };
        let steps = steps.iter().map(written).collect();
        Ways { steps, start }
    }

    fn report(&self, start: &Value<'_>) {
        let reached = self.reached();
        for (id, written) in self.steps.iter().filter(|(id, _)| !reached.contains(*id)) {
            written.report(
                format!("no answer leads to the step `{id}`"),
                "lead an answer there, or remove the step",
            );
        }
        let ending = self.ending();
        let stuck: Vec<&&str> = reached.iter().filter(|id| !ending.contains(**id)).collect();
        for id in &stuck {
            let message = format!("from the step `{id}` no way leads to an end");
            self.steps[**id].report(message, "lead one of its answers to a reply or an end");
        }
        if stuck.is_empty() {
            let most = self.most_questions();
            if most > MOST_QUESTIONS {
                let message =
                    format!("one way through this tree asks {most} questions; {MOST_QUESTIONS} at the most");
                let finding = start.finding(Code::PathLooseEnd, message);
                start.report(
                    finding.help("leave a question out, or write `counts: no` where it may be skipped"),
                );
            }
        }
    }

    fn reached(&self) -> BTreeSet<&'t str> {
        let mut reached = BTreeSet::from([self.start]);
        let mut open = vec![self.start];
        while let Some(id) = open.pop() {
            for next in Tree::next(self.steps[id].step) {
                if reached.insert(next.value.as_str()) {
                    open.push(next.value.as_str());
                }
            }
        }
        reached
    }

    /// The steps from which some way ends.
    fn ending(&self) -> BTreeSet<&'t str> {
        let mut before: BTreeMap<&str, Vec<&'t str>> = BTreeMap::new();
        let mut open: Vec<&'t str> = Vec::new();
        for (id, written) in &self.steps {
            let next = Tree::next(written.step);
            if next.is_empty() {
                open.push(id);
            }
            for next in next {
                before.entry(next.value.as_str()).or_default().push(id);
            }
        }
        let mut ending: BTreeSet<&'t str> = open.iter().copied().collect();
        while let Some(id) = open.pop() {
            for earlier in before.get(id).into_iter().flatten() {
                if ending.insert(earlier) {
                    open.push(earlier);
                }
            }
        }
        ending
    }

    /// The questions that count on the longest way; a way back (a role play may have one) is not walked twice. It walks
    /// with its own stack, since a tree may be as deep as its author likes.
    fn most_questions(&self) -> usize {
        let mut known: BTreeMap<&'t str, usize> = BTreeMap::new();
        let mut walking: BTreeSet<&'t str> = BTreeSet::new();
        let mut goes_back = false;
        let mut stack: Vec<(&'t str, bool)> = vec![(self.start, false)];
        while let Some((id, seen_all_below)) = stack.pop() {
            let step = self.steps[id].step;
            if seen_all_below {
                let own = usize::from(matches!(step, Step::Question { counts: true, .. }));
                let below = Tree::next(step).iter().filter_map(|next| known.get(next.value.as_str())).max();
                known.insert(id, own + below.copied().unwrap_or(0));
                walking.remove(id);
            } else if !known.contains_key(id) && walking.insert(id) {
                stack.push((id, true));
                stack.extend(Tree::next(step).into_iter().map(|next| (next.value.as_str(), false)));
            } else if walking.contains(id) {
                goes_back = true;
            }
        }
        let most = known.get(self.start).copied().unwrap_or(0);
        // With ways back, what is known of a step depends on where the walk came from.
        if goes_back { most.max(self.most_questions_without_return()) } else { most }
    }

    /// The same for a tree with ways back: every way that comes to no step twice is walked, up to a number that no real
    /// tree has.
    fn most_questions_without_return(&self) -> usize {
        const MOST_STEPS_WALKED: usize = 100_000;
        let counts =
            |id: &str| usize::from(matches!(self.steps[id].step, Step::Question { counts: true, .. }));
        let mut on_way: BTreeSet<&'t str> = BTreeSet::from([self.start]);
        let mut way: Vec<(&'t str, usize)> = vec![(self.start, 0)];
        let mut questions = counts(self.start);
        let mut most = questions;
        for _ in 0..MOST_STEPS_WALKED {
            let Some((id, place)) = way.last_mut() else { break };
            let next = Tree::next(self.steps[*id].step).get(*place).map(|next| next.value.as_str());
            *place += 1;
            match next {
                Some(next) if on_way.insert(next) => {
                    questions += counts(next);
                    most = most.max(questions);
                    way.push((next, 0));
                }
                Some(_) => {}
                None => {
                    on_way.remove(*id);
                    questions -= counts(id);
                    way.pop();
                }
            }
        }
        most
    }
}
