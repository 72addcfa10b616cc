//! What `watch` and `serve` share: they run what `build` runs, again whenever a file changes.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use anstream::{eprintln, println};
use rayon::ThreadPool;

use crate::cache::Cache;
use crate::cli::{Guide, Poll, Print};
use crate::command::{Failure, build, options, report, today};
use crate::diagnostic::{self, Diagnostic};
use crate::disk::read::Tree;
use crate::disk::watch::{POLL, Wake, Watcher};
use crate::output::{Changes, Made, Output};
use crate::pipeline::Build;
use crate::snapshot::Snapshot;
use crate::source::SitePath;

/// What a run has brought about.
pub struct Run<'l> {
    /// What was found.
    pub build: &'l Build,
    /// The files that it was made from.
    pub snapshot: &'l Snapshot,
    /// What has changed in the output; none if something is wrong and the last good site stays.
    pub changes: Option<Changes>,
    /// What is wrong and no finding in a file: the guide is not there, say.
    pub trouble: Option<String>,
}

/// How often everything is looked at before a run, while files are still being written.
const MOST_LOOKS: usize = 4;

/// A guide that is built again and again.
pub struct Live<'c> {
    print: &'c Print,
    tree: Tree,
    snapshot: Arc<Snapshot>,
    cache: Cache,
    /// The threads that runs take place on, apart from those that look at the disk.
    pool: Option<Arc<ThreadPool>>,
    watcher: Watcher,
    /// How changes are noticed, as it was said last.
    polls: Option<String>,
    /// Whether there was a run without errors.
    begun: bool,
    /// Why the last look failed. The next run has to take place whatever it sees.
    trouble: Option<String>,
    /// Whether the disk was looked at.
    looked: bool,
    /// What was found last, so that the same is not said again.
    said: HashSet<Diagnostic>,
}

