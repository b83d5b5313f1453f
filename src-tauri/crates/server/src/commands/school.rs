//! `school`: one of the many that `serve --schools` serves. It may be running.
//!
//! A school is added by `init --data-dir DIR/HOST`, moved by moving its folder or by `copy`, and backed up as any
//! other.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};
use clap::Subcommand;

use super::answer::say;
use crate::{
    data_dir,
    schools::place::{self, SUSPENDED},
};

#[derive(Debug, clap::Args)]
pub(super) struct School {
    /// The folder of the schools
    #[arg(long, value_name = "DIR", env = "BUKUTAMU_SCHOOLS", global = true)]
    schools: Option<PathBuf>,
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Their hosts, and which are suspended
    List,
    /// Closes one within seconds, and answers nobody there until it goes on. Nothing is lost
    Suspend {
        /// Its host
        host: String,
    },
    /// Lets a suspended one go on
    Resume {
        /// Its host
        host: String,
    },
    /// Erases a suspended one for good: its database in the folder, its key file, its backups there. A database on SQL
    /// Server cannot be read any more without the key file, and is dropped there
    Erase {
        /// Its host
        host: String,
        /// The host once more, so that it is no mistake
        #[arg(long, value_name = "HOST")]
        confirm: String,
    },
}

impl School {
    pub(super) fn run(self) -> Result<()> {
        let schools = self.schools.context("name the folder of the schools: --schools DIR")?;
        let folder = |host: &str| {
            let name = place::host(host).filter(|name| name == host);
            let found = name.and_then(|name| place::folder(&schools, &name));
            found.with_context(|| format!("{} holds no school {host}", schools.display()))
        };
        match self.act {
            Act::List => {
                for host in place::hosts(&schools) {
                    let state = if place::is_suspended(&folder(&host)?) { "suspended" } else { "served" };
                    say(format_args!("{state:<9}  {host}"))?;
                }
                Ok(())
            }
            Act::Suspend { host } => {
                let folder = folder(&host)?;
                fs::write(folder.join(SUSPENDED), "").context("it cannot be suspended")?;
                say(format_args!("{host} is suspended; a server that runs closes it within seconds"))
            }
            Act::Resume { host } => {
                let folder = folder(&host)?;
                if !place::is_suspended(&folder) {
                    bail!("{host} is not suspended");
                }
                fs::remove_file(folder.join(SUSPENDED)).context("it cannot go on")?;
                say(format_args!("{host} is served again"))
            }
            Act::Erase { host, confirm } => {
                let folder = folder(&host)?;
                if confirm != host {
                    bail!("--confirm must name {host} once more");
                }
                if !place::is_suspended(&folder) {
                    bail!("suspend {host} first");
                }
                // A server that still has it open keeps it.
                drop(data_dir::lock(&folder)?);
                fs::remove_dir_all(&folder).with_context(|| format!("{} stays in part", folder.display()))?;
                say(format_args!("{host} is erased"))
            }
        }
    }
}
