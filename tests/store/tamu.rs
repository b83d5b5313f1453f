//! Stories of guests.

mod erase;
mod gabung;
mod search;

use std::sync::Arc;

use chrono::Duration;
use domain::{
    IdTamu, Role,
    jadwal::Span,
    token::{Subject, Token},
};
use store::{
    Conflict, PageRequest, SearchTerms,
    janji_temu::TamuOf,
    pengguna::NewPassword,
    sesi::SessionHolder,
    tamu::{NewTamu, TamuCorrection},
};

use crate::school::{
    FIRST_PAGE, School, assert_conflict, assert_not_found, at, at_once, langsung_baru, password_baru,
    sesi_baru, tamu_baru, telp,
};

stories![
    a_guest_is_kept_as_entered,
    a_number_belongs_to_one_guest,
    one_number_entered_32_times_at_once_is_one_guest,
    a_list_is_searched_by_text_and_number,
    hits_stand_in_order_each_once_page_by_page,
    who_was_renamed_is_found_by_the_new_words_only,
    a_guru_finds_own_guests_by_words_and_anybody_by_the_whole_number,
    a_desk_is_told_the_guests_of_a_span_each_once,
    a_change_leaves_the_rest_as_it_was,
    a_new_number_replaces_the_old_one,
    a_new_password_ends_the_sessions,
    a_password_given_by_the_desk_ends_and_one_of_the_guests_own_does_not,
];

async fn a_guest_is_kept_as_entered(school: &School) {
    let store = school.store.tamu();
    let baru = NewTamu {
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
    let ubah = TamuCorrection { telp: Some(dewi.telp.clone()), ..TamuCorrection::default() };
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
        let tamu = TamuOf::Baru(tamu_baru(&format!("Eko {n}"), "0812 3456 7891"));
        async move { store.janji_temu().create(langsung_baru(&guru, tamu, at("09:00"))).await }
    })
    .await;
    assert!(walked_in.iter().all(Result::is_ok), "each visit was made, for the one guest");
    assert_eq!(school.store.tamu().list(None.into(), FIRST_PAGE).await.unwrap().total, 2);
}

async fn a_list_is_searched_by_text_and_number(school: &School) {
    let store = school.store.tamu();
    for (nama, number, instansi) in [
        ("dewi", "0812 3456 7890", None),
        ("Agus", "0812 3456 1234", Some("SMP_3")),
        ("Eko", "0813 3456 1234", None),
    ] {
        let baru = NewTamu { instansi: instansi.map(str::to_owned), ..tamu_baru(nama, number) };
        store.create(baru).await.unwrap();
    }
    let names = async |text: &str| {
        let list = store.list(SearchTerms::new(text).into(), FIRST_PAGE).await.unwrap();
        assert_eq!(list.total, list.data.len() as u64);
        list.data.into_iter().map(|tamu| tamu.nama).collect::<Vec<_>>()
    };
    assert_eq!(names("").await, ["Agus", "dewi", "Eko"]);
    assert_eq!(names("DEW").await, ["dewi"]);
    assert_eq!(names("smp_3").await, ["Agus"]);
    assert_eq!(names("smp agu").await, ["Agus"], "each word begins one, of name or institution");
    assert_eq!(names("smp eko").await, [""; 0]);
    assert_eq!(names("wi").await, [""; 0], "no word begins so");
    assert_eq!(names("%").await, [""; 0], "no word at all");
    assert_eq!(names("0812-3456-7890").await, ["dewi"]);
    assert_eq!(names("1234").await, ["Agus", "Eko"], "the last four digits");
    assert_eq!(names("3456").await, [""; 0], "no other four");
    let page = store.list(None.into(), PageRequest { nomor: 3, ukuran: 1 }).await.unwrap();
    assert_eq!((page.data[0].nama.as_str(), page.total), ("Eko", 3));
}

async fn hits_stand_in_order_each_once_page_by_page(school: &School) {
    let store = school.store.tamu();
    for (n, nama) in ["Zahra Siti", "Siti Sitorus", "SITI Aminah", "Sita", "Budi"].into_iter().enumerate() {
        store.create(tamu_baru(nama, &format!("0812 3456 789{n}"))).await.unwrap();
    }
    let names = async |text: &str, nomor, ukuran| {
        let list = store.list(SearchTerms::new(text).into(), PageRequest { nomor, ukuran }).await.unwrap();
        (list.data.into_iter().map(|tamu| tamu.nama).collect::<Vec<_>>(), list.total)
    };
    let all = ["Sita", "SITI Aminah", "Siti Sitorus", "Zahra Siti"];
    assert_eq!(names("sit", 1, 100).await, (all.map(str::to_owned).to_vec(), 4), "by word, then by name");
    assert_eq!(names("Sit", 2, 3).await, (vec!["Zahra Siti".to_owned()], 4));
    assert_eq!(names("sit", 9, 3).await, (Vec::new(), 4));
}

