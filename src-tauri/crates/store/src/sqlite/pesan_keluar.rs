//! The queue of messages to be sent: rows are put in here, in the transaction that causes them, and nowhere else.

use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, IdPengguna,
    pesan::{self, JenisPesan, Queueing},
};
use rusqlite::{Connection, named_params};

use super::row::{ms, words};
use crate::Result;

/// Does what a change does to the queue.
pub(super) fn carry_out(
    conn: &Connection,
    queueing: Queueing,
    id: IdJanjiTemu,
    waktu: DateTime<Utc>,
) -> Result<()> {
    match queueing {
        Queueing::Add(jenis) => queue(conn, jenis, id, waktu),
        Queueing::Remove(jenis) => unqueue(conn, jenis, id),
    }
}

/// Queues a message.
pub(super) fn queue(
    conn: &Connection,
    jenis: JenisPesan,
    id: IdJanjiTemu,
    waktu: DateTime<Utc>,
) -> Result<()> {
    conn.prepare_cached(&format!(
        "INSERT INTO sistem_pesan_keluar (jenis, id_janji_temu, kirim_pada, dibuat_pada, diubah_pada)
        SELECT :jenis, :id_janji_temu, :waktu, :waktu, :waktu
        WHERE NOT EXISTS (
            SELECT 1 FROM sistem_pesan_keluar
            WHERE id_janji_temu = :id_janji_temu AND keadaan = 'menunggu' AND disewa_sampai IS NULL
                AND jenis IN ({})
        )",
        words(jenis.said_by().iter().map(|jenis| jenis.as_str()))
    ))?
    .execute(named_params! { ":jenis": jenis.as_str(), ":id_janji_temu": id.0, ":waktu": ms(waktu) })?;
    Ok(())
}

/// Takes a message out again that has not been sent.
fn unqueue(conn: &Connection, jenis: JenisPesan, id: IdJanjiTemu) -> Result<()> {
    conn.prepare_cached(
        "DELETE FROM sistem_pesan_keluar
        WHERE id_janji_temu = :id_janji_temu AND jenis = :jenis AND keadaan = 'menunggu'",
    )?
    .execute(named_params! { ":id_janji_temu": id.0, ":jenis": jenis.as_str() })?;
    Ok(())
}

/// Queues the message that brings a user a password, if there is one.
pub(super) fn queue_kredensial(
    conn: &Connection,
    id: IdPengguna,
    rahasia: Option<&[u8]>,
    waktu: DateTime<Utc>,
) -> Result<()> {
    let Some(rahasia) = rahasia else { return Ok(()) };
    conn.prepare_cached(
        "INSERT INTO sistem_pesan_keluar (jenis, id_pengguna, rahasia, kirim_pada, dibuat_pada, diubah_pada)
        VALUES (:jenis, :id, :rahasia, :waktu, :waktu, :waktu)",
    )?
    .execute(named_params! {
        ":jenis": pesan::password(), ":id": id.0, ":rahasia": rahasia, ":waktu": ms(waktu),
    })?;
    Ok(())
}
