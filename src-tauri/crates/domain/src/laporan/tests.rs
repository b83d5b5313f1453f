//! Every figure against an independent calculation, over random visits around midnight and other borders.

use std::collections::BTreeMap;

use chrono::{Datelike, TimeDelta, Timelike};
use proptest::prelude::*;

use super::*;

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn baris(jadwal: &str, datang: Option<&str>, mulai: Option<&str>) -> ReportRow {
    ReportRow {
        id_guru: IdPengguna(1),
        nama_guru: "Ratna Wulandari".to_owned(),
        jabatan_guru: None,
        keperluan: "Rapor".to_owned(),
        jadwal: utc(jadwal),
        jenis: Jenis::Janji,
        status: if datang.is_some() { Status::Selesai } else { Status::Belum },
        jumlah_orang: 1,
        terlambat: false,
        waktu_datang: datang.map(utc),
        waktu_mulai: mulai.map(utc),
        rating: None,
        rusak: false,
    }
}

#[test]
fn periods() {
    let day = date("2026-02-18");
    let days = |periode: Period| (periode.dari.to_string(), periode.sampai.to_string());
    let both = |dari: &str, sampai: &str| (dari.to_owned(), sampai.to_owned());
    assert_eq!(days(Period::mingguan(day)), both("2026-02-16", "2026-02-22"));
    assert_eq!(days(Period::bulanan(day)), both("2026-02-01", "2026-02-28"));
    assert_eq!(days(Period::tahun_ajaran(day)), both("2025-07-01", "2026-06-30"));
    assert_eq!(days(Period::tahun_ajaran(date("2026-07-01"))), both("2026-07-01", "2027-06-30"));
    // The year before has a day more.
    let year = Period::rentang(date("2024-07-01"), date("2025-06-30")).unwrap();
    assert_eq!(days(year.sebelumnya()), both("2023-07-01", "2024-06-30"));
    assert_eq!(days(Period::harian(day).sebelumnya()), both("2026-02-17", "2026-02-17"));
    assert_eq!(days(Period::mingguan(day).sebelumnya()), both("2026-02-09", "2026-02-15"));
    assert_eq!(days(Period::bulanan(date("2028-03-31")).sebelumnya()), both("2028-02-01", "2028-02-29"));
    let rentang = Period::rentang(date("2026-11-10"), date("2026-11-12")).unwrap();
    assert_eq!(days(rentang.sebelumnya()), both("2026-11-07", "2026-11-09"));
    // A month that was asked for as a range is compared with as many days.
    let november = Period::rentang(date("2026-11-01"), date("2026-11-30")).unwrap();
    assert_eq!(days(november.sebelumnya()), both("2026-10-02", "2026-10-31"));
}

#[test]
fn reports_are_sent_from_seven_on_of_what_is_over() {
    let zone = chrono_tz::Asia::Jakarta;
    let sent = |now: &str| Period::over_since(utc(now), zone).map(|over| over.word()).collect::<Vec<_>>();
    // Monday 30 November, 06.59 and 07.00; Tuesday 1 December; Sunday.
    assert_eq!(sent("2026-11-29T23:59:59Z"), ["bulanan:2026-10-01"]);
    assert_eq!(sent("2026-11-30T00:00:00Z"), ["mingguan:2026-11-23", "bulanan:2026-10-01"]);
    assert_eq!(sent("2026-11-30T23:59:00Z"), ["mingguan:2026-11-23"]);
    assert_eq!(sent("2026-12-01T00:00:00Z"), ["mingguan:2026-11-23", "bulanan:2026-11-01"]);
    assert_eq!(sent("2026-12-06T16:59:00Z"), ["mingguan:2026-11-23", "bulanan:2026-11-01"]);
    for word in ["mingguan:2026-11-23", "bulanan:2026-11-01"] {
        assert_eq!(Period::of_word(word).unwrap().word(), word);
    }
    for none in ["mingguan:2026-11-24", "bulanan:2026-11-02", "harian:2026-11-01", "", "mingguan"] {
        assert_eq!(Period::of_word(none), None, "{none}");
    }
}

#[test]
fn a_range_ends_after_it_begins_and_within_five_years() {
    let wrong = |dari, sampai| Period::rentang(date(dari), date(sampai)).unwrap_err()["sampai"].kode;
    assert_eq!(wrong("2026-11-02", "2026-11-01"), "sebelum_mulai");
    assert_eq!(wrong("2020-01-01", "2025-01-04"), "rentang");
    assert_eq!(Period::rentang(date("2020-01-01"), date("2025-01-03")).unwrap().jumlah_hari(), HARI_MAX);
}

