//! Runs a libtest program: shows its output as it comes, and counts.

use std::io::{BufRead, BufReader};
use std::process::{ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::counts::Counts;
use crate::sh::step;

/// How long output may keep coming after the program has ended. A process that a test left behind may hold the pipe
/// open for ever.
const LAST_OUTPUT: Duration = Duration::from_secs(2);

/// When the output is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Show {
    AsItComes,
    /// All at once, so that it does not mix with another program's.
    AtTheEnd,
}

/// Runs cargo test, or one test program, to its end. True if it succeeded.
pub(crate) fn count(mut command: Command, show: Show) -> Result<(Counts, bool)> {
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = child.with_context(|| format!("cannot start {}", command.get_program().display()))?;
    let stdout = child.stdout.take().context("the tests have no standard output")?;
    let lines = lines_of(stdout);
    let mut counts = Counts::default();
    let mut kept = Vec::new();
    let mut take = |line: String| {
        counts.read(&line);
        match show {
            Show::AsItComes => println!("{line}"),
            Show::AtTheEnd => kept.push(line),
        }
    };
    let status = loop {
        match lines.recv_timeout(Duration::from_millis(200)) {
            Ok(line) => take(line),
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
            Ok(line) => take(line),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                step("a process that a test started is still running");
                break;
            }
        }
    }
    if show == Show::AtTheEnd {
        println!("{}", kept.join("\n"));
    }
    counts.finish();
    Ok((counts, status.success()))
}

/// The lines as they come, whatever bytes a test prints.
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
