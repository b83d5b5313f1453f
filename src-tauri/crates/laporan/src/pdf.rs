//! A report on paper: A4, with the school's letterhead, charts drawn as shapes, and a place to sign.

mod chart;
mod face;
mod figures;
mod grid;
mod head;
mod paper;
mod sign;

use self::paper::Paper;
use crate::{
    Report, Result, SurveyReport, kata, number,
    tables::{self, DAYS_SHOWN},
};

/// A report as a PDF.
///
/// # Errors
/// [`Error::Pdf`](crate::Error::Pdf).
pub fn pdf(report: &Report) -> Result<Vec<u8>> {
    let imprint = report.imprint();
    let mut paper = Paper::new();
    head::letterhead(&mut paper, &report.sekolah, report.bahasa);
    head::title(&mut paper, &imprint, compared(report).as_deref());
    figures::of_report(&mut paper, report);
    grid::draw(&mut paper, &tables::ringkasan(report), report.bahasa);
    if report.figures().jumlah_kunjungan == 0 {
        head::note(&mut paper, kata::of(report.bahasa).kosong);
    } else {
        charts(&mut paper, report);
    }
    let by_time = match report.figures().per_hari.len() {
        ..=DAYS_SHOWN => tables::per_hari(report),
        _ => tables::per_bulan(report),
    };
    for table in
        [tables::per_guru(report), tables::per_keperluan(report), tables::per_status(report), by_time]
    {
        if !table.rows.is_empty() {
            grid::draw(&mut paper, &table, report.bahasa);
        }
    }
    sign::draw(&mut paper, &imprint);
    paper.finish(&imprint)
}

/// What the figures are compared with.
fn compared(report: &Report) -> Option<String> {
    report.banding.sebelumnya.as_ref()?;
    let before = number::period(report.periode.sebelumnya(), report.bahasa);
    Some(format!("{} {before}", kata::of(report.bahasa).dibanding))
}

/// A survey as a PDF.
///
/// # Errors
/// [`Error::Pdf`](crate::Error::Pdf).
pub(crate) fn survei(report: &SurveyReport) -> Result<Vec<u8>> {
    let imprint = report.imprint();
    let mut paper = Paper::new();
    head::letterhead(&mut paper, imprint.sekolah, imprint.bahasa);
    head::title(&mut paper, &imprint, None);
    let figures = report.figures().map(|(title, cell)| (title, cell, None));
    figures::cards(&mut paper, imprint.bahasa, figures);
    if report.hasil.responden == 0 {
        head::note(&mut paper, report.kata().kosong);
    }
    for table in report.tables() {
        grid::draw(&mut paper, &table, imprint.bahasa);
    }
    head::note(&mut paper, report.kata().catatan);
    sign::draw(&mut paper, &imprint);
    paper.finish(&imprint)
}

fn charts(paper: &mut Paper, report: &Report) {
    let (kata, laporan) = (kata::of(report.bahasa), report.figures());
    let bahasa = report.bahasa;
    match laporan.per_hari.len() {
        1 => {}
        ..=DAYS_SHOWN => {
            let days = laporan.per_hari.iter().map(|day| (chart::short_day(day.tanggal), day.jumlah));
            chart::columns(paper, kata.per_hari, &days.collect::<Vec<_>>(), bahasa);
        }
        _ => chart::columns(paper, kata.per_bulan, &chart::short_months(report), bahasa),
    }
    chart::heat(paper, report);
    let gurus = laporan.per_guru.iter().filter(|guru| guru.jumlah_kunjungan > 0).take(10);
    let gurus: Vec<_> = gurus.map(|guru| (guru.nama.clone(), guru.jumlah_kunjungan)).collect();
    chart::bars(paper, kata.per_guru, &gurus, bahasa);
    if laporan.jumlah_ulasan > 0 {
        let stars = laporan.per_rating.iter().rev();
        let stars: Vec<_> = stars.map(|row| (chart::stars(row.rating, bahasa), row.jumlah)).collect();
        chart::bars(paper, kata.ulasan, &stars, bahasa);
    }
}

#[cfg(test)]
mod tests;
