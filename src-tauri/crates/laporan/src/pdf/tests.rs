//! The paper, read again by another library.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    IdPengguna, Jenis, Language, Status,
    kop::{Kop, PenandaTangan},
    laporan::{LaporanBanding, Period, ReportRow, summarise},
};
use lopdf::Document;

use super::*;
use crate::School;

/// Visits of November: each guru has some, at hours and days that differ.
fn visits(gurus: usize) -> Vec<ReportRow> {
    let start: DateTime<Utc> = "2026-11-02T00:30:00Z".parse().unwrap();
    let visit = |guru: usize, n: usize| {
        let jadwal = start
            + TimeDelta::days(((guru * 3 + n * 5) % 26) as i64)
            + TimeDelta::minutes((guru * 37 % 480) as i64);
        ReportRow {
            id_guru: IdPengguna(guru as i64 + 1),
            nama_guru: format!("Prof. Dr. Siti Nurhaliza Wulandari Kusumaningrum Hadiprojo{guru:02}, M.Pd."),
            jabatan_guru: Some(
                "Guru Bimbingan dan Konseling, Wakil Kepala Sekolah Bidang Kesiswaan".to_owned(),
            ),
            keperluan: ["Mengambil rapor", "Konsultasi nilai", "Surat pindah"][(guru + n) % 3].to_owned(),
            jadwal,
            jenis: if n == 2 { Jenis::Langsung } else { Jenis::Janji },
            status: Status::Selesai,
            jumlah_orang: 1,
            terlambat: n == 1,
            waktu_datang: Some(jadwal + TimeDelta::minutes(n as i64 * 9)),
            waktu_mulai: (n < 2).then(|| jadwal + TimeDelta::seconds(n as i64 * 540 + 252)),
            rating: (n == 0).then_some(4 + (guru % 2) as u8),
            rusak: false,
        }
    };
    (0..gurus).flat_map(|guru| (0..=guru % 3).map(move |n| visit(guru, n))).collect()
}

fn report(gurus: usize) -> Report {
    let periode = Period::bulanan(NaiveDate::from_ymd_opt(2026, 11, 5).unwrap());
    let zona = chrono_tz::Asia::Jakarta;
    let laporan = summarise(periode, &visits(gurus), zona);
    let sekolah = School {
        nama: "SMP Tunas Bangsa".to_owned(),
        alamat: "Jl. Melati 1, Bandung".to_owned(),
        kop: Kop {
            baris1: "PEMERINTAH KOTA BANDUNG".to_owned(),
            telp: "(022) 123456".to_owned(),
            ..Kop::default()
        },
        penanda_tangan: PenandaTangan {
            nama: "Dra. Hj. Ratna Wulandari, M.Pd.".to_owned(),
            nip: "19700101 199512 2 001".to_owned(),
            jabatan: "Kepala SMP Tunas Bangsa".to_owned(),
        },
        logo: None,
    };
    let banding = LaporanBanding { sebelumnya: Some(laporan.clone()), laporan };
    let dibuat_pada = "2026-11-30T17:30:00Z".parse().unwrap();
    Report { periode, banding, bahasa: Language::Id, zona, dibuat_pada, sekolah }
}

/// The text of each page.
fn pages(report: &Report) -> Vec<String> {
    let file = pdf(report).unwrap();
    let document = Document::load_mem(&file).unwrap();
    document.get_pages().keys().map(|page| document.extract_text(&[*page]).unwrap()).collect()
}

/// Without ends of lines, which stand where a text was broken.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn it_says_whose_it_is_and_of_when_and_who_signs() {
    let text = flat(&pages(&report(2)).concat());
    for part in [
        "PEMERINTAH KOTA BANDUNG",
        "SMP Tunas Bangsa",
        "Jl. Melati 1, Bandung",
        "Telp. (022) 123456",
        "Laporan Kunjungan Tamu",
        "November 2026",
        "dibandingkan dengan Oktober 2026",
        "4 mnt 12 dtk",
        "1 Desember 2026",
        "Kepala SMP Tunas Bangsa",
        "Dra. Hj. Ratna Wulandari, M.Pd.",
        "NIP. 19700101 199512 2 001",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}

#[test]
fn many_gurus_go_over_pages_each_with_its_number_and_the_titles_of_columns() {
    let pages = pages(&report(60));
    assert!(pages.len() > 2, "{}", pages.len());
    for (number, page) in (1..).zip(&pages) {
        let footer = format!("Halaman {number} dari {}", pages.len());
        assert!(flat(page).contains(&footer), "page {number}: {page}");
    }
    let with_rows: Vec<_> = pages.iter().filter(|page| flat(page).matches("Hadiprojo").count() > 3).collect();
    assert!(with_rows.len() > 1);
    assert!(with_rows.iter().all(|page| page.contains("Jabatan")), "titles come again");
    let all = flat(&pages.concat());
    assert!((0..60).all(|n| all.contains(&format!("Hadiprojo{n:02}"))), "nobody is cut off");
}

#[test]
fn an_empty_period_says_so() {
    let text = flat(&pages(&report(0)).concat());
    assert!(text.contains("Tidak ada kunjungan pada periode ini."));
}

#[test]
fn english_is_another_paper() {
    let text = flat(&pages(&Report { bahasa: Language::En, ..report(1) }).concat());
    assert!(text.contains("Visitor Report") && text.contains("Page 1 of "), "{text}");
}
