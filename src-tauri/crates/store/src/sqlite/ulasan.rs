//! Reviews: one for each finished visit.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdJanjiTemu, IdPengguna, JanjiTemu, jadwal::Span, json::Daftar, ulasan};
use rusqlite::{Connection, OptionalExtension, Row, named_params, types::ValueRef};

use super::{
    SqliteStore,
    janji_temu::{
        self,
        change::{update, update_semua},
    },
    kata_tamu,
    row::{Params, borrow, limit_offset, ms, waktu, waktu_opt},
};
use crate::{
    PageRequest, Result, UlasanStore,
    halaman::MAX_COUNTED,
    seen::Seen,
    ulasan::{BintangGuru, Hiding, Ulasan, UlasanFilter},
};

#[async_trait]
impl UlasanStore for SqliteStore {
    async fn create(
        &self,
        id: IdJanjiTemu,
        rating: u8,
        komentar: Option<String>,
        waktu: DateTime<Utc>,
    ) -> Result<Option<JanjiTemu>> {
        self.write(move |conn, kunci| {
            let condition = "id = :id AND status = 'selesai' AND datang_di_meja = 1 AND pulang_di_meja = 1
                AND ulasan_pada IS NULL";
            let columns = ulasan::columns(rating, komentar, waktu);
            let changed = update(conn, columns, condition, named_params! { ":id": id.0 })?;
            if changed == 0 { Ok(None) } else { janji_temu::get(conn, kunci, id).map(Some) }
        })
        .await
    }

    async fn find(&self, id: IdJanjiTemu) -> Result<Option<Ulasan>> {
        self.read(move |conn, _| {
            let sql = format!("SELECT {COLUMNS} {FROM} WHERE j.id = ?1 AND j.ulasan_pada IS NOT NULL");
            Ok(conn.prepare_cached(&sql)?.query_row([id.0], from_row).optional()?)
        })
        .await
    }

    async fn list(&self, saring: UlasanFilter, halaman: PageRequest) -> Result<Daftar<Ulasan>> {
        self.read(move |conn, _| list(conn, &saring, halaman)).await
    }

    async fn list_plain(&self, saring: UlasanFilter, jumlah: u32) -> Result<Vec<Ulasan>> {
        self.read(move |conn, _| rows(conn, &saring, PageRequest { nomor: 1, ukuran: jumlah })).await
    }

    async fn hide(&self, id: IdJanjiTemu, hiding: Option<Hiding>) -> Result<bool> {
        self.write(move |conn, _| {
            let condition = "id = :id AND ulasan_pada IS NOT NULL";
            let columns = Hiding::columns(hiding);
            Ok(update_semua(conn, &columns, condition, named_params! { ":id": id.0 })? > 0)
        })
        .await
    }

    async fn count(&self, waktu: Option<Span>) -> Result<Vec<BintangGuru>> {
        self.read(move |conn, _| count(conn, waktu)).await
    }
}

const COLUMNS: &str = "
    j.id, j.id_guru, g.nama AS nama_guru, COALESCE(j.atas_nama, t.nama) AS nama_tamu, j.rating, j.komentar,
    j.ulasan_pada, j.disembunyikan_pada, j.disembunyikan_alasan, o.nama AS disembunyikan_oleh";

const FROM: &str = "
    FROM janji_temu_semua AS j
    INNER JOIN pengguna AS g ON g.id = j.id_guru
    INNER JOIN tamu AS t ON t.id = j.id_tamu
    LEFT JOIN pengguna AS o ON o.id = j.disembunyikan_oleh";

/// A comment as it is searched: words are kept without apostrophes.
const KOMENTAR: &str = "REPLACE(LOWER(j.komentar), '''', '')";

fn list(conn: &Connection, saring: &UlasanFilter, halaman: PageRequest) -> Result<Daftar<Ulasan>> {
    let (condition, params) = condition(saring);
    // Only a search looks at whose review it is.
    let from = if saring.cari.is_some() { FROM } else { "FROM janji_temu_semua AS j" };
    let sql = format!("SELECT COUNT(*) FROM (SELECT 1 {from} {condition} LIMIT {MAX_COUNTED})");
    let total: i64 = conn.prepare_cached(&sql)?.query_row(&*borrow(&params), |row| row.get(0))?;
    Ok(Daftar { data: rows(conn, saring, halaman)?, total: total.unsigned_abs() })
}

