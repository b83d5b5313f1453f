//! The survey's files, read again by other libraries.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, DataType, Reader, Xlsx};
use chrono::NaiveDate;
use domain::{
    Language,
    kop::{Kop, PenandaTangan},
    survei::{JenisKelamin, Kelompok, RingkasanSurvei, Total, Totals, Unsur, Usia},
};
use lopdf::Document;

use super::SurveyReport;
use crate::School;

const EVIL: &str = "=HYPERLINK(\"http://jahat.example\")";

/// The vector of a printed report: 29 respondents, 91,48 by the exact weight and 90,56 by the rounded one.
fn totals() -> Totals {
    let sums = [105, 101, 100, 116, 102, 105, 106, 105, 115];
    let unsur = sums.map(|sum: u32| {
        let (least, more) = (sum / 29, sum % 29);
        let mut counts = [0; 4];
        counts[least as usize - 1] = 29 - more;
        if more > 0 {
            counts[least as usize] = more;
        }
        Total(counts)
    });
    Totals { responden: 29, unsur }
}

fn report(totals: &Totals, bahasa: Language) -> SurveyReport {
    let sekolah = School {
        nama: "SMP Tunas Bangsa".to_owned(),
        kop: Kop { baris1: "PEMERINTAH KOTA BANDUNG".to_owned(), ..Kop::default() },
        penanda_tangan: PenandaTangan {
            nama: "Dra. Hj. Ratna Wulandari, M.Pd.".to_owned(),
            nip: "19700101 199512 2 001".to_owned(),
            jabatan: "Kepala SMP Tunas Bangsa".to_owned(),
        },
        ..School::default()
    };
    let kelompok = Kelompok {
        usia: BTreeMap::from([(Usia::Dari30, 20), (Usia::Dari50, 4)]),
        jenis_kelamin: BTreeMap::from([(JenisKelamin::Perempuan, 18), (JenisKelamin::LakiLaki, 11)]),
        ..Kelompok::default()
    };
    SurveyReport {
        dari: NaiveDate::from_ymd_opt(2026, 7, 1),
        sampai: NaiveDate::from_ymd_opt(2027, 6, 30),
        hasil: RingkasanSurvei::of(totals),
        kelompok,
        saran: vec![EVIL.to_owned(), "Ruang tunggu diberi kipas angin".to_owned()],
        bahasa,
        zona: chrono_tz::Asia::Jakarta,
        dibuat_pada: "2026-11-30T17:30:00Z".parse().unwrap(),
        sekolah,
    }
}

fn rows(file: &[u8], sheet: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file.to_vec())).unwrap();
    book.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn text(report: &SurveyReport) -> String {
    let document = Document::load_mem(&report.pdf().unwrap()).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_workbook_has_the_elements_the_index_and_who_answered() {
    let file = report(&totals(), Language::Id).xlsx().unwrap();
    let summary = rows(&file, "Ringkasan");
    let figures: Vec<_> = summary[1..].iter().map(|row| row[1].clone()).collect();
    let expected = [
        Data::Float(91.48),
        Data::String("A (Sangat baik)".to_owned()),
        Data::Float(90.56),
        Data::Float(29.0),
    ];
    assert_eq!(figures, expected);
    let elements = rows(&file, "Per unsur");
    assert_eq!(elements.len(), 10);
    let of = |unsur: Unsur| &elements[1 + Unsur::ALL.iter().position(|one| *one == unsur).unwrap()];
    let waktu = of(Unsur::Waktu);
    assert_eq!(waktu[0], Data::String("Waktu penyelesaian".to_owned()));
    assert_eq!((waktu[5].as_f64(), waktu[6].as_f64()), (Some(29.0), Some(100.0)));
    assert!((waktu[7].as_f64().unwrap() - 100.0 / 29.0).abs() < 1e-9, "the mean is not rounded");
    let groups = rows(&file, "Responden");
    let find = |group: &str, name: &str| {
        let is_it = |row: &&Vec<Data>| {
            row[0] == Data::String(group.to_owned()) && row[1] == Data::String(name.to_owned())
        };
        groups.iter().find(is_it).unwrap()[2].as_f64().unwrap()
    };
    assert!((find("Usia", "30 – 39 tahun") - 20.0).abs() < f64::EPSILON);
    assert!((find("Usia", "Tidak diisi") - 5.0).abs() < f64::EPSILON);
    assert!((find("Pekerjaan", "Tidak diisi") - 29.0).abs() < f64::EPSILON);
    assert_eq!(rows(&file, "Saran")[1][0], Data::String(EVIL.to_owned()), "it is text, not a formula");
}

#[test]
fn a_csv_is_harmless_and_says_the_same() {
    let file = report(&totals(), Language::En).csv().unwrap();
    let text = String::from_utf8(file.strip_prefix("\u{FEFF}".as_bytes()).unwrap().to_vec()).unwrap();
    for line in [
        "Satisfaction index (weight 1/9),91.48\r\n",
        "Service quality,A (Very good)\r\n",
        "Age,30 – 39,20,68.97\r\n",
        "\"'=HYPERLINK(\"\"http://jahat.example\"\")\"\r\n",
    ] {
        assert!(text.contains(line), "{line} is missing in {text}");
    }
}

#[test]
fn a_paper_can_be_handed_in() {
    let text = text(&report(&totals(), Language::Id));
    for part in [
        "PEMERINTAH KOTA BANDUNG",
        "Laporan Survei Kepuasan Masyarakat",
        "1 Juli 2026 – 30 Juni 2027",
        "91,48",
        "A (Sangat baik)",
        "90,56",
        "Penanganan pengaduan, saran, dan masukan",
        "3,62",
        "Perempuan",
        "Ruang tunggu diberi kipas angin",
        "1 Desember 2026",
        "Dra. Hj. Ratna Wulandari, M.Pd.",
        "NIP. 19700101 199512 2 001",
        "Halaman 1 dari",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}

#[test]
fn nobody_answered() {
    let report = SurveyReport { saran: Vec::new(), dari: None, ..report(&Totals::default(), Language::Id) };
    let text = text(&report);
    assert!(text.contains("Belum ada jawaban survei") && text.contains("Sampai 30 Juni 2027"), "{text}");
    assert_eq!(report.file_stem(), "survei-2027-06-30");
    assert_eq!(rows(&report.xlsx().unwrap(), "Per unsur").len(), 10);
}
