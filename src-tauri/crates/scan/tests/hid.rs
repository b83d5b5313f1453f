//! HID POS scanners, through a bus whose devices the test feeds and unplugs.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use scan::hid::layout::COMMON;
use scan::hid::{HidBus, HidDevice, HidPlace, HidReports, HidScanner};
use scan::{Backoff, Fault, Rejection, Scanners, ScannersOptions, State};

mod common;
use common::{assert_next, assert_nothing_waits, next_rejected, wait_status};

/// A bus with at most one device. A device that is plugged in waits here to be opened.
#[derive(Clone, Default)]
struct Bus {
    plugged: Arc<Mutex<Option<Receiver<Vec<u8>>>>>,
    /// How often it was asked for a device.
    asked: Arc<AtomicUsize>,
}

struct Fed(Receiver<Vec<u8>>);

impl Bus {
    /// Plugs in a device that has these reports ready. Dropping the returned value unplugs it.
    fn plug_in(&self, ready: &[Vec<u8>]) -> Sender<Vec<u8>> {
        let (feed, reports) = channel();
        for report in ready {
            feed.send(report.clone()).expect("the channel is open");
        }
        *self.plugged.lock().expect("no test thread panicked") = Some(reports);
        feed
    }

    /// Waits until it was asked twice more. Then the result of the first answer is known.
    async fn asked_again(&self) {
        let before = self.asked.load(Ordering::SeqCst);
        let asked = async {
            while self.asked.load(Ordering::SeqCst) < before + 2 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), asked).await.expect("a lost device is looked for");
    }
}

impl HidBus for Bus {
    fn open(&mut self, _place: HidPlace) -> Result<HidDevice, Fault> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let reports = self.plugged.lock().expect("no test thread panicked").take().ok_or(Fault::NotFound)?;
        Ok(HidDevice { reports: Box::new(Fed(reports)), layout: COMMON })
    }
}

impl HidReports for Fed {
    fn read(&mut self, report: &mut [u8], wait: Duration) -> Result<usize, Fault> {
        match self.0.recv_timeout(wait) {
            Ok(sent) => {
                report[..sent.len()].copy_from_slice(&sent);
                Ok(sent.len())
            }
            Err(RecvTimeoutError::Timeout) => Ok(0),
            Err(RecvTimeoutError::Disconnected) => Err(Fault::Lost),
        }
    }
}

fn report(data: &[u8], more: bool) -> Vec<u8> {
    let mut report = vec![2, data.len() as u8];
    report.extend(b"]Q1");
    report.extend(data);
    report.resize(63, 0);
    report.push(u8::from(more));
    report
}

#[tokio::test]
async fn a_fed_device_is_read_unplugged_and_read_again() {
    let bus = Bus::default();
    let backoff = Backoff { first: Duration::from_millis(5), most: Duration::from_millis(20) };
    let scanners = Scanners::new(ScannersOptions { backoff, ..ScannersOptions::default() });
    let source = scanners.add(HidScanner::on(bus.clone(), HidPlace::Any)).expect("a thread");
    wait_status(&scanners, &source, "not found", |s| s.state == State::Disconnected(Fault::NotFound)).await;

    // Both parts come at once, so that a slow test machine cannot put a gap between them.
    let device = bus.plug_in(&[report(&[b'A'; 56], true), report(b"AKHIR", false)]);
    wait_status(&scanners, &source, "ready", |status| status.state == State::Ready).await;
    assert_next(&scanners, &format!("{}AKHIR", "A".repeat(56))).await;

    device.send(report(b"SETENGAH", true)).expect("the device is open");
    drop(device);
    wait_status(&scanners, &source, "lost", |s| s.state == State::Disconnected(Fault::Lost)).await;
    bus.asked_again().await;
    let state = scanners.statuses().borrow()[&source].state;
    assert_eq!(
        state,
        State::Disconnected(Fault::Lost),
        "what was pulled out is said to have never been there"
    );

    let device = bus.plug_in(&[]);
    wait_status(&scanners, &source, "ready again", |status| status.state == State::Ready).await;
    device.send(vec![2, 200]).expect("the device is open");
    device.send(report(b"KEMBALI", false)).expect("the device is open");
    assert_eq!(next_rejected(&scanners).await.rejection, Rejection::Malformed, "a broken report is not told");
    assert_next(&scanners, "KEMBALI").await;
    let status = wait_status(&scanners, &source, "2 reads", |status| status.reads == 2).await;
    assert_eq!(status.last_rejection, Some(Rejection::Malformed), "a broken report is not told");
    assert_nothing_waits(&scanners);
}

#[tokio::test]
async fn the_rest_of_a_code_that_does_not_come_is_given_up() {
    let bus = Bus::default();
    let device = bus.plug_in(&[]);
    let scanners = Scanners::default();
    let source = scanners.add(HidScanner::on(bus, HidPlace::Any)).expect("a thread");
    device.send(report(b"SETENGAH", true)).expect("the device is there");
    wait_status(&scanners, &source, "rid of half a code", |status| status.rejected == 1).await;
    device.send(report(b"UTUH", false)).expect("the device is there");
    next_rejected(&scanners).await;
    assert_next(&scanners, "UTUH").await;
}

#[tokio::test]
async fn a_pc_without_such_a_scanner_says_so() {
    let scanners = Scanners::default();
    let place = HidPlace::Usb { vendor_id: 0xFFFF, product_id: 0xFFFF };
    let source = scanners.add(HidScanner::new(place)).expect("a thread");
    assert_eq!(source.to_string(), "hid:ffff:ffff");
    wait_status(&scanners, &source, "disconnected", |s| matches!(s.state, State::Disconnected(_))).await;
    scanners.close().await;
}
