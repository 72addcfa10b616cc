//! `level-one watch`: the website into a folder, again whenever a file changes.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use anstream::eprintln;

use crate::cli::Watch;
use crate::command::live::Live;
use crate::command::{Failure, destination, report, say_that_it_waits, signal};
use crate::disk::publish::{self, Publisher};
use crate::output::Output;

/// Watches until it is stopped.
pub fn run(call: &Watch) -> Result<u8, Failure> {
    report::set_color(&call.print);
    let root = &call.guide.root;
    let folder = destination(root, &call.destination);
    publish::check_folder(root, &folder)?;
    let live = Live::new(&call.guide, &call.print, &call.poll)?;
    // A site that is being put in its place is put there whole before the process ends.
    let publishing: Arc<Mutex<Option<Arc<Publisher>>>> = Arc::default();
    let stopped = publishing.clone();
    signal::on_stop(Some(0), move || {
        let publisher = stopped.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(publisher) = publisher {
            publisher.abandon();
        }
    });
    let output = RwLock::new(Output::default());
    // What could not be written, for the next time.
    let mut behind = true;
    live.run(&output, &mut |run| {
        let Some(changes) = &run.changes else { return };
        let written = Publisher::open(root, &folder, say_that_it_waits).and_then(|publisher| {
            let publisher = Arc::new(publisher);
            *publishing.lock().unwrap_or_else(PoisonError::into_inner) = Some(publisher.clone());
            let output = output.read().unwrap_or_else(PoisonError::into_inner);
            publisher.update(&output, changes, behind)
        });
        *publishing.lock().unwrap_or_else(PoisonError::into_inner) = None;
        behind = written.is_err();
        if let Err(error) = written {
            eprintln!("{}: {error}", report::in_red("error"));
        }
    })
}
