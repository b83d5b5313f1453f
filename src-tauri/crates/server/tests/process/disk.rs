//! Disks that are full, refuse to write, or are slow: for the database, and for backups.

use std::{fs, path::Path};

use serde_json::Value;

use crate::{
    api::Api,
    program::{Place, Running},
    school::{self, DESK},
    trace::{self, NO_TRACE, Tampered},
};

/// Why a test is skipped.
const NO_DISK: &str = "this user cannot mount a disk";

/// A small disk of its own for a folder, which is soon full. `None` if this user may not mount one.
struct SmallDisk(std::path::PathBuf);

impl SmallDisk {
    fn at(folder: &Path) -> Option<Self> {
        fs::create_dir_all(folder).expect("a folder");
        mount(&["-t", "tmpfs", "-o", "size=12m", "tmpfs"], folder).then(|| Self(folder.to_owned()))
    }

    /// Fills it up with a file of that name.
    fn fill_up(&self, name: &str) {
        use std::io::Write;
        let mut file = fs::File::create(self.0.join(name)).expect("a file");
        for size in [1 << 16, 1 << 10, 1] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
    }

    /// Lets nobody write to it, or everybody again.
    fn set_read_only(&self, is_read_only: bool) {
        let options = if is_read_only { "remount,ro" } else { "remount,rw" };
        assert!(mount(&["-o", options], &self.0), "it cannot be mounted anew");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

fn mount(args: &[&str], folder: &Path) -> bool {
    let ended = std::process::Command::new("mount").args(args).arg(folder).output();
    ended.is_ok_and(|ended| ended.status.success())
}

/// A school of so many expected guests, its server, and its desk.
async fn opened(place: &Place, guests: usize) -> (Vec<domain::JanjiTemu>, Running, Api) {
    let made = school::fill(&place.data(), guests).await;
    let server = place.serve();
    let desk = Api::login(&server, DESK.1).await;
    desk.readiness_is(200).await;
    (made, server, desk)
}

/// The desk reads that the database is away, and that it may try again.
#[track_caller]
fn is_told_away(status: reqwest::StatusCode, answer: &Value) {
    assert_eq!((status.as_u16(), &answer["code"]), (503, &"database_tidak_tersedia".into()), "{answer}");
}

/// What a server says of an appointment.
async fn status_of(server: &Running, id: i64) -> Value {
    let desk = Api::login(server, DESK.1).await;
    desk.get(&format!("/api/appointments/{id}")).await.expect("an answer").1["status"].clone()
}

#[tokio::test]
async fn a_full_disk_is_told_until_there_is_room() {
    let place = Place::new();
    let Some(disk) = SmallDisk::at(&place.data()) else { return tests::skip(NO_DISK) };
    let (made, server, desk) = opened(&place, 60).await;
    disk.fill_up("penuh");
    desk.readiness_is(503).await;
    let mut kept = Vec::new();
    for (n, row) in made.iter().enumerate() {
        let (status, answer) = desk.scan(&row.kode_qr, &format!("penuh:{n}")).await.expect("an answer");
        match status.as_u16() {
            200 => kept.push(row.id.0),
            _ => is_told_away(status, &answer),
        }
    }
    assert!(kept.len() < made.len(), "the disk was not full");
    assert_eq!(
        desk.get("/api/appointments/today").await.expect("an answer").0,
        200,
        "what is there is shown"
    );
    fs::remove_file(place.data().join("penuh")).expect("it is there");
    desk.readiness_is(200).await;
    let (status, answer) = desk.scan(&made[59].kode_qr, "penuh:59").await.expect("an answer");
    assert_eq!(status, 200, "sent again it is recorded: {answer}");
    server.kill();
    let again = place.serve();
    for id in kept {
        assert_eq!(status_of(&again, id).await, "menunggu", "an acknowledged arrival is lost");
    }
}

/// What the system says of a disk that fails, is read-only, or is full, each while a server writes to it.
#[tokio::test]
async fn a_disk_that_takes_no_writes_is_told_until_it_does() {
    if !trace::is_there() {
        return tests::skip(NO_TRACE);
    }
    let place = Place::new();
    let (made, server, desk) = opened(&place, 6).await;
    let mut guests = made.iter();
    for (calls, error) in [
        ("pwrite64", "EIO"),
        ("pwrite64", "EROFS"),
        ("pwrite64", "ENOSPC"),
        ("fsync,fdatasync", "EIO"),
        ("fsync,fdatasync", "ENOSPC"),
    ] {
        let guest = guests.next().expect("there are enough");
        let kunci = format!("meja:{}", guest.id);
        let tampered = Tampered::with(&server, calls, &format!("error={error}"));
        let (status, answer) = desk.scan(&guest.kode_qr, &kunci).await.expect("an answer");
        is_told_away(status, &answer);
        desk.readiness_is(503).await;
        let (status, _) = desk.get("/api/appointments/today").await.expect("an answer");
        assert_eq!(status, 200, "{calls} {error}: what is there is shown");
        drop(tampered);
        desk.readiness_is(200).await;
        let (status, answer) = desk.scan(&guest.kode_qr, &kunci).await.expect("an answer");
        assert_eq!((status.as_u16(), &answer["hasil"]), (200, &"datang".into()), "{calls} {error}: {answer}");
    }
    server.kill();
    place.run(&["check-database"], "").success();
    let again = place.serve();
    for row in &made[..5] {
        assert_eq!(status_of(&again, row.id.0).await, "menunggu");
    }
}

/// Each flush takes four seconds, longer than a readiness probe waits, and shorter than a desk does.
#[tokio::test]
async fn a_slow_disk_is_told_and_what_was_scanned_is_recorded_once() {
    if !trace::is_there() {
        return tests::skip(NO_TRACE);
    }
    let place = Place::new();
    let (made, server, desk) = opened(&place, 2).await;
    let slow = Tampered::with(&server, "fsync,fdatasync", "delay_enter=4000000");
    let scan = desk.scan(&made[0].kode_qr, "lambat");
    // The proof of a moment before stands for a second.
    let (scanned, ()) = tokio::join!(scan, desk.readiness_is(503));
    let (status, answer) = scanned.expect("an answer");
    assert_eq!((status.as_u16(), &answer["hasil"]), (200, &"datang".into()), "{answer}");
    let (status, answer) = desk.get("/readyz").await.expect("an answer");
    is_told_away(status, &answer);
    assert!(answer["detail"].as_str().is_some_and(|text| text.contains("lambat")), "{answer}");
    drop(slow);
    desk.readiness_is(200).await;
    let (_, row) = desk.get(&format!("/api/appointments/{}", made[0].id)).await.expect("an answer");
    assert_eq!((&row["status"], &row["versi"]), (&"menunggu".into(), &2.into()), "{row}");
}

#[tokio::test]
async fn a_school_on_a_disk_that_cannot_be_written_is_not_opened_and_says_why() {
    let place = Place::new();
    let Some(disk) = SmallDisk::at(&place.data()) else { return tests::skip(NO_DISK) };
    school::fill(&place.data(), 1).await;
    disk.set_read_only(true);
    let serve = ["serve", "--plain-http", "--listen", "127.0.0.1:0"];
    let line = place.run(&serve, "").failure();
    assert!(line.contains("cannot be written") && line.contains("Read-only"), "{line}");
    disk.set_read_only(false);
    let server = place.serve();
    let desk = Api::login(&server, DESK.1).await;
    desk.readiness_is(200).await;
}

#[tokio::test]
async fn backups_and_restores_on_a_full_disk_change_nothing_and_say_where() {
    let place = Place::new();
    school::fill(&place.data(), 2).await;
    let target = tempfile::tempdir().expect("a folder");
    let Some(disk) = SmallDisk::at(target.path()) else { return tests::skip(NO_DISK) };
    let folder = target.path().to_str().expect("a path of text");
    disk.fill_up("penuh");
    let line = place.run(&["backup", "--to", folder], "").failure();
    assert!(line.contains(folder) && line.contains("No space left"), "{line}");
    let names: Vec<_> = fs::read_dir(target.path()).expect("the disk").flatten().collect();
    assert_eq!(names.len(), 1, "nothing is left there: {names:?}");

    fs::remove_file(target.path().join("penuh")).expect("it is there");
    let file = place.run(&["backup", "--to", folder], "").success().trim().to_owned();
    // The school moves to the disk, which is full then.
    let there = target.path().join("buku.db");
    fs::copy(place.database(), &there).expect("there is room");
    let before = fs::read(&there).expect("the database");
    let url = format!("sqlite:{}", there.display());
    disk.fill_up("penuh");
    let line = place.run(&["restore", "--database", &url, "--from", &file], "").failure();
    assert!(line.contains("No space left") || line.contains("full"), "{line}");
    assert!(fs::read(&there).expect("the database") == before, "what was there is there still");
    fs::remove_file(target.path().join("penuh")).expect("it is there");
    place.run(&["restore", "--database", &url, "--from", &file], "").success();
}
