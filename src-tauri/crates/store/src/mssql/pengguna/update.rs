//! Changes to a user, and the sessions that end with some of them.

use chrono::{DateTime, Utc};
use domain::{IdPengguna, Pengguna, Role, Sapaan, Telp, kata, pesan, sesi::password_end};

use super::{ADMIN_LOCK, COLUMNS, from_row, unit::set_anggota};
use crate::{
    Conflict, Result, StoreError,
    mssql::{
        conflict::Failure,
        engine::{Engine, Statement, Transaction},
        pesan_keluar,
        row::int,
    },
    pengguna::{NewPassword, PenggunaChanges},
};

/// Ends every session of the user `@id`.
pub(in crate::mssql) const REVOKE_ALL: &str =
    "UPDATE sistem.sesi SET dicabut_pada = @waktu WHERE id_pengguna = @id AND dicabut_pada IS NULL;";

pub(super) async fn update(
    engine: &Engine,
    id: IdPengguna,
    ubah: &PenggunaChanges,
    waktu: DateTime<Utc>,
) -> Result<Pengguna, Failure> {
    let mut transaction = engine.begin().await?;
    match update_within(&mut transaction, id, ubah, waktu).await? {
        Ok(pengguna) => {
            transaction.commit().await?;
            Ok(pengguna)
        }
        Err(error) => {
            transaction.roll_back().await?;
            Err(error.into())
        }
    }
}

/// The same as a part of a transaction, which the caller takes back where the user cannot be changed.
pub(super) async fn update_within(
    transaction: &mut Transaction<'_>,
    id: IdPengguna,
    ubah: &PenggunaChanges,
    waktu: DateTime<Utc>,
) -> Result<Result<Pengguna>, Failure> {
    // The old role and the old `aktif` are read under the lock that every change of them takes.
    let statement = Statement::new(format!(
        "{ADMIN_LOCK}
        DECLARE @diubah int, @role_lama nvarchar(20), @aktif_lama bit;
        SELECT @role_lama = role, @aktif_lama = aktif FROM dbo.pengguna WHERE id = @id;
        UPDATE dbo.pengguna SET
            nama = COALESCE(@nama, nama),
            sapaan = CASE WHEN @ubah_sapaan = 1 THEN @sapaan ELSE sapaan END,
            jabatan = CASE WHEN @ubah_jabatan = 1 THEN @jabatan ELSE jabatan END,
            email = COALESCE(@email, email),
            telp = CASE WHEN @ubah_telp = 1 THEN @telp ELSE telp END,
            role = COALESCE(@role, role),
            aktif = COALESCE(@aktif, aktif),
            nuptk = CASE WHEN @ubah_nuptk = 1 THEN @nuptk ELSE nuptk END,
            nip = CASE WHEN @ubah_nip = 1 THEN @nip ELSE nip END,
            tugas_tambahan = CASE WHEN @ubah_tugas = 1 THEN @tugas ELSE tugas_tambahan END,
            diubah_pada = @waktu
        WHERE id = @id
            AND (
                role <> N'Admin' OR aktif = 0
                OR (COALESCE(@role, role) = N'Admin' AND COALESCE(@aktif, aktif) = 1)
                OR EXISTS (
                    SELECT 1 FROM dbo.pengguna AS lain
                    WHERE lain.role = N'Admin' AND lain.aktif = 1 AND lain.wajib_ganti_password = 0
                        AND lain.id <> @id
                )
            );
        SET @diubah = @@ROWCOUNT;
        IF @diubah > 0 AND (@role_lama <> @role OR (@aktif_lama = 1 AND @aktif = 0)) {REVOKE_ALL}
        SELECT {COLUMNS}, @diubah AS diubah FROM dbo.pengguna WHERE id = @id;"
    ));
    let statement = statement
        .bind("id", id.0)
        .bind("nama", ubah.nama.as_ref())
        .bind("ubah_sapaan", ubah.sapaan.is_some())
        .bind("sapaan", ubah.sapaan.flatten().map(Sapaan::as_str))
        .bind("ubah_jabatan", ubah.jabatan.is_some())
        .bind("jabatan", ubah.jabatan.as_ref().and_then(Option::as_ref))
        .bind("email", ubah.email.as_ref())
        .bind("ubah_telp", ubah.telp.is_some())
        .bind("telp", ubah.telp.as_ref().and_then(Option::as_ref).map(Telp::as_str))
        .bind("role", ubah.role.map(Role::as_str))
        .bind("aktif", ubah.aktif)
        .bind("ubah_nuptk", ubah.nuptk.is_some())
        .bind("nuptk", ubah.nuptk.as_ref().and_then(Option::as_ref))
        .bind("ubah_nip", ubah.nip.is_some())
        .bind("nip", ubah.nip.as_ref().and_then(Option::as_ref))
        .bind("ubah_tugas", ubah.tugas_tambahan.is_some())
        .bind("tugas", ubah.tugas_tambahan.as_ref().and_then(Option::as_ref))
        .bind("waktu", waktu);
    let answer = transaction.query(statement).await?;
    let pengguna = match answer.first() {
        Some(row) if int(row, "diubah")? > 0 => from_row(row)?,
        Some(_) => return Ok(Err(StoreError::Conflict(Conflict::AdminTerakhir))),
        None => return Ok(Err(StoreError::NotFound)),
    };
    // Only the whole row tells which words it has now.
    let kata = kata::of_pengguna(&pengguna.nama, pengguna.jabatan.as_deref(), &pengguna.email);
    let words = Statement::new("UPDATE dbo.pengguna SET kata = @kata WHERE id = @id;");
    transaction.query(words.bind("kata", kata).bind("id", id.0)).await?;
    if let Some(anggota) = &ubah.anggota
        && !set_anggota(transaction, id, anggota, "").await?
    {
        return Ok(Err(StoreError::Conflict(Conflict::Anggota)));
    }
    Ok(Ok(pengguna))
}

pub(super) async fn update_password(engine: &Engine, id: IdPengguna, baru: &NewPassword) -> Result<()> {
    let statement = Statement::new(format!(
        "DECLARE @diubah int;
        UPDATE dbo.pengguna SET
            password_hash = @hash,
            password_sampai = @password_sampai,
            wajib_ganti_password = @sementara,
            diubah_pada = @waktu
        WHERE id = @id AND unit = 0 AND password_hash = COALESCE(@lama, password_hash);
        SET @diubah = @@ROWCOUNT;
        IF @diubah > 0 AND @sementara = 1 DELETE FROM sistem.perangkat WHERE id_pengguna = @id;
        IF @diubah > 0 {REVOKE_ALL}
        IF @diubah > 0
        BEGIN
            {}
        END;
        SELECT @diubah AS diubah;",
        pesan_keluar::queue_kredensial("@id")
    ));
    let statement = statement
        .audited_if("@diubah > 0")
        .bind("id", id.0)
        .bind("rahasia", baru.rahasia.clone())
        .bind("kredensial", pesan::password())
        .bind("hash", &baru.hash)
        .bind("lama", baru.lama.as_ref())
        .bind("password_sampai", password_end(baru.sementara, baru.waktu))
        .bind("sementara", baru.sementara)
        .bind("waktu", baru.waktu);
    match int(engine.write(statement).await?.one()?, "diubah")? {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}
