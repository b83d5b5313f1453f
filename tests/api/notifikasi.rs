//! Notifications and their answers. They are a guru's own, and the reception sees them at once.

use serde_json::{Value, json};
use tests::{App, Caller, GURU, Place, walk_in};

journeys![
    a_notification_shows_what_the_contract_names,
    read_put_away_and_paged,
    an_answer_and_its_undo_are_shown_at_the_reception_at_once,
    an_answer_has_a_kind,
    they_are_a_gurus_own,
    there_is_none_before_the_arrival,
];

/// Lets so many guests arrive, one after another.
async fn arrivals(app: &App, desk: &Caller, count: u32) -> Vec<Value> {
    let mut ids = Vec::new();
    for n in 1..=count {
        app.clock.advance(chrono::Duration::seconds(1));
        let here = desk.post("/api/appointments/walk-in", walk_in(n, &GURU)).await.expect(201);
        ids.push(here["id"].clone());
    }
    ids
}

fn ids(list: &Value) -> Vec<Value> {
    list["data"].as_array().expect("a list").iter().map(|row| row["id"].clone()).collect()
}

async fn a_notification_shows_what_the_contract_names(place: Place) {
    let app = App::start(place).await;
    arrivals(&app, &app.desk().await, 1).await;
    let list = app.guru().await.get("/api/notifications").await.expect(200);
    assert_eq!(
        list,
        json!({ "data": [{
            "id": 1, "id_pengguna": GURU.id(), "id_janji_temu": 1,
            "pesan": "Tamu Tamu Nomor 1 telah datang untuk Surat pindah",
            "nama_tamu": "Tamu Nomor 1", "jumlah_orang": 1, "instansi": null, "keperluan": "Surat pindah",
            "waktu": "2026-11-23T02:00:01Z", "terlambat": false, "is_read": false, "dihapus": false,
            "tanggapan": null, "tanggapan_jenis": null, "tanggapan_menit": null, "tanggapan_tempat": null,
            "ditanggapi_pada": null, "diberi_tahu_pada": null, "status": "menunggu", "versi": 1,
        }], "total": 1 })
    );
}

async fn read_put_away_and_paged(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let id = arrivals(&app, &desk, 4).await;
    let newest_first: Vec<_> = id.iter().rev().cloned().collect();
    assert_eq!(ids(&guru.get("/api/notifications").await.expect(200)), newest_first);
    let page = guru.get("/api/notifications?ukuran=1&halaman=2").await.expect(200);
    assert_eq!((ids(&page), &page["total"]), (vec![id[2].clone()], &json!(4)));

    let read = guru.put(&format!("/api/notifications/{}/read", id[0]), json!({})).await.expect(200);
    assert_eq!(read["is_read"], true);
    guru.delete(&format!("/api/notifications/{}", id[1])).await.expect(204);
    let unread = guru.get("/api/notifications?belum_dibaca=true").await.expect(200);
    assert_eq!(ids(&unread), id[2..], "oldest first");
    let page = guru.get("/api/notifications?belum_dibaca=true&ukuran=1&halaman=2").await.expect(200);
    assert_eq!((ids(&page), &page["total"]), (vec![id[3].clone()], &json!(2)));
    assert_eq!(guru.get("/api/notifications").await.expect(200)["total"], 3, "put away is not shown");
    let before = app.dump().await;
    let again = guru.put(&format!("/api/notifications/{}/read", id[0]), json!({})).await.expect(200);
    assert_eq!(again, read, "sent again it answers the same");
    guru.delete(&format!("/api/notifications/{}", id[1])).await.expect(204);
    assert_eq!(app.dump().await, before);
}

async fn an_answer_and_its_undo_are_shown_at_the_reception_at_once(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let id = arrivals(&app, &desk, 1).await[0].clone();
    let mut elsewhere = guru.subscribe().await;
    let mut desk_sees = desk.subscribe().await;
    let path = format!("/api/notifications/{id}/respond");
    for (given, kept) in [
        (json!("Saya ke lobi"), json!("Saya ke lobi")),
        (json!("  5 menit   lagi "), json!("5 menit lagi")),
        (Value::Null, Value::Null),
        (json!("Minta tunggu"), json!("Minta tunggu")),
        (json!(" "), Value::Null),
    ] {
        let answer = guru.post(&path, json!({ "tanggapan": given })).await.expect(200);
        assert_eq!(answer["tanggapan"], kept, "{given}");
        assert_eq!(desk_sees.next_of("appointment").await["tanggapan"], kept, "{given}");
        assert_eq!(elsewhere.next_of("notification").await["tanggapan"], kept, "{given}");
        assert_eq!(elsewhere.next_of("appointment").await["tanggapan"], kept, "{given}");
    }
    let unread = guru.get("/api/notifications?belum_dibaca=true").await.expect(200);
    assert_eq!(unread["total"], 0, "an answered one counts as read");
}

