//! Settings: a change says what it touches and reaches the kiosk; holidays are entered, loaded from a file, and
//! close the guru's month.

use serde_json::json;
use tests::ADMIN;

use crate::{browser, school::School};

const SIZES: [(u32, u32); 3] = [(320, 640), (1024, 768), (1920, 1080)];

/// High enough for the whole screen.
const WHOLE: [(u32, u32); 2] = [(320, 3000), (1280, 1900)];

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_setting_is_seen_at_the_kiosk() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let page = school.kiosk(browser).await;
    let [kiosk, admin] = school.beside(&page, "admin").await;
    page.login(ADMIN.email).await;
    page.ask::<()>("location.hash = '#/setelan/sekolah'", Vec::new()).await;
    page.find("[data-testid=nama-sekolah]").await;
    page.inspect("setelan-sekolah").await;
    page.inspect_sizes("setelan-sekolah", &SIZES).await;
    page.fill("[data-testid=nama-sekolah]", "SMP Nusa Lentera").await;
    page.find("[data-testid=bar-simpan] [data-testid=dampak]").await;
    page.click("[data-testid=lihat]").await;
    page.find("[data-testid=tinjau]").await;
    page.inspect("setelan-tinjau").await;
    page.click("[data-testid=simpan-tinjau]").await;
    page.sees("SMP Nusa Lentera").await;
    // The kiosk stood open all the time, and is not loaded anew.
    page.look_at(&kiosk).await;
    page.sees("SMP Nusa Lentera").await;
    page.look_at(&admin).await;
    page.ask::<()>("location.hash = '#/setelan/kunjungan'", Vec::new()).await;
    page.find("[data-testid=toleransi-terlambat-menit]").await;
    page.inspect("setelan-kunjungan").await;
    page.fill("[data-testid=toleransi-terlambat-menit]", "20").await;
    // Another admin is faster, with the same setting.
    let other = school.app.admin().await;
    let versi = other.get("/api/settings").await.expect(200)["versi"].clone();
    other.put("/api/settings", json!({ "versi": versi, "toleransi_terlambat_menit": 30 })).await.expect(200);
    page.find("[data-testid=bentrok-setelan]").await;
    page.inspect("setelan-bentrok").await;
    page.click("[data-testid=pakai-saya]").await;
    page.click("[data-testid=simpan]").await;
    // What was said of the setting before may stand there still.
    let kept = async {
        while other.get("/api/settings").await.expect(200)["toleransi_terlambat_menit"] != 20 {
            tests::pause().await;
        }
    };
    tests::within("the setting to be kept", kept).await;
    page.ask::<()>("location.hash = '#/setelan/meja'", Vec::new()).await;
    page.find("[data-testid=kiosk-pin]").await;
    page.inspect("setelan-meja").await;
    page.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logo_and_who_gets_reports_are_set() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    let admin = school.page(browser, "admin").await;
    admin.login(ADMIN.email).await;
    admin.ask::<()>("location.hash = '#/laporan'", Vec::new()).await;
    admin.find("main h1").await;
    admin.ask::<()>("location.hash = '#/setelan/sekolah'", Vec::new()).await;
    admin.find("[data-testid=setelan-logo]").await;
    admin.choose_file("[data-testid=berkas-logo]", "logo.png", b"no picture").await;
    admin.find("[data-testid=logo-salah]").await;
    admin.inspect("setelan-logo-salah").await;
    // Nothing was asked for that is not there, on the reports' screen neither.
    let asked = "return performance.getEntriesByType('resource').filter(
        (one) => one.name.endsWith('/api/sekolah/logo')).length";
    assert_eq!(admin.ask::<u32>(asked, Vec::new()).await, 0);
    admin.choose_file("[data-testid=berkas-logo]", "lambang.png", &picture()).await;
    admin.find("[data-testid=pratinjau-logo] img").await;
    admin.inspect("setelan-logo").await;
    admin.inspect_sizes("setelan-logo", &WHOLE).await;
    let who = ADMIN.id().0;
    admin.choose(&format!("[data-testid='laporan-mingguan-{who}']")).await;
    admin.click("[data-testid=lihat]").await;
    admin.find("[data-testid=tinjau]").await;
    admin.inspect("setelan-penerima-tinjau").await;
    admin.click("[data-testid=simpan-tinjau]").await;
    admin.sees("Setelan tersimpan").await;
    let kept = school.app.admin().await.get("/api/settings").await.expect(200);
    assert_eq!((&kept["laporan_mingguan"], kept["logo"].is_string()), (&json!([who]), true), "{kept}");
    admin.ask::<()>("location.hash = '#/setelan/libur'", Vec::new()).await;
    admin.click("[data-testid=ubah-jam-5]").await;
    admin.fill("[data-testid=tutup-5]", "06.30").await;
    admin.find("[data-testid=hari-kerja] [aria-invalid=true]").await;
    admin.inspect("setelan-jam-salah").await;
    admin.fill("[data-testid=tutup-5]", "11.30").await;
    admin.inspect("setelan-jam").await;
    admin.inspect_sizes("setelan-jam", &SIZES).await;
    admin.click("[data-testid=simpan]").await;
    admin.sees_no_more("perubahan belum disimpan").await;
    admin.ask::<()>("location.hash = '#/setelan/data'", Vec::new()).await;
    admin.fill("[data-testid=retensi-tamu-bulan]", "12").await;
    admin.find("[data-testid=dampak]").await;
    admin.inspect("setelan-simpan").await;
    admin.click("[data-testid=urungkan]").await;
    admin.ask::<()>("location.hash = '#/setelan/sekolah'", Vec::new()).await;
    admin.click("[data-testid=dari-dapodik]").await;
    admin.find("[data-testid=dapodik-sekolah]").await;
    admin.click("[data-testid=ambil-sekolah]").await;
    admin.find("[data-testid=dapodik-sekolah] [aria-invalid=true]").await;
    admin.inspect("setelan-dapodik").await;
    admin.close().await;
}

/// A made-up school's sign: a green square.
fn picture() -> Vec<u8> {
    let mut png = std::io::Cursor::new(Vec::new());
    let square = image::RgbImage::from_pixel(64, 64, image::Rgb([27, 90, 72]));
    square.write_to(&mut png, image::ImageFormat::Png).expect("a picture");
    png.into_inner()
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
