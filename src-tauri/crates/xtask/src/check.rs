//! `cargo xtask check`: what can be said about the code without running it, and the house rules.

use anyhow::{Result, bail};

use crate::setup::{self, Purpose, windows};
use crate::{
    sh::{Sh, step},
    supply, ui,
};

/// Checks format, lints, documentation, pages, dependencies, lints for Windows and house rules. Goes through all of
/// them before it fails.
pub(crate) fn run(sh: &Sh) -> Result<()> {
    setup::run(sh, Purpose::Test)?;
    ui::build(sh)?;
    let mut failed = lints(sh);
    let skipped = match windows::build(sh) {
        Ok(()) => {
            failed.extend(lint_for_windows(sh));
            None
        }
        Err(reason) => Some(reason),
    };
    step("house rules: tests/rules");
    // Builds the whole workspace, so that nothing is built twice for a second set of features.
    if sh.cargo("test --workspace --locked --quiet --test rules").quiet().run().is_err() {
        failed.push("house rules");
    }
    if let Some(reason) = skipped {
        step(format_args!("1 skipped: clippy for Windows: {reason}"));
    }
    if failed.is_empty() {
        step("all checks passed");
        return Ok(());
    }
    bail!("did not pass: {}", failed.join(", "))
}

/// Lints for Windows, which most schools have. Otherwise nobody here would notice that a program does not compile
/// there.
fn lint_for_windows(sh: &Sh) -> Option<&'static str> {
    const NAME: &str = "clippy for Windows";
    let command = sh.cargo("clippy --workspace --all-targets --locked --target").arg(windows::TARGET);
    let command = command.args(["--", "-D", "warnings"]);
    step(format_args!("{NAME}: {command}"));
    command.quiet().run().is_err().then_some(NAME)
}

/// Runs what every run of the tests begins with. Returns the names of what failed.
pub(crate) fn lints(sh: &Sh) -> Vec<&'static str> {
    let clippy = "clippy --workspace --all-targets --locked -- -D warnings";
    let doc = "doc --workspace --no-deps --document-private-items --locked";
    let lints = [
        ("format", sh.cargo("fmt --all --check")),
        ("clippy", sh.cargo(clippy)),
        ("documentation", sh.cargo(doc).env("RUSTDOCFLAGS", "-D warnings")),
        ("pages", ui::check(sh)),
    ];
    let mut failed = Vec::new();
    for (name, command) in lints {
        step(format_args!("{name}: {command}"));
        if command.quiet().run().is_err() {
            failed.push(name);
        }
    }
    failed.extend(supply::check(sh));
    failed
}
