//! The words of an invitation, and the link that sends them by WhatsApp from the guru's own phone.

use chrono::Datelike;
use domain::json::JanjiTemu;
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use crate::app::AppState;

/// A message that a person can send.
#[derive(Serialize, ToSchema)]
pub(crate) struct Pesan {
    /// Plain text.
    teks: String,
    /// Opens WhatsApp with the guest's number and the text.
    tautan_wa: String,
}

const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

/// The invitation of an appointment.
pub(crate) fn undangan(state: &AppState, janji_temu: &JanjiTemu) -> Pesan {
    let tanggal = janji_temu.tanggal;
    let month = MONTHS[tanggal.month0() as usize];
    let code = match &state.config.public_url {
        Some(_) => format!("Kode QR Anda: {}/K/{}", state.link_base(), janji_temu.kode_qr),
        None => format!("Kode Anda: {}", janji_temu.kode_qr),
    };
    let teks = format!(
        "Yth. {tamu}, Anda punya janji temu dengan {guru} di {sekolah} ({tempat}) pada {hari} {month} {tahun} pukul {jam} \
         untuk {keperluan}.\n{code}\nTunjukkan kode ini kepada penerima tamu.",
        tamu = janji_temu.nama_tamu,
        guru = janji_temu.nama_guru,
        sekolah = state.setelan.nama_sekolah,
        tempat = state.setelan.tempat,
        hari = tanggal.day(),
        tahun = tanggal.year(),
        jam = janji_temu.waktu.replace(':', "."),
        keperluan = janji_temu.keperluan,
    );
    let digits = janji_temu.telp.as_str().trim_start_matches('+');
    let tautan_wa = Url::parse_with_params(&format!("https://wa.me/{digits}"), [("text", &teks)])
        .expect("digits make a URL")
        .to_string();
    Pesan { teks, tautan_wa }
}
