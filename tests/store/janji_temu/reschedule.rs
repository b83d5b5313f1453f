//! Giving an appointment another time.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use domain::{
    IdJanjiTemu, JanjiTemu, Role, Status, VisitChange, VisitStep,
    perubahan::NewJadwal,
    sesi::{TEMPORARY_PASSWORD_LIFETIME, first_password_end},
    token::Token,
};
use store::{
    Conflict,
    janji_temu::{NewJanjiTemu, Rescheduling, TamuOf},
    pengguna::NewPassword,
};

use crate::school::{School, assert_conflict, at, at_once, janji_baru, langsung_baru, made};

stories![
    an_appointment_gets_another_time_and_code,
    the_time_that_it_has_changes_nothing,
    only_whoever_has_not_come_yet_gets_another_time,
    its_own_old_time_is_never_in_its_way,
    a_taken_guru_is_refused_unless_asked_for,
    an_arrival_decided_for_the_old_time_is_none,
    a_cancellation_holds_whatever_the_time,
    another_time_32_times_at_once_is_one_change,
    of_32_that_want_one_time_at_once_one_gets_it,
    a_hand_over_keeps_the_time_and_clashes_with_the_new_gurus_own,
    an_arrival_and_another_time_at_once_never_mix,
    a_first_password_goes_where_its_visit_goes,
];

pub(crate) fn jadwal_baru(janji: &JanjiTemu, jadwal: DateTime<Utc>) -> NewJadwal {
    NewJadwal {
        id: janji.id,
        dari_guru: janji.id_guru,
        id_guru: janji.id_guru,
        jadwal,
        durasi_menit: janji.durasi_menit,
        kode_expiry: jadwal + Duration::days(14),
        izinkan_bentrok: false,
        waktu: at("00:30"),
    }
}

async fn reschedule(school: &School, baru: NewJadwal) -> store::Result<Option<Rescheduling>> {
    school.store.janji_temu().reschedule(baru).await
}

#[track_caller]
fn moved(result: store::Result<Option<Rescheduling>>) -> JanjiTemu {
    match result.unwrap() {
        Some(Rescheduling::Diubah(janji)) => janji,
        other => panic!("it was not moved: {other:?}"),
    }
}

/// How often guests were told an appointment's time.
async fn invitations(school: &School, id: IdJanjiTemu) -> usize {
    let queue = school.pesan_keluar().await;
    queue.iter().filter(|row| **row == ("undangan".to_owned(), id)).count()
}

async fn an_appointment_gets_another_time_and_code(school: &School) {
    let janji = school.janji(&school.pengguna(Role::Guru).await, at("09:00")).await;
    let tomorrow = at("10:15") + Duration::days(1);
    let baru = NewJadwal { durasi_menit: 45, ..jadwal_baru(&janji, tomorrow) };
    let expiry = baru.kode_expiry;
    let after = moved(reschedule(school, baru).await);
    let token = school.kunci.qr.verify(&after.kode_qr).unwrap();
    assert_eq!(token, Token::janji_temu(janji.id, expiry));
    let old = school.kunci.qr.verify(&janji.kode_qr).unwrap();
    assert_eq!(old.subject, token.subject, "the old code stands for the same appointment");
    let expected = JanjiTemu {
        jadwal: tomorrow,
        durasi_menit: 45,
        versi: 2,
        kode_qr: after.kode_qr.clone(),
        ..janji.clone()
    };
    assert_eq!(after, expected, "nothing else changes");
    assert_ne!(after.kode_qr, janji.kode_qr);
    assert_eq!(school.store.janji_temu().find(janji.id).await.unwrap(), Some(after));
    assert_eq!(invitations(school, janji.id).await, 1, "what waits is written with the new time");
}

