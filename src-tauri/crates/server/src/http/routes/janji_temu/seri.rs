//! Several appointments at once: one that repeats, and one of several guests.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use data_encoding::HEXLOWER;
use domain::{
    Pengguna,
    audit::{Aksi, Objek},
    hari_libur::Closed,
    isian::{self, Field, FieldError, FieldErrors, KodeIsian, collect},
    jadwal::{self, Span},
    ulang::{self, AlasanDilewati, Dilewati, Series, Setiap, Ulang},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{
    janji_temu::{Creation, NewJanjiTemu, TamuOf},
    tamu::NewTamu,
};
use utoipa::ToSchema;

use super::{
    super::tamu::TamuRequest,
    make::{CreateReply, clash, invitation},
};
use crate::{
    audit::{Act, values},
    error::ApiError,
    http::extract::Object,
    hub::Change,
    state::{AppState, RequestState},
};

/// The most appointments of one request.
pub(super) const MAX: usize = 60;

/// Days of a series that are looked through for what was made before: with those that were left out.
pub(super) const DAYS_MAX: usize = 2 * MAX;

/// How an appointment repeats.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http::routes) struct UlangRequest {
    pub(super) setiap: Setiap,
    /// The last day on which it may be, `YYYY-MM-DD`: from `tanggal` to two months ahead.
    #[schema(value_type = String)]
    pub(super) sampai: Field<NaiveDate>,
}

/// Another guest who comes at the same time.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http::routes) struct TamuLainRequest {
    nama: String,
    /// Nobody else of the list has it.
    telp: Option<String>,
    email: Option<String>,
    instansi: Option<String>,
    /// Who really comes, where that is somebody else.
    atas_nama: Option<String>,
    /// How many come, 1 to 999; one where it is missing.
    jumlah_orang: Option<i64>,
}

/// Appointments that were made together, by date, and on each in the order of the guests.
#[derive(Serialize, ToSchema)]
#[schema(as = JanjiTemuSeri)]
pub(in crate::http::routes) struct SeriReply {
    pub(super) data: Vec<CreateReply>,
    /// Dates on which none was made, in their order.
    pub(super) dilewati: Vec<Dilewati>,
}

/// Who comes beside the first guest.
pub(super) struct Guest {
    pub(super) tamu: TamuOf,
    atas_nama: Option<String>,
    jumlah_orang: u16,
}

/// The other guests. Messages name each by its place, from 0 on: `tamu_lain.3.telp`.
pub(super) fn guests(
    errors: &mut FieldErrors,
    asked: &[Object<TamuLainRequest>],
    now: DateTime<Utc>,
) -> Option<Vec<Guest>> {
    if asked.len() >= MAX {
        too_many(errors, "tamu_lain", [0, MAX as i64 - 1]);
        return None;
    }
    // All of them are looked at, so that all that is wrong is told at once.
    let guests: Vec<_> =
        asked.iter().enumerate().map(|(at, Object(asked))| guest(errors, at, asked, now)).collect();
    guests.into_iter().collect()
}

fn guest(errors: &mut FieldErrors, at: usize, asked: &TamuLainRequest, now: DateTime<Utc>) -> Option<Guest> {
    let prefix = format!("tamu_lain.{at}.");
    let field = |name: &str| format!("{prefix}{name}");
    let TamuLainRequest { nama, telp, email, instansi, atas_nama, jumlah_orang } = asked;
    let tamu = TamuRequest {
        nama: nama.clone(),
        telp: telp.clone(),
        email: email.clone(),
        instansi: instansi.clone(),
    };
    let tamu = tamu.check(errors, &prefix, now);
    let atas_nama = collect(errors, &field("atas_nama"), isian::optional_nama(atas_nama.as_deref()));
    let jumlah_orang = collect(errors, &field("jumlah_orang"), isian::jumlah_orang(*jumlah_orang));
    Some(Guest { tamu: TamuOf::Baru(tamu?), atas_nama: atas_nama?, jumlah_orang: jumlah_orang? })
}

