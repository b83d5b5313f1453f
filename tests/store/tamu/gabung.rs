//! Stories of two entries of one guest that are made one, and taken apart again.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use domain::{IdPengguna, IdTamu, JanjiTemu, Pengguna, Role, Tamu, gabung};
use store::{
    Conflict, SearchTerms, StoreError,
    gabung::NewGabung,
    janji_temu::{JanjiTemuFilter, NewJanjiTemu, TamuOf},
    pesan::PesanFilter,
    sesi::SessionHolder,
    tamu::{NewErasure, NewTamu, TamuCorrection},
};

use crate::school::{
    FIRST_PAGE, School, assert_conflict, assert_not_found, at, at_once, janji_baru, made, password_baru,
    sesi_baru, tamu_baru, telp,
};

stories![
    visits_go_over_and_come_back_and_new_ones_stay,
    what_the_kept_one_lacks_goes_over_and_comes_back,
    the_other_number_and_code_lead_to_the_kept_one,
    a_password_goes_over_to_who_has_none_and_comes_back,
    a_chain_comes_apart_in_any_order,
    what_is_no_merge_is_refused_and_changes_nothing,
    after_a_day_only_what_leads_to_the_kept_one_is_left,
    who_was_merged_is_erased_with_the_kept_one,
    of_32_merges_at_once_all_are_one_and_every_visit_is_there,
];

const NUMBER: &str = "0812 0000 0001";
const SECOND: &str = "0813 0000 0002";

async fn pair(school: &School) -> (Tamu, Tamu) {
    let store = school.store.tamu();
    let dewi = store.create(tamu_baru("Dewi Anggraini", NUMBER)).await.unwrap();
    (dewi, store.create(tamu_baru("D. Anggraini", SECOND)).await.unwrap())
}

async fn visit(school: &School, guru: &Pengguna, id: IdTamu, time: &str) -> JanjiTemu {
    let baru = NewJanjiTemu { izinkan_bentrok: true, ..janji_baru(guru, TamuOf::Id(id), at(time)) };
    made(school.store.janji_temu().create(baru).await)
}

fn merge(id: IdTamu, id_lain: IdTamu, waktu: DateTime<Utc>) -> NewGabung {
    NewGabung { id, id_lain, oleh: IdPengguna(1), waktu }
}

async fn gabung(school: &School, id: IdTamu, id_lain: IdTamu) {
    school.store.tamu().gabung(merge(id, id_lain, at("09:00"))).await.unwrap();
}

async fn pisah(school: &School, id: IdTamu, id_lain: IdTamu) {
    school.store.tamu().pisah(id, id_lain, at("10:00")).await.unwrap();
}

/// The hours of a guest's visits.
async fn hours(school: &School, id: IdTamu) -> Vec<String> {
    let saring = JanjiTemuFilter { id_tamu: Some(id), ..JanjiTemuFilter::default() };
    let list = school.store.janji_temu().list(saring, FIRST_PAGE).await.unwrap();
    list.data.iter().map(|row| row.jadwal.format("%H").to_string()).collect()
}

async fn visits_go_over_and_come_back_and_new_ones_stay(school: &School) {
    let store = school.store.tamu();
    let guru = school.pengguna(Role::Guru).await;
    let (dewi, lain) = pair(school).await;
    visit(school, &guru, dewi.id, "10:00").await;
    let before = visit(school, &guru, lain.id, "10:00").await;
    visit(school, &guru, lain.id, "11:00").await;
    for _ in 0..2 {
        gabung(school, dewi.id, lain.id).await;
        assert_eq!(hours(school, dewi.id).await, ["10", "10", "11"], "both of one time stay");
    }
    assert!(hours(school, lain.id).await.is_empty());
    let after = school.store.janji_temu().find(before.id).await.unwrap().unwrap();
    assert!(after.versi > before.versi, "screens see that it changed");
    assert_eq!((after.nama_tamu.as_str(), after.kode_qr), ("Dewi Anggraini", before.kode_qr));
    let figures = store.figures(dewi.id).await.unwrap();
    assert_eq!((figures.jumlah_akan_datang, figures.jumlah_pesan), (3, 3));
    let of_guest = PesanFilter { id_tamu: Some(dewi.id), ..PesanFilter::default() };
    assert_eq!(school.store.pesan().list(of_guest, FIRST_PAGE).await.unwrap().total, 3);
    let merged = store.list_gabung(dewi.id).await.unwrap();
    assert_eq!(
        (merged[0].id, merged[0].nama.as_str(), merged[0].pada),
        (lain.id, "D. Anggraini", at("09:00"))
    );
    // Whoever still has the old identity means the kept guest.
    visit(school, &guru, lain.id, "12:00").await;
    pisah(school, dewi.id, lain.id).await;
    assert_eq!(hours(school, dewi.id).await, ["10", "12"], "what was made since stays");
    assert_eq!(hours(school, lain.id).await, ["10", "11"]);
    assert_eq!(store.find(lain.id).await.unwrap(), Some(lain.clone()));
    assert!(store.list_gabung(dewi.id).await.unwrap().is_empty());
    assert_conflict(store.pisah(dewi.id, lain.id, at("10:00")).await, Conflict::Gabung);
    let found = store.list(SearchTerms::new("anggraini").into(), FIRST_PAGE).await.unwrap();
    assert_eq!(found.total, 2, "both are found by their words again");
}

