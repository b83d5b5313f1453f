//! The guru is told: the card with its one-press answers, several guests at once, and the list of what was told.

use tests::{GURU, PASSWORD};

use crate::{browser, school::School};

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_arrives_is_answered_by_one_press() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let caller = school.app.guru().await;
    let invited = school.invite(&caller, 0, "09:05").await;
    let second = school.invite(&caller, 3, "09:00").await;
    let guru = school.guru(browser).await;
    guru.click("[data-testid=tab-minggu]").await;
    school.arrives(&invited).await;
    guru.sees("Budi Santoso").await;
    guru.find(&format!("[data-testid=kartu-{}]", invited["id"])).await;
    guru.inspect("guru-kartu").await;
    school.app.clock.advance(chrono::Duration::minutes(20));
    guru.set_clock(school.app.clock.now()).await;
    school.arrives(&second).await;
    guru.find("[data-testid=tumpukan]").await;
    guru.inspect("guru-kartu-dua").await;
    guru.inspect_sizes("guru-kartu-dua", &[(320, 640), (1440, 900)]).await;
    guru.click("[data-testid=jawab-lobi]").await;
    guru.find("[data-testid=terkirim]").await;
    guru.inspect("guru-kartu-terjawab").await;
    tests::answered(&school.app.desk().await, "Saya ke lobi").await;
    guru.click("[data-testid=lonceng]").await;
    guru.sees("belum dibaca").await;
    guru.inspect("guru-kabar").await;
    guru.inspect_sizes("guru-kabar", &[(320, 640), (1440, 900)]).await;
    guru.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_is_let_go_at_the_desk_leaves_a_word() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let invited = school.invite(&school.app.guru().await, 0, "09:05").await;
    let guru = school.guru(browser).await;
    guru.click("[data-testid=tab-riwayat]").await;
    school.arrives(&invited).await;
    guru.find(&format!("[data-testid=kartu-{}]", invited["id"])).await;
    let status = format!("/api/appointments/{}/status", invited["id"]);
    school.app.desk().await.put(&status, serde_json::json!({ "status": "selesai" })).await.expect(200);
    guru.sees("Budi Santoso sudah pulang").await;
    guru.sees("dicatat di meja").await;
    guru.inspect("guru-kejadian").await;
    guru.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_temporary_password_may_only_be_changed() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let admin = school.app.admin().await;
    let given = admin.post(&format!("/api/users/{}/reset-password", GURU.id()), serde_json::json!({})).await;
    let given = given.expect(200);
    let temporary = crate::school::text(&given["password_sementara"]).to_owned();
    let guru = school.page(browser, "guru").await;
    guru.inspect("guru-masuk").await;
    guru.inspect_sizes("guru-masuk", &[(320, 640), (1440, 900)]).await;
    guru.press("Masuk").await;
    guru.sees("Isi e-mail (atau NUPTK) dan kata sandi").await;
    guru.fill("input[type=email]", GURU.email).await;
    guru.fill("input[type=password]", &temporary).await;
    guru.press("Masuk").await;
    guru.sees("Buat kata sandi sendiri").await;
    guru.inspect("guru-ganti-sandi").await;
    // It was typed a moment ago. After coming back to the page, it has to be typed again.
    assert!(!guru.text().await.contains("Kata sandi sementara"), "the temporary password is asked for twice");
    guru.driver.refresh().await.expect("the page opens again");
    guru.sees("Kata sandi sementara").await;
    for (at, password) in [temporary.as_str(), PASSWORD, PASSWORD].into_iter().enumerate() {
        let fields = guru.driver.find_all(thirtyfour::By::Css("[data-testid=ganti-password] input")).await;
        let fields = fields.expect("fields");
        fields[at].send_keys(password).await.expect("keys are taken");
    }
    guru.press("Simpan kata sandi").await;
    guru.sees("Tidak ada janji hari ini").await;
    guru.close().await;
}
