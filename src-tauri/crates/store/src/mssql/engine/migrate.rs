//! Brings a database up to date, and refuses one that is not ours to touch: of a newer program, or made with another
//! key file. Programs that start at once wait for each other, so each step is made once.

mod runner;

use std::time::Duration;

use refinery::Target;
use tiberius::error::Error;

pub(in crate::mssql) use self::runner::Database;
use self::runner::HISTORY;
use super::{MssqlConfig, diagnosis};
use crate::{OpenError, SchoolSecrets};

/// How long the server may be silent while it works on a migration.
const SILENCE: Duration = Duration::from_secs(600);

/// How long the server may take to keep older states of rows.
const SNAPSHOTS_SILENCE: Duration = Duration::from_secs(10);

/// Lets in one program at a time.
const LOCK: &str = "DECLARE @izin int;
    EXEC @izin = sp_getapplock @Resource = N'bukutamu migrasi', @LockMode = N'Exclusive',
        @LockOwner = N'Session', @LockTimeout = 300000;
    SELECT @izin AS izin;";

mod embedded {
    #![allow(missing_docs, unreachable_pub, reason = "written by a macro")]
    refinery::embed_migrations!("../../../migrations/mssql");
}

/// Checks the database and applies what it lacks. Once the tables are up to date, `complete` brings their content up to
/// date; no other program does so at the same time.
pub(super) async fn run(
    config: &MssqlConfig,
    kunci: &SchoolSecrets,
    complete: impl AsyncFnOnce(&mut Database) -> Result<(), Error>,
) -> Result<(), OpenError> {
    let place = config.place();
    let unreachable = |error: Error| unusable(config, &error);
    // The lock ends with the connection.
    let mut database = Database::connect(config, SILENCE).await?;
    examine(&mut database, config).await?;
    if database.number(LOCK).await.map_err(unreachable)?.unwrap_or(-1) < 0 {
        let reason = "another program has been bringing it up to date for five minutes".to_owned();
        return Err(OpenError::Unreachable { path: place, reason });
    }

    let known = known();
    let found = newest(&mut database).await.map_err(unreachable)?.unwrap_or(0);
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

    apply(&mut database, found).await.map_err(|error| OpenError::Migration {
        path: config.place(),
        reason: error.to_string().replace('\n', " "),
    })?;
    complete(&mut database).await.map_err(unreachable)?;
    keep_fingerprint(&mut database, kunci).await.map_err(unreachable)?;
    if fingerprint(&mut database).await.map_err(unreachable)?.as_deref() != Some(kunci.fingerprint()) {
        return Err(wrong_kunci());
    }
    if found < known {
        allow_snapshots(config).await;
    }
    Ok(())
}

/// Lets the database keep older states of rows, so that a backup sees all of them as of one moment. Where that may not
/// be, or is not known, nothing is lost: a backup then notices that rows have changed.
async fn allow_snapshots(config: &MssqlConfig) {
    // On a connection of its own, because it waits for the transactions that are open.
    let Ok(mut database) = Database::connect(config, SNAPSHOTS_SILENCE).await else { return };
    if let Err(error) = database.batch("ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON").await {
        let reason = diagnosis::of_using(&error);
        tracing::info!(reason, "ALLOW_SNAPSHOT_ISOLATION was not switched on");
    }
}

/// Applies what is missing. Each migration is one transaction with its entry in the history: after a start that was cut
/// off, the next one goes on from there.
async fn apply(database: &mut Database, found: u32) -> Result<(), refinery::Error> {
    let number = |version| u32::try_from(version).unwrap_or(u32::MAX);
    let mut missing: Vec<_> =
        embedded::migrations::runner().get_migrations().iter().map(refinery::Migration::version).collect();
    missing.retain(|version| number(*version) > found);
    missing.sort_unstable();
    // The last look compares the whole history with what this program has.
    let mut applied = 0;
    let steps = missing.into_iter().map(Target::Version).chain([Target::Latest]);
    for target in steps {
        let mut runner = embedded::migrations::runner().set_target(target).set_grouped(true);
        runner.set_migration_table_name(HISTORY);
        for migration in runner.run_async(database).await?.applied_migrations() {
            tracing::debug!(version = migration.version(), "migration applied");
            applied += 1;
        }
    }
    if applied > 0 {
        tracing::info!(applied, from = found, to = known(), "the tables were brought up to date");
    }
    Ok(())
}

