//! Changes to a user, and the sessions that end with some of them.

use chrono::{DateTime, Utc};
use domain::{IdPengguna, Pengguna, Role, Sapaan, Telp, kata, sesi::password_end};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::{COLUMNS, from_row, refused, unit::set_anggota};
use crate::{
    Result, StoreError,
    pengguna::{NewPassword, PenggunaChanges},
    sqlite::{
        pesan_keluar,
        row::{ms, ms_opt},
    },
};

pub(super) fn update(
    conn: &Connection,
    id: IdPengguna,
    ubah: &PenggunaChanges,
    waktu: DateTime<Utc>,
) -> Result<Pengguna> {
    // Goes first, while the row still says what the user was.
    revoke_where_rights_change(conn, id, ubah, waktu)?;
    let sql = format!(
        "UPDATE pengguna SET
            nama = COALESCE(:nama, nama),
            sapaan = IIF(:ubah_sapaan, :sapaan, sapaan),
            jabatan = IIF(:ubah_jabatan, :jabatan, jabatan),
            email = COALESCE(:email, email),
            telp = IIF(:ubah_telp, :telp, telp),
            role = COALESCE(:role, role),
            aktif = COALESCE(:aktif, aktif),
            nuptk = IIF(:ubah_nuptk, :nuptk, nuptk),
            nip = IIF(:ubah_nip, :nip, nip),
            tugas_tambahan = IIF(:ubah_tugas, :tugas, tugas_tambahan),
            diubah_pada = :waktu
        WHERE id = :id
            AND (
                role <> 'Admin' OR aktif = 0
                OR (COALESCE(:role, role) = 'Admin' AND COALESCE(:aktif, aktif) = 1)
                OR EXISTS (
                    SELECT 1 FROM pengguna AS lain
                    WHERE lain.role = 'Admin' AND lain.aktif = 1 AND lain.wajib_ganti_password = 0
                        AND lain.id <> :id
                )
            )
        RETURNING {COLUMNS}"
    );
    let params = named_params! {
        ":id": id.0,
        ":nama": ubah.nama,
        ":ubah_sapaan": ubah.sapaan.is_some(),
        ":sapaan": ubah.sapaan.flatten().map(Sapaan::as_str),
        ":ubah_jabatan": ubah.jabatan.is_some(),
        ":jabatan": ubah.jabatan.as_ref().and_then(Option::as_ref),
        ":email": ubah.email,
        ":ubah_telp": ubah.telp.is_some(),
        ":telp": ubah.telp.as_ref().and_then(Option::as_ref).map(Telp::as_str),
        ":role": ubah.role.map(Role::as_str),
        ":aktif": ubah.aktif,
        ":ubah_nuptk": ubah.nuptk.is_some(),
        ":nuptk": ubah.nuptk.as_ref().and_then(Option::as_ref),
        ":ubah_nip": ubah.nip.is_some(),
        ":nip": ubah.nip.as_ref().and_then(Option::as_ref),
        ":ubah_tugas": ubah.tugas_tambahan.is_some(),
        ":tugas": ubah.tugas_tambahan.as_ref().and_then(Option::as_ref),
        ":waktu": ms(waktu),
    };
    match conn.prepare_cached(&sql)?.query_row(params, from_row).optional()? {
        Some(pengguna) => {
            let kata = kata::of_pengguna(&pengguna.nama, pengguna.jabatan.as_deref(), &pengguna.email);
            conn.prepare_cached("UPDATE pengguna SET kata = ?1 WHERE id = ?2")?.execute((kata, id.0))?;
            if let Some(anggota) = &ubah.anggota {
                set_anggota(conn, id, anggota)?;
            }
            Ok(pengguna)
        }
        None => Err(refused(conn, id)?),
    }
}

fn revoke_where_rights_change(
    conn: &Connection,
    id: IdPengguna,
    ubah: &PenggunaChanges,
    waktu: DateTime<Utc>,
) -> Result<()> {
    conn.prepare_cached(
        "UPDATE sistem_sesi SET dicabut_pada = :waktu
        WHERE id_pengguna = :id AND dicabut_pada IS NULL
            AND EXISTS (
                SELECT 1 FROM pengguna AS p WHERE p.id = :id AND (p.role <> :role OR (p.aktif = 1 AND :aktif = 0))
            )",
    )?
    .execute(named_params! {
        ":id": id.0,
        ":role": ubah.role.map(Role::as_str),
        ":aktif": ubah.aktif,
        ":waktu": ms(waktu),
    })?;
    Ok(())
}

pub(super) fn update_password(conn: &Connection, id: IdPengguna, baru: &NewPassword) -> Result<()> {
    let changed = conn
        .prepare_cached(
            "UPDATE pengguna SET
                password_hash = :hash,
                password_sampai = :password_sampai,
                wajib_ganti_password = :sementara,
                diubah_pada = :waktu
            WHERE id = :id AND unit = 0 AND password_hash = COALESCE(:lama, password_hash)",
        )?
        .execute(named_params! {
            ":id": id.0,
            ":hash": baru.hash,
            ":lama": baru.lama,
            ":password_sampai": ms_opt(password_end(baru.sementara, baru.waktu)),
            ":sementara": baru.sementara,
            ":waktu": ms(baru.waktu),
        })?;
    if changed == 0 {
        return Err(StoreError::NotFound);
    }
    pesan_keluar::queue_kredensial(conn, id, baru.rahasia.as_deref(), baru.waktu)?;
    if baru.sementara {
        conn.prepare_cached("DELETE FROM sistem_perangkat WHERE id_pengguna = ?1")?.execute([id.0])?;
    }
    revoke_all(conn, id, baru.waktu)
}

/// Ends every session of a user.
pub(in crate::sqlite) fn revoke_all(conn: &Connection, id: IdPengguna, waktu: DateTime<Utc>) -> Result<()> {
    conn.prepare_cached(
        "UPDATE sistem_sesi SET dicabut_pada = :waktu WHERE id_pengguna = :id AND dicabut_pada IS NULL",
    )?
    .execute(named_params! { ":id": id.0, ":waktu": ms(waktu) })?;
    Ok(())
}
