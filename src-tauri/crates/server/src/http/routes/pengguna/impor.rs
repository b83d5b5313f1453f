//! Users from a file, or from the national register's server: first what would happen, then all of it or nothing.

mod reply;

use std::collections::HashSet;

use axum::{
    Json as Reply,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    IdPengguna, Role,
    audit::{Aksi, Objek},
    impor::{Calon, Dikenal, Rencana, Tindakan, plan},
    isian::FieldErrors,
};
use impor::{Berkas, dapodik::Sekolah};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::pengguna::{ImportStep, PenggunaBaru, PenggunaChanges};
use utoipa::{IntoParams, ToSchema};

use super::sandi::Reach;
use crate::{
    audit::{self, Act, values},
    dapodik::Dapodik,
    error::ApiError,
    http::{
        extract::{AsAdmin, FileBody, Json, Query},
        refusals::{Busy, Fields, NotFound, Taken},
    },
    imports::{Job, MadePassword},
    state::AppState,
};
pub(in crate::http::routes) use reply::SekolahInfo;
use reply::{ImporHasil, SandiBaru};

/// Whether only to look.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct ImportQuery {
    /// `true`: says what would happen and changes nothing.
    #[serde(default)]
    pratinjau: bool,
}

/// Reads users from a file: CSV, .xlsx, .xls, or XML Spreadsheet 2003, which is told by its content. At most 8 MiB and
/// 5000 people. If a line is wrong, nothing is changed. Passwords of new users are in this answer only.
#[utoipa::path(
    post,
    path = "/api/users/import",
    tag = "users",
    params(ImportQuery),
    request_body(content(
        (BerkasBase64 = "application/json"),
        (String = "application/octet-stream"),
    )),
    responses(
        (status = 200, body = ImporHasil),
        (status = 202, description = "It goes on: ask for the progress", body = Progress),
        NotFound,
        Taken,
        Busy
    )
)]
pub(in crate::http) async fn import(
    State(state): State<AppState>,
    AsAdmin(admin): AsAdmin,
    Query(query): Query<ImportQuery>,
    FileBody(body): FileBody,
) -> Result<Response, ApiError> {
    let berkas = state.imports.read(move || impor::read(&body)).await?;
    carry_out(state, admin.id, Source { berkas, sekolah: None, is_preview: query.pratinjau }).await
}

/// A file in JSON, from where only text can be sent.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only the document names it; the extractor reads it")]
pub(in crate::http) struct BerkasBase64 {
    /// The file, in base64.
    berkas: String,
}

/// Where the register's server is, and the token that it gave.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ImporDapodikRequest)]
pub(in crate::http) struct DapodikRequest {
    /// The server in the school's network, such as `192.168.1.5`; with the port if that is not 5774.
    alamat: String,
    /// The school's number: eight digits.
    npsn: String,
    /// Neither kept nor logged.
    token: String,
    /// `true`: says what would happen and changes nothing.
    #[serde(default)]
    pratinjau: bool,
}

/// Reads teachers from the national register's own server at the school, by an interface that is unofficial.
#[utoipa::path(
    post,
    path = "/api/users/import/dapodik",
    tag = "users",
    request_body = DapodikRequest,
    responses(
        (status = 200, body = ImporHasil),
        (status = 202, description = "It goes on: ask for the progress", body = Progress),
        NotFound,
        Taken,
        Busy
    )
)]
pub(in crate::http) async fn import_dapodik(
    State(state): State<AppState>,
    AsAdmin(admin): AsAdmin,
    Json(request): Json<DapodikRequest>,
) -> Result<Response, ApiError> {
    let DapodikRequest { alamat, npsn, token, pratinjau } = request;
    let dapodik = Dapodik::typed(&alamat, &npsn, &token).map_err(ApiError::Isian)?;
    let (berkas, sekolah) = dapodik.ask().await.map_err(|error| ApiError::field("dapodik", error))?;
    carry_out(state, admin.id, Source { berkas, sekolah, is_preview: pratinjau }).await
}

/// How far the import is that this admin began last.
#[derive(Serialize, ToSchema)]
#[schema(as = ImporKemajuan)]
pub(in crate::http) struct Progress {
    /// New users whose password is ready.
    selesai: usize,
    /// New users.
    total: usize,
    /// It is being written. If not, and there is no `hasil`, there is no such import.
    berjalan: bool,
    /// What it came to; kept for ten minutes.
    hasil: Option<ImporHasil>,
}

/// Tells how far the import is that this admin began last, and what it came to. What refused it is told as a refusal.
#[utoipa::path(
    get,
    path = "/api/users/import",
    tag = "users",
    responses((status = 200, body = Progress), NotFound, Taken, Busy, Fields)
)]
pub(in crate::http) async fn progress(
    State(state): State<AppState>,
    AsAdmin(admin): AsAdmin,
) -> Result<Reply<Value>, ApiError> {
    let job = state.imports.of(admin.id);
    let (selesai, total) = job.as_ref().map(|job| job.progress()).unwrap_or_default();
    let is_running = job.as_ref().is_some_and(|job| !job.is_over());
    let hasil = job.and_then(|job| job.outcome()).transpose()?;
    Ok(Reply(json!({ "selesai": selesai, "total": total, "berjalan": is_running, "hasil": hasil })))
}

