//! What can stand in a template, in which kind of message, and what must.

use std::collections::BTreeMap;

use crate::{huruf, pesan::JenisPesan, words::words};

words! {
    /// What a template leaves open. Never a telephone number.
    pub enum Placeholder, else UnknownPlaceholder "isian tidak dikenal" {
        /// Who comes.
        NamaTamu = "nama_tamu",
        /// Who is visited, with the form of address.
        NamaGuru = "nama_guru",
        /// The school's name.
        Sekolah = "sekolah",
        /// Where guest and guru meet.
        Tempat = "tempat",
        /// The school's address.
        Alamat = "alamat",
        /// How to find the school.
        PetunjukArah = "petunjuk_arah",
        /// What the visit is for.
        Keperluan = "keperluan",
        /// Day and time, written out.
        Waktu = "waktu",
        /// How long it takes, written out.
        Durasi = "durasi",
        /// Why it was called off or moved.
        Alasan = "alasan",
        /// The guest's code as text.
        Kode = "kode",
        /// The guest's page of this visit; empty without a public address.
        Tautan = "tautan",
        /// A first or temporary password.
        Password = "password",
        /// Where to sign in; empty without a public address.
        AlamatMasuk = "alamat_masuk",
        /// The name of the user to whom the message goes.
        NamaPengguna = "nama_pengguna",
        /// Whom to ask at the school.
        Kontak = "kontak",
        /// The days that a report covers, written out.
        Periode = "periode",
        /// What is wrong with the backups.
        Gangguan = "gangguan",
        /// When the newest good backup was taken, written out.
        CadanganTerakhir = "cadangan_terakhir",
    }
}

use Placeholder::{
    Alamat, AlamatMasuk, Alasan, CadanganTerakhir, Durasi, Gangguan, Keperluan, Kode, Kontak, NamaGuru,
    NamaPengguna, NamaTamu, Password, Periode, PetunjukArah, Sekolah, Tautan, Tempat, Waktu,
};

impl Placeholder {
    /// Whether its value may have several lines.
    pub const fn has_lines(self) -> bool {
        matches!(self, Alamat | PetunjukArah)
    }

    /// A name with the form of address before it.
    pub const fn is_spoken(self) -> bool {
        matches!(self, NamaTamu | NamaGuru)
    }

    /// Whether who reads it can act as the guest or the user. Subjects are shown on locked screens, so they hold none.
    pub const fn is_secret(self) -> bool {
        matches!(self, Kode | Tautan | Password)
    }
}

/// What every message about an appointment can tell.
const VISIT: [Placeholder; 10] =
    [NamaTamu, NamaGuru, Sekolah, Tempat, Alamat, PetunjukArah, Keperluan, Waktu, Durasi, Kontak];

impl JenisPesan {
    /// What can stand in its body, in this order.
    pub fn allowed(self) -> impl Iterator<Item = Placeholder> {
        let (common, own): (&[_], &[_]) = match self {
            Self::Undangan => (&VISIT, &[Kode, Tautan, AlamatMasuk, Password]),
            Self::Pindah => (&VISIT, &[Alasan, Kode, Tautan]),
            Self::Batal => (&VISIT, &[Alasan, Tautan]),
            Self::Pengingat => (&VISIT, &[Kode, Tautan]),
            Self::Ulasan => (&VISIT, &[Tautan]),
            Self::Kredensial => (&[NamaPengguna, Sekolah, Kontak], &[AlamatMasuk, Password]),
            Self::Laporan => (&[NamaPengguna, Sekolah, Periode], &[AlamatMasuk]),
            Self::Cadangan => (&[NamaPengguna, Sekolah, Gangguan], &[CadanganTerakhir, AlamatMasuk]),
            Self::Kedatangan => (&VISIT, &[AlamatMasuk]),
            Self::BatalTamu => (&VISIT, &[Alasan, AlamatMasuk]),
        };
        common.iter().chain(own).copied()
    }

    /// What must stand in its body: of each group at least one.
    pub const fn required(self) -> &'static [&'static [Placeholder]] {
        match self {
            Self::Undangan | Self::Pengingat => &[&[Waktu], &[Kode, Tautan]],
            Self::Pindah | Self::Batal => &[&[Waktu]],
            Self::Ulasan => &[&[Tautan]],
            Self::Kredensial => &[&[Password]],
            Self::Kedatangan => &[&[NamaTamu]],
            Self::Laporan => &[&[Periode]],
            Self::Cadangan => &[&[Gangguan]],
            Self::BatalTamu => &[&[NamaTamu], &[Waktu]],
        }
    }
}

/// What stands for placeholders; what is missing is empty.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<Placeholder, String>);

impl Values {
    /// What stands for a placeholder, or nothing.
    pub fn get(&self, placeholder: Placeholder) -> &str {
        self.0.get(&placeholder).map_or("", String::as_str)
    }
}

/// The visible part of the texts, without empty lines. Blank ones are empty.
impl FromIterator<(Placeholder, String)> for Values {
    fn from_iter<I: IntoIterator<Item = (Placeholder, String)>>(values: I) -> Self {
        let visible = |(placeholder, text): (Placeholder, String)| {
            if !placeholder.has_lines() {
                return (placeholder, huruf::satu_baris(&text));
            }
            let lines = text.lines().map(huruf::satu_baris).filter(|line| !line.is_empty());
            (placeholder, lines.collect::<Vec<_>>().join("\n"))
        };
        Self(values.into_iter().map(visible).collect())
    }
}

/// Names only, because values hold codes and passwords.
impl std::fmt::Debug for Values {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_shows_no_value() {
        let values = Values::from_iter([(Password, "rahasia-sekali".to_owned())]);
        assert_eq!(values.get(Password), "rahasia-sekali");
        assert_eq!(format!("{values:?}"), "{Password}");
        assert_eq!(values.get(Kode), "");
    }
}
