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
        "INSERT INTO sistem_pesan_keluar (jenis, id_janji_temu, untuk, kirim_pada, dibuat_pada, diubah_pada)
        SELECT :jenis, :id_janji_temu, m.id_pengguna, :waktu, :waktu, :waktu
        FROM (SELECT 1) LEFT JOIN ({MEMBERS}) AS m ON :untuk_anggota
        WHERE NOT EXISTS (
            SELECT 1 FROM sistem_pesan_keluar
            WHERE id_janji_temu = :id_janji_temu AND keadaan = 'menunggu' AND disewa_sampai IS NULL
                AND jenis IN ({})
        )",
        words(jenis.said_by().iter().map(|jenis| jenis.as_str()))
    ))?
    .execute(named_params! {
        ":jenis": jenis.as_str(),
        ":id_janji_temu": id.0,
        ":untuk_anggota": !jenis.is_to_tamu(),
        ":waktu": ms(waktu),
    })?;
    Ok(())
}

/// Queues what a user is told once for each `periode`.
pub(super) fn queue_once(
    conn: &Connection,
    jenis: &str,
    kepada: IdPengguna,
    periode: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let queued = conn
        .prepare_cached(
            "INSERT INTO sistem_pesan_keluar (
                jenis, id_pengguna, periode, kirim_pada, dibuat_pada, diubah_pada
            ) VALUES (:jenis, :kepada, :periode, :now, :now, :now)
            ON CONFLICT (id_pengguna, periode) WHERE periode IS NOT NULL DO NOTHING",
        )?
        .execute(named_params! {
            ":jenis": jenis, ":kepada": kepada.0, ":periode": periode, ":now": ms(now),
        })?;
    Ok(queued > 0)
}

/// The members of the unit whose appointment `:id_janji_temu` is, who can be written to; nobody if it is a guru's. What
/// is told a guru is told each of them.
const MEMBERS: &str = "
    SELECT a.id_pengguna FROM janji_temu AS j
    INNER JOIN sistem_anggota AS a ON a.id_unit = j.id_guru
    INNER JOIN pengguna AS p ON p.id = a.id_pengguna AND p.aktif = 1
    WHERE j.id = :id_janji_temu";

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
