//! The words of the picture, in the language asked for.

use crate::bahasa::Bahasa;

/// What stands over each text.
pub(super) struct Kata {
    pub(super) tunjukkan: &'static str,
    pub(super) tamu: &'static str,
    pub(super) waktu: &'static str,
    pub(super) guru: &'static str,
    pub(super) tempat: &'static str,
}

const ID: Kata = Kata {
    tunjukkan: "Tunjukkan kode ini kepada penerima tamu",
    tamu: "Tamu",
    waktu: "Waktu",
    guru: "Bertemu",
    tempat: "Tempat",
};

const EN: Kata = Kata {
    tunjukkan: "Show this code at the reception desk",
    tamu: "Guest",
    waktu: "When",
    guru: "Meeting",
    tempat: "Where",
};

pub(super) fn of(bahasa: Bahasa) -> &'static Kata {
    match bahasa {
        Bahasa::Id => &ID,
        Bahasa::En => &EN,
    }
}
