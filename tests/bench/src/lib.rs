//! What the benchmarks share: programs to measure, one lean load client for all of them, made-up data, and tables.
//!
//! A benchmark measures both sides in one run, in turns, and prints ratios, because a slow or busy machine is slow or
//! busy for both. Nothing fails because something was slow. It fails if an answer is missing or wrong.

pub mod big;
pub mod commits;
pub mod decoders;
pub mod http;
pub mod load;
pub mod net;
pub mod ours;
pub mod package;
pub mod pages;
pub mod percentile;
pub mod process;
mod rows;
pub mod school;
pub mod screen;
pub mod soak;
pub mod socketio;
pub mod start;
pub mod table;
pub mod tree;
pub mod websocket;
pub mod years;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

/// The folder that cargo builds into. Databases of a measurement are made there, because a system's folder for
/// temporary files may be in memory, where a commit costs nothing.
///
/// # Errors
/// If cargo did not build this program.
pub fn target_dir() -> Result<PathBuf> {
    let program = std::env::current_exe().context("cannot tell where this program is")?;
    let target = program.ancestors().nth(2).map(Path::to_path_buf);
    target.context("this program is not in a folder of cargo's")
}

/// An empty folder on the disk that is measured. It is removed when it is dropped.
///
/// # Errors
/// If it cannot be made.
pub fn work_dir() -> Result<TempDir> {
    let target = target_dir()?;
    tempfile::Builder::new()
        .prefix("bench-")
        .tempdir_in(&target)
        .context("no folder can be made to measure in")
}
