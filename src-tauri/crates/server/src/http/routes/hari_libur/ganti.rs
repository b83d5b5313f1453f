//! A holiday of several days, changed as a whole: some days go, others come, and nothing in between is ever seen.

use std::collections::BTreeSet;

use axum::Json as Reply;
use chrono::NaiveDate;
use domain::{
    audit::{Aksi, Objek},
    hari_libur::{HariLibur, JenisLibur, SumberLibur},
    isian::{self, FieldErrors, InvalidIsian, collect},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::touched;
use crate::{
    audit::Act,
    error::ApiError,
    http::extract::{AsAdmin, Json},
    state::RequestState,
};

/// Days in one change: a year, gone and come.
const DAYS_MAX: usize = 366;

/// Which days go, and which come.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GantiHariLiburRequest)]
pub(in crate::http::routes) struct ReplaceRequest {
    /// They become days like any other.
    #[serde(default)]
    #[schema(max_items = 366)]
    hapus: Vec<String>,
    /// They become holidays, or other ones.
    #[serde(default)]
    #[schema(max_items = 366)]
    isi: Vec<DayRequest>,
}

/// A day that becomes a holiday.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HariLiburBaruRequest)]
struct DayRequest {
    tanggal: String,
    /// What it is called.
    nama: String,
    jenis: JenisLibur,
    /// Predicted, not announced yet.
    #[serde(default)]
    perkiraan: bool,
    /// `impor` brings back a day that came from a file.
    #[serde(default)]
    sumber: Option<SumberLibur>,
}

/// The days as they stand now, with what they touch.
#[derive(Serialize, ToSchema)]
#[schema(as = HariLiburDiganti)]
pub(in crate::http::routes) struct ReplaceReply {
    data: Vec<HariLibur>,
    /// Appointments on these days that nobody has come to yet. They stay.
    janji_terdampak: usize,
}

/// Changes several days at once, all or none.
#[utoipa::path(
    post,
    path = "/api/hari-libur/ganti",
    tag = "hari libur",
    request_body = ReplaceRequest,
    responses((status = 200, body = ReplaceReply))
)]
pub(in crate::http::routes) async fn replace(
    state: RequestState,
    _admin: AsAdmin,
    Json(request): Json<ReplaceRequest>,
) -> Result<Reply<ReplaceReply>, ApiError> {
    let (hapus, isi) = request.read()?;
    let days: BTreeSet<_> = hapus.iter().copied().chain(isi.iter().map(|one| one.tanggal)).collect();
    let store = state.store.hari_libur();
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Ok(Reply(ReplaceReply { data: Vec::new(), janji_terdampak: 0 }));
    };
    let of_days = async || -> store::Result<Vec<HariLibur>> {
        let listed = store.list(*first, *last).await?;
        Ok(listed.into_iter().filter(|one| days.contains(&one.tanggal)).collect())
    };
    let before = of_days().await?;
    // Sent again it changes nothing.
    if before != isi {
        let aksi = match (before.is_empty(), isi.is_empty()) {
            (true, _) => Aksi::Buat,
            (false, true) => Aksi::Hapus,
            (false, false) => Aksi::Ubah,
        };
        let act = Act::new(aksi, Objek::HariLibur).before(json!(before)).after(json!(isi));
        act.record(store.replace(hapus, isi)).await?;
        state.settings.look().await?;
    }
    let data = of_days().await?;
    let all: Vec<_> = days.iter().copied().collect();
    let janji_terdampak = touched(&state, &all).await?;
    Ok(Reply(ReplaceReply { data, janji_terdampak }))
}

impl ReplaceRequest {
    /// The days that go and no others, and those that come, each once and in their order.
    fn read(self) -> Result<(Vec<NaiveDate>, Vec<HariLibur>), ApiError> {
        if self.hapus.len().max(self.isi.len()) > DAYS_MAX {
            return Err(ApiError::field("isi", InvalidIsian::OutOfRange(0, DAYS_MAX as i64)));
        }
        let mut errors = FieldErrors::new();
        let gone = self.hapus.iter().map(|day| isian::tanggal(day)).collect::<Result<Vec<_>, _>>();
        let gone = collect(&mut errors, "hapus", gone);
        let mut isi = Vec::with_capacity(self.isi.len());
        for DayRequest { tanggal, nama, jenis, perkiraan, sumber } in self.isi {
            let tanggal = collect(&mut errors, "tanggal", isian::tanggal(&tanggal));
            let nama = collect(&mut errors, "nama", isian::nama(&nama));
            if let (Some(tanggal), Some(nama)) = (tanggal, nama) {
                let sumber = sumber.unwrap_or(SumberLibur::Manual);
                isi.push(HariLibur { tanggal, nama, jenis, perkiraan, sumber });
            }
        }
        let Some(gone) = gone.filter(|_| errors.is_empty()) else { return Err(ApiError::Isian(errors)) };
        isi.sort_by_key(|one| one.tanggal);
        isi.dedup_by_key(|one| one.tanggal);
        let comes: BTreeSet<_> = isi.iter().map(|one| one.tanggal).collect();
        let hapus = gone.into_iter().filter(|day| !comes.contains(day)).collect();
        Ok((hapus, isi))
    }
}
