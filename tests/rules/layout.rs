//! Where things are: the top level that the customer fixed, migrations, and one file per entity.

use std::collections::BTreeSet;

use crate::assert_none;
use crate::repository::{files, names_in};

/// Dot-files may stand beside these.
const TOP_LEVEL: [&str; 12] = [
    "BENCHMARKS.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "SCALING.md",
    "SECURITY.md",
    "icons",
    "migrations",
    "src-tauri",
    "tests",
    "ui",
];

#[test]
fn the_top_level_holds_what_the_customer_fixed() {
    let first_part = |path: &'static str| path.split('/').next().unwrap_or(path);
    let names: BTreeSet<_> = files().iter().map(|file| first_part(&file.path)).collect();
    let strangers = names.into_iter().filter(|name| !name.starts_with('.') && !TOP_LEVEL.contains(name));
    assert_none(strangers.map(str::to_owned).collect(), "Not one of the customer's top-level names:");
}

#[test]
fn migrations_are_numbered_from_one_without_gaps() {
    let mut offenders = Vec::new();
    for folder in ["migrations/sqlite", "migrations/mssql"] {
        let mut numbers = BTreeSet::new();
        for name in names_in(folder).unwrap_or_default() {
            match number_of(&name) {
                Some(number) if numbers.insert(number) => {}
                Some(number) => offenders.push(format!("{folder}/{name}: there are two of number {number}")),
                None => offenders.push(format!("{folder}/{name}: not of the form V1__name.sql")),
            }
        }
        let missing = (1..=numbers.last().copied().unwrap_or(0)).filter(|number| !numbers.contains(number));
        offenders.extend(missing.map(|number| format!("{folder}: V{number} is missing")));
    }
    assert_none(offenders, "Migrations are V1__name.sql, V2__name.sql, …:");
}

#[test]
fn both_databases_have_the_same_migrations() {
    assert_none(
        differences("migrations/sqlite", "migrations/mssql"),
        "A migration is written for both databases:",
    );
}

#[test]
fn both_databases_have_the_same_files() {
    let store = "src-tauri/crates/store/src";
    let differences = differences(&format!("{store}/sqlite"), &format!("{store}/mssql"));
    assert_none(differences, "One entity has one file, with the same name for each database:");
}

/// Names that only one of two folders has. None while one of the folders does not exist.
fn differences(one: &str, other: &str) -> Vec<String> {
    let (Some(in_one), Some(in_other)) = (names_in(one), names_in(other)) else { return Vec::new() };
    let (in_one, in_other) = (BTreeSet::from_iter(in_one), BTreeSet::from_iter(in_other));
    let only = |names: &BTreeSet<String>, others: &BTreeSet<String>, place: &str| {
        names.difference(others).map(|name| format!("{name} is only in {place}")).collect::<Vec<_>>()
    };
    [only(&in_one, &in_other, one), only(&in_other, &in_one, other)].concat()
}

/// `V12__name.sql` is 12. The name is of lower-case words.
fn number_of(migration: &str) -> Option<u32> {
    let (number, name) = migration.strip_suffix(".sql")?.strip_prefix('V')?.split_once("__")?;
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let is_plain = !number.starts_with('0') && !name.is_empty() && name.chars().all(is_word);
    if is_plain { number.parse().ok() } else { None }
}

#[test]
fn the_lock_file_is_kept() {
    let is_kept = files().iter().any(|file| file.path == "Cargo.lock");
    assert!(is_kept, "Cargo.lock is missing or ignored by git: a fresh clone would build something else");
}
