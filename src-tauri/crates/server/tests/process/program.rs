//! Runs the real program in a folder of its own, and reads what it says.

#![allow(clippy::print_stderr, reason = "a test that fails shows the program's log")]

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use tempfile::TempDir;

/// A data folder, and beside it the program's log.
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The database in it.
    pub(crate) fn database(&self) -> PathBuf {
        self.data().join("bukutamu.db")
    }

    /// The key file in it.
    pub(crate) fn kunci(&self) -> PathBuf {
        self.data().join("bukutamu.kunci")
    }

    /// Runs a command on the data folder to its end.
    pub(crate) fn run(&self, args: &[&str], input: &str) -> Ended {
        self.run_with(args, &[], input)
    }

    /// The same with variables.
    pub(crate) fn run_with(&self, args: &[&str], variables: &[(&str, &str)], input: &str) -> Ended {
        let mut command = self.command(args);
        let mut child = command
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("standard input is a pipe");
        // A program that ends before it has read everything closes the pipe.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        Ended(child.wait_with_output().expect("the program ends"))
    }

    /// Serves on a free port of this computer without TLS.
    pub(crate) fn serve(&self) -> Running {
        self.serve_with(&["--plain-http"], "info")
    }

    /// The same with other arguments and another level of the log.
    pub(crate) fn serve_with(&self, args: &[&str], level: &str) -> Running {
        self.start(self.command(&[&["serve", "--listen", "127.0.0.1:0"], args].concat()), level)
    }

    /// The same on another database.
    pub(crate) fn serve_on(&self, url: &str) -> Running {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0", "--plain-http"]);
        command.env("BUKUTAMU_DATABASE", url);
        self.start(command, "info")
    }

    /// Serves at that address, with these arguments.
    #[cfg(unix)]
    pub(crate) fn serve_at(&self, address: &str, args: &[&str]) -> Running {
        self.start(self.command(&[&["serve", "--listen", address], args].concat()), "info")
    }

    /// Serves, unless it ends before: then it has said why in one line.
    pub(crate) fn try_serve(&self) -> Option<Running> {
        let log = File::options().create(true).append(true).open(self.stderr()).expect("a log file");
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0", "--plain-http"]);
        let child = command.stderr(log).spawn().expect("the program starts");
        let mut running = Running { child, url: String::new(), certificate: None, log: self.stderr() };
        if running.is_serving() {
            return Some(running);
        }
        let status = running.child.wait().expect("it has ended");
        let log = read(&self.stderr());
        let last = log.lines().last().unwrap_or_default();
        assert!(status.code() == Some(1) && last.starts_with("bukutamu-server: "), "{status}: {log}");
        None
    }

    /// Serves while the system allows only `files` open files.
    #[cfg(unix)]
    pub(crate) fn serve_with_few_files(&self, files: u32) -> Running {
        self.start(self.with_few_files(files), "info")
    }

    /// The program with arguments to serve, not started yet, while the system allows only `files` open files.
    #[cfg(unix)]
    pub(crate) fn with_few_files(&self, files: u32) -> Command {
        let command = self.command(&["serve", "--listen", "127.0.0.1:0", "--plain-http"]);
        let mut limited = Command::new("sh");
        limited.args(["-c", "ulimit -n \"$0\" && exec \"$@\"", &files.to_string()]);
        limited.arg(command.get_program()).args(command.get_args());
        limited.stdin(Stdio::null()).stdout(Stdio::piped());
        for name in ["BUKUTAMU_DATA_DIR", "BUKUTAMU_DATABASE"] {
            limited.env_remove(name);
        }
        limited
    }

    fn start(&self, command: Command, level: &str) -> Running {
        let file = File::options().create(true).append(true).open(self.stderr()).expect("a log file");
        self.start_saying(command, level, file.into())
    }

    fn start_saying(&self, mut command: Command, level: &str, stderr: Stdio) -> Running {
        let child = command.env("BUKUTAMU_LOG", level).stderr(stderr).spawn().expect("the program starts");
        let mut running = Running { child, url: String::new(), certificate: None, log: self.stderr() };
        running.read_start();
        running
    }

    /// Serves, with its log going to `stderr`.
    pub(crate) fn serve_saying(&self, level: &str, stderr: impl Into<Stdio>) -> Running {
        let command = self.command(&["serve", "--listen", "127.0.0.1:0", "--plain-http"]);
        self.start_saying(command, level, stderr.into())
    }

    /// Serves with these variables.
    #[cfg(unix)]
    pub(crate) fn serve_given(&self, variables: &[(&str, &str)]) -> Running {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0", "--plain-http"]);
        command.envs(variables.iter().copied());
        self.start(command, "info")
    }

    /// The file that takes its standard error, unless another place is given.
    fn stderr(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Its own log in the data folder.
    pub(crate) fn own_log(&self) -> String {
        read(&self.data().join("log/bukutamu-server.log"))
    }

    /// Kills a command as soon as it says something.
    pub(crate) fn kill_when_it_speaks(&self, args: &[&str], variables: &[(&str, &str)]) -> String {
        let mut command = self.command(args);
        let mut child = command.envs(variables.iter().copied()).spawn().expect("the program starts");
        let stderr = child.stderr.take().expect("standard error is a pipe");
        let lines = BufReader::new(stderr).lines().map_while(Result::ok);
        let said = lines.filter(|line| !line.contains(" INFO ")).take(1).collect();
        child.kill().expect("it can be killed");
        assert!(!child.wait().expect("it was running").success(), "it had ended before it was killed");
        said
    }

    /// The program with arguments for the data folder, not started yet.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bukutamu-server"));
        command.args(args).arg("--data-dir").arg(self.data());
        for name in ["BUKUTAMU_DATA_DIR", "BUKUTAMU_DATABASE", "BUKUTAMU_LOG"] {
            command.env_remove(name);
        }
        // Nothing leaves but through what a test gives.
        for name in ["BUKUTAMU_SMTP", "BUKUTAMU_SMTP_FROM", "BUKUTAMU_WHATSAPP", "BUKUTAMU_WHATSAPP_BASE"] {
            command.env_remove(name);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

/// A program that serves; it is killed when the test is over.
pub(crate) struct Running {
    child: Child,
    /// Where it listens.
    pub(crate) url: String,
    /// The certificate's fingerprint, with TLS.
    pub(crate) certificate: Option<String>,
    log: PathBuf,
}

impl Running {
    /// Reads the lines that it prints once it accepts.
    fn read_start(&mut self) {
        assert!(self.is_serving(), "it ended before it served: {}", read(&self.log));
    }

    /// Whether it prints those lines, and does not end before.
    fn is_serving(&mut self) -> bool {
        let stdout = self.child.stdout.take().expect("standard output is a pipe");
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if let Some(fingerprint) = line.strip_prefix("certificate ") {
                self.certificate = Some(fingerprint.to_owned());
            } else if let Some(url) = line.strip_prefix("listening on ") {
                self.url = url.to_owned();
                return true;
            } else {
                panic!("an unknown line on standard output: {line}");
            }
        }
        false
    }

    /// Address and port.
    #[cfg(unix)]
    pub(crate) fn address(&self) -> &str {
        self.url.rsplit('/').next().unwrap_or_default()
    }

    /// Ends it as a power cut would, as far as the program is concerned.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it was running");
    }

    /// Asks it to stop.
    #[cfg(unix)]
    pub(crate) fn terminate(&self) {
        self.signal("TERM");
    }

    /// Sends a signal.
    #[cfg(unix)]
    pub(crate) fn signal(&self, name: &str) {
        signal(self.id(), name);
    }

    /// The number of its process.
    #[cfg(unix)]
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has logged so far.
    #[cfg(unix)]
    pub(crate) fn log(&self) -> String {
        read(&self.log)
    }

    /// Waits for its end: the exit code, and the log.
    #[cfg(unix)]
    pub(crate) fn wait(mut self) -> (Option<i32>, String) {
        let status = self.child.wait().expect("it was running");
        (status.code(), read(&self.log))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("the server's log:\n{}", read(&self.log));
        }
    }
}

