//! A guest arrives: who, to whom, on time or late, whether the guru can be reached, and the answer as it comes.

use chrono::Duration;
use serde_json::json;

use crate::{
    browser,
    school::{School, show_code, text},
};

#[tokio::test(flavor = "multi_thread")]
async fn the_guest_is_greeted_and_the_gurus_answer_comes_up() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let guru = school.app.guru().await;
    let _alerts = guru.subscribe().await;
    let invited = school.invite(&guru, 0, "09:10").await;
    let kiosk = school.kiosk(browser).await;
    show_code(&kiosk, &invited["kode_qr"]).await;
    kiosk.sees(text(&invited["nama_tamu"])).await;
    kiosk.sees("Tepat waktu").await;
    kiosk.sees("Ratna Wulandari terhubung").await;
    kiosk.inspect("kiosk-datang").await;
    kiosk.inspect_desk("kiosk-datang").await;

    let path = format!("/api/notifications/{}/respond", invited["id"]);
    guru.post(&path, json!({ "tanggapan": "Saya ke lobi" })).await.expect(200);
    kiosk.sees("Saya ke lobi").await;
    kiosk.inspect("kiosk-dijawab").await;

    // If the code is shown again at once, nothing happens twice, and the guest is asked.
    show_code(&kiosk, &invited["kode_qr"]).await;
    kiosk.sees("Sudah bertemu Ratna Wulandari?").await;
    kiosk.inspect("kiosk-sudah-datang").await;
    kiosk.inspect_desk("kiosk-sudah-datang").await;
    // A guest who leaves at once is not told to wait.
    kiosk.click("[data-testid=pulang-sekarang]").await;
    kiosk.sees("Sampai jumpa").await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_comes_later_is_shown_by_itself_and_stays_in_the_book() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let guru = school.app.guru().await;
    let invited = school.invite(&guru, 0, "09:10").await;
    let kiosk = school.kiosk(browser).await;
    show_code(&kiosk, &invited["kode_qr"]).await;
    kiosk.sees("Tepat waktu").await;
    kiosk.press("Pindai berikutnya").await;
    kiosk.sees("Tunjukkan kode").await;

    let path = format!("/api/notifications/{}/respond", invited["id"]);
    guru.post(&path, json!({ "tanggapan": "Mohon tunggu, saya masih mengajar sampai jam kedua" }))
        .await
        .expect(200);
    kiosk.sees("Ratna Wulandari menjawab").await;
    kiosk.sees("saya masih mengajar").await;
    kiosk.inspect("kiosk-dijawab-kemudian").await;
    kiosk.inspect_desk("kiosk-dijawab-kemudian").await;

    kiosk.press("Pindai berikutnya").await;
    kiosk.press("Buka buku hari ini").await;
    kiosk.sees("Guru: Mohon tunggu").await;
    kiosk.click(&format!("[data-testid=baris-{}]", invited["id"])).await;
    kiosk.find("[data-testid=rincian-tanggapan]").await;
    kiosk.inspect("kiosk-buku-dijawab").await;
    kiosk.inspect_desk("kiosk-buku-dijawab").await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_late_and_whose_guru_is_away_is_told_so() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let invited = school.invite(&school.app.guru().await, 3, "09:00").await;
    school.app.clock.advance(Duration::minutes(40));
    let kiosk = school.kiosk(browser).await;
    show_code(&kiosk, &invited["kode_qr"]).await;
    kiosk.sees("Terlambat 40").await;
    kiosk.sees("Guru belum terhubung").await;
    kiosk.inspect("kiosk-terlambat-nama-panjang").await;
    kiosk.inspect_desk("kiosk-terlambat-nama-panjang").await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_permanent_code_asks_which_of_several_appointments() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let (guru, other) = (school.app.guru().await, school.app.other_guru().await);
    school.invite(&guru, 0, "09:30").await;
    let second = school.invite(&other, 0, "11:00").await;
    let desk = school.app.desk().await;
    let guest = desk.get(&format!("/api/tamu/{}", second["id_tamu"])).await.expect(200);
    let kiosk = school.kiosk(browser).await;
    show_code(&kiosk, &guest["kode_qr"]).await;
    kiosk.sees("Janji yang mana?").await;
    kiosk.inspect("kiosk-pilih").await;
    kiosk.click(&format!("[data-testid=pilih-{}]", second["id"])).await;
    kiosk.find("[data-testid=papan-datang]").await;
    kiosk.sees("Agus Setiawan").await;
    kiosk.close().await;
}
