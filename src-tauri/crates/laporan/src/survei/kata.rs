//! The words of a survey's results, in each language. The answers are called as the survey's page calls them.

use domain::{
    Language,
    survei::{JenisKelamin, Mutu, Pekerjaan, Pendidikan, Unsur, Usia},
};

/// Words.
pub(crate) struct Words {
    pub(crate) judul: &'static str,
    pub(crate) sejak: &'static str,
    pub(crate) hingga: &'static str,
    pub(crate) semua: &'static str,
    pub(crate) kosong: &'static str,
    pub(crate) catatan: &'static str,
    pub(super) ringkasan: &'static str,
    pub(super) ukuran: &'static str,
    pub(super) nilai: &'static str,
    pub(super) indeks: &'static str,
    pub(super) indeks_011: &'static str,
    pub(super) mutu: &'static str,
    pub(super) responden: &'static str,
    pub(super) per_unsur: &'static str,
    pub(super) unsur: &'static str,
    pub(super) tidak_baik: &'static str,
    pub(super) kurang_baik: &'static str,
    pub(super) baik: &'static str,
    pub(super) sangat_baik: &'static str,
    pub(super) jawaban: &'static str,
    pub(super) jumlah: &'static str,
    pub(super) rata_rata: &'static str,
    pub(super) per_kelompok: &'static str,
    pub(super) kelompok: &'static str,
    pub(super) pilihan: &'static str,
    pub(super) orang: &'static str,
    pub(super) bagian: &'static str,
    pub(super) tidak_diisi: &'static str,
    pub(super) jenis_kelamin: &'static str,
    pub(super) usia: &'static str,
    pub(super) pendidikan: &'static str,
    pub(super) pekerjaan: &'static str,
    pub(super) saran: &'static str,
}

const ID: Words = Words {
    judul: "Laporan Survei Kepuasan Masyarakat",
    sejak: "Sejak",
    hingga: "Sampai",
    semua: "Seluruh masa",
    kosong: "Belum ada jawaban survei pada periode ini.",
    catatan: "Survei anonim menurut Permenpan RB 14/2017. Unsur yang tidak dijawab tidak ikut dihitung. \
        Indeks yang dilaporkan memakai bobot tepat; yang berbobot 0,11 hanya pembanding.",
    ringkasan: "Ringkasan",
    ukuran: "Ukuran",
    nilai: "Nilai",
    indeks: "Indeks kepuasan (bobot 1/9)",
    indeks_011: "Indeks kepuasan (bobot 0,11)",
    mutu: "Mutu pelayanan",
    responden: "Responden",
    per_unsur: "Per unsur",
    unsur: "Unsur",
    tidak_baik: "Nilai 1",
    kurang_baik: "Nilai 2",
    baik: "Nilai 3",
    sangat_baik: "Nilai 4",
    jawaban: "Jawaban",
    jumlah: "Jumlah",
    rata_rata: "Rata-rata",
    per_kelompok: "Responden",
    kelompok: "Kelompok",
    pilihan: "Pilihan",
    orang: "Orang",
    bagian: "Bagian",
    tidak_diisi: "Tidak diisi",
    jenis_kelamin: "Jenis kelamin",
    usia: "Usia",
    pendidikan: "Pendidikan",
    pekerjaan: "Pekerjaan",
    saran: "Saran",
};

const EN: Words = Words {
    judul: "Public Satisfaction Survey",
    sejak: "Since",
    hingga: "Until",
    semua: "All the time",
    kosong: "No answers in this period.",
    catatan: "Anonymous survey by regulation Permenpan RB 14/2017. An element that was not answered is not counted. \
        The index to be reported has the exact weight; that with 0.11 is for comparison only.",
    ringkasan: "Summary",
    ukuran: "Figure",
    nilai: "Value",
    indeks: "Satisfaction index (weight 1/9)",
    indeks_011: "Satisfaction index (weight 0.11)",
    mutu: "Service quality",
    responden: "Respondents",
    per_unsur: "By element",
    unsur: "Element",
    tidak_baik: "Answer 1",
    kurang_baik: "Answer 2",
    baik: "Answer 3",
    sangat_baik: "Answer 4",
    jawaban: "Answers",
    jumlah: "Sum",
    rata_rata: "Mean",
    per_kelompok: "Respondents",
    kelompok: "Group",
    pilihan: "Choice",
    orang: "People",
    bagian: "Share",
    tidak_diisi: "Not told",
    jenis_kelamin: "Sex",
    usia: "Age",
    pendidikan: "Education",
    pekerjaan: "Occupation",
    saran: "Suggestions",
};

