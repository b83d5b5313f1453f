//! Stories of reviews.

use std::sync::Arc;

use domain::{IdJanjiTemu, JanjiTemu, Pengguna, Role, VisitStep};
use store::{Conflict, PageRequest};

use crate::school::{FIRST_PAGE, School, assert_conflict, at, at_once};

stories![
    a_finished_visit_is_reviewed_once,
    an_unfinished_visit_is_not_reviewed,
    a_visit_that_the_desk_did_not_see_is_not_reviewed,
    of_32_reviews_at_once_one_is_kept,
    stars_are_one_to_five,
    the_best_guru_comes_first,
];

async fn finished(school: &School, guru: &Pengguna) -> JanjiTemu {
    let here = school.arrival(guru).await;
    school.step(&here, VisitStep::Pulang { waktu_selesai: at("10:00"), di_meja: true }, at("10:00")).await
}

async fn a_finished_visit_is_reviewed_once(school: &School) {
    let store = school.store.ulasan();
    let guru = school.pengguna(Role::Guru).await;
    let visit = finished(school, &guru).await;
    let reviewed = store.create(visit.id, 4, Some("ramah".to_owned()), at("10:01")).await.unwrap().unwrap();
    assert_eq!((reviewed.rating, reviewed.komentar.as_deref()), (Some(4), Some("ramah")));
    assert_eq!((reviewed.ulasan_pada, reviewed.versi), (Some(at("10:01")), visit.versi + 1));
    assert_eq!(store.create(visit.id, 1, None, at("10:02")).await.unwrap(), None);
    assert_eq!(school.store.janji_temu().find(visit.id).await.unwrap(), Some(reviewed));

    let second = finished(school, &guru).await;
    store.create(second.id, 5, None, at("10:03")).await.unwrap().unwrap();
    let list = store.list(FIRST_PAGE).await.unwrap();
    assert_eq!((list.total, list.data[0].id_janji_temu), (2, second.id), "newest first");
    assert_eq!((list.data[1].rating, list.data[1].ulasan_pada), (4, at("10:01")));
    assert_eq!((&list.data[1].nama_guru, list.data[1].nama_tamu.as_str()), (&guru.nama, "Dewi Lestari"));
    let page = store.list(PageRequest { nomor: 2, ukuran: 1 }).await.unwrap();
    assert_eq!((page.data[0].id_janji_temu, page.total), (visit.id, 2));
}

async fn an_unfinished_visit_is_not_reviewed(school: &School) {
    let store = school.store.ulasan();
    let here = school.arrival(&school.pengguna(Role::Guru).await).await;
    for id in [here.id, IdJanjiTemu(999)] {
        assert_eq!(store.create(id, 5, None, at("10:01")).await.unwrap(), None);
    }
    assert_eq!(school.store.janji_temu().find(here.id).await.unwrap(), Some(here));
}

async fn a_visit_that_the_desk_did_not_see_is_not_reviewed(school: &School) {
    let (store, waktu_selesai) = (school.store.ulasan(), at("10:00"));
    let guru = school.pengguna(Role::Guru).await;
    for (datang, pulang) in [(false, false), (true, false), (false, true)] {
        let janji = school.janji(&guru, at("08:00")).await;
        let here =
            school.step(&janji, VisitStep::Datang { terlambat: false, di_meja: datang }, at("08:00")).await;
        let leave = VisitStep::Pulang { waktu_selesai, di_meja: pulang };
        let left = school.step(&here, leave, waktu_selesai).await;
        assert_eq!((left.datang_di_meja, left.pulang_di_meja), (datang, pulang));
        assert_eq!(store.create(left.id, 5, None, at("10:01")).await.unwrap(), None, "{datang} {pulang}");
        let seen = school.step(&left, VisitStep::Pamit, at("10:02")).await;
        assert_eq!(
            (seen.status, seen.waktu_selesai, seen.pulang_di_meja),
            (left.status, left.waktu_selesai, true)
        );
        assert_eq!(store.create(left.id, 5, None, at("10:03")).await.unwrap().is_some(), datang);
    }
    let of = |id: IdJanjiTemu, all: &[(String, IdJanjiTemu)]| {
        all.iter().filter(|(jenis, of)| jenis == "ulasan" && *of == id).count()
    };
    let by_desk = finished(school, &guru).await;
    assert_eq!(of(by_desk.id, &school.pesan_keluar().await), 1, "who was seen to leave is asked");
    assert_eq!(of(IdJanjiTemu(1), &school.pesan_keluar().await), 1, "once the desk has seen it");
}

async fn of_32_reviews_at_once_one_is_kept(school: &School) {
    let visit = finished(school, &school.pengguna(Role::Guru).await).await;
    let results = at_once(|_| {
        let store = Arc::clone(&school.store);
        async move { store.ulasan().create(visit.id, 5, None, at("10:01")).await.unwrap() }
    })
    .await;
    assert_eq!(results.iter().flatten().count(), 1);
}

async fn stars_are_one_to_five(school: &School) {
    let visit = finished(school, &school.pengguna(Role::Guru).await).await;
    for rating in [0, 6] {
        let refused = school.store.ulasan().create(visit.id, rating, None, at("10:01")).await;
        assert_conflict(refused, Conflict::Other);
    }
}

async fn the_best_guru_comes_first(school: &School) {
    let store = school.store.ulasan();
    assert_eq!(store.ringkasan().await.unwrap(), []);
    let (one, two) = (school.pengguna(Role::Guru).await, school.pengguna(Role::Guru).await);
    for (guru, rating) in [(&one, 4), (&one, 3), (&two, 5)] {
        let visit = finished(school, guru).await;
        store.create(visit.id, rating, None, at("10:01")).await.unwrap().unwrap();
    }
    let summary = store.ringkasan().await.unwrap();
    let figures: Vec<_> =
        summary.iter().map(|guru| (guru.id_guru, guru.jumlah, guru.rating_rata_rata)).collect();
    assert_eq!(figures, [(two.id, 1, 5.0), (one.id, 2, 3.5)]);
}
