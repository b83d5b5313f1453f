//! What gurus are told of arrivals. A change that is already made changes nothing, the version neither.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, IdPengguna, JanjiTemu, Tanggapan,
    json::Daftar,
    notifikasi::{JEDA_BERI_TAHU, Notifikasi},
};
use tiberius::Row;

use super::{
    MssqlStore,
    engine::Statement,
    janji_temu,
    row::{count, page},
};
use crate::{Halaman, Kunci, NotifikasiStore, Result, StoreError};

/// What a guru is told of and has neither read nor put away.
const BELUM_DIBACA: &str = "j.id_guru = @id_guru AND j.waktu_datang IS NOT NULL AND j.dibaca_pada IS NULL
    AND j.notifikasi_dihapus_pada IS NULL";

#[async_trait]
impl NotifikasiStore for MssqlStore {
    async fn list_belum_dibaca(&self, id_guru: IdPengguna, halaman: Halaman) -> Result<Daftar<Notifikasi>> {
        let sql = format!(
            "SELECT COUNT_BIG(*) AS total FROM dbo.janji_temu j WHERE {BELUM_DIBACA};
            {} WHERE {BELUM_DIBACA} ORDER BY j.waktu_datang, j.id
            OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;",
            janji_temu::SELECT
        );
        let statement = page(Statement::new(sql).bind("id_guru", id_guru.0), halaman);
        let answer = self.engine.read(statement).await?;
        let data = notifikasi(answer.rows_of(1), &self.kunci)?;
        Ok(Daftar { data, total: count(answer.one()?, "total")? })
    }

    async fn list_belum_dibaca_terbaru(
        &self,
        id_guru: IdPengguna,
        paling_banyak: u32,
    ) -> Result<Vec<Notifikasi>> {
        let sql = format!(
            "{} WHERE {BELUM_DIBACA} ORDER BY j.waktu_datang DESC, j.id DESC
            OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY",
            janji_temu::SELECT
        );
        let statement = first(Statement::new(sql).bind("id_guru", id_guru.0), paling_banyak);
        notifikasi(self.engine.read(statement).await?.rows(), &self.kunci)
    }

    async fn list_belum_dibaca_sebelum(
        &self,
        id_guru: IdPengguna,
        sebelum: IdJanjiTemu,
        paling_banyak: u32,
    ) -> Result<Vec<Notifikasi>> {
        let sql = format!(
            "{} WHERE {BELUM_DIBACA} AND j.id < @sebelum ORDER BY j.id DESC
            OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY",
            janji_temu::SELECT
        );
        let statement = Statement::new(sql).bind("id_guru", id_guru.0).bind("sebelum", sebelum.0);
        let statement = first(statement, paling_banyak);
        notifikasi(self.engine.read(statement).await?.rows(), &self.kunci)
    }

    async fn list(&self, id_guru: IdPengguna, halaman: Halaman) -> Result<Daftar<Notifikasi>> {
        let sql = format!(
            "SELECT COUNT_BIG(*) AS total FROM dbo.janji_temu
            WHERE id_guru = @id_guru AND waktu_datang IS NOT NULL AND notifikasi_dihapus_pada IS NULL;
            {} WHERE j.id_guru = @id_guru AND j.waktu_datang IS NOT NULL AND j.notifikasi_dihapus_pada IS NULL
            ORDER BY j.waktu_datang DESC, j.id DESC
            OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;",
            janji_temu::SELECT
        );
        let statement = page(Statement::new(sql).bind("id_guru", id_guru.0), halaman);
        let answer = self.engine.read(statement).await?;
        let data = notifikasi(answer.rows_of(1), &self.kunci)?;
        Ok(Daftar { data, total: count(answer.one()?, "total")? })
    }

    async fn mark_read(
        &self,
        id: IdJanjiTemu,
        id_guru: IdPengguna,
        waktu: DateTime<Utc>,
    ) -> Result<JanjiTemu> {
        let statement = Statement::new(then_get(
            "UPDATE dbo.janji_temu SET dibaca_pada = @waktu, versi = versi + 1
            WHERE id = @id AND id_guru = @id_guru AND waktu_datang IS NOT NULL AND dibaca_pada IS NULL;",
        ));
        self.change_notifikasi(statement.bind("waktu", waktu), id, id_guru).await
    }

    async fn delete(&self, id: IdJanjiTemu, id_guru: IdPengguna, waktu: DateTime<Utc>) -> Result<JanjiTemu> {
        let statement = Statement::new(then_get(
            "UPDATE dbo.janji_temu SET notifikasi_dihapus_pada = @waktu, versi = versi + 1
            WHERE id = @id AND id_guru = @id_guru AND waktu_datang IS NOT NULL
                AND notifikasi_dihapus_pada IS NULL;",
        ));
        self.change_notifikasi(statement.bind("waktu", waktu), id, id_guru).await
    }

