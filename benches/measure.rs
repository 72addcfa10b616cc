//! What the benchmarks share: where they work, and the middle of several runs.

use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A folder of this process: below `BENCH_DIR`, or in a memory file system where there is one.
pub fn folder() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    let memory = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let folder = std::env::var_os("BENCH_DIR").map_or(memory, PathBuf::from);
    folder.join(format!("level-one-bench-{}", std::process::id()))
}

/// The words of the call; Cargo adds `--bench`.
pub fn arguments() -> Vec<String> {
    std::env::args().skip(1).filter(|argument| argument != "--bench").collect()
}

/// The numbers of lessons that the call names, or these.
pub fn sizes(arguments: &[String], otherwise: &[usize]) -> Vec<usize> {
    let sizes: Vec<usize> =
        arguments.iter().map(|size| size.parse().expect("each word is a number of lessons")).collect();
    if sizes.is_empty() { otherwise.to_vec() } else { sizes }
}

/// A value and the time that it took.
pub fn timed<T>(act: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let value = act();
    (value, start.elapsed())
}

/// The middle one.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// A time in milliseconds.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
