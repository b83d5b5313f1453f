//! Corrections of one visit.

use domain::{IdJanjiTemu, JanjiTemu, kata};

use super::{SELECT_SEMUA, change, from_row};
use crate::{
    Result, SchoolSecrets, StoreError,
    janji_temu::VisitCorrection,
    mssql::{
        engine::{Engine, Statement},
        row::{text, text_opt},
    },
};

pub(super) async fn ubah(
    engine: &Engine,
    kunci: &SchoolSecrets,
    id: IdJanjiTemu,
    ubah: VisitCorrection,
) -> Result<JanjiTemu> {
    let columns = ubah.columns();
    let statement = Statement::new(format!(
        "{}
        SELECT keperluan, atas_nama, instansi FROM dbo.janji_temu_semua WHERE id = @id;
        {SELECT_SEMUA} WHERE j.id = @id;",
        change::update_semua(&columns, "id = @id")
    ));
    let statement = change::bind(statement, columns).bind("id", id.0);
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
    let words = Statement::new(
        "UPDATE dbo.janji_temu SET kata = @kata WHERE id = @id;
        UPDATE sistem.arsip SET kata = @kata WHERE id = @id;",
    );
    transaction.query(words.bind("kata", kata).bind("id", id.0)).await?;
    transaction.commit().await?;
    Ok(row)
}
