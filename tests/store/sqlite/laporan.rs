//! Reports over more rows than are read at once.

use chrono::NaiveDate;
use domain::{
    Role, Setelan,
    laporan::{Figures, Period, VisitPlace},
};

use crate::school::{School, at};

const ROWS: u32 = 9_001;

#[tokio::test]
async fn rows_of_the_same_time_are_each_counted_once() {
    let school = School::on_sqlite();
    let guru = school.pengguna(Role::Guru).await;
    school.arrival(&guru).await;
    let conn = rusqlite::Connection::open(school.path()).unwrap();
    // Half of them were scheduled on another day.
    conn.execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
        INSERT INTO janji_temu (
            id_guru, id_tamu, keperluan, jadwal, durasi_menit, jenis, status, waktu_datang, dibuat_oleh, dibuat_pada
        )
        SELECT id_guru, id_tamu, 'rapor', ?2 - (i % 2) * 86400000 * 3, 30, 'janji', 'selesai', ?2, id_guru, ?2
        FROM janji_temu, n WHERE janji_temu.id = 1",
        (ROWS - 1, at("09:00").timestamp_millis()),
    )
    .unwrap();
    let periode = Period::harian(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap());
    let zone = Setelan::default().zona_waktu;
    let store = school.store.laporan();
    let laporan = store.add_up(Figures::new(periode, zone)).await.unwrap().finish(None);
    assert_eq!((laporan.jumlah_kunjungan, laporan.per_status["selesai"]), (ROWS, (ROWS - 1) / 2));
    let span = periode.span(zone);
    let (mut after, mut seen) = (VisitPlace::before(span), std::collections::BTreeSet::new());
    loop {
        let visits = store.list_kunjungan(span, after).await.unwrap();
        let Some(last) = visits.last() else { break };
        after = VisitPlace::of(last);
        assert!(visits.iter().all(|visit| seen.insert(visit.id)));
    }
    assert_eq!(seen.len(), ROWS as usize);
    school.store.close().await;
}
