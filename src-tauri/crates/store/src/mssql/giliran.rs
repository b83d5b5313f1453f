//! Whose turn it is: a fact about the database, changed by one conditional statement.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{MssqlStore, engine::Statement};
use crate::{GiliranStore, Result, StoreError, giliran};

#[async_trait]
impl GiliranStore for MssqlStore {
    async fn take_giliran(
        &self,
        pekerjaan: &'static str,
        node: &str,
        now: DateTime<Utc>,
        sampai: DateTime<Utc>,
    ) -> Result<bool> {
        let statement = Statement::new(
            "DECLARE @jumlah int;
            UPDATE sistem.info SET nilai = @nilai
            WHERE nama = @nama
                AND (SUBSTRING(nilai, 1, CHARINDEX(N' ', nilai) - 1) = @node
                    OR CAST(SUBSTRING(nilai, CHARINDEX(N' ', nilai) + 1, 20) AS bigint) < @kini);
            SET @jumlah = @@ROWCOUNT;
            IF @jumlah = 0 AND NOT EXISTS (SELECT 1 FROM sistem.info WHERE nama = @nama)
            BEGIN
                INSERT INTO sistem.info (nama, nilai) VALUES (@nama, @nilai);
                SET @jumlah = 1;
            END;
            SELECT @jumlah AS jumlah;",
        )
        .bind("nama", giliran::name(pekerjaan))
        .bind("nilai", giliran::note(node, sampai))
        .bind("node", node.to_owned())
        .bind("kini", now.timestamp_millis());
        match self.engine.write(statement).await {
            Ok(answer) => Ok(super::row::count(answer.one()?, "jumlah")? > 0),
            // Another node was faster.
            Err(StoreError::Conflict(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
