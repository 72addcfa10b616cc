//! A decision tree as a picture: every way from the first question to its end, for people who would rather look than
//! read. The steps stand beside it as text, so the picture is hidden from screen readers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::content::component::tree::{Step, Tree};
use crate::content::markdown::escaped;

/// The size of a box and the room between boxes, in units of the drawing; letters are 14 high.
const WIDTH: usize = 212;
const GAP: usize = 36;
const LINE: usize = 18;
const PAD: usize = 10;
const BETWEEN: usize = 12;

/// How many letters of usual width fit into a line of a box, and how many lines it has for a title.
const LETTERS: usize = 24;
const LINES: usize = 3;

/// How many steps a way is drawn for: nobody looks further to the side, and no stack is deep enough for some ways.
const COLUMNS: usize = 16;

/// A tree as SVG. `title` names a step; right to left, the tree grows to the left.
pub fn draw(tree: &Tree, title: &dyn Fn(&str) -> String, right_to_left: bool) -> String {
    let steps = tree.steps.iter().map(|(id, step)| (id.as_str(), step)).collect();
    let mut drawing =
        Drawing { steps, title, seen: BTreeSet::new(), boxes: Vec::new(), lines: Vec::new(), bottom: 0 };
    drawing.step(&tree.start, "", 0);
    let columns = drawing.boxes.iter().map(|one| one.column + 1).max().unwrap_or(1);
    let (width, height) = (columns * (WIDTH + GAP) - GAP, drawing.bottom.saturating_sub(BETWEEN));
    let left = |column: usize| match right_to_left {
        true => width - column * (WIDTH + GAP) - WIDTH,
        false => column * (WIDTH + GAP),
    };
    let mut svg = format!(
        "<svg class=\"tree\" viewBox=\"-1 -1 {} {}\" width=\"{}\" height=\"{}\" aria-hidden=\"true\">",
        width + 2,
        height + 2,
        width + 2,
        height + 2
    );
    for (from, to) in &drawing.lines {
        let (one, other) = (&drawing.boxes[*from], &drawing.boxes[*to]);
        let (begin, end) = match right_to_left {
            true => (left(one.column), left(other.column) + WIDTH),
            false => (left(one.column) + WIDTH, left(other.column)),
        };
        let middle = (begin + end) / 2;
        let (top, bottom) = (one.middle(), other.middle());
        write!(svg, "<path d=\"M{begin} {top}C{middle} {top} {middle} {bottom} {end} {bottom}\"/>")
            .expect("is a text");
    }
    for one in &drawing.boxes {
        let (x, y) = (left(one.column), one.top);
        write!(
            svg,
            "<g class=\"{}\"><rect x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{}\" rx=\"8\"/>",
            one.class, one.height
        )
        .expect("is a text");
        let from = if right_to_left { x + WIDTH - PAD } else { x + PAD };
        for (number, line) in one.text.iter().enumerate() {
            let weight = if number < one.said { " class=\"said\"" } else { "" };
            let base = y + PAD + LINE * number + 13;
            write!(svg, "<text{weight} x=\"{from}\" y=\"{base}\">{}</text>", escaped(line))
                .expect("is a text");
        }
        svg.push_str("</g>");
    }
    svg.push_str("</svg>");
    svg
}

struct Drawing<'t> {
    steps: BTreeMap<&'t str, &'t Step>,
    title: &'t dyn Fn(&str) -> String,
    /// Steps that are drawn already: a way that leads to one of them ends with its name.
    seen: BTreeSet<&'t str>,
    boxes: Vec<Box>,
    /// From which box to which.
    lines: Vec<(usize, usize)>,
    /// Where the next box without others behind it goes.
    bottom: usize,
}

struct Box {
    column: usize,
    top: usize,
    height: usize,
    /// What was said to come here, then what the step says.
    text: Vec<String>,
    /// How many lines the first of it takes.
    said: usize,
    class: &'static str,
}

impl Box {
    fn middle(&self) -> usize {
        self.top + self.height / 2
    }
}

