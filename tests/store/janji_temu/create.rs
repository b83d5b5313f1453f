//! Making an appointment or walk-in.

use std::sync::Arc;

use domain::{IdPengguna, IdTamu, Jenis, Role, Status, VisitStep, token::Token};
use store::{
    Conflict, SearchTerms,
    janji_temu::{Creation, JanjiTemuFilter, NewJanjiTemu, TamuOf},
    pengguna::PenggunaChanges,
    tamu::NewTamu,
};

use crate::school::{
    FIRST_PAGE, School, assert_conflict, at, at_once, janji_baru, langsung_baru, made, tamu_baru,
};

stories![
    an_appointment_is_kept_as_made,
    a_walk_in_has_arrived,
    a_new_number_is_a_new_guest,
    a_known_guest_stands_and_only_gaps_are_filled,
    what_was_entered_is_the_guests_or_the_visits,
    only_an_active_guru_or_admin_is_visited,
    an_unknown_guest_is_refused,
    a_guru_is_not_booked_twice,
    a_closed_appointment_takes_no_time,
    sent_again_it_answers_the_same,
    one_key_32_times_at_once_is_one_appointment,
    one_impatient_walk_in_32_times_at_once_is_one_visit,
    of_32_at_one_time_one_gets_the_guru,
    what_is_refused_leaves_nothing_behind,
];

async fn an_appointment_is_kept_as_made(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let tamu = school.tamu().await;
    let fine = "2026-11-23T09:00:00.123456Z".parse().unwrap();
    let janji = made(school.store.janji_temu().create(janji_baru(&guru, TamuOf::Id(tamu.id), fine)).await);
    assert_eq!(janji.jadwal.timestamp_subsec_micros(), 123_000, "milliseconds are kept, finer is not");
    assert_eq!((janji.id_guru, &janji.nama_guru, &janji.jabatan_guru), (guru.id, &guru.nama, &guru.jabatan));
    assert_eq!((janji.id_tamu, &janji.nama_tamu, &janji.telp), (tamu.id, &tamu.nama, &tamu.telp));
    assert_eq!((janji.keperluan.as_str(), janji.durasi_menit), ("Konsultasi nilai", 30));
    assert_eq!((janji.jenis, janji.status, janji.versi), (Jenis::Janji, Status::Belum, 1));
    assert_eq!((janji.waktu_datang, janji.terlambat, janji.dibuat_pada), (None, false, at("00:00")));
    let token = school.kunci.qr.verify(&janji.kode_qr).unwrap();
    assert_eq!(token, Token::janji_temu(janji.id, at("23:00")));
    assert_eq!(school.store.janji_temu().find(janji.id).await.unwrap().as_ref(), Some(&janji));
    assert_eq!(school.pesan_keluar().await, [("undangan".to_owned(), janji.id)]);
}

async fn a_walk_in_has_arrived(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let tamu = TamuOf::Id(school.tamu().await.id);
    let visit = made(school.store.janji_temu().create(langsung_baru(&guru, tamu, at("09:00"))).await);
    assert_eq!((visit.jenis, visit.status), (Jenis::Langsung, Status::Menunggu));
    assert_eq!((visit.waktu_datang, visit.terlambat), (Some(at("09:00")), false));
    assert_eq!(school.pesan_keluar().await, [("kedatangan".to_owned(), visit.id)]);
    let alerts = school.store.notifikasi().list_belum_dibaca(guru.id, FIRST_PAGE).await.unwrap().data;
    assert_eq!(alerts.len(), 1, "the guru is alerted");
}

async fn a_new_number_is_a_new_guest(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let baru = tamu_baru("Dewi", "0812 3456 7890");
    let made = school.store.janji_temu().create(janji_baru(&guru, TamuOf::Baru(baru), at("09:00"))).await;
    let Creation::Dibuat(janji_temu) = made.unwrap() else { panic!("it is new") };
    let tamu = school.store.tamu().find(janji_temu.id_tamu).await.unwrap().unwrap();
    assert_eq!(school.kunci.qr.verify(&tamu.kode_qr), Ok(Token::tamu(tamu.id)));
}

