//! Steps of the status machine made true: one conditional update, whose row count decides, and what belongs to it, in
//! one round trip.

use chrono::{DateTime, Utc};
use domain::JanjiTemu;

use super::{SELECT, from_row, urung};
use crate::{
    Kunci, Result,
    janji_temu::{Langkah, Perubahan, Tercatat},
    mssql::{
        engine::{Engine, Patience, Statement},
        pesan_keluar::{self, JenisPesan},
        row::{count, word},
    },
};

pub(super) async fn apply(
    engine: &Engine,
    kunci: &Kunci,
    perubahan: &Perubahan,
) -> Result<Option<JanjiTemu>> {
    let answer = engine.write(statement(perubahan)).await?;
    answer.first().map(|row| from_row(row, kunci)).transpose()
}

/// Moves the appointment `@id` on from `@dari`. Columns that the step does not set stay.
const MOVE: &str = "
    UPDATE dbo.janji_temu SET
        status = @status,
        versi = versi + 1,
        waktu_datang = COALESCE(@waktu_datang, waktu_datang),
        terlambat = COALESCE(@terlambat, terlambat),
        waktu_mulai = COALESCE(@waktu_mulai, waktu_mulai),
        waktu_selesai = COALESCE(@waktu_selesai, waktu_selesai),
        datang_di_meja = COALESCE(@datang_di_meja, datang_di_meja),
        pulang_di_meja = COALESCE(@pulang_di_meja, pulang_di_meja),
        -- Only what was closed without a visit has one.
        alasan = @alasan
    WHERE id = @id AND status = @dari AND jadwal = COALESCE(@jadwal, jadwal);";

/// Changes nothing and keeps others from changing the appointment until the key is recorded.
const STAY: &str = "UPDATE dbo.janji_temu SET versi = versi WHERE id = @id AND status = @dari;";

const RECORD: &str = "
    IF @n > 0
        INSERT INTO sistem.kunci (kunci, hasil, id_janji_temu, dibuat_pada)
        VALUES (@kunci, @hasil, @id, @waktu);";

pub(super) fn statement(perubahan: &Perubahan) -> Statement {
    let waktu = perubahan.waktu;
    let langkah = perubahan.langkah.as_ref();
    let (pesan, urung) = (langkah.and_then(pesan_of), langkah.and_then(urung::of));
    let change = match (langkah, urung) {
        (None, _) => STAY,
        (Some(_), Some((urung, _))) => urung,
        (Some(_), None) => MOVE,
    };
    let queue = match (pesan, urung) {
        (Some(_), _) => format!("IF @n > 0 {}", pesan_keluar::QUEUE),
        (None, Some(_)) => format!("IF @n > 0 {}", pesan_keluar::UNQUEUE),
        (None, None) => String::new(),
    };
    let sql = format!(
        "DECLARE @n int;
        {change}
        SET @n = @@ROWCOUNT;
        {}
        {queue}
        {SELECT} WHERE j.id = @id AND @n > 0;",
        if perubahan.kunci.is_some() { RECORD } else { "" },
    );
    let (mut terlambat, mut alasan) = (None, None);
    let (mut datang, mut mulai, mut selesai) = (None, None, None);
    let (mut datang_di_meja, mut pulang_di_meja) = (None, None);
    match langkah {
        Some(Langkah::Datang { terlambat: late, di_meja }) => {
            (datang, terlambat, datang_di_meja) = (Some(waktu), Some(*late), Some(*di_meja));
        }
        Some(Langkah::Mulai) => mulai = Some(waktu),
        Some(Langkah::Pulang { waktu_selesai, di_meja }) => {
            (selesai, pulang_di_meja) = (Some(*waktu_selesai), Some(*di_meja));
        }
        Some(Langkah::Pamit) => pulang_di_meja = Some(true),
        Some(
            Langkah::Batal { alasan: why }
            | Langkah::TidakHadir { alasan: why }
            | Langkah::UrungLangsung { alasan: why },
        ) => alasan = why.as_ref(),
        Some(Langkah::UrungDatang | Langkah::UrungPulang { .. }) | None => {}
    }
    let key = perubahan.kunci.as_ref();
    Statement::new(sql)
        .bind("id", perubahan.id.0)
        .bind("dari", perubahan.dari.as_str())
        .bind("jadwal", perubahan.jadwal)
        .bind("status", langkah.map(|langkah| langkah.tujuan().as_str()))
        .bind("waktu_datang", datang)
        .bind("terlambat", terlambat)
        .bind("waktu_mulai", mulai)
        .bind("waktu_selesai", selesai)
        .bind("datang_di_meja", datang_di_meja)
        .bind("pulang_di_meja", pulang_di_meja)
        .bind("alasan", alasan)
        .bind("kunci", key.map(|(key, _)| key))
        .bind("hasil", key.map(|(_, hasil)| hasil.as_str()))
        .bind("pesan", pesan.or(urung.map(|(_, pesan)| pesan)).map(JenisPesan::as_str))
        .bind("waktu", waktu)
}

/// Which message a step causes.
fn pesan_of(langkah: &Langkah) -> Option<JenisPesan> {
    match langkah {
        Langkah::Datang { .. } => Some(JenisPesan::Kedatangan),
        // Who was not seen to leave is not asked yet.
        Langkah::Pulang { di_meja: true, .. } | Langkah::Pamit => Some(JenisPesan::Ulasan),
        Langkah::Batal { .. } => Some(JenisPesan::Batal),
        Langkah::Mulai | Langkah::Pulang { .. } | Langkah::TidakHadir { .. } => None,
        Langkah::UrungDatang | Langkah::UrungLangsung { .. } | Langkah::UrungPulang { .. } => None,
    }
}

/// Marks whoever did not come. Runs over the filtered index of those still expected.
pub(super) async fn expire_belum(engine: &Engine, sebelum: DateTime<Utc>) -> Result<u64> {
    let statement = Statement::new(
        "UPDATE dbo.janji_temu SET status = N'tidak hadir', versi = versi + 1
        WHERE status = N'belum' AND jadwal < @sebelum;
        SELECT CAST(@@ROWCOUNT AS bigint) AS jumlah;",
    );
    let statement = statement.bind("sebelum", sebelum).patience(Patience::Nightly);
    count(engine.write(statement).await?.one()?, "jumlah")
}

pub(super) async fn find_tercatat(engine: &Engine, kunci: &Kunci, key: &str) -> Result<Option<Tercatat>> {
    let sql = format!(
        "SELECT hasil FROM sistem.kunci WHERE kunci = @kunci;
        {SELECT} INNER JOIN sistem.kunci AS k ON k.id_janji_temu = j.id WHERE k.kunci = @kunci;"
    );
    let answer = engine.read(Statement::new(sql).bind("kunci", key)).await?;
    let (Some(recorded), Some(row)) = (answer.first(), answer.rows_of(1).first()) else { return Ok(None) };
    Ok(Some(Tercatat { hasil: word(recorded, "hasil")?, janji_temu: from_row(row, kunci)? }))
}

pub(super) async fn purge_tercatat(engine: &Engine, sebelum: DateTime<Utc>) -> Result<u64> {
    let statement = Statement::new(
        "DELETE FROM sistem.kunci WHERE dibuat_pada < @sebelum;
        SELECT CAST(@@ROWCOUNT AS bigint) AS jumlah;",
    );
    let statement = statement.bind("sebelum", sebelum).patience(Patience::Nightly);
    count(engine.write(statement).await?.one()?, "jumlah")
}
