//! Stories of users.

use std::sync::Arc;

use chrono::Duration;
use domain::{IdPengguna, Role, Setelan};
use store::{
    Conflict, PageRequest, SearchTerms,
    pengguna::{Deletion, NewPassword, PenggunaChanges, PenggunaFilter},
    sesi::SessionHolder,
};

use crate::school::{
    FIRST_PAGE, School, assert_conflict, assert_not_found, at, at_once, password_baru, pengguna_baru,
    sesi_baru, telp,
};

stories![
    a_user_is_kept_as_entered,
    a_school_is_founded_at_once_and_anew_until_it_is_used,
    of_two_who_found_one_school_one_is_its_admin,
    an_address_belongs_to_one_user,
    a_list_is_filtered_and_paged,
    a_user_is_found_as_spoken,
    a_change_leaves_the_rest_as_it_was,
    losing_a_right_ends_the_sessions,
    a_new_password_ends_the_sessions,
    a_temporary_password_ends_and_one_of_the_users_own_does_not,
    a_change_of_password_needs_the_one_that_was_verified,
    a_user_without_history_is_deleted,
    a_user_with_history_is_deactivated,
    the_last_active_admin_stays,
    of_two_admins_who_remove_each_other_one_stays,
];

async fn a_user_is_kept_as_entered(school: &School) {
    let store = school.store.pengguna();
    assert!(!store.exists(Role::Guru).await.unwrap());
    let baru = pengguna_baru(Role::Guru, "ratna@sekolah.example");
    let created = store.create(baru.clone()).await.unwrap();
    assert_eq!((&created.nama, &created.jabatan, created.role), (&baru.nama, &baru.jabatan, Role::Guru));
    assert_eq!((&created.telp, created.dibuat_pada), (&baru.telp, baru.waktu));
    assert!(created.aktif && created.wajib_ganti_password);
    assert!(store.exists(Role::Guru).await.unwrap());
    assert_eq!(store.find(created.id).await.unwrap().as_ref(), Some(&created));
    assert_eq!(store.find(IdPengguna(i64::MAX)).await.unwrap(), None);
    let kredensial = store.find_kredensial("ratna@sekolah.example").await.unwrap().unwrap();
    assert_eq!((&kredensial.siapa, kredensial.password_hash.as_deref()), (&created, Some("hash")));
    assert!(store.find_kredensial("siapa@sekolah.example").await.unwrap().is_none());
    assert!(store.find_kredensial_by_id(created.id).await.unwrap().is_some());
    assert!(store.find_kredensial_by_id(IdPengguna(-1)).await.unwrap().is_none());
}

/// With another name.
fn setelan(nama_sekolah: &str) -> Setelan {
    Setelan { nama_sekolah: nama_sekolah.to_owned(), ..Setelan::default() }
}

async fn a_school_is_founded_at_once_and_anew_until_it_is_used(school: &School) {
    let store = school.store.pengguna();
    let name = async || school.store.setelan().get().await.unwrap().setelan.nama_sekolah;
    let everybody = async || store.list(PenggunaFilter::default(), FIRST_PAGE).await.unwrap().data;
    let ani = pengguna_baru(Role::Admin, "ani@sekolah.example");
    let first = store.found(ani.clone(), setelan("SMP Satu")).await.unwrap().expect("nobody has used it");
    assert_eq!((everybody().await, name().await), (vec![first], "SMP Satu".to_owned()));

    // Sent again with other values.
    let budi = pengguna_baru(Role::Admin, "budi@sekolah.example");
    let second = store.found(budi, setelan("SMP Dua")).await.unwrap().expect("nobody has used it");
    assert_eq!((everybody().await, name().await), (vec![second.clone()], "SMP Dua".to_owned()));

    // Somebody has signed in.
    sign_in(school, second.id, "satu").await;
    assert_eq!(store.found(ani, setelan("SMP Tiga")).await.unwrap(), None);
    assert_eq!((everybody().await, name().await), (vec![second], "SMP Dua".to_owned()));
}

async fn of_two_who_found_one_school_one_is_its_admin(school: &School) {
    let store = school.store.pengguna();
    let found = async |email| {
        let admin = pengguna_baru(Role::Admin, email);
        store.found(admin, setelan(email)).await.unwrap()
    };
    tokio::join!(found("a@sekolah.example"), found("b@sekolah.example"));
    let there = store.list(PenggunaFilter::default(), FIRST_PAGE).await.unwrap().data;
    assert_eq!(there.len(), 1);
    assert_eq!(
        school.store.setelan().get().await.unwrap().setelan.nama_sekolah,
        there[0].email,
        "one's whole"
    );
}

