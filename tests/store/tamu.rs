//! Stories of guests.

use std::sync::Arc;

use domain::{
    IdTamu, Role,
    token::{Subject, Token},
};
use store::{
    Cari, Conflict, Halaman,
    janji_temu::TamuUntuk,
    sesi::{Pemilik, SesiBaru},
    tamu::{TamuBaru, UbahTamu},
};

use crate::school::{
    FIRST_PAGE, School, assert_conflict, assert_not_found, at, at_once, langsung_baru, tamu_baru, telp,
};

stories![
    a_guest_is_kept_as_entered,
    a_number_belongs_to_one_guest,
    one_number_entered_32_times_at_once_is_one_guest,
    a_list_is_searched_by_text_and_number,
    a_change_leaves_the_rest_as_it_was,
    a_new_number_replaces_the_old_one,
    a_new_password_ends_the_sessions,
];

async fn a_guest_is_kept_as_entered(school: &School) {
    let store = school.store.tamu();
    let baru = TamuBaru {
        email: Some("dewi@contoh.example".to_owned()),
        instansi: Some("SMP 3".to_owned()),
        ..tamu_baru("Dewi Lestari", "0812-3456-7890")
    };
    let tamu = store.create(baru.clone()).await.unwrap();
    assert_eq!((&tamu.nama, &tamu.telp, &tamu.email), (&baru.nama, &baru.telp, &baru.email));
    assert_eq!((&tamu.instansi, tamu.dibuat_pada), (&baru.instansi, baru.waktu));
    let token = school.kunci.qr.verify(&tamu.kode_qr).unwrap();
    assert_eq!(token, Token::tamu(tamu.id), "the permanent code is the guest's own");
    assert!(matches!(token.subject, Subject::Tamu(id) if id == tamu.id));

    assert_eq!(store.find(tamu.id).await.unwrap().as_ref(), Some(&tamu));
    assert_eq!(store.find(IdTamu(999)).await.unwrap(), None);
    let kredensial = store.find_kredensial(&telp("+62 812 3456 7890")).await.unwrap().unwrap();
    assert_eq!((&kredensial.siapa, kredensial.password_hash), (&tamu, None), "no password was given yet");
    assert!(store.find_kredensial(&telp("0812 3456 7891")).await.unwrap().is_none());
    assert!(store.find_kredensial_by_id(tamu.id).await.unwrap().is_some());
    assert!(store.find_kredensial_by_id(IdTamu(999)).await.unwrap().is_none());
}

async fn a_number_belongs_to_one_guest(school: &School) {
    let store = school.store.tamu();
    let dewi = store.create(tamu_baru("Dewi", "0812 3456 7890")).await.unwrap();
    assert_conflict(store.create(tamu_baru("Eko", "+62 812 3456 7890")).await, Conflict::TamuTelp);
    let eko = store.create(tamu_baru("Eko", "0812 3456 7891")).await.unwrap();
    let ubah = UbahTamu { telp: Some(dewi.telp.clone()), ..UbahTamu::default() };
    assert_conflict(store.update(eko.id, ubah).await, Conflict::TamuTelp);
    assert_eq!(store.find(eko.id).await.unwrap(), Some(eko));
}

async fn one_number_entered_32_times_at_once_is_one_guest(school: &School) {
    let entered = at_once(|n| {
        let store = Arc::clone(&school.store);
        async move { store.tamu().create(tamu_baru(&format!("Dewi {n}"), "0812 3456 7890")).await }
    })
    .await;
    assert_eq!(entered.iter().filter(|result| result.is_ok()).count(), 1);

    let guru = school.pengguna(Role::Guru).await;
    let walked_in = at_once(|n| {
        let (store, guru) = (Arc::clone(&school.store), guru.clone());
        let tamu = TamuUntuk::Telp(tamu_baru(&format!("Eko {n}"), "0812 3456 7891"));
        async move { store.janji_temu().create(langsung_baru(&guru, tamu, at("09:00"))).await }
    })
    .await;
    assert!(walked_in.iter().all(Result::is_ok), "each visit was made, for the one guest");
    assert_eq!(school.store.tamu().list(None, FIRST_PAGE).await.unwrap().total, 2);
}

