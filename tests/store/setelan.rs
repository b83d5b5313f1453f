//! Stories of the school's settings.

use domain::{Setelan, setelan::JamHari};
use store::setelan::Tersimpan;

use crate::school::School;

stories![
    what_was_set_is_kept_and_the_rest_is_as_from_the_start,
    of_two_who_change_the_same_version_one_does,
    founding_counts_as_a_change,
    the_sheet_that_was_tried_is_no_setting
];

async fn what_was_set_is_kept_and_the_rest_is_as_from_the_start(school: &School) {
    let at = |time: &str| time.parse().unwrap();
    let store = school.store.setelan();
    let kept = async || (store.get().await.unwrap(), store.versi().await.unwrap());
    assert_eq!(kept().await, (Tersimpan { versi: 0, setelan: Setelan::default() }, 0));
    let changed = Setelan {
        nama_sekolah: "SMA \"Harapan\" 1".to_owned(),
        zona_waktu: "Asia/Makassar".parse().unwrap(),
        toleransi_terlambat_menit: 0,
        jam_buka: "06:45:00".parse().unwrap(),
        jam_per_hari: vec![JamHari { hari: 5, buka: at("07:00:00"), tutup: at("11:30:00") }],
        ..Setelan::default()
    };
    for (before, setelan) in [(0, changed), (1, Setelan::default())] {
        let versi = before + 1;
        assert_eq!(store.update(setelan.clone(), before).await.unwrap(), Some(versi));
        assert_eq!(kept().await, (Tersimpan { versi, setelan }, versi));
    }
}

async fn of_two_who_change_the_same_version_one_does(school: &School) {
    let store = school.store.setelan();
    let set = async |nama: &str, versi| {
        let setelan = Setelan { nama_sekolah: nama.to_owned(), ..Setelan::default() };
        store.update(setelan, versi).await.unwrap()
    };
    for versi in 0..5 {
        let (a, b) = tokio::join!(set("SMP A", versi), set("SMP B", versi));
        let kept = store.get().await.unwrap();
        assert_eq!(kept.versi, versi + 1);
        let (changed, nama) = if a.is_some() { ((a, b), "SMP A") } else { ((b, a), "SMP B") };
        assert_eq!(changed, (Some(versi + 1), None));
        assert_eq!(kept.setelan.nama_sekolah, nama);
    }
    assert_eq!(set("SMP C", 9).await, None, "a version that was never there");
}

async fn founding_counts_as_a_change(school: &School) {
    let admin = crate::school::pengguna_baru(domain::Role::Admin, "ani@sekolah.example");
    school.store.pengguna().found(admin, Setelan::default()).await.unwrap().expect("nobody has used it");
    assert_eq!(school.store.setelan().versi().await.unwrap(), 1);
}

async fn the_sheet_that_was_tried_is_no_setting(school: &School) {
    let store = school.store.setelan();
    assert_eq!(store.find_tried_sheet().await.unwrap(), None);
    for kunci in ["satu", "dua", "dua"] {
        store.note_tried_sheet(kunci.to_owned()).await.unwrap();
        assert_eq!(store.find_tried_sheet().await.unwrap().as_deref(), Some(kunci));
        assert!(!store.were_days_told().await.unwrap(), "that is another note");
    }
    for _ in 0..2 {
        store.note_told_days().await.unwrap();
        assert!(store.were_days_told().await.unwrap());
    }
    assert_eq!(store.get().await.unwrap(), Tersimpan { versi: 0, setelan: Setelan::default() });
}
