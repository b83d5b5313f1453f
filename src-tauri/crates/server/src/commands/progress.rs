//! Reports how far a copy or a restore is.

use std::{
    io::{IsTerminal, Write},
    time::{Duration, Instant},
};

use cadangan::progress;
use store::copy::{Progress, Step};

/// The time between two reports, if no terminal shows them.
const REPORT_EVERY: Duration = Duration::from_secs(5);

/// Reports the progress: in one line on a terminal, now and then elsewhere.
pub(super) struct Report {
    is_terminal: bool,
    told: Option<Instant>,
}

impl Report {
    pub(super) fn new() -> Self {
        Self { is_terminal: std::io::stderr().is_terminal(), told: None }
    }

    /// One that says nothing of what is done at once, if no terminal shows it.
    pub(super) fn of_what_may_be_short() -> Self {
        let report = Self::new();
        Self { told: (!report.is_terminal).then(Instant::now), ..report }
    }

    pub(super) fn tell(&mut self, progress: Progress) {
        let Progress { table, step, done, total } = progress;
        let step = match step {
            Step::Copy => "copying",
            Step::Compare => "comparing",
        };
        let percent = (done * 100).checked_div(total).unwrap_or(100);
        self.say(|| format!("{step} {table}: {done} of {total} rows, {percent} %"));
    }

    pub(super) fn tell_restore(&mut self, progress: progress::Progress) {
        let what = match progress.step {
            progress::Step::Decrypt => "decrypting the backup",
            progress::Step::Compare => "comparing it with what it says of itself",
            progress::Step::Settle => "bringing it to the present",
            progress::Step::Copy => "copying into the database",
            progress::Step::CompareCopy => "comparing the copy",
        };
        self.say(|| format!("{what}: {} %", progress.percent()));
    }

    pub(super) fn end(&self) {
        if self.is_terminal && self.told.is_some() {
            // It is no failure if nobody watches.
            let _ = writeln!(std::io::stderr());
        }
    }

    fn say(&mut self, line: impl FnOnce() -> String) {
        let every = if self.is_terminal { Duration::from_millis(100) } else { REPORT_EVERY };
        if self.told.is_some_and(|told| told.elapsed() < every) {
            return;
        }
        self.told = Some(Instant::now());
        let line = line();
        let mut out = std::io::stderr().lock();
        // It is no failure if nobody watches.
        let _ = if self.is_terminal { write!(out, "\r{line:<70}") } else { writeln!(out, "{line}") };
    }
}
