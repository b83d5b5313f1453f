//! Windows without a screen: an X display with a window manager, and a session bus of its own, so that programs of two
//! tests never take each other for a second start.

use std::{
    io::{BufRead, BufReader, Read},
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};
use tempfile::TempDir;

/// One at a time, because a window that waits for a processor looks broken.
static STAGE: Mutex<()> = Mutex::new(());

/// The programs that it needs.
const PROGRAMS: [&str; 4] = ["Xvfb", "openbox", "dbus-daemon", "WebKitWebDriver"];

/// A display and a bus. Both end with the test.
pub struct Stage {
    // Fields are dropped in this order: the window manager before its display.
    _manager: Process,
    _display: Process,
    _bus: Process,
    /// `:7`.
    pub display: String,
    /// The session bus's address.
    pub bus: String,
    runtime: TempDir,
    _turn: MutexGuard<'static, ()>,
}

impl Stage {
    /// Waits for its turn and starts both.
    ///
    /// # Errors
    /// The program that this machine lacks.
    pub fn set() -> Result<Self, &'static str> {
        if let Some(missing) = PROGRAMS.into_iter().find(|name| !is_there(name)) {
            return Err(missing);
        }
        // Taken even after a test that failed, because what that test started has ended with it.
        let turn = STAGE.lock().unwrap_or_else(PoisonError::into_inner);
        let runtime = tempfile::tempdir().expect("a temporary folder");
        let (bus_process, bus) = Process::announcing(Command::new("dbus-daemon").args([
            "--session",
            "--nofork",
            "--print-address=1",
        ]));
        // Xvfb takes a free display and says which.
        let (display_process, number) = Process::announcing(Command::new("Xvfb").args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x800x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ]));
        let display = format!(":{number}");
        let manager = Process::start(Command::new("openbox").env("DISPLAY", &display).stderr(Stdio::null()));
        let stage = Self {
            _manager: manager,
            _display: display_process,
            _bus: bus_process,
            display,
            bus,
            runtime,
            _turn: turn,
        };
        stage.wait_for_manager();
        Ok(stage)
    }

    /// Starts a window manager, which makes windows full screen or keeps them above others.
    fn wait_for_manager(&self) {
        let ask = || {
            let answer = self.command("xprop").args(["-root", "_NET_SUPPORTING_WM_CHECK"]).output();
            answer.is_ok_and(|answer| String::from_utf8_lossy(&answer.stdout).contains("window id"))
        };
        wait("the window manager", ask);
    }

    /// A command with this display and this bus.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("XDG_RUNTIME_DIR", self.runtime.path())
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_DATA_HOME")
            .env("HOME", self.runtime.path())
            .env("GDK_BACKEND", "x11")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("NO_AT_BRIDGE", "1")
            .env("LANG", "C.UTF-8");
        command
    }

    /// The home folder for programs here.
    pub fn home(&self) -> &Path {
        self.runtime.path()
    }

    /// A picture of the whole screen, as a PNG.
    pub fn picture(&self, file: &Path) {
        let made = self.command("import").args(["-window", "root"]).arg(file).status();
        assert!(made.is_ok_and(|status| status.success()), "no picture was taken: {}", file.display());
    }

    /// Types as a scanner that is a keyboard does, with Enter at the end.
    pub fn type_like_a_scanner(&self, text: &str) {
        // All at once, because a scanner's Enter follows at once.
        let keys = ["type", "--args", "1", "--delay", "2", text, "key", "Return"];
        let typed = self.command("xdotool").args(keys).status();
        assert!(typed.is_ok_and(|status| status.success()), "nothing was typed");
    }
}

/// Whether this machine has a program.
pub fn is_there(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| Path::new(&folder).join(program).exists())
}

/// A process with everything that it starts. All of it ends when this is dropped.
pub struct Process(Child);

impl Process {
    /// Starts it in a group of its own.
    pub fn start(command: &mut Command) -> Self {
        let child = command.process_group(0).stdin(Stdio::null()).spawn();
        Self(child.unwrap_or_else(|error| panic!("{command:?} does not start: {error}")))
    }

    /// The same, and its output can be read.
    pub fn piped(command: &mut Command) -> (Self, ChildStdout) {
        let mut process = Self::start(command.stdout(Stdio::piped()));
        let stdout = process.0.stdout.take().expect("its output is ours");
        (process, stdout)
    }

    /// Its id.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Its exit status, if it has ended.
    pub fn status(&mut self) -> Option<ExitStatus> {
        self.0.try_wait().ok().flatten()
    }

    /// Starts a program that prints its place on its first line.
    fn announcing(command: &mut Command) -> (Self, String) {
        let (process, stdout) = Self::piped(command.stderr(Stdio::null()));
        let mut stdout = BufReader::new(stdout);
        let mut line = String::new();
        stdout.read_line(&mut line).expect("its output can be read");
        assert!(!line.trim().is_empty(), "{command:?} said nothing");
        // Goes on reading, so that the program never waits for us.
        std::thread::spawn(move || stdout.read_to_end(&mut Vec::new()));
        (process, line.trim().to_owned())
    }

    /// Asks the whole group to end, as the operating system does when the PC is switched off.
    pub fn terminate(&self) {
        let _ = killpg(Pid::from_raw(self.0.id().cast_signed()), Signal::SIGTERM);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A group that is gone needs no signal.
        let _ = killpg(Pid::from_raw(self.0.id().cast_signed()), Signal::SIGKILL);
        let _ = self.0.wait();
    }
}

/// Asks again and again until it is so, much longer than it needs.
#[track_caller]
pub fn wait(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(60), "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
