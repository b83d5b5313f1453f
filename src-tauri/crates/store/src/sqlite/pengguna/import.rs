//! An import: users that are added and changed together.

use chrono::{DateTime, Utc};
use domain::Pengguna;
use rusqlite::Connection;

use super::{create, update::update};
use crate::{Result, pengguna::ImportStep};

pub(super) fn import(
    conn: &Connection,
    langkah: &[ImportStep],
    waktu: DateTime<Utc>,
) -> Result<Vec<Pengguna>> {
    let mut added = Vec::new();
    for step in langkah {
        match step {
            ImportStep::Buat(baru) => added.push(create(conn, baru)?),
            ImportStep::Ubah(id, ubah) => drop(update(conn, *id, ubah, waktu)?),
        }
    }
    Ok(added)
}
