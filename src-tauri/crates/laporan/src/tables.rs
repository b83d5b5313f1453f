//! The tables of a report.

use std::collections::BTreeMap;

use chrono::Datelike;
use domain::{
    Language, Status,
    laporan::{LAINNYA, Laporan},
};

use crate::{
    Report,
    cell::{Cell, Column, Table, columns, some},
    kata,
};

/// Of a longer period, paper shows months instead of days.
pub(crate) const DAYS_SHOWN: usize = 62;

/// All tables, in the order of a file.
pub(crate) fn all(report: &Report) -> Vec<Table> {
    vec![
        ringkasan(report),
        per_status(report),
        per_hari(report),
        per_jam(report),
        hari_dan_jam(report),
        per_guru(report),
        per_keperluan(report),
        per_rating(report),
    ]
}

/// The figures of the whole period, against the period before if there is one.
pub(crate) fn ringkasan(report: &Report) -> Table {
    let kata = kata::of(report.bahasa);
    let rows = figures(report.figures(), report.bahasa);
    let Some(before) = &report.banding.sebelumnya else {
        let rows = rows.into_iter().map(|(title, now)| vec![Cell::text(title), now]).collect();
        let columns = columns([(kata.ukuran, 34.0), (kata.periode_ini, 16.0)]);
        return Table { title: kata.ringkasan, columns, rows };
    };
    // The period before may lack a figure that this one has, and the other way round.
    let before: BTreeMap<_, _> = figures(before, report.bahasa).into_iter().collect();
    let row = |(title, now): (&'static str, Cell)| {
        let before = before.get(title).cloned().unwrap_or(Cell::Empty);
        let change = now.since(&before);
        vec![Cell::text(title), now, before, change]
    };
    let mut columns = columns([
        (kata.ukuran, 34.0),
        (kata.periode_ini, 16.0),
        (kata.sebelumnya, 18.0),
        (kata.perubahan, 14.0),
    ]);
    columns[3].is_change = true;
    Table { title: kata.ringkasan, columns, rows: rows.into_iter().map(row).collect() }
}

fn figures(laporan: &Laporan, bahasa: Language) -> Vec<(&'static str, Cell)> {
    let kata = kata::of(bahasa);
    let survei = laporan.survei.as_ref();
    let mutu = survei.map_or(Cell::Empty, |survei| {
        Cell::Text(format!("{} ({})", survei.huruf.as_str(), kata::mutu(bahasa, survei.huruf)))
    });
    let mut rows = vec![
        (kata.kunjungan, Cell::count(laporan.jumlah_kunjungan)),
        (kata.orang, Cell::count(laporan.jumlah_orang)),
        (kata.tanpa_janji, Cell::count(laporan.walk_in)),
        (kata.tepat_waktu, some(laporan.persentase_tepat_waktu, Cell::Percent)),
        (kata.terlambat, Cell::count(laporan.jumlah_terlambat)),
        (kata.tidak_hadir, Cell::count(laporan.tidak_hadir)),
        (kata.tunggu_rata, some(laporan.waktu_tunggu_rata_rata_detik, Cell::Seconds)),
        (kata.tunggu_median, some(laporan.waktu_tunggu_median_detik, Cell::Seconds)),
        (kata.tunggu_p90, some(laporan.waktu_tunggu_p90_detik, Cell::Seconds)),
        (kata.dengan_tunggu, Cell::count(laporan.dengan_waktu_tunggu)),
        (kata.tanpa_tunggu, Cell::count(laporan.tanpa_waktu_tunggu)),
        (kata.rating, some(laporan.rating_rata_rata, Cell::Decimal)),
        (kata.ulasan, Cell::count(laporan.jumlah_ulasan)),
        (kata.indeks, some(survei.map(|survei| survei.indeks), Cell::Decimal)),
        (kata.indeks_011, some(survei.map(|survei| survei.indeks_011), Cell::Decimal)),
        (kata.mutu, mutu),
        (kata.responden, Cell::count(survei.map_or(0, |survei| survei.jumlah))),
    ];
    if laporan.baris_rusak > 0 {
        rows.push((kata.rusak, Cell::count(laporan.baris_rusak)));
    }
    rows
}

pub(crate) fn per_status(report: &Report) -> Table {
    let kata = kata::of(report.bahasa);
    let count = |status: Status| report.figures().per_status.get(status.as_str()).copied().unwrap_or(0);
    let row = |status| vec![Cell::text(kata::status(report.bahasa, status)), Cell::count(count(status))];
    Table {
        title: kata.per_status,
        columns: columns([(kata.status, 34.0), (kata.janji, 16.0)]),
        rows: Status::ALL.into_iter().map(row).collect(),
    }
}

pub(crate) fn per_hari(report: &Report) -> Table {
    let kata = kata::of(report.bahasa);
    let names = kata::hari(report.bahasa);
    let rows = report.figures().per_hari.iter().map(|day| {
        let name = names[day.tanggal.weekday().num_days_from_monday() as usize];
        vec![Cell::Date(day.tanggal), Cell::text(name), Cell::count(day.jumlah)]
    });
    Table {
        title: kata.per_hari,
        columns: columns([(kata.tanggal, 16.0), (kata.hari, 14.0), (kata.kunjungan, 12.0)]),
        rows: rows.collect(),
    }
}

