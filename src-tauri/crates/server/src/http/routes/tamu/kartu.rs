//! The card of a guest, and two entries of one guest made one.

use axum::Json as Reply;
use chrono::{DateTime, Utc};
use domain::{
    IdTamu, Tamu,
    audit::{Aksi, Objek},
    gabung::{self, Gabungan},
    isian::{Field, FieldError, KodeIsian},
    tamu::TamuRecord,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Conflict, StoreError,
    gabung::NewGabung,
    tamu::{TamuFigures, TamuStore},
};
use utoipa::ToSchema;

use super::tell_open;
use crate::{
    audit::Act,
    error::ApiError,
    http::{
        extract::{AsAdmin, AsReception, Json, PathId},
        refusals::{NotFound, NotMerged},
    },
    reads::Reading,
    state::RequestState,
};

/// A guest with what the visits come to.
#[derive(Serialize, ToSchema)]
#[schema(as = TamuKartu)]
pub(in crate::http::routes) struct CardReply {
    #[serde(flatten)]
    tamu: Tamu,
    /// The first arrival.
    kunjungan_pertama: Option<DateTime<Utc>>,
    /// The last.
    kunjungan_terakhir: Option<DateTime<Utc>>,
    /// Visits to which somebody came.
    jumlah_kunjungan: u64,
    /// Of these, those in somebody else's name.
    jumlah_atas_nama: u64,
    /// Appointments to which nobody came.
    jumlah_tidak_hadir: u64,
    /// Appointments to come.
    jumlah_akan_datang: u64,
    /// Reviews.
    jumlah_ulasan: u64,
    /// Reviews with words.
    jumlah_komentar: u64,
    /// Messages about the visits.
    jumlah_pesan: u64,
    /// When the guest agreed to what the school keeps.
    setuju_pada: Option<DateTime<Utc>>,
    /// To which text.
    setuju_versi: Option<String>,
    /// When the guest asked to be erased.
    hapus_diminta_pada: Option<DateTime<Utc>>,
    /// When the guest was erased; never told of one, because who was erased has no card.
    dianonimkan_pada: Option<DateTime<Utc>>,
    /// Who was merged into this guest, the newest first.
    gabungan: Vec<MergeReply>,
}

/// A merge.
#[derive(Serialize, ToSchema)]
#[schema(as = GabunganTamu)]
struct MergeReply {
    id: IdTamu,
    /// The name then.
    nama: String,
    pada: DateTime<Utc>,
    /// Until when it can be undone.
    bisa_dipisah_sampai: DateTime<Utc>,
}

impl From<Gabungan> for MergeReply {
    fn from(Gabungan { id, nama, pada }: Gabungan) -> Self {
        Self { id, nama, pada, bisa_dipisah_sampai: gabung::bisa_dipisah_sampai(pada) }
    }
}

impl CardReply {
    async fn of(store: &dyn TamuStore, id: IdTamu) -> Result<Self, ApiError> {
        let tamu = store.find(id).await?.ok_or(ApiError::NotFound)?;
        let record = store.find_record(tamu.id).await?.unwrap_or_default();
        let figures = store.figures(tamu.id).await?;
        let gabungan = store.list_gabung(tamu.id).await?;
        let TamuRecord { setuju_pada, setuju_versi, hapus_diminta_pada, dianonimkan_pada, .. } = record;
        let TamuFigures {
            kunjungan_pertama,
            kunjungan_terakhir,
            jumlah_kunjungan,
            jumlah_atas_nama,
            jumlah_tidak_hadir,
            jumlah_akan_datang,
            jumlah_ulasan,
            jumlah_komentar,
            jumlah_pesan,
        } = figures;
        Ok(Self {
            tamu,
            kunjungan_pertama,
            kunjungan_terakhir,
            jumlah_kunjungan,
            jumlah_atas_nama,
            jumlah_tidak_hadir,
            jumlah_akan_datang,
            jumlah_ulasan,
            jumlah_komentar,
            jumlah_pesan,
            setuju_pada,
            setuju_versi,
            hapus_diminta_pada,
            dianonimkan_pada,
            gabungan: gabungan.into_iter().map(MergeReply::from).collect(),
        })
    }
}

