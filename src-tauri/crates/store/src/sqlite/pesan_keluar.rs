//! The queue of messages to be sent: rows are put in here, in the transaction that causes them, and nowhere else.

use chrono::{DateTime, Utc};
use domain::IdJanjiTemu;
use rusqlite::{Connection, named_params};

use super::row::ms;
use crate::Result;

/// What a message is about.
#[derive(Clone, Copy)]
pub(super) enum JenisPesan {
    /// An appointment was made, or given another time: the guest is invited. While nobody has come, only another time
    /// makes a `versi` larger than 1.
    Undangan,
    /// The guest has arrived: the guru is told.
    Kedatangan,
    /// The guest has left: a review is asked for.
    Ulasan,
    /// The appointment was called off.
    Batal,
}

impl JenisPesan {
    const fn as_str(self) -> &'static str {
        match self {
            JenisPesan::Undangan => "undangan",
            JenisPesan::Kedatangan => "kedatangan",
            JenisPesan::Ulasan => "ulasan",
            JenisPesan::Batal => "batal",
        }
    }
}

/// Queues a message.
pub(super) fn queue(
    conn: &Connection,
    jenis: JenisPesan,
    id: IdJanjiTemu,
    waktu: DateTime<Utc>,
) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO sistem_pesan_keluar (jenis, id_janji_temu, dibuat_pada)
        VALUES (:jenis, :id_janji_temu, :waktu)",
    )?
    .execute(named_params! { ":jenis": jenis.as_str(), ":id_janji_temu": id.0, ":waktu": ms(waktu) })?;
    Ok(())
}

/// Takes a message out again that has not been sent.
pub(super) fn unqueue(conn: &Connection, jenis: JenisPesan, id: IdJanjiTemu) -> Result<()> {
    conn.prepare_cached(
        "DELETE FROM sistem_pesan_keluar WHERE id_janji_temu = :id_janji_temu AND jenis = :jenis",
    )?
    .execute(named_params! { ":id_janji_temu": id.0, ":jenis": jenis.as_str() })?;
    Ok(())
}
