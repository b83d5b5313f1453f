//! Users from a file: what a line says, whom it means, and what becomes of that user.
//!
//! A person is the same by NUPTK, else by NIP, else by e-mail address, and never by name alone. An empty cell changes
//! nothing. Role, password, and an address that somebody signs in with are never changed by a file. Carrying out a plan
//! and planning the same file again gives only lines that stay as they are.

mod berkas;
mod calon;
mod kolom;
mod rencana;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::{IdPengguna, Pengguna, Role, Sapaan, Telp, isian::FieldErrors, pengguna::Kepegawaian};

pub use berkas::InvalidBerkas;
pub use kolom::{Golongan, Kolom, UnknownKolom};
pub use rencana::plan;

/// People that one file may hold.
pub const BARIS_MAX: usize = 5000;

/// A line of a file: the text of each column that is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The row in the file, from 1 on.
    pub nomor: u32,
    /// What stands in the cells; empty ones are missing.
    pub isi: BTreeMap<Kolom, String>,
    /// What was noticed while it was read.
    pub catatan: Vec<Catatan>,
}

/// A person whom a line describes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calon {
    /// Full name.
    pub nama: String,
    /// The form of address before it.
    pub sapaan: Option<Sapaan>,
    /// What a guru teaches.
    pub jabatan: Option<String>,
    /// What the register calls the person. It stands for what is taught where nothing else does.
    pub jenis_ptk: Option<String>,
    /// Lower case.
    pub email: Option<String>,
    /// E.164.
    pub telp: Option<Telp>,
    /// Only of somebody new.
    pub role: Option<Role>,
    /// What the register tells.
    pub kepegawaian: Kepegawaian,
}

/// A user who is there already.
#[derive(Clone, Debug)]
pub struct Dikenal {
    /// The user.
    pub pengguna: Pengguna,
    /// What the register told before.
    pub kepegawaian: Kepegawaian,
}

/// What becomes of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tindakan {
    /// Somebody new.
    Buat(Box<Calon>),
    /// Somebody known, who becomes this; the fields that differ.
    Ubah(Box<Ubahan>),
    /// Somebody known, and nothing differs.
    Tetap(IdPengguna),
    /// No person: a file leaves units as they are.
    Unit,
    /// The line cannot be used, and holds up all others.
    Salah(FieldErrors),
}

/// A user who changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ubahan {
    /// Who.
    pub id: IdPengguna,
    /// What changes.
    pub jadi: Calon,
    /// Each field that differs: before and after.
    pub beda: Vec<Perbedaan>,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Perbedaan {
    /// The field.
    pub field: Kolom,
    /// What is stored; `null` if nothing is.
    pub dari: Option<String>,
    /// What the file says.
    pub ke: String,
}

crate::words::words! {
    /// What an admin should know of a line that is right.
    pub enum Catatan, else UnknownCatatan "catatan tidak dikenal" {
        /// The file has another address. The one that the user signs in with stays.
        EmailBerbeda = "email_berbeda",
        /// The file has another role. The role stays.
        PeranBerbeda = "peran_berbeda",
        /// The user may not sign in, and still may not.
        Nonaktif = "nonaktif",
        /// Somebody new without an address, who signs in with the NUPTK or NIP.
        TanpaEmail = "tanpa_email",
        /// Somebody new of whom the file tells no role, who becomes a guru.
        PeranGuru = "peran_guru",
        /// Two columns of one meaning say different things. The first counts.
        DuaIsi = "dua_isi",
        /// The line is known by its address alone, and has quite another name.
        NamaBerbeda = "nama_berbeda",
        /// A unit.
        Unit = "unit",
    }
}

impl Tindakan {
    /// The word for programs.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Buat(_) => "buat",
            Self::Ubah(_) => "ubah",
            Self::Tetap(_) | Self::Unit => "tetap",
            Self::Salah(_) => "salah",
        }
    }

    /// The user whom the line means, who is there already.
    pub fn known(&self) -> Option<IdPengguna> {
        match self {
            Self::Ubah(ubahan) => Some(ubahan.id),
            Self::Tetap(id) => Some(*id),
            Self::Buat(_) | Self::Unit | Self::Salah(_) => None,
        }
    }
}

/// A line with what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rencana {
    /// The line.
    pub baris: Line,
    /// What becomes of it.
    pub tindakan: Tindakan,
    /// What else is to be known.
    pub catatan: Vec<Catatan>,
}
