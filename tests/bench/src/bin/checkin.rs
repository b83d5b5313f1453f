//! Check-ins a second over HTTP, with 32 desks at once, compared with bare SQLite commits on the same disk.
//!
//! Both run in turns, in short rounds, so that a disk that is busy for a while is busy for both. Each check-in is
//! another guest's. It commits status, arrival and outbox row, and would alert its guru.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use bench::{
    commits::Commits,
    http::Http,
    load::Contestant,
    ours::{self, Ours},
    school::{Arrival, School},
    table::{Table, Target},
};
use clap::Parser;
use futures_util::{StreamExt, TryStreamExt, stream};

const DESKS: usize = 32;

const GURUS: usize = 50;

#[derive(Parser)]
struct Args {
    /// Fewer check-ins
    #[arg(long)]
    quick: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let (rounds, in_round) = if Args::parse().quick { (3, 20 * DESKS) } else { (10, 50 * DESKS) };
    let program = ours::build()?;
    for tls in [false, true] {
        measure(&program, tls, rounds, in_round).await?;
    }
    Ok(())
}

async fn measure(program: &Path, tls: bool, rounds: usize, in_round: usize) -> Result<()> {
    // The first round warms up.
    let visited: Vec<_> = (0..(rounds + 1) * in_round).map(|n| n % GURUS).collect();
    let school = School::create(GURUS, &visited).await?;
    let ours = Ours::start(program, &school, tls).await?;
    let mut desks = Vec::new();
    for _ in 0..DESKS {
        desks.push(Http::connect(ours.address(), Some(&school.reception)).await?);
    }
    let mut commits = Commits::new(visited.len())?;

    let (mut checked_in, mut committed) = (Vec::new(), Vec::new());
    for arrivals in school.arrivals.chunks(in_round) {
        checked_in.push(check_in(&mut desks, arrivals).await?);
        let started = Instant::now();
        for _ in arrivals {
            commits.commit()?;
        }
        committed.push(started.elapsed());
    }
    let rate =
        |times: &[Duration]| (in_round * rounds) as f64 / times[1..].iter().sum::<Duration>().as_secs_f64();
    let mut ratios: Vec<_> = checked_in[1..]
        .iter()
        .zip(&committed[1..])
        .map(|(ours, bare)| bare.div_duration_f64(*ours))
        .collect();
    ratios.sort_by(f64::total_cmp);

    let mut table = Table::against(&["SQLite"]);
    table.row("check-ins, bare commits, 1/s", rate(&checked_in), &[rate(&committed)], Target::AtLeast(0.5));
    println!("\n{DESKS} desks, {}", if tls { "TLS" } else { "no TLS" });
    table.print();
    let total = rounds * in_round;
    println!("ratio by round: lowest {:.3}, highest {:.3}", ratios[0], ratios[rounds - 1]);
    println!("{total} check-ins, 0 errors; each another guest's, each answered `datang`");
    Ok(())
}

/// Lets everybody arrive, each desk one after another, and returns how long that takes.
async fn check_in(desks: &mut [Http], arrivals: &[Arrival]) -> Result<Duration> {
    ensure!(arrivals.len().is_multiple_of(desks.len()), "desks get as many guests each");
    let queues = arrivals.chunks(arrivals.len() / desks.len());
    let started = Instant::now();
    stream::iter(desks.iter_mut().zip(queues))
        .map(async |(desk, queue)| {
            for arrival in queue {
                ours::check_in(desk, arrival).await?;
            }
            anyhow::Ok(())
        })
        .buffer_unordered(DESKS)
        .try_collect::<()>()
        .await?;
    Ok(started.elapsed())
}
