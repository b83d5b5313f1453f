//! The audit as CSV.

use std::sync::Arc;

use axum::response::Response;
use chrono_tz::Tz;
use domain::audit::AuditRow;
use store::{PageRequest, Store, audit::AuditFilter};

use crate::http::routes::csv;

/// Entries that are read at once.
const PAGE: PageRequest = PageRequest { nomor: 1, ukuran: 500 };

const HEADINGS: [&str; 12] = [
    "id",
    "waktu",
    "id_pelaku",
    "nama_pelaku",
    "role",
    "alamat",
    "aksi",
    "objek",
    "id_objek",
    "sebelum",
    "sesudah",
    "nomor",
];

/// The answer with every entry.
pub(super) fn answer(store: Arc<dyn Store>, saring: AuditFilter, zone: Tz) -> Response {
    csv::stream("jejak-audit.csv", &HEADINGS, move |setelah| {
        let store = store.clone();
        let saring = AuditFilter { setelah, ..saring.clone() };
        async move {
            let rows = store.audit().list_plain(saring, PAGE).await?;
            let is_last = rows.len() < PAGE.ukuran as usize;
            let behind = rows.last().filter(|_| !is_last).map(|row| (row.waktu, row.id));
            Ok((rows.iter().map(|row| cells(row, zone)).collect(), behind))
        }
    })
}

fn cells(row: &AuditRow, zone: Tz) -> Vec<String> {
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        row.id.to_string(),
        row.waktu.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S").to_string(),
        number(row.id_pelaku),
        text(&row.nama_pelaku),
        text(&row.role),
        text(&row.alamat),
        row.aksi.clone(),
        row.objek.clone(),
        number(row.id_objek),
        text(&row.sebelum),
        text(&row.sesudah),
        number(row.seal.map(|seal| seal.nomor)),
    ]
}
