//! Stories of the survey.

use chrono::NaiveDate;
use domain::{
    IdJanjiTemu, JanjiTemu, Role, VisitStep,
    survei::{Jawaban, Nilai, Responden, Survei, Unsur, Usia},
};
use store::survei::{NewSurvei, SARAN_MAX};

use crate::school::{School, at, at_once};

stories![
    a_visit_that_the_desk_saw_is_surveyed_once,
    of_32_surveys_of_one_visit_at_once_one_is_kept,
    what_is_kept_is_added_up_by_days,
    suggestions_come_in_an_order_that_tells_nothing,
];

pub(crate) fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

pub(crate) fn survei(
    visit: IdJanjiTemu,
    id: &str,
    tanggal: NaiveDate,
    answers: &[(Unsur, i64)],
) -> NewSurvei {
    let nilai = |value| Nilai::try_from(value).unwrap();
    let unsur = Jawaban::new(answers.iter().map(|(unsur, value)| (*unsur, nilai(*value)))).unwrap();
    let survei = Survei { unsur, responden: Responden::default(), saran: None };
    NewSurvei { id_janji_temu: visit, id: id.to_owned(), tanggal, survei }
}

async fn finished(school: &School) -> JanjiTemu {
    let here = school.arrival(&school.pengguna(Role::Guru).await).await;
    school.step(&here, VisitStep::Pulang { waktu_selesai: at("10:00"), di_meja: true }, at("10:00")).await
}

async fn a_visit_that_the_desk_saw_is_surveyed_once(school: &School) {
    let store = school.store.survei();
    let here = school.arrival(&school.pengguna(Role::Guru).await).await;
    for id in [here.id, IdJanjiTemu(999)] {
        let early = store.create(survei(id, "a", day(23), &[(Unsur::Waktu, 4)])).await.unwrap();
        assert_eq!(early, None);
    }
    let leave = VisitStep::Pulang { waktu_selesai: at("10:00"), di_meja: false };
    let unseen = school.step(&here, leave, at("10:00")).await;
    assert_eq!(store.create(survei(unseen.id, "b", day(23), &[(Unsur::Waktu, 4)])).await.unwrap(), None);
    let visit = finished(school).await;
    let marked = store.create(survei(visit.id, "c", day(23), &[(Unsur::Waktu, 4)])).await.unwrap().unwrap();
    assert_eq!(marked, JanjiTemu { survei_diisi: true, versi: visit.versi + 1, ..visit });
    assert_eq!(store.create(survei(marked.id, "d", day(23), &[(Unsur::Waktu, 1)])).await.unwrap(), None);
    let sum = store.sum(day(1), day(30)).await.unwrap();
    assert_eq!((sum.totals.responden, sum.totals.unsur[2].jumlah()), (1, 4));
}

async fn of_32_surveys_of_one_visit_at_once_one_is_kept(school: &School) {
    let visit = finished(school).await.id;
    let kept = at_once(|n| {
        let store = school.store.clone();
        async move {
            let baru = survei(visit, &format!("acak-{n}"), day(23), &[(Unsur::Waktu, 4)]);
            store.survei().create(baru).await.unwrap().is_some()
        }
    })
    .await;
    assert_eq!(kept.iter().filter(|kept| **kept).count(), 1);
    assert_eq!(school.store.survei().sum(day(23), day(23)).await.unwrap().totals.responden, 1);
}

async fn what_is_kept_is_added_up_by_days(school: &School) {
    let store = school.store.survei();
    assert_eq!(store.sum(day(1), day(30)).await.unwrap(), store::survei::SurveiSum::default());
    for (n, (tanggal, answers)) in [
        (22, vec![(Unsur::Waktu, 4), (Unsur::Sarana, 1)]),
        (23, vec![(Unsur::Waktu, 3)]),
        (24, vec![(Unsur::Biaya, 2)]),
    ]
    .into_iter()
    .enumerate()
    {
        let mut baru = survei(finished(school).await.id, &n.to_string(), day(tanggal), &answers);
        baru.survei.responden.usia = (n < 2).then_some(Usia::Dari30);
        baru.survei.saran = (n == 1).then(|| "Tambah kursi".to_owned());
        store.create(baru).await.unwrap().unwrap();
    }
    let sum = store.sum(day(22), day(23)).await.unwrap();
    let of = |unsur: Unsur| {
        let place = Unsur::ALL.into_iter().position(|other| other == unsur).unwrap();
        (sum.totals.unsur[place].n(), sum.totals.unsur[place].jumlah())
    };
    assert_eq!(sum.totals.responden, 2, "both days are included, and no other");
    assert_eq!((of(Unsur::Waktu), of(Unsur::Sarana), of(Unsur::Biaya)), ((2, 7), (1, 1), (0, 0)));
    assert_eq!(sum.kelompok.usia.into_iter().collect::<Vec<_>>(), [(Usia::Dari30, 2)]);
    assert!(sum.kelompok.pekerjaan.is_empty());
    assert_eq!((sum.saran, sum.jumlah_saran), (vec!["Tambah kursi".to_owned()], 1));
}

async fn suggestions_come_in_an_order_that_tells_nothing(school: &School) {
    let store = school.store.survei();
    for id in ["m", "c", "x", "a"] {
        let mut baru = survei(finished(school).await.id, id, day(23), &[(Unsur::Waktu, 4)]);
        baru.survei.saran = Some(id.to_owned());
        store.create(baru).await.unwrap().unwrap();
    }
    let sum = store.sum(day(23), day(23)).await.unwrap();
    assert_eq!(sum.saran, ["a", "c", "m", "x"], "by the random identity");
    assert!(sum.saran.len() <= SARAN_MAX as usize);
    if school.is_on_sqlite() {
        // A row number would count them in the order in which they came.
        let conn = rusqlite::Connection::open(school.path()).unwrap();
        assert!(conn.prepare("SELECT rowid FROM sistem_survei").is_err());
    }
}
