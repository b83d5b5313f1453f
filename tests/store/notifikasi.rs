//! Stories of notifications.

use domain::{
    IdJanjiTemu, JenisTanggapan, Pengguna, Role, Tanggapan, VisitStep,
    notifikasi::{JEDA_BERI_TAHU, Notifikasi},
    tanggapan::TanggapanMasuk,
};
use store::PageRequest;

use crate::school::{FIRST_PAGE, School, assert_not_found, at};

stories![
    an_arrival_is_told_until_it_is_read,
    one_put_away_is_gone_from_the_lists,
    an_answer_counts_as_read_and_can_be_taken_back,
    an_answer_is_kept_with_its_kind_and_time,
    the_desk_has_a_guru_told_again,
    it_is_nobody_elses,
    pages_are_newest_first,
    unread_ones_come_in_pages_that_nothing_falls_between,
];

/// An answer in words only.
fn answer(teks: &str) -> Option<Tanggapan> {
    Tanggapan::check(TanggapanMasuk { teks: Some(teks), ..TanggapanMasuk::default() }).unwrap()
}

/// The first page of what is unread.
async fn unread_of(school: &School, guru: &Pengguna) -> Vec<Notifikasi> {
    school.store.notifikasi().list_belum_dibaca(guru.id, FIRST_PAGE).await.unwrap().data
}

async fn an_arrival_is_told_until_it_is_read(school: &School) {
    let store = school.store.notifikasi();
    let guru = school.pengguna(Role::Guru).await;
    let waiting = school.janji(&guru, at("12:00")).await;
    assert_eq!(unread_of(school, &guru).await, []);
    let here = school.arrival(&guru).await;
    let late = school.step(&waiting, VisitStep::Datang { terlambat: true, di_meja: true }, at("12:30")).await;
    let unread = unread_of(school, &guru).await;
    assert_eq!(unread.iter().map(|n| n.id).collect::<Vec<_>>(), [here.id, late.id], "oldest first");
    assert_eq!(unread[0].pesan, "Tamu Dewi Lestari telah datang untuk Konsultasi nilai");
    assert!(unread[1].terlambat && !unread[1].is_read);

    let read = store.mark_read(here.id, guru.id, at("09:01")).await.unwrap();
    assert_eq!((read.dibaca_pada, read.versi), (Some(at("09:01")), here.versi + 1));
    let again = store.mark_read(here.id, guru.id, at("09:02")).await.unwrap();
    assert_eq!(again, read, "what is read stays read, at the same time and version");
    let unread = unread_of(school, &guru).await;
    assert_eq!(unread.iter().map(|n| n.id).collect::<Vec<_>>(), [late.id]);
    let all = store.list(guru.id, FIRST_PAGE).await.unwrap();
    assert_eq!((all.total, all.data[1].is_read), (2, true));
}

async fn one_put_away_is_gone_from_the_lists(school: &School) {
    let store = school.store.notifikasi();
    let guru = school.pengguna(Role::Guru).await;
    let here = school.arrival(&guru).await;
    let gone = store.delete(here.id, guru.id, at("09:01")).await.unwrap();
    assert_eq!((gone.notifikasi_dihapus_pada, gone.versi), (Some(at("09:01")), here.versi + 1));
    assert_eq!(store.delete(here.id, guru.id, at("09:02")).await.unwrap(), gone);
    assert_eq!(unread_of(school, &guru).await, []);
    assert_eq!(store.list(guru.id, FIRST_PAGE).await.unwrap().total, 0);
}

async fn an_answer_counts_as_read_and_can_be_taken_back(school: &School) {
    let store = school.store.notifikasi();
    let guru = school.pengguna(Role::Guru).await;
    let here = school.arrival(&guru).await;
    let respond = |text: Option<&str>, time| store.respond(here.id, guru.id, text.and_then(answer), at(time));
    assert_eq!(respond(None, "09:01").await.unwrap(), here, "nothing to take back");
    let answered = respond(Some("saya ke lobi"), "09:02").await.unwrap();
    assert_eq!(answered.tanggapan.as_deref(), Some("saya ke lobi"));
    assert_eq!((answered.dibaca_pada, answered.versi), (Some(at("09:02")), here.versi + 1));
    assert_eq!(respond(Some("saya ke lobi"), "09:03").await.unwrap(), answered);
    let other = respond(Some("mohon tunggu"), "09:04").await.unwrap();
    assert_eq!((other.dibaca_pada, other.versi), (Some(at("09:02")), here.versi + 2));
    let back = respond(None, "09:05").await.unwrap();
    assert_eq!((back.tanggapan, back.dibaca_pada), (None, Some(at("09:02"))), "it stays read");
    assert_eq!(back.versi, here.versi + 3);
}

