//! Rows for reports and the dashboard. Long spans are read some rows at a time.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    Damage, IdPengguna,
    jadwal::Span,
    laporan::{Figures, ReportRow, Visit, VisitPlace},
    rusak,
};
use tiberius::Row;

use super::{
    MssqlStore,
    engine::{Patience, Statement},
    row::{bit, count, int, small, small_opt, text, text_opt, waktu, waktu_opt, word},
};
use crate::{LaporanStore, Result, laporan::ROWS_AT_ONCE, seen::Seen};

#[async_trait]
impl LaporanStore for MssqlStore {
    async fn list_baris(&self, span: Span) -> Result<Vec<ReportRow>> {
        let mut rows = Vec::new();
        for part in Part::BOTH {
            let mut next = Some(part.start(span));
            while let Some(after) = next {
                next = self.read_part(part, span, after, |row| rows.push(row)).await?;
            }
        }
        rows.sort_by_key(|row: &ReportRow| row.jadwal);
        Ok(rows)
    }

    async fn add_up(&self, mut figures: Figures) -> Result<Figures> {
        let span = figures.span();
        for part in Part::BOTH {
            let mut next = Some(part.start(span));
            while let Some(after) = next {
                next = self.read_part(part, span, after, |row| figures.add(&row)).await?;
            }
        }
        Ok(figures)
    }

    async fn count_kunjungan(&self, span: Span) -> Result<u64> {
        let statement = Statement::new(
            "SELECT COUNT_BIG(*) AS jumlah FROM dbo.janji_temu
            WHERE waktu_datang >= @dari AND waktu_datang < @sampai",
        );
        let statement = statement.bind("dari", span.start).bind("sampai", span.end);
        count(self.engine.read(statement.patience(Patience::ManyRows)).await?.one()?, "jumlah")
    }

    async fn list_kunjungan(&self, span: Span, after: VisitPlace) -> Result<Vec<Visit>> {
        let statement = Statement::new(
            "SELECT TOP (@limit)
                j.id, j.jadwal, j.waktu_datang, j.waktu_mulai, j.waktu_selesai,
                COALESCE(j.atas_nama, t.nama) AS nama_tamu, COALESCE(j.instansi, t.instansi) AS instansi,
                j.jumlah_orang, g.nama AS nama_guru, j.keperluan, j.jenis, j.status, j.terlambat, j.rating
            FROM dbo.janji_temu AS j
            LEFT JOIN dbo.pengguna AS g ON g.id = j.id_guru
            LEFT JOIN dbo.tamu AS t ON t.id = j.id_tamu
            WHERE j.waktu_datang >= @datang AND j.waktu_datang < @sampai
                AND (j.waktu_datang > @datang OR j.id > @id)
            ORDER BY j.waktu_datang, j.id",
        )
        .bind("limit", i64::from(ROWS_AT_ONCE))
        .bind("datang", after.waktu_datang)
        .bind("sampai", span.end)
        .bind("id", after.id);
        let answer = self.engine.read(statement.patience(Patience::ManyRows)).await?;
        answer.rows().iter().map(visit).collect()
    }

    async fn has_undangan(&self) -> Result<bool> {
        let statement = Statement::new("SELECT TOP (1) id FROM dbo.janji_temu WHERE jenis = N'janji'");
        Ok(self.engine.read(statement).await?.first().is_some())
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

/// A place among the rows: the time that they are ordered by, and the identity.
type Place = (DateTime<Utc>, i64);

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
            Self::Scheduled => "",
            Self::OnlyArrived => "AND (j.jadwal < @dari OR j.jadwal >= @sampai)",
        }
    }

    /// The place before the first row.
    const fn start(self, span: Span) -> Place {
        (span.start, i64::MIN)
    }
}

