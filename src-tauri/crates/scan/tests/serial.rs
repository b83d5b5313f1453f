//! Serial scanners over a real pty pair. The test types into the master side what a scanner sends, and the crate reads
//! the other side.
#![cfg(unix)]

use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::time::Duration;

use scan::serial::{SerialPlace, SerialScanner};
use scan::{Backoff, Fault, Rejection, Scanners, ScannersOptions, SourceId, State};
use serialport::{SerialPort, TTYPort};
use tempfile::TempDir;

mod common;
use common::{assert_next, assert_nothing_waits, next_rejected, wait_status};

/// A place where a scanner can be plugged in: a symbolic link, as udev makes one under `/dev/serial/by-id`.
struct Socket {
    link: PathBuf,
    _folder: TempDir,
}

/// A scanner that is plugged in. Dropping it unplugs it.
struct Plugged {
    master: TTYPort,
}

impl Socket {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { link: folder.path().join("pemindai"), _folder: folder }
    }

    fn plug_in(&self) -> Plugged {
        let (master, slave) = TTYPort::pair().expect("a pty pair");
        let _ = std::fs::remove_file(&self.link);
        symlink(slave.name().expect("the pty's name"), &self.link).expect("a link to the pty");
        Plugged { master }
    }

    fn scanner(&self) -> SerialScanner {
        SerialScanner::new(SerialPlace::Name(self.link.to_str().expect("a path in UTF-8").to_owned()))
    }

    /// A scanner whose reads end only at a terminator, so that a slow test machine cannot make a pause.
    fn scanner_without_pause(&self) -> SerialScanner {
        SerialScanner { pause: Duration::from_secs(60), ..self.scanner() }
    }
}

impl Plugged {
    fn send(&mut self, bytes: &[u8]) {
        self.master.write_all(bytes).expect("the pty takes the bytes");
    }
}

/// Scanners that soon notice what is plugged in.
fn scanners() -> Scanners {
    let backoff = Backoff { first: Duration::from_millis(5), most: Duration::from_millis(20) };
    Scanners::new(ScannersOptions { backoff, ..ScannersOptions::default() })
}

async fn ready(scanners: &Scanners, scanner: SerialScanner) -> SourceId {
    let source = scanners.add(scanner).expect("a thread");
    wait_status(scanners, &source, "ready", |status| status.state == State::Ready).await;
    source
}

#[tokio::test]
async fn a_read_ends_at_any_terminator() {
    let socket = Socket::new();
    let mut plugged = socket.plug_in();
    let scanners = scanners();
    let source = ready(&scanners, socket.scanner_without_pause()).await;

    for (sent, expected) in [
        (&b"SATU\r"[..], &["SATU"][..]),
        (b"DUA\n", &["DUA"]),
        (b"TIGA\r\n", &["TIGA"]),
        (b"EMPAT\rLIMA\r\n", &["EMPAT", "LIMA"]),
        (b"\x02]Q1ENAM\x03\r\n", &["ENAM"]),
    ] {
        plugged.send(sent);
        for text in expected {
            assert_next(&scanners, text).await;
        }
    }
    plugged.send(b"TU");
    plugged.send(b"JU");
    plugged.send(b"H\r");
    let scan = assert_next(&scanners, "TUJUH").await;
    assert_eq!(scan.source, source, "the scan names another source");
    assert_nothing_waits(&scanners);
}

#[tokio::test]
async fn a_pause_ends_a_read_without_terminator() {
    let socket = Socket::new();
    let mut plugged = socket.plug_in();
    let scanners = scanners();
    ready(&scanners, socket.scanner()).await;

    plugged.send(b"TANPA-AKHIR");
    assert_next(&scanners, "TANPA-AKHIR").await;
    plugged.send(b"\r\n");
    plugged.send(b"BERIKUT\r\n");
    assert_next(&scanners, "BERIKUT").await;
    assert_nothing_waits(&scanners);
}

#[tokio::test]
async fn the_same_code_held_counts_once() {
    let socket = Socket::new();
    let mut plugged = socket.plug_in();
    let scanners = scanners();
    let source = ready(&scanners, socket.scanner_without_pause()).await;

    plugged.send(b"SAMA\rSAMA\rSAMA\rLAIN\r");
    assert_next(&scanners, "SAMA").await;
    assert_next(&scanners, "LAIN").await;
    assert_nothing_waits(&scanners);
    wait_status(&scanners, &source, "4 reads, repeats included", |status| status.reads == 4).await;
}

