//! The words of the picture, in the language asked for.

use domain::Language;

/// What stands over each text.
pub(super) struct Labels {
    pub(super) tunjukkan: &'static str,
    pub(super) tamu: &'static str,
    pub(super) waktu: &'static str,
    pub(super) guru: &'static str,
    pub(super) tempat: &'static str,
    pub(super) hanya_di_sekolah: &'static str,
}

const ID: Labels = Labels {
    tunjukkan: "Tunjukkan kode ini kepada penerima tamu",
    tamu: "Tamu",
    waktu: "Waktu",
    guru: "Bertemu",
    tempat: "Tempat",
    hanya_di_sekolah: "Halaman kode ini hanya terbuka di jaringan sekolah",
};

const EN: Labels = Labels {
    tunjukkan: "Show this code at the reception desk",
    tamu: "Guest",
    waktu: "When",
    guru: "Meeting",
    tempat: "Where",
    hanya_di_sekolah: "The page of this code opens in the school's own network only",
};

pub(super) fn of(bahasa: Language) -> &'static Labels {
    match bahasa {
        Language::Id => &ID,
        Language::En => &EN,
    }
}