async fn an_answer_has_a_kind(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let id = arrivals(&app, &desk, 1).await[0].clone();
    let path = format!("/api/notifications/{id}/respond");
    for (sent, kept) in [
        // This client knows only words.
        (json!({ "tanggapan": "Saya ke lobi" }), json!(["Saya ke lobi", "ke_lobi", null, null])),
        (json!({ "tanggapan": "5 menit lagi" }), json!(["5 menit lagi", "sebentar", 5, null])),
        (json!({ "tanggapan": "Antar ke Ruang 3" }), json!(["Antar ke Ruang 3", "antar", null, "Ruang 3"])),
        (json!({ "tanggapan": "Tidak bisa" }), json!(["Tidak bisa", "tidak_bisa", null, null])),
        (json!({ "tanggapan": "Mohon tunggu" }), json!(["Mohon tunggu", "teks", null, null])),
        // This client knows kinds.
        (json!({ "tanggapan_jenis": "ke_lobi" }), json!(["Saya ke lobi", "ke_lobi", null, null])),
        (
            json!({ "tanggapan_jenis": "sebentar", "tanggapan_menit": 10 }),
            json!(["10 menit lagi", "sebentar", 10, null]),
        ),
        (
            json!({ "tanggapan": null, "tanggapan_jenis": "antar", "tanggapan_tempat": " Ruang  3 " }),
            json!(["Antar ke Ruang 3", "antar", null, "Ruang 3"]),
        ),
        (
            json!({ "tanggapan": "Maaf, sedang rapat", "tanggapan_jenis": "tidak_bisa" }),
            json!(["Maaf, sedang rapat", "tidak_bisa", null, null]),
        ),
        (json!({ "tanggapan": null }), json!([null, null, null, null])),
    ] {
        app.clock.advance(chrono::Duration::seconds(1));
        let answer = guru.post(&path, sent.clone()).await.expect(200);
        let seen = desk.get(&format!("/api/appointments/{id}")).await.expect(200);
        for shown in [&answer, &seen] {
            let fields = ["tanggapan", "tanggapan_jenis", "tanggapan_menit", "tanggapan_tempat"];
            let told: Value = fields.iter().map(|field| shown[field].clone()).collect();
            assert_eq!(told, kept, "{sent}");
            assert_eq!(shown["ditanggapi_pada"].is_null(), kept[0].is_null(), "{sent}");
        }
    }
    let before = app.dump().await;
    for (sent, field) in [
        (json!({ "tanggapan_jenis": "sebentar" }), "tanggapan_menit"),
        (json!({ "tanggapan_jenis": "sebentar", "tanggapan_menit": 0 }), "tanggapan_menit"),
        (json!({ "tanggapan_jenis": "sebentar", "tanggapan_menit": 241 }), "tanggapan_menit"),
        (json!({ "tanggapan_jenis": "antar" }), "tanggapan_tempat"),
        (json!({ "tanggapan_jenis": "antar", "tanggapan_tempat": "x".repeat(101) }), "tanggapan_tempat"),
        (json!({ "tanggapan_jenis": "ke_lobi", "tanggapan_menit": 5 }), "tanggapan_menit"),
        (json!({ "tanggapan_jenis": "teks" }), "tanggapan"),
        (json!({ "tanggapan_menit": 5 }), "tanggapan_jenis"),
        (json!({ "tanggapan_jenis": "nanti" }), "tanggapan_jenis"),
    ] {
        guru.post(&path, sent).await.wrong_fields(&[field]);
    }
    assert_eq!(app.dump().await, before);
}

async fn they_are_a_gurus_own(place: Place) {
    let app = App::start(place).await;
    let (other, desk, admin) = (app.other_guru().await, app.desk().await, app.admin().await);
    let id = arrivals(&app, &desk, 1).await[0].clone();
    let before = app.dump().await;
    for stranger in [&other, &desk, &admin] {
        assert_eq!(stranger.get("/api/notifications").await.expect(200)["total"], 0);
        let path = format!("/api/notifications/{id}");
        stranger.put(&format!("{path}/read"), json!({})).await.problem(404, "tidak_ditemukan");
        stranger.delete(&path).await.problem(404, "tidak_ditemukan");
        let answer = json!({ "tanggapan": "x" });
        stranger.post(&format!("{path}/respond"), answer).await.problem(404, "tidak_ditemukan");
    }
    assert_eq!(app.dump().await, before);
}

async fn there_is_none_before_the_arrival(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let id = tests::invite(&guru, 1, "10:00").await["id"].clone();
    assert_eq!(guru.get("/api/notifications").await.expect(200)["total"], 0);
    let answer = json!({ "tanggapan": "x" });
    guru.post(&format!("/api/notifications/{id}/respond"), answer).await.problem(404, "tidak_ditemukan");
}
