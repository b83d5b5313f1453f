//! Messages to guests: an invitation, a new time, a cancellation, with the link that sends them by WhatsApp from the
//! guru's own phone. Also what the desk says about a guest.

use domain::{
    JenisTanggapan, Language,
    json::{JanjiTemu, Pesan},
};
use url::Url;

use crate::state::{AppState, RequestState};

/// The invitation to an appointment.
pub(crate) fn undangan(state: &RequestState, janji_temu: &JanjiTemu) -> Pesan {
    let (nama_tamu, keperluan) = (janji_temu.nama_tampil(), &janji_temu.keperluan);
    let (guru, time) = (guru_and_place(state, janji_temu), time(janji_temu));
    let text =
        format!("Yth. {nama_tamu}, Anda punya janji temu dengan {guru} pada {time} untuk {keperluan}.");
    with_code(state, janji_temu, &text)
}

/// The message that an appointment has a new time.
pub(crate) fn jadwal(state: &RequestState, janji_temu: &JanjiTemu) -> Pesan {
    let (nama_tamu, keperluan) = (janji_temu.nama_tampil(), &janji_temu.keperluan);
    let (guru, time) = (guru_and_place(state, janji_temu), time(janji_temu));
    let text =
        format!("Yth. {nama_tamu}, jadwal janji temu Anda dengan {guru} untuk {keperluan} sekarang {time}.");
    with_code(state, janji_temu, &text)
}

/// The message that an appointment is cancelled. `None` if the guest has no number.
pub(crate) fn batal(state: &RequestState, janji_temu: &JanjiTemu) -> Option<Pesan> {
    janji_temu.telp.as_ref()?;
    let (nama_tamu, keperluan) = (janji_temu.nama_tampil(), &janji_temu.keperluan);
    let (guru, time) = (guru_and_place(state, janji_temu), time(janji_temu));
    let mut teks = format!(
        "Yth. {nama_tamu}, mohon maaf, janji temu Anda dengan {guru} pada {time} untuk {keperluan} dibatalkan."
    );
    if let Some(alasan) = &janji_temu.alasan {
        teks += &format!("\nAlasan: {alasan}");
    }
    Some(with_link(janji_temu, teks))
}

/// Whether the guru has been told, and what the desk says to a guest who has come. The guru has been told if one of the
/// guru's screens is connected, or if the notification was read.
pub(crate) fn kedatangan(state: &AppState, janji_temu: &domain::JanjiTemu) -> (bool, String) {
    let (is_told, of_guru) = diberi_tahu(state, janji_temu);
    (is_told, format!("Selamat datang, {}. {of_guru}", janji_temu.nama_tampil()))
}

/// Whether the guru has been told, and a sentence that says so.
pub(crate) fn diberi_tahu(state: &AppState, janji_temu: &domain::JanjiTemu) -> (bool, String) {
    let is_told = state.hub.reaches(janji_temu.id_guru)
        || janji_temu.dibaca_pada.is_some()
        || janji_temu.tanggapan.is_some();
    let guru = janji_temu.guru_disapa();
    let sentence = match is_told {
        true => format!("{guru} sudah diberi tahu."),
        false => format!("{guru} belum terhubung; hubungi langsung."),
    };
    (is_told, sentence)
}

/// What the desk says to a waiting guest who is scanned again: the guru's answer.
pub(crate) fn menunggu(janji_temu: &domain::JanjiTemu) -> String {
    let (tamu, guru) = (janji_temu.nama_tampil(), janji_temu.guru_disapa());
    let answer = match (janji_temu.tanggapan_jenis, &janji_temu.tanggapan_tempat) {
        (Some(JenisTanggapan::KeLobi), _) => format!("{guru} menuju lobi."),
        (Some(JenisTanggapan::Antar), Some(tempat)) => format!("{guru} menunggu di {tempat}."),
        (Some(JenisTanggapan::TidakBisa), _) => format!("Maaf, {guru} tidak bisa menemui."),
        (Some(JenisTanggapan::Antar), None)
        | (Some(JenisTanggapan::Sebentar | JenisTanggapan::Teks) | None, _) => "Silakan menunggu.".to_owned(),
    };
    format!("{tamu} sudah tercatat datang. {answer}")
}

fn guru_and_place(state: &RequestState, janji_temu: &JanjiTemu) -> String {
    format!("{} di {} ({})", janji_temu.guru_disapa(), state.setelan.nama_sekolah, state.setelan.tempat)
}

fn time(janji_temu: &JanjiTemu) -> String {
    let jam = janji_temu.waktu.replace(':', ".");
    format!("{} pukul {jam}", Language::Id.tanggal(janji_temu.tanggal))
}

fn with_code(state: &AppState, janji_temu: &JanjiTemu, text: &str) -> Pesan {
    let code = match state.links.public() {
        Some(public) => format!("Kode QR Anda: {public}/K/{}", janji_temu.kode_qr),
        None => format!("Kode Anda: {}", janji_temu.kode_qr),
    };
    with_link(janji_temu, format!("{text}\n{code}\nTunjukkan kode ini kepada penerima tamu."))
}

fn with_link(janji_temu: &JanjiTemu, teks: String) -> Pesan {
    let digits = janji_temu.telp.as_ref().map_or("", |telp| telp.as_str().trim_start_matches('+'));
    let tautan_wa = Url::parse_with_params(&format!("https://wa.me/{digits}"), [("text", &teks)])
        .expect("digits, or none, make a URL")
        .to_string();
    Pesan { teks, tautan_wa }
}
