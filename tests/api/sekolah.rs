//! What the pages say about the school.

use serde_json::json;
use tests::{App, Caller, Place};

journeys![a_stranger_learns_the_name_and_who_is_signed_in_the_rest];

async fn a_stranger_learns_the_name_and_who_is_signed_in_the_rest(place: Place) {
    let app = App::start(place).await;
    let ask = async |caller: &Caller| caller.get("/api/sekolah").await;
    assert_eq!(
        ask(&app.nobody()).await.expect(200),
        json!({ "nama": "Sekolah", "bahasa": ["id", "en"], "bahasa_bawaan": "id" })
    );
    let whole = json!({
        "nama": "Sekolah",
        "tempat": "Lobi utama",
        "zona_waktu": "Asia/Jakarta",
        "toleransi_terlambat_menit": 15,
        "batas_urung_menit": 5,
        "bahasa": ["id", "en"],
        "bahasa_bawaan": "id",
        "versi": 0,
        "keperluan": [],
        "tempat_lain": [],
        "kiosk_diam_detik": 900,
    });
    for caller in [app.guru().await, app.desk().await, app.admin().await] {
        assert_eq!(ask(&caller).await.expect(200), whole);
    }
    // A session that has ended is told so, as everywhere.
    let gone = app.desk().await;
    gone.post("/api/auth/logout", json!({})).await.expect(204);
    ask(&gone).await.problem(401, "belum_masuk");
}
