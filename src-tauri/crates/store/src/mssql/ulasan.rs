//! Reviews: one for each finished visit.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdJanjiTemu, IdPengguna, JanjiTemu, jadwal::Span, json::Daftar, ulasan};
use tiberius::Row;

use super::{
    MssqlStore,
    engine::Statement,
    janji_temu::change,
    kata_tamu,
    row::{count, int, page, small, text, text_opt, waktu, waktu_opt},
};
use crate::{
    PageRequest, Result, UlasanStore,
    halaman::MAX_COUNTED,
    seen::Seen,
    ulasan::{BintangGuru, Hiding, Ulasan, UlasanFilter},
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

    async fn find(&self, id: IdJanjiTemu) -> Result<Option<Ulasan>> {
        let sql = format!("SELECT {COLUMNS} {FROM} WHERE j.id = @id AND j.ulasan_pada IS NOT NULL");
        let answer = self.engine.read(Statement::new(sql).bind("id", id.0)).await?;
        answer.first().map(from_row).transpose()
    }

    async fn list(&self, saring: UlasanFilter, halaman: PageRequest) -> Result<Daftar<Ulasan>> {
        let condition = condition(&saring);
        // Only a search looks at whose review it is.
        let from = if saring.cari.is_some() { FROM } else { "FROM dbo.janji_temu_semua AS j" };
        let statement = Statement::new(format!(
            "SELECT COUNT_BIG(*) AS total
            FROM (SELECT TOP ({MAX_COUNTED}) j.id {from} {condition}) AS terhitung;
            SELECT {COLUMNS} {FROM} {condition}
            ORDER BY j.ulasan_pada DESC, j.id DESC
            OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;"
        ));
        let answer = self.engine.read(page(bind(statement, &saring), halaman)).await?;
        let data = answer.rows_of(1).iter().map(from_row).collect::<Result<_>>()?;
        Ok(Daftar { data, total: count(answer.one()?, "total")? })
    }

    async fn list_plain(&self, saring: UlasanFilter, jumlah: u32) -> Result<Vec<Ulasan>> {
        let statement = Statement::new(format!(
            "SELECT TOP ({jumlah}) {COLUMNS} {FROM} {} ORDER BY j.ulasan_pada DESC, j.id DESC;",
            condition(&saring)
        ));
        let answer = self.engine.read(bind(statement, &saring)).await?;
        answer.rows().iter().map(from_row).collect()
    }

    async fn hide(&self, id: IdJanjiTemu, hiding: Option<Hiding>) -> Result<bool> {
        let columns = Hiding::columns(hiding);
        let statement = Statement::new(format!(
            "{}
            DECLARE @n int = (
                SELECT COUNT(*) FROM dbo.janji_temu_semua WHERE id = @id AND ulasan_pada IS NOT NULL
            );
            SELECT @n AS n;",
            change::update_semua(&columns, "id = @id AND ulasan_pada IS NOT NULL")
        ));
        let statement = change::bind(statement.audited_if("@n > 0"), columns);
        let answer = self.engine.write(statement.bind("id", id.0)).await?;
        Ok(int(answer.one()?, "n")? > 0)
    }

    async fn count(&self, waktu: Option<Span>) -> Result<Vec<BintangGuru>> {
        let within = if waktu.is_some() { WITHIN } else { "" };
        let statement = Statement::new(format!(
            "SELECT j.id_guru, g.nama AS nama_guru{}
            FROM dbo.janji_temu_semua AS j
            INNER JOIN dbo.pengguna AS g ON g.id = j.id_guru
            WHERE j.ulasan_pada IS NOT NULL{within}
            GROUP BY j.id_guru, g.nama
            ORDER BY g.nama, j.id_guru",
            (1..=5)
                .map(|rating| format!(", COUNT(CASE j.rating WHEN {rating} THEN 1 END) AS rating_{rating}"))
                .collect::<String>()
        ));
        let statement = statement
            .bind("dari", waktu.map(|waktu| waktu.start))
            .bind("sampai", waktu.map(|waktu| waktu.end));
        let answer = self.engine.read(statement).await?;
        let counted = |row: &Row| {
            let id = int(row, "id_guru")?;
            let mut bintang = [0; 5];
            for (rating, count) in (1..=5).zip(&mut bintang) {
                *count = small(row, &format!("rating_{rating}"))?;
            }
            let nama_guru = Seen::of("pengguna", id).text("nama", text(row, "nama_guru"));
            Ok(BintangGuru { id_guru: IdPengguna(id), nama_guru, bintang })
        };
        answer.rows().iter().map(counted).collect()
    }
}

