//! The list of rules matches the migrations, and every server keeps the names whole.

use std::collections::BTreeSet;

use super::*;

const MIGRATIONS: [&str; 16] = [
    include_str!("../../../../../../migrations/mssql/V1__awal.sql"),
    include_str!("../../../../../../migrations/mssql/V2__kata_tamu.sql"),
    include_str!("../../../../../../migrations/mssql/V3__kunjungan.sql"),
    include_str!("../../../../../../migrations/mssql/V4__masuk.sql"),
    include_str!("../../../../../../migrations/mssql/V5__meja.sql"),
    include_str!("../../../../../../migrations/mssql/V6__kunjungan_sendiri.sql"),
    include_str!("../../../../../../migrations/mssql/V7__pesan.sql"),
    include_str!("../../../../../../migrations/mssql/V8__audit.sql"),
    include_str!("../../../../../../migrations/mssql/V9__impor.sql"),
    include_str!("../../../../../../migrations/mssql/V10__evakuasi.sql"),
    include_str!("../../../../../../migrations/mssql/V11__gabung.sql"),
    include_str!("../../../../../../migrations/mssql/V12__hari_libur.sql"),
    include_str!("../../../../../../migrations/mssql/V13__laporan.sql"),
    include_str!("../../../../../../migrations/mssql/V14__arsip.sql"),
    include_str!("../../../../../../migrations/mssql/V15__ulasan.sql"),
    include_str!("../../../../../../migrations/mssql/V16__unit.sql"),
];

/// Names of constraints and of unique indexes.
fn declared() -> BTreeSet<&'static str> {
    let after = |marker: &'static str| {
        MIGRATIONS
            .iter()
            .flat_map(move |sql| sql.split(marker).skip(1))
            .filter_map(|rest| rest.split([' ', ';']).next())
    };
    after("CONSTRAINT ").chain(after("CREATE UNIQUE INDEX ")).collect()
}

#[test]
fn the_list_is_what_the_migrations_declare() {
    let breakable = declared().into_iter().filter(|name| !name.starts_with("df_")).collect::<BTreeSet<_>>();
    assert_eq!(breakable, RULES.iter().map(|(name, _)| *name).collect());
}

#[test]
fn names_are_such_as_every_server_keeps() {
    for name in declared() {
        let is_plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        assert!(is_plain && name.len() <= 31, "{name} is not lower case or longer than 31 characters");
    }
}

#[test]
fn every_constraint_has_a_name() {
    for line in MIGRATIONS.iter().flat_map(|sql| sql.lines()) {
        let line = line.trim_start();
        let unnamed =
            ["UNIQUE", "CHECK", "FOREIGN KEY", "PRIMARY KEY"].iter().any(|word| line.starts_with(word));
        assert!(!unnamed && (!line.contains(" DEFAULT ") || line.contains("CONSTRAINT df_")), "{line}");
    }
}

#[test]
fn a_rule_is_found_in_whatever_words() {
    assert_eq!(conflict("Verletzung der Einschränkung »UQ_TAMU_TELP_INDEKS«"), Conflict::TamuTelp);
    assert_eq!(
        conflict("duplicate key value violates unique constraint \"pk_sistem_kunci\""),
        Conflict::Kunci
    );
    let of_an_index = "duplicate key … \"uq_tamu_telp_indekstamu38153a7020a6e92293f2a1bd5e07e53a\"";
    assert_eq!(conflict(of_an_index), Conflict::TamuTelp);
    assert_eq!(conflict("uq_tamu_telp_indekstamu38153a7020a6e9 uq_tamu_telp_indeksx"), Conflict::Other);
    assert_eq!(conflict("xuq_tamu_telp_indeks pk_sistem"), Conflict::Other);
}
