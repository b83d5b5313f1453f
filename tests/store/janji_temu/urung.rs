//! Steps taken back.

use domain::{Role, Status, Tanggapan, VisitStep, tanggapan::TanggapanMasuk};

use crate::school::{FIRST_PAGE, School, at, perubahan};

stories![
    an_arrival_leaves_nothing_behind,
    a_departure_leaves_the_guest_here,
    what_has_moved_on_is_not_taken_back,
];

async fn an_arrival_leaves_nothing_behind(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    for (langkah, tujuan, alasan) in [
        (VisitStep::UrungDatang, Status::Belum, None),
        (VisitStep::UrungLangsung { alasan: Some("Salah".to_owned()) }, Status::Batal, Some("Salah")),
    ] {
        let here = school.arrival(&guru).await;
        let masuk = TanggapanMasuk { teks: Some("5 menit lagi"), ..TanggapanMasuk::default() };
        let tanggapan = Tanggapan::check(masuk).unwrap();
        let notifikasi = school.store.notifikasi();
        notifikasi.respond(here.id, guru.id, tanggapan, at("09:01")).await.unwrap();
        notifikasi.delete(here.id, guru.id, at("09:02")).await.unwrap();
        notifikasi.beri_tahu(here.id, at("09:03")).await.unwrap().unwrap();
        let back = school.step(&here, langkah, at("09:04")).await;
        assert_eq!((back.status, back.alasan.as_deref()), (tujuan, alasan));
        assert_eq!(
            (back.waktu_datang, back.datang_di_meja, back.terlambat, back.dibaca_pada),
            (None, false, false, None)
        );
        assert_eq!((&back.tanggapan, back.tanggapan_jenis, back.tanggapan_menit), (&None, None, None));
        assert_eq!((back.ditanggapi_pada, back.diberi_tahu_pada), (None, None));
        assert_eq!((back.notifikasi_dihapus_pada, back.versi), (None, here.versi + 4));
        assert_eq!(notifikasi.list(guru.id, FIRST_PAGE).await.unwrap().total, 0);
        let queued = school.pesan_keluar().await;
        assert!(!queued.contains(&("kedatangan".to_owned(), here.id)), "{queued:?}");
    }
}

async fn a_departure_leaves_the_guest_here(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let here = school.arrival(&guru).await;
    let met = school.step(&school.arrival(&guru).await, VisitStep::Mulai, at("09:05")).await;
    for (before, ke) in [(here, Status::Menunggu), (met, Status::SedangBerlangsung)] {
        let leave = VisitStep::Pulang { waktu_selesai: at("09:30"), di_meja: true };
        let left = school.step(&before, leave.clone(), at("09:30")).await;
        let mut back = school.step(&left, VisitStep::UrungPulang { ke }, at("09:31")).await;
        assert_eq!(back.versi, left.versi + 1);
        back.versi = before.versi;
        assert_eq!(back, before);
        let asked = ("ulasan".to_owned(), before.id);
        assert!(!school.pesan_keluar().await.contains(&asked), "a review is asked for of who is still here");
        school.step(&back, leave, at("09:40")).await;
        assert_eq!(school.pesan_keluar().await.into_iter().filter(|row| *row == asked).count(), 1);
    }
}

async fn what_has_moved_on_is_not_taken_back(school: &School) {
    let store = school.store.janji_temu();
    let here = school.arrival(&school.pengguna(Role::Guru).await).await;
    let met = school.step(&here, VisitStep::Mulai, at("09:05")).await;
    for langkah in [VisitStep::UrungDatang, VisitStep::UrungLangsung { alasan: None }] {
        let late = perubahan(here.id, Status::Menunggu, langkah, at("09:06"));
        assert_eq!(store.apply(late).await.unwrap(), None);
    }
    let early = VisitStep::UrungPulang { ke: Status::SedangBerlangsung };
    assert_eq!(store.apply(perubahan(here.id, Status::Selesai, early, at("09:06"))).await.unwrap(), None);
    assert_eq!(store.find(here.id).await.unwrap(), Some(met));
}
