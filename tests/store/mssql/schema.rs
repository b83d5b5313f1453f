//! Both databases end up with the same tables, columns, constraints and views. The migrations' text is compared
//! everywhere; the resulting schema is compared where there is a server.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use rusqlite::Connection;
use tests::{NO_MSSQL, skip};

use crate::school::School;

/// Tables with their columns and whether those may be NULL, names of constraints, and views.
#[derive(Debug, Default, PartialEq, Eq)]
struct Schema {
    tables: BTreeMap<String, BTreeMap<String, bool>>,
    constraints: BTreeSet<String>,
    views: BTreeSet<String>,
}

/// Rules that only SQLite writes as constraints. SQL Server has a type for yes or no, and needs an index for a value
/// that may be missing but not repeated.
const ONLY_ON_SQLITE: [&str; 20] = [
    "uq_sistem_audit_nomor",
    "ck_pengguna_aktif",
    "ck_pengguna_unit",
    "ck_pengguna_wajib_ganti",
    "ck_janji_temu_terlambat",
    "ck_janji_temu_datang_di_meja",
    "ck_janji_temu_pulang_di_meja",
    "ck_janji_temu_batal_oleh_tamu",
    "ck_janji_temu_survei_diisi",
    "uq_tamu_kode_qr",
    "uq_tamu_telp_indeks",
    "uq_janji_temu_kode_qr",
    "uq_janji_temu_kunci",
    "uq_sistem_arsip_kunci",
    "ck_sistem_gabung_email",
    "ck_sistem_gabung_instansi",
    "ck_sistem_gabung_hapus",
    "ck_sistem_pemeliharaan_uji",
    "ck_sistem_hari_libur_perkiraan",
    "ck_sistem_centang_aman",
];

/// Keys that have no name in SQLite: those of numbered rows, and the history's own.
const ONLY_ON_MSSQL: [&str; 11] = [
    "pk_pengguna",
    "pk_tamu",
    "pk_janji_temu",
    "pk_sistem_pesan_keluar",
    "pk_sistem_audit",
    "pk_sistem_arsip",
    "pk_sistem_anggota",
    "pk_sistem_evakuasi",
    "pk_sistem_pemeliharaan",
    "pk_sistem_centang",
    "pk_sistem_riwayat_skema",
];

fn migrations(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations").join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    // V13 comes after V2.
    paths.sort_by_key(|path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name[1..].split("__").next().unwrap().parse::<u32>().unwrap()
    });
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

fn constraints(sql: &str) -> impl Iterator<Item = String> {
    let name = |rest: &str| rest.split([' ', ';']).next().map(str::to_owned);
    sql.split("CONSTRAINT ").skip(1).filter_map(name)
}

