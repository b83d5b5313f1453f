//! When a guru is taken.

use domain::{IdJanjiTemu, IdPengguna, jadwal::Span, status};
use rusqlite::{Connection, named_params};

use crate::{
    Result,
    sqlite::row::{from_ms, ms, words},
};

/// Open appointments of the guru `:id_guru`, each called `lain`, that take up some of the time from `:jadwal` to
/// `:akhir`. None that began before `:sejak` does, so the index bounds the search. A condition can follow.
///
/// A unit is never taken: it has several people behind it, guests queue there, and how many it can receive at one time
/// is the members' to know. They see the appointments that are there.
pub(super) fn taking() -> String {
    format!(
        "janji_temu AS lain
        WHERE lain.id_guru = :id_guru AND lain.status IN ({})
            AND NOT EXISTS (SELECT 1 FROM pengguna AS u WHERE u.id = lain.id_guru AND u.unit = 1)
            AND lain.jadwal > :sejak AND lain.jadwal < :akhir
            AND lain.jadwal + lain.durasi_menit * 60000 > :jadwal",
        words(status::open())
    )
}

pub(super) fn list_sibuk(
    conn: &Connection,
    id_guru: IdPengguna,
    dalam: Span,
    kecuali: Option<IdJanjiTemu>,
) -> Result<Vec<Span>> {
    let sql = format!(
        "SELECT lain.jadwal, lain.durasi_menit FROM {} AND (:kecuali IS NULL OR lain.id <> :kecuali)
        ORDER BY lain.jadwal, lain.id",
        taking()
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let params = named_params! {
        ":id_guru": id_guru.0,
        ":jadwal": ms(dalam.start),
        ":sejak": ms(dalam.reached_since()),
        ":akhir": ms(dalam.end),
        ":kecuali": kecuali.map(|id| id.0),
    };
    let rows = statement.query_map(params, |row| Ok(Span::minutes(from_ms(row.get(0)?)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
