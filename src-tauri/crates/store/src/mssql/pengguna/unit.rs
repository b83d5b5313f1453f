//! Units, and who is behind each.

use std::collections::HashMap;

use domain::{IdPengguna, Pengguna, pengguna::Anggota};

use super::{COLUMNS, bind, from_row, insert};
use crate::{
    Conflict, Result, StoreError, milik,
    mssql::{
        conflict::Failure,
        engine::{Audited, Engine, Statement, Transaction},
        row::{bit, count, int, text},
    },
    pengguna::UnitBaru,
};

pub(super) async fn create_unit(engine: &Engine, baru: &UnitBaru) -> Result<Pengguna, Failure> {
    let mut transaction = engine.begin().await?;
    let answer = transaction.query(bind(Statement::new(insert()), baru.pengguna())).await?;
    let id = from_row(answer.one()?)?.id;
    if !set_anggota(&mut transaction, id, &baru.anggota, "UPDATE dbo.pengguna SET unit = 1 WHERE id = @unit;")
        .await?
    {
        transaction.roll_back().await?;
        return Err(StoreError::Conflict(Conflict::Anggota).into());
    }
    let sql = format!("SELECT {COLUMNS} FROM dbo.pengguna WHERE id = @id;");
    let made = Audited { id: Some("@id"), ..Audited::default() };
    let answer = transaction.query(Statement::new(sql).audited(made).bind("id", id.0)).await?;
    let pengguna = from_row(answer.one()?)?;
    transaction.commit().await?;
    Ok(pengguna)
}

/// Sets who is behind the unit, after `first`. Whoever is new to it must be active and no unit. False if somebody was
/// not; then the caller takes everything back.
pub(super) async fn set_anggota(
    transaction: &mut Transaction<'_>,
    unit: IdPengguna,
    anggota: &[IdPengguna],
    first: &str,
) -> Result<bool, Failure> {
    let statement = Statement::new(format!(
        "{first}
        DELETE FROM sistem.anggota
        WHERE id_unit = @unit AND id_pengguna NOT IN (
            SELECT d.id FROM OPENJSON(@anggota) WITH (id bigint '$') AS d
        );
        INSERT INTO sistem.anggota (id_unit, id_pengguna)
        SELECT u.id, p.id FROM dbo.pengguna AS u
        INNER JOIN dbo.pengguna AS p ON p.aktif = 1 AND p.unit = 0
        WHERE u.id = @unit AND u.unit = 1
            AND p.id IN (SELECT d.id FROM OPENJSON(@anggota) WITH (id bigint '$') AS d)
            AND NOT EXISTS (SELECT 1 FROM sistem.anggota AS m WHERE m.id_unit = u.id AND m.id_pengguna = p.id);
        SELECT
            (SELECT COUNT_BIG(*) FROM sistem.anggota WHERE id_unit = @unit) AS ada,
            (SELECT COUNT_BIG(*) FROM dbo.pengguna WHERE id = @unit AND unit = 1) AS unit;"
    ));
    let statement = statement.bind("unit", unit.0).bind("anggota", milik::to_json(anggota));
    let answer = transaction.query(statement).await?;
    let row = answer.one()?;
    let wanted = anggota.iter().collect::<std::collections::HashSet<_>>().len() as u64;
    Ok(count(row, "ada")? == wanted && count(row, "unit")? == 1)
}

pub(super) async fn list_anggota(
    engine: &Engine,
    unit: &[IdPengguna],
) -> Result<HashMap<IdPengguna, Vec<Anggota>>> {
    let statement = Statement::new(
        "SELECT m.id_unit, p.id, p.nama, p.aktif FROM sistem.anggota AS m
        INNER JOIN dbo.pengguna AS p ON p.id = m.id_pengguna
        WHERE m.id_unit IN (SELECT d.id FROM OPENJSON(@unit) WITH (id bigint '$') AS d)
        ORDER BY p.nama, p.id;",
    );
    let answer = engine.read(statement.bind("unit", milik::to_json(unit))).await?;
    let mut behind = HashMap::<_, Vec<_>>::new();
    for row in answer.rows() {
        let one =
            Anggota { id: IdPengguna(int(row, "id")?), nama: text(row, "nama")?, aktif: bit(row, "aktif")? };
        behind.entry(IdPengguna(int(row, "id_unit")?)).or_default().push(one);
    }
    Ok(behind)
}

pub(super) async fn is_anggota(engine: &Engine, unit: IdPengguna, id: IdPengguna) -> Result<bool> {
    let statement = Statement::new(
        "SELECT COUNT_BIG(*) AS jumlah FROM sistem.anggota WHERE id_unit = @unit AND id_pengguna = @id;",
    );
    let answer = engine.read(statement.bind("unit", unit.0).bind("id", id.0)).await?;
    Ok(count(answer.one()?, "jumlah")? > 0)
}
