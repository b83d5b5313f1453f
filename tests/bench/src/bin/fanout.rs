//! Alerts to many subscribers, and their memory, compared with a Socket.IO server that does what the customer's sample
//! does.
//!
//! Both servers run at once, each with its subscribers, and are asked in turns. There are two questions: a guru with N
//! connections is alerted on all of them; and one of N gurus with a connection each is alerted while the others idle,
//! which mostly measures the disk. Our server commits each arrival before it alerts. In its variant "disk", the peer
//! awaits its database's two writes, as the sample does. What it does without any database is printed, too.

use std::{path::Path, time::Duration};

use anyhow::{Context, Result};
use bench::{
    load::{Contestant, Load},
    ours::{self, Ours},
    percentile::Times,
    school::{Arrival, School},
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
    // Both servers' subscribers are in this process, and each server has its own files; children inherit the limit.
    rlimit::increase_nofile_limit(20_000).context("the limit of open files cannot be raised")?;
    let program = ours::build()?;
    let plan = |subscribers, tls, database| {
        let (to_all, to_one) = if args.quick { (60, 300) } else { (100_000 / subscribers, 500) };
        Plan { subscribers, tls, database, to_all, to_one }
    };
    let mut plans = vec![plan(1000, false, Database::Disk)];
    if !args.quick {
        plans
            .extend([(5000, false), (1000, true), (5000, true)].map(|(n, tls)| plan(n, tls, Database::Disk)));
        plans.push(plan(1000, false, Database::Memory));
    }
    for plan in plans {
        LocalSet::new().run_until(measure(&program, plan)).await?;
    }
    Ok(())
}

async fn measure(program: &Path, plan: Plan) -> Result<()> {
    let Plan { subscribers, tls, database, to_all, to_one } = plan;
    // A first alert each only warms up. Then one of many is alerted, and then all connections of the first guru.
    let one_of_many = (0..=to_one).map(|n| n * 7919 % subscribers);
    let visited: Vec<_> = one_of_many.chain(std::iter::repeat_n(0, to_all + 1)).collect();
    let school = School::create(subscribers, &visited).await?;
    let (arrivals_one, arrivals_all) = school.arrivals.split_at(to_one + 1);
    let mut ours = Ours::start(program, &school, tls).await?;
    let mut peer = SocketIo::start(&school, tls, database).await?;
    let peer_tokens = SocketIo::tokens(subscribers);

    let memory = (memory_kib(&mut ours, &school.gurus).await?, memory_kib(&mut peer, &peer_tokens).await?);
    let one = {
        let mut ours = Side::connect(&mut ours, &school.gurus).await?;
        let mut peer = Side::connect(&mut peer, &peer_tokens).await?;
        in_turns(&mut ours, &mut peer, arrivals_one, 1).await?;
        (ours.finish().await?, peer.finish().await?)
    };
    let all = {
        let mut ours = Side::connect(&mut ours, &vec![&school.gurus[0]; subscribers]).await?;
        let mut peer = Side::connect(&mut peer, &vec![&peer_tokens[0]; subscribers]).await?;
        in_turns(&mut ours, &mut peer, arrivals_all, subscribers).await?;
        (ours.finish().await?, peer.finish().await?)
    };

    let target = |most| match (tls, database) {
        (false, Database::Disk) => Target::AtMost(most),
        _ => Target::Told,
    };
    let mut table = Table::against(&["socket.io"]);
    table.row("memory per subscriber, KiB", memory.0, &[memory.1], target(0.3));
    for (what, (ours, peer), p99) in
        [("alert to all", &all, target(0.5)), ("alert to one of all", &one, Target::Told)]
    {
        table.row(format!("{what} p50, ms"), ours.times.p50_ms(), &[peer.times.p50_ms()], Target::Told);
        table.row(format!("{what} p99, ms"), ours.times.p99_ms(), &[peer.times.p99_ms()], p99);
    }
    let (ours, peer) = (all.0.cpu_us(), all.1.cpu_us());
    table.row("processor time for each of all, µs", ours, &[peer], Target::Told);
    let tls = if tls { "TLS" } else { "no TLS" };
    println!("\n{subscribers} subscribers, {tls}, the peer's database in {database:?}");
    table.print();
    println!(
        "alerts received: {} to all, {} to one, of each server; none lost, doubled or another's",
        all.0.times.count(),
        one.0.times.count()
    );
    Ok(())
}

/// The memory for each subscriber: the process's memory with all of them idle, less its memory without any.
async fn memory_kib(server: &mut impl Contestant, tokens: &[String]) -> Result<f64> {
    // What is made only once, with the first subscriber, belongs to none.
    Load::connect(server, &tokens[..10]).await?.disconnect(server).await?;
    let empty = settled(server).await?;
    let load = Load::connect(server, tokens).await?;
    let full = settled(server).await?;
    load.disconnect(server).await?;
    Ok((full as f64 - empty as f64) / tokens.len() as f64 / 1024.0)
}

/// The process's memory once it has come to rest.
async fn settled(server: &mut impl Contestant) -> Result<u64> {
    sleep(SETTLE).await;
    server.collect_garbage().await?;
    server.process().memory_bytes()
}

/// A server with its subscribers.
struct Side<'a, C> {
    server: &'a mut C,
    load: Load,
    cpu: Duration,
}

/// What was measured.
struct Measured {
    times: Times,
    cpu: Duration,
}

impl<'a, C: Contestant> Side<'a, C> {
    async fn connect(server: &'a mut C, tokens: &[impl AsRef<str>]) -> Result<Self> {
        let load = Load::connect(server, tokens).await?;
        server.process().spread_threads()?;
        Ok(Self { server, load, cpu: Duration::ZERO })
    }

    async fn alert(&mut self, arrival: &Arrival, receivers: usize) -> Result<()> {
        self.load.alert(self.server, arrival, receivers).await
    }

    /// Forgets what was measured so far.
    fn begin(&mut self) -> Result<()> {
        self.cpu = self.server.process().cpu_time()?;
        drop(self.load.take_times());
        Ok(())
    }

    async fn finish(self) -> Result<Measured> {
        let measured =
            Measured { times: self.load.take_times(), cpu: self.server.process().cpu_time()? - self.cpu };
        self.load.disconnect(self.server).await?;
        Ok(measured)
    }
}

impl Measured {
    /// The server's processor time for each received alert, in microseconds.
    fn cpu_us(&self) -> f64 {
        self.cpu.as_secs_f64() * 1e6 / self.times.count() as f64
    }
}

/// Alerts both servers in turns. The first alert only warms up.
async fn in_turns(
    ours: &mut Side<'_, impl Contestant>,
    peer: &mut Side<'_, impl Contestant>,
    arrivals: &[Arrival],
    receivers: usize,
) -> Result<()> {
    for (n, arrival) in arrivals.iter().enumerate() {
        ours.alert(arrival, receivers).await.context("ours")?;
        peer.alert(arrival, receivers).await.context("socket.io")?;
        if n == 0 {
            ours.begin()?;
            peer.begin()?;
        }
    }
    Ok(())
}
