//! One build at a time: a lock on the folder that the output lies in. It goes with the process, however that ends, and
//! leaves no file behind.

use std::fs::{File, TryLockError};
use std::path::Path;

/// Held while a site is written.
#[derive(Debug)]
pub struct Lock {
    _folder: Option<File>,
}

impl Lock {
    /// Waits until no other build writes to a folder. Where a folder cannot be locked (some network file systems,
    /// other systems), builds are not kept apart.
    pub fn of(folder: &Path, mut say_that_it_waits: impl FnMut()) -> Lock {
        loop {
            // The folder may not be there yet; then the nearest one above it serves for all who wait.
            let Some(above) = folder.ancestors().skip(1).find(|above| above.is_dir()) else {
                return Lock { _folder: None };
            };
            let Ok(file) = File::open(above) else { return Lock { _folder: None } };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    say_that_it_waits();
                    if file.lock().is_err() {
                        return Lock { _folder: None };
                    }
                }
                Err(TryLockError::Error(_)) => return Lock { _folder: None },
            }
            // Another build may have made a nearer folder in the meantime.
            if folder.ancestors().skip(1).find(|above| above.is_dir()) == Some(above) {
                return Lock { _folder: Some(file) };
            }
        }
    }
}
