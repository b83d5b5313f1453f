//! Runs one scanner on its own thread: opens it, reads it, reopens it after a fault with growing pauses, and
//! says at each turn what its state is. Ends when told to stop.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use crate::scanners::Outlet;
use crate::{Batch, Fault, Reader, Scanner, State, Stop};

/// How long to wait between two attempts to open: `first`, then twice as long each time, up to `most`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// Before the second attempt.
    pub first: Duration,
    /// The longest wait, and so the longest that a scanner takes to be noticed when it is plugged in again.
    pub most: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { first: Duration::from_millis(200), most: Duration::from_secs(2) }
    }
}

/// Runs the scanner until `stop`. Blocks; give it a thread of its own.
pub(crate) fn run(mut scanner: impl Scanner, outlet: &Outlet, backoff: Backoff, stop: &Stop) {
    let mut pause = backoff.first;
    let mut last_fault = None;
    let mut was_open = false;
    while !stop.is_stopped() {
        let opened_at = Instant::now();
        let fault = match unless_it_panics(|| scanner.open(stop)) {
            Ok(mut reader) => {
                tracing::info!(source = %outlet.source(), "scanner ready");
                outlet.set_state(State::Ready);
                let fault = read(reader.as_mut(), outlet, stop);
                // A device that opens and fails at once is as absent as one that does not open.
                if opened_at.elapsed() > backoff.most {
                    pause = backoff.first;
                }
                last_fault = None;
                was_open = true;
                fault
            }
            // What was there a moment ago was pulled out, and is not merely absent.
            Err(Fault::NotFound) if was_open => Fault::Lost,
            Err(fault) => fault,
        };
        if stop.is_stopped() {
            break;
        }
        if last_fault.replace(fault) != Some(fault) {
            tracing::warn!(source = %outlet.source(), ?fault, "scanner not ready");
        }
        outlet.set_state(State::Disconnected(fault));
        stop.wait(pause);
        pause = (pause * 2).min(backoff.most);
    }
}

/// Reads until a fault, or until `stop`, when the fault says nothing.
fn read(reader: &mut dyn Reader, outlet: &Outlet, stop: &Stop) -> Fault {
    let mut batch = Batch::default();
    loop {
        let result = unless_it_panics(|| reader.read(&mut batch));
        outlet.take(&mut batch);
        match result {
            Ok(()) if stop.is_stopped() => return Fault::Lost,
            Ok(()) => {}
            Err(fault) => return fault,
        }
    }
}

/// A driver that panics is a driver that failed: its thread goes on and opens the device again.
fn unless_it_panics<T>(attempt: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(attempt)).unwrap_or(Err(Fault::Failed))
}
