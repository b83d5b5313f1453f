//! The upkeep of records. A batch holds the writing connection for one short transaction.

mod pulih;
mod runs;

pub(super) use runs::end_what_was_cut_off;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdTamu, jadwal::Span, json::Daftar, notifikasi, status};
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use serde_json::json;

use super::{
    SqliteStore,
    janji_temu::change::update,
    row::{Params, borrow, from_ms, ms, waktu, word, words},
    tamu::erase,
};
use crate::{
    PageRequest, PemeliharaanStore, Result,
    copy::JANJI_TEMU,
    pemeliharaan::{
        Affected, BATCH, HasilPemeliharaan, IdleTamu, NewPemeliharaan, Pemeliharaan, Pemicu, Progress,
        Rencana, TugasPemeliharaan, WINDOW,
    },
};

#[async_trait]
impl PemeliharaanStore for SqliteStore {
    async fn begin(&self, baru: NewPemeliharaan) -> Result<Option<i64>> {
        self.write(move |conn, _| runs::begin(conn, baru)).await
    }

    async fn note(&self, progress: Progress) -> Result<bool> {
        self.write(move |conn, _| runs::note(conn, progress)).await
    }

    async fn find(&self, id: i64) -> Result<Option<Pemeliharaan>> {
        self.read(move |conn, _| runs::find(conn, id)).await
    }

    async fn list(&self, halaman: PageRequest) -> Result<Daftar<Pemeliharaan>> {
        self.read(move |conn, _| runs::list(conn, halaman)).await
    }

    async fn find_latest(&self, pemicu: Option<Pemicu>) -> Result<Option<DateTime<Utc>>> {
        self.read(move |conn, _| runs::find_latest(conn, pemicu)).await
    }

    async fn find_first_entry(&self) -> Result<Option<DateTime<Utc>>> {
        self.read(|conn, _| {
            let sql = "SELECT dibuat_pada FROM tamu ORDER BY id LIMIT 1";
            Ok(conn.prepare_cached(sql)?.query_row((), |row| waktu(row, "dibuat_pada")).optional()?)
        })
        .await
    }

    async fn archive(&self, rencana: Rencana) -> Result<u64> {
        self.write(move |conn, _| archive(conn, rencana)).await
    }

    async fn put_away(&self, sebelum: DateTime<Utc>, waktu: DateTime<Utc>) -> Result<u64> {
        self.write(move |conn, _| {
            let condition =
                format!("id IN (SELECT j.id FROM janji_temu AS j WHERE {} LIMIT {BATCH})", read_before());
            let params = named_params! { ":sebelum": ms(sebelum) };
            Ok(update(conn, notifikasi::put_away(waktu), &condition, params)? as u64)
        })
        .await
    }

    async fn list_idle(&self, sebelum: DateTime<Utc>, setelah: IdTamu) -> Result<Option<IdleTamu>> {
        self.read(move |conn, _| list_idle(conn, sebelum, setelah)).await
    }

    async fn erase_idle(
        &self,
        tamu: Vec<IdTamu>,
        sebelum: DateTime<Utc>,
        waktu: DateTime<Utc>,
    ) -> Result<u64> {
        self.write(move |conn, _| {
            let mut erased = 0;
            for id in tamu {
                erased += u64::from(erase::erase_if(conn, id, waktu, &idle(), sebelum)?);
            }
            Ok(erased)
        })
        .await
    }

    async fn list_asked(&self, setelah: IdTamu) -> Result<Vec<IdTamu>> {
        self.read(move |conn, _| {
            let sql = format!(
                "SELECT t.id FROM tamu AS t WHERE t.id > ?1 AND {} ORDER BY t.id LIMIT {BATCH}",
                asked()
            );
            let mut statement = conn.prepare_cached(&sql)?;
            let found = statement.query_map([setelah.0], |row| row.get(0).map(IdTamu))?;
            Ok(found.collect::<rusqlite::Result<_>>()?)
        })
        .await
    }

    async fn count_missed(&self, jadwal: Span) -> Result<u64> {
        self.read(move |conn, _| {
            let sql = format!(
                "SELECT COUNT(*) FROM janji_temu WHERE status IN ({}) AND jadwal >= ?1 AND jadwal < ?2",
                words(status::missed())
            );
            count(conn, &sql, (ms(jadwal.start), ms(jadwal.end)))
        })
        .await
    }

