//! Reviews of visits. Not a table: they derive from the appointment.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    IdJanjiTemu, IdPengguna, JanjiTemu, Pengguna, Status,
    columns::{Columns, Value},
};

/// Whether a user's step on a visit counts as taken at the desk: the user is of the reception, and is not the person
/// who is visited.
pub fn is_at_desk(pengguna: &Pengguna, janji_temu: &JanjiTemu) -> bool {
    pengguna.role.is_reception() && pengguna.id != janji_temu.id_guru
}

/// Whether a visit may be reviewed: it is over, and the desk took both arrival and departure.
pub fn is_open(janji_temu: &JanjiTemu) -> bool {
    janji_temu.status == Status::Selesai && janji_temu.datang_di_meja && janji_temu.pulang_di_meja
}

/// What a review sets of its visit.
pub fn columns(rating: u8, komentar: Option<String>, waktu: DateTime<Utc>) -> Columns {
    vec![
        ("rating", Value::Number(Some(i64::from(rating)))),
        ("komentar", Value::Text(komentar)),
        ("ulasan_pada", Value::Time(Some(waktu))),
    ]
}

/// Whether the guest is who was visited, by the number.
pub fn is_own_visit(janji_temu: &JanjiTemu, dikunjungi: &Pengguna) -> bool {
    janji_temu.telp.is_some() && janji_temu.telp == dikunjungi.telp
}

/// A review as an admin reads it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ulasan {
    /// The visit.
    pub id_janji_temu: IdJanjiTemu,
    /// Who was visited.
    pub id_guru: IdPengguna,
    /// That guru's name.
    pub nama_guru: String,
    /// Who visited.
    pub nama_tamu: String,
    /// 1 to 5; 0 where it cannot be read.
    pub rating: u8,
    /// In the guest's words.
    pub komentar: Option<String>,
    /// When it was left.
    pub ulasan_pada: DateTime<Utc>,
    /// Something of it cannot be read any more. There only where it is so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rusak: bool,
}

/// How a guru's visits were rated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RingkasanGuru {
    /// The guru.
    pub id_guru: IdPengguna,
    /// That guru's name.
    pub nama_guru: String,
    /// Reviews.
    pub jumlah: u32,
    /// Mean of their stars.
    pub rating_rata_rata: f64,
}
