//! Files as schools get them: from Google, Outlook, a ministry's table, a spreadsheet.

use domain::hari_libur::{CatatanLibur, HariLibur};

use super::{
    collector::{Collector, HARI_MAX},
    *,
};

const ZONE: Tz = chrono_tz::Asia::Jakarta;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn read(text: &str) -> Result<Berkas, FieldError> {
    super::read(text.as_bytes(), ZONE, date("2026-11-30"))
}

/// Each day with its name, kind and whether it is predicted.
#[track_caller]
fn days(text: &str) -> Vec<String> {
    let berkas = read(text).unwrap();
    let day = |baris: &HolidayLine| match &baris.isi {
        Ok(HariLibur { tanggal, nama, jenis, perkiraan, .. }) => {
            format!("{tanggal} {nama} {}{}", jenis.as_str(), if *perkiraan { "?" } else { "" })
        }
        Err(salah) => {
            let fields: Vec<_> =
                salah.errors.iter().map(|(name, error)| format!("{name} {}", error.kode)).collect();
            format!("{}: {} {}", baris.nomor, salah.tanggal, fields.join(", "))
        }
    };
    berkas.baris.iter().map(day).collect()
}

fn calendar(events: &[&str]) -> String {
    let events: String =
        events.iter().map(|event| format!("BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n")).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//sekolah//id\r\n{events}END:VCALENDAR\r\n")
}

#[test]
fn whole_days_of_a_calendar_are_holidays_and_its_end_is_not_one() {
    let text = calendar(&[
        "DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261226\r\nSUMMARY:Hari Raya Natal",
        "DTSTART;VALUE=DATE:20261224\r\nSUMMARY:Cuti Bersama Natal",
        "DTSTART;VALUE=DATE:20261228\r\nDURATION:P2D\r\nSUMMARY:Libur semester\\, ganjil",
        "DTSTART;VALUE=DATE:20270310\r\nDTEND;VALUE=DATE:20270312\r\nSUMMARY:Idulfitri 1448 H (belum pasti)",
        "DTSTART;VALUE=DATE:20270309\r\nDTEND;VALUE=DATE:20270309\r\nSTATUS:TENTATIVE\r\nSUMMARY:Nyepi",
    ]);
    let expected = [
        "2026-12-25 Hari Raya Natal libur_nasional",
        "2026-12-24 Cuti Bersama Natal cuti_bersama",
        "2026-12-28 Libur semester, ganjil sekolah",
        "2026-12-29 Libur semester, ganjil sekolah",
        "2027-03-10 Idulfitri 1448 H libur_nasional?",
        "2027-03-11 Idulfitri 1448 H libur_nasional?",
        "2027-03-09 Nyepi libur_nasional?",
    ];
    assert_eq!(days(&text), expected);
    // Ends of lines as other systems write them, a mark at the beginning, and blank lines.
    assert_eq!(days(&format!("\u{FEFF}{}\n\n", text.replace("\r\n", "\n"))), expected);
}

#[test]
fn folded_lines_are_one() {
    let text =
        calendar(&["DTSTART;VALUE=DATE:2026\r\n 1225\r\nSUMMARY:Hari Raya\r\n  Natal\r\nX-LAIN;A=\"b;c\":d"]);
    assert_eq!(days(&text), ["2026-12-25 Hari Raya Natal libur_nasional"]);
}

#[test]
fn a_whole_day_may_be_written_with_times_and_zones() {
    let day = |start: &str, end: &str| days(&calendar(&[&format!("{start}\r\n{end}\r\nSUMMARY:Natal")]));
    for (start, end) in [
        ("DTSTART:20261224T170000Z", "DTEND:20261225T170000Z"),
        ("DTSTART;TZID=Asia/Jakarta:20261225T000000", "DTEND;TZID=Asia/Jakarta:20261226T000000"),
        ("DTSTART;TZID=Asia/Jayapura:20261225T020000", "DTEND;TZID=Asia/Jayapura:20261226T020000"),
        ("DTSTART;TZID=\"SE Asia Standard Time\":20261225T000000", "DURATION:PT24H"),
        ("DTSTART:20261225T000000", "DTEND:20261226T000000"),
        ("DTSTART:20261225T000000Z", "DTEND:20261226T000000Z"),
    ] {
        assert_eq!(day(start, end), ["2026-12-25 Natal libur_nasional"], "{start}");
    }
}

