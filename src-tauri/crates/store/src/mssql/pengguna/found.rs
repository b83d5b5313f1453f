//! Founding the school.

use domain::{Pengguna, Setelan};

use super::{ADMIN_LOCK, bind, from_row, insert};
use crate::{
    Result,
    mssql::{
        engine::{Engine, Statement},
        setelan::set_all,
    },
    pengguna::PenggunaBaru,
};

/// A founding waits for another one that runs. The school is in use unless it has no guest, and at most one user: an
/// admin who has never signed in.
pub(super) async fn found(
    engine: &Engine,
    admin: PenggunaBaru,
    setelan: &Setelan,
) -> Result<Option<Pengguna>> {
    let (set, bind_all) = set_all(setelan)?;
    let insert = insert();
    let statement = Statement::new(format!(
        "{ADMIN_LOCK}
        IF (SELECT COUNT(*) FROM dbo.pengguna) <= 1
            AND NOT EXISTS (SELECT 1 FROM dbo.pengguna WHERE role <> N'Admin')
            AND NOT EXISTS (SELECT 1 FROM sistem.sesi)
            AND NOT EXISTS (SELECT 1 FROM sistem.perangkat)
            AND NOT EXISTS (SELECT 1 FROM dbo.tamu)
        BEGIN
            DELETE FROM dbo.pengguna;
            {set}
            {insert}
        END;"
    ));
    let answer = engine.write(bind_all(bind(statement, admin))).await?;
    answer.first().map(from_row).transpose()
}
