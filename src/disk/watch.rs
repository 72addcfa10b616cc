//! Tells when files of a guide change, and what: the system rings, and then the disk itself is looked at.
//!
//! What an event says is only a hint of where to look first. A rescan of everything always follows, and one comes now
//! and then without any event, so that nothing is missed for long.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RemoveKind, RenameMode};
use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::disk::read::{FOLDERS, Linked, is_passing};
use crate::disk::system;

/// How often the disk is looked at where the system does not tell, unless the caller says so.
pub const POLL: Duration = Duration::from_millis(500);

/// How long after a file was closed or put in its place: editors do several things at once.
const AFTER_CLOSE: Duration = Duration::from_millis(1);

/// How long after a file has gone: editors that move the old one away put the new one in its place at once.
const AFTER_LOSS: Duration = Duration::from_millis(15);

/// How long while a file was written to and is not closed yet. On a busy machine it may stay empty for a while. Other
/// systems do not tell when a file is closed.
const WHILE_OPEN: Duration = Duration::from_millis(if cfg!(target_os = "linux") { 100 } else { 15 });

/// How long at most, if signs never end.
const AT_MOST: Duration = Duration::from_millis(250);

/// How long after the first look the full one follows.
const FULL_LOOK: Duration = Duration::from_millis(80);

/// A look without any sign may take this part of the time: below a tenth of a percent of one core, though it runs on
/// several.
const LOOK_SHARE: u32 = 5_000;

/// What woke the watcher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wake {
    /// These files may have changed, and nothing else, as far as is known.
    Files(Vec<PathBuf>),
    /// Look at everything.
    All,
}

/// Watches a guide.
pub struct Watcher {
    root: PathBuf,
    events: Receiver<notify::Result<Event>>,
    /// None where the disk is looked at again and again.
    watcher: Option<RecommendedWatcher>,
    poll: Duration,
    /// Why, if the disk is looked at again and again.
    why_poll: Option<String>,
    /// What links lead to, which may lie outside of the watched folders.
    linked: Linked,
    /// The folders that are watched.
    watched: Vec<Option<(u64, u64)>>,
    /// When everything is to be looked at, whatever happens.
    next_full: Instant,
}

impl Watcher {
    /// Watches the content and themes of a guide: by the system, or with `poll` by looking again and again.
    pub fn new(root: &Path, poll: Option<Duration>) -> Watcher {
        let (sender, events) = mpsc::channel();
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let mut watcher = Watcher {
            root,
            events,
            watcher: None,
            poll: poll.unwrap_or(POLL),
            why_poll: None,
            linked: Linked::new(),
            watched: Vec::new(),
            next_full: Instant::now() + Duration::from_secs(1),
        };
        if poll.is_some() {
            watcher.why_poll = Some("`--poll` asks for it".to_owned());
        } else if let Some(kind) = system::network_disk(&watcher.root) {
            watcher.why_poll = Some(format!("changes on {kind} are not told by the system"));
        } else {
            watcher.watched = watcher.identities();
            // A closed channel means that nobody waits any more.
            let made = notify::recommended_watcher(move |event| drop(sender.send(event)));
            let started = made.and_then(|made| {
                watcher.watcher = Some(made);
                watcher.watch_all()
            });
            if let Err(error) = started {
                watcher.fall_back(&error);
            }
        }
        watcher
    }

    /// How changes are noticed, if not by the system: how often the disk is looked at, and why.
    pub fn polls(&self) -> Option<(Duration, &str)> {
        Some((self.poll, self.why_poll.as_deref()?))
    }

    fn fall_back(&mut self, error: &notify::Error) {
        self.watcher = None;
        self.why_poll = Some(format!("the system cannot watch the folders ({error})"));
    }

    /// What tells the watched folders from others of their names.
    fn identities(&self) -> Vec<Option<(u64, u64)>> {
        let folders = FOLDERS.iter().map(|folder| self.root.join(folder));
        let identity = |folder: PathBuf| system::identity(&folder.metadata().ok()?);
        std::iter::once(self.root.clone()).chain(folders).map(identity).collect()
    }

