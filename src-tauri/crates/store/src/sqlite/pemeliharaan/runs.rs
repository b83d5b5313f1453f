//! Runs of upkeep, one row each.

use chrono::{DateTime, Utc};
use domain::{
    json::Daftar,
    pemeliharaan::{KeadaanPemeliharaan, Pemicu},
};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::{
    PageRequest, Result,
    pemeliharaan::{HasilPemeliharaan, NewPemeliharaan, Pemeliharaan, Progress, SILENCE},
    sqlite::row::{limit_offset, ms, waktu, waktu_opt, word},
};

const RUNNING: &str = KeadaanPemeliharaan::Berjalan.as_str();

/// One program at a time has the file open. So a run that is still under way when it is opened was cut off.
pub(in crate::sqlite) fn end_what_was_cut_off(conn: &Connection) -> rusqlite::Result<()> {
    let sql = "UPDATE sistem_pemeliharaan SET keadaan = ?1, selesai = denyut_pada WHERE keadaan = ?2";
    conn.execute(sql, [KeadaanPemeliharaan::Terputus.as_str(), RUNNING]).map(drop)
}

pub(super) fn begin(conn: &Connection, baru: NewPemeliharaan) -> Result<Option<i64>> {
    conn.prepare_cached(
        "UPDATE sistem_pemeliharaan SET keadaan = :terputus, selesai = denyut_pada
        WHERE keadaan = :berjalan AND (denyut_pada < :senyap OR denyut_pada > :sekarang)",
    )?
    .execute(named_params! {
        ":terputus": KeadaanPemeliharaan::Terputus.as_str(),
        ":berjalan": RUNNING,
        ":senyap": ms(baru.waktu - SILENCE),
        ":sekarang": ms(baru.waktu + SILENCE),
    })?;
    let id = conn
        .prepare_cached(
            "INSERT INTO sistem_pemeliharaan (pemicu, oleh, uji_coba, mulai, denyut_pada, keadaan)
            SELECT :pemicu, :oleh, :uji_coba, :waktu, :waktu, :berjalan
            WHERE NOT EXISTS (SELECT 1 FROM sistem_pemeliharaan WHERE keadaan = :berjalan)
            RETURNING id",
        )?
        .query_row(
            named_params! {
                ":pemicu": baru.pemicu.as_str(),
                ":oleh": baru.oleh.map(|oleh| oleh.0),
                ":uji_coba": baru.uji_coba,
                ":waktu": ms(baru.waktu),
                ":berjalan": RUNNING,
            },
            |row| row.get(0),
        )
        .optional()?;
    Ok(id)
}

pub(super) fn note(conn: &Connection, progress: Progress) -> Result<bool> {
    let Progress { id, keadaan, hasil, waktu } = progress;
    let ended = (keadaan != KeadaanPemeliharaan::Berjalan).then(|| ms(waktu));
    let changed = conn
        .prepare_cached(
            "UPDATE sistem_pemeliharaan SET
                keadaan = :keadaan, selesai = :selesai, denyut_pada = :waktu, no_show = :no_show,
                arsip = :arsip, notifikasi = :notifikasi, anonim = :anonim, hapus = :hapus
            WHERE id = :id AND keadaan = :berjalan",
        )?
        .execute(named_params! {
            ":id": id,
            ":berjalan": RUNNING,
            ":keadaan": keadaan.as_str(),
            ":selesai": ended,
            ":waktu": ms(waktu),
            ":no_show": hasil.no_show.cast_signed(),
            ":arsip": hasil.arsip.cast_signed(),
            ":notifikasi": hasil.notifikasi.cast_signed(),
            ":anonim": hasil.anonim.cast_signed(),
            ":hapus": hasil.hapus.cast_signed(),
        })?;
    Ok(changed > 0)
}

const SELECT: &str = "
    SELECT
        p.id, p.pemicu, g.nama AS oleh, p.uji_coba, p.mulai, p.selesai, p.keadaan,
        p.no_show, p.arsip, p.notifikasi, p.anonim, p.hapus
    FROM sistem_pemeliharaan AS p
    LEFT JOIN pengguna AS g ON g.id = p.oleh";

pub(super) fn find(conn: &Connection, id: i64) -> Result<Option<Pemeliharaan>> {
    let sql = format!("{SELECT} WHERE p.id = ?1");
    Ok(conn.prepare_cached(&sql)?.query_row([id], from_row).optional()?)
}

pub(super) fn list(conn: &Connection, halaman: PageRequest) -> Result<Daftar<Pemeliharaan>> {
    let total: i64 =
        conn.prepare_cached("SELECT COUNT(*) FROM sistem_pemeliharaan")?.query_row((), |row| row.get(0))?;
    let sql = format!("{SELECT} ORDER BY p.id DESC LIMIT ?1 OFFSET ?2");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(limit_offset(halaman), from_row)?;
    Ok(Daftar { data: rows.collect::<rusqlite::Result<_>>()?, total: total.unsigned_abs() })
}

pub(super) fn find_latest(conn: &Connection, pemicu: Option<Pemicu>) -> Result<Option<DateTime<Utc>>> {
    let latest = conn
        .prepare_cached(
            "SELECT mulai FROM sistem_pemeliharaan
            WHERE pemicu = COALESCE(?1, pemicu) AND uji_coba = 0 AND keadaan IN (?2, ?3)
            ORDER BY id DESC LIMIT 1",
        )?
        .query_row((pemicu.map(Pemicu::as_str), KeadaanPemeliharaan::Selesai.as_str(), RUNNING), |row| {
            waktu(row, "mulai")
        })
        .optional()?;
    Ok(latest)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Pemeliharaan> {
    Ok(Pemeliharaan {
        id: row.get("id")?,
        pemicu: word(row, "pemicu")?,
        oleh: row.get("oleh")?,
        uji_coba: row.get("uji_coba")?,
        mulai: waktu(row, "mulai")?,
        selesai: waktu_opt(row, "selesai")?,
        keadaan: word(row, "keadaan")?,
        hasil: HasilPemeliharaan {
            no_show: count(row, "no_show")?,
            arsip: count(row, "arsip")?,
            notifikasi: count(row, "notifikasi")?,
            anonim: count(row, "anonim")?,
            hapus: count(row, "hapus")?,
        },
    })
}

fn count(row: &Row<'_>, column: &str) -> rusqlite::Result<u64> {
    Ok(row.get::<_, i64>(column)?.unsigned_abs())
}