async fn an_answer_is_kept_with_its_kind_and_time(school: &School) {
    let store = school.store.notifikasi();
    let guru = school.pengguna(Role::Guru).await;
    let here = school.arrival(&guru).await;
    let respond =
        async |text: &str, time| store.respond(here.id, guru.id, answer(text), at(time)).await.unwrap();

    let soon = respond("5 menit lagi", "09:01").await;
    assert_eq!(
        (soon.tanggapan_jenis, soon.tanggapan_menit, soon.ditanggapi_pada),
        (Some(JenisTanggapan::Sebentar), Some(5), Some(at("09:01")))
    );
    let again = respond("5 menit lagi", "09:05").await;
    assert_eq!(
        (again.versi, again.ditanggapi_pada),
        (soon.versi, Some(at("09:01"))),
        "the same changes nothing"
    );
    let later = respond("5 menit lagi", "09:06").await;
    assert_eq!(
        (later.versi, later.ditanggapi_pada),
        (soon.versi + 1, Some(at("09:06"))),
        "its minutes were over"
    );

    let there = respond("Antar ke Ruang 3", "09:07").await;
    assert_eq!((there.tanggapan_jenis, there.tanggapan_menit), (Some(JenisTanggapan::Antar), None));
    assert_eq!(there.tanggapan_tempat.as_deref(), Some("Ruang 3"));
    let elsewhere = Tanggapan { tempat: Some("Ruang 4".to_owned()), ..answer("Antar ke Ruang 3").unwrap() };
    let elsewhere = store.respond(here.id, guru.id, Some(elsewhere), at("09:08")).await.unwrap();
    assert_eq!((elsewhere.versi, elsewhere.tanggapan_tempat.as_deref()), (there.versi + 1, Some("Ruang 4")));

    let none = store.respond(here.id, guru.id, None, at("09:09")).await.unwrap();
    assert_eq!((none.tanggapan, none.tanggapan_jenis), (None, None));
    assert_eq!((none.tanggapan_tempat, none.ditanggapi_pada), (None, None));
    let still = store.respond(here.id, guru.id, None, at("09:10")).await.unwrap();
    assert_eq!(still.versi, none.versi, "there was nothing to take back");
}

async fn the_desk_has_a_guru_told_again(school: &School) {
    let store = school.store.notifikasi();
    let guru = school.pengguna(Role::Guru).await;
    let here = school.arrival(&guru).await;
    store.mark_read(here.id, guru.id, at("09:01")).await.unwrap();
    store.delete(here.id, guru.id, at("09:02")).await.unwrap();
    let told = store.beri_tahu(here.id, at("09:03")).await.unwrap().unwrap();
    assert_eq!((told.diberi_tahu_pada, told.dibaca_pada), (Some(at("09:03")), None));
    assert_eq!((told.notifikasi_dihapus_pada, told.versi), (None, here.versi + 3));
    let soon = at("09:03") + JEDA_BERI_TAHU;
    assert_eq!(store.beri_tahu(here.id, soon - chrono::Duration::milliseconds(1)).await.unwrap(), None);
    let again = store.beri_tahu(here.id, soon).await.unwrap().unwrap();
    assert_eq!((again.diberi_tahu_pada, again.versi), (Some(soon), told.versi + 1));
    // A clock that was set back locks nothing.
    assert!(store.beri_tahu(here.id, at("08:00")).await.unwrap().is_some());
    let not_here = school.janji(&guru, at("12:00")).await;
    let met = school.step(&school.arrival(&guru).await, VisitStep::Mulai, at("09:05")).await;
    for id in [not_here.id, met.id, IdJanjiTemu(999)] {
        assert_eq!(store.beri_tahu(id, at("12:00")).await.unwrap(), None);
    }
    assert_eq!(school.store.janji_temu().find(met.id).await.unwrap(), Some(met));
}

async fn it_is_nobody_elses(school: &School) {
    let store = school.store.notifikasi();
    let (guru, other) = (school.pengguna(Role::Guru).await, school.pengguna(Role::Guru).await);
    let here = school.arrival(&guru).await;
    let not_here = school.janji(&other, at("12:00")).await;
    for id in [here.id, not_here.id, IdJanjiTemu(999)] {
        assert_not_found(store.mark_read(id, other.id, at("09:01")).await);
        assert_not_found(store.delete(id, other.id, at("09:01")).await);
        assert_not_found(store.respond(id, other.id, answer("ya"), at("09:01")).await);
    }
    assert_eq!(school.store.janji_temu().find(here.id).await.unwrap(), Some(here));
    assert_eq!(school.store.janji_temu().find(not_here.id).await.unwrap(), Some(not_here));
}

async fn pages_are_newest_first(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(school.arrival(&guru).await.id);
    }
    let page = school.store.notifikasi().list(guru.id, PageRequest { nomor: 1, ukuran: 2 }).await.unwrap();
    assert_eq!(page.data.iter().map(|n| n.id).collect::<Vec<_>>(), [ids[2], ids[1]]);
    assert_eq!(page.total, 3);
}

async fn unread_ones_come_in_pages_that_nothing_falls_between(school: &School) {
    let store = school.store.notifikasi();
    let guru = school.pengguna(Role::Guru).await;
    let invited_first = school.janji(&guru, at("12:00")).await;
    let mut walk_ins = Vec::new();
    for _ in 0..3 {
        walk_ins.push(school.arrival(&guru).await.id);
    }
    let newest = school
        .step(&invited_first, VisitStep::Datang { terlambat: true, di_meja: true }, at("12:30"))
        .await
        .id;
    let ids = |rows: &[Notifikasi]| rows.iter().map(|n| n.id).collect::<Vec<_>>();

    let page = |nomor| store.list_belum_dibaca(guru.id, PageRequest { nomor, ukuran: 3 });
    let (first, second) = (page(1).await.unwrap(), page(2).await.unwrap());
    assert_eq!((ids(&first.data), first.total), (walk_ins.clone(), 4), "oldest first");
    assert_eq!((ids(&second.data), second.total), (vec![newest], 4));

    let newest_two = store.list_belum_dibaca_terbaru(guru.id, 2).await.unwrap();
    assert_eq!(ids(&newest_two), [newest, walk_ins[2]], "by arrival, not by when it was agreed");

    let sebelum = async |id| ids(&store.list_belum_dibaca_sebelum(guru.id, id, 2).await.unwrap());
    assert_eq!(sebelum(IdJanjiTemu(i64::MAX)).await, [walk_ins[2], walk_ins[1]]);
    // Reading one meanwhile shifts nothing.
    store.mark_read(walk_ins[2], guru.id, at("12:31")).await.unwrap();
    assert_eq!(sebelum(walk_ins[1]).await, [walk_ins[0], newest]);
    assert_eq!(sebelum(newest).await, []);
}
