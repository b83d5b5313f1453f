//! The admin's page in a small and in a large school, both open for five years, on the server as it is shipped: how
//! much longer the large one's questions take, over HTTP; and how much memory a file with all its visits takes.
//!
//! The schools have as many visits today, this month and in the two months before (`bench::years`). The smaller has
//! 10,000 guests and 50,000 appointments in all, the larger 1,000,000 and 5,000,000, each with as many audit entries as
//! appointments. Both are asked the same in turns, after some questions that are not counted.
//!
//! SQL Server is measured if `BUKUTAMU_TEST_MSSQL` names one: mssql://user:pass@host:port/ with a login that may create
//! databases.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use bench::{
    http::Http,
    net::Address,
    ours,
    percentile::Times,
    process::Process,
    table::{Table, Target},
    years::{self, Admins, Size},
};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use clap::{Parser, ValueEnum};
use hyper::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::MssqlDatabase;
use tokio::time::sleep;

const SMALL: Size = Size { guests: 10_000, visits: 50_000 };

/// How often each question is counted, and how often it is asked before.
const TIMES: u64 = 100;
const WARM_UP: u64 = 5;

/// What is only told is asked less often if it takes longer than this.
const TOLD_FOR: Duration = Duration::from_secs(30);
const TOLD_TIMES: u64 = 10;

/// How often memory is looked at.
const LOOK: Duration = Duration::from_millis(50);

#[derive(Parser)]
struct Args {
    /// A tenth of the large school
    #[arg(long)]
    quick: bool,
    /// Only on this database
    #[arg(long)]
    on: Option<Kind>,
    /// Appointments of the large school on SQL Server, in place of 5,000,000
    #[arg(long)]
    mssql_visits: Option<i64>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Sqlite,
    Mssql,
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::parse();
    let program = ours::build()?;
    let part = if args.quick { 10 } else { 1 };
    let large = Size { guests: 1_000_000 / part, visits: 5_000_000 / part };
    for kind in [Kind::Sqlite, Kind::Mssql] {
        if args.on.is_some_and(|on| on != kind) {
            continue;
        }
        let visits = args.mssql_visits.filter(|_| kind == Kind::Mssql).unwrap_or(large.visits);
        match kind {
            Kind::Mssql if !MssqlDatabase::is_named() => {
                println!("\nSQL Server was not measured: BUKUTAMU_TEST_MSSQL is not set");
            }
            _ => measure(&program, kind, Size { visits, ..large }).await?,
        }
    }
    Ok(())
}

async fn measure(program: &Path, kind: Kind, large: Size) -> Result<()> {
    let now = Utc::now();
    let small = School::create(program, kind, SMALL, now).await?;
    let mut large = School::create(program, kind, large, now).await?;
    println!("\n{}: {} against {}", kind.name(), large.size_in_words(), small.size_in_words());
    compare(&small, &large, now).await?;
    drop(small);
    for format in ["xlsx", "csv", "pdf"] {
        // So that nothing is counted as idle that earlier questions have taken.
        large.restart(program)?;
        large.export(format, now).await?;
    }
    Ok(())
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Mssql => "SQL Server",
        }
    }
}

/// A school, and its server.
struct School {
    size: Size,
    admins: Admins,
    /// `None` only while it starts again.
    process: Option<Process>,
    folder: TempDir,
    database: Option<MssqlDatabase>,
}

impl School {
    async fn create(program: &Path, kind: Kind, size: Size, now: DateTime<Utc>) -> Result<Self> {
        let folder = bench::work_dir()?;
        let database = match kind {
            Kind::Sqlite => None,
            Kind::Mssql => Some(MssqlDatabase::create().await.context("SQL Server is not named")?),
        };
        let started = Instant::now();
        let named = database.as_ref().map(|database| database.url().parse()).transpose()?;
        let admins = years::create(folder.path(), named, size, now).await?;
        eprintln!("{} appointments entered in {:.0} s", size.visits, started.elapsed().as_secs_f64());
        let mut school = Self { size, admins, process: None, folder, database };
        school.restart(program)?;
        Ok(school)
    }

    fn restart(&mut self, program: &Path) -> Result<()> {
        self.process = None;
        let mut command = Command::new(program);
        command.args([
            "serve",
            "--plain-http",
            "--listen",
            "127.0.0.1:0",
            "--requests-per-second",
            "1000000",
        ]);
        command.arg("--data-dir").arg(self.folder.path()).env("BUKUTAMU_LOG", "warn");
        if let Some(database) = &self.database {
            command.env("BUKUTAMU_DATABASE", database.url());
        }
        self.process = Some(Process::start(command)?);
        Ok(())
    }

