//! The second place for backups: a drive that is pulled out and comes back, and what cannot be one.

use std::{fs, path::Path};

use chrono::Duration;
use serde_json::{Value, json};
use tests::{App, Place, invite};

use super::{rested, set, take};
use crate::jobs::run_on;

journeys![
    each_good_backup_is_copied_there,
    a_drive_that_was_away_gets_what_it_missed,
    a_place_that_cannot_be_used_is_refused,
];

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder");
    let name = |entry: fs::DirEntry| entry.file_name().into_string().expect("text");
    let mut names: Vec<_> = entries.map(|entry| name(entry.expect("an entry"))).collect();
    names.sort();
    names
}

async fn each_good_backup_is_copied_there(place: Place) {
    let app = App::start(place).await;
    let (admin, drive) = (app.admin().await, tempfile::tempdir().expect("a folder"));
    set(&admin, json!({ "folder_cadangan": drive.path() })).await;
    let list = take(&app, &admin).await;
    let nama = list["data"][0]["nama"].as_str().expect("a name");
    assert_eq!(files(drive.path()), [nama]);
    let copy = fs::read(drive.path().join(nama)).expect("the copy");
    assert!(copy == fs::read(app.folder().join("cadangan").join(nama)).expect("the backup"));
    let kedua = &list["kedua"];
    assert_eq!((&kedua["terakhir"], &kedua["gagal"]), (&list["data"][0]["dibuat_pada"], &Value::Null));
    assert_eq!(kedua["folder"], drive.path().to_str().expect("text"));
    let told = admin.post("/api/settings/test", json!({ "apa": "backup" })).await.expect(200);
    assert_eq!((&told["berhasil"], &told["tempat_kedua"]), (&json!(true), &json!(true)), "{told}");
    assert_eq!(files(drive.path()).len(), 1, "nothing is left of the trial");

    // Who is erased is noted beside each of them, so that a restore from the drive brings nobody back.
    admin.post("/api/tamu", tests::tamu(1)).await.expect(201);
    admin.post("/api/tamu/1/hapus", json!({})).await.expect(202);
    take(&app, &admin).await;
    assert_eq!(files(drive.path()).last().map(String::as_str), Some("penghapusan.catatan"));
}

async fn a_drive_that_was_away_gets_what_it_missed(place: Place) {
    let app = App::start(place).await;
    let (admin, folder) = (app.admin().await, tempfile::tempdir().expect("a folder"));
    let drive = folder.path().join("drive");
    fs::create_dir(&drive).expect("a folder");
    set(&admin, json!({ "folder_cadangan": drive })).await;
    fs::remove_dir(&drive).expect("it is pulled out");
    let list = take(&app, &admin).await;
    assert_eq!((&list["gagal"], &list["total"]), (&Value::Null, &json!(1)), "the first place is good");
    assert_eq!(list["kedua"]["gagal"]["alasan"], "tempat", "{list}");
    assert!(!drive.exists(), "nothing is written into a drive that is not there");
    let dashboard = admin.get("/api/dashboard").await.expect(200);
    assert_eq!(dashboard["cadangan_masalah"]["masalah"], "tempat_kedua", "{dashboard}");
    let told = admin.post("/api/settings/test", json!({ "apa": "backup" })).await.expect(200);
    assert_eq!((&told["berhasil"], &told["tempat_kedua"]), (&json!(false), &json!(false)), "{told}");
    // Somebody plugs it in. No other backup is needed.
    fs::create_dir(&drive).expect("a folder");
    run_on(&app, 10).await;
    let list = rested(&app.admin().await).await;
    assert_eq!((&list["total"], &list["kedua"]["gagal"]), (&json!(1), &Value::Null), "{list}");
    assert_eq!(files(&drive), [list["data"][0]["nama"].as_str().expect("a name")]);
    let dashboard = app.admin().await.get("/api/dashboard").await.expect(200);
    assert_eq!(dashboard["cadangan_masalah"], Value::Null);
    // What others keep there stays; the school's own goes by the same rule as in the first place.
    fs::write(drive.join("foto.jpg"), "x").expect("a file");
    invite(&app.guru().await, 1, "10:00").await;
    app.clock.leap(Duration::days(400));
    let list = take(&app, &app.admin().await).await;
    let nama = list["data"][0]["nama"].as_str().expect("a name");
    assert_eq!((&list["total"], files(&drive)), (&json!(1), vec![nama.to_owned(), "foto.jpg".to_owned()]));
}

async fn a_place_that_cannot_be_used_is_refused(place: Place) {
    let app = App::start(place).await;
    let (admin, folder) = (app.admin().await, tempfile::tempdir().expect("a folder"));
    let file = folder.path().join("berkas");
    fs::write(&file, "x").expect("a file");
    // The folder of the first place is there only once something was tried or taken.
    admin.post("/api/settings/test", json!({ "apa": "backup" })).await.expect(200);
    let first = app.folder().join("cadangan");
    let within = first.join("lagi");
    fs::create_dir(&within).expect("a folder");
    for (wrong, kode) in [
        (file.to_str(), "folder_tak_bisa"),
        (folder.path().join("tidak-ada").to_str(), "folder_tak_bisa"),
        (first.to_str(), "folder"),
        (within.to_str(), "folder"),
        (Some("cadangan/lain"), "folder"),
    ] {
        let versi = admin.get("/api/settings").await.expect(200)["versi"].clone();
        let change = json!({ "versi": versi, "folder_cadangan": wrong });
        let refused = admin.put("/api/settings", change).await.expect(422);
        assert_eq!(refused["codes"]["folder_cadangan"], kode, "{wrong:?}: {refused}");
    }
    assert_eq!(admin.get("/api/settings").await.expect(200)["folder_cadangan"], "");
}
