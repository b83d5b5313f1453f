//! `cargo xtask test`: set-up, checks, every test of the workspace; the last line gives the counts.

use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdout, Command, ExitCode, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::check;
use crate::counts::Counts;
use crate::setup::{self, Purpose};
use crate::sh::{Sh, step};
use crate::skipped::{self, SkipLog};
use crate::ui;

/// How long output may keep coming after cargo has ended. A process that a test left behind may hold the pipe open
/// for ever.
const LAST_OUTPUT: Duration = Duration::from_secs(2);

pub(crate) fn run(sh: &Sh) -> Result<ExitCode> {
    setup::run(sh, Purpose::Test)?;
    ui::build(sh)?;
    let mut not_passed = check::lints(sh);
    let of_pages = ui::test(sh)?;
    let skip_log = SkipLog::create(sh.root())?;
    let command = sh.cargo("test --workspace --locked --no-fail-fast");
    step(format_args!("tests: {command}"));
    let mut command = Command::from(command);
    command.env(skipped::VARIABLE, skip_log.path());
    let (mut counts, succeeded) = count(command)?;
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
    report(&counts, &skip_log, &not_passed)?;
    Ok(if not_passed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs the tests, shows their output as it comes, and counts.
fn count(mut command: Command) -> Result<(Counts, bool)> {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("cannot start cargo test")?;
    let stdout = child.stdout.take().context("cargo test has no standard output")?;
    let lines = lines_of(stdout);
    let mut counts = Counts::default();
    let mut show = |line: String| {
        println!("{line}");
        counts.read(&line);
    };
    let status = loop {
        match lines.recv_timeout(Duration::from_millis(200)) {
            Ok(line) => show(line),
            Err(RecvTimeoutError::Disconnected) => break child.wait()?,
            Err(RecvTimeoutError::Timeout) => {
                if let Some(status) = child.try_wait()? {
                    break status;
                }
            }
        }
    };
    loop {
        match lines.recv_timeout(LAST_OUTPUT) {
            Ok(line) => show(line),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                step("a process that a test started is still running");
                break;
            }
        }
    }
    counts.finish();
    Ok((counts, status.success()))
}

/// Lines as they come, whatever bytes a test prints.
fn lines_of(stdout: ChildStdout) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned();
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

/// What was skipped and why, what failed, and the counts as the very last line.
fn report(counts: &Counts, skip_log: &SkipLog, not_passed: &[&str]) -> Result<()> {
    let skips = skip_log.read()?;
    let mut out = std::io::stdout().lock();
    writeln!(out)?;
    for skip in skips.iter().chain(&counts.ignores) {
        writeln!(out, "skipped: {skip}")?;
    }
    for failure in &counts.failures {
        writeln!(out, "failed: {failure}")?;
    }
    if !not_passed.is_empty() {
        writeln!(out, "did not pass: {}", not_passed.join(", "))?;
    }
    // libtest counts a test that skipped itself as passed.
    let passed = counts.passed.saturating_sub(skips.len());
    let skipped = counts.ignored + skips.len();
    writeln!(out, "{passed} passed, {} failed, {skipped} skipped", counts.failed)?;
    out.flush()?;
    Ok(())
}
