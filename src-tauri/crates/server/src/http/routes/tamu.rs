//! Guests. The desk manages them; a guest sees only their own data.

mod kartu;

use axum::{Json as Reply, extract::State, http::StatusCode};
use domain::{
    IdTamu, Pengguna, Status, Tamu,
    audit::{Aksi, Objek},
    isian::{self, FieldErrors, InvalidIsian, collect},
    json::{Daftar, JanjiTemu, TamuRingkas},
};
use serde::{Deserialize, Serialize};
use store::{
    PageRequest,
    janji_temu::JanjiTemuFilter,
    pengguna::NewPassword,
    tamu::{FoundTamu, NewTamu, TamuCorrection, TamuFilter},
};
use utoipa::{IntoParams, ToSchema};

pub(super) use kartu::{__path_get, __path_merge, __path_part, get, merge, part};

use crate::{
    audit::{Act, values},
    auth::password,
    error::ApiError,
    http::{
        extract::{AsPengguna, AsReception, AsTamu, Json, PageQuery, PathId, Query, cari, halaman},
        refusals::{Busy, NotFound, Taken},
    },
    hub::Change,
    reads::Reading,
    refused::refused,
    state::{AppState, RequestState},
};

/// A temporary password, shown this once.
#[derive(Serialize, ToSchema)]
pub(super) struct PasswordSementara {
    /// 12 characters.
    pub(super) password_sementara: String,
}

/// A guest as the desk enters one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TamuRequest {
    pub(super) nama: String,
    /// However it is written; `08…`, `8…`, `62…` and `+62…` are one. Missing where the guest has no phone.
    pub(super) telp: Option<String>,
    pub(super) email: Option<String>,
    pub(super) instansi: Option<String>,
}

impl TamuRequest {
    /// The guest to be stored. Messages get keys of `prefix` and the field's name.
    pub(super) fn check(
        &self,
        errors: &mut FieldErrors,
        prefix: &str,
        waktu: chrono::DateTime<chrono::Utc>,
    ) -> Option<NewTamu> {
        let field = |name: &str| format!("{prefix}{name}");
        let nama = collect(errors, &field("nama"), isian::nama(&self.nama));
        let telp = collect(errors, &field("telp"), isian::optional_telp(self.telp.as_deref()));
        let email = collect(errors, &field("email"), isian::optional_email(self.email.as_deref()));
        let instansi = collect(errors, &field("instansi"), isian::optional_line(self.instansi.as_deref()));
        Some(NewTamu { nama: nama?, telp: telp?, email: email?, instansi: instansi?, waktu })
    }
}

/// Which guests.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// From 1 on; 1 where it is missing.
    #[param(minimum = 1, maximum = 1_000_000)]
    halaman: Option<i64>,
    /// Items on a page, 1 to 200; 50 where it is missing.
    #[param(minimum = 1, maximum = 200)]
    ukuran: Option<i64>,
    /// Text searched for.
    q: Option<String>,
    /// Only those who asked to be erased and are not yet.
    #[serde(default)]
    hapus_diminta: bool,
    /// Only those who have agreed to nothing.
    #[serde(default)]
    tanpa_persetujuan: bool,
}

/// A page of guests, by name; a search has the best hit first. More than 100 000 are counted as so many.
#[utoipa::path(
    get,
    path = "/api/tamu",
    tag = "tamu",
    params(ListQuery),
    responses((status = 200, body = Daftar<TamuRingkas>))
)]
pub(super) async fn list(
    State(state): State<AppState>,
    AsReception(pengguna): AsReception,
    Query(query): Query<ListQuery>,
) -> Result<Reply<Daftar<TamuRingkas>>, ApiError> {
    let saring = TamuFilter {
        cari: cari(query.q.as_deref())?,
        hapus_diminta: query.hapus_diminta,
        tanpa_persetujuan: query.tanpa_persetujuan,
    };
    page(&state, &pengguna, saring, halaman(query.halaman, query.ukuran)?).await
}

