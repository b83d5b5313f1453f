//! Looks at codes and scans them.

use axum::{
    Json as Reply,
    extract::{Path, rejection::PathRejection},
};
use domain::{
    Damage, Decision, IdJanjiTemu, IdTamu, JanjiTemu, Pengguna, Penolakan, Status, Tamu, VisitChange, decide,
    decide_later,
    isian::{self, Field},
    jadwal,
    json::{self, Scan, Verifikasi},
    pindai::{Hasil, PermanentCode, is_left_open, resolve_permanen},
    token::{Subject, Token},
    ulasan,
};
use serde::Deserialize;
use store::{
    Conflict, PageRequest, StoreError,
    janji_temu::{JanjiTemuFilter, RecordedScan},
};
use utoipa::ToSchema;

use crate::{
    audit::Act,
    error::ApiError,
    http::{
        extract::{AsReception, Happened, Json},
        refusals::{KeyReused, NoCode, NotDue},
    },
    pesan,
    reads::Reading,
    state::{AppState, RequestState},
};

/// What a genuine code refers to now.
enum Resolved {
    Satu(Box<JanjiTemu>),
    Pilih(Vec<JanjiTemu>),
    TanpaJanji(Box<Tamu>),
}

/// Looks at a code and changes nothing.
#[utoipa::path(
    get,
    path = "/api/appointments/qr/{kode}",
    tag = "appointments",
    params(
        (
            "kode" = String,
            Path,
            description = "The token, or any text that holds it, whatever stands before and after; \
                of several the last one",
        ),
    ),
    responses((status = 200, body = Verifikasi))
)]
pub(super) async fn verify(
    state: RequestState,
    AsReception(pengguna): AsReception,
    kode: Result<Path<String>, PathRejection>,
) -> Result<Reply<Verifikasi>, ApiError> {
    state.reads.check(pengguna.id, Reading::Tamu)?;
    let refused = |alasan: Penolakan, appointment| Verifikasi {
        valid: false,
        message: alasan.to_string(),
        alasan: Some(alasan),
        appointment,
    };
    // A path that is not text cannot be a code either.
    let kode = kode.map(|Path(kode)| kode).unwrap_or_default();
    let token = match read(&state, &kode) {
        Ok(token) => token,
        Err(alasan) => return Ok(Reply(refused(alasan, None))),
    };
    let zone = state.setelan.zona_waktu;
    let row = match resolve(&state, token, None).await {
        Ok(Resolved::Satu(row)) => *row,
        Ok(Resolved::Pilih(_)) => {
            let message = "Tamu punya beberapa janji temu hari ini".to_owned();
            return Ok(Reply(Verifikasi { valid: true, message, alasan: None, appointment: None }));
        }
        Ok(Resolved::TanpaJanji(_)) => return Ok(Reply(refused(Penolakan::TidakDitemukan, None))),
        Err(ApiError::Refused(alasan)) => return Ok(Reply(refused(alasan, None))),
        Err(error) => return Err(error),
    };
    state.reads.count(pengguna.id, Reading::Tamu, 1);
    check_readable(&row)?;
    let decision = decide(&row, state.clock.now(), &state.setelan);
    let appointment = Some(json::JanjiTemu::new(row, zone));
    Ok(Reply(match decision {
        Ok(Decision::Datang { .. }) => {
            Verifikasi { valid: true, message: "Kode QR valid".to_owned(), alasan: None, appointment }
        }
        Ok(_) => refused(Penolakan::SudahDiproses, appointment),
        Err(alasan) => refused(alasan, appointment),
    }))
}

/// A code that was read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ScanRequest {
    /// The token, or any text that holds it, whatever stands before and after; of several the last one.
    kode: String,
    /// Idempotency key: the same scan sent again answers the same and changes nothing.
    kunci: Option<String>,
    /// After `pilih`: which of the guest's appointments.
    #[schema(value_type = Option<i64>)]
    id_janji_temu: Option<Field<IdJanjiTemu>>,
}

