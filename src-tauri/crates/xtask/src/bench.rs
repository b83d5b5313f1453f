//! `cargo xtask bench`: starts the benchmarks. They live in a workspace of their own, because they bring the programs
//! that they are measured against. Each benchmark is a binary of the same name there.

use std::ffi::OsString;

use anyhow::{Result, ensure};
use clap::ValueEnum;

use crate::bundle;
use crate::setup::{self, Purpose, npm};
use crate::sh::{Sh, step};

const MANIFEST: &str = "tests/bench/Cargo.toml";

/// The Socket.IO server.
const PEER: &str = "tests/bench/socketio";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Which to run; all of them if none is named
    names: Vec<Bench>,
    /// For the benchmarks themselves, after `--`: `--quick` measures less
    #[arg(last = true)]
    options: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Bench {
    /// Reads and times of the QR decoder against zxing-cpp, zbar and rqrr
    Decoder,
    /// Alerts to many subscribers, and their memory, against a Socket.IO server
    Fanout,
    /// Check-ins a second against bare database commits on the same disk
    Checkin,
    /// From a scan to the teacher's alert
    Latency,
    /// The desktop program out of its .deb, against an empty Tauri window
    Desktop,
    /// SQLite and SQL Server with ten thousand guests and with a million
    Database,
    /// The admin's page with ten thousand guests and with a million, five years old
    Admin,
    /// Queued messages to a mail server, against lettre alone; check-ins meanwhile
    Messages,
    /// A week of a school, compressed: whether anything grows, is told twice or never, or does not fit together
    Soak,
    /// A backup of a hundred thousand visits, and the school restored from it, against SQLite's own copy
    Restore,
    /// Two hundred schools open in one process, against a process for one
    Schools,
}

pub(crate) fn run(sh: &Sh, args: &Args) -> Result<()> {
    ensure!(sh.root().join(MANIFEST).exists(), "there are no benchmarks yet: {MANIFEST} is missing");
    setup::run(sh, Purpose::Bench)?;
    let names = if args.names.is_empty() { Bench::value_variants() } else { &args.names };
    if names.contains(&Bench::Fanout) {
        npm::install(sh, PEER)?;
    }
    for bench in names {
        let name = bench.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        step(format_args!("benchmark {name}"));
        let programs = if *bench == Bench::Desktop { desktop_programs(sh)? } else { Vec::new() };
        let options = "run --release --locked --quiet --target-dir target/bench --manifest-path";
        sh.cargo(options)
            .args([MANIFEST, "--package", "bench", "--bin", &name, "--"])
            .args(programs)
            .args(&args.options)
            .quiet()
            .run()?;
    }
    Ok(())
}

/// The package to measure and the empty window beside it. Both are built as they are shipped.
fn desktop_programs(sh: &Sh) -> Result<Vec<OsString>> {
    let deb = bundle::deb(sh)?;
    let options = "build --release --locked --quiet --target-dir target/bench --package window \
                   --features custom-protocol";
    sh.cargo(options).args(["--manifest-path", MANIFEST]).quiet().run()?;
    let (empty, pages) = (sh.root().join("target/bench/release/window"), sh.root().join("ui/dist"));
    Ok(vec!["--deb".into(), deb.into(), "--empty".into(), empty.into(), "--pages".into(), pages.into()])
}
