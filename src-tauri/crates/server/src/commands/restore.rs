//! `restore`: puts a backup where the school is to live. Nothing that was there is lost.

use std::{
    io::{self, BufRead, IsTerminal, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context, Result, anyhow, bail};
use cadangan::{Recovery, RecoveryError, progress::Tell};

use super::{DataArgs, answer::say, progress::Report};
use crate::{
    clock::Clock,
    restore::{OtherSchoolsCode, header, restore},
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
        let report = Arc::new(Mutex::new(Report::of_what_may_be_short()));
        let told = Arc::clone(&report);
        let tell: Tell = Arc::new(move |progress| {
            told.lock().unwrap_or_else(PoisonError::into_inner).tell_restore(progress);
        });
        let clock = Clock::system();
        let restored =
            restore(&folder, Some(database), &self.from, || typed_code(&self.from), &clock, tell).await;
        report.lock().unwrap_or_else(PoisonError::into_inner).end();
        let restored = restored?;
        for warning in &restored.warnings {
            eprint_line(warning);
        }
        if let Some(kept) = &restored.kept {
            say(format_args!("what was there before is in {}", kept.display()))?;
        }
        let settled = restored.settled;
        for (count, what) in [
            (settled.dihapus, "guests who were erased since were erased again"),
            (settled.sesi, "sessions were ended: everybody signs in again"),
            (settled.pesan, "messages wait for an admin, because they may have left since"),
        ] {
            if count > 0 {
                say(format_args!("{count} {what}"))?;
            }
        }
        say(format_args!(
            "{} holds the school as it was at {}: {} rows",
            restored.place,
            restored.dibuat_pada.to_rfc3339(),
            restored.rows
        ))?;
        say(format_args!("now start it: bukutamu-server serve --data-dir {}", folder.display()))
    }
}

/// The code on the recovery sheet, from standard input. At a terminal it is asked for until it opens the backup.
fn typed_code(backup: &Path) -> Result<Recovery> {
    let header = header(backup)?;
    let is_asked = io::stdin().is_terminal();
    loop {
        if is_asked {
            eprint_line("There is no key file here. Type the code on the recovery sheet:");
        }
        let wrong = match read_code()? {
            Ok(code) if header.key_file(&code).is_some() => return Ok(code),
            Ok(_) => anyhow!(OtherSchoolsCode),
            Err(mistyped) => mistyped.into(),
        };
        if !is_asked {
            return Err(wrong);
        }
        eprint_line(&wrong.to_string());
    }
}

/// A line of standard input. One that is no code may be typed again.
fn read_code() -> Result<Result<Recovery, RecoveryError>> {
    let mut typed = String::new();
    io::stdin().lock().read_line(&mut typed).context("standard input cannot be read")?;
    if typed.trim().is_empty() {
        bail!(
            "the key file {} is missing: put it into the data folder, or give the code on the recovery sheet on \
             standard input",
            store::kunci::FILE_NAME
        );
    }
    Ok(typed.parse())
}

/// It is no failure if nobody watches.
fn eprint_line(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