async fn what_the_kept_one_lacks_goes_over_and_comes_back(school: &School) {
    let store = school.store.tamu();
    let bare = NewTamu { telp: None, ..tamu_baru("Dewi", NUMBER) };
    let dewi = store.create(bare).await.unwrap();
    let lain = NewTamu {
        email: Some("d@rumah.example".to_owned()),
        instansi: Some("Yayasan Melati".to_owned()),
        ..tamu_baru("Dewi A", SECOND)
    };
    let lain = store.create(lain).await.unwrap();
    gabung(school, dewi.id, lain.id).await;
    let kept = store.find(dewi.id).await.unwrap().unwrap();
    assert_eq!((kept.nama.as_str(), &kept.telp), ("Dewi", &lain.telp), "the name is the kept guest's own");
    assert_eq!((&kept.email, &kept.instansi), (&lain.email, &lain.instansi));
    let found = store.list(SearchTerms::new("melati").into(), FIRST_PAGE).await.unwrap();
    assert_eq!(found.data.iter().map(|tamu| tamu.id).collect::<Vec<_>>(), [dewi.id]);
    // What was corrected since is not taken back.
    let ubah =
        TamuCorrection { email: Some(Some("x@rumah.example".to_owned())), ..TamuCorrection::default() };
    store.update(dewi.id, ubah).await.unwrap();
    pisah(school, dewi.id, lain.id).await;
    let kept = store.find(dewi.id).await.unwrap().unwrap();
    assert_eq!((kept.telp, kept.instansi, kept.email.as_deref()), (None, None, Some("x@rumah.example")));
    assert_eq!(store.find(lain.id).await.unwrap(), Some(lain.clone()));
    let found = store.list(SearchTerms::new("melati").into(), FIRST_PAGE).await.unwrap();
    assert_eq!(found.data.iter().map(|tamu| tamu.id).collect::<Vec<_>>(), [lain.id]);
}

async fn the_other_number_and_code_lead_to_the_kept_one(school: &School) {
    let store = school.store.tamu();
    let guru = school.pengguna(Role::Guru).await;
    let (dewi, lain) = pair(school).await;
    store.update_password(lain.id, password_baru("hash", false)).await.unwrap();
    let session = sesi_baru("s", SessionHolder::Tamu(lain.id), [1; 32]);
    assert!(school.store.sesi().create(session).await.is_ok());
    gabung(school, dewi.id, lain.id).await;
    assert_eq!(
        store.find(lain.id).await.unwrap().map(|tamu| tamu.id),
        Some(dewi.id),
        "as a printed code asks"
    );
    let known = store.find_kredensial(&telp(SECOND)).await.unwrap().unwrap();
    let hash = known.password_hash.as_deref();
    assert_eq!((known.siapa.id, hash), (dewi.id, Some("hash")), "the guest signs in as before");
    for text in [SECOND, "0002", "anggraini", NUMBER] {
        let found = store.list(SearchTerms::new(text).into(), FIRST_PAGE).await.unwrap();
        assert_eq!(found.data.iter().map(|tamu| tamu.id).collect::<Vec<_>>(), [dewi.id], "{text}");
    }
    let entered = TamuOf::Baru(tamu_baru("Dewi Anggraini", SECOND));
    let row = made(school.store.janji_temu().create(janji_baru(&guru, entered, at("13:00"))).await);
    assert_eq!((row.id_tamu, row.atas_nama), (dewi.id, None));
    let by_number = JanjiTemuFilter { cari: SearchTerms::new(SECOND), ..JanjiTemuFilter::default() };
    assert_eq!(school.store.janji_temu().list(by_number, FIRST_PAGE).await.unwrap().total, 1);
    assert_conflict(store.create(tamu_baru("Eko", SECOND)).await, Conflict::TamuTelp);
    assert_not_found(store.update(lain.id, TamuCorrection::default()).await);
    // The second number may become the first one.
    let ubah = TamuCorrection { telp: Some(Some(telp(SECOND))), ..TamuCorrection::default() };
    assert_eq!(store.update(dewi.id, ubah).await.unwrap().telp, Some(telp(SECOND)));
    pisah(school, dewi.id, lain.id).await;
    assert_eq!(store.find(lain.id).await.unwrap().unwrap().telp, None, "it is the kept guest's by now");
}

