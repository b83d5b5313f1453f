//! Another time for an appointment: one conditional update, whose row count decides, with the new code and the message,
//! in one round trip.

use domain::{columns::Value, jadwal::Span, perubahan::NewJadwal, sesi::AFTER_VISIT, token::Token};

use super::{SELECT, change, create::GURU_LOCK, from_row, sibuk};
use crate::{
    Result, SchoolSecrets,
    janji_temu::Rescheduling,
    mssql::{
        engine::{Engine, Statement},
        pesan_keluar,
        row::int,
    },
};

pub(super) async fn reschedule(
    engine: &Engine,
    kunci: &SchoolSecrets,
    baru: &NewJadwal,
) -> Result<Option<Rescheduling>> {
    let answer = engine.write(statement(kunci, baru)).await?;
    let changed = int(answer.one()?, "diubah")? > 0;
    let Some(row) = answer.rows_of(1).first() else { return Ok(None) };
    let row = from_row(row, kunci)?;
    if changed { Ok(Some(Rescheduling::Diubah(row))) } else { Rescheduling::unchanged(baru, row).map(Some) }
}

/// Moves the row if it still stands there, that is another time, and the guru is free then: all in one statement.
///
/// The lock is taken even if a clash is allowed. So none of the guru's appointments gets another time between the
/// update and the query for why it changed nothing.
fn statement(kunci: &SchoolSecrets, baru: &NewJadwal) -> Statement {
    let kode_qr = kunci.qr.sign(&Token::janji_temu(baru.id, baru.kode_expiry));
    let mut columns = baru.columns();
    columns.push(("kode_qr", Value::Text(Some(kode_qr))));
    let condition = format!(
        "id = @id AND id_guru = @dari_guru AND status = @dari
            AND (jadwal <> @jadwal OR durasi_menit <> @durasi_menit OR id_guru <> @id_guru)
            AND (@boleh_bentrok = 1 OR NOT EXISTS (SELECT 1 FROM {} AND lain.id <> @id))",
        sibuk::taking()
    );
    let sql = format!(
        "DECLARE @n int, @tamu bigint, @sandi_lama datetime2(3);
        {GURU_LOCK}
        SELECT @tamu = id_tamu, @sandi_lama = DATEADD(minute, durasi_menit + @sesudah, jadwal)
        FROM dbo.janji_temu WHERE id = @id;
        {}
        SET @n = @@ROWCOUNT;
        IF @n > 0 UPDATE dbo.tamu SET password_sampai = @sandi WHERE id = @tamu AND password_sampai = @sandi_lama;
        IF @n > 0 {}
        SELECT @n AS diubah;
        {SELECT} WHERE j.id = @id AND j.id_guru IN (@dari_guru, @id_guru) AND j.status = @dari;",
        change::update(&columns, &condition),
        pesan_keluar::queue(NewJadwal::PESAN)
    );
    let statement =
        sibuk::bind(Statement::new(sql).audited_if("@n > 0"), Span::minutes(baru.jadwal, baru.durasi_menit));
    change::bind(statement, columns)
        .bind("id", baru.id.0)
        .bind("dari_guru", baru.dari_guru.0)
        .bind("sesudah", AFTER_VISIT.num_minutes())
        .bind("sandi", baru.first_password_end())
        .bind("dari", NewJadwal::DARI.as_str())
        .bind("boleh_bentrok", baru.izinkan_bentrok)
        .bind("pesan", NewJadwal::PESAN.as_str())
        .bind("waktu", baru.waktu)
}
