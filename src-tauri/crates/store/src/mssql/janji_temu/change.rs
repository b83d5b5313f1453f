//! Changes of appointments as `domain` describes them: each one update with a condition, whose row count decides.

use domain::{
    IdJanjiTemu, JanjiTemu,
    columns::{Columns, Value},
};

use super::{SELECT, from_row};
use crate::{
    Result,
    mssql::{
        MssqlStore,
        engine::{self, Statement},
    },
};

/// Sets the columns of every appointment that meets the condition. [`bind`] gives them their values, which the
/// condition has under their names too.
pub(in crate::mssql) fn update(columns: &Columns, condition: &str) -> String {
    let set = |(name, value): &(&str, Value)| match value {
        Value::FirstTime(_) => format!(", {name} = COALESCE({name}, @{name})"),
        _ => format!(", {name} = @{name}"),
    };
    let set: String = columns.iter().map(set).collect();
    format!("UPDATE dbo.janji_temu SET versi = versi + 1{set} WHERE {condition};")
}

/// Columns of a new row: their names, and the places of their values.
pub(super) fn names(columns: &Columns) -> (String, String) {
    let names: Vec<_> = columns.iter().map(|(name, _)| *name).collect();
    (names.join(", "), format!("@{}", names.join(", @")))
}

/// Gives the columns their values.
pub(in crate::mssql) fn bind(statement: Statement, columns: Columns) -> Statement {
    columns.into_iter().fold(statement, |statement, (name, value)| statement.bind(name, value))
}

impl MssqlStore {
    /// Changes the appointment `@id` where the condition holds, and answers it as it stands after that; `None` where it
    /// does not. `bind_others` gives the condition's own values.
    pub(in crate::mssql) async fn change(
        &self,
        id: IdJanjiTemu,
        columns: Columns,
        condition: &str,
        bind_others: impl FnOnce(Statement) -> Statement,
    ) -> Result<Option<JanjiTemu>> {
        let statement = Statement::new(format!(
            "DECLARE @n int;
            {}
            SET @n = @@ROWCOUNT;
            {SELECT} WHERE j.id = @id AND @n > 0;",
            update(&columns, condition)
        ));
        let statement = bind_others(bind(statement, columns).bind("id", id.0));
        let answer = self.engine.write(statement).await?;
        answer.first().map(|row| from_row(row, &self.kunci)).transpose()
    }
}

impl From<Value> for engine::Value {
    fn from(value: Value) -> Self {
        match value {
            Value::Word(word) => word.into(),
            Value::Text(text) => text.into(),
            Value::Number(number) => number.into(),
            Value::Bit(bit) => bit.into(),
            Value::Time(waktu) => waktu.into(),
            Value::FirstTime(waktu) => waktu.into(),
        }
    }
}
