//! All scanners of one PC as one bounded stream of outcomes, with the state of each. Where repeats are left out, and
//! foreign texts beside our own; holds no device itself.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime};

use tokio::sync::{oneshot, watch};

use crate::queue::Queue;
use crate::repeat::RepeatFilter;
use crate::{
    Backoff, Batch, Outcome, Rejected, Rejection, Scan, Scanner, SourceId, State, Status, Statuses, Stop,
    supervise, text,
};

/// How the scanners are run.
#[derive(Debug, Clone, Copy)]
pub struct ScannersOptions {
    /// Outcomes that may wait to be taken; beyond it rejections go, then the oldest scans of the busiest source,
    /// which are counted.
    pub capacity: usize,
    /// Between two attempts to open a scanner.
    pub backoff: Backoff,
}

impl Default for ScannersOptions {
    fn default() -> Self {
        Self { capacity: 64, backoff: Backoff::default() }
    }
}

/// The scanners of one PC. Dropping it stops them; each lets go of its device within [`crate::MAX_WAIT`],
/// unless its driver hangs.
#[derive(Debug)]
pub struct Scanners {
    shared: Arc<Shared>,
    running: Mutex<HashMap<SourceId, Running>>,
    backoff: Backoff,
}

/// What the scanners' threads share.
#[derive(Debug)]
struct Shared {
    queue: Queue,
    repeat: Mutex<RepeatFilter>,
    /// Of rejections: a line that only hums is told once.
    repeated_rejections: Mutex<RepeatFilter>,
    statuses: watch::Sender<Statuses>,
}

/// One scanner's thread.
#[derive(Debug)]
struct Running {
    stop: Stop,
    /// Ends when the thread has.
    ended: oneshot::Receiver<()>,
}

impl Default for Scanners {
    fn default() -> Self {
        Self::new(ScannersOptions::default())
    }
}

impl Scanners {
    /// No scanners yet.
    pub fn new(options: ScannersOptions) -> Self {
        let shared = Shared {
            queue: Queue::new(options.capacity),
            repeat: Mutex::default(),
            repeated_rejections: Mutex::default(),
            statuses: watch::Sender::default(),
        };
        Self { shared: Arc::new(shared), running: Mutex::default(), backoff: options.backoff }
    }

