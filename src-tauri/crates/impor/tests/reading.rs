//! Files of every kind, with the faults that occur, read as they were meant; and whatever is broken, refused.
#![allow(clippy::unwrap_used, missing_docs, reason = "in a test a panic is the answer")]

use domain::impor::{Catatan, Golongan, InvalidBerkas, Kolom};
use impor::{Berkas, JenisBerkas, read};
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

/// Written by xlwt: made-up people, the headings in row 5.
const XLS: &[u8] = include_bytes!("fixtures/guru.xls");

const HEADINGS: [&str; 9] =
    ["No", "Nama", "NUPTK", "NIP", "Jenis PTK", "Tugas Tambahan", "HP", "Email", "Nama Ibu Kandung"];

/// A list of people as text: name, NUPTK, NIP, number, address.
fn people(berkas: &Berkas) -> Vec<Vec<&str>> {
    let cells = [Kolom::Nama, Kolom::Nuptk, Kolom::Nip, Kolom::Telp, Kolom::Email];
    berkas
        .baris
        .iter()
        .map(|baris| cells.iter().map(|kolom| baris.isi.get(kolom).map_or("", String::as_str)).collect())
        .collect()
}

fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            sheet.write_string(row, column, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// A sheet of XML Spreadsheet 2003 around rows.
fn xml(rows: &str) -> Vec<u8> {
    let start = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
        <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
            xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Guru"><Table>"#;
    format!("{start}{rows}</Table></Worksheet></Workbook>").into_bytes()
}

fn xml_row(cells: &[&str]) -> String {
    let cell = |text: &&str| format!("<Cell><Data ss:Type=\"String\">{text}</Data></Cell>");
    format!("<Row>{}</Row>", cells.iter().map(cell).collect::<String>())
}

#[test]
fn excels_file_of_today() {
    let file = xlsx(&[
        &["Daftar Guru"],
        &[],
        &HEADINGS,
        &["1", "Siti Aminah", "3352761662200013", "-", "Guru", "--", "0812", "siti@nusa.example", "Suminten"],
    ]);
    let berkas = read(&file).unwrap();
    assert_eq!((berkas.jenis, berkas.baris_judul, berkas.baris[0].nomor), (JenisBerkas::Xlsx, 3, 4));
    assert_eq!(people(&berkas), [["Siti Aminah", "3352761662200013", "", "0812", "siti@nusa.example"]]);
    assert!(berkas.dibuang.contains(&(Golongan::Keluarga, "Nama Ibu Kandung".to_owned())));
    assert!(!format!("{berkas:?}").contains("Suminten"));
}

#[test]
fn numbers_in_a_spreadsheet_are_text_or_told_to_be_cut() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(["Nama", "NIP", "HP"]) {
        sheet.write_string(0, column, name).unwrap();
    }
    sheet.write_string(1, 0, "Siti").unwrap();
    sheet.write_number(1, 1, 198_503_152_010_012_003.0).unwrap();
    sheet.write_number(1, 2, 81_234_567_890.0).unwrap();
    let berkas = read(&book.save_to_buffer().unwrap()).unwrap();
    let isi = &berkas.baris[0].isi;
    assert_eq!(domain::isian::nip(&isi[&Kolom::Nip]), Err(domain::isian::InvalidIsian::CutDigits));
    assert_eq!(isi[&Kolom::Telp], "81234567890");
}

#[test]
fn cells_that_stand_far_apart_take_no_room() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Nama").unwrap();
    sheet.write_string(0, 1, "Email").unwrap();
    sheet.write_string(1, 0, "Siti").unwrap();
    sheet.write_string(1, 1, "siti@nusa.example").unwrap();
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    let berkas = read(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(people(&berkas), [["Siti", "", "", "", "siti@nusa.example"]]);
}

#[test]
fn the_sheet_with_the_people_is_found() {
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "Petunjuk").unwrap();
    let sheet = book.add_worksheet();
    for (column, text) in (0..).zip(["Nama", "Email"]) {
        sheet.write_string(0, column, text).unwrap();
        sheet.write_string(1, column, "siti@nusa.example").unwrap();
    }
    assert_eq!(read(&book.save_to_buffer().unwrap()).unwrap().baris.len(), 1);
}

