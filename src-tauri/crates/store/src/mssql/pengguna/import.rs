//! An import: users that are added and changed together.

use chrono::{DateTime, Utc};
use domain::{IdPengguna, Pengguna};

use super::{bind, from_row, insert, update::update_within};
use crate::{
    Result,
    mssql::{
        conflict::Failure,
        engine::{Engine, Statement, Transaction},
    },
    pengguna::{ImportStep, PenggunaBaru},
};

pub(super) async fn import(
    engine: &Engine,
    langkah: &[ImportStep],
    waktu: DateTime<Utc>,
) -> Result<Vec<Pengguna>, Failure> {
    let mut transaction = engine.begin().await?;
    let mut added = Vec::new();
    for step in langkah {
        let (id, ubah) = match step {
            ImportStep::Buat(baru, rest) => (create(&mut transaction, baru).await?, rest),
            ImportStep::Ubah(id, ubah) => (*id, ubah),
        };
        match update_within(&mut transaction, id, ubah, waktu).await? {
            Ok(pengguna) if matches!(step, ImportStep::Buat(..)) => added.push(pengguna),
            Ok(_) => {}
            Err(error) => {
                transaction.roll_back().await?;
                return Err(error.into());
            }
        }
    }
    transaction.commit().await?;
    Ok(added)
}

async fn create(transaction: &mut Transaction<'_>, baru: &PenggunaBaru) -> Result<IdPengguna, Failure> {
    let answer = transaction.query(bind(Statement::new(insert()), baru.clone())).await?;
    Ok(from_row(answer.one()?)?.id)
}
