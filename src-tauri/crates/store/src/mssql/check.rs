//! Looks through a database without changing it: every field of every row. It leaves the structure to the server's own
//! check.

use super::MssqlStore;
use crate::{
    Result,
    check::Check,
    copy::{RowReader, TABLES},
};

/// Rows read at once.
const BATCH: usize = 1000;

pub(super) async fn run(store: &MssqlStore) -> Result<Check> {
    let mut check = Check::default();
    for table in TABLES {
        let mut after = None;
        loop {
            let rows = store.list_rows(table, after.take(), BATCH).await?;
            let Some(last) = rows.last() else { break };
            after = Some(last[table.key].clone());
            rows.iter().for_each(|row| check.row(table, row, &[], &store.kunci));
        }
    }
    Ok(check)
}