/// The hash that a guest signs in with, and whether it ends.
async fn password(school: &School, id: IdTamu) -> Option<(String, bool)> {
    let known = school.store.tamu().find_kredensial_by_id(id).await.unwrap().unwrap();
    known.password_hash.map(|hash| (hash, known.password_sampai.is_some()))
}

async fn a_password_goes_over_to_who_has_none_and_comes_back(school: &School) {
    let store = school.store.tamu();
    let has = |hash: &str, ends| Some((hash.to_owned(), ends));
    let bare = NewTamu { telp: None, ..tamu_baru("Dewi", NUMBER) };
    let dewi = store.create(bare).await.unwrap();
    let lain = store.create(tamu_baru("Dewi A", SECOND)).await.unwrap();
    store.update_password(lain.id, password_baru("lain", true)).await.unwrap();
    gabung(school, dewi.id, lain.id).await;
    let known = store.find_kredensial(&telp(SECOND)).await.unwrap().unwrap();
    assert_eq!((known.siapa.id, known.password_hash.as_deref()), (dewi.id, Some("lain")));
    assert_eq!(password(school, dewi.id).await, has("lain", true));
    pisah(school, dewi.id, lain.id).await;
    assert_eq!(password(school, dewi.id).await, None);
    assert_eq!(password(school, lain.id).await, has("lain", true));
    // Of two passwords the kept guest's own counts, and one that was chosen since is not taken back.
    store.update_password(dewi.id, password_baru("dewi", false)).await.unwrap();
    gabung(school, dewi.id, lain.id).await;
    assert_eq!(password(school, dewi.id).await, has("dewi", false));
    pisah(school, dewi.id, lain.id).await;
    assert_eq!(password(school, dewi.id).await, has("dewi", false));
    let eko = store.create(tamu_baru("Eko", NUMBER)).await.unwrap();
    gabung(school, eko.id, lain.id).await;
    assert_eq!(password(school, eko.id).await, has("lain", true));
    store.update_password(eko.id, password_baru("eko", false)).await.unwrap();
    pisah(school, eko.id, lain.id).await;
    assert_eq!(password(school, eko.id).await, has("eko", false));
    assert_eq!(password(school, lain.id).await, has("lain", true));
}

async fn a_chain_comes_apart_in_any_order(school: &School) {
    let store = school.store.tamu();
    let guru = school.pengguna(Role::Guru).await;
    let (a, b) = pair(school).await;
    let c = school.tamu().await;
    for (id, time) in [(a.id, "10:00"), (b.id, "11:00"), (c.id, "12:00")] {
        visit(school, &guru, id, time).await;
    }
    for outer_first in [true, false] {
        gabung(school, b.id, a.id).await;
        gabung(school, c.id, b.id).await;
        assert_eq!(hours(school, c.id).await, ["10", "11", "12"]);
        for id in [a.id, b.id] {
            assert_eq!(store.find(id).await.unwrap().map(|tamu| tamu.id), Some(c.id));
        }
        if outer_first {
            pisah(school, c.id, b.id).await;
            assert_eq!(hours(school, b.id).await, ["10", "11"], "who came with it goes with it");
            assert_eq!(store.find(a.id).await.unwrap().map(|tamu| tamu.id), Some(b.id));
            pisah(school, b.id, a.id).await;
        } else {
            pisah(school, c.id, a.id).await;
            assert_eq!(hours(school, c.id).await, ["11", "12"]);
            pisah(school, c.id, b.id).await;
        }
        for (id, hour) in [(a.id, "10"), (b.id, "11"), (c.id, "12")] {
            assert_eq!(hours(school, id).await, [hour], "outer first: {outer_first}");
        }
        assert_eq!(store.list(None.into(), FIRST_PAGE).await.unwrap().total, 3);
    }
}

