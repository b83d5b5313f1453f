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
use tiberius::Row;

use super::{
    MssqlStore,
    engine::Statement,
    janji_temu::{self, change},
    milik,
    row::{count, page},
};
use crate::{NotifikasiStore, PageRequest, Result, SchoolSecrets, StoreError};

/// What a guru is told of and has neither read nor put away.
fn belum_dibaca() -> String {
    format!(
        "{} AND j.waktu_datang IS NOT NULL AND j.dibaca_pada IS NULL AND j.notifikasi_dihapus_pada IS NULL",
        milik::is_own("j.id_guru")
    )
}

#[async_trait]
impl NotifikasiStore for MssqlStore {
    async fn list_belum_dibaca(
        &self,
        id_guru: IdPengguna,
        halaman: PageRequest,
    ) -> Result<Daftar<Notifikasi>> {
        let unread = belum_dibaca();
        let sql = format!(
            "SELECT COUNT_BIG(*) AS total FROM dbo.janji_temu j WHERE {unread};
            {} WHERE {unread} ORDER BY j.waktu_datang, j.id
            OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;",
            janji_temu::SELECT
        );
        let statement = page(Statement::new(sql).bind("id_guru", id_guru.0), halaman);
        let answer = self.engine.read(statement).await?;
        let data = arrivals(answer.rows_of(1), &self.kunci)?;
        Ok(Daftar { data, total: count(answer.one()?, "total")? })
    }

    async fn list_belum_dibaca_terbaru(
        &self,
        id_guru: IdPengguna,
        paling_banyak: u32,
    ) -> Result<Vec<Notifikasi>> {
        let sql = format!(
            "{} WHERE {} ORDER BY j.waktu_datang DESC, j.id DESC
            OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY",
            janji_temu::SELECT,
            belum_dibaca()
        );
        let statement = first(Statement::new(sql).bind("id_guru", id_guru.0), paling_banyak);
        arrivals(self.engine.read(statement).await?.rows(), &self.kunci)
    }

    async fn list_belum_dibaca_sebelum(
        &self,
        id_guru: IdPengguna,
        sebelum: IdJanjiTemu,
        paling_banyak: u32,
    ) -> Result<Vec<Notifikasi>> {
        let sql = format!(
            "{} WHERE {} AND j.id < @sebelum ORDER BY j.id DESC
            OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY",
            janji_temu::SELECT,
            belum_dibaca()
        );
        let statement = Statement::new(sql).bind("id_guru", id_guru.0).bind("sebelum", sebelum.0);
        let statement = first(statement, paling_banyak);
        arrivals(self.engine.read(statement).await?.rows(), &self.kunci)
    }

    async fn list(&self, id_guru: IdPengguna, halaman: PageRequest) -> Result<Daftar<Notifikasi>> {
        let is_own = milik::is_own("j.id_guru");
        let sql = format!(
            "SELECT COUNT_BIG(*) AS total FROM dbo.janji_temu AS j
            WHERE {is_own} AND j.waktu_datang IS NOT NULL AND j.notifikasi_dihapus_pada IS NULL;
            {} WHERE {is_own} AND j.waktu_datang IS NOT NULL AND j.notifikasi_dihapus_pada IS NULL
            ORDER BY j.waktu_datang DESC, j.id DESC
            OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;",
            janji_temu::SELECT
        );
        let statement = page(Statement::new(sql).bind("id_guru", id_guru.0), halaman);
        let answer = self.engine.read(statement).await?;
        let data = arrivals(answer.rows_of(1), &self.kunci)?;
        Ok(Daftar { data, total: count(answer.one()?, "total")? })
    }

    async fn mark_read(
        &self,
        id: IdJanjiTemu,
        id_guru: IdPengguna,
        waktu: DateTime<Utc>,
    ) -> Result<JanjiTemu> {
        self.change_notifikasi(id, id_guru, notifikasi::read(waktu), "dibaca_pada IS NULL").await
    }

