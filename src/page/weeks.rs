//! A plan for the first weeks: the lessons in an order in which each follows what it requires, half an hour a week.

use serde::Serialize;

use crate::address::Address;
use crate::page::Renderer;
use crate::page::rows::LessonRow;

/// How long the lessons of a week take to read at most, in minutes, unless one alone takes longer.
const MINUTES: usize = 30;

/// How many weeks are planned. Who has come that far needs no plan.
const WEEKS: usize = 6;

/// The lessons of a week.
#[derive(Serialize)]
pub struct Week<'s> {
    number: usize,
    minutes: usize,
    lessons: Vec<LessonRow<'s>>,
}

/// The plan, on the page at an address.
pub fn weeks<'s>(renderer: &Renderer<'s>, from: &Address) -> Vec<Week<'s>> {
    let site = &renderer.site;
    let order = Order::new(renderer);
    let mut weeks: Vec<Week<'s>> = Vec::new();
    for number in order {
        let minutes = site.row(number).minutes;
        if weeks.last().is_none_or(|week| week.minutes + minutes > MINUTES) {
            if weeks.len() == WEEKS {
                break;
            }
            weeks.push(Week { number: weeks.len() + 1, minutes: 0, lessons: Vec::new() });
        }
        let week = weeks.last_mut().expect("there is one");
        week.minutes += minutes;
        week.lessons.push(LessonRow::new(renderer, from, number));
    }
    weeks
}

/// The lessons in the order of reading, each after those that it requires.
struct Order<'r, 's> {
    renderer: &'r Renderer<'s>,
    next: usize,
    /// Lessons that wait for those above them, each with how many of its own it has looked at.
    waiting: Vec<(usize, usize)>,
    seen: Vec<bool>,
}

impl<'r, 's> Order<'r, 's> {
    fn new(renderer: &'r Renderer<'s>) -> Order<'r, 's> {
        let count = renderer.site.lesson_count();
        Order { renderer, next: 0, waiting: Vec::new(), seen: vec![false; count] }
    }
}

impl Iterator for Order<'_, '_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let site = &self.renderer.site;
        loop {
            let Some((lesson, looked)) = self.waiting.last_mut() else {
                let number = (self.next..self.seen.len()).find(|number| !self.seen[*number])?;
                self.next = number + 1;
                self.seen[number] = true;
                self.waiting.push((number, 0));
                continue;
            };
            let Some(slug) = site.row(*lesson).requires.get(*looked) else {
                let lesson = *lesson;
                self.waiting.pop();
                return Some(lesson);
            };
            *looked += 1;
            if let Some(required) = site.lesson_of(&slug.value)
                && !self.seen[required]
            {
                self.seen[required] = true;
                self.waiting.push((required, 0));
            }
        }
    }
}