#[test]
fn an_empty_period_has_no_means_and_all_its_days() {
    let laporan = summarise(Period::mingguan(date("2026-11-23")), &[], chrono_tz::Asia::Jakarta);
    assert_eq!((laporan.jumlah_kunjungan, laporan.jumlah_orang, laporan.jumlah_ulasan), (0, 0, 0));
    assert_eq!(laporan.persentase_tepat_waktu, None);
    assert_eq!(laporan.waktu_tunggu_rata_rata_detik, None);
    assert_eq!((laporan.waktu_tunggu_median_detik, laporan.waktu_tunggu_p90_detik), (None, None));
    assert_eq!((laporan.per_hari.len(), laporan.per_status.len()), (7, 6));
    assert_eq!((laporan.per_hari_minggu.len(), laporan.per_rating.len()), (7, 5));
    assert!(
        laporan.per_guru.is_empty() && laporan.per_keperluan.is_empty() && laporan.per_hari_jam.is_empty()
    );
    assert_eq!(laporan.survei, None);
}

#[test]
fn figures_of_a_day() {
    let late = ReportRow {
        terlambat: true,
        rating: Some(4),
        jumlah_orang: 3,
        ..baris("2026-11-23T02:00:00Z", Some("2026-11-23T02:20:00Z"), None)
    };
    let punctual = baris("2026-11-23T02:30:00Z", Some("2026-11-23T02:30:00Z"), Some("2026-11-23T02:32:30Z"));
    let walk_in = ReportRow {
        jenis: Jenis::Langsung,
        id_guru: IdPengguna(2),
        nama_guru: "Agus".to_owned(),
        keperluan: " RAPOR".to_owned(),
        ..punctual.clone()
    };
    let not_here = baris("2026-11-23T05:00:00Z", None, None);
    let missed = ReportRow { status: Status::TidakHadir, ..not_here.clone() };
    let yesterday = baris("2026-11-22T05:00:00Z", Some("2026-11-22T05:00:00Z"), None);
    let damaged = ReportRow { rusak: true, ..not_here.clone() };
    let laporan = summarise(
        Period::harian(date("2026-11-23")),
        &[late, punctual, walk_in, not_here, missed, yesterday, damaged],
        chrono_tz::Asia::Jakarta,
    );
    assert_eq!((laporan.jumlah_kunjungan, laporan.jumlah_orang, laporan.baris_rusak), (3, 5, 1));
    assert_eq!(laporan.persentase_tepat_waktu, Some(50.0));
    assert_eq!((laporan.jumlah_terlambat, laporan.walk_in, laporan.tidak_hadir), (1, 1, 1));
    assert_eq!(laporan.waktu_tunggu_rata_rata_detik, Some(150.0));
    assert_eq!((laporan.dengan_waktu_tunggu, laporan.tanpa_waktu_tunggu), (2, 1));
    assert_eq!((laporan.rating_rata_rata, laporan.jumlah_ulasan), (Some(4.0), 1));
    assert_eq!((laporan.per_status["selesai"], laporan.per_status["belum"]), (3, 1));
    assert_eq!(laporan.guru_teratas[0].jumlah, 4);
    let ratna = &laporan.per_guru[0];
    assert_eq!((ratna.jumlah_kunjungan, ratna.jumlah_janji, ratna.tidak_hadir), (2, 4, 1));
    assert_eq!(laporan.per_jam, [PerJam { jam: 9, jumlah: 3 }]);
    assert_eq!(laporan.per_hari_jam, [PerHariJam { hari: 1, jam: 9, jumlah: 3 }]);
    assert_eq!(laporan.per_keperluan, [PerKeperluan { keperluan: "Rapor".to_owned(), jumlah: 3 }]);
}

/// Times around the borders of the period's days, in several zones.
fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    let borders = [
        "2026-11-21T17:00:00Z",
        "2026-11-22T00:00:00Z",
        "2026-11-22T15:00:00Z",
        "2026-11-23T03:00:00Z",
        "2026-11-24T16:59:59.999Z",
        "2026-11-25T00:00:00Z",
        "2026-10-25T01:00:00Z",
        "2026-11-01T06:00:00Z",
    ];
    (prop::sample::select(borders.to_vec()), prop_oneof![-2_i64..=2, -200_000_000_i64..=200_000_000])
        .prop_map(|(border, ms)| utc(border) + TimeDelta::milliseconds(ms))
}

