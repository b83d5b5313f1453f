//! Moves an appointment by hand, takes back what the desk has just recorded, and has its guru told again.

use axum::Json as Reply;
use domain::{
    IdJanjiTemu, Jenis, Status,
    audit::Aksi,
    isian,
    json::{JanjiTemu, Kedatangan},
    notifikasi::tunggu_beri_tahu,
    pesan::JenisPesan,
    pindah::{ManualMove, MoveTarget, pindah},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{super::pindai::check_readable, find_visible};
use crate::{
    audit::Act,
    error::ApiError,
    http::{
        extract::{AsPengguna, AsReception, Happened, Json, PathId},
        refusals::{NotFound, NotToday, Transition},
    },
    hub::Change,
    pesan,
    state::RequestState,
};

/// Where an appointment shall stand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http::routes) struct StatusRequest {
    status: Status,
    /// Why it is called off, or why the guest stays away; of other moves there is none.
    alasan: Option<String>,
}

/// Moves an appointment by hand. Asking for where it stands already changes nothing and is no error, so that a request
/// can be sent again. Nobody is marked `tidak hadir` before the time agreed.
///
/// For some minutes, by the school's settings, the desk can take back what it recorded: a departure (from `selesai` to
/// what it was), an arrival (from `menunggu` to `belum`, of a walk-in to `batal`). The guru's notification and answer
/// go with the arrival. Of a visit that the guest has reviewed nothing is taken back.
#[utoipa::path(
    put,
    path = "/api/appointments/{id}/status",
    tag = "appointments",
    params(
        ("id" = i64, Path),
        (
            "Terjadi-Pada" = Option<DateTime<Utc>>,
            Header,
            description = "When it happened, if a desk could not reach the server then: it is entered as of that time. \
                Not in the future, and at most 400 days ago. For the reception only"
        ),
    ),
    request_body = StatusRequest,
    responses((status = 200, body = Kedatangan), NotFound, Transition, NotToday)
)]
pub(in crate::http::routes) async fn update_status(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
    happened: Happened,
    PathId(id): PathId<IdJanjiTemu>,
    Json(request): Json<StatusRequest>,
) -> Result<Reply<Kedatangan>, ApiError> {
    let state = happened.seen_by(&pengguna, state)?;
    let alasan =
        isian::tanggapan(request.alasan.as_deref()).map_err(|error| ApiError::field("alasan", error))?;
    let before = find_visible(&state, &pengguna, id).await?;
    check_readable(&before)?;
    let to = MoveTarget { status: request.status, alasan, oleh: &pengguna };
    let pindah = pindah(&before, to, state.clock.now(), &state.setelan)?;
    let is_forwards = matches!(pindah, ManualMove::Maju(_));
    let (ManualMove::Maju(perubahan) | ManualMove::Kembali(perubahan)) = pindah else {
        return Ok(Reply(moved(&state, before)));
    };
    // `None`: somebody else has moved it meanwhile, so the checked move no longer holds.
    let act = Act::of_change(&before, &perubahan).told_later(state.told_later());
    let after = act.record(state.store.janji_temu().apply(perubahan)).await?.ok_or(ApiError::Transition)?;
    state.hub.publish_step(&before, after.clone(), state.setelan.zona_waktu);
    // A guest whose departure was taken back is not welcomed.
    Ok(Reply(if is_forwards { moved(&state, after) } else { plain(&state, after) }))
}

/// The appointment as it stands now. It says what to tell a guest who arrives, or what to send if it was cancelled.
pub(super) fn moved(state: &RequestState, row: domain::JanjiTemu) -> Kedatangan {
    let welcome = (row.status == Status::Menunggu).then(|| pesan::kedatangan(state, &row));
    // Without a number there is nobody to send it to.
    let is_off = row.status == Status::Batal && row.jenis == Jenis::Janji && row.telp.is_some();
    let pesan = is_off.then(|| pesan::by_hand(state, JenisPesan::Batal, &row));
    let mut reply = Kedatangan { pesan, ..plain(state, row) };
    (reply.guru_terhubung, reply.message) = welcome.unzip();
    reply
}

fn plain(state: &RequestState, row: domain::JanjiTemu) -> Kedatangan {
    let appointment = JanjiTemu::new(row, state.setelan.zona_waktu);
    Kedatangan { appointment, guru_terhubung: None, message: None, pesan: None }
}

/// Has the guru told again that a guest waits, at most twice a minute: the alert comes up anew.
#[utoipa::path(
    post,
    path = "/api/appointments/{id}/beri-tahu",
    tag = "appointments",
    params(("id" = i64, Path)),
    responses((status = 200, body = Kedatangan), NotFound, Transition)
)]
pub(in crate::http::routes) async fn beri_tahu(
    state: RequestState,
    AsReception(pengguna): AsReception,
    PathId(id): PathId<IdJanjiTemu>,
) -> Result<Reply<Kedatangan>, ApiError> {
    let before = find_visible(&state, &pengguna, id).await?;
    check_readable(&before)?;
    let waktu = state.clock.now();
    let act = Act::on_visit(Aksi::BeriTahu, &before);
    let Some(row) = act.record(state.store.notifikasi().beri_tahu(id, waktu)).await? else {
        let row = state.store.janji_temu().find(id).await?.ok_or(ApiError::NotFound)?;
        let is_waiting = row.status == Status::Menunggu;
        let wait = tunggu_beri_tahu(&row, waktu).to_std().unwrap_or_default();
        return Err(if is_waiting { ApiError::TooMany(wait) } else { ApiError::Transition });
    };
    state.hub.publish(row.clone(), Change::Notification, state.setelan.zona_waktu);
    let (is_told, message) = pesan::diberi_tahu(&state, &row);
    Ok(Reply(Kedatangan { guru_terhubung: Some(is_told), message: Some(message), ..plain(&state, row) }))
}
