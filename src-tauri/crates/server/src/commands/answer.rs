//! What a command answers on standard output.

use std::{
    fmt::Display,
    io::{self, Write},
};

use anyhow::{Context, Result};

/// Says a line at once, because somebody may wait for it. If nobody listens any more, as after `| head`, that is no
/// failure.
///
/// # Errors
/// The answer was to be kept and is not, as in a file on a full disk.
pub(super) fn say(line: impl Display) -> Result<()> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{line}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("standard output cannot be written")
        }
        _ => Ok(()),
    }
}