/// Refuses a number that two of the list have: whoever typed it has pasted a line twice, or the wrong number.
pub(super) async fn check_numbers(
    errors: &mut FieldErrors,
    state: &AppState,
    first: &TamuOf,
    others: &[Guest],
) -> Result<(), ApiError> {
    if others.is_empty() {
        return Ok(());
    }
    let first = match first {
        TamuOf::Id(id) => state.store.tamu().find(*id).await?.and_then(|tamu| tamu.telp),
        TamuOf::Baru(tamu) => tamu.telp.clone(),
    };
    let mut seen: Vec<_> = first.into_iter().collect();
    for (at, other) in others.iter().enumerate() {
        let TamuOf::Baru(NewTamu { telp: Some(telp), .. }) = &other.tamu else { continue };
        if seen.contains(telp) {
            let twice = FieldError::new(KodeIsian::SudahDipakai, "nomor ini sudah ada dalam daftar");
            errors.insert(format!("tamu_lain.{at}.telp"), twice);
        }
        seen.push(telp.clone());
    }
    Ok(())
}

/// When the appointments begin; only `jadwal` if it does not repeat.
pub(super) fn dates(
    errors: &mut FieldErrors,
    state: &RequestState,
    asked: Option<&Object<UlangRequest>>,
    jadwal: Option<DateTime<Utc>>,
    closed: &Closed,
    now: DateTime<Utc>,
) -> Option<Series> {
    let Some(Object(UlangRequest { setiap, sampai })) = asked else {
        return Some(Series { jadwal: vec![jadwal?], ..Series::default() });
    };
    let sampai = sampai.collect(errors, "ulang.sampai")?;
    let mulai = jadwal?.with_timezone(&state.setelan.zona_waktu).naive_local();
    let ulang = Ulang { setiap: *setiap, sampai };
    let series = ulang::series(mulai.date(), mulai.time(), ulang, closed, now, &state.setelan);
    collect(errors, "ulang.sampai", series)
}

/// Whether that many can be made at once.
pub(super) fn check_size(errors: &mut FieldErrors, dates: Option<&Series>, others: usize) -> bool {
    let dates = dates.map_or(1, |dates| dates.jadwal.len().max(1));
    let most = MAX / dates;
    if others < most {
        return true;
    }
    let (field, batas) = match most.checked_sub(1) {
        Some(most) => ("tamu_lain", [0, most as i64]),
        None => ("ulang.sampai", [1, MAX as i64]),
    };
    too_many(errors, field, batas);
    false
}

fn too_many(errors: &mut FieldErrors, field: &str, batas: [i64; 2]) {
    let teks = format!("paling banyak {MAX} janji temu sekaligus");
    let too_many = FieldError { batas: batas.into(), ..FieldError::new(KodeIsian::Rentang, teks) };
    errors.insert(field.to_owned(), too_many);
}