/// Sends a signal to a process that a test has started.
#[cfg(unix)]
pub(crate) fn signal(id: u32, name: &str) {
    // The shell's own `kill`: a bare system has no program of that name.
    let sent = Command::new("sh").args(["-c", &format!("kill -{name} {id}")]).status();
    assert!(sent.is_ok_and(|status| status.success()), "SIG{name} could not be sent");
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// A program that has ended.
pub(crate) struct Ended(Output);

impl Ended {
    /// What it wrote to standard output, provided that all went well.
    #[track_caller]
    pub(crate) fn success(&self) -> String {
        assert!(self.0.status.success(), "it failed: {}", self.stderr());
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    /// The one line that says what went wrong, provided that it failed as it should. Any other line must be the log's.
    #[track_caller]
    pub(crate) fn failure(&self) -> String {
        let stderr = self.stderr();
        assert_eq!(self.0.status.code(), Some(1), "it should have failed: {stderr}");
        assert!(self.0.stdout.is_empty(), "an answer although it failed");
        self.refusal()
    }

    /// The same for a command that says what it finds first.
    #[track_caller]
    pub(crate) fn refusal(&self) -> String {
        let stderr = self.stderr();
        assert_eq!(self.0.status.code(), Some(1), "it should have failed: {stderr}");
        let (said, other): (Vec<_>, Vec<_>) =
            stderr.lines().partition(|line| line.starts_with("bukutamu-server: "));
        assert_eq!(said.len(), 1, "not one line but: {stderr}");
        let is_log = |line: &&str| line.contains(" INFO ") || line.contains(" WARN ");
        assert!(other.iter().all(is_log), "more than one line and its log: {stderr}");
        assert!(stderr.trim_end().ends_with(said[0]), "it is not the last line: {stderr}");
        said[0].to_owned()
    }

    /// Whether all went well.
    pub(crate) fn is_success(&self) -> bool {
        self.0.status.success()
    }

    /// Everything that it wrote.
    pub(crate) fn all(&self) -> String {
        format!("{}{}", String::from_utf8_lossy(&self.0.stdout), self.stderr())
    }

    fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }
}
