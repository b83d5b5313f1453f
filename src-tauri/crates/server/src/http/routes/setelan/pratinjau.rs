//! What a change of settings touches, told before it is made.

use axum::Json as Reply;
use chrono::{DateTime, Months, Utc};
use domain::{
    IdTamu, Setelan,
    dampak::{self, Dampak, JenisDampak},
    jadwal::Span,
    pemeliharaan::Rencana,
    pesan::KeadaanPesan,
};
use serde::Serialize;
use store::{PageRequest, Store, audit::AuditFilter, pesan::PesanFilter};
use utoipa::ToSchema;

use super::UpdateRequest;
use crate::{
    error::ApiError,
    http::extract::{AsAdmin, Json},
    state::RequestState,
};

/// What a change touches.
#[derive(Serialize, ToSchema)]
#[schema(as = DampakSetelan)]
pub(in crate::http::routes) struct PreviewReply {
    dampak: Vec<Dampak>,
}

/// Where only the length of a list is asked for.
const ONE: PageRequest = PageRequest { nomor: 1, ukuran: 1 };

/// Guests are counted up to this many.
const COUNTED: u64 = 10_000;

/// What a change would touch. Nothing is changed.
#[utoipa::path(
    post,
    path = "/api/settings/pratinjau",
    tag = "settings",
    request_body = UpdateRequest,
    responses((status = 200, body = PreviewReply))
)]
pub(in crate::http::routes) async fn preview(
    state: RequestState,
    _admin: AsAdmin,
    Json(request): Json<UpdateRequest>,
) -> Result<Reply<PreviewReply>, ApiError> {
    let before = &*state.setelan;
    let after = request.apply(before).map_err(ApiError::Isian)?;
    let now = state.clock.now();
    // No appointment is made so far ahead.
    let ahead = Span { start: now, end: now + chrono::Duration::days(1100) };
    let upcoming = state.store.janji_temu().list_belum(ahead).await?;
    let waiting = PesanFilter { keadaan: vec![KeadaanPesan::Menunggu], ..PesanFilter::default() };
    let waiting = state.store.pesan().list(waiting, ONE).await?.total;
    let mut dampak = dampak::of(before, &after, &upcoming, waiting, now);
    dampak.extend(of_records(&*state.store, before, &after, now).await?);
    // A PIN is hashed only when it is kept.
    dampak.extend(request.kiosk_pin.is_some().then(Dampak::kiosk_pin));
    Ok(Reply(PreviewReply { dampak }))
}

/// What the next upkeep does to the records if they are kept for another time. What was done already stays.
async fn of_records(
    store: &dyn Store,
    before: &Setelan,
    after: &Setelan,
    now: DateTime<Utc>,
) -> Result<Vec<Dampak>, ApiError> {
    let mut told = Vec::new();
    let due = Rencana::at(now, after);
    if before.arsip_bulan != after.arsip_bulan {
        let count = match is_shorter(before.arsip_bulan, after.arsip_bulan) {
            true => Some(store.pemeliharaan().count(due).await?.arsip),
            false => None,
        };
        told.push(of_time("arsip_bulan", JenisDampak::KeArsip, count));
    }
    if before.retensi_tamu_bulan != after.retensi_tamu_bulan {
        let count = match due.tamu {
            Some(since) if is_shorter(before.retensi_tamu_bulan, after.retensi_tamu_bulan) => {
                Some(idle(store, since).await?)
            }
            _ => None,
        };
        told.push(of_time("retensi_tamu_bulan", JenisDampak::Dianonimkan, count));
    }
    if before.audit_bulan != after.audit_bulan {
        let since = now.checked_sub_months(Months::new(after.audit_bulan.into()));
        let count = match since {
            Some(since) if is_shorter(before.audit_bulan, after.audit_bulan) => {
                let waktu = Some(Span { start: DateTime::UNIX_EPOCH, end: since });
                Some(store.audit().list(AuditFilter { waktu, ..AuditFilter::default() }, ONE).await?.total)
            }
            _ => None,
        };
        told.push(of_time("audit_bulan", JenisDampak::AuditDihapus, count));
    }
    Ok(told)
}

/// 0 is for ever.
fn is_shorter(before: u16, after: u16) -> bool {
    after > 0 && (before == 0 || after < before)
}

/// Of a longer time nothing is counted.
fn of_time(setelan: &'static str, apa: JenisDampak, count: Option<u64>) -> Dampak {
    match count {
        Some(count) => Dampak::new(setelan, apa, count),
        None => Dampak::new(setelan, JenisDampak::TakSurut, 0),
    }
}

/// Guests who were last heard of before.
async fn idle(store: &dyn Store, since: DateTime<Utc>) -> Result<u64, ApiError> {
    let (mut after, mut count) = (IdTamu(0), 0);
    while let Some(found) = store.pemeliharaan().list_idle(since, after).await? {
        after = found.sampai;
        count += found.tamu.len() as u64;
        if count >= COUNTED {
            return Ok(COUNTED);
        }
    }
    Ok(count)
}