    async fn count(&self, rencana: Rencana) -> Result<HasilPemeliharaan> {
        self.read(move |conn, _| {
            let of_visits = |apa| {
                let Some((condition, params)) = due(apa, rencana) else { return Ok(0) };
                let sql = format!("SELECT COUNT(*) FROM janji_temu AS j WHERE {condition}");
                count(conn, &sql, &*borrow(&params))
            };
            let asked = format!("SELECT COUNT(*) FROM tamu AS t WHERE {}", asked());
            Ok(HasilPemeliharaan {
                no_show: of_visits(TugasPemeliharaan::NoShow)?,
                arsip: of_visits(TugasPemeliharaan::Arsip)?,
                notifikasi: of_visits(TugasPemeliharaan::Notifikasi)?,
                anonim: 0,
                hapus: count(conn, &asked, ())?,
            })
        })
        .await
    }

    async fn list_affected(&self, rencana: Rencana, paling_banyak: u32) -> Result<Vec<Affected>> {
        self.read(move |conn, _| list_affected(conn, rencana, paling_banyak)).await
    }

    async fn list_affected_tamu(&self, tamu: Vec<IdTamu>) -> Result<Vec<Affected>> {
        self.read(move |conn, _| list_affected_tamu(conn, &tamu)).await
    }
}

/// The condition that something of the kind is due of a visit, with its values. `None` if nothing ever is.
fn due(apa: TugasPemeliharaan, rencana: Rencana) -> Option<(String, Params)> {
    let (condition, before) = match apa {
        TugasPemeliharaan::NoShow => (awaited_before(), Some(rencana.no_show)),
        TugasPemeliharaan::Arsip => (archivable(), rencana.arsip),
        TugasPemeliharaan::Notifikasi => (read_before(), Some(rencana.notifikasi)),
        TugasPemeliharaan::Anonim | TugasPemeliharaan::Hapus => return None,
    };
    let mut params: Params = vec![(":sebelum", Box::new(ms(before?)))];
    if apa == TugasPemeliharaan::Arsip {
        params.push((":pesan", Box::new(ms(rencana.pesan))));
    }
    Some((condition, params))
}

/// A visit that goes to the archive if it was scheduled before `:sebelum`. A message that has not changed since
/// `:pesan` keeps nothing.
fn archivable() -> String {
    format!(
        "j.jadwal < :sebelum AND j.status NOT IN ({})
            AND NOT EXISTS (
                SELECT 1 FROM sistem_pesan_keluar AS p
                WHERE p.id_janji_temu = j.id AND p.diubah_pada >= :pesan
            )
            AND NOT EXISTS (SELECT 1 FROM sistem_kunci AS k WHERE k.id_janji_temu = j.id)",
        words(status::open())
    )
}

/// A notification that was read, of an arrival before `:sebelum`.
fn read_before() -> String {
    format!(
        "j.dibaca_pada IS NOT NULL AND j.notifikasi_dihapus_pada IS NULL AND j.waktu_datang < :sebelum
            AND j.status NOT IN ({})",
        words(status::open())
    )
}

/// An appointment before `:sebelum` whose guest did not come.
fn awaited_before() -> String {
    format!("j.status IN ({}) AND j.jadwal < :sebelum", words(status::awaited()))
}

/// A guest who is not heard of since `:sebelum`.
fn idle() -> String {
    format!(
        "dianonimkan_pada IS NULL AND digabung_ke IS NULL AND dibuat_pada < :sebelum
            AND COALESCE(setuju_pada, 0) < :sebelum
            AND NOT EXISTS (
                SELECT 1 FROM janji_temu AS j WHERE j.id_tamu = tamu.id AND (
                    j.jadwal >= :sebelum OR j.waktu_datang >= :sebelum OR j.dibuat_pada >= :sebelum
                    OR j.status IN ({})
                )
            )
            AND NOT EXISTS (
                SELECT 1 FROM sistem_arsip AS j WHERE j.id_tamu = tamu.id AND j.jadwal >= :sebelum
            )",
        words(status::open())
    )
}

/// A guest who asked to be erased, and nothing forbids it any more.
fn asked() -> String {
    format!(
        "t.hapus_diminta_pada IS NOT NULL AND t.dianonimkan_pada IS NULL AND t.digabung_ke IS NULL AND NOT EXISTS (
            SELECT 1 FROM janji_temu AS j WHERE j.id_tamu = t.id AND j.status IN ({})
        )",
        words(status::open())
    )
}

