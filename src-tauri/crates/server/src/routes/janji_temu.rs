//! Appointments and walk-ins.

mod make;
mod reschedule;

use axum::{Json as Reply, extract::State};
use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::{
    IdJanjiTemu, IdPengguna, Pengguna, Role, Status, isian, jadwal,
    json::{Daftar, JanjiTemu, Kedatangan},
    pindah::{self, Pindah},
    pindai, ulasan,
};
use serde::Deserialize;
use store::{
    Halaman,
    janji_temu::{Langkah, Perubahan, SaringJanjiTemu},
};
use utoipa::{IntoParams, ToSchema};

pub(super) use make::{__path_create, __path_walk_in, create, walk_in};
pub(super) use reschedule::{__path_reschedule, reschedule};

use super::pindai::check_readable;
use crate::{
    app::AppState,
    error::ApiError,
    extract::{AsPengguna, Json, PathId, Query, cari, halaman},
    hub::Change,
    reads::Bacaan,
    refusals::{NotFound, NotToday, Transition},
};

/// Which appointments.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// First day, `YYYY-MM-DD`.
    dari: Option<String>,
    /// Last day, inclusive.
    sampai: Option<String>,
    /// Only those that stand there; several are separated by commas.
    status: Option<String>,
    /// Text in the guest's name, institution or number, the guru's name, or the purpose.
    q: Option<String>,
    /// From 1 on.
    halaman: Option<i64>,
    /// 1 to 200.
    ukuran: Option<i64>,
}

impl ListQuery {
    fn saring(&self, id_guru: Option<IdPengguna>, zone: Tz) -> Result<SaringJanjiTemu, ApiError> {
        let date = |field: &str, text: &Option<String>| {
            text.as_deref().map(|text| parse_date(field, text)).transpose()
        };
        let (dari, sampai) = (date("dari", &self.dari)?, date("sampai", &self.sampai)?);
        if let (Some(dari), Some(sampai)) = (dari, sampai)
            && sampai < dari
        {
            return Err(ApiError::field("sampai", "tidak boleh sebelum dari"));
        }
        let span = (dari.is_some() || sampai.is_some()).then(|| {
            let first = dari.unwrap_or(FIRST_DAY);
            jadwal::days(first, sampai.unwrap_or(LAST_DAY), zone)
        });
        let status = self
            .status
            .iter()
            .flat_map(|list| list.split(','))
            .map(|word| word.trim().parse::<Status>())
            .collect::<Result<_, _>>()
            .map_err(|error| ApiError::field("status", error))?;
        Ok(SaringJanjiTemu { id_guru, jadwal: span, status, cari: cari(self.q.as_deref())?, id_tamu: None })
    }
}

/// The days that a date may name.
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a fixed date exists");
const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2999, 12, 31).expect("a fixed date exists");

/// A page of appointments by scheduled time; a guru's are only their own.
#[utoipa::path(get, path = "/api/appointments", tag = "appointments", params(ListQuery), responses((status = 200, body = Daftar<JanjiTemu>)))]
pub(super) async fn list(
    State(state): State<AppState>,
    AsPengguna(pengguna): AsPengguna,
    Query(query): Query<ListQuery>,
) -> Result<Reply<Daftar<JanjiTemu>>, ApiError> {
    let saring = query.saring(own_only(&pengguna), state.setelan.zona_waktu)?;
    page(&state, &pengguna, saring, halaman(query.halaman, query.ukuran)?).await
}

/// Which page, and narrowed down how.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct TodayQuery {
    /// As in the list.
    status: Option<String>,
    /// As in the list.
    q: Option<String>,
    /// From 1 on.
    halaman: Option<i64>,
    /// 1 to 200.
    ukuran: Option<i64>,
}

/// A page of today's appointments; a guru's are only their own.
#[utoipa::path(get, path = "/api/appointments/today", tag = "appointments", params(TodayQuery), responses((status = 200, body = Daftar<JanjiTemu>)))]
pub(super) async fn today(
    State(state): State<AppState>,
    AsPengguna(pengguna): AsPengguna,
    Query(query): Query<TodayQuery>,
) -> Result<Reply<Daftar<JanjiTemu>>, ApiError> {
    let zone = state.setelan.zona_waktu;
    let today = jadwal::local_date(state.clock.now(), zone).to_string();
    let query = ListQuery {
        dari: Some(today.clone()),
        sampai: Some(today),
        status: query.status,
        q: query.q,
        halaman: query.halaman,
        ukuran: query.ukuran,
    };
    let saring = query.saring(own_only(&pengguna), zone)?;
    page(&state, &pengguna, saring, halaman(query.halaman, query.ukuran)?).await
}

/// A page of a guru's appointments.
#[utoipa::path(get, path = "/api/appointments/guru/{id}", tag = "appointments", params(("id" = i64, Path), ListQuery), responses((status = 200, body = Daftar<JanjiTemu>)))]
pub(super) async fn of_guru(
    State(state): State<AppState>,
    AsPengguna(pengguna): AsPengguna,
    PathId(id): PathId<IdPengguna>,
    Query(query): Query<ListQuery>,
) -> Result<Reply<Daftar<JanjiTemu>>, ApiError> {
    if own_only(&pengguna).is_some_and(|own| own != id) {
        return Err(ApiError::Forbidden);
    }
    let saring = query.saring(Some(id), state.setelan.zona_waktu)?;
    page(&state, &pengguna, saring, halaman(query.halaman, query.ukuran)?).await
}

