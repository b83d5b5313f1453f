//! What gurus are told of arrivals. A change that is already made changes nothing, the version neither.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, IdPengguna, JanjiTemu, Tanggapan,
    json::Daftar,
    notifikasi::{JEDA_BERI_TAHU, Notifikasi},
};
use rusqlite::{Connection, OptionalExtension, Params, named_params};

use super::{
    SqliteStore, janji_temu,
    row::{limit_offset, ms},
};
use crate::{Halaman, Kunci, NotifikasiStore, Result, StoreError};

/// What a guru is told of and has neither read nor put away.
const BELUM_DIBACA: &str = "j.id_guru = :id_guru AND j.waktu_datang IS NOT NULL AND j.dibaca_pada IS NULL
    AND j.notifikasi_dihapus_pada IS NULL";

#[async_trait]
impl NotifikasiStore for SqliteStore {
    async fn list_belum_dibaca(&self, id_guru: IdPengguna, halaman: Halaman) -> Result<Daftar<Notifikasi>> {
        self.read(move |conn, kunci| {
            let total: i64 = conn
                .prepare_cached(&format!("SELECT COUNT(*) FROM janji_temu j WHERE {BELUM_DIBACA}"))?
                .query_row(named_params! { ":id_guru": id_guru.0 }, |row| row.get(0))?;
            let sql = format!(
                "{} WHERE {BELUM_DIBACA} ORDER BY j.waktu_datang, j.id LIMIT :limit OFFSET :offset",
                janji_temu::SELECT
            );
            let (limit, offset) = limit_offset(halaman);
            let params = named_params! { ":id_guru": id_guru.0, ":limit": limit, ":offset": offset };
            Ok(Daftar { data: select(conn, kunci, &sql, params)?, total: total.unsigned_abs() })
        })
        .await
    }

    async fn list_belum_dibaca_terbaru(
        &self,
        id_guru: IdPengguna,
        paling_banyak: u32,
    ) -> Result<Vec<Notifikasi>> {
        self.read(move |conn, kunci| {
            let sql = format!(
                "{} WHERE {BELUM_DIBACA} ORDER BY j.waktu_datang DESC, j.id DESC LIMIT :limit",
                janji_temu::SELECT
            );
            let params = named_params! { ":id_guru": id_guru.0, ":limit": paling_banyak };
            select(conn, kunci, &sql, params)
        })
        .await
    }

    async fn list_belum_dibaca_sebelum(
        &self,
        id_guru: IdPengguna,
        sebelum: IdJanjiTemu,
        paling_banyak: u32,
    ) -> Result<Vec<Notifikasi>> {
        self.read(move |conn, kunci| {
            let sql = format!(
                "{} WHERE {BELUM_DIBACA} AND j.id < :sebelum ORDER BY j.id DESC LIMIT :limit",
                janji_temu::SELECT
            );
            let params =
                named_params! { ":id_guru": id_guru.0, ":sebelum": sebelum.0, ":limit": paling_banyak };
            select(conn, kunci, &sql, params)
        })
        .await
    }

    async fn list(&self, id_guru: IdPengguna, halaman: Halaman) -> Result<Daftar<Notifikasi>> {
        self.read(move |conn, kunci| list(conn, kunci, id_guru, halaman)).await
    }

    async fn mark_read(
        &self,
        id: IdJanjiTemu,
        id_guru: IdPengguna,
        waktu: DateTime<Utc>,
    ) -> Result<JanjiTemu> {
        self.write(move |conn, kunci| {
            conn.prepare_cached(
                "UPDATE janji_temu SET dibaca_pada = :waktu, versi = versi + 1
                WHERE id = :id AND id_guru = :id_guru AND waktu_datang IS NOT NULL AND dibaca_pada IS NULL",
            )?
            .execute(named_params! { ":id": id.0, ":id_guru": id_guru.0, ":waktu": ms(waktu) })?;
            get(conn, kunci, id, id_guru)
        })
        .await
    }

    async fn delete(&self, id: IdJanjiTemu, id_guru: IdPengguna, waktu: DateTime<Utc>) -> Result<JanjiTemu> {
        self.write(move |conn, kunci| {
            conn.prepare_cached(
                "UPDATE janji_temu SET notifikasi_dihapus_pada = :waktu, versi = versi + 1
                WHERE id = :id AND id_guru = :id_guru AND waktu_datang IS NOT NULL
                    AND notifikasi_dihapus_pada IS NULL",
            )?
            .execute(named_params! { ":id": id.0, ":id_guru": id_guru.0, ":waktu": ms(waktu) })?;
            get(conn, kunci, id, id_guru)
        })
        .await
    }

