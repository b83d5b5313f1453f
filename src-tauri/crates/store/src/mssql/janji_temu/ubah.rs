//! Corrections of one visit.

use domain::{IdJanjiTemu, JanjiTemu, kata};

use super::{SELECT, from_row};
use crate::{
    Kunci, Result, StoreError,
    janji_temu::UbahKunjungan,
    mssql::{
        engine::{Engine, Statement},
        row::{text, text_opt},
    },
};

pub(super) async fn ubah(
    engine: &Engine,
    kunci: &Kunci,
    id: IdJanjiTemu,
    ubah: &UbahKunjungan,
) -> Result<JanjiTemu> {
    let statement = Statement::new(format!(
        "UPDATE dbo.janji_temu SET
            atas_nama = CASE WHEN @ubah_atas_nama = 1 THEN @atas_nama ELSE atas_nama END,
            jumlah_orang = COALESCE(@jumlah_orang, jumlah_orang),
            instansi = CASE WHEN @ubah_instansi = 1 THEN @instansi ELSE instansi END,
            versi = versi + 1
        WHERE id = @id;
        SELECT keperluan, atas_nama, instansi FROM dbo.janji_temu WHERE id = @id;
        {SELECT} WHERE j.id = @id;"
    ));
    let statement = statement
        .bind("id", id.0)
        .bind("ubah_atas_nama", ubah.atas_nama.is_some())
        .bind("atas_nama", ubah.atas_nama.as_ref().and_then(Option::as_ref))
        .bind("jumlah_orang", ubah.jumlah_orang.map(i64::from))
        .bind("ubah_instansi", ubah.instansi.is_some())
        .bind("instansi", ubah.instansi.as_ref().and_then(Option::as_ref));
    let mut transaction = engine.begin().await?;
    let answer = transaction.query(statement).await?;
    let (Some(own), Some(row)) = (answer.first(), answer.rows_of(1).first()) else {
        transaction.roll_back().await?;
        return Err(StoreError::NotFound);
    };
    // Only the whole row tells which words it has now.
    let (atas_nama, instansi) = (text_opt(own, "atas_nama")?, text_opt(own, "instansi")?);
    let kata = kata::of_janji_temu(&text(own, "keperluan")?, atas_nama.as_deref(), instansi.as_deref());
    let row = from_row(row, kunci)?;
    let words = Statement::new("UPDATE dbo.janji_temu SET kata = @kata WHERE id = @id;");
    transaction.query(words.bind("kata", kata).bind("id", id.0)).await?;
    transaction.commit().await?;
    Ok(row)
}