async fn the_time_that_it_has_changes_nothing(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let janji = school.janji(&guru, at("09:00")).await;
    let baru = jadwal_baru(&janji, at("11:00"));
    let after = moved(reschedule(school, baru.clone()).await);
    let clashing =
        NewJanjiTemu { izinkan_bentrok: true, ..janji_baru(&guru, TamuOf::Id(janji.id_tamu), at("11:00")) };
    made(school.store.janji_temu().create(clashing).await);
    let again = [
        baru.clone(),
        NewJadwal { izinkan_bentrok: true, ..baru.clone() },
        NewJadwal { jadwal: at("11:00") + Duration::microseconds(20), ..baru },
    ];
    for baru in again {
        let result = reschedule(school, baru).await.unwrap();
        assert_eq!(result, Some(Rescheduling::Tetap(after.clone())), "it stands there already");
    }
    assert_eq!(invitations(school, janji.id).await, 1, "what waits is written with the new time");
}

async fn only_whoever_has_not_come_yet_gets_another_time(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let ways: [&[VisitStep]; 5] = [
        &[VisitStep::Datang { terlambat: false, di_meja: true }],
        &[VisitStep::Datang { terlambat: false, di_meja: true }, VisitStep::Mulai],
        &[
            VisitStep::Datang { terlambat: false, di_meja: true },
            VisitStep::Pulang { waktu_selesai: at("10:00"), di_meja: true },
        ],
        &[VisitStep::Batal { alasan: None, oleh_tamu: false }],
        &[VisitStep::TidakHadir { alasan: None }],
    ];
    for (day, way) in (1..).zip(ways) {
        let jadwal = at("09:00") + Duration::days(day);
        let mut janji = school.janji(&guru, jadwal).await;
        for langkah in way {
            janji = school.step(&janji, langkah.clone(), jadwal).await;
        }
        let before = school.pesan_keluar().await;
        for jadwal in [jadwal, jadwal + Duration::hours(2)] {
            let baru = NewJadwal { izinkan_bentrok: true, ..jadwal_baru(&janji, jadwal) };
            assert_eq!(reschedule(school, baru).await.unwrap(), None, "{way:?}");
        }
        assert_eq!(school.store.janji_temu().find(janji.id).await.unwrap(), Some(janji), "{way:?}");
        assert_eq!(school.pesan_keluar().await, before, "{way:?}");
    }
    let janji = school.janji(&guru, at("09:00")).await;
    let nobodys = NewJadwal { id: IdJanjiTemu(999), ..jadwal_baru(&janji, at("10:00")) };
    assert_eq!(reschedule(school, nobodys).await.unwrap(), None);
    let other = school.pengguna(Role::Guru).await;
    let of_other = NewJadwal { dari_guru: other.id, ..jadwal_baru(&janji, at("10:00")) };
    assert_eq!(reschedule(school, of_other).await.unwrap(), None, "it is another guru's");
}

async fn its_own_old_time_is_never_in_its_way(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let janji = school.janji(&guru, at("09:00")).await;
    let mut versi = janji.versi;
    for (jadwal, durasi_menit) in [("09:15", 30), ("08:50", 30), ("08:50", 60), ("08:55", 5)] {
        let baru = NewJadwal { durasi_menit, ..jadwal_baru(&janji, at(jadwal)) };
        let after = moved(reschedule(school, baru).await);
        versi += 1;
        assert_eq!((after.jadwal, after.durasi_menit, after.versi), (at(jadwal), durasi_menit, versi));
    }
    school.janji(&guru, at("09:00")).await;
}

