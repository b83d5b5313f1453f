//! A week of a school, compressed: whether anything grows that should not, is told twice or never, or does not fit
//! together in the end.
//!
//! It compares with itself: what the server holds at the end of the last school day, beside what it held at the end of
//! the second. By then every cache has met a day. It fails if something grows, if an alert is lost or doubled, or if a
//! row is not as it should be.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use bench::{
    soak::{
        SchoolTime,
        child::{self, Held, Served},
        day::{self, OPENS, Outcome, Random},
        people::{self, Pcs},
        tally::Tally,
    },
    table::{Table, Target},
};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use clap::Parser;
use domain::IdPengguna;
use rusqlite::Connection;
use server::commands::{self, Cli};
use tests::Mailbox;
use tokio::task::JoinSet;

/// A Monday.
const FIRST: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");

/// What may be there at the end of the last day for each that was there at the end of the second: allocators keep some
/// room, and more rows are a larger index.
const GROWS_AT_MOST: f64 = 1.1;

#[derive(Parser)]
struct Args {
    /// One day
    #[arg(long)]
    quick: bool,
    /// So many of the school's seconds pass in one
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=2000))]
    speed: u32,
    /// Be the server of a folder, for the program that started this one
    #[arg(long, hide = true)]
    serve: Option<PathBuf>,
    /// With `serve`: the time at the beginning
    #[arg(long, hide = true, requires = "serve")]
    begin: Option<DateTime<Utc>>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    if let (Some(folder), Some(begin)) = (&args.serve, args.begin) {
        return child::serve(folder, begin, args.speed).await;
    }
    let days: Vec<_> = FIRST.iter_days().take(if args.quick { 1 } else { 7 }).collect();
    soak(&days, args.speed).await
}

async fn soak(days: &[NaiveDate], speed: u32) -> Result<()> {
    let (folder, mailbox, began) = (bench::work_dir()?, Mailbox::start(), Instant::now());
    let opens = |day: NaiveDate| day::midnight(day) + OPENS;
    let begin = opens(FIRST) - TimeDelta::minutes(10);
    let gurus = Arc::new(people::create(folder.path(), begin).await?);
    let variables =
        [("BUKUTAMU_SMTP", mailbox.url()), ("BUKUTAMU_SMTP_FROM", "tamu@sekolah.example".to_owned())];
    let mut server = Served::start(folder.path(), begin, speed, &variables)?;
    let pcs = Arc::new(Pcs::sign_in(&server.url).await?);

    let (mut random, mut held, mut all) = (Random(3_000), Vec::new(), Totals::default());
    for day in days.iter().filter(|day| day.weekday().number_from_monday() <= 5) {
        let time = SchoolTime::from_now(server.night(opens(*day))?, speed);
        let outcome = play(&pcs, &gurus, time, *day, &mut random, &mut all).await?;
        // Connections that were closed are gone by then.
        tokio::time::sleep(Duration::from_secs(3)).await;
        let now = server.held()?;
        tell(*day, &outcome, now);
        held.push(now);
        all.add(outcome);
    }
    let last = days.last().copied().unwrap_or(FIRST) + TimeDelta::days(1);
    server.night(opens(last))?;
    server.stop()?;

    println!("{} days at {speed} ×, {:.0} s", days.len(), began.elapsed().as_secs_f64());
    let is_flat = compare(&held);
    all.check(&folder.path().join("bukutamu.db"))?;
    let (mails, again) = mails(&mailbox).await;
    println!(
        "{} arrivals, {} called off, {} never came; {} alerts, each once at each PC; {mails} mails, {again} again; \
         {} connections lost",
        all.arrivals, all.called_off, all.missing, all.alerts, all.lost
    );
    for command in ["check-database", "verify-audit"] {
        check(command, folder.path()).await?;
    }
    ensure!(is_flat, "the server grows from day to day");
    Ok(())
}

/// What came of all days.
#[derive(Default)]
struct Totals {
    arrivals: usize,
    called_off: usize,
    missing: usize,
    guests: usize,
    alerts: usize,
    lost: usize,
}

