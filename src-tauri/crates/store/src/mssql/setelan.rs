//! The school's settings: one row a field, its value as JSON. One row counts the
//! changes. A name that this program does not know is left alone.

use async_trait::async_trait;
use domain::Setelan;

use super::{
    MssqlStore,
    engine::Statement,
    row::{int, text},
};
use crate::{
    Result, SetelanStore,
    setelan::{DAYS_TOLD, SHEET_TRIED, Tersimpan, fields_of, of_rows},
};

#[async_trait]
impl SetelanStore for MssqlStore {
    async fn get(&self) -> Result<Tersimpan> {
        let answer = self.engine.read(Statement::new("SELECT nama, nilai FROM sistem.setelan")).await?;
        let row = |row| (text(row, "nama").unwrap_or_default(), text(row, "nilai").ok());
        of_rows(answer.rows().iter().map(row))
    }

    async fn versi(&self) -> Result<i64> {
        let answer = self.engine.read(Statement::new(format!("SELECT {KEPT} AS versi"))).await?;
        int(answer.one()?, "versi")
    }

    async fn update(&self, setelan: Setelan, versi: i64) -> Result<Option<i64>> {
        let (set, bind) = set_all(&setelan)?;
        let statement = Statement::new(format!(
            "{LOCK}
            DECLARE @n int = 0;
            IF {KEPT} = @versi
            BEGIN
                SET @n = 1;
                {set}
                SELECT {KEPT} AS versi;
            END;"
        ));
        let statement = statement.audited_if("@n > 0");
        let answer = self.engine.write(bind(statement.bind("versi", versi))).await?;
        answer.first().map(|row| int(row, "versi")).transpose()
    }

    async fn find_tried_sheet(&self) -> Result<Option<String>> {
        self.find_note(SHEET_TRIED).await
    }

    async fn note_tried_sheet(&self, kunci: String) -> Result<()> {
        self.note(SHEET_TRIED, kunci).await
    }

    async fn were_days_told(&self) -> Result<bool> {
        Ok(self.find_note(DAYS_TOLD).await?.is_some())
    }

    async fn note_told_days(&self) -> Result<()> {
        self.note(DAYS_TOLD, "1".to_owned()).await
    }
}

impl MssqlStore {
    async fn find_note(&self, nama: &'static str) -> Result<Option<String>> {
        let statement = Statement::new("SELECT nilai FROM sistem.setelan WHERE nama = @nama");
        let answer = self.engine.read(statement.bind("nama", nama)).await?;
        answer.first().map(|row| text(row, "nilai")).transpose()
    }

    async fn note(&self, nama: &'static str, nilai: String) -> Result<()> {
        let statement = Statement::new(
            "UPDATE sistem.setelan SET nilai = @nilai WHERE nama = @nama;
            IF @@ROWCOUNT = 0 INSERT INTO sistem.setelan (nama, nilai) VALUES (@nama, @nilai);",
        );
        self.engine.write(statement.bind("nama", nama).bind("nilai", nilai)).await.map(drop)
    }
}

/// The version that is kept. One that cannot be read is one of settings that were never set.
pub(super) const KEPT: &str =
    "ISNULL((SELECT TRY_CAST(nilai AS bigint) FROM sistem.setelan WHERE nama = N'versi'), 0)";

/// What sets everything, and how its values are bound.
pub(super) fn set_all(setelan: &Setelan) -> Result<(String, impl FnOnce(Statement) -> Statement + use<>)> {
    let fields = fields_of(setelan)?;
    let sql = (0..fields.len()).map(set).chain([COUNT_ON.to_owned()]).collect();
    let bind = |mut statement: Statement| {
        for (n, (nama, nilai)) in fields.into_iter().enumerate() {
            statement = statement.bind(format!("nama{n}"), nama).bind(format!("nilai{n}"), nilai.to_string());
        }
        statement
    };
    Ok((sql, bind))
}

/// Two who set at once wait for each other: the later one finds another version.
pub(super) const LOCK: &str = "
    DECLARE @izin int;
    EXEC @izin = sp_getapplock @Resource = N'bukutamu setelan', @LockMode = N'Exclusive',
        @LockOwner = N'Transaction', @LockTimeout = 5000;
    IF @izin < 0 THROW 50001, N'no lock', 1;";

/// Sets the field of that number.
fn set(n: usize) -> String {
    format!(
        "UPDATE sistem.setelan SET nilai = @nilai{n} WHERE nama = @nama{n};
        IF @@ROWCOUNT = 0 INSERT INTO sistem.setelan (nama, nilai) VALUES (@nama{n}, @nilai{n});
        "
    )
}

/// Counts the change, so that every node and every page looks again.
pub(super) const COUNT_ON: &str = "
    UPDATE sistem.setelan SET nilai = CAST(ISNULL(TRY_CAST(nilai AS bigint), 0) + 1 AS nvarchar(20))
    WHERE nama = N'versi';
    IF @@ROWCOUNT = 0 INSERT INTO sistem.setelan (nama, nilai) VALUES (N'versi', N'1');";
