//! What a desk says to a page, in the server's shapes.

use chrono::{DateTime, Utc};
use domain::{
    ErrorCode, Penolakan,
    json::{JanjiTemuBekal, Problem, TamuBekal},
    pindai::Hasil,
};
use serde::Serialize;

use crate::{
    book::Book,
    decide::{self, Scanned},
    entry::{Entry, Kegiatan},
    guests,
    moves::{self, Moved},
    request::Writing,
};

/// An answer to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body's media type.
    pub content_type: &'static str,
    /// JSON.
    pub body: Vec<u8>,
}

/// What becomes of something that somebody did.
pub(crate) enum Outcome {
    /// It is to be written down, and [`told`] once it is.
    Write { hasil: Option<Hasil>, sesudah: Option<Box<JanjiTemuBekal>>, tamu: Option<TamuBekal> },
    /// Nothing is to be written down.
    Told(Answer),
    /// Only a server can say.
    Unknown,
}

/// What becomes of it at `now`, as the entry `nomor`.
pub(crate) fn of(book: &Book, writing: &Writing, nomor: u64, now: DateTime<Utc>) -> Outcome {
    let moved = match writing {
        Writing::Scan(body) => return of_scan(book, decide::scan(book, &body.kode, body.id_janji_temu, now)),
        Writing::Status(id, body) => moves::status(book, *id, body, now),
        Writing::WalkIn(body) => moves::walk_in(book, body, nomor, now),
        Writing::Correction(id, body) => moves::correction(book, *id, body),
        Writing::Guest(id, body) => {
            let tamu = guests::corrected(book, *id, body);
            return tamu.map_or(Outcome::Unknown, |tamu| Outcome::Write {
                hasil: None,
                sesudah: None,
                tamu: Some(tamu),
            });
        }
    };
    match moved {
        Moved::Recorded(row) => Outcome::Write { hasil: None, sesudah: Some(row), tamu: None },
        Moved::Same(row) => Outcome::Told(of_visit(writing.kegiatan(), None, &row)),
        Moved::Refused(refusal) => Outcome::Told(refusal),
        Moved::Unknown => Outcome::Unknown,
    }
}

fn of_scan(book: &Book, scanned: Scanned) -> Outcome {
    match scanned {
        Scanned::Recorded(hasil, row) => {
            let is_same = book.find(row.data.id).is_some_and(|known| known.data.versi == row.data.versi);
            match is_same {
                true => Outcome::Told(of_visit(Kegiatan::Pindai, Some(hasil), &row)),
                false => Outcome::Write { hasil: Some(hasil), sesudah: Some(row), tamu: None },
            }
        }
        Scanned::Unknown => Outcome::Write { hasil: None, sesudah: None, tamu: None },
        Scanned::Choice(rows) => Outcome::Told(Answer::json(200, &decide::choice(book, rows))),
        Scanned::NoVisit(tamu) => Outcome::Told(Answer::json(200, &decide::no_visit(book, tamu))),
        Scanned::Refused(penolakan) => Outcome::Told(Answer::refused(penolakan)),
    }
}

/// What is said of something that was written down.
pub(crate) fn told(book: &Book, entry: &Entry) -> Answer {
    match (&entry.sesudah, &entry.tamu) {
        (Some(row), _) => of_visit(entry.kegiatan, entry.hasil, row),
        (None, Some(tamu)) => Answer::json(200, &guests::shown(book, tamu)),
        (None, None) => waiting(),
    }
}

fn of_visit(kegiatan: Kegiatan, hasil: Option<Hasil>, row: &JanjiTemuBekal) -> Answer {
    match (kegiatan, hasil) {
        (Kegiatan::Pindai, Some(hasil)) => Answer::json(200, &decide::told(hasil, row)),
        (Kegiatan::Pindah, _) => Answer::json(200, &moves::told(row)),
        (Kegiatan::Langsung, _) => Answer::json(201, &moves::told(row)),
        (Kegiatan::Betulkan, _) => Answer::json(200, &row.data),
        (Kegiatan::Pindai, None) => waiting(),
    }
}

fn waiting() -> Answer {
    let detail = "Tercatat di meja ini; server memeriksanya setelah tersambung.".to_owned();
    Answer::problem(503, ErrorCode::MenungguSambungan, detail)
}

/// Whether this answer says only that nothing can be done now, or comes from something in between.
pub fn is_away(status: u16, body: &[u8]) -> bool {
    let problem = || serde_json::from_slice::<Problem>(body).ok();
    matches!(status, 502..=504)
        && problem().is_none_or(|problem| {
            matches!(problem.code, ErrorCode::DatabaseTidakTersedia | ErrorCode::SedangDipulihkan)
        })
}

impl Answer {
    pub(crate) fn json(status: u16, body: &impl Serialize) -> Self {
        Self::of("application/json", status, body)
    }

    pub(crate) fn refused(penolakan: Penolakan) -> Self {
        Self::problem(422, penolakan.into(), penolakan.to_string())
    }

    pub(crate) fn problem(status: u16, code: ErrorCode, detail: String) -> Self {
        let problem = Problem {
            status,
            title: String::new(),
            detail,
            code,
            errors: Default::default(),
            waktu_kosong: None,
            hari_libur: None,
            codes: Default::default(),
            batas: Default::default(),
        };
        Self::of("application/problem+json", status, &problem)
    }

    fn of(content_type: &'static str, status: u16, body: &impl Serialize) -> Self {
        let body = serde_json::to_vec(body).expect("plain data becomes JSON");
        Self { status, content_type, body }
    }
}