#[test]
fn what_takes_hours_only_or_is_called_off_or_only_observed_is_no_holiday() {
    let text = calendar(&[
        "DTSTART:20261225T030000Z\r\nDTEND:20261225T050000Z\r\nSUMMARY:Rapat",
        "DTSTART;VALUE=DATE:20261222\r\nSUMMARY:Hari Ibu\r\nDESCRIPTION:Perayaan\\nUntuk menyembunyikan perayaan",
        "DTSTART;VALUE=DATE:20261222\r\nSUMMARY:Mother\r\nDESCRIPTION:Observance\\nTo hide observances",
        "DTSTART;VALUE=DATE:20261231\r\nSTATUS:CANCELLED\r\nSUMMARY:Cuti",
        "DTSTART;VALUE=DATE:20261225\r\nSUMMARY:Natal\r\nDESCRIPTION:Hari libur nasional",
    ]);
    let berkas = read(&text).unwrap();
    assert_eq!((berkas.baris.len(), berkas.dilewati), (1, 4));
    assert_eq!(berkas.baris[0].nomor, 5);
}

#[test]
fn what_repeats_every_year_is_followed_as_far_as_appointments_are_made() {
    let of = |rule: &str| {
        days(&calendar(&[&format!("DTSTART;VALUE=DATE:20200817\r\nRRULE:{rule}\r\nSUMMARY:Kemerdekaan")]))
    };
    let years = |years: &[&str]| -> Vec<_> {
        years.iter().map(|year| format!("{year}-08-17 Kemerdekaan libur_nasional")).collect()
    };
    assert_eq!(of("FREQ=YEARLY"), years(&["2026", "2027", "2028"]));
    assert_eq!(of("FREQ=YEARLY;UNTIL=20270817"), years(&["2026", "2027"]));
    assert_eq!(of("FREQ=YEARLY;UNTIL=20270816T170000Z"), years(&["2026"]));
    assert_eq!(of("FREQ=YEARLY;COUNT=8"), years(&["2026", "2027"]));
    assert_eq!(of("FREQ=YEARLY;INTERVAL=2"), years(&["2026", "2028"]));
    let text = calendar(&[
        "DTSTART;VALUE=DATE:20200817\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20270817\r\nSUMMARY:Kemerdekaan",
    ]);
    assert_eq!(days(&text), years(&["2026", "2028"]));
    assert_eq!(of("FREQ=KADANG"), ["1: 20200817 pengulangan tidak_sah"]);
    assert_eq!(of("FREQ=DAILY").len(), 1, "more than anybody's holidays");
}

#[test]
fn what_is_wrong_in_a_calendar_is_told_by_its_entry() {
    let text = calendar(&[
        "DTSTART;VALUE=DATE:20261225\r\nSUMMARY:Natal",
        "DTSTART;VALUE=DATE:20261340\r\nSUMMARY:Bulan keempat belas",
        "SUMMARY:Tanpa hari",
        "DTSTART;VALUE=DATE:20270101\r\nSUMMARY: ",
        "DTSTART;VALUE=DATE:20270101\r\nDTEND;VALUE=DATE:20280601\r\nSUMMARY:Terlalu lama",
        "DTSTART;VALUE=DATE:20270101\r\nDURATION:P\r\nSUMMARY:Lama",
    ]);
    assert_eq!(
        days(&text),
        [
            "2026-12-25 Natal libur_nasional",
            "2: 20261340 tanggal tanggal",
            "3:  tanggal wajib",
            "4: 20270101 nama wajib",
            "5: 2027-01-01 sampai rentang",
            "6: 20270101 tanggal tidak_sah",
        ]
    );
    for text in ["BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"] {
        assert!(read(text).is_err(), "{text}");
    }
}

