//! Appointments that are made together.

use std::sync::Arc;

use chrono::Duration;
use domain::{IdPengguna, JanjiTemu, Pengguna, Role, VisitStep};
use store::{
    Conflict,
    janji_temu::{Creation, JanjiTemuFilter, NewJanjiTemu, TamuOf},
    tamu::NewTamu,
};

use crate::school::{FIRST_PAGE, School, assert_conflict, at, at_once, janji_baru, tamu_baru};

stories![
    guests_of_one_time_do_not_clash_and_each_has_a_code,
    a_taken_time_is_left_out_with_its_guests,
    a_later_one_clashes_with_any_of_them,
    together_sent_again_they_answer_the_same,
    a_key_of_something_else_makes_none_of_them,
    where_one_is_refused_none_is_made,
    of_32_series_at_one_time_one_gets_the_guru,
];

/// Two new guests, one of them without a number, on each of three days at nine.
fn three_days(guru: &Pengguna, kunci: Option<&str>) -> Vec<Vec<NewJanjiTemu>> {
    let without = NewTamu { telp: None, ..tamu_baru("Sari", "0813 3456 0002") };
    let of_guest = |(n, tamu): (usize, NewTamu)| {
        let on_day = |day: i64| NewJanjiTemu {
            kunci: kunci.map(|kunci| format!("{kunci}-{n}-{day}")),
            seri: Some("seri".to_owned()),
            ..janji_baru(guru, TamuOf::Baru(tamu.clone()), at("09:00") + Duration::days(7 * day))
        };
        (0..3).map(on_day).collect()
    };
    [tamu_baru("Dewi", "0813 3456 0001"), without].into_iter().enumerate().map(of_guest).collect()
}

fn changed(
    asked: Vec<Vec<NewJanjiTemu>>,
    change: impl Fn(NewJanjiTemu) -> NewJanjiTemu,
) -> Vec<Vec<NewJanjiTemu>> {
    asked.into_iter().map(|of_guest| of_guest.into_iter().map(&change).collect()).collect()
}

/// What was made, and nothing else.
fn all_made(created: Vec<Vec<Option<Creation>>>) -> Vec<Option<JanjiTemu>> {
    let one = |creation: Option<Creation>| match creation {
        Some(Creation::Dibuat(janji)) => Some(janji),
        Some(Creation::SudahAda(_)) => panic!("it was there before"),
        None => None,
    };
    created.into_iter().flatten().map(one).collect()
}

async fn guests_of_one_time_do_not_clash_and_each_has_a_code(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let made = school.store.janji_temu().create_seri(three_days(&guru, None)).await.unwrap();
    let made: Vec<_> = all_made(made).into_iter().map(Option::unwrap).collect();
    assert_eq!(made.len(), 6);
    for janji in &made {
        assert!(school.kunci.qr.verify(&janji.kode_qr).is_ok());
        assert_eq!(school.store.janji_temu().find(janji.id).await.unwrap().as_ref(), Some(janji));
    }
    assert!(made[..3].iter().all(|janji| janji.id_tamu == made[0].id_tamu), "one guest comes each time");
    assert!(made[3..].iter().all(|janji| janji.id_tamu == made[3].id_tamu), "one without a number too");
    assert_eq!(school.store.tamu().list(None.into(), FIRST_PAGE).await.unwrap().total, 2);
    let told: Vec<_> = made.iter().map(|janji| ("undangan".to_owned(), janji.id)).collect();
    assert_eq!(school.pesan_keluar().await, told);
}

