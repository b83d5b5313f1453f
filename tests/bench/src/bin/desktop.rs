//! The desktop program, out of its .deb, beside an empty Tauri window in the same run: first paint and memory of each role; from
//! a code on the scanner's line to words in the teacher's pop-up; and the size of the pages.
//!
//! First paint is when letters stand in a window, as the display shows it, counted from the start of the program. Memory is that
//! of the whole tree of processes, once it has settled. Every role is signed in, at a server with TLS and a pinned certificate.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use bench::{
    package::Package,
    pages,
    percentile::Times,
    screen::{Picture, Screen},
    table::{Table, Target},
    tree,
};
use clap::Parser;
use client::{Client, ServerAddress, TokenStore};
use serde_json::{Value, json};
use serialport::{SerialPort, TTYPort};
use tempfile::TempDir;
use tests::{ADMIN, App, DESK, GURU, PASSWORD, Person, Place, Process, Stage};

/// Between two looks at a window.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// Far longer than any window takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long memory is watched at least, and how little it must move to have settled.
const SETTLE: Duration = Duration::from_secs(4);
const STILL: f64 = 0.005;

#[derive(Parser)]
struct Args {
    /// Fewer starts and scans
    #[arg(long)]
    quick: bool,
    /// The package to measure
    #[arg(long)]
    deb: PathBuf,
    /// The program with the empty window
    #[arg(long)]
    empty: PathBuf,
    /// The pages, as they were built
    #[arg(long)]
    pages: PathBuf,
}

/// What a PC is for, and how large its window is.
struct Role {
    name: &'static str,
    flag: &'static str,
    person: &'static Person,
    hidden: bool,
    window: &'static [&'static str],
    /// Lines of `program.toml`.
    profile: &'static str,
}

const ROLES: [Role; 4] = [
    Role {
        name: "kiosk",
        flag: "kiosk",
        person: &DESK,
        hidden: false,
        window: &["1280", "800", "fullscreen"],
        // Any PIN makes it fill the screen; nobody types it here.
        profile: "pin = \"$2b$04$......................................................\"\n",
    },
    Role { name: "guru", flag: "guru", person: &GURU, hidden: false, window: &["1100", "720"], profile: "" },
    Role {
        name: "guru in the tray",
        flag: "guru",
        person: &GURU,
        hidden: true,
        window: &["1100", "720"],
        profile: "",
    },
    Role {
        name: "admin",
        flag: "admin",
        person: &ADMIN,
        hidden: false,
        window: &["1280", "800"],
        profile: "",
    },
];

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    let package = Package::open(&args.deb)?;
    let how =
        if package.is_installed { "installed by apt" } else { "unpacked: not root, or installed already" };
    println!("the program: {}, {how}", package.program.display());

    let stage =
        Stage::set().map_err(|missing| anyhow::anyhow!("{missing} is not installed: cargo xtask setup"))?;
    let desktop = Desktop {
        screen: Screen::connect(&stage.display)?,
        app: App::with(Place::Sqlite, |config| config.plain_http = false).await,
        program: package.program.clone(),
        empty: args.empty,
        stage,
    };
    let starts = if args.quick { 3 } else { 7 };
    let mut table = Table::against(&["empty"]);
    for role in &ROLES {
        desktop.measure(role, starts, &mut table).await?;
    }
    println!("\nmedians of {starts} starts each, in turns, after one of each that is not counted");
    table.print();

    let scans = if args.quick { 20 } else { 200 };
    let times = desktop.scan_to_popup(scans).await?;
    println!("\ncode on the scanner's line → words in the teacher's pop-up, {} scans", times.count());
    println!("p50 {:.0} ms, p99 {:.0} ms", times.p50_ms(), times.p99_ms());

    println!("\nsize of a page with all that it may ever load, compressed");
    for page in ["kiosk", "guru", "admin", "popup", "mulai"] {
        let kb = pages::compressed_bytes(&args.pages, page)? as f64 / 1000.0;
        let verdict = match page {
            "kiosk" if kb <= 250.0 => "  ≤ 250 kB met",
            "kiosk" => "  ≤ 250 kB MISSED",
            _ => "",
        };
        println!("{page:<8}{kb:>8.1} kB{verdict}");
    }
    Ok(())
}

