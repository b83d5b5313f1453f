//! Changes of appointments as `domain` describes them: each one update with a condition, whose row count decides.

use domain::columns::{Columns, Value};

use crate::mssql::engine::{self, Statement};

/// Sets the columns of every appointment that meets the condition. [`bind`] gives them their values, which the
/// condition has under their names too.
pub(in crate::mssql) fn update(columns: &Columns, condition: &str) -> String {
    update_in("dbo.janji_temu", columns, condition)
}

/// The same of visits that are in the archive, too: two statements.
pub(in crate::mssql) fn update_semua(columns: &Columns, condition: &str) -> String {
    [update(columns, condition), update_in("sistem.arsip", columns, condition)].join(" ")
}

fn update_in(table: &str, columns: &Columns, condition: &str) -> String {
    let set = |(name, value): &(&str, Value)| match value {
        Value::FirstTime(_) => format!(", {name} = COALESCE({name}, @{name})"),
        _ => format!(", {name} = @{name}"),
    };
    let set: String = columns.iter().map(set).collect();
    format!("UPDATE {table} SET versi = versi + 1{set} WHERE {condition};")
}

/// Columns of a new row: their names, and the places of their values.
pub(in crate::mssql) fn names(columns: &Columns) -> (String, String) {
    let names: Vec<_> = columns.iter().map(|(name, _)| *name).collect();
    (names.join(", "), format!("@{}", names.join(", @")))
}

/// Gives the columns their values.
pub(in crate::mssql) fn bind(statement: Statement, columns: Columns) -> Statement {
    columns.into_iter().fold(statement, |statement, (name, value)| statement.bind(name, value))
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
