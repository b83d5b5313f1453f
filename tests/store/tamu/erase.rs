//! Stories of guests who are erased.

use chrono::{DateTime, Utc};
use domain::{IdTamu, Role, VisitStep, tamu::TERHAPUS};
use store::{
    PageRequest,
    pesan::PesanFilter,
    tamu::{Consent, NewErasure, TamuCorrection},
};

use crate::school::{FIRST_PAGE, School, assert_not_found, at, at_once};

stories![
    who_is_awaited_or_here_is_not_erased_and_the_first_request_counts,
    of_32_erasures_at_once_all_answer_the_same,
    what_waits_for_who_was_erased_is_not_sent,
    consent_keeps_its_first_time,
];

fn erasure(waktu: DateTime<Utc>) -> NewErasure {
    NewErasure { batalkan: false, waktu }
}

async fn who_is_awaited_or_here_is_not_erased_and_the_first_request_counts(school: &School) {
    let store = school.store.tamu();
    let here = school.arrival(&school.pengguna(Role::Guru).await).await;
    let asked = store.erase(here.id_tamu, erasure(at("09:10"))).await.unwrap();
    assert_eq!((asked.diminta_pada, asked.selesai), (at("09:10"), false));
    assert!(store.find(here.id_tamu).await.unwrap().is_some());
    let leave = VisitStep::Pulang { waktu_selesai: at("10:00"), di_meja: true };
    school.step(&here, leave, at("10:00")).await;
    let erased = store.erase(here.id_tamu, erasure(at("10:10"))).await.unwrap();
    assert_eq!((erased.diminta_pada, erased.selesai), (at("09:10"), true));
    assert_eq!(store.find(here.id_tamu).await.unwrap(), None);
    let record = store.find_record(here.id_tamu).await.unwrap().unwrap();
    assert_eq!((record.dianonimkan_pada, record.punya_password), (Some(at("10:10")), false));
    let row = school.store.janji_temu().find(here.id).await.unwrap().unwrap();
    assert_eq!((row.nama_tamu.as_str(), row.telp, row.rusak.ada()), (TERHAPUS, None, false));
    store.keep(here.id_tamu).await.unwrap();
    assert_eq!(store.erase(here.id_tamu, erasure(at("11:00"))).await.unwrap(), erased, "it is done");
    assert_not_found(store.update(here.id_tamu, TamuCorrection::default()).await);
    assert_not_found(store.erase(IdTamu(999), erasure(at("11:00"))).await);
    assert_eq!(store.list(None.into(), PageRequest { nomor: 1, ukuran: 10 }).await.unwrap().total, 0);
}

async fn of_32_erasures_at_once_all_answer_the_same(school: &School) {
    let id = school.tamu().await.id;
    let erased = at_once(|_| {
        let store = school.store.clone();
        async move { store.tamu().erase(id, erasure(at("09:00"))).await.unwrap() }
    })
    .await;
    assert!(erased.iter().all(|one| one.selesai && one.diminta_pada == at("09:00")), "{erased:?}");
}

async fn what_waits_for_who_was_erased_is_not_sent(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let (off, other) = (school.janji(&guru, at("12:00")).await, school.janji(&guru, at("13:00")).await);
    school.step(&off, VisitStep::Batal { alasan: None, oleh_tamu: true }, at("09:00")).await;
    school.store.tamu().erase(off.id_tamu, erasure(at("09:01"))).await.unwrap();
    let leased = school.store.pesan().lease("pekerja-1", at("09:02"), at("09:03"), 100).await.unwrap();
    let of_other = domain::pesan::Tentang::JanjiTemu(other.id);
    assert!(!leased.is_empty() && leased.iter().all(|pesan| pesan.tentang == of_other), "{leased:?}");
    let saring = PesanFilter { id_tamu: Some(off.id_tamu), ..PesanFilter::default() };
    let own = school.store.pesan().list(saring, FIRST_PAGE).await.unwrap();
    assert!(own.total > 0 && own.data.iter().all(|pesan| pesan.id_janji_temu == Some(off.id)), "{own:?}");
    assert!(own.data.iter().all(|pesan| pesan.keadaan.as_str() == "usang"), "{own:?}");
}

async fn consent_keeps_its_first_time(school: &School) {
    let store = school.store.tamu();
    let id = school.tamu().await.id;
    let agree = async |setuju: Option<(&str, &str)>| {
        let setuju = setuju.map(|(versi, time)| Consent { versi: versi.to_owned(), waktu: at(time) });
        store.update(id, TamuCorrection { setuju: Some(setuju), ..TamuCorrection::default() }).await.unwrap();
        let record = store.find_record(id).await.unwrap().unwrap();
        (record.setuju_versi, record.setuju_pada)
    };
    let version = |text: &str| Some(text.to_owned());
    assert_eq!(agree(Some(("1", "09:00"))).await, (version("1"), Some(at("09:00"))));
    assert_eq!(agree(Some(("1", "10:00"))).await, (version("1"), Some(at("09:00"))));
    assert_eq!(agree(Some(("2", "11:00"))).await, (version("2"), Some(at("11:00"))));
    assert_eq!(agree(None).await, (None, None));
    store.update(id, TamuCorrection::default()).await.unwrap();
    assert_eq!(agree(Some(("2", "12:00"))).await, (version("2"), Some(at("12:00"))));
}
