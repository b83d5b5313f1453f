//! How a program starts, as a person before the display sees it.

use std::{
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;
use tests::Process;

use crate::{screen::Screen, tree};

/// A screen is complete if no more than this share has changed for so long. A clock and a breathing sign go on.
const STILL_FOR: Duration = Duration::from_secs(1);
const STILL: f64 = 0.005;

/// Looking costs the program time, and nobody sees more often.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// One start of a program.
pub struct Start {
    first_paint: Duration,
    all_painted: Duration,
    memory_bytes: u64,
}

impl Start {
    /// Starts a program, waits until its window is complete and its memory has settled, and ends it.
    ///
    /// # Errors
    /// If no window comes up, or if the program ends.
    pub fn watch(screen: &Screen, command: &mut Command) -> Result<Self> {
        let started = Instant::now();
        let program = start(command);
        let (first_paint, mut picture) = screen.wait_for_paint(program.id(), started, None)?;
        let (mut all_painted, mut last_change) = (first_paint, Instant::now());
        while last_change.elapsed() < STILL_FOR {
            thread::sleep(LOOK_EVERY);
            for window in screen.windows_of(program.id())? {
                if let Some(now) = screen.look(window)
                    && now.share_that_differs(&picture) > STILL
                {
                    (all_painted, last_change, picture) = (started.elapsed(), Instant::now(), now);
                }
            }
        }
        Ok(Self { first_paint, all_painted, memory_bytes: tree::settled_bytes(program.id())? })
    }

    /// The same without a window.
    ///
    /// # Errors
    /// If the program ends.
    pub fn hidden(command: &mut Command) -> Result<Self> {
        let program = start(command);
        let memory_bytes = tree::settled_bytes(program.id())?;
        Ok(Self { first_paint: Duration::ZERO, all_painted: Duration::ZERO, memory_bytes })
    }

    /// The time until letters stand in a window, in milliseconds.
    pub fn first_paint_ms(&self) -> f64 {
        self.first_paint.as_secs_f64() * 1000.0
    }

    /// The time until the window is complete, in milliseconds.
    pub fn all_painted_ms(&self) -> f64 {
        self.all_painted.as_secs_f64() * 1000.0
    }

    /// The memory of the whole tree of processes, in MiB.
    pub fn memory_mib(&self) -> f64 {
        self.memory_bytes as f64 / f64::from(1 << 20)
    }
}

fn start(command: &mut Command) -> Process {
    Process::start(command.stdout(Stdio::null()).stderr(Stdio::null()))
}

/// The median of several starts, rounded.
pub fn median(starts: &[Start], value: fn(&Start) -> f64) -> f64 {
    let mut values: Vec<f64> = starts.iter().map(value).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2].round()
}
