//! Makes an appointment.

use axum::{Json as Reply, http::StatusCode};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    IdJanjiTemu, IdPengguna, IdTamu, Jenis, Pengguna,
    audit::{Aksi, Objek},
    hari_libur,
    isian::{self, Field, FieldError, FieldErrors, InvalidIsian, KodeIsian, collect},
    jadwal::{self, Span},
    json::{JanjiTemu, Pesan},
    pesan::JenisPesan,
};
use serde::{Deserialize, Serialize};
use store::{
    janji_temu::{Creation, NewJanjiTemu, TamuOf},
    tamu::NewTamu,
};
use utoipa::ToSchema;

use super::{
    super::tamu::TamuRequest,
    again,
    seri::{self, SeriReply, TamuLainRequest, UlangRequest},
    tutup,
};
use crate::{
    audit::{Act, values},
    error::ApiError,
    http::{
        extract::{AsPengguna, Json, Object, acts_for},
        refusals::{Clash, Closed, KeyReused},
    },
    hub::Change,
    pesan,
    reads::Reading,
    state::{AppState, RequestState},
};

/// An appointment to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = JanjiTemuRequest)]
pub(in crate::http::routes) struct CreateRequest {
    /// Either this …
    #[schema(value_type = Option<TamuRequest>)]
    tamu: Option<Object<TamuRequest>>,
    /// … or this.
    #[schema(value_type = Option<i64>)]
    id_tamu: Option<Field<IdTamu>>,
    /// Who really comes, where that is somebody else. Where it is missing, a name that differs from that of the guest
    /// whose number it is counts as one.
    atas_nama: Option<String>,
    /// Whoever has the number is who comes, and `tamu` corrects what is known. A guru says so of guests of own
    /// appointments only.
    #[serde(default)]
    orang_yang_sama: bool,
    /// How many come, 1 to 999; one where it is missing.
    jumlah_orang: Option<i64>,
    keperluan: String,
    /// `YYYY-MM-DD`, from today to two months ahead.
    #[schema(value_type = String)]
    tanggal: Field<NaiveDate>,
    /// `HH:MM`.
    #[schema(value_type = String)]
    waktu: Field<NaiveTime>,
    /// 5 to 480; 30 where it is missing.
    pub(super) durasi_menit: Option<i64>,
    /// For admins and receptionists; a guru makes only their own, and those of a unit that the guru is behind.
    #[schema(value_type = Option<i64>)]
    id_guru: Option<Field<IdPengguna>>,
    /// Make it although the guru is taken.
    #[serde(default)]
    izinkan_bentrok: bool,
    /// Make it although the school is closed on that day. Without it, a series leaves such days out.
    #[serde(default)]
    pub(super) izinkan_libur: bool,
    /// Idempotency key: the same request sent again makes nothing twice.
    kunci: Option<String>,
    /// Make it again and again. What is answered then is a list, as with `tamu_lain`.
    #[schema(value_type = Option<UlangRequest>)]
    pub(super) ulang: Option<Object<UlangRequest>>,
    /// Others who come at the same time, each with an appointment and a code of their own; at most 60 appointments in
    /// all.
    #[schema(value_type = Option<Vec<TamuLainRequest>>, max_items = 59)]
    pub(super) tamu_lain: Option<Vec<Object<TamuLainRequest>>>,
}

/// An appointment that was made, or given another time.
#[derive(Serialize, ToSchema)]
#[schema(as = JanjiTemuBaru)]
pub(in crate::http::routes) struct CreateReply {
    #[serde(flatten)]
    pub(super) appointment: JanjiTemu,
    /// What can be sent to the guest.
    pub(super) pesan: Pesan,
}

/// What was made.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = JanjiTemuDibuat)]
pub(in crate::http::routes) enum Made {
    /// What was asked for without `ulang` and `tamu_lain`.
    One(Box<CreateReply>),
    /// What was asked for with one of them.
    Several(SeriReply),
}

