//! Ten thousand queued messages through a mail server on this computer, compared with lettre alone, which sends the
//! same mail as often over as many connections; and check-ins while they leave, compared with check-ins while none
//! does.
//!
//! Each of ours is taken out of the queue, written with what is true then, sent, and noted in the database.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use bench::{
    http::Http,
    load::Contestant,
    ours::{self, Ours},
    percentile::Times,
    school::{Arrival, School},
    table::{Table, Target},
};
use clap::Parser;
use futures_util::{StreamExt, TryStreamExt, stream};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor, address::Envelope, transport::smtp::PoolConfig,
};
use rusqlite::Connection;
use tests::{Mail, Mailbox};

/// Each worker of ours has a connection of its own.
const CONNECTIONS: usize = 4;

#[derive(Parser)]
struct Args {
    /// Fewer messages
    #[arg(long)]
    quick: bool,
}

#[tokio::main]
async fn main() -> Result<()> {
    let (messages, check_ins) = if Args::parse().quick { (2_000, 50) } else { (10_000, 200) };
    measure(&ours::build()?, messages, check_ins).await
}

async fn measure(program: &Path, messages: usize, check_ins: usize) -> Result<()> {
    let school = School::create(1, &vec![0; messages + 2 * check_ins]).await?;
    let (quiet, busy) = school.arrivals[messages..].split_at(check_ins);
    queue(&school, messages, "9000000000000")?;
    let ours = Ours::start(program, &school, false).await?;
    let alone = check_in(&ours, &school, quiet).await?;
    let before = ours.process().memory_bytes()?;
    drop(ours);

    queue(&school, messages, "0")?;
    let mailbox = Mailbox::start();
    let variables =
        [("BUKUTAMU_SMTP", mailbox.url()), ("BUKUTAMU_SMTP_FROM", "tamu@sekolah.example".to_owned())];
    let started = Instant::now();
    let ours = Ours::start_given(program, &school, &variables).await?;
    let first = mailbox.next().await;
    let meanwhile = check_in(&ours, &school, busy).await?;
    for _ in 1..messages {
        mailbox.next().await;
    }
    let sent = started.elapsed();
    let after = ours.process().memory_bytes()?;
    drop(ours);
    let bare = send_alone(&mailbox, &first, messages).await?;

    let rate = |time: Duration| messages as f64 / time.as_secs_f64();
    let mut table = Table::against(&["lettre alone"]);
    table.row("messages, 1/s", rate(sent), &[rate(bare)], Target::Told);
    table.print();
    let mut table = Table::against(&["no messages"]);
    table.row(
        "check-in while messages leave, median, ms",
        meanwhile.p50_ms(),
        &[alone.p50_ms()],
        Target::Told,
    );
    let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
    table.row("memory, MiB", mib(after), &[mib(before)], Target::Told);
    table.print();
    println!("{messages} messages, each arrived once or more; {} check-ins each", alone.count());
    Ok(())
}

/// Makes the first `messages` rows of the queue news for the guru, due at an instant in milliseconds; no other waits.
fn queue(school: &School, messages: usize, due: &str) -> Result<()> {
    let database = Connection::open(school.folder().join("bukutamu.db"))?;
    database.execute_batch(&format!(
        "UPDATE janji_temu SET status = 'batal' WHERE id <= {messages};
        UPDATE sistem_pesan_keluar SET keadaan = 'usang' WHERE id_janji_temu > {messages};
        UPDATE sistem_pesan_keluar SET jenis = 'batal_tamu', keadaan = 'menunggu', kirim_pada = {due}
        WHERE id_janji_temu <= {messages};"
    ))?;
    Ok(())
}

async fn check_in(ours: &Ours, school: &School, arrivals: &[Arrival]) -> Result<Times> {
    let mut desk = Http::connect(ours.address(), Some(&school.reception)).await?;
    let mut times = Times::default();
    for arrival in arrivals {
        let started = Instant::now();
        ours::check_in(&mut desk, arrival).await?;
        times.record(started.elapsed());
    }
    Ok(times)
}

/// How long lettre needs for the same mail, as often.
async fn send_alone(mailbox: &Mailbox, mail: &Mail, messages: usize) -> Result<Duration> {
    let pool = PoolConfig::new().max_size(CONNECTIONS as u32);
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&mailbox.url())?.pool_config(pool).build();
    let to = mail.to.first().context("a mail has a recipient")?.parse()?;
    let envelope = Envelope::new(Some("tamu@sekolah.example".parse()?), vec![to])?;
    let started = Instant::now();
    stream::iter(0..messages)
        .map(|_| async { transport.send_raw(&envelope, &mail.raw).await.map(drop) })
        .buffer_unordered(CONNECTIONS)
        .try_collect::<()>()
        .await?;
    let time = started.elapsed();
    for _ in 0..messages {
        ensure!(!mailbox.next().await.raw.is_empty(), "a mail without content arrived");
    }
    Ok(time)
}
