//! Evacuations.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, RUSAK,
    evakuasi::{DI_GEDUNG_MAX, DiGedung, EvacuationChange, EvacuationState, EvacuationStep, Evakuasi},
    rusak, status,
};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::{
    SqliteStore,
    row::{ms, waktu, waktu_opt, word, word_opt, words},
};
use crate::{EvakuasiStore, Result, seen::Seen};

/// The one that goes on.
const RUNNING: &str = "(SELECT MAX(id) FROM sistem_evakuasi WHERE selesai IS NULL)";

#[async_trait]
impl EvakuasiStore for SqliteStore {
    async fn get(&self, sejak: DateTime<Utc>) -> Result<EvacuationState> {
        self.read(move |conn, _| Ok(EvacuationState { evakuasi: find(conn)?, di_gedung: list(conn, sejak)? }))
            .await
    }

    async fn apply(&self, change: &EvacuationChange) -> Result<()> {
        let change = change.clone();
        self.write(move |conn, _| apply(conn, &change)).await
    }
}

fn find(conn: &Connection) -> Result<Option<Evakuasi>> {
    let sql = "SELECT e.mulai, p.nama AS mulai_oleh, e.selesai
        FROM sistem_evakuasi AS e
        LEFT JOIN pengguna AS p ON p.id = e.id_mulai
        ORDER BY CASE WHEN e.selesai IS NULL THEN 0 ELSE 1 END, e.mulai DESC, e.id DESC
        LIMIT 1";
    let found = conn.prepare_cached(sql)?.query_row((), |row| {
        Ok(Evakuasi {
            mulai: waktu(row, "mulai")?,
            mulai_oleh: row.get("mulai_oleh")?,
            selesai: waktu_opt(row, "selesai")?,
        })
    });
    Ok(found.optional()?)
}

fn list(conn: &Connection, sejak: DateTime<Utc>) -> Result<Vec<DiGedung>> {
    let sql = format!(
        "SELECT
            j.id, j.status, j.waktu_datang, j.atas_nama, t.nama AS nama_tamu, j.jumlah_orang,
            COALESCE(j.instansi, t.instansi) AS instansi, g.nama AS nama_guru, g.sapaan, j.tanggapan_tempat,
            c.aman, c.pada, p.nama AS oleh
        FROM janji_temu AS j
        LEFT JOIN pengguna AS g ON g.id = j.id_guru
        LEFT JOIN tamu AS t ON t.id = j.id_tamu
        LEFT JOIN sistem_centang AS c ON c.id_janji_temu = j.id AND c.id_evakuasi = {RUNNING}
        LEFT JOIN pengguna AS p ON p.id = c.id_pengguna
        WHERE j.status IN ({}) AND j.waktu_datang >= :sejak
        ORDER BY j.waktu_datang, j.id LIMIT {DI_GEDUNG_MAX}",
        words(status::on_site())
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(named_params! { ":sejak": ms(sejak) }, from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Reads a row as far as it can be read: whoever is in the building is on the list.
fn from_row(row: &Row<'_>) -> rusqlite::Result<DiGedung> {
    let id = row.get("id")?;
    let mut seen = Seen::of("janji_temu", id);
    let nama_tamu = seen.name_of("id_tamu", "nama_tamu", row.get("nama_tamu"));
    let nama_guru = seen.name_of("id_guru", "nama_guru", row.get("nama_guru"));
    let sapaan = seen.optional("sapaan", word_opt(row, "sapaan"));
    Ok(DiGedung {
        id: IdJanjiTemu(id),
        nama: seen.optional("atas_nama", row.get("atas_nama")).unwrap_or(nama_tamu),
        instansi: seen.optional("instansi", row.get("instansi")),
        jumlah_orang: seen.shown("jumlah_orang", row.get("jumlah_orang"), 1),
        guru: DiGedung::guru_disapa(sapaan.filter(|_| nama_guru != RUSAK), &nama_guru),
        tempat: seen.optional("tanggapan_tempat", row.get("tanggapan_tempat")),
        status: seen.decides("status", word(row, "status"), rusak::STATUS),
        sejak: seen.decides("waktu_datang", waktu(row, "waktu_datang"), DateTime::UNIX_EPOCH),
        aman: row.get::<_, Option<bool>>("aman")?.unwrap_or(false),
        dicentang_oleh: row.get("oleh")?,
        dicentang_pada: waktu_opt(row, "pada")?,
    })
}

fn apply(conn: &Connection, change: &EvacuationChange) -> Result<()> {
    match change.step {
        EvacuationStep::Start => start(conn, change, false),
        EvacuationStep::End => {
            conn.prepare_cached(
                "UPDATE sistem_evakuasi SET selesai = :pada, id_selesai = :oleh
                WHERE selesai IS NULL",
            )?
            .execute(named_params! { ":pada": ms(change.pada), ":oleh": change.oleh.0 })?;
            Ok(())
        }
        EvacuationStep::Tick { id, aman, kept } => {
            start(conn, change, kept)?;
            tick(conn, change, id, aman, kept)
        }
    }
}

/// Begins one, unless one goes on, or has ended since something that was kept.
fn start(conn: &Connection, change: &EvacuationChange, kept: bool) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO sistem_evakuasi (mulai, id_mulai)
        SELECT :pada, :oleh
        WHERE NOT EXISTS (
            SELECT 1 FROM sistem_evakuasi WHERE selesai IS NULL OR (:kept AND selesai > :pada)
        )",
    )?
    .execute(named_params! { ":pada": ms(change.pada), ":oleh": change.oleh.0, ":kept": kept })?;
    Ok(())
}

fn tick(conn: &Connection, change: &EvacuationChange, id: IdJanjiTemu, aman: bool, kept: bool) -> Result<()> {
    let sql = format!(
        "INSERT INTO sistem_centang (id_evakuasi, id_janji_temu, aman, id_pengguna, pada)
        SELECT {RUNNING}, id, :aman, :oleh, :pada
        FROM janji_temu
        WHERE id = :id AND {RUNNING} IS NOT NULL
        ON CONFLICT (id_evakuasi, id_janji_temu) DO UPDATE SET
            aman = excluded.aman, id_pengguna = excluded.id_pengguna, pada = excluded.pada
        WHERE NOT :kept OR sistem_centang.pada <= excluded.pada"
    );
    conn.prepare_cached(&sql)?.execute(named_params! {
        ":id": id.0, ":aman": aman, ":oleh": change.oleh.0, ":pada": ms(change.pada), ":kept": kept,
    })?;
    Ok(())
}
