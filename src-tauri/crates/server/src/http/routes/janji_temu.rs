//! Appointments and walk-ins.

mod again;
mod hari;
mod kosong;
mod make;
mod reschedule;
mod seri;
mod status;
mod tutup;
mod ubah;
mod walk_in;

use std::collections::BTreeMap;

use axum::Json as Reply;
use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::{
    IdJanjiTemu, IdPengguna, IdTamu, Jenis, Pengguna, Status,
    isian::{Entered, Field, HARI_PERTAMA, HARI_TERAKHIR, InvalidIsian},
    jadwal,
    json::{Daftar, JanjiTemu},
};
use serde::{Deserialize, Serialize};
use store::{PageRequest, janji_temu::JanjiTemuFilter};
use utoipa::{IntoParams, ToSchema};

pub(super) use hari::{__path_hari, hari};
pub(super) use kosong::{__path_kosong, kosong};
pub(super) use make::{__path_create, create};
pub(super) use reschedule::{__path_reschedule, reschedule};
pub(super) use status::{__path_beri_tahu, __path_update_status, beri_tahu, update_status};
pub(super) use ubah::{__path_update, update};
pub(super) use walk_in::{__path_walk_in, walk_in};

use crate::{
    error::ApiError,
    http::{
        extract::{AsPengguna, PathId, Query, acts_for, cari, halaman},
        refusals::NotFound,
    },
    reads::Reading,
    state::{AppState, RequestState},
};

/// Which appointments.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// First day, `YYYY-MM-DD`.
    #[param(value_type = Option<String>)]
    dari: Option<Field<NaiveDate>>,
    /// Last day, inclusive.
    #[param(value_type = Option<String>)]
    sampai: Option<Field<NaiveDate>>,
    /// Only those that stand there; several are separated by commas.
    status: Option<String>,
    /// Text in the guest's name, institution or number, the guru's name, or the purpose. Of more than 100 000
    /// appointments in the days asked for, it is looked for in the newest so many.
    q: Option<String>,
    /// Only this guru's.
    id_guru: Option<i64>,
    /// Only this guest's.
    id_tamu: Option<i64>,
    /// Only of this kind.
    #[param(value_type = Option<Jenis>)]
    jenis: Option<String>,
    /// Which come first.
    #[serde(default)]
    #[param(inline)]
    urut: Urut,
    /// Answer `per_status` too.
    #[serde(default)]
    hitung: bool,
    /// From 1 on.
    halaman: Option<i64>,
    /// 1 to 200.
    ukuran: Option<i64>,
}

/// The order of a list.
#[derive(Clone, Copy, Default, Deserialize, PartialEq, Eq, ToSchema)]
enum Urut {
    /// By scheduled time.
    #[default]
    #[serde(rename = "jadwal")]
    Jadwal,
    /// The newest first.
    #[serde(rename = "-jadwal")]
    Terbaru,
}

/// A page of appointments.
#[derive(Serialize, ToSchema)]
#[schema(as = DaftarJanjiTemu)]
pub(super) struct ListReply {
    #[serde(flatten)]
    daftar: Daftar<JanjiTemu>,
    /// How many there are of each status, whatever status is asked for; only where `hitung` asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    per_status: Option<BTreeMap<&'static str, u64>>,
}

impl ListQuery {
    /// What is asked for. `milik` is whoever sees only their own, and may ask for those of one unit.
    fn saring(&self, milik: Option<IdPengguna>, zone: Tz) -> Result<JanjiTemuFilter, ApiError> {
        let date = |day: &Option<Field<_>>, name| day.as_ref().map(|day| day.get(name)).transpose();
        let dari = date(&self.dari, "dari").map_err(ApiError::Isian)?;
        let sampai = date(&self.sampai, "sampai").map_err(ApiError::Isian)?;
        if let (Some(dari), Some(sampai)) = (dari, sampai)
            && sampai < dari
        {
            return Err(ApiError::field("sampai", "tidak boleh sebelum dari"));
        }
        let span = (dari.is_some() || sampai.is_some()).then(|| {
            let first = dari.unwrap_or(HARI_PERTAMA);
            jadwal::days(first, sampai.unwrap_or(HARI_TERAKHIR), zone)
        });
        let status = self
            .status
            .iter()
            .flat_map(|list| list.split(','))
            .map(|word| word.trim().parse::<Status>())
            .collect::<Result<_, _>>()
            .map_err(|error| ApiError::field("status", error))?;
        let wrong = |field| move |error: InvalidIsian| ApiError::field(field, error);
        let id_asked = self.id_guru.map(IdPengguna::check).transpose().map_err(wrong("id_guru"))?;
        let id_tamu = self.id_tamu.map(IdTamu::check).transpose().map_err(wrong("id_tamu"))?;
        let jenis = self.jenis.as_deref().map(str::parse::<Jenis>).transpose();
        Ok(JanjiTemuFilter {
            id_guru: id_asked,
            milik,
            id_tamu,
            jadwal: span,
            status,
            jenis: jenis.map_err(|error| ApiError::field("jenis", error))?,
            terbaru_dulu: self.urut == Urut::Terbaru,
            cari: cari(self.q.as_deref())?,
        })
    }
}