/// Makes all of them and tells everyone concerned. If their key has made them before, gives those.
pub(super) async fn make(
    state: &RequestState,
    pengguna: &Pengguna,
    first: NewJanjiTemu,
    others: Vec<Guest>,
    dates: Series,
    ulang: Option<&UlangRequest>,
) -> Result<SeriReply, ApiError> {
    let zone = state.setelan.zona_waktu;
    let mut reply = SeriReply { data: Vec::new(), dilewati: dates.dilewati };
    let mut clashes = BTreeSet::new();
    let seri = name(first.kunci.as_deref(), others.len(), ulang)?;
    let asked = rows(state, &first, &others, &dates.jadwal, &seri);
    let times = asked.iter().flatten().map(|asked| asked.jadwal).collect::<Vec<_>>();
    let act = Act::new(Aksi::Buat, Objek::JanjiTemu).after(values::of_new_seri(&first));
    let made = act.record(state.store.janji_temu().create_seri(asked)).await?;
    let mut made: Vec<_> = times.into_iter().zip(made.into_iter().flatten()).collect();
    // The guests of a time keep their order.
    made.sort_by_key(|(jadwal, _)| *jadwal);
    for (jadwal, made) in made {
        match made {
            Some(Creation::Dibuat(row)) => {
                state.hub.publish(row.clone(), Change::Appointment, zone);
                reply.data.push(invitation(state, row));
            }
            Some(Creation::SudahAda(row)) => reply.data.push(invitation(state, row)),
            None => {
                clashes.insert(jadwal);
            }
        }
    }
    if let ([], Some(taken)) = (&*reply.data, clashes.first()) {
        tracing::debug!(id_guru = first.id_guru.0, id_pengguna = pengguna.id.0, "clash");
        return Err(clash(state, first.id_guru, Span::minutes(*taken, first.durasi_menit), None).await?);
    }
    let left_out = |jadwal| {
        let tanggal = jadwal::local_date(jadwal, zone);
        Dilewati { tanggal, alasan: AlasanDilewati::Bentrok }
    };
    reply.dilewati.extend(clashes.into_iter().map(left_out));
    reply.dilewati.sort_by_key(|left_out| left_out.tanggal);
    Ok(reply)
}

/// Every appointment to be made: of each guest all dates.
pub(super) fn rows(
    state: &RequestState,
    first: &NewJanjiTemu,
    others: &[Guest],
    dates: &[DateTime<Utc>],
    seri: &str,
) -> Vec<Vec<NewJanjiTemu>> {
    let other = |guest: &Guest| NewJanjiTemu {
        tamu: guest.tamu.clone(),
        atas_nama: guest.atas_nama.clone(),
        orang_yang_sama: false,
        jumlah_orang: guest.jumlah_orang,
        ..first.clone()
    };
    let guests = std::iter::once(first.clone()).chain(others.iter().map(other));
    let on_dates = |(at, guest): (usize, NewJanjiTemu)| {
        let on_date = |jadwal: &DateTime<Utc>| NewJanjiTemu {
            jadwal: *jadwal,
            kode_expiry: jadwal::kode_expiry(*jadwal, &state.setelan),
            kunci: first.kunci.as_deref().map(|kunci| key(kunci, first.jadwal, *jadwal, at)),
            seri: Some(seri.to_owned()),
            ..guest.clone()
        };
        dates.iter().map(on_date).collect()
    };
    guests.enumerate().map(on_dates).collect()
}

/// The key of one of them. The first has the request's own, so that a key that was used for something else is noticed.
fn key(kunci: &str, mulai: DateTime<Utc>, jadwal: DateTime<Utc>, guest: usize) -> String {
    if (jadwal, guest) == (mulai, 0) {
        return kunci.to_owned();
    }
    HEXLOWER.encode(&Sha256::digest(format!("{kunci}\n{}\n{guest}", jadwal.timestamp())))
}

/// What the appointments of a request share. Sent again with its key, a request has the same, so that what it makes
/// then does not clash with what it made before. Asked for more or fewer guests, or other weeks, it has another: that
/// is something else under the same key.
pub(super) fn name(
    kunci: Option<&str>,
    others: usize,
    ulang: Option<&UlangRequest>,
) -> Result<String, ApiError> {
    let mut bytes = [0; 16];
    match kunci {
        Some(kunci) => {
            let sampai = ulang.and_then(|ulang| ulang.sampai.get("ulang.sampai").ok());
            let asked = format!("seri\n{kunci}\n{others}\n{sampai:?}");
            bytes.copy_from_slice(&Sha256::digest(asked)[..16]);
        }
        None => getrandom::fill(&mut bytes).map_err(|error| {
            tracing::error!(%error, "the operating system gives no random numbers");
            ApiError::Internal
        })?,
    }
    Ok(HEXLOWER.encode(&bytes))
}