    async fn beri_tahu(&self, id: IdJanjiTemu, waktu: DateTime<Utc>) -> Result<Option<JanjiTemu>> {
        let statement = Statement::new(format!(
            "DECLARE @n int;
            UPDATE dbo.janji_temu SET
                diberi_tahu_pada = @waktu, dibaca_pada = NULL, notifikasi_dihapus_pada = NULL,
                versi = versi + 1
            WHERE id = @id AND status = N'menunggu'
                AND (
                    diberi_tahu_pada IS NULL OR diberi_tahu_pada <= @sebelum OR diberi_tahu_pada > @waktu
                );
            SET @n = @@ROWCOUNT;
            {} WHERE j.id = @id AND @n > 0;",
            janji_temu::SELECT
        ));
        let statement =
            statement.bind("id", id.0).bind("waktu", waktu).bind("sebelum", waktu - JEDA_BERI_TAHU);
        let answer = self.engine.write(statement).await?;
        answer.first().map(|row| janji_temu::from_row(row, &self.kunci)).transpose()
    }

    async fn respond(
        &self,
        id: IdJanjiTemu,
        id_guru: IdPengguna,
        tanggapan: Option<Tanggapan>,
        waktu: DateTime<Utc>,
    ) -> Result<JanjiTemu> {
        let statement = match tanggapan {
            Some(tanggapan) => Statement::new(then_get(ANSWER))
                .bind("teks", tanggapan.teks)
                .bind("jenis", tanggapan.jenis.as_str())
                .bind("menit", tanggapan.menit.map(i64::from))
                .bind("tempat", tanggapan.tempat)
                .bind("waktu", waktu),
            None => Statement::new(then_get(TAKE_BACK)),
        };
        self.change_notifikasi(statement, id, id_guru).await
    }
}

impl MssqlStore {
    /// Makes a change to a notification; one that is made already comes to the same.
    async fn change_notifikasi(
        &self,
        statement: Statement,
        id: IdJanjiTemu,
        id_guru: IdPengguna,
    ) -> Result<JanjiTemu> {
        let statement = statement.bind("id", id.0).bind("id_guru", id_guru.0);
        let answer = self.engine.write_again(statement).await?;
        let row = answer.first().ok_or(StoreError::NotFound)?;
        janji_temu::from_row(row, &self.kunci)
    }
}

/// Words are compared to the letter, whatever the collation of the columns.
const ANSWER: &str = "
    UPDATE dbo.janji_temu SET
        tanggapan = @teks, tanggapan_jenis = @jenis, tanggapan_menit = @menit, tanggapan_tempat = @tempat,
        ditanggapi_pada = @waktu,
        dibaca_pada = COALESCE(dibaca_pada, @waktu),
        versi = versi + 1
    WHERE id = @id AND id_guru = @id_guru AND waktu_datang IS NOT NULL
        AND (
            tanggapan IS NULL OR tanggapan COLLATE Latin1_General_BIN2 <> @teks
            OR tanggapan_jenis IS NULL OR tanggapan_jenis <> @jenis
            OR COALESCE(tanggapan_menit, 0) <> COALESCE(@menit, 0)
            OR COALESCE(tanggapan_tempat, N'') COLLATE Latin1_General_BIN2 <> COALESCE(@tempat, N'')
            OR dibaca_pada IS NULL
            OR DATEADD(MINUTE, tanggapan_menit, ditanggapi_pada) <= @waktu
        );";

const TAKE_BACK: &str = "
    UPDATE dbo.janji_temu SET
        tanggapan = NULL, tanggapan_jenis = NULL, tanggapan_menit = NULL, tanggapan_tempat = NULL,
        ditanggapi_pada = NULL,
        versi = versi + 1
    WHERE id = @id AND id_guru = @id_guru AND waktu_datang IS NOT NULL AND tanggapan IS NOT NULL;";

/// A change, and the appointment of the guru's notification as it stands after it.
fn then_get(update: &str) -> String {
    let select = janji_temu::SELECT;
    format!("{update} {select} WHERE j.id = @id AND j.id_guru = @id_guru AND j.waktu_datang IS NOT NULL;")
}

/// Bounds a list from its beginning.
fn first(statement: Statement, paling_banyak: u32) -> Statement {
    page(statement, Halaman { nomor: 1, ukuran: paling_banyak })
}

fn notifikasi(rows: &[Row], kunci: &Kunci) -> Result<Vec<Notifikasi>> {
    let arrivals = rows.iter().map(|row| janji_temu::from_row(row, kunci)).collect::<Result<Vec<_>>>()?;
    Ok(arrivals.iter().filter_map(Notifikasi::of).collect())
}
