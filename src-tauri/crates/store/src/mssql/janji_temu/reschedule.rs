//! Another time for an appointment: one conditional update, whose row count decides, with the new code and the message,
//! in one round trip.

use domain::{jadwal::Span, token::Token};

use super::{SELECT, create::GURU_LOCK, from_row};
use crate::{
    Kunci, Result,
    janji_temu::{JadwalBaru, Penjadwalan},
    mssql::{
        engine::{Engine, Statement},
        pesan_keluar::{self, JenisPesan},
        row::int,
    },
};

pub(super) async fn reschedule(
    engine: &Engine,
    kunci: &Kunci,
    baru: &JadwalBaru,
) -> Result<Option<Penjadwalan>> {
    let answer = engine.write(statement(kunci, baru)).await?;
    let changed = int(answer.one()?, "diubah")? > 0;
    let Some(row) = answer.rows_of(1).first() else { return Ok(None) };
    let row = from_row(row, kunci)?;
    if changed { Ok(Some(Penjadwalan::Diubah(row))) } else { baru.unchanged(row).map(Some) }
}

/// Moves the row if nobody has come yet, that is another time, and the guru is free then: all in one statement.
const MOVE: &str = "
    UPDATE dbo.janji_temu SET
        jadwal = @jadwal, durasi_menit = @durasi_menit, kode_qr = @kode_qr, versi = versi + 1
    WHERE id = @id AND id_guru = @id_guru AND status = N'belum'
        AND (jadwal <> @jadwal OR durasi_menit <> @durasi_menit)
        AND (
            @boleh_bentrok = 1
            OR NOT EXISTS (
                SELECT 1 FROM dbo.janji_temu AS lain
                WHERE lain.id_guru = @id_guru AND lain.id <> @id
                    AND lain.status IN (N'belum', N'menunggu', N'sedang berlangsung')
                    -- No appointment is longer than 480 minutes, so the index bounds the search.
                    AND lain.jadwal > DATEADD(MINUTE, -480, @jadwal) AND lain.jadwal < @akhir
                    AND DATEADD(MINUTE, lain.durasi_menit, lain.jadwal) > @jadwal
            )
        );";

/// The lock is taken where a clash is allowed too: of one guru's appointments no other gets another time between the
/// update and the look at why it changed nothing.
fn statement(kunci: &Kunci, baru: &JadwalBaru) -> Statement {
    let span = Span::minutes(baru.jadwal, baru.durasi_menit);
    let sql = format!(
        "DECLARE @n int;
        {GURU_LOCK}
        {MOVE}
        SET @n = @@ROWCOUNT;
        IF @n > 0 {}
        SELECT @n AS diubah;
        {SELECT} WHERE j.id = @id AND j.id_guru = @id_guru AND j.status = N'belum';",
        pesan_keluar::QUEUE
    );
    Statement::new(sql)
        .bind("id", baru.id.0)
        .bind("id_guru", baru.id_guru.0)
        .bind("jadwal", span.start)
        .bind("akhir", span.end)
        .bind("durasi_menit", i64::from(baru.durasi_menit))
        .bind("kode_qr", kunci.qr.sign(&Token::janji_temu(baru.id, baru.kode_expiry)))
        .bind("boleh_bentrok", baru.izinkan_bentrok)
        .bind("pesan", JenisPesan::Undangan.as_str())
        .bind("waktu", baru.waktu)
}
