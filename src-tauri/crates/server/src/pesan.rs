//! The words of an invitation or of another time, and the link that sends them by WhatsApp from the guru's own phone.

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
    /// Opens WhatsApp with the text, and with the guest's number where there is one.
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

/// The invitation to an appointment.
pub(crate) fn undangan(state: &AppState, janji_temu: &JanjiTemu) -> Pesan {
    let (nama_tamu, keperluan) = (janji_temu.nama_tampil(), &janji_temu.keperluan);
    let (guru, time) = (guru_and_place(state, janji_temu), time(janji_temu));
    let text =
        format!("Yth. {nama_tamu}, Anda punya janji temu dengan {guru} pada {time} untuk {keperluan}.");
    with_code(state, janji_temu, &text)
}

/// When an appointment is that has been given another time.
pub(crate) fn jadwal(state: &AppState, janji_temu: &JanjiTemu) -> Pesan {
    let (nama_tamu, keperluan) = (janji_temu.nama_tampil(), &janji_temu.keperluan);
    let (guru, time) = (guru_and_place(state, janji_temu), time(janji_temu));
    let text =
        format!("Yth. {nama_tamu}, jadwal janji temu Anda dengan {guru} untuk {keperluan} sekarang {time}.");
    with_code(state, janji_temu, &text)
}

/// What the desk says to a guest who has come, and whether the guru has been told: a screen of theirs is connected, or they have
/// read it.
pub(crate) fn kedatangan(state: &AppState, janji_temu: &domain::JanjiTemu) -> (bool, String) {
    let is_told = state.hub.reaches(janji_temu.id_guru)
        || janji_temu.dibaca_pada.is_some()
        || janji_temu.tanggapan.is_some();
    let (tamu, guru) = (janji_temu.nama_tampil(), janji_temu.guru_disapa());
    let message = match is_told {
        true => format!("Selamat datang, {tamu}. {guru} sudah diberi tahu."),
        false => format!("Selamat datang, {tamu}. {guru} belum terhubung; hubungi langsung."),
    };
    (is_told, message)
}

fn guru_and_place(state: &AppState, janji_temu: &JanjiTemu) -> String {
    format!("{} di {} ({})", janji_temu.guru_disapa(), state.setelan.nama_sekolah, state.setelan.tempat)
}

fn time(janji_temu: &JanjiTemu) -> String {
    let tanggal = janji_temu.tanggal;
    let month = MONTHS[tanggal.month0() as usize];
    let jam = janji_temu.waktu.replace(':', ".");
    format!("{} {month} {} pukul {jam}", tanggal.day(), tanggal.year())
}

fn with_code(state: &AppState, janji_temu: &JanjiTemu, text: &str) -> Pesan {
    let code = match &state.config.public_url {
        Some(_) => format!("Kode QR Anda: {}/K/{}", state.link_base(), janji_temu.kode_qr),
        None => format!("Kode Anda: {}", janji_temu.kode_qr),
    };
    let teks = format!("{text}\n{code}\nTunjukkan kode ini kepada penerima tamu.");
    let digits = janji_temu.telp.as_ref().map_or("", |telp| telp.as_str().trim_start_matches('+'));
    let tautan_wa = Url::parse_with_params(&format!("https://wa.me/{digits}"), [("text", &teks)])
        .expect("digits, or none, make a URL")
        .to_string();
    Pesan { teks, tautan_wa }
}
