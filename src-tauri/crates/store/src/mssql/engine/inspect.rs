//! What can be said of a server and a database before anything there is touched, for the person who sets it up.

use std::time::Duration;

use tiberius::{Row, error::Error};

use super::{
    MssqlConfig,
    migrate::{Database, examine, fingerprint, is_half_copied, known, newest, unusable},
};
use crate::OpenError;

/// How long the server may take for anything.
const LIMIT: Duration = Duration::from_secs(10);

/// What a server says of itself, and of a database and a login there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The product, such as `Microsoft SQL Server 2019 (RTM)`.
    pub product: String,
    /// Its version, such as `15.0.2000.5`.
    pub version: String,
    /// The newest migration that the database has seen; 0 if none was applied.
    pub found: u32,
    /// The newest migration that this program has.
    pub known: u32,
    /// The fingerprint of the key file that the database was made with.
    pub kunci: Option<String>,
    /// A copy into it was begun and not finished.
    pub is_half_copied: bool,
    /// Rights that the login lacks for daily work.
    pub missing: Vec<String>,
    /// Rights that it lacks for making the tables and bringing them up to date.
    pub missing_for_updates: Vec<String>,
}

/// Rights of daily work, on both schemas.
const DAILY: [&str; 4] = ["SELECT", "INSERT", "UPDATE", "DELETE"];

/// Rights on the database, for migrations.
const ON_DATABASE: [&str; 3] = ["CREATE TABLE", "CREATE VIEW", "CREATE SCHEMA"];

/// Rights on the schema `dbo`, for migrations.
const ON_DBO: [&str; 2] = ["ALTER", "REFERENCES"];

pub(super) async fn run(config: &MssqlConfig) -> Result<Inspection, OpenError> {
    let mut database = Database::connect(config, LIMIT).await?;
    examine(&mut database, config).await?;
    ask(&mut database).await.map_err(|error| unusable(config, &error))
}

async fn ask(database: &mut Database) -> Result<Inspection, Error> {
    let about = "SELECT CAST(@@VERSION AS nvarchar(400)) AS produk,
        CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(100)) AS versi";
    let results = database.batch(about).await?;
    let row = results.iter().flatten().next();
    let text =
        |column: &str| row.and_then(|row| row.try_get::<&str, _>(column).ok().flatten()).unwrap_or_default();
    // Copyright and details of the build follow the name.
    let product = text("produk").lines().next().unwrap_or_default();
    let product = product.split(" - ").next().unwrap_or_default().trim().to_owned();
    let version = text("versi").to_owned();
    let found = newest(database).await?.unwrap_or(0);
    let kunci = fingerprint(database).await?;
    let is_half_copied = is_half_copied(database).await?;
    let schemas: &[&str] = if found == 0 { &["dbo"] } else { &["dbo", "sistem"] };
    let mut missing = Vec::new();
    for schema in schemas {
        missing.extend(lacking(database, &DAILY, "SCHEMA", Some(schema)).await?);
    }
    let mut missing_for_updates = lacking(database, &ON_DATABASE, "DATABASE", None).await?;
    missing_for_updates.extend(lacking(database, &ON_DBO, "SCHEMA", Some("dbo")).await?);
    Ok(Inspection {
        product,
        version,
        found,
        known: known(),
        kunci,
        is_half_copied,
        missing,
        missing_for_updates,
    })
}

/// Those of `rights` that the login lacks.
async fn lacking(
    database: &mut Database,
    rights: &[&str],
    class: &str,
    name: Option<&str>,
) -> Result<Vec<String>, Error> {
    let securable = name.map_or("DB_NAME()".to_owned(), |name| format!("N'{name}'"));
    let ask =
        |(n, right): (usize, &&str)| format!("HAS_PERMS_BY_NAME({securable}, '{class}', '{right}') AS h{n}");
    let columns: Vec<_> = rights.iter().enumerate().map(ask).collect();
    let results = database.batch(&format!("SELECT {}", columns.join(", "))).await?;
    let row = results.iter().flatten().next();
    let has = |n: usize| {
        row.is_some_and(|row: &Row| row.try_get::<i32, _>(format!("h{n}").as_str()) == Ok(Some(1)))
    };
    let place = name.map_or("the database".to_owned(), |name| format!("schema {name}"));
    Ok(rights
        .iter()
        .enumerate()
        .filter(|(n, _)| !has(*n))
        .map(|(_, right)| format!("{right} on {place}"))
        .collect())
}