/// Scans a code: arrives, leaves, or says what was before.
#[utoipa::path(
    post,
    path = "/api/appointments/scan",
    tag = "appointments",
    params(
        (
            "Terjadi-Pada" = Option<DateTime<Utc>>,
            Header,
            description = "When it happened, if a desk could not reach the server then: it is entered as of that time. \
                Not in the future, and at most 400 days ago. For the reception only"
        ),
    ),
    request_body = ScanRequest,
    responses((status = 200, body = Scan), NoCode, NotDue, KeyReused)
)]
pub(super) async fn scan(
    state: RequestState,
    AsReception(pengguna): AsReception,
    happened: Happened,
    Json(request): Json<ScanRequest>,
) -> Result<Reply<Scan>, ApiError> {
    let state = happened.seen_by(&pengguna, state)?;
    let kunci = isian::kunci(request.kunci.as_deref()).map_err(|error| ApiError::field("kunci", error))?;
    let picked =
        request.id_janji_temu.map(|id| id.get("id_janji_temu")).transpose().map_err(ApiError::Isian)?;
    let outcome = match state.kunci.qr.verify(&request.kode).map_err(Penolakan::from) {
        Ok(token) => carry_out(&state, &pengguna, token, kunci, picked).await,
        Err(alasan) => Err(alasan.into()),
    };
    state.reads.count(pengguna.id, Reading::Tamu, 1);
    let hasil = match &outcome {
        Ok(scan) => scan.hasil.as_str(),
        Err(ApiError::Refused(alasan)) => alasan.code(),
        Err(_) => "gagal",
    };
    metrics::counter!("bukutamu_scans_total", "hasil" => hasil).increment(1);
    outcome.map(Reply)
}

/// The token of a code. Refuses one that is not genuine or not in force.
fn read(state: &AppState, kode: &str) -> Result<Token, Penolakan> {
    let token = state.kunci.qr.verify(kode)?;
    if token.is_expired(state.clock.now()) { Err(Penolakan::Kedaluwarsa) } else { Ok(token) }
}

async fn resolve(
    state: &RequestState,
    token: Token,
    picked: Option<IdJanjiTemu>,
) -> Result<Resolved, ApiError> {
    let refused = || ApiError::Refused(Penolakan::TidakDitemukan);
    let id_tamu = match token.subject {
        Subject::JanjiTemu(id) => {
            let row = state.store.janji_temu().find(id).await?.ok_or_else(refused)?;
            return Ok(Resolved::Satu(Box::new(row)));
        }
        Subject::Tamu(id) => id,
    };
    let tamu = state.store.tamu().find(id_tamu).await?.ok_or_else(refused)?;
    // The code of a guest who was merged is the kept one's too.
    let mut today = todays(state, tamu.id).await?;
    if let Some(picked) = picked {
        today.retain(|row| row.id == picked);
        return today.pop().map(|row| Resolved::Satu(Box::new(row))).ok_or_else(refused);
    }
    Ok(match resolve_permanen(&today) {
        PermanentCode::Satu(row) => Resolved::Satu(Box::new(row.clone())),
        PermanentCode::Pilih(rows) => Resolved::Pilih(rows.into_iter().cloned().collect()),
        PermanentCode::TanpaJanji => Resolved::TanpaJanji(Box::new(tamu)),
    })
}

/// A guest's appointments of today, and earlier ones whose guest is still inside.
async fn todays(state: &RequestState, id_tamu: IdTamu) -> Result<Vec<JanjiTemu>, ApiError> {
    let of_guest = JanjiTemuFilter { id_tamu: Some(id_tamu), ..JanjiTemuFilter::default() };
    let hari_ini = Some(jadwal::hari_ini(state.clock.now(), &state.setelan));
    let status = Status::ALL.into_iter().filter(|status| status.is_on_site()).collect();
    let page = PageRequest { nomor: 1, ukuran: 200 };
    let today = JanjiTemuFilter { jadwal: hari_ini, ..of_guest.clone() };
    let mut rows = state.store.janji_temu().list(JanjiTemuFilter { status, ..of_guest }, page).await?.data;
    let today = state.store.janji_temu().list(today, page).await?.data;
    let (now, setelan) = (state.clock.now(), &state.setelan);
    rows.retain(|row| today.iter().all(|other| other.id != row.id) && !is_left_open(row, now, setelan));
    rows.extend(today);
    Ok(rows)
}