async fn a_taken_time_is_left_out_with_its_guests(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let taken = school.janji(&guru, at("09:10")).await;
    let before = school.store.tamu().list(None.into(), FIRST_PAGE).await.unwrap().total;
    let mut first_day_only = three_days(&guru, None);
    first_day_only.iter_mut().for_each(|of_guest| of_guest.truncate(1));
    let made = school.store.janji_temu().create_seri(first_day_only).await.unwrap();
    assert_eq!(all_made(made), [None, None]);
    assert_eq!(
        school.store.tamu().list(None.into(), FIRST_PAGE).await.unwrap().total,
        before,
        "nor its guests"
    );
    assert_eq!(school.pesan_keluar().await, [("undangan".to_owned(), taken.id)]);

    let made = all_made(school.store.janji_temu().create_seri(three_days(&guru, None)).await.unwrap());
    let is_made: Vec<_> = made.iter().map(Option::is_some).collect();
    assert_eq!(is_made, [false, true, true, false, true, true]);

    let anyway = changed(three_days(&guru, None), |baru| NewJanjiTemu { izinkan_bentrok: true, ..baru });
    let made = all_made(school.store.janji_temu().create_seri(anyway).await.unwrap());
    assert!(made.iter().all(Option::is_some));
}

async fn a_later_one_clashes_with_any_of_them(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let store = school.store.janji_temu();
    let made = all_made(store.create_seri(three_days(&guru, None)).await.unwrap());
    let called_off = made[0].as_ref().unwrap();
    school.step(called_off, VisitStep::Batal { alasan: None, oleh_tamu: false }, at("08:00")).await;
    let tamu = TamuOf::Id(school.tamu().await.id);
    assert_conflict(store.create(janji_baru(&guru, tamu.clone(), at("09:00"))).await, Conflict::Bentrok);
    let other = NewJanjiTemu { seri: Some("other".to_owned()), ..janji_baru(&guru, tamu, at("09:00")) };
    assert_eq!(store.create_seri(vec![vec![other]]).await.unwrap(), [[None]]);
}

async fn together_sent_again_they_answer_the_same(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    school.janji(&guru, at("09:10")).await;
    let store = school.store.janji_temu();
    let first = all_made(store.create_seri(three_days(&guru, Some("k"))).await.unwrap());
    let told = school.pesan_keluar().await;
    let again = store.create_seri(three_days(&guru, Some("k"))).await.unwrap();
    let expected: Vec<_> = first.into_iter().map(|janji| janji.map(Creation::SudahAda)).collect();
    assert_eq!(again.concat(), expected);
    assert_eq!(school.pesan_keluar().await, told);
}

async fn a_key_of_something_else_makes_none_of_them(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let store = school.store.janji_temu();
    let mut asked = three_days(&guru, Some("k"));
    let last = NewJanjiTemu { keperluan: "Lain".to_owned(), ..asked[1][2].clone() };
    let Creation::Dibuat(_) = store.create(last).await.unwrap() else { panic!("it is new") };
    let told = school.pesan_keluar().await;
    assert_conflict(store.create_seri(asked.clone()).await, Conflict::Kunci);
    assert_eq!(school.pesan_keluar().await, told);
    asked[1].truncate(2);
    all_made(store.create_seri(asked).await.unwrap());
}

async fn where_one_is_refused_none_is_made(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let mut asked = three_days(&guru, None);
    asked[1][2].id_guru = IdPengguna(999);
    assert_conflict(school.store.janji_temu().create_seri(asked).await, Conflict::Guru);
    let all = school.store.janji_temu().list(JanjiTemuFilter::default(), FIRST_PAGE).await.unwrap();
    assert_eq!((all.total, school.pesan_keluar().await.len()), (0, 0));
    assert_eq!(school.store.tamu().list(None.into(), FIRST_PAGE).await.unwrap().total, 0);
}

async fn of_32_series_at_one_time_one_gets_the_guru(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let results = at_once(|n| {
        let store = Arc::clone(&school.store);
        let asked =
            changed(three_days(&guru, None), |baru| NewJanjiTemu { seri: Some(n.to_string()), ..baru });
        async move { all_made(store.janji_temu().create_seri(asked).await.unwrap()) }
    })
    .await;
    let winners = results.iter().filter(|made| made.iter().all(Option::is_some)).count();
    let losers = results.iter().filter(|made| made.iter().all(Option::is_none)).count();
    assert_eq!((winners, losers), (1, 31));
    assert_eq!(school.pesan_keluar().await.len(), 6);
}
