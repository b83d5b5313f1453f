//! Appointments that are made together: each as if made by itself, all in one transaction.

use rusqlite::Connection;

use super::create;
use crate::{
    Conflict, Result, SchoolSecrets, StoreError,
    janji_temu::{Creation, NewJanjiTemu},
    sqlite::audit,
};

pub(super) fn create(
    conn: &Connection,
    kunci: &SchoolSecrets,
    baru: &[Vec<NewJanjiTemu>],
) -> Result<Vec<Vec<Option<Creation>>>> {
    let of_guest = |baru: &Vec<NewJanjiTemu>| {
        let mut entered = None;
        let one = |baru: &NewJanjiTemu| {
            let made = create_one(conn, kunci, &baru.of_entered(entered))?;
            entered = entered.or(made.as_ref().map(|made| made.row().id_tamu));
            Ok(made)
        };
        baru.iter().map(one).collect()
    };
    // Each that was made has an entry of its own.
    audit::settled();
    baru.iter().map(of_guest).collect()
}

/// One of them. Where the guru is taken, nothing is left of its guest either. Any other refusal takes back all of them.
fn create_one(conn: &Connection, kunci: &SchoolSecrets, baru: &NewJanjiTemu) -> Result<Option<Creation>> {
    conn.execute_batch("SAVEPOINT baris")?;
    let made = match create::create(conn, kunci, baru) {
        Err(StoreError::Conflict(Conflict::Bentrok)) => {
            conn.execute_batch("ROLLBACK TO baris")?;
            None
        }
        made => Some(made?.answers(baru)?),
    };
    conn.execute_batch("RELEASE baris")?;
    Ok(made)
}
