//! Stories of reviews.

use std::sync::Arc;

use domain::{IdJanjiTemu, JanjiTemu, Pengguna, Role, VisitStep, jadwal::Span};
use store::{
    Conflict, PageRequest, SearchTerms,
    pengguna::Deletion,
    ulasan::{BintangGuru, Hiding, UlasanFilter},
};

use crate::school::{FIRST_PAGE, School, assert_conflict, at, at_once, password_baru};

stories![
    a_finished_visit_is_reviewed_once,
    an_unfinished_visit_is_not_reviewed,
    a_visit_that_the_desk_did_not_see_is_not_reviewed,
    of_32_reviews_at_once_one_is_kept,
    stars_are_one_to_five,
    stars_are_counted_by_guru,
    a_list_is_narrowed_down,
    a_hidden_comment_keeps_its_stars_and_who_hid_it,
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
    let list = store.list(UlasanFilter::default(), FIRST_PAGE).await.unwrap();
    assert_eq!((list.total, list.data[0].id_janji_temu), (2, second.id), "newest first");
    assert_eq!((list.data[1].rating, list.data[1].ulasan_pada), (4, at("10:01")));
    assert_eq!((&list.data[1].nama_guru, list.data[1].nama_tamu.as_str()), (&guru.nama, "Dewi Lestari"));
    let page = store.list(UlasanFilter::default(), PageRequest { nomor: 2, ukuran: 1 }).await.unwrap();
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

async fn stars_are_counted_by_guru(school: &School) {
    let store = school.store.ulasan();
    assert_eq!(store.count(None).await.unwrap(), []);
    let (one, two) = (school.pengguna(Role::Guru).await, school.pengguna(Role::Guru).await);
    for (guru, rating, time) in
        [(&one, 4, "10:01"), (&one, 4, "10:05"), (&one, 1, "10:06"), (&two, 5, "10:07")]
    {
        let visit = finished(school, guru).await;
        store.create(visit.id, rating, None, at(time)).await.unwrap().unwrap();
    }
    let counted = |rows: Vec<BintangGuru>| -> Vec<_> {
        rows.into_iter().map(|row| (row.id_guru, row.bintang)).collect()
    };
    let all = counted(store.count(None).await.unwrap());
    assert_eq!(all, [(one.id, [1, 0, 0, 2, 0]), (two.id, [0, 0, 0, 0, 1])]);
    let within = Span { start: at("10:05"), end: at("10:07") };
    assert_eq!(counted(store.count(Some(within)).await.unwrap()), [(one.id, [1, 0, 0, 1, 0])]);
}

async fn a_list_is_narrowed_down(school: &School) {
    let store = school.store.ulasan();
    let (one, two) = (school.pengguna(Role::Guru).await, school.pengguna(Role::Guru).await);
    let mut ids = Vec::new();
    for (guru, rating, komentar, time) in [
        (&one, 4, Some("Ramah, jum'at depan lagi"), "10:01"),
        (&two, 2, Some("Lama MENUNGGU"), "10:02"),
        (&two, 4, None, "10:03"),
    ] {
        let visit = finished(school, guru).await;
        store.create(visit.id, rating, komentar.map(str::to_owned), at(time)).await.unwrap().unwrap();
        ids.push(visit.id);
    }
    let hiding = Hiding { alasan: "Kasar".to_owned(), oleh: one.id, waktu: at("11:00") };
    assert!(store.hide(ids[1], Some(hiding)).await.unwrap());
    let any = UlasanFilter::default;
    let cari = |text| SearchTerms::new(text);
    for (saring, found) in [
        (any(), &[2, 1, 0][..]),
        (UlasanFilter { id_guru: Some(two.id), ..any() }, &[2, 1]),
        (UlasanFilter { rating: Some(4), ..any() }, &[2, 0]),
        (UlasanFilter { rating: Some(4), id_guru: Some(one.id), ..any() }, &[0]),
        (UlasanFilter { waktu: Some(Span { start: at("10:02"), end: at("10:03") }), ..any() }, &[1]),
        (UlasanFilter { tersembunyi: Some(true), ..any() }, &[1]),
        (UlasanFilter { tersembunyi: Some(false), ..any() }, &[2, 0]),
        (UlasanFilter { cari: cari("menunggu lama"), ..any() }, &[1]),
        (UlasanFilter { cari: cari("Jumat"), ..any() }, &[0]),
        (UlasanFilter { cari: cari("dewi ramah"), ..any() }, &[0]),
        (UlasanFilter { cari: cari("%"), ..any() }, &[]),
    ] {
        let list = store.list(saring.clone(), FIRST_PAGE).await.unwrap();
        let wanted: Vec<_> = found.iter().map(|n| ids[*n]).collect();
        assert_eq!(list.data.iter().map(|row| row.id_janji_temu).collect::<Vec<_>>(), wanted, "{saring:?}");
        assert_eq!(list.total, wanted.len() as u64, "{saring:?}");
    }
    let first = store.list_plain(any(), 2).await.unwrap();
    let setelah = first.last().map(|row| (row.ulasan_pada, row.id_janji_temu));
    let rest = store.list_plain(UlasanFilter { setelah, ..any() }, 2).await.unwrap();
    let listed: Vec<_> = first.iter().chain(&rest).map(|row| row.id_janji_temu).collect();
    assert_eq!(listed, [ids[2], ids[1], ids[0]], "it goes on behind the last");
}

async fn a_hidden_comment_keeps_its_stars_and_who_hid_it(school: &School) {
    let store = school.store.ulasan();
    let (guru, admin) = (school.pengguna(Role::Guru).await, school.pengguna(Role::Admin).await);
    let visit = finished(school, &guru).await;
    let hiding = Hiding { alasan: "Menyebut nama siswa".to_owned(), oleh: admin.id, waktu: at("11:00") };
    assert!(!store.hide(visit.id, Some(hiding.clone())).await.unwrap(), "there is no review yet");
    let reviewed = store.create(visit.id, 2, Some("Si Anu".to_owned()), at("10:01")).await.unwrap().unwrap();
    assert!(store.hide(visit.id, Some(hiding)).await.unwrap());
    let hidden = store.find(visit.id).await.unwrap().unwrap();
    assert_eq!((hidden.tersembunyi, hidden.rating, hidden.komentar.as_deref()), (true, 2, Some("Si Anu")));
    assert_eq!(hidden.alasan_tersembunyi.as_deref(), Some("Menyebut nama siswa"));
    assert_eq!((hidden.disembunyikan_oleh, hidden.disembunyikan_pada), (Some(admin.nama), Some(at("11:00"))));
    let row = school.store.janji_temu().find(visit.id).await.unwrap().unwrap();
    assert_eq!((row.komentar_tersembunyi, row.versi), (true, reviewed.versi + 1));
    assert_eq!(store.count(None).await.unwrap()[0].bintang, [0, 1, 0, 0, 0]);
    // Who hid it has a history, and is not deleted.
    let ended = school.store.pengguna().delete(admin.id, at("11:01")).await;
    assert_conflict(ended, Conflict::AdminTerakhir);
    let other = school.pengguna(Role::Admin).await;
    school.store.pengguna().update_password(other.id, password_baru("baru", false)).await.unwrap();
    let ended = school.store.pengguna().delete(admin.id, at("11:01")).await.unwrap();
    assert_eq!(ended, Deletion::Dinonaktifkan);
    assert!(store.hide(visit.id, None).await.unwrap());
    let shown = store.find(visit.id).await.unwrap().unwrap();
    assert_eq!((shown.tersembunyi, shown.alasan_tersembunyi, shown.disembunyikan_oleh), (false, None, None));
}
