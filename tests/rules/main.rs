//! The house rules: who may import whom, what we depend on, what the repository holds, how a file looks. One rule is
//! one test, and a failure names every offender.

mod circles;
mod clocks;
mod domain;
mod figures;
mod imports;
mod layout;
mod names;
mod repository;
mod store;
mod text;
mod workspace;

/// Fails with the rule and everything that breaks it.
#[track_caller]
fn assert_none(offenders: Vec<String>, rule: &str) {
    assert!(offenders.is_empty(), "{rule}\n  {}\n", offenders.join("\n  "));
}