#[test]
fn excels_binary_file_of_before() {
    let berkas = read(XLS).unwrap();
    assert_eq!((berkas.jenis, berkas.baris_judul), (JenisBerkas::Xls, 5));
    let expected = [
        [
            "Siti Nurháliza Ramadhani",
            "3352761662200013",
            "198503152010012003",
            "081234560001",
            "siti@nusalentera.example",
        ],
        ["Agus Salim Harahap", "5544770671130043", "", "81234560002", ""],
    ];
    assert_eq!(people(&berkas), expected);
    assert!(!format!("{berkas:?}").contains("Painem"));
}

#[test]
fn the_registers_xml_with_its_faults() {
    let rows = [
        "<Row ss:Index=\"3\"><Cell ss:MergeAcross=\"8\">\
            <Data ss:Type=\"String\">Daftar Guru <A & B></Data></Cell></Row>",
        &xml_row(&HEADINGS),
        &xml_row(&[
            "1",
            "Siti <Aminah> & Co\u{1}",
            "3352761662200013",
            "-",
            "Guru < Mapel",
            "--",
            "0812",
            "",
            "Suminten",
        ]),
        "<Row ss:Index=\"9\"><Cell ss:Index=\"2\"><Data ss:Type=\"String\">Ma&apos;ruf &amp; SitÃ\u{ad}</Data></Cell>\
            <Cell ss:Index=\"8\"><ss:Data ss:Type=\"String\"><B>m@nusa.example</B></ss:Data></Cell></Row>",
        "<Row><Cell ss:MergeAcross=\"1\"/><Cell><Data ss:Type=\"Number\">3352761662200014</Data></Cell><Cell/></Row>",
    ];
    for named in ["", "\u{feff}"] {
        let file = [named.as_bytes(), &xml(&rows.join("\n"))].concat();
        let berkas = read(&file).unwrap();
        assert_eq!((berkas.jenis, berkas.baris_judul), (JenisBerkas::Xml, 4));
        let expected = [
            ["Siti <Aminah> & Co", "3352761662200013", "", "0812", ""],
            ["Ma'ruf & Sití", "", "", "", "m@nusa.example"],
            ["", "3352761662200014", "", "", ""],
        ];
        assert_eq!(people(&berkas), expected);
        assert_eq!(berkas.baris.iter().map(|baris| baris.nomor).collect::<Vec<_>>(), [5, 9, 10]);
    }
}

#[test]
fn headings_in_two_tiers() {
    let upper = ["No", "Identitas", "", "Ibu Kandung", "", "Kontak", ""];
    let lower = ["", "Nama", "NUPTK", "Nama", "NIK", "HP", "Email"];
    let berkas = read(&xlsx(&[
        &["Daftar Guru"],
        &upper,
        &lower,
        &["1", "Siti", "3352761662200013", "Suminten", "3404", "0812", "siti@nusa.example"],
    ]))
    .unwrap();
    assert_eq!(people(&berkas), [["Siti", "3352761662200013", "", "0812", "siti@nusa.example"]]);
    assert_eq!(berkas.baris_judul, 3);
    assert!(berkas.dibuang.contains(&(Golongan::Keluarga, "Ibu Kandung: Nama".to_owned())), "{berkas:?}");
    // A heading that spans both rows stands in the upper one.
    let upper = ["No", "Nama", "NUPTK", "Alamat", "", "HP", "Email"];
    let lower = ["", "", "", "Jalan", "RT", "", ""];
    let berkas = read(&xlsx(&[
        &upper,
        &lower,
        &["1", "Siti", "3352761662200013", "Melati", "2", "0812", "s@nusa.example"],
    ]))
    .unwrap();
    assert_eq!(people(&berkas), [["Siti", "3352761662200013", "", "0812", "s@nusa.example"]]);
}