async fn a_known_guest_stands_and_only_gaps_are_filled(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let known = NewTamu { instansi: Some("SMP 3".to_owned()), ..tamu_baru("Dewi Lestari", "0812 3456 7890") };
    let known = school.store.tamu().create(known).await.unwrap();
    let again = |nama: &str, email: &str| {
        TamuOf::Baru(NewTamu {
            email: Some(email.to_owned()),
            instansi: Some("SMA 1".to_owned()),
            ..tamu_baru(nama, "+62 812 3456 7890")
        })
    };
    let (lain, satu, dua) = ("lain@contoh.example", "satu@contoh.example", "dua@contoh.example");
    for (nama, email, jadwal, of_the_visit, of_the_guest) in [
        ("D. Lestari", lain, "09:00", Some(lain), None),
        ("DEWI  LESTARI", satu, "10:00", Some(satu), Some(satu)),
        ("dewi lestari", dua, "11:00", Some(dua), Some(satu)),
    ] {
        let baru = janji_baru(&guru, again(nama, email), at(jadwal));
        let janji = made(school.store.janji_temu().create(baru).await);
        assert_eq!(janji.id_tamu, known.id);
        let own = (janji.email.as_deref(), janji.instansi.as_deref());
        assert_eq!(own, (of_the_visit, Some("SMA 1")), "{nama}: what was entered is the visit's own");
        let tamu = school.store.tamu().find(known.id).await.unwrap().unwrap();
        assert_eq!((&*tamu.nama, tamu.instansi.as_deref()), ("Dewi Lestari", Some("SMP 3")), "{nama}");
        assert_eq!(tamu.email.as_deref(), of_the_guest, "{nama}: a gap is filled once, by the guest");
        assert_eq!(tamu.kode_qr, known.kode_qr);
    }
}

async fn only_an_active_guru_or_admin_is_visited(school: &School) {
    let store = school.store.janji_temu();
    let tamu = TamuOf::Id(school.tamu().await.id);
    let admin = school.pengguna(Role::Admin).await;
    made(store.create(janji_baru(&admin, tamu.clone(), at("09:00"))).await);

    let desk = school.pengguna(Role::PenerimaTamu).await;
    let inactive = school.pengguna(Role::Guru).await;
    let ubah = PenggunaChanges { aktif: Some(false), ..PenggunaChanges::default() };
    school.store.pengguna().update(inactive.id, ubah, at("08:00")).await.unwrap();
    for guru in [&desk, &inactive] {
        for baru in
            [janji_baru(guru, tamu.clone(), at("09:00")), langsung_baru(guru, tamu.clone(), at("09:00"))]
        {
            assert_conflict(store.create(baru).await, Conflict::Guru);
        }
    }
    let nobody = NewJanjiTemu { id_guru: IdPengguna(999), ..janji_baru(&admin, tamu, at("11:00")) };
    assert_conflict(store.create(nobody).await, Conflict::Guru);
}

async fn an_unknown_guest_is_refused(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let baru = janji_baru(&guru, TamuOf::Id(IdTamu(999)), at("09:00"));
    assert_conflict(school.store.janji_temu().create(baru).await, Conflict::Tamu);
}

