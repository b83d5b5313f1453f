//! A guest's page follows its visit over the event stream.

use chrono::Duration as Time;
use serde_json::json;
use tests::{App, Place, call, invite, put_status};
use tokio_tungstenite::tungstenite::Message;

use super::path;

journeys![
    it_is_told_at_once_and_after_each_change_and_of_nothing_else,
    what_is_no_code_follows_nothing,
    a_page_that_goes_on_talking_is_closed,
    the_oldest_page_of_many_gives_way,
    it_ends_with_its_code_and_with_the_server,
    many_pages_leave_users_their_places,
];

async fn it_is_told_at_once_and_after_each_change_and_of_nothing_else(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let made = invite(&guru, 1, "09:00").await;
    let other = invite(&guru, 2, "09:30").await;
    let nobody = app.nobody();
    let kode = json!(made["kode_qr"].as_str().expect("a code").to_lowercase());
    let mut page = nobody.follow(&kode).await;
    let first = page.next_of("kunjungan").await;
    assert_eq!(first, nobody.get(&path(&made["kode_qr"])).await.expect(200));
    desk.scan(&other["kode_qr"]).await.expect(200);
    desk.scan(&made["kode_qr"]).await.expect(200);
    let arrived = page.next_of("kunjungan").await;
    assert_eq!((&arrived["status"], &arrived["kode"]), (&json!("menunggu"), &made["kode_qr"]));
    call(&guru, &made).await;
    assert_eq!(page.next_of("kunjungan").await["tanggapan_jenis"], "ke_lobi");
    put_status(&desk, &made, "selesai").await.expect(200);
    assert_eq!(page.next_of("kunjungan").await["bisa_ulas"], true);
    let review = json!({ "kode": made["kode_qr"], "rating": 5 });
    nobody.post("/api/ulasan", review).await.expect(201);
    assert_eq!(page.next_of("kunjungan").await["rating"], 5);
}

async fn what_is_no_code_follows_nothing(place: Place) {
    let app = App::start(place).await;
    let made = invite(&app.guru().await, 1, "09:00").await;
    let permanent = app.desk().await.get("/api/tamu/1").await.expect(200)["kode_qr"].clone();
    for no_code in [json!("x"), json!("A".repeat(47)), permanent, json!(5), json!(null)] {
        let page = app.nobody().follow(&no_code).await;
        assert_eq!(page.closed().await, (4401, "belum_masuk".to_owned()), "{no_code}");
    }
    app.clock.advance(Time::days(15));
    let page = app.nobody().follow(&made["kode_qr"]).await;
    assert_eq!(page.closed().await, (4401, "token_kedaluwarsa".to_owned()));
}

async fn a_page_that_goes_on_talking_is_closed(place: Place) {
    let app = App::start(place).await;
    let made = invite(&app.guru().await, 1, "09:00").await;
    let mut page = app.nobody().follow(&made["kode_qr"]).await;
    page.next_of("kunjungan").await;
    page.send(Message::text("{}")).await;
    assert_eq!(page.closed().await, (1008, "pesan_tidak_dikenal".to_owned()));
}

async fn the_oldest_page_of_many_gives_way(place: Place) {
    let app = App::start(place).await;
    let made = invite(&app.guru().await, 1, "09:00").await;
    let mut pages = Vec::new();
    for _ in 0..9 {
        let mut page = app.nobody().follow(&made["kode_qr"]).await;
        page.next_of("kunjungan").await;
        pages.push(page);
    }
    let mut pages = pages.into_iter();
    assert_eq!(pages.next().expect("the oldest").closed().await, (4429, "terlalu_sering".to_owned()));
    app.desk().await.scan(&made["kode_qr"]).await.expect(200);
    for mut page in pages {
        assert_eq!(page.next_of("kunjungan").await["status"], "menunggu");
    }
}

async fn it_ends_with_its_code_and_with_the_server(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let (made, other) = (invite(&guru, 1, "09:00").await, invite(&guru, 2, "10:00").await);
    let mut page = app.nobody().follow(&made["kode_qr"]).await;
    page.next_of("kunjungan").await;
    let mut quiet = app.nobody().follow(&other["kode_qr"]).await;
    quiet.next_of("kunjungan").await;
    app.clock.advance(Time::days(15));
    // The next change finds that the code has ended.
    put_status(&app.desk().await, &made, "batal").await.expect(200);
    assert_eq!(page.closed().await, (4401, "token_kedaluwarsa".to_owned()));
    let (closed, _folder) = tokio::join!(quiet.closed(), app.stop());
    assert_eq!(closed, (1001, "server_berhenti".to_owned()));
}

async fn many_pages_leave_users_their_places(place: Place) {
    let app = App::with(place, |config| config.connections_max = 40).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let mut sees = guru.subscribe().await;
    let mut pages = Vec::new();
    for n in 1..=8 {
        let made = invite(&guru, n, &format!("1{n}:00")).await;
        sees.next_of("appointment").await;
        for _ in 0..8 {
            pages.push(app.nobody().follow(&made["kode_qr"]).await);
        }
    }
    let here = desk.post("/api/appointments/walk-in", tests::walk_in(9, &tests::GURU)).await.expect(201);
    assert_eq!(sees.next_of("notification").await["id"], here["id"], "the guru's connection stands");
}
