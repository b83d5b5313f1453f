//! The guru's appointments: by day and week, made with a guest found by name or phone, moved, cancelled, and sent as a
//! code.

use serde_json::json;
use tests::pause;

use crate::{browser, browser::Tab, school::School};

/// The smallest phone, a tablet, and a wide screen.
const SIZES: [(u32, u32); 4] = [(320, 640), (768, 1024), (1440, 900), (2560, 1440)];

#[tokio::test(flavor = "multi_thread")]
async fn the_day_the_week_and_the_past_are_listed() {
    let Some(browser) = browser() else { return };
    let school = School::in_full_swing().await;
    let guru = school.guru(browser).await;
    guru.sees("Tamu menunggu di lobi").await;
    guru.inspect("guru-hari-ini").await;
    guru.inspect_sizes("guru-hari-ini", &SIZES).await;
    guru.click("[data-testid=tab-minggu]").await;
    guru.find("[data-testid=kalender]").await;
    guru.inspect("guru-minggu").await;
    guru.inspect_sizes("guru-minggu", &SIZES).await;
    guru.click("[data-testid=tab-riwayat]").await;
    guru.sees("Budi Santoso").await;
    guru.inspect("guru-riwayat").await;
    guru.inspect_sizes("guru-riwayat", &SIZES).await;
    guru.types_into("[data-testid=cari]", "zzz").await;
    guru.sees("Tidak ada yang cocok").await;
    guru.inspect("guru-riwayat-tidak-ada").await;
    guru.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn empty_days_say_what_to_do() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let guru = school.guru(browser).await;
    guru.sees("Tidak ada janji hari ini").await;
    guru.inspect("guru-hari-ini-kosong").await;
    guru.click("[data-testid=tab-minggu]").await;
    guru.sees("Tidak ada janji minggu ini").await;
    guru.inspect("guru-minggu-kosong").await;
    guru.click("[data-testid=tab-riwayat]").await;
    guru.sees("Belum ada riwayat").await;
    guru.inspect("guru-riwayat-kosong").await;
    guru.click("[data-testid=lonceng]").await;
    guru.sees("Belum ada kabar").await;
    guru.inspect("guru-kabar-kosong").await;
    guru.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_is_made_moved_and_cancelled() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let caller = school.app.guru().await;
    school.invite(&caller, 0, "10:00").await;
    // The guest is the teacher's own, so the name is enough.
    let before = school.invite_on(&caller, 4, "2026-11-25", "08:00").await;
    let status = format!("/api/appointments/{}/status", before["id"]);
    caller.put(&status, json!({ "status": "batal" })).await.expect(200);
    let guru = school.guru(browser).await;
    guru.click("[data-testid=buat]").await;
    guru.inspect("guru-buat").await;
    guru.click("[data-testid=kirim-janji]").await;
    guru.sees("Pilih tamu, atau isi sebagai tamu baru").await;
    guru.inspect("guru-buat-kurang").await;
    guru.types_into("[data-testid=cari-tamu]", "yoha").await;
    guru.find("[role=option]").await;
    guru.inspect("guru-buat-saran").await;
    guru.click("[role=option]").await;
    guru.find("[data-testid=tamu-terpilih]").await;
    guru.fill("[data-testid=keperluan]", "Contoh buku pelajaran").await;
    guru.fill("[data-testid=waktu]", "23/11 1000").await;
    guru.click("[data-testid=kirim-janji]").await;
    guru.find("[data-testid=bentrok]").await;
    guru.sees("Bentrok dengan Budi Santoso").await;
    guru.inspect("guru-buat-bentrok").await;
    guru.click("[data-testid=kosong]").await;
    guru.click("[data-testid=kirim-janji]").await;
    guru.sees("Janji temu dibuat").await;
    guru.find("[data-testid=kode] svg, [data-testid=kode] img").await;
    guru.inspect("guru-buat-jadi").await;
    guru.inspect_sizes("guru-buat-jadi", &SIZES).await;
    guru.ask::<()>("window.open = (url) => { window.opened = String(url); }", vec![]).await;
    guru.click("[data-testid=wa]").await;
    let link = opened(&guru).await;
    assert!(link.starts_with("https://wa.me/62812"), "the message goes elsewhere");
    guru.press("Buka rincian").await;
    guru.sees("Riwayat kunjungan").await;
    guru.inspect("guru-rincian").await;
    guru.inspect_sizes("guru-rincian", &SIZES).await;

    guru.click("[data-testid=ubah]").await;
    guru.sees("Pilih waktu lain").await;
    guru.fill("[data-testid=waktu]", "24/11 13.00").await;
    guru.click("[data-testid=buka-kalender]").await;
    guru.find("[data-testid=panel-waktu]").await;
    guru.inspect("guru-ubah").await;
    guru.inspect_sizes("guru-ubah", &SIZES).await;
    guru.click("[data-testid=kirim-ubah]").await;
    guru.sees("24 November").await;
    guru.sees("13.00").await;
    let rows = school.app.guru().await.get("/api/appointments?q=Yohanes&status=belum").await.expect(200);
    assert_eq!((&rows["total"], &rows["data"][0]["waktu"]), (&json!(1), &json!("13:00")));

    guru.inspect("guru-ubah-jadi").await;
    guru.click("[data-testid=beres]").await;
    guru.click("[data-testid=batalkan]").await;
    guru.fill("[data-testid=alasan]", "Rapat mendadak").await;
    guru.inspect("guru-batalkan").await;
    guru.click("[data-testid=ya-batal]").await;
    guru.sees("Janji dibatalkan").await;
    guru.sees("Rapat mendadak").await;
    guru.inspect("guru-rincian-batal").await;
    guru.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_place_of_the_week_is_pressed() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let guru = school.guru(browser).await;
    guru.click("[data-testid=tab-minggu]").await;
    guru.click("[data-testid='kosong-2026-11-25-09:30']").await;
    guru.find("[data-testid=laci-buat]").await;
    assert_eq!(guru.value("[data-testid=waktu]").await, "Rab, 25 Nov 2026 · 09.30");
    guru.close().await;
}

/// What WhatsApp would be opened with. The ticket is copied before.
async fn opened(guru: &Tab) -> String {
    loop {
        let link: String = guru.ask("return window.opened ?? ''", vec![]).await;
        if !link.is_empty() {
            return link;
        }
        pause().await;
    }
}
