//! `cargo xtask check`: what can be said about the code without running it, and the house rules.

use anyhow::{Result, bail};

use crate::counts::Counts;
use crate::setup::{self, Purpose};
use crate::{
    sh::{Sh, step},
    ui,
};

/// Format, lints, documentation, pages, house rules. Goes through all of them before it fails.
pub(crate) fn run(sh: &Sh) -> Result<()> {
    setup::run(sh, Purpose::Test)?;
    ui::build(sh)?;
    let mut counts = Counts::default();
    let mut failed = lints(sh, &mut counts);
    step("house rules: tests/rules");
    // The whole workspace, so that nothing is built twice for a second set of features.
    if sh.cargo("test --workspace --locked --quiet --test rules").quiet().run().is_err() {
        failed.push("house rules");
    }
    for skip in &counts.ignores {
        step(format_args!("skipped: {skip}"));
    }
    if failed.is_empty() {
        step("all checks passed");
        return Ok(());
    }
    bail!("did not pass: {}", failed.join(", "))
}

/// All but the house rules, which are tests as well. Returns the names of what failed; counts what could not be tried here.
pub(crate) fn lints(sh: &Sh, _counts: &mut Counts) -> Vec<&'static str> {
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
    failed
}
