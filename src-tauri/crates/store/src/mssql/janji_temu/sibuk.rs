//! When a guru is taken.

use domain::{IdJanjiTemu, IdPengguna, jadwal::Span, status};
use tiberius::Row;

use crate::{
    Result,
    mssql::{
        engine::{Engine, Statement},
        row::{small, waktu, words},
    },
};

/// Open appointments of the guru `@id_guru`, each called `lain`, that take up some of the time from `@jadwal` to
/// `@akhir`. None that began before `@sejak` does, so the index bounds the search. A condition can follow.
///
/// A unit is never taken: it has several people behind it, guests queue there, and how many it can receive at one time
/// is the members' to know. They see the appointments that are there.
pub(super) fn taking() -> String {
    format!(
        "dbo.janji_temu AS lain
        WHERE lain.id_guru = @id_guru AND lain.status IN ({})
            AND NOT EXISTS (SELECT 1 FROM dbo.pengguna AS u WHERE u.id = lain.id_guru AND u.unit = 1)
            AND lain.jadwal > @sejak AND lain.jadwal < @akhir
            AND DATEADD(MINUTE, lain.durasi_menit, lain.jadwal) > @jadwal",
        words(status::open())
    )
}

/// Gives [`taking`] its time.
pub(super) fn bind(statement: Statement, dalam: Span) -> Statement {
    statement.bind("jadwal", dalam.start).bind("sejak", dalam.reached_since()).bind("akhir", dalam.end)
}

pub(super) async fn list_sibuk(
    engine: &Engine,
    id_guru: IdPengguna,
    dalam: Span,
    kecuali: Option<IdJanjiTemu>,
) -> Result<Vec<Span>> {
    let statement = Statement::new(format!(
        "SELECT lain.jadwal, lain.durasi_menit FROM {} AND (@kecuali IS NULL OR lain.id <> @kecuali)
        ORDER BY lain.jadwal, lain.id",
        taking()
    ));
    let statement = bind(statement, dalam).bind("id_guru", id_guru.0).bind("kecuali", kecuali.map(|id| id.0));
    let span = |row: &Row| Ok(Span::minutes(waktu(row, "jadwal")?, small(row, "durasi_menit")?));
    engine.read(statement).await?.rows().iter().map(span).collect()
}