    fn watch_all(&mut self) -> notify::Result<()> {
        let Some(watcher) = &mut self.watcher else { return Ok(()) };
        // The guide's own folder, for a `content` that comes later; then what is there.
        watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        for folder in FOLDERS.iter().map(|folder| self.root.join(folder)).filter(|folder| folder.is_dir()) {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
        Ok(())
    }

    /// Watches what links lead to, too.
    pub fn follow(&mut self, linked: &Linked) {
        for (folder, below) in linked {
            // What lies in the watched folders is watched with all below it.
            let is_watched = FOLDERS.iter().any(|watched| folder.starts_with(self.root.join(watched)));
            if let Some(watcher) = &mut self.watcher
                && !is_watched
                && self.linked.get(folder) != Some(below)
            {
                let mode = if *below { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
                // Where that cannot be, the look that comes now and then finds changes.
                let _ = watcher.watch(folder, mode);
            }
        }
        self.linked.clone_from(linked);
    }

    /// Notes that everything was looked at, and how long that took.
    pub fn looked_at_all(&mut self, took: Duration) {
        // Watches stay with a folder that is moved away; the one that stands in its place now has none.
        let identities = self.identities();
        if self.watched != identities
            && let Err(error) = self.watch_all()
        {
            self.fall_back(&error);
        }
        self.watched = identities;
        let pause = (took * LOOK_SHARE).clamp(Duration::from_secs(2), Duration::from_secs(90));
        self.next_full = Instant::now() + if self.watcher.is_some() { pause } else { self.poll };
    }

    /// Waits until something may have changed.
    pub fn wait(&mut self) -> Wake {
        loop {
            if let Some(wake) = self.next_wake() {
                return wake;
            }
        }
    }

    /// The next sign; none if it means nothing of ours.
    fn next_wake(&mut self) -> Option<Wake> {
        let Some(first) = self.next_event(self.next_full.saturating_duration_since(Instant::now())) else {
            return Some(Wake::All);
        };
        let begin = Instant::now();
        let mut wake = Gathered::default();
        self.gather(&mut wake, first);
        while begin.elapsed() < AT_MOST {
            let Some(event) = self.next_event(wake.pause()) else { break };
            self.gather(&mut wake, event);
        }
        self.keep_watching(&mut wake);
        if wake.files.is_empty() && !wake.all {
            return None;
        }
        // Whatever is published first, everything is looked at once it is quiet.
        self.next_full = self.next_full.min(Instant::now() + FULL_LOOK);
        Some(if wake.all { Wake::All } else { Wake::Files(wake.files.into_iter().collect()) })
    }

    /// Whether to look again, since a file may have been read in the middle of being written: because something has
    /// happened meanwhile, or, if a file was written only just now, happens in a moment.
    pub fn settle(&mut self, just_written: bool) -> bool {
        if self.watcher.is_none() {
            if just_written {
                std::thread::sleep(AFTER_LOSS);
            }
            return just_written;
        }
        let begin = Instant::now();
        let mut wake = Gathered::default();
        let mut pause = if just_written { AFTER_CLOSE } else { Duration::ZERO };
        while begin.elapsed() < AT_MOST {
            let Some(event) = self.next_event(pause) else { break };
            self.gather(&mut wake, event);
            if wake.all || !wake.files.is_empty() {
                pause = wake.pause();
            }
        }
        self.keep_watching(&mut wake);
        let again = wake.all || !wake.files.is_empty();
        if again {
            // In case nobody looks again now: the signs are spent.
            self.next_full = self.next_full.min(Instant::now() + FULL_LOOK);
        }
        again
    }

    /// Watches folders that have come, or goes over to looking again and again where the system can watch no more.
    fn keep_watching(&mut self, wake: &mut Gathered) {
        let failed =
            wake.failed.take().or_else(|| if wake.watch_again { self.watch_all().err() } else { None });
        if let Some(error) = failed {
            self.fall_back(&error);
            wake.all = true;
        }
    }

    fn next_event(&mut self, pause: Duration) -> Option<notify::Result<Event>> {
        if self.watcher.is_none() {
            std::thread::sleep(pause);
            return None;
        }
        match self.events.recv_timeout(pause) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                self.watcher = None;
                self.why_poll = Some("the system has stopped telling".to_owned());
                None
            }
        }
    }

    fn gather(&self, wake: &mut Gathered, event: notify::Result<Event>) {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                wake.all = true;
                // From now on folders would be missed.
                wake.failed = Some(error).filter(|error| matches!(error.kind, ErrorKind::MaxFilesWatch));
                return;
            }
        };
        if event.need_rescan() {
            wake.all = true;
            return;
        }
        let ours: Vec<&PathBuf> = event.paths.iter().filter(|path| self.is_ours(path)).collect();
        if ours.is_empty() {
            return;
        }
        let mut pause = None;
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(RenameMode::To)) => pause = Some(AFTER_CLOSE),
            EventKind::Access(_) => return,
            EventKind::Modify(ModifyKind::Data(_)) | EventKind::Create(CreateKind::File) => {
                pause = Some(WHILE_OPEN)
            }
            EventKind::Modify(ModifyKind::Name(RenameMode::From)) | EventKind::Remove(RemoveKind::File) => {
                pause = Some(AFTER_LOSS);
            }
            // Metadata: that a file may be read now, say.
            EventKind::Modify(ModifyKind::Name(_) | ModifyKind::Metadata(_)) => {}
            _ => wake.all = true,
        }
        for path in ours {
            if let Some(pause) = pause {
                wake.pauses.insert(path.clone(), pause);
            }
            if FOLDERS.iter().any(|folder| *path == self.root.join(folder)) {
                wake.watch_again = true;
                wake.all = true;
            }
            wake.files.insert(path.clone());
        }
    }

    /// Whether a path is of those that a site is made from.
    fn is_ours(&self, path: &Path) -> bool {
        let passes = path.file_name().is_some_and(|name| is_passing(&name.to_string_lossy()));
        let inside = FOLDERS.iter().any(|folder| path.starts_with(self.root.join(folder)));
        let linked = self.linked.keys().any(|folder| path.starts_with(folder));
        !passes && (inside || linked)
    }
}

/// What several events say together.
#[derive(Default)]
struct Gathered {
    files: BTreeSet<PathBuf>,
    all: bool,
    /// How long to wait without a sign, for what happened last to each file.
    pauses: BTreeMap<PathBuf, Duration>,
    watch_again: bool,
    /// Why the system can watch no more.
    failed: Option<notify::Error>,
}

impl Gathered {
    /// How long without a sign until it is quiet.
    fn pause(&self) -> Duration {
        self.pauses.values().max().copied().unwrap_or(AFTER_CLOSE)
    }
}