async fn a_guru_is_not_booked_twice(school: &School) {
    let store = school.store.janji_temu();
    let (guru, other) = (school.pengguna(Role::Guru).await, school.pengguna(Role::Guru).await);
    let tamu = TamuOf::Id(school.tamu().await.id);
    let long = NewJanjiTemu { durasi_menit: 480, ..janji_baru(&guru, tamu.clone(), at("01:00")) };
    made(store.create(long).await);
    made(store.create(janji_baru(&guru, tamu.clone(), at("09:00"))).await);
    for jadwal in ["08:29", "08:31", "08:59", "09:00", "09:29"] {
        assert_conflict(store.create(janji_baru(&guru, tamu.clone(), at(jadwal))).await, Conflict::Bentrok);
    }
    made(store.create(janji_baru(&guru, tamu.clone(), at("09:30"))).await);
    made(store.create(janji_baru(&guru, tamu.clone(), at("00:30"))).await);
    made(store.create(janji_baru(&other, tamu.clone(), at("09:00"))).await);
    made(store.create(langsung_baru(&guru, tamu.clone(), at("09:10"))).await);
    let wanted = NewJanjiTemu { izinkan_bentrok: true, ..janji_baru(&guru, tamu, at("09:10")) };
    made(store.create(wanted).await);
}

async fn a_closed_appointment_takes_no_time(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let called_off = school.janji(&guru, at("09:00")).await;
    school.step(&called_off, VisitStep::Batal { alasan: None, oleh_tamu: false }, at("08:00")).await;
    let visited = school.janji(&guru, at("09:00")).await;
    let visited =
        school.step(&visited, VisitStep::Datang { terlambat: false, di_meja: true }, at("09:00")).await;
    school.step(&visited, VisitStep::Pulang { waktu_selesai: at("09:05"), di_meja: true }, at("09:05")).await;
    school.janji(&guru, at("09:00")).await;
}

async fn sent_again_it_answers_the_same(school: &School) {
    let store = school.store.janji_temu();
    let guru = school.pengguna(Role::Guru).await;
    let tamu = NewTamu { email: None, ..tamu_baru("Dewi", "0812 3456 7890") };
    let baru = NewJanjiTemu {
        kunci: Some("kunci-1".to_owned()),
        ..janji_baru(&guru, TamuOf::Baru(tamu.clone()), at("09:00"))
    };
    let first = made(store.create(baru.clone()).await);
    assert_eq!(store.create(baru.clone()).await.unwrap(), Creation::SudahAda(first.clone()));

    let moved = school.step(&first, VisitStep::Datang { terlambat: true, di_meja: true }, at("09:20")).await;
    let other_guest = NewTamu { email: Some("d@contoh.example".to_owned()), ..tamu };
    let changed = NewJanjiTemu { tamu: TamuOf::Baru(other_guest), ..baru };
    assert_eq!(store.create(changed).await.unwrap(), Creation::SudahAda(moved), "as it stands now");
    let tamu = school.store.tamu().find(first.id_tamu).await.unwrap().unwrap();
    assert_eq!(tamu.email, None, "what is sent again changes nothing");
    assert_eq!(school.pesan_keluar().await.len(), 2, "one invitation, one arrival");
}

async fn one_key_32_times_at_once_is_one_appointment(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let tamu = TamuOf::Id(school.tamu().await.id);
    let baru = NewJanjiTemu { kunci: Some("kunci-1".to_owned()), ..janji_baru(&guru, tamu, at("09:00")) };
    assert_one_is_made(school, baru).await;
}

async fn one_impatient_walk_in_32_times_at_once_is_one_visit(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let tamu = TamuOf::Baru(tamu_baru("Dewi", "0812 3456 7890"));
    let baru = NewJanjiTemu { kunci: Some("kunci-1".to_owned()), ..langsung_baru(&guru, tamu, at("09:00")) };
    assert_one_is_made(school, baru).await;
    assert_eq!(school.store.notifikasi().list_belum_dibaca(guru.id, FIRST_PAGE).await.unwrap().total, 1);
    assert_eq!(school.store.tamu().list(None.into(), FIRST_PAGE).await.unwrap().total, 1);
}