/// The words of a language.
pub(super) fn of(bahasa: Language) -> &'static Words {
    match bahasa {
        Language::Id => &ID,
        Language::En => &EN,
    }
}

fn one_of(bahasa: Language, [id, en]: [&'static str; 2]) -> &'static str {
    match bahasa {
        Language::Id => id,
        Language::En => en,
    }
}

pub(super) fn mutu(bahasa: Language, mutu: Mutu) -> &'static str {
    let en = match mutu {
        Mutu::A => "Very good",
        Mutu::B => "Good",
        Mutu::C => "Less good",
        Mutu::D => "Not good",
    };
    one_of(bahasa, [mutu.sebutan(), en])
}

pub(super) fn unsur(bahasa: Language, unsur: Unsur) -> &'static str {
    let words = match unsur {
        Unsur::Persyaratan => ["Persyaratan", "Requirements"],
        Unsur::Prosedur => ["Sistem, mekanisme, dan prosedur", "System, mechanism and procedure"],
        Unsur::Waktu => ["Waktu penyelesaian", "Time of completion"],
        Unsur::Biaya => ["Biaya/tarif", "Cost"],
        Unsur::Produk => ["Produk layanan", "Product of the service"],
        Unsur::Kompetensi => ["Kompetensi pelaksana", "Competence of staff"],
        Unsur::Perilaku => ["Perilaku pelaksana", "Conduct of staff"],
        Unsur::Pengaduan => {
            ["Penanganan pengaduan, saran, dan masukan", "Handling of complaints and suggestions"]
        }
        Unsur::Sarana => ["Sarana dan prasarana", "Facilities"],
    };
    one_of(bahasa, words)
}

pub(super) fn jenis_kelamin(bahasa: Language, one: JenisKelamin) -> &'static str {
    let words = match one {
        JenisKelamin::Perempuan => ["Perempuan", "Female"],
        JenisKelamin::LakiLaki => ["Laki-laki", "Male"],
    };
    one_of(bahasa, words)
}

pub(super) fn usia(bahasa: Language, one: Usia) -> &'static str {
    let words = match one {
        Usia::DiBawah20 => ["Di bawah 20 tahun", "Under 20"],
        Usia::Dari20 => ["20 – 29 tahun", "20 – 29"],
        Usia::Dari30 => ["30 – 39 tahun", "30 – 39"],
        Usia::Dari40 => ["40 – 49 tahun", "40 – 49"],
        Usia::Dari50 => ["50 tahun ke atas", "50 and older"],
    };
    one_of(bahasa, words)
}

pub(super) fn pendidikan(bahasa: Language, one: Pendidikan) -> &'static str {
    let words = match one {
        Pendidikan::Sd => ["SD", "Primary school"],
        Pendidikan::Smp => ["SMP", "Lower secondary school"],
        Pendidikan::Sma => ["SMA atau SMK", "Upper secondary school"],
        Pendidikan::Diploma => ["Diploma", "Diploma"],
        Pendidikan::S1 => ["S1", "Bachelor"],
        Pendidikan::S2 => ["S2 ke atas", "Master or above"],
    };
    one_of(bahasa, words)
}

pub(super) fn pekerjaan(bahasa: Language, one: Pekerjaan) -> &'static str {
    let words = match one {
        Pekerjaan::Pns => ["PNS atau PPPK", "Civil servant"],
        Pekerjaan::TniPolri => ["TNI atau Polri", "Military or police"],
        Pekerjaan::Swasta => ["Pegawai swasta", "Private sector"],
        Pekerjaan::Wirausaha => ["Wirausaha", "Own business"],
        Pekerjaan::Pelajar => ["Pelajar atau mahasiswa", "Pupil or student"],
        Pekerjaan::Lainnya => ["Lainnya", "Other"],
    };
    one_of(bahasa, words)
}
