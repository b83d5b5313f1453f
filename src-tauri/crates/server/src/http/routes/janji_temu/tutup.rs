//! Days on which the school is closed: what is asked for there is refused, unless it is asked for all the same.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{hari_libur::Closed, jadwal};

use crate::{error::ApiError, state::RequestState};

/// When the school is closed, from today to the last day that can be booked.
pub(super) async fn until(state: &RequestState, now: DateTime<Utc>) -> Result<Closed, ApiError> {
    let today = jadwal::local_date(now, state.setelan.zona_waktu);
    between(state, today, jadwal::last_day(now, &state.setelan)).await
}

/// When it is closed on these days.
pub(super) async fn between(
    state: &RequestState,
    dari: NaiveDate,
    sampai: NaiveDate,
) -> Result<Closed, ApiError> {
    Ok(Closed::new(state.store.hari_libur().list(dari, sampai).await?, &state.setelan))
}

/// Refuses an appointment of a closed day.
pub(super) fn check(closed: &Closed, jadwal: DateTime<Utc>, state: &RequestState) -> Result<(), ApiError> {
    let tanggal = jadwal::local_date(jadwal, state.setelan.zona_waktu);
    match closed.why(tanggal) {
        Some(tutup) => Err(ApiError::Closed(tanggal, tutup.nama().map(str::to_owned))),
        None => Ok(()),
    }
}