    fn process(&self) -> Result<&Process> {
        self.process.as_ref().context("the server does not run")
    }

    /// A connection of an admin with a fresh token, because tokens are valid for a quarter of an hour.
    async fn connect(&self, admin: i64) -> Result<Http> {
        let address = Address::new(self.process()?.url(), &PathBuf::new())?;
        Http::connect(&address, Some(&self.admins.token(admin))).await
    }

    fn size_in_words(&self) -> String {
        format!("{} guests with {} appointments", self.size.guests, self.size.visits)
    }

    /// Makes a file with the visits of five years, and tells the memory that it takes.
    async fn export(&self, format: &str, now: DateTime<Utc>) -> Result<()> {
        let mut http = self.connect(0).await?;
        http.send(Method::GET, "/api/dashboard", &Value::Null).await?;
        let process = self.process()?;
        let idle = process.memory_bytes()?;
        let (first, last) = five_years(now);
        let order = json!({ "dari": first, "sampai": last, "format": format });
        let started = Instant::now();
        let begun = http.send(Method::POST, "/api/reports/ekspor", &order).await?;
        let id = serde_json::from_slice::<Value>(&begun)?["id"].clone();
        let (mut peak, path) = (idle, format!("/api/reports/ekspor/{id}"));
        let state = loop {
            peak = peak.max(process.memory_bytes()?);
            let state: Value = serde_json::from_slice(&http.send(Method::GET, &path, &Value::Null).await?)?;
            if state["keadaan"] != "berjalan" {
                break state;
            }
            // The token ends before a long file does.
            http = self.connect(0).await?;
            sleep(LOOK).await;
        };
        ensure!(
            state["keadaan"] == "selesai" && state["baris"] == state["total"],
            "an export ended so: {state}"
        );
        let made = started.elapsed().as_secs_f64();
        let size = self.fetch(&mut http, &path, &mut peak).await?;
        let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
        let mut table = Table::against(&["idle"]);
        table.row(format!("{format} of five years, memory, MiB"), mib(peak), &[mib(idle)], Target::Told);
        table.print();
        let over = mib(peak.saturating_sub(idle));
        println!(
            "{over:.1} MiB over idle (to reach: ≤ 64); {} visits in {made:.0} s, {:.0} MiB",
            state["total"],
            mib(size)
        );
        Ok(())
    }

    /// Fetches a file, and looks at the memory meanwhile.
    async fn fetch(&self, http: &mut Http, path: &str, peak: &mut u64) -> Result<u64> {
        let path = format!("{path}/berkas");
        let fetched = http.send(Method::GET, &path, &Value::Null);
        tokio::pin!(fetched);
        loop {
            tokio::select! {
                file = &mut fetched => return Ok(file?.len() as u64),
                () = sleep(LOOK) => *peak = (*peak).max(self.process()?.memory_bytes()?),
            }
        }
    }
}

/// The days that the schools have been open.
fn five_years(now: DateTime<Utc>) -> (NaiveDate, NaiveDate) {
    let today = years::school_date(now);
    (today - Days::new(years::YEARS_DAYS.unsigned_abs() - 1), today)
}

/// What is asked, and what must come of it.
struct Question {
    what: &'static str,
    path: String,
    answer: Answer,
    target: Target,
}

#[derive(Clone, Copy)]
enum Answer {
    /// A list with something in it.
    Some,
    /// A list with nothing in it.
    None,
    /// Figures.
    Figures,
}

