//! Holidays from a file: shown line by line before anything is taken, and taken as a whole or not at all.

use std::collections::BTreeMap;

use axum::Json as Reply;
use chrono::NaiveDate;
use domain::{
    audit::{Aksi, Objek},
    hari_libur::{CatatanLibur, HariLibur, JenisLibur, TindakanLibur, moved},
    isian::{FieldError, FieldErrors, HARI_PERTAMA, HARI_TERAKHIR, KodeIsian},
    jadwal,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use super::touched;
use crate::{
    audit::Act,
    berkas_libur::{self, HolidayLine, Salah},
    error::ApiError,
    http::{
        extract::{AsAdmin, FileBody, Query},
        refusals::Fields,
        routes::pengguna::BerkasBase64,
    },
    state::RequestState,
};

/// Whether to look only.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http::routes) struct ImporQuery {
    /// Show what would be done, and change nothing.
    #[serde(default)]
    pratinjau: bool,
}

/// What a file does to the book.
#[derive(Serialize, ToSchema)]
#[schema(as = ImporHariLibur)]
pub(in crate::http::routes) struct ImporReply {
    baris: Vec<BarisLibur>,
    jumlah: JumlahLibur,
    /// Entries of a calendar that are no holidays, such as observances.
    dilewati: usize,
    /// Appointments on the days that are new that nobody has come to yet. They stay.
    janji_terdampak: usize,
}

/// A day of a file.
#[derive(Serialize, ToSchema)]
pub(in crate::http::routes) struct BarisLibur {
    /// The line of a table, or the place of an entry among a calendar's.
    nomor: usize,
    tindakan: TindakanLibur,
    data: DataLibur,
    /// What is in the book for that day.
    sebelum: Option<HariLibur>,
    /// What is wrong with the line.
    salah: Vec<SalahLibur>,
    /// What else is to be known of it.
    catatan: Vec<CatatanLibur>,
    /// The predicted day of the same name that this announced one replaces, a few days away.
    pindah_dari: Option<NaiveDate>,
}

/// What a line says, as far as it can be read.
#[derive(Serialize, ToSchema)]
pub(in crate::http::routes) struct DataLibur {
    /// `YYYY-MM-DD`; of a wrong line as it stands there.
    tanggal: String,
    nama: String,
    jenis: Option<JenisLibur>,
    perkiraan: bool,
}

/// What is wrong with a field of a line.
#[derive(Serialize, ToSchema)]
pub(in crate::http::routes) struct SalahLibur {
    field: String,
    /// For people.
    pesan: String,
    /// For programs.
    kode: &'static str,
    /// The limits that the words name, in their order.
    batas: Vec<i64>,
}

/// How many lines do what.
#[derive(Default, Serialize, ToSchema)]
pub(in crate::http::routes) struct JumlahLibur {
    buat: usize,
    ubah: usize,
    tetap: usize,
    salah: usize,
}

/// Takes the holidays of a calendar (`.ics`) or a table (`.csv`). If a line is wrong, none is taken. What was entered
/// by hand stays, and a predicted day that is announced a few days away moves there. The same file again changes
/// nothing.
#[utoipa::path(
    post,
    path = "/api/hari-libur/impor",
    tag = "hari libur",
    params(ImporQuery),
    request_body(content(
        (BerkasBase64 = "application/json"),
        (String = "application/octet-stream"),
    )),
    responses((status = 200, body = ImporReply), Fields)
)]
pub(in crate::http::routes) async fn import(
    state: RequestState,
    _admin: AsAdmin,
    Query(query): Query<ImporQuery>,
    FileBody(body): FileBody,
) -> Result<Reply<ImporReply>, ApiError> {
    let zone = state.setelan.zona_waktu;
    let today = jadwal::local_date(state.clock.now(), zone);
    let read = state.imports.take_apart(move || berkas_libur::read(&body, zone, today)).await;
    let damaged = || Err(FieldError::new(KodeIsian::BerkasRusak, "berkas ini rusak dan tidak bisa dibaca"));
    let berkas = read.unwrap_or_else(damaged).map_err(|error| ApiError::field("isi", error))?;
    let known = state.store.hari_libur().list(HARI_PERTAMA, HARI_TERAKHIR).await?;
    let known: BTreeMap<NaiveDate, HariLibur> =
        known.into_iter().map(|libur| (libur.tanggal, libur)).collect();
    let brought: Vec<_> = berkas.baris.iter().filter_map(|baris| baris.isi.as_ref().ok()).collect();
    let moved = moved(&brought, &known);
    let baris: Vec<_> = berkas.baris.iter().map(|baris| shown(baris, &known, &moved)).collect();
    let taken = taken(&berkas.baris, &known);
    if !query.pratinjau {
        let errors = wrong(&berkas.baris);
        if !errors.is_empty() {
            return Err(ApiError::Isian(errors));
        }
        if !taken.is_empty() {
            let days: Vec<_> = taken.iter().map(|libur| libur.tanggal).collect();
            let gone: Vec<_> = moved.values().copied().collect();
            let mut act = Act::new(Aksi::Impor, Objek::HariLibur).after(json!({ "hari": days }));
            if !gone.is_empty() {
                act = act.before(json!({ "hari": gone }));
            }
            act.record(state.store.hari_libur().replace(gone, taken.clone())).await?;
            state.settings.look().await?;
        }
    }
    let new: Vec<_> =
        taken.iter().map(|libur| libur.tanggal).filter(|day| !known.contains_key(day)).collect();
    Ok(Reply(ImporReply {
        jumlah: count(&baris),
        dilewati: berkas.dilewati,
        janji_terdampak: touched(&state, &new).await?,
        baris,
    }))
}

