//! `verify-audit`: says whether the audit's chain is whole, and if not, which entry was changed or is missing first.

use std::sync::Arc;

use anyhow::{Result, bail};
use store::{MssqlStore, OpenError, SchoolSecrets, SqliteStore, audit::Verdict, kunci};

use super::{DataArgs, answer::say};
use crate::data_dir::Database;

#[derive(Debug, clap::Args)]
pub(super) struct VerifyAudit {
    #[command(flatten)]
    data: DataArgs,
}

impl VerifyAudit {
    pub(super) async fn run(self) -> Result<()> {
        let (folder, database) = self.data.resolve()?;
        let kunci = Arc::new(SchoolSecrets::load(&folder.join(kunci::FILE_NAME))?);
        let verdict = match database {
            Database::Sqlite(path) => {
                let found = SqliteStore::inspect(&path)?;
                let place = || path.display().to_string();
                check(place, &folder, found.kunci.as_deref(), (found.found, found.known), &kunci)?;
                SqliteStore::verify_audit(&path, Arc::clone(&kunci)).await?
            }
            Database::Mssql(config) => {
                let found = MssqlStore::inspect(&config).await?;
                let place = || config.place();
                check(place, &folder, found.kunci.as_deref(), (found.found, found.known), &kunci)?;
                MssqlStore::verify_audit(&config, Arc::clone(&kunci)).await?
            }
        };
        tell(verdict)
    }
}

/// Refuses a database of another school, or of another version than this program's.
fn check(
    place: impl Fn() -> String,
    folder: &std::path::Path,
    theirs: Option<&str>,
    (found, known): (u32, u32),
    kunci: &SchoolSecrets,
) -> Result<()> {
    if theirs.is_none() {
        bail!("{} holds no school", place());
    }
    if theirs != Some(kunci.fingerprint()) {
        let kunci = folder.join(kunci::FILE_NAME).display().to_string();
        return Err(OpenError::WrongKunci { path: place(), kunci }.into());
    }
    if found > known {
        return Err(OpenError::NewerVersion { path: place(), found, known }.into());
    }
    if found < known {
        bail!("{}: schema {found}; `serve` brings it up to {known} first", place());
    }
    Ok(())
}

fn tell(verdict: Verdict) -> Result<()> {
    let Verdict { entries, unsealed, broken } = verdict;
    if let Some(broken) = broken {
        bail!("the audit is not whole: {broken}; {entries} entries before it are");
    }
    let rest = match unsealed {
        0 => String::new(),
        unsealed => format!(", and {unsealed} new ones are not sealed yet"),
    };
    say(format_args!("the audit is whole: {entries} entries, each as it was written{rest}"))
}
