//! Reviews: by whoever holds the visit's code, once, after the visit.

mod ekspor;

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
    a_list_is_narrowed_down,
    a_hidden_comment_is_read_by_admins_and_its_guest_alone,
    hiding_needs_a_reason_and_a_review,
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

/// Reviews by so many guests of a guru, with those stars.
async fn reviews(app: &App, desk: &Caller, first: u32, guru: &tests::Person, ratings: &[u8]) {
    for (n, rating) in (first..).zip(ratings) {
        let kode = visit(desk, n, guru).await;
        app.clock.advance(Duration::seconds(1));
        review(app, &kode, *rating, "Baik").await.expect(201);
    }
}

async fn admins_read_them_and_their_sum(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    let stars = |counts: [u32; 5]| {
        json!(
            (1..=5)
                .zip(counts)
                .map(|(rating, jumlah)| json!({ "rating": rating, "jumlah": jumlah }))
                .collect::<Vec<_>>()
        )
    };
    let none = admin.get("/api/ulasan/ringkasan").await.expect(200);
    assert_eq!(
        none,
        json!({
            "jumlah": 0, "rating_rata_rata": null, "simpangan_baku": null, "per_rating": stars([0; 5]), "per_guru": [],
        })
    );
    reviews(&app, &desk, 1, &GURU, &[3, 3, 5, 5, 5, 5, 2]).await;
    reviews(&app, &desk, 8, &OTHER_GURU, &[5]).await;
    let list = admin.get("/api/ulasan?ukuran=2").await.expect(200);
    assert_eq!((&list["total"], list["data"].as_array().map(Vec::len)), (&json!(8), Some(2)));
    assert_eq!(
        list["data"][0],
        json!({
            "id_janji_temu": 8, "id_guru": OTHER_GURU.id(), "nama_guru": OTHER_GURU.nama,
            "nama_tamu": "Tamu Nomor 8", "rating": 5, "komentar": "Baik", "ulasan_pada": "2026-11-23T02:00:08Z",
            "tersembunyi": false, "alasan_tersembunyi": null, "disembunyikan_oleh": null,
            "disembunyikan_pada": null,
        })
    );
    let sum = admin.get("/api/ulasan/ringkasan").await.expect(200);
    assert_eq!((&sum["jumlah"], &sum["rating_rata_rata"]), (&json!(8), &json!(33.0 / 8.0)));
    assert_eq!(sum["per_rating"], stars([0, 1, 2, 0, 5]));
    assert_eq!(
        sum["per_guru"],
        json!([
            {
                "id_guru": GURU.id(), "nama_guru": GURU.nama, "jumlah_guru": 1, "jumlah": 7,
                "rating_rata_rata": 4.0, "rata_rata": 4.0, "simpangan_baku": (10.0_f64 / 7.0).sqrt(),
                "per_rating": stars([0, 1, 2, 0, 4]),
            },
            {
                "id_guru": null, "nama_guru": "lainnya", "jumlah_guru": 1, "jumlah": 1,
                "rating_rata_rata": 5.0, "rata_rata": 5.0, "simpangan_baku": 0.0,
                "per_rating": stars([0, 0, 0, 0, 1]),
            },
        ])
    );
    // The day at the school, not in UTC.
    let day = admin.get("/api/ulasan/ringkasan?dari=2026-11-23&sampai=2026-11-23").await.expect(200);
    assert_eq!(day["jumlah"], 8);
    let other = admin.get("/api/ulasan/ringkasan?dari=2026-11-24").await.expect(200);
    assert_eq!((&other["jumlah"], &other["per_guru"]), (&json!(0), &json!([])));
    admin.get("/api/ulasan/ringkasan?dari=2026-11-24&sampai=2026-11-23").await.wrong_fields(&["sampai"]);
    admin.get("/api/ulasan/ringkasan?dari=24-11-2026&sampai=x").await.wrong_fields(&["dari", "sampai"]);
}

async fn a_list_is_narrowed_down(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    reviews(&app, &desk, 1, &GURU, &[5, 3]).await;
    reviews(&app, &desk, 3, &OTHER_GURU, &[5]).await;
    let hide = json!({ "tersembunyi": true, "alasan": "Kasar sekali" });
    admin.put("/api/ulasan/2", hide).await.expect(200);
    for (query, found) in [
        (format!("id_guru={}", GURU.id()), &[2, 1][..]),
        ("rating=5".to_owned(), &[3, 1]),
        ("tersembunyi=true".to_owned(), &[2]),
        ("tersembunyi=false".to_owned(), &[3, 1]),
        ("q=nomor%203".to_owned(), &[3]),
        ("dari=2026-11-23&sampai=2026-11-23&rating=3".to_owned(), &[2]),
        ("sampai=2026-11-22".to_owned(), &[]),
        ("halaman=2&ukuran=2".to_owned(), &[1]),
    ] {
        let list = admin.get(&format!("/api/ulasan?{query}")).await.expect(200);
        let ids: Vec<_> =
            list["data"].as_array().expect("rows").iter().map(|row| row["id_janji_temu"].clone()).collect();
        assert_eq!(json!(ids), json!(found), "{query}");
    }
    for (query, field) in [
        ("rating=6", "rating"),
        ("id_guru=0", "id_guru"),
        ("tersembunyi=ya", "tersembunyi"),
        ("dari=2026-13-01", "dari"),
        ("dari=2026-11-24&sampai=2026-11-23", "sampai"),
        ("ukuran=500", "ukuran"),
        ("guru=1", "guru"),
    ] {
        admin.get(&format!("/api/ulasan?{query}")).await.wrong_fields(&[field]);
    }
}

