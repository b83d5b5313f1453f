//! Stories of the upkeep of records.

mod archive;

use chrono::{DateTime, Duration, Utc};
use domain::{IdTamu, JanjiTemu, Pengguna, Role, Setelan, Tamu, VisitStep};
use store::{
    PemeliharaanStore,
    janji_temu::{NewJanjiTemu, TamuOf},
    pemeliharaan::{
        HasilPemeliharaan, KeadaanPemeliharaan, NewPemeliharaan, Pemicu, Progress, Rencana, TugasPemeliharaan,
    },
    tamu::{Consent, NewErasure, NewTamu, TamuCorrection},
};

use crate::school::{FIRST_PAGE, School, at, janji_baru, langsung_baru, made, tamu_baru};

stories![
    notifications_that_were_read_are_put_away,
    guests_of_long_ago_become_anonymous,
    who_was_heard_of_since_stays,
    requests_wait_for_the_visit_to_end,
    one_run_at_a_time,
    a_run_that_fell_silent_is_cut_off,
    what_is_due_is_counted_and_shown,
];

/// A moment so many days before the day of the stories.
fn ago(days: i64) -> DateTime<Utc> {
    at("09:00") - Duration::days(days)
}

/// What is due on the day of the stories.
fn plan() -> Rencana {
    Rencana::at(at("12:00"), &Setelan::default())
}

fn kept(school: &School) -> &dyn PemeliharaanStore {
    school.store.pemeliharaan()
}

/// A guest who was entered then.
async fn guest(school: &School, n: u32, waktu: DateTime<Utc>) -> Tamu {
    let baru = NewTamu { waktu, ..tamu_baru(&format!("Dewi {n}"), &format!("0812 3456 {n:04}")) };
    school.store.tamu().create(baru).await.unwrap()
}

/// A walk-in of that time, which has ended half an hour later.
async fn visit(school: &School, guru: &Pengguna, tamu: &Tamu, jadwal: DateTime<Utc>) -> JanjiTemu {
    let baru = NewJanjiTemu { waktu: jadwal, ..langsung_baru(guru, TamuOf::Id(tamu.id), jadwal) };
    let here = made(school.store.janji_temu().create(baru).await);
    let waktu_selesai = jadwal + Duration::minutes(30);
    school.step(&here, VisitStep::Pulang { waktu_selesai, di_meja: true }, waktu_selesai).await
}

/// Everybody idle, in as many questions as it takes.
async fn idle(school: &School) -> Vec<IdTamu> {
    let (mut after, mut all) = (IdTamu(0), Vec::new());
    while let Some(found) = kept(school).list_idle(plan().tamu.unwrap(), after).await.unwrap() {
        after = found.sampai;
        all.extend(found.tamu);
    }
    all
}

async fn notifications_that_were_read_are_put_away(school: &School) {
    let store = school.store.notifikasi();
    let guru = school.pengguna(Role::Guru).await;
    let tamu = school.tamu().await;
    let (old, unread, new) = (
        visit(school, &guru, &tamu, ago(31)).await,
        visit(school, &guru, &tamu, ago(40)).await,
        visit(school, &guru, &tamu, ago(29)).await,
    );
    let open = NewJanjiTemu { waktu: ago(50), ..langsung_baru(&guru, TamuOf::Id(tamu.id), ago(50)) };
    let open = made(school.store.janji_temu().create(open).await);
    for id in [old.id, new.id, open.id] {
        store.mark_read(id, guru.id, ago(28)).await.unwrap();
    }
    assert_eq!(kept(school).put_away(plan().notifikasi, at("12:00")).await.unwrap(), 1);
    assert_eq!(kept(school).put_away(plan().notifikasi, at("12:00")).await.unwrap(), 0);
    let left = store.list(guru.id, FIRST_PAGE).await.unwrap();
    let mut left: Vec<_> = left.data.iter().map(|one| one.id).collect();
    left.sort_unstable();
    assert_eq!(left, [unread.id, new.id, open.id], "only what was read, long ago, and is over");
    let row = school.store.janji_temu().find(old.id).await.unwrap().unwrap();
    assert_eq!(row.notifikasi_dihapus_pada, Some(at("12:00")));
}

async fn guests_of_long_ago_become_anonymous(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let (long_ago, never_came) = (guest(school, 1, ago(1000)).await, guest(school, 2, ago(800)).await);
    let archived = visit(school, &guru, &long_ago, ago(900)).await;
    assert_eq!(kept(school).archive(plan()).await.unwrap(), 1);
    let other = visit(school, &guru, &long_ago, ago(800)).await;
    assert_eq!(idle(school).await, [long_ago.id, never_came.id]);
    let before = plan().tamu.unwrap();
    let erased = kept(school).erase_idle(vec![long_ago.id, never_came.id], before, at("12:00")).await;
    assert_eq!(erased.unwrap(), 2);
    assert_eq!(idle(school).await, []);
    for id in [long_ago.id, never_came.id] {
        assert_eq!(school.store.tamu().find(id).await.unwrap(), None);
        let record = school.store.tamu().find_record(id).await.unwrap().unwrap();
        assert_eq!((record.dianonimkan_pada, record.hapus_diminta_pada), (Some(at("12:00")), None));
    }
    // The visits stay, without a name, in both places.
    for visit in [archived, other] {
        let row = school.store.janji_temu().find(visit.id).await.unwrap().unwrap();
        assert_eq!((row.telp, row.status, row.waktu_datang), (None, visit.status, visit.waktu_datang));
        assert_ne!(row.nama_tamu, long_ago.nama);
    }
}

