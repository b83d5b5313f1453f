//! Units, and who is behind each.

use axum::{Json as Reply, http::StatusCode};
use data_encoding::HEXLOWER;
use domain::{
    IdPengguna, Pengguna,
    audit::{Aksi, Objek},
    isian::{self, Field, FieldError, FieldErrors, KodeIsian, collect},
    pengguna::{Anggota, ROLE_OF_UNIT, address_of_unit},
};
use store::pengguna::UnitBaru;

use super::{CreateReply, CreateRequest, PenggunaReply, UpdateRequest};
use crate::{
    audit::{Act, values},
    error::ApiError,
    state::AppState,
};

pub(super) async fn create(
    state: &AppState,
    request: &CreateRequest,
) -> Result<(StatusCode, Reply<CreateReply>), ApiError> {
    let mut errors = FieldErrors::new();
    let nama = collect(&mut errors, "nama", isian::nama(&request.nama));
    let jabatan = collect(&mut errors, "jabatan", isian::optional_line(request.jabatan.as_deref()));
    let email = request.email.as_deref().filter(|email| !email.trim().is_empty());
    let email = collect(&mut errors, "email", email.map(isian::email).transpose());
    let telp = collect(&mut errors, "telp", isian::optional_telp(request.telp.as_deref()));
    let anggota = members(&mut errors, request.anggota.as_deref());
    if request.sapaan.as_deref().is_some_and(|sapaan| !sapaan.trim().is_empty()) {
        errors.insert("sapaan".to_owned(), only_of_people("sapaan"));
    }
    if request.role.is_some_and(|role| role != ROLE_OF_UNIT) {
        errors.insert("role".to_owned(), only_of_people("peran lain"));
    }
    let (Some(nama), Some(jabatan), Some(email), Some(telp), true) =
        (nama, jabatan, email, telp, errors.is_empty())
    else {
        return Err(ApiError::Isian(errors));
    };
    let email = email.map_or_else(placeholder, Ok)?;
    let anggota = anggota.unwrap_or_default();
    let baru = UnitBaru { nama, jabatan, email, telp, anggota, waktu: state.clock.now() };
    let act = Act::new(Aksi::Buat, Objek::Pengguna).after(values::of_new_unit(&baru));
    let unit = act.record(state.store.pengguna().create_unit(baru)).await?;
    let pengguna = PenggunaReply::of(state, unit).await?;
    Ok((StatusCode::CREATED, Reply(CreateReply { pengguna, password_sementara: None })))
}

/// What stands in place of an address of a unit that has none.
fn placeholder() -> Result<String, ApiError> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "no random numbers");
        ApiError::Internal
    })?;
    Ok(address_of_unit(&HEXLOWER.encode(&bytes)))
}

/// Who is to be behind a unit, each once.
pub(super) fn members(
    errors: &mut FieldErrors,
    ids: Option<&[Field<IdPengguna>]>,
) -> Option<Vec<IdPengguna>> {
    let mut anggota: Vec<_> = ids?.iter().filter_map(|id| id.collect(errors, "anggota")).collect();
    anggota.sort_unstable();
    anggota.dedup();
    Some(anggota)
}

/// Refuses what does not fit: a person becomes no unit and a unit no person, and each has what only it can have.
///
/// # Errors
/// The field, and why.
pub(super) fn check_changes(before: &Pengguna, request: &UpdateRequest) -> Result<(), ApiError> {
    if request.unit.is_some_and(|unit| unit != before.unit) {
        let text = "orang tidak bisa menjadi unit, dan unit tidak bisa menjadi orang";
        let kode = if before.unit { KodeIsian::HanyaOrang } else { KodeIsian::BukanUnit };
        return Err(ApiError::field("unit", FieldError::new(kode, text)));
    }
    if !before.unit {
        let has_members = request.anggota.is_some();
        return if has_members { Err(ApiError::field("anggota", not_a_unit())) } else { Ok(()) };
    }
    if request.role.is_some_and(|role| role != ROLE_OF_UNIT) {
        return Err(ApiError::field("role", only_of_people("peran lain")));
    }
    let is_given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let of_people = [("sapaan", &request.sapaan), ("nuptk", &request.nuptk), ("nip", &request.nip)];
    match of_people.into_iter().find(|(_, text)| is_given(text)) {
        Some((field, _)) => Err(ApiError::field(field, only_of_people(field))),
        None => Ok(()),
    }
}

/// Who is behind a user: nobody if it is a person.
pub(super) async fn anggota(state: &AppState, pengguna: &Pengguna) -> Result<Vec<Anggota>, ApiError> {
    if !pengguna.unit {
        return Ok(Vec::new());
    }
    let mut behind = state.store.pengguna().list_anggota(vec![pengguna.id]).await?;
    Ok(behind.remove(&pengguna.id).unwrap_or_default())
}

pub(super) fn not_a_unit() -> FieldError {
    FieldError::new(KodeIsian::BukanUnit, "hanya unit yang punya anggota")
}

pub(super) fn only_of_people(what: &str) -> FieldError {
    FieldError::new(KodeIsian::HanyaOrang, format_args!("unit tidak punya {what}"))
}
