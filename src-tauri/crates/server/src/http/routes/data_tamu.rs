//! What the school keeps about a guest: read, taken along and corrected, by the guest or for the guest by an admin. Its
//! erasure stands in a file of its own.

mod erase;
mod text;

use axum::{
    Json as Reply,
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    IdTamu, JanjiTemu, Status, Tamu, Telp,
    audit::{Aksi, Objek},
    isian::{self, FieldErrors, collect},
    kunjungan::{self, Persetujuan},
    pesan::{JenisPesan, KeadaanPesan, Saluran},
};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use store::{PageRequest, janji_temu::JanjiTemuFilter, pesan::PesanFilter, tamu::TamuCorrection};
use utoipa::{IntoParams, ToSchema};

pub(super) use erase::{__path_erase_guest, __path_erase_me, __path_keep_me, erase_guest, erase_me, keep_me};

use super::{kunjungan::SetujuRequest, tamu::tell_open};
use crate::{
    audit::{Act, values},
    error::ApiError,
    http::{
        extract::{AsAdmin, AsTamu, Json, PathId, Query},
        refusals::{NotFound, Outdated},
    },
    reads::Reading,
    state::RequestState,
};

/// How it is written.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Format {
    /// JSON.
    #[default]
    Json,
    /// Text for people, to be kept.
    Txt,
}

/// How it is to be written.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DataQuery {
    /// `json`, or `txt` to be read and kept.
    #[serde(default)]
    #[param(inline)]
    format: Format,
}

/// Everything that the school keeps about a guest.
#[derive(Serialize, ToSchema)]
pub(super) struct DataTamu {
    nama: String,
    telp: Option<Telp>,
    email: Option<String>,
    instansi: Option<String>,
    /// When the guest was first entered.
    dibuat_pada: DateTime<Utc>,
    /// When the guest agreed.
    setuju_pada: Option<DateTime<Utc>>,
    /// To which text.
    setuju_versi: Option<String>,
    /// When the guest asked to be erased.
    hapus_diminta_pada: Option<DateTime<Utc>>,
    /// What the guest is asked to agree to; null if nothing.
    persetujuan: Option<Persetujuan>,
    /// Visits, by scheduled time.
    kunjungan: Vec<KunjunganTamu>,
    /// Messages that were sent, or are to be.
    pesan: Vec<PesanTamu>,
    /// Whom to ask about it.
    kontak_sekolah: Option<String>,
}

/// A visit in it.
#[derive(Serialize, ToSchema)]
struct KunjunganTamu {
    tanggal: NaiveDate,
    waktu: String,
    nama_guru: String,
    keperluan: String,
    status: Status,
    waktu_datang: Option<DateTime<Utc>>,
    waktu_selesai: Option<DateTime<Utc>>,
    rating: Option<u8>,
    komentar: Option<String>,
    atas_nama: Option<String>,
    jumlah_orang: u16,
}

/// A message in it.
#[derive(Serialize, ToSchema)]
struct PesanTamu {
    jenis: JenisPesan,
    saluran: Option<Saluran>,
    keadaan: KeadaanPesan,
    dibuat_pada: DateTime<Utc>,
}

/// Rows that are read at once.
const PAGE: u32 = 200;

