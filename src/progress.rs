//! How far a build has come: counted by the pipeline, watched from outside, where there is a clock.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The pages that are done, and those that are being made.
#[derive(Debug, Default)]
pub struct Progress {
    of: AtomicUsize,
    done: AtomicUsize,
    in_work: Mutex<BTreeSet<String>>,
}

impl Progress {
    /// So many pages will be made.
    pub fn expect(&self, pages: usize) {
        self.of.store(pages, Ordering::Relaxed);
    }

    /// How many pages will be made; 0 before that is known.
    pub fn of(&self) -> usize {
        self.of.load(Ordering::Relaxed)
    }

    /// A page is begun.
    pub fn begin(&self, page: &str) {
        self.in_work().insert(page.to_owned());
    }

    /// A page is done.
    pub fn end(&self, page: &str) {
        self.in_work().remove(page);
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// How many pages are done.
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// A page that is being made.
    pub fn current(&self) -> Option<String> {
        self.in_work().first().cloned()
    }

    fn in_work(&self) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
        self.in_work.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
