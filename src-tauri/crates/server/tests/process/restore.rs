//! `restore` on real files: who was erased stays erased, and a restore that is killed leaves the one school or the
//! other.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

use rusqlite::Connection;
use serde_json::json;

use crate::{
    api::Api,
    program::{Ended, Place, Running},
    school::{self, ADMIN, DESK},
};

const NOTES: &str = "cadangan/penghapusan.catatan";

fn backup(place: &Place, folder: &Path) -> PathBuf {
    let said = place.run(&["backup", "--to", folder.to_str().expect("a path of text")], "").success();
    PathBuf::from(said.trim())
}

fn restore_args(file: &Path) -> [&str; 3] {
    ["restore", "--from", file.to_str().expect("a path of text")]
}

fn restore(place: &Place, file: &Path) -> Ended {
    place.run(&restore_args(file), "")
}

/// Erases a guest, whatever the guest is awaited for.
async fn erase(server: &Running, id: i64) {
    let admin = Api::login(server, ADMIN.1).await;
    let path = format!("/api/tamu/{id}/hapus?batalkan=true");
    let (status, answer) = admin.post(&path, json!({})).await.expect("an answer");
    assert_eq!((status.as_u16(), &answer["selesai"]), (202, &json!(true)), "{answer}");
}

/// Whether the guest is known.
async fn is_known(server: &Running, id: i64) -> bool {
    let desk = Api::login(server, DESK.1).await;
    let (status, _) = desk.get(&format!("/api/tamu/{id}")).await.expect("an answer");
    assert!([200, 404].contains(&status.as_u16()), "{status}");
    status == 200
}

fn remove_database(place: &Place) {
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{ending}", place.database().display()));
    }
}

#[tokio::test]
async fn who_was_erased_stays_erased_though_the_database_is_lost() {
    let (place, folder) = (Place::new(), tempfile::tempdir().expect("a folder"));
    let made = school::fill(&place.data(), 3).await;
    let file = backup(&place, folder.path());
    let server = place.serve();
    let [first, second, third] = [0, 1, 2].map(|n: usize| made[n].id_tamu.0);
    erase(&server, first).await;
    server.kill();
    remove_database(&place);
    let said = restore(&place, &file).success();
    assert!(said.contains("1 guests who were erased since were erased again"), "{said}");
    let server = place.serve();
    assert!(!is_known(&server, first).await && is_known(&server, second).await);
    erase(&server, second).await;
    server.kill();

    // The notes are lost, and the database that is there knows it all the same.
    fs::remove_file(place.data().join(NOTES)).expect("the notes");
    let said = restore(&place, &file).success();
    assert!(said.contains("2 guests who were erased since"), "{said}");

    // A line that a power loss cut off is told of, and those before it count.
    let mut notes = File::options().append(true).open(place.data().join(NOTES)).expect("the notes");
    notes.write_all(b"aGFsZiBhIGxpbmU").expect("it can be written");
    remove_database(&place);
    let ended = restore(&place, &file);
    assert!(ended.all().contains("penghapusan.catatan: 1 lines cannot be read"), "{}", ended.all());
    ended.success();
    let server = place.serve();
    for (id, known) in [(first, false), (second, false), (third, true)] {
        assert_eq!(is_known(&server, id).await, known, "guest {id}");
    }
    server.kill();
    place.run(&["verify-audit"], "").success();
}

#[tokio::test]
async fn a_database_that_was_put_back_by_hand_brings_nobody_back() {
    let (place, folder) = (Place::new(), tempfile::tempdir().expect("a folder"));
    let made = school::fill(&place.data(), 2).await;
    let copy = folder.path().join("salinan.db");
    fs::copy(place.database(), &copy).expect("a copy");
    let server = place.serve();
    erase(&server, made[0].id_tamu.0).await;
    server.kill();
    remove_database(&place);
    fs::copy(&copy, place.database()).expect("it is put back");
    let server = place.serve();
    let gone = async {
        while is_known(&server, made[0].id_tamu.0).await {
            tests::pause().await;
        }
    };
    tests::within("the guest to be erased again", gone).await;
    assert!(is_known(&server, made[1].id_tamu.0).await);
}

/// The status of the first appointment: it tells the school of the backup from the one that is there.
fn status(place: &Place) -> String {
    let conn = Connection::open(place.database()).expect("the database");
    conn.query_row("SELECT status FROM janji_temu WHERE id = 1", (), |row| row.get(0)).expect("a row")
}

/// Something in the data folder whose name begins so.
fn is_there(place: &Place, name: &str) -> bool {
    let mut entries = fs::read_dir(place.data()).expect("the folder").flatten();
    entries.any(|entry| entry.file_name().to_string_lossy().starts_with(name))
}