/// What changes the book.
fn taken(baris: &[HolidayLine], known: &BTreeMap<NaiveDate, HariLibur>) -> Vec<HariLibur> {
    let read = baris.iter().filter_map(|baris| baris.isi.as_ref().ok());
    let changes = |libur: &&HariLibur| libur.brought(known.get(&libur.tanggal)) != TindakanLibur::Tetap;
    read.filter(changes).cloned().collect()
}

fn shown(
    HolidayLine { nomor, isi, catatan }: &HolidayLine,
    known: &BTreeMap<NaiveDate, HariLibur>,
    moved: &BTreeMap<NaiveDate, NaiveDate>,
) -> BarisLibur {
    let (nomor, catatan) = (*nomor, catatan.clone());
    match isi {
        Ok(libur) => {
            let before = known.get(&libur.tanggal);
            let data = DataLibur {
                tanggal: libur.tanggal.to_string(),
                nama: libur.nama.clone(),
                jenis: Some(libur.jenis),
                perkiraan: libur.perkiraan,
            };
            let (tindakan, sebelum) = (libur.brought(before), before.cloned());
            let pindah_dari = moved.get(&libur.tanggal).copied();
            BarisLibur { nomor, tindakan, data, sebelum, salah: Vec::new(), catatan, pindah_dari }
        }
        Err(Salah { tanggal, nama, errors }) => {
            let salah = |(field, error): (&String, &FieldError)| SalahLibur {
                field: field.clone(),
                pesan: error.teks.clone(),
                kode: error.kode,
                batas: error.batas.clone(),
            };
            let data =
                DataLibur { tanggal: tanggal.clone(), nama: nama.clone(), jenis: None, perkiraan: false };
            let salah = errors.iter().map(salah).collect();
            let tindakan = TindakanLibur::Salah;
            BarisLibur { nomor, tindakan, data, sebelum: None, salah, catatan, pindah_dari: None }
        }
    }
}

/// All that is wrong, by line and field: `baris.3.tanggal`.
fn wrong(baris: &[HolidayLine]) -> FieldErrors {
    let lines = baris.iter().filter_map(|baris| baris.isi.as_ref().err().map(|salah| (baris.nomor, salah)));
    let fields = lines.flat_map(|(nomor, salah)| {
        let name = move |field: &String| format!("baris.{nomor}.{field}");
        salah.errors.iter().map(move |(field, error)| (name(field), error.clone()))
    });
    fields.collect()
}

fn count(baris: &[BarisLibur]) -> JumlahLibur {
    let mut jumlah = JumlahLibur::default();
    for baris in baris {
        *match baris.tindakan {
            TindakanLibur::Buat => &mut jumlah.buat,
            TindakanLibur::Ubah => &mut jumlah.ubah,
            TindakanLibur::Tetap => &mut jumlah.tetap,
            TindakanLibur::Salah => &mut jumlah.salah,
        } += 1;
    }
    jumlah
}