impl MssqlStore {
    /// Reads some rows after a place. Gives the place of the last; `None` if there are no more.
    async fn read_part(
        &self,
        part: Part,
        span: Span,
        (waktu_urut, id): Place,
        mut take: impl FnMut(ReportRow) + Send,
    ) -> Result<Option<Place>> {
        let (order, condition) = (part.order(), part.condition());
        let statement = Statement::new(format!(
            "SELECT TOP (@limit)
                j.id, j.{order} AS urut, j.id_guru, g.nama AS nama_guru, g.jabatan AS jabatan_guru, j.keperluan,
                j.jadwal, j.jenis, j.status, j.jumlah_orang, j.terlambat, j.waktu_datang, j.waktu_mulai, j.rating
            FROM dbo.janji_temu AS j
            INNER JOIN dbo.pengguna AS g ON g.id = j.id_guru
            WHERE j.{order} >= @waktu AND j.{order} < @sampai AND (j.{order} > @waktu OR j.id > @id) {condition}
            ORDER BY j.{order}, j.id"
        ))
        .bind("limit", i64::from(ROWS_AT_ONCE))
        .bind("dari", span.start)
        .bind("sampai", span.end)
        .bind("waktu", waktu_urut)
        .bind("id", id);
        let answer = self.engine.read(statement.patience(Patience::ManyRows)).await?;
        let rows = answer.rows();
        for row in rows {
            take(from_row(row)?);
        }
        match rows.last() {
            Some(last) if rows.len() == ROWS_AT_ONCE as usize => {
                Ok(Some((waktu(last, "urut")?, int(last, "id")?)))
            }
            _ => Ok(None),
        }
    }
}

fn from_row(row: &Row) -> Result<ReportRow> {
    let mut seen = Seen::of("janji_temu", int(row, "id")?);
    let mut baris = ReportRow {
        id_guru: IdPengguna(int(row, "id_guru")?),
        nama_guru: seen.text("nama_guru", text(row, "nama_guru")),
        jabatan_guru: seen.optional("jabatan_guru", text_opt(row, "jabatan_guru")),
        keperluan: seen.text("keperluan", text(row, "keperluan")),
        jadwal: seen.decides("jadwal", waktu(row, "jadwal"), DateTime::UNIX_EPOCH),
        jenis: seen.decides("jenis", word(row, "jenis"), rusak::JENIS),
        status: seen.decides("status", word(row, "status"), rusak::STATUS),
        jumlah_orang: seen.shown("jumlah_orang", small(row, "jumlah_orang"), 1),
        terlambat: seen.decides("terlambat", bit(row, "terlambat"), false),
        waktu_datang: seen.decides("waktu_datang", waktu_opt(row, "waktu_datang"), None),
        waktu_mulai: seen.optional("waktu_mulai", waktu_opt(row, "waktu_mulai")),
        rating: seen.optional("rating", small_opt(row, "rating")),
        rusak: false,
    };
    baris.rusak = seen.rusak() == Damage::Pokok;
    Ok(baris)
}

fn visit(row: &Row) -> Result<Visit> {
    let id = int(row, "id")?;
    let mut seen = Seen::of("janji_temu", id);
    let waktu_datang = waktu(row, "waktu_datang")?;
    Ok(Visit {
        id,
        jadwal: seen.shown("jadwal", waktu(row, "jadwal"), waktu_datang),
        waktu_datang,
        waktu_mulai: seen.optional("waktu_mulai", waktu_opt(row, "waktu_mulai")),
        waktu_selesai: seen.optional("waktu_selesai", waktu_opt(row, "waktu_selesai")),
        nama_tamu: seen.name_of("id_tamu", "nama_tamu", text_opt(row, "nama_tamu")),
        instansi: seen.optional("instansi", text_opt(row, "instansi")),
        jumlah_orang: seen.shown("jumlah_orang", small(row, "jumlah_orang"), 1),
        nama_guru: seen.name_of("id_guru", "nama_guru", text_opt(row, "nama_guru")),
        keperluan: seen.text("keperluan", text(row, "keperluan")),
        jenis: seen.optional("jenis", word(row, "jenis").map(Some)),
        status: seen.optional("status", word(row, "status").map(Some)),
        terlambat: seen.shown("terlambat", bit(row, "terlambat"), false),
        rating: seen.optional("rating", small_opt(row, "rating")),
    })
}