/// A stage with a school beside it, and the programs that play on it.
struct Desktop {
    screen: Screen,
    app: App,
    program: PathBuf,
    empty: PathBuf,
    stage: Stage,
}

/// A program that runs, and the folder that it keeps its things in.
struct Running {
    process: Process,
    _home: TempDir,
}

impl Desktop {
    /// Starts the role and the empty window in turns, and tells medians.
    async fn measure(&self, role: &Role, starts: usize, table: &mut Table) -> Result<()> {
        let (mut ours, mut empties) = (Medians::default(), Medians::default());
        for turn in 0..=starts {
            let home = self.home(role).await?;
            let command = self.command(role, home.path())?;
            let one = self.start(command, home, role.hidden)?;
            let mut command = self.stage.command(&self.empty.display().to_string());
            command.args(role.window);
            let other = self.start(command, tempfile::tempdir()?, false)?;
            // The first start reads everything from the disk.
            if turn > 0 {
                ours.add(one);
                empties.add(other);
            }
        }
        if !role.hidden {
            let what = format!("{}: first paint, ms", role.name);
            table.row(what, ours.paint_ms(), &[empties.paint_ms()], Target::AtMost(1.25));
        }
        let what = format!("{}: memory, MiB", role.name);
        table.row(what, ours.memory_mib(), &[empties.memory_mib()], Target::AtMost(1.25));
        Ok(())
    }

    /// One start: time to first paint in milliseconds, 0 where no window is to come, and memory in bytes.
    fn start(&self, mut command: Command, home: TempDir, hidden: bool) -> Result<(f64, f64)> {
        let started = Instant::now();
        let running = Running { process: Process::start(&mut command), _home: home };
        let pid = running.process.id();
        let paint = if hidden { Duration::ZERO } else { self.wait_for_paint(pid, started, None)?.0 };
        Ok((paint.as_secs_f64() * 1000.0, settled_bytes(pid)? as f64))
    }

    /// Waits until a window of the process shows words that are others than before.
    fn wait_for_paint(
        &self,
        pid: u32,
        since: Instant,
        before: Option<&Picture>,
    ) -> Result<(Duration, Picture)> {
        loop {
            for window in self.screen.windows_of(pid)? {
                if let Some(picture) = self.screen.look(window)
                    && picture.is_painted()
                    && before != Some(&picture)
                {
                    return Ok((since.elapsed(), picture));
                }
            }
            ensure!(since.elapsed() < PATIENCE, "no window of process {pid} shows anything");
            thread::sleep(LOOK_EVERY);
        }
    }

    /// A folder in which somebody is signed in.
    async fn home(&self, role: &Role) -> Result<TempDir> {
        let home = tempfile::tempdir()?;
        let address = self.address()?;
        let tokens = TokenStore::file(role.flag, &address, Some(home.path()))?;
        Client::connect(address, tokens).await?.login(role.person.email, PASSWORD).await?;
        Ok(home)
    }

    fn address(&self) -> Result<ServerAddress> {
        let server = self.app.server();
        let address: ServerAddress = server.url().parse()?;
        Ok(address.with_fingerprint(server.fingerprint().context("TLS is on")?.parse()?)?)
    }

    fn command(&self, role: &Role, home: &Path) -> Result<Command> {
        let profile = format!(
            "role = \"{}\"\n{}[server]\nkind = \"remote\"\nurl = \"{}\"\n[scanners]\nhid = false\ncamera = false\n",
            role.flag,
            role.profile,
            self.address()?
        );
        fs::write(home.join("program.toml"), profile)?;
        Ok(self.program_in(home, role.hidden))
    }

