//! What gurus are told of arrivals. A change that is already made changes nothing, the version neither.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, IdPengguna, JanjiTemu, Tanggapan,
    columns::Columns,
    json::Daftar,
    notifikasi::{self, JEDA_BERI_TAHU, Notifikasi},
    tanggapan,
};
use rusqlite::{Connection, OptionalExtension, Params, named_params};

use super::{
    SqliteStore,
    janji_temu::{self, change::update},
    milik,
    row::{limit_offset, ms},
};
use crate::{NotifikasiStore, PageRequest, Result, SchoolSecrets, StoreError};

/// What a guru is told of and has neither read nor put away.
fn belum_dibaca(conn: &Connection, id_guru: IdPengguna) -> Result<String> {
    let is_own = milik::is_own(conn, "j.id_guru", id_guru)?;
    Ok(format!(
        "{is_own} AND j.waktu_datang IS NOT NULL AND j.dibaca_pada IS NULL AND j.notifikasi_dihapus_pada IS NULL"
    ))
}

#[async_trait]
impl NotifikasiStore for SqliteStore {
    async fn list_belum_dibaca(
        &self,
        id_guru: IdPengguna,
        halaman: PageRequest,
    ) -> Result<Daftar<Notifikasi>> {
        self.read(move |conn, kunci| {
            let unread = belum_dibaca(conn, id_guru)?;
            let total: i64 = conn
                .prepare_cached(&format!("SELECT COUNT(*) FROM janji_temu j WHERE {unread}"))?
                .query_row(named_params! { ":id_guru": id_guru.0 }, |row| row.get(0))?;
            let sql = format!(
                "{} WHERE {unread} ORDER BY j.waktu_datang, j.id LIMIT :limit OFFSET :offset",
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
                "{} WHERE {} ORDER BY j.waktu_datang DESC, j.id DESC LIMIT :limit",
                janji_temu::SELECT,
                belum_dibaca(conn, id_guru)?
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
                "{} WHERE {} AND j.id < :sebelum ORDER BY j.id DESC LIMIT :limit",
                janji_temu::SELECT,
                belum_dibaca(conn, id_guru)?
            );
            let params =
                named_params! { ":id_guru": id_guru.0, ":sebelum": sebelum.0, ":limit": paling_banyak };
            select(conn, kunci, &sql, params)
        })
        .await
    }

    async fn list(&self, id_guru: IdPengguna, halaman: PageRequest) -> Result<Daftar<Notifikasi>> {
        self.read(move |conn, kunci| list(conn, kunci, id_guru, halaman)).await
    }

    async fn mark_read(
        &self,
        id: IdJanjiTemu,
        id_guru: IdPengguna,
        waktu: DateTime<Utc>,
    ) -> Result<JanjiTemu> {
        self.change_notifikasi(id, id_guru, notifikasi::read(waktu), "dibaca_pada IS NULL".to_owned()).await
    }

    async fn delete(&self, id: IdJanjiTemu, id_guru: IdPengguna, waktu: DateTime<Utc>) -> Result<JanjiTemu> {
        let columns = notifikasi::put_away(waktu);
        self.change_notifikasi(id, id_guru, columns, "notifikasi_dihapus_pada IS NULL".to_owned()).await
    }

