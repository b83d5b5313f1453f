//! Steps of the status machine made true: one conditional update, whose row count decides, and what belongs to it, in
//! one round trip.

use chrono::{DateTime, Utc};
use domain::{JanjiTemu, VisitChange, langkah, status};

use super::{SELECT, change, from_row};
use crate::{
    Result, SchoolSecrets,
    janji_temu::RecordedScan,
    mssql::{
        engine::{Engine, Patience, Statement},
        pesan_keluar,
        row::{count, word, words},
    },
};

pub(super) async fn apply(
    engine: &Engine,
    kunci: &SchoolSecrets,
    perubahan: &VisitChange,
) -> Result<Option<JanjiTemu>> {
    let answer = engine.write(statement(perubahan)).await?;
    answer.first().map(|row| from_row(row, kunci)).transpose()
}

/// Changes nothing and keeps others from changing the appointment until the key is recorded.
const STAY: &str = "UPDATE dbo.janji_temu SET versi = versi WHERE id = @id AND status = @dari;";

const RECORD: &str = "
    IF @n > 0
        INSERT INTO sistem.kunci (kunci, hasil, id_janji_temu, dibuat_pada)
        VALUES (@kunci, @hasil, @id, @waktu);";

pub(super) fn statement(perubahan: &VisitChange) -> Statement {
    let (columns, queueing) = (perubahan.columns(), perubahan.queueing());
    // Nothing moves any more once the guest was erased.
    let condition = "id = @id AND status = @dari AND jadwal = COALESCE(@dijadwalkan, jadwal)
        AND NOT EXISTS (
            SELECT 1 FROM dbo.tamu AS t WHERE t.id = id_tamu AND t.dianonimkan_pada IS NOT NULL
        )";
    let change = columns.as_ref().map(|columns| change::update(columns, condition));
    let sql = format!(
        "DECLARE @n int;
        {}
        SET @n = @@ROWCOUNT;
        {}
        {}
        {SELECT} WHERE j.id = @id AND @n > 0;",
        change.as_deref().unwrap_or(STAY),
        if perubahan.kunci.is_some() { RECORD } else { "" },
        queueing.map(|queueing| format!("IF @n > 0 {}", pesan_keluar::text(queueing))).unwrap_or_default(),
    );
    let (key, hasil) = perubahan.kunci.as_ref().map(|(key, hasil)| (key, hasil.as_str())).unzip();
    change::bind(Statement::new(sql).audited_if("@n > 0"), columns.unwrap_or_default())
        .bind("id", perubahan.id.0)
        .bind("dari", perubahan.dari.as_str())
        .bind("dijadwalkan", perubahan.jadwal)
        .bind("kunci", key)
        .bind("hasil", hasil)
        .bind("pesan", queueing.map(|queueing| queueing.jenis().as_str()))
        .bind("waktu", perubahan.waktu)
}

/// Marks guests who did not come. Uses the filtered index of appointments that are still expected.
pub(super) async fn expire_belum(engine: &Engine, sebelum: DateTime<Utc>) -> Result<u64> {
    let columns = langkah::missed(sebelum);
    let condition = format!("status IN ({}) AND jadwal < @sebelum", words(status::awaited()));
    let update = change::update(&columns, &condition);
    let statement = Statement::new(format!(
        "DECLARE @n int;
        {update}
        SET @n = @@ROWCOUNT;
        SELECT CAST(@n AS bigint) AS jumlah;"
    ));
    let statement = change::bind(statement.audited_if("@n > 0"), columns)
        .bind("sebelum", sebelum)
        .patience(Patience::Nightly);
    count(engine.write(statement).await?.one()?, "jumlah")
}

pub(super) async fn find_tercatat(
    engine: &Engine,
    kunci: &SchoolSecrets,
    key: &str,
) -> Result<Option<RecordedScan>> {
    let sql = format!(
        "SELECT hasil FROM sistem.kunci WHERE kunci = @kunci;
        {SELECT} INNER JOIN sistem.kunci AS k ON k.id_janji_temu = j.id WHERE k.kunci = @kunci;"
    );
    let answer = engine.read(Statement::new(sql).bind("kunci", key)).await?;
    let (Some(recorded), Some(row)) = (answer.first(), answer.rows_of(1).first()) else { return Ok(None) };
    Ok(Some(RecordedScan { hasil: word(recorded, "hasil")?, janji_temu: from_row(row, kunci)? }))
}

pub(super) async fn purge_tercatat(engine: &Engine, sebelum: DateTime<Utc>) -> Result<u64> {
    let statement = Statement::new(
        "DELETE FROM sistem.kunci WHERE dibuat_pada < @sebelum;
        SELECT CAST(@@ROWCOUNT AS bigint) AS jumlah;",
    );
    let statement = statement.bind("sebelum", sebelum).patience(Patience::Nightly);
    count(engine.write(statement).await?.one()?, "jumlah")
}