#[tokio::test]
async fn killed_at_any_step_it_leaves_one_school_and_the_next_start_goes_on() {
    let (place, folder) = (Place::new(), tempfile::tempdir().expect("a folder"));
    let made = school::fill(&place.data(), 40).await;
    let file = backup(&place, folder.path());
    // As soon as each of these is seen, at its earliest: from the scratch folder to what was there before.
    for seen in [".cadangan-sementara", "bukutamu.db.pulih", "sebelum-pulih"] {
        let server = place.serve();
        let desk = Api::login(&server, DESK.1).await;
        desk.scan(&made[0].kode_qr, &format!("meja:{seen:0>20}")).await.expect("an answer");
        server.kill();
        for entry in fs::read_dir(place.data()).expect("the folder").flatten() {
            if entry.file_name().to_string_lossy().starts_with("sebelum-pulih") {
                fs::remove_dir_all(entry.path()).expect("it can be removed");
            }
        }
        let before = status(&place);
        let mut child = place.command(&restore_args(&file)).spawn().expect("the program starts");
        while !is_there(&place, seen) && child.try_wait().expect("it can be asked").is_none() {
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().expect("it was running");

        let is_decided = is_there(&place, "bukutamu.db.pulih") || is_there(&place, "sebelum-pulih");
        let server = place.serve();
        let (answered, _) = Api::nobody(&server).get("/readyz").await.expect("an answer");
        assert_eq!(answered, 200);
        if is_decided {
            assert!(is_there(&place, "sebelum-pulih"), "{seen}: what was there is kept");
        }
        server.kill();
        let now = status(&place);
        assert_eq!(now, if is_decided { "belum".to_owned() } else { before }, "killed at {seen}");
        assert!(!is_there(&place, "bukutamu.db.pulih"), "it was ended");
        // Restoring again always works.
        restore(&place, &file).success();
        assert_eq!(status(&place), "belum");
    }
}

#[tokio::test]
async fn the_running_server_goes_back_and_is_there_again() {
    let place = Place::new();
    let made = school::fill(&place.data(), 1).await;
    let server = place.serve();
    let (admin, desk) = (Api::login(&server, ADMIN.1).await, Api::login(&server, DESK.1).await);
    admin.post("/api/cadangan", json!({})).await.expect("an answer");
    let nama = loop {
        let (_, list) = admin.get("/api/cadangan").await.expect("an answer");
        if let Some(nama) = list["data"][0]["nama"].as_str() {
            break nama.to_owned();
        }
        tests::pause().await;
    };
    desk.scan(&made[0].kode_qr, "meja:kunci-yang-panjang").await.expect("an answer");
    let wish = json!({ "password": school::PASSWORD });
    let (status, answer) =
        admin.post(&format!("/api/cadangan/{nama}/pulihkan"), wish).await.expect("an answer");
    assert_eq!(status, 202, "{answer}");
    // It is away for a moment, and then nobody is signed in any more.
    let back = async {
        while admin.get("/api/auth/me").await.map_or(0, |(status, _)| status.as_u16()) != 401 {
            tests::pause().await;
        }
    };
    tests::within("the server to be there again", back).await;
    let desk = Api::login(&server, DESK.1).await;
    let (_, visit) = desk.get(&format!("/api/appointments/{}", made[0].id)).await.expect("an answer");
    assert_eq!(visit["status"], "belum", "{visit}");
    assert!(server.log().contains("the school was restored from a backup"), "{}", server.log());
    server.terminate();
    assert_eq!(server.wait().0, Some(0));
}

#[tokio::test]
async fn an_empty_place_that_was_restored_in_vain_is_empty_still() {
    let (place, empty, folder) = (Place::new(), Place::new(), tempfile::tempdir().expect("a folder"));
    school::fill(&place.data(), 1).await;
    let file = backup(&place, folder.path());
    let sheet = place.run(&["recovery-sheet"], "").success();
    let code = sheet.lines().find(|line| line.len() == 39).expect("the code");
    let mut bytes = fs::read(&file).expect("the backup");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let damaged = folder.path().join("rusak.cadangan");
    fs::write(&damaged, bytes).expect("a file");
    let line = empty.run(&restore_args(&damaged), code).failure();
    assert!(line.contains("damaged"), "{line}");
    assert!(!empty.kunci().exists() && !is_there(&empty, "bukutamu.kunci"), "no key file is left");
    empty.run(&restore_args(&file), code).success();
    assert!(empty.kunci().is_file());
    drop(empty.serve());
}