    fn program_in(&self, home: &Path, hidden: bool) -> Command {
        let mut command = self.stage.command(&self.program.display().to_string());
        command.arg("--data-dir").arg(home).args(hidden.then_some("--hidden"));
        command.env("BUKUTAMU_NO_DIALOG", "1").stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Codes on a kiosk's scanner, one at a time; each alert is read away before the next.
    async fn scan_to_popup(&self, scans: usize) -> Result<Times> {
        let (mut scanner, far) = TTYPort::pair().context("no pair of pseudo terminals")?;
        let line = far.name().context("a pseudo terminal has a name")?;
        // The far end is the program's to open, and its alone.
        drop(far);
        // Without a PIN it does not fill the screen, over which no pop-up would come.
        let desk = &ROLES[0];
        let home = self.home(desk).await?;
        let profile = format!(
            "role = \"kiosk\"\n[server]\nkind = \"remote\"\nurl = \"{}\"\n[scanners]\nhid = false\ncamera = false\nserial = \"{line}\"\n",
            self.address()?
        );
        fs::write(home.path().join("program.toml"), profile)?;
        let kiosk =
            Running { process: Process::start(&mut self.program_in(home.path(), false)), _home: home };
        self.wait_for_paint(kiosk.process.id(), Instant::now(), None)?;
        settled_bytes(kiosk.process.id())?;

        let role = &ROLES[2];
        let home = self.home(role).await?;
        let mut command = self.command(role, home.path())?;
        let teacher = Running { process: Process::start(&mut command), _home: home };
        let pid = teacher.process.id();
        settled_bytes(pid)?;

        let guru = self.app.guru().await;
        let (mut times, mut shown) = (Times::default(), None);
        for n in 0..=scans {
            let invited = guru.post("/api/appointments", invitation(n)).await.expect(201);
            let code = invited["kode_qr"].as_str().context("an appointment has a code")?;
            let started = Instant::now();
            scanner.write_all(format!("{code}\r").as_bytes())?;
            let (time, picture) = self.wait_for_paint(pid, started, shown.as_ref())?;
            // The first finds everything cold.
            if n > 0 {
                times.record(time);
            }
            shown = Some(picture);
            guru.put(&format!("/api/notifications/{}/read", invited["id"]), json!({})).await.expect(200);
            let gone = Instant::now();
            while !self.screen.windows_of(pid)?.is_empty() {
                ensure!(gone.elapsed() < PATIENCE, "the pop-up stays though all is read");
                thread::sleep(LOOK_EVERY);
            }
        }
        Ok(times)
    }
}

fn invitation(n: usize) -> Value {
    json!({
        "tamu": { "nama": format!("Tamu Nomor {n}"), "telp": format!("0812 0000 {n:04}") },
        "keperluan": "Konsultasi nilai",
        "tanggal": "2026-11-23",
        "waktu": "10:00",
        "izinkan_bentrok": true,
    })
}

/// The memory of a process and all that it started, once it moves no more, in bytes.
fn settled_bytes(pid: u32) -> Result<u64> {
    let (started, mut last) = (Instant::now(), 0);
    loop {
        thread::sleep(SETTLE / 4);
        let now = tree::memory_bytes(pid)?;
        let moved = now.abs_diff(last) as f64 / now as f64;
        if started.elapsed() >= SETTLE && (moved < STILL || started.elapsed() > 4 * SETTLE) {
            return Ok(now);
        }
        last = now;
    }
}

/// What was measured at every start.
#[derive(Default)]
struct Medians {
    paints_ms: Vec<f64>,
    memories: Vec<f64>,
}

impl Medians {
    fn add(&mut self, (paint_ms, bytes): (f64, f64)) {
        self.paints_ms.push(paint_ms);
        self.memories.push(bytes);
    }

    fn paint_ms(&self) -> f64 {
        median(&self.paints_ms).round()
    }

    fn memory_mib(&self) -> f64 {
        (median(&self.memories) / f64::from(1 << 20)).round()
    }
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
