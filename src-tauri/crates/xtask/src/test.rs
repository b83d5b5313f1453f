//! `cargo xtask test`: set-up, checks, and every test of the workspace. The last line gives the counts. Words choose a
//! part of it: `cargo xtask test api throttle` runs the tests of the suite `api` that have "throttle" in their names.

use std::process::{Command, ExitCode};

use anyhow::{Result, ensure};

use crate::counts::Counts;
use crate::libtest::{self, Show};
use crate::setup::{self, Purpose};
use crate::sh::{Sh, step};
use crate::skipped::{self, SkipLog};
use crate::{check, clocks, report, suites, ui, windows};

/// The suites of Rust, as `cargo test --test` names them.
const SUITES: [&str; 6] = ["api", "browser", "desktop", "process", "rules", "store"];
/// The suite of the pages, in `ui`.
const PAGES: &str = "pages";
/// The tests inside the crates.
const UNITS: &str = "lib";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// A suite (api, browser, desktop, lib, pages, process, rules, store), a part of tests' names, or one of the runs
    /// that are too long for every day: `clocks` (every suite as of other days, hours and zones), `windows` (the
    /// programs built for Windows, and their tests under Wine). Without one: everything but the long runs
    #[arg(value_name = "WORD")]
    words: Vec<String>,
}

pub(crate) fn run(sh: &Sh, args: &Args) -> Result<ExitCode> {
    let words: Vec<_> = args.words.iter().map(String::as_str).collect();
    match words[..] {
        [] => everything(sh),
        ["clocks"] => clocks::run(sh),
        ["windows"] => windows::run(sh),
        _ => named(sh, &Choice::of(&words)),
    }
}

/// What the words choose.
#[derive(Debug, PartialEq, Eq)]
struct Choice<'a> {
    /// What cargo is told to run; `None` if it is the pages alone.
    suites: Option<Vec<&'a str>>,
    with_pages: bool,
    /// A test runs if its name contains one of them; all run without one.
    names: Vec<&'a str>,
}

impl<'a> Choice<'a> {
    fn of(words: &[&'a str]) -> Self {
        let is_suite = |word: &&str| SUITES.contains(word) || *word == UNITS;
        let suites: Vec<_> = words.iter().copied().filter(is_suite).collect();
        let pages_alone = words.contains(&PAGES) && suites.is_empty();
        Self {
            with_pages: suites.is_empty() || words.contains(&PAGES),
            suites: (!pages_alone).then_some(suites),
            names: words.iter().copied().filter(|word| !is_suite(word) && *word != PAGES).collect(),
        }
    }

    /// The arguments of `cargo` for it.
    fn of_cargo(&self, suites: &[&str]) -> String {
        let mut line = "test --workspace --locked --no-fail-fast".to_owned();
        for suite in suites {
            line += &if *suite == UNITS { " --lib --bins".to_owned() } else { format!(" --test {suite}") };
        }
        line + " -- " + &self.names.join(" ")
    }
}

fn named(sh: &Sh, choice: &Choice<'_>) -> Result<ExitCode> {
    setup::run(sh, Purpose::Test)?;
    ui::build(sh)?;
    let mut counts = Counts::default();
    let mut not_passed = Vec::new();
    if let Some(suites) = &choice.suites {
        let (of_rust, succeeded) = of_rust(sh, &choice.of_cargo(suites))?;
        counts.add(of_rust);
        not_passed.extend((!succeeded).then_some("tests"));
    }
    if choice.with_pages {
        let of_pages = ui::test(sh, &[], &choice.names)?;
        not_passed.extend((of_pages.failed > 0).then_some("tests of the pages"));
        counts.add(of_pages);
    }
    ensure!(counts.passed + counts.failed + counts.ignored > 0, "no test is named so");
    report::print(&counts, &not_passed)?;
    Ok(if not_passed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs them and counts those as skipped that could not run here; true if all that ran passed.
fn of_rust(sh: &Sh, args: &str) -> Result<(Counts, bool)> {
    let skip_log = SkipLog::create(sh.root())?;
    let command = sh.cargo(args);
    step(format_args!("tests: {command}"));
    let mut command = Command::from(command);
    command.env(skipped::VARIABLE, skip_log.path());
    let (mut counts, succeeded) = libtest::count(command, Show::AsItComes)?;
    counts.skip(skip_log.read()?);
    Ok((counts, succeeded))
}

fn everything(sh: &Sh) -> Result<ExitCode> {
    setup::run(sh, Purpose::Test)?;
    ui::build(sh)?;
    let mut not_passed = check::lints(sh);
    let of_pages = ui::test(sh, &[], &[])?;
    let (mut counts, succeeded) = suites::run(sh).unwrap_or_else(|error| {
        step(format_args!("{error:#}"));
        (Counts::default(), false)
    });
    if !succeeded {
        not_passed.push("tests");
    } else if counts.passed == 0 {
        not_passed.push("tests (none ran)");
    }
    if of_pages.failed > 0 {
        not_passed.push("tests of the pages");
    } else if of_pages.passed == 0 {
        not_passed.push("tests of the pages (none ran)");
    }
    counts.add(of_pages);
    // If the tests did not build, that has been told.
    if succeeded {
        let glance = clocks::glance(sh)?;
        if glance.failed > 0 {
            not_passed.push("tests under another clock");
        }
        counts.add(glance);
    }
    report::print(&counts, &not_passed)?;
    Ok(if not_passed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_choose_suites_and_names() {
        let cargo = |words: &[&str]| {
            let choice = Choice::of(words);
            let cargo = choice.suites.as_ref().map(|suites| choice.of_cargo(suites));
            (
                cargo.map(|line| line.replace("test --workspace --locked --no-fail-fast", "")),
                choice.with_pages,
            )
        };
        assert_eq!(cargo(&["pages"]), (None, true));
        assert_eq!(cargo(&["api", "throttle"]), (Some(" --test api -- throttle".to_owned()), false));
        assert_eq!(cargo(&["lib", "rules"]), (Some(" --lib --bins --test rules -- ".to_owned()), false));
        assert_eq!(cargo(&["kiosk", "scan"]), (Some(" -- kiosk scan".to_owned()), true));
        assert_eq!(cargo(&["pages", "kiosk"]), (None, true));
    }
}
