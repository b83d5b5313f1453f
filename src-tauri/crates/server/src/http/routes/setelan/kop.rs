//! What stands at the head and at the end of reports, as admins set it.

use domain::{
    isian,
    kop::{Kop, PenandaTangan},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::perubahan::Change;

/// The letterhead; empty text empties a line.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = KopIsian)]
pub(in crate::http::routes) struct KopRequest {
    /// Who the school belongs to.
    #[schema(max_length = 100)]
    baris1: Option<String>,
    /// The office or foundation above the school.
    #[schema(max_length = 100)]
    baris2: Option<String>,
    /// The school.
    #[schema(max_length = 100)]
    baris3: Option<String>,
    /// Telephone, as it is printed.
    #[schema(max_length = 100)]
    telp: Option<String>,
    /// E-mail.
    #[schema(max_length = 100)]
    email: Option<String>,
    /// Site.
    #[schema(max_length = 100)]
    situs: Option<String>,
}

impl KopRequest {
    pub(super) fn apply(&self, change: &mut Change, kop: &mut Kop) {
        for (field, given, place) in [
            ("kop.baris1", &self.baris1, &mut kop.baris1),
            ("kop.baris2", &self.baris2, &mut kop.baris2),
            ("kop.baris3", &self.baris3, &mut kop.baris3),
            ("kop.telp", &self.telp, &mut kop.telp),
            ("kop.email", &self.email, &mut kop.email),
            ("kop.situs", &self.situs, &mut kop.situs),
        ] {
            change.lines(field, given, isian::optional_line, place);
        }
    }
}

/// Who signs; empty text empties a line.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PenandaTanganIsian)]
pub(in crate::http::routes) struct PenandaTanganRequest {
    /// Name, with degrees.
    #[schema(max_length = 100)]
    nama: Option<String>,
    /// The number of a civil servant, as it is printed.
    #[schema(max_length = 100)]
    nip: Option<String>,
    /// Such as the head of the school.
    #[schema(max_length = 100)]
    jabatan: Option<String>,
}

impl PenandaTanganRequest {
    pub(super) fn apply(&self, change: &mut Change, signer: &mut PenandaTangan) {
        for (field, given, place) in [
            ("penanda_tangan.nama", &self.nama, &mut signer.nama),
            ("penanda_tangan.nip", &self.nip, &mut signer.nip),
            ("penanda_tangan.jabatan", &self.jabatan, &mut signer.jabatan),
        ] {
            change.lines(field, given, isian::optional_line, place);
        }
    }
}
