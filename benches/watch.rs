//! How long a save takes to reach the browser: from the moment that a file begins to be written until `serve` has told
//! an open page and the new page has been answered. Waiting for quiet is part of it.
//!
//! `cargo bench --bench watch` measures guides of 1,000 and 10,000 lessons; `-- 500` one of 500. `BENCH_DIR` names the
//! folder to work in. Then comes what the process costs while nothing happens, and after many edits: `EDITS` and
//! `IDLE_SECONDS` (10,000 and 60, unless set).

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads clocks and files, and prints"
)]

mod corpus;
mod measure;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::measure::{median, milliseconds, timed};

/// How often each kind of edit is made.
const EDITS_OF_A_KIND: usize = 15;

/// Between two edits an author takes longer than this; by then the look at everything that follows an edit is over.
const PAUSE: Duration = Duration::from_millis(250);

/// A kind of edit: its name, the file, the page that shows it, and its text for a number of lessons and of the edit.
type Kind = (&'static str, PathBuf, String, fn(usize, usize) -> String);

fn main() {
    println!("lessons  edit                 median      slowest");
    for lessons in measure::sizes(&measure::arguments(), &[1_000, 10_000]) {
        let guide = measure::folder();
        corpus::write(&guide, lessons).expect("the guide can be written");
        measure_guide(&guide, lessons);
        fs::remove_dir_all(&guide).expect("the guide can be removed");
    }
}

fn measure_guide(guide: &Path, lessons: usize) {
    let styles = guide.join("themes/default/styles");
    fs::create_dir_all(&styles).expect("can be made");
    fs::write(styles.join("own.css"), style(0, 0)).expect("can be written");
    let mut server = Server::start(guide);
    let middle = lessons / 2;
    let page = format!("lessons/lesson-{middle:05}.html");
    let lesson = guide.join(corpus::lesson_path(middle));
    let win = guide.join(format!("content/wins/win-{:05}.yaml", middle / 20 * 20));
    let template = guide.join("themes/default/templates/lesson.html");
    let kinds: [Kind; 7] = [
        ("a lesson's text", lesson.clone(), page.clone(), body),
        ("a lesson's title", lesson, page.clone(), title),
        ("a win's text", win.clone(), "wins/index.html".to_owned(), win_text),
        ("a win's title", win, "wins/index.html".to_owned(), win_title),
        ("a style sheet", styles.join("own.css"), "assets/style".to_owned(), style),
        ("a new template", template.clone(), page.clone(), lesson_template),
        ("a template", template, page, lesson_template),
    ];
    let mut edit = 0;
    for (name, file, page, text) in &kinds {
        let edits = if name.contains("new") { 1 } else { EDITS_OF_A_KIND };
        let times: Vec<Duration> = (0..edits)
            .map(|_| {
                edit += 1;
                std::thread::sleep(PAUSE);
                server.edit(file, &text(lessons, edit), page, edit)
            })
            .collect();
        let slowest = times.iter().max().copied().unwrap_or_default();
        println!(
            "{lessons:>7}  {name:<18} {:>6.1} ms  {:>8.1} ms",
            milliseconds(median(times)),
            milliseconds(slowest)
        );
    }
    fs::remove_dir_all(guide.join("themes")).expect("can be removed");
    // Without a theme of its own every page is made again, and that has to be over.
    std::thread::sleep(PAUSE * 12);
    let memory = server.memory();
    let before = server.processor_time();
    let idle = from_environment("IDLE_SECONDS", 60);
    std::thread::sleep(Duration::from_secs(idle as u64));
    let used = server.processor_time() - before;
    println!(
        "{lessons:>7}  idle for {idle} s: {:.3} % of a core, {memory:.0} MB",
        used / idle as f64 * 100.0
    );
    server.catch_up();
    let edits = from_environment("EDITS", 10_000);
    let (lesson, page) = (&kinds[0].1, &kinds[0].2);
    let (_, took) = timed(|| {
        for _ in 0..edits {
            edit += 1;
            server.edit(lesson, &body(lessons, edit), page, edit);
        }
    });
    println!(
        "{lessons:>7}  {edits} edits without a pause: {:.1} ms each, then {:.0} MB",
        milliseconds(took) / edits as f64,
        server.memory()
    );
}

fn from_environment(name: &str, otherwise: usize) -> usize {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect("is a number"))
}

