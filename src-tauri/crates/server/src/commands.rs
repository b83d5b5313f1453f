//! The command lines of `bukutamu-server` (DESIGN §9). Secrets never stand in one: they come from the environment or
//! standard input.

mod demo;
mod init;
mod serve;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::data_dir::{self, DataDir, Database};

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
    Serve(serve::Serve),
    /// Make the first admin; the password is read from standard input
    Init(init::Init),
    /// Fill in a made-up school with today's appointments
    Demo(demo::Demo),
}

/// Where the data is.
#[derive(Debug, clap::Args)]
struct DataArgs {
    /// Folder of the database, the key file and the certificate
    #[arg(long, value_name = "DIR", env = "BUKUTAMU_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// Another database than the folder's own: sqlite:PATH
    #[arg(long, value_name = "URL", env = "BUKUTAMU_DATABASE", hide_env_values = true)]
    database: Option<String>,
}

impl DataArgs {
    async fn open(self) -> Result<DataDir> {
        let path = self.data_dir.map_or_else(data_dir::default_path, Ok)?;
        let database = self.database.map(|text| text.parse::<Database>()).transpose()?;
        data_dir::open(&path, database).await
    }
}

/// Carries a command out.
///
/// # Errors
/// One line for the person who typed it.
pub async fn run(cli: Cli) -> Result<()> {
    match cli.command {
        Command::Serve(serve) => serve.run().await,
        Command::Init(init) => init.run().await,
        Command::Demo(demo) => demo.run().await,
    }
}