fn of_sqlite() -> Schema {
    let conn = Connection::open_in_memory().unwrap();
    let migrations = migrations("sqlite");
    migrations.iter().for_each(|sql| conn.execute_batch(sql).unwrap());
    let names = |kind: &str| -> Vec<String> {
        let sql = "SELECT name FROM sqlite_master WHERE type = ?1 AND name NOT LIKE 'sqlite%'";
        let mut statement = conn.prepare(sql).unwrap();
        statement.query_map([kind], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let columns = |table: &str| -> BTreeMap<String, bool> {
        let mut statement = conn.prepare("SELECT name, \"notnull\", pk FROM pragma_table_info(?1)").unwrap();
        let column = |row: &rusqlite::Row<'_>| {
            Ok((row.get(0)?, row.get::<_, i64>(1)? == 0 && row.get::<_, i64>(2)? == 0))
        };
        statement.query_map([table], column).unwrap().map(Result::unwrap).collect()
    };
    Schema {
        tables: names("table").into_iter().map(|name| (name.clone(), columns(&name))).collect(),
        constraints: migrations
            .iter()
            .flat_map(|sql| constraints(sql))
            .filter(|name| !ONLY_ON_SQLITE.contains(&name.as_str()))
            .collect(),
        views: names("view").into_iter().collect(),
    }
}

/// `dbo.tamu` is `tamu`, `sistem.sesi` is `sistem_sesi`.
fn plain(name: &str) -> String {
    name.strip_prefix("dbo.").unwrap_or(name).replace('.', "_")
}

/// What the migrations of SQL Server say. They have one column in a line.
fn declared() -> Schema {
    let mut schema = Schema::default();
    for sql in migrations("mssql") {
        let named = constraints(&sql).filter(|name| {
            let elsewhere = ONLY_ON_MSSQL.contains(&name.as_str()) || ONLY_ON_SQLITE.contains(&name.as_str());
            !name.starts_with("df_") && !elsewhere
        });
        schema.constraints.extend(named);
        for table in sql.split("CREATE TABLE ").skip(1) {
            let (name, rest) = table.split_once(" (").unwrap();
            let body = rest.split("\n);").next().unwrap();
            let is_column = |line: &&str| {
                let indent = line.len() - line.trim_start().len();
                indent == 4 && line.trim_start().starts_with(|c: char| c.is_ascii_lowercase())
            };
            let column = |line: &str| {
                let name = line.trim_start().split(' ').next().unwrap().to_owned();
                (name, !line.contains(" NOT NULL"))
            };
            schema.tables.insert(plain(name), body.lines().filter(is_column).map(column).collect());
        }
        for change in sql.lines().filter_map(|line| line.strip_prefix("ALTER TABLE ")) {
            let words: Vec<_> = change.trim_end_matches(';').split(' ').collect();
            let columns = schema.tables.get_mut(&plain(words[0])).unwrap();
            match words[1..] {
                ["ADD" | "DROP", "CONSTRAINT", ..] => {}
                ["ADD", name, ..] => drop(columns.insert(name.to_owned(), !change.contains(" NOT NULL"))),
                ["DROP", "COLUMN", name] => drop(columns.remove(name)),
                _ => panic!("what does this change? {change}"),
            }
        }
        let views = sql.split("CREATE VIEW ").skip(1).map(|view| plain(view.split(' ').next().unwrap()));
        schema.views.extend(views);
    }
    schema
}

#[test]
fn the_migrations_of_both_say_the_same() {
    let (sqlite, declared) = (of_sqlite(), declared());
    assert_eq!(sqlite.tables, declared.tables);
    assert_eq!(sqlite.constraints, declared.constraints);
    assert_eq!(sqlite.views, declared.views);
    assert!(declared.tables.len() > 10 && declared.tables["tamu"].len() > 10, "they were read");
}

#[tokio::test]
async fn a_server_makes_of_them_what_they_say() {
    let Some(school) = School::on_mssql().await else { return skip(NO_MSSQL) };
    let texts = async |sql: &str| -> Vec<Vec<String>> {
        let rows = school.database().rows(sql).await;
        let cells = |row: &tiberius::Row| {
            (0..row.len()).map(|n| row.get::<&str, _>(n).unwrap().to_lowercase()).collect()
        };
        rows.iter().map(cells).collect()
    };
    let mut found = Schema::default();
    let views = "SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.VIEWS WHERE TABLE_SCHEMA = N'dbo'";
    for view in texts(views).await {
        found.views.insert(plain(&view.join(".")));
    }
    let columns = "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, IS_NULLABLE FROM INFORMATION_SCHEMA.COLUMNS
        WHERE TABLE_SCHEMA IN (N'dbo', N'sistem')
            -- The migration runner's, and one that Babelfish puts into each database.
            AND TABLE_NAME NOT IN (N'riwayat_skema', N'sysdatabases')";
    for column in texts(columns).await {
        let table = plain(&column[..2].join("."));
        if !found.views.contains(&table) {
            found.tables.entry(table).or_default().insert(column[2].clone(), column[3] == "yes");
        }
    }
    let constraints = "SELECT CONSTRAINT_NAME FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS
        WHERE TABLE_SCHEMA IN (N'dbo', N'sistem')";
    let named = texts(constraints).await.into_iter().flatten();
    found.constraints = named.filter(|name| !ONLY_ON_MSSQL.contains(&name.as_str())).collect();
    let sqlite = of_sqlite();
    assert_eq!(found.tables, sqlite.tables);
    assert_eq!(found.constraints, sqlite.constraints);
    assert_eq!(found.views, sqlite.views);
}