#[test]
fn tables_in_the_ways_in_which_they_are_saved() {
    let expected = [
        "2026-12-25 Hari Raya Natal libur_nasional",
        "2026-12-24 Cuti bersama Natal cuti_bersama",
        "2027-03-10 Idulfitri 1448 H libur_nasional?",
    ];
    for text in [
        "tanggal;nama;jenis;perkiraan\n2026-12-25;Hari Raya Natal;libur_nasional;tidak\n\
         24-12-2026;Cuti bersama Natal;cuti_bersama;\n10/03/2027;Idulfitri 1448 H;libur nasional;ya\n",
        "\u{FEFF}2026-12-25,Hari Raya Natal\r\n24 Desember 2026,Cuti bersama Natal\r\n\r\n\
         \"Rabu, 10 Maret 2027\",\"Idulfitri 1448 H\",nasional,1\r\n",
        "Keterangan\tTgl\n Hari Raya  Natal \t25.12.2026\nCuti bersama Natal\t24 Des 2026\n\
         Idulfitri 1448 H (perkiraan)\t10 Mar 2027",
    ] {
        assert_eq!(days(text), expected, "{text}");
    }
}

#[test]
fn a_table_may_tell_several_days_at_once() {
    let text = "tanggal;sampai;nama\n31-12-2026;01-01-2027;Libur semester\n02-01-2027;;Libur sekolah\n\
        05-01-2027;04-01-2027;Mundur";
    assert_eq!(
        days(text),
        [
            "2026-12-31 Libur semester sekolah",
            "2027-01-01 Libur semester sekolah",
            "2027-01-02 Libur sekolah sekolah",
            "4: 2027-01-05 sampai sebelum_mulai",
        ]
    );
}

#[test]
fn two_names_of_a_day_are_one_holiday() {
    let text = "2026-05-01;Hari Buruh\n2026-05-01;Cuti bersama (perkiraan)\n2026-05-01;hari buruh\n";
    let berkas = read(text).unwrap();
    assert_eq!(days(text), ["2026-05-01 Hari Buruh / Cuti bersama libur_nasional"]);
    assert_eq!(berkas.baris[0].nomor, 1);
    assert_eq!(berkas.baris[0].catatan, [CatatanLibur::DuaNama, CatatanLibur::DuaJenis]);
}

#[test]
fn whose_day_it_is_the_file_says_before_its_names_do() {
    for (text, expected) in [
        ("2026-05-01;Hari Buruh;sekolah\n2026-05-01;Pawai\n", "sekolah"),
        ("2026-05-01;Pawai\n2026-05-01;Hari Buruh;sekolah\n", "sekolah"),
        ("2026-05-01;Pawai;sekolah\n2026-05-01;Hari Buruh;nasional\n", "libur_nasional"),
    ] {
        let berkas = read(text).unwrap();
        assert_eq!(berkas.baris[0].isi.as_ref().unwrap().jenis.as_str(), expected, "{text}");
        assert_eq!(berkas.baris[0].catatan, [CatatanLibur::DuaNama, CatatanLibur::DuaJenis]);
    }
}

#[test]
fn a_table_is_read_and_counted_as_a_spreadsheet_shows_it() {
    for end in ["\n", "\r\n", "\r"] {
        let lines = ["sep=;", "Tanggal;Nama", "", "28/12/26;\"Libur\nsemester\"", "besok;Libur", ""];
        assert_eq!(
            days(&lines.join(end)),
            ["2026-12-28 Libur semester sekolah", "4: besok tanggal tanggal"],
            "{end:?}"
        );
    }
    let windows = b"tanggal;nama\n2026-05-14;Kenaikan \x93Isa\x94 Al\x96Masih";
    let berkas = super::read(windows, ZONE, date("2026-11-30")).unwrap();
    assert_eq!(berkas.baris[0].isi.as_ref().unwrap().nama, "Kenaikan “Isa” Al–Masih");
}

