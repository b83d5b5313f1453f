//! Stories of the days on which the school is closed.

use chrono::NaiveDate;
use domain::{
    Role, VisitStep,
    hari_libur::{HariLibur, JenisLibur, SumberLibur},
    jadwal::Span,
};

use crate::school::{School, at};

stories![
    what_was_set_is_listed_in_its_order,
    a_file_leaves_what_was_entered_by_hand,
    every_change_counts_as_one_of_the_settings,
    a_day_is_removed_once,
    appointments_that_nobody_has_come_to_are_told_by_their_time,
];

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn libur(tanggal: &str, nama: &str, sumber: SumberLibur) -> HariLibur {
    let (tanggal, nama) = (date(tanggal), nama.to_owned());
    HariLibur { tanggal, nama, jenis: JenisLibur::CutiBersama, perkiraan: true, sumber }
}

async fn all(school: &School) -> Vec<HariLibur> {
    school.store.hari_libur().list(date("2000-01-01"), date("2999-12-31")).await.unwrap()
}

async fn what_was_set_is_listed_in_its_order(school: &School) {
    let days =
        ["2026-12-25", "2026-12-24", "2027-01-01"].map(|day| libur(day, "Hari “Besar”", SumberLibur::Impor));
    school.store.hari_libur().set(days.to_vec()).await.unwrap();
    let [natal, cuti, baru] = days;
    assert_eq!(all(school).await, [cuti.clone(), natal.clone(), baru]);
    let of_december = school.store.hari_libur().list(date("2026-12-24"), date("2026-12-31")).await.unwrap();
    assert_eq!(of_december, [cuti, natal]);
}

async fn a_file_leaves_what_was_entered_by_hand(school: &School) {
    let store = school.store.hari_libur();
    let by_hand = libur("2026-12-25", "Natal", SumberLibur::Manual);
    store.set(vec![by_hand.clone(), libur("2026-12-26", "Cuti", SumberLibur::Impor)]).await.unwrap();
    let announced = HariLibur { perkiraan: false, ..libur("2026-12-26", "Cuti bersama", SumberLibur::Impor) };
    let brought = vec![libur("2026-12-25", "Hari Raya Natal", SumberLibur::Impor), announced.clone()];
    store.set(brought).await.unwrap();
    assert_eq!(all(school).await, [by_hand, announced]);
    let corrected = libur("2026-12-26", "Libur", SumberLibur::Manual);
    store.set(vec![corrected.clone()]).await.unwrap();
    assert_eq!(all(school).await[1], corrected);
}

async fn every_change_counts_as_one_of_the_settings(school: &School) {
    let versi = async || school.store.setelan().versi().await.unwrap();
    assert_eq!(versi().await, 0);
    school.store.hari_libur().set(vec![libur("2026-12-25", "Natal", SumberLibur::Manual)]).await.unwrap();
    assert_eq!(versi().await, 1);
    school.store.hari_libur().delete(date("2026-12-25")).await.unwrap();
    assert_eq!(versi().await, 2);
    school.store.hari_libur().delete(date("2026-12-25")).await.unwrap();
    assert_eq!(versi().await, 2, "nothing was there");
}

async fn a_day_is_removed_once(school: &School) {
    let store = school.store.hari_libur();
    store.set(vec![libur("2026-12-25", "Natal", SumberLibur::Impor)]).await.unwrap();
    assert!(store.delete(date("2026-12-25")).await.unwrap());
    assert!(!store.delete(date("2026-12-25")).await.unwrap());
    assert!(all(school).await.is_empty());
}

async fn appointments_that_nobody_has_come_to_are_told_by_their_time(school: &School) {
    let (guru, other) = (school.pengguna(Role::Guru).await, school.pengguna(Role::Guru).await);
    let later = school.janji(&guru, at("10:00")).await;
    let first = school.janji(&other, at("09:00")).await;
    let list = async |from: &str, to: &str| {
        let dalam = Span { start: at(from), end: at(to) };
        school.store.janji_temu().list_belum(dalam).await.unwrap()
    };
    let span = |janji: &domain::JanjiTemu| Span::minutes(janji.jadwal, janji.durasi_menit);
    assert_eq!(list("08:00", "12:00").await, [span(&first), span(&later)]);
    assert_eq!(list("09:00", "10:00").await, [span(&first)]);
    school.step(&first, VisitStep::Datang { terlambat: false, di_meja: true }, at("09:00")).await;
    assert_eq!(list("08:00", "12:00").await, [span(&later)]);
}