fn rows() -> impl Strategy<Value = ReportRow> {
    let people = (1_i64..=4, prop::sample::select(vec!["Rapor", "rapor ", "RAPOR", "Ijazah", "Lainnya"]));
    let kind = (prop::bool::ANY, prop::sample::select(Status::ALL.to_vec()), 1_u32..=40, prop::bool::ANY);
    let times = (instants(), prop::option::of(instants()), prop::option::of(-5_000_i64..=4_000_000));
    (people, kind, times, prop::option::of(1_u8..=5), prop::bool::weighted(0.05)).prop_map(
        |(
            (guru, keperluan),
            (janji, status, jumlah_orang, terlambat),
            (jadwal, datang, wait),
            rating,
            rusak,
        )| {
            ReportRow {
                id_guru: IdPengguna(guru),
                nama_guru: format!("Guru {}", 9 - guru),
                jabatan_guru: (guru == 2).then(|| "Wali kelas".to_owned()),
                keperluan: keperluan.to_owned(),
                jadwal,
                jenis: if janji { Jenis::Janji } else { Jenis::Langsung },
                status,
                jumlah_orang,
                terlambat,
                waktu_datang: datang,
                waktu_mulai: datang.zip(wait).map(|(datang, ms)| datang + TimeDelta::milliseconds(ms)),
                rating,
                rusak,
            }
        },
    )
}

/// The value that so many per cent of all do not exceed, by counting.
fn nearest_rank(values: &[f64], percent: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let covers = |value: &f64| {
        let upto = values.iter().filter(|other| *other <= value).count() as f64;
        upto * 100.0 >= percent * values.len() as f64
    };
    sorted.into_iter().find(covers)
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn near(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-6,
        (None, None) => true,
        _ => false,
    }
}

fn waits(visits: &[&ReportRow]) -> Vec<f64> {
    let wait = |row: &&ReportRow| {
        let ms = (row.waktu_mulai? - row.waktu_datang?).num_milliseconds();
        Some(if ms < 0 { 0.0 } else { ms as f64 / 1000.0 })
    };
    visits.iter().filter_map(wait).collect()
}

