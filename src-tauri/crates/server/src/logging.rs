//! The program's log: lines on standard error and, if that is no terminal, in files of bounded size.
//!
//! Logging never fails and never waits. Each place has a bounded queue, and a thread that writes what stands in it.
//! Lines that a place does not take are counted, and their number is written there once it takes lines again. The usual
//! crates were considered: they print to a standard error that may be closed, or insist on a folder. So they panic in
//! just the cases that matter here.

mod file;
mod sink;

use std::{
    io::{self, IsTerminal, Write},
    panic::PanicHookInfo,
    path::Path,
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use chrono::{SecondsFormat, Utc};
use tracing::Level;
use tracing_subscriber::{EnvFilter, filter::filter_fn, layer::SubscriberExt, util::SubscriberInitExt};

use self::{
    file::{LIMIT, RotatingFile},
    sink::{Sink, Stderr},
};

/// The variable that says how much is logged.
const LEVEL: &str = "BUKUTAMU_LOG";

/// What is logged if [`LEVEL`] is not set.
const USUAL_LEVEL: &str = "info";

/// The folder of the log's files, in the data folder.
pub(crate) const FOLDER: &str = "log";

/// How long the end of the program waits for lines to be written.
const FLUSH_WITHIN: Duration = Duration::from_secs(1);

/// Crates of this program. Others write what they are given: tokens, names, whole messages.
const OWN: [&str; 9] =
    ["cluster", "bukutamu", "bukutamu_server", "client", "domain", "outbox", "scan", "server", "store"];

/// The running log. Clones are cheap and are the same log.
#[derive(Clone)]
pub struct Log(Arc<Inner>);

struct Inner {
    name: &'static str,
    is_terminal: bool,
    stderr: Option<Sink>,
    file: OnceLock<Sink>,
}

/// Starts logging to standard error, as much as `BUKUTAMU_LOG` says. `name` is the program's.
///
/// A panic is logged too, with its place. A released program leaves the message out, because it may repeat what was
/// sent.
pub fn start(name: &'static str) -> Log {
    let is_terminal = io::stderr().is_terminal();
    let log = Log(Arc::new(Inner {
        name,
        is_terminal,
        stderr: Sink::start("log-stderr", Stderr).ok(),
        file: OnceLock::new(),
    }));
    let wanted = std::env::var(LEVEL).ok();
    let filter = wanted.as_deref().map(EnvFilter::try_new);
    let is_understood = !matches!(filter, Some(Err(_)));
    let filter = filter.and_then(Result::ok).unwrap_or_else(|| EnvFilter::new(USUAL_LEVEL));
    // What matters for security is always logged.
    let security = "audit=info".parse().expect("a directive of this program's own");
    let writer = log.clone();
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(move || writer.clone())
        .with_ansi(is_terminal)
        // Otherwise it reports a failed write on standard error, and panics if that is what failed.
        .log_internal_errors(false);
    // Fails only if the surrounding program logs already. Its log goes on then.
    let _ = tracing_subscriber::registry()
        .with(filter.add_directive(security))
        .with(filter_fn(|event| may_be_told(event.target(), *event.level())))
        .with(lines)
        .try_init();
    std::panic::set_hook(Box::new(tell_panic));
    if !is_understood {
        tracing::warn!("{LEVEL} is not understood; {USUAL_LEVEL} is taken");
    }
    log
}

/// Whether an event may stand in the log. No level, and no directive for a part of a crate, can allow more.
fn may_be_told(target: &str, level: Level) -> bool {
    match target.split("::").next().unwrap_or_default() {
        // The driver repeats the server's messages, which hold logins and values of rows.
        "tiberius" => false,
        // It repeats, over several lines, which migrations there are; the store says which were applied.
        "refinery_core" => level <= Level::WARN,
        // It says each try; the cluster says whether NATS is there.
        "async_nats" => level <= Level::ERROR,
        name if OWN.contains(&name) => true,
        _ => level <= Level::INFO,
    }
}

fn tell_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or_default();
    match panic.payload_as_str() {
        Some(message) if cfg!(debug_assertions) => tracing::error!(thread, place, "panicked: {message}"),
        _ => tracing::error!(thread, place, "panicked"),
    }
}

impl Log {
    /// From now on every line goes into files in `data_dir/log` too, unless standard error is a terminal.
    ///
    /// The folder is its owner's only. Lines that cannot be written there are lost, and the program goes on.
    pub fn keep_in(&self, data_dir: &Path) {
        if self.0.is_terminal {
            return;
        }
        let file = RotatingFile::new(data_dir.join(FOLDER), self.0.name, LIMIT);
        if let Ok(sink) = Sink::start("log-file", file) {
            // A second call changes nothing.
            let _ = self.0.file.set(sink);
        }
    }

    /// Says why the program ends: in one line on standard error, and in the files. Waits at most a second until both
    /// are written.
    pub fn fail(&self, text: &str) {
        if let Some(stderr) = &self.0.stderr {
            stderr.push(format!("{}: {text}\n", self.0.name).as_bytes());
        }
        if let Some(file) = self.0.file.get() {
            let now = Utc::now().to_rfc3339_opts(SecondsFormat::Micros, true);
            file.push(format!("{now} ERROR {}: {text}\n", self.0.name).as_bytes());
        }
        self.flush();
    }

    /// Waits at most a second until everything is written.
    pub fn flush(&self) {
        let until = Instant::now() + FLUSH_WITHIN;
        self.sinks().for_each(|sink| sink.flush(until));
    }

    fn sinks(&self) -> impl Iterator<Item = &Sink> {
        self.0.stderr.iter().chain(self.0.file.get())
    }
}

/// Takes one line at a time, as the formatter writes it. Never fails.
impl Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.sinks().for_each(|sink| sink.push(line));
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_crates_never_say_more_than_what_happened() {
        for target in ["hyper::proto", "h2", "tungstenite::protocol", "rustls", "reqwest", "serverless"] {
            assert!(may_be_told(target, Level::INFO) && may_be_told(target, Level::ERROR), "{target}");
            assert!(!may_be_told(target, Level::DEBUG) && !may_be_told(target, Level::TRACE), "{target}");
        }
        for target in ["server::app", "store", "bukutamu_server", "bukutamu::desk"] {
            assert!(may_be_told(target, Level::DEBUG), "{target}");
        }
        for target in ["tiberius", "tiberius::client::connection"] {
            assert!(!may_be_told(target, Level::ERROR), "{target} repeats what the database says");
        }
        assert!(may_be_told("audit", Level::INFO));
    }
}
