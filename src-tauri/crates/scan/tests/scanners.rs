//! Many scanners as one stream: merged, bounded and stopped. None suffers from what another does.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use scan::{Backoff, Batch, Fault, MAX_WAIT, Reader, Scanner, Scanners, ScannersOptions};
use scan::{SourceId, SourceKind, State, Stop};

mod common;
use common::{assert_next, assert_nothing_waits, wait_status};

/// What a scripted scanner does at its next turn.
enum Does {
    Reads(Vec<String>),
    Panics,
}

/// A scanner that the test drives. Its reader's end is visible to the test.
struct Scripted {
    source: SourceId,
    script: Option<Receiver<Does>>,
    /// Dropped with the open reader.
    open: Option<Arc<()>>,
}

struct ScriptedReader {
    script: Receiver<Does>,
    _open: Option<Arc<()>>,
}

impl Scripted {
    fn new(name: &str) -> (Self, Sender<Does>, Arc<()>) {
        let (script, does) = channel();
        let open = Arc::new(());
        let source = SourceId::new(SourceKind::Serial, name);
        (Self { source, script: Some(does), open: Some(open.clone()) }, script, open)
    }
}

impl Scanner for Scripted {
    fn source(&self) -> SourceId {
        self.source.clone()
    }

    fn open(&mut self, _stop: &Stop) -> Result<Box<dyn Reader>, Fault> {
        let script = self.script.take().ok_or(Fault::NotFound)?;
        Ok(Box::new(ScriptedReader { script, _open: self.open.take() }))
    }
}

impl Reader for ScriptedReader {
    fn read(&mut self, batch: &mut Batch) -> Result<(), Fault> {
        match self.script.recv_timeout(MAX_WAIT) {
            Ok(Does::Reads(texts)) => texts.iter().for_each(|text| batch.push(text.as_bytes())),
            Ok(Does::Panics) => panic!("a driver panics, as this test asks"),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err(Fault::Lost),
        }
        Ok(())
    }
}

fn reads(texts: impl IntoIterator<Item = impl ToString>) -> Does {
    Does::Reads(texts.into_iter().map(|text| text.to_string()).collect())
}

fn scanners(capacity: usize) -> Scanners {
    Scanners::new(ScannersOptions { capacity, backoff: Backoff::default() })
}

#[tokio::test]
async fn several_scanners_are_one_stream_and_one_memory_for_repeats() {
    let scanners = scanners(64);
    let (first, script_first, _) = Scripted::new("satu");
    let (second, script_second, _) = Scripted::new("dua");
    let first = scanners.add(first).expect("a thread");
    let second = scanners.add(second).expect("a thread");

    script_first.send(reads(["A"])).expect("the scanner lives");
    assert_eq!(assert_next(&scanners, "A").await.source, first);
    script_second.send(reads(["A", "B"])).expect("the scanner lives");
    assert_eq!(assert_next(&scanners, "B").await.source, second, "the same code counted at two scanners");

    script_first.send(reads(["B", " \r", "]Q1C"])).expect("the scanner lives");
    assert_eq!(assert_next(&scanners, "C").await.source, first, "a repeat or an empty text counted");
    assert_nothing_waits(&scanners);
}

#[tokio::test]
async fn a_flood_that_nobody_takes_is_bounded_counted_and_leaves_others_their_reads() {
    const FLOOD: u64 = 20_000;
    let scanners = scanners(8);
    let (quiet, script_quiet, _) = Scripted::new("tenang");
    let (noisy, script_noisy, _) = Scripted::new("bising");
    let quiet = scanners.add(quiet).expect("a thread");
    let noisy = scanners.add(noisy).expect("a thread");

    script_quiet.send(reads(["BAIK"])).expect("the scanner lives");
    wait_status(&scanners, &quiet, "read", |status| status.reads == 1).await;
    for part in 0..FLOOD / 100 {
        script_noisy.send(reads((0..100).map(|n| part * 100 + n))).expect("the scanner lives");
    }
    let status = wait_status(&scanners, &noisy, "read", |status| status.reads == FLOOD).await;
    assert_eq!(status.overflowed, FLOOD - 7, "what was given up of the flood is not counted");

    assert_next(&scanners, "BAIK").await;
    for kept in FLOOD - 7..FLOOD {
        assert_next(&scanners, &kept.to_string()).await;
    }
    script_noisy.send(reads(["SESUDAH"])).expect("the scanner lives");
    assert_next(&scanners, "SESUDAH").await;
}

#[tokio::test]
async fn a_driver_that_panics_is_a_scanner_that_failed_and_the_others_go_on() {
    let scanners = scanners(64);
    let (bad, script_bad, _) = Scripted::new("rusak");
    let (good, script_good, _) = Scripted::new("baik");
    let bad = scanners.add(bad).expect("a thread");
    scanners.add(good).expect("a thread");

    script_bad.send(Does::Panics).expect("the scanner lives");
    wait_status(&scanners, &bad, "failed", |status| matches!(status.state, State::Disconnected(_))).await;
    script_good.send(reads(["BAIK"])).expect("the scanner lives");
    assert_next(&scanners, "BAIK").await;
}

#[tokio::test]
async fn dropped_they_let_go_of_their_devices() {
    let scanners = scanners(64);
    let (scanner, script, open) = Scripted::new("satu");
    let source = scanners.add(scanner).expect("a thread");
    wait_status(&scanners, &source, "ready", |status| status.state == State::Ready).await;
    let mut statuses = scanners.statuses();
    drop(scanners);
    // The statuses' sender goes with the last thread.
    let ended = async { while statuses.changed().await.is_ok() {} };
    tokio::time::timeout(Duration::from_secs(30), ended).await.expect("a dropped scanner does not end");
    assert_eq!(Arc::strong_count(&open), 1, "a dropped scanner still holds its device");
    assert!(script.send(reads(["A"])).is_err(), "a dropped scanner still reads");
}

#[tokio::test]
async fn closed_they_give_what_was_read_and_then_end() {
    let scanners = scanners(64);
    let (scanner, script, open) = Scripted::new("satu");
    let source = scanners.add(scanner).expect("a thread");
    script.send(reads(["A", "B"])).expect("the scanner lives");
    wait_status(&scanners, &source, "read", |status| status.reads == 2).await;
    scanners.close().await;
    assert_eq!(Arc::strong_count(&open), 1, "a closed scanner still holds its device");
    assert_next(&scanners, "A").await;
    assert_next(&scanners, "B").await;
    assert!(scanners.next().await.is_none(), "a closed stream does not end");
}

#[test]
fn a_cancelled_wait_loses_nothing() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime.block_on(async {
        let scanners = scanners(64);
        let cancelled = tokio::time::timeout(Duration::ZERO, scanners.next()).await;
        assert!(cancelled.is_err(), "an empty stream gave a scan");
        let (scanner, script, _) = Scripted::new("satu");
        scanners.add(scanner).expect("a thread");
        script.send(reads(["A"])).expect("the scanner lives");
        assert_next(&scanners, "A").await;
    });
}