fn questions(now: DateTime<Utc>) -> Vec<Question> {
    let (first, today) = five_years(now);
    let month = today - Months::new(1);
    let (year, month) = (month.year(), month.month());
    let (yesterday, guru) = (today - Days::new(1), years::GURU);
    let counted =
        |what, path: String| Question { what, path, answer: Answer::Some, target: Target::AtMost(3.0) };
    let told = |what, path: String| Question { target: Target::Told, ..counted(what, path) };
    let figures = |question| Question { answer: Answer::Figures, ..question };
    let nothing = |question| Question { answer: Answer::None, ..question };
    let tamu = |q: &str| format!("/api/tamu?q={q}&ukuran=20");
    let audit = |filter: &str| format!("/api/audit?ukuran=25{filter}");
    let visits = |filter: &str| format!("/api/appointments?urut=-jadwal&hitung=true&ukuran=25{filter}");
    vec![
        figures(counted("dashboard", "/api/dashboard".to_owned())),
        figures(counted(
            "report of a day",
            format!("/api/reports/daily?tanggal={yesterday}&bandingkan=true"),
        )),
        figures(counted(
            "report of a month, and the one before",
            format!("/api/reports/monthly?bulan={year}-{month:02}&bandingkan=true"),
        )),
        counted("users, all", "/api/users?ukuran=20".to_owned()),
        counted("users, a name", "/api/users?q=siti&ukuran=20".to_owned()),
        counted("users, two beginnings of words", "/api/users?q=bud+sir&ukuran=20".to_owned()),
        nothing(counted("users, nobody's name", "/api/users?q=zzyzx&ukuran=20".to_owned())),
        told("guests, all", "/api/tamu?ukuran=20".to_owned()),
        counted("guests, a common name", tamu("siti")),
        counted("guests, two common names", tamu("budi+siregar")),
        counted("guests, a part of a name", tamu("nasu")),
        counted("guests, a whole number", tamu("081200004321")),
        counted("guests, the end of a number", tamu("4321")),
        nothing(counted("guests, nobody's name", tamu("zzyzx"))),
        figures(counted("guest's card", "/api/tamu/4321".to_owned())),
        counted("guest's visits", visits("&id_tamu=4321")),
        counted("audit, newest page", audit("")),
        counted("audit, page 600", audit("&halaman=600")),
        counted("audit, by a user", audit(&format!("&pelaku={guru}"))),
        counted("audit, of a kind", audit("&objek=tamu")),
        counted("audit, of a verb", audit("&aksi=pulang&halaman=40")),
        counted("audit, of a kind and a verb", audit("&objek=janji_temu&aksi=tanggapi")),
        counted("audit, of one object", audit("&objek=janji_temu&id_objek=40000")),
        counted("audit, of a day", audit(&format!("&dari={yesterday}&sampai={today}"))),
        told("audit, a text", audit("&q=rapor")),
        nothing(told("audit, a text that is not there", audit("&q=zzyzx"))),
        told("appointments of today", visits(&format!("&dari={today}&sampai={today}"))),
        told("appointments of five years", visits(&format!("&dari={first}&sampai={today}"))),
        told("the same, a name", visits(&format!("&dari={first}&sampai={today}&q=siti"))),
        nothing(told("the same, nobody's name", visits(&format!("&dari={first}&sampai={today}&q=zzyzx")))),
        told("the same, those who did not come", visits("&status=tidak+hadir")),
        told("reviews", "/api/ulasan?ukuran=20".to_owned()),
        told("messages", "/api/pesan?ukuran=20".to_owned()),
    ]
}

async fn compare(small: &School, large: &School, now: DateTime<Utc>) -> Result<()> {
    let mut medians = Table::against(&["small"]);
    let mut slowest = Table::against(&["small"]);
    for (admin, question) in (0..).zip(questions(now)) {
        let (in_small, in_large) = ask(&question, admin, small, large).await?;
        medians.row(question.what, in_large.p50_ms(), &[in_small.p50_ms()], question.target);
        slowest.row(question.what, in_large.p99_ms(), &[in_small.p99_ms()], Target::Told);
        eprintln!(
            "{}: {:.2} and {:.2} ms, {} times",
            question.what,
            in_large.p50_ms(),
            in_small.p50_ms(),
            in_large.count()
        );
    }
    println!("medians, ms");
    medians.print();
    println!("p99, ms");
    slowest.print();
    Ok(())
}

/// Asks both in turns, as one of the admins.
async fn ask(question: &Question, admin: i64, small: &School, large: &School) -> Result<(Times, Times)> {
    let (mut to_small, mut to_large) = (small.connect(admin).await?, large.connect(admin).await?);
    let (mut in_small, mut in_large) = (Times::default(), Times::default());
    let started = Instant::now();
    for n in 0..WARM_UP + TIMES {
        for (http, times) in [(&mut to_small, &mut in_small), (&mut to_large, &mut in_large)] {
            let asked = Instant::now();
            let body = http.send(Method::GET, &question.path, &Value::Null).await?;
            let time = asked.elapsed();
            if n >= WARM_UP {
                times.record(time);
            }
            let body: Value = serde_json::from_slice(&body)?;
            let rows = body["data"].as_array().map(Vec::len);
            let is_expected = match question.answer {
                Answer::Some => rows.is_some_and(|rows| rows > 0),
                Answer::None => rows == Some(0),
                Answer::Figures => true,
            };
            ensure!(is_expected, "{}: {body}", question.path);
        }
        let is_slow = matches!(question.target, Target::Told) && started.elapsed() > TOLD_FOR;
        if is_slow && in_large.count() >= TOLD_TIMES {
            break;
        }
    }
    Ok((in_small, in_large))
}