async fn who_was_renamed_is_found_by_the_new_words_only(school: &School) {
    let store = school.store.tamu();
    let baru = NewTamu { instansi: Some("SMP 3".to_owned()), ..tamu_baru("Dewi", "0812 3456 7890") };
    let dewi = store.create(baru).await.unwrap();
    let ubah = TamuCorrection {
        nama: Some("Ratna Dewanti".to_owned()),
        instansi: Some(None),
        ..TamuCorrection::default()
    };
    let ratna = store.update(dewi.id, ubah).await.unwrap();
    let find = async |text: &str| store.list(SearchTerms::new(text).into(), FIRST_PAGE).await.unwrap().data;
    assert_eq!(find("dewi").await, []);
    assert_eq!(find("smp").await, []);
    assert_eq!(find("rat dewa").await, std::slice::from_ref(&ratna));

    let guru = school.pengguna(Role::Guru).await;
    let visit = async |nama: &str, time: &str| {
        let known = NewTamu { instansi: Some("Dinas".to_owned()), ..tamu_baru(nama, "0812 3456 7890") };
        let visit = langsung_baru(&guru, TamuOf::Baru(known), at(time));
        school.store.janji_temu().create(visit).await.unwrap();
    };
    visit("Siapa", "09:00").await;
    assert_eq!((find("siapa").await, find("dinas").await), (Vec::new(), Vec::new()), "another person's");
    visit("ratna dewanti", "09:10").await;
    let found = find("dinas").await;
    assert_eq!(found.len(), 1, "an institution that was filled in");
    assert_eq!((found[0].id, found[0].nama.as_str()), (ratna.id, "Ratna Dewanti"));
}

async fn a_guru_finds_own_guests_by_words_and_anybody_by_the_whole_number(school: &School) {
    let store = school.store.tamu();
    let (guru, other) = (school.pengguna(Role::Guru).await, school.pengguna(Role::Guru).await);
    for (n, (nama, of)) in
        [("Siti Zahra", &guru), ("Siti Aminah", &guru), ("Siti Rahma", &other)].into_iter().enumerate()
    {
        let baru = NewTamu {
            instansi: (n == 0).then(|| "SMP_3".to_owned()),
            ..tamu_baru(nama, &format!("0812 3456 789{n}"))
        };
        for time in ["09:00", "10:00"] {
            let janji = langsung_baru(of, TamuOf::Baru(baru.clone()), at(time));
            school.store.janji_temu().create(janji).await.unwrap();
        }
    }
    let found = async |text: &str, nomor, ukuran| {
        let cari = SearchTerms::new(text).unwrap();
        let list = store.list_untuk_guru(guru.id, cari, PageRequest { nomor, ukuran }).await.unwrap();
        let data: Vec<_> = list.data.into_iter().map(|found| (found.tamu.nama, found.tamu_guru)).collect();
        (data, list.total)
    };
    let names = |names: &[&str], own| names.iter().map(|nama| ((*nama).to_owned(), own)).collect::<Vec<_>>();
    let nobody = (Vec::new(), 0);
    assert_eq!(
        found("siti", 1, 10).await,
        (names(&["Siti Aminah", "Siti Zahra"], true), 2),
        "each once, by name"
    );
    assert_eq!(found("siti", 2, 1).await, (names(&["Siti Zahra"], true), 2));
    assert_eq!(found("smp siti", 1, 10).await, (names(&["Siti Zahra"], true), 1));
    assert_eq!(found("7891", 1, 10).await, (names(&["Siti Aminah"], true), 1));
    for text in ["rahma", "7892", "%", "siti budi"] {
        assert_eq!(found(text, 1, 10).await, nobody, "{text}");
    }
    assert_eq!(found("0812 3456 7892", 1, 10).await, (names(&["Siti Rahma"], false), 1));
    assert_eq!(found("0812 3456 7890", 1, 10).await, (names(&["Siti Zahra"], true), 1));
    assert_eq!(found("0812 3456 7899", 1, 10).await, nobody);

    let list = store.list(None.into(), FIRST_PAGE).await.unwrap().data;
    for tamu in &list {
        let own = store.is_tamu_guru(tamu.id, guru.id).await.unwrap();
        assert_eq!(own, tamu.nama != "Siti Rahma", "{}", tamu.nama);
    }
    assert!(!store.is_tamu_guru(IdTamu(999), guru.id).await.unwrap());
}

