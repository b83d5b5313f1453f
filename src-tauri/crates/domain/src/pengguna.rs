//! The people who sign in to work: admin, guru, receptionist.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{IdPengguna, Telp, huruf, words::words};

words! {
    /// What a user may do (DESIGN §7).
    pub enum Role, else UnknownRole "role tidak dikenal" {
        /// Everything.
        Admin = "Admin",
        /// Own appointments and notifications.
        Guru = "Guru",
        /// Scan, walk-ins, guests, all appointments.
        PenerimaTamu = "Penerima Tamu",
    }
}

impl Role {
    /// Works at the front desk, or stands in there.
    pub const fn is_reception(self) -> bool {
        matches!(self, Role::Admin | Role::PenerimaTamu)
    }

    /// Receives guests: an appointment can be made with them.
    pub const fn receives_guests(self) -> bool {
        match self {
            Role::Admin | Role::Guru => true,
            Role::PenerimaTamu => false,
        }
    }
}

/// The words of those that receive guests.
pub fn receiving() -> impl Iterator<Item = &'static str> {
    Role::ALL.into_iter().filter(|role| role.receives_guests()).map(Role::as_str)
}

/// A unit is visited as a guru is.
pub const ROLE_OF_UNIT: Role = Role::Guru;

words! {
    /// What is spoken before a user's name.
    pub enum Sapaan, else UnknownSapaan "pilih Bu, Pak, atau kosongkan" {
        /// Of a woman.
        Bu = "Bu",
        /// Of a man.
        Pak = "Pak",
    }
}

/// A name with its form of address: `Bu Ratna Wulandari`. A name that begins with one already stays as it is.
pub fn disapa(sapaan: Option<Sapaan>, nama: &str) -> String {
    let first = nama.split(' ').next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    match sapaan {
        Some(sapaan) if !matches!(&*first, "bu" | "ibu" | "pak" | "bapak") => {
            format!("{} {nama}", sapaan.as_str())
        }
        _ => nama.to_owned(),
    }
}

/// Where the address of a user stands who has none. No mail ever goes there (RFC 2606).
const WITHOUT_EMAIL: &str = "@tanpa-email.invalid";

/// What stands in place of an address of a user who has none, and signs in with a number.
pub fn address_without_email(nomor: &str) -> String {
    format!("{nomor}{WITHOUT_EMAIL}")
}

/// The address under which a user is kept: a number stands in its place if there is none. `None` if there is neither.
pub fn address(email: Option<&str>, kepegawaian: &Kepegawaian) -> Option<String> {
    let nomor = kepegawaian.nuptk.as_deref().or(kepegawaian.nip.as_deref());
    email.map(str::to_owned).or_else(|| nomor.map(address_without_email))
}

/// Whether mail can go to the address.
pub fn has_email(email: &str) -> bool {
    !email.ends_with(WITHOUT_EMAIL)
}

/// What stands in place of the address of a unit, which never signs in: `acak` makes it unique.
pub fn address_of_unit(acak: &str) -> String {
    address_without_email(&format!("unit-{acak}"))
}

/// What the user types to sign in: the address, or the number that stands in its place.
pub fn login_name(email: &str) -> &str {
    email.strip_suffix(WITHOUT_EMAIL).unwrap_or(email)
}

/// What the national register tells of a user, and nothing else of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Kepegawaian {
    /// 16 digits, unique.
    pub nuptk: Option<String>,
    /// 18 digits, unique.
    pub nip: Option<String>,
    /// Such as "Wali kelas VIII-B".
    pub tugas_tambahan: Option<String>,
}

/// The fewest digits of a NUPTK or NIP that one is looked for by.
const NUMBER_MIN: usize = 4;

/// The digits of a text that may be a part of a NUPTK or NIP, with blanks, dots and hyphens between them.
pub fn part_of_number(text: &str) -> Option<String> {
    let digits: String =
        text.chars().filter(|c| !huruf::is_blank(*c) && !matches!(c, '.' | '-' | '\'')).collect();
    let is_part = digits.len() >= NUMBER_MIN && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_part.then_some(digits)
}

