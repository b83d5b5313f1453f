//! Users with what an admin is shown of each.

use domain::{
    IdPengguna,
    impor::Dikenal,
    json::Daftar,
    pengguna::{Kepegawaian, PenggunaRinci},
};
use tiberius::Row;

use super::{COLUMNS, condition, from_row, unit::list_anggota};
use crate::{
    PageRequest, Result,
    mssql::{
        engine::{Engine, Patience, Statement},
        row::{count, page, text_opt, waktu_opt},
    },
    pengguna::{OrderBy, PenggunaFilter, PenggunaOrder},
};

/// A device remembers for longer than a session when its user signed in; a reset password forgets the devices.
const LOGIN_TERAKHIR: &str = "(
        SELECT MAX(x.pada) FROM (
            SELECT MAX(s.dibuat_pada) AS pada FROM sistem.sesi AS s WHERE s.id_pengguna = dbo.pengguna.id
            UNION ALL
            SELECT MAX(d.terakhir_pada) AS pada FROM sistem.perangkat AS d WHERE d.id_pengguna = dbo.pengguna.id
        ) AS x
    )";

pub(super) async fn list(
    engine: &Engine,
    saring: &PenggunaFilter,
    urut: PenggunaOrder,
    halaman: PageRequest,
) -> Result<Daftar<PenggunaRinci>> {
    let (condition, statement) = condition(saring);
    let direction = if urut.turun { "DESC" } else { "ASC" };
    let order = match urut.menurut {
        OrderBy::Nama => format!("u.nama {direction}"),
        OrderBy::Login => {
            format!("CASE WHEN u.login_terakhir IS NULL THEN 1 ELSE 0 END, u.login_terakhir {direction}")
        }
        OrderBy::Dibuat => format!("u.dibuat_pada {direction}"),
    };
    let sql = format!(
        "SELECT COUNT_BIG(*) AS total FROM dbo.pengguna {condition};
        SELECT {COLUMNS}, nuptk, nip, tugas_tambahan, terkunci_sampai, login_terakhir FROM (
            SELECT {COLUMNS}, nuptk, nip, tugas_tambahan, terkunci_sampai, {LOGIN_TERAKHIR} AS login_terakhir
            FROM dbo.pengguna {condition}
        ) AS u
        ORDER BY {order}, u.id OFFSET @offset ROWS FETCH NEXT @limit ROWS ONLY;"
    );
    let answer = engine.read(page(statement(sql), halaman)).await?;
    let mut data = answer.rows_of(1).iter().map(rinci).collect::<Result<Vec<_>>>()?;
    let units: Vec<_> = data.iter().filter(|row| row.pengguna.unit).map(|row| row.pengguna.id).collect();
    if !units.is_empty() {
        let mut behind = list_anggota(engine, &units).await?;
        for row in &mut data {
            row.anggota = behind.remove(&row.pengguna.id).unwrap_or_default();
        }
    }
    Ok(Daftar { data, total: count(answer.one()?, "total")? })
}

pub(super) async fn list_dikenal(engine: &Engine) -> Result<Vec<Dikenal>> {
    let sql =
        format!("SELECT {COLUMNS}, nuptk, nip, tugas_tambahan FROM dbo.pengguna WHERE unit = 0 ORDER BY id");
    let answer = engine.read(Statement::new(sql).patience(Patience::ManyRows)).await?;
    let dikenal = |row: &Row| Ok(Dikenal { pengguna: from_row(row)?, kepegawaian: kepegawaian(row) });
    answer.rows().iter().map(dikenal).collect()
}

pub(super) async fn find_kepegawaian(engine: &Engine, id: IdPengguna) -> Result<Kepegawaian> {
    let sql = "SELECT nuptk, nip, tugas_tambahan FROM dbo.pengguna WHERE id = @id";
    let answer = engine.read(Statement::new(sql).bind("id", id.0)).await?;
    Ok(answer.first().map(kepegawaian).unwrap_or_default())
}

fn rinci(row: &Row) -> Result<PenggunaRinci> {
    Ok(PenggunaRinci {
        pengguna: from_row(row)?,
        kepegawaian: kepegawaian(row),
        login_terakhir: waktu_opt(row, "login_terakhir").unwrap_or_default(),
        terkunci_sampai: waktu_opt(row, "terkunci_sampai").unwrap_or_default(),
        anggota: Vec::new(),
    })
}

/// What cannot be read of it is missing.
fn kepegawaian(row: &Row) -> Kepegawaian {
    Kepegawaian {
        nuptk: text_opt(row, "nuptk").unwrap_or_default(),
        nip: text_opt(row, "nip").unwrap_or_default(),
        tugas_tambahan: text_opt(row, "tugas_tambahan").unwrap_or_default(),
    }
}