async fn an_address_belongs_to_one_user(school: &School) {
    let store = school.store.pengguna();
    store.create(pengguna_baru(Role::Guru, "a@sekolah.example")).await.unwrap();
    assert_conflict(
        store.create(pengguna_baru(Role::Admin, "a@sekolah.example")).await,
        Conflict::PenggunaEmail,
    );
    let other = store.create(pengguna_baru(Role::Guru, "b@sekolah.example")).await.unwrap();
    let ubah = PenggunaChanges { email: Some("a@sekolah.example".to_owned()), ..PenggunaChanges::default() };
    assert_conflict(store.update(other.id, ubah, at("08:00")).await, Conflict::PenggunaEmail);
    assert_eq!(store.find(other.id).await.unwrap(), Some(other));
}

async fn a_list_is_filtered_and_paged(school: &School) {
    let store = school.store.pengguna();
    for (nama, jabatan, role) in [
        ("budi", "Fisika", Role::Guru),
        ("Agus 100%", "Kimia", Role::Guru),
        ("Citra", "Tata usaha", Role::PenerimaTamu),
    ] {
        let mut baru = pengguna_baru(role, &format!("{}@sekolah.example", nama.replace([' ', '%'], "")));
        (baru.nama, baru.jabatan) = (nama.to_owned(), Some(jabatan.to_owned()));
        store.create(baru).await.unwrap();
    }
    let names = async |saring: PenggunaFilter| {
        let list = store.list(saring, FIRST_PAGE).await.unwrap();
        assert_eq!(list.total, list.data.len() as u64);
        list.data.into_iter().map(|pengguna| pengguna.nama).collect::<Vec<_>>()
    };
    let cari = |text| PenggunaFilter { cari: SearchTerms::new(text), ..PenggunaFilter::default() };
    assert_eq!(names(PenggunaFilter::default()).await, ["Agus 100%", "budi", "Citra"], "whatever the case");
    assert_eq!(names(cari("BUDI@")).await, ["budi"]);
    assert_eq!(names(cari("kimia")).await, ["Agus 100%"]);
    assert_eq!(names(cari("0%")).await, ["Agus 100%"]);
    assert_eq!(names(cari("_itra")).await, ["Citra"], "a part of a word, and no wildcard");
    for nothing in ["%", "_", "zz_itra"] {
        assert_eq!(names(cari(nothing)).await, [""; 0], "{nothing}");
    }
    let guru = PenggunaFilter { role: Some(Role::Guru), ..PenggunaFilter::default() };
    assert_eq!(names(guru.clone()).await, ["Agus 100%", "budi"]);

    let page = store.list(PenggunaFilter::default(), PageRequest { nomor: 2, ukuran: 2 }).await.unwrap();
    assert_eq!((page.data.len(), page.data[0].nama.as_str(), page.total), (1, "Citra", 3));
    let beyond = PageRequest { nomor: u32::MAX, ukuran: 200 };
    let beyond = store.list(PenggunaFilter::default(), beyond).await.unwrap();
    assert_eq!((beyond.data.len(), beyond.total), (0, 3));

    let agus = &store.list(cari("agus"), FIRST_PAGE).await.unwrap().data[0];
    let inactive = PenggunaChanges { aktif: Some(false), ..PenggunaChanges::default() };
    store.update(agus.id, inactive, at("08:00")).await.unwrap();
    assert_eq!(names(PenggunaFilter { aktif: Some(true), ..guru }).await, ["budi"]);
}

async fn a_user_is_found_as_spoken(school: &School) {
    let store = school.store.pengguna();
    let mut baru = pengguna_baru(Role::Guru, "maruf@sekolah.example");
    (baru.nama, baru.jabatan) = ("Ma’ruf Chloé".to_owned(), Some("Bahasa Perancis".to_owned()));
    let made = store.create(baru).await.unwrap();
    let found = async |text: &str| {
        let saring = PenggunaFilter { cari: SearchTerms::new(text), ..PenggunaFilter::default() };
        store.list(saring, FIRST_PAGE).await.unwrap().data.len()
    };
    for text in
        ["maruf", "MA'RUF", "ma‘ruf", "chloe", "Chloe\u{301}", "chloé maruf", "perancis", "ｃｈｌｏｅ"]
    {
        assert_eq!(found(text).await, 1, "{text}");
    }
    let ubah = PenggunaChanges {
        nama: Some("Nur Aini".to_owned()),
        jabatan: Some(None),
        ..PenggunaChanges::default()
    };
    store.update(made.id, ubah, at("08:00")).await.unwrap();
    assert_eq!(
        (found("nur").await, found("perancis").await, found("maruf").await),
        (1, 0, 1),
        "the address stays"
    );
}