    async fn delete(&self, id: IdJanjiTemu, id_guru: IdPengguna, waktu: DateTime<Utc>) -> Result<JanjiTemu> {
        let columns = notifikasi::put_away(waktu);
        self.change_notifikasi(id, id_guru, columns, "notifikasi_dihapus_pada IS NULL").await
    }

    async fn beri_tahu(&self, id: IdJanjiTemu, waktu: DateTime<Utc>) -> Result<Option<JanjiTemu>> {
        let condition = "id = @id AND status = N'menunggu'
            AND (
                diberi_tahu_pada IS NULL OR diberi_tahu_pada <= @sebelum OR diberi_tahu_pada > @diberi_tahu_pada
            )";
        let before = |statement: Statement| statement.bind("sebelum", waktu - JEDA_BERI_TAHU);
        self.change(id, notifikasi::told_again(waktu), condition, before).await
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
        self.change_notifikasi(id, id_guru, columns, &not_yet).await
    }
}

impl MssqlStore {
    /// Changes a guru's notification if this was not done before.
    async fn change_notifikasi(
        &self,
        id: IdJanjiTemu,
        id_guru: IdPengguna,
        columns: Columns,
        not_yet: &str,
    ) -> Result<JanjiTemu> {
        let condition =
            format!("id = @id AND {} AND waktu_datang IS NOT NULL AND {not_yet}", milik::is_own("id_guru"));
        let statement = Statement::new(format!(
            "DECLARE @n int;
            {}
            SET @n = @@ROWCOUNT;
            {} WHERE j.id = @id AND {} AND j.waktu_datang IS NOT NULL;",
            change::update(&columns, &condition),
            janji_temu::SELECT,
            milik::is_own("j.id_guru")
        ));
        let statement = change::bind(statement.audited_if("@n > 0"), columns);
        let statement = statement.bind("id", id.0).bind("id_guru", id_guru.0);
        let answer = self.engine.write_again(statement).await?;
        janji_temu::from_row(answer.first().ok_or(StoreError::NotFound)?, &self.kunci)
    }
}

/// The answer is not the one that stands there, or the minutes of that one are over. Words are compared to the letter,
/// whatever the collation of the columns.
const ANOTHER_ANSWER: &str = "(
        tanggapan IS NULL OR tanggapan COLLATE Latin1_General_BIN2 <> @tanggapan
        OR tanggapan_jenis IS NULL OR tanggapan_jenis <> @tanggapan_jenis
        OR COALESCE(tanggapan_menit, 0) <> COALESCE(@tanggapan_menit, 0)
        OR COALESCE(tanggapan_tempat, N'') COLLATE Latin1_General_BIN2 <> COALESCE(@tanggapan_tempat, N'')
        OR dibaca_pada IS NULL
        OR DATEADD(MINUTE, tanggapan_menit, ditanggapi_pada) <= @ditanggapi_pada
    )";

/// Nobody else has answered for the unit.
const MINE: &str = "(id_guru = @id_guru OR ditanggapi_oleh IS NULL OR ditanggapi_oleh = @id_guru)";

/// What somebody else has answered for the unit is over, or the desk has asked again since.
const OPEN_AGAIN: &str = "diberi_tahu_pada > ditanggapi_pada
        OR DATEADD(MINUTE, tanggapan_menit, ditanggapi_pada) <= @ditanggapi_pada";

/// Bounds a list from its beginning.
fn first(statement: Statement, paling_banyak: u32) -> Statement {
    page(statement, PageRequest { nomor: 1, ukuran: paling_banyak })
}

fn arrivals(rows: &[Row], kunci: &SchoolSecrets) -> Result<Vec<Notifikasi>> {
    let rows = rows.iter().map(|row| janji_temu::from_row(row, kunci)).collect::<Result<Vec<_>>>()?;
    Ok(rows.iter().filter_map(Notifikasi::of).collect())
}
