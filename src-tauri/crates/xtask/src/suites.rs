//! Every test of the workspace, in less time than one after the other: the suite in browsers waits more than it works,
//! so it runs beside the other suites.

use std::{process::Command, thread};

use anyhow::Result;

use crate::{
    counts::Counts,
    libtest::{self, Show},
    programs::{self, TestProgram},
    sh::{Sh, step},
    skipped::{self, SkipLog},
};

/// The suite that runs beside the others. Its output comes after theirs.
const BESIDE: &str = "browser";

/// Builds and runs all tests, the documentation's examples too. The flag says that each program ended in good order.
///
/// # Errors
/// A program cannot be built or started.
pub(crate) fn run(sh: &Sh) -> Result<(Counts, bool)> {
    step("tests: building");
    let programs = programs::build(sh, "--workspace")?;
    let (beside, others): (Vec<_>, Vec<_>) = programs.into_iter().partition(|program| program.name == BESIDE);
    let skip_log = SkipLog::create(sh.root())?;
    let (others, beside) = thread::scope(|scope| {
        let beside = scope.spawn(|| run_all(&beside, &skip_log, Show::AtTheEnd));
        let others = run_all(&others, &skip_log, Show::AsItComes);
        (others, beside.join().expect("a thread that runs programs does not panic"))
    });
    let (mut counts, mut succeeded) = others?;
    let of_documentation =
        libtest::count(sh.cargo("test --workspace --locked --doc").into(), Show::AsItComes)?;
    for (more, in_order) in [beside?, of_documentation] {
        counts.add(more);
        succeeded &= in_order;
    }
    counts.skip(skip_log.read()?);
    Ok((counts, succeeded))
}

fn run_all(programs: &[TestProgram], skip_log: &SkipLog, show: Show) -> Result<(Counts, bool)> {
    let mut total = (Counts::default(), true);
    for program in programs {
        step(format_args!("tests: {}", program.name));
        let mut command = Command::new(&program.path);
        command.current_dir(&program.folder).env(skipped::VARIABLE, skip_log.path());
        let (mut counts, succeeded) = libtest::count(command, show)?;
        if !succeeded && counts.failed == 0 {
            counts.fail(format!("{}: it ended without its counts", program.name));
        }
        total.0.add(counts);
        total.1 &= succeeded;
    }
    Ok(total)
}
