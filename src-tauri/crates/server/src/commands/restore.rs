//! `restore`: puts a backup where the school is to live. Nothing that was there is lost.

use std::{
    io::{self, BufRead, IsTerminal},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use cadangan::{Recovery, Target};
use store::{SchoolSecrets, kunci};

use super::{DataArgs, answer::say, progress::Report};
use crate::{
    clock::Clock,
    data_dir::{self, Database},
};

#[derive(Debug, clap::Args)]
pub(super) struct Restore {
    #[command(flatten)]
    data: DataArgs,
    /// The backup
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
}

impl Restore {
    pub(super) async fn run(self) -> Result<()> {
        let (folder, database) = self.data.resolve()?;
        let _locks = (data_dir::lock(&folder)?, database.lock()?);
        let kunci = Arc::new(key_file(&folder, &self.from)?);
        let place = database.place();
        let target = match database {
            Database::Sqlite(path) => Target::Sqlite(path),
            mssql @ Database::Mssql(_) => {
                Target::Store { store: mssql.open(Arc::clone(&kunci)).await?, scratch: folder.clone() }
            }
        };
        let mut report = Report::new();
        let now = Clock::system().now();
        let restored =
            cadangan::restore(&self.from, kunci, target, now, |progress| report.tell(progress)).await;
        report.end();
        let restored = restored?;
        if let Some(kept) = restored.kept {
            say(format_args!("what was there before is in {}", kept.display()))?;
        }
        let header = restored.proof.header;
        say(format_args!(
            "{place} holds the school as it was at {}: {} rows",
            header.dibuat_pada.to_rfc3339(),
            header.rows()
        ))
    }
}

/// The school's key file. Where there is none, the backup's, opened with the code on the recovery sheet.
fn key_file(folder: &Path, backup: &Path) -> Result<SchoolSecrets> {
    let path = folder.join(kunci::FILE_NAME);
    if path.exists() {
        return Ok(SchoolSecrets::load(&path)?);
    }
    let header = cadangan::file::header(backup)?;
    if io::stdin().is_terminal() {
        eprint_line("There is no key file here. Type the code on the recovery sheet:");
    }
    let mut typed = String::new();
    io::stdin().lock().read_line(&mut typed).context("standard input cannot be read")?;
    if typed.trim().is_empty() {
        bail!(
            "{} is missing: put it there, or give the code on the recovery sheet on standard input",
            path.display()
        );
    }
    let recovery: Recovery = typed.parse()?;
    let bytes = header.key_file(&recovery).context("this code is not that of the backup's school")?;
    owner_only::write_new(&path, &bytes).with_context(|| path.display().to_string())?;
    Ok(SchoolSecrets::load(&path)?)
}

/// It is no failure if nobody watches.
fn eprint_line(line: &str) {
    use std::io::Write;
    let _ = writeln!(io::stderr(), "{line}");
}