/// Decides and applies the decision. If another desk was faster, decides again. Each lost round means that the
/// appointment has moved on, and it has few steps, so this ends.
async fn carry_out(
    state: &RequestState,
    pengguna: &Pengguna,
    token: Token,
    kunci: Option<String>,
    picked: Option<IdJanjiTemu>,
) -> Result<Scan, ApiError> {
    for _ in 0..8 {
        if let Some(kunci) = &kunci
            && let Some(recorded) = state.store.janji_temu().find_tercatat(kunci).await?
        {
            return recorded_answer(state, token, picked, recorded).await;
        }
        // One that was recorded before answers the same, although its code has ended since.
        if token.is_expired(state.clock.now()) {
            return Err(Penolakan::Kedaluwarsa.into());
        }
        let row = match resolve(state, token, picked).await? {
            Resolved::Satu(row) => *row,
            Resolved::Pilih(rows) => return Ok(several(state, rows)),
            Resolved::TanpaJanji(tamu) => return Ok(none_today(*tamu)),
        };
        check_readable(&row)?;
        let di_meja = ulasan::is_at_desk(pengguna, &row);
        let now = state.clock.now();
        let keputusan = match state.told_later() {
            Some(then) => decide_later(&row, then, &state.setelan),
            None => decide(&row, now, &state.setelan),
        }?;
        let perubahan = VisitChange::of_decision(&row, keputusan, di_meja, kunci.clone(), now);
        if perubahan.is_empty() {
            return Ok(answer(state, keputusan.hasil(), row));
        }
        let moves = perubahan.langkah.is_some();
        // A scan that means nothing is only remembered by its key.
        let applied = match moves {
            true => {
                let act = Act::of_change(&row, &perubahan).told_later(state.told_later());
                act.record(state.store.janji_temu().apply(perubahan)).await
            }
            false => state.store.janji_temu().apply(perubahan).await,
        };
        match applied {
            Ok(Some(after)) => {
                if moves {
                    state.hub.publish_step(&row, after.clone(), state.setelan.zona_waktu);
                }
                return Ok(answer(state, keputusan.hasil(), after));
            }
            Ok(None) | Err(StoreError::Conflict(Conflict::Kunci)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    tracing::error!("a scan lost eight times in a row");
    Err(ApiError::Unavailable)
}

/// Refuses a row that cannot be read. Nothing is decided from it.
pub(super) fn check_readable(row: &JanjiTemu) -> Result<(), ApiError> {
    if row.rusak == Damage::Pokok { Err(ApiError::Damaged) } else { Ok(()) }
}

async fn recorded_answer(
    state: &RequestState,
    token: Token,
    picked: Option<IdJanjiTemu>,
    recorded: RecordedScan,
) -> Result<Scan, ApiError> {
    let is_same = match token.subject {
        Subject::JanjiTemu(id) => recorded.janji_temu.id == id,
        Subject::Tamu(id) => {
            let kept = state.store.tamu().find(id).await?.map_or(id, |tamu| tamu.id);
            recorded.janji_temu.id_tamu == kept
                && picked.is_none_or(|picked| picked == recorded.janji_temu.id)
        }
    };
    if is_same { Ok(answer(state, recorded.hasil, recorded.janji_temu)) } else { Err(ApiError::KeyReused) }
}

/// What a scan did, with the visit as it stands now. If the scan was recorded earlier, the visit may have moved on
/// since, or the scan may have been taken back.
fn answer(state: &RequestState, hasil: Hasil, row: JanjiTemu) -> Scan {
    let tamu = row.nama_tampil();
    let is_waiting = row.status == Status::Menunggu;
    let is_arrival = matches!(hasil, Hasil::Datang | Hasil::SudahDatang);
    let (is_told, welcome) = pesan::kedatangan(state, &row);
    let message = match row.status {
        Status::Belum | Status::Batal | Status::TidakHadir => format!("{tamu} tidak tercatat datang."),
        Status::Menunggu if hasil == Hasil::Datang => welcome,
        Status::Menunggu if hasil == Hasil::SudahDatang => pesan::menunggu(&row),
        Status::Menunggu | Status::SedangBerlangsung => format!("{tamu} masih tercatat di sekolah."),
        Status::Selesai if hasil == Hasil::Pulang => format!("Terima kasih atas kunjungan Anda, {tamu}."),
        Status::Selesai => format!("Kunjungan {tamu} sudah selesai."),
    };
    let asks_review = !is_arrival && row.rating.is_none() && ulasan::is_open(&row);
    let base = asks_review.then(|| state.links.base(&state.setelan)).flatten();
    let ulasan_url = base.map(|base| format!("{base}/K/{}", row.kode_qr));
    let appointment = Some(json::JanjiTemu::new(row, state.setelan.zona_waktu));
    let guru_terhubung = (is_arrival && is_waiting).then_some(is_told);
    Scan { hasil, message, appointment, guru_terhubung, ulasan_url, pilihan: Vec::new(), tamu: None }
}

fn several(state: &RequestState, rows: Vec<JanjiTemu>) -> Scan {
    let zone = state.setelan.zona_waktu;
    Scan {
        hasil: Hasil::Pilih,
        message: "Tamu punya beberapa janji temu hari ini. Pilih salah satu.".to_owned(),
        appointment: None,
        guru_terhubung: None,
        ulasan_url: None,
        pilihan: rows.into_iter().map(|row| json::JanjiTemu::new(row, zone)).collect(),
        tamu: None,
    }
}

fn none_today(tamu: Tamu) -> Scan {
    Scan {
        hasil: Hasil::TanpaJanji,
        message: format!("Tidak ada janji temu yang berlaku hari ini untuk {}.", tamu.nama),
        appointment: None,
        guru_terhubung: None,
        ulasan_url: None,
        pilihan: Vec::new(),
        tamu: Some(tamu),
    }
}
