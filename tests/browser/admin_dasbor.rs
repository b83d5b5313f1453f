//! The dashboard as it changes by itself, and an evacuation from the first tick to the end, on several pages.

use serde_json::json;
use tests::{ADMIN, DESK};

use crate::{browser, school::School};

const SIZES: [(u32, u32); 5] = [(320, 640), (390, 844), (768, 1024), (1366, 657), (3840, 2160)];

#[tokio::test(flavor = "multi_thread")]
async fn the_dashboard_follows_the_day() {
    let Some(browser) = browser() else { return };
    let school = School::in_full_swing().await;
    let admin = school.page(browser, "admin").await;
    admin.login(ADMIN.email).await;
    admin.find("[data-testid=angka]").await;
    admin.inspect("dasbor").await;
    admin.inspect_sizes("dasbor", &SIZES).await;
    let before = admin.find("[data-testid=angka-datang]").await.text().await.expect("a figure");
    school.walks_in(6).await;
    admin.sees("Ahmad Fauzi").await;
    let counted = async {
        loop {
            let now = admin.find("[data-testid=angka-datang]").await.text().await.expect("a figure");
            if now != before {
                return;
            }
            tests::pause().await;
        }
    };
    tests::within("the figures to follow", counted).await;
    admin.click("[data-testid=tab-semua]").await;
    admin.inspect("dasbor-semua").await;

    // On a narrow screen the menu opens, and closes by its key.
    admin.resize(320, 640).await;
    admin.click("[data-testid=buka-menu]").await;
    admin.find("[data-testid=menu-audit]").await;
    admin.inspect("dasbor-menu").await;
    admin.keys("\u{e00c}").await;
    let state: String = admin
        .ask(
            "return document.querySelector('[data-testid=buka-menu]').getAttribute('aria-expanded')",
            Vec::new(),
        )
        .await;
    assert_eq!(state, "false");
    admin.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_school_sees_its_first_steps() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let admin = school.page(browser, "admin").await;
    admin.login(ADMIN.email).await;
    admin.find("[data-testid=langkah-pertama]").await;
    admin.inspect("dasbor-kosong").await;
    admin.inspect_sizes("dasbor-kosong", &SIZES).await;
    admin.click("[data-testid=sembunyikan-langkah]").await;
    admin.find("[data-testid=angka]").await;
    admin.inspect("dasbor-tanpa-tamu").await;
    admin.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_ticked_off() {
    let Some(browser) = browser() else { return };
    let school = School::in_full_swing().await;
    let desk = school.page(browser, "admin").await;
    desk.login(DESK.email).await;
    desk.click("[data-testid=menu-evakuasi]").await;
    desk.find("[data-testid=evakuasi]").await;
    desk.inspect("evakuasi-sebelum").await;
    desk.click("[data-testid=mulai-evakuasi]").await;
    desk.find("[data-testid=tanya-evakuasi]").await;
    desk.inspect("evakuasi-tanya").await;
    desk.click("[data-testid=ya]").await;
    desk.find("[data-testid=selesai-evakuasi]").await;
    desk.inspect("evakuasi").await;
    desk.inspect_sizes("evakuasi", &SIZES).await;

    // A guru ticks on another device, and somebody arrives meanwhile.
    let guru = school.app.guru().await;
    let listed = guru.get("/api/evakuasi").await.expect(200);
    let (first, second) = (&listed["data"][0]["id"], &listed["data"][1]["id"]);
    guru.put(&format!("/api/evakuasi/{first}"), json!({ "aman": true })).await.expect(200);
    desk.find(&format!("[data-testid=gedung-{first}].aman")).await;
    school.walks_in(6).await;
    desk.sees("Ahmad Fauzi").await;

    // A tick on this page, and back by the message.
    desk.choose(&format!("[data-testid=gedung-{second}] input")).await;
    desk.find(&format!("[data-testid=gedung-{second}].aman")).await;
    desk.inspect("evakuasi-ditandai").await;
    desk.click("[data-testid=roti-aksi]").await;
    desk.find(&format!("[data-testid=gedung-{second}]:not(.aman)")).await;

    desk.click("[data-testid=selesai-evakuasi]").await;
    desk.click("[data-testid=ya]").await;
    desk.find("[data-testid=mulai-evakuasi]").await;
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guru_is_told_of_an_evacuation_and_finds_its_list() {
    let Some(browser) = browser() else { return };
    let school = School::in_full_swing().await;
    let guru = school.guru(browser).await;
    let outside = school.app.guru().await.get("/api/evakuasi").await.expect(200);
    assert_eq!(outside["data"], json!([]), "names are told while an evacuation goes on");
    school.app.desk().await.post("/api/evakuasi", json!({})).await.expect(200);
    guru.find("[data-testid=evakuasi-berlangsung]").await;
    guru.inspect("guru-evakuasi-kabar").await;
    guru.click("[data-testid=evakuasi-berlangsung] a").await;
    guru.find("[data-testid=evakuasi]").await;
    assert!(!guru.has("[data-testid=selesai-evakuasi]").await, "a guru ends none");
    guru.resize(390, 844).await;
    guru.inspect("guru-evakuasi").await;
    guru.close().await;
}
