//! Every statement is read by a parser of T-SQL, where no server is at hand to say what is wrong with it. All methods
//! of the store are called against a made-up server, which answers next to nothing, and what they sent is parsed.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

mod calls;

use std::{collections::BTreeSet, sync::Arc};

use mssql_mock_tds::{ColumnDefinition, ColumnValue, QueryResponse, Row, SqlDataType};
use sqlparser::{dialect::MsSqlDialect, parser::Parser};

use super::{kunci, wire::Wire};
use crate::MssqlStore;

/// T-SQL that the parser cannot read, what is read instead, and why it is right as it stands.
const NOT_READ: [(&str, &str); 5] = [
    // It knows a page of so many rows, not of a variable number.
    ("OFFSET @", "OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY"),
    // It knows EXEC, not that a procedure answers a number.
    ("EXEC @izin", "EXEC"),
    // It knows RAISERROR only.
    ("THROW 50001, N'no lock', 1", "RAISERROR('no lock', 16, 1)"),
    // It knows no path of a column of JSON in one that is no object.
    (" '$')", ")"),
    // It knows a place to go back to by the names of other databases.
    ("SAVE TRANSACTION baris", "SAVEPOINT baris"),
];

/// Undoes what is listed above.
fn readable(sql: &str) -> String {
    let mut text = sql.to_owned();
    while let Some(start) = text.find("OFFSET @") {
        let end = start + text[start..].find("ROWS ONLY").unwrap() + "ROWS ONLY".len();
        text.replace_range(start..end, NOT_READ[0].1);
    }
    while let Some(start) = text.find("EXEC @izin") {
        let end = start + text[start..].find("= ").unwrap() + 1;
        text.replace_range(start..end, NOT_READ[1].1);
    }
    NOT_READ[2..].iter().fold(text, |text, (from, to)| text.replace(from, to))
}

#[track_caller]
fn assert_read(sql: &str) {
    if let Err(error) = Parser::parse_sql(&MsSqlDialect {}, &readable(sql)) {
        panic!("{error}\n{}", readable(sql));
    }
}

/// Lets transactions of two statements come to their second: a row was made, of a guest who is known or not.
fn made(known: bool) -> QueryResponse {
    let number = |name: &str| ColumnDefinition::new(name, SqlDataType::BigInt);
    let text = |name: &str| ColumnDefinition::new(name, SqlDataType::NVarCharMax);
    let dewi = || ColumnValue::NVarCharMax(vec!["Dewi".encode_utf16().collect()]);
    let nama = if known { dewi() } else { ColumnValue::NVarCharMaxNull };
    QueryResponse::new(
        vec![number("id"), number("id_tamu"), text("nama_lama"), text("email_lama"), text("instansi_lama")],
        vec![Row::new(vec![
            ColumnValue::BigInt(7),
            ColumnValue::BigInt(8),
            nama,
            ColumnValue::NVarCharMaxNull,
            ColumnValue::NVarCharMaxNull,
        ])],
    )
}

#[tokio::test]
async fn every_statement_is_read_by_a_parser() {
    let wire = Wire::new(2000).await;
    let (_folder, kunci) = kunci();
    let store = MssqlStore { engine: Arc::new(wire.engine()), kunci: Arc::new(kunci) };
    calls::pengguna(&store).await;
    for known in [false, true] {
        wire.answer("SCOPE_IDENTITY()", made(known)).await;
        // The server answers this by itself, in whatever statement it stands.
        wire.answer("SELECT 1", made(known)).await;
        calls::tamu(&store).await;
        calls::janji_temu(&store).await;
    }
    calls::the_rest(&store).await;
    calls::pemeliharaan(&store).await;
    let sent: BTreeSet<String> = store.engine.sent.lock().unwrap().drain(..).collect();
    assert!(sent.len() > 60, "{} statements", sent.len());
    for mark in
        ["SET kode_qr", "DELETE FROM sistem.kata_tamu", "N'dipakai ulang'", "sp_getapplock", "OPENJSON"]
    {
        assert!(sent.iter().any(|sql| sql.contains(mark)), "{mark} was not sent");
    }
    for (exception, _) in NOT_READ {
        assert!(sent.iter().any(|sql| sql.contains(exception)), "{exception} stands nowhere any more");
    }
    sent.iter().for_each(|sql| assert_read(sql));
}
