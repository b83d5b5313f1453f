//! The end of a user. The row is deleted if nothing refers to it; otherwise only the right to sign in ends.

use chrono::{DateTime, Utc};
use domain::IdPengguna;

use super::{ADMIN_LOCK, NOT_THE_LAST_ADMIN, update::REVOKE_ALL};
use crate::{
    Conflict, Result, StoreError,
    mssql::{
        conflict::Failure,
        engine::{Audited, Engine, Statement},
        row::int,
    },
    pengguna::Deletion,
};

pub(super) async fn delete(engine: &Engine, id: IdPengguna, waktu: DateTime<Utc>) -> Result<Deletion> {
    let statement = statement().bind("id", id.0).bind("waktu", waktu);
    let answer = engine
        .transact(|| async {
            engine.write_once(&statement).await.map_err(|failure| match failure {
                // An appointment was made in between, so there is history now.
                Failure::Final(error @ StoreError::Conflict(_)) => Failure::Again(error),
                failure => failure,
            })
        })
        .await?;
    let row = answer.one()?;
    match (int(row, "dihapus")?, int(row, "dinonaktifkan")?, int(row, "ada")?) {
        (1, ..) => Ok(Deletion::Dihapus),
        (_, 1, _) => Ok(Deletion::Dinonaktifkan),
        (.., 1) => Err(StoreError::Conflict(Conflict::AdminTerakhir)),
        _ => Err(StoreError::NotFound),
    }
}

/// Sessions go with the row, and so does who is behind a unit. A unit's own list goes before it, because only one of a
/// table's two references may take rows along.
fn statement() -> Statement {
    Statement::new(format!(
        "{ADMIN_LOCK}
        DECLARE @dihapus int, @dinonaktifkan int = 0;
        DELETE FROM sistem.anggota WHERE id_unit = @id AND NOT {HISTORY};
        DELETE FROM dbo.pengguna
        WHERE id = @id
            AND NOT {HISTORY}
            AND {NOT_THE_LAST_ADMIN};
        SET @dihapus = @@ROWCOUNT;
        IF @dihapus = 0
        BEGIN
            UPDATE dbo.pengguna SET aktif = 0, diubah_pada = @waktu
            WHERE id = @id
                AND {HISTORY}
                AND {NOT_THE_LAST_ADMIN};
            SET @dinonaktifkan = @@ROWCOUNT;
        END;
        IF @dinonaktifkan > 0 {REVOKE_ALL}
        SELECT @dihapus AS dihapus, @dinonaktifkan AS dinonaktifkan, COUNT(*) AS ada
        FROM dbo.pengguna WHERE id = @id;"
    ))
    .audited(Audited {
        when: Some("@dihapus > 0 OR @dinonaktifkan > 0"),
        aksi: Some("CASE WHEN @dihapus > 0 THEN @audit_aksi ELSE N'nonaktifkan' END"),
        ..Audited::default()
    })
}

/// What refers to the user `@id`: visits, in the archive too, answers for a unit, and comments that the user
/// has hidden.
const HISTORY: &str = "(
    EXISTS (SELECT 1 FROM dbo.janji_temu WHERE id_guru = @id)
    OR EXISTS (SELECT 1 FROM sistem.arsip WHERE id_guru = @id)
    OR EXISTS (SELECT 1 FROM dbo.janji_temu WHERE dibuat_oleh = @id)
    OR EXISTS (SELECT 1 FROM sistem.arsip WHERE dibuat_oleh = @id)
    OR EXISTS (SELECT 1 FROM dbo.janji_temu WHERE disembunyikan_oleh = @id)
    OR EXISTS (SELECT 1 FROM sistem.arsip WHERE disembunyikan_oleh = @id)
    OR EXISTS (SELECT 1 FROM dbo.janji_temu WHERE ditanggapi_oleh = @id)
    OR EXISTS (SELECT 1 FROM sistem.arsip WHERE ditanggapi_oleh = @id)
)";
