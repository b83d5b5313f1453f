//! Changes of appointments as `domain` describes them: each one update with a condition, whose row count decides.

use domain::{
    IdJanjiTemu,
    columns::{Columns, Value},
};
use rusqlite::{Connection, ToSql};

use crate::{
    Result,
    sqlite::row::{ms, ms_opt},
};

/// Sets the columns of every appointment that meets the condition; answers how many. The condition has its own values,
/// and those of the columns under their names.
pub(in crate::sqlite) fn update(
    conn: &Connection,
    columns: Columns,
    condition: &str,
    params: &[(&str, &dyn ToSql)],
) -> Result<usize> {
    update_in("janji_temu", conn, columns, condition, params)
}

/// The same of visits that are in the archive, too.
pub(in crate::sqlite) fn update_semua(
    conn: &Connection,
    columns: &Columns,
    condition: &str,
    params: &[(&str, &dyn ToSql)],
) -> Result<usize> {
    let changed = update_in("janji_temu", conn, columns.clone(), condition, params)?;
    Ok(changed + update_in("sistem_arsip", conn, columns.clone(), condition, params)?)
}

/// Sets the words by which a visit is found, wherever it is.
pub(in crate::sqlite) fn set_words(conn: &Connection, id: IdJanjiTemu, kata: &str) -> Result<()> {
    for table in ["janji_temu", "sistem_arsip"] {
        let sql = format!("UPDATE {table} SET kata = ?1 WHERE id = ?2");
        conn.prepare_cached(&sql)?.execute((kata, id.0))?;
    }
    Ok(())
}

fn update_in(
    table: &str,
    conn: &Connection,
    columns: Columns,
    condition: &str,
    params: &[(&str, &dyn ToSql)],
) -> Result<usize> {
    let set = |(name, value): &(&str, Value)| match value {
        Value::FirstTime(_) => format!(", {name} = COALESCE({name}, :{name})"),
        _ => format!(", {name} = :{name}"),
    };
    let set: String = columns.iter().map(set).collect();
    let sql = format!("UPDATE {table} SET versi = versi + 1{set} WHERE {condition}");
    let values = values(columns);
    let params: Vec<_> = borrow(&values).chain(params.iter().copied()).collect();
    Ok(conn.prepare_cached(&sql)?.execute(&*params)?)
}

/// Columns of a new row: their names, and the places of their values.
pub(in crate::sqlite) fn names(columns: &Columns) -> (String, String) {
    let names: Vec<_> = columns.iter().map(|(name, _)| *name).collect();
    (names.join(", "), format!(":{}", names.join(", :")))
}

/// Values by the names of their places.
pub(in crate::sqlite) fn values(columns: Columns) -> Vec<(String, Box<dyn ToSql>)> {
    columns.into_iter().map(|(name, value)| (format!(":{name}"), to_sql(value))).collect()
}

/// What rusqlite takes them as.
pub(in crate::sqlite) fn borrow(
    values: &[(String, Box<dyn ToSql>)],
) -> impl Iterator<Item = (&str, &dyn ToSql)> {
    values.iter().map(|(name, value)| (name.as_str(), &**value))
}

fn to_sql(value: Value) -> Box<dyn ToSql> {
    match value {
        Value::Word(word) => Box::new(word),
        Value::Text(text) => Box::new(text),
        Value::Number(number) => Box::new(number),
        Value::Bit(bit) => Box::new(bit),
        Value::Time(waktu) => Box::new(ms_opt(waktu)),
        Value::FirstTime(waktu) => Box::new(ms(waktu)),
    }
}
