//! The command lines of `bukutamu-server` (DESIGN §9). They hold no secrets: these come from the environment or
//! standard input.

mod answer;
mod backup;
mod check_database;
mod copy;
mod demo;
mod init;
mod list_backups;
mod progress;
mod recovery_sheet;
mod report;
mod restore;
mod school;
mod serve;
mod upkeep;
mod verify_audit;
mod verify_backup;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

use crate::{
    data_dir::{self, BeforeUpdate, DataDir, Database},
    logging::Log,
    open::Beside,
};

/// The guest book's server, without a window.
#[derive(Debug, Parser)]
#[command(name = "bukutamu-server", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve until stopped
    Serve(Box<serve::Serve>),
    /// Make the first admin; the password is read from standard input
    Init(init::Init),
    /// Fill in a made-up school with today's appointments
    Demo(demo::Demo),
    /// Say whether the database can be used, and what is missing
    CheckDatabase(check_database::CheckDatabase),
    /// Archive old visits, put read notifications away, make guests of long ago anonymous
    Upkeep(upkeep::Upkeep),
    /// Move the whole school into another, empty database
    Copy(copy::Copy),
    /// Say whether the audit is whole, or which entry was changed or is missing
    VerifyAudit(verify_audit::VerifyAudit),
    /// Take a backup, and prove it by restoring it; prints the file
    Backup(backup::Backup),
    /// Restore a backup into a scratch database, and compare
    VerifyBackup(verify_backup::VerifyBackup),
    /// List the backups in a folder
    ListBackups(list_backups::ListBackups),
    /// Put a backup where the school is to live; what was there is kept aside
    Restore(restore::Restore),
    /// Print the sheet that, with a backup, is enough on an empty PC
    RecoverySheet(recovery_sheet::RecoverySheet),
    /// See to one of many schools: suspend it, let it go on, erase it
    School(school::School),
    /// Pack versions, the state of the folder and the log for whoever helps; nobody's data
    Report(report::Report),
}

/// Where the data is.
#[derive(Clone, Debug, clap::Args)]
struct DataArgs {
    /// Folder of the database, the key file and the certificate
    #[arg(long, value_name = "DIR", env = "BUKUTAMU_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// Another database than the folder's own: sqlite:PATH, or mssql://USER:PASSWORD@HOST:PORT/DATABASE. A password is
    /// better kept in the variable, or in the folder's bukutamu.toml
    #[arg(long, value_name = "URL", env = "BUKUTAMU_DATABASE", hide_env_values = true)]
    database: Option<String>,
}

impl DataArgs {
    /// The data folder, and the database by [`data_dir::choose`].
    fn resolve(self) -> Result<(PathBuf, Database)> {
        let path = folder(self.data_dir)?;
        let database = self.database.map(|text| text.parse::<Database>()).transpose()?;
        let database = data_dir::choose(&path, database)?;
        Ok((path, database))
    }

    async fn open(self) -> Result<DataDir> {
        let (path, database) = self.resolve()?;
        data_dir::open(&path, Some(database)).await
    }

    /// Opens the folder, and keeps the log there from now on.
    async fn open_with_log(self, log: &Log, before_update: BeforeUpdate) -> Result<DataDir> {
        let (path, database) = self.resolve()?;
        log.keep_in(&path);
        data_dir::open_after(&path, Some(database), before_update).await
    }
}

/// The named data folder, or else the usual one of this user.
fn folder(named: Option<PathBuf>) -> Result<PathBuf> {
    named.map_or_else(|| data_dir::default_path().context("give --data-dir"), Ok)
}

/// Carries a command out. `beside` is called once a server accepts.
///
/// # Errors
/// One line for the person who typed it.
pub async fn run(cli: Cli, log: &Log, beside: Beside) -> Result<()> {
    match cli.command {
        Command::Serve(serve) => serve.run(log, beside).await,
        Command::Init(init) => init.run().await,
        Command::Demo(demo) => demo.run().await,
        Command::CheckDatabase(check) => check.run().await,
        Command::Upkeep(upkeep) => upkeep.run().await,
        Command::Copy(copy) => copy.run().await,
        Command::VerifyAudit(verify) => verify.run().await,
        Command::Backup(backup) => backup.run().await,
        Command::VerifyBackup(verify) => verify.run().await,
        Command::ListBackups(list) => list.run(),
        Command::Restore(restore) => restore.run().await,
        Command::RecoverySheet(sheet) => sheet.run(),
        Command::School(school) => school.run(),
        Command::Report(report) => report.run(),
    }
}