#[test]
fn of_several_versions_of_an_entry_the_last_counts() {
    let entry =
        |day: u32, more: &str| format!("UID:a\r\nDTSTART;VALUE=DATE:202703{day}\r\nSUMMARY:Idulfitri{more}");
    let of = |entries: &[String]| days(&calendar(&entries.iter().map(String::as_str).collect::<Vec<_>>()));
    let moved = entry(11, "\r\nSEQUENCE:2");
    let expected = ["2027-03-11 Idulfitri libur_nasional"];
    assert_eq!(of(&[entry(10, ""), moved.clone()]), expected);
    assert_eq!(of(&[moved.clone(), entry(10, "\r\nSEQUENCE:1")]), expected);
    let other = "UID:b\r\nDTSTART;VALUE=DATE:20270309\r\nSUMMARY:Nyepi".to_owned();
    let nyepi = ["2027-03-09 Nyepi libur_nasional"];
    assert_eq!(of(&[moved, entry(11, "\r\nSEQUENCE:3\r\nSTATUS:CANCELLED"), other.clone()]), nyepi);
    assert_eq!(of(&[entry(10, ""), entry(10, "\r\nSTATUS:cancelled"), other]), nyepi);
}

#[test]
fn a_day_of_a_repetition_may_differ_or_be_called_off() {
    let series = "UID:a\r\nDTSTART;VALUE=DATE:20200817\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Upacara";
    let moved = "UID:a\r\nRECURRENCE-ID;VALUE=DATE:20270817\r\nDTSTART;VALUE=DATE:20270816\r\nSUMMARY:Gladi";
    let called_off = "UID:a\r\nRECURRENCE-ID:20260816T170000Z\r\nDTSTART;VALUE=DATE:20260817\r\n\
        STATUS:CANCELLED\r\nSUMMARY:Upacara";
    let expected = ["2028-08-17 Upacara libur_nasional", "2027-08-16 Gladi libur_nasional"];
    assert_eq!(days(&calendar(&[series, moved, called_off])), expected);
}

#[test]
fn days_are_added_and_left_out_by_the_schools_clock() {
    let text = calendar(&[
        "DTSTART;VALUE=DATE:20261225\r\nRDATE;VALUE=DATE:20261228,20261230\r\nRDATE:20270103T170000Z\r\n\
            EXDATE:20261227T170000Z\r\nSUMMARY:Libur sekolah",
        "DTSTART;VALUE=DATE:20270201\r\nRDATE:besok\r\nSUMMARY:Libur sekolah",
        "DTSTART;VALUE=DATE:20270201\r\nRRULE:FREQ=YEARLY;INTERVAL=0\r\nSUMMARY:Libur sekolah",
    ]);
    let expected = [
        "2026-12-25 Libur sekolah sekolah",
        "2026-12-30 Libur sekolah sekolah",
        "2027-01-04 Libur sekolah sekolah",
        "2: 20270201 pengulangan tanggal",
        "3: 20270201 pengulangan tidak_sah",
    ];
    assert_eq!(days(&text), expected);
}

#[test]
fn names_mean_the_same_in_lower_case() {
    let text = "begin:vcalendar\r\nVersion:2.0\r\nBegin:vEvent\r\nuid:a\r\n\
        dtstart;tzid=Asia/Jayapura:20261225t020000\r\n\
        duration:pt24h\r\nrrule:freq=yearly;count=2\r\nSummary:Hari Raya: Natal\r\nstatus:confirmed\r\n\
        end:VEVENT\r\nend:vcalendar\r\n";
    let expected =
        ["2026-12-25 Hari Raya: Natal libur_nasional", "2027-12-25 Hari Raya: Natal libur_nasional"];
    assert_eq!(days(text), expected);
    assert_eq!(days(&text.replace("\r\n", "\r")), expected);
}

#[test]
fn a_line_may_be_folded_within_a_character() {
    let text = calendar(&["DTSTART;VALUE=DATE:20261225\r\nSUMMARY:No\u{eb}l"]);
    let (before, after) = text.as_bytes().split_at(text.find('\u{eb}').unwrap() + 1);
    for fold in ["\r\n ", "\n\t"] {
        let folded = [&b"\xEF\xBB\xBF"[..], before, fold.as_bytes(), after].concat();
        let berkas = super::read(&folded, ZONE, date("2026-11-30")).unwrap();
        assert_eq!(berkas.baris[0].isi.as_ref().unwrap().nama, "Noël");
    }
}

