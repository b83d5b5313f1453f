//! Brings a database up to date. Before it changes anything, it refuses one that is not ours to touch: of a newer
//! program, or made with another key file.

use std::path::Path;

use refinery::Target;
use rusqlite::{Connection, OptionalExtension};

use crate::{OpenError, SchoolSecrets};

/// The migration runner's own table.
const HISTORY: &str = "sistem_riwayat_skema";

#[allow(missing_docs, unreachable_pub, reason = "written by a macro")]
mod embedded {
    refinery::embed_migrations!("../../../migrations/sqlite");
}

/// Checks the database and applies what it lacks. Once the tables are up to date, `complete` brings their content up to
/// date.
pub(super) fn run(
    conn: &mut Connection,
    path: &Path,
    kunci: &SchoolSecrets,
    complete: impl FnOnce(&mut Connection) -> rusqlite::Result<()>,
) -> Result<(), OpenError> {
    let place = || path.display().to_string();
    let unreachable = |error| OpenError::Unreachable { path: place(), reason: super::reason(&error) };

    let (known, found) = (known(), whole(newest(conn).map_err(unreachable)?.unwrap_or(0)));
    if found > known {
        return Err(OpenError::NewerVersion { path: place(), found, known });
    }
    let wrong_kunci = || OpenError::WrongKunci { path: place(), kunci: kunci.path().display().to_string() };
    if fingerprint(conn).map_err(unreachable)?.is_some_and(|found| found != kunci.fingerprint()) {
        return Err(wrong_kunci());
    }

    apply(conn, found).map_err(|error| OpenError::Migration {
        path: place(),
        reason: error.to_string().replace('\n', " "),
    })?;
    complete(conn).map_err(unreachable)?;
    // A database that had none yet takes this one; another program may have been faster.
    keep_fingerprint(conn, kunci).map_err(unreachable)?;
    if fingerprint(conn).map_err(unreachable)?.as_deref() != Some(kunci.fingerprint()) {
        return Err(wrong_kunci());
    }
    Ok(())
}

/// Makes a new database as it stood after a migration.
pub(super) fn run_until(
    conn: &mut Connection,
    path: &Path,
    kunci: &SchoolSecrets,
    version: u32,
) -> Result<(), OpenError> {
    let failed = |reason: String| OpenError::Migration { path: path.display().to_string(), reason };
    let version = i32::try_from(version).map_err(|error| failed(error.to_string()))?;
    let mut runner = embedded::migrations::runner().set_target(Target::Version(version));
    runner.set_migration_table_name(HISTORY);
    runner.run(conn).map_err(|error| failed(error.to_string().replace('\n', " ")))?;
    keep_fingerprint(conn, kunci).map_err(|error| failed(super::reason(&error)))
}

/// Applies what is missing. Each migration is one transaction with its entry in the history: after a start that was cut
/// off, the next one goes on from there.
fn apply(conn: &mut Connection, found: u32) -> Result<(), refinery::Error> {
    let mut missing: Vec<_> =
        embedded::migrations::runner().get_migrations().iter().map(refinery::Migration::version).collect();
    missing.retain(|version| whole((*version).into()) > found);
    missing.sort_unstable();
    // The last look compares the whole history with what this program has.
    let mut applied = 0;
    let steps = missing.into_iter().map(Target::Version).chain([Target::Latest]);
    for target in steps {
        let mut runner = embedded::migrations::runner().set_target(target).set_grouped(true);
        runner.set_migration_table_name(HISTORY);
        for migration in runner.run(conn)?.applied_migrations() {
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
    whole(newest.unwrap_or(0).into())
}

pub(super) fn whole(version: i64) -> u32 {
    u32::try_from(version).unwrap_or(u32::MAX)
}

/// The number of the newest migration that was applied; `None` if there never was one.
pub(super) fn newest(conn: &Connection) -> rusqlite::Result<Option<i64>> {
    if !conn.table_exists(None, HISTORY)? {
        return Ok(None);
    }
    conn.query_row("SELECT MAX(version) FROM sistem_riwayat_skema", (), |row| row.get(0))
}

pub(super) fn fingerprint(conn: &Connection) -> rusqlite::Result<Option<String>> {
    if !conn.table_exists(None, "sistem_info")? {
        return Ok(None);
    }
    conn.query_row("SELECT nilai FROM sistem_info WHERE nama = 'sidik_kunci'", (), |row| row.get(0))
        .optional()
}

/// Whether a copy into it was begun and not finished.
pub(super) fn is_half_copied(conn: &Connection) -> rusqlite::Result<bool> {
    if !conn.table_exists(None, "sistem_info")? {
        return Ok(false);
    }
    conn.query_row("SELECT EXISTS (SELECT 1 FROM sistem_info WHERE nama = 'salinan')", (), |row| row.get(0))
}

fn keep_fingerprint(conn: &Connection, kunci: &SchoolSecrets) -> rusqlite::Result<()> {
    conn.execute(
        "INSERT INTO sistem_info (nama, nilai) VALUES ('sidik_kunci', ?1) ON CONFLICT (nama) DO NOTHING",
        [kunci.fingerprint()],
    )?;
    Ok(())
}
