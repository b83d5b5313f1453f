//! What a desk keeps of the school, so that it goes on while no server can be reached.

use std::collections::HashSet;

use axum::Json as Reply;
use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use domain::{
    JanjiTemu, Status,
    hari_libur::{Closed, each_day},
    jadwal::{self, Span},
    json::{AturanMeja, BekalMeja, JanjiTemuBekal, TamuBekal},
    pindai::is_left_open,
};
use store::{PageRequest, janji_temu::JanjiTemuFilter};

use crate::{error::ApiError, http::extract::AsReception, state::RequestState};

/// Whoever came within so many days is known at a desk that is alone.
const KNOWN_FOR: Duration = Duration::days(90);
/// The next day on which the school works is looked for within so many days; holidays are shorter.
const LOOKED_AHEAD: Days = Days::new(60);
/// Rows that are read at a time.
const PAGE: u32 = 200;

/// What a desk's program keeps, encrypted, so that it goes on while no server can be reached: fetched after each
/// `ready`, after a change of the settings, and again and again. It holds no code, no number and no key.
#[utoipa::path(get, path = "/api/meja/bekal", tag = "meja", responses((status = 200, body = BekalMeja)))]
pub(in crate::http::routes) async fn bekal(
    state: RequestState,
    _reception: AsReception,
) -> Result<Reply<BekalMeja>, ApiError> {
    let (now, zone) = (state.clock.now(), state.setelan.zona_waktu);
    let hari = [jadwal::local_date(now, zone), next_school_day(&state, now).await?];
    let days = [jadwal::hari_ini(now, &state.setelan), jadwal::days(hari[1], hari[1], zone)];
    let mut rows = inside(&state, now).await?;
    for day in days {
        let found = all(&state, JanjiTemuFilter { jadwal: Some(day), ..JanjiTemuFilter::default() }).await?;
        let known: HashSet<_> = rows.iter().map(|row| row.id).collect();
        rows.extend(found.into_iter().filter(|row| !known.contains(&row.id)));
    }
    rows.retain(|row| !row.tamu_terhapus);
    let visits = Span { start: now - KNOWN_FOR, end: days[0].end.max(days[1].end) };
    let tamu = state.store.tamu().list_pengunjung(visits).await?;
    Ok(Reply(BekalMeja {
        pada: now,
        hari: hari.to_vec(),
        aturan: AturanMeja::from(&*state.setelan),
        janji_temu: rows.into_iter().map(|row| JanjiTemuBekal::new(row, zone)).collect(),
        tamu: tamu.into_iter().map(TamuBekal::from).collect(),
    }))
}

/// The next day on which the school works; tomorrow if none is found.
async fn next_school_day(state: &RequestState, now: DateTime<Utc>) -> Result<NaiveDate, ApiError> {
    let zone = state.setelan.zona_waktu;
    let tomorrow = jadwal::local_date(now, zone) + Days::new(1);
    let last = tomorrow + LOOKED_AHEAD;
    let closed = Closed::new(state.store.hari_libur().list(tomorrow, last).await?, &state.setelan);
    Ok(each_day(tomorrow, last).find(|day| closed.why(*day).is_none()).unwrap_or(tomorrow))
}

/// Earlier visits whose guest is still inside.
async fn inside(state: &RequestState, now: DateTime<Utc>) -> Result<Vec<JanjiTemu>, ApiError> {
    let status = Status::ALL.into_iter().filter(|status| status.is_on_site()).collect();
    let mut rows = all(state, JanjiTemuFilter { status, ..JanjiTemuFilter::default() }).await?;
    rows.retain(|row| !is_left_open(row, now, &state.setelan));
    Ok(rows)
}

/// Every page of a list.
async fn all(state: &RequestState, saring: JanjiTemuFilter) -> Result<Vec<JanjiTemu>, ApiError> {
    let mut rows = Vec::new();
    for nomor in 1.. {
        let page = PageRequest { nomor, ukuran: PAGE };
        let found = state.store.janji_temu().list(saring.clone(), page).await?;
        let is_last = found.data.len() < PAGE as usize;
        rows.extend(found.data);
        if is_last {
            break;
        }
    }
    Ok(rows)
}
