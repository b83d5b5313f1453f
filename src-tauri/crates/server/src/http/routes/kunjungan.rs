//! The guest's page of one visit. Its code is the right to see it, to call it off and to agree to what the school
//! keeps; nobody signs in. The survey has a file of its own.

use axum::{
    Json as Reply,
    http::{HeaderName, header},
};
use domain::{
    audit::{Aksi, Objek},
    isian,
    json::Kunjungan,
    kalender::{self, CalendarEvent},
    kunjungan::{call_off, can_be_agreed_to},
    pindah::ManualMove,
};
use serde::Deserialize;
use serde_json::json;
use store::tamu::{Consent, TamuCorrection};
use utoipa::ToSchema;

use crate::{
    audit::Act,
    error::ApiError,
    http::{
        extract::{Json, PathVisit},
        refusals::{Outdated, Transition},
    },
    kunjungan::VisitByCode,
    state::RequestState,
};

/// The visit as its guest sees it. An old code of a visit that was moved stands for it, too.
#[utoipa::path(
    get,
    path = "/api/kunjungan/{kode}",
    tag = "kunjungan",
    security(()),
    params(("kode" = String, Path, description = "The token, 47 characters, in either case")),
    responses((status = 200, body = Kunjungan))
)]
pub(super) async fn get(state: RequestState, PathVisit(visit): PathVisit) -> Reply<Kunjungan> {
    Reply(visit.show(&state, &state.setelan))
}

/// Why the guest cannot come.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BatalRequest {
    /// Up to 200 characters.
    alasan: Option<String>,
}

/// Calls the visit off: the guest cannot come. The guru and the desk are told. The same sent again is no error.
#[utoipa::path(
    post,
    path = "/api/kunjungan/{kode}/batal",
    tag = "kunjungan",
    security(()),
    params(("kode" = String, Path)),
    request_body = BatalRequest,
    responses((status = 200, body = Kunjungan), Transition)
)]
pub(super) async fn batal(
    state: RequestState,
    PathVisit(visit): PathVisit,
    Json(request): Json<BatalRequest>,
) -> Result<Reply<Kunjungan>, ApiError> {
    let alasan =
        isian::tanggapan(request.alasan.as_deref()).map_err(|error| ApiError::field("alasan", error))?;
    visit.check_readable()?;
    let ManualMove::Maju(perubahan) = call_off(&visit.row, alasan, state.clock.now())? else {
        return Ok(Reply(visit.show(&state, &state.setelan)));
    };
    // `None`: somebody else has moved it meanwhile, so the checked move no longer holds.
    let act = Act::of_change(&visit.row, &perubahan);
    let after = act.record(state.store.janji_temu().apply(perubahan)).await?.ok_or(ApiError::Transition)?;
    state.hub.publish_step(&visit.row, after.clone(), state.setelan.zona_waktu);
    Ok(Reply(visit.with(after).show(&state, &state.setelan)))
}

/// What the guest agrees to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SetujuRequest {
    /// Which text: the one that was shown.
    pub(super) versi: String,
}

impl SetujuRequest {
    /// The consent, if it is to the school's present text.
    pub(super) fn check(self, state: &RequestState) -> Result<Consent, ApiError> {
        if !can_be_agreed_to(&state.setelan, &self.versi) {
            return Err(ApiError::Outdated);
        }
        Ok(Consent { versi: self.versi, waktu: state.clock.now() })
    }
}

/// Agrees to what the school keeps of the guest. Refused if the school has another text by now.
#[utoipa::path(
    post,
    path = "/api/kunjungan/{kode}/setuju",
    tag = "kunjungan",
    security(()),
    params(("kode" = String, Path)),
    request_body = SetujuRequest,
    responses((status = 200, body = Kunjungan), Outdated)
)]
pub(super) async fn setuju(
    state: RequestState,
    PathVisit(visit): PathVisit,
    Json(request): Json<SetujuRequest>,
) -> Result<Reply<Kunjungan>, ApiError> {
    let consent = request.check(&state)?;
    let versi = consent.versi.clone();
    let id = visit.row.id_tamu;
    let ubah = TamuCorrection { setuju: Some(Some(consent)), ..TamuCorrection::default() };
    let act = Act::new(Aksi::Setuju, Objek::Tamu).on(id.0).of_tamu(id).after(json!({ "versi": versi }));
    if visit.tamu.setuju_versi.as_deref() == Some(&*versi) {
        state.store.tamu().update(id, ubah).await?;
    } else {
        act.record(state.store.tamu().update(id, ubah)).await?;
    }
    let tamu = state.store.tamu().find_record(id).await?.unwrap_or_default();
    let row = state.store.janji_temu().find(visit.row.id).await?.ok_or(ApiError::NotFound)?;
    Ok(Reply(VisitByCode { row, tamu, ..visit }.show(&state, &state.setelan)))
}

/// A file for the guest's calendar.
type Calendar = ([(HeaderName, &'static str); 2], String);

/// The visit for a calendar. It bears the same identity as in the school's mails, so a calendar has it once.
#[utoipa::path(
    get,
    path = "/api/kunjungan/{kode}/kalender.ics",
    tag = "kunjungan",
    security(()),
    params(("kode" = String, Path)),
    responses((status = 200, content_type = "text/calendar", body = String))
)]
pub(super) async fn kalender(state: RequestState, PathVisit(visit): PathVisit) -> Calendar {
    let page = state.links.base(&state.setelan).map(|base| format!("{base}/k/{}", visit.row.kode_qr));
    let sekolah = state.kunci.fingerprint();
    let event = CalendarEvent::of_guest(&visit.row, &state.setelan, sekolah, page, state.clock.now());
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8; method=PUBLISH"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"janji-temu.ics\""),
    ];
    (headers, kalender::publish(&event))
}
