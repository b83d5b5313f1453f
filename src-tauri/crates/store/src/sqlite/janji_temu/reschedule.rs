//! Another time for an appointment: one conditional update, whose row count decides, with the new code and the message.

use domain::{columns::Value, jadwal::Span, perubahan::NewJadwal, sesi, token::Token};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::{SELECT, change, from_row, get, sibuk};
use crate::{
    Result, SchoolSecrets,
    janji_temu::Rescheduling,
    sqlite::{
        pesan_keluar,
        row::{ms, waktu},
    },
};

pub(super) fn reschedule(
    conn: &Connection,
    kunci: &SchoolSecrets,
    baru: &NewJadwal,
) -> Result<Option<Rescheduling>> {
    let password = first_password(conn, baru)?;
    if update(conn, kunci, baru)? {
        move_password(conn, password, baru)?;
        pesan_keluar::queue(conn, NewJadwal::PESAN, baru.id, baru.waktu)?;
        return Ok(Some(Rescheduling::Diubah(get(conn, kunci, baru.id)?)));
    }
    let sql = format!("{SELECT} WHERE j.id = ?1 AND j.id_guru = ?2 AND j.status = ?3");
    let params = (baru.id.0, baru.dari_guru.0, NewJadwal::DARI.as_str());
    let row = conn.prepare_cached(&sql)?.query_row(params, |row| from_row(row, kunci)).optional()?;
    row.map(|row| Rescheduling::unchanged(baru, row)).transpose()
}

/// The guest, and when a first password ends that came with the invitation.
fn first_password(conn: &Connection, baru: &NewJadwal) -> Result<Option<(i64, i64)>> {
    let sql = "SELECT id_tamu, jadwal, durasi_menit FROM janji_temu WHERE id = ?1";
    let found = conn.prepare_cached(sql)?.query_row([baru.id.0], |row| {
        let end = sesi::first_password_end(waktu(row, "jadwal")?, row.get("durasi_menit")?);
        Ok((row.get("id_tamu")?, ms(end)))
    });
    Ok(found.optional()?)
}

fn move_password(conn: &Connection, password: Option<(i64, i64)>, baru: &NewJadwal) -> Result<()> {
    let Some((id_tamu, end)) = password else { return Ok(()) };
    conn.prepare_cached("UPDATE tamu SET password_sampai = ?1 WHERE id = ?2 AND password_sampai = ?3")?
        .execute((ms(baru.first_password_end()), id_tamu, end))?;
    Ok(())
}

/// Moves the row if it still stands there, that is another time, and the guru is free then: all in one statement.
fn update(conn: &Connection, kunci: &SchoolSecrets, baru: &NewJadwal) -> Result<bool> {
    let span = Span::minutes(baru.jadwal, baru.durasi_menit);
    let kode_qr = kunci.qr.sign(&Token::janji_temu(baru.id, baru.kode_expiry));
    let mut columns = baru.columns();
    columns.push(("kode_qr", Value::Text(Some(kode_qr))));
    let condition = format!(
        "id = :id AND id_guru = :dari_guru AND status = :dari
            AND (jadwal <> :jadwal OR durasi_menit <> :durasi_menit OR id_guru <> :id_guru)
            AND (:boleh_bentrok OR NOT EXISTS (SELECT 1 FROM {} AND lain.id <> :id))",
        sibuk::taking()
    );
    let params = named_params! {
        ":id": baru.id.0,
        ":dari_guru": baru.dari_guru.0,
        ":dari": NewJadwal::DARI.as_str(),
        ":sejak": ms(span.reached_since()),
        ":akhir": ms(span.end),
        ":boleh_bentrok": baru.izinkan_bentrok,
    };
    Ok(change::update(conn, columns, &condition, params)? > 0)
}
