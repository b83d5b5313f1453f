//! Stories of reports.

use domain::{Jenis, Role, Status, VisitStep, jadwal::Span};
use store::janji_temu::TamuOf;

use crate::school::{School, at, langsung_baru, made};

stories![a_period_has_what_was_scheduled_or_came_in_it, whether_anybody_was_ever_invited];

async fn a_period_has_what_was_scheduled_or_came_in_it(school: &School) {
    let store = school.store.laporan();
    let guru = school.pengguna(Role::Guru).await;
    let early = school.janji(&guru, at("08:00")).await;
    school.janji(&guru, at("09:00")).await;
    school.janji(&guru, at("12:00")).await;
    let before = school.janji(&guru, at("07:00")).await;
    school.step(&before, VisitStep::Datang { terlambat: false, di_meja: true }, at("07:00")).await;
    let came = school.step(&early, VisitStep::Datang { terlambat: true, di_meja: true }, at("10:00")).await;
    school.step(&came, VisitStep::Mulai, at("10:05")).await;

    let rows = store.list_baris(Span { start: at("09:00"), end: at("12:00") }).await.unwrap();
    assert_eq!(rows.iter().map(|baris| baris.jadwal).collect::<Vec<_>>(), [at("08:00"), at("09:00")]);
    let came = &rows[0];
    assert_eq!((came.id_guru, &came.nama_guru, came.jenis), (guru.id, &guru.nama, Jenis::Janji));
    assert_eq!((came.status, came.terlambat, came.rating), (Status::SedangBerlangsung, true, None));
    assert_eq!((came.waktu_datang, came.waktu_mulai), (Some(at("10:00")), Some(at("10:05"))));
}

async fn whether_anybody_was_ever_invited(school: &School) {
    let store = school.store.laporan();
    let guru = school.pengguna(Role::Guru).await;
    let walk_in = langsung_baru(&guru, TamuOf::Id(school.tamu().await.id), at("09:00"));
    made(school.store.janji_temu().create(walk_in).await);
    assert!(!store.has_undangan().await.unwrap(), "a walk-in was not invited");
    school.janji(&guru, at("15:00")).await;
    assert!(store.has_undangan().await.unwrap());
}
