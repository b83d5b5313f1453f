//! Stories of imports, and of what an admin is shown of users.

use domain::{Role, pengguna::Kepegawaian};
use store::{
    Conflict,
    pengguna::{ImportStep, OrderBy, PenggunaBaru, PenggunaChanges, PenggunaFilter, PenggunaOrder},
    sesi::{NewSesi, Perangkat, SessionHolder},
};

use crate::school::{FIRST_PAGE, School, assert_conflict, assert_not_found, at, pengguna_baru, sesi_baru};

stories![
    an_import_is_carried_out_as_a_whole,
    an_import_that_breaks_a_rule_changes_nothing,
    users_are_listed_with_what_an_admin_is_shown,
    a_users_sessions_are_listed_and_ended,
];

const NUPTK: &str = "3352761662200013";

fn added(email: &str, nuptk: Option<&str>) -> ImportStep {
    let kepegawaian = Kepegawaian { nuptk: nuptk.map(str::to_owned), ..Kepegawaian::default() };
    ImportStep::Buat(Box::new(PenggunaBaru { kepegawaian, ..pengguna_baru(Role::Guru, email) }))
}

async fn an_import_is_carried_out_as_a_whole(school: &School) {
    let store = school.store.pengguna();
    let guru = school.pengguna(Role::Guru).await;
    let ubah = PenggunaChanges {
        nip: Some(Some("198503152010012003".to_owned())),
        tugas_tambahan: Some(Some("Wali kelas VIII-B".to_owned())),
        ..PenggunaChanges::default()
    };
    let steps = vec![
        added("satu@sekolah.example", Some(NUPTK)),
        ImportStep::Ubah(guru.id, Box::new(ubah)),
        added("dua@sekolah.example", None),
    ];
    let made = store.import(steps, at("09:00")).await.unwrap();
    let emails: Vec<_> = made.iter().map(|one| one.email.as_str()).collect();
    assert_eq!(emails, ["satu@sekolah.example", "dua@sekolah.example"]);
    let all = store.list_dikenal().await.unwrap();
    let of = |id| all.iter().find(|one| one.pengguna.id == id).unwrap().kepegawaian.clone();
    assert_eq!(of(made[0].id), Kepegawaian { nuptk: Some(NUPTK.to_owned()), ..Kepegawaian::default() });
    assert_eq!(of(guru.id).tugas_tambahan.as_deref(), Some("Wali kelas VIII-B"));
    assert_eq!(of(made[1].id), Kepegawaian::default());
}

async fn an_import_that_breaks_a_rule_changes_nothing(school: &School) {
    let store = school.store.pengguna();
    let before = store.list_dikenal().await.unwrap().len();
    let twice = vec![added("satu@sekolah.example", Some(NUPTK)), added("dua@sekolah.example", Some(NUPTK))];
    assert_conflict(store.import(twice, at("09:00")).await, Conflict::PenggunaNuptk);
    let same = vec![added("satu@sekolah.example", None), added("satu@sekolah.example", None)];
    assert_conflict(store.import(same, at("09:00")).await, Conflict::PenggunaEmail);
    let gone = domain::IdPengguna(999_999);
    let steps = vec![added("satu@sekolah.example", None), ImportStep::Ubah(gone, Box::default())];
    assert_not_found(store.import(steps, at("09:00")).await);
    assert_eq!(store.list_dikenal().await.unwrap().len(), before);
    // Users without a number do not stand in each other's way.
    let steps = vec![added("satu@sekolah.example", None), added("dua@sekolah.example", None)];
    assert_eq!(store.import(steps, at("09:00")).await.unwrap().len(), 2);
}

