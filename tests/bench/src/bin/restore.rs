//! A school of a hundred thousand visits put onto an empty PC from its backup.
//!
//! Beside it stands what any copy of the same file would take: SQLite's own backup of the database, and SQLite's own
//! look at whether the copy is whole. Ours also encrypts, restores what it wrote into a scratch database and compares
//! every row.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use bench::{
    ours,
    table::{Table, Target},
    years::{self, Size},
};
use chrono::Utc;
use clap::Parser;
use rusqlite::Connection;

/// A large school's ten years.
const SCHOOL: Size = Size { guests: 30_000, visits: 100_000 };

/// How long somebody may stand before an empty PC, in seconds.
const PATIENCE: f64 = 600.0;

#[derive(Parser)]
struct Args {
    /// A tenth of the school
    #[arg(long)]
    quick: bool,
}

#[tokio::main]
async fn main() -> Result<()> {
    let part = if Args::parse().quick { 10 } else { 1 };
    let size = Size { guests: SCHOOL.guests / part, visits: SCHOOL.visits / part };
    let (program, folder) = (ours::build()?, bench::work_dir()?);
    let [school, usb, pc] = ["sekolah", "usb", "pc"].map(|name| folder.path().join(name));
    years::create(&school, None, size, Utc::now()).await?;
    let sheet = said(&mut command(&program, "recovery-sheet", &school), "")?;
    let code = sheet.lines().last().context("the sheet has a code")?.to_owned();

    let started = Instant::now();
    let file = said(command(&program, "backup", &school).arg("--to").arg(&usb), "")?;
    let backed_up = started.elapsed().as_secs_f64();
    let file = PathBuf::from(file.trim());

    let started = Instant::now();
    said(command(&program, "restore", &pc).arg("--from").arg(&file), &code)?;
    let restored = started.elapsed().as_secs_f64();

    let database = school.join("bukutamu.db");
    let (copied, checked) = (folder.path().join("salinan.db"), Instant::now());
    copy(&database, &copied)?;
    let bare = checked.elapsed().as_secs_f64();

    let mut table = Table::against(&["bare copy"]);
    table.row("backup, proven, s", backed_up, &[bare], Target::Told);
    table.row("restored onto an empty PC, s", restored, &[bare], Target::Told);
    table.print();
    let mib = |path: &Path| Ok::<_, anyhow::Error>(path.metadata()?.len() as f64 / f64::from(1 << 20));
    println!(
        "{} guests with {} visits: database {:.1} MiB, backup {:.1} MiB; restored in {restored:.1} s \
         (to reach: ≤ {PATIENCE})",
        size.guests,
        size.visits,
        mib(&database)?,
        mib(&file)?
    );
    ensure!(restored <= PATIENCE, "somebody waits too long");
    Ok(())
}

/// A command of the server, on a data folder.
fn command(program: &Path, name: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg(name).arg("--data-dir").arg(folder);
    command
}

/// What a command prints, when it is given this.
fn said(command: &mut Command, given: &str) -> Result<String> {
    let mut running = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    running.stdin.take().context("it reads")?.write_all(format!("{given}\n").as_bytes())?;
    let ended = running.wait_with_output()?;
    ensure!(ended.status.success(), "a command of the server failed: {}", ended.status);
    Ok(String::from_utf8(ended.stdout)?)
}

/// SQLite's own copy, and its own look at it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let source = Connection::open(from)?;
    source.execute("VACUUM INTO ?1", [to.to_str().context("a path in letters")?])?;
    let whole: String = Connection::open(to)?.query_row("PRAGMA integrity_check", (), |row| row.get(0))?;
    ensure!(whole == "ok", "SQLite's copy is damaged: {whole}");
    Ok(())
}