/// A user as an admin's list shows one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PenggunaRinci {
    /// The user.
    #[serde(flatten)]
    pub pengguna: Pengguna,
    /// What the register tells.
    #[serde(flatten)]
    pub kepegawaian: Kepegawaian,
    /// The latest time that the user signed in, as long as a session or a device tells it.
    pub login_terakhir: Option<DateTime<Utc>>,
    /// Until when the user has to wait after failed attempts, at the place where they were made.
    pub terkunci_sampai: Option<DateTime<Utc>>,
    /// Who is behind a unit, by name; nobody is behind a person.
    pub anggota: Vec<Anggota>,
}

/// One of those who are behind a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Anggota {
    /// Identity.
    pub id: IdPengguna,
    /// Full name.
    pub nama: String,
    /// May sign in. Who may not is still a member, and is alerted of nothing.
    pub aktif: bool,
}

/// A user, as tables keep and JSON shows one; never with the password's hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pengguna {
    /// Identity.
    pub id: IdPengguna,
    /// Full name.
    pub nama: String,
    /// What is spoken before it.
    pub sapaan: Option<Sapaan>,
    /// What a guru teaches; shown and searched.
    pub jabatan: Option<String>,
    /// Lower case, unique.
    pub email: String,
    /// E.164.
    pub telp: Option<Telp>,
    /// What the user may do.
    pub role: Role,
    /// The password is a temporary one; until it is changed nothing else is allowed.
    pub wajib_ganti_password: bool,
    /// May sign in, and as a guru can be visited.
    pub aktif: bool,
    /// Not a person but a place such as "Tata Usaha", which is visited and has several people behind it. It never
    /// signs in.
    #[serde(default)]
    pub unit: bool,
    /// When the user was added.
    pub dibuat_pada: DateTime<Utc>,
    /// Something of it cannot be read any more. There only where it is so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rusak: bool,
}

impl Pengguna {
    /// Whether an appointment can be made with them now.
    pub fn can_be_visited(&self) -> bool {
        self.aktif && self.role.receives_guests()
    }

    /// The user whose appointments alone they see; `None` if they see everybody's.
    pub fn own_only(&self) -> Option<IdPengguna> {
        (self.role == Role::Guru).then_some(self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_spoken_with_its_form_of_address_once() {
        assert_eq!(disapa(Some(Sapaan::Bu), "Ratna Wulandari"), "Bu Ratna Wulandari");
        assert_eq!(disapa(Some(Sapaan::Pak), "Drs. Agus"), "Pak Drs. Agus");
        assert_eq!(disapa(None, "Ratna"), "Ratna");
        assert_eq!(disapa(Some(Sapaan::Bu), "Ibu Ratna"), "Ibu Ratna");
    }

    #[test]
    fn whoever_is_no_receptionist_receives_guests() {
        assert_eq!(receiving().collect::<Vec<_>>(), ["Admin", "Guru"]);
    }

    #[test]
    fn a_number_is_looked_for_by_some_of_its_digits() {
        for (text, digits) in [
            ("3352 7616", Some("33527616")),
            ("19700101-199512.2 001", Some("197001011995122001")),
            ("335", None),
            ("3352a", None),
            ("", None),
        ] {
            assert_eq!(part_of_number(text).as_deref(), digits, "{text}");
        }
    }

    #[test]
    fn a_number_stands_where_there_is_no_address() {
        let of = |nuptk: Option<&str>, nip: Option<&str>| {
            let nuptk = nuptk.map(str::to_owned);
            Kepegawaian { nuptk, nip: nip.map(str::to_owned), tugas_tambahan: None }
        };
        assert_eq!(address(Some("a@b.id"), &of(Some("1"), None)).as_deref(), Some("a@b.id"));
        assert_eq!(address(None, &of(Some("1"), Some("2"))), Some(address_without_email("1")));
        assert_eq!(address(None, &of(None, Some("2"))), Some(address_without_email("2")));
        assert_eq!(address(None, &of(None, None)), None);
    }

    #[test]
    fn word_and_json_agree() {
        for sapaan in Sapaan::ALL {
            assert_eq!(sapaan.as_str().parse(), Ok(sapaan));
            assert_eq!(serde_json::to_value(sapaan).unwrap(), sapaan.as_str());
        }
        assert_eq!("bu".parse::<Sapaan>(), Err(UnknownSapaan));
    }
}
