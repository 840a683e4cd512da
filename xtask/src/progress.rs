//! What a person sees while a long step runs: its name when it starts, its duration when it ends.

use std::time::{Duration, Instant};

/// Runs `work` under a heading; prints how long it took when that is worth a line.
pub fn step<T>(name: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    eprintln!("==> {name}");
    let start = Instant::now();
    let result = work();
    let took = start.elapsed();
    if took > Duration::from_millis(500) {
        let verdict = if result.is_ok() { "done" } else { "failed" };
        eprintln!("    {verdict} in {}", seconds(took));
    }
    result
}

/// One line below the current heading.
pub fn note(text: impl AsRef<str>) {
    eprintln!("    {}", text.as_ref());
}

/// An error with its causes, one a line.
pub fn error(error: &anyhow::Error) {
    eprintln!("error: {error}");
    for cause in error.chain().skip(1) {
        eprintln!("  because: {cause}");
    }
}

/// A duration for people: `4.2 s`, `3 min 07 s`.
pub fn seconds(duration: Duration) -> String {
    let whole = duration.as_secs();
    if whole >= 60 {
        format!("{} min {:02} s", whole / 60, whole % 60)
    } else {
        format!("{whole}.{} s", duration.subsec_millis() / 100)
    }
}

/// A size in kB (1000 bytes) with one decimal.
pub fn kilobytes(bytes: u64) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}
