//! The server's process: how it is started and told what to do, and what it does with its clock.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use server::{Allowance, Clock, Config, Options, Rate, ReadAllowances, Server, data_dir};
use tokio::io::{AsyncBufReadExt, BufReader as AsyncBufReader};

use crate::tree;

/// How often the server's own jobs look, in its time.
const JOBS_EVERY: TimeDelta = TimeDelta::minutes(10);

/// How long it may take to answer a word of the parent's. A night has a backup in it.
const ANSWER_WITHIN: Duration = Duration::from_secs(300);

/// The running server, as its parent sees it. It ends with this.
pub struct Served {
    child: Child,
    stdin: ChildStdin,
    said: mpsc::Receiver<String>,
    /// Where it listens.
    pub url: String,
}

/// What a process holds.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Memory in bytes: its proportional set size.
    pub memory_bytes: u64,
    /// Threads.
    pub threads: usize,
    /// Open files, connections too.
    pub handles: usize,
}

impl Served {
    /// Starts this program again as the server of a folder, with a clock that stands at `begin` and goes `speed` times
    /// as fast.
    ///
    /// # Errors
    /// If it does not start.
    pub fn start(
        folder: &Path,
        begin: DateTime<Utc>,
        speed: u32,
        variables: &[(&str, String)],
    ) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("--serve").arg(folder).args(["--begin", &text(begin), "--speed", &speed.to_string()]);
        command.envs(variables.iter().map(|(name, value)| (*name, value)));
        // glibc gives threads heaps of their own, which fill one after the other for days: that would hide a leak.
        command.env("MALLOC_ARENA_MAX", "2");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (stdin, stdout) = (child.stdin.take().context("a pipe")?, child.stdout.take().context("a pipe")?);
        let (tell, said) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let _ = tell.send(line);
            }
        });
        let mut served = Self { child, stdin, said, url: String::new() };
        served.url = served.answer("listening on ")?;
        Ok(served)
    }

    /// Lets the time leap to that instant, from job to job. Gives the time then, from which on it runs evenly.
    ///
    /// # Errors
    /// If a job fails.
    pub fn night(&mut self, until: DateTime<Utc>) -> Result<DateTime<Utc>> {
        writeln!(self.stdin, "night {}", text(until))?;
        Ok(self.answer("morning ")?.parse()?)
    }

    /// What it holds now.
    ///
    /// # Errors
    /// If the system does not tell; only Linux does.
    pub fn held(&self) -> Result<Held> {
        let id = self.child.id();
        let count = |what: &str| anyhow::Ok(fs::read_dir(format!("/proc/{id}/{what}"))?.count());
        Ok(Held {
            memory_bytes: tree::proportional_bytes(id)?,
            threads: count("task")?,
            handles: count("fd")?,
        })
    }

    /// Ends it in good order.
    ///
    /// # Errors
    /// If it does not end so.
    pub fn stop(mut self) -> Result<()> {
        writeln!(self.stdin, "stop")?;
        let status = self.child.wait()?;
        ensure!(status.success(), "the server ended with {status}");
        Ok(())
    }

    fn answer(&mut self, beginning: &str) -> Result<String> {
        let line = self.said.recv_timeout(ANSWER_WITHIN).context("the server says nothing")?;
        match line.strip_prefix(beginning) {
            Some(rest) => Ok(rest.to_owned()),
            None => bail!("{beginning}was expected, and not: {line}"),
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended in good order.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn text(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The server's clock.
#[derive(Clone)]
struct Hands {
    begin: DateTime<Utc>,
    since: Instant,
    speed: u32,
    /// What was leapt over.
    leapt: Arc<Mutex<TimeDelta>>,
}

impl Hands {
    fn uptime(&self) -> TimeDelta {
        let leapt = *self.leapt.lock().unwrap_or_else(PoisonError::into_inner);
        leapt + TimeDelta::from_std(self.since.elapsed() * self.speed).unwrap_or_default()
    }

    fn now(&self) -> DateTime<Utc> {
        self.begin + self.uptime()
    }

    fn leap(&self, by: TimeDelta) {
        *self.leapt.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }

    fn clock(&self) -> Clock {
        let (now, uptime) = (self.clone(), self.clone());
        Clock::by_hand(move || now.now(), move || uptime.uptime().to_std().unwrap_or_default(), |_| ())
    }
}

/// What the started program does: serves until it is told to stop.
///
/// # Errors
/// If it cannot serve, or a job fails.
pub async fn serve(folder: &Path, begin: DateTime<Utc>, speed: u32) -> Result<()> {
    let hands = Hands { begin, since: Instant::now(), speed, leapt: Arc::default() };
    let options = Options {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        config: config(),
        clock: hands.clock(),
        announce: false,
    };
    let server = Server::start(data_dir::open(folder, None).await?, options).await?;
    outbox::start(server.school(), outbox::Environment::read(), server.stopping(), server.tasks());
    println!("listening on {}", server.url());
    let mut words = AsyncBufReader::new(tokio::io::stdin()).lines();
    let mut jobs = tokio::time::interval(JOBS_EVERY.to_std()? / speed);
    loop {
        tokio::select! {
            _ = jobs.tick() => {
                server.run_jobs().await?;
            }
            word = words.next_line() => {
                let Some(until) = word?.and_then(|word| Some(word.strip_prefix("night ")?.to_owned())) else {
                    return server.stop().await;
                };
                let until: DateTime<Utc> = until.parse()?;
                while hands.now() < until {
                    hands.leap(JOBS_EVERY.min(until - hands.now()));
                    ensure!(server.run_jobs().await?, "the clock is not believed");
                }
                println!("morning {}", text(hands.now()));
            }
        }
    }
}

/// What passes in a second is a school's work of minutes, so limits by the second are out of place.
fn config() -> Config {
    let much = Rate::per_second(1_000_000, 1_000_000);
    let all = Allowance { burst: 1_000_000_000, every: Duration::from_nanos(1) };
    Config {
        plain_http: true,
        bcrypt_cost: 4,
        user_rate: much,
        address_rate: much,
        reads: ReadAllowances { tamu: all, nomor: all },
        ..Config::default()
    }
}
