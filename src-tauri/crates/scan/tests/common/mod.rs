//! Waits for what must happen, and fails with a message if it does not. Nothing here sleeps: it waits on the stream and
//! on the states, and the limit only ends a test that would hang.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::time::Duration;

use scan::{Outcome, Rejected, Scan, Scanners, SourceId, Status};
use tokio::time::timeout;

const LIMIT: Duration = Duration::from_secs(30);

/// The next scan, which must say this.
#[track_caller]
pub(crate) fn assert_next<'a>(scanners: &'a Scanners, expected: &'a str) -> impl Future<Output = Scan> + 'a {
    let caller = std::panic::Location::caller();
    async move {
        match timeout(LIMIT, scanners.next()).await {
            Ok(Some(Outcome::Read(scan))) if scan.text == expected => scan,
            Ok(Some(Outcome::Read(scan))) => {
                panic!("{caller}: read {:?} instead of {expected:?}", scan.text)
            }
            Ok(Some(Outcome::Rejected(rejected))) => {
                panic!("{caller}: {:?} instead of {expected:?}", rejected.rejection)
            }
            Ok(None) => panic!("{caller}: the stream ended before {expected:?}"),
            Err(_) => {
                panic!("{caller}: {expected:?} was not read; statuses: {:?}", *scanners.statuses().borrow())
            }
        }
    }
}

/// The next outcome, which must be a rejection.
#[track_caller]
pub(crate) fn next_rejected(scanners: &Scanners) -> impl Future<Output = Rejected> {
    let caller = std::panic::Location::caller();
    async move {
        match timeout(LIMIT, scanners.next()).await {
            Ok(Some(Outcome::Rejected(rejected))) => rejected,
            Ok(Some(Outcome::Read(scan))) => panic!("{caller}: read {:?} instead of a rejection", scan.text),
            Ok(None) => panic!("{caller}: the stream ended before a rejection"),
            Err(_) => panic!("{caller}: nothing was rejected; statuses: {:?}", *scanners.statuses().borrow()),
        }
    }
}

/// No outcome is waiting to be taken.
#[track_caller]
pub(crate) fn assert_nothing_waits(scanners: &Scanners) {
    let mut next = Box::pin(scanners.next());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match next.as_mut().poll(&mut context) {
        std::task::Poll::Pending => {}
        std::task::Poll::Ready(Some(Outcome::Read(scan))) => panic!("a scan too many: {:?}", scan.text),
        std::task::Poll::Ready(other) => panic!("an outcome too many: {other:?}"),
    }
}

/// Waits until the source's status is as described, and returns it.
#[track_caller]
pub(crate) fn wait_status<'a>(
    scanners: &'a Scanners,
    source: &'a SourceId,
    description: &'a str,
    mut is_so: impl FnMut(&Status) -> bool + 'a,
) -> impl Future<Output = Status> + 'a {
    let caller = std::panic::Location::caller();
    async move {
        let mut statuses = scanners.statuses();
        let waited = timeout(LIMIT, statuses.wait_for(|all| all.get(source).is_some_and(&mut is_so))).await;
        match waited {
            Ok(Ok(all)) => all[source].clone(),
            Ok(Err(_)) => panic!("{caller}: the scanners are gone before {source} was {description}"),
            Err(_) => panic!(
                "{caller}: {source} is not {description}: {:?}",
                scanners.statuses().borrow().get(source)
            ),
        }
    }
}