async fn a_hidden_comment_is_read_by_admins_and_its_guest_alone(place: Place) {
    let app = App::start(place).await;
    let (admin, desk, guru) = (app.admin().await, app.desk().await, app.guru().await);
    let kode = visit(&desk, 1, &GURU).await;
    review(&app, &kode, 2, "Si Anu kasar").await.expect(201);
    let row = "/api/appointments/1";
    assert_eq!(guru.get(row).await.expect(200)["komentar"], "Si Anu kasar");
    let mut told = guru.subscribe().await;
    let hide = json!({ "tersembunyi": true, "alasan": " Menyebut nama siswa " });
    let hidden = admin.put("/api/ulasan/1", hide.clone()).await.expect(200);
    assert_eq!(
        (&hidden["tersembunyi"], &hidden["alasan_tersembunyi"]),
        (&json!(true), &json!("Menyebut nama siswa"))
    );
    assert_eq!(
        (
            &hidden["rating"],
            &hidden["komentar"],
            &hidden["disembunyikan_oleh"],
            &hidden["disembunyikan_pada"]
        ),
        (&json!(2), &json!("Si Anu kasar"), &json!(ADMIN.nama), &json!("2026-11-23T02:00:00Z"))
    );
    // Screens that show it forget it at once, and it is in no list.
    assert_eq!(told.next_of("appointment").await["komentar"], Value::Null);
    for caller in [&guru, &desk, &admin] {
        let seen = caller.get(row).await.expect(200);
        assert_eq!((&seen["rating"], &seen["komentar"]), (&json!(2), &Value::Null));
        assert_eq!(caller.get("/api/appointments").await.expect(200)["data"][0]["komentar"], Value::Null);
    }
    assert_eq!(admin.get("/api/ulasan/ringkasan").await.expect(200)["jumlah"], 1, "the stars count");
    let page = format!("/api/kunjungan/{}", kode.as_str().expect("a code"));
    assert_eq!(
        app.nobody().get(&page).await.expect(200)["komentar"],
        "Si Anu kasar",
        "the guest's own words"
    );
    let guest = app.tamu(&desk.get("/api/tamu/1").await.expect(200)).await;
    assert_eq!(guest.get("/api/tamu/saya").await.expect(200)["data"][0]["komentar"], "Si Anu kasar");
    review(&app, &kode, 2, "Si Anu kasar").await.expect(201);
    // The same again changes nothing, another reason does.
    let before = app.dump().await;
    assert_eq!(admin.put("/api/ulasan/1", hide).await.expect(200), hidden);
    assert_eq!(app.dump().await, before);
    let other = json!({ "tersembunyi": true, "alasan": "Fitnah" });
    assert_eq!(admin.put("/api/ulasan/1", other).await.expect(200)["alasan_tersembunyi"], "Fitnah");
    let shown = admin.put("/api/ulasan/1", json!({ "tersembunyi": false })).await.expect(200);
    assert_eq!((&shown["tersembunyi"], &shown["alasan_tersembunyi"]), (&json!(false), &Value::Null));
    assert_eq!(guru.get(row).await.expect(200)["komentar"], "Si Anu kasar");
}

async fn hiding_needs_a_reason_and_a_review(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    let unreviewed = desk.post("/api/appointments/walk-in", walk_in(1, &GURU)).await.expect(201);
    reviews(&app, &desk, 2, &GURU, &[5]).await;
    let before = app.dump().await;
    for (body, field) in [
        (json!({ "tersembunyi": true }), "alasan"),
        (json!({ "tersembunyi": true, "alasan": " ok " }), "alasan"),
        (json!({ "tersembunyi": true, "alasan": "..." }), "alasan"),
        (json!({ "tersembunyi": true, "alasan": "a".repeat(201) }), "alasan"),
        (json!({ "tersembunyi": false, "alasan": "Kasar" }), "alasan"),
        (json!({ "tersembunyi": "ya", "alasan": "Kasar" }), "tersembunyi"),
        (json!({ "tersembunyi": true, "alasan": "Kasar", "rating": 5 }), "rating"),
    ] {
        admin.put("/api/ulasan/2", body).await.wrong_fields(&[field]);
    }
    let hide = json!({ "tersembunyi": true, "alasan": "Kasar" });
    for id in [unreviewed["id"].clone(), json!(99)] {
        admin.put(&format!("/api/ulasan/{id}"), hide.clone()).await.problem(404, "tidak_ditemukan");
    }
    assert_eq!(app.dump().await, before);
}
