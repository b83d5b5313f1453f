//! Rows for reports and the dashboard. Long spans are read some rows at a time, so that other readers get their turn
//! and the write-ahead log is not kept from being tidied up.

use async_trait::async_trait;
use chrono::DateTime;
use domain::{
    Damage, IdPengguna,
    jadwal::Span,
    laporan::{Figures, ReportRow, Visit, VisitPlace},
    rusak,
};
use rusqlite::{Connection, Row, named_params};

use super::{
    SqliteStore,
    row::{ms, waktu, waktu_opt, word},
};
use crate::{LaporanStore, Result, laporan::ROWS_AT_ONCE, seen::Seen};

#[async_trait]
impl LaporanStore for SqliteStore {
    async fn list_baris(&self, span: Span) -> Result<Vec<ReportRow>> {
        self.read(move |conn, _| {
            let mut rows = Vec::new();
            for part in Part::BOTH {
                part.read(conn, span, part.start(span), -1, |row| rows.push(row))?;
            }
            rows.sort_by_key(|row| row.jadwal);
            Ok(rows)
        })
        .await
    }

    async fn add_up(&self, mut figures: Figures) -> Result<Figures> {
        for part in Part::BOTH {
            let mut next = Some(part.start(figures.span()));
            while let Some(after) = next {
                (figures, next) = self
                    .read(move |conn, _| {
                        let span = figures.span();
                        let next =
                            part.read(conn, span, after, ROWS_AT_ONCE.into(), |row| figures.add(&row))?;
                        Ok((figures, next))
                    })
                    .await?;
            }
        }
        Ok(figures)
    }

    async fn count_kunjungan(&self, span: Span) -> Result<u64> {
        self.read(move |conn, _| {
            let sql = "SELECT COUNT(*) FROM janji_temu WHERE waktu_datang >= ?1 AND waktu_datang < ?2";
            let count: i64 =
                conn.prepare_cached(sql)?.query_row((ms(span.start), ms(span.end)), |row| row.get(0))?;
            Ok(count.unsigned_abs())
        })
        .await
    }

    async fn list_kunjungan(&self, span: Span, after: VisitPlace) -> Result<Vec<Visit>> {
        self.read(move |conn, _| {
            let mut statement = conn.prepare_cached(
                "SELECT
                    j.id, j.jadwal, j.waktu_datang, j.waktu_mulai, j.waktu_selesai,
                    COALESCE(j.atas_nama, t.nama) AS nama_tamu, COALESCE(j.instansi, t.instansi) AS instansi,
                    j.jumlah_orang, g.nama AS nama_guru, j.keperluan, j.jenis, j.status, j.terlambat, j.rating
                FROM janji_temu AS j
                LEFT JOIN pengguna AS g ON g.id = j.id_guru
                LEFT JOIN tamu AS t ON t.id = j.id_tamu
                WHERE j.waktu_datang >= :datang AND j.waktu_datang < :sampai
                    AND (j.waktu_datang > :datang OR j.id > :id)
                ORDER BY j.waktu_datang, j.id LIMIT :limit",
            )?;
            let params = named_params! {
                ":datang": ms(after.waktu_datang), ":id": after.id, ":sampai": ms(span.end),
                ":limit": ROWS_AT_ONCE,
            };
            let rows = statement.query_map(params, visit)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
        .await
    }

    async fn has_undangan(&self) -> Result<bool> {
        self.read(|conn, _| {
            let sql = "SELECT EXISTS (SELECT 1 FROM janji_temu WHERE jenis = 'janji')";
            Ok(conn.prepare_cached(sql)?.query_row((), |row| row.get(0))?)
        })
        .await
    }
}

/// The two questions that a report asks, each of which has its index. No row is in the answers to both.
#[derive(Clone, Copy)]
enum Part {
    /// What was scheduled in the span.
    Scheduled,
    /// What was scheduled outside, and came in the span.
    OnlyArrived,
}

impl Part {
    const BOTH: [Self; 2] = [Self::Scheduled, Self::OnlyArrived];

    const fn order(self) -> &'static str {
        match self {
            Self::Scheduled => "jadwal",
            Self::OnlyArrived => "waktu_datang",
        }
    }

    const fn condition(self) -> &'static str {
        match self {
            Self::Scheduled => ":dari <= :sampai",
            Self::OnlyArrived => "(j.jadwal < :dari OR j.jadwal >= :sampai)",
        }
    }

