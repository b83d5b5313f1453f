//! Messages that the school has sent, or could not send.

use axum::Json as Reply;
use chrono::NaiveDate;
use domain::{
    IdJanjiTemu, IdTamu, Role,
    audit::{Aksi, Objek},
    isian::{self, Entered, FieldErrors, collect},
    jadwal,
    json::Daftar,
    pesan::{KeadaanPesan, PesanKeluar},
};
use serde::Deserialize;
use serde_json::json;
use store::pesan::PesanFilter;
use utoipa::IntoParams;

use crate::{
    audit::Act,
    error::ApiError,
    http::{
        extract::{AsPengguna, PathId, Query, halaman},
        refusals::{NotFound, Transition},
    },
    state::RequestState,
};

/// Which messages.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// Only these states, separated by commas.
    keadaan: Option<String>,
    /// Only those about this appointment.
    id_janji_temu: Option<i64>,
    /// Only those about appointments of this guest.
    id_tamu: Option<i64>,
    /// Only those about appointments from this day on, `YYYY-MM-DD`.
    dari: Option<String>,
    /// To this day.
    sampai: Option<String>,
    /// From 1 on.
    halaman: Option<i64>,
    /// 1 to 200.
    ukuran: Option<i64>,
}

/// A page of messages, newest first: all of them for admins, those about own appointments for gurus.
#[utoipa::path(
    get,
    path = "/api/pesan",
    tag = "pesan",
    params(ListQuery),
    responses((status = 200, body = Daftar<PesanKeluar>))
)]
pub(super) async fn list(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
    Query(query): Query<ListQuery>,
) -> Result<Reply<Daftar<PesanKeluar>>, ApiError> {
    let id_guru = match pengguna.role {
        Role::Admin => None,
        Role::Guru => Some(pengguna.id),
        Role::PenerimaTamu => return Err(ApiError::Forbidden),
    };
    let mut errors = FieldErrors::new();
    let keadaan = collect(&mut errors, "keadaan", states(query.keadaan.as_deref()));
    let day = |text: &Option<String>| text.as_deref().map(isian::tanggal).transpose();
    let dari = collect(&mut errors, "dari", day(&query.dari));
    let sampai = collect(&mut errors, "sampai", day(&query.sampai));
    let id = query.id_janji_temu.map(IdJanjiTemu::check).transpose();
    let id_janji_temu = collect(&mut errors, "id_janji_temu", id);
    let id_tamu = collect(&mut errors, "id_tamu", query.id_tamu.map(IdTamu::check).transpose());
    let (Some(keadaan), Some(dari), Some(sampai), Some(id_janji_temu), Some(id_tamu)) =
        (keadaan, dari, sampai, id_janji_temu, id_tamu)
    else {
        return Err(ApiError::Isian(errors));
    };
    let zone = state.setelan.zona_waktu;
    let jadwal = match (dari, sampai) {
        (None, None) => None,
        (dari, sampai) => Some(jadwal::days(
            dari.unwrap_or(NaiveDate::MIN + chrono::TimeDelta::days(2)),
            sampai.unwrap_or(NaiveDate::MAX - chrono::TimeDelta::days(2)),
            zone,
        )),
    };
    let saring = PesanFilter { keadaan, alasan: None, id_janji_temu, id_tamu, id_guru, jadwal };
    Ok(Reply(state.store.pesan().list(saring, halaman(query.halaman, query.ukuran)?).await?))
}

fn states(text: Option<&str>) -> Result<Vec<KeadaanPesan>, domain::pesan::UnknownKeadaanPesan> {
    text.map_or(Ok(Vec::new()), |text| text.split(',').map(|word| word.trim().parse()).collect())
}

/// Sends a message again, from the school's first channel on. One that waits is only looked at.
#[utoipa::path(
    post,
    path = "/api/pesan/{id}/kirim-ulang",
    tag = "pesan",
    params(("id" = i64, Path)),
    responses((status = 200, body = PesanKeluar), NotFound, Transition)
)]
pub(super) async fn resend(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
    PathId(id): PathId<IdJanjiTemu>,
) -> Result<Reply<PesanKeluar>, ApiError> {
    let id = id.0;
    let dikunjungi = state.store.pesan().find_dikunjungi(id).await?;
    match pengguna.role {
        Role::Admin => {}
        Role::Guru if dikunjungi.contains(&pengguna.id) => {}
        Role::Guru => return Err(ApiError::NotFound),
        Role::PenerimaTamu => return Err(ApiError::Forbidden),
    }
    let now = state.clock.now();
    let kept = state.store.pesan().find(id).await?.ok_or(ApiError::NotFound)?;
    check_resend(&state, &kept, now).await?;
    let act = Act::new(Aksi::KirimUlang, Objek::Pesan).on(id).after(json!({ "jenis": kept.jenis }));
    let pesan = act.record(state.store.pesan().resend(id, now)).await?;
    state.hub.publish_pesan(pesan.clone(), &dikunjungi);
    if let Some(courier) = state.courier.get() {
        courier.wake();
    }
    Ok(Reply(pesan))
}

/// A message that has left is sent again no sooner.
const RESEND_AFTER: chrono::TimeDelta = chrono::TimeDelta::minutes(1);

/// Refuses what would not be sent, so that what became of it stays known, and what has just left.
async fn check_resend(
    state: &RequestState,
    kept: &PesanKeluar,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), ApiError> {
    if kept.keadaan == KeadaanPesan::Menunggu {
        return Ok(());
    }
    let Some(id) = kept.id_janji_temu else {
        // The password is gone once it has left.
        return if kept.keadaan == KeadaanPesan::Gagal { Ok(()) } else { Err(ApiError::Transition) };
    };
    let visit = state.store.janji_temu().find(id).await?.ok_or(ApiError::NotFound)?;
    domain::pesan::is_wanted(kept.jenis, &visit, true, now, &state.setelan)
        .map_err(|_| ApiError::Transition)?;
    let remaining = kept.diubah_pada + RESEND_AFTER - now;
    match remaining.to_std() {
        Ok(remaining) if KeadaanPesan::LEFT.contains(&kept.keadaan) && !remaining.is_zero() => {
            Err(ApiError::TooMany(remaining))
        }
        _ => Ok(()),
    }
}
