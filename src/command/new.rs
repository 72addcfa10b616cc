//! `level-one new`: a file that is valid from its first second. Nothing is ever overwritten.

use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

use anstream::{eprint, println};

use crate::address::slugify;
use crate::cli::{New, NewLesson, NewReply, NewWin};
use crate::command::{Failure, GOOD, today};
use crate::date::{PartialDate, Precision};
use crate::disk;
use crate::yaml::quoted;

/// Begins a lesson, a reply or a win.
pub fn run(call: &New) -> Result<u8, Failure> {
    match call {
        New::Lesson(call) => lesson(call),
        New::Reply(call) => reply(call),
        New::Win(call) => win(call),
    }
}

fn lesson(call: &NewLesson) -> Result<u8, Failure> {
    disk::read::check_guide(&call.root)?;
    let title = given_or_asked(call.title.as_deref(), "title", "The title of the lesson")?;
    let folder = match &call.module {
        Some(module) => format!("content/lessons/{}", slug_of(module)?),
        None => "content/lessons".to_owned(),
    };
    let slug = slug_of(&title)?;
    if let Some(other) = disk::read::find(&call.root.join("content/lessons"), &format!("{slug}.md")) {
        return Err(Failure::new(format!(
            "the lesson `{}` has that address already; choose another title",
            other.display()
        )));
    }
    let path = format!("{folder}/{slug}.md");
    let text = format!(
        "---\ntitle: {}\nsummary: What this lesson gives, in one sentence.\ndate: {}\n---\n\
         Why this matters, in two or three sentences.\n\n\
         ## How to do it\n\n\
         - The first point.\n- The second point.\n- The third point.\n\n\
         ```compare\npoor: How not to say it.\ngood: How to say it.\nbecause: What makes the difference.\n```\n\n\
         ## Try it\n\n- [ ] One thing to do today.\n\n\
         ```plan\nif: this happens\nthen: I do that\n```\n",
        in_yaml(&title),
        today()?,
    );
    write(&call.root, &path, &text)
}

fn reply(call: &NewReply) -> Result<u8, Failure> {
    disk::read::check_guide(&call.root)?;
    let title = given_or_asked(call.title.as_deref(), "title", "The title of the reply")?;
    let path = format!("content/replies/{}.md", slug_of(&title)?);
    let text = format!(
        "---\ntitle: {}\nsituation: When this reply fits, in one sentence.\nreason: none\nstage: any\nchannel: email\n\
         subject: Thank you, {{{{ first_name }}}}\n\
         moves:\n  - greeting\n  - thanks\n  - acknowledge\n  - good-luck\n  - sign-off\n\
         why: Why these words work, in one sentence.\n---\n\
         Hi {{{{ first_name|there }}}},\n\n\
         Thank you for telling me, and for your time.\n\n\
         I respect your decision about the {{{{ role_title }}}} role.\n\n\
         I wish you all the best with what comes next.\n\n\
         {{{{ my_name }}}}\n",
        in_yaml(&title),
    );
    write(&call.root, &path, &text)
}

fn win(call: &NewWin) -> Result<u8, Failure> {
    disk::read::check_guide(&call.root)?;
    let title = given_or_asked(call.title.as_deref(), "title", "The win in a few words")?;
    let what = given_or_asked(call.what.as_deref(), "what", "What happened, without names")?;
    let date = match &call.date {
        Some(text) => PartialDate::parse(text.trim())
            .filter(|date| date.precision() >= Precision::Month)
            .ok_or_else(|| {
                Failure::new(format!("`{text}` is not a date; write it as 2026-03 or 2026-03-12"))
            })?
            .iso(),
        // A month is all that most wins need; a day can point to a person.
        None => PartialDate::day(today()?).iso()[..7].to_owned(),
    };
    let path = format!("content/wins/{date}-{}.yaml", slug_of(&title)?);
    let text =
        format!("title: {}\ndate: {date}\nwhat: {}\nvisibility: private\n", in_yaml(&title), in_yaml(&what));
    write(&call.root, &path, &text)
}

/// What was given with the call, or the answer to a question. Without a terminal nobody can answer.
fn given_or_asked(given: Option<&str>, option: &str, question: &str) -> Result<String, Failure> {
    if let Some(given) = given.map(str::trim) {
        return match given {
            "" => Err(Failure::new(format!("`--{option}` is empty"))),
            given => Ok(one_line(given)),
        };
    }
    let mut input = std::io::stdin().lock();
    if !std::io::stdin().is_terminal() {
        return Err(Failure::new(format!("`--{option}` is missing; add it, such as `--{option} \"…\"`")));
    }
    loop {
        eprint!("{question}: ");
        let _ = std::io::stderr().flush();
        let mut answer = String::new();
        match input.read_line(&mut answer) {
            Ok(0) | Err(_) => return Err(Failure::new("nothing was written")),
            Ok(_) if answer.trim().is_empty() => {}
            Ok(_) => return Ok(one_line(&answer)),
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).collect()
}

/// A text as a value in YAML, in quotes where it needs them.
fn in_yaml(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_alphabetic())
        && text.chars().all(|c| c.is_alphanumeric() || " .,;!?()'’/&%+-".contains(c))
        && !["true", "false", "null", "yes", "no"].contains(&text.to_lowercase().as_str());
    if plain { text.to_owned() } else { quoted(text) }
}

fn slug_of(text: &str) -> Result<String, Failure> {
    let slug = slugify(text);
    match slug.as_str() {
        "" => Err(Failure::new(format!("`{text}` makes no file name; use letters or digits"))),
        "index" | "module" => {
            Err(Failure::new(format!("`{text}` is the name of a page that the build makes; choose another")))
        }
        _ => Ok(slug),
    }
}

fn write(root: &Path, path: &str, text: &str) -> Result<u8, Failure> {
    let file = if root == Path::new(".") { Path::new(path).to_owned() } else { root.join(path) };
    disk::create(&file, text)?;
    println!("{path}");
    Ok(GOOD)
}
