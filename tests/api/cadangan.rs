//! Backups that an admin asks for, and those of the night.

mod gangguan;
mod kedua;

use chrono::Duration;
use serde_json::{Value, json};
use tests::{App, Caller, Place, invite};

use crate::jobs::run_on;

journeys![
    an_admin_takes_one_and_it_is_listed,
    the_night_takes_one_by_itself,
    the_school_sets_the_hour,
    the_sheet_that_was_printed_is_recognised,
    only_what_was_restored_here_is_called_good,
];

/// The list, once nothing is being taken or copied any more.
async fn rested(admin: &Caller) -> Value {
    loop {
        let list = admin.get("/api/cadangan").await.expect(200);
        if list["berjalan"] == false && list["kedua"]["berjalan"] != true {
            return list;
        }
        tests::pause().await;
    }
}

/// Takes one by hand, a minute later: backups are named after their second.
async fn take(app: &App, admin: &Caller) -> Value {
    app.clock.advance(Duration::minutes(1));
    admin.post("/api/cadangan", json!({})).await.expect(202);
    rested(admin).await
}

/// Changes settings.
async fn set(admin: &Caller, mut changes: Value) {
    changes["versi"] = admin.get("/api/settings").await.expect(200)["versi"].clone();
    admin.put("/api/settings", changes).await.expect(200);
}

async fn an_admin_takes_one_and_it_is_listed(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let before = rested(&admin).await["total"].as_u64().expect("a number");
    app.clock.leap(Duration::minutes(1));
    let begun = admin.post("/api/cadangan", json!({})).await.expect(202);
    assert_eq!(begun["berjalan"], true);
    let list = rested(&admin).await;
    assert_eq!(list["total"], before + 1, "{list}");
    assert_eq!((&list["terlambat"], &list["gagal"]), (&json!(false), &Value::Null));
    assert_eq!((&list["jam"], &list["kedua"]), (&json!("02:00"), &Value::Null));
    let newest = &list["data"][0];
    assert!(newest["ukuran"].as_u64() > Some(1000), "{newest}");
    assert!(newest["baris"].as_u64() > newest["pengguna"].as_u64(), "{newest}");
    assert!(newest["nama"].as_str().is_some_and(|nama| nama.ends_with(".cadangan")), "{newest}");
}

/// What is said of each, once nothing is being tried any more.
async fn trials(admin: &Caller) -> Vec<(String, String)> {
    loop {
        let list = admin.get("/api/cadangan").await.expect(200);
        let text = |row: &Value, field: &str| row[field].as_str().expect("text").to_owned();
        let rows: Vec<_> = list["data"].as_array().expect("rows").iter().collect();
        let said: Vec<_> = rows.iter().map(|row| (text(row, "nama"), text(row, "uji"))).collect();
        if list["menguji"] == false && said.iter().all(|(_, uji)| uji != "belum") {
            return said;
        }
        tests::pause().await;
    }
}

async fn only_what_was_restored_here_is_called_good(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let taken = take(&app, &admin).await;
    let newest = &taken["data"][0];
    assert_eq!(newest["uji"], "terbukti", "{newest}");
    assert_eq!(newest["diuji_pada"], newest["dibuat_pada"]);
    // Copied here from elsewhere: one as it was, and one with a byte that differs.
    let nama = newest["nama"].as_str().expect("a name").to_owned();
    let folder = std::path::PathBuf::from(taken["folder"].as_str().expect("a folder"));
    let mut bytes = std::fs::read(folder.join(&nama)).expect("the backup");
    std::fs::write(folder.join("salinan.cadangan"), &bytes).expect("a copy");
    *bytes.last_mut().expect("a byte") ^= 1;
    std::fs::write(folder.join("rusak.cadangan"), &bytes).expect("a damaged copy");
    let said = trials(&admin).await;
    let of = |nama: &str| said.iter().find(|row| row.0 == nama).map(|row| row.1.as_str());
    assert_eq!(of("salinan.cadangan"), Some("terbukti"));
    assert_eq!(of("rusak.cadangan"), Some("rusak"));
    // One that has changed since is tried again.
    std::fs::write(folder.join(&nama), bytes).expect("damage");
    let said = trials(&admin).await;
    assert!(said.contains(&(nama, "rusak".to_owned())), "{said:?}");
}

async fn the_night_takes_one_by_itself(place: Place) {
    let app = App::start(place).await;
    invite(&app.guru().await, 1, "10:00").await;
    // From nine in the morning at the school to a quarter to two, and past two.
    run_on(&app, 16 * 60 + 40).await;
    assert_eq!(rested(&app.admin().await).await["total"], 0, "nothing before the hour");
    run_on(&app, 30).await;
    assert_eq!(rested(&app.admin().await).await["total"], 1, "one a night");
}

async fn the_school_sets_the_hour(place: Place) {
    let app = App::start(place).await;
    invite(&app.guru().await, 1, "10:00").await;
    set(&app.admin().await, json!({ "jam_cadangan": "12:30" })).await;
    run_on(&app, 3 * 60 + 20).await;
    assert_eq!(rested(&app.admin().await).await["total"], 0, "at 12.20");
    run_on(&app, 10).await;
    assert_eq!(rested(&app.admin().await).await["total"], 1, "at 12.30");
}

/// Whether a code is that of the sheet.
async fn tried(admin: &Caller, typed: String) -> Value {
    let body = json!({ "kode": typed });
    admin.post("/api/lembar-pemulihan/uji", body).await.expect(200)["berhasil"].clone()
}

async fn the_sheet_that_was_printed_is_recognised(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let sheet = admin.post("/api/lembar-pemulihan", json!({})).await.expect(200);
    let kode = sheet["kode"].as_str().expect("a code");
    let is_done = async || admin.get("/api/hari-pertama").await.expect(200)["lembar_pemulihan"].clone();
    assert_eq!(tried(&admin, kode.replacen(&kode[..2], "ZZ", 1)).await, kode.starts_with("ZZ"));
    assert_eq!(tried(&admin, String::new()).await, false);
    assert_eq!(is_done().await, kode.starts_with("ZZ"));
    assert_eq!(tried(&admin, kode.to_lowercase().replace('-', " ")).await, true);
    assert_eq!(is_done().await, true, "the first step is done");
}
