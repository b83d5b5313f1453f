//! `cargo xtask test`: set-up, checks, every test of the workspace; the last line gives the counts. A part that is
//! too long for every run has a name of its own.

use std::process::{Command, ExitCode};

use anyhow::Result;
use clap::Subcommand;

use crate::setup::{self, Purpose};
use crate::sh::{Sh, step};
use crate::skipped::{self, SkipLog};
use crate::{check, clocks, libtest, report, ui, windows};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    part: Option<Part>,
}

/// Without one: everything but these.
#[derive(Subcommand)]
enum Part {
    /// Every suite as of other days and hours, and in other zones
    Clocks,
    /// The programs built for Windows, and their tests under Wine
    Windows,
}

pub(crate) fn run(sh: &Sh, args: &Args) -> Result<ExitCode> {
    match args.part {
        Some(Part::Clocks) => clocks::run(sh),
        Some(Part::Windows) => windows::run(sh),
        None => everything(sh),
    }
}

fn everything(sh: &Sh) -> Result<ExitCode> {
    setup::run(sh, Purpose::Test)?;
    ui::build(sh)?;
    let mut not_passed = check::lints(sh);
    let of_pages = ui::test(sh, &[])?;
    let skip_log = SkipLog::create(sh.root())?;
    let command = sh.cargo("test --workspace --locked --no-fail-fast");
    step(format_args!("tests: {command}"));
    let mut command = Command::from(command);
    command.env(skipped::VARIABLE, skip_log.path());
    let (mut counts, succeeded) = libtest::count(command)?;
    if !succeeded {
        not_passed.push("tests");
    } else if counts.passed == 0 {
        not_passed.push("tests (none ran)");
    }
    if of_pages.failed > 0 {
        not_passed.push("tests of the pages");
    } else if of_pages.passed == 0 {
        not_passed.push("tests of the pages (none ran)");
    }
    counts.add(of_pages);
    counts.skip(skip_log.read()?);
    // Programs that did not build have been told of.
    if succeeded {
        let glance = clocks::glance(sh)?;
        if glance.failed > 0 {
            not_passed.push("tests under another clock");
        }
        counts.add(glance);
    }
    report::print(&counts, &not_passed)?;
    Ok(if not_passed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