async fn assert_one_is_made(school: &School, baru: NewJanjiTemu) {
    let results = at_once(|_| {
        let (store, baru) = (Arc::clone(&school.store), baru.clone());
        async move { store.janji_temu().create(baru).await.unwrap() }
    })
    .await;
    let made = results.iter().filter(|result| matches!(result, Creation::Dibuat(_))).count();
    assert_eq!(made, 1, "one is made, the others are told of it");
    let all = school.store.janji_temu().list(JanjiTemuFilter::default(), FIRST_PAGE).await.unwrap();
    assert_eq!((all.total, school.pesan_keluar().await.len()), (1, 1));
}

async fn of_32_at_one_time_one_gets_the_guru(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let results = at_once(|n| {
        let (store, guru) = (Arc::clone(&school.store), guru.clone());
        let tamu = TamuOf::Baru(tamu_baru("Dewi", &format!("0812 3456 10{n:02}")));
        async move { store.janji_temu().create(janji_baru(&guru, tamu, at("09:00"))).await }
    })
    .await;
    let (made, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!(made.len(), 1);
    refused.into_iter().for_each(|result| assert_conflict(result, Conflict::Bentrok));
}

async fn what_is_refused_leaves_nothing_behind(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    school.janji(&guru, at("09:00")).await;
    let tamu = TamuOf::Baru(tamu_baru("Dewi", "0812 9999 7890"));
    assert_conflict(
        school.store.janji_temu().create(janji_baru(&guru, tamu, at("09:00"))).await,
        Conflict::Bentrok,
    );
    assert_eq!(
        school.store.tamu().list(None.into(), FIRST_PAGE).await.unwrap().total,
        1,
        "no guest was entered"
    );
    assert_eq!(school.pesan_keluar().await.len(), 1);
}

async fn what_was_entered_is_the_guests_or_the_visits(school: &School) {
    let store = school.store.janji_temu();
    let guru = school.pengguna(Role::Guru).await;
    let budi = NewTamu { instansi: Some("Dinas".to_owned()), ..tamu_baru("Budi", "0812 3456 7890") };
    let waits = made(store.create(janji_baru(&guru, TamuOf::Baru(budi.clone()), at("09:00"))).await);
    let rina = NewTamu {
        nama: "Rina".to_owned(),
        email: Some("r@rumah.example".to_owned()),
        instansi: Some("SMP 3".to_owned()),
        ..budi.clone()
    };
    let other = made(store.create(langsung_baru(&guru, TamuOf::Baru(rina), at("09:10"))).await);
    assert_eq!((other.id_tamu, &*other.nama_tamu, other.nama_tampil()), (waits.id_tamu, "Budi", "Rina"));
    assert_eq!((other.instansi.as_deref(), other.email.as_deref()), (Some("SMP 3"), Some("r@rumah.example")));
    assert_eq!(other.versi, 1);
    let known = school.store.tamu().find(waits.id_tamu).await.unwrap().unwrap();
    assert_eq!((&*known.nama, known.email, known.instansi.as_deref()), ("Budi", None, Some("Dinas")));
    assert_eq!(store.find(waits.id).await.unwrap().as_ref(), Some(&waits), "the guest did not change");

    let susanto = NewTamu { nama: "Budi Susanto".to_owned(), instansi: None, ..budi };
    let same =
        NewJanjiTemu { orang_yang_sama: true, ..langsung_baru(&guru, TamuOf::Baru(susanto), at("09:20")) };
    let same = made(store.create(same).await);
    assert_eq!((&*same.nama_tamu, same.atas_nama, same.versi), ("Budi Susanto", None, 1));
    assert_eq!(same.instansi.as_deref(), Some("Dinas"));
    let after = store.find(waits.id).await.unwrap().unwrap();
    assert_eq!((&*after.nama_tamu, after.versi), ("Budi Susanto", waits.versi + 1), "open ones show it");
    assert_eq!(
        school.store.tamu().list(SearchTerms::new("susanto").into(), FIRST_PAGE).await.unwrap().total,
        1
    );
}