async fn a_taken_guru_is_refused_unless_asked_for(school: &School) {
    let store = school.store.janji_temu();
    let (guru, other) = (school.pengguna(Role::Guru).await, school.pengguna(Role::Guru).await);
    let janji = school.janji(&guru, at("06:00")).await;
    school.janji(&guru, at("09:00")).await;
    let off = school.janji(&guru, at("10:00")).await;
    school.step(&off, VisitStep::Batal { alasan: None, oleh_tamu: false }, at("08:00")).await;
    school.janji(&other, at("12:00")).await;
    made(store.create(langsung_baru(&guru, TamuOf::Id(janji.id_tamu), at("14:00"))).await);
    for jadwal in ["08:31", "09:00", "09:29", "13:45"] {
        assert_conflict(reschedule(school, jadwal_baru(&janji, at(jadwal))).await, Conflict::Bentrok);
    }
    let long = NewJadwal { durasi_menit: 480, ..jadwal_baru(&janji, at("01:01")) };
    assert_conflict(reschedule(school, long).await, Conflict::Bentrok);
    assert_eq!(store.find(janji.id).await.unwrap().as_ref(), Some(&janji), "nothing was changed");
    assert_eq!(invitations(school, janji.id).await, 1);
    for jadwal in ["09:30", "08:30", "10:00", "12:00"] {
        moved(reschedule(school, jadwal_baru(&janji, at(jadwal))).await);
    }
    let wanted = NewJadwal { izinkan_bentrok: true, ..jadwal_baru(&janji, at("09:10")) };
    assert_eq!(moved(reschedule(school, wanted).await).jadwal, at("09:10"));
}

async fn an_arrival_decided_for_the_old_time_is_none(school: &School) {
    let store = school.store.janji_temu();
    let seen = school.janji(&school.pengguna(Role::Guru).await, at("09:00")).await;
    let now = moved(reschedule(school, jadwal_baru(&seen, at("09:00") + Duration::days(1))).await);
    for langkah in
        [VisitStep::Datang { terlambat: false, di_meja: true }, VisitStep::TidakHadir { alasan: None }]
    {
        let step = VisitChange::of(&seen, Some(langkah), None, at("09:00"));
        assert_eq!(store.apply(step).await.unwrap(), None, "it was decided for another time");
    }
    assert_eq!(store.find(seen.id).await.unwrap().as_ref(), Some(&now), "nothing was changed");
    let step =
        VisitChange::of(&now, Some(VisitStep::Datang { terlambat: false, di_meja: true }), None, now.jadwal);
    assert_eq!(store.apply(step).await.unwrap().unwrap().status, Status::Menunggu);
}

async fn a_cancellation_holds_whatever_the_time(school: &School) {
    let seen = school.janji(&school.pengguna(Role::Guru).await, at("09:00")).await;
    moved(reschedule(school, jadwal_baru(&seen, at("11:00"))).await);
    let step =
        VisitChange::of(&seen, Some(VisitStep::Batal { alasan: None, oleh_tamu: false }), None, at("08:00"));
    let off = school.store.janji_temu().apply(step).await.unwrap().unwrap();
    assert_eq!((off.status, off.jadwal, off.versi), (Status::Batal, at("11:00"), 3));
}

async fn another_time_32_times_at_once_is_one_change(school: &School) {
    let janji = school.janji(&school.pengguna(Role::Guru).await, at("09:00")).await;
    let results = at_once(|n| {
        let (store, baru) = (Arc::clone(&school.store), jadwal_baru(&janji, at("11:00")));
        let baru = NewJadwal { izinkan_bentrok: n % 2 == 0, ..baru };
        async move { store.janji_temu().reschedule(baru).await.unwrap().unwrap() }
    })
    .await;
    let changed = results.iter().filter(|result| matches!(result, Rescheduling::Diubah(_))).count();
    assert_eq!(changed, 1, "one moves it, the others are told of it");
    let now = school.store.janji_temu().find(janji.id).await.unwrap().unwrap();
    assert_eq!((now.jadwal, now.versi), (at("11:00"), 2));
    assert_eq!(invitations(school, janji.id).await, 1);
}

