//! Users. Admins manage them; everyone who makes appointments can list the gurus.

mod ekspor;
mod impor;
mod sesi;

use axum::{Json as Reply, extract::State, http::StatusCode};
use domain::{
    IdPengguna, Pengguna, Role, Sapaan, Telp,
    audit::{Aksi, Objek},
    isian::{self, FieldErrors, InvalidIsian, collect},
    json::Daftar,
    pengguna::{PenggunaRinci, has_email},
};
use serde::{Deserialize, Serialize};
use store::pengguna::{
    NewPassword, OrderBy, PenggunaBaru, PenggunaChanges, PenggunaFilter, PenggunaOrder, place_of_password,
};
use utoipa::{IntoParams, ToSchema};

pub(super) use ekspor::{__path_export, export};
pub(super) use impor::{
    __path_import, __path_import_dapodik, __path_progress, BerkasBase64, SekolahInfo, import, import_dapodik,
    progress,
};
pub(super) use sesi::{
    __path_list_sesi, __path_revoke_all_sesi, __path_revoke_sesi, __path_unlock, list_sesi, revoke_all_sesi,
    revoke_sesi, unlock,
};

use super::tamu::PasswordSementara;
use crate::{
    audit::{Act, values},
    auth::{password, throttle},
    error::ApiError,
    http::{
        extract::{AsAdmin, AsPengguna, Json, PageQuery, PathId, Query, cari, halaman},
        refusals::{Busy, LastAdmin, NotFound, Taken},
    },
    state::AppState,
};

/// Which users.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// Text in name, position or address.
    q: Option<String>,
    /// Only this role.
    role: Option<Role>,
    /// Only those who may sign in, or only those who may not.
    aktif: Option<bool>,
    /// In which order; `-` is the other way round. By name where it is missing.
    #[param(inline)]
    urut: Option<Urut>,
    /// From 1 on.
    halaman: Option<i64>,
    /// 1 to 200.
    ukuran: Option<i64>,
}

/// An order of users.
#[derive(Clone, Copy, Deserialize, ToSchema)]
enum Urut {
    #[serde(rename = "nama")]
    Nama,
    #[serde(rename = "-nama")]
    NamaTurun,
    #[serde(rename = "login")]
    Login,
    #[serde(rename = "-login")]
    LoginTurun,
    #[serde(rename = "dibuat")]
    Dibuat,
    #[serde(rename = "-dibuat")]
    DibuatTurun,
}

impl From<Urut> for PenggunaOrder {
    fn from(urut: Urut) -> Self {
        let (menurut, turun) = match urut {
            Urut::Nama => (OrderBy::Nama, false),
            Urut::NamaTurun => (OrderBy::Nama, true),
            Urut::Login => (OrderBy::Login, false),
            Urut::LoginTurun => (OrderBy::Login, true),
            Urut::Dibuat => (OrderBy::Dibuat, false),
            Urut::DibuatTurun => (OrderBy::Dibuat, true),
        };
        Self { menurut, turun }
    }
}

/// A page of users.
#[utoipa::path(
    get,
    path = "/api/users",
    tag = "users",
    params(ListQuery),
    responses((status = 200, body = Daftar<PenggunaRinci>))
)]
pub(super) async fn list(
    State(state): State<AppState>,
    _admin: AsAdmin,
    Query(query): Query<ListQuery>,
) -> Result<Reply<Daftar<PenggunaRinci>>, ApiError> {
    let saring = PenggunaFilter { cari: cari(query.q.as_deref())?, role: query.role, aktif: query.aktif };
    let urut = query.urut.map(PenggunaOrder::from).unwrap_or_default();
    let halaman = halaman(query.halaman, query.ukuran)?;
    let found = state.store.pengguna().list_rinci(saring, urut, halaman).await?;
    let now = state.clock.now();
    Ok(Reply(found.map(|row| PenggunaRinci {
        terkunci_sampai: throttle::still_locked(row.terkunci_sampai, now),
        ..row
    })))
}

/// A page of the gurus who can be visited, by name, for whoever makes an appointment or registers a walk-in.
#[utoipa::path(
    get,
    path = "/api/guru",
    tag = "users",
    params(PageQuery),
    responses((status = 200, body = Daftar<GuruRingkas>))
)]
pub(super) async fn guru(
    State(state): State<AppState>,
    AsPengguna(pengguna): AsPengguna,
    Query(query): Query<PageQuery>,
) -> Result<Reply<Daftar<GuruRingkas>>, ApiError> {
    let saring = PenggunaFilter { cari: query.cari()?, role: Some(Role::Guru), aktif: Some(true) };
    let found = state.store.pengguna().list(saring, query.halaman()?).await?;
    let online = state.hub.online();
    Ok(Reply(found.map(|guru| GuruRingkas {
        id: guru.id,
        nama: guru.nama,
        sapaan: guru.sapaan,
        jabatan: guru.jabatan,
        telp: guru.telp.filter(|_| pengguna.role.is_reception()),
        online: online.contains(&guru.id),
    })))
}