async fn users_are_listed_with_what_an_admin_is_shown(school: &School) {
    let store = school.store.pengguna();
    let steps = vec![added("b@sekolah.example", Some(NUPTK)), added("a@sekolah.example", None)];
    let made = store.import(steps, at("07:00")).await.unwrap();
    let perangkat = Some(Perangkat { sidik: [3; 32], akun: [4; 32] });
    let signed_in = NewSesi {
        perangkat,
        kedaluwarsa_pada: at("20:00"),
        ..sesi_baru("satu", SessionHolder::Pengguna(made[1].id), [1; 32])
    };
    assert!(school.store.sesi().create(signed_in.clone()).await.unwrap());
    let list = |menurut, turun| {
        let urut = PenggunaOrder { menurut, turun };
        let saring = PenggunaFilter { aktif: Some(true), ..PenggunaFilter::default() };
        async move { store.list_rinci(saring, urut, FIRST_PAGE).await.unwrap() }
    };
    for turun in [false, true] {
        let found = list(OrderBy::Login, turun).await;
        assert_eq!(found.total, 2);
        assert_eq!(found.data[0].pengguna.id, made[1].id, "who never signed in comes last");
        assert_eq!(found.data[0].login_terakhir, Some(signed_in.waktu));
        assert_eq!(found.data[1].login_terakhir, None);
        assert_eq!(found.data[1].kepegawaian.nuptk.as_deref(), Some(NUPTK));
    }
    assert_eq!(list(OrderBy::Nama, false).await.data[0].pengguna.id, made[0].id);
    assert_eq!(list(OrderBy::Dibuat, true).await.data.len(), 2);
    let by_number = |nomor: &str| PenggunaFilter {
        cari: store::SearchTerms::new(nomor),
        nomor: Some(nomor.to_owned()),
        ..PenggunaFilter::default()
    };
    for (nomor, found) in [(NUPTK, 1), ("7616", 1), ("9999", 0)] {
        let listed = store.list_rinci(by_number(nomor), PenggunaOrder::default(), FIRST_PAGE).await.unwrap();
        assert_eq!(listed.total, found, "{nomor}");
    }
    let inactive = PenggunaFilter { aktif: Some(false), ..PenggunaFilter::default() };
    assert_eq!(store.list_rinci(inactive, PenggunaOrder::default(), FIRST_PAGE).await.unwrap().total, 0);
}

async fn a_users_sessions_are_listed_and_ended(school: &School) {
    let store = school.store.sesi();
    let (guru, other) = (school.pengguna(Role::Guru).await, school.pengguna(Role::Guru).await);
    for (id, token, waktu) in [("satu", 1, "08:00"), ("dua", 2, "09:00")] {
        let baru = NewSesi {
            keterangan: Some("Chrome, Windows".to_owned()),
            kedaluwarsa_pada: at("20:00"),
            waktu: at(waktu),
            ..sesi_baru(id, SessionHolder::Pengguna(guru.id), [token; 32])
        };
        assert!(store.create(baru).await.unwrap());
    }
    let ids = |time| async move {
        let found = store.list(guru.id, at(time)).await.unwrap();
        found.into_iter().map(|sesi| sesi.id).collect::<Vec<_>>()
    };
    assert_eq!(ids("10:00").await, ["dua", "satu"]);
    let shown = store.list(guru.id, at("10:00")).await.unwrap();
    assert_eq!(shown[0].keterangan.as_deref(), Some("Chrome, Windows"));
    assert_eq!((shown[0].dibuat_pada, shown[0].terakhir_pada), (at("09:00"), at("09:00")));
    assert!(!store.revoke_of(other.id, "satu", at("10:00")).await.unwrap(), "it is another user's");
    assert!(store.revoke_of(guru.id, "satu", at("10:00")).await.unwrap());
    assert!(!store.revoke_of(guru.id, "satu", at("10:00")).await.unwrap(), "it is over already");
    assert_eq!(ids("10:00").await, ["dua"]);
    store.revoke_all(guru.id, at("10:00")).await.unwrap();
    assert_eq!(ids("10:00").await, Vec::<String>::new());
}