/// Makes an appointment and its code, or several at once.
///
/// With `ulang` or `tamu_lain` each date and each guest is an appointment of its own, and the answer is the list of
/// them. A date on which the guru is taken is left out and told with its reason; where none is left, the request is
/// refused as a single one is. Guests of one request do not clash with each other. Either all that is told was made, or
/// nothing. `orang_yang_sama` counts for the first guest only.
#[utoipa::path(
    post,
    path = "/api/appointments",
    tag = "appointments",
    request_body = CreateRequest,
    responses((status = 201, body = Made), Clash, Closed, KeyReused)
)]
pub(in crate::http::routes) async fn create(
    state: RequestState,
    AsPengguna(pengguna): AsPengguna,
    Json(request): Json<CreateRequest>,
) -> Result<(StatusCode, Reply<Made>), ApiError> {
    let now = state.clock.now();
    let own = pengguna.own_only();
    let mut errors = FieldErrors::new();
    let id_guru = request.id_guru.as_ref().map(|id| id.collect(&mut errors, "id_guru"));
    if let Some(Some(asked)) = id_guru
        && !acts_for(&state, &pengguna, asked).await?
    {
        return Err(ApiError::Forbidden);
    }
    let missing = |errors: &mut _| collect(errors, "id_guru", Err(InvalidIsian::Empty));
    let id_guru = id_guru.or_else(|| own.map(Some)).unwrap_or_else(|| missing(&mut errors));
    let tamu = guest(&mut errors, request.tamu.as_ref(), request.id_tamu.as_ref(), now);
    let atas_nama = collect(&mut errors, "atas_nama", isian::optional_nama(request.atas_nama.as_deref()));
    let jumlah_orang = collect(&mut errors, "jumlah_orang", isian::jumlah_orang(request.jumlah_orang));
    let keperluan = collect(&mut errors, "keperluan", isian::keperluan(&request.keperluan));
    let durasi_menit = duration(&mut errors, request.durasi_menit, state.setelan.durasi_bawaan_menit);
    let kunci = collect(&mut errors, "kunci", isian::kunci(request.kunci.as_deref()));
    let jadwal = instant(&mut errors, &state, &request.tanggal, &request.waktu);
    let others = seri::guests(&mut errors, request.tamu_lain.as_deref().unwrap_or_default(), now);
    let draft = (|| {
        Some(NewJanjiTemu {
            id_guru: id_guru?,
            tamu: tamu?,
            atas_nama: atas_nama?,
            orang_yang_sama: false,
            jumlah_orang: jumlah_orang?,
            keperluan: keperluan?,
            jadwal: jadwal?,
            durasi_menit: durasi_menit?,
            jenis: Jenis::Janji,
            kode_expiry: jadwal::kode_expiry(jadwal?, &state.setelan),
            izinkan_bentrok: request.izinkan_bentrok,
            kunci: kunci?,
            seri: None,
            dibuat_oleh: pengguna.id,
            waktu: now,
        })
    })();
    if let (Some(draft), Some(others)) = (&draft, &others)
        && let Some(made) = again::answer(&state, draft, others, &request).await?
    {
        return Ok((StatusCode::CREATED, Reply(made)));
    }
    let jadwal = jadwal.filter(|jadwal| bookable(&mut errors, &state, *jadwal, now));
    let closed = match request.izinkan_libur {
        true => hari_libur::Closed::never(),
        false => tutup::until(&state, now).await?,
    };
    let dates = seri::dates(&mut errors, &state, request.ulang.as_ref(), jadwal, &closed, now);
    if let (Some(draft), Some(others)) = (&draft, &others) {
        seri::check_numbers(&mut errors, &state, &draft.tamu, others).await?;
        let guests = std::iter::once(&draft.tamu).chain(others.iter().map(|other| &other.tamu));
        for tamu in guests.filter(|_| own.is_some()) {
            check_reach(&mut errors, &state, &pengguna, tamu).await?;
        }
    }
    let others = others.filter(|others| seri::check_size(&mut errors, dates.as_ref(), others.len()));
    let (Some(draft), Some(others), Some(dates), true) = (draft, others, dates, errors.is_empty()) else {
        return Err(ApiError::Isian(errors));
    };
    if dates.jadwal.is_empty() || request.ulang.is_none() {
        tutup::check(&closed, draft.jadwal, &state)?;
    }
    let orang_yang_sama = request.orang_yang_sama && may_correct(&state, &pengguna, &draft.tamu).await?;
    let baru = NewJanjiTemu { orang_yang_sama, ..draft };
    let made = if request.ulang.is_none() && request.tamu_lain.is_none() {
        Made::One(Box::new(invitation(&state, make(&state, &pengguna, baru).await?)))
    } else {
        let ulang = request.ulang.as_ref().map(|Object(ulang)| ulang);
        Made::Several(seri::make(&state, &pengguna, baru, others, dates, ulang).await?)
    };
    Ok((StatusCode::CREATED, Reply(made)))
}

/// An appointment with what can be sent to its guest.
pub(super) fn invitation(state: &RequestState, row: domain::JanjiTemu) -> CreateReply {
    let pesan = pesan::by_hand(state, JenisPesan::Undangan, &row);
    CreateReply { appointment: JanjiTemu::new(row, state.setelan.zona_waktu), pesan }
}

/// Refuses guests whom a guru may not invite. By id, a guru can invite only guests of own appointments: otherwise the
/// guru could find out who else is in the book. By number, a guru can invite anybody whose number the guru knows, but
/// may try only a limited count of numbers.
async fn check_reach(
    errors: &mut FieldErrors,
    state: &AppState,
    guru: &Pengguna,
    tamu: &TamuOf,
) -> Result<(), ApiError> {
    match tamu {
        TamuOf::Id(id) => {
            if !state.store.tamu().is_tamu_guru(*id, guru.id).await? {
                // Exactly the answer for a guest who does not exist.
                errors.insert(
                    "id_tamu".to_owned(),
                    FieldError::new(KodeIsian::TamuTidakAda, "tamu tidak ditemukan"),
                );
            }
        }
        // A guest without a number cannot be looked up in the book.
        TamuOf::Baru(tamu) if tamu.telp.is_none() => {}
        TamuOf::Baru(_) => {
            state.reads.check(guru.id, Reading::Nomor)?;
            state.reads.count(guru.id, Reading::Nomor, 1);
        }
    }
    Ok(())
}

