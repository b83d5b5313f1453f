//! Steps of the status machine.

use std::sync::Arc;

use domain::{IdJanjiTemu, Role, Status, VisitChange, VisitStep, pindai::Hasil};
use store::{Conflict, janji_temu::RecordedScan};

use crate::school::{School, assert_conflict, at, at_once, perubahan};

stories![
    a_visit_from_arrival_to_departure,
    a_step_from_elsewhere_changes_nothing,
    a_called_off_appointment_tells_its_guest,
    who_did_not_come_is_marked,
    one_code_scanned_32_times_at_once_is_one_arrival,
    a_scan_is_recorded_under_its_key,
    a_scan_that_changes_nothing_is_recorded_too,
    a_key_is_used_once,
];

async fn a_visit_from_arrival_to_departure(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let janji = school.janji(&guru, at("09:00")).await;
    let here = school.step(&janji, VisitStep::Datang { terlambat: true, di_meja: true }, at("09:20")).await;
    assert_eq!((here.status, here.waktu_datang, here.terlambat), (Status::Menunggu, Some(at("09:20")), true));
    let met = school.step(&here, VisitStep::Mulai, at("09:25")).await;
    assert_eq!((met.status, met.waktu_mulai), (Status::SedangBerlangsung, Some(at("09:25"))));
    let gone =
        school.step(&met, VisitStep::Pulang { waktu_selesai: at("09:50"), di_meja: true }, at("09:55")).await;
    assert_eq!((gone.status, gone.waktu_selesai), (Status::Selesai, Some(at("09:50"))));
    assert_eq!(
        (gone.waktu_datang, gone.terlambat, gone.waktu_mulai),
        (Some(at("09:20")), true, Some(at("09:25")))
    );
    assert_eq!((here.versi, met.versi, gone.versi), (2, 3, 4), "the version grows with every change");
    assert_eq!(school.store.janji_temu().find(janji.id).await.unwrap(), Some(gone));
    let about: Vec<_> = school.pesan_keluar().await.into_iter().map(|(jenis, _)| jenis).collect();
    assert_eq!(about, ["undangan", "kedatangan", "ulasan"]);
}

async fn a_step_from_elsewhere_changes_nothing(school: &School) {
    let store = school.store.janji_temu();
    let guru = school.pengguna(Role::Guru).await;
    let janji = school.janji(&guru, at("09:00")).await;
    let mut late = perubahan(janji.id, Status::Menunggu, VisitStep::Mulai, at("09:00"));
    late.kunci = Some(("kunci-1".to_owned(), Hasil::Datang));
    assert_eq!(store.apply(late).await.unwrap(), None);
    assert_eq!(store.find(janji.id).await.unwrap(), Some(janji));
    assert_eq!(store.find_tercatat("kunci-1").await.unwrap(), None);
    assert_eq!(school.pesan_keluar().await.len(), 1, "the invitation");
    let nobody =
        perubahan(IdJanjiTemu(999), Status::Belum, VisitStep::TidakHadir { alasan: None }, at("09:00"));
    assert_eq!(store.apply(nobody).await.unwrap(), None);
    assert_eq!(store.find(IdJanjiTemu(999)).await.unwrap(), None);
}

async fn a_called_off_appointment_tells_its_guest(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let janji = school.janji(&guru, at("09:00")).await;
    let off = school
        .step(&janji, VisitStep::Batal { alasan: Some("sakit".to_owned()), oleh_tamu: false }, at("08:00"))
        .await;
    assert_eq!((off.status, off.waktu_datang), (Status::Batal, None));
    assert_eq!(school.pesan_keluar().await.last(), Some(&("batal".to_owned(), janji.id)));
}

async fn who_did_not_come_is_marked(school: &School) {
    let store = school.store.janji_temu();
    let guru = school.pengguna(Role::Guru).await;
    let missed = school.janji(&guru, at("09:00")).await;
    let upcoming = school.janji(&guru, at("15:00")).await;
    let here = school.arrival(&school.pengguna(Role::Guru).await).await;
    let single = school.janji(&guru, at("10:00")).await;
    let single = school.step(&single, VisitStep::TidakHadir { alasan: None }, at("11:00")).await;
    assert_eq!(single.status, Status::TidakHadir);

    assert_eq!(store.expire_belum(at("15:00")).await.unwrap(), 1);
    let missed = store.find(missed.id).await.unwrap().unwrap();
    assert_eq!((missed.status, missed.versi), (Status::TidakHadir, 2));
    assert_eq!(store.find(upcoming.id).await.unwrap(), Some(upcoming));
    assert_eq!(store.find(here.id).await.unwrap(), Some(here));
    assert_eq!(store.expire_belum(at("15:00")).await.unwrap(), 0);
}

