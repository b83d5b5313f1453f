//! From the scan to the teacher's alert, one at a time, compared with one bare SQLite commit on the same disk.
//!
//! A check-in is sent over HTTP, and the time ends when the guru's WebSocket has the notification. A bare commit comes
//! before each, so that both meet the same disk. Reading the code from a picture comes before the scan, and the
//! decoder's benchmark measures it.

use std::{path::Path, time::Instant};

use anyhow::Result;
use bench::{
    commits::Commits,
    load::Load,
    ours::{self, Ours},
    percentile::Times,
    school::School,
    table::{Table, Target},
};
use clap::Parser;
use tokio::task::LocalSet;

const GURUS: usize = 50;

#[derive(Parser)]
struct Args {
    /// Fewer scans
    #[arg(long)]
    quick: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let scans = if Args::parse().quick { 200 } else { 2000 };
    let program = ours::build()?;
    for tls in [false, true] {
        LocalSet::new().run_until(measure(&program, tls, scans)).await?;
    }
    Ok(())
}

async fn measure(program: &Path, tls: bool, scans: usize) -> Result<()> {
    let warm_up = scans / 10;
    let visited: Vec<_> = (0..warm_up + scans).map(|n| n % GURUS).collect();
    let school = School::create(GURUS, &visited).await?;
    let mut ours = Ours::start(program, &school, tls).await?;
    let load = Load::connect(&mut ours, &school.gurus).await?;
    let mut commits = Commits::new(visited.len())?;
    let mut bare = Times::default();
    for (n, arrival) in school.arrivals.iter().enumerate() {
        if n == warm_up {
            bare = Times::default();
            drop(load.take_times());
        }
        let started = Instant::now();
        commits.commit()?;
        bare.record(started.elapsed());
        load.alert(&mut ours, arrival, 1).await?;
    }
    let alert = load.take_times();

    let mut table = Table::against(&["one commit"]);
    table.row("scan in, alert out p50, ms", alert.p50_ms(), &[bare.p50_ms()], Target::Told);
    table.row("scan in, alert out p99, ms", alert.p99_ms(), &[bare.p99_ms()], Target::AtMost(3.0));
    println!("\nscan in, alert out, {}", if tls { "TLS" } else { "no TLS" });
    table.print();
    println!("{} alerts received; none lost, doubled or another's", alert.count());
    Ok(())
}