    /// Starts a scanner on a thread of its own. One with the same id is stopped first, and its device let go.
    ///
    /// # Errors
    /// The operating system has no thread to give.
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
        let outlet = Outlet { shared: self.shared.clone(), source: source.clone(), stop: stop.clone() };
        let (backoff, thread_stop) = (self.backoff, stop.clone());
        std::thread::Builder::new().name(format!("scan {}", source.kind.as_str())).spawn(move || {
            // Held so that it drops, and so says "ended", even when this thread panics.
            let _end: oneshot::Sender<()> = end;
            if let Some(previous) = previous {
                // An error is what the end of the previous thread looks like from here.
                let _ = previous.ended.blocking_recv();
            }
            supervise::run(scanner, &outlet, backoff, &thread_stop);
        })?;
        running.insert(source.clone(), Running { stop, ended });
        Ok(source)
    }

    /// Stops a scanner and waits until it has let go of its device. Nothing happens when there is none with
    /// this id.
    pub async fn remove(&self, source: &SourceId) {
        let Some(running) = self.running().remove(source) else { return };
        running.stop.stop();
        self.shared.statuses.send_modify(|statuses| {
            statuses.remove(source);
        });
        // An error is what the end of the thread looks like from here.
        let _ = running.ended.await;
    }

    /// Stops all scanners and waits until each has let go of its device. What was read can still be taken.
    pub async fn close(&self) {
        let sources: Vec<_> = self.running().keys().cloned().collect();
        self.stop_all();
        for source in sources {
            self.remove(&source).await;
        }
    }

    /// Waits for the next scan that counts, or for something that was shown and not read; `None` once closed and
    /// empty. May be called again after being cancelled.
    pub async fn next(&self) -> Option<Outcome> {
        self.shared.queue.pop().await
    }

    /// Every scanner's status, now and at each change.
    pub fn statuses(&self) -> watch::Receiver<Statuses> {
        self.shared.statuses.subscribe()
    }

    /// Adds a read made elsewhere, such as the window's keyboard wedge, to the same stream and the same
    /// repeat filter. Text that is empty or too long is dropped.
    pub fn offer(&self, source: &SourceId, text: &str) {
        if let Ok(Some(text)) = text::clean(text.as_bytes()) {
            self.shared.count(source, text);
        }
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

impl Shared {
    /// Queues the text unless it repeats one. Gives the source whose scan was given up for it.
    fn count(&self, source: &SourceId, text: String) -> Option<SourceId> {
        let seen = Instant::now();
        let mut repeat = self.repeat.lock().unwrap_or_else(PoisonError::into_inner);
        if !repeat.admit(&text, source.kind.held_gap(), seen) {
            return None;
        }
        // Still under the filter's lock, so that scans are queued in the order in which they were admitted.
        let scan = Scan { text, source: source.clone(), at: SystemTime::now(), seen };
        match self.queue.push(Outcome::Read(scan)) {
            Some(Outcome::Read(scan)) => Some(scan.source),
            _ => None,
        }
    }

    /// Queues what was not read, unless it goes on as before.
    fn tell(&self, source: &SourceId, rejection: Rejection) {
        let seen = Instant::now();
        let what = format!("{source} {rejection:?}");
        let mut repeat = self.repeated_rejections.lock().unwrap_or_else(PoisonError::into_inner);
        if rejection.is_an_attempt() && repeat.admit(&what, source.kind.held_gap(), seen) {
            self.queue.push(Outcome::Rejected(Rejected { rejection, source: source.clone(), seen }));
        }
    }
}

/// Where one scanner's thread puts its reads and its state. Silent once the scanner is stopped.
#[derive(Debug)]
pub(crate) struct Outlet {
    shared: Arc<Shared>,
    source: SourceId,
    stop: Stop,
}

impl Outlet {
    pub(crate) fn source(&self) -> &SourceId {
        &self.source
    }

    pub(crate) fn set_state(&self, state: State) {
        self.shared.statuses.send_if_modified(|statuses| match statuses.get_mut(&self.source) {
            Some(status) if !self.stop.is_stopped() && status.state != state => {
                status.state = state;
                true
            }
            _ => false,
        });
    }

    /// Passes on what one reading found, and brings the counts up to date in one step.
    pub(crate) fn take(&self, batch: &mut Batch) {
        let (mut texts, mut rejections) = (Vec::new(), Vec::new());
        for item in batch.drain() {
            match item {
                Ok(text) => texts.push(text),
                Err(rejection) => rejections.push(rejection),
            }
        }
        if texts.is_empty() && rejections.is_empty() {
            return;
        }
        let reads = texts.len() as u64;
        for rejection in &rejections {
            self.shared.tell(&self.source, rejection.clone());
        }
        let texts = text::ours(texts).into_iter();
        let overflowed: Vec<SourceId> =
            texts.filter_map(|text| self.shared.count(&self.source, text)).collect();
        self.count(reads, rejections, &overflowed);
    }

    fn count(&self, reads: u64, rejections: Vec<Rejection>, overflowed: &[SourceId]) {
        self.shared.statuses.send_modify(|statuses| {
            for source in overflowed {
                if let Some(status) = statuses.get_mut(source) {
                    status.overflowed += 1;
                }
            }
            let Some(status) = statuses.get_mut(&self.source).filter(|_| !self.stop.is_stopped()) else {
                return;
            };
            status.reads += reads;
            status.rejected += rejections.len() as u64;
            if let Some(last) = rejections.into_iter().next_back() {
                status.last_rejection = Some(last);
            }
        });
    }
}
