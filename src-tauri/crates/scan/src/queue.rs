//! The bounded queue between the scanners' threads and the task that handles what they read. If it is full, it gives up
//! a rejection first, and then the oldest scan of the source that fills it most, so that noise on one line cannot crowd
//! out the others. Pushing never waits.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::{Outcome, SourceId};

/// A bounded queue of outcomes.
#[derive(Debug)]
pub struct Queue {
    inner: Mutex<Inner>,
    capacity: usize,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Inner {
    outcomes: VecDeque<Outcome>,
    closed: bool,
}

impl Queue {
    /// An empty queue for so many outcomes, at least one.
    pub fn new(capacity: usize) -> Self {
        Self { inner: Mutex::default(), capacity: capacity.max(1), changed: Notify::new() }
    }

    /// Adds an outcome. If the queue was full, returns the one that was given up, which may be this one.
    pub fn push(&self, outcome: Outcome) -> Option<Outcome> {
        let given_up = {
            let mut inner = self.lock();
            inner.outcomes.push_back(outcome);
            if inner.outcomes.len() > self.capacity { give_up_one(&mut inner.outcomes) } else { None }
        };
        self.changed.notify_one();
        given_up
    }

    /// Waits for the oldest outcome and takes it; `None` once the queue is closed and empty. Loses nothing if it is
    /// cancelled.
    pub async fn pop(&self) -> Option<Outcome> {
        loop {
            {
                let mut inner = self.lock();
                if let Some(outcome) = inner.outcomes.pop_front() {
                    // Another waiter may have missed its wake-up, because a permit stands for "something changed" and
                    // not for an outcome.
                    if !inner.outcomes.is_empty() {
                        self.changed.notify_one();
                    }
                    return Some(outcome);
                }
                if inner.closed {
                    self.changed.notify_one();
                    return None;
                }
            }
            self.changed.notified().await;
        }
    }

    /// Closes the queue. What is in it can still be taken.
    pub fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Removes the oldest rejection, or else the oldest scan of the source with the most scans in the queue. If two sources
/// have as many, removes the scan that came first.
fn give_up_one(outcomes: &mut VecDeque<Outcome>) -> Option<Outcome> {
    if let Some(oldest) = outcomes.iter().position(|outcome| matches!(outcome, Outcome::Rejected(_))) {
        return outcomes.remove(oldest);
    }
    let mut counts: HashMap<&SourceId, usize> = HashMap::new();
    for outcome in outcomes.iter() {
        *counts.entry(outcome.source()).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    let oldest = outcomes.iter().position(|outcome| counts.get(outcome.source()) == Some(&most))?;
    outcomes.remove(oldest)
}

#[cfg(test)]
mod tests {
    use std::time::{Instant, SystemTime};

    use super::*;
    use crate::{Rejected, Rejection, Scan, SourceKind};

    fn scan(source: &str, text: impl ToString) -> Outcome {
        let source = SourceId::new(SourceKind::Serial, source);
        Outcome::Read(Scan {
            text: text.to_string(),
            source,
            at: SystemTime::UNIX_EPOCH,
            seen: Instant::now(),
        })
    }

    fn rejected(source: &str) -> Outcome {
        let source = SourceId::new(SourceKind::Serial, source);
        Outcome::Rejected(Rejected { rejection: Rejection::NotText, source, seen: Instant::now() })
    }

    fn text(outcome: Outcome) -> String {
        match outcome {
            Outcome::Read(scan) => scan.text,
            Outcome::Rejected(rejected) => rejected.rejection.as_str().to_owned(),
        }
    }

    async fn drain(queue: &Queue) -> Vec<String> {
        queue.close();
        let mut texts = Vec::new();
        while let Some(outcome) = queue.pop().await {
            texts.push(text(outcome));
        }
        texts
    }

    #[tokio::test]
    async fn scans_come_out_in_order() {
        let queue = Queue::new(8);
        for text in ["A", "B", "C"] {
            assert!(queue.push(scan("COM3", text)).is_none(), "a queue with room gave {text} up");
        }
        assert_eq!(drain(&queue).await, ["A", "B", "C"]);
    }

    #[tokio::test]
    async fn a_flood_on_one_line_leaves_the_others_their_reads() {
        let queue = Queue::new(4);
        queue.push(scan("COM3", "baik"));
        let given_up = (0..1000).filter_map(|n| queue.push(scan("COM9", n))).collect::<Vec<_>>();
        assert_eq!(given_up.len(), 997, "each push beyond the capacity gives up one scan");
        assert!(
            given_up.iter().all(|scan| scan.source().name() == "COM9"),
            "another line's read was given up"
        );
        assert_eq!(drain(&queue).await, ["baik", "997", "998", "999"], "the newest of the flood are kept");
    }

    #[tokio::test]
    async fn what_was_not_read_goes_before_what_was() {
        let queue = Queue::new(2);
        queue.push(rejected("COM9"));
        queue.push(scan("COM3", "A"));
        assert_eq!(queue.push(scan("COM3", "B")).map(text), Some("not_text".into()));
        assert_eq!(queue.push(rejected("COM9")).map(text), Some("not_text".into()), "noise displaced a read");
        assert_eq!(drain(&queue).await, ["A", "B"]);
    }

    #[tokio::test]
    async fn a_waiter_is_woken_by_a_scan_and_by_the_end() {
        let queue = std::sync::Arc::new(Queue::new(4));
        let waiter = tokio::spawn({
            let queue = queue.clone();
            async move { (queue.pop().await.map(text), queue.pop().await.is_none()) }
        });
        tokio::task::yield_now().await;
        queue.push(scan("COM3", "KODE"));
        tokio::task::yield_now().await;
        queue.close();
        assert_eq!(waiter.await.unwrap(), (Some("KODE".into()), true), "the waiter got something else");
    }
}
