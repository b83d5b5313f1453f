//! Runs of upkeep, one row each.

use chrono::{DateTime, Utc};
use domain::{
    json::Daftar,
    pemeliharaan::{KeadaanPemeliharaan, Pemicu},
};
use tiberius::Row;

use crate::{
    PageRequest, Result, StoreError,
    mssql::{
        engine::{Engine, Statement},
        row::{bit, count, int, int_opt, page, text_opt, waktu, waktu_opt, word},
    },
    pemeliharaan::{HasilPemeliharaan, NewPemeliharaan, Pemeliharaan, Progress, SILENCE},
};

/// A unique index lets one run be under way, whoever else begins one at the same time.
pub(super) async fn begin(engine: &Engine, baru: NewPemeliharaan) -> Result<Option<i64>> {
    let statement = Statement::new(
        "DECLARE @id bigint;
        UPDATE sistem.pemeliharaan SET keadaan = @terputus, selesai = denyut_pada
        WHERE keadaan = @berjalan AND (denyut_pada < @senyap OR denyut_pada > @sekarang);
        INSERT INTO sistem.pemeliharaan (pemicu, oleh, uji_coba, mulai, denyut_pada, keadaan)
        SELECT @pemicu, @oleh, @uji_coba, @waktu, @waktu, @berjalan
        WHERE NOT EXISTS (SELECT 1 FROM sistem.pemeliharaan WHERE keadaan = @berjalan);
        IF @@ROWCOUNT > 0 SET @id = CAST(SCOPE_IDENTITY() AS bigint);
        SELECT @id AS id;",
    );
    let statement = statement
        .bind("terputus", KeadaanPemeliharaan::Terputus.as_str())
        .bind("berjalan", KeadaanPemeliharaan::Berjalan.as_str())
        .bind("senyap", baru.waktu - SILENCE)
        .bind("sekarang", baru.waktu + SILENCE)
        .bind("pemicu", baru.pemicu.as_str())
        .bind("oleh", baru.oleh.map(|oleh| oleh.0))
        .bind("uji_coba", baru.uji_coba)
        .bind("waktu", baru.waktu);
    match engine.write(statement).await {
        Ok(answer) => int_opt(answer.one()?, "id"),
        Err(StoreError::Conflict(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) async fn note(engine: &Engine, progress: Progress) -> Result<bool> {
    let Progress { id, keadaan, hasil, waktu } = progress;
    let ended = (keadaan != KeadaanPemeliharaan::Berjalan).then_some(waktu);
    let statement = Statement::new(
        "UPDATE sistem.pemeliharaan SET
            keadaan = @keadaan, selesai = @selesai, denyut_pada = @waktu, no_show = @no_show,
            arsip = @arsip, notifikasi = @notifikasi, anonim = @anonim, hapus = @hapus
        WHERE id = @id AND keadaan = @berjalan;
        SELECT CAST(@@ROWCOUNT AS bigint) AS jumlah;",
    );
    let statement = statement
        .bind("id", id)
        .bind("berjalan", KeadaanPemeliharaan::Berjalan.as_str())
        .bind("keadaan", keadaan.as_str())
        .bind("selesai", ended)
        .bind("waktu", waktu)
        .bind("no_show", hasil.no_show.cast_signed())
        .bind("arsip", hasil.arsip.cast_signed())
        .bind("notifikasi", hasil.notifikasi.cast_signed())
        .bind("anonim", hasil.anonim.cast_signed())
        .bind("hapus", hasil.hapus.cast_signed());
    Ok(count(engine.write(statement).await?.one()?, "jumlah")? > 0)
}

const SELECT: &str = "
    SELECT
        p.id, p.pemicu, g.nama AS oleh, p.uji_coba, p.mulai, p.selesai, p.keadaan,
        p.no_show, p.arsip, p.notifikasi, p.anonim, p.hapus
    FROM sistem.pemeliharaan AS p
    LEFT JOIN dbo.pengguna AS g ON g.id = p.oleh";

pub(super) async fn find(engine: &Engine, id: i64) -> Result<Option<Pemeliharaan>> {
    let statement = Statement::new(format!("{SELECT} WHERE p.id = @id")).bind("id", id);
    engine.read(statement).await?.first().map(from_row).transpose()
}

pub(super) async fn list(engine: &Engine, halaman: PageRequest) -> Result<Daftar<Pemeliharaan>> {
    let statement = Statement::new(format!(
        "SELECT COUNT_BIG(*) AS total FROM sistem.pemeliharaan;
        {SELECT} ORDER BY p.id DESC OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;"
    ));
    let answer = engine.read(page(statement, halaman)).await?;
    let data = answer.rows_of(1).iter().map(from_row).collect::<Result<_>>()?;
    Ok(Daftar { data, total: count(answer.one()?, "total")? })
}

pub(super) async fn find_latest(engine: &Engine, pemicu: Option<Pemicu>) -> Result<Option<DateTime<Utc>>> {
    let statement = Statement::new(
        "SELECT TOP (1) mulai FROM sistem.pemeliharaan
        WHERE pemicu = COALESCE(@pemicu, pemicu) AND uji_coba = 0 AND keadaan IN (@selesai, @berjalan)
        ORDER BY id DESC",
    );
    let statement = statement
        .bind("pemicu", pemicu.map(Pemicu::as_str))
        .bind("selesai", KeadaanPemeliharaan::Selesai.as_str())
        .bind("berjalan", KeadaanPemeliharaan::Berjalan.as_str());
    engine.read(statement).await?.first().map(|row| waktu(row, "mulai")).transpose()
}

fn from_row(row: &Row) -> Result<Pemeliharaan> {
    Ok(Pemeliharaan {
        id: int(row, "id")?,
        pemicu: word(row, "pemicu")?,
        oleh: text_opt(row, "oleh")?,
        uji_coba: bit(row, "uji_coba")?,
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
