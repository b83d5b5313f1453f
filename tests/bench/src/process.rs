//! A program that is measured: starts it, waits until it accepts, reads its memory, and ends it by its own id, whatever
//! happens to the benchmark.

use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use nix::{
    errno::Errno,
    sched::{CpuSet, sched_setaffinity},
    unistd::Pid,
};

use crate::tree;

/// How long a program may take to say that it listens.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// A running server.
pub struct Process {
    child: Child,
    url: String,
}

impl Process {
    /// Starts a server that prints `listening on <url>` once it accepts.
    ///
    /// # Errors
    /// If it does not start, or does not say so in time.
    pub fn start(mut command: Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        // Held at once, so that it is ended even if it stays silent.
        let mut process =
            Self { child: child.with_context(|| format!("cannot start {name}"))?, url: String::new() };
        let output = process.child.stdout.take().context("its output was asked for")?;
        let (tell, told) = mpsc::channel();
        // Goes on reading, so that the program never waits for a full pipe.
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some(url) = line.strip_prefix("listening on ") {
                    let _ = tell.send(url.to_owned());
                }
            }
        });
        match told.recv_timeout(START_TIMEOUT) {
            Ok(url) => process.url = url,
            Err(_) => bail!("{name} did not say that it listens"),
        }
        Ok(process)
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The memory of the process in bytes: its proportional set size, which counts a part of each page that others
    /// share.
    ///
    /// # Errors
    /// If the system does not tell; only Linux does.
    pub fn memory_bytes(&self) -> Result<u64> {
        tree::proportional_bytes(self.child.id())
    }

    /// The time that all its threads have spent on a processor, in the kernel, too, to 10 ms.
    ///
    /// # Errors
    /// If the system does not tell; only Linux does.
    pub fn cpu_time(&self) -> Result<Duration> {
        /// Linux tells it in a unit of which a second has a hundred, on every architecture that Rust knows.
        const TICK: Duration = Duration::from_millis(10);
        let text = self.read("stat")?;
        // The program's name may hold anything. Behind it stand the state and numbers; utime and stime are the fields
        // 14 and 15 of proc(5), which counts from the beginning of the line.
        let (_, fields) = text.rsplit_once(')').context("stat names no program")?;
        let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u32>).sum::<Result<u32, _>>();
        Ok(TICK * ticks.context("stat holds no times")?)
    }

    /// Spreads its present threads over the processors in the order of their beginning. A system does so by itself, but
    /// a virtual machine's may keep all threads on one processor to save the others, and that would be measured.
    ///
    /// # Errors
    /// If the system does not allow it.
    pub fn spread_threads(&self) -> Result<()> {
        let threads = fs::read_dir(format!("/proc/{}/task", self.child.id()))?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().parse()?))
            .collect::<Result<BTreeSet<i32>>>()?;
        let processors = thread::available_parallelism()?.get();
        for (thread, processor) in threads.into_iter().zip((0..processors).cycle()) {
            let mut processors = CpuSet::new();
            processors.set(processor)?;
            match sched_setaffinity(Pid::from_raw(thread), &processors) {
                // A thread that has just ended needs none.
                Ok(()) | Err(Errno::ESRCH) => {}
                Err(error) => return Err(error).context("a thread cannot be given a processor"),
            }
        }
        Ok(())
    }

    fn read(&self, file: &str) -> Result<String> {
        let path = format!("/proc/{}/{file}", self.child.id());
        fs::read_to_string(&path).with_context(|| format!("{path} cannot be read"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