/// A guru as the desk needs to know one.
#[derive(Serialize, ToSchema)]
pub(super) struct GuruRingkas {
    /// Identity.
    id: IdPengguna,
    /// Full name.
    nama: String,
    /// What is spoken before it.
    sapaan: Option<Sapaan>,
    /// What the guru teaches.
    jabatan: Option<String>,
    /// A number to call, where the guru cannot be alerted; told to the reception only.
    #[serde(skip_serializing_if = "Option::is_none")]
    telp: Option<Telp>,
    /// Can be alerted now.
    online: bool,
}

/// A user to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PenggunaRequest)]
pub(super) struct CreateRequest {
    nama: String,
    /// `Bu`, `Pak` or none.
    sapaan: Option<String>,
    jabatan: Option<String>,
    email: String,
    role: Role,
    telp: Option<String>,
}

/// A user who was added.
#[derive(Serialize, ToSchema)]
#[schema(as = PenggunaBaru)]
pub(super) struct CreateReply {
    /// The user.
    pengguna: Pengguna,
    /// Shown this once; to be changed at the first login.
    password_sementara: String,
}

/// Adds a user with a temporary password, which ends after seven days.
#[utoipa::path(
    post,
    path = "/api/users",
    tag = "users",
    request_body = CreateRequest,
    responses((status = 201, body = CreateReply), Taken, Busy)
)]
pub(super) async fn create(
    State(state): State<AppState>,
    _admin: AsAdmin,
    Json(request): Json<CreateRequest>,
) -> Result<(StatusCode, Reply<CreateReply>), ApiError> {
    let mut errors = FieldErrors::new();
    let nama = collect(&mut errors, "nama", isian::nama(&request.nama));
    let jabatan = collect(&mut errors, "jabatan", isian::optional_line(request.jabatan.as_deref()));
    let email = collect(&mut errors, "email", isian::email(&request.email));
    let telp = collect(&mut errors, "telp", isian::optional_telp(request.telp.as_deref()));
    let sapaan = collect(&mut errors, "sapaan", isian::sapaan(request.sapaan.as_deref()));
    let (Some(nama), Some(sapaan), Some(jabatan), Some(email), Some(telp)) =
        (nama, sapaan, jabatan, email, telp)
    else {
        return Err(ApiError::Isian(errors));
    };
    let password_sementara = password::temporary()?;
    let password_hash = state.passwords.hash(password_sementara.clone()).await?;
    let rahasia = sealed(&state, &password_hash, &password_sementara)?;
    let baru = PenggunaBaru {
        nama,
        sapaan,
        jabatan,
        email,
        telp,
        role: request.role,
        password_hash,
        wajib_ganti_password: true,
        rahasia: Some(rahasia),
        waktu: state.clock.now(),
    };
    let act = Act::new(Aksi::Buat, Objek::Pengguna).after(values::of_new_pengguna(&baru));
    let pengguna = act.record(state.store.pengguna().create(baru)).await?;
    Ok((StatusCode::CREATED, Reply(CreateReply { pengguna, password_sementara })))
}

/// Changes to a user; what is missing stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UbahPenggunaRequest)]
pub(super) struct UpdateRequest {
    nama: Option<String>,
    /// `Bu` or `Pak`; empty text empties it.
    sapaan: Option<String>,
    /// Empty text empties it.
    jabatan: Option<String>,
    email: Option<String>,
    role: Option<Role>,
    /// Empty text empties it.
    telp: Option<String>,
    aktif: Option<bool>,
    /// 16 digits; empty text empties it.
    nuptk: Option<String>,
    /// 18 digits; empty text empties it.
    nip: Option<String>,
    /// Empty text empties it.
    tugas_tambahan: Option<String>,
}

