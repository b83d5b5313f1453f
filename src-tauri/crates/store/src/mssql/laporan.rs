//! Rows for reports and the dashboard.

use async_trait::async_trait;
use chrono::DateTime;
use domain::{Damage, IdPengguna, jadwal::Span, laporan::ReportRow, rusak};
use tiberius::Row;

use super::{
    MssqlStore,
    engine::{Patience, Statement},
    row::{bit, int, small_opt, text, waktu, waktu_opt, word},
};
use crate::{LaporanStore, Result, seen::Seen};

#[async_trait]
impl LaporanStore for MssqlStore {
    async fn list_baris(&self, span: Span) -> Result<Vec<ReportRow>> {
        // Two questions, each of which has its index; what was scheduled and came in the span is in the first only.
        let statement = Statement::new(
            "SELECT b.*, g.nama AS nama_guru
            FROM (
                SELECT id, id_guru, jadwal, jenis, status, terlambat, waktu_datang, waktu_mulai, rating
                FROM dbo.janji_temu
                WHERE jadwal >= @dari AND jadwal < @sampai
                UNION ALL
                SELECT id, id_guru, jadwal, jenis, status, terlambat, waktu_datang, waktu_mulai, rating
                FROM dbo.janji_temu
                WHERE waktu_datang >= @dari AND waktu_datang < @sampai
                    AND (jadwal < @dari OR jadwal >= @sampai)
            ) AS b
            INNER JOIN dbo.pengguna AS g ON g.id = b.id_guru
            ORDER BY b.jadwal, b.id",
        );
        let statement = statement.bind("dari", span.start).bind("sampai", span.end);
        let answer = self.engine.read(statement.patience(Patience::ManyRows)).await?;
        answer.rows().iter().map(from_row).collect()
    }

    async fn has_undangan(&self) -> Result<bool> {
        let statement = Statement::new("SELECT TOP (1) id FROM dbo.janji_temu WHERE jenis = N'janji'");
        Ok(self.engine.read(statement).await?.first().is_some())
    }
}

fn from_row(row: &Row) -> Result<ReportRow> {
    let mut seen = Seen::of("janji_temu", int(row, "id")?);
    let mut baris = ReportRow {
        id_guru: IdPengguna(int(row, "id_guru")?),
        nama_guru: seen.text("nama_guru", text(row, "nama_guru")),
        jadwal: seen.decides("jadwal", waktu(row, "jadwal"), DateTime::UNIX_EPOCH),
        jenis: seen.decides("jenis", word(row, "jenis"), rusak::JENIS),
        status: seen.decides("status", word(row, "status"), rusak::STATUS),
        terlambat: seen.decides("terlambat", bit(row, "terlambat"), false),
        waktu_datang: seen.decides("waktu_datang", waktu_opt(row, "waktu_datang"), None),
        waktu_mulai: seen.optional("waktu_mulai", waktu_opt(row, "waktu_mulai")),
        rating: seen.optional("rating", small_opt(row, "rating")),
        rusak: false,
    };
    baris.rusak = seen.rusak() == Damage::Pokok;
    Ok(baris)
}