async fn who_was_heard_of_since_stays(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let mut all = Vec::new();
    for n in 1..=5 {
        all.push(guest(school, n, ago(1000)).await);
    }
    let [came, agreed, awaited, in_the_archive, stayed_away] = &all[..] else { panic!("five") };
    visit(school, &guru, came, ago(700)).await;
    let setuju = Some(Some(Consent { versi: "1".to_owned(), waktu: ago(10) }));
    let ubah = TamuCorrection { setuju, ..TamuCorrection::default() };
    school.store.tamu().update(agreed.id, ubah).await.unwrap();
    let made_long_ago = |tamu: &Tamu, jadwal| NewJanjiTemu {
        waktu: ago(990),
        ..janji_baru(&guru, TamuOf::Id(tamu.id), jadwal)
    };
    made(school.store.janji_temu().create(made_long_ago(awaited, ago(-1))).await);
    visit(school, &guru, in_the_archive, ago(300)).await;
    let shorter = Rencana { arsip: Some(ago(200)), pesan: at("23:00"), ..plan() };
    // The visit of 700 days ago goes, too.
    assert_eq!(kept(school).archive(shorter).await.unwrap(), 2);
    made(school.store.janji_temu().create(made_long_ago(stayed_away, ago(100))).await);
    school.store.janji_temu().expire_belum(at("00:00")).await.unwrap();
    assert_eq!(idle(school).await, []);
    let ids: Vec<_> = all.iter().map(|tamu| tamu.id).collect();
    let erased = kept(school).erase_idle(ids.clone(), plan().tamu.unwrap(), at("12:00")).await.unwrap();
    assert_eq!(erased, 0, "asked for by mistake, nobody goes");
    for id in ids {
        assert!(school.store.tamu().find(id).await.unwrap().is_some());
    }
}

async fn requests_wait_for_the_visit_to_end(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let here = school.arrival(&guru).await;
    assert!(
        !school
            .store
            .tamu()
            .erase(here.id_tamu, NewErasure { batalkan: false, waktu: at("09:10") })
            .await
            .unwrap()
            .selesai
    );
    assert_eq!(kept(school).list_asked(IdTamu(0)).await.unwrap(), []);
    school.step(&here, VisitStep::Pulang { waktu_selesai: at("10:00"), di_meja: true }, at("10:00")).await;
    assert_eq!(kept(school).list_asked(IdTamu(0)).await.unwrap(), [here.id_tamu]);
    assert_eq!(kept(school).list_asked(here.id_tamu).await.unwrap(), []);
    assert!(
        school
            .store
            .tamu()
            .erase(here.id_tamu, NewErasure { batalkan: false, waktu: at("12:00") })
            .await
            .unwrap()
            .selesai
    );
    assert_eq!(kept(school).list_asked(IdTamu(0)).await.unwrap(), []);
}

fn night(waktu: DateTime<Utc>) -> NewPemeliharaan {
    NewPemeliharaan { pemicu: Pemicu::Jadwal, oleh: None, uji_coba: false, waktu }
}

fn progress(id: i64, keadaan: KeadaanPemeliharaan, waktu: DateTime<Utc>) -> Progress {
    let hasil = HasilPemeliharaan { no_show: 1, arsip: 2, notifikasi: 3, anonim: 4, hapus: 5 };
    Progress { id, keadaan, hasil, waktu }
}

