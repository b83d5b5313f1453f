//! Today at a glance, for the desk and the admin, and what a new school has still to do.

use std::collections::{BTreeMap, HashSet};

use axum::{Json as Reply, extract::State};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    IdPengguna, Pengguna, Role, Setelan, Status,
    cadangan::BackupAlarm,
    evakuasi::DiGedung,
    isian::{HARI_PERTAMA, HARI_TERAKHIR},
    jadwal,
    json::{Perangkat, Presence},
    laporan::{self, GuruTeratas, Period},
    pesan::{KeadaanPesan, Saluran},
    pindai::inside_since,
};
use serde::Serialize;
use store::{PageRequest, pengguna::PenggunaFilter};
use utoipa::ToSchema;

use crate::{
    error::ApiError,
    http::extract::{AsAdmin, AsReception},
    hub::Desk,
    pesan,
    state::{AppState, RequestState},
};

/// Desks that are named, at most.
const MEJA: PageRequest = PageRequest { nomor: 1, ukuran: 200 };

/// Where only the length of a list is asked for.
const COUNT: PageRequest = PageRequest { nomor: 1, ukuran: 1 };

/// Today at a glance.
#[derive(Serialize, ToSchema)]
pub(super) struct Dasbor {
    /// Today in the school.
    tanggal: NaiveDate,
    /// Appointments and walk-ins scheduled today.
    jumlah: u32,
    /// Of those, how many stand where; every status is named.
    per_status: BTreeMap<String, u32>,
    /// Guests who arrived today.
    jumlah_kunjungan: u32,
    /// Guests who arrived late today.
    jumlah_terlambat: u32,
    /// Of those who arrived today, how many had no appointment.
    tanpa_janji: u32,
    /// Percentage of punctual guests among those who arrived to an appointment today; null if none arrived.
    persentase_tepat_waktu: Option<f64>,
    /// Mean seconds from arrival to meeting, over today's visits that have both; null if none has.
    waktu_tunggu_rata_rata_detik: Option<f64>,
    /// Visits left out of that mean because the meeting's start is not known.
    tanpa_waktu_tunggu: u32,
    /// Visits whose guests are in the building now, of those who came today.
    di_lokasi: u32,
    /// How many people those are.
    jumlah_orang_di_lokasi: u32,
    /// Of those visits, how many wait.
    menunggu: u32,
    /// And how many have met the guru.
    berlangsung: u32,
    /// Seconds since the arrival of who has waited longest; null if nobody waits.
    terlama_menunggu_detik: Option<i64>,
    /// The gurus with the most appointments today.
    guru_teratas: Vec<GuruTeratas>,
    /// Who is connected now.
    presence: Vec<Presence>,
    /// Gurus who are connected now.
    guru_terhubung: u32,
    /// Gurus who can be visited.
    guru_total: u32,
    /// Messages that have not left.
    pesan: PesanTertunda,
    /// When the last good backup was made; null as long as there is none.
    cadangan_terakhir: Option<DateTime<Utc>>,
    /// What is wrong with the backups; null if nothing is.
    cadangan_masalah: Option<BackupAlarm>,
    /// Receptionists and the desks that are connected.
    meja: Vec<Meja>,
    /// Whether what is written now is kept.
    basis_data: KeadaanBasisData,
}

/// Messages that have not left.
#[derive(Serialize, ToSchema)]
pub(super) struct PesanTertunda {
    /// They wait for their turn.
    menunggu: u64,
    /// No channel could send them.
    gagal: u64,
    /// Of those, how many no channel was there for: they are sent by hand.
    tanpa_saluran: u64,
}

/// A receptionist, or a desk that is connected.
#[derive(Serialize, ToSchema)]
pub(super) struct Meja {
    /// Who works there.
    id_pengguna: IdPengguna,
    /// That user's name.
    nama: String,
    /// The user is connected.
    online: bool,
    /// What the desk reads codes with; empty if it has not told.
    perangkat: Vec<Perangkat>,
    /// Since when the desk is connected; null if it has not told anything.
    sejak: Option<DateTime<Utc>>,
}

/// How the database is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum KeadaanBasisData {
    /// It answers, and keeps what is written.
    Siap,
    /// It answers, and does not keep what is written, or is too slow.
    Terganggu,
}

