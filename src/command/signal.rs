//! Ctrl-C and a polite request to stop: what is half done is undone first.

use std::sync::mpsc;
#[cfg(unix)]
use std::task::Poll;

/// The exit codes that shells give for a process that a signal has ended: 128 and the signal's number.
const INTERRUPTED: i32 = 130;
#[cfg(unix)]
const TERMINATED: i32 = 143;

/// Does something when the process is asked to stop, and ends it: with this exit code, or that of the signal. Returns
/// once the process listens.
pub fn on_stop(code: Option<i32>, act: impl FnOnce() + Send + 'static) {
    let (ready, is_ready) = mpsc::channel();
    std::thread::spawn(move || {
        // Where signals cannot be listened to, the system ends the process; the next build clears up behind it.
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else { return };
        let of_signal = runtime.block_on(async {
            let stopped = stopped();
            let _ = ready.send(());
            stopped?.await
        });
        if let Some(of_signal) = of_signal {
            act();
            std::process::exit(code.unwrap_or(of_signal));
        }
    });
    let _ = is_ready.recv();
}

/// The exit code of the first request to stop.
#[cfg(unix)]
fn stopped() -> Option<impl Future<Output = Option<i32>>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt()).ok()?;
    let mut terminate = signal(SignalKind::terminate()).ok()?;
    Some(std::future::poll_fn(move |context| {
        if interrupt.poll_recv(context).is_ready() {
            Poll::Ready(Some(INTERRUPTED))
        } else {
            terminate.poll_recv(context).map(|_| Some(TERMINATED))
        }
    }))
}

#[cfg(not(unix))]
fn stopped() -> Option<impl Future<Output = Option<i32>>> {
    Some(async { tokio::signal::ctrl_c().await.ok().map(|()| INTERRUPTED) })
}
