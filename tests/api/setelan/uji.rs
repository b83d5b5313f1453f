//! What the settings name is tried: channels, the register's server, the folder for backups.

use serde_json::{Value, json};
use tests::{App, Place};

use crate::impor::register;

journeys![
    a_channel_is_tried_from_the_settings,
    the_registers_server_is_tried_and_tells_the_school,
    the_folder_for_backups_is_tried,
];

async fn a_channel_is_tried_from_the_settings(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let tried =
        admin.post("/api/settings/test", json!({ "apa": "smtp", "tujuan": "tu@sekolah.example" })).await;
    let told = tried.expect(200);
    assert_eq!((&told["berhasil"], &told["alasan"]), (&json!(false), &json!("tanpa_saluran")));
    assert!(told["pesan"].as_str().unwrap().contains("tanpa saluran"), "{told}");
    admin.post("/api/settings/test", json!({ "apa": "fax", "tujuan": "1" })).await.wrong_fields(&["apa"]);
    admin.post("/api/settings/test", json!({ "apa": "smtp" })).await.wrong_fields(&["tujuan"]);
}

async fn the_registers_server_is_tried_and_tells_the_school(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let server = register::start().await;
    let ask = async |alamat: String, token: &str| {
        let body = json!({ "apa": "dapodik", "alamat": alamat, "npsn": "20400001", "token": token });
        admin.post("/api/settings/test", body).await.expect(200)
    };
    let told = ask(server.to_string(), "rahasia").await;
    assert_eq!(told["berhasil"], true);
    let school = json!({
        "nama": "SMP Nusa Lentera", "npsn": "20400001", "alamat": "Jl. Melati 1, Kab. Sleman",
        "telepon": "0274 555 001", "email": "tu@nusalentera.example",
    });
    assert_eq!(told["sekolah"], school);
    for (alamat, token, kode) in [
        (server.to_string(), "salah", "dapodik_menolak"),
        (format!("http://{server}"), "asing", "dapodik_asing"),
        (server.to_string(), "pindah", "dapodik_asing"),
        ("127.0.0.1:1".to_owned(), "rahasia", "dapodik_jauh"),
    ] {
        let told = ask(alamat, token).await;
        let answer = (&told["berhasil"], &told["kode"], &told["sekolah"]);
        assert_eq!(answer, (&json!(false), &json!(kode), &Value::Null), "{told}");
    }
    let nothing = json!({ "apa": "dapodik", "alamat": "ftp://127.0.0.1", "npsn": "1" });
    admin.post("/api/settings/test", nothing).await.wrong_fields(&["alamat", "npsn", "token"]);
    let entries = admin.get("/api/audit?objek=setelan&aksi=uji").await.expect(200);
    assert_eq!(entries["total"], 5, "{entries}");
    assert!(!app.dump().await.join("\n").contains("rahasia"), "the token is kept");
}

async fn the_folder_for_backups_is_tried(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let told = admin.post("/api/settings/test", json!({ "apa": "backup" })).await.expect(200);
    assert_eq!(told["berhasil"], true, "{told}");
    let list = admin.get("/api/cadangan").await.expect(200);
    assert_eq!((&list["total"], &list["tidak_terbaca"]), (&json!(0), &json!(0)), "nothing is left of it");
    let folder = list["folder"].as_str().expect("a folder");
    std::fs::remove_dir_all(folder).expect("the folder can be removed");
    std::fs::write(folder, "no folder").expect("a file can stand in its place");
    let told = admin.post("/api/settings/test", json!({ "apa": "backup" })).await.expect(200);
    assert_eq!(told["berhasil"], false, "{told}");
}
