//! Settings: a change says what it touches and reaches the kiosk; holidays are entered, loaded from a file, and
//! close the guru's month.

use serde_json::json;
use tests::{ADMIN, DESK};

use crate::{browser, school::School};

const SIZES: [(u32, u32); 3] = [(320, 640), (1024, 768), (1920, 1080)];

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_setting_is_seen_at_the_kiosk() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let admin = school.page(browser, "admin").await;
    admin.login(ADMIN.email).await;
    admin.ask::<()>("location.hash = '#/setelan/sekolah'", Vec::new()).await;
    admin.find("[data-testid=nama-sekolah]").await;
    admin.inspect("setelan-sekolah").await;
    admin.inspect_sizes("setelan-sekolah", &SIZES).await;
    admin.fill("[data-testid=nama-sekolah]", "SMP Nusa Lentera").await;
    admin.find("[data-testid=bar-simpan] [data-testid=dampak]").await;
    admin.click("[data-testid=lihat]").await;
    admin.find("[data-testid=tinjau]").await;
    admin.inspect("setelan-tinjau").await;
    admin.click("[data-testid=simpan-tinjau]").await;
    admin.sees("SMP Nusa Lentera").await;
    admin.ask::<()>("location.hash = '#/setelan/kunjungan'", Vec::new()).await;
    admin.find("[data-testid=toleransi-terlambat-menit]").await;
    admin.inspect("setelan-kunjungan").await;
    admin.fill("[data-testid=toleransi-terlambat-menit]", "20").await;
    // Another admin is faster, with the same setting.
    let other = school.app.admin().await;
    let versi = other.get("/api/settings").await.expect(200)["versi"].clone();
    other.put("/api/settings", json!({ "versi": versi, "toleransi_terlambat_menit": 30 })).await.expect(200);
    admin.find("[data-testid=bentrok-setelan]").await;
    admin.inspect("setelan-bentrok").await;
    admin.click("[data-testid=pakai-saya]").await;
    admin.click("[data-testid=simpan]").await;
    admin.sees("Setelan tersimpan").await;
    let kept = other.get("/api/settings").await.expect(200);
    assert_eq!(kept["toleransi_terlambat_menit"], 20);
    admin.ask::<()>("location.hash = '#/setelan/meja'", Vec::new()).await;
    admin.find("[data-testid=kiosk-pin]").await;
    admin.inspect("setelan-meja").await;
    admin.close().await;
    // One browser at a time: the kiosk opens when the admin has closed.
    let Some(browser) = crate::browser() else { return };
    let kiosk = school.page(browser, "kiosk").await;
    kiosk.login(DESK.email).await;
    kiosk.sees("SMP Nusa Lentera").await;
    kiosk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn holidays_are_entered_removed_and_brought_back() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let admin = school.page(browser, "admin").await;
    admin.login(ADMIN.email).await;
    admin.ask::<()>("location.hash = '#/setelan/libur'", Vec::new()).await;
    admin.find("[data-testid=hari-libur]").await;
    admin.sees("Belum ada hari libur").await;
    admin.inspect("setelan-libur-kosong").await;
    admin.click("[data-testid=tambah-libur]").await;
    admin.find("[data-testid=laci-libur]").await;
    admin.click("[data-testid=simpan-libur]").await;
    admin.find("[data-testid=laci-libur] [aria-invalid=true]").await;
    admin.inspect("setelan-libur-kurang").await;
    admin.fill("[data-testid=libur-nama]", "Libur semester").await;
    admin.fill("[data-testid=libur-dari]", "21 Desember 2026").await;
    admin.fill("[data-testid=libur-sampai]", "23/12/2026").await;
    admin.click("[data-testid=simpan-libur]").await;
    admin.find("[data-testid='libur-2026-12-21']").await;
    admin.inspect("setelan-libur").await;
    admin.inspect_sizes("setelan-libur", &SIZES).await;
    admin.click("[data-testid='libur-2026-12-21'] button").await;
    admin.click("[data-testid=hapus-libur]").await;
    admin.find("[data-testid=libur-dihapus]").await;
    admin.click("[data-testid=urung-hapus]").await;
    admin.find("[data-testid='libur-2026-12-21']").await;
    let listed = school.app.admin().await.get("/api/hari-libur?tahun=2026").await.expect(200);
    assert_eq!(listed["total"], 3);
    admin.close().await;
}
