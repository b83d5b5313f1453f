//! A user's own appointments as a calendar that a phone subscribes to.
//!
//! Calendars cannot sign in, so the address is the secret. It is shown once, only its hash is kept, and it can be
//! revoked. Whoever has the address reads names and purposes, but no number and no code.

use std::fmt::Write;

use axum::{
    Json as Reply,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use chrono::{DateTime, Days, TimeDelta, Utc};
use data_encoding::BASE32_NOPAD;
use domain::{
    IdPengguna, JanjiTemu, Jenis, Status,
    audit::{Aksi, Objek},
    jadwal,
    kalender::{self, CalendarEvent, Feed},
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::{PageRequest, janji_temu::JanjiTemuFilter, kalender::SecretHash};
use utoipa::ToSchema;

use super::file::File;
use crate::{
    audit::Act,
    error::ApiError,
    http::{
        extract::{AsPengguna, PathWord},
        refusals::NotFound,
    },
    state::RequestState,
};

/// Days before today whose appointments are still shown.
const DAYS_BEFORE: u64 = 30;

/// Calendars are asked to come again after so many minutes.
const REFRESH_MINUTES: u16 = 60;

/// Appointments that are read at once.
const PAGE: u32 = 500;

/// A user's own calendar.
#[derive(Serialize, ToSchema)]
#[schema(as = KalenderSaya)]
pub(super) struct KalenderSaya {
    /// Its address, in the one answer that makes it. Without an address of this server that phones can open, it is the
    /// path only.
    url: Option<String>,
    /// When the address that is good now was made; null if there is none.
    dibuat_pada: Option<DateTime<Utc>>,
    /// This server has no public address, so calendars reach it in the school's own network only.
    hanya_di_sekolah: bool,
}

impl KalenderSaya {
    fn new(state: &RequestState, url: Option<String>, dibuat_pada: Option<DateTime<Utc>>) -> Self {
        Self { url, dibuat_pada, hanya_di_sekolah: state.links.public(&state.setelan).is_none() }
    }
}

/// Whether the user's calendar has an address.
#[utoipa::path(
    get,
    path = "/api/kalender/saya",
    tag = "kalender",
    responses((status = 200, body = KalenderSaya))
)]
pub(super) async fn get(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
) -> Result<Reply<KalenderSaya>, ApiError> {
    let dibuat_pada = state.store.kalender().find(pengguna.id).await?;
    Ok(Reply(KalenderSaya::new(&state, None, dibuat_pada)))
}

/// Gives the user's calendar a new address. The one before ends at once.
#[utoipa::path(
    post,
    path = "/api/kalender/saya",
    tag = "kalender",
    responses((status = 201, body = KalenderSaya))
)]
pub(super) async fn create(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
) -> Result<(StatusCode, Reply<KalenderSaya>), ApiError> {
    let now = state.clock.now();
    let rahasia = random_secret()?;
    let act = Act::new(Aksi::Buat, Objek::Kalender).on(pengguna.id.0);
    act.record(state.store.kalender().set(pengguna.id, hash(&rahasia), now)).await?;
    let url = format!("{}/api/kalender/{rahasia}.ics", state.links.base(&state.setelan).unwrap_or_default());
    Ok((StatusCode::CREATED, Reply(KalenderSaya::new(&state, Some(url), Some(now)))))
}

/// Ends the address of the user's calendar.
#[utoipa::path(
    delete,
    path = "/api/kalender/saya",
    tag = "kalender",
    responses((status = 200, body = KalenderSaya))
)]
pub(super) async fn delete(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
) -> Result<Reply<KalenderSaya>, ApiError> {
    let act = Act::new(Aksi::Hapus, Objek::Kalender).on(pengguna.id.0);
    act.record(state.store.kalender().revoke(pengguna.id)).await?;
    Ok(Reply(KalenderSaya::new(&state, None, None)))
}

/// The appointments of the user whose secret it is: from 30 days ago to the last day that can be booked, with those
/// that were called off. The last part of the address is the secret and `.ics`.
#[utoipa::path(
    get,
    path = "/api/kalender/{rahasia}",
    tag = "kalender",
    security(()),
    params(("rahasia" = String, Path)),
    responses((status = 200, body = String, content_type = "text/calendar"), (status = 304), NotFound)
)]
pub(super) async fn feed(
    state: RequestState,
    PathWord(name): PathWord<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    // Whatever is no secret is looked up too, so that all of them take as long to refuse.
    let rahasia = name.strip_suffix(".ics").unwrap_or_default().to_ascii_lowercase();
    let pengguna = state.store.kalender().find_pemilik(hash(&rahasia)).await?.ok_or(ApiError::NotFound)?;
    let rows = list(&state, pengguna.id).await?;
    let events: Vec<_> = rows.iter().map(|row| event(&state, row)).collect();
    let nama = format!("Janji temu – {}", state.setelan.nama_sekolah);
    let text = kalender::feed(Feed { nama: &nama, segarkan_menit: REFRESH_MINUTES }, &events);
    Ok(File::private(text, "text/calendar").answer(&headers))
}

/// 128 bits in letters and digits that can be typed.
fn random_secret() -> Result<String, ApiError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "no random numbers");
        ApiError::Internal
    })?;
    Ok(BASE32_NOPAD.encode(&bytes).to_ascii_lowercase())
}

fn hash(rahasia: &str) -> SecretHash {
    Sha256::digest(rahasia).into()
}

/// The appointments that a feed shows.
async fn list(state: &RequestState, id_guru: IdPengguna) -> Result<Vec<JanjiTemu>, ApiError> {
    let (now, zone) = (state.clock.now(), state.setelan.zona_waktu);
    let first = jadwal::local_date(now, zone) - Days::new(DAYS_BEFORE);
    let span = jadwal::days(first, jadwal::last_day(now, &state.setelan), zone);
    let saring = JanjiTemuFilter { milik: Some(id_guru), jadwal: Some(span), ..JanjiTemuFilter::default() };
    let mut rows = Vec::new();
    for nomor in 1.. {
        let page = PageRequest { nomor, ukuran: PAGE };
        let found = state.store.janji_temu().list(saring.clone(), page).await?.data;
        let is_last = found.len() < PAGE as usize;
        rows.extend(found.into_iter().filter(|row| row.jenis == Jenis::Janji));
        if is_last {
            break;
        }
    }
    Ok(rows)
}

/// An appointment as its guru's calendar shows it.
fn event(state: &RequestState, row: &JanjiTemu) -> CalendarEvent {
    let mut description = row.instansi.clone().unwrap_or_default();
    if row.jumlah_orang > 1 {
        let line = if description.is_empty() { "" } else { "\n" };
        let _ = write!(description, "{line}{} orang", row.jumlah_orang);
    }
    CalendarEvent {
        // The guest's invitation has the same, so one person who has both sees one entry.
        uid: kalender::uid(row.id, state.kunci.fingerprint()),
        versi: row.versi,
        // What has not changed is written as before, so that it need not be sent again.
        ditulis_pada: row.dibuat_pada,
        start: row.jadwal,
        end: row.jadwal + TimeDelta::minutes(i64::from(row.durasi_menit)),
        summary: match row.unit {
            true => format!("{} ({}): {}", row.nama_tampil(), row.nama_guru, row.keperluan),
            false => format!("{}: {}", row.nama_tampil(), row.keperluan),
        },
        description,
        location: state.setelan.tempat.clone(),
        url: None,
        is_cancelled: row.status == Status::Batal,
    }
}
