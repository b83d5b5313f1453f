//! SQLite and SQL Server with the same school, once of ten thousand guests and once of a million: how long the larger
//! one's searches and reports take, how fast both check in, and how a school gets from one to the other.
//!
//! SQL Server is measured if `BUKUTAMU_TEST_MSSQL` names one: mssql://user:pass@host:port/ with a login that may create
//! databases.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use bench::{
    big, ours,
    table::{Table, Target},
};
use chrono::{DateTime, Utc};
use clap::Parser;
use domain::{IdJanjiTemu, Status, VisitChange, VisitStep, jadwal};
use futures_util::{StreamExt, TryStreamExt, stream};
use server::data_dir;
use store::{MssqlStore, PageRequest, SearchTerms, Store, janji_temu::JanjiTemuFilter};
use tempfile::TempDir;
use tests::MssqlDatabase;

/// Check-ins at once.
const DESKS: usize = 32;

/// How often a question is repeated. The figure is the median.
const TIMES: usize = 41;

#[derive(Parser)]
struct Args {
    /// A hundred thousand guests in place of a million
    #[arg(long)]
    quick: bool,
}

/// A school on each database.
struct School {
    guests: i64,
    sqlite: Arc<dyn Store>,
    mssql: Option<Arc<MssqlStore>>,
    /// How the school got onto SQL Server: how long it took, and the most memory that it used.
    copied: Option<(Duration, u64)>,
    _folder: TempDir,
    _database: Option<MssqlDatabase>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    let program = ours::build()?;
    let now = Utc::now();
    let small = School::create(&program, 10_000, now).await?;
    let large = School::create(&program, if args.quick { 100_000 } else { 1_000_000 }, now).await?;

    growth("SQLite", &*small.sqlite, &*large.sqlite, &large, now).await?;
    if let (Some(smaller), Some(larger)) = (&small.mssql, &large.mssql) {
        growth("SQL Server", &**smaller, &**larger, &large, now).await?;
    }
    compare(&small, now).await?;
    if let (Some((_, small_peak)), Some((time, peak))) = (small.copied, large.copied) {
        let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
        println!("\ncopy of {} guests and as many appointments from SQLite to SQL Server", large.guests);
        println!(
            "{:.0} s, at most {:.0} MiB; of {} guests {:.0} MiB",
            time.as_secs_f64(),
            mib(peak),
            small.guests,
            mib(small_peak)
        );
    }
    Ok(())
}

impl School {
    async fn create(program: &Path, guests: i64, now: DateTime<Utc>) -> Result<Self> {
        let folder = bench::work_dir()?;
        big::create(folder.path(), guests, now).await?;
        let database = MssqlDatabase::create().await;
        let copied = match &database {
            Some(database) => Some(copy(program, folder.path(), database)?),
            None => None,
        };
        let data = data_dir::open(folder.path(), None).await?;
        let mssql = match &database {
            Some(database) => Some(Arc::new(MssqlStore::open(&database.config(), data.kunci.clone()).await?)),
            None => None,
        };
        Ok(Self { guests, sqlite: data.store, mssql, copied, _folder: folder, _database: database })
    }
}

/// Copies with the program, as its user does.
fn copy(program: &Path, folder: &Path, database: &MssqlDatabase) -> Result<(Duration, u64)> {
    let from = format!("sqlite:{}", folder.join("bukutamu.db").display());
    let mut command = Command::new(program);
    command.args(["copy", "--from", &from, "--to", "env:TUJUAN", "--data-dir"]).arg(folder);
    command.env("TUJUAN", database.url()).env("BUKUTAMU_LOG", "warn").stdout(Stdio::null());
    let started = Instant::now();
    let mut child = command.spawn().context("the copy does not start")?;
    let mut peak = 0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        peak = peak_bytes(&child).unwrap_or(peak);
        thread::sleep(Duration::from_millis(20));
    };
    ensure!(status.success(), "the copy failed");
    Ok((started.elapsed(), peak))
}

/// The most memory that the process has used; `None` if it has just ended.
fn peak_bytes(child: &Child) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kib * 1024)
}

