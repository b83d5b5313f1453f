//! What a phone finds behind a code, and that no address is given out that it cannot open.

use serde_json::Value;
use tests::{App, Place, invite};

journeys![
    behind_every_code_is_the_same_page_without_a_guest,
    without_an_address_that_a_phone_can_open_there_is_no_link,
];

async fn behind_every_code_is_the_same_page_without_a_guest(place: Place) {
    let app = App::public(place).await;
    let made = invite(&app.guru().await, 1, "09:00").await;
    let kode = made["kode_qr"].as_str().expect("a code");
    let page = app.nobody().get("/tamu").await;
    for path in [format!("/K/{kode}"), format!("/k/{}", kode.to_lowercase()), "/K/apa-saja".to_owned()] {
        let same = app.nobody().get(&path).await;
        assert_eq!((same.status, same.text()), (page.status, page.text()), "{path}");
        assert_eq!((same.header("x-robots-tag"), same.header("referrer-policy")), ("noindex", "no-referrer"));
    }
    for hidden in [kode, "Tamu Nomor", "Ratna"] {
        assert!(!page.text().contains(hidden), "{hidden:?} is in the page: {}", page.text());
    }
}

async fn without_an_address_that_a_phone_can_open_there_is_no_link(place: Place) {
    for public in [None, Some("http://127.0.0.1:8700"), Some("http://localhost"), Some("http://0.0.0.0:8443")]
    {
        let app =
            App::with(place, |config| config.public_url = public.and_then(|url| url.parse().ok())).await;
        let (guru, desk) = (app.guru().await, app.desk().await);
        let made = invite(&guru, 1, "09:00").await;
        let teks = made["pesan"]["teks"].as_str().expect("a text");
        assert!(!teks.contains("/K/") && !teks.contains("http"), "{public:?}: {teks}");
        desk.scan(&made["kode_qr"]).await.expect(200);
        tests::put_status(&guru, &made, "sedang berlangsung").await.expect(200);
        let left = desk.scan(&made["kode_qr"]).await.expect(200);
        assert_eq!((&left["hasil"], &left["ulasan_url"]), (&"pulang".into(), &Value::Null), "{public:?}");
        let picture = guru.get(&format!("/api/appointments/{}/qr.png", made["id"])).await;
        let luma = scan::picture::load_bytes(&picture.bytes).expect("a picture");
        let texts = scan::decode::Decoder::new().decode_picture(&luma);
        assert_eq!(texts, [made["kode_qr"].as_str().expect("a code")], "{public:?}: the bare token");
    }
}