async fn a_desk_is_told_the_guests_of_a_span_each_once(school: &School) {
    let store = school.store.tamu();
    let guru = school.pengguna(Role::Guru).await;
    store.create(tamu_baru("Belum Pernah Datang", "0812 3456 7000")).await.unwrap();
    for (n, time) in ["09:00", "10:00", "11:00", "11:30"].into_iter().enumerate() {
        let tamu = tamu_baru("Siti Zahra", &format!("0812 3456 700{}", 1 + n.min(2)));
        school.store.janji_temu().create(langsung_baru(&guru, TamuOf::Baru(tamu), at(time))).await.unwrap();
    }
    let told = async |start, end| {
        let found = store.list_pengunjung(Span { start: at(start), end: at(end) }).await.unwrap();
        found.into_iter().map(|tamu| tamu.telp.unwrap().akhir().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(told("10:00", "12:00").await, ["7003", "7002"], "the newest first");
    assert_eq!(told("09:00", "11:00").await, ["7002", "7001"], "the end is not in it");
    assert_eq!(told("12:00", "13:00").await, [""; 0]);
}

async fn a_change_leaves_the_rest_as_it_was(school: &School) {
    let store = school.store.tamu();
    let baru = NewTamu { email: Some("d@contoh.example".to_owned()), ..tamu_baru("Dewi", "0812 3456 7890") };
    let before = store.create(baru).await.unwrap();
    assert_eq!(store.update(before.id, TamuCorrection::default()).await.unwrap(), before);
    let ubah = TamuCorrection {
        email: Some(None),
        instansi: Some(Some("SMP 3".to_owned())),
        ..TamuCorrection::default()
    };
    let after = store.update(before.id, ubah).await.unwrap();
    assert_eq!((&after.email, after.instansi.as_deref()), (&None, Some("SMP 3")));
    assert_eq!((&after.nama, &after.telp, &after.kode_qr), (&before.nama, &before.telp, &before.kode_qr));
    assert_not_found(store.update(IdTamu(999), TamuCorrection::default()).await);
}

async fn a_new_number_replaces_the_old_one(school: &School) {
    let store = school.store.tamu();
    let tamu = school.tamu().await;
    let ubah = TamuCorrection { telp: Some(Some(telp("0813 9999 5555"))), ..TamuCorrection::default() };
    let changed = store.update(tamu.id, ubah).await.unwrap();
    assert_eq!(changed.telp, Some(telp("0813 9999 5555")));
    assert!(store.find_kredensial(&tamu.telp.unwrap()).await.unwrap().is_none());
    assert_eq!(store.find_kredensial(changed.telp.as_ref().unwrap()).await.unwrap().unwrap().siapa, changed);
    assert_eq!(store.list(SearchTerms::new("5555").into(), FIRST_PAGE).await.unwrap().data, [changed]);
}

async fn a_new_password_ends_the_sessions(school: &School) {
    let store = school.store.tamu();
    let tamu = school.tamu().await;
    store.update_password(tamu.id, password_baru("hash", false)).await.unwrap();
    assert!(
        school.store.sesi().create(sesi_baru("satu", SessionHolder::Tamu(tamu.id), [1; 32])).await.unwrap()
    );
    store.update_password(tamu.id, password_baru("baru", false)).await.unwrap();
    let kredensial = store.find_kredensial_by_id(tamu.id).await.unwrap().unwrap();
    assert_eq!(kredensial.password_hash.as_deref(), Some("baru"));
    assert!(school.store.sesi().find("satu", at("09:00")).await.unwrap().is_none());
    assert_not_found(store.update_password(IdTamu(999), password_baru("x", false)).await);
}

async fn a_password_given_by_the_desk_ends_and_one_of_the_guests_own_does_not(school: &School) {
    let store = school.store.tamu();
    let tamu = school.tamu().await;
    let end = async || store.find_kredensial_by_id(tamu.id).await.unwrap().unwrap().password_sampai;
    assert_eq!(end().await, None, "none was given yet");
    store.update_password(tamu.id, password_baru("satu", true)).await.unwrap();
    assert_eq!(end().await, Some(at("09:00") + Duration::days(7)));
    let lama = |hash: &str| NewPassword { lama: Some(hash.to_owned()), ..password_baru("dua", false) };
    assert_not_found(store.update_password(tamu.id, lama("lain")).await);
    assert!(end().await.is_some(), "nothing was changed");
    store.update_password(tamu.id, lama("satu")).await.unwrap();
    assert_eq!(end().await, None);
}
