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
        /// Whether it is no person but a unit, as in the program's own list.
        Unit = "unit",
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
        /// What else lists of people are known to hold, and nobody here needs.
        Lain = "lain",
        /// A name that nobody here knows.
        TakDikenal = "tak_dikenal",
    }
}

/// Names of columns, folded. Of several columns with the same meaning the one whose name stands first here is used.
const NAMES: [(Kolom, &[&str]); 11] = [
    (
        Kolom::Nama,
        &[
            "nama",
            "namalengkap",
            "namaptk",
            "namagtk",
            "namaguru",
            "namapegawai",
            "namapengguna",
            "namadangelar",
            "namalengkapdangelar",
            "namaguruptk",
            "name",
        ],
    ),
    (Kolom::Sapaan, &["sapaan", "panggilan"]),
    (
        Kolom::Jabatan,
        &[
            "jabatan",
            "matapelajaran",
            "mapel",
            "mengajar",
            "mengampu",
            "gurumapel",
            "mapelyangdiampu",
            "matapelajaranyangdiampu",
            "bidangstudi",
        ],
    ),
    (Kolom::JenisPtk, &["jenisptk", "jenisgtk", "jenisptkidstr"]),
    (
        Kolom::Email,
        &["email", "alamatemail", "surel", "alamatsurel", "emailaddress", "emailaktif", "emailguru"],
    ),
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
    (Kolom::Unit, &["unit"]),
];

/// More words for a telephone number, beside the names above. A name may be made of several, as in `NO. HP/WA`.
const PHONE: [&str; 5] = ["seluler", "tlp", "telpon", "telephone", "phone"];

/// Words that may stand beside those.
const BESIDE_PHONE: [&str; 10] =
    ["no", "nomor", "nomer", "aktif", "dan", "atau", "kontak", "guru", "ptk", "pribadi"];

/// Words in the names of columns that lists of people are known to hold beside what is used.
const NOT_NEEDED: [&str; 22] = [
    "jk",
    "lp",
    "gender",
    "kelamin",
    "agama",
    "pangkat",
    "golongan",
    "gol",
    "tmt",
    "sertifikasi",
    "sertifikat",
    "kepegawaian",
    "gaji",
    "lisensi",
    "pengangkatan",
    "keahlian",
    "kewarganegaraan",
    "pendidikan",
    "ijazah",
    "karpeg",
    "karis",
    "karsu",
];

/// Words that say so only where no other stands beside them.
const NOT_NEEDED_ALONE: [&str; 10] =
    ["no", "nomor", "urut", "nourut", "status", "ruang", "aktif", "login", "terakhir", "anggota"];

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
        named(&fold(name)).or_else(|| phone_rank(name).map(|rank| (Self::Telp, rank)))
    }

    /// Whether it tells who somebody is.
    pub const fn tells_who(self) -> bool {
        matches!(self, Self::Nama | Self::Email | Self::Nuptk | Self::Nip)
    }
}

/// The column of that folded name.
fn named(folded: &str) -> Option<(Kolom, usize)> {
    NAMES
        .iter()
        .find_map(|(kolom, names)| names.iter().position(|known| *known == folded).map(|rank| (*kolom, rank)))
}

/// The rank of a name that is made of words for telephone numbers: that of its best word.
fn phone_rank(name: &str) -> Option<usize> {
    const LAST: usize = 100;
    let words = crate::kata::frasa(name);
    let mut best: Option<usize> = None;
    for word in words.split(' ') {
        let rank = match named(word) {
            Some((Kolom::Telp, rank)) => Some(rank),
            _ => PHONE.contains(&word).then_some(LAST),
        };
        match rank {
            Some(rank) => best = Some(best.map_or(rank, |best| best.min(rank))),
            None if BESIDE_PHONE.contains(&word) => {}
            None => return None,
        }
    }
    best
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
        let is_known = || {
            let is_alone = |one: &str| NOT_NEEDED_ALONE.contains(&one);
            NOT_NEEDED.contains(&&*folded)
                || words.split(' ').any(|one| NOT_NEEDED.contains(&one))
                || words.split(' ').all(is_alone)
        };
        match found {
            Some((golongan, _)) => *golongan,
            None if is_known() => Self::Lain,
            None => Self::TakDikenal,
        }
    }

    /// What a field of the register's server holds that is thrown away. All of them are known.
    pub fn of_register(name: &str) -> Self {
        match Self::of(name) {
            Self::TakDikenal => Self::Lain,
            known => known,
        }
    }

    /// Whether a heading over several columns says that they are about somebody or something else.
    pub fn is_elsewhere(heading: &str) -> bool {
        !matches!(Self::of(heading), Self::Lain | Self::TakDikenal)
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
            ("NO. HP/WA", Kolom::Telp),
            ("No. WA", Kolom::Telp),
            ("HP/WhatsApp", Kolom::Telp),
            ("Nomor Handphone (WA) Aktif", Kolom::Telp),
            ("Telp / HP", Kolom::Telp),
            ("NoHP/WA", Kolom::Telp),
            ("unit", Kolom::Unit),
        ] {
            assert_eq!(Kolom::find(name).map(|found| found.0), Some(kolom), "{name}");
        }
        for name in [
            "Nama Ibu Kandung",
            "NIK",
            "NIP Suami/Istri",
            "Nama Wajib Pajak",
            "",
            "Nama Bank",
            "No",
            "Kontak",
            "HP Suami",
            "No HP Ibu",
        ] {
            assert_eq!(Kolom::find(name), None, "{name}");
        }
        let rank = |name| Kolom::find(name).unwrap().1;
        assert!(rank("HP") < rank("Telepon"), "the mobile number comes first");
        assert!(rank("No. HP (aktif)") < rank("No. Telp Guru"), "the mobile number comes first");
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
            ("No", Golongan::Lain),
            ("L/P atau warna", Golongan::TakDikenal),
            ("Ukuran baju", Golongan::TakDikenal),
            ("No Sepatu", Golongan::TakDikenal),
            ("L/P", Golongan::Lain),
            ("Status Kepegawaian", Golongan::Lain),
            ("login_terakhir", Golongan::Lain),
        ] {
            assert_eq!(Golongan::of(name), golongan, "{name}");
        }
    }
}
