//! Rows for reports and the dashboard.

use async_trait::async_trait;
use chrono::DateTime;
use domain::{Damage, IdPengguna, jadwal::Span, laporan::ReportRow, rusak};
use rusqlite::{Row, named_params};

use super::{
    SqliteStore,
    row::{ms, waktu, waktu_opt, word},
};
use crate::{LaporanStore, Result, seen::Seen};

#[async_trait]
impl LaporanStore for SqliteStore {
    async fn list_baris(&self, span: Span) -> Result<Vec<ReportRow>> {
        self.read(move |conn, _| {
            let mut statement = conn.prepare_cached(
                "SELECT
                    j.id, j.id_guru, g.nama AS nama_guru, j.jadwal, j.jenis, j.status, j.terlambat,
                    j.waktu_datang, j.waktu_mulai, j.rating
                FROM janji_temu AS j
                INNER JOIN pengguna AS g ON g.id = j.id_guru
                WHERE (j.jadwal >= :dari AND j.jadwal < :sampai)
                    OR (j.waktu_datang >= :dari AND j.waktu_datang < :sampai)
                ORDER BY j.jadwal, j.id",
            )?;
            let params = named_params! { ":dari": ms(span.start), ":sampai": ms(span.end) };
            let rows = statement.query_map(params, from_row)?;
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

fn from_row(row: &Row<'_>) -> rusqlite::Result<ReportRow> {
    let mut seen = Seen::of("janji_temu", row.get("id")?);
    let mut baris = ReportRow {
        id_guru: IdPengguna(row.get("id_guru")?),
        nama_guru: seen.text("nama_guru", row.get("nama_guru")),
        jadwal: seen.decides("jadwal", waktu(row, "jadwal"), DateTime::UNIX_EPOCH),
        jenis: seen.decides("jenis", word(row, "jenis"), rusak::JENIS),
        status: seen.decides("status", word(row, "status"), rusak::STATUS),
        terlambat: seen.decides("terlambat", row.get("terlambat"), false),
        waktu_datang: seen.decides("waktu_datang", waktu_opt(row, "waktu_datang"), None),
        waktu_mulai: seen.optional("waktu_mulai", waktu_opt(row, "waktu_mulai")),
        rating: seen.optional("rating", row.get("rating")),
        rusak: false,
    };
    baris.rusak = seen.rusak() == Damage::Pokok;
    Ok(baris)
}
