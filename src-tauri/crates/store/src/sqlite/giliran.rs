//! Whose turn it is: a fact about the database, changed by one conditional statement.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::SqliteStore;
use crate::{GiliranStore, Result, giliran};

#[async_trait]
impl GiliranStore for SqliteStore {
    async fn take_giliran(
        &self,
        pekerjaan: &'static str,
        node: &str,
        now: DateTime<Utc>,
        sampai: DateTime<Utc>,
    ) -> Result<bool> {
        let (name, note, node) = (giliran::name(pekerjaan), giliran::note(node, sampai), node.to_owned());
        self.write(move |conn, _| {
            let changed = conn
                .prepare_cached(
                    "INSERT INTO sistem_info (nama, nilai) VALUES (?1, ?2)
                    ON CONFLICT (nama) DO UPDATE SET nilai = excluded.nilai
                    WHERE substr(nilai, 1, instr(nilai, ' ') - 1) = ?3
                        OR CAST(substr(nilai, instr(nilai, ' ') + 1) AS INTEGER) < ?4",
                )?
                .execute((&name, &note, &node, now.timestamp_millis()))?;
            Ok(changed > 0)
        })
        .await
    }
}
