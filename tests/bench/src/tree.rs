//! A process with everything that it has started, because a window's page and network are processes of their own.

use std::{
    collections::HashMap,
    fs, thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

/// How long memory is watched at least, and how little it may change once it has settled.
const SETTLE: Duration = Duration::from_secs(4);
const STILL: f64 = 0.005;

/// The memory of a process and all that it started, in bytes, once it has settled.
///
/// # Errors
/// If the process is gone.
pub fn settled_bytes(pid: u32) -> Result<u64> {
    let (started, mut last) = (Instant::now(), 0);
    loop {
        thread::sleep(SETTLE / 4);
        let now = memory_bytes(pid)?;
        let moved = now.abs_diff(last) as f64 / now as f64;
        if started.elapsed() >= SETTLE && (moved < STILL || started.elapsed() > 4 * SETTLE) {
            return Ok(now);
        }
        last = now;
    }
}

/// The memory of a process and its descendants in bytes: proportional set sizes, which count a page once if several
/// share it.
///
/// # Errors
/// If the system does not tell; only Linux does.
pub fn memory_bytes(pid: u32) -> Result<u64> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Ok(process) = name.to_string_lossy().parse() else { continue };
        if let Some(parent) = parent_of(process) {
            children.entry(parent).or_default().push(process);
        }
    }
    let (mut open, mut bytes) = (vec![pid], 0);
    while let Some(process) = open.pop() {
        // A process that has just ended needs no memory.
        bytes += proportional_bytes(process).unwrap_or(0);
        open.extend(children.remove(&process).unwrap_or_default());
    }
    anyhow::ensure!(bytes > 0, "process {pid} is gone");
    Ok(bytes)
}

fn parent_of(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The program's name may hold anything. Behind it stand the state and then the parent.
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(1)?.parse().ok()
}

/// The memory of one process in bytes.
///
/// # Errors
/// If it is gone, or if the system does not tell.
pub(crate) fn proportional_bytes(process: u32) -> Result<u64> {
    let path = format!("/proc/{process}/smaps_rollup");
    let text = fs::read_to_string(&path).with_context(|| format!("{path} cannot be read"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:")).context("no line Pss")?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse().context("Pss is no number")?;
    Ok(kib * 1024)
}
