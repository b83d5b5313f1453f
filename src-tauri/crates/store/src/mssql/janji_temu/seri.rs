//! Appointments that are made together: each as if made by itself, all in one transaction.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::create::{Outcome, enter};
use crate::{
    Conflict, SchoolSecrets, StoreError,
    janji_temu::{Creation, NewJanjiTemu},
    mssql::{
        conflict::Failure,
        engine::{Engine, Statement, Transaction},
    },
};

/// Where one of them begins, so that it can be taken back by itself.
const SAVE: &str = "SAVE TRANSACTION baris;";
const TAKE_BACK: &str = "ROLLBACK TRANSACTION baris;";

pub(super) async fn create(
    engine: &Engine,
    kunci: &SchoolSecrets,
    baru: &[Vec<NewJanjiTemu>],
) -> Result<Vec<Vec<Option<Creation>>>, Failure> {
    let mut transaction = engine.begin().await?;
    let made = create_all(&mut transaction, kunci, baru).await?;
    // Each that was made has an entry of its own.
    transaction.turned_out(None);
    transaction.commit().await?;
    Ok(made)
}

async fn create_all(
    transaction: &mut Transaction<'_>,
    kunci: &SchoolSecrets,
    baru: &[Vec<NewJanjiTemu>],
) -> Result<Vec<Vec<Option<Creation>>>, Failure> {
    let mut free: BTreeMap<DateTime<Utc>, bool> = BTreeMap::new();
    let mut all = Vec::with_capacity(baru.len());
    for of_guest in baru {
        let (mut made, mut entered) = (Vec::with_capacity(of_guest.len()), None);
        for baru in of_guest {
            let one = create_one(transaction, kunci, &baru.of_entered(entered)).await?;
            let is_free = one.is_some();
            let is_new = !matches!(one, Some(Creation::SudahAda(_)));
            if is_new && *free.entry(baru.jadwal).or_insert(is_free) != is_free {
                // Somebody who needs no lock came in between. Of one time all guests come, or none.
                return Err(Failure::Again(StoreError::Conflict(Conflict::Bentrok)));
            }
            entered = entered.or(one.as_ref().map(|made| made.row().id_tamu));
            made.push(one);
        }
        all.push(made);
    }
    Ok(all)
}

async fn create_one(
    transaction: &mut Transaction<'_>,
    kunci: &SchoolSecrets,
    baru: &NewJanjiTemu,
) -> Result<Option<Creation>, Failure> {
    match enter(transaction, kunci, baru, SAVE).await? {
        Outcome::Made(made) => Ok(Some(made.answers(baru)?)),
        Outcome::Refused(Conflict::Bentrok) => {
            transaction.query(Statement::new(TAKE_BACK)).await?;
            Ok(None)
        }
        Outcome::Refused(conflict) => Err(StoreError::Conflict(conflict).into()),
    }
}
