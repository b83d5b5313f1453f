//! Reviews and the survey: filtered, a comment hidden with a reason and shown again, the index of elements.

use serde_json::json;
use tests::ADMIN;

use crate::{browser, school::School};

const SIZES: [(u32, u32); 4] = [(320, 640), (1024, 768), (1366, 768), (1920, 1080)];

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_is_hidden_and_the_survey_is_read() {
    let Some(browser) = browser() else { return };
    let school = School::in_full_swing().await;
    let listed = school.app.admin().await.get("/api/ulasan").await.expect(200);
    let id = &listed["data"][0]["id_janji_temu"];
    let admin = school.page(browser, "admin").await;
    admin.login(ADMIN.email).await;
    admin.click("[data-testid=menu-ulasan]").await;
    admin.find(&format!("[data-testid=ulasan-{id}]")).await;
    admin.inspect("ulasan").await;
    admin.inspect_sizes("ulasan", &SIZES).await;
    admin.click(&format!("[data-testid=ulasan-{id}] [data-testid=sembunyikan]")).await;
    admin.click("[data-testid=ya]").await;
    admin.find("[data-testid=sembunyikan-komentar] [aria-invalid=true]").await;
    admin.inspect("ulasan-tanpa-alasan").await;
    admin.fill("[data-testid=alasan]", "Menyebut nama orang lain").await;
    admin.click("[data-testid=ya]").await;
    admin.find(&format!("[data-testid=ulasan-{id}] [data-testid=tampilkan]")).await;
    admin.inspect("ulasan-tersembunyi").await;
    admin.click(&format!("[data-testid=ulasan-{id}] [data-testid=tampilkan]")).await;
    admin.find(&format!("[data-testid=ulasan-{id}] [data-testid=sembunyikan]")).await;
    admin.click("[data-testid=saring-bintang]").await;
    admin.fill("[data-testid=cari]", "zzz").await;
    admin.sees("Tidak ada").await;
    admin.inspect("ulasan-tidak-ada").await;

    admin.click("[data-testid=ke-survei]").await;
    admin.settled().await;
    admin.inspect("survei-kosong").await;
    let chief = school.app.admin().await;
    let versi = chief.get("/api/settings").await.expect(200)["versi"].clone();
    chief.put("/api/settings", json!({ "versi": versi, "survei": true })).await.expect(200);
    let token = listed_token(&school).await;
    let unsur = json!({ "persyaratan": 4, "prosedur": 3, "waktu": 4, "biaya": 4, "produk": 3, "kompetensi": 4,
        "perilaku": 4, "pengaduan": 3, "sarana": 2 });
    let filled = json!({ "unsur": unsur, "saran": "Tambah kursi di lobi." });
    school.app.nobody().post(&format!("/api/kunjungan/{token}/survei"), filled).await.expect(201);
    admin.driver.refresh().await.expect("the page opens again");
    admin.find("[data-testid=unsur]").await;
    admin.inspect("survei").await;
    admin.inspect_sizes("survei", &SIZES).await;
    admin.close().await;
}

/// The code of the visit that is over.
async fn listed_token(school: &School) -> String {
    let rows = school.app.admin().await.get("/api/appointments/today").await.expect(200);
    let rows = rows["data"].as_array().expect("a list").clone();
    let over = rows.iter().find(|row| row["status"] == "selesai").expect("a visit that is over");
    crate::school::text(&over["kode_qr"]).to_owned()
}