async fn a_change_leaves_the_rest_as_it_was(school: &School) {
    let store = school.store.pengguna();
    let before = school.pengguna(Role::Guru).await;
    let unchanged = store.update(before.id, PenggunaChanges::default(), at("08:00")).await.unwrap();
    assert_eq!(unchanged, before);
    let ubah = PenggunaChanges {
        nama: Some("Ratna".to_owned()),
        jabatan: Some(None),
        telp: Some(Some(telp("0813 0000 0000"))),
        ..PenggunaChanges::default()
    };
    let after = store.update(before.id, ubah, at("08:00")).await.unwrap();
    assert_eq!((after.nama.as_str(), &after.jabatan), ("Ratna", &None));
    assert_eq!(after.telp, Some(telp("0813 0000 0000")));
    assert_eq!((&after.email, after.role, after.aktif), (&before.email, before.role, true));
    let emptied = PenggunaChanges { telp: Some(None), ..PenggunaChanges::default() };
    assert_eq!(store.update(before.id, emptied, at("08:00")).await.unwrap().telp, None);
    assert_not_found(store.update(IdPengguna(999), PenggunaChanges::default(), at("08:00")).await);
}

/// Signs a user in and returns the session.
async fn sign_in(school: &School, id: IdPengguna, name: &str) -> String {
    let mut token = [0; 32];
    token[..name.len()].copy_from_slice(name.as_bytes());
    assert!(school.store.sesi().create(sesi_baru(name, SessionHolder::Pengguna(id), token)).await.unwrap());
    name.to_owned()
}

async fn losing_a_right_ends_the_sessions(school: &School) {
    let store = school.store.pengguna();
    let lives = async |sesi: &str| school.store.sesi().find(sesi, at("09:00")).await.unwrap().is_some();
    let guru = school.pengguna(Role::Guru).await;
    let sesi = sign_in(school, guru.id, "satu").await;
    let same = PenggunaChanges { role: Some(Role::Guru), aktif: Some(true), ..PenggunaChanges::default() };
    store.update(guru.id, same, at("09:00")).await.unwrap();
    assert!(lives(&sesi).await, "nothing was lost");
    let role = PenggunaChanges { role: Some(Role::PenerimaTamu), ..PenggunaChanges::default() };
    store.update(guru.id, role, at("09:00")).await.unwrap();
    assert!(!lives(&sesi).await);

    let sesi = sign_in(school, guru.id, "dua").await;
    let aktif = |aktif| PenggunaChanges { aktif: Some(aktif), ..PenggunaChanges::default() };
    store.update(guru.id, aktif(false), at("09:00")).await.unwrap();
    assert!(!lives(&sesi).await);
    store.update(guru.id, aktif(true), at("09:00")).await.unwrap();
    assert!(!lives(&sesi).await, "an ended session does not come back");
}

async fn a_new_password_ends_the_sessions(school: &School) {
    let store = school.store.pengguna();
    let guru = school.pengguna(Role::Guru).await;
    let other = school.pengguna(Role::Guru).await;
    let (sesi, others) = (sign_in(school, guru.id, "satu").await, sign_in(school, other.id, "dua").await);
    store.update_password(guru.id, password_baru("baru", false)).await.unwrap();
    let kredensial = store.find_kredensial_by_id(guru.id).await.unwrap().unwrap();
    assert_eq!(kredensial.password_hash.as_deref(), Some("baru"));
    assert!(!kredensial.siapa.wajib_ganti_password);
    assert!(school.store.sesi().find(&sesi, at("09:00")).await.unwrap().is_none());
    assert!(school.store.sesi().find(&others, at("09:00")).await.unwrap().is_some());
    assert_not_found(store.update_password(IdPengguna(999), password_baru("x", false)).await);
}

async fn a_temporary_password_ends_and_one_of_the_users_own_does_not(school: &School) {
    let store = school.store.pengguna();
    let guru = school.pengguna(Role::Guru).await;
    let end = async || store.find_kredensial_by_id(guru.id).await.unwrap().unwrap().password_sampai;
    assert_eq!(end().await, Some(at("00:00") + Duration::days(7)), "it was made up when the user was added");
    store.update_password(guru.id, password_baru("baru", false)).await.unwrap();
    assert_eq!(end().await, None);
    store.update_password(guru.id, password_baru("lain", true)).await.unwrap();
    assert_eq!(end().await, Some(at("09:00") + Duration::days(7)));
}

