//! The templates that the program brings.

mod en;
mod id;

use std::{collections::BTreeMap, sync::LazyLock};

use super::{SubjekIsi, Template};
use crate::bahasa::Language;
use crate::pesan::JenisPesan;

/// A template's subject and body.
type Words = (&'static str, &'static str);

static ALL: LazyLock<BTreeMap<(JenisPesan, Language), Template>> = LazyLock::new(|| {
    let every = JenisPesan::ALL.into_iter().flat_map(|jenis| Language::ALL.map(|bahasa| (jenis, bahasa)));
    every.map(|(jenis, bahasa)| ((jenis, bahasa), check(jenis, words(jenis, bahasa)))).collect()
});

/// The template as the program brings it.
pub(super) fn get(jenis: JenisPesan, bahasa: Language) -> &'static Template {
    &ALL[&(jenis, bahasa)]
}

const fn words(jenis: JenisPesan, bahasa: Language) -> Words {
    match bahasa {
        Language::Id => id::words(jenis),
        Language::En => en::words(jenis),
    }
}

fn check(jenis: JenisPesan, (subjek, isi): Words) -> Template {
    let entered = SubjekIsi { subjek: subjek.to_owned(), isi: isi.to_owned() };
    Template::check(jenis, &entered).expect("a test reads each of them")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::{Placeholder, Values, sample};

    fn each() -> impl Iterator<Item = (JenisPesan, Language)> {
        JenisPesan::ALL.into_iter().flat_map(|jenis| Language::ALL.map(|bahasa| (jenis, bahasa)))
    }

    #[test]
    fn each_is_right_and_kept_as_it_is_written() {
        for (jenis, bahasa) in each() {
            let (subjek, isi) = words(jenis, bahasa);
            let template = get(jenis, bahasa);
            assert_eq!((template.subjek(), template.isi()), (subjek, isi), "{jenis:?} {bahasa:?}");
        }
    }

    #[test]
    fn each_reads_well_with_everything_and_with_only_what_is_always_there() {
        for (jenis, bahasa) in each() {
            let full = sample(bahasa);
            let rare = |placeholder: &Placeholder| {
                use Placeholder::{Alamat, AlamatMasuk, Alasan, Kontak, Password, PetunjukArah, Tautan};
                matches!(placeholder, Alamat | AlamatMasuk | Alasan | Kontak | PetunjukArah)
                    || (matches!(placeholder, Password | Tautan) && jenis == JenisPesan::Undangan)
            };
            let least = Placeholder::ALL.into_iter().filter(|placeholder| !rare(placeholder));
            let least =
                Values::from_iter(least.map(|placeholder| (placeholder, full.get(placeholder).to_owned())));
            let labels: Vec<_> =
                get(jenis, bahasa).isi().lines().filter_map(|line| line.split_once("{{")).collect();
            let is_torn =
                |line: &&str| !line.is_empty() && labels.iter().any(|(label, _)| label.trim_end() == *line);
            for values in [full, least] {
                let message = get(jenis, bahasa).render(&values);
                for text in [&message.subjek, &message.isi] {
                    assert!(!text.contains(['{', '}']), "{text}");
                    assert_eq!(text.lines().find(is_torn), None, "a label without its value: {text}");
                    assert!(!text.contains("  "), "{text}");
                }
                assert!(message.subjek.chars().count() <= 100, "{}", message.subjek);
            }
        }
    }

    #[test]
    fn an_invitation_as_a_guest_reads_it() {
        let all = sample(Language::Id);
        let shown = |placeholder| (placeholder, all.get(placeholder).to_owned());
        use Placeholder::{Durasi, Keperluan, Kode, NamaGuru, NamaTamu, Sekolah, Tempat, Waktu};
        let values = [NamaTamu, NamaGuru, Sekolah, Tempat, Keperluan, Waktu, Durasi, Kode].map(shown);
        let message = get(JenisPesan::Undangan, Language::Id).render(&Values::from_iter(values));
        assert_eq!(message.subjek, "Janji temu di SMP Negeri 1 Contoh, Senin, 23 November 2026, pukul 09.30");
        let expected = "\
Yth. Bapak/Ibu Siti Aminah,

Janji temu Bapak/Ibu dengan Bu Ratna Wulandari di SMP Negeri 1 Contoh sudah dicatat.

Waktu: Senin, 23 November 2026, pukul 09.30
Lama: 30 menit
Keperluan: Mengambil rapor
Tempat: Lobi utama

Saat tiba di sekolah, tunjukkan kode QR Bapak/Ibu kepada penerima tamu.
Kode: CONTOHKODETAMUCONTOHKODETAMUCONTOHKODETAMUCONTO

Terima kasih.
SMP Negeri 1 Contoh";
        assert_eq!(message.isi, expected);
    }
}
