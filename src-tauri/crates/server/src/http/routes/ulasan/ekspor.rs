//! Reviews as a file for a spreadsheet.

use axum::response::Response;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    audit::{Aksi, Objek},
    jadwal::local_date,
    ulasan::Ulasan,
};
use store::ulasan::UlasanFilter;

use super::ListQuery;
use crate::{
    audit::Act,
    error::ApiError,
    http::{
        extract::{AsAdmin, Query},
        routes::csv,
    },
    state::RequestState,
};

/// Reviews that are read at once.
const PAGE: u32 = 500;

const HEADINGS: [&str; 9] = [
    "waktu",
    "guru",
    "tamu",
    "bintang",
    "komentar",
    "tersembunyi",
    "alasan_tersembunyi",
    "disembunyikan_oleh",
    "disembunyikan_pada",
];

/// Every review, or the filtered ones, newest first, as CSV: UTF-8 with its mark. A cell that a spreadsheet would
/// calculate begins with an apostrophe.
#[utoipa::path(
    get,
    path = "/api/ulasan/export.csv",
    tag = "ulasan",
    params(ListQuery),
    responses((status = 200, body = String, content_type = "text/csv"))
)]
pub(in crate::http) async fn export(
    state: RequestState,
    _admin: AsAdmin,
    Query(query): Query<ListQuery>,
) -> Result<Response, ApiError> {
    let (saring, _) = query.check(&state)?;
    Act::new(Aksi::Ekspor, Objek::Ulasan).note(state.store.audit()).await?;
    let zone = state.setelan.zona_waktu;
    let name = format!("ulasan-{}.csv", local_date(state.clock.now(), zone));
    let store = state.store.clone();
    Ok(csv::stream(&name, &HEADINGS, move |setelah| {
        let store = store.clone();
        let saring = UlasanFilter { setelah, ..saring.clone() };
        async move {
            let rows = store.ulasan().list_plain(saring, PAGE).await?;
            let is_last = rows.len() < PAGE as usize;
            let behind = rows.last().filter(|_| !is_last).map(|row| (row.ulasan_pada, row.id_janji_temu));
            Ok((rows.iter().map(|row| cells(row, zone)).collect(), behind))
        }
    }))
}

fn cells(row: &Ulasan, zone: Tz) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let at = |at: DateTime<Utc>| at.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S").to_string();
    vec![
        at(row.ulasan_pada),
        row.nama_guru.clone(),
        row.nama_tamu.clone(),
        row.rating.to_string(),
        text(&row.komentar),
        if row.tersembunyi { "ya" } else { "tidak" }.to_owned(),
        text(&row.alasan_tersembunyi),
        text(&row.disembunyikan_oleh),
        row.disembunyikan_pada.map(at).unwrap_or_default(),
    ]
}
