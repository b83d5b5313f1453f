//! Alerts to many subscribers, and their memory, against a Socket.IO server that does what the customer's sample does.
//!
//! Both servers run at once, each with its subscribers, and are asked in turns. Two questions: a guru with N connections
//! is alerted on all of them; and one of N gurus with a connection each is alerted while the others idle. Our server
//! commits each arrival to the disk before it alerts; the peer does so in its variant "disk", and in "memory" not at all.

use std::time::Duration;

use anyhow::{Context, Result};
use bench::{
    load::{Contestant, Load},
    ours::Ours,
    percentile::Times,
    school::School,
    socketio::{Database, SocketIo},
    table::{Table, Target},
};
use clap::Parser;
use tokio::{task::LocalSet, time::sleep};

/// Long enough for what the handshakes left behind to be freed.
const SETTLE: Duration = Duration::from_secs(2);

#[derive(Parser)]
struct Args {
    /// Fewer alerts, 1,000 subscribers, no TLS
    #[arg(long)]
    quick: bool,
}

#[derive(Clone, Copy)]
struct Plan {
    subscribers: usize,
    tls: bool,
    database: Database,
    /// Alerts that go to every connection of one guru.
    to_all: usize,
    /// Alerts that go to one of many.
    to_one: usize,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let args = Args::parse();
    // Two servers' subscribers in this process, and each server its own; children inherit it.
    rlimit::increase_nofile_limit(20_000).context("the limit of open files cannot be raised")?;
    let plan = |subscribers, tls, database| {
        let (to_all, to_one) = if args.quick { (10, 100) } else { (100_000 / subscribers, 500) };
        Plan { subscribers, tls, database, to_all, to_one }
    };
    let sizes: &[usize] = if args.quick { &[1000] } else { &[1000, 5000] };
    for tls in if args.quick { &[false][..] } else { &[false, true] } {
        for &subscribers in sizes {
            for database in [Database::Memory, Database::Disk] {
                LocalSet::new().run_until(measure(plan(subscribers, *tls, database))).await?;
            }
        }
    }
    Ok(())
}

async fn measure(plan: Plan) -> Result<()> {
    let Plan { subscribers, tls, database, to_all, to_one } = plan;
    // Warm-up of one alert each, then the measured ones: to one of many, then to all connections of the first guru.
    let one_of_many = (0..=to_one).map(|n| n * 7919 % subscribers);
    let visited: Vec<_> = one_of_many.chain(std::iter::repeat_n(0, to_all + 1)).collect();
    let school = School::create(subscribers, &visited).await?;
    let (arrivals_one, arrivals_all) = school.arrivals.split_at(to_one + 1);

    let mut ours = Ours::start(&school, tls).await?;
    let mut peer = SocketIo::start(&school, tls, database).await?;
    let peer_tokens = SocketIo::tokens(subscribers);

    sleep(SETTLE).await;
    let (ours_empty, peer_empty) = (ours.memory_bytes().await?, peer.memory_bytes().await?);
    let ours_load = Load::connect(&mut ours, &school.gurus).await?;
    let peer_load = Load::connect(&mut peer, &peer_tokens).await?;
    sleep(SETTLE).await;
    let per_subscriber = |full: u64, empty: u64| (full as f64 - empty as f64) / subscribers as f64 / 1024.0;
    let ours_memory = per_subscriber(ours.memory_bytes().await?, ours_empty);
    let peer_memory = per_subscriber(peer.memory_bytes().await?, peer_empty);
    let one = in_turns((&mut ours, &ours_load), (&mut peer, &peer_load), arrivals_one, 1).await?;
    drop((ours_load, peer_load));

    let ours_load = Load::connect(&mut ours, &vec![&school.gurus[0]; subscribers]).await?;
    let peer_load = Load::connect(&mut peer, &vec![&peer_tokens[0]; subscribers]).await?;
    let all = in_turns((&mut ours, &ours_load), (&mut peer, &peer_load), arrivals_all, subscribers).await?;

    let target = |most| if tls { Target::Told } else { Target::AtMost(most) };
    let mut table = Table::against(&["socket.io"]);
    table.row("memory per subscriber, KiB", ours_memory, &[peer_memory], target(0.3));
    for (what, (ours, peer)) in [("alert to all", &all), ("alert to one of all", &one)] {
        table.row(format!("{what} p50, ms"), ours.p50_ms(), &[peer.p50_ms()], Target::Told);
        table.row(format!("{what} p99, ms"), ours.p99_ms(), &[peer.p99_ms()], target(0.5));
    }
    let tls = if tls { "TLS" } else { "no TLS" };
    println!("\n{subscribers} subscribers, {tls}, the peer's database in {database:?}");
    table.print();
    println!(
        "alerts received: {} to all, {} to one, of each server; none lost, doubled or another's",
        all.0.count(),
        one.0.count()
    );
    Ok(())
}

/// Alerts of both servers in turns, the first of which only warms up.
async fn in_turns<A: Contestant, B: Contestant>(
    (ours, ours_load): (&mut A, &Load),
    (peer, peer_load): (&mut B, &Load),
    arrivals: &[bench::school::Arrival],
    receivers: usize,
) -> Result<(Times, Times)> {
    for (n, arrival) in arrivals.iter().enumerate() {
        ours_load.alert(ours, arrival, receivers).await.context("ours")?;
        peer_load.alert(peer, arrival, receivers).await.context("socket.io")?;
        if n == 0 {
            drop((ours_load.take_times(), peer_load.take_times()));
        }
    }
    Ok((ours_load.take_times(), peer_load.take_times()))
}
