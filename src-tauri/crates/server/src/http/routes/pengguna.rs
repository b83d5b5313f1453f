//! Users. Admins manage them; everyone who makes appointments can list the gurus.

mod ekspor;
mod guru;
mod impor;
mod sandi;
mod sesi;
mod unit;

use axum::{Json as Reply, extract::State, http::StatusCode};
use domain::{
    IdPengguna, Pengguna, Role,
    audit::{Aksi, Objek},
    isian::{self, Field, FieldError, FieldErrors, InvalidIsian, KodeIsian, collect},
    json::Daftar,
    pengguna::{
        Anggota, Kepegawaian, PenggunaRinci, address, address_without_email, has_email, login_name,
        part_of_number,
    },
};
use serde::{Deserialize, Serialize};
use store::pengguna::{OrderBy, PenggunaBaru, PenggunaChanges, PenggunaFilter, PenggunaOrder};
use utoipa::{IntoParams, ToSchema};

pub(super) use ekspor::{__path_export, export};
pub(super) use guru::{__path_guru, guru};
pub(super) use impor::{
    __path_import, __path_import_dapodik, __path_progress, BerkasBase64, SekolahInfo, import, import_dapodik,
    progress,
};
pub(super) use sandi::{__path_reset_password, reset_password};
pub(super) use sesi::{
    __path_list_sesi, __path_revoke_all_sesi, __path_revoke_sesi, __path_unlock, list_sesi, revoke_all_sesi,
    revoke_sesi, unlock,
};

use self::sandi::Reach;
use crate::{
    audit::{Act, values},
    auth::{password, throttle},
    error::ApiError,
    http::{
        extract::{AsAdmin, Json, PathId, Query, cari, halaman},
        refusals::{Busy, LastAdmin, NotFound, Taken},
    },
    state::AppState,
};

/// Which users.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// Text in name, position or address; four digits or more of the NUPTK or NIP.
    q: Option<String>,
    /// Only this role.
    role: Option<Role>,
    /// Only those who may sign in, or only those who may not.
    aktif: Option<bool>,
    /// Only units, or only people.
    unit: Option<bool>,
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
    let ListQuery { role, aktif, unit, .. } = query;
    let saring = PenggunaFilter {
        cari: cari(query.q.as_deref())?,
        nomor: query.q.as_deref().and_then(part_of_number),
        role,
        aktif,
        unit,
        beranggota: None,
    };
    let urut = query.urut.map(PenggunaOrder::from).unwrap_or_default();
    let halaman = halaman(query.halaman, query.ukuran)?;
    let found = state.store.pengguna().list_rinci(saring, urut, halaman).await?;
    let now = state.clock.now();
    Ok(Reply(found.map(|row| PenggunaRinci {
        terkunci_sampai: throttle::still_locked(row.terkunci_sampai, now),
        ..row
    })))
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
    /// Who has none signs in with the NUPTK or NIP; a unit signs in with nothing.
    email: Option<String>,
    /// Of a person always; a unit's is Guru.
    role: Option<Role>,
    telp: Option<String>,
    /// 16 digits.
    nuptk: Option<String>,
    /// 18 digits.
    nip: Option<String>,
    tugas_tambahan: Option<String>,
    /// Not a person but a unit: it is visited, never signs in, and has people behind it.
    #[serde(default)]
    unit: bool,
    /// Who is behind the unit: active users who are no units.
    #[schema(value_type = Option<Vec<i64>>)]
    anggota: Option<Vec<Field<IdPengguna>>>,
}

impl CreateRequest {
    fn kepegawaian(&self, errors: &mut FieldErrors) -> Option<Kepegawaian> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let nuptk = collect(errors, "nuptk", number(&text(&self.nuptk), isian::nuptk));
        let nip = collect(errors, "nip", number(&text(&self.nip), isian::nip));
        let tugas = isian::optional_line(self.tugas_tambahan.as_deref());
        let tugas_tambahan = collect(errors, "tugas_tambahan", tugas);
        Some(Kepegawaian { nuptk: nuptk?, nip: nip?, tugas_tambahan: tugas_tambahan? })
    }
}

/// A user who was added.
#[derive(Serialize, ToSchema)]
#[schema(as = PenggunaBaru)]
pub(super) struct CreateReply {
    /// The user.
    pengguna: PenggunaReply,
    /// Shown this once; to be changed at the first login. A unit has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    password_sementara: Option<String>,
}

/// A user, with who is behind it.
#[derive(Serialize, ToSchema)]
#[schema(as = PenggunaBeranggota)]
pub(super) struct PenggunaReply {
    #[serde(flatten)]
    pengguna: Pengguna,
    /// Who is behind the unit, by name; nobody is behind a person.
    anggota: Vec<Anggota>,
}

impl PenggunaReply {
    async fn of(state: &AppState, pengguna: Pengguna) -> Result<Self, ApiError> {
        let anggota = unit::anggota(state, &pengguna).await?;
        Ok(Self { pengguna, anggota })
    }
}