impl DataTamu {
    /// What is kept about a guest now.
    async fn of(state: &RequestState, id: IdTamu) -> Result<Self, ApiError> {
        let tamu = state.store.tamu().find(id).await?.ok_or(ApiError::NotFound)?;
        // Of a guest who was merged it is the kept one's.
        let id = tamu.id;
        let record = state.store.tamu().find_record(id).await?.ok_or(ApiError::NotFound)?;
        let zone = state.setelan.zona_waktu;
        let visit = |row: JanjiTemu| {
            let local = row.jadwal.with_timezone(&zone);
            KunjunganTamu {
                tanggal: local.date_naive(),
                waktu: local.format("%H:%M").to_string(),
                nama_guru: row.guru_disapa(),
                keperluan: row.keperluan,
                status: row.status,
                waktu_datang: row.waktu_datang,
                waktu_selesai: row.waktu_selesai,
                rating: row.rating,
                komentar: row.komentar,
                atas_nama: row.atas_nama,
                jumlah_orang: row.jumlah_orang,
            }
        };
        let kunjungan = visits(state, id).await?.into_iter().map(visit).collect();
        let Tamu { nama, telp, email, instansi, dibuat_pada, .. } = tamu;
        let kontak = state.setelan.kontak.trim();
        Ok(Self {
            nama,
            telp,
            email,
            instansi,
            dibuat_pada,
            persetujuan: kunjungan::consent_asked(&state.setelan, record.setuju_versi.as_deref()),
            setuju_pada: record.setuju_pada,
            setuju_versi: record.setuju_versi,
            hapus_diminta_pada: record.hapus_diminta_pada,
            kunjungan,
            pesan: messages(state, id).await?,
            kontak_sekolah: (!kontak.is_empty()).then(|| kontak.to_owned()),
        })
    }

    fn answer(self, state: &RequestState, format: Format) -> Response {
        match format {
            Format::Json => Reply(self).into_response(),
            Format::Txt => {
                let headers = [
                    (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
                    (header::CONTENT_DISPOSITION, "attachment; filename=\"data-tamu.txt\""),
                ];
                (headers, text::write(&self, &state.setelan)).into_response()
            }
        }
    }
}

/// Every visit of a guest.
async fn visits(state: &RequestState, id: IdTamu) -> Result<Vec<JanjiTemu>, ApiError> {
    let saring = JanjiTemuFilter { id_tamu: Some(id), ..JanjiTemuFilter::default() };
    let mut all = Vec::new();
    for nomor in 1.. {
        let page = PageRequest { nomor, ukuran: PAGE };
        let found = state.store.janji_temu().list(saring.clone(), page).await?.data;
        let is_last = found.len() < PAGE as usize;
        all.extend(found);
        if is_last {
            break;
        }
    }
    Ok(all)
}

/// Every message to a guest.
async fn messages(state: &RequestState, id: IdTamu) -> Result<Vec<PesanTamu>, ApiError> {
    let saring = PesanFilter { id_tamu: Some(id), ..PesanFilter::default() };
    let mut all = Vec::new();
    for nomor in 1.. {
        let page = PageRequest { nomor, ukuran: PAGE };
        let found = state.store.pesan().list(saring.clone(), page).await?.data;
        let is_last = found.len() < PAGE as usize;
        all.extend(found.into_iter().filter(|row| row.jenis.is_to_tamu()).map(|row| PesanTamu {
            jenis: row.jenis,
            saluran: row.saluran,
            keadaan: row.keadaan,
            dibuat_pada: row.dibuat_pada,
        }));
        if is_last {
            break;
        }
    }
    Ok(all)
}

/// What the school keeps about the signed-in guest.
#[utoipa::path(
    get,
    path = "/api/tamu/saya/data",
    tag = "tamu",
    params(DataQuery),
    responses((status = 200, content((DataTamu = "application/json"), (String = "text/plain"))))
)]
pub(super) async fn mine(
    state: RequestState,
    AsTamu(tamu): AsTamu,
    Query(query): Query<DataQuery>,
) -> Result<Response, ApiError> {
    Ok(DataTamu::of(&state, tamu.id).await?.answer(&state, query.format))
}

