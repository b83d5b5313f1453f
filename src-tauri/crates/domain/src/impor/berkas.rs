//! Why a file, or the register's server, cannot be used as a whole.

use serde::Serialize;
use thiserror::Error;

/// Why a source of people cannot be used. The names are the codes of the answer; texts are for people.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InvalidBerkas {
    /// Nothing in it.
    #[error("berkas kosong")]
    #[serde(rename = "berkas_kosong")]
    Empty,
    /// Larger than is read, or it would become far larger when it is unpacked.
    #[error("berkas terlalu besar; paling besar 8 MiB")]
    #[serde(rename = "berkas_besar")]
    TooLarge,
    /// More than [`BARIS_MAX`](super::BARIS_MAX) people.
    #[error("terlalu banyak baris; paling banyak 5000 orang")]
    #[serde(rename = "berkas_banyak")]
    TooManyRows,
    /// Protected by a password.
    #[error("berkas dilindungi sandi; simpan dahulu tanpa sandi")]
    #[serde(rename = "berkas_terkunci")]
    Protected,
    /// A kind that is not read, such as a PDF or a web page.
    #[error("jenis berkas tidak dikenal; pakai CSV, .xlsx, atau .xls")]
    #[serde(rename = "berkas_asing")]
    UnknownKind,
    /// Of a known kind, and damaged.
    #[error("berkas rusak dan tidak bisa dibaca")]
    #[serde(rename = "berkas_rusak")]
    Damaged,
    /// No row names the columns.
    #[error("judul kolom tidak ditemukan; perlu kolom Nama dan salah satu dari NUPTK, NIP, E-mail")]
    #[serde(rename = "berkas_tanpa_judul")]
    NoHeadings,
    /// Headings, and nobody below them.
    #[error("tidak ada orang di bawah judul kolom")]
    #[serde(rename = "berkas_tanpa_orang")]
    NoRows,
    /// The register's server cannot be reached.
    #[error("server Dapodik tidak bisa dihubungi; periksa alamatnya dan pastikan Dapodik menyala")]
    #[serde(rename = "dapodik_jauh")]
    Unreachable,
    /// The register's server does not accept the token, which counts only at the address of one computer.
    #[error("server Dapodik menolak; periksa token dan alamat IP yang didaftarkan untuknya")]
    #[serde(rename = "dapodik_menolak")]
    Refused,
    /// The register's server answers something else.
    #[error("jawaban server Dapodik tidak dikenali; pakai berkas unduhannya")]
    #[serde(rename = "dapodik_asing")]
    OtherAnswer,
}

impl InvalidBerkas {
    /// The code for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "berkas_kosong",
            Self::TooLarge => "berkas_besar",
            Self::TooManyRows => "berkas_banyak",
            Self::Protected => "berkas_terkunci",
            Self::UnknownKind => "berkas_asing",
            Self::Damaged => "berkas_rusak",
            Self::NoHeadings => "berkas_tanpa_judul",
            Self::NoRows => "berkas_tanpa_orang",
            Self::Unreachable => "dapodik_jauh",
            Self::Refused => "dapodik_menolak",
            Self::OtherAnswer => "dapodik_asing",
        }
    }
}
