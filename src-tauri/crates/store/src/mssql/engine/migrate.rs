//! Brings a database up to date, and refuses one that is not ours to touch: of a newer program, or made with another
//! key file. Programs that start at once wait for each other, so each step is made once.

mod runner;

use std::time::Duration;

use tiberius::error::Error;
use tokio::time::timeout;

pub(in crate::mssql) use self::runner::Database;
use self::runner::HISTORY;
use super::{MssqlConfig, pool::Connection};
use crate::{Kunci, OpenError, mssql::kata};

/// How long the server may be silent while it works on a migration.
const SILENCE: Duration = Duration::from_secs(600);

/// How long a connection may take, the first of all.
const CONNECT: Duration = Duration::from_secs(15);

/// One program at a time.
const LOCK: &str = "DECLARE @izin int;
    EXEC @izin = sp_getapplock @Resource = N'bukutamu migrasi', @LockMode = N'Exclusive',
        @LockOwner = N'Session', @LockTimeout = 300000;
    SELECT @izin AS izin;";

mod embedded {
    #![allow(missing_docs, unreachable_pub, reason = "written by a macro")]
    refinery::embed_migrations!("../../../migrations/mssql");
}

/// Checks the database and applies what it lacks.
pub(super) async fn run(config: &MssqlConfig, kunci: &Kunci) -> Result<(), OpenError> {
    let place = config.place();
    let unreachable = |error: Error| OpenError::Unreachable { path: config.place(), reason: reason(&error) };
    let driver = config.driver();
    let connection = timeout(CONNECT, Connection::open(&driver, CONNECT)).await;
    let connection = connection.map_err(|_| OpenError::Unreachable {
        path: place.clone(),
        reason: "the server does not answer".to_owned(),
    })?;
    // Its lock ends with the connection.
    let mut database = Database::new(connection.map_err(unreachable)?, SILENCE);
    if database.number(LOCK).await.map_err(unreachable)?.unwrap_or(-1) < 0 {
        let reason = "another program has been bringing it up to date for five minutes".to_owned();
        return Err(OpenError::Unreachable { path: place, reason });
    }

    let mut runner = embedded::migrations::runner();
    runner.set_migration_table_name(HISTORY);
    let known = known();
    let found = u32::try_from(newest(&mut database).await.map_err(unreachable)?).unwrap_or(u32::MAX);
    if found > known {
        return Err(OpenError::NewerVersion { path: place, found, known });
    }
    let wrong_kunci =
        || OpenError::WrongKunci { path: config.place(), kunci: kunci.path().display().to_string() };
    if fingerprint(&mut database)
        .await
        .map_err(unreachable)?
        .is_some_and(|found| found != kunci.fingerprint())
    {
        return Err(wrong_kunci());
    }

    let report = runner.run_async(&mut database).await.map_err(|error| OpenError::Migration {
        path: config.place(),
        reason: error.to_string().replace('\n', " "),
    })?;
    for migration in report.applied_migrations() {
        tracing::info!(version = migration.version(), "migration applied");
    }
    kata::complete(&mut database).await.map_err(unreachable)?;
    keep_fingerprint(&mut database, kunci).await.map_err(unreachable)?;
    if fingerprint(&mut database).await.map_err(unreachable)?.as_deref() != Some(kunci.fingerprint()) {
        return Err(wrong_kunci());
    }
    Ok(())
}

/// The number of the newest migration that this program has.
pub(super) fn known() -> u32 {
    let runner = embedded::migrations::runner();
    let newest = runner.get_migrations().iter().map(|migration| migration.version()).max();
    newest.and_then(|version| u32::try_from(version).ok()).unwrap_or(0)
}

/// The number of the newest migration that was applied, 0 for none.
pub(super) async fn newest(database: &mut Database) -> Result<i64, Error> {
    let exists = "SELECT CASE WHEN OBJECT_ID(N'sistem.riwayat_skema') IS NULL THEN 0 ELSE 1 END AS ada";
    if database.number(exists).await? != Some(1) {
        return Ok(0);
    }
    Ok(database.number("SELECT MAX(version) AS version FROM sistem.riwayat_skema").await?.unwrap_or(0))
}

pub(super) async fn fingerprint(database: &mut Database) -> Result<Option<String>, Error> {
    let exists = "SELECT CASE WHEN OBJECT_ID(N'sistem.info') IS NULL THEN 0 ELSE 1 END AS ada";
    if database.number(exists).await? != Some(1) {
        return Ok(None);
    }
    let rows = database.batch("SELECT nilai FROM sistem.info WHERE nama = N'sidik_kunci'").await?;
    let text = rows.first().and_then(|rows| rows.first()).map(|row| row.try_get::<&str, _>("nilai"));
    Ok(text.transpose()?.flatten().map(str::to_owned))
}

/// A database that had none yet takes this one.
async fn keep_fingerprint(database: &mut Database, kunci: &Kunci) -> Result<(), Error> {
    // Hexadecimal digits of this program's own making.
    let sql = format!(
        "INSERT INTO sistem.info (nama, nilai)
        SELECT N'sidik_kunci', N'{}'
        WHERE NOT EXISTS (SELECT 1 FROM sistem.info WHERE nama = N'sidik_kunci');",
        kunci.fingerprint()
    );
    database.batch(&sql).await.map(drop)
}

/// One line for the person who starts the program, without anything of the login.
pub(super) fn reason(error: &Error) -> String {
    let text = match error {
        Error::Server(error) => match error.code() {
            18456 => "the login was refused; check user and password (error 18456)".to_owned(),
            4060 | 911 => {
                format!("there is no such database, or this login may not use it (error {})", error.code())
            }
            code => format!("SQL Server error {code}"),
        },
        Error::Io { message, .. } => message.clone(),
        // What follows the first sentence is advice to programmers.
        Error::Tls(message) => format!(
            "no secure connection: {}; ca_file=PATH in the URL names a certificate authority of the school's own",
            message.split(". ").next().unwrap_or_default()
        ),
        _ => "the server does not speak as expected".to_owned(),
    };
    text.replace('\n', " ")
}
