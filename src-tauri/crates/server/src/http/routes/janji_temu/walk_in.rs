//! Registers a guest who came without an appointment.

use axum::{Json as Reply, http::StatusCode};
use domain::{
    IdPengguna, IdTamu, Jenis,
    isian::{self, Field, FieldErrors, collect},
    jadwal,
    json::Kedatangan,
};
use serde::Deserialize;
use store::janji_temu::NewJanjiTemu;
use utoipa::ToSchema;

use super::{
    super::tamu::TamuRequest,
    make::{guest, make},
    status::moved,
};
use crate::{
    error::ApiError,
    http::{
        extract::{AsReception, Happened, Json, Object},
        refusals::KeyReused,
    },
    state::RequestState,
};

/// A guest without an appointment.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http::routes) struct WalkInRequest {
    /// Either this …
    #[schema(value_type = Option<TamuRequest>)]
    tamu: Option<Object<TamuRequest>>,
    /// … or this.
    #[schema(value_type = Option<i64>)]
    id_tamu: Option<Field<IdTamu>>,
    /// Who really comes, where that is somebody else. Where it is missing, a name that differs from that of the guest
    /// whose number it is counts as one.
    atas_nama: Option<String>,
    /// Whoever has the number is who comes, and `tamu` corrects what is known. A guru says so of guests of own
    /// appointments only.
    #[serde(default)]
    orang_yang_sama: bool,
    /// How many come, 1 to 999; one where it is missing.
    jumlah_orang: Option<i64>,
    keperluan: String,
    #[schema(value_type = i64)]
    id_guru: Field<IdPengguna>,
    /// Idempotency key: the same request sent again makes nothing twice.
    kunci: Option<String>,
}

/// Registers a guest who came without an appointment: waiting from now on, and the guru is alerted.
#[utoipa::path(
    post,
    path = "/api/appointments/walk-in",
    tag = "appointments",
    params(
        (
            "Terjadi-Pada" = Option<DateTime<Utc>>,
            Header,
            description = "When it happened, if a desk could not reach the server then: it is entered as of that time. \
                Not in the future, and at most 400 days ago. For the reception only"
        ),
    ),
    request_body = WalkInRequest,
    responses((status = 201, body = Kedatangan), KeyReused)
)]
pub(in crate::http::routes) async fn walk_in(
    state: RequestState,
    AsReception(pengguna): AsReception,
    happened: Happened,
    Json(request): Json<WalkInRequest>,
) -> Result<(StatusCode, Reply<Kedatangan>), ApiError> {
    let state = happened.seen_by(&pengguna, state)?;
    let now = state.clock.now();
    let mut errors = FieldErrors::new();
    let id_guru = request.id_guru.collect(&mut errors, "id_guru");
    let tamu = guest(&mut errors, request.tamu.as_ref(), request.id_tamu.as_ref(), now);
    let atas_nama = collect(&mut errors, "atas_nama", isian::optional_nama(request.atas_nama.as_deref()));
    let jumlah_orang = collect(&mut errors, "jumlah_orang", isian::jumlah_orang(request.jumlah_orang));
    let keperluan = collect(&mut errors, "keperluan", isian::keperluan(&request.keperluan));
    let kunci = collect(&mut errors, "kunci", isian::kunci(request.kunci.as_deref()));
    let (Some(id_guru), Some(tamu), Some(atas_nama), Some(jumlah_orang), Some(keperluan), Some(kunci)) =
        (id_guru, tamu, atas_nama, jumlah_orang, keperluan, kunci)
    else {
        return Err(ApiError::Isian(errors));
    };
    let baru = NewJanjiTemu {
        id_guru,
        tamu,
        atas_nama,
        orang_yang_sama: request.orang_yang_sama,
        jumlah_orang,
        keperluan,
        jadwal: now,
        durasi_menit: state.setelan.durasi_bawaan_menit,
        jenis: Jenis::Langsung,
        kode_expiry: jadwal::kode_expiry(now, &state.setelan),
        izinkan_bentrok: false,
        kunci,
        seri: None,
        dibuat_oleh: pengguna.id,
        waktu: now,
    };
    let row = make(&state, &pengguna, baru).await?;
    Ok((StatusCode::CREATED, Reply(moved(&state, row))))
}