/// A page of appointments by scheduled time; a guru's are only their own, and those of the units that the guru is
/// behind. More than 100 000 are counted as so many.
#[utoipa::path(
    get,
    path = "/api/appointments",
    tag = "appointments",
    params(ListQuery),
    responses((status = 200, body = ListReply))
)]
pub(super) async fn list(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
    Query(query): Query<ListQuery>,
) -> Result<Reply<ListReply>, ApiError> {
    let saring = query.saring(pengguna.own_only(), state.setelan.zona_waktu)?;
    if let Some(asked) = saring.id_guru
        && !acts_for(&state, &pengguna, asked).await?
    {
        return Err(ApiError::Forbidden);
    }
    let halaman = halaman(query.halaman, query.ukuran)?;
    let Reply(daftar) = page(&state, &pengguna, saring.clone(), halaman).await?;
    let per_status = match query.hitung {
        true => Some(per_status(&state, saring).await?),
        false => None,
    };
    Ok(Reply(ListReply { daftar, per_status }))
}

async fn per_status(
    state: &RequestState,
    saring: JanjiTemuFilter,
) -> Result<BTreeMap<&'static str, u64>, ApiError> {
    let counted = state.store.janji_temu().count_status(saring).await?;
    let mut all: BTreeMap<_, _> = Status::ALL.into_iter().map(|status| (status.as_str(), 0)).collect();
    all.extend(counted.into_iter().map(|(status, jumlah)| (status.as_str(), jumlah)));
    Ok(all)
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

/// A page of today's appointments, and of those that are near although midnight lies between: whoever can arrive now
/// stands in it. A guru's are only their own.
#[utoipa::path(
    get,
    path = "/api/appointments/today",
    tag = "appointments",
    params(TodayQuery),
    responses((status = 200, body = Daftar<JanjiTemu>))
)]
pub(super) async fn today(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
    Query(query): Query<TodayQuery>,
) -> Result<Reply<Daftar<JanjiTemu>>, ApiError> {
    let zone = state.setelan.zona_waktu;
    let query = ListQuery {
        dari: None,
        sampai: None,
        status: query.status,
        q: query.q,
        id_guru: None,
        id_tamu: None,
        jenis: None,
        urut: Urut::Jadwal,
        hitung: false,
        halaman: query.halaman,
        ukuran: query.ukuran,
    };
    let hari_ini = Some(jadwal::hari_ini(state.clock.now(), &state.setelan));
    let saring = JanjiTemuFilter { jadwal: hari_ini, ..query.saring(pengguna.own_only(), zone)? };
    page(&state, &pengguna, saring, halaman(query.halaman, query.ukuran)?).await
}

/// A page of a guru's appointments.
#[utoipa::path(
    get,
    path = "/api/appointments/guru/{id}",
    tag = "appointments",
    params(("id" = i64, Path), ListQuery),
    responses((status = 200, body = Daftar<JanjiTemu>))
)]
pub(super) async fn of_guru(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
    PathId(id): PathId<IdPengguna>,
    Query(query): Query<ListQuery>,
) -> Result<Reply<Daftar<JanjiTemu>>, ApiError> {
    if !acts_for(&state, &pengguna, id).await? {
        return Err(ApiError::Forbidden);
    }
    let saring = query.saring(None, state.setelan.zona_waktu)?;
    if saring.id_guru.is_some_and(|asked| asked != id) {
        return Err(ApiError::Forbidden);
    }
    let saring = JanjiTemuFilter { id_guru: Some(id), ..saring };
    page(&state, &pengguna, saring, halaman(query.halaman, query.ukuran)?).await
}

/// One appointment.
#[utoipa::path(
    get,
    path = "/api/appointments/{id}",
    tag = "appointments",
    params(("id" = i64, Path)),
    responses((status = 200, body = JanjiTemu), NotFound)
)]
pub(super) async fn get(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
    PathId(id): PathId<IdJanjiTemu>,
) -> Result<Reply<JanjiTemu>, ApiError> {
    state.reads.check(pengguna.id, Reading::Tamu)?;
    let row = find_visible(&state, &pengguna, id).await?;
    Ok(Reply(JanjiTemu::new(row, state.setelan.zona_waktu)))
}

/// A page of appointments. Refuses if the user has used up the reading allowance.
async fn page(
    state: &RequestState,
    pengguna: &Pengguna,
    saring: JanjiTemuFilter,
    halaman: PageRequest,
) -> Result<Reply<Daftar<JanjiTemu>>, ApiError> {
    state.reads.check(pengguna.id, Reading::Tamu)?;
    let found = state.store.janji_temu().list(saring, halaman).await?;
    state.reads.count(pengguna.id, Reading::Tamu, found.data.len());
    Ok(Reply(found.map(|row| JanjiTemu::new(row, state.setelan.zona_waktu))))
}

/// An appointment that the user may see. An appointment of another guru is reported as not found. Counts as reading.
pub(super) async fn find_visible(
    state: &AppState,
    pengguna: &Pengguna,
    id: IdJanjiTemu,
) -> Result<domain::JanjiTemu, ApiError> {
    let row = state.store.janji_temu().find(id).await?.ok_or(ApiError::NotFound)?;
    if pengguna.own_only().is_some_and(|own| !row.is_to(own)) {
        return Err(ApiError::NotFound);
    }
    state.reads.count(pengguna.id, Reading::Tamu, 1);
    Ok(row)
}