    async fn beri_tahu(&self, id: IdJanjiTemu, waktu: DateTime<Utc>) -> Result<Option<JanjiTemu>> {
        self.write(move |conn, kunci| {
            let changed = conn
                .prepare_cached(
                    "UPDATE janji_temu SET
                        diberi_tahu_pada = :waktu, dibaca_pada = NULL, notifikasi_dihapus_pada = NULL,
                        versi = versi + 1
                    WHERE id = :id AND status = 'menunggu'
                        AND (
                            diberi_tahu_pada IS NULL OR diberi_tahu_pada <= :sebelum
                            OR diberi_tahu_pada > :waktu
                        )",
                )?
                .execute(named_params! {
                    ":id": id.0, ":waktu": ms(waktu), ":sebelum": ms(waktu - JEDA_BERI_TAHU),
                })?;
            if changed == 0 { Ok(None) } else { janji_temu::get(conn, kunci, id).map(Some) }
        })
        .await
    }

    async fn respond(
        &self,
        id: IdJanjiTemu,
        id_guru: IdPengguna,
        tanggapan: Option<Tanggapan>,
        waktu: DateTime<Utc>,
    ) -> Result<JanjiTemu> {
        self.write(move |conn, kunci| {
            match &tanggapan {
                Some(tanggapan) => answer(conn, id, id_guru, tanggapan, waktu)?,
                None => take_back(conn, id, id_guru)?,
            }
            get(conn, kunci, id, id_guru)
        })
        .await
    }
}

fn answer(
    conn: &Connection,
    id: IdJanjiTemu,
    id_guru: IdPengguna,
    tanggapan: &Tanggapan,
    waktu: DateTime<Utc>,
) -> Result<()> {
    conn.prepare_cached(
        "UPDATE janji_temu SET
            tanggapan = :teks, tanggapan_jenis = :jenis, tanggapan_menit = :menit, tanggapan_tempat = :tempat,
            ditanggapi_pada = :waktu,
            dibaca_pada = COALESCE(dibaca_pada, :waktu),
            versi = versi + 1
        WHERE id = :id AND id_guru = :id_guru AND waktu_datang IS NOT NULL
            AND (
                tanggapan IS NOT :teks OR tanggapan_jenis IS NOT :jenis OR tanggapan_menit IS NOT :menit
                OR tanggapan_tempat IS NOT :tempat OR dibaca_pada IS NULL
                OR ditanggapi_pada + tanggapan_menit * 60000 <= :waktu
            )",
    )?
    .execute(named_params! {
        ":id": id.0,
        ":id_guru": id_guru.0,
        ":teks": tanggapan.teks,
        ":jenis": tanggapan.jenis.as_str(),
        ":menit": tanggapan.menit,
        ":tempat": tanggapan.tempat,
        ":waktu": ms(waktu),
    })?;
    Ok(())
}

fn take_back(conn: &Connection, id: IdJanjiTemu, id_guru: IdPengguna) -> Result<()> {
    conn.prepare_cached(
        "UPDATE janji_temu SET
            tanggapan = NULL, tanggapan_jenis = NULL, tanggapan_menit = NULL, tanggapan_tempat = NULL,
            ditanggapi_pada = NULL,
            versi = versi + 1
        WHERE id = :id AND id_guru = :id_guru AND waktu_datang IS NOT NULL AND tanggapan IS NOT NULL",
    )?
    .execute(named_params! { ":id": id.0, ":id_guru": id_guru.0 })?;
    Ok(())
}

fn list(
    conn: &Connection,
    kunci: &Kunci,
    id_guru: IdPengguna,
    halaman: Halaman,
) -> Result<Daftar<Notifikasi>> {
    let total: i64 = conn
        .prepare_cached(
            "SELECT COUNT(*) FROM janji_temu
            WHERE id_guru = ?1 AND waktu_datang IS NOT NULL AND notifikasi_dihapus_pada IS NULL",
        )?
        .query_row([id_guru.0], |row| row.get(0))?;
    let sql = format!(
        "{} WHERE j.id_guru = :id_guru AND j.waktu_datang IS NOT NULL AND j.notifikasi_dihapus_pada IS NULL
        ORDER BY j.waktu_datang DESC, j.id DESC LIMIT :limit OFFSET :offset",
        janji_temu::SELECT
    );
    let (limit, offset) = limit_offset(halaman);
    let params = named_params! { ":id_guru": id_guru.0, ":limit": limit, ":offset": offset };
    Ok(Daftar { data: select(conn, kunci, &sql, params)?, total: total.unsigned_abs() })
}

fn select(conn: &Connection, kunci: &Kunci, sql: &str, params: impl Params) -> Result<Vec<Notifikasi>> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| janji_temu::from_row(row, kunci))?;
    let arrivals = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(arrivals.iter().filter_map(Notifikasi::of).collect())
}

/// The appointment of a guru's notification.
fn get(conn: &Connection, kunci: &Kunci, id: IdJanjiTemu, id_guru: IdPengguna) -> Result<JanjiTemu> {
    let sql =
        format!("{} WHERE j.id = ?1 AND j.id_guru = ?2 AND j.waktu_datang IS NOT NULL", janji_temu::SELECT);
    let found = conn
        .prepare_cached(&sql)?
        .query_row((id.0, id_guru.0), |row| janji_temu::from_row(row, kunci))
        .optional()?;
    found.ok_or(StoreError::NotFound)
}
