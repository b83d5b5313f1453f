//! The school's settings: one row a field, its value as JSON. A name that this program does not know is left alone.

use async_trait::async_trait;
use domain::Setelan;
use rusqlite::{Connection, named_params};

use super::SqliteStore;
use crate::{
    Result, SetelanStore,
    setelan::{fields_of, of_rows},
};

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
    let mut statement = conn.prepare_cached("SELECT nama, nilai FROM sistem_setelan")?;
    // A name that cannot be read is none that is known; a value that cannot be read is told with its name.
    let rows = statement.query_map((), |row| {
        Ok((row.get::<_, String>(0).unwrap_or_default(), row.get::<_, String>(1).ok()))
    })?;
    of_rows(rows.collect::<rusqlite::Result<Vec<_>>>()?)
}

pub(super) fn update(conn: &Connection, setelan: &Setelan) -> Result<()> {
    for (nama, nilai) in fields_of(setelan)? {
        conn.prepare_cached(
            "INSERT INTO sistem_setelan (nama, nilai) VALUES (:nama, :nilai)
            ON CONFLICT (nama) DO UPDATE SET nilai = excluded.nilai",
        )?
        .execute(named_params! { ":nama": nama, ":nilai": nilai.to_string() })?;
    }
    Ok(())
}
