//! Stories of the audit: an entry goes with its change, seals follow, and the oldest go.

use domain::{
    Role, VisitStep,
    audit::{Aksi, Objek, Pelaku},
    jadwal::Span,
};
use store::{
    audit::{AuditFilter, AuditRow, NewAudit, verify, with},
    janji_temu::TamuOf,
    tamu::NewErasure,
};

use crate::school::{FIRST_PAGE, School, at, at_once, janji_baru, made, perubahan};

stories![
    an_entry_goes_with_the_change_and_only_once,
    of_many_desks_one_enters_an_arrival,
    what_is_made_is_named,
    whoever_fails_enters_nothing,
    sealing_goes_on_beside_writing,
    the_oldest_go_and_the_chain_stays_whole,
    whoever_is_erased_leaves_a_whole_chain,
    entries_are_found_by_what_they_tell,
    what_has_changed_is_read_in_the_order_of_entry,
];

pub(crate) fn entry(aksi: Aksi, objek: Objek) -> NewAudit {
    NewAudit {
        waktu: at("09:00"),
        id_pelaku: Some(7),
        nama_pelaku: Some("Sari Puspita".to_owned()),
        role: Some(Pelaku::PenerimaTamu),
        alamat: Some("192.0.2.7".to_owned()),
        aksi,
        objek,
        id_objek: None,
        id_tamu: None,
        sebelum: Some(r#"{"a":"100%_[x]"}"#.to_owned()),
        sesudah: None,
    }
}

async fn all(school: &School) -> Vec<AuditRow> {
    school.store.audit().list(AuditFilter::default(), FIRST_PAGE).await.unwrap().data
}

async fn assert_whole(school: &School, entries: u64) {
    while school.store.audit().find_ends().await.unwrap().unsealed > 0 {
        // None while somebody else is at it.
        school.store.audit().seal().await.unwrap();
    }
    let verdict = verify(school.store.audit(), &school.kunci.audit).await.unwrap();
    assert_eq!((verdict.broken, verdict.entries, verdict.unsealed), (None, entries, 0));
}

async fn an_entry_goes_with_the_change_and_only_once(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let janji = school.janji(&guru, at("10:00")).await;
    assert!(all(school).await.is_empty(), "nobody said anything");
    let arrive = || {
        let step = VisitStep::Datang { terlambat: false, di_meja: true };
        school.store.janji_temu().apply(perubahan(janji.id, janji.status, step, at("09:50")))
    };
    assert!(with(entry(Aksi::Datang, Objek::JanjiTemu), arrive()).await.unwrap().is_some());
    assert!(with(entry(Aksi::Datang, Objek::JanjiTemu), arrive()).await.unwrap().is_none(), "too late");
    let rows = all(school).await;
    assert_eq!(rows.len(), 1);
    let AuditRow { aksi, role, alamat, sebelum, sesudah, .. } = &rows[0];
    assert_eq!(
        (&**aksi, role.as_deref(), alamat.as_deref()),
        ("datang", Some("Penerima Tamu"), Some("192.0.2.7"))
    );
    assert_eq!((sebelum.as_deref(), sesudah.as_deref()), (Some(r#"{"a":"100%_[x]"}"#), None));
    assert_whole(school, 1).await;
}

async fn of_many_desks_one_enters_an_arrival(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let janji = school.janji(&guru, at("10:00")).await;
    at_once(|_| {
        let store = school.store.clone();
        let step = VisitStep::Datang { terlambat: false, di_meja: true };
        let change = perubahan(janji.id, janji.status, step, at("09:50"));
        async move {
            with(entry(Aksi::Datang, Objek::JanjiTemu), store.janji_temu().apply(change)).await.unwrap();
        }
    })
    .await;
    assert_eq!(all(school).await.len(), 1);
}

async fn what_is_made_is_named(school: &School) {
    let (guru, tamu) = (school.pengguna(Role::Guru).await, school.tamu().await);
    let baru = janji_baru(&guru, TamuOf::Id(tamu.id), at("10:00"));
    let janji = made(with(entry(Aksi::Buat, Objek::JanjiTemu), school.store.janji_temu().create(baru)).await);
    let row = all(school).await.remove(0);
    assert_eq!((row.id_objek, row.id_tamu), (Some(janji.id.0), Some(tamu.id.0)));
    let baru = crate::school::pengguna_baru(Role::Guru, "x@sekolah.example");
    let user = with(entry(Aksi::Buat, Objek::Pengguna), school.store.pengguna().create(baru)).await.unwrap();
    assert_eq!(all(school).await[0].id_objek, Some(user.id.0));
    let baru = crate::school::tamu_baru("Budi", "0812 9999 0000");
    let guest = with(entry(Aksi::Buat, Objek::Tamu), school.store.tamu().create(baru)).await.unwrap();
    let row = all(school).await.remove(0);
    assert_eq!((row.id_objek, row.id_tamu), (Some(guest.id.0), Some(guest.id.0)));
    let seri = [at("13:00"), at("14:00")].map(|jadwal| janji_baru(&guru, TamuOf::Id(tamu.id), jadwal));
    let seri = school.store.janji_temu().create_seri(vec![seri.to_vec()]);
    with(entry(Aksi::Buat, Objek::JanjiTemu), seri).await.unwrap();
    let ids: Vec<_> = all(school).await[..2].iter().map(|row| row.id_objek).collect();
    assert!(ids[0].is_some() && ids[0] > ids[1], "one for each: {ids:?}");
    assert_whole(school, 5).await;
}

async fn whoever_fails_enters_nothing(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let janji = school.janji(&guru, at("10:00")).await;
    let clash = janji_baru(&guru, TamuOf::Id(janji.id_tamu), at("10:00"));
    with(entry(Aksi::Buat, Objek::JanjiTemu), school.store.janji_temu().create(clash)).await.unwrap_err();
    let of_new = store::janji_temu::NewJanjiTemu {
        tamu: TamuOf::Baru(crate::school::tamu_baru("Budi", "0812 9999 0000")),
        ..janji_baru(&guru, TamuOf::Id(janji.id_tamu), at("10:00"))
    };
    let seri = school.store.janji_temu().create_seri(vec![vec![of_new]]);
    assert!(with(entry(Aksi::Buat, Objek::JanjiTemu), seri).await.unwrap()[0][0].is_none(), "taken");
    let twice = crate::school::pengguna_baru(Role::Guru, &guru.email);
    with(entry(Aksi::Buat, Objek::Pengguna), school.store.pengguna().create(twice)).await.unwrap_err();
    let keep = school.store.tamu().keep(janji.id_tamu);
    with(entry(Aksi::BatalMintaHapus, Objek::Tamu), keep).await.unwrap();
    // The next one is not mistaken for it.
    school.tamu().await;
    assert!(all(school).await.is_empty());
}

async fn sealing_goes_on_beside_writing(school: &School) {
    at_once(|n| {
        let store = school.store.clone();
        async move {
            store.audit().add(entry(Aksi::Lihat, Objek::Tamu)).await.unwrap();
            if n % 4 == 0 {
                // One that another node is at is left to it.
                let _ = store.audit().seal().await;
            }
        }
    })
    .await;
    let rows = all(school).await;
    assert_whole(school, rows.len() as u64).await;
    let mut numbers: Vec<_> = all(school).await.iter().map(|row| row.seal.unwrap().nomor).collect();
    numbers.sort_unstable();
    assert!(numbers.iter().zip(1..).all(|(nomor, expected)| *nomor == expected), "{numbers:?}");
}

async fn the_oldest_go_and_the_chain_stays_whole(school: &School) {
    let store = school.store.audit();
    for waktu in ["08:00", "08:10", "08:20", "12:00", "08:30"] {
        store.add(NewAudit { waktu: at(waktu), ..entry(Aksi::Lihat, Objek::Tamu) }).await.unwrap();
    }
    assert_eq!(store.trim(at("09:00"), 100).await.unwrap(), 0, "none is sealed yet");
    assert_whole(school, 5).await;
    assert_eq!(store.trim(at("09:00"), 2).await.unwrap(), 2);
    assert_whole(school, 3).await;
    assert_eq!(store.trim(at("09:00"), 100).await.unwrap(), 1, "the one behind a younger one stays");
    assert_whole(school, 2).await;
    assert_eq!(store.list(AuditFilter::default(), FIRST_PAGE).await.unwrap().total, 2);
    store.add(entry(Aksi::Lihat, Objek::Tamu)).await.unwrap();
    assert_whole(school, 3).await;
    assert_eq!(store.trim(at("23:00"), 100).await.unwrap(), 3, "all of them");
    assert_whole(school, 0).await;
    store.add(entry(Aksi::Lihat, Objek::Tamu)).await.unwrap();
    assert_whole(school, 1).await;
    assert_eq!(all(school).await[0].seal.unwrap().nomor, 7);
}

async fn whoever_is_erased_leaves_a_whole_chain(school: &School) {
    let (one, other) = (school.tamu().await.id, school.tamu().await.id);
    for id in [one, other] {
        let told = NewAudit { id_objek: Some(id.0), id_tamu: Some(id), ..entry(Aksi::Ubah, Objek::Tamu) };
        school.store.audit().add(told).await.unwrap();
    }
    assert_whole(school, 2).await;
    let erase = |id| school.store.tamu().erase(id, NewErasure { batalkan: false, waktu: at("10:00") });
    // By the program, which says nothing itself.
    assert!(erase(one).await.unwrap().selesai);
    let by_admin = NewAudit { sebelum: None, id_tamu: Some(other), ..entry(Aksi::Hapus, Objek::Tamu) };
    assert!(with(by_admin, erase(other)).await.unwrap().selesai);
    assert_whole(school, 4).await;
    let rows = all(school).await;
    let told: Vec<_> = rows[..2].iter().map(|row| (&*row.aksi, row.id_tamu)).collect();
    assert_eq!(told, [("anonimkan", Some(one.0)), ("hapus", Some(other.0))]);
    assert!(rows.iter().all(|row| row.sebelum.is_none()), "{rows:?}");
}

async fn entries_are_found_by_what_they_tell(school: &School) {
    let store = school.store.audit();
    store.add(NewAudit { id_objek: Some(3), ..entry(Aksi::Lihat, Objek::Tamu) }).await.unwrap();
    let other = NewAudit {
        waktu: at("10:00"),
        id_pelaku: Some(8),
        nama_pelaku: None,
        sebelum: None,
        ..entry(Aksi::Ubah, Objek::Setelan)
    };
    store.add(other).await.unwrap();
    let by_guest = NewAudit {
        role: Some(Pelaku::Tamu),
        nama_pelaku: None,
        sebelum: None,
        ..entry(Aksi::Setuju, Objek::Tamu)
    };
    store.add(by_guest).await.unwrap();
    let count = async |saring: AuditFilter| {
        let page = store.list(saring.clone(), FIRST_PAGE).await.unwrap();
        let plain = store.list_plain(saring, FIRST_PAGE).await.unwrap();
        assert_eq!((page.data.len() as u64, &page.data), (page.total, &plain));
        page.total
    };
    let none = AuditFilter::default;
    assert_eq!(count(none()).await, 3);
    assert_eq!(count(AuditFilter { pelaku: Some(7), ..none() }).await, 1, "a guest's number is not a user's");
    assert_eq!(count(AuditFilter { aksi: Some(Aksi::Ubah), ..none() }).await, 1);
    assert_eq!(count(AuditFilter { objek: Some(Objek::Tamu), ..none() }).await, 2);
    assert_eq!(count(AuditFilter { objek: Some(Objek::Tamu), id_objek: Some(3), ..none() }).await, 1);
    let hour = Span { start: at("10:00"), end: at("11:00") };
    assert_eq!(count(AuditFilter { waktu: Some(hour), ..none() }).await, 1);
    for (text, found) in
        [("sari", 1), ("100%_[x]", 1), ("%", 1), ("_", 1), ("[a-z]", 0), ("\\", 0), ("zzz", 0)]
    {
        assert_eq!(count(AuditFilter { cari: Some(text.to_owned()), ..none() }).await, found, "{text}");
    }
}

async fn what_has_changed_is_read_in_the_order_of_entry(school: &School) {
    let store = school.store.audit();
    // The second entry is of a node whose clock is behind.
    for (objek, id, hour) in
        [(Objek::JanjiTemu, 5, "10:00"), (Objek::Pengguna, 6, "08:00"), (Objek::JanjiTemu, 7, "10:01")]
    {
        let entry = NewAudit { waktu: at(hour), id_objek: Some(id), ..entry(Aksi::Ubah, objek) };
        store.add(entry).await.unwrap();
    }
    let all = store.list_changes(0, 10).await.unwrap();
    let told: Vec<_> = all.iter().map(|change| (change.objek.as_str(), change.id_objek)).collect();
    assert_eq!(told, [("janji_temu", Some(5)), ("pengguna", Some(6)), ("janji_temu", Some(7))]);
    assert!(all.iter().all(|change| change.aksi == "ubah"));
    assert_eq!(store.list_changes(all[0].id, 1).await.unwrap(), all[1..2]);
    assert!(store.list_changes(all[2].id, 10).await.unwrap().is_empty());
}
