//! The commands: each reads a snapshot, runs the pipeline, does something with the answer and says how it went.

#![expect(
    clippy::disallowed_methods,
    reason = "the clock and the environment are read here, once, and handed on"
)]

pub mod build;
pub mod check;
pub mod clean;
pub mod completions;
pub mod explain;
pub mod init;
mod live;
pub mod new;
pub mod report;
pub mod serve;
mod signal;
pub mod watch;

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::{Timestamp, tz::Offset};
use rayon::ThreadPool;

use crate::cache::Cache;
use crate::cli::{Cli, Command, Destination, Guide};
use crate::diagnostic::{Code, Diagnostic};
use crate::disk;
use crate::output::Sink;
use crate::pipeline::{self, Build};
use crate::progress::Progress;
use crate::snapshot::{Options, Snapshot};
use crate::source::SitePath;

/// All is well; there may have been warnings.
pub const GOOD: u8 = 0;
/// Something in the content has to be mended.
pub const CONTENT: u8 = 1;
/// The call or the machine is at fault.
pub const MACHINE: u8 = 2;

/// The call or the machine is at fault: the command ends with exit code 2.
#[derive(Debug)]
pub struct Failure(String);

/// What a build says when another one is under way.
fn say_that_it_waits() {
    anstream::eprintln!("another build is writing to this folder; waiting until it is done");
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<disk::Error> for Failure {
    fn from(error: disk::Error) -> Failure {
        Failure(error.to_string())
    }
}

impl Failure {
    /// A failure in words.
    pub fn new(message: impl Into<String>) -> Failure {
        Failure(message.into())
    }
}

/// Runs a command.
pub fn run(cli: Cli) -> ExitCode {
    let result = match &cli.command {
        Command::Build(call) => build::run(call),
        Command::Serve(call) => serve::run(call),
        Command::Watch(call) => watch::run(call),
        Command::Check(call) => check::run(call),
        Command::Clean(call) => clean::run(call),
        Command::Init(call) => init::run(call),
        Command::New(call) => new::run(call),
        Command::Explain(call) => explain::run(call),
        Command::Completions(call) => completions::run(call),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            anstream::eprintln!("{}: {failure}", report::in_red("error"));
            ExitCode::from(MACHINE)
        }
    }
}

/// Reads the guide that a call names.
fn snapshot(guide: &Guide) -> Result<Arc<Snapshot>, Failure> {
    Ok(Arc::new(disk::read::snapshot(&guide.root, today()?, options(guide))?))
}

/// What a call asks for.
fn options(guide: &Guide) -> Options {
    Options {
        drafts: guide.drafts,
        future: guide.future,
        base_url: guide.base_url.clone(),
        theme: guide.theme.clone(),
        strict: guide.strict,
    }
}

/// How long a page may take before its template is taken to have no end. The slowest real page takes a hundredth.
const LONGEST_PAGE: Duration = Duration::from_secs(8);

/// Runs the pipeline, says on a terminal how far it is when it takes long, and gives up on a template that does not
/// come to an end: then there is no cache, and the threads of the pool, if one is given, are lost to that template.
fn build(
    snapshot: &Arc<Snapshot>,
    mut cache: Cache,
    sink: &Arc<impl Sink + Send + 'static>,
    quiet: bool,
    pool: Option<&Arc<ThreadPool>>,
) -> (Build, Option<Cache>) {
    let progress = Arc::new(Progress::default());
    let (answer, answers) = mpsc::channel();
    let (own_snapshot, own_progress, own_sink) = (snapshot.clone(), progress.clone(), sink.clone());
    let pool = pool.cloned();
    // The thread is left to itself if it never ends; it goes with the process.
    std::thread::spawn(move || {
        let mut run = || pipeline::run(&own_snapshot, &mut cache, &own_progress, &*own_sink);
        let build = match pool {
            Some(pool) => pool.install(run),
            None => run(),
        };
        drop((own_snapshot, own_sink));
        // Nobody waits any more where the build was given up.
        let _ = answer.send((build, cache));
    });
    let mut line = report::ProgressLine::new(quiet);
    let mut last = (0, None);
    let mut since = Instant::now();
    loop {
        match answers.recv_timeout(Duration::from_millis(200)) {
            Ok((build, cache)) => {
                line.clear();
                return (build, Some(cache));
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                panic!("the build has panicked; please report what is said above")
            }
            Err(mpsc::RecvTimeoutError::Timeout) => {}
        }
        line.show(progress.done(), progress.of());
        let now = (progress.done(), progress.current());
        if now != last {
            (last, since) = (now, Instant::now());
        }
        if let (_, Some(page)) = &last
            && since.elapsed() > LONGEST_PAGE
        {
            line.clear();
            let path = SitePath::new("content/site.yaml");
            let message = format!("the theme's template does not come to an end while it makes `{page}`");
            let finding = Diagnostic::about_file(Code::TemplateInvalid, &path, message);
            let finding =
                finding.help("look for loops within loops in that template and the components that it uses");
            return (Build { diagnostics: vec![finding], ..Build::default() }, None);
        }
    }
}

/// Where a website goes.
fn destination(root: &Path, destination: &Destination) -> PathBuf {
    let own = if root == Path::new(".") { PathBuf::from("public") } else { root.join("public") };
    destination.dest_dir.clone().unwrap_or(own)
}

/// Today's date (UTC), or that of `SOURCE_DATE_EPOCH`, with which a build can be repeated on another day.
fn today() -> Result<Date, Failure> {
    let now = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => {
            let seconds = text.trim().parse::<i64>().ok();
            seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or_else(|| {
                Failure::new(format!(
                    "SOURCE_DATE_EPOCH is `{text}`; it has to be a number of seconds since 1970"
                ))
            })?
        }
        Err(_) => Timestamp::now(),
    };
    Ok(Offset::UTC.to_datetime(now).date())
}
