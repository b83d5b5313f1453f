//! The guest book's words and rules, free of I/O, of async and of the clock.
//!
//! Server, stores and an offline desk all decide with these rules, so they cannot disagree: which move a status allows,
//! what a scan means, who is late, what a QR token says, how a telephone number is written. The caller passes in the
//! time and the settings.

pub mod announcement;
pub mod audit;
pub mod bahasa;
pub mod cadangan;
pub mod columns;
pub mod dampak;
mod error_code;
pub mod evakuasi;
pub mod gabung;
pub mod hari_libur;
pub mod hmac;
pub mod huruf;
pub mod id;
pub mod impor;
pub mod isian;
pub mod jadwal;
pub mod janji_temu;
pub mod json;
pub mod kalender;
pub mod kata;
pub mod kop;
pub mod kunjungan;
pub mod langkah;
pub mod laporan;
pub mod notifikasi;
#[cfg(feature = "password")]
pub mod password;
pub mod pemeliharaan;
pub mod pengguna;
pub mod perubahan;
pub mod pesan;
pub mod pindah;
pub mod pindai;
pub mod rusak;
pub mod saluran;
pub mod sesi;
pub mod setelan;
pub mod status;
pub mod survei;
pub mod tamu;
pub mod tanggapan;
pub mod telp;
pub mod template;
pub mod token;
pub mod ulang;
pub mod ulasan;
mod words;

pub use crate::hmac::hmac_sha256;
pub use bahasa::Language;
pub use error_code::ErrorCode;
pub use id::{IdJanjiTemu, IdPengguna, IdTamu};
pub use janji_temu::{JanjiTemu, Jenis};
pub use langkah::VisitStep;
pub use pengguna::{Pengguna, Role, Sapaan};
pub use perubahan::VisitChange;
pub use pindai::{Decision, Penolakan, decide, decide_later};
pub use rusak::{Damage, RUSAK};
pub use setelan::Setelan;
pub use status::Status;
pub use tamu::Tamu;
pub use tanggapan::{JenisTanggapan, Tanggapan};
pub use telp::Telp;
