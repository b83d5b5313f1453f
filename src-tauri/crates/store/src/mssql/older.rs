//! A school of an older version, written into a file of the same version before it is brought up to date. Both
//! databases have the same tables after the same migration.

use std::{path::Path, sync::Arc};

use super::{
    MssqlStore,
    copy::Frozen,
    engine::{Engine, MssqlConfig},
};
use crate::{
    OlderFile, OpenError, SchoolSecrets,
    copy::{CopyError, RowReader, Value},
};

/// Rows moved at once.
const BATCH: usize = 2_000;

/// Why such a school was not written.
#[derive(Debug, thiserror::Error)]
pub enum OlderError {
    /// The database or the file cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The rows could not be moved.
    #[error(transparent)]
    Copy(#[from] CopyError),
}

pub(super) async fn write(
    config: &MssqlConfig,
    kunci: Arc<SchoolSecrets>,
    version: u32,
    to: &Path,
) -> Result<(), OlderError> {
    let (path, secrets) = (to.to_owned(), Arc::clone(&kunci));
    let file = tokio::task::spawn_blocking(move || OlderFile::create(&path, &secrets, version));
    let file = file.await.map_err(|error| OpenError::Unreachable {
        path: to.display().to_string(),
        reason: error.to_string(),
    })??;
    let store = MssqlStore { engine: Arc::new(Engine::connect(config)?), kunci };
    let moved = move_rows(&store, &file).await;
    store.engine.close();
    moved?;
    Ok(file.finish().map_err(of_target)?)
}

async fn move_rows(store: &MssqlStore, file: &OlderFile) -> Result<(), CopyError> {
    match Frozen::begin(&store.engine).await.map_err(of_source)? {
        Some(frozen) => move_from(&frozen, file).await,
        None => move_from(store, file).await,
    }
}

async fn move_from(source: &impl RowReader, file: &OlderFile) -> Result<(), CopyError> {
    let mut moved = Vec::new();
    for table in file.tables() {
        let (mut done, mut after) = (0, None);
        loop {
            let rows = source.list_rows(table, after.take(), BATCH).await.map_err(of_source)?;
            let Some(last) = rows.last() else { break };
            after = Some(last[table.key].clone());
            if rows.iter().any(|row| row.contains(&Value::Unreadable)) {
                return Err(CopyError::Damaged { table: table.name });
            }
            done += rows.len() as u64;
            file.insert(table, &rows).map_err(of_target)?;
        }
        moved.push((table, done));
    }
    for (table, done) in moved {
        if source.count_rows(table).await.map_err(of_source)? != done {
            return Err(CopyError::Differs { table: table.name });
        }
    }
    Ok(())
}

fn of_source(error: crate::StoreError) -> CopyError {
    CopyError::Store { side: "source", error }
}

fn of_target(error: crate::StoreError) -> CopyError {
    CopyError::Store { side: "target", error }
}