/// One guest, with the permanent code and what the visits come to. Of a guest who was merged, the card of the kept one.
#[utoipa::path(
    get,
    path = "/api/tamu/{id}",
    tag = "tamu",
    params(("id" = i64, Path)),
    responses((status = 200, body = CardReply), NotFound)
)]
pub(in crate::http::routes) async fn get(
    state: RequestState,
    AsReception(pengguna): AsReception,
    PathId(id): PathId<IdTamu>,
) -> Result<Reply<CardReply>, ApiError> {
    state.reads.check(pengguna.id, Reading::Tamu)?;
    state.reads.count(pengguna.id, Reading::Tamu, 1);
    let card = CardReply::of(state.store.tamu(), id).await?;
    Act::on_tamu(Aksi::Lihat, &card.tamu).note(state.store.audit()).await?;
    Ok(Reply(card))
}

/// The other guest.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GabungRequest)]
pub(in crate::http::routes) struct MergeRequest {
    /// Who goes into this guest, or comes out again.
    #[schema(value_type = i64)]
    id_lain: Field<IdTamu>,
}

/// Makes two entries of one guest one: this guest stays, the other goes into it.
///
/// Visits and their messages go over, and what this guest lacks: number, e-mail address, institution, a request to be
/// erased. Name and consent stay this guest's own. Sessions of the other end. The other's printed code and number lead
/// to this guest from now on. The same asked again changes nothing. For a day it can be undone.
#[utoipa::path(
    post,
    path = "/api/tamu/{id}/gabung",
    tag = "tamu",
    params(("id" = i64, Path)),
    request_body = MergeRequest,
    responses((status = 200, body = CardReply), NotFound)
)]
pub(in crate::http::routes) async fn merge(
    state: RequestState,
    AsAdmin(admin): AsAdmin,
    PathId(id): PathId<IdTamu>,
    Json(request): Json<MergeRequest>,
) -> Result<Reply<CardReply>, ApiError> {
    let id_lain = request.id_lain.get("id_lain").map_err(ApiError::Isian)?;
    if id_lain == id {
        return Err(ApiError::field("id_lain", FieldError::new(KodeIsian::Sama, "ini tamu yang sama")));
    }
    let baru = NewGabung { id, id_lain, oleh: admin.id, waktu: state.clock.now() };
    let act = Act::new(Aksi::Gabung, Objek::Tamu).on(id.0).of_tamu(id).after(json!({ "id_lain": id_lain.0 }));
    act.record(state.store.tamu().gabung(baru)).await.map_err(|error| match error {
        StoreError::Conflict(Conflict::Tamu) => {
            ApiError::field("id_lain", FieldError::new(KodeIsian::TamuTidakAda, "tamu tidak ditemukan"))
        }
        error => error.into(),
    })?;
    tell_open(&state, id).await?;
    CardReply::of(state.store.tamu(), id).await.map(Reply)
}

/// Undoes a merge of the last day. Both have the visits again that were their own; visits made since stay with this
/// guest.
#[utoipa::path(
    post,
    path = "/api/tamu/{id}/pisah",
    tag = "tamu",
    params(("id" = i64, Path)),
    request_body = MergeRequest,
    responses((status = 200, body = CardReply), NotFound, NotMerged)
)]
pub(in crate::http::routes) async fn part(
    state: RequestState,
    _admin: AsAdmin,
    PathId(id): PathId<IdTamu>,
    Json(request): Json<MergeRequest>,
) -> Result<Reply<CardReply>, ApiError> {
    let id_lain = request.id_lain.get("id_lain").map_err(ApiError::Isian)?;
    let kept = state.store.tamu().find(id).await?.ok_or(ApiError::NotFound)?;
    let act = Act::on_tamu(Aksi::Pisah, &kept).after(json!({ "id_lain": id_lain.0 }));
    act.record(state.store.tamu().pisah(kept.id, id_lain, state.clock.now())).await?;
    tell_open(&state, kept.id).await?;
    tell_open(&state, id_lain).await?;
    CardReply::of(state.store.tamu(), kept.id).await.map(Reply)
}
