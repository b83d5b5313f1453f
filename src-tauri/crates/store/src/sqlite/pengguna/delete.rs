//! The end of a user. The row is deleted if nothing refers to it; otherwise only the right to sign in ends.

use chrono::{DateTime, Utc};
use domain::{IdPengguna, audit::Aksi};
use rusqlite::{Connection, named_params};

use super::{refused, update::revoke_all};
use crate::{
    Result,
    pengguna::Deletion,
    sqlite::{audit, row::ms},
};

pub(super) fn delete(conn: &Connection, id: IdPengguna, waktu: DateTime<Utc>) -> Result<Deletion> {
    if delete_without_history(conn, id)? {
        return Ok(Deletion::Dihapus);
    }
    if deactivate(conn, id, waktu)? {
        revoke_all(conn, id, waktu)?;
        audit::turned_out(Aksi::Nonaktifkan);
        return Ok(Deletion::Dinonaktifkan);
    }
    Err(refused(conn, id)?)
}

/// Sessions go with the row.
fn delete_without_history(conn: &Connection, id: IdPengguna) -> Result<bool> {
    let deleted = conn
        .prepare_cached(&format!(
            "DELETE FROM pengguna
            WHERE id = :id
                AND NOT {HISTORY}
                AND (
                    role <> 'Admin' OR aktif = 0
                    OR EXISTS (
                        SELECT 1 FROM pengguna AS lain
                        WHERE lain.role = 'Admin' AND lain.aktif = 1 AND lain.wajib_ganti_password = 0
                            AND lain.id <> :id
                    )
                )"
        ))?
        .execute(named_params! { ":id": id.0 })?;
    Ok(deleted > 0)
}

fn deactivate(conn: &Connection, id: IdPengguna, waktu: DateTime<Utc>) -> Result<bool> {
    let changed = conn
        .prepare_cached(&format!(
            "UPDATE pengguna SET aktif = 0, diubah_pada = :waktu
            WHERE id = :id
                AND {HISTORY}
                AND (
                    role <> 'Admin' OR aktif = 0
                    OR EXISTS (
                        SELECT 1 FROM pengguna AS lain
                        WHERE lain.role = 'Admin' AND lain.aktif = 1 AND lain.wajib_ganti_password = 0
                            AND lain.id <> :id
                    )
                )"
        ))?
        .execute(named_params! { ":id": id.0, ":waktu": ms(waktu) })?;
    Ok(changed > 0)
}

/// What refers to the user `:id`: visits, in the archive too, answers for a unit, and comments that the user
/// has hidden. Who is behind a unit leaves it with the row.
const HISTORY: &str = "(
    EXISTS (SELECT 1 FROM janji_temu WHERE id_guru = :id)
    OR EXISTS (SELECT 1 FROM sistem_arsip WHERE id_guru = :id)
    OR EXISTS (SELECT 1 FROM janji_temu WHERE dibuat_oleh = :id)
    OR EXISTS (SELECT 1 FROM sistem_arsip WHERE dibuat_oleh = :id)
    OR EXISTS (SELECT 1 FROM janji_temu WHERE disembunyikan_oleh = :id)
    OR EXISTS (SELECT 1 FROM sistem_arsip WHERE disembunyikan_oleh = :id)
    OR EXISTS (SELECT 1 FROM janji_temu WHERE ditanggapi_oleh = :id)
    OR EXISTS (SELECT 1 FROM sistem_arsip WHERE ditanggapi_oleh = :id)
)";