async fn a_list_is_searched_by_text_and_number(school: &School) {
    let store = school.store.tamu();
    for (nama, number, instansi) in [
        ("dewi", "0812 3456 7890", None),
        ("Agus", "0812 3456 1234", Some("SMP_3")),
        ("Eko", "0813 3456 1234", None),
    ] {
        let baru = TamuBaru { instansi: instansi.map(str::to_owned), ..tamu_baru(nama, number) };
        store.create(baru).await.unwrap();
    }
    let names = async |text: &str| {
        let list = store.list(Cari::new(text), FIRST_PAGE).await.unwrap();
        assert_eq!(list.total, list.data.len() as u64);
        list.data.into_iter().map(|tamu| tamu.nama).collect::<Vec<_>>()
    };
    assert_eq!(names("").await, ["Agus", "dewi", "Eko"]);
    assert_eq!(names("DEW").await, ["dewi"]);
    assert_eq!(names("p_3").await, ["Agus"]);
    assert_eq!(names("0812-3456-7890").await, ["dewi"]);
    assert_eq!(names("1234").await, ["Agus", "Eko"], "the last four digits");
    assert_eq!(names("3456").await, [""; 0], "no other four");
    let page = store.list(None, Halaman { nomor: 3, ukuran: 1 }).await.unwrap();
    assert_eq!((page.data[0].nama.as_str(), page.total), ("Eko", 3));
}

async fn a_change_leaves_the_rest_as_it_was(school: &School) {
    let store = school.store.tamu();
    let baru = TamuBaru { email: Some("d@contoh.example".to_owned()), ..tamu_baru("Dewi", "0812 3456 7890") };
    let before = store.create(baru).await.unwrap();
    assert_eq!(store.update(before.id, UbahTamu::default()).await.unwrap(), before);
    let ubah =
        UbahTamu { email: Some(None), instansi: Some(Some("SMP 3".to_owned())), ..UbahTamu::default() };
    let after = store.update(before.id, ubah).await.unwrap();
    assert_eq!((&after.email, after.instansi.as_deref()), (&None, Some("SMP 3")));
    assert_eq!((&after.nama, &after.telp, &after.kode_qr), (&before.nama, &before.telp, &before.kode_qr));
    assert_not_found(store.update(IdTamu(999), UbahTamu::default()).await);
}

async fn a_new_number_replaces_the_old_one(school: &School) {
    let store = school.store.tamu();
    let tamu = school.tamu().await;
    let ubah = UbahTamu { telp: Some(telp("0813 9999 5555")), ..UbahTamu::default() };
    let changed = store.update(tamu.id, ubah).await.unwrap();
    assert_eq!(changed.telp, telp("0813 9999 5555"));
    assert!(store.find_kredensial(&tamu.telp).await.unwrap().is_none());
    assert_eq!(store.find_kredensial(&changed.telp).await.unwrap().unwrap().siapa, changed);
    assert_eq!(store.list(Cari::new("5555"), FIRST_PAGE).await.unwrap().data, [changed]);
}

async fn a_new_password_ends_the_sessions(school: &School) {
    let store = school.store.tamu();
    let tamu = school.tamu().await;
    let baru = SesiBaru {
        id: "satu".to_owned(),
        pemilik: Pemilik::Tamu(tamu.id),
        token: [1; 32],
        kedaluwarsa_pada: at("23:00"),
        waktu: at("08:00"),
    };
    school.store.sesi().create(baru).await.unwrap();
    store.update_password(tamu.id, "baru".to_owned(), at("09:00")).await.unwrap();
    let kredensial = store.find_kredensial_by_id(tamu.id).await.unwrap().unwrap();
    assert_eq!(kredensial.password_hash.as_deref(), Some("baru"));
    assert!(school.store.sesi().find("satu", at("09:00")).await.unwrap().is_none());
    assert_not_found(store.update_password(IdTamu(999), "x".to_owned(), at("09:00")).await);
}