async fn of_32_that_want_one_time_at_once_one_gets_it(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let mut all = Vec::new();
    for n in 0..32 {
        all.push(school.janji(&guru, at("09:00") + Duration::days(1 + n)).await);
    }
    let results = at_once(|n| {
        let (store, baru) = (Arc::clone(&school.store), jadwal_baru(&all[n], at("09:00")));
        async move { store.janji_temu().reschedule(baru).await }
    })
    .await;
    let (changed, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!(changed.len(), 1);
    refused.into_iter().for_each(|result| assert_conflict(result, Conflict::Bentrok));
}

async fn an_arrival_and_another_time_at_once_never_mix(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    for day in 0..8 {
        let seen = school.janji(&guru, at("09:00") + Duration::days(day)).await;
        let (later, arrival) =
            (seen.jadwal + Duration::hours(3), VisitStep::Datang { terlambat: false, di_meja: true });
        let results = at_once(|n| {
            let (store, baru) = (Arc::clone(&school.store), jadwal_baru(&seen, later));
            let step = VisitChange::of(&seen, Some(arrival.clone()), None, seen.jadwal);
            async move {
                match n % 2 {
                    0 => ("moved", store.janji_temu().reschedule(baru).await.unwrap().is_some()),
                    _ => ("arrived", store.janji_temu().apply(step).await.unwrap().is_some()),
                }
            }
        })
        .await;
        let now = school.store.janji_temu().find(seen.id).await.unwrap().unwrap();
        let count = |what| results.iter().filter(|result| **result == (what, true)).count();
        let (moves, arrivals) = (count("moved"), count("arrived"));
        match now.status {
            Status::Menunggu => assert_eq!((now.jadwal, arrivals, moves), (seen.jadwal, 1, 0)),
            _ => assert_eq!((now.status, now.jadwal, arrivals, moves), (Status::Belum, later, 0, 16)),
        }
        assert_eq!(now.versi, 2, "one of them happened, once");
    }
}

async fn a_first_password_goes_where_its_visit_goes(school: &School) {
    let guru = school.pengguna(Role::Guru).await;
    let janji = school.janji(&guru, at("09:00")).await;
    let other = made(
        school.store.janji_temu().create(janji_baru(&guru, TamuOf::Id(janji.id_tamu), at("11:00"))).await,
    );
    // A temporary one that ends with the first visit, as if it had come with the invitation.
    let waktu = first_password_end(janji.jadwal, janji.durasi_menit) - TEMPORARY_PASSWORD_LIFETIME;
    let baru = NewPassword { hash: "satu".to_owned(), sementara: true, lama: None, rahasia: None, waktu };
    school.store.tamu().update_password(janji.id_tamu, baru).await.unwrap();
    let end = async || {
        let kept = school.store.tamu().find_kredensial_by_id(janji.id_tamu).await.unwrap().unwrap();
        kept.password_sampai.unwrap()
    };
    for time in ["15:00", "08:00"] {
        moved(reschedule(school, jadwal_baru(&janji, at(time))).await);
        assert_eq!(end().await, first_password_end(at(time), janji.durasi_menit), "{time}");
    }
    moved(reschedule(school, jadwal_baru(&other, at("17:00"))).await);
    assert_eq!(end().await, first_password_end(at("08:00"), janji.durasi_menit), "it is not of that visit");
}

async fn a_hand_over_keeps_the_time_and_clashes_with_the_new_gurus_own(school: &School) {
    let (first, second) = (school.pengguna(Role::Guru).await, school.pengguna(Role::Guru).await);
    let janji = school.janji(&first, at("10:00")).await;
    let taken = school.janji(&second, at("10:15")).await;
    let over = NewJadwal { id_guru: second.id, ..jadwal_baru(&janji, janji.jadwal) };
    assert_conflict(reschedule(school, over.clone()).await, Conflict::Bentrok);
    let over = NewJadwal { izinkan_bentrok: true, ..over };
    let Some(Rescheduling::Diubah(row)) = reschedule(school, over.clone()).await.unwrap() else {
        panic!("it was handed over");
    };
    assert_eq!((row.id_guru, row.jadwal, row.id), (second.id, janji.jadwal, janji.id));
    let again = NewJadwal { dari_guru: second.id, ..over.clone() };
    assert!(matches!(reschedule(school, again).await, Ok(Some(Rescheduling::Tetap(_)))));
    let late = NewJadwal { id_guru: first.id, ..over };
    let late = NewJadwal { dari_guru: first.id, id: taken.id, ..late };
    assert!(matches!(reschedule(school, late).await, Ok(None)), "it was never the first one's");
}