async fn what_is_no_merge_is_refused_and_changes_nothing(school: &School) {
    let store = school.store.tamu();
    let (dewi, lain) = pair(school).await;
    let erased = school.tamu().await;
    store.erase(erased.id, NewErasure { batalkan: false, waktu: at("08:00") }).await.unwrap();
    let asked = |id, id_lain| store.gabung(merge(id, id_lain, at("09:00")));
    assert_conflict(asked(dewi.id, dewi.id).await, Conflict::Tamu);
    assert_conflict(asked(dewi.id, erased.id).await, Conflict::Tamu);
    assert_conflict(asked(dewi.id, IdTamu(999)).await, Conflict::Tamu);
    assert_not_found(asked(erased.id, dewi.id).await);
    assert_not_found(asked(IdTamu(999), dewi.id).await);
    assert_conflict(store.pisah(dewi.id, lain.id, at("10:00")).await, Conflict::Gabung);
    gabung(school, dewi.id, lain.id).await;
    assert_not_found(asked(lain.id, dewi.id).await);
    let third = school.tamu().await;
    assert_conflict(asked(third.id, lain.id).await, Conflict::Tamu);
    assert_conflict(store.pisah(third.id, lain.id, at("10:00")).await, Conflict::Gabung);
    let late = at("09:00") + gabung::BATAS_PISAH;
    assert_conflict(store.pisah(dewi.id, lain.id, late).await, Conflict::Gabung);
    store.pisah(dewi.id, lain.id, late - Duration::milliseconds(1)).await.unwrap();
}

async fn after_a_day_only_what_leads_to_the_kept_one_is_left(school: &School) {
    let store = school.store.tamu();
    let guru = school.pengguna(Role::Guru).await;
    let (dewi, lain) = pair(school).await;
    visit(school, &guru, lain.id, "10:00").await;
    gabung(school, dewi.id, lain.id).await;
    let late = at("09:00") + gabung::BATAS_PISAH;
    assert_eq!(store.finish_gabung(gabung::batas(late - Duration::milliseconds(1))).await.unwrap(), 0);
    assert_eq!(store.finish_gabung(gabung::batas(late)).await.unwrap(), 1);
    assert_eq!(store.finish_gabung(gabung::batas(late)).await.unwrap(), 0);
    assert!(store.list_gabung(dewi.id).await.unwrap().is_empty());
    assert_conflict(store.pisah(dewi.id, lain.id, at("10:00")).await, Conflict::Gabung);
    assert_eq!(store.find(lain.id).await.unwrap().map(|tamu| tamu.id), Some(dewi.id), "the code still works");
    assert_eq!(
        store.find_kredensial(&telp(SECOND)).await.unwrap().unwrap().siapa.id,
        dewi.id,
        "and the number"
    );
    // The visits are the kept guest's own now, and come back to that one.
    let third = school.tamu().await;
    gabung(school, third.id, dewi.id).await;
    pisah(school, third.id, dewi.id).await;
    assert_eq!(hours(school, dewi.id).await, ["10"]);
    assert_eq!(store.find(lain.id).await.unwrap().map(|tamu| tamu.id), Some(dewi.id));
}

async fn who_was_merged_is_erased_with_the_kept_one(school: &School) {
    let store = school.store.tamu();
    let guru = school.pengguna(Role::Guru).await;
    let (dewi, lain) = pair(school).await;
    let row = visit(school, &guru, lain.id, "10:00").await;
    gabung(school, dewi.id, lain.id).await;
    let erasure = |batalkan| NewErasure { batalkan, waktu: at("09:30") };
    assert_not_found(store.erase(lain.id, erasure(true)).await);
    assert!(!store.erase(dewi.id, erasure(false)).await.unwrap().selesai, "the guest is awaited");
    assert!(store.erase(dewi.id, erasure(true)).await.unwrap().selesai, "which was called off");
    let after = school.store.janji_temu().find(row.id).await.unwrap().unwrap();
    assert_eq!((after.status.as_str(), after.tamu_terhapus), ("batal", true));
    for id in [dewi.id, lain.id] {
        assert_eq!(store.find(id).await.unwrap(), None);
    }
    assert!(store.find_kredensial(&telp(SECOND)).await.unwrap().is_none());
    assert_conflict(store.pisah(dewi.id, lain.id, at("10:00")).await, Conflict::Gabung);
    store.create(tamu_baru("Eko", SECOND)).await.unwrap();
}

async fn of_32_merges_at_once_all_are_one_and_every_visit_is_there(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let mut guests = Vec::new();
    for _ in 0..32 {
        let tamu = school.tamu().await;
        visit(school, &guru, tamu.id, "10:00").await;
        guests.push(tamu.id);
    }
    let merged = at_once(|n| {
        let (store, id, lain) = (Arc::clone(&school.store), guests[n / 2], guests[n]);
        async move { store.tamu().gabung(merge(id, lain, at("09:00"))).await }
    })
    .await;
    for result in merged {
        // Whoever was merged meanwhile is nobody to merge into.
        assert!(matches!(result, Ok(()) | Err(StoreError::NotFound | StoreError::Conflict(Conflict::Tamu))));
    }
    let mut visits = 0;
    for tamu in school.store.tamu().list(None.into(), FIRST_PAGE).await.unwrap().data {
        visits += hours(school, tamu.id).await.len();
    }
    assert_eq!(visits, 32, "each visit belongs to somebody who is there");
}
