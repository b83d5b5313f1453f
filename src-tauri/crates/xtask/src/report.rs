//! The end of a run of tests: what was skipped and why, what failed, and the counts as the very last line.

use std::io::Write;

use anyhow::Result;

use crate::counts::Counts;

/// Prints the end; `not_passed` names the parts that did not pass.
pub(crate) fn print(counts: &Counts, not_passed: &[impl AsRef<str>]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out)?;
    for skip in &counts.ignores {
        writeln!(out, "skipped: {skip}")?;
    }
    for failure in &counts.failures {
        writeln!(out, "failed: {failure}")?;
    }
    if !not_passed.is_empty() {
        let names: Vec<_> = not_passed.iter().map(AsRef::as_ref).collect();
        writeln!(out, "did not pass: {}", names.join(", "))?;
    }
    writeln!(out, "{} passed, {} failed, {} skipped", counts.passed, counts.failed, counts.ignored)?;
    out.flush()?;
    Ok(())
}
