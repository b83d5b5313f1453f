//! The desktop program from its .deb, compared with an empty Tauri window in the same run: first paint and memory of
//! each role, the time from a code on the scanner's line to words in the teacher's pop-up, and the size of the pages.
//!
//! First paint is when letters stand in a window on the display, counted from the start of the program. Ours first
//! shows its name, until the page knows who is signed in. All is painted once little changes any more. Memory is that
//! of the whole tree of processes, once it has settled. Every role is signed in, at a server with TLS and a pinned
//! certificate.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use bench::{
    package::Package,
    pages,
    percentile::Times,
    screen::{LOOK_EVERY, PATIENCE, Screen},
    start::{Start, median},
    table::{Table, Target},
    tree,
};
use clap::Parser;
use client::{Client, ServerAddress, TokenStore};
use serde_json::{Value, json};
use serialport::{SerialPort, TTYPort};
use tempfile::TempDir;
use tests::{ADMIN, App, DESK, GURU, PASSWORD, Person, Place, Process, Stage};

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

/// A PC's role, and the size of its window.
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
        // Any PIN makes it fill the screen. Nobody types it here.
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

/// A stage with a school beside it, and its programs.
struct Desktop {
    screen: Screen,
    app: App,
    program: PathBuf,
    empty: PathBuf,
    stage: Stage,
}

impl Desktop {
    /// Starts the role and the empty window in turns, and prints medians.
    async fn measure(&self, role: &Role, starts: usize, table: &mut Table) -> Result<()> {
        let (mut ours, mut empties) = (Vec::new(), Vec::new());
        for turn in 0..=starts {
            let home = self.home(role).await?;
            let one = match role.hidden {
                true => Start::hidden(&mut self.command(role, home.path())?)?,
                false => Start::watch(&self.screen, &mut self.command(role, home.path())?)?,
            };
            let mut command = self.stage.command(&self.empty.display().to_string());
            let other = Start::watch(&self.screen, command.args(role.window))?;
            // The first start reads everything from the disk.
            if turn > 0 {
                ours.push(one);
                empties.push(other);
            }
        }
        let mut row = |what: &str, value: fn(&Start) -> f64, target| {
            table.row(
                format!("{}: {what}", role.name),
                median(&ours, value),
                &[median(&empties, value)],
                target,
            );
        };
        if !role.hidden {
            row("first paint, ms", Start::first_paint_ms, Target::AtMost(1.25));
            row("all painted, ms", Start::all_painted_ms, Target::Told);
        }
        row("memory, MiB", Start::memory_mib, Target::AtMost(1.25));
        Ok(())
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

    /// Shows codes to a kiosk's scanner, one at a time. Each alert is read away before the next.
    async fn scan_to_popup(&self, scans: usize) -> Result<Times> {
        let (mut scanner, far) = TTYPort::pair().context("no pair of pseudo terminals")?;
        let line = far.name().context("a pseudo terminal has a name")?;
        // Only the program may open the far end.
        drop(far);
        // Without a PIN it does not fill the screen, where no pop-up would come.
        let desk = &ROLES[0];
        let home = self.home(desk).await?;
        let profile = format!(
            "role = \"kiosk\"\n[server]\nkind = \"remote\"\nurl = \"{}\"\n\
             [scanners]\nhid = false\ncamera = false\nserial = \"{line}\"\n",
            self.address()?
        );
        fs::write(home.path().join("program.toml"), profile)?;
        let kiosk = Process::start(&mut self.program_in(home.path(), false));
        self.screen.wait_for_paint(kiosk.id(), Instant::now(), None)?;
        tree::settled_bytes(kiosk.id())?;

        let role = &ROLES[2];
        let teachers_home = self.home(role).await?;
        let teacher = Process::start(&mut self.command(role, teachers_home.path())?);
        let pid = teacher.id();
        tree::settled_bytes(pid)?;

        let guru = self.app.guru().await;
        let (mut times, mut shown) = (Times::default(), None);
        for n in 0..=scans {
            let invited = guru.post("/api/appointments", invitation(n)).await.expect(201);
            let code = invited["kode_qr"].as_str().context("an appointment has a code")?;
            let started = Instant::now();
            scanner.write_all(format!("{code}\r").as_bytes())?;
            let (time, picture) = self.screen.wait_for_rest(pid, started, shown.as_ref())?;
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
