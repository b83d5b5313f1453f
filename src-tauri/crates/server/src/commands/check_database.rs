//! `check-database`: says in plain words whether the database can be used, and what is missing.

use std::path::Path;

use anyhow::{Result, bail};
use store::{
    Inspection, MssqlConfig, MssqlStore, OpenError, SchoolSecrets, SqliteStore, check::Check, kunci,
};

use super::{DataArgs, answer::say};
use crate::data_dir::Database;

#[derive(Debug, clap::Args)]
pub(super) struct CheckDatabase {
    #[command(flatten)]
    data: DataArgs,
}

impl CheckDatabase {
    pub(super) async fn run(self) -> Result<()> {
        let (folder, database) = self.data.resolve()?;
        match database {
            Database::Mssql(config) => check_mssql(&folder, &config).await,
            Database::Sqlite(path) => {
                tokio::task::spawn_blocking(move || check_sqlite(&folder, &path)).await?
            }
        }
    }
}

fn check_sqlite(folder: &Path, path: &Path) -> Result<()> {
    let place = path.display();
    let kunci_path = folder.join(kunci::FILE_NAME);
    let found = SqliteStore::inspect(path)?;
    let Some(fingerprint) = found.kunci else {
        if kunci_path.exists() {
            bail!("{place} holds no school, but the key file {} of one is there", kunci_path.display());
        }
        return say(format_args!("{place}: not there yet; `serve` makes it"));
    };
    let kunci = SchoolSecrets::load(&kunci_path)?;
    if kunci.fingerprint() != fingerprint {
        return Err(OpenError::WrongKunci {
            path: place.to_string(),
            kunci: kunci_path.display().to_string(),
        }
        .into());
    }
    if found.found > found.known {
        return Err(OpenError::NewerVersion {
            path: place.to_string(),
            found: found.found,
            known: found.known,
        }
        .into());
    }
    if found.is_half_copied {
        return Err(OpenError::HalfCopied { path: place.to_string() }.into());
    }
    tell(&SqliteStore::check(path, &kunci)?)?;
    if found.found < found.known {
        say(format_args!("{place}: schema {}; `serve` brings it up to {}", found.found, found.known))?;
    }
    say(format_args!("{place}: can be used, and belongs to the key file"))
}

/// Says what was found. Fails if something is damaged.
fn tell(check: &Check) -> Result<()> {
    for line in &check.damaged {
        say(format_args!("damaged    {line}"))?;
    }
    if check.more > 0 {
        say(format_args!("damaged    and {} more places", check.more))?;
    }
    if !check.is_sound() {
        let places = check.damaged.len() as u64 + check.more;
        bail!(
            "{places} places are damaged; keep a copy of the database, and restore your latest sound backup"
        );
    }
    say(format_args!("rows       {} read, each field of each", check.rows))
}

async fn check_mssql(folder: &Path, config: &MssqlConfig) -> Result<()> {
    let found = MssqlStore::inspect(config).await?;
    say(format_args!("server     {} answers and takes the login", config.place()))?;
    say(format_args!("version    {} {}", found.product, found.version))?;
    say(format_args!("database   {}", tables(&found)))?;
    let (kunci, kunci_fits) = key_file(folder, &found);
    say(format_args!("key file   {kunci}"))?;
    let mut wanted = found.missing.clone();
    if found.found < found.known {
        wanted.extend(found.missing_for_updates.iter().cloned());
    }
    if wanted.is_empty() {
        say("rights     all that are needed now")?;
    }
    for right in &wanted {
        say(format_args!("rights     missing: {right}"))?;
    }
    if found.found == found.known {
        for right in &found.missing_for_updates {
            say(format_args!("rights     for updates of this program, missing: {right}"))?;
        }
    }
    if found.found > found.known {
        let (found, known) = (found.found, found.known);
        return Err(OpenError::NewerVersion { path: config.place(), found, known }.into());
    }
    if !kunci_fits {
        let path = folder.join(kunci::FILE_NAME);
        // A key file that cannot be read has its own message.
        SchoolSecrets::load(&path)?;
        let kunci = path.display().to_string();
        return Err(OpenError::WrongKunci { path: config.place(), kunci }.into());
    }
    if found.is_half_copied {
        return Err(OpenError::HalfCopied { path: config.place() }.into());
    }
    if !wanted.is_empty() {
        bail!("{} rights are missing; README.md has a script that grants them", wanted.len());
    }
    if found.found == found.known && found.kunci.is_some() {
        let kunci = SchoolSecrets::load(&folder.join(kunci::FILE_NAME))?;
        tell(&MssqlStore::check(config, kunci.into()).await?)?;
    }
    say("it can be used")
}

fn tables(found: &Inspection) -> String {
    let Inspection { found: tables, known, kunci, .. } = found;
    match (tables, kunci) {
        (0, _) => "empty; `serve` or `init` makes the tables".to_owned(),
        (tables, _) if tables < known => {
            format!("a school, schema {tables}; `serve` brings it up to {known}")
        }
        (_, _) if found.is_half_copied => "a copy that was not finished".to_owned(),
        (tables, None) => format!("tables of schema {tables}, without a school"),
        (tables, Some(_)) => format!("a school, schema {tables} of {known}"),
    }
}

/// What to say of the key file, and whether the database can be used with it.
fn key_file(folder: &Path, found: &Inspection) -> (&'static str, bool) {
    match (SchoolSecrets::load(&folder.join(kunci::FILE_NAME)), &found.kunci) {
        (Ok(kunci), Some(theirs)) if kunci.fingerprint() == theirs => ("belongs to this database", true),
        (Ok(_), Some(_)) => ("belongs to another database", false),
        (Ok(_), None) => ("is there", true),
        (Err(_), None) => ("is made with the tables", true),
        (Err(_), Some(_)) => ("cannot be read, and without it neither can numbers and codes", false),
    }
}
