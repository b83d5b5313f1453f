//! `cargo xtask test clocks`: runs the suites on other days, at other hours and in other zones. Every run of the tests
//! has a short form of it.
//!
//! libfaketime moves the clock, which only Linux has here. It moves neither the monotonic clock, so timers keep their
//! time, nor the times of files. The suites that drive windows and browsers are left out, because WebKit and Chromium
//! do not work under a changed clock.

mod lane;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::Result;
use chrono::Utc;

use self::lane::Lane;
use crate::counts::Counts;
use crate::libtest::{self, Show};
use crate::programs::{self, TestProgram};
use crate::setup::{self, Purpose};
use crate::sh::{Sh, step};
use crate::skipped::{self, SkipLog};
use crate::{report, ui};

/// The whole workspace, so that nothing is built twice for a second set of features.
const WORKSPACE: &str = "--workspace";

/// Suites that need a screen, and the house rules, which start cargo.
const LEFT_OUT: [&str; 3] = ["browser", "desktop", "rules"];

/// What every run tests under one odd clock: rules, storage, and journeys through the API.
const GLANCE: [&str; 4] = ["domain", "store", "server", "api"];

/// Runs all suites under every lane's clock.
pub(crate) fn run(sh: &Sh) -> Result<ExitCode> {
    setup::run(sh, Purpose::Test)?;
    ui::build(sh)?;
    let mut total = Counts::default();
    let mut not_passed = Vec::new();
    let Some(library) = library() else {
        total.ignore(NO_LIBRARY);
        report::print(&total, &not_passed)?;
        return Ok(ExitCode::FAILURE);
    };
    step("clocks: building the tests");
    let programs = programs::build(sh, WORKSPACE)?;
    let programs: Vec<_> =
        programs.iter().filter(|program| !LEFT_OUT.contains(&program.name.as_str())).collect();
    let lanes = lane::all(Utc::now());
    for lane in &lanes {
        let counts = pass(sh, &library, lane, &programs)?;
        if counts.failed > 0 || counts.passed == 0 {
            not_passed.push(lane.to_string());
        }
        total.add(counts);
    }
    step(format_args!("clocks: left out, because they do not stand it: {}", LEFT_OUT.join(", ")));
    report::print(&total, &not_passed)?;
    Ok(if not_passed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs the short form: the pages and some suites under one clock. Returns only failures, because these tests were
/// counted before.
pub(crate) fn glance(sh: &Sh) -> Result<Counts> {
    let mut counts = Counts::default();
    let Some(library) = library() else {
        counts.ignore(NO_LIBRARY);
        return Ok(counts);
    };
    let programs = programs::build(sh, WORKSPACE)?;
    let programs: Vec<_> =
        programs.iter().filter(|program| GLANCE.contains(&program.name.as_str())).collect();
    let seen = pass(sh, &library, &lane::odd(Utc::now()), &programs)?;
    counts.failed = seen.failed + usize::from(seen.passed == 0);
    counts.failures = seen.failures;
    Ok(counts)
}

const NO_LIBRARY: &str = "clocks: libfaketime is not here (Debian has it as libfaketime)";

/// Runs these programs and the pages' tests under a lane's clock.
fn pass(sh: &Sh, library: &Path, lane: &Lane, programs: &[&TestProgram]) -> Result<Counts> {
    step(format_args!("clocks: {lane}"));
    let skip_log = SkipLog::create(sh.root())?;
    // From here on the lane's clock goes on, over all of its programs.
    let mut variables = lane.variables(Utc::now());
    variables.push(("LD_PRELOAD", library.into()));
    let mut counts = ui::test(sh, &variables, &[])?;
    for program in programs {
        let mut command = Command::new(&program.path);
        command.current_dir(&program.folder).env(skipped::VARIABLE, skip_log.path());
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        let (mut of_program, succeeded) = libtest::count(command, Show::AsItComes)?;
        if !succeeded && of_program.failed == 0 {
            of_program.fail(format!("{}: it ended without its counts", program.name));
        }
        counts.add(of_program);
    }
    counts.skip(skip_log.read()?);
    counts.failures = counts.failures.into_iter().map(|failure| format!("{failure} ({lane})")).collect();
    step(format_args!("clocks: {lane}: {} passed, {} failed", counts.passed, counts.failed));
    Ok(counts)
}

/// The library that stands between a program and the clock.
fn library() -> Option<PathBuf> {
    const NAME: &str = "faketime/libfaketimeMT.so.1";
    let folders = fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|entry| entry.path());
    let folders = ["/usr/lib", "/usr/lib64", "/usr/local/lib"].map(PathBuf::from).into_iter().chain(folders);
    folders.map(|folder| folder.join(NAME)).find(|library| library.exists())
}