/// A day, with everybody's PC listening.
async fn play(
    pcs: &Arc<Pcs>,
    gurus: &Arc<Vec<IdPengguna>>,
    time: SchoolTime,
    day: NaiveDate,
    random: &mut Random,
    all: &mut Totals,
) -> Result<Outcome> {
    let tally = Arc::new(Tally::default());
    let mut listening = JoinSet::new();
    for (n, pc) in pcs.gurus.iter().chain(&pcs.desks).cloned().enumerate() {
        let tally = Arc::clone(&tally);
        listening.spawn(async move { tally.listen(n, &pc.client).await });
    }
    tally.wait_for_connections(listening.len()).await?;
    let outcome = day::play(pcs, gurus, time, day, random, all.guests).await?;
    let at_pcs = |(guru, id): &(usize, i64)| {
        let pcs = pcs.gurus.iter().enumerate().filter(move |(_, pc)| pc.user == *guru);
        pcs.map(|(n, _)| (n, *id)).collect::<Vec<_>>()
    };
    tally.check(&outcome.arrivals.iter().flat_map(at_pcs).collect::<Vec<_>>()).await?;
    let (alerts, lost) = tally.counts();
    all.alerts += alerts;
    all.lost += lost;
    listening.shutdown().await;
    Ok(outcome)
}

fn mib(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

fn tell(day: NaiveDate, outcome: &Outcome, held: Held) {
    println!(
        "{day}: {} arrivals; {:.1} MiB, {} threads, {} handles",
        outcome.arrivals.len(),
        mib(held.memory_bytes),
        held.threads,
        held.handles
    );
}

/// Prints the last day beside the second. Whether nothing has grown.
fn compare(held: &[Held]) -> bool {
    let (Some(second), Some(last)) = (held.get(1), held.last()) else { return true };
    let mut table = Table::against(&["second day"]);
    let rows = [
        ("memory at the day's end, MiB", mib(last.memory_bytes), mib(second.memory_bytes)),
        ("threads", last.threads as f64, second.threads as f64),
        ("handles", last.handles as f64, second.handles as f64),
    ];
    for (what, last, second) in rows {
        table.row(what, last, &[second], Target::AtMost(GROWS_AT_MOST));
    }
    table.print();
    rows.iter().all(|(_, last, second)| last / second <= GROWS_AT_MOST)
}

impl Totals {
    fn add(&mut self, outcome: Outcome) {
        self.arrivals += outcome.arrivals.len();
        self.called_off += outcome.called_off;
        self.missing += outcome.missing;
        self.guests = self.arrivals + self.called_off + self.missing;
    }

    /// Every row is there, once, as it was left.
    fn check(&self, database: &Path) -> Result<()> {
        let conn = Connection::open(database)?;
        let count = |sql: &str| anyhow::Ok(conn.query_row(sql, (), |row| row.get::<_, i64>(0))? as usize);
        for (what, sql, expected) in [
            ("visits", "SELECT COUNT(*) FROM janji_temu", self.guests),
            ("guests", "SELECT COUNT(*) FROM tamu", self.guests),
            ("ended", "SELECT COUNT(*) FROM janji_temu WHERE status = 'selesai'", self.arrivals),
            (
                "answered",
                "SELECT COUNT(*) FROM janji_temu WHERE tanggapan_jenis = 'ke_lobi' AND waktu_datang IS NOT NULL
                    AND waktu_datang <= ditanggapi_pada AND ditanggapi_pada <= waktu_mulai
                    AND waktu_mulai <= waktu_selesai",
                self.arrivals,
            ),
            ("called off", "SELECT COUNT(*) FROM janji_temu WHERE status = 'batal'", self.called_off),
            ("missed", "SELECT COUNT(*) FROM janji_temu WHERE status = 'tidak hadir'", self.missing),
        ] {
            let found = count(sql)?;
            ensure!(found == expected, "{what}: {found} instead of {expected}");
        }
        Ok(())
    }
}

/// How many mails have arrived, and how many of them again: a worker's lease is minutes of the server's time, which
/// pass here in a moment.
async fn mails(mailbox: &Mailbox) -> (usize, usize) {
    let mut arrived: HashMap<String, usize> = HashMap::new();
    while let Some(mail) = mailbox.try_next().await {
        *arrived.entry(mail.parsed().message_id().unwrap_or_default().to_owned()).or_default() += 1;
    }
    let again = arrived.values().map(|times| times - 1).sum();
    (arrived.len(), again)
}

/// What the program's own command says of the database.
async fn check(command: &str, folder: &Path) -> Result<()> {
    let folder = folder.to_str().ok_or_else(|| anyhow::anyhow!("a path of text"))?;
    let cli = Cli::parse_from(["bukutamu-server", command, "--data-dir", folder]);
    commands::run(cli, &server::logging::start("soak"), |_| ()).await
}
