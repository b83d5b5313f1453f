//! Runs one scanner on its own thread: opens it, reads it, and reopens it after a fault with growing pauses. Tells its
//! state each time. Ends when told to stop.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use crate::outlet::Outlet;
use crate::{Batch, Fault, Reader, Scanner, State, Stop};

/// How long to wait between two attempts to open: `first`, then twice as long each time, up to `most`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// The wait before the second attempt.
    pub first: Duration,
    /// The longest wait, and so the longest until a scanner that is plugged in again is noticed.
    pub most: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { first: Duration::from_millis(200), most: Duration::from_secs(2) }
    }
}

/// Runs the scanner until `stop`. Blocks, so give it a thread of its own.
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
                // A device that opens and fails at once counts as one that does not open.
                if opened_at.elapsed() > backoff.most {
                    pause = backoff.first;
                }
                last_fault = None;
                was_open = true;
                fault
            }
            // A device that was there a moment ago was pulled out.
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

/// Reads until a fault, or until `stop`; then the fault means nothing.
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

/// Turns a driver's panic into a fault, so that the thread goes on and opens the device again.
fn unless_it_panics<T>(attempt: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(attempt)).unwrap_or(Err(Fault::Failed))
}