impl<'t> Drawing<'t> {
    /// Draws a step and all that follows. Gives the number of its box.
    fn step(&mut self, id: &'t str, said: &str, column: usize) -> usize {
        let step = self.steps.get(id).copied();
        let is_new = column < COLUMNS && self.seen.insert(id);
        let said = if said.is_empty() { Vec::new() } else { wrapped(&format!("“{said}”"), 2) };
        let mut text = said.clone();
        text.extend(wrapped(&(self.title)(id), LINES));
        let class = match step {
            _ if !is_new => "again",
            Some(Step::Reply { .. }) => "reply",
            Some(Step::End { .. }) => "end",
            _ => "ask",
        };
        let height = text.len() * LINE + 2 * PAD - 4;
        let number = self.boxes.len();
        // The first answer stands beside its question, so that the beginning is seen at once.
        self.boxes.push(Box { column, top: self.bottom, height, text, said: said.len(), class });
        let next: Vec<(&'t str, &'t str)> = match step.filter(|_| is_new) {
            Some(Step::Question { answers, .. }) => {
                answers.iter().map(|answer| (answer.go.value.as_str(), answer.say.as_str())).collect()
            }
            Some(Step::Pause { go }) => vec![(go.value.as_str(), "")],
            _ => Vec::new(),
        };
        let children: Vec<usize> = next.into_iter().map(|(to, say)| self.step(to, say, column + 1)).collect();
        self.lines.extend(children.iter().map(|child| (number, *child)));
        self.bottom = self.bottom.max(self.boxes[number].top + height + BETWEEN);
        number
    }
}

/// A text in lines of a box; what is too long ends with a sign.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let wide = |text: &str| text.chars().map(|c| if u32::from(c) > 0x1100 { 2 } else { 1 }).sum::<usize>();
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if wide(line) + 1 + wide(word) <= LETTERS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let is_cut = lines.len() > most;
    lines.truncate(most);
    for line in &mut lines {
        while wide(line) > LETTERS {
            line.pop();
        }
    }
    if let (true, Some(last)) = (is_cut, lines.last_mut()) {
        while wide(last) > LETTERS - 1 {
            last.pop();
        }
        last.push('…');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{Located, Place};
    use crate::source::Span;

    fn at(id: &str) -> Located<String> {
        Located::new(id.to_owned(), Place::Span(Span::default()))
    }

    #[test]
    fn ways_that_meet_are_drawn_once() {
        let answer = |say: &str, go: &str| crate::content::component::tree::Answer {
            say: say.to_owned(),
            go: at(go),
            reason: None,
            verdict: None,
            because: String::new(),
        };
        let question = Step::Question {
            ask: "Why <now>?".to_owned(),
            hint: String::new(),
            counts: true,
            answers: vec![answer("Pay", "end"), answer("Time", "end"), answer("Again", "start")],
        };
        let end = Step::End { text: "Go on.".to_owned(), send: String::new(), escalate: false };
        let steps = vec![("start".to_owned(), question), ("end".to_owned(), end)];
        let tree = Tree { title: String::new(), start: "start".to_owned(), steps };
        let title = |id: &str| if id == "start" { "Why <now>?".to_owned() } else { "Go on.".to_owned() };
        let svg = draw(&tree, &title, false);
        assert_eq!((svg.matches("<g").count(), svg.matches("class=\"again\"").count()), (4, 2));
        assert_eq!(svg.matches("<path").count(), 3);
        assert!(svg.contains("Why &lt;now&gt;?") && svg.contains("“Pay”"), "{svg}");
        assert_ne!(draw(&tree, &title, true), svg);
    }

    #[test]
    fn texts_keep_to_their_boxes() {
        assert_eq!(
            wrapped("a few words that take more than a line", 3),
            ["a few words that take", "more than a line"]
        );
        assert_eq!(wrapped(&"word ".repeat(40), 2)[1], "word word word word wor…");
        assert_eq!(wrapped(&"x".repeat(60), 2), ["x".repeat(24)]);
    }
}