proptest! {
    #[test]
    fn every_figure_is_what_a_naive_count_finds(
        rows in prop::collection::vec(rows(), 0..60),
        zone in prop::sample::select(vec![
            chrono_tz::Asia::Jakarta, chrono_tz::Asia::Jayapura, chrono_tz::Europe::Berlin,
            chrono_tz::America::New_York, chrono_tz::Asia::Kathmandu,
        ]),
        (dari, days) in (prop::sample::select(vec!["2026-11-22", "2026-11-23", "2026-10-25", "2026-11-01"]), 1_i64..=9),
    ) {
        let dari = date(dari);
        let sampai = dari + TimeDelta::days(days - 1);
        let laporan = summarise(Period::rentang(dari, sampai).unwrap(), &rows, zone);
        // A row belongs to a day by its date in the school, which is looked up anew for each.
        let day = |instant: DateTime<Utc>| instant.with_timezone(&zone).date_naive();
        let is_in = |instant: DateTime<Utc>| dari <= day(instant) && day(instant) <= sampai;
        let whole: Vec<&ReportRow> = rows.iter().filter(|row| !row.rusak).collect();
        let scheduled: Vec<&ReportRow> = whole.iter().copied().filter(|row| is_in(row.jadwal)).collect();
        let visits: Vec<&ReportRow> =
            whole.iter().copied().filter(|row| row.waktu_datang.is_some_and(is_in)).collect();
        let n = |rows: &[&ReportRow], test: &dyn Fn(&ReportRow) -> bool| {
            u32::try_from(rows.iter().filter(|row| test(row)).count()).unwrap()
        };

        prop_assert_eq!((laporan.dari, laporan.sampai), (dari, sampai));
        prop_assert_eq!(laporan.baris_rusak as usize, rows.len() - whole.len());
        prop_assert_eq!(laporan.jumlah_kunjungan as usize, visits.len());
        prop_assert_eq!(laporan.jumlah_orang, visits.iter().map(|row| row.jumlah_orang).sum::<u32>());
        prop_assert_eq!(laporan.jumlah_terlambat, n(&visits, &|row| row.terlambat));
        prop_assert_eq!(laporan.walk_in, n(&visits, &|row| row.jenis == Jenis::Langsung));
        prop_assert_eq!(laporan.tidak_hadir, n(&scheduled, &|row| row.status == Status::TidakHadir));
        for status in Status::ALL {
            prop_assert_eq!(laporan.per_status[status.as_str()], n(&scheduled, &|row| row.status == status));
        }
        let agreed = n(&visits, &|row| row.jenis == Jenis::Janji);
        let punctual = f64::from(agreed) - f64::from(laporan.jumlah_terlambat).min(f64::from(agreed));
        let percent = (agreed > 0).then(|| punctual / f64::from(agreed) * 100.0);
        prop_assert!(near(laporan.persentase_tepat_waktu, percent));

        let all_waits = waits(&visits);
        prop_assert!(near(laporan.waktu_tunggu_rata_rata_detik, mean(&all_waits)));
        prop_assert!(near(laporan.waktu_tunggu_median_detik, nearest_rank(&all_waits, 50.0)));
        prop_assert!(near(laporan.waktu_tunggu_p90_detik, nearest_rank(&all_waits, 90.0)));
        prop_assert_eq!(laporan.dengan_waktu_tunggu as usize, all_waits.len());
        prop_assert_eq!(laporan.tanpa_waktu_tunggu as usize, visits.len() - all_waits.len());
        let stars: Vec<f64> = visits.iter().filter_map(|row| row.rating).map(f64::from).collect();
        prop_assert!(near(laporan.rating_rata_rata, mean(&stars)));
        prop_assert_eq!(laporan.jumlah_ulasan as usize, stars.len());
        for row in &laporan.per_rating {
            prop_assert_eq!(row.jumlah, n(&visits, &|visit| visit.rating == Some(row.rating)));
        }

        prop_assert_eq!(laporan.per_hari.len() as i64, days);
        for row in &laporan.per_hari {
            let on_it = |visit: &ReportRow| day(visit.waktu_datang.unwrap()) == row.tanggal;
            prop_assert_eq!(row.jumlah, n(&visits, &on_it));
            let walk_in = |visit: &ReportRow| on_it(visit) && visit.jenis == Jenis::Langsung;
            prop_assert_eq!(row.walk_in, n(&visits, &walk_in));
        }
        let local = |visit: &ReportRow| visit.waktu_datang.unwrap().with_timezone(&zone);
        for jam in 0..24 {
            let listed = laporan.per_jam.iter().find(|row| row.jam == jam).map_or(0, |row| row.jumlah);
            prop_assert_eq!(listed, n(&visits, &|visit| local(visit).hour() == jam));
            for hari in 1..=7 {
                let listed = laporan.per_hari_jam.iter().find(|row| (row.hari, row.jam) == (hari, jam));
                let found = n(&visits, &|visit| {
                    local(visit).hour() == jam && local(visit).weekday().number_from_monday() == hari
                });
                prop_assert_eq!(listed.map_or(0, |row| row.jumlah), found);
            }
        }
        for row in &laporan.per_hari_minggu {
            let found = n(&visits, &|visit| local(visit).weekday().number_from_monday() == row.hari);
            prop_assert_eq!(row.jumlah, found);
        }

        let mut purposes: BTreeMap<String, u32> = BTreeMap::new();
        for visit in &visits {
            *purposes.entry(visit.keperluan.trim().to_lowercase()).or_default() += 1;
        }
        let listed: BTreeMap<String, u32> =
            laporan.per_keperluan.iter().map(|row| (row.keperluan.trim().to_lowercase(), row.jumlah)).collect();
        prop_assert_eq!(&listed, &purposes);

        let everybody: std::collections::BTreeSet<_> =
            scheduled.iter().chain(&visits).map(|row| row.id_guru).collect();
        prop_assert_eq!(laporan.per_guru.len(), everybody.len());
        prop_assert!(laporan.per_guru.is_sorted_by_key(|guru| std::cmp::Reverse(guru.jumlah_kunjungan)));
        for guru in &laporan.per_guru {
            let own: Vec<&ReportRow> = visits.iter().copied().filter(|row| row.id_guru == guru.id).collect();
            let theirs: Vec<&ReportRow> = scheduled.iter().copied().filter(|row| row.id_guru == guru.id).collect();
            prop_assert_eq!(guru.jumlah_kunjungan as usize, own.len());
            prop_assert_eq!(guru.terlambat, n(&own, &|row| row.terlambat));
            prop_assert_eq!(guru.tidak_hadir, n(&theirs, &|row| row.status == Status::TidakHadir));
            let agreed = n(&theirs, &|row| row.jenis == Jenis::Janji && row.status != Status::Batal);
            prop_assert_eq!(guru.jumlah_janji, agreed);
            prop_assert!(near(guru.waktu_tunggu_rata_rata_detik, mean(&waits(&own))));
            let stars: Vec<f64> = own.iter().filter_map(|row| row.rating).map(f64::from).collect();
            prop_assert!(near(guru.rating_rata_rata, mean(&stars)));
            prop_assert_eq!(guru.jumlah_ulasan as usize, stars.len());
            let most = laporan.guru_teratas.iter().find(|most| most.id == guru.id).map_or(0, |most| most.jumlah);
            prop_assert_eq!(most, n(&theirs, &|row| row.status != Status::Batal));
        }
    }
}