fn rows(conn: &Connection, saring: &UlasanFilter, halaman: PageRequest) -> Result<Vec<Ulasan>> {
    let (condition, mut params) = condition(saring);
    let sql = format!(
        "SELECT {COLUMNS} {FROM} {condition} ORDER BY j.ulasan_pada DESC, j.id DESC LIMIT :limit OFFSET :offset"
    );
    let (limit, offset) = limit_offset(halaman);
    params.push((":limit", Box::new(limit)));
    params.push((":offset", Box::new(offset)));
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(&*borrow(&params), from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn condition(saring: &UlasanFilter) -> (String, Params) {
    let mut condition = "WHERE j.ulasan_pada IS NOT NULL".to_owned();
    let mut params: Params = Vec::new();
    if let Some(id_guru) = saring.id_guru {
        condition.push_str(" AND j.id_guru = :id_guru");
        params.push((":id_guru", Box::new(id_guru.0)));
    }
    if let Some(rating) = saring.rating {
        condition.push_str(" AND j.rating = :rating");
        params.push((":rating", Box::new(rating)));
    }
    if let Some(waktu) = saring.waktu {
        condition.push_str(WITHIN);
        params.push((":dari", Box::new(ms(waktu.start))));
        params.push((":sampai", Box::new(ms(waktu.end))));
    }
    if let Some((waktu, id)) = saring.setelah {
        condition
            .push_str(" AND (j.ulasan_pada < :setelah OR (j.ulasan_pada = :setelah AND j.id < :setelah_id))");
        params.push((":setelah", Box::new(ms(waktu))));
        params.push((":setelah_id", Box::new(id.0)));
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
        params.extend(kata_tamu::params_anywhere(&cari.kata));
    }
    (condition, params)
}

const WITHIN: &str = " AND j.ulasan_pada >= :dari AND j.ulasan_pada < :sampai";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Ulasan> {
    let id = row.get("id")?;
    let mut seen = Seen::of("janji_temu", id);
    let mut ulasan = Ulasan {
        id_janji_temu: IdJanjiTemu(id),
        id_guru: IdPengguna(row.get("id_guru")?),
        nama_guru: seen.text("nama_guru", row.get("nama_guru")),
        nama_tamu: seen.text("nama_tamu", row.get("nama_tamu")),
        rating: seen.shown("rating", row.get("rating"), 0),
        komentar: seen.optional("komentar", row.get("komentar")),
        ulasan_pada: seen.shown("ulasan_pada", waktu(row, "ulasan_pada"), DateTime::UNIX_EPOCH),
        tersembunyi: !matches!(row.get_ref("disembunyikan_pada")?, ValueRef::Null),
        alasan_tersembunyi: seen.optional("disembunyikan_alasan", row.get("disembunyikan_alasan")),
        disembunyikan_oleh: seen.optional("disembunyikan_oleh", row.get("disembunyikan_oleh")),
        disembunyikan_pada: seen.optional("disembunyikan_pada", waktu_opt(row, "disembunyikan_pada")),
        rusak: false,
    };
    ulasan.rusak = seen.rusak().ada();
    Ok(ulasan)
}

fn count(conn: &Connection, waktu: Option<Span>) -> Result<Vec<BintangGuru>> {
    let within = if waktu.is_some() { WITHIN } else { "" };
    let sql = format!(
        "SELECT j.id_guru, g.nama AS nama_guru{}
        FROM janji_temu_semua AS j
        INNER JOIN pengguna AS g ON g.id = j.id_guru
        WHERE j.ulasan_pada IS NOT NULL{within}
        GROUP BY j.id_guru, g.nama
        ORDER BY g.nama COLLATE NOCASE, j.id_guru",
        (1..=5)
            .map(|rating| format!(", COUNT(CASE j.rating WHEN {rating} THEN 1 END) AS rating_{rating}"))
            .collect::<String>()
    );
    let mut params: Params = Vec::new();
    if let Some(waktu) = waktu {
        params.push((":dari", Box::new(ms(waktu.start))));
        params.push((":sampai", Box::new(ms(waktu.end))));
    }
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(&*borrow(&params), |row| {
        let id = row.get("id_guru")?;
        let mut bintang = [0; 5];
        for (rating, count) in (1..=5).zip(&mut bintang) {
            *count = row.get(format!("rating_{rating}").as_str())?;
        }
        let nama_guru = Seen::of("pengguna", id).text("nama", row.get("nama_guru"));
        Ok(BintangGuru { id_guru: IdPengguna(id), nama_guru, bintang })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