const COLUMNS: &str = "
    j.id, j.id_guru, g.nama AS nama_guru, COALESCE(j.atas_nama, t.nama) AS nama_tamu, j.rating, j.komentar,
    j.ulasan_pada, j.disembunyikan_pada, j.disembunyikan_alasan, o.nama AS disembunyikan_oleh";

const FROM: &str = "
    FROM dbo.janji_temu_semua AS j
    INNER JOIN dbo.pengguna AS g ON g.id = j.id_guru
    INNER JOIN dbo.tamu AS t ON t.id = j.id_tamu
    LEFT JOIN dbo.pengguna AS o ON o.id = j.disembunyikan_oleh";

/// A comment as it is searched: words are kept without apostrophes.
const KOMENTAR: &str = "REPLACE(LOWER(j.komentar), N'''', N'')";

const WITHIN: &str = " AND j.ulasan_pada >= @dari AND j.ulasan_pada < @sampai";

fn condition(saring: &UlasanFilter) -> String {
    let mut condition = "WHERE j.ulasan_pada IS NOT NULL".to_owned();
    if saring.id_guru.is_some() {
        condition.push_str(" AND j.id_guru = @id_guru");
    }
    if saring.rating.is_some() {
        condition.push_str(" AND j.rating = @rating");
    }
    if saring.waktu.is_some() {
        condition.push_str(WITHIN);
    }
    if saring.setelah.is_some() {
        condition
            .push_str(" AND (j.ulasan_pada < @setelah OR (j.ulasan_pada = @setelah AND j.id < @setelah_id))");
    }
    match saring.tersembunyi {
        Some(true) => condition.push_str(" AND j.disembunyikan_pada IS NOT NULL"),
        Some(false) => condition.push_str(" AND j.disembunyikan_pada IS NULL"),
        None => {}
    }
    if let Some(cari) = &saring.cari {
        // A text without a word finds nothing.
        let found = match cari.kata.len() {
            0 => "1 = 0".to_owned(),
            count => kata_tamu::has_each("j.id_tamu", &["g.kata", "j.kata", KOMENTAR], count),
        };
        condition.push_str(&format!(" AND {found}"));
    }
    condition
}

fn bind(statement: Statement, saring: &UlasanFilter) -> Statement {
    let statement = statement
        .bind("id_guru", saring.id_guru.map(|id| id.0))
        .bind("rating", saring.rating.map(i64::from))
        .bind("dari", saring.waktu.map(|waktu| waktu.start))
        .bind("sampai", saring.waktu.map(|waktu| waktu.end))
        .bind("setelah", saring.setelah.map(|(waktu, _)| waktu))
        .bind("setelah_id", saring.setelah.map(|(_, id)| id.0));
    match &saring.cari {
        Some(cari) => kata_tamu::bind_searched(statement, cari),
        None => statement,
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
        tersembunyi: waktu_opt(row, "disembunyikan_pada").map_or(true, |waktu| waktu.is_some()),
        alasan_tersembunyi: seen.optional("disembunyikan_alasan", text_opt(row, "disembunyikan_alasan")),
        disembunyikan_oleh: seen.optional("disembunyikan_oleh", text_opt(row, "disembunyikan_oleh")),
        disembunyikan_pada: seen.optional("disembunyikan_pada", waktu_opt(row, "disembunyikan_pada")),
        rusak: false,
    };
    ulasan.rusak = seen.rusak().ada();
    Ok(ulasan)
}
