//! What the benchmarks share: programs to measure, one lean load client for all of them, made-up data, and tables.
//!
//! A benchmark measures both sides in one run, in turns, and tells ratios: a machine that is slow or busy is so for
//! both. Nothing here fails because something was slow; it fails where an answer is missing or wrong.

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
pub mod school;
pub mod screen;
pub mod socketio;
pub mod start;
pub mod table;
pub mod tree;
pub mod websocket;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

/// The folder that cargo builds into: databases of a measurement are made there, because a system's folder for temporary
/// files may be in memory, where a commit costs nothing.
///
/// # Errors
/// Where this program was not built by cargo.
pub fn target_dir() -> Result<PathBuf> {
    let program = std::env::current_exe().context("cannot tell where this program is")?;
    let target = program.ancestors().nth(2).map(Path::to_path_buf);
    target.context("this program is not in a folder of cargo's")
}

/// An empty folder on the disk that is measured; it goes when it is dropped.
///
/// # Errors
/// Where none can be made.
pub fn work_dir() -> Result<TempDir> {
    let target = target_dir()?;
    tempfile::Builder::new()
        .prefix("bench-")
        .tempdir_in(&target)
        .context("no folder can be made to measure in")
}