impl<'c> Live<'c> {
    /// Begins to watch.
    pub fn new(guide: &'c Guide, print: &'c Print, poll: &Poll) -> Result<Live<'c>, Failure> {
        if !guide.root.is_dir() {
            return Err(Failure::new(format!("there is no folder `{}`", guide.root.display())));
        }
        let snapshot = Snapshot {
            files: Default::default(),
            today: today()?,
            options: options(guide),
            problems: Vec::new(),
        };
        let watcher =
            Watcher::new(&guide.root, poll.poll.map(|pause| pause.map_or(POLL, Duration::from_millis)));
        Ok(Live {
            print,
            tree: Tree::new(&guide.root),
            snapshot: Arc::new(snapshot),
            cache: Cache::for_many_runs(),
            pool: pool(),
            watcher,
            polls: None,
            begun: false,
            trouble: None,
            looked: false,
            said: HashSet::new(),
        })
    }

    /// Runs, waits for a change, and runs again, for as long as the process lives. Each run is laid over the output
    /// and handed to `then`.
    pub fn run(mut self, output: &RwLock<Output>, then: &mut dyn FnMut(&Run<'_>)) -> ! {
        let mut wake = Wake::All;
        loop {
            self.say_how_it_watches();
            let start = Instant::now();
            match self.look(&wake) {
                Ok(None) => {}
                Ok(Some(files)) => {
                    let made = Arc::new(Made::default());
                    let cache = std::mem::take(&mut self.cache);
                    let (build, cache) =
                        build(&self.snapshot, cache, &made, self.print.quiet, self.pool.as_ref());
                    self.cache = cache.unwrap_or_else(|| self.give_up());
                    let changes = build.pages.map(|_| self.lay_over(made, output));
                    let run = Run { build: &build, snapshot: &self.snapshot, changes, trouble: None };
                    then(&run);
                    self.say(&run, &files, start.elapsed());
                    self.begun |= run.changes.is_some();
                    self.said = build.diagnostics.into_iter().collect();
                }
                Err(failure) => self.fail(&failure, then),
            }
            wake = self.watcher.wait();
        }
    }

    /// A template without an end keeps its threads. The next runs get others.
    fn give_up(&mut self) -> Cache {
        eprintln!(
            "that template goes on in the background; once it is mended, start this command again to end it"
        );
        self.pool = pool();
        Cache::for_many_runs()
    }

    fn say_how_it_watches(&mut self) {
        let polls = self
            .watcher
            .polls()
            .map(|(pause, why)| format!("looking for changes every {} ms: {why}", pause.as_millis()));
        if polls != self.polls && !self.print.quiet {
            println!("{}", polls.as_deref().unwrap_or("the system tells of changes"));
        }
        self.polls = polls;
    }

    /// The guide cannot be read at all: the last good site stays.
    fn fail(&mut self, failure: &Failure, then: &mut dyn FnMut(&Run<'_>)) {
        let trouble = failure.to_string();
        if self.trouble.as_ref() == Some(&trouble) {
            return;
        }
        eprintln!("{}: {trouble}", report::in_red("error"));
        self.said.clear();
        let build = Build::default();
        self.trouble = Some(trouble.clone());
        then(&Run { build: &build, snapshot: &self.snapshot, changes: None, trouble: Some(trouble) });
    }

    /// Looks at the disk. Gives the files that have changed; none if there is nothing to do.
    fn look(&mut self, wake: &Wake) -> Result<Option<Vec<SitePath>>, Failure> {
        let today = today()?;
        let snapshot = Arc::get_mut(&mut self.snapshot);
        // A template without an end may still hold the last one; it is copied then.
        let snapshot = match snapshot {
            Some(snapshot) => snapshot,
            None => {
                self.snapshot = Arc::new(Snapshot::clone(&self.snapshot));
                Arc::get_mut(&mut self.snapshot).expect("nobody else has the copy")
            }
        };
        let must_run = snapshot.today != today || !self.looked || self.trouble.is_some();
        let run = |changed: Option<Vec<SitePath>>| changed.or_else(|| must_run.then(Vec::new));
        snapshot.today = today;
        if let Wake::Files(files) = wake
            && !must_run
            && let Some(changed) = self.tree.refresh_some(snapshot, files)
        {
            return Ok(run(Some(changed).filter(|changed| !changed.is_empty())));
        }
        let mut changed: Option<Vec<SitePath>> = None;
        for _ in 0..MOST_LOOKS {
            let start = Instant::now();
            let more = self.tree.refresh(snapshot);
            self.watcher.looked_at_all(start.elapsed());
            self.watcher.follow(&self.tree.linked);
            if let Some(more) = more? {
                changed.get_or_insert_default().extend(more);
            }
            if !self.watcher.settle(self.tree.unsettled) {
                break;
            }
        }
        let changed = run(changed);
        (self.looked, self.trouble) = (true, None);
        Ok(changed)
    }

    fn lay_over(&self, made: Arc<Made>, output: &RwLock<Output>) -> Changes {
        let made = Arc::try_unwrap(made).expect("the pipeline has ended");
        let cache = &self.cache;
        let stylesheet = cache.stylesheet().cloned();
        let mut output = output.write().unwrap_or_else(PoisonError::into_inner);
        output.update(made, stylesheet, |path| cache.has_file(path), cache.file_count())
    }

    /// What is newly wrong, and one calm line on a run: which files had changed, what was made again, what is wrong
    /// now, and how long it took.
    fn say(&self, run: &Run<'_>, files: &[SitePath], took: Duration) {
        let Run { build, changes, .. } = run;
        report::new_diagnostics(build, run.snapshot, &self.said);
        let first = !self.begun;
        if self.print.quiet {
            return;
        }
        if let Some(changes) = changes
            && self.print.verbose
        {
            for path in &changes.changed {
                println!("changed {path}");
            }
            for path in &changes.removed {
                println!("removed {path}");
            }
        }
        let mut parts = Vec::new();
        match changes {
            Some(_) if first => {
                parts.push(report::counted(build.pages.unwrap_or(0), "page", "pages"));
                let left_out = report::left_out(&build.left_out);
                if !left_out.is_empty() {
                    parts.push(format!("left out: {left_out}"));
                }
            }
            Some(changes) => {
                parts.push(changed_in_words(changes));
                if !changes.removed.is_empty() {
                    parts
                        .push(format!("{} removed", report::counted(changes.removed.len(), "file", "files")));
                }
            }
            None if first => parts.push("there is no site yet".to_owned()),
            None => parts.push("the last good site stays".to_owned()),
        }
        parts.push(report::tally(diagnostic::tally(&build.diagnostics)));
        let source = match files {
            _ if first => String::new(),
            // Another day, or what cannot be read.
            [] => String::new(),
            [one] => format!("{one}: "),
            [one, rest @ ..] => {
                format!("{one} and {}: ", report::counted(rest.len(), "other file", "other files"))
            }
        };
        println!("{source}{} in {}", parts.join(", "), report::duration(took));
    }
}

/// Threads for runs. Where the system has none to give, those that are there have to do.
fn pool() -> Option<Arc<ThreadPool>> {
    rayon::ThreadPoolBuilder::new().build().ok().map(Arc::new)
}

/// What has changed, with names where there are few.
fn changed_in_words(changes: &Changes) -> String {
    if let Some(style) = &changes.only_styles {
        return format!("{} changed", style.as_str());
    }
    match changes.changed.as_slice() {
        [] => "no page changed".to_owned(),
        [one] => format!("{one} changed"),
        [one, rest @ ..] => {
            format!("{one} and {} changed", report::counted(rest.len(), "other file", "other files"))
        }
    }
}