#[tokio::test]
async fn a_flood_of_rubbish_costs_neither_memory_nor_the_next_read() {
    let socket = Socket::new();
    let mut plugged = socket.plug_in();
    let scanners = scanners();
    let source = ready(&scanners, socket.scanner_without_pause()).await;

    let flood = tokio::task::spawn_blocking(move || {
        let rubbish: Vec<u8> =
            (0..1 << 20).map(|n: u32| (n.wrapping_mul(2_654_435_761) >> 24) as u8 | 0x80).collect();
        for part in rubbish.chunks(1024) {
            plugged.send(part);
        }
        plugged.send(b"\rBAIK\r");
        plugged
    });
    assert_eq!(next_rejected(&scanners).await.rejection, Rejection::TooLong);
    assert_next(&scanners, "BAIK").await;
    let status = wait_status(&scanners, &source, "the flood counted", |status| status.rejected > 0).await;
    assert_eq!(status.rejected, 1, "1 MiB without an end is one over-long read");
    assert_eq!(status.last_rejection, Some(Rejection::TooLong));
    drop(flood.await.expect("the flood was sent"));
}

#[tokio::test]
async fn a_line_of_noise_is_told_and_dropped() {
    let socket = Socket::new();
    let mut plugged = socket.plug_in();
    let scanners = scanners();
    let source = ready(&scanners, socket.scanner_without_pause()).await;

    plugged.send(b"\xFF\xFE\xFD\r\xFE\xFE\rBAIK\r");
    let rejected = next_rejected(&scanners).await;
    assert_eq!((&rejected.rejection, &rejected.source), (&Rejection::NotText, &source));
    // It is told once while it goes on.
    assert_next(&scanners, "BAIK").await;
    let status = wait_status(&scanners, &source, "the noise counted", |status| status.rejected > 0).await;
    assert_eq!(status.last_rejection, Some(Rejection::NotText));
}

#[tokio::test]
async fn lines_of_one_look_count_by_the_guests_own() {
    const TOKEN: &str = "57XQBTJ5ZJXQUBRAHFHTRZLUVXZUETRNWP2CA75N54JEEDZ";
    let socket = Socket::new();
    let mut plugged = socket.plug_in();
    let scanners = scanners();
    let source = ready(&scanners, socket.scanner_without_pause()).await;

    plugged.send(format!("00020101021126570011\r{TOKEN},1\rhttps://wa.me/62\r").as_bytes());
    assert_next(&scanners, &format!("{TOKEN},1")).await;
    wait_status(&scanners, &source, "all three read", |status| status.reads == 3).await;
    assert_nothing_waits(&scanners);
}

#[tokio::test]
async fn unplugged_and_plugged_in_again_it_goes_on() {
    let socket = Socket::new();
    let mut plugged = socket.plug_in();
    let scanners = scanners();
    let source = ready(&scanners, socket.scanner_without_pause()).await;
    plugged.send(b"SEBELUM\r");
    assert_next(&scanners, "SEBELUM").await;

    for round in 0..3 {
        plugged.send(b"SETENGAH");
        drop(plugged);
        std::fs::remove_file(&socket.link).expect("the link goes with the plug");
        wait_status(&scanners, &source, "lost", |status| status.state == State::Disconnected(Fault::Lost))
            .await;

        plugged = socket.plug_in();
        wait_status(&scanners, &source, "ready again", |status| status.state == State::Ready).await;
        plugged.send(format!("SESUDAH{round}\r").as_bytes());
        assert_next(&scanners, &format!("SESUDAH{round}")).await;
    }
    assert_nothing_waits(&scanners);
}

#[tokio::test]
async fn a_scanner_that_is_not_there_is_known_and_waited_for() {
    let socket = Socket::new();
    let scanners = scanners();
    let source = scanners.add(socket.scanner()).expect("a thread");
    wait_status(&scanners, &source, "not found", |status| {
        status.state == State::Disconnected(Fault::NotFound)
    })
    .await;

    let mut plugged = socket.plug_in();
    wait_status(&scanners, &source, "ready", |status| status.state == State::Ready).await;
    plugged.send(b"ADA\r");
    assert_next(&scanners, "ADA").await;
}

#[tokio::test]
async fn removed_it_lets_go_of_the_port() {
    let socket = Socket::new();
    let _plugged = socket.plug_in();
    let scanners = scanners();
    let source = ready(&scanners, socket.scanner()).await;

    scanners.remove(&source).await;
    assert!(!scanners.statuses().borrow().contains_key(&source), "a removed scanner still has a status");
    let port = serialport::new(socket.link.to_str().expect("UTF-8"), 9600).open();
    assert!(port.is_ok(), "the port is still held after the scanner was removed: {:?}", port.err());
    drop(port);

    ready(&scanners, socket.scanner()).await;
    scanners.close().await;
    assert!(scanners.next().await.is_none(), "a closed stream does not end");
}

#[tokio::test]
async fn replaced_by_one_with_the_same_id_the_port_changes_hands() {
    let socket = Socket::new();
    let mut plugged = socket.plug_in();
    let scanners = scanners();
    ready(&scanners, socket.scanner_without_pause()).await;
    ready(&scanners, SerialScanner { baud: 115_200, ..socket.scanner() }).await;
    plugged.send(b"BARU\r");
    assert_next(&scanners, "BARU").await;
}
