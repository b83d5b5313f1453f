//! The school's settings: one row a field, its value as JSON. A name that this program does not know is left alone.

use async_trait::async_trait;
use domain::Setelan;

use super::{MssqlStore, engine::Statement, row::text};
use crate::{
    Result, SetelanStore,
    setelan::{fields_of, of_rows},
};

#[async_trait]
impl SetelanStore for MssqlStore {
    async fn get(&self) -> Result<Setelan> {
        let answer = self.engine.read(Statement::new("SELECT nama, nilai FROM sistem.setelan")).await?;
        let row = |row| (text(row, "nama").unwrap_or_default(), text(row, "nilai").ok());
        of_rows(answer.rows().iter().map(row))
    }

    async fn update(&self, setelan: Setelan) -> Result<()> {
        let (sql, bind) = set_all(&setelan)?;
        self.engine.write_again(bind(Statement::new([LOCK, &sql].concat()))).await.map(drop)
    }
}

/// What sets everything, and how its values are bound.
pub(super) fn set_all(setelan: &Setelan) -> Result<(String, impl FnOnce(Statement) -> Statement + use<>)> {
    let fields = fields_of(setelan)?;
    let sql = (0..fields.len()).map(set).collect();
    let bind = |mut statement: Statement| {
        for (n, (nama, nilai)) in fields.into_iter().enumerate() {
            statement = statement.bind(format!("nama{n}"), nama).bind(format!("nilai{n}"), nilai.to_string());
        }
        statement
    };
    Ok((sql, bind))
}

/// Two who set at once wait for each other: the later one is kept whole.
const LOCK: &str = "
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
