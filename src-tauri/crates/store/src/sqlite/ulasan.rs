//! Reviews: one for each finished visit.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdJanjiTemu, IdPengguna, JanjiTemu, json::Daftar, ulasan};
use rusqlite::{Connection, Row, named_params};

use super::{
    SqliteStore,
    janji_temu::{self, change::update},
    row::{limit_offset, waktu},
};
use crate::{
    PageRequest, Result, UlasanStore,
    seen::Seen,
    ulasan::{RingkasanGuru, Ulasan},
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

    async fn list(&self, halaman: PageRequest) -> Result<Daftar<Ulasan>> {
        self.read(move |conn, _| list(conn, halaman)).await
    }

    async fn ringkasan(&self) -> Result<Vec<RingkasanGuru>> {
        self.read(|conn, _| ringkasan(conn)).await
    }
}

fn list(conn: &Connection, halaman: PageRequest) -> Result<Daftar<Ulasan>> {
    let total: i64 = conn
        .prepare_cached("SELECT COUNT(*) FROM janji_temu WHERE ulasan_pada IS NOT NULL")?
        .query_row((), |row| row.get(0))?;
    let mut statement = conn.prepare_cached(
        "SELECT
            j.id, j.id_guru, g.nama AS nama_guru, t.nama AS nama_tamu, j.rating, j.komentar, j.ulasan_pada
        FROM janji_temu AS j
        INNER JOIN pengguna AS g ON g.id = j.id_guru
        INNER JOIN tamu AS t ON t.id = j.id_tamu
        WHERE j.ulasan_pada IS NOT NULL
        ORDER BY j.ulasan_pada DESC, j.id DESC LIMIT :limit OFFSET :offset",
    )?;
    let (limit, offset) = limit_offset(halaman);
    let rows = statement.query_map(named_params! { ":limit": limit, ":offset": offset }, from_row)?;
    Ok(Daftar { data: rows.collect::<rusqlite::Result<_>>()?, total: total.unsigned_abs() })
}

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
        rusak: false,
    };
    ulasan.rusak = seen.rusak().ada();
    Ok(ulasan)
}

fn ringkasan(conn: &Connection) -> Result<Vec<RingkasanGuru>> {
    let mut statement = conn.prepare_cached(
        "SELECT j.id_guru, g.nama AS nama_guru, COUNT(*) AS jumlah, AVG(j.rating) AS rating_rata_rata
        FROM janji_temu AS j
        INNER JOIN pengguna AS g ON g.id = j.id_guru
        WHERE j.ulasan_pada IS NOT NULL
        GROUP BY j.id_guru, g.nama
        ORDER BY rating_rata_rata DESC, jumlah DESC, g.nama COLLATE NOCASE, j.id_guru",
    )?;
    let rows = statement.query_map((), |row| {
        let id = row.get("id_guru")?;
        Ok(RingkasanGuru {
            id_guru: IdPengguna(id),
            nama_guru: Seen::of("pengguna", id).text("nama", row.get("nama_guru")),
            jumlah: row.get("jumlah")?,
            rating_rata_rata: row.get("rating_rata_rata")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
