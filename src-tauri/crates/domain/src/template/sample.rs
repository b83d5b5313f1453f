//! Made-up values, by which a template is shown before it is kept.

use super::{Placeholder, Values};
use crate::bahasa::Language;

/// A value for every placeholder.
pub fn sample(bahasa: Language) -> Values {
    Placeholder::ALL
        .into_iter()
        .map(|placeholder| (placeholder, value(placeholder, bahasa).to_owned()))
        .collect()
}

const fn value(placeholder: Placeholder, bahasa: Language) -> &'static str {
    let is_english = matches!(bahasa, Language::En);
    match placeholder {
        Placeholder::NamaTamu if is_english => "Siti Aminah",
        Placeholder::NamaTamu => "Bapak/Ibu Siti Aminah",
        Placeholder::NamaGuru => "Bu Ratna Wulandari",
        Placeholder::Sekolah => "SMP Negeri 1 Contoh",
        Placeholder::Tempat if is_english => "Main lobby",
        Placeholder::Tempat => "Lobi utama",
        Placeholder::Alamat => "Jl. Melati No. 1, Kota Contoh",
        Placeholder::PetunjukArah if is_english => {
            "Opposite the village hall.\nVisitors park behind the gate."
        }
        Placeholder::PetunjukArah => "Di seberang balai desa.\nTamu parkir di belakang gerbang.",
        Placeholder::Keperluan if is_english => "Collecting the school report",
        Placeholder::Keperluan => "Mengambil rapor",
        Placeholder::Waktu if is_english => "Monday, 23 November 2026, 09:30",
        Placeholder::Waktu => "Senin, 23 November 2026, pukul 09.30",
        Placeholder::Durasi if is_english => "30 minutes",
        Placeholder::Durasi => "30 menit",
        Placeholder::Alasan if is_english => "The teacher has a meeting",
        Placeholder::Alasan => "Guru ada rapat",
        Placeholder::Kode => "CONTOHKODETAMUCONTOHKODETAMUCONTOHKODETAMUCONTO",
        Placeholder::Tautan => "https://tamu.sekolah.example/k/CONTOH",
        Placeholder::Password => "contoh-sandi-7",
        Placeholder::AlamatMasuk => "https://tamu.sekolah.example",
        Placeholder::NamaPengguna => "Ratna Wulandari",
        Placeholder::Gangguan if is_english => "last night's backup is missing",
        Placeholder::Gangguan => "cadangan malam tadi belum ada",
        Placeholder::CadanganTerakhir if is_english => "Monday, 23 November 2026, 02:00",
        Placeholder::CadanganTerakhir => "Senin, 23 November 2026, pukul 02.00",
        Placeholder::Periode => "23–29 November 2026",
        Placeholder::Kontak if is_english => "the school office",
        Placeholder::Kontak => "Tata Usaha",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::TOKEN_LEN;

    #[test]
    fn every_placeholder_has_a_sample() {
        for bahasa in Language::ALL {
            let values = sample(bahasa);
            for placeholder in Placeholder::ALL {
                assert!(!values.get(placeholder).is_empty(), "{placeholder:?}");
            }
            assert_eq!(values.get(Placeholder::Kode).len(), TOKEN_LEN);
        }
        let zone = chrono_tz::Asia::Jakarta;
        let waktu = Language::Id.waktu("2026-11-23T02:30:00Z".parse().unwrap(), zone);
        assert_eq!(sample(Language::Id).get(Placeholder::Waktu), waktu);
        assert_eq!(sample(Language::En).get(Placeholder::Durasi), Language::En.durasi(30));
    }
}