    /// The place before the first row.
    fn start(self, span: Span) -> (i64, i64) {
        (ms(span.start), i64::MIN)
    }

    /// Reads at most so many rows after a place. Gives the place of the last; `None` if there are no more.
    fn read(
        self,
        conn: &Connection,
        span: Span,
        (waktu, id): (i64, i64),
        limit: i64,
        mut take: impl FnMut(ReportRow),
    ) -> Result<Option<(i64, i64)>> {
        let (order, condition) = (self.order(), self.condition());
        let mut statement = conn.prepare_cached(&format!(
            "SELECT
                j.id, j.{order} AS urut, j.id_guru, g.nama AS nama_guru, g.jabatan AS jabatan_guru, j.keperluan,
                j.jadwal, j.jenis, j.status, j.jumlah_orang, j.terlambat, j.waktu_datang, j.waktu_mulai, j.rating
            FROM janji_temu AS j
            INNER JOIN pengguna AS g ON g.id = j.id_guru
            WHERE j.{order} >= :waktu AND j.{order} < :sampai AND (j.{order} > :waktu OR j.id > :id)
                AND {condition}
            ORDER BY j.{order}, j.id LIMIT :limit"
        ))?;
        let mut rows = statement.query(named_params! {
            ":dari": ms(span.start), ":sampai": ms(span.end), ":waktu": waktu, ":id": id, ":limit": limit,
        })?;
        let (mut count, mut last) = (0, None);
        while let Some(row) = rows.next()? {
            count += 1;
            last = Some((row.get("urut")?, row.get("id")?));
            take(from_row(row)?);
        }
        Ok(last.filter(|_| count == limit))
    }
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<ReportRow> {
    let mut seen = Seen::of("janji_temu", row.get("id")?);
    let mut baris = ReportRow {
        id_guru: IdPengguna(row.get("id_guru")?),
        nama_guru: seen.text("nama_guru", row.get("nama_guru")),
        jabatan_guru: seen.optional("jabatan_guru", row.get("jabatan_guru")),
        keperluan: seen.text("keperluan", row.get("keperluan")),
        jadwal: seen.decides("jadwal", waktu(row, "jadwal"), DateTime::UNIX_EPOCH),
        jenis: seen.decides("jenis", word(row, "jenis"), rusak::JENIS),
        status: seen.decides("status", word(row, "status"), rusak::STATUS),
        jumlah_orang: seen.shown("jumlah_orang", row.get("jumlah_orang"), 1),
        terlambat: seen.decides("terlambat", row.get("terlambat"), false),
        waktu_datang: seen.decides("waktu_datang", waktu_opt(row, "waktu_datang"), None),
        waktu_mulai: seen.optional("waktu_mulai", waktu_opt(row, "waktu_mulai")),
        rating: seen.optional("rating", row.get("rating")),
        rusak: false,
    };
    baris.rusak = seen.rusak() == Damage::Pokok;
    Ok(baris)
}

fn visit(row: &Row<'_>) -> rusqlite::Result<Visit> {
    let id = row.get("id")?;
    let mut seen = Seen::of("janji_temu", id);
    let waktu_datang = waktu(row, "waktu_datang")?;
    Ok(Visit {
        id,
        jadwal: seen.shown("jadwal", waktu(row, "jadwal"), waktu_datang),
        waktu_datang,
        waktu_mulai: seen.optional("waktu_mulai", waktu_opt(row, "waktu_mulai")),
        waktu_selesai: seen.optional("waktu_selesai", waktu_opt(row, "waktu_selesai")),
        nama_tamu: seen.name_of("id_tamu", "nama_tamu", row.get("nama_tamu")),
        instansi: seen.optional("instansi", row.get("instansi")),
        jumlah_orang: seen.shown("jumlah_orang", row.get("jumlah_orang"), 1),
        nama_guru: seen.name_of("id_guru", "nama_guru", row.get("nama_guru")),
        keperluan: seen.text("keperluan", row.get("keperluan")),
        jenis: seen.optional("jenis", word(row, "jenis").map(Some)),
        status: seen.optional("status", word(row, "status").map(Some)),
        terlambat: seen.shown("terlambat", row.get("terlambat"), false),
        rating: seen.optional("rating", row.get("rating")),
    })
}
