//! The list of constraints matches the catalogue, and each error becomes the kind that somebody acts on.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::*;

fn schema() -> Connection {
    let conn = Connection::open_in_memory().unwrap();
    conn.execute_batch(include_str!("../../../../../../migrations/sqlite/V1__awal.sql")).unwrap();
    conn.execute_batch(include_str!("../../../../../../migrations/sqlite/V2__kata_tamu.sql")).unwrap();
    conn.execute_batch(include_str!("../../../../../../migrations/sqlite/V3__kunjungan.sql")).unwrap();
    conn.execute_batch(include_str!("../../../../../../migrations/sqlite/V4__masuk.sql")).unwrap();
    conn.execute_batch(include_str!("../../../../../../migrations/sqlite/V7__pesan.sql")).unwrap();
    conn.execute_batch(include_str!("../../../../../../migrations/sqlite/V8__audit.sql")).unwrap();
    conn.execute_batch(include_str!("../../../../../../migrations/sqlite/V9__impor.sql")).unwrap();
    conn.execute_batch(include_str!("../../../../../../migrations/sqlite/V10__evakuasi.sql")).unwrap();
    conn.execute_batch(include_str!("../../../../../../migrations/sqlite/V11__gabung.sql")).unwrap();
    conn.execute_batch(include_str!("../../../../../../migrations/sqlite/V12__hari_libur.sql")).unwrap();
    conn.execute_batch(include_str!("../../../../../../migrations/sqlite/V13__laporan.sql")).unwrap();
    conn.execute_batch(include_str!("../../../../../../migrations/sqlite/V14__arsip.sql")).unwrap();
    conn.execute_batch(include_str!("../../../../../../migrations/sqlite/V15__ulasan.sql")).unwrap();
    conn.execute_batch(include_str!("../../../../../../migrations/sqlite/V16__unit.sql")).unwrap();
    conn.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    conn
}

/// Each table with the words of its definition.
fn tables(conn: &Connection) -> Vec<(String, String)> {
    let mut statement = conn.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table'").unwrap();
    let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let tables: rusqlite::Result<Vec<_>> = rows.collect();
    tables.unwrap().into_iter().filter(|(name, _): &(String, String)| !name.starts_with("sqlite_")).collect()
}

/// The columns of each unique index that was made on its own, with its name.
fn unique_indexes(conn: &Connection) -> Vec<(String, String)> {
    let mut statement = conn
        .prepare("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE UNIQUE%'")
        .unwrap();
    let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    let indexes: Vec<(String, String, String)> = rows.collect::<rusqlite::Result<_>>().unwrap();
    let columns = |table: &str, sql: &str| {
        // What a partial index leaves out is no matter here.
        let sql = sql.split(" WHERE ").next().unwrap();
        let (_, columns) = sql.trim_end_matches(')').rsplit_once('(').unwrap();
        columns.split(", ").map(|column| format!("{table}.{column}")).collect::<Vec<_>>().join(", ")
    };
    indexes.into_iter().map(|(name, table, sql)| (columns(&table, &sql), name)).collect()
}

#[test]
fn the_list_is_the_catalogue() {
    let mut catalogue = BTreeSet::new();
    for (table, sql) in tables(&schema()) {
        for constraint in sql.split("CONSTRAINT ").skip(1) {
            let (name, rest) = constraint.split_once(' ').unwrap();
            let columns = rest.strip_prefix("UNIQUE (").or_else(|| rest.strip_prefix("PRIMARY KEY ("));
            if let Some((columns, _)) = columns.and_then(|rest| rest.split_once(')')) {
                let columns: Vec<_> = columns.split(", ").map(|column| format!("{table}.{column}")).collect();
                catalogue.insert((columns.join(", "), name.to_owned()));
            }
        }
    }
    catalogue.extend(unique_indexes(&schema()));
    let list = UNIQUE.iter().map(|(columns, name, _)| ((*columns).to_owned(), (*name).to_owned())).collect();
    assert_eq!(catalogue, list);
}

#[test]
fn every_constraint_has_a_name_that_every_database_keeps() {
    for (table, sql) in tables(&schema()) {
        let unnamed = sql.lines().filter(|line| {
            let line = line.trim_start();
            ["UNIQUE", "CHECK", "FOREIGN KEY", "PRIMARY KEY"].iter().any(|word| line.starts_with(word))
        });
        assert_eq!(unnamed.count(), 0, "{table} has a constraint without a name");
        for constraint in sql.split("CONSTRAINT ").skip(1) {
            let name = constraint.split(' ').next().unwrap();
            let is_plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            assert!(is_plain && name.len() <= 31, "{name} is not lower case or longer than 31 characters");
        }
    }
}

#[test]
fn what_sqlite_says_of_a_broken_rule_is_understood() {
    let conn = schema();
    let insert = "INSERT INTO pengguna (nama, email, password_hash, role, dibuat_pada, diubah_pada)
        VALUES ('a', 'a@sekolah.example', '', ?1, 0, 0)";
    conn.execute(insert, ["Guru"]).unwrap();
    let broken = |sql: &str, role: &str| StoreError::from(conn.execute(sql, [role]).unwrap_err());
    assert!(matches!(broken(insert, "Guru"), StoreError::Conflict(Conflict::PenggunaEmail)));
    assert!(matches!(broken(insert, "Tukang Kebun"), StoreError::Conflict(Conflict::Other)));
    let orphan = "INSERT INTO sistem_pesan_keluar (jenis, id_janji_temu, dibuat_pada) VALUES (?1, 9, 0)";
    assert!(matches!(broken(orphan, "undangan"), StoreError::Conflict(Conflict::Other)));
    let wrong_type = "UPDATE pengguna SET dibuat_pada = ?1";
    assert!(matches!(broken(wrong_type, "kemarin"), StoreError::Conflict(Conflict::Other)));
}

#[test]
fn what_may_pass_is_unavailable_and_what_will_not_is_other() {
    let failure = |code| Error::SqliteFailure(rusqlite::ffi::Error::new(code), None).into();
    use rusqlite::ffi;
    for code in [
        ffi::SQLITE_FULL,
        ffi::SQLITE_BUSY,
        ffi::SQLITE_BUSY_SNAPSHOT,
        ffi::SQLITE_READONLY,
        ffi::SQLITE_READONLY_DBMOVED,
        ffi::SQLITE_IOERR_FSYNC,
        ffi::SQLITE_CANTOPEN,
        ffi::SQLITE_PERM,
        ffi::SQLITE_PROTOCOL,
        ffi::SQLITE_NOMEM,
        ffi::SQLITE_CORRUPT,
        ffi::SQLITE_NOTADB,
    ] {
        assert!(matches!(failure(code), StoreError::Unavailable(_)), "code {code}");
        let error = rusqlite::ffi::Error::new(code);
        let noticed_early =
            Error::SqlInputError { error, msg: String::new(), sql: String::new(), offset: 0 }.into();
        assert!(matches!(noticed_early, StoreError::Unavailable(_)), "code {code}");
    }
    for code in [ffi::SQLITE_ERROR, ffi::SQLITE_MISUSE, ffi::SQLITE_TOOBIG] {
        assert!(matches!(failure(code), StoreError::Other(_)), "code {code}");
    }
    assert!(matches!(Error::QueryReturnedNoRows.into(), StoreError::Other(_)));
}