/// Today at a glance.
#[utoipa::path(get, path = "/api/dashboard", tag = "reports", responses((status = 200, body = Dasbor)))]
pub(super) async fn get(state: RequestState, _reception: AsReception) -> Result<Reply<Dasbor>, ApiError> {
    let zone = state.setelan.zona_waktu;
    let now = state.clock.now();
    let periode = Period::harian(jadwal::local_date(now, zone));
    let baris = state.store.laporan().list_baris(periode.span(zone)).await?;
    let here = state.store.evakuasi().get(inside_since(now, &state.setelan)).await?.di_gedung;
    let gurus = users(&state, Role::Guru, COUNT).await?;
    let receptionists = users(&state, Role::PenerimaTamu, MEJA).await?;
    let today = laporan::summarise(periode, &baris, zone);
    let online = state.hub.online();
    let of_status = |status: Status| here.iter().filter(move |row| row.status == status);
    let longest = of_status(Status::Menunggu).map(|row| (now - row.sejak).num_seconds().max(0)).max();
    Ok(Reply(Dasbor {
        tanggal: periode.dari,
        jumlah: today.per_status.values().sum(),
        per_status: today.per_status,
        jumlah_kunjungan: today.jumlah_kunjungan,
        jumlah_terlambat: today.jumlah_terlambat,
        tanpa_janji: today.walk_in,
        persentase_tepat_waktu: today.persentase_tepat_waktu,
        waktu_tunggu_rata_rata_detik: today.waktu_tunggu_rata_rata_detik,
        tanpa_waktu_tunggu: today.tanpa_waktu_tunggu,
        di_lokasi: count(here.len()),
        jumlah_orang_di_lokasi: people(&here),
        menunggu: count(of_status(Status::Menunggu).count()),
        berlangsung: count(of_status(Status::SedangBerlangsung).count()),
        terlama_menunggu_detik: longest,
        guru_teratas: today.guru_teratas,
        guru_terhubung: count(state.hub.count_online(Role::Guru)),
        guru_total: u32::try_from(gurus.total).unwrap_or(u32::MAX),
        pesan: PesanTertunda {
            menunggu: pesan::count(&state, KeadaanPesan::Menunggu).await?,
            gagal: pesan::count(&state, KeadaanPesan::Gagal).await?,
            tanpa_saluran: pesan::count_by_hand(&state).await?,
        },
        cadangan_terakhir: state.backups.newest(),
        cadangan_masalah: state.backups.alarm(&state.setelan, now),
        meja: meja(receptionists.data, state.hub.desks(), &online),
        basis_data: match state.readiness.ask(&*state.store).await {
            Ok(()) => KeadaanBasisData::Siap,
            Err(_) => KeadaanBasisData::Terganggu,
        },
        presence: presence(online),
    }))
}

async fn users(
    state: &AppState,
    role: Role,
    halaman: PageRequest,
) -> Result<domain::json::Daftar<Pengguna>, ApiError> {
    let (role, aktif, unit) = (Some(role), Some(true), Some(false));
    let saring = PenggunaFilter { role, aktif, unit, ..PenggunaFilter::default() };
    Ok(state.store.pengguna().list(saring, halaman).await?)
}

/// Desks that are connected, then receptionists who have none.
fn meja(receptionists: Vec<Pengguna>, desks: Vec<Desk>, online: &HashSet<IdPengguna>) -> Vec<Meja> {
    let has_desk: HashSet<_> = desks.iter().map(|desk| desk.id_pengguna).collect();
    let without = receptionists.into_iter().filter(|one| !has_desk.contains(&one.id)).map(|one| Meja {
        id_pengguna: one.id,
        nama: one.nama,
        online: online.contains(&one.id),
        perangkat: Vec::new(),
        sejak: None,
    });
    let connected = desks.into_iter().map(|Desk { id_pengguna, nama, perangkat, sejak }| Meja {
        id_pengguna,
        nama,
        online: true,
        perangkat,
        sejak: Some(sejak),
    });
    connected.chain(without).collect()
}

fn presence(online: HashSet<IdPengguna>) -> Vec<Presence> {
    let mut online: Vec<_> = online.into_iter().collect();
    online.sort();
    online.into_iter().map(|id_pengguna| Presence { id_pengguna, online: true }).collect()
}

fn people(here: &[DiGedung]) -> u32 {
    here.iter().map(|row| u32::from(row.jumlah_orang)).fold(0, u32::saturating_add)
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Which of a new school's first steps are done.
#[derive(Serialize, ToSchema)]
pub(super) struct HariPertama {
    /// The school has its own name, and somebody said on which days it works.
    sekolah: bool,
    /// There is a guru who can be visited.
    guru: bool,
    /// There is an account for the receptionist.
    penerima_tamu: bool,
    /// There are holidays.
    hari_libur: bool,
    /// E-mail is set up and works.
    email: bool,
    /// The sheet that opens a backup on another PC was printed: its code was typed from it, and is that of this key.
    lembar_pemulihan: bool,
    /// A guest was invited.
    undangan: bool,
}

/// Which of a new school's first steps are done.
#[utoipa::path(
    get,
    path = "/api/hari-pertama",
    tag = "sekolah",
    responses((status = 200, body = HariPertama))
)]
pub(super) async fn hari_pertama(
    State(state): State<AppState>,
    _admin: AsAdmin,
) -> Result<Reply<HariPertama>, ApiError> {
    Ok(Reply(HariPertama {
        sekolah: school_is_told(&state).await?,
        guru: state.store.pengguna().exists(Role::Guru).await?,
        penerima_tamu: state.store.pengguna().exists(Role::PenerimaTamu).await?,
        hari_libur: !state.store.hari_libur().list(HARI_PERTAMA, HARI_TERAKHIR).await?.is_empty(),
        email: email_works(&state).await?,
        lembar_pemulihan: sheet_was_tried(&state).await?,
        undangan: state.store.laporan().has_undangan().await?,
    }))
}

async fn school_is_told(state: &AppState) -> Result<bool, ApiError> {
    let is_named = state.settings.now().setelan.nama_sekolah != Setelan::default().nama_sekolah;
    Ok(is_named && state.store.setelan().were_days_told().await?)
}

async fn sheet_was_tried(state: &AppState) -> Result<bool, ApiError> {
    let tried = state.store.setelan().find_tried_sheet().await?;
    Ok(tried.is_some_and(|kunci| kunci == state.kunci.fingerprint()))
}

async fn email_works(state: &AppState) -> Result<bool, ApiError> {
    let Some(courier) = state.courier.get() else { return Ok(false) };
    let channels = courier.channels().await;
    let is_set_up = channels.iter().any(|one| one.saluran == Saluran::Email && one.penyedia.is_some());
    let kept = state.store.saluran().list().await?;
    Ok(is_set_up && !kept.iter().any(|one| one.nama == Saluran::Email && one.alasan.is_some()))
}
