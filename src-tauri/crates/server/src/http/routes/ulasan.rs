//! Reviews. The visit's code is the right to leave one; admins read them.

mod ekspor;

use axum::{Json as Reply, http::StatusCode};
use chrono::NaiveDate;
use domain::{
    IdJanjiTemu, IdPengguna, JanjiTemu, Penolakan,
    audit::{Aksi, Objek},
    isian::{self, Entered, Field, FieldError, FieldErrors, HARI_PERTAMA, HARI_TERAKHIR, KodeIsian, collect},
    jadwal::{self, Span},
    json::Daftar,
    token::Subject,
    ulasan::{self, Hiding, RingkasanUlasan, Ulasan},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{PageRequest, ulasan::UlasanFilter};
use utoipa::{IntoParams, ToSchema};

pub(super) use ekspor::{__path_export, export};

use crate::{
    audit::{self, Act},
    error::ApiError,
    http::{
        extract::{AnySession, AsAdmin, Json, MaybeSession, PathId, Query, SessionOwner, cari, halaman},
        refusals::{NoCode, NoReview, NotFound},
    },
    hub::Change,
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
        state.hub.publish(row, Change::Appointment, state.setelan.zona_waktu);
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

/// Which reviews.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// Only those left from this day on, `YYYY-MM-DD`.
    #[param(value_type = Option<String>)]
    dari: Option<Field<NaiveDate>>,
    /// To this day, inclusive.
    #[param(value_type = Option<String>)]
    sampai: Option<Field<NaiveDate>>,
    /// Only those of visits to this guru.
    id_guru: Option<i64>,
    /// Only those with so many stars.
    rating: Option<i64>,
    /// Only those whose comment is hidden, or is not.
    tersembunyi: Option<bool>,
    /// Text searched for in the names of guest, visitor and guru, in the purpose and in the comment.
    q: Option<String>,
    /// From 1 on; 1 where it is missing.
    halaman: Option<i64>,
    /// Reviews on a page, 1 to 200; 50 where it is missing.
    ukuran: Option<i64>,
}

impl ListQuery {
    /// Which reviews, and which page of them.
    fn check(self, state: &RequestState) -> Result<(UlasanFilter, PageRequest), ApiError> {
        let mut errors = FieldErrors::new();
        let id_guru = collect(&mut errors, "id_guru", self.id_guru.map(IdPengguna::check).transpose());
        let rating =
            collect(&mut errors, "rating", self.rating.map(|rating| isian::number(rating, 1, 5)).transpose());
        let (Some(id_guru), Some(rating)) = (id_guru, rating) else { return Err(ApiError::Isian(errors)) };
        let saring = UlasanFilter {
            id_guru,
            rating,
            waktu: days(state, self.dari, self.sampai)?,
            tersembunyi: self.tersembunyi,
            cari: cari(self.q.as_deref())?,
            setelah: None,
        };
        Ok((saring, halaman(self.halaman, self.ukuran)?))
    }
}

/// A page of reviews, newest first. More than 100 000 are counted as so many.
#[utoipa::path(
    get,
    path = "/api/ulasan",
    tag = "ulasan",
    params(ListQuery),
    responses((status = 200, body = Daftar<Ulasan>))
)]
pub(super) async fn list(
    state: RequestState,
    AsAdmin(admin): AsAdmin,
    Query(query): Query<ListQuery>,
) -> Result<Reply<Daftar<Ulasan>>, ApiError> {
    let (saring, halaman) = query.check(&state)?;
    state.reads.check(admin.id, Reading::Tamu)?;
    let found = state.store.ulasan().list(saring, halaman).await?;
    state.reads.count(admin.id, Reading::Tamu, found.data.len());
    Ok(Reply(found))
}

/// The span of the days asked for, of which either may be missing. `None` if both are.
fn days(
    state: &RequestState,
    dari: Option<Field<NaiveDate>>,
    sampai: Option<Field<NaiveDate>>,
) -> Result<Option<Span>, ApiError> {
    if dari.is_none() && sampai.is_none() {
        return Ok(None);
    }
    let mut errors = FieldErrors::new();
    let dari = dari.map_or(Some(HARI_PERTAMA), |day| day.collect(&mut errors, "dari"));
    let sampai = sampai.map_or(Some(HARI_TERAKHIR), |day| day.collect(&mut errors, "sampai"));
    let (Some(first), Some(last)) = (dari, sampai) else { return Err(ApiError::Isian(errors)) };
    if last < first {
        return Err(ApiError::field("sampai", "tidak boleh sebelum dari"));
    }
    Ok(Some(jadwal::days(first, last, state.setelan.zona_waktu)))
}