/// Whether the guest's data may be corrected while the appointment is made.
async fn may_correct(state: &AppState, pengguna: &Pengguna, tamu: &TamuOf) -> Result<bool, ApiError> {
    if pengguna.role.is_reception() {
        return Ok(true);
    }
    let TamuOf::Baru(NewTamu { telp: Some(telp), .. }) = tamu else { return Ok(false) };
    match state.store.tamu().find_kredensial(telp).await? {
        Some(known) => Ok(state.store.tamu().is_tamu_guru(known.siapa.id, pengguna.id).await?),
        None => Ok(false),
    }
}

/// Makes the visit and tells everyone concerned. If its key has made one before, gives that one.
pub(super) async fn make(
    state: &RequestState,
    pengguna: &Pengguna,
    baru: NewJanjiTemu,
) -> Result<domain::JanjiTemu, ApiError> {
    let zone = state.setelan.zona_waktu;
    let asked = baru.clone();
    let aksi = if asked.jenis == Jenis::Langsung { Aksi::DatangLangsung } else { Aksi::Buat };
    let act =
        Act::new(aksi, Objek::JanjiTemu).after(values::of_new_visit(&asked)).told_later(state.told_later());
    match act.record(state.store.janji_temu().create(baru)).await {
        Ok(Creation::Dibuat(row)) => {
            let change =
                if asked.jenis == Jenis::Langsung { Change::Notification } else { Change::Appointment };
            state.hub.publish(row.clone(), change, zone);
            Ok(row)
        }
        Ok(Creation::SudahAda(row)) => {
            again::check(state, &asked, &row).await?;
            Ok(row)
        }
        Err(store::StoreError::Conflict(store::Conflict::Bentrok)) => {
            tracing::debug!(id_guru = asked.id_guru.0, id_pengguna = pengguna.id.0, "clash");
            let wanted = Span::minutes(asked.jadwal, asked.durasi_menit);
            Err(clash(state, asked.id_guru, wanted, None).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// The refusal of a time at which the guru is taken, with the next free start of that day. `kecuali` is an appointment
/// that is to be moved; its own old time counts as free.
pub(super) async fn clash(
    state: &RequestState,
    id_guru: IdPengguna,
    wanted: Span,
    kecuali: Option<IdJanjiTemu>,
) -> Result<ApiError, ApiError> {
    let zone = state.setelan.zona_waktu;
    let day = jadwal::today(wanted.start, zone);
    let busy = state.store.janji_temu().list_sibuk(id_guru, day, kecuali).await?;
    let free = jadwal::next_free(wanted, &busy, day.end);
    Ok(ApiError::Clash(free.map(|free| free.with_timezone(&zone).format("%H:%M").to_string())))
}

/// The guest, either by what was entered or by id.
pub(super) fn guest(
    errors: &mut FieldErrors,
    tamu: Option<&Object<TamuRequest>>,
    id_tamu: Option<&Field<IdTamu>>,
    now: DateTime<Utc>,
) -> Option<TamuOf> {
    match (tamu, id_tamu) {
        (Some(Object(tamu)), None) => tamu.check(errors, "tamu.", now).map(TamuOf::Baru),
        (None, Some(id)) => id.collect(errors, "id_tamu").map(TamuOf::Id),
        _ => {
            errors.insert("tamu".to_owned(), "isi salah satu: tamu atau id_tamu".into());
            None
        }
    }
}

/// A length that can be booked; `usual` if none is given.
pub(super) fn duration(errors: &mut FieldErrors, minutes: Option<i64>, usual: u16) -> Option<u16> {
    collect(errors, "durasi_menit", isian::durasi_menit(minutes.unwrap_or(i64::from(usual))))
}

/// A time of the school's clock, whether it can be booked or not.
pub(super) fn instant(
    errors: &mut FieldErrors,
    state: &RequestState,
    tanggal: &Field<NaiveDate>,
    waktu: &Field<NaiveTime>,
) -> Option<DateTime<Utc>> {
    let (tanggal, waktu) = (tanggal.collect(errors, "tanggal"), waktu.collect(errors, "waktu"));
    collect(errors, "waktu", jadwal::instant(tanggal?, waktu?, state.setelan.zona_waktu))
}

/// Whether that time can be booked.
pub(super) fn bookable(
    errors: &mut FieldErrors,
    state: &RequestState,
    jadwal: DateTime<Utc>,
    now: DateTime<Utc>,
) -> bool {
    collect(errors, "tanggal", jadwal::check_bookable(jadwal, now, &state.setelan)).is_some()
}