    async fn beri_tahu(&self, id: IdJanjiTemu, waktu: DateTime<Utc>) -> Result<Option<JanjiTemu>> {
        self.write(move |conn, kunci| {
            let condition = "id = :id AND status = 'menunggu'
                AND (
                    diberi_tahu_pada IS NULL OR diberi_tahu_pada <= :sebelum
                    OR diberi_tahu_pada > :diberi_tahu_pada
                )";
            let params = named_params! { ":id": id.0, ":sebelum": ms(waktu - JEDA_BERI_TAHU) };
            let changed = update(conn, notifikasi::told_again(waktu), condition, params)?;
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
        let (columns, not_yet) = match tanggapan {
            Some(tanggapan) => {
                (tanggapan.columns(id_guru, waktu), format!("{ANOTHER_ANSWER} AND ({MINE} OR {OPEN_AGAIN})"))
            }
            None => (tanggapan::taken_back(), format!("tanggapan IS NOT NULL AND {MINE}")),
        };
        self.change_notifikasi(id, id_guru, columns, not_yet).await
    }
}

/// The answer is not the one that stands there, or the minutes of that one are over.
const ANOTHER_ANSWER: &str = "(
        tanggapan IS NOT :tanggapan OR tanggapan_jenis IS NOT :tanggapan_jenis
        OR tanggapan_menit IS NOT :tanggapan_menit OR tanggapan_tempat IS NOT :tanggapan_tempat
        OR dibaca_pada IS NULL OR ditanggapi_pada + tanggapan_menit * 60000 <= :ditanggapi_pada
    )";

/// Nobody else has answered for the unit.
const MINE: &str = "(id_guru = :id_guru OR ditanggapi_oleh IS NULL OR ditanggapi_oleh = :id_guru)";

/// What somebody else has answered for the unit is over, or the desk has asked again since.
const OPEN_AGAIN: &str = "diberi_tahu_pada > ditanggapi_pada
        OR ditanggapi_pada + tanggapan_menit * 60000 <= :ditanggapi_pada";

impl SqliteStore {
    /// Changes a guru's notification if this was not done before.
    async fn change_notifikasi(
        &self,
        id: IdJanjiTemu,
        id_guru: IdPengguna,
        columns: Columns,
        not_yet: String,
    ) -> Result<JanjiTemu> {
        self.write(move |conn, kunci| {
            let is_own = milik::is_own(conn, "id_guru", id_guru)?;
            let condition = format!("id = :id AND {is_own} AND waktu_datang IS NOT NULL AND {not_yet}");
            update(conn, columns, &condition, named_params! { ":id": id.0, ":id_guru": id_guru.0 })?;
            get(conn, kunci, id, id_guru)
        })
        .await
    }
}

fn list(
    conn: &Connection,
    kunci: &SchoolSecrets,
    id_guru: IdPengguna,
    halaman: PageRequest,
) -> Result<Daftar<Notifikasi>> {
    let is_own = milik::is_own(conn, "j.id_guru", id_guru)?;
    let count = format!(
        "SELECT COUNT(*) FROM janji_temu AS j
        WHERE {is_own} AND j.waktu_datang IS NOT NULL AND j.notifikasi_dihapus_pada IS NULL"
    );
    let params = named_params! { ":id_guru": id_guru.0 };
    let total: i64 = conn.prepare_cached(&count)?.query_row(params, |row| row.get(0))?;
    let sql = format!(
        "{} WHERE {is_own} AND j.waktu_datang IS NOT NULL AND j.notifikasi_dihapus_pada IS NULL
        ORDER BY j.waktu_datang DESC, j.id DESC LIMIT :limit OFFSET :offset",
        janji_temu::SELECT
    );
    let (limit, offset) = limit_offset(halaman);
    let params = named_params! { ":id_guru": id_guru.0, ":limit": limit, ":offset": offset };
    Ok(Daftar { data: select(conn, kunci, &sql, params)?, total: total.unsigned_abs() })
}

fn select(
    conn: &Connection,
    kunci: &SchoolSecrets,
    sql: &str,
    params: impl Params,
) -> Result<Vec<Notifikasi>> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| janji_temu::from_row(row, kunci))?;
    let arrivals = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(arrivals.iter().filter_map(Notifikasi::of).collect())
}

/// The appointment of a guru's notification.
fn get(conn: &Connection, kunci: &SchoolSecrets, id: IdJanjiTemu, id_guru: IdPengguna) -> Result<JanjiTemu> {
    let is_own = milik::is_own(conn, "j.id_guru", id_guru)?;
    let sql = format!("{} WHERE j.id = :id AND {is_own} AND j.waktu_datang IS NOT NULL", janji_temu::SELECT);
    let params = named_params! { ":id": id.0, ":id_guru": id_guru.0 };
    let found =
        conn.prepare_cached(&sql)?.query_row(params, |row| janji_temu::from_row(row, kunci)).optional()?;
    found.ok_or(StoreError::NotFound)
}
