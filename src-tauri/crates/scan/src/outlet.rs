//! What the scanners' threads share, and where each thread puts what it read. Leaves out repeats, and foreign texts
//! beside our own.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Instant, SystemTime};

use tokio::sync::watch;

use crate::queue::Queue;
use crate::repeat::RepeatFilter;
use crate::{Batch, Outcome, Rejected, Rejection, Scan, SourceId, State, Statuses, Stop, text};

/// What the scanners' threads share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) queue: Queue,
    repeat: Mutex<RepeatFilter>,
    /// For rejections, so that a line that only hums is told once.
    repeated_rejections: Mutex<RepeatFilter>,
    pub(crate) statuses: watch::Sender<Statuses>,
}

impl Shared {
    /// Nothing was read yet; so many outcomes may wait.
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            queue: Queue::new(capacity),
            repeat: Mutex::default(),
            repeated_rejections: Mutex::default(),
            statuses: watch::Sender::default(),
        }
    }

    /// Queues the text unless it repeats one. Returns the source whose scan was given up for it.
    fn count(&self, source: &SourceId, text: String) -> Option<SourceId> {
        let seen = Instant::now();
        let mut repeat = self.repeat.lock().unwrap_or_else(PoisonError::into_inner);
        if !repeat.admit(&text, source.kind.held_gap(), seen) {
            return None;
        }
        // The filter's lock is still held, so that scans are queued in the order in which they were admitted.
        let scan = Scan { text, source: source.clone(), at: SystemTime::now(), seen };
        match self.queue.push(Outcome::Read(scan)) {
            Some(Outcome::Read(scan)) => Some(scan.source),
            _ => None,
        }
    }

    /// Queues what was not read, unless it repeats.
    fn tell(&self, source: &SourceId, rejection: Rejection) {
        let seen = Instant::now();
        let what = format!("{source} {rejection:?}");
        let mut repeat = self.repeated_rejections.lock().unwrap_or_else(PoisonError::into_inner);
        if rejection.is_an_attempt() && repeat.admit(&what, source.kind.held_gap(), seen) {
            self.queue.push(Outcome::Rejected(Rejected { rejection, source: source.clone(), seen }));
        }
    }
}

/// Where one scanner's thread puts its reads and its state. Tells no state once the scanner is stopped.
#[derive(Debug)]
pub(crate) struct Outlet {
    shared: Arc<Shared>,
    source: SourceId,
    stop: Stop,
}

impl Outlet {
    pub(crate) fn new(shared: Arc<Shared>, source: SourceId, stop: Stop) -> Self {
        Self { shared, source, stop }
    }

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

    /// Queues what one reading found, and updates the counts in one step.
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
