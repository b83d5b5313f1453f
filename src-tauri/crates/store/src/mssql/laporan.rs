//! Rows for reports and the dashboard.

use async_trait::async_trait;
use domain::{IdPengguna, jadwal::Span, laporan::Baris};
use tiberius::Row;

use super::{
    MssqlStore,
    engine::{Patience, Statement},
    row::{bit, int, int_opt, small, text, unreadable, waktu, waktu_opt, word},
};
use crate::{LaporanStore, Result};

#[async_trait]
impl LaporanStore for MssqlStore {
    async fn list_baris(&self, span: Span) -> Result<Vec<Baris>> {
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

    async fn count_di_lokasi(&self) -> Result<u32> {
        let answer = self
            .engine
            .read(Statement::new(
                "SELECT COUNT_BIG(*) AS jumlah FROM dbo.janji_temu
                WHERE status IN (N'menunggu', N'sedang berlangsung')",
            ))
            .await?;
        small(answer.one()?, "jumlah")
    }
}

fn from_row(row: &Row) -> Result<Baris> {
    let rating = int_opt(row, "rating")?.map(TryInto::try_into).transpose();
    Ok(Baris {
        id_guru: IdPengguna(int(row, "id_guru")?),
        nama_guru: text(row, "nama_guru")?,
        jadwal: waktu(row, "jadwal")?,
        jenis: word(row, "jenis")?,
        status: word(row, "status")?,
        terlambat: bit(row, "terlambat")?,
        waktu_datang: waktu_opt(row, "waktu_datang")?,
        waktu_mulai: waktu_opt(row, "waktu_mulai")?,
        rating: rating.map_err(|_| unreadable("rating"))?,
    })
}