/// The number of the newest migration that this program has.
pub(super) fn known() -> u32 {
    let runner = embedded::migrations::runner();
    let newest = runner.get_migrations().iter().map(|migration| migration.version()).max();
    newest.and_then(|version| u32::try_from(version).ok()).unwrap_or(0)
}

/// The number of the newest migration that was applied; `None` if there never was one.
pub(super) async fn newest(database: &mut Database) -> Result<Option<u32>, Error> {
    if !exists(database, HISTORY).await? {
        return Ok(None);
    }
    let newest = database.number("SELECT MAX(version) AS version FROM sistem.riwayat_skema").await?;
    Ok(Some(u32::try_from(newest.unwrap_or(0)).unwrap_or(u32::MAX)))
}

/// Refuses a database that is not ours to touch.
pub(super) async fn examine(database: &mut Database, config: &MssqlConfig) -> Result<(), OpenError> {
    let unreachable = |error: Error| unusable(config, &error);
    // master, tempdb, model and msdb.
    let is_system = "SELECT CASE WHEN DB_ID() <= 4 THEN 1 ELSE 0 END AS n";
    if database.number(is_system).await.map_err(unreachable)? == Some(1) {
        return Err(OpenError::System { path: config.place() });
    }
    if newest(database).await.map_err(unreachable)?.is_some() {
        return Ok(());
    }
    // SQL Server's own tool makes this table in databases that somebody looks at.
    let tables = "SELECT COUNT(*) AS n FROM sys.tables WHERE is_ms_shipped = 0 AND name <> N'sysdiagrams'";
    match database.number(tables).await.map_err(unreachable)? {
        Some(1..) => Err(OpenError::Foreign { path: config.place() }),
        _ => Ok(()),
    }
}

/// Whether a copy into it was begun and not finished.
pub(super) async fn is_half_copied(database: &mut Database) -> Result<bool, Error> {
    if !exists(database, "sistem.info").await? {
        return Ok(false);
    }
    let mark = "SELECT COUNT(*) AS n FROM sistem.info WHERE nama = N'salinan'";
    Ok(database.number(mark).await? != Some(0))
}

/// An error at a server that was reached.
pub(super) fn unusable(config: &MssqlConfig, error: &Error) -> OpenError {
    OpenError::Unreachable { path: config.place(), reason: diagnosis::of_using(error) }
}

/// Whether a table exists. Its name is one of ours.
async fn exists(database: &mut Database, table: &str) -> Result<bool, Error> {
    let sql = format!("SELECT CASE WHEN OBJECT_ID(N'{table}') IS NULL THEN 0 ELSE 1 END AS ada");
    Ok(database.number(&sql).await? == Some(1))
}

pub(super) async fn fingerprint(database: &mut Database) -> Result<Option<String>, Error> {
    if !exists(database, "sistem.info").await? {
        return Ok(None);
    }
    let rows = database.batch("SELECT nilai FROM sistem.info WHERE nama = N'sidik_kunci'").await?;
    let text = rows.first().and_then(|rows| rows.first()).map(|row| row.try_get::<&str, _>("nilai"));
    Ok(text.transpose()?.flatten().map(str::to_owned))
}

/// Gives this fingerprint to a database that has none yet.
async fn keep_fingerprint(database: &mut Database, kunci: &SchoolSecrets) -> Result<(), Error> {
    // The fingerprint is hexadecimal digits of this program's own making.
    let sql = format!(
        "INSERT INTO sistem.info (nama, nilai)
        SELECT N'sidik_kunci', N'{}'
        WHERE NOT EXISTS (SELECT 1 FROM sistem.info WHERE nama = N'sidik_kunci');",
        kunci.fingerprint()
    );
    database.batch(&sql).await.map(drop)
}
