//! The upkeep of records: what it would do is shown before it is done, and each run is listed.

use chrono::Duration;
use domain::{Jenis, VisitChange, VisitStep};
use store::{
    janji_temu::{Creation, NewJanjiTemu, TamuOf},
    tamu::NewTamu,
};
use tests::{ADMIN, GURU};

use crate::{browser, school::School};

const SIZES: [(u32, u32); 4] = [(320, 640), (1024, 768), (1366, 768), (1920, 1080)];

/// Guests of three years ago, who came once each.
async fn of_long_ago(school: &School) {
    let store = school.app.store();
    for n in 0..7 {
        let waktu = school.app.clock.now() - Duration::days(1000 + n);
        let telp = domain::Telp::parse(&format!("0812 9999 000{n}")).ok();
        let nama = format!("Tamu Lama {n}");
        let baru = NewTamu { nama, telp, email: None, instansi: None, waktu };
        let tamu = store.tamu().create(baru).await.expect("a guest");
        let baru = NewJanjiTemu {
            id_guru: GURU.id(),
            tamu: TamuOf::Id(tamu.id),
            atas_nama: None,
            orang_yang_sama: false,
            jumlah_orang: 1,
            keperluan: "Ambil rapor".to_owned(),
            jadwal: waktu,
            durasi_menit: 30,
            jenis: Jenis::Langsung,
            kode_expiry: waktu,
            izinkan_bentrok: true,
            kunci: None,
            seri: None,
            dibuat_oleh: ADMIN.id(),
            waktu,
        };
        let Creation::Dibuat(here) = store.janji_temu().create(baru).await.expect("a visit") else {
            panic!("it is new")
        };
        let langkah = Some(VisitStep::Pulang { waktu_selesai: waktu, di_meja: true });
        let leave = VisitChange { id: here.id, dari: here.status, jadwal: None, langkah, kunci: None, waktu };
        store.janji_temu().apply(leave).await.expect("a step").expect("it stands there");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn old_visits_are_archived_after_a_look() {
    let Some(browser) = browser() else { return };
    let school = School::open().await;
    of_long_ago(&school).await;
    let admin = school.page(browser, "admin").await;
    admin.login(ADMIN.email).await;
    admin.click("a[href='#/arsip']").await;
    admin.find("[data-testid=aturan]").await;
    admin.sees("Belum pernah berjalan").await;
    admin.inspect("admin-arsip-kosong").await;
    admin.click("[data-testid=uji]").await;
    admin.find("[data-testid=akan-arsip]").await;
    admin.sees("Tamu Lama 6").await;
    admin.inspect("admin-arsip-uji").await;
    admin.inspect_sizes("admin-arsip-uji", &SIZES).await;
    admin.click("[data-testid=tutup]").await;
    admin.click("[data-testid=jalankan]").await;
    admin.click("[data-testid=mulai]").await;
    admin.find("[data-testid=jalan-3]").await;
    admin.sees("7 diarsipkan").await;
    admin.inspect("admin-arsip").await;
    admin.inspect_sizes("admin-arsip", &SIZES).await;
    admin.click("[data-testid=jalankan]").await;
    admin.find("[data-testid=nihil]").await;
    admin.inspect("admin-arsip-nihil").await;
    let kept = school.app.admin().await.get("/api/appointments?q=lama").await.expect(200);
    assert_eq!(kept["total"], 0, "nobody is found by a name that is gone");
    let kept = school.app.admin().await.get("/api/appointments?q=rapor").await.expect(200);
    assert_eq!(kept["total"], 7, "the visits are all there");
    admin.close().await;
}
