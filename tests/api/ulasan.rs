//! Reviews: by whoever holds the visit's code, once, after the visit.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{ADMIN, App, Caller, GURU, OTHER_GURU, Place, invite, walk_in};

journeys![
    left_once_and_the_same_again_is_no_error,
    not_before_the_end_of_the_visit,
    only_a_genuine_code_of_a_visit_opens_it,
    what_a_guru_walked_through_by_hand_is_not_reviewed,
    whom_the_desk_sees_leave_after_the_guru_ended_it_may_review,
    who_was_visited_leaves_no_review,
    who_invites_themselves_leaves_no_review,
    a_desk_in_its_own_hands_takes_nothing,
    admins_read_them_and_their_sum,
];

async fn review(app: &App, kode: &Value, rating: u8, komentar: &str) -> tests::Answer {
    let body = json!({ "kode": kode, "rating": rating, "komentar": komentar });
    app.nobody().post("/api/ulasan", body).await
}

/// The code of a visit that is over.
async fn visit(desk: &Caller, n: u32, guru: &tests::Person) -> Value {
    let here = desk.post("/api/appointments/walk-in", walk_in(n, guru)).await.expect(201);
    let path = format!("/api/appointments/{}/status", here["id"]);
    desk.put(&path, json!({ "status": "selesai" })).await.expect(200);
    here["kode_qr"].clone()
}

async fn left_once_and_the_same_again_is_no_error(place: Place) {
    let app = App::start(place).await;
    let kode = visit(&app.desk().await, 1, &GURU).await;
    let left = review(&app, &kode, 5, " Ramah.\r\nCepat. ").await.expect(201);
    assert_eq!((&left["rating"], &left["komentar"]), (&json!(5), &json!("Ramah.\nCepat.")));
    let before = app.dump().await;
    assert_eq!(review(&app, &kode, 5, "Ramah.\nCepat.").await.expect(201), left);
    review(&app, &kode, 4, "Ramah.\nCepat.").await.problem(409, "ulasan_sudah_ada");
    review(&app, &kode, 5, "").await.problem(409, "ulasan_sudah_ada");
    assert_eq!(app.dump().await, before);
    let url = format!("https://tamu.sekolah.example/k/{}", kode.as_str().expect("a code").to_lowercase());
    assert_eq!(review(&app, &json!(url), 5, "Ramah.\nCepat.").await.expect(201), left, "as a URL too");
}

async fn not_before_the_end_of_the_visit(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let invited = invite(&guru, 1, "09:00").await;
    let path = format!("/api/appointments/{}/status", invited["id"]);
    for status in ["belum", "menunggu", "sedang berlangsung"] {
        desk.put(&path, json!({ "status": status })).await.expect(200);
        let before = app.dump().await;
        review(&app, &invited["kode_qr"], 5, "").await.problem(409, "belum_selesai");
        assert_eq!(app.dump().await, before);
    }
    let called_off = invite(&guru, 2, "10:00").await;
    desk.put(&format!("/api/appointments/{}/status", called_off["id"]), json!({ "status": "batal" }))
        .await
        .expect(200);
    review(&app, &called_off["kode_qr"], 5, "").await.problem(409, "belum_selesai");
}

async fn only_a_genuine_code_of_a_visit_opens_it(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let kode = visit(&desk, 1, &GURU).await;
    let permanent = desk.get("/api/tamu/1").await.expect(200)["kode_qr"].clone();
    review(&app, &json!("x"), 5, "").await.problem(422, "format_tidak_valid");
    review(&app, &json!("A".repeat(47)), 5, "").await.problem(422, "format_tidak_valid");
    review(&app, &permanent, 5, "").await.problem(422, "tidak_ditemukan");
    app.clock.advance(Duration::days(15));
    review(&app, &kode, 5, "").await.problem(422, "kedaluwarsa");
}

/// Moves an appointment by hand.
async fn moves(caller: &Caller, row: &Value, status: &str) -> Value {
    let path = format!("/api/appointments/{}/status", row["id"]);
    caller.put(&path, json!({ "status": status })).await.expect(200)
}

async fn what_a_guru_walked_through_by_hand_is_not_reviewed(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    // Who records the arrival, who records the departure, and whether the guest may review.
    for (n, arrives, leaves, is_open) in [
        (1, &guru, &guru, false),
        (2, &guru, &desk, false),
        (3, &desk, &guru, false),
        (4, &desk, &desk, true),
    ] {
        let made = invite(&guru, n, &format!("1{n}:00")).await;
        moves(arrives, &made, "menunggu").await;
        moves(&guru, &made, "sedang berlangsung").await;
        moves(leaves, &made, "selesai").await;
        let before = app.dump().await;
        let answer = review(&app, &made["kode_qr"], 5, "Bagus").await;
        if is_open {
            answer.expect(201);
        } else {
            answer.problem(409, "belum_selesai");
            assert_eq!(app.dump().await, before, "{n}: it was refused and kept");
        }
    }
}

