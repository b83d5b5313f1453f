//! Corrections of one visit.

use domain::{IdJanjiTemu, JanjiTemu, kata};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::get;
use crate::{Kunci, Result, StoreError, janji_temu::UbahKunjungan};

pub(super) fn ubah(
    conn: &Connection,
    kunci: &Kunci,
    id: IdJanjiTemu,
    ubah: &UbahKunjungan,
) -> Result<JanjiTemu> {
    let params = named_params! {
        ":id": id.0,
        ":ubah_atas_nama": ubah.atas_nama.is_some(),
        ":atas_nama": ubah.atas_nama.as_ref().and_then(Option::as_ref),
        ":jumlah_orang": ubah.jumlah_orang,
        ":ubah_instansi": ubah.instansi.is_some(),
        ":instansi": ubah.instansi.as_ref().and_then(Option::as_ref),
    };
    let kata = conn
        .prepare_cached(
            "UPDATE janji_temu SET
                atas_nama = IIF(:ubah_atas_nama, :atas_nama, atas_nama),
                jumlah_orang = COALESCE(:jumlah_orang, jumlah_orang),
                instansi = IIF(:ubah_instansi, :instansi, instansi),
                versi = versi + 1
            WHERE id = :id
            RETURNING keperluan, atas_nama, instansi",
        )?
        .query_row(params, |row| {
            let (keperluan, atas_nama): (String, Option<String>) = (row.get(0)?, row.get(1)?);
            let instansi: Option<String> = row.get(2)?;
            Ok(kata::of_janji_temu(&keperluan, atas_nama.as_deref(), instansi.as_deref()))
        })
        .optional()?
        .ok_or(StoreError::NotFound)?;
    // Only the whole row tells which words it has now.
    conn.prepare_cached("UPDATE janji_temu SET kata = ?1 WHERE id = ?2")?.execute((kata, id.0))?;
    get(conn, kunci, id)
}
