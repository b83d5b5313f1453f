//! `cargo xtask test windows`: builds the programs for Windows, and runs their tests under Wine: rules, storage, the
//! API's journeys, and a guest's whole visit at the server itself over HTTPS and WSS.
//!
//! Wine is not Windows: it has no WebView2, toasts, tray, HID and cameras. What is tried is that the programs build,
//! start, serve, stop and keep their files to their owner.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};

use crate::counts::Counts;
use crate::libtest::{self, Show};
use crate::programs::{self, TestProgram};
use crate::setup::{self, Purpose, windows as tools};
use crate::sh::{Sh, step};
use crate::skipped::{self, SkipLog};
use crate::{report, ui};

/// The desktop program is built and not run, because there is no WebView2.
const DESKTOP: &str = "build --locked --package bukutamu --target";

/// The other packages. What needs browsers and windows is for Linux anyway.
const TESTS: &str = "--workspace --exclude bukutamu --exclude xtask --target x86_64-pc-windows-gnu";

/// House rules, which start cargo, and suites that need a screen.
const LEFT_OUT: [&str; 2] = ["browser", "rules"];

/// Tests that Wine cannot run, and why.
const BEYOND_WINE: [(&str, &str); 1] = [(
    "kill::nothing_acknowledged_is_lost_and_nothing_doubled",
    "it passes, but Wine does not always end the thread that lost a killed program's connections",
)];

/// A home for Wine, for this repository only.
const PREFIX: &str = "target/wine";

/// Makes temporary folders their owner's only, as in every profile of Windows. Wine adds the rights of the folder above
/// to each access list, while Windows keeps to the list. So it cannot be tried here that a file in an
/// open folder is kept to its owner.
const PRIVATE: &str = r#"umask 077; exec "$0" "$@""#;

/// A library that Wine 8 lacks, and its replacement.
const LIBRARY: &str = "drive_c/windows/system32/bcryptprimitives.dll";
const STAND_IN: &str = "tests/wine/bcryptprimitives.c";

pub(crate) fn run(sh: &Sh) -> Result<ExitCode> {
    setup::run(sh, Purpose::Test)?;
    let mut counts = Counts::default();
    let wine = match tools::build(sh).and_then(|()| tools::wine(sh)) {
        Ok(wine) => wine,
        Err(reason) => {
            counts.ignore(&format!("tests for Windows: {reason}"));
            report::print(&counts, &["tests for Windows (none ran)"])?;
            return Ok(ExitCode::FAILURE);
        }
    };
    ui::build(sh)?;
    step("windows: building the tests and the server; the first time takes long");
    let programs = programs::build(sh, TESTS)?;
    let wine = Wine::prepare(sh, wine)?;
    let skip_log = SkipLog::create(sh.root())?;
    for program in programs.iter().filter(|program| !LEFT_OUT.contains(&program.name.as_str())) {
        counts.add(wine.test(program, &skip_log)?);
    }
    counts.skip(skip_log.read()?);
    for (test, why) in BEYOND_WINE {
        counts.ignore(&format!("{test}: {why}"));
    }
    step("windows: building the desktop program");
    let mut not_passed = Vec::new();
    if sh.cargo(DESKTOP).arg(tools::TARGET).quiet().run().is_err() {
        not_passed.push("the desktop program");
    }
    if counts.failed > 0 || counts.passed == 0 {
        not_passed.push("tests under Wine");
    }
    report::print(&counts, &not_passed)?;
    Ok(if not_passed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Wine with a home of its own.
struct Wine {
    program: PathBuf,
    prefix: PathBuf,
}

impl Wine {
    /// Makes the home, once.
    fn prepare(sh: &Sh, program: PathBuf) -> Result<Self> {
        let wine = Self { program, prefix: sh.root().join(PREFIX) };
        if !wine.prefix.join("system.reg").exists() {
            step(format_args!("windows: a home for Wine in {PREFIX}"));
            fs::create_dir_all(&wine.prefix)?;
            let made = wine.command("wineboot").arg("--init").status().context("Wine does not start")?;
            ensure!(made.success(), "Wine cannot make itself a home");
        }
        wine.add_library(sh)?;
        Ok(wine)
    }

    fn add_library(&self, sh: &Sh) -> Result<()> {
        let library = self.prefix.join(LIBRARY);
        if library.exists() {
            return Ok(());
        }
        let compiler = sh.cmd("x86_64-w64-mingw32-gcc", "-O2 -shared -o").arg(&library);
        compiler.arg(STAND_IN).arg("-ladvapi32").quiet().run().context("the stand-in does not compile")
    }

    /// Runs a test program to its end.
    fn test(&self, program: &TestProgram, skip_log: &SkipLog) -> Result<Counts> {
        step(format_args!("windows: {}", program.name));
        let mut command = self.command(&program.path);
        command.current_dir(&program.folder).env(skipped::VARIABLE, skip_log.path());
        for (test, _) in BEYOND_WINE {
            command.args(["--skip", test]);
        }
        let (mut counts, succeeded) = libtest::count(command, Show::AsItComes)?;
        if !succeeded && counts.failed == 0 {
            counts.fail(format!("{}: it ended without its counts", program.name));
        }
        Ok(counts)
    }

    /// Starts a program of Windows.
    fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", PRIVATE]).arg(&self.program).arg(program.as_ref());
        command.env("WINEPREFIX", &self.prefix).env("WINEDEBUG", "-all");
        // Keeps Wine from asking for programs that it wants to download.
        command.env("WINEDLLOVERRIDES", "mscoree,mshtml=").env_remove("DISPLAY");
        command
    }
}