/// A comment that is to be hidden, or shown again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SembunyiRequest)]
pub(super) struct HideRequest {
    /// Whether it is to be hidden.
    tersembunyi: bool,
    /// Why it is hidden: 3 letters at least. Not there if it is shown again.
    alasan: Option<String>,
}

impl HideRequest {
    /// The reason, if the comment is to be hidden.
    fn check(self) -> Result<Option<String>, ApiError> {
        if self.tersembunyi {
            let alasan = Hiding::alasan(self.alasan.as_deref());
            return alasan.map(Some).map_err(|error| ApiError::field("alasan", error));
        }
        if self.alasan.is_some_and(|alasan| !alasan.trim().is_empty()) {
            let error = FieldError::new(KodeIsian::TanpaAlasan, "hanya untuk menyembunyikan");
            return Err(ApiError::field("alasan", error));
        }
        Ok(None)
    }
}

/// Hides the comment of a review from gurus and the desk, with a reason, or shows it again. The stars count all the
/// same, and the guest goes on reading it. The same sent again changes nothing.
#[utoipa::path(
    put,
    path = "/api/ulasan/{id}",
    tag = "ulasan",
    params(("id" = i64, Path, description = "The visit")),
    request_body = HideRequest,
    responses((status = 200, body = Ulasan), NotFound)
)]
pub(super) async fn hide(
    state: RequestState,
    AsAdmin(admin): AsAdmin,
    PathId(id): PathId<IdJanjiTemu>,
    Json(request): Json<HideRequest>,
) -> Result<Reply<Ulasan>, ApiError> {
    let alasan = request.check()?;
    let store = state.store.ulasan();
    let before = store.find(id).await?.ok_or(ApiError::NotFound)?;
    if alasan == before.alasan_tersembunyi && alasan.is_some() == before.tersembunyi {
        return Ok(Reply(before));
    }
    let waktu = state.clock.now();
    let visit = state.store.janji_temu().find(id).await?.ok_or(ApiError::NotFound)?;
    let aksi = if alasan.is_some() { Aksi::Sembunyikan } else { Aksi::Tampilkan };
    let told =
        |tersembunyi: bool, alasan: &Option<String>| json!({ "tersembunyi": tersembunyi, "alasan": alasan });
    let act = Act::on_visit(aksi, &visit)
        .of(Objek::Ulasan)
        .changes(&told(before.tersembunyi, &before.alasan_tersembunyi), &told(alasan.is_some(), &alasan));
    let hiding = alasan.map(|alasan| Hiding { alasan, oleh: admin.id, waktu });
    if !act.record(store.hide(id, hiding)).await? {
        return Err(ApiError::NotFound);
    }
    if let Some(row) = state.store.janji_temu().find(id).await? {
        state.hub.publish(row, Change::Appointment, state.setelan.zona_waktu);
    }
    store.find(id).await?.map(Reply).ok_or(ApiError::NotFound)
}

/// Which days.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SumQuery {
    /// First day, `YYYY-MM-DD`.
    #[param(value_type = Option<String>)]
    dari: Option<Field<NaiveDate>>,
    /// Last day, inclusive.
    #[param(value_type = Option<String>)]
    sampai: Option<Field<NaiveDate>>,
}

/// Reviews summed up: mean, standard deviation and the number of each star, for the school and by guru. Gurus with
/// fewer than 5 are one row, without an `id_guru`.
#[utoipa::path(
    get,
    path = "/api/ulasan/ringkasan",
    tag = "ulasan",
    params(SumQuery),
    responses((status = 200, body = RingkasanUlasan))
)]
pub(super) async fn ringkasan(
    state: RequestState,
    _admin: AsAdmin,
    Query(query): Query<SumQuery>,
) -> Result<Reply<RingkasanUlasan>, ApiError> {
    let waktu = days(&state, query.dari, query.sampai)?;
    Ok(Reply(RingkasanUlasan::of(&state.store.ulasan().count(waktu).await?)))
}
