//! Stories of signed-in devices.

use std::sync::Arc;

use domain::{IdPengguna, Role};
use store::{
    pengguna::UbahPengguna,
    sesi::{Pemilik, Penyegaran, SesiBaru, Siapa, TokenHash},
};

use crate::school::{School, at, at_once};

stories![
    a_session_lives_until_it_ends,
    a_session_belongs_to_whoever_may_sign_in,
    a_token_is_exchanged_and_the_session_goes_on,
    an_exchange_asked_again_answers_the_same,
    a_token_used_twice_ends_the_family,
    of_32_who_show_one_token_at_most_one_gets_the_next,
    an_ended_session_gives_no_token,
    ended_sessions_are_purged,
];

fn sesi(id: &str, pemilik: Pemilik, token: TokenHash) -> SesiBaru {
    SesiBaru { id: id.to_owned(), pemilik, token, kedaluwarsa_pada: at("10:00"), waktu: at("08:00") }
}

/// A guru signed in as session `satu` with token 1.
async fn sign_in(school: &School) -> IdPengguna {
    let guru = school.pengguna(Role::Guru).await;
    school.store.sesi().create(sesi("satu", Pemilik::Pengguna(guru.id), [1; 32])).await.unwrap();
    guru.id
}

async fn refresh(school: &School, lama: u8, baru: u8, time: &str) -> Penyegaran {
    school.store.sesi().refresh([lama; 32], [baru; 32], at("20:00"), at(time)).await.unwrap()
}

async fn lives(school: &School, time: &str) -> bool {
    school.store.sesi().find("satu", at(time)).await.unwrap().is_some()
}

async fn a_session_lives_until_it_ends(school: &School) {
    sign_in(school).await;
    assert!(lives(school, "09:59").await);
    assert!(!lives(school, "10:00").await);
    school.store.sesi().revoke("satu", at("09:00")).await.unwrap();
    assert!(!lives(school, "09:00").await);
    school.store.sesi().revoke("satu", at("09:30")).await.unwrap();
    school.store.sesi().revoke("tidak ada", at("09:30")).await.unwrap();
    assert!(school.store.sesi().find("tidak ada", at("09:00")).await.unwrap().is_none());
}

async fn a_session_belongs_to_whoever_may_sign_in(school: &School) {
    let id = sign_in(school).await;
    let tamu = school.tamu().await;
    school.store.sesi().create(sesi("dua", Pemilik::Tamu(tamu.id), [2; 32])).await.unwrap();
    let find = |id| school.store.sesi().find(id, at("09:00"));
    assert!(matches!(find("satu").await.unwrap(), Some(Siapa::Pengguna(guru)) if guru.id == id));
    assert!(matches!(find("dua").await.unwrap(), Some(Siapa::Tamu(found)) if found == tamu));
    let inactive = UbahPengguna { aktif: Some(false), ..UbahPengguna::default() };
    school.store.pengguna().update(id, inactive, at("09:00")).await.unwrap();
    assert!(find("satu").await.unwrap().is_none());
}

async fn a_token_is_exchanged_and_the_session_goes_on(school: &School) {
    let id = sign_in(school).await;
    let Penyegaran::Disegarkan { id_sesi, siapa: Siapa::Pengguna(guru) } =
        refresh(school, 1, 2, "09:00").await
    else {
        panic!("a fresh token is good")
    };
    assert_eq!((id_sesi.as_str(), guru.id), ("satu", id));
    assert!(lives(school, "19:59").await, "the session's end moved");
    assert!(matches!(refresh(school, 2, 3, "19:00").await, Penyegaran::Disegarkan { .. }));
    assert!(matches!(refresh(school, 99, 4, "19:00").await, Penyegaran::Ditolak), "unknown");
}

async fn an_exchange_asked_again_answers_the_same(school: &School) {
    sign_in(school).await;
    for time in ["09:00", "09:01", "09:02"] {
        assert!(matches!(refresh(school, 1, 2, time).await, Penyegaran::Disegarkan { .. }), "{time}");
    }
    assert!(matches!(refresh(school, 2, 3, "09:03").await, Penyegaran::Disegarkan { .. }));
    let late = refresh(school, 1, 2, "09:04").await;
    assert!(matches!(late, Penyegaran::DipakaiUlang { .. }), "whoever used the answer does not ask again");
    assert!(!lives(school, "09:04").await);
}

async fn a_token_used_twice_ends_the_family(school: &School) {
    sign_in(school).await;
    refresh(school, 1, 2, "09:00").await;
    let reused = refresh(school, 1, 3, "09:01").await;
    assert!(matches!(reused, Penyegaran::DipakaiUlang { id_sesi } if id_sesi == "satu"));
    assert!(!lives(school, "09:01").await);
    assert!(matches!(refresh(school, 2, 4, "09:02").await, Penyegaran::Ditolak), "the good one too");
    assert!(matches!(refresh(school, 1, 5, "09:03").await, Penyegaran::Ditolak), "it has ended before");
}

async fn of_32_who_show_one_token_at_most_one_gets_the_next(school: &School) {
    sign_in(school).await;
    let results = at_once(|n| {
        let store = Arc::clone(&school.store);
        let baru = [u8::try_from(n).unwrap() + 100; 32];
        async move { store.sesi().refresh([1; 32], baru, at("20:00"), at("09:00")).await.unwrap() }
    })
    .await;
    let count = |test: fn(&Penyegaran) -> bool| results.iter().filter(|result| test(result)).count();
    assert_eq!(count(|result| matches!(result, Penyegaran::Disegarkan { .. })), 1);
    assert_eq!(count(|result| matches!(result, Penyegaran::DipakaiUlang { .. })), 1, "told once");
    assert!(!lives(school, "09:00").await);
}

async fn an_ended_session_gives_no_token(school: &School) {
    sign_in(school).await;
    assert!(matches!(refresh(school, 1, 2, "10:00").await, Penyegaran::Ditolak), "past its end");
    assert!(
        matches!(refresh(school, 1, 2, "09:00").await, Penyegaran::Disegarkan { .. }),
        "it was not used up"
    );
    school.store.sesi().revoke("satu", at("09:30")).await.unwrap();
    assert!(matches!(refresh(school, 2, 3, "09:30").await, Penyegaran::Ditolak), "revoked");
}

async fn ended_sessions_are_purged(school: &School) {
    let id = sign_in(school).await;
    let store = school.store.sesi();
    store.create(sesi("dua", Pemilik::Pengguna(id), [10; 32])).await.unwrap();
    store.create(sesi("tiga", Pemilik::Pengguna(id), [20; 32])).await.unwrap();
    store.revoke("dua", at("08:30")).await.unwrap();
    refresh(school, 1, 2, "09:00").await;
    assert_eq!(store.purge(at("08:30")).await.unwrap(), 0);
    assert_eq!(store.purge(at("10:30")).await.unwrap(), 2, "one was revoked, one ran out");
    assert!(lives(school, "10:30").await);
    let forgotten = refresh(school, 1, 3, "10:31").await;
    assert!(
        matches!(forgotten, Penyegaran::Ditolak),
        "a used token is known as long as it would have been good"
    );
    assert!(lives(school, "10:31").await);
    assert!(matches!(refresh(school, 2, 4, "10:32").await, Penyegaran::Disegarkan { .. }));
}
