//! Guests: kept by the desk; a guest sees only what is their own.

use serde_json::{Value, json};
use tests::{App, Place, invite, tamu};

journeys![
    entered_found_and_changed,
    a_number_belongs_to_one_guest,
    a_guru_finds_guests_but_does_not_leaf_through_them,
    a_guest_sees_only_their_own,
    a_new_password_ends_the_guests_sessions,
];

fn ids(list: &Value) -> Vec<i64> {
    list["data"].as_array().expect("a list").iter().filter_map(|row| row["id"].as_i64()).collect()
}

async fn entered_found_and_changed(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let body = json!({ "nama": "Budi Santoso", "telp": "0812 3456 7890", "instansi": "Dinas Pendidikan" });
    let made = desk.post("/api/tamu", body).await.expect(201);
    assert_eq!(
        made,
        json!({
            "id": 1, "nama": "Budi Santoso", "telp": "+6281234567890", "email": null,
            "instansi": "Dinas Pendidikan", "kode_qr": made["kode_qr"], "dibuat_pada": "2026-11-23T02:00:00Z",
        })
    );
    assert_eq!(made["kode_qr"].as_str().map(str::len), Some(47));
    desk.post("/api/tamu", tamu(2)).await.expect(201);
    for (q, expected) in [
        ("budi", vec![1]),
        ("BUDI%20S", vec![1]),
        ("dinas", vec![1]),
        ("7890", vec![1]),
        ("62812-3456-7890", vec![1]),
        ("8123", vec![]),
        ("%25", vec![]),
        ("_", vec![]),
        ("%27%20OR%201=1%20--", vec![]),
    ] {
        assert_eq!(ids(&desk.get(&format!("/api/tamu/search?q={q}")).await.expect(200)), expected, "{q}");
    }
    let change =
        json!({ "nama": "Budi S.", "telp": "0813 3456 7890", "email": "b@rumah.example", "instansi": "" });
    let changed = desk.put("/api/tamu/1", change).await.expect(200);
    assert_eq!((&changed["telp"], &changed["instansi"]), (&json!("+6281334567890"), &Value::Null));
    assert_eq!(changed["kode_qr"], made["kode_qr"], "the permanent code is permanent");
    desk.put("/api/tamu/99", json!({ "nama": "x" })).await.problem(404, "tidak_ditemukan");
}

async fn a_number_belongs_to_one_guest(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    for n in [1, 2] {
        desk.post("/api/tamu", tamu(n)).await.expect(201);
    }
    let before = app.dump().await;
    let again = json!({ "nama": "Lain", "telp": "+62 812-0000-0001" });
    let problem = desk.post("/api/tamu", again).await.problem(409, "sudah_ada");
    assert!(problem.errors.contains_key("telp"), "{problem:?}");
    desk.put("/api/tamu/2", json!({ "telp": "0812 0000 0001" })).await.problem(409, "sudah_ada");
    assert_eq!(app.dump().await, before);
}

async fn a_guru_finds_guests_but_does_not_leaf_through_them(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    desk.post("/api/tamu", tamu(1)).await.expect(201);
    for q in ["Ta", "0001", "1", "%25%25", "___", "000"] {
        guru.get(&format!("/api/tamu/search?q={q}")).await.wrong_fields(&["q"]);
    }
    for q in ["Tam", "0812%200000%200001"] {
        assert_eq!(ids(&guru.get(&format!("/api/tamu/search?q={q}")).await.expect(200)), [1], "{q}");
    }
}

async fn a_guest_sees_only_their_own(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let (own, others) = (invite(&guru, 1, "10:00").await, invite(&guru, 2, "11:00").await);
    let found = desk.get("/api/tamu/search?q=0001").await.expect(200);
    let budi = app.tamu(&found["data"][0]).await;
    let shown = budi.get("/api/tamu/saya").await.expect(200);
    assert_eq!((ids(&shown), &shown["total"]), (vec![own["id"].as_i64().expect("an id")], &json!(1)));
    let not_asked = budi.get("/api/tamu/saya?q=Tamu%20Nomor%202").await.expect(200);
    assert_eq!(not_asked["total"], 0);
    for kind in ["png", "svg"] {
        let path = |row: &Value| format!("/api/appointments/{}/qr.{kind}", row["id"]);
        assert_eq!(budi.get(&path(&own)).await.status, 200);
        budi.get(&path(&others)).await.problem(404, "tidak_ditemukan");
    }
}

async fn a_new_password_ends_the_guests_sessions(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let guest = desk.post("/api/tamu", tamu(1)).await.expect(201);
    let budi = app.tamu(&guest).await;
    app.tamu(&guest).await;
    budi.get("/api/tamu/saya").await.problem(401, "belum_masuk");
    desk.post("/api/tamu/99/reset-password", json!({})).await.problem(404, "tidak_ditemukan");
}
