//! Killed at each point at which something is kept: founding a school, bringing its tables up to date, a backup.
//! Afterwards the same command is given again, and all is well.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::Connection;
use tests::{Seed, skip};

use crate::{
    program::Place,
    school,
    trace::{self, COMMITS, NO_TRACE},
};

/// At most so many points are tried in one run: another run tries others. Calls are counted by thread, and which thread
/// does what is chance, so a point may not come about.
const POINTS: usize = 10;

/// Opens the database, and so brings it up to date.
const OPEN: [&str; 2] = ["upkeep", "--dry-run"];

/// A folder as it was, for the next attempt.
fn copied(place: &Place) -> Place {
    let copy = Place::new();
    if place.data().exists() {
        copy_folder(&place.data(), &copy.data());
    }
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        match from.is_dir() {
            true => copy_folder(&from, &to),
            false => drop(fs::copy(&from, &to).expect("a copy")),
        }
    }
}

/// The newest migration that the database has seen.
fn version(place: &Place) -> u32 {
    let newest = |conn: Connection| {
        conn.query_row("SELECT MAX(version) FROM sistem_riwayat_skema", (), |row| row.get(0))
    };
    Connection::open(place.database()).and_then(newest).unwrap_or(0)
}

#[test]
fn a_school_whose_founding_was_killed_at_any_point_is_founded_by_the_next_start() {
    if !trace::is_there() {
        return skip(NO_TRACE);
    }
    let whole = Place::new();
    let last = trace::count(&whole.command(&OPEN), COMMITS);
    let (newest, mut reached) = (version(&whole), 0);
    for n in Seed::new().some_of(last, POINTS) {
        let place = Place::new();
        trace::is_killed_at(&place.command(&OPEN), COMMITS, n);
        reached += u32::from((1..newest).contains(&version(&place)));
        place.run(&OPEN, "").success();
        let said = place.run(&["check-database"], "").success();
        assert!(said.contains("can be used, and belongs to the key file"), "point {n}: {said}");
    }
    assert!(reached > 0, "it was never killed in the midst of the tables");
}

/// A school whose tables are of version `to`, as the program of that time left it, with a guest in it.
fn older(to: u32) -> Place {
    let whole = Place::new();
    whole.run(&OPEN, "").success();
    let old = copied(&whole);
    fs::remove_file(old.database()).expect("it is there");
    let conn = Connection::open(old.database()).expect("a database");
    let migrations = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../migrations/sqlite");
    let files = fs::read_dir(migrations).expect("a folder").flatten();
    let files: Vec<_> =
        files.map(|entry| (entry.file_name().into_string().expect("a name"), entry.path())).collect();
    for version in 1..=to {
        let beginning = format!("V{version}__");
        let (_, file) = files.iter().find(|(name, _)| name.starts_with(&beginning)).expect("a migration");
        let sql = fs::read_to_string(file).expect("it can be read");
        conn.execute_batch(&sql).expect("it can be applied");
    }
    conn.execute("ATTACH ?1 AS penuh", [whole.database().to_str()]).expect("the whole one");
    let history = "SELECT sql FROM penuh.sqlite_schema WHERE name = 'sistem_riwayat_skema'";
    let history: String = conn.query_row(history, (), |row| row.get(0)).expect("its history");
    conn.execute_batch(&format!(
        "{history};
        INSERT INTO main.sistem_riwayat_skema SELECT * FROM penuh.sistem_riwayat_skema WHERE version <= {to};
        INSERT INTO main.sistem_info SELECT * FROM penuh.sistem_info WHERE nama = 'sidik_kunci';
        INSERT INTO main.tamu (nama, dibuat_pada) VALUES ('Wijayakusuma', 0);"
    ))
    .expect("an older school");
    old
}

#[test]
fn tables_whose_update_was_killed_at_any_point_are_brought_up_to_date_by_the_next_start() {
    if !trace::is_there() {
        return skip(NO_TRACE);
    }
    let from = 8;
    let old = older(from);
    let whole = copied(&old);
    let last = trace::count(&whole.command(&OPEN), COMMITS);
    let newest = version(&whole);
    assert!(newest > from, "there was nothing to bring up to date");
    for n in Seed::new().some_of(last, POINTS) {
        let place = copied(&old);
        trace::is_killed_at(&place.command(&OPEN), COMMITS, n);
        place.run(&OPEN, "").success();
        place.run(&["check-database"], "").success();
        assert_eq!(version(&place), newest, "point {n}");
        assert_eq!(names(&place.database()), ["Wijayakusuma"], "point {n}");
    }
}

fn names(database: &Path) -> Vec<String> {
    let conn = Connection::open(database).expect("the database");
    let mut rows = conn.prepare("SELECT nama FROM tamu ORDER BY id").expect("a table");
    let rows = rows.query_map((), |row| row.get(0)).expect("rows");
    rows.collect::<rusqlite::Result<_>>().expect("names")
}

/// Files in a folder with this ending.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries.map(|entry| entry.path()).collect();
    found.retain(|path| path.extension().is_some_and(|found| found == ending));
    found
}

#[tokio::test]
async fn a_backup_that_was_killed_at_any_point_leaves_no_bad_one_and_nothing_in_plain() {
    if !trace::is_there() {
        return skip(NO_TRACE);
    }
    let place = Place::new();
    school::fill(&place.data(), 2).await;
    let target = |n: usize| place.data().with_file_name(format!("sasaran-{n}"));
    let to = |folder: &Path| folder.to_str().expect("a path of text").to_owned();
    let first = to(&target(0));
    let last = trace::count(&place.command(&["backup", "--to", &first]), COMMITS);
    let mut reached = 0;
    for n in Seed::new().some_of(last, POINTS) {
        let (folder, text) = (target(n), to(&target(n)));
        let backup = place.command(&["backup", "--to", &text]);
        reached += usize::from(trace::is_killed_at(&backup, COMMITS, n));
        for file in files(&folder, "cadangan") {
            place.run(&["verify-backup", &to(&file)], "").success();
            fs::remove_file(file).expect("it is there");
        }
        place.run(&["backup", "--to", &text], "").success();
        for folder in [&folder, &place.data()] {
            let entries = fs::read_dir(folder).expect("a folder").flatten();
            let left = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(".cadangan"));
            assert_eq!(left.count(), 0, "point {n} leaves a copy in {}", folder.display());
        }
    }
    assert!(reached > 0, "it was never killed");
    place.run(&["check-database"], "").success();
}
