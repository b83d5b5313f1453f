//! The audit as CSV. It is read page by page while it is sent, so that its length does not matter.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    http::header,
    response::{IntoResponse, Response},
};
use chrono_tz::Tz;
use domain::audit::AuditRow;
use futures_util::stream;
use store::{PageRequest, Store, StoreError, audit::AuditFilter};

/// Entries that are read at once.
const PAGE: u32 = 500;

/// A byte order mark, because spreadsheets take UTF-8 for something else without one; and the columns.
const HEAD: &str =
    "\u{feff}id,waktu,id_pelaku,nama_pelaku,role,alamat,aksi,objek,id_objek,sebelum,sesudah,nomor\r\n";

/// Where the reading is.
struct Reading {
    store: Arc<dyn Store>,
    saring: AuditFilter,
    zone: Tz,
    is_first: bool,
}

/// The answer with every entry.
pub(super) fn answer(store: Arc<dyn Store>, saring: AuditFilter, zone: Tz) -> Response {
    let reading = Reading { store, saring, zone, is_first: true };
    let pages = stream::try_unfold(Some(reading), |reading| async move {
        let Some(mut reading) = reading else { return Ok::<_, StoreError>(None) };
        let (text, is_last) = reading.next().await?;
        Ok(Some((Bytes::from(text), (!is_last).then_some(reading))))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"jejak-audit.csv\""),
    ];
    (headers, Body::from_stream(pages)).into_response()
}

impl Reading {
    /// The next lines, and whether they are the last.
    async fn next(&mut self) -> Result<(String, bool), StoreError> {
        let page = PageRequest { nomor: 1, ukuran: PAGE };
        let rows = self.store.audit().list_plain(self.saring.clone(), page).await?;
        let mut text = String::new();
        if std::mem::take(&mut self.is_first) {
            text.push_str(HEAD);
        }
        rows.iter().for_each(|row| line(&mut text, row, self.zone));
        self.saring.setelah = rows.last().map(|row| (row.waktu, row.id));
        Ok((text, rows.len() < PAGE as usize))
    }
}

fn line(text: &mut String, row: &AuditRow, zone: Tz) {
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let waktu = row.waktu.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S").to_string();
    let cells = [
        row.id.to_string(),
        waktu,
        number(row.id_pelaku),
        row.nama_pelaku.clone().unwrap_or_default(),
        row.role.clone().unwrap_or_default(),
        row.alamat.clone().unwrap_or_default(),
        row.aksi.clone(),
        row.objek.clone(),
        number(row.id_objek),
        row.sebelum.clone().unwrap_or_default(),
        row.sesudah.clone().unwrap_or_default(),
        number(row.seal.map(|seal| seal.nomor)),
    ];
    let cells = cells.map(|cell| harmless(&cell));
    text.push_str(&cells.join(","));
    text.push_str("\r\n");
}

/// A cell, quoted where it must be. A spreadsheet takes none for a formula.
fn harmless(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if is_formula { format!("'{cell}") } else { cell.to_owned() };
    match cell.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_text_and_quotes_are_doubled() {
        for (cell, expected) in [
            ("Budi", "Budi"),
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-1", "'-1"),
            ("\t=1", "'\t=1"),
            (r#"{"a":1,"b":"x"}"#, r#""{""a"":1,""b"":""x""}""#),
            ("a\nb", "\"a\nb\""),
        ] {
            assert_eq!(harmless(cell), expected);
        }
    }
}