#[test]
fn text_with_any_separator_and_encoding() {
    let expected = [["Sití, S.Pd.", "", "", "0812", "s@nusa.example"]];
    for separator in [';', ',', '\t'] {
        let text = format!(
            "Nama{separator}HP{separator}Email\r\n\"Sití, S.Pd.\"{separator}0812{separator}s@nusa.example\r\n"
        );
        let windows: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for file in [
            text.clone().into_bytes(),
            format!("\u{feff}{text}").into_bytes(),
            windows,
            [&b"\xFF\xFE"[..], &wide].concat(),
        ] {
            let berkas = read(&file).unwrap();
            assert_eq!(people(&berkas), expected, "{separator:?}");
            assert_eq!((berkas.jenis, berkas.baris[0].nomor), (JenisBerkas::Csv, 2));
        }
    }
    let told = read(b"sep=;\r\nNama;Email\r\n\r\nSiti;s@nusa.example\r\n").unwrap();
    assert_eq!((told.baris_judul, told.baris[0].nomor), (1, 3), "a spreadsheet does not show the line");
    let old = read(b"Nama;Email\rSiti;s@nusa.example\r\rAgus;a@nusa.example\r").unwrap();
    assert_eq!(old.baris.iter().map(|baris| baris.nomor).collect::<Vec<_>>(), [2, 4]);
}

#[test]
fn rows_that_are_nobody_are_left_out() {
    let berkas = read(b"Nama;NIP;Email\n1;2;3\nSiti;;s@nusa.example\n;;\nJumlah;;\n").unwrap();
    assert_eq!(people(&berkas).len(), 2, "a sum below the list has a name, so an admin is asked");
}

#[test]
fn of_two_columns_of_one_meaning_the_first_filled_cell_counts() {
    let file = "Nama;NO. HP/WA;Telepon;Email;E-mail aktif\n\
        Siti;0812 3456 7890;+62 812-3456-7890;;s@nusa.example\nAgus;;0274555001;a@nusa.example;\n\
        Budi;081200000001;0274555001;b@nusa.example;b@nusa.example\n";
    let berkas = read(file.as_bytes()).unwrap();
    let expected = [
        ["Siti", "", "", "0812 3456 7890", "s@nusa.example"],
        ["Agus", "", "", "0274555001", "a@nusa.example"],
        ["Budi", "", "", "081200000001", "b@nusa.example"],
    ];
    assert_eq!(people(&berkas), expected, "the mobile number comes first");
    let notes: Vec<_> = berkas.baris.iter().map(|baris| &baris.catatan[..]).collect();
    assert_eq!(notes, [&[][..], &[], &[Catatan::DuaIsi]]);
    assert_eq!(berkas.dipakai.len(), 5);
    assert!(berkas.dibuang.is_empty());
}

#[test]
fn who_somebody_is_stands_in_one_column_of_a_name() {
    let berkas = read(b"Nama;Email;Nama;Ukuran baju;No\n;s@nusa.example;Suminten;L;1\n").unwrap();
    assert_eq!(people(&berkas), [["", "", "", "", "s@nusa.example"]]);
    let thrown: Vec<_> = berkas.dibuang.iter().map(|(golongan, name)| (*golongan, &**name)).collect();
    let unknown = Golongan::TakDikenal;
    assert_eq!(thrown, [(unknown, "Nama"), (unknown, "Ukuran baju"), (Golongan::Lain, "No")]);
}

#[test]
fn a_cell_that_spans_rows_counts_for_all_of_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let format = rust_xlsxwriter::Format::new();
    for (column, name) in (0..).zip(["Nama", "Email", "Jabatan"]) {
        sheet.merge_range(0, column, 1, column, name, &format).unwrap();
    }
    for (row, name) in (2..).zip(["siti", "agus", "budi"]) {
        sheet.write_string(row, 0, name).unwrap();
        sheet.write_string(row, 1, format!("{name}@nusa.example")).unwrap();
    }
    sheet.merge_range(2, 2, 3, 2, "Matematika", &format).unwrap();
    let xml = xml(&[
        xml_row(&["Nama", "Email", "Jabatan"]),
        "<Row><Cell><Data>siti</Data></Cell><Cell><Data>siti@nusa.example</Data></Cell>\
            <Cell ss:MergeDown=\"1\"><Data>Matematika</Data></Cell></Row>"
            .to_owned(),
        xml_row(&["agus", "agus@nusa.example"]),
        xml_row(&["budi", "budi@nusa.example"]),
    ]
    .concat());
    for file in [book.save_to_buffer().unwrap(), xml] {
        let berkas = read(&file).unwrap();
        let taught = berkas.baris.iter().map(|baris| baris.isi.get(&Kolom::Jabatan).map(String::as_str));
        assert_eq!(taught.collect::<Vec<_>>(), [Some("Matematika"), Some("Matematika"), None]);
    }
}

