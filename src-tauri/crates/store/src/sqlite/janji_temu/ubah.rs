//! Corrections of one visit.

use domain::{IdJanjiTemu, JanjiTemu, kata};
use rusqlite::{Connection, named_params};

use super::{
    change::{set_words, update_semua},
    get,
};
use crate::{Result, SchoolSecrets, StoreError, janji_temu::VisitCorrection};

pub(super) fn ubah(
    conn: &Connection,
    kunci: &SchoolSecrets,
    id: IdJanjiTemu,
    ubah: VisitCorrection,
) -> Result<JanjiTemu> {
    if update_semua(conn, &ubah.columns(), "id = :id", named_params! { ":id": id.0 })? == 0 {
        return Err(StoreError::NotFound);
    }
    // Only the whole row tells which words it has now.
    let kata = conn
        .prepare_cached("SELECT keperluan, atas_nama, instansi FROM janji_temu_semua WHERE id = ?1")?
        .query_row([id.0], |row| {
            let (keperluan, atas_nama): (String, Option<String>) = (row.get(0)?, row.get(1)?);
            let instansi: Option<String> = row.get(2)?;
            Ok(kata::of_janji_temu(&keperluan, atas_nama.as_deref(), instansi.as_deref()))
        })?;
    set_words(conn, id, &kata)?;
    get(conn, kunci, id)
}