/// Nobody else writes meanwhile, so what was chosen is what is moved.
fn archive(conn: &Connection, rencana: Rencana) -> Result<u64> {
    let Some((condition, params)) = due(TugasPemeliharaan::Arsip, rencana) else { return Ok(0) };
    let sql =
        format!("SELECT j.id FROM janji_temu AS j WHERE {condition} ORDER BY j.jadwal, j.id LIMIT {BATCH}");
    let ids: Vec<i64> = {
        let mut statement = conn.prepare_cached(&sql)?;
        let rows = statement.query_map(&*borrow(&params), |row| row.get(0))?;
        rows.collect::<rusqlite::Result<_>>()?
    };
    if ids.is_empty() {
        return Ok(0);
    }
    let chosen = json!(ids).to_string();
    let columns = JANJI_TEMU.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
    let of_chosen = "WHERE id IN (SELECT value FROM json_each(?1))";
    conn.prepare_cached(&format!(
        "INSERT INTO sistem_arsip ({columns}) SELECT {columns} FROM janji_temu {of_chosen}"
    ))?
    .execute([&chosen])?;
    conn.prepare_cached(&format!("DELETE FROM janji_temu {of_chosen}"))?.execute([&chosen])?;
    Ok(ids.len() as u64)
}

fn list_idle(conn: &Connection, sebelum: DateTime<Utc>, setelah: IdTamu) -> Result<Option<IdleTamu>> {
    let sql = format!("SELECT MAX(id) FROM (SELECT id FROM tamu WHERE id > ?1 ORDER BY id LIMIT {WINDOW})");
    let last: Option<i64> = conn.prepare_cached(&sql)?.query_row([setelah.0], |row| row.get(0))?;
    let Some(last) = last else { return Ok(None) };
    let sql = format!("SELECT id FROM tamu WHERE id > :setelah AND id <= :sampai AND {} ORDER BY id", idle());
    let mut statement = conn.prepare_cached(&sql)?;
    let params = named_params! { ":setelah": setelah.0, ":sampai": last, ":sebelum": ms(sebelum) };
    let tamu = statement.query_map(params, |row| row.get(0).map(IdTamu))?;
    Ok(Some(IdleTamu { tamu: tamu.collect::<rusqlite::Result<_>>()?, sampai: IdTamu(last) }))
}

fn count(conn: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<u64> {
    let count: i64 = conn.prepare_cached(sql)?.query_row(params, |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

fn list_affected(conn: &Connection, rencana: Rencana, paling_banyak: u32) -> Result<Vec<Affected>> {
    let mut all = Vec::new();
    for apa in TugasPemeliharaan::ALL {
        let Some((condition, mut params)) = due(apa, rencana) else { continue };
        params.push((":limit", Box::new(paling_banyak)));
        let sql = format!(
            "SELECT '{}' AS apa, j.id, COALESCE(j.atas_nama, t.nama) AS nama, j.jadwal AS pada
            FROM janji_temu AS j INNER JOIN tamu AS t ON t.id = j.id_tamu
            WHERE {condition} ORDER BY j.jadwal, j.id LIMIT :limit",
            apa.as_str()
        );
        let mut statement = conn.prepare_cached(&sql)?;
        let found = statement.query_map(&*borrow(&params), affected)?;
        all.extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    let sql = format!(
        "SELECT '{}' AS apa, t.id, t.nama, t.hapus_diminta_pada AS pada
        FROM tamu AS t WHERE {} ORDER BY t.hapus_diminta_pada, t.id LIMIT :limit",
        TugasPemeliharaan::Hapus.as_str(),
        asked()
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let found = statement.query_map(named_params! { ":limit": paling_banyak }, affected)?;
    all.extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
    Ok(all)
}

fn list_affected_tamu(conn: &Connection, tamu: &[IdTamu]) -> Result<Vec<Affected>> {
    let sql = format!(
        "SELECT '{}' AS apa, t.id, t.nama, MAX(
            t.dibuat_pada,
            COALESCE((SELECT MAX(j.jadwal) FROM janji_temu AS j WHERE j.id_tamu = t.id), 0),
            COALESCE((SELECT MAX(j.jadwal) FROM sistem_arsip AS j WHERE j.id_tamu = t.id), 0)
        ) AS pada
        FROM tamu AS t WHERE t.id IN (SELECT value FROM json_each(?1)) ORDER BY t.id",
        TugasPemeliharaan::Anonim.as_str()
    );
    let ids = json!(tamu.iter().map(|id| id.0).collect::<Vec<_>>()).to_string();
    let mut statement = conn.prepare_cached(&sql)?;
    let found = statement.query_map([ids], affected)?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn affected(row: &Row<'_>) -> rusqlite::Result<Affected> {
    Ok(Affected {
        apa: word(row, "apa")?,
        id: row.get("id")?,
        nama: row.get("nama")?,
        pada: from_ms(row.get("pada")?)?,
    })
}