async fn a_change_of_password_needs_the_one_that_was_verified(school: &School) {
    let store = school.store.pengguna();
    let guru = school.pengguna(Role::Guru).await;
    let sesi = sign_in(school, guru.id, "satu").await;
    let lama = |hash: &str| NewPassword { lama: Some(hash.to_owned()), ..password_baru("dua", false) };
    assert_not_found(store.update_password(guru.id, lama("lain")).await);
    assert!(school.store.sesi().find(&sesi, at("09:00")).await.unwrap().is_some(), "nothing was changed");
    store.update_password(guru.id, lama("hash")).await.unwrap();
    let kredensial = store.find_kredensial_by_id(guru.id).await.unwrap().unwrap();
    assert_eq!(kredensial.password_hash.as_deref(), Some("dua"));
}

async fn a_user_without_history_is_deleted(school: &School) {
    let store = school.store.pengguna();
    let guru = school.pengguna(Role::Guru).await;
    let sesi = sign_in(school, guru.id, "satu").await;
    assert_eq!(store.delete(guru.id, at("09:00")).await.unwrap(), Deletion::Dihapus);
    assert_eq!(store.find(guru.id).await.unwrap(), None);
    assert!(school.store.sesi().find(&sesi, at("09:00")).await.unwrap().is_none());
    assert_not_found(store.delete(guru.id, at("09:00")).await);
    let next = school.pengguna(Role::Guru).await;
    assert!(next.id > guru.id, "an identity is never given twice");
}

async fn a_user_with_history_is_deactivated(school: &School) {
    let store = school.store.pengguna();
    let (guru, maker) = (school.pengguna(Role::Guru).await, school.pengguna(Role::PenerimaTamu).await);
    let mut baru =
        crate::school::janji_baru(&guru, store::janji_temu::TamuOf::Id(school.tamu().await.id), at("09:00"));
    baru.dibuat_oleh = maker.id;
    school.store.janji_temu().create(baru).await.unwrap();
    for pengguna in [&guru, &maker] {
        let sesi = sign_in(school, pengguna.id, &pengguna.email).await;
        assert_eq!(store.delete(pengguna.id, at("09:00")).await.unwrap(), Deletion::Dinonaktifkan);
        assert!(!store.find(pengguna.id).await.unwrap().unwrap().aktif);
        assert!(school.store.sesi().find(&sesi, at("09:00")).await.unwrap().is_none());
        assert_eq!(store.delete(pengguna.id, at("09:00")).await.unwrap(), Deletion::Dinonaktifkan);
    }
}

async fn the_last_active_admin_stays(school: &School) {
    let store = school.store.pengguna();
    let admin = school.pengguna(Role::Admin).await;
    let demoted = PenggunaChanges { role: Some(Role::Guru), ..PenggunaChanges::default() };
    let inactive = PenggunaChanges { aktif: Some(false), ..PenggunaChanges::default() };
    let sesi = sign_in(school, admin.id, "satu").await;
    for ubah in [&demoted, &inactive] {
        assert_conflict(store.update(admin.id, ubah.clone(), at("09:00")).await, Conflict::AdminTerakhir);
    }
    assert_conflict(store.delete(admin.id, at("09:00")).await, Conflict::AdminTerakhir);
    school.janji(&admin, at("09:00")).await;
    assert_conflict(store.delete(admin.id, at("09:00")).await, Conflict::AdminTerakhir);
    assert_eq!(store.find(admin.id).await.unwrap().as_ref(), Some(&admin));
    assert!(school.store.sesi().find(&sesi, at("09:00")).await.unwrap().is_some(), "nothing was changed");

    let renamed = PenggunaChanges { nama: Some("Admin".to_owned()), ..PenggunaChanges::default() };
    store.update(admin.id, renamed, at("09:00")).await.unwrap();
    let second = school.pengguna(Role::Admin).await;
    let conflict = store.update(admin.id, inactive.clone(), at("09:00")).await;
    assert_conflict(conflict, Conflict::AdminTerakhir);
    store.update_password(second.id, password_baru("baru", false)).await.unwrap();
    store.update(admin.id, inactive, at("09:00")).await.unwrap();
    assert_conflict(store.update(second.id, demoted.clone(), at("09:00")).await, Conflict::AdminTerakhir);
    store.update(admin.id, demoted, at("09:00")).await.expect("an inactive admin keeps nobody in");
}

async fn of_two_admins_who_remove_each_other_one_stays(school: &School) {
    let (one, two) = (school.pengguna(Role::Admin).await, school.pengguna(Role::Admin).await);
    for admin in [&one, &two] {
        school.store.pengguna().update_password(admin.id, password_baru("baru", false)).await.unwrap();
    }
    let results = at_once(|n| {
        let store = Arc::clone(&school.store);
        let id = if n % 2 == 0 { one.id } else { two.id };
        async move { store.pengguna().delete(id, at("09:00")).await }
    })
    .await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    assert!(school.store.pengguna().exists(Role::Admin).await.unwrap());
}
