//! Another time for an appointment: one conditional update, whose row count decides, with the new code and the message.

use domain::{Status, jadwal::Span, token::Token};
use rusqlite::{Connection, named_params};

use super::{find, get};
use crate::{
    Kunci, Result,
    janji_temu::{JadwalBaru, Penjadwalan},
    sqlite::{
        pesan_keluar::{self, JenisPesan},
        row::ms,
    },
};

pub(super) fn reschedule(conn: &Connection, kunci: &Kunci, baru: &JadwalBaru) -> Result<Option<Penjadwalan>> {
    if update(conn, kunci, baru)? {
        pesan_keluar::queue(conn, JenisPesan::Undangan, baru.id, baru.waktu)?;
        return Ok(Some(Penjadwalan::Diubah(get(conn, kunci, baru.id)?)));
    }
    let row = find(conn, kunci, baru.id)?;
    let is_open = |row: &domain::JanjiTemu| row.status == Status::Belum && row.id_guru == baru.id_guru;
    row.filter(is_open).map(|row| baru.unchanged(row)).transpose()
}

/// Moves the row if nobody has come yet, that is another time, and the guru is free then: all in one statement.
fn update(conn: &Connection, kunci: &Kunci, baru: &JadwalBaru) -> Result<bool> {
    let span = Span::minutes(baru.jadwal, baru.durasi_menit);
    let changed = conn
        .prepare_cached(
            "UPDATE janji_temu SET
                jadwal = :jadwal, durasi_menit = :durasi_menit, kode_qr = :kode_qr, versi = versi + 1
            WHERE id = :id AND id_guru = :id_guru AND status = 'belum'
                AND (jadwal <> :jadwal OR durasi_menit <> :durasi_menit)
                AND (
                    :boleh_bentrok
                    OR NOT EXISTS (
                        SELECT 1 FROM janji_temu AS lain
                        WHERE lain.id_guru = :id_guru AND lain.id <> :id
                            AND lain.status IN ('belum', 'menunggu', 'sedang berlangsung')
                            -- No appointment is longer than 480 minutes, so the index bounds the search.
                            AND lain.jadwal > :jadwal - 480 * 60000 AND lain.jadwal < :akhir
                            AND lain.jadwal + lain.durasi_menit * 60000 > :jadwal
                    )
                )",
        )?
        .execute(named_params! {
            ":id": baru.id.0,
            ":id_guru": baru.id_guru.0,
            ":jadwal": ms(span.start),
            ":akhir": ms(span.end),
            ":durasi_menit": baru.durasi_menit,
            ":kode_qr": kunci.qr.sign(&Token::janji_temu(baru.id, baru.kode_expiry)),
            ":boleh_bentrok": baru.izinkan_bentrok,
        })?;
    Ok(changed > 0)
}
