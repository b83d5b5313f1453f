//! The columns of a file, by the names that schools and the national register give them.

use crate::words::words;

words! {
    /// A column that is used. Its word is the field's name.
    pub enum Kolom, else UnknownKolom "kolom tidak dikenal" {
        /// Full name.
        Nama = "nama",
        /// `Bu` or `Pak`.
        Sapaan = "sapaan",
        /// What a guru teaches.
        Jabatan = "jabatan",
        /// What the register calls the person.
        JenisPtk = "jenis_ptk",
        /// The address.
        Email = "email",
        /// The telephone number.
        Telp = "telp",
        /// The role.
        Role = "role",
        /// The register's number.
        Nuptk = "nuptk",
        /// A civil servant's number.
        Nip = "nip",
        /// An additional duty.
        TugasTambahan = "tugas_tambahan",
    }
}

words! {
    /// A column that is thrown away, by what it holds.
    pub enum Golongan, else UnknownGolongan "golongan tidak dikenal" {
        /// Number of the identity card or of the family card.
        Nik = "nik",
        /// The mother's name, and other relatives.
        Keluarga = "keluarga",
        /// Bank account and tax number.
        Rekening = "rekening",
        /// Address, and place and day of birth.
        Alamat = "alamat",
        /// Anything else, known or not.
        Lain = "lain",
    }
}

/// Names of columns, folded. Of several columns with the same meaning the one whose name stands first here is used.
const NAMES: [(Kolom, &[&str]); 10] = [
    (Kolom::Nama, &["nama", "namalengkap", "namaptk", "namagtk", "namaguru", "namapengguna", "name"]),
    (Kolom::Sapaan, &["sapaan", "panggilan"]),
    (Kolom::Jabatan, &["jabatan", "matapelajaran", "mapel", "mengajar", "mengampu", "gurumapel"]),
    (Kolom::JenisPtk, &["jenisptk", "jenisgtk", "jenisptkidstr"]),
    (Kolom::Email, &["email", "alamatemail", "surel", "emailaddress"]),
    (
        Kolom::Telp,
        &[
            "hp",
            "nohp",
            "nomorhp",
            "nohandphone",
            "nomorhandphone",
            "handphone",
            "ponsel",
            "nomorponsel",
            "telp",
            "notelp",
            "nomortelp",
            "wa",
            "nowa",
            "whatsapp",
            "nowhatsapp",
            "notelepon",
            "nomortelepon",
            "telepon",
            "telepontelp",
            "nomorteleponseluler",
        ],
    ),
    (Kolom::Role, &["role", "peran"]),
    (Kolom::Nuptk, &["nuptk", "nomornuptk", "nonuptk"]),
    (Kolom::Nip, &["nip", "nomornip", "nonip", "nipptk"]),
    (Kolom::TugasTambahan, &["tugastambahan", "tugastambahanptk"]),
];

/// Words in folded names of columns that must not be kept.
const SENSITIVE: [(Golongan, &[&str]); 4] = [
    (Golongan::Keluarga, &["ibu", "ayah", "suami", "istri", "anak", "wali", "perkawinan", "kawin"]),
    (Golongan::Rekening, &["rekening", "bank", "npwp", "wajibpajak", "pajak"]),
    (Golongan::Nik, &["nik", "kk", "nokk", "nomorkk", "kartukeluarga", "ktp"]),
    (
        Golongan::Alamat,
        &[
            "alamat",
            "jalan",
            "rt",
            "rw",
            "dusun",
            "desa",
            "kelurahan",
            "kecamatan",
            "kabupaten",
            "kota",
            "provinsi",
            "kodepos",
            "lintang",
            "bujur",
            "lahir",
            "tempatlahir",
            "tanggallahir",
            "tgllahir",
        ],
    ),
];

/// Short words count only where they are the whole name, because longer words contain them (`kk` in `kkm`).
const WHOLE: usize = 4;

/// The name of a column as it is compared: letters and digits only, in lower case.
pub(super) fn fold(name: &str) -> String {
    crate::kata::frasa(name).replace(' ', "")
}

impl Kolom {
    /// The column of that name, with its rank among the names for the same: less is better.
    pub fn find(name: &str) -> Option<(Self, usize)> {
        let folded = fold(name);
        NAMES.iter().find_map(|(kolom, names)| {
            names.iter().position(|known| *known == folded).map(|rank| (*kolom, rank))
        })
    }
}

impl Golongan {
    /// What a column of that name holds that is thrown away.
    pub fn of(name: &str) -> Self {
        let words = crate::kata::frasa(name);
        let folded = fold(name);
        let is_named = |word: &str| {
            folded == word
                || words.split(' ').any(|one| one == word)
                || (word.len() > WHOLE && folded.contains(word))
        };
        let found = SENSITIVE.iter().find(|(_, known)| known.iter().any(|word| is_named(word)));
        found.map_or(Self::Lain, |(golongan, _)| *golongan)
    }

    /// Whether a heading over several columns says that they are about somebody or something else.
    pub fn is_elsewhere(heading: &str) -> bool {
        Self::of(heading) != Self::Lain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_however_their_names_are_written() {
        for (name, kolom) in [
            ("NAMA", Kolom::Nama),
            ("Nama Lengkap", Kolom::Nama),
            ("E-mail", Kolom::Email),
            ("No. HP", Kolom::Telp),
            ("Jenis\u{a0}PTK", Kolom::JenisPtk),
            ("Tugas  Tambahan", Kolom::TugasTambahan),
            ("Peran", Kolom::Role),
        ] {
            assert_eq!(Kolom::find(name).map(|found| found.0), Some(kolom), "{name}");
        }
        for name in ["Nama Ibu Kandung", "NIK", "NIP Suami/Istri", "Nama Wajib Pajak", "", "Nama Bank"] {
            assert_eq!(Kolom::find(name), None, "{name}");
        }
        let rank = |name| Kolom::find(name).unwrap().1;
        assert!(rank("HP") < rank("Telepon"), "the mobile number comes first");
    }

    #[test]
    fn what_is_thrown_away_is_known_by_its_name() {
        for (name, golongan) in [
            ("NIK", Golongan::Nik),
            ("No KK", Golongan::Nik),
            ("Nama Ibu Kandung", Golongan::Keluarga),
            ("NIP Suami/Istri", Golongan::Keluarga),
            ("Status Perkawinan", Golongan::Keluarga),
            ("Nomor Rekening Bank", Golongan::Rekening),
            ("Nama Wajib Pajak", Golongan::Rekening),
            ("Alamat Jalan", Golongan::Alamat),
            ("RT", Golongan::Alamat),
            ("Desa/Kelurahan", Golongan::Alamat),
            ("Tanggal Lahir", Golongan::Alamat),
            ("Pangkat Golongan", Golongan::Lain),
            ("TMT PNS", Golongan::Lain),
            ("Sertifikasi", Golongan::Lain),
        ] {
            assert_eq!(Golongan::of(name), golongan, "{name}");
        }
    }
}
