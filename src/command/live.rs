//! What `watch` and `serve` share: they run what `build` runs, again whenever a file changes.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use anstream::{eprintln, println};

use crate::cache::Cache;
use crate::cli::{Guide, Poll, Print};
use crate::command::{Failure, build, options, report, today};
use crate::diagnostic::{self, Diagnostic};
use crate::disk::read::Tree;
use crate::disk::watch::{Wake, Watcher};
use crate::output::{Changes, Made, Output};
use crate::pipeline::Build;
use crate::snapshot::Snapshot;

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

/// A guide that is built again and again.
pub struct Live<'c> {
    print: &'c Print,
    tree: Tree,
    snapshot: Arc<Snapshot>,
    cache: Cache,
    watcher: Watcher,
    /// Whether the last look failed, so that the next run has to take place whatever it sees.
    failed: bool,
    /// What was found last, so that the same is not said again.
    said: Vec<Diagnostic>,
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
            Watcher::new(&guide.root, poll.poll.map(|pause| Duration::from_millis(pause.unwrap_or(500))));
        if let Some((pause, why)) = watcher.polls()
            && !print.quiet
        {
            println!("looking for changes every {} ms: {why}", pause.as_millis());
        }
        Ok(Live {
            print,
            tree: Tree::new(&guide.root),
            snapshot: Arc::new(snapshot),
            cache: Cache::for_many_runs(),
            watcher,
            failed: true,
            said: Vec::new(),
        })
    }

    /// Runs, waits for a change, and runs again, for as long as the process lives. Each run is laid over the output
    /// and handed to `then`.
    pub fn run(
        mut self,
        output: &RwLock<Output>,
        then: &mut dyn FnMut(&Run<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut wake = Wake::All;
        loop {
            let start = Instant::now();
            match self.look(&wake) {
                Ok(false) => {}
                Ok(true) => {
                    let made = Arc::new(Made::default());
                    let cache = std::mem::take(&mut self.cache);
                    let (build, cache) = build(&self.snapshot, cache, &made, self.print.quiet);
                    self.cache = cache;
                    let changes = build.pages.map(|_| self.lay_over(made, output));
                    self.failed = false;
                    let run = Run { build: &build, snapshot: &self.snapshot, changes, trouble: None };
                    then(&run)?;
                    self.say(&build, run.changes.as_ref(), start);
                }
                Err(failure) => {
                    let trouble = failure.to_string();
                    if !self.failed || self.said.is_empty() {
                        eprintln!("{}: {trouble}", report::in_red("error"));
                    }
                    self.failed = true;
                    let build = Build::default();
                    let run = Run {
                        build: &build,
                        snapshot: &self.snapshot,
                        changes: None,
                        trouble: Some(trouble),
                    };
                    then(&run)?;
                }
            }
            wake = loop {
                let wake = self.watcher.wait();
                if wake != Wake::Files(Vec::new()) {
                    break wake;
                }
            };
        }
    }

    /// Looks at the disk. Says whether there is anything to do.
    fn look(&mut self, wake: &Wake) -> Result<bool, Failure> {
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
        let new_day = snapshot.today != today;
        snapshot.today = today;
        if let (Wake::Files(files), false) = (wake, self.failed)
            && let Some(changed) = self.tree.refresh_some(snapshot, files)
        {
            return Ok(changed || new_day);
        }
        let start = Instant::now();
        let changed = self.tree.refresh(snapshot);
        self.watcher.looked_at_all(start.elapsed());
        self.watcher.follow(self.tree.linked.clone());
        Ok(changed? || new_day || self.failed)
    }

    fn lay_over(&self, made: Arc<Made>, output: &RwLock<Output>) -> Changes {
        let made = Arc::try_unwrap(made).expect("the pipeline has ended");
        let cache = &self.cache;
        let stylesheet = cache.stylesheet().cloned();
        let mut output = output.write().unwrap_or_else(PoisonError::into_inner);
        output.update(made, stylesheet, |path| cache.has_file(path), cache.file_count())
    }

    /// One calm line on a run, and what is wrong if that is something new.
    fn say(&mut self, build: &Build, changes: Option<&Changes>, start: Instant) {
        let first = self.said.is_empty() && changes.is_some_and(|changes| changes.changed.len() > 1);
        if build.diagnostics != self.said {
            report::diagnostics(build, &self.snapshot);
            self.said.clone_from(&build.diagnostics);
        }
        if self.print.quiet {
            return;
        }
        let took = report::duration(start.elapsed());
        let tally = report::tally(diagnostic::tally(&build.diagnostics));
        match changes {
            Some(changes) if self.print.verbose => {
                for path in &changes.changed {
                    println!("changed {path}");
                }
                for path in &changes.removed {
                    println!("removed {path}");
                }
            }
            _ => {}
        }
        match changes {
            Some(_) if first => {
                let pages = report::counted(build.pages.unwrap_or(0), "page", "pages");
                let left_out = report::left_out(&build.left_out);
                let left_out = if left_out.is_empty() { left_out } else { format!(", left out: {left_out}") };
                println!("{pages}{left_out}, {tally} in {took}");
            }
            Some(changes) => {
                let mut parts = vec![changed_in_words(changes)];
                if !changes.removed.is_empty() {
                    parts
                        .push(format!("{} removed", report::counted(changes.removed.len(), "file", "files")));
                }
                parts.push(tally);
                println!("{} in {took}", parts.join(", "));
            }
            None => println!("the last good site stays: {tally}"),
        }
    }
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
