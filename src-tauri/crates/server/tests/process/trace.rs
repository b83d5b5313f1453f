//! Faults that strace puts into the program's calls to the system: an end by SIGKILL at a chosen call, a refusal, a
//! delay.

use std::{
    collections::HashMap,
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use crate::program::Running;

/// Why a test is skipped.
pub(crate) const NO_TRACE: &str = "strace is missing, or this user may not trace a program";

/// Calls by which something is kept or given its name. A question mark: some processors have another call for it.
pub(crate) const COMMITS: &str =
    "fsync,fdatasync,?rename,?renameat,?renameat2,?unlink,unlinkat,?rmdir,?mkdir,mkdirat";

/// Whether programs can be traced here.
pub(crate) fn is_there() -> bool {
    let tried = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).output();
    tried.is_ok_and(|ended| ended.status.success())
}

/// The same command under strace.
fn under(command: &Command, options: &[String]) -> Command {
    let mut traced = Command::new("strace");
    traced.args(["-f", "-qq"]).args(options).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => traced.env(name, value),
            None => traced.env_remove(name),
        };
    }
    traced.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    traced
}

/// Carries a command out, which must end well, and counts the calls of the thread that makes the most of them.
#[track_caller]
pub(crate) fn count(command: &Command, calls: &str) -> usize {
    let log = tempfile::NamedTempFile::new().expect("a temporary file");
    let options =
        ["-o".to_owned(), log.path().display().to_string(), "-e".to_owned(), format!("trace={calls}")];
    let ended = under(command, &options).output().expect("strace starts");
    assert!(ended.status.success(), "it failed: {}", String::from_utf8_lossy(&ended.stderr));
    let text = fs::read_to_string(log.path()).expect("strace's log");
    let mut by_thread: HashMap<&str, usize> = HashMap::new();
    for line in text.lines().filter(|line| line.contains('(') && !line.contains("resumed")) {
        *by_thread.entry(line.split(' ').next().unwrap_or_default()).or_default() += 1;
    }
    by_thread.into_values().max().unwrap_or(0)
}

/// Carries a command out and kills it with all its threads as soon as one of them is about to make call number `n`.
/// False if it ended before.
pub(crate) fn is_killed_at(command: &Command, calls: &str, n: usize) -> bool {
    let inject = format!("inject={calls}:signal=SIGKILL:when={n}");
    let options = ["-o", "/dev/null", "-e", &format!("trace={calls}"), "-e", &inject].map(str::to_owned);
    let ended = under(command, &options).output().expect("strace starts");
    ended.status.code() != Some(0)
}

/// A running program whose calls are tampered with until this is dropped.
pub(crate) struct Tampered(Child);

impl Tampered {
    /// From now on, these calls fail or take long: `pwrite64:error=EIO`, `fdatasync:delay_enter=2000000`.
    pub(crate) fn with(server: &Running, calls: &str, how: &str) -> Self {
        let mut command = Command::new("strace");
        let (trace, inject) = (format!("trace={calls}"), format!("inject={calls}:{how}"));
        command.args(["-f", "-o", "/dev/null", "-e", &trace, "-e", &inject, "-p", &server.id().to_string()]);
        let mut child = command.stderr(Stdio::piped()).spawn().expect("strace starts");
        let mut said = BufReader::new(child.stderr.take().expect("standard error is a pipe"));
        let mut line = String::new();
        said.read_line(&mut line).expect("strace says what it does");
        assert!(line.contains("attached"), "{line}");
        // It names each thread that begins, and must not wait for a reader.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Self(child)
    }
}

impl Drop for Tampered {
    fn drop(&mut self) {
        // Killed, it would leave the program stopped.
        crate::program::signal(self.0.id(), "INT");
        let _ = self.0.wait();
    }
}