/// Adds a user with a temporary password, which ends after seven days. Whom no message
/// reaches gets it on paper. A unit has none.
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
    if request.unit {
        return unit::create(&state, &request).await;
    }
    let mut errors = FieldErrors::new();
    let nama = collect(&mut errors, "nama", isian::nama(&request.nama));
    let jabatan = collect(&mut errors, "jabatan", isian::optional_line(request.jabatan.as_deref()));
    let email = collect(&mut errors, "email", isian::optional_email(request.email.as_deref()));
    let telp = collect(&mut errors, "telp", isian::optional_telp(request.telp.as_deref()));
    let sapaan = collect(&mut errors, "sapaan", isian::sapaan(request.sapaan.as_deref()));
    let role = collect(&mut errors, "role", request.role.ok_or(InvalidIsian::Empty));
    let kepegawaian = request.kepegawaian(&mut errors);
    let email = email.zip(kepegawaian.as_ref()).and_then(|(email, kepegawaian)| {
        let nobody =
            || FieldError::new(KodeIsian::Wajib, "isi email, NUPTK, atau NIP: salah satunya untuk masuk");
        collect(&mut errors, "email", address(email.as_deref(), kepegawaian).ok_or_else(nobody))
    });
    if request.anggota.is_some() {
        errors.insert("anggota".to_owned(), unit::not_a_unit());
    }
    let (
        Some(nama),
        Some(sapaan),
        Some(jabatan),
        Some(email),
        Some(telp),
        Some(role),
        Some(kepegawaian),
        true,
    ) = (nama, sapaan, jabatan, email, telp, role, kepegawaian, errors.is_empty())
    else {
        return Err(ApiError::Isian(errors));
    };
    let password_sementara = password::temporary()?;
    let password_hash = state.passwords.hash(password_sementara.clone()).await?;
    let reach = Reach::now(&state).await;
    let rahasia = reach.seal(&state, (&email, telp.as_ref()), &password_hash, &password_sementara)?;
    let baru = PenggunaBaru {
        nama,
        sapaan,
        jabatan,
        email,
        telp,
        role,
        kepegawaian,
        password_hash,
        wajib_ganti_password: true,
        rahasia,
        waktu: state.clock.now(),
    };
    let act = Act::new(Aksi::Buat, Objek::Pengguna).after(values::of_new_pengguna(&baru));
    let pengguna = act.record(state.store.pengguna().create(baru)).await?;
    let pengguna = PenggunaReply { pengguna, anggota: Vec::new() };
    Ok((StatusCode::CREATED, Reply(CreateReply { pengguna, password_sementara: Some(password_sementara) })))
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
    /// What it is already: a person stays one, and a unit one.
    unit: Option<bool>,
    /// Everybody who is behind the unit from now on: active users who are no units, and who was there before.
    #[schema(value_type = Option<Vec<i64>>)]
    anggota: Option<Vec<Field<IdPengguna>>>,
}

/// Changes a user. A deactivated one is signed out at once.
#[utoipa::path(
    put,
    path = "/api/users/{id}",
    tag = "users",
    params(("id" = i64, Path)),
    request_body = UpdateRequest,
    responses((status = 200, body = PenggunaReply), NotFound, Taken, LastAdmin)
)]
pub(super) async fn update(
    State(state): State<AppState>,
    _admin: AsAdmin,
    PathId(id): PathId<IdPengguna>,
    Json(request): Json<UpdateRequest>,
) -> Result<Reply<PenggunaReply>, ApiError> {
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
    ubah.anggota = unit::members(&mut errors, request.anggota.as_deref());
    if !errors.is_empty() {
        return Err(ApiError::Isian(errors));
    }
    let before = state.store.pengguna().find(id).await?.ok_or(ApiError::NotFound)?;
    unit::check_changes(&before, &request)?;
    let behind = unit::anggota(&state, &before).await?;
    let kepegawaian = state.store.pengguna().find_kepegawaian(id).await?;
    if ubah.email.is_none() && !before.unit {
        ubah.email = corrected_login(&before.email, &ubah);
    }
    let aksi = match request.aktif.filter(|aktif| *aktif != before.aktif) {
        Some(false) => Aksi::Nonaktifkan,
        Some(true) => Aksi::Aktifkan,
        None => Aksi::Ubah,
    };
    let act = Act::new(aksi, Objek::Pengguna).on(id.0).changes(
        &values::of_pengguna_with(&before, &kepegawaian, &behind),
        &values::of_changed_pengguna(&before, &kepegawaian, &behind, &ubah),
    );
    let pengguna = act.record(state.store.pengguna().update(id, ubah, state.clock.now())).await?;
    state.hub.close_outdated(&pengguna);
    PenggunaReply::of(&state, pengguna).await.map(Reply)
}

/// What stands in the place of an address after the number there was corrected.
fn corrected_login(email: &str, ubah: &PenggunaChanges) -> Option<String> {
    let login = login_name(email);
    let corrected = [&ubah.nuptk, &ubah.nip].into_iter().filter_map(|nomor| nomor.as_ref()?.as_deref());
    let same_kind = |nomor: &&str| nomor.len() == login.len() && *nomor != login;
    corrected.filter(|_| !has_email(email)).find(same_kind).map(address_without_email)
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
    let behind = unit::anggota(&state, &before).await?;
    let kepegawaian = state.store.pengguna().find_kepegawaian(id).await?;
    let before = values::of_pengguna_with(&before, &kepegawaian, &behind);
    let act = Act::new(Aksi::Hapus, Objek::Pengguna).on(id.0).before(before);
    act.record(state.store.pengguna().delete(id, state.clock.now())).await?;
    state.hub.close_pengguna(id);
    Ok(StatusCode::NO_CONTENT)
}