#[test]
fn headings_stand_near_the_top() {
    let above = |n: usize| "Daftar Guru;\n".repeat(n);
    let list = "Nama;Email\nSiti;s@nusa.example\n";
    assert_eq!(read(format!("{}{list}", above(29)).as_bytes()).unwrap().baris_judul, 30);
    assert_eq!(read(format!("{}{list}", above(40)).as_bytes()), Err(InvalidBerkas::NoHeadings));
}

#[test]
fn a_file_that_grows_when_it_is_unpacked_is_refused() {
    let mut file = std::io::Cursor::new(Vec::new());
    let mut archive = zip::ZipWriter::new(&mut file);
    archive.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
    for _ in 0..70 {
        std::io::Write::write_all(&mut archive, &vec![b' '; 1 << 20]).unwrap();
    }
    archive.finish().unwrap();
    let file = file.into_inner();
    assert!(file.len() < 1 << 20);
    assert_eq!(read(&file), Err(InvalidBerkas::TooLarge));
}

#[test]
fn a_text_that_many_cells_share_is_not_kept_for_each() {
    let long = "a ".repeat(16_000);
    let mut rows = vec![vec!["Nama", "Email"]];
    rows.extend(std::iter::repeat_n(vec![&*long; 40], 40));
    let rows: Vec<_> = rows.iter().map(|row| &row[..]).collect();
    let few: String = rows.iter().take(6).map(|row| xml_row(row)).collect();
    for (file, people) in [(xlsx(&rows), 40), (xml(&few), 5)] {
        let berkas = read(&file).unwrap();
        assert_eq!(berkas.baris.len(), people);
        let kept = berkas.baris.iter().flat_map(|baris| baris.isi.values());
        assert!(kept.clone().all(|text| text.len() <= 1000) && kept.count() == 2 * people);
    }
}

#[test]
fn what_all_cells_say_together_is_bounded() {
    let long = "a".repeat(1000);
    let cells = vec![&*long; 200];
    let head = [&["Nama", "Email"][..], &cells[..]];
    let rows: Vec<_> = head.into_iter().chain(std::iter::repeat_n(&cells[..], 100)).collect();
    let file = xlsx(&rows);
    assert!(file.len() < 1 << 20);
    assert_eq!(read(&file), Err(InvalidBerkas::TooLarge));
}

#[test]
fn headings_are_short_and_few() {
    let long = "alamat ".repeat(15_000);
    let file = format!("Nama;Email;{long}\nSiti;siti@nusa.example;x\n");
    let berkas = read(file.as_bytes()).unwrap();
    assert!(berkas.dibuang.iter().all(|(_, name)| name.chars().count() <= 200));
    assert_eq!(berkas.dibuang[0].0, Golongan::Alamat);
    let many = format!("Nama;Email{}\nSiti;siti@nusa.example\n", ";Kota".repeat(200_000));
    assert_eq!(read(many.as_bytes()).unwrap().dibuang.len(), 198);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_was_broken_is_refused_and_nothing_worse(at in 0..XLS.len(), byte: u8, end in 0..XLS.len()) {
        let mut file = XLS.to_vec();
        file[at] = byte;
        let _ = read(&file);
        let _ = read(&file[..end]);
    }

    #[test]
    fn broken_workbooks_too(at in 0_usize..4000, byte: u8) {
        let mut file = xlsx(&[&HEADINGS, &["1", "Siti", "3352761662200013", "", "", "", "", "s@nusa.example"]]);
        let at = at % file.len();
        file[at] = byte;
        let _ = read(&file);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>, kind in 0..4_usize) {
        let ole: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
        let start: &[u8] = [&b""[..], b"PK\x03\x04", ole, b"<Workbook><Worksheet><Row>"][kind];
        let _ = read(&[start, &bytes].concat());
    }

    #[test]
    fn any_tags_in_any_order_are_read_or_refused(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "<Row>", "</Row>", "<Cell>", "<Cell ss:Index=\"9999999\">", "</Cell>", "<Data>", "</Data>", "<Row/>",
                "<Cell ss:MergeAcross=\"4294967295\"/>", "Nama", "Email", "<", "&", "</", "<Data", "é",
                "<Row ss:Index=\"0\">", "</Worksheet>", "<Worksheet>", "<B>", "</ss:Data>",
            ]),
            0..40,
        ),
    ) {
        let _ = read(&xml(&pieces.concat()));
    }
}