/// Says what would happen, or does it. Whoever has to wait for long is told to ask [`progress`].
async fn carry_out(state: AppState, admin: IdPengguna, source: Source) -> Result<Response, ApiError> {
    let reach = Reach::now(&state).await;
    if source.is_preview {
        let dikenal = state.store.pengguna().list_dikenal().await?;
        let rencana = plan(source.berkas.baris.clone(), &dikenal);
        return Ok(Reply(source.answer(rencana, &dikenal, Vec::new(), &reach)).into_response());
    }
    let imports = state.imports.clone();
    let job = imports.start(admin, |job| {
        audit::carried(async move {
            let dikenal = state.store.pengguna().list_dikenal().await?;
            let rencana = plan(source.berkas.baris.clone(), &dikenal);
            let sandi = write(&state, &job, &rencana, &reach).await?;
            let answer = source.answer(rencana, &dikenal, sandi, &reach);
            Ok(serde_json::to_value(answer).expect("plain data becomes JSON"))
        })
    })?;
    job.wait().await;
    match job.outcome() {
        Some(outcome) => Ok(Reply(outcome?).into_response()),
        None => {
            let (selesai, total) = job.progress();
            let body = json!({ "selesai": selesai, "total": total, "berjalan": true, "hasil": null });
            Ok((StatusCode::ACCEPTED, Reply(body)).into_response())
        }
    }
}

/// Where people come from, and whether only to look.
struct Source {
    berkas: Berkas,
    sekolah: Option<Sekolah>,
    is_preview: bool,
}

impl Source {
    fn answer(
        self,
        rencana: Vec<Rencana>,
        dikenal: &[Dikenal],
        sandi: Vec<SandiBaru>,
        reach: &Reach,
    ) -> ImporHasil {
        let left = not_named(&rencana, dikenal);
        ImporHasil::new(&self.berkas, rencana, left, sandi, self.sekolah, reach)
    }
}

/// Active gurus of whom the file says nothing. They stay as they are.
fn not_named(rencana: &[Rencana], dikenal: &[Dikenal]) -> usize {
    let named: HashSet<IdPengguna> = rencana.iter().filter_map(|one| one.tindakan.known()).collect();
    let is_left = |one: &&Dikenal| {
        one.pengguna.aktif && one.pengguna.role == Role::Guru && !named.contains(&one.pengguna.id)
    };
    dikenal.iter().filter(is_left).count()
}

/// Writes a plan of which no line is wrong.
async fn write(
    state: &AppState,
    job: &Job,
    rencana: &[Rencana],
    reach: &Reach,
) -> Result<Vec<SandiBaru>, ApiError> {
    refuse_wrong(rencana)?;
    let new = rencana.iter().filter_map(|one| match &one.tindakan {
        Tindakan::Buat(calon) => Some(&**calon),
        _ => None,
    });
    let new: Vec<_> = new.collect();
    let made = job.make_passwords(&state.passwords, new.len()).await?;
    let mut steps = Vec::new();
    for (calon, made) in new.iter().zip(&made) {
        steps.push(added(state, calon, made, reach)?);
    }
    steps.extend(rencana.iter().filter_map(|one| match &one.tindakan {
        Tindakan::Ubah(ubahan) => Some(ImportStep::Ubah(ubahan.id, Box::new(changes(&ubahan.jadi)))),
        _ => None,
    }));
    if steps.is_empty() {
        return Ok(Vec::new());
    }
    let (before, after) = values::of_import(rencana);
    let act = Act::new(Aksi::Impor, Objek::Pengguna).before(before).after(after);
    let pengguna = act.record(state.store.pengguna().import(steps, state.clock.now())).await?;
    let new = pengguna.iter().zip(made);
    Ok(new.map(|(pengguna, made)| SandiBaru::new(pengguna, made.password, reach)).collect())
}

/// All that is wrong, by the number of the line and the field.
fn refuse_wrong(rencana: &[Rencana]) -> Result<(), ApiError> {
    let mut errors = FieldErrors::new();
    for one in rencana {
        if let Tindakan::Salah(wrong) = &one.tindakan {
            let named =
                wrong.iter().map(|(field, why)| (format!("baris.{}.{field}", one.baris.nomor), why.clone()));
            errors.extend(named);
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(ApiError::Isian(errors)) }
}

fn added(
    state: &AppState,
    calon: &Calon,
    made: &MadePassword,
    reach: &Reach,
) -> Result<ImportStep, ApiError> {
    let email = calon.address();
    let rahasia = reach.seal(state, (&email, calon.telp.as_ref()), &made.hash, &made.password)?;
    let baru = PenggunaBaru {
        nama: calon.nama.clone(),
        sapaan: calon.sapaan,
        jabatan: calon.jabatan_baru().map(str::to_owned),
        email,
        telp: calon.telp.clone(),
        role: calon.role.unwrap_or(Role::Guru),
        kepegawaian: calon.kepegawaian.clone(),
        password_hash: made.hash.clone(),
        wajib_ganti_password: true,
        rahasia,
        waktu: state.clock.now(),
    };
    Ok(ImportStep::Buat(Box::new(baru)))
}

fn changes(jadi: &Calon) -> PenggunaChanges {
    let told = jadi.kepegawaian.clone();
    PenggunaChanges {
        nama: Some(jadi.nama.clone()),
        sapaan: jadi.sapaan.map(Some),
        jabatan: jadi.jabatan.clone().map(Some),
        email: jadi.email.clone(),
        telp: jadi.telp.clone().map(Some),
        nuptk: told.nuptk.map(Some),
        nip: told.nip.map(Some),
        tugas_tambahan: told.tugas_tambahan.map(Some),
        ..PenggunaChanges::default()
    }
}
