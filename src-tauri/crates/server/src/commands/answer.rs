//! What a command answers on standard output.

use std::{
    fmt::Display,
    io::{self, Write},
};

use anyhow::{Context, Result};

/// Says a line at once: whoever started the program may wait for it. Where nobody listens any more, as after `| head`, that is
/// no failure.
///
/// # Errors
/// What was to be kept, as in a file on a full disk, is not.
pub(super) fn say(line: impl Display) -> Result<()> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{line}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("standard output cannot be written")
        }
        _ => Ok(()),
    }
}
