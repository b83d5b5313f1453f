//! All scanners of one PC as one bounded stream of outcomes, with the state of each. Owns their threads; each thread
//! owns its device.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{oneshot, watch};

use crate::outlet::{Outlet, Shared};
use crate::{Backoff, Outcome, Scanner, SourceId, Status, Statuses, Stop, supervise};

/// How the scanners are run.
#[derive(Debug, Clone, Copy)]
pub struct ScannersOptions {
    /// How many outcomes may wait to be taken. Beyond that, rejections are given up first, then the oldest scans of the
    /// busiest source, which are counted.
    pub capacity: usize,
    /// How long to wait between two attempts to open a scanner.
    pub backoff: Backoff,
}

impl Default for ScannersOptions {
    fn default() -> Self {
        Self { capacity: 64, backoff: Backoff::default() }
    }
}

/// The scanners of one PC. Dropping it stops them. Each lets go of its device within [`crate::MAX_WAIT`], unless its
/// driver hangs.
#[derive(Debug)]
pub struct Scanners {
    shared: Arc<Shared>,
    running: Mutex<HashMap<SourceId, Running>>,
    backoff: Backoff,
}

/// One scanner's thread.
#[derive(Debug)]
struct Running {
    stop: Stop,
    /// Ends with the thread.
    ended: oneshot::Receiver<()>,
}

impl Default for Scanners {
    fn default() -> Self {
        Self::new(ScannersOptions::default())
    }
}

impl Scanners {
    /// No scanner is added yet.
    pub fn new(options: ScannersOptions) -> Self {
        let shared = Arc::new(Shared::new(options.capacity));
        Self { shared, running: Mutex::default(), backoff: options.backoff }
    }

    /// Starts a scanner on a thread of its own. If there is one with the same id, it is stopped and lets go of its
    /// device first.
    ///
    /// # Errors
    /// If the operating system has no thread to give.
    pub fn add(&self, scanner: impl Scanner) -> io::Result<SourceId> {
        let source = scanner.source();
        let stop = Stop::default();
        let (end, ended) = oneshot::channel();
        let mut running = self.running();
        let previous = running.remove(&source);
        if let Some(previous) = &previous {
            previous.stop.stop();
        }
        self.shared.statuses.send_modify(|statuses| {
            statuses.insert(source.clone(), Status::default());
        });
        let outlet = Outlet::new(self.shared.clone(), source.clone(), stop.clone());
        let (backoff, thread_stop) = (self.backoff, stop.clone());
        std::thread::Builder::new().name(format!("scan {}", source.kind.as_str())).spawn(move || {
            // Dropped with this thread, even if the thread panics, which says that it has ended.
            let _end: oneshot::Sender<()> = end;
            if let Some(previous) = previous {
                // An error means that the previous thread has ended.
                let _ = previous.ended.blocking_recv();
            }
            supervise::run(scanner, &outlet, backoff, &thread_stop);
        })?;
        running.insert(source.clone(), Running { stop, ended });
        Ok(source)
    }

    /// Stops a scanner and waits until it has let go of its device. Does nothing if there is none with this id.
    pub async fn remove(&self, source: &SourceId) {
        let Some(running) = self.running().remove(source) else { return };
        running.stop.stop();
        self.shared.statuses.send_modify(|statuses| {
            statuses.remove(source);
        });
        // An error means that the thread has ended.
        let _ = running.ended.await;
    }

    /// Stops all scanners and waits until each has let go of its device. Outcomes that wait can still be taken.
    pub async fn close(&self) {
        let sources: Vec<_> = self.running().keys().cloned().collect();
        self.stop_all();
        for source in sources {
            self.remove(&source).await;
        }
    }

    /// Waits for the next scan that counts, or for something that was shown and not read. `None` once closed and empty.
    /// Loses nothing if it is cancelled.
    pub async fn next(&self) -> Option<Outcome> {
        self.shared.queue.pop().await
    }

    /// Every scanner's status, now and at each change.
    pub fn statuses(&self) -> watch::Receiver<Statuses> {
        self.shared.statuses.subscribe()
    }

    fn stop_all(&self) {
        self.running().values().for_each(|running| running.stop.stop());
        self.shared.queue.close();
    }

    fn running(&self) -> MutexGuard<'_, HashMap<SourceId, Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Scanners {
    fn drop(&mut self) {
        self.stop_all();
    }
}
