//! What stands at the head and at the end of a paper of the school.

use serde::{Deserialize, Serialize};

/// The letterhead. What is empty is not printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Kop {
    /// Who the school belongs to, such as a town.
    pub baris1: String,
    /// The office or foundation above the school.
    pub baris2: String,
    /// The school. Where it is empty, the school's name stands here.
    pub baris3: String,
    /// Telephone, as it is printed.
    pub telp: String,
    /// E-mail.
    pub email: String,
    /// Site.
    pub situs: String,
}

/// Who signs a report. Where it is empty, there is a line to write on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PenandaTangan {
    /// Name, with degrees.
    pub nama: String,
    /// The number of a civil servant, as it is printed.
    pub nip: String,
    /// Such as the head of the school.
    pub jabatan: String,
}