/// One appointment.
#[utoipa::path(get, path = "/api/appointments/{id}", tag = "appointments", params(("id" = i64, Path)), responses((status = 200, body = JanjiTemu), NotFound))]
pub(super) async fn get(
    State(state): State<AppState>,
    AsPengguna(pengguna): AsPengguna,
    PathId(id): PathId<IdJanjiTemu>,
) -> Result<Reply<JanjiTemu>, ApiError> {
    state.reads.check(pengguna.id, Bacaan::Tamu)?;
    let row = find_visible(&state, &pengguna, id).await?;
    Ok(Reply(JanjiTemu::new(row, state.setelan.zona_waktu)))
}

/// Where an appointment shall stand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StatusRequest {
    status: Status,
    /// Why it is called off, or why the guest stays away; of other moves there is none.
    alasan: Option<String>,
}

/// Moves an appointment by hand. Asking for where it stands already changes nothing and is no error, so that a request can be
/// sent again. Nobody is marked `tidak hadir` before the time agreed.
#[utoipa::path(put, path = "/api/appointments/{id}/status", tag = "appointments", params(("id" = i64, Path)), request_body = StatusRequest, responses((status = 200, body = Kedatangan), NotFound, Transition, NotToday))]
pub(super) async fn update_status(
    State(state): State<AppState>,
    AsPengguna(pengguna): AsPengguna,
    PathId(id): PathId<IdJanjiTemu>,
    Json(request): Json<StatusRequest>,
) -> Result<Reply<Kedatangan>, ApiError> {
    let zone = state.setelan.zona_waktu;
    let alasan =
        isian::tanggapan(request.alasan.as_deref()).map_err(|error| ApiError::field("alasan", error))?;
    let before = find_visible(&state, &pengguna, id).await?;
    check_readable(&before)?;
    let waktu = state.clock.now();
    if pindah::check(&before, request.status, alasan.as_deref(), waktu)? == Pindah::Tetap {
        return Ok(Reply(moved(&state, before)));
    }
    let waktu = before.time_of_step(waktu);
    let di_meja = ulasan::is_at_desk(&pengguna, &before);
    let langkah = match request.status {
        Status::Belum => return Err(ApiError::Transition),
        Status::Menunggu => {
            // Without a code too, a guest arrives on the day only.
            pindai::decide(&before, waktu, &state.setelan)?;
            Langkah::Datang { terlambat: pindai::is_late(before.jadwal, waktu, &state.setelan), di_meja }
        }
        Status::SedangBerlangsung => Langkah::Mulai,
        Status::Selesai => Langkah::Pulang { waktu_selesai: waktu, di_meja },
        Status::Batal => Langkah::Batal { alasan },
        Status::TidakHadir => Langkah::TidakHadir { alasan },
    };
    let change = if request.status == Status::Menunggu { Change::Notification } else { Change::Appointment };
    let perubahan = Perubahan::of(&before, Some(langkah), None, waktu);
    // Somebody else moved it meanwhile: the move that was asked for is no longer the one that was checked.
    let after = state.store.janji_temu().apply(perubahan).await?.ok_or(ApiError::Transition)?;
    state.hub.publish(after.clone(), change, zone);
    Ok(Reply(moved(&state, after)))
}

/// A move with what is to be said of it, where it is an arrival.
fn moved(state: &AppState, row: domain::JanjiTemu) -> Kedatangan {
    if row.status == Status::Menunggu {
        return make::arrived(state, row);
    }
    let appointment = JanjiTemu::new(row, state.setelan.zona_waktu);
    Kedatangan { appointment, guru_terhubung: None, message: None }
}

/// A page of appointments, provided that the user may read on.
async fn page(
    state: &AppState,
    pengguna: &Pengguna,
    saring: SaringJanjiTemu,
    halaman: Halaman,
) -> Result<Reply<Daftar<JanjiTemu>>, ApiError> {
    state.reads.check(pengguna.id, Bacaan::Tamu)?;
    let found = state.store.janji_temu().list(saring, halaman).await?;
    state.reads.count(pengguna.id, Bacaan::Tamu, found.data.len());
    Ok(Reply(to_json(found, state.setelan.zona_waktu)))
}

/// Whose appointments a user is limited to.
fn own_only(pengguna: &Pengguna) -> Option<IdPengguna> {
    (pengguna.role == Role::Guru).then_some(pengguna.id)
}

/// An appointment that the user may see; another guru's looks like none. It counts as read.
pub(super) async fn find_visible(
    state: &AppState,
    pengguna: &Pengguna,
    id: IdJanjiTemu,
) -> Result<domain::JanjiTemu, ApiError> {
    let row = state.store.janji_temu().find(id).await?.ok_or(ApiError::NotFound)?;
    if own_only(pengguna).is_some_and(|own| own != row.id_guru) {
        return Err(ApiError::NotFound);
    }
    state.reads.count(pengguna.id, Bacaan::Tamu, 1);
    Ok(row)
}

/// A page of rows as JSON.
pub(super) fn to_json(rows: Daftar<domain::JanjiTemu>, zone: Tz) -> Daftar<JanjiTemu> {
    let data = rows.data.into_iter().map(|row| JanjiTemu::new(row, zone)).collect();
    Daftar { data, total: rows.total }
}

/// A date of this millennium, `YYYY-MM-DD`.
pub(super) fn parse_date(field: &str, text: &str) -> Result<NaiveDate, ApiError> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|date| text.len() == 10 && (FIRST_DAY..=LAST_DAY).contains(date))
        .ok_or_else(|| ApiError::field(field, "bukan tanggal yang ada; pakai YYYY-MM-DD"))
}
