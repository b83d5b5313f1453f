//! Messages to guests: an invitation, a new time, a cancellation, as the school's templates write them, with the link
//! that sends them by WhatsApp from the guru's own phone. Also what the desk says about a guest.

use domain::{
    JenisTanggapan,
    json::Pesan,
    pesan::{AlasanPesan, JenisPesan, KeadaanPesan},
    template::{Addresses, Values},
};
use store::{PageRequest, pesan::PesanFilter};
use url::Url;

use crate::state::{AppState, RequestState};

/// How many messages are in a state.
pub(crate) async fn count(state: &AppState, keadaan: KeadaanPesan) -> store::Result<u64> {
    total(state, PesanFilter { keadaan: vec![keadaan], ..PesanFilter::default() }).await
}

/// Of those that failed, how many no channel was there for: they are sent by hand.
pub(crate) async fn count_by_hand(state: &AppState) -> store::Result<u64> {
    let (keadaan, alasan) = (vec![KeadaanPesan::Gagal], Some(AlasanPesan::TanpaSaluran));
    total(state, PesanFilter { keadaan, alasan, ..PesanFilter::default() }).await
}

async fn total(state: &AppState, saring: PesanFilter) -> store::Result<u64> {
    Ok(state.store.pesan().list(saring, PageRequest { nomor: 1, ukuran: 1 }).await?.total)
}

/// What a guru sends the guest by hand: the school's own words for it.
pub(crate) fn by_hand(state: &RequestState, jenis: JenisPesan, janji_temu: &domain::JanjiTemu) -> Pesan {
    let setelan = &state.setelan;
    let base = state.links.base(setelan);
    let addresses = Addresses { public: state.links.public(setelan), local: base.as_deref() };
    let values = Values::of_visit(jenis, janji_temu, setelan, &addresses, None, setelan.bahasa_bawaan);
    let teks = setelan.template.get(jenis, setelan.bahasa_bawaan).render(&values).isi;
    let digits = janji_temu.telp.as_ref().map_or("", |telp| telp.as_str().trim_start_matches('+'));
    let tautan_wa = Url::parse_with_params(&format!("https://wa.me/{digits}"), [("text", &teks)])
        .expect("digits, or none, make a URL")
        .to_string();
    Pesan { teks, tautan_wa }
}

/// Whether the guru has been told, and what the desk says to a guest who has come. The guru has been told if one of the
/// guru's screens is connected, or if the notification was read.
pub(crate) fn kedatangan(state: &AppState, janji_temu: &domain::JanjiTemu) -> (bool, String) {
    let (is_told, of_guru) = diberi_tahu(state, janji_temu);
    (is_told, format!("Selamat datang, {}. {of_guru}", janji_temu.nama_tampil()))
}

/// Whether the guru has been told, or somebody behind the unit, and a sentence that says so.
pub(crate) fn diberi_tahu(state: &AppState, janji_temu: &domain::JanjiTemu) -> (bool, String) {
    let is_told = janji_temu.dikunjungi().any(|id| state.hub.reaches(id))
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