/// Changes a user. A deactivated one is signed out at once.
#[utoipa::path(
    put,
    path = "/api/users/{id}",
    tag = "users",
    params(("id" = i64, Path)),
    request_body = UpdateRequest,
    responses((status = 200, body = Pengguna), NotFound, Taken, LastAdmin)
)]
pub(super) async fn update(
    State(state): State<AppState>,
    _admin: AsAdmin,
    PathId(id): PathId<IdPengguna>,
    Json(request): Json<UpdateRequest>,
) -> Result<Reply<Pengguna>, ApiError> {
    let mut errors = FieldErrors::new();
    let mut ubah = PenggunaChanges { role: request.role, aktif: request.aktif, ..PenggunaChanges::default() };
    if let Some(nama) = &request.nama {
        ubah.nama = collect(&mut errors, "nama", isian::nama(nama));
    }
    if let Some(sapaan) = &request.sapaan {
        ubah.sapaan = collect(&mut errors, "sapaan", isian::sapaan(Some(sapaan)));
    }
    if let Some(jabatan) = &request.jabatan {
        ubah.jabatan = collect(&mut errors, "jabatan", isian::optional_line(Some(jabatan)));
    }
    if let Some(email) = &request.email {
        ubah.email = collect(&mut errors, "email", isian::email(email));
    }
    if let Some(telp) = &request.telp {
        ubah.telp = collect(&mut errors, "telp", isian::optional_telp(Some(telp)));
    }
    if let Some(nuptk) = &request.nuptk {
        ubah.nuptk = collect(&mut errors, "nuptk", number(nuptk, isian::nuptk));
    }
    if let Some(nip) = &request.nip {
        ubah.nip = collect(&mut errors, "nip", number(nip, isian::nip));
    }
    if let Some(tugas) = &request.tugas_tambahan {
        ubah.tugas_tambahan = collect(&mut errors, "tugas_tambahan", isian::optional_line(Some(tugas)));
    }
    if !errors.is_empty() {
        return Err(ApiError::Isian(errors));
    }
    let before = state.store.pengguna().find(id).await?.ok_or(ApiError::NotFound)?;
    let aksi = match request.aktif.filter(|aktif| *aktif != before.aktif) {
        Some(false) => Aksi::Nonaktifkan,
        Some(true) => Aksi::Aktifkan,
        None => Aksi::Ubah,
    };
    let act = Act::new(aksi, Objek::Pengguna)
        .on(id.0)
        .changes(&values::of_pengguna(&before), &values::of_changed_pengguna(&before, &ubah));
    let pengguna = act.record(state.store.pengguna().update(id, ubah, state.clock.now())).await?;
    state.hub.close_outdated(&pengguna);
    Ok(Reply(pengguna))
}

/// A number of the register that may be missing; blanks count as missing.
fn number(
    text: &str,
    check: fn(&str) -> Result<String, InvalidIsian>,
) -> Result<Option<String>, InvalidIsian> {
    Some(text).filter(|text| !text.trim().is_empty()).map(check).transpose()
}

/// Deletes a user without history; deactivates one with.
#[utoipa::path(
    delete,
    path = "/api/users/{id}",
    tag = "users",
    params(("id" = i64, Path)),
    responses((status = 204), NotFound, LastAdmin)
)]
pub(super) async fn delete(
    State(state): State<AppState>,
    _admin: AsAdmin,
    PathId(id): PathId<IdPengguna>,
) -> Result<StatusCode, ApiError> {
    let before = state.store.pengguna().find(id).await?.ok_or(ApiError::NotFound)?;
    let act = Act::new(Aksi::Hapus, Objek::Pengguna).on(id.0).before(values::of_pengguna(&before));
    act.record(state.store.pengguna().delete(id, state.clock.now())).await?;
    state.hub.close_pengguna(id);
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a user a new temporary password for seven days; every session of the user ends.
#[utoipa::path(
    post,
    path = "/api/users/{id}/reset-password",
    tag = "users",
    params(("id" = i64, Path)),
    responses((status = 200, body = PasswordSementara), NotFound, Busy)
)]
pub(super) async fn reset_password(
    State(state): State<AppState>,
    _admin: AsAdmin,
    PathId(id): PathId<IdPengguna>,
) -> Result<Reply<PasswordSementara>, ApiError> {
    let password_sementara = password::temporary()?;
    let hash = state.passwords.hash(password_sementara.clone()).await?;
    let target = state.store.pengguna().find(id).await?.ok_or(ApiError::NotFound)?;
    // Who has no address and no number is told at the desk.
    let is_reached = has_email(&target.email) || target.telp.is_some();
    let rahasia = is_reached.then(|| sealed(&state, &hash, &password_sementara)).transpose()?;
    let baru = NewPassword { hash, sementara: true, lama: None, rahasia, waktu: state.clock.now() };
    let act = Act::new(Aksi::ResetPassword, Objek::Pengguna).on(id.0);
    act.record(state.store.pengguna().update_password(id, baru)).await?;
    state.hub.close_pengguna(id);
    Ok(Reply(PasswordSementara { password_sementara }))
}

/// A temporary password, encrypted for the message that brings it to the user.
fn sealed(state: &AppState, hash: &str, password: &str) -> Result<Vec<u8>, ApiError> {
    let sealed = state.kunci.rahasia.encrypt(&place_of_password(hash), password.as_bytes());
    sealed.map_err(|error| {
        tracing::error!(%error, "a password cannot be encrypted");
        ApiError::Internal
    })
}
