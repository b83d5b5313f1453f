//! Lists and single rows, in the server's shapes, out of what a desk knows.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    json::{Daftar, JanjiTemuBekal, TamuBekal},
    kata,
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    answer::Answer,
    book::Book,
    request::{Query, Reading},
};

/// Rows of a page for which no number is given, as the server has it.
const PAGE: usize = 20;

/// The answer; none if only a server knows.
pub(crate) fn answer(book: &Book, reading: &Reading, now: DateTime<Utc>) -> Option<Answer> {
    Some(match reading {
        Reading::Sekolah => Answer::json(200, &book.pack.sekolah),
        Reading::Guru(query) => page(query, gurus(book, query)),
        Reading::Today(query) if query.has_only(&["halaman", "ukuran"]) => {
            page(query, shown(book.today(now)))
        }
        Reading::Days(query) if query.has_only(&["dari", "sampai", "halaman", "ukuran"]) => {
            page(query, shown(days(book, query)?))
        }
        Reading::Today(_) | Reading::Days(_) => return None,
        Reading::One(id) => Answer::json(200, &book.find(*id)?.data),
        Reading::Search(query) => page(query, guests(book, query.get("q")?)),
    })
}

fn page<T: Serialize>(query: &Query, rows: Vec<T>) -> Answer {
    let size = query.number("ukuran").unwrap_or(PAGE).max(1);
    let skipped = (query.number("halaman").unwrap_or(1).max(1) - 1).saturating_mul(size);
    let total = rows.len() as u64;
    let data: Vec<_> = rows.into_iter().skip(skipped).take(size).collect();
    Answer::json(200, &Daftar { data, total })
}

fn shown(rows: Vec<&JanjiTemuBekal>) -> Vec<&domain::json::JanjiTemu> {
    rows.into_iter().map(|row| &row.data).collect()
}

/// The appointments of these days, if the desk was told all of them.
fn days<'a>(book: &'a Book, query: &Query) -> Option<Vec<&'a JanjiTemuBekal>> {
    let day = |name| query.get(name)?.parse::<NaiveDate>().ok();
    let (first, last) = (day("dari")?, day("sampai")?);
    if first != last || !book.knows(first) {
        return None;
    }
    let mut rows: Vec<_> = book.visits().filter(|row| row.data.tanggal == first).collect();
    rows.sort_by_key(|row| (row.data.jadwal, row.data.id));
    Some(rows)
}

/// Gurus by name or subject. Nobody is known to be there.
fn gurus(book: &Book, query: &Query) -> Vec<Value> {
    let wanted = kata::searched(query.get("q").unwrap_or_default());
    let fits = |row: &&Value| {
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let words = kata::frasa(&format!("{} {}", text("nama"), text("jabatan")));
        wanted.iter().all(|word| kata::has(&words, word))
    };
    let away = |row: &Value| {
        let mut row = row.clone();
        row["online"] = json!(false);
        row
    };
    book.pack.guru.iter().filter(fits).map(away).collect()
}

/// Guests by name or institution. Of a number the desk knows the end only, so none is found by it.
fn guests(book: &Book, q: &str) -> Vec<Value> {
    let wanted = kata::searched(q);
    let fits = |row: &&TamuBekal| {
        let words = kata::frasa(&format!("{} {}", row.nama, row.instansi.as_deref().unwrap_or_default()));
        !wanted.is_empty() && wanted.iter().all(|word| kata::has(&words, word))
    };
    let mut rows: Vec<_> = book.guests().filter(fits).collect();
    rows.sort_by_key(|row| (row.nama.to_lowercase(), row.id));
    let masked = |row: &TamuBekal| {
        let telp = row.telp_akhir.as_ref().map(|end| format!("•••• {end}"));
        json!({ "id": row.id, "nama": row.nama, "telp": telp, "instansi": row.instansi })
    };
    rows.into_iter().map(masked).collect()
}