/// What an edition's page holds.
fn mark(edit: usize) -> String {
    format!("edition-{edit}-of-this")
}

fn body(lessons: usize, edit: usize) -> String {
    corpus::lesson(lessons / 2, lessons, 0) + &format!("\nThe {}.\n", mark(edit))
}

fn title(lessons: usize, edit: usize) -> String {
    corpus::lesson(lessons / 2, lessons, 0).replacen("title: ", &format!("title: {} ", mark(edit)), 1)
}

fn win_text(_: usize, edit: usize) -> String {
    win("A win", &mark(edit))
}

/// Another title makes another address too.
fn win_title(_: usize, edit: usize) -> String {
    win(&format!("A win {}", mark(edit)), "It went well.")
}

fn win(title: &str, what: &str) -> String {
    format!("title: {title}\ndate: 2026-03\nwhat: {what}\nvisibility: public\nchecked: yes\n")
}

fn style(_: usize, edit: usize) -> String {
    format!(":root {{ --own: \"{}\" }}\n", mark(edit))
}

fn lesson_template(_: usize, edit: usize) -> String {
    include_str!("../themes/default/templates/lesson.html").replacen(
        "{% block main %}",
        &format!("{{% block main %}}<!-- {} -->", mark(edit)),
        1,
    )
}

/// A running `serve`, and a page that listens to it.
struct Server {
    child: Child,
    address: String,
    events: BufReader<TcpStream>,
}

impl Server {
    fn start(guide: &Path) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_level-one"))
            .args(["serve", "--port", "0"])
            .arg(guide)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program can be run");
        let mut lines = BufReader::new(child.stdout.take().expect("is piped"));
        let address = loop {
            let mut line = String::new();
            lines.read_line(&mut line).expect("says its address");
            if let Some(rest) = line.strip_prefix("http://") {
                break rest.split('/').next().unwrap_or("").to_owned();
            }
        };
        // Somebody has to read what it says.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        let mut server = Server { events: listen(&address), child, address };
        server.next_event();
        server
    }

    /// Connects again, and forgets what was told meanwhile.
    fn catch_up(&mut self) {
        self.events = listen(&self.address);
        self.next_event();
    }

    /// Writes a file, and waits until the page has been told and the new one is there.
    fn edit(&mut self, file: &Path, text: &str, page: &str, edit: usize) -> Duration {
        fs::create_dir_all(file.parent().expect("lies in a folder")).expect("can be made");
        let (_, took) = timed(|| {
            fs::write(file, text).expect("can be written");
            let event = self.next_event();
            // Styles have another address each time.
            let style = event.split("\"style\":\"").nth(1).and_then(|rest| rest.split('"').next());
            let path = style.filter(|_| page == "assets/style").unwrap_or(page);
            let mut answer = String::new();
            ask(&self.address, &format!("/{path}")).read_to_string(&mut answer).expect("answers");
            assert!(answer.contains(&mark(edit)), "{path} is not the new one after {event}");
        });
        took
    }

    /// The next state that the page is told.
    fn next_event(&mut self) -> String {
        loop {
            let mut line = String::new();
            assert!(self.events.read_line(&mut line).expect("goes on") > 0, "the server has ended");
            if line.starts_with("data: {") {
                return line;
            }
        }
    }

    /// The memory that the process has now, in megabytes.
    fn memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0 kB");
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) / 1_000.0
    }

    /// The time that the process has taken on all cores, in seconds, to some nanoseconds.
    fn processor_time(&self) -> f64 {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.id())).into_iter().flatten().flatten();
        let nanoseconds = tasks.filter_map(|task| {
            let text = fs::read_to_string(task.path().join("schedstat")).ok()?;
            text.split(' ').next()?.parse::<f64>().ok()
        });
        nanoseconds.sum::<f64>() / 1e9
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn listen(address: &str) -> BufReader<TcpStream> {
    BufReader::new(ask(address, "/__level-one/events"))
}

fn ask(address: &str, path: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).expect("listens");
    stream.set_nodelay(true).expect("can be set");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")
        .expect("takes a request");
    stream
}
