//! `check-database`: says in plain words whether the database can be used, and what is missing.

use std::path::Path;

use anyhow::{Result, bail};
use store::{Inspection, Kunci, MssqlConfig, MssqlStore, kunci};

use super::{DataArgs, answer::say};
use crate::data_dir::{self, Database};

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
            sqlite => {
                if sqlite.school().await?.is_none() {
                    say(format_args!("{}: not there yet; `serve` makes it", sqlite.place()))?;
                    return Ok(());
                }
                let place = sqlite.place();
                let data = data_dir::open(&folder, Some(sqlite)).await?;
                data.store.ping().await?;
                data.store.close().await;
                say(format_args!("{place}: can be used, and belongs to the key file"))
            }
        }
    }
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
        bail!("the database is of a newer version; update this program");
    }
    if !kunci_fits {
        bail!("the key file in {} is not the one that this database was made with", folder.display());
    }
    if !wanted.is_empty() {
        bail!("{} rights are missing; README.md has a script that grants them", wanted.len());
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
        (tables, None) => format!("tables of schema {tables}, without a school"),
        (tables, Some(_)) => format!("a school, schema {tables} of {known}"),
    }
}

/// What is to be said of the key file, and whether the database can be used with it.
fn key_file(folder: &Path, found: &Inspection) -> (&'static str, bool) {
    match (Kunci::load(&folder.join(kunci::FILE_NAME)), &found.kunci) {
        (Ok(kunci), Some(theirs)) if kunci.fingerprint() == theirs => ("belongs to this database", true),
        (Ok(_), Some(_)) => ("belongs to another database", false),
        (Ok(_), None) => ("is there", true),
        (Err(_), None) => ("is made with the tables", true),
        (Err(_), Some(_)) => ("cannot be read, and without it neither can numbers and codes", false),
    }
}
