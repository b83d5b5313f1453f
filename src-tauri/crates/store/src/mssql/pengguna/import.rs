//! An import: users that are added and changed together.

use chrono::{DateTime, Utc};
use domain::Pengguna;

use super::{bind, from_row, insert, update::update_within};
use crate::{
    Result,
    mssql::{
        conflict::Failure,
        engine::{Engine, Statement},
    },
    pengguna::ImportStep,
};

pub(super) async fn import(
    engine: &Engine,
    langkah: &[ImportStep],
    waktu: DateTime<Utc>,
) -> Result<Vec<Pengguna>, Failure> {
    let mut transaction = engine.begin().await?;
    let mut added = Vec::new();
    for step in langkah {
        match step {
            ImportStep::Buat(baru) => {
                let answer = transaction.query(bind(Statement::new(insert()), (**baru).clone())).await?;
                added.push(from_row(answer.one()?)?);
            }
            ImportStep::Ubah(id, ubah) => {
                if let Err(error) = update_within(&mut transaction, *id, ubah, waktu).await? {
                    transaction.roll_back().await?;
                    return Err(error.into());
                }
            }
        }
    }
    transaction.commit().await?;
    Ok(added)
}