/// The same of any guest, for whoever asks the school for it.
#[utoipa::path(
    get,
    path = "/api/tamu/{id}/data",
    tag = "tamu",
    params(("id" = i64, Path), DataQuery),
    responses(
        (status = 200, content((DataTamu = "application/json"), (String = "text/plain"))),
        NotFound
    )
)]
pub(super) async fn of_guest(
    state: RequestState,
    AsAdmin(admin): AsAdmin,
    PathId(id): PathId<IdTamu>,
    Query(query): Query<DataQuery>,
) -> Result<Response, ApiError> {
    state.reads.check(admin.id, Reading::Tamu)?;
    let data = DataTamu::of(&state, id).await?;
    state.reads.count(admin.id, Reading::Tamu, 1);
    let act = Act::new(Aksi::Ekspor, Objek::Tamu).on(id.0).of_tamu(id);
    act.note(state.store.audit()).await?;
    Ok(data.answer(&state, query.format))
}

/// What a guest corrects; what is missing stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UbahTamuSayaRequest)]
pub(super) struct UpdateRequest {
    nama: Option<String>,
    /// Null or empty text empties it.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    email: Option<Option<String>>,
    /// Null or empty text empties it.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    instansi: Option<Option<String>>,
    /// Agrees to what the school keeps.
    setuju: Option<SetujuRequest>,
}

/// A field that is there, even if it is null.
fn present<'de, T, D>(value: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(value).map(Some)
}

/// Corrects what is known of the signed-in guest. Screens that show an open appointment show it at once.
#[utoipa::path(
    put,
    path = "/api/tamu/saya",
    tag = "tamu",
    request_body = UpdateRequest,
    responses((status = 200, body = DataTamu), Outdated)
)]
pub(super) async fn update(
    state: RequestState,
    AsTamu(tamu): AsTamu,
    Json(request): Json<UpdateRequest>,
) -> Result<Reply<DataTamu>, ApiError> {
    let mut errors = FieldErrors::new();
    let mut ubah = TamuCorrection::default();
    if let Some(nama) = &request.nama {
        ubah.nama = collect(&mut errors, "nama", isian::nama(nama));
    }
    if let Some(email) = &request.email {
        ubah.email = collect(&mut errors, "email", isian::optional_email(email.as_deref()));
    }
    if let Some(instansi) = &request.instansi {
        ubah.instansi = collect(&mut errors, "instansi", isian::optional_line(instansi.as_deref()));
    }
    if !errors.is_empty() {
        return Err(ApiError::Isian(errors));
    }
    ubah.setuju = request.setuju.map(|setuju| setuju.check(&state).map(Some)).transpose()?;
    if !ubah.is_empty() {
        let is_shown = ubah.is_shown();
        let record = state.store.tamu().find_record(tamu.id).await?.unwrap_or_default();
        let (mut before, mut after) = (values::of_tamu(&tamu), values::of_changed_tamu(&tamu, &ubah));
        if let Some(Some(setuju)) = &ubah.setuju {
            before["setuju_versi"] = record.setuju_versi.into();
            after["setuju_versi"] = setuju.versi.clone().into();
        }
        let act = Act::on_tamu(Aksi::Ubah, &tamu).changes(&before, &after);
        act.record(state.store.tamu().update(tamu.id, ubah)).await?;
        if is_shown {
            tell_open(&state, tamu.id).await?;
        }
    }
    DataTamu::of(&state, tamu.id).await.map(Reply)
}

/// Withdraws the consent. What a visit needs is still kept.
#[utoipa::path(
    post,
    path = "/api/tamu/saya/tarik-persetujuan",
    tag = "tamu",
    responses((status = 200, body = DataTamu))
)]
pub(super) async fn withdraw(state: RequestState, AsTamu(tamu): AsTamu) -> Result<Reply<DataTamu>, ApiError> {
    let ubah = TamuCorrection { setuju: Some(None), ..TamuCorrection::default() };
    let record = state.store.tamu().find_record(tamu.id).await?.unwrap_or_default();
    if let Some(versi) = record.setuju_versi {
        let act = Act::on_tamu(Aksi::TarikPersetujuan, &tamu).before(json!({ "versi": versi }));
        act.record(state.store.tamu().update(tamu.id, ubah)).await?;
    }
    DataTamu::of(&state, tamu.id).await.map(Reply)
}
