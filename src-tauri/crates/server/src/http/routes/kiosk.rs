//! What the desks' programs need beside what their pages do.

use axum::Json as Reply;
use domain::json::PinKiosk;

use crate::{error::ApiError, http::extract::AsReception, state::RequestState};

/// The PIN that leaves the desks' full screen, as its hash. A desk keeps it, so that it also counts while no server can
/// be reached. Without one, each PC's own PIN counts.
#[utoipa::path(get, path = "/api/kiosk/pin", tag = "sekolah", responses((status = 200, body = PinKiosk)))]
pub(super) async fn pin(state: RequestState, _reception: AsReception) -> Result<Reply<PinKiosk>, ApiError> {
    Ok(Reply(PinKiosk { hash: state.setelan.kiosk_pin.clone() }))
}