/// Asks a small and a large school the same questions.
async fn growth(
    name: &str,
    small: &dyn Store,
    large: &dyn Store,
    school: &School,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut table = Table::against(&["10000"]);
    let telp = big::telp(4_321)?;
    for (what, text) in [
        ("search by a common name", "siti".to_owned()),
        ("search by two names", "budi siregar".to_owned()),
        ("search by phone", telp.as_str().to_owned()),
        ("search by the phone's end", "4321".to_owned()),
    ] {
        let ask = async |store: &dyn Store| {
            let found = store
                .tamu()
                .list(SearchTerms::new(&text).into(), PageRequest { nomor: 1, ukuran: 20 })
                .await?;
            ensure!(!found.data.is_empty(), "{text} was not found");
            Ok(())
        };
        let (large, small) = in_turns(large, small, ask).await?;
        table.row(format!("{what}, ms"), large, &[small], Target::AtMost(3.0));
    }
    let setelan = large.setelan().get().await?.setelan;
    let today = jadwal::today(now, setelan.zona_waktu).start;
    let month = jadwal::Span { start: today - chrono::Duration::days(30), end: today };
    let ask = async |store: &dyn Store| {
        let rows = store.laporan().list_baris(month).await?;
        ensure!(rows.len() > 500, "the month has {} rows", rows.len());
        Ok(())
    };
    let (large_ms, small_ms) = in_turns(large, small, ask).await?;
    table.row("the month's report, ms", large_ms, &[small_ms], Target::AtMost(3.0));
    println!("\n{name}: {} guests against 10000", school.guests);
    table.print();
    Ok(())
}

/// The medians of both in milliseconds, asked in turns.
async fn in_turns(
    one: &dyn Store,
    other: &dyn Store,
    ask: impl AsyncFn(&dyn Store) -> Result<()>,
) -> Result<(f64, f64)> {
    let mut times = (Vec::new(), Vec::new());
    for n in 0..TIMES + 4 {
        for (store, times) in [(one, &mut times.0), (other, &mut times.1)] {
            let started = Instant::now();
            ask(store).await?;
            // The first few warm up.
            if n >= 4 {
                times.push(started.elapsed());
            }
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort();
        times[times.len() / 2].as_secs_f64() * 1e3
    };
    Ok((median(&mut times.0), median(&mut times.1)))
}

/// SQL Server against SQLite.
async fn compare(school: &School, now: DateTime<Utc>) -> Result<()> {
    let Some(mssql) = &school.mssql else {
        println!("\nSQL Server was not measured: BUKUTAMU_TEST_MSSQL is not set");
        return Ok(());
    };
    let setelan = school.sqlite.setelan().get().await?.setelan;
    let today = jadwal::today(now, setelan.zona_waktu);
    let ask = async |store: &dyn Store| {
        let saring = JanjiTemuFilter { jadwal: Some(today), ..JanjiTemuFilter::default() };
        store.janji_temu().list(saring, PageRequest { nomor: 1, ukuran: 100 }).await?;
        Ok(())
    };
    let list = in_turns(&**mssql, &*school.sqlite, ask).await?;

    let all: Vec<_> = big::waiting(school.guests).collect();
    let (warm_up, counted) = all.split_at(all.len() / 4);
    let store: Arc<dyn Store> = Arc::clone(mssql) as _;
    check_in(&store, warm_up, now).await?;
    let before = mssql.round_trips();
    let on_mssql = check_in(&store, counted, now).await?;
    let round_trips = (mssql.round_trips() - before) as f64 / counted.len() as f64;
    check_in(&school.sqlite, warm_up, now).await?;
    let on_sqlite = check_in(&school.sqlite, counted, now).await?;

    let mut table = Table::against(&["SQLite"]);
    table.row("check-ins of 32 desks, 1/s", on_mssql, &[on_sqlite], Target::Told);
    table.row("today's list, ms", list.0, &[list.1], Target::Told);
    println!("\nSQL Server against SQLite, {} guests", school.guests);
    table.print();
    println!("round trips of a check-in: {round_trips:.3} (to reach: 1)");
    Ok(())
}

/// Check-ins a second.
async fn check_in(store: &Arc<dyn Store>, ids: &[IdJanjiTemu], now: DateTime<Utc>) -> Result<f64> {
    let started = Instant::now();
    stream::iter(ids.to_vec())
        .map(|id| {
            let store = Arc::clone(store);
            async move {
                let langkah = Some(VisitStep::Datang { terlambat: false, di_meja: true });
                let arrive =
                    VisitChange { id, dari: Status::Belum, jadwal: None, langkah, kunci: None, waktu: now };
                let arrived = tokio::spawn(async move { store.janji_temu().apply(arrive).await }).await??;
                ensure!(arrived.is_some(), "a guest did not arrive");
                Ok(())
            }
        })
        .buffer_unordered(DESKS)
        .try_collect::<()>()
        .await?;
    Ok(ids.len() as f64 / started.elapsed().as_secs_f64())
}
