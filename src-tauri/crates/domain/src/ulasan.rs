//! Reviews of visits. Not a table: they derive from the appointment.

mod ringkasan;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    IdJanjiTemu, IdPengguna, JanjiTemu, Pengguna, Status,
    columns::{Columns, Value},
    isian::{self, InvalidIsian},
};

pub use ringkasan::{BintangGuru, JumlahBintang, RingkasanGuru, RingkasanUlasan};

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

/// The fewest letters of a reason for hiding a comment.
pub const ALASAN_MIN: usize = 3;

/// A comment is hidden from everybody but admins and the guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hiding {
    /// Why.
    pub alasan: String,
    /// Who hides it.
    pub oleh: IdPengguna,
    /// Now.
    pub waktu: DateTime<Utc>,
}

impl Hiding {
    /// The reason, as it is kept.
    ///
    /// # Errors
    /// Under 3 letters, or too long.
    pub fn alasan(text: Option<&str>) -> Result<String, InvalidIsian> {
        let alasan = isian::tanggapan(text)?.ok_or(InvalidIsian::Empty)?;
        if alasan.chars().filter(|c| c.is_alphanumeric()).count() < ALASAN_MIN {
            return Err(InvalidIsian::TooShort(ALASAN_MIN));
        }
        Ok(alasan)
    }

    /// What is set of the visit. `None` shows the comment again.
    pub fn columns(hiding: Option<Self>) -> Columns {
        let (waktu, oleh, alasan) = match hiding {
            Some(Self { alasan, oleh, waktu }) => (Some(waktu), Some(oleh.0), Some(alasan)),
            None => (None, None, None),
        };
        vec![
            ("disembunyikan_pada", Value::Time(waktu)),
            ("disembunyikan_oleh", Value::Number(oleh)),
            ("disembunyikan_alasan", Value::Text(alasan)),
        ]
    }
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
    /// The comment is hidden from gurus and the desk. The stars count all the same.
    pub tersembunyi: bool,
    /// Why it is hidden.
    pub alasan_tersembunyi: Option<String>,
    /// The name of who hid it.
    pub disembunyikan_oleh: Option<String>,
    /// When.
    pub disembunyikan_pada: Option<DateTime<Utc>>,
    /// Something of it cannot be read any more. There only where it is so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rusak: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_something() {
        assert_eq!(Hiding::alasan(Some(" Menyebut nama siswa ")).unwrap(), "Menyebut nama siswa");
        for nothing in [None, Some(""), Some("  ")] {
            assert_eq!(Hiding::alasan(nothing), Err(InvalidIsian::Empty));
        }
        for short in ["ok", "...", "a . b", "-- --"] {
            assert_eq!(Hiding::alasan(Some(short)), Err(InvalidIsian::TooShort(3)), "{short}");
        }
        assert_eq!(Hiding::alasan(Some(&"a".repeat(201))), Err(InvalidIsian::TooLong(200)));
    }
}
