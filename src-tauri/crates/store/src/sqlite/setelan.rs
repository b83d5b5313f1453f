//! The school's settings: one row a field, its value as JSON. A name that this program does not know is left alone.

use async_trait::async_trait;
use domain::Setelan;
use rusqlite::{Connection, named_params};
use serde_json::{Map, Value};

use super::SqliteStore;
use crate::{Result, SetelanStore, StoreError};

#[async_trait]
impl SetelanStore for SqliteStore {
    async fn get(&self) -> Result<Setelan> {
        self.read(|conn, _| get(conn)).await
    }

    async fn update(&self, setelan: Setelan) -> Result<()> {
        self.write(move |conn, _| update(conn, &setelan)).await
    }
}

fn get(conn: &Connection) -> Result<Setelan> {
    let mut fields = fields_of(&Setelan::default())?;
    let mut statement = conn.prepare_cached("SELECT nama, nilai FROM sistem_setelan")?;
    let rows = statement.query_map((), |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    for row in rows {
        let (nama, nilai) = row?;
        if let Some(field) = fields.get_mut(&nama) {
            *field = serde_json::from_str(&nilai).map_err(unreadable)?;
        }
    }
    serde_json::from_value(Value::Object(fields)).map_err(unreadable)
}

fn update(conn: &Connection, setelan: &Setelan) -> Result<()> {
    for (nama, nilai) in fields_of(setelan)? {
        conn.prepare_cached(
            "INSERT INTO sistem_setelan (nama, nilai) VALUES (:nama, :nilai)
            ON CONFLICT (nama) DO UPDATE SET nilai = excluded.nilai",
        )?
        .execute(named_params! { ":nama": nama, ":nilai": nilai.to_string() })?;
    }
    Ok(())
}

fn fields_of(setelan: &Setelan) -> Result<Map<String, Value>> {
    match serde_json::to_value(setelan).map_err(unreadable)? {
        Value::Object(fields) => Ok(fields),
        _ => Err(StoreError::Other("settings are no object".to_owned())),
    }
}

fn unreadable(error: serde_json::Error) -> StoreError {
    tracing::error!(%error, "the settings cannot be read");
    StoreError::Other("the settings cannot be read".to_owned())
}
