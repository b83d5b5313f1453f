//! The guests.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{IdTamu, Telp, kata};

/// A guest, as JSON shows one to the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tamu {
    /// Identity.
    pub id: IdTamu,
    /// Full name.
    pub nama: String,
    /// E.164, unique; null if the guest has no phone.
    pub telp: Option<Telp>,
    /// An address that invitations may also go to.
    pub email: Option<String>,
    /// Where the guest comes from: a company, a family, another school.
    pub instansi: Option<String>,
    /// The guest's permanent code: the bare token.
    pub kode_qr: String,
    /// When the guest was first entered.
    pub dibuat_pada: DateTime<Utc>,
    /// True if a field cannot be read any more; left out otherwise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rusak: bool,
}

/// The name of a guest who was erased.
pub const TERHAPUS: &str = "Tamu (data dihapus)";

/// What is kept about a guest besides what the desk sees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TamuRecord {
    /// When the guest agreed to what the school keeps.
    pub setuju_pada: Option<DateTime<Utc>>,
    /// To which text.
    pub setuju_versi: Option<String>,
    /// When the guest asked to be erased.
    pub hapus_diminta_pada: Option<DateTime<Utc>>,
    /// When the guest was erased: nothing is left that tells who it was.
    pub dianonimkan_pada: Option<DateTime<Utc>>,
    /// The guest was given a password.
    pub punya_password: bool,
}

/// What guests say about themselves, besides the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TamuDetails<'a> {
    /// Full name.
    pub nama: &'a str,
    /// Lower case.
    pub email: Option<&'a str>,
    /// Where the guest comes from.
    pub instansi: Option<&'a str>,
}

/// Where each field goes that was entered with a visit. None is dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placement {
    /// Changes to the guest.
    pub tamu: TamuChanges,
    /// The name of the person who comes, if it is not the guest.
    pub atas_nama: Option<String>,
    /// The address as it was entered.
    pub email: Option<String>,
    /// Where the visitor comes from, if it is not where the guest comes from.
    pub instansi: Option<String>,
}

/// Changes to a guest; a missing field stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TamuChanges {
    /// Full name.
    pub nama: Option<String>,
    /// Lower case.
    pub email: Option<String>,
    /// Where the guest comes from.
    pub instansi: Option<String>,
}

/// Decides where the entered fields go: to the guest or to the visit. If the guest was just created from them,
/// `dikenal` is what was entered.
///
/// People who share a number have different names, so another name is another person: the visit is in that name, and
/// the other fields belong to the visit. If the name is the guest's, entered fields fill the guest's empty ones.
/// Fields that differ belong to the visit, and the guest keeps their own. With `orang_yang_sama` it is the same
/// person, and the entered fields correct the guest.
pub fn tempatkan(
    dikenal: TamuDetails<'_>,
    diisi: TamuDetails<'_>,
    atas_nama: Option<&str>,
    orang_yang_sama: bool,
) -> Placement {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let is_guest = orang_yang_sama || kata::is_same(dikenal.nama, diisi.nama);
    let nama = if orang_yang_sama { diisi.nama } else { dikenal.nama };
    let mut to = Placement {
        atas_nama: sendiri(nama, atas_nama.or((!is_guest).then_some(diisi.nama))),
        ..Placement::default()
    };
    let is_other_place = |a: &str, b: &str| !kata::is_same(a, b);
    let email = diisi.email.filter(|email| dikenal.email != Some(*email));
    let instansi =
        diisi.instansi.filter(|diisi| dikenal.instansi.is_none_or(|dikenal| is_other_place(dikenal, diisi)));
    if orang_yang_sama {
        to.tamu.nama = (dikenal.nama != diisi.nama).then(|| diisi.nama.to_owned());
    }
    // The visit keeps it as it was entered. So the person who entered it finds it again, and learns nothing of what
    // was known before.
    to.email = owned(diisi.email);
    if orang_yang_sama || (is_guest && dikenal.email.is_none()) {
        to.tamu.email = owned(email);
    }
    match orang_yang_sama || (is_guest && dikenal.instansi.is_none()) {
        true => to.tamu.instansi = owned(instansi),
        false => to.instansi = owned(instansi),
    }
    to
}

/// The name that a visit is in, if it is not the guest's own.
pub fn sendiri(nama: &str, atas_nama: Option<&str>) -> Option<String> {
    atas_nama.filter(|atas_nama| !kata::is_same(nama, atas_nama)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDI: TamuDetails<'_> = TamuDetails { nama: "Budi Santoso", email: None, instansi: Some("Dinas") };

    fn entered(nama: &'static str) -> TamuDetails<'static> {
        TamuDetails { nama, email: None, instansi: None }
    }

    #[test]
    fn another_name_is_this_visits_and_takes_nothing_from_the_guest() {
        let rina = TamuDetails { email: Some("r@rumah.example"), instansi: Some("SMP 3"), ..entered("Rina") };
        let expected = Placement {
            atas_nama: Some("Rina".to_owned()),
            email: Some("r@rumah.example".to_owned()),
            instansi: Some("SMP 3".to_owned()),
            ..Placement::default()
        };
        assert_eq!(tempatkan(BUDI, rina, None, false), expected);
    }

    #[test]
    fn the_same_name_however_it_is_written_is_the_guest() {
        for nama in ["Budi Santoso", "BUDI  SANTOSO", "Búdi Santoso."] {
            assert_eq!(tempatkan(BUDI, entered(nama), None, false), Placement::default(), "{nama}");
        }
    }

    #[test]
    fn of_the_guest_what_was_empty_is_filled_in_and_what_differs_is_the_visits() {
        let again = TamuDetails { email: Some("b@rumah.example"), instansi: Some("Yayasan"), ..BUDI };
        let to = tempatkan(BUDI, again, None, false);
        assert_eq!(to.tamu.email.as_deref(), Some("b@rumah.example"));
        assert_eq!((to.tamu.instansi, to.instansi.as_deref()), (None, Some("Yayasan")));
        let same = TamuDetails { instansi: Some("DINAS"), ..BUDI };
        assert_eq!(tempatkan(BUDI, same, None, false), Placement::default());
    }

    #[test]
    fn who_is_the_same_person_is_corrected() {
        let budi = TamuDetails {
            email: Some("b@rumah.example"),
            instansi: Some("Yayasan"),
            ..entered("Budi Susanto")
        };
        let corrected = TamuChanges {
            nama: Some("Budi Susanto".to_owned()),
            email: Some("b@rumah.example".to_owned()),
            instansi: Some("Yayasan".to_owned()),
        };
        let to = tempatkan(BUDI, budi, None, true);
        let email = Some("b@rumah.example".to_owned());
        assert_eq!(to, Placement { tamu: corrected, email, ..Placement::default() });
        let spelled = tempatkan(BUDI, entered("budi santoso"), None, true);
        assert_eq!(spelled.tamu.nama.as_deref(), Some("budi santoso"));
    }

    #[test]
    fn a_name_given_for_the_visit_goes_before_the_one_of_the_number() {
        let to = tempatkan(BUDI, BUDI, Some("Rina"), false);
        assert_eq!(to.atas_nama.as_deref(), Some("Rina"));
        assert_eq!(tempatkan(BUDI, BUDI, Some("budi santoso"), false).atas_nama, None);
    }
}
