//! Reviews. The visit's code is the right to leave one; admins read them.

use axum::{Json as Reply, extract::State, http::StatusCode};
use domain::{
    JanjiTemu, Penolakan,
    audit::{Aksi, Objek},
    isian::{self, FieldErrors, collect},
    json::Daftar,
    token::Subject,
    ulasan,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::ulasan::{RingkasanGuru, Ulasan};
use utoipa::ToSchema;

use crate::{
    audit::{self, Act},
    error::ApiError,
    http::{
        extract::{AnySession, AsAdmin, Json, LembarQuery, MaybeSession, Query, SessionOwner},
        refusals::{NoCode, NoReview},
    },
    reads::Reading,
    refused::refused,
    state::{AppState, RequestState},
};

/// A review.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UlasanRequest)]
pub(super) struct CreateRequest {
    /// The visit's code.
    kode: String,
    /// 1 to 5 stars.
    rating: i64,
    /// Up to 1000 characters.
    komentar: Option<String>,
}

/// A review that was left.
#[derive(Serialize, ToSchema)]
#[schema(as = UlasanBaru)]
pub(super) struct CreateReply {
    /// 1 to 5.
    rating: u8,
    /// In the guest's words.
    komentar: Option<String>,
    /// For people.
    message: String,
}

/// Leaves a review of a visit that the desk has seen come and go. The code is the right to do so, though not for who
/// was visited or another guru; the desk may hand it in for the guest before it. The same review sent again is no
/// error.
#[utoipa::path(
    post,
    path = "/api/ulasan",
    tag = "ulasan",
    security((), ("bearer" = [])),
    request_body = CreateRequest,
    responses((status = 201, body = CreateReply), NoReview, NoCode)
)]
pub(super) async fn create(
    state: RequestState,
    MaybeSession(session): MaybeSession,
    Json(request): Json<CreateRequest>,
) -> Result<(StatusCode, Reply<CreateReply>), ApiError> {
    let now = state.clock.now();
    let mut errors = FieldErrors::new();
    let rating = collect(&mut errors, "rating", isian::number::<u8>(request.rating, 1, 5));
    let komentar = collect(&mut errors, "komentar", isian::komentar(request.komentar.as_deref()));
    let (Some(rating), Some(komentar)) = (rating, komentar) else { return Err(ApiError::Isian(errors)) };
    let token = state.kunci.qr.verify(&request.kode).map_err(Penolakan::from)?;
    if token.is_expired(now) {
        return Err(Penolakan::Kedaluwarsa.into());
    }
    let Subject::JanjiTemu(id) = token.subject else { return Err(Penolakan::TidakDitemukan.into()) };
    let visit = state.store.janji_temu().find(id).await?.ok_or(Penolakan::TidakDitemukan)?;
    let tamu = state.store.tamu().find_record(visit.id_tamu).await?;
    if tamu.is_some_and(|tamu| tamu.dianonimkan_pada.is_some()) {
        return Err(Penolakan::TidakDitemukan.into());
    }
    let is_by_guest = session.is_none();
    check_reviewer(&state, session, &visit).await?;
    if is_by_guest {
        audit::acts_as_tamu(visit.id_tamu);
    }
    let act = Act::on_visit(Aksi::Buat, &visit).of(Objek::Ulasan).after(json!({ "rating": rating }));
    if let Some(row) = act.record(state.store.ulasan().create(id, rating, komentar.clone(), now)).await? {
        state.hub.publish(row, crate::hub::Change::Appointment, state.setelan.zona_waktu);
    } else {
        let row = state.store.janji_temu().find(id).await?.ok_or(Penolakan::TidakDitemukan)?;
        if !ulasan::is_open(&row) {
            return Err(ApiError::NotFinished);
        }
        if (row.rating, &row.komentar) != (Some(rating), &komentar) {
            return Err(ApiError::ReviewExists);
        }
    }
    let message = "Terima kasih atas ulasan Anda.".to_owned();
    Ok((StatusCode::CREATED, Reply(CreateReply { rating, komentar, message })))
}

/// Refuses the guru who was visited, signed in or as the guest. Refuses any other user too, except at the desk.
async fn check_reviewer(
    state: &AppState,
    session: Option<AnySession>,
    visit: &JanjiTemu,
) -> Result<(), ApiError> {
    if let Some(AnySession { owner: SessionOwner::Pengguna(pengguna), .. }) = session
        && !ulasan::is_at_desk(&pengguna, visit)
    {
        refused!("ulasan_ditolak", id_pengguna = pengguna.id.0, id_janji_temu = visit.id.0);
        return Err(ApiError::OwnReview);
    }
    let dikunjungi = state.store.pengguna().find(visit.id_guru).await?;
    if dikunjungi.is_some_and(|guru| ulasan::is_own_visit(visit, &guru)) {
        refused!("ulasan_ditolak", id_janji_temu = visit.id.0);
        return Err(ApiError::OwnReview);
    }
    Ok(())
}

/// A page of reviews, newest first.
#[utoipa::path(
    get,
    path = "/api/ulasan",
    tag = "ulasan",
    params(LembarQuery),
    responses((status = 200, body = Daftar<Ulasan>))
)]
pub(super) async fn list(
    State(state): State<AppState>,
    AsAdmin(admin): AsAdmin,
    Query(query): Query<LembarQuery>,
) -> Result<Reply<Daftar<Ulasan>>, ApiError> {
    let halaman = query.halaman()?;
    state.reads.check(admin.id, Reading::Tamu)?;
    let found = state.store.ulasan().list(halaman).await?;
    state.reads.count(admin.id, Reading::Tamu, found.data.len());
    Ok(Reply(found))
}

/// Every review, summed up.
#[derive(Serialize, ToSchema)]
pub(super) struct Ringkasan {
    /// Reviews.
    jumlah: u32,
    /// Mean of their stars; no review: null.
    rating_rata_rata: Option<f64>,
    /// The same by guru, best first.
    per_guru: Vec<RingkasanGuru>,
}

/// Reviews by guru.
#[utoipa::path(get, path = "/api/ulasan/ringkasan", tag = "ulasan", responses((status = 200, body = Ringkasan)))]
pub(super) async fn ringkasan(
    State(state): State<AppState>,
    _admin: AsAdmin,
) -> Result<Reply<Ringkasan>, ApiError> {
    let per_guru = state.store.ulasan().ringkasan().await?;
    let jumlah = per_guru.iter().map(|guru| guru.jumlah).sum();
    let stars: f64 = per_guru.iter().map(|guru| guru.rating_rata_rata * f64::from(guru.jumlah)).sum();
    let rating_rata_rata = (jumlah > 0).then(|| stars / f64::from(jumlah));
    Ok(Reply(Ringkasan { jumlah, rating_rata_rata, per_guru }))
}