/// Finds guests by name, institution, number or the number's last four digits.
///
/// A guru finds guests of own appointments by three letters of a name or institution, anybody else only by the whole
/// number: the guest book is not there to be leafed through.
#[utoipa::path(
    get,
    path = "/api/tamu/search",
    tag = "tamu",
    params(PageQuery),
    responses((status = 200, body = Daftar<TamuRingkas>))
)]
pub(super) async fn search(
    State(state): State<AppState>,
    AsPengguna(pengguna): AsPengguna,
    Query(query): Query<PageQuery>,
) -> Result<Reply<Daftar<TamuRingkas>>, ApiError> {
    let Some(cari) = query.cari()? else { return Err(ApiError::field("q", InvalidIsian::Empty)) };
    if pengguna.role.is_reception() {
        return page(&state, &pengguna, Some(cari).into(), query.halaman()?).await;
    }
    if cari.telp.is_none() && cari.huruf() < 3 {
        return Err(ApiError::field("q", "paling sedikit 3 huruf, atau nomor yang lengkap"));
    }
    let by_number = cari.telp.is_some();
    let halaman = query.halaman()?;
    state.reads.check(pengguna.id, if by_number { Reading::Nomor } else { Reading::Tamu })?;
    let found = state.store.tamu().list_untuk_guru(pengguna.id, cari, halaman).await?;
    let own = found.data.iter().filter(|found| found.tamu_guru).count();
    state.reads.count(pengguna.id, Reading::Tamu, own);
    if by_number && own == 0 {
        // The answer that there is nobody counts as reading too.
        state.reads.count(pengguna.id, Reading::Nomor, 1);
        refused!("cari_nomor", id_pengguna = pengguna.id.0, ditemukan = found.total);
    }
    let shown = |FoundTamu { tamu, tamu_guru }| match tamu_guru {
        true => TamuRingkas::for_guru(tamu),
        false => TamuRingkas::for_stranger(tamu),
    };
    Ok(Reply(found.map(shown)))
}

/// A page of guests for the reception.
async fn page(
    state: &AppState,
    pengguna: &Pengguna,
    saring: TamuFilter,
    halaman: PageRequest,
) -> Result<Reply<Daftar<TamuRingkas>>, ApiError> {
    state.reads.check(pengguna.id, Reading::Tamu)?;
    let found = state.store.tamu().list(saring, halaman).await?;
    state.reads.count(pengguna.id, Reading::Tamu, found.data.len());
    Ok(Reply(found.map(TamuRingkas::for_reception)))
}

/// Enters a guest.
#[utoipa::path(
    post,
    path = "/api/tamu",
    tag = "tamu",
    request_body = TamuRequest,
    responses((status = 201, body = Tamu), Taken)
)]
pub(super) async fn create(
    State(state): State<AppState>,
    _reception: AsReception,
    Json(request): Json<TamuRequest>,
) -> Result<(StatusCode, Reply<Tamu>), ApiError> {
    let mut errors = FieldErrors::new();
    let baru = request.check(&mut errors, "", state.clock.now()).ok_or(ApiError::Isian(errors))?;
    let act = Act::new(Aksi::Buat, Objek::Tamu).after(values::of_new_tamu(&baru));
    Ok((StatusCode::CREATED, Reply(act.record(state.store.tamu().create(baru)).await?)))
}

/// Changes to a guest; what is missing stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UbahTamuRequest)]
pub(super) struct UpdateRequest {
    nama: Option<String>,
    /// Empty text empties it.
    telp: Option<String>,
    /// Empty text empties it.
    email: Option<String>,
    /// Empty text empties it.
    instansi: Option<String>,
}