async fn whom_the_desk_sees_leave_after_the_guru_ended_it_may_review(place: Place) {
    let app = App::public(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let mut told = desk.subscribe().await;
    let made = invite(&guru, 1, "09:00").await;
    desk.scan(&made["kode_qr"]).await.expect(200);
    moves(&guru, &made, "selesai").await;
    review(&app, &made["kode_qr"], 5, "").await.problem(409, "belum_selesai");
    let body = json!({ "kode": made["kode_qr"], "kunci": tests::kunci() });
    let seen = desk.post("/api/appointments/scan", body.clone()).await.expect(200);
    assert_eq!(
        (&seen["hasil"], &seen["appointment"]["status"]),
        (&json!("sudah_selesai"), &json!("selesai"))
    );
    assert!(seen["ulasan_url"].is_string(), "{seen}");
    for _ in 0..4 {
        told.next_of("appointment").await;
    }
    let before = app.dump().await;
    assert_eq!(desk.post("/api/appointments/scan", body).await.expect(200), seen, "the same scan sent again");
    assert_eq!(desk.scan(&made["kode_qr"]).await.expect(200)["hasil"], "sudah_selesai");
    assert_eq!(app.dump().await, before, "seen once is enough");
    review(&app, &made["kode_qr"], 5, "").await.expect(201);
    // If nobody saw a guest come, nobody saw the guest leave.
    let by_hand = invite(&guru, 2, "10:00").await;
    moves(&guru, &by_hand, "menunggu").await;
    moves(&guru, &by_hand, "selesai").await;
    let seen = desk.scan(&by_hand["kode_qr"]).await.expect(200);
    assert_eq!((&seen["hasil"], &seen["ulasan_url"]), (&json!("sudah_selesai"), &Value::Null));
    review(&app, &by_hand["kode_qr"], 5, "").await.problem(409, "belum_selesai");
}

async fn who_was_visited_leaves_no_review(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let kode = visit(&desk, 1, &GURU).await;
    let body = json!({ "kode": kode, "rating": 5 });
    let before = app.dump().await;
    guru.post("/api/ulasan", body.clone()).await.problem(403, "ulasan_sendiri");
    assert_eq!(app.dump().await, before);
    app.other_guru().await.post("/api/ulasan", body.clone()).await.problem(403, "ulasan_sendiri");
    let nobody = app.nobody().request(reqwest::Method::POST, "/api/ulasan").bearer_auth("x.y.z").json(&body);
    tests::Answer::to(nobody).await.problem(401, "belum_masuk");
    // The desk sends what the guest chooses at the kiosk.
    desk.post("/api/ulasan", body).await.expect(201);
}

async fn who_invites_themselves_leaves_no_review(place: Place) {
    let app = App::start(place).await;
    let (admin, desk, guru) = (app.admin().await, app.desk().await, app.guru().await);
    let telp = json!({ "telp": "0812 0000 0001" });
    admin.put(&format!("/api/users/{}", GURU.id()), telp).await.expect(200);
    let made = invite(&guru, 1, "09:00").await;
    moves(&desk, &made, "menunggu").await;
    moves(&desk, &made, "selesai").await;
    let before = app.dump().await;
    review(&app, &made["kode_qr"], 5, "").await.problem(403, "ulasan_sendiri");
    assert_eq!(app.dump().await, before);
    // The same guest is a guest of another guru's.
    review(&app, &visit(&desk, 1, &OTHER_GURU).await, 5, "").await.expect(201);
}

async fn a_desk_in_its_own_hands_takes_nothing(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    // An admin who is visited may do all that the desk does. For the own visit it does not count.
    let here = admin.post("/api/appointments/walk-in", walk_in(1, &ADMIN)).await.expect(201);
    moves(&admin, &here, "selesai").await;
    assert_eq!(admin.scan(&here["kode_qr"]).await.expect(200)["ulasan_url"], Value::Null);
    review(&app, &here["kode_qr"], 5, "").await.problem(409, "belum_selesai");
    admin
        .post("/api/ulasan", json!({ "kode": here["kode_qr"], "rating": 5 }))
        .await
        .problem(403, "ulasan_sendiri");
    review(&app, &visit(&desk, 2, &ADMIN).await, 5, "").await.expect(201);
}

async fn admins_read_them_and_their_sum(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    let none = admin.get("/api/ulasan/ringkasan").await.expect(200);
    assert_eq!(none, json!({ "jumlah": 0, "rating_rata_rata": null, "per_guru": [] }));
    for (n, guru, rating) in [(1, &GURU, 3), (2, &GURU, 4), (3, &OTHER_GURU, 5)] {
        let kode = visit(&desk, n, guru).await;
        app.clock.advance(Duration::seconds(1));
        review(&app, &kode, rating, "Baik").await.expect(201);
    }
    let list = admin.get("/api/ulasan?ukuran=2").await.expect(200);
    assert_eq!((&list["total"], list["data"].as_array().map(Vec::len)), (&json!(3), Some(2)));
    assert_eq!(
        list["data"][0],
        json!({
            "id_janji_temu": 3, "id_guru": OTHER_GURU.id(), "nama_guru": OTHER_GURU.nama,
            "nama_tamu": "Tamu Nomor 3", "rating": 5, "komentar": "Baik", "ulasan_pada": "2026-11-23T02:00:03Z",
        })
    );
    let sum = admin.get("/api/ulasan/ringkasan").await.expect(200);
    assert_eq!(
        sum,
        json!({ "jumlah": 3, "rating_rata_rata": 4.0, "per_guru": [
            { "id_guru": OTHER_GURU.id(), "nama_guru": OTHER_GURU.nama, "jumlah": 1, "rating_rata_rata": 5.0 },
            { "id_guru": GURU.id(), "nama_guru": GURU.nama, "jumlah": 2, "rating_rata_rata": 3.5 },
        ] })
    );
}