async fn one_run_at_a_time(school: &School) {
    let admin = school.pengguna(Role::Admin).await;
    let first = crate::school::at_once(|_| {
        let store = std::sync::Arc::clone(&school.store);
        async move { store.pemeliharaan().begin(night(at("01:00"))).await.unwrap() }
    })
    .await;
    let begun: Vec<_> = first.into_iter().flatten().collect();
    let [id] = begun[..] else { panic!("one of them begins: {begun:?}") };
    let running = kept(school).find(id).await.unwrap().unwrap();
    assert_eq!((running.keadaan, running.selesai), (KeadaanPemeliharaan::Berjalan, None));
    assert_eq!((running.pemicu, running.oleh, running.uji_coba), (Pemicu::Jadwal, None, false));
    let done = progress(id, KeadaanPemeliharaan::Selesai, at("01:05"));
    assert!(kept(school).note(done).await.unwrap());
    assert!(!kept(school).note(done).await.unwrap(), "it has ended");
    let ended = kept(school).find(id).await.unwrap().unwrap();
    assert_eq!((ended.selesai, ended.hasil), (Some(at("01:05")), done.hasil));

    let by_hand =
        NewPemeliharaan { pemicu: Pemicu::Tangan, oleh: Some(admin.id), uji_coba: true, waktu: at("09:00") };
    let second = kept(school).begin(by_hand).await.unwrap().unwrap();
    let list = kept(school).list(FIRST_PAGE).await.unwrap();
    assert_eq!((list.total, list.data[0].id, list.data[1].id), (2, second, id), "newest first");
    assert_eq!(list.data[0].oleh.as_ref(), Some(&admin.nama));
    // A dry run is no run that did anything.
    for pemicu in [None, Some(Pemicu::Jadwal)] {
        assert_eq!(kept(school).find_latest(pemicu).await.unwrap(), Some(at("01:00")));
    }
    assert_eq!(kept(school).find_latest(Some(Pemicu::Tangan)).await.unwrap(), None);
}

async fn a_run_that_fell_silent_is_cut_off(school: &School) {
    let id = kept(school).begin(night(at("01:00"))).await.unwrap().unwrap();
    assert!(kept(school).note(progress(id, KeadaanPemeliharaan::Berjalan, at("01:05"))).await.unwrap());
    assert_eq!(kept(school).begin(night(at("01:15"))).await.unwrap(), None, "it was heard of");
    let next = kept(school).begin(night(at("01:16"))).await.unwrap().unwrap();
    let cut_off = kept(school).find(id).await.unwrap().unwrap();
    assert_eq!((cut_off.keadaan, cut_off.selesai), (KeadaanPemeliharaan::Terputus, Some(at("01:05"))));
    assert_eq!(cut_off.hasil.arsip, 2, "what it did by then");
    assert!(!kept(school).note(progress(id, KeadaanPemeliharaan::Selesai, at("01:17"))).await.unwrap());
    // A clock that was set back makes no run immortal.
    assert!(kept(school).begin(night(at("00:30"))).await.unwrap().is_some());
    assert_eq!(kept(school).find(next).await.unwrap().unwrap().keadaan, KeadaanPemeliharaan::Terputus);
}

async fn what_is_due_is_counted_and_shown(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let old = guest(school, 1, ago(1000)).await;
    let archived = visit(school, &guru, &old, ago(900)).await;
    let tamu = guest(school, 2, ago(100)).await;
    let read = visit(school, &guru, &tamu, ago(40)).await;
    school.store.notifikasi().mark_read(read.id, guru.id, ago(40)).await.unwrap();
    let missed = NewJanjiTemu { waktu: ago(3), ..janji_baru(&guru, TamuOf::Id(tamu.id), ago(2)) };
    let missed = made(school.store.janji_temu().create(missed).await);
    let asked = guest(school, 3, ago(1)).await;
    let here = NewJanjiTemu { waktu: ago(1), ..langsung_baru(&guru, TamuOf::Id(asked.id), ago(1)) };
    let here = made(school.store.janji_temu().create(here).await);
    assert!(
        !school
            .store
            .tamu()
            .erase(asked.id, NewErasure { batalkan: false, waktu: ago(1) })
            .await
            .unwrap()
            .selesai
    );
    school.step(&here, VisitStep::Pulang { waktu_selesai: ago(1), di_meja: true }, ago(1)).await;
    let due = Rencana { pesan: at("23:00"), ..plan() };
    let counted = kept(school).count(due).await.unwrap();
    assert_eq!(counted, HasilPemeliharaan { no_show: 1, arsip: 1, notifikasi: 1, anonim: 0, hapus: 1 });
    let shown = kept(school).list_affected(due, 5).await.unwrap();
    let shown: Vec<_> = shown.into_iter().map(|one| (one.apa, one.id, one.nama, one.pada)).collect();
    assert_eq!(
        shown,
        [
            (TugasPemeliharaan::NoShow, missed.id.0, tamu.nama.clone(), missed.jadwal),
            (TugasPemeliharaan::Arsip, archived.id.0, old.nama.clone(), archived.jadwal),
            (TugasPemeliharaan::Notifikasi, read.id.0, tamu.nama.clone(), read.jadwal),
            (TugasPemeliharaan::Hapus, asked.id.0, asked.nama.clone(), ago(1)),
        ]
    );
    let [idle] = &kept(school).list_affected_tamu(idle(school).await).await.unwrap()[..] else {
        panic!("one")
    };
    assert_eq!((idle.apa, idle.id, idle.pada), (TugasPemeliharaan::Anonim, old.id.0, archived.jadwal));
    let for_ever = Rencana { arsip: None, ..due };
    assert_eq!(kept(school).count(for_ever).await.unwrap().arsip, 0);
    assert_eq!(kept(school).archive(for_ever).await.unwrap(), 0);
}
