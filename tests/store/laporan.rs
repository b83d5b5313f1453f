//! Stories of reports.

use chrono::NaiveDate;
use domain::{
    Jenis, Role, Setelan, Status, VisitStep,
    jadwal::Span,
    laporan::{Period, VisitPlace, summarise},
    pesan::{JenisPesan, Tentang},
};
use store::{PageRequest, janji_temu::TamuOf, laporan::report};

use crate::school::{School, at, langsung_baru, made};

stories![
    a_period_has_what_was_scheduled_or_came_in_it,
    a_report_adds_up_what_the_period_has,
    visits_come_in_the_order_of_their_arrivals,
    whether_anybody_was_ever_invited,
    a_report_is_queued_once_for_each_admin_and_period,
    an_admin_is_told_of_backups_once_a_day,
    a_logo_is_kept_and_goes,
];

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

fn today() -> Period {
    Period::harian(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap())
}

async fn a_report_adds_up_what_the_period_has(school: &School) {
    let zone = Setelan::default().zona_waktu;
    let guru = school.pengguna(Role::Guru).await;
    for time in ["07:00", "08:00", "10:30", "12:00"] {
        school.janji(&guru, at(time)).await;
    }
    let here = school.arrival(&guru).await;
    school.step(&here, VisitStep::Mulai, at("09:05")).await;
    let laporan = report(&*school.store, today(), zone).await.unwrap();
    let rows = school.store.laporan().list_baris(today().span(zone)).await.unwrap();
    assert_eq!(laporan, summarise(today(), &rows, zone));
    assert_eq!((laporan.jumlah_kunjungan, laporan.jumlah_orang, rows.len()), (1, 1, 5));
    assert_eq!((laporan.per_guru[0].jumlah_janji, laporan.per_keperluan[0].jumlah), (5, 1));
}

async fn visits_come_in_the_order_of_their_arrivals(school: &School) {
    let store = school.store.laporan();
    let guru = school.pengguna(Role::Guru).await;
    school.janji(&guru, at("15:00")).await;
    let first = school.arrival(&guru).await;
    let second = school.arrival(&guru).await;
    let span = Span { start: at("00:00"), end: at("23:00") };
    assert_eq!(store.count_kunjungan(span).await.unwrap(), 2);
    let visits = store.list_kunjungan(span, VisitPlace::before(span)).await.unwrap();
    assert_eq!(visits.iter().map(|visit| visit.id).collect::<Vec<_>>(), [first.id.0, second.id.0]);
    assert_eq!((&visits[0].nama_guru, visits[0].status), (&guru.nama, Some(first.status)));
    assert_eq!((&visits[0].nama_tamu, Some(visits[0].waktu_datang)), (&first.nama_tamu, first.waktu_datang));
    let rest = store.list_kunjungan(span, VisitPlace::of(&visits[0])).await.unwrap();
    assert_eq!(rest, visits[1..]);
    assert!(store.list_kunjungan(span, VisitPlace::of(&visits[1])).await.unwrap().is_empty());
}

async fn a_report_is_queued_once_for_each_admin_and_period(school: &School) {
    let store = school.store.pesan();
    let (one, other) = (school.pengguna(Role::Admin).await, school.pengguna(Role::Admin).await);
    let week = Period::mingguan(today().dari);
    assert!(store.queue_laporan(one.id, week, at("07:00")).await.unwrap());
    assert!(!store.queue_laporan(one.id, week, at("07:10")).await.unwrap());
    assert!(store.queue_laporan(other.id, week, at("07:10")).await.unwrap());
    assert!(store.queue_laporan(one.id, Period::bulanan(today().dari), at("07:10")).await.unwrap());
    let leased = store.lease("pekerja", at("08:00"), at("09:00"), 10).await.unwrap();
    assert_eq!(leased.len(), 3);
    assert_eq!(leased[0].tentang, Tentang::Laporan(one.id, week));
    let shown = store.list(Default::default(), PageRequest { nomor: 1, ukuran: 10 }).await.unwrap();
    assert_eq!(shown.data[2].penerima, one.nama);
}

async fn an_admin_is_told_of_backups_once_a_day(school: &School) {
    let store = school.store.pesan();
    let (one, other) = (school.pengguna(Role::Admin).await, school.pengguna(Role::Admin).await);
    let (today, tomorrow) = (today().dari, today().dari.succ_opt().unwrap());
    assert!(store.queue_cadangan(one.id, today, at("07:00")).await.unwrap());
    assert!(!store.queue_cadangan(one.id, today, at("07:10")).await.unwrap());
    assert!(store.queue_cadangan(other.id, today, at("07:10")).await.unwrap());
    assert!(store.queue_cadangan(one.id, tomorrow, at("07:20")).await.unwrap());
    let leased = store.lease("pekerja", at("08:00"), at("09:00"), 10).await.unwrap();
    assert_eq!(leased.len(), 3);
    assert_eq!((leased[0].jenis, leased[0].tentang), (JenisPesan::Cadangan, Tentang::Cadangan(one.id)));
}

async fn a_logo_is_kept_and_goes(school: &School) {
    let store = school.store.logo();
    let versi = async || school.store.setelan().versi().await.unwrap();
    assert_eq!((store.find().await.unwrap(), store.find_time().await.unwrap()), (None, None));
    for (n, png) in [(1, vec![1, 2, 3]), (2, vec![4; 300_000])] {
        assert!(store.update(png.clone(), at("08:00"), None).await.unwrap());
        assert_eq!((store.find().await.unwrap(), versi().await), (Some(png), n));
    }
    assert_eq!(store.find_time().await.unwrap(), Some(at("08:00")));
    // Somebody has looked at other settings.
    assert!(!store.update(vec![5], at("09:00"), Some(1)).await.unwrap());
    assert!(!store.delete(Some(1)).await.unwrap());
    assert_eq!((store.find_time().await.unwrap(), versi().await), (Some(at("08:00")), 2));
    assert!(store.update(vec![5], at("09:00"), Some(2)).await.unwrap());
    assert!(store.delete(Some(3)).await.unwrap());
    assert!(store.delete(None).await.unwrap(), "there is none to take away");
    assert_eq!((store.find().await.unwrap(), versi().await), (None, 4));
}