async fn one_code_scanned_32_times_at_once_is_one_arrival(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let janji = school.janji(&guru, at("09:00")).await;
    let results = at_once(|n| {
        let store = Arc::clone(&school.store);
        let scan = VisitChange {
            kunci: Some((format!("kunci-{n}"), Hasil::Datang)),
            ..perubahan(
                janji.id,
                Status::Belum,
                VisitStep::Datang { terlambat: false, di_meja: true },
                at("09:00"),
            )
        };
        async move { store.janji_temu().apply(scan).await.unwrap() }
    })
    .await;
    assert_eq!(results.iter().flatten().count(), 1);
    let now = school.store.janji_temu().find(janji.id).await.unwrap().unwrap();
    assert_eq!((now.status, now.versi), (Status::Menunggu, 2));
    let alerts = school.pesan_keluar().await.into_iter().filter(|(jenis, _)| jenis == "kedatangan").count();
    assert_eq!(alerts, 1);
}

async fn a_scan_is_recorded_under_its_key(school: &School) {
    let store = school.store.janji_temu();
    let janji = school.janji(&school.pengguna(Role::Guru).await, at("09:00")).await;
    for hasil in [Hasil::Datang, Hasil::SudahDatang, Hasil::Pulang, Hasil::SudahSelesai] {
        let now = store.find(janji.id).await.unwrap().unwrap();
        let langkah = match hasil {
            Hasil::Datang => Some(VisitStep::Datang { terlambat: false, di_meja: true }),
            Hasil::Pulang => Some(VisitStep::Pulang { waktu_selesai: at("10:00"), di_meja: true }),
            _ => None,
        };
        let key = format!("kunci-{}", hasil.as_str());
        let scan = VisitChange {
            id: janji.id,
            dari: now.status,
            jadwal: None,
            langkah,
            kunci: Some((key.clone(), hasil)),
            waktu: at("10:00"),
        };
        let after = store.apply(scan).await.unwrap().unwrap();
        let recorded = store.find_tercatat(&key).await.unwrap();
        assert_eq!(recorded, Some(RecordedScan { hasil, janji_temu: after }));
    }
    assert_eq!(store.find_tercatat("kunci-lain").await.unwrap(), None);
    let now = store.find(janji.id).await.unwrap().unwrap();
    let first = store.find_tercatat("kunci-datang").await.unwrap().unwrap();
    assert_eq!((first.hasil, first.janji_temu), (Hasil::Datang, now), "what it did, and how it stands now");
    assert!(store.purge_tercatat(at("07:00")).await.unwrap() == 0, "none is older");
    assert!(store.purge_tercatat(at("23:00")).await.unwrap() > 0);
    assert_eq!(store.find_tercatat("kunci-datang").await.unwrap(), None, "forgotten after its time");
}

async fn a_scan_that_changes_nothing_is_recorded_too(school: &School) {
    let store = school.store.janji_temu();
    let here = school.arrival(&school.pengguna(Role::Guru).await).await;
    let again = |dari, key: &str| VisitChange {
        id: here.id,
        dari,
        jadwal: None,
        langkah: None,
        kunci: Some((key.to_owned(), Hasil::SudahDatang)),
        waktu: at("09:01"),
    };
    let answered = store.apply(again(Status::Menunggu, "kunci-1")).await.unwrap();
    assert_eq!(answered.as_ref(), Some(&here), "the version stays");
    assert_eq!(store.apply(again(Status::Belum, "kunci-2")).await.unwrap(), None);
    assert_eq!(store.find_tercatat("kunci-2").await.unwrap(), None);
}

async fn a_key_is_used_once(school: &School) {
    let store = school.store.janji_temu();
    let guru = school.pengguna(Role::Guru).await;
    let (one, two) = (school.janji(&guru, at("09:00")).await, school.janji(&guru, at("10:00")).await);
    let scan = |id| VisitChange {
        kunci: Some(("kunci-1".to_owned(), Hasil::Datang)),
        ..perubahan(id, Status::Belum, VisitStep::Datang { terlambat: false, di_meja: true }, at("09:00"))
    };
    store.apply(scan(one.id)).await.unwrap().unwrap();
    assert_conflict(store.apply(scan(two.id)).await, Conflict::Kunci);
    assert_eq!(store.find(two.id).await.unwrap(), Some(two), "nothing was changed");
}