#[test]
fn what_is_wrong_in_a_table_is_told_by_its_line() {
    let text = "tanggal;nama;jenis;perkiraan\n31-02-2026;Tiada\n;;\n2026-01-01\n2026-01-02;Libur;merah;mungkin\n\
        25-12-126;Natal\n1999-12-31;Abad lalu";
    assert_eq!(
        days(text),
        [
            "2: 31-02-2026 tanggal tanggal",
            "4: 2026-01-01 nama wajib",
            "5: 2026-01-02 jenis tidak_sah, perkiraan tidak_sah",
            "6: 25-12-126 tanggal tanggal",
            "7: 1999-12-31 tanggal tanggal",
        ]
    );
}

#[test]
fn a_file_of_an_older_program_keeps_its_letters() {
    let latin = b"tanggal;nama\n2026-12-25;No\xEBl";
    let berkas = super::read(latin, ZONE, date("2026-11-30")).unwrap();
    assert_eq!(berkas.baris[0].isi.as_ref().unwrap().nama, "Noël");
    let utf16: Vec<u8> =
        "\u{FEFF}2026-12-25;Natal".encode_utf16().flat_map(|unit| unit.to_le_bytes()).collect();
    let berkas = super::read(&utf16, ZONE, date("2026-11-30")).unwrap();
    assert_eq!(berkas.baris[0].isi.as_ref().unwrap().nama, "Natal");
}

#[test]
fn what_is_no_such_file_is_refused_as_a_whole() {
    for bytes in [&b""[..], b"   \n", b"PK\x03\x04\x00\x00", b"%PDF-1.7\n\x00"] {
        assert!(super::read(bytes, ZONE, date("2026-11-30")).is_err(), "{bytes:?}");
    }
    assert!(read("nama;jenis\nNatal;nasional").is_err(), "a heading without the day");
    let long: String = (0..8).map(|n| format!("{}-01-01;{}-12-31;Libur\n", 2020 + n, 2020 + n)).collect();
    assert_eq!(read(&format!("tanggal;sampai;nama\n{long}")).unwrap_err().batas, [1, 2000]);
    assert_eq!(read("besok;Libur").unwrap().baris.len(), 1);
}

#[test]
fn a_file_is_read_as_far_as_its_limit() {
    let same_day = "2026-12-25;Natal\n".repeat(HARI_MAX);
    assert_eq!(days(&same_day), ["2026-12-25 Natal libur_nasional"]);
    let too_many = |text: &str| assert_eq!(read(text).unwrap_err().batas, [1, HARI_MAX as i64]);
    too_many(&format!("{same_day}2026-12-25;Natal\n"));
    too_many(&"besok;Natal\n".repeat(HARI_MAX + 1));
    let year = "DTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:Libur";
    too_many(&calendar(&[year; 6]));
    // What follows the limit is not looked at.
    let mut collector = Collector::default();
    let wrong = || Err(Salah::default());
    (0..HARI_MAX).for_each(|nomor| collector.add(nomor, wrong()).unwrap());
    assert!(collector.add(HARI_MAX, wrong()).is_err());
    assert_eq!(collector.berkas.baris.len(), HARI_MAX);
}

#[test]
fn long_cells_and_names_are_cut() {
    let marks = "(perkiraan)".repeat(80_000);
    let [day] = &days(&format!("2026-12-25;Natal {marks};;"))[..] else { panic!("one day") };
    assert!(day.starts_with("2026-12-25 Natal") && day.ends_with('?') && day.len() < 60, "{day}");
    let long = "x".repeat(100_000);
    let text = calendar(&[&format!("DTSTART;VALUE=DATE:20261225\r\nSUMMARY:{long}")]);
    assert_eq!(days(&text)[0].len(), "2026-12-25 ".len() + 100 + " libur_nasional".len());
    let often = "DTSTART;VALUE=DATE:20000101\r\nRRULE:FREQ=SECONDLY\r\nSUMMARY:Libur";
    assert_eq!(days(&calendar(&[often])), ["1: 20000101 pengulangan tidak_sah"]);
}