/// Months with their visits: what is left to look at of a long period.
pub(crate) fn months(report: &Report) -> Vec<(String, u32)> {
    let names = kata::bulan(report.bahasa);
    let mut months: BTreeMap<(i32, u32), u32> = BTreeMap::new();
    for day in &report.figures().per_hari {
        *months.entry((day.tanggal.year(), day.tanggal.month0())).or_default() += day.jumlah;
    }
    months.into_iter().map(|((year, month), n)| (format!("{} {year}", names[month as usize]), n)).collect()
}

pub(crate) fn per_bulan(report: &Report) -> Table {
    let kata = kata::of(report.bahasa);
    Table {
        title: kata.per_bulan,
        columns: columns([(kata.bulan, 24.0), (kata.kunjungan, 12.0)]),
        rows: months(report).into_iter().map(|(name, n)| vec![Cell::Text(name), Cell::count(n)]).collect(),
    }
}

/// An hour of the day: `09.00–09.59`.
pub(crate) fn hour(jam: u32) -> String {
    format!("{jam:02}.00–{jam:02}.59")
}

fn per_jam(report: &Report) -> Table {
    let kata = kata::of(report.bahasa);
    let rows =
        report.figures().per_jam.iter().map(|row| vec![Cell::Text(hour(row.jam)), Cell::count(row.jumlah)]);
    Table {
        title: kata.per_jam,
        columns: columns([(kata.jam, 16.0), (kata.kunjungan, 12.0)]),
        rows: rows.collect(),
    }
}

/// Hours by days of the week.
fn hari_dan_jam(report: &Report) -> Table {
    let kata = kata::of(report.bahasa);
    let laporan = report.figures();
    let count = |hari: u32, jam: u32| {
        let found = laporan.per_hari_jam.iter().find(|row| (row.hari, row.jam) == (hari, jam));
        Cell::count(found.map_or(0, |row| row.jumlah))
    };
    let row = |jam: u32| {
        let days = (1..=7).map(|hari| count(hari, jam));
        std::iter::once(Cell::Text(hour(jam))).chain(days).collect()
    };
    let days = kata::hari(report.bahasa).into_iter().map(|name| Column::new(name, 11.0));
    let first = Column::new(kata.jam, 16.0);
    Table {
        title: kata.hari_dan_jam,
        columns: std::iter::once(first).chain(days).collect(),
        rows: laporan.per_jam.iter().map(|hour| row(hour.jam)).collect(),
    }
}

pub(crate) fn per_guru(report: &Report) -> Table {
    let kata = kata::of(report.bahasa);
    let rows = report.figures().per_guru.iter().map(|guru| {
        vec![
            Cell::text(&guru.nama),
            guru.jabatan.as_ref().map_or(Cell::Empty, Cell::text),
            Cell::count(guru.jumlah_kunjungan),
            Cell::count(guru.jumlah_janji),
            Cell::count(guru.terlambat),
            Cell::count(guru.tidak_hadir),
            some(guru.waktu_tunggu_rata_rata_detik, Cell::Seconds),
            some(guru.rating_rata_rata, Cell::Decimal),
            Cell::count(guru.jumlah_ulasan),
        ]
    });
    Table {
        title: kata.per_guru,
        columns: columns([
            (kata.nama, 29.0),
            (kata.jabatan, 21.0),
            (kata.kunjungan, 15.0),
            (kata.janji, 10.0),
            (kata.terlambat, 15.0),
            (kata.tidak_hadir, 11.0),
            (kata.tunggu, 16.0),
            (kata.rating, 15.0),
            (kata.ulasan, 11.0),
        ]),
        rows: rows.collect(),
    }
}

pub(crate) fn per_keperluan(report: &Report) -> Table {
    let kata = kata::of(report.bahasa);
    let rows = &report.figures().per_keperluan;
    let all = f64::from(rows.iter().map(|row| row.jumlah).sum::<u32>());
    let row = |row: &domain::laporan::PerKeperluan| {
        let name = if row.keperluan == LAINNYA { kata.lainnya } else { &row.keperluan };
        vec![Cell::text(name), Cell::count(row.jumlah), Cell::Percent(100.0 * f64::from(row.jumlah) / all)]
    };
    Table {
        title: kata.per_keperluan,
        columns: columns([(kata.keperluan, 40.0), (kata.kunjungan, 11.0), (kata.bagian, 11.0)]),
        rows: rows.iter().map(row).collect(),
    }
}

fn per_rating(report: &Report) -> Table {
    let kata = kata::of(report.bahasa);
    let row =
        |row: &domain::laporan::PerRating| vec![Cell::Count(row.rating.into()), Cell::count(row.jumlah)];
    Table {
        title: kata.ulasan,
        columns: columns([(kata.bintang, 11.0), (kata.ulasan, 11.0)]),
        rows: report.figures().per_rating.iter().map(row).collect(),
    }
}
