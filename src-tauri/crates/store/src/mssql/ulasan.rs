//! Reviews: one for each finished visit.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdJanjiTemu, IdPengguna, JanjiTemu, json::Daftar, ulasan};
use tiberius::Row;

use super::{
    MssqlStore,
    engine::Statement,
    row::{count, float, int, page, small, text, text_opt, waktu},
};
use crate::{
    PageRequest, Result, UlasanStore,
    seen::Seen,
    ulasan::{RingkasanGuru, Ulasan},
};

#[async_trait]
impl UlasanStore for MssqlStore {
    async fn create(
        &self,
        id: IdJanjiTemu,
        rating: u8,
        komentar: Option<String>,
        waktu: DateTime<Utc>,
    ) -> Result<Option<JanjiTemu>> {
        let condition = "id = @id AND status = N'selesai' AND datang_di_meja = 1 AND pulang_di_meja = 1
            AND ulasan_pada IS NULL";
        self.change(id, ulasan::columns(rating, komentar, waktu), condition, |statement| statement).await
    }

    async fn list(&self, halaman: PageRequest) -> Result<Daftar<Ulasan>> {
        let statement = Statement::new(
            "SELECT COUNT_BIG(*) AS total FROM dbo.janji_temu WHERE ulasan_pada IS NOT NULL;
            SELECT
                j.id, j.id_guru, g.nama AS nama_guru, t.nama AS nama_tamu, j.rating, j.komentar, j.ulasan_pada
            FROM dbo.janji_temu AS j
            INNER JOIN dbo.pengguna AS g ON g.id = j.id_guru
            INNER JOIN dbo.tamu AS t ON t.id = j.id_tamu
            WHERE j.ulasan_pada IS NOT NULL
            ORDER BY j.ulasan_pada DESC, j.id DESC
            OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;",
        );
        let answer = self.engine.read(page(statement, halaman)).await?;
        let data = answer.rows_of(1).iter().map(from_row).collect::<Result<_>>()?;
        Ok(Daftar { data, total: count(answer.one()?, "total")? })
    }

    async fn ringkasan(&self) -> Result<Vec<RingkasanGuru>> {
        let statement = Statement::new(
            "SELECT
                j.id_guru, g.nama AS nama_guru, COUNT_BIG(*) AS jumlah,
                AVG(CAST(j.rating AS float)) AS rating_rata_rata
            FROM dbo.janji_temu AS j
            INNER JOIN dbo.pengguna AS g ON g.id = j.id_guru
            WHERE j.ulasan_pada IS NOT NULL
            GROUP BY j.id_guru, g.nama
            ORDER BY rating_rata_rata DESC, jumlah DESC, g.nama, j.id_guru",
        );
        let answer = self.engine.read(statement).await?;
        let summary = |row: &Row| {
            let id = int(row, "id_guru")?;
            Ok(RingkasanGuru {
                id_guru: IdPengguna(id),
                nama_guru: Seen::of("pengguna", id).text("nama", text(row, "nama_guru")),
                jumlah: small(row, "jumlah")?,
                rating_rata_rata: float(row, "rating_rata_rata")?,
            })
        };
        answer.rows().iter().map(summary).collect()
    }
}

fn from_row(row: &Row) -> Result<Ulasan> {
    let id = int(row, "id")?;
    let mut seen = Seen::of("janji_temu", id);
    let mut ulasan = Ulasan {
        id_janji_temu: IdJanjiTemu(id),
        id_guru: IdPengguna(int(row, "id_guru")?),
        nama_guru: seen.text("nama_guru", text(row, "nama_guru")),
        nama_tamu: seen.text("nama_tamu", text(row, "nama_tamu")),
        rating: seen.shown("rating", small(row, "rating"), 0),
        komentar: seen.optional("komentar", text_opt(row, "komentar")),
        ulasan_pada: seen.shown("ulasan_pada", waktu(row, "ulasan_pada"), DateTime::UNIX_EPOCH),
        rusak: false,
    };
    ulasan.rusak = seen.rusak().ada();
    Ok(ulasan)
}