/// Changes a guest. Screens that show an open appointment of the guest show it at once.
#[utoipa::path(
    put,
    path = "/api/tamu/{id}",
    tag = "tamu",
    params(("id" = i64, Path)),
    request_body = UpdateRequest,
    responses((status = 200, body = Tamu), NotFound, Taken)
)]
pub(super) async fn update(
    state: RequestState,
    _reception: AsReception,
    PathId(id): PathId<IdTamu>,
    Json(request): Json<UpdateRequest>,
) -> Result<Reply<Tamu>, ApiError> {
    let mut errors = FieldErrors::new();
    let mut ubah = TamuCorrection::default();
    if let Some(nama) = &request.nama {
        ubah.nama = collect(&mut errors, "nama", isian::nama(nama));
    }
    if let Some(telp) = &request.telp {
        ubah.telp = collect(&mut errors, "telp", isian::optional_telp(Some(telp)));
    }
    if let Some(email) = &request.email {
        ubah.email = collect(&mut errors, "email", isian::optional_email(Some(email)));
    }
    if let Some(instansi) = &request.instansi {
        ubah.instansi = collect(&mut errors, "instansi", isian::optional_line(Some(instansi)));
    }
    if !errors.is_empty() {
        return Err(ApiError::Isian(errors));
    }
    let before = state.store.tamu().find(id).await?.ok_or(ApiError::NotFound)?;
    let after = values::of_changed_tamu(&before, &ubah);
    let act = Act::on_tamu(Aksi::Ubah, &before).changes(&values::of_tamu(&before), &after);
    let tamu = act.record(state.store.tamu().update(id, ubah)).await?;
    tell_open(&state, id).await?;
    Ok(Reply(tamu))
}

/// Tells everyone concerned of the open appointments of a guest who was changed.
pub(super) async fn tell_open(state: &RequestState, id: IdTamu) -> Result<(), ApiError> {
    let status = Status::ALL.into_iter().filter(|status| status.is_open()).collect();
    let saring = JanjiTemuFilter { id_tamu: Some(id), status, ..JanjiTemuFilter::default() };
    for row in state.store.janji_temu().list(saring, PageRequest { nomor: 1, ukuran: 200 }).await?.data {
        let change = if row.waktu_datang.is_some() { Change::Notification } else { Change::Appointment };
        state.hub.publish(row, change, state.setelan.zona_waktu);
    }
    Ok(())
}

/// Gives a guest a password to sign in with for seven days; the desk tells it the guest, who can change it.
#[utoipa::path(
    post,
    path = "/api/tamu/{id}/reset-password",
    tag = "tamu",
    params(("id" = i64, Path)),
    responses((status = 200, body = PasswordSementara), NotFound, Busy)
)]
pub(super) async fn reset_password(
    State(state): State<AppState>,
    _reception: AsReception,
    PathId(id): PathId<IdTamu>,
) -> Result<Reply<PasswordSementara>, ApiError> {
    let tamu = state.store.tamu().find(id).await?.ok_or(ApiError::NotFound)?;
    if tamu.telp.is_none() {
        return Err(ApiError::field("telp", "tamu ini tidak punya nomor telepon untuk masuk"));
    }
    let password_sementara = password::temporary()?;
    let hash = state.passwords.hash(password_sementara.clone()).await?;
    let baru = NewPassword { hash, sementara: true, lama: None, rahasia: None, waktu: state.clock.now() };
    let act = Act::on_tamu(Aksi::ResetPassword, &tamu);
    act.record(state.store.tamu().update_password(tamu.id, baru)).await?;
    Ok(Reply(PasswordSementara { password_sementara }))
}

/// The signed-in guest's own appointments.
#[utoipa::path(
    get,
    path = "/api/tamu/saya",
    tag = "tamu",
    params(PageQuery),
    responses((status = 200, body = Daftar<JanjiTemu>))
)]
pub(super) async fn saya(
    state: RequestState,
    AsTamu(tamu): AsTamu,
    Query(query): Query<PageQuery>,
) -> Result<Reply<Daftar<JanjiTemu>>, ApiError> {
    let saring =
        JanjiTemuFilter { id_tamu: Some(tamu.id), cari: query.cari()?, ..JanjiTemuFilter::default() };
    let found = state.store.janji_temu().list(saring, query.halaman()?).await?;
    Ok(Reply(found.map(|row| JanjiTemu::for_guest(row, state.setelan.zona_waktu))))
}
