//! What a desk says to a page, in the server's shapes.

use chrono::{DateTime, Utc};
use domain::{ErrorCode, Penolakan, json::JanjiTemuBekal, json::Problem, pindai::Hasil};
use serde::Serialize;

use super::{
    book::Book,
    decide::{self, Scanned},
    entry::Kegiatan,
    moves::{self, Moved},
    request::Writing,
};
use crate::Forwarded;

/// What becomes of something that somebody did.
pub(super) enum Outcome {
    /// It is to be written down, and [`told`] once it is.
    Write { hasil: Option<Hasil>, sesudah: Option<Box<JanjiTemuBekal>> },
    /// Nothing is to be written down.
    Told(Forwarded),
    /// Only a server can say.
    Unknown,
}

/// What becomes of it at `now`, as the entry `nomor`.
pub(super) fn of(book: &Book, writing: &Writing, nomor: u64, now: DateTime<Utc>) -> Outcome {
    let moved = match writing {
        Writing::Scan(body) => return of_scan(book, decide::scan(book, &body.kode, body.id_janji_temu, now)),
        Writing::Status(id, body) => moves::status(book, *id, body, now),
        Writing::WalkIn(body) => moves::walk_in(book, body, nomor, now),
        Writing::Correction(id, body) => moves::correction(book, *id, body),
    };
    match moved {
        Moved::Recorded(row) => Outcome::Write { hasil: None, sesudah: Some(row) },
        Moved::Same(row) => Outcome::Told(told(writing.kegiatan(), None, Some(&row))),
        Moved::Refused(refusal) => Outcome::Told(refusal),
        Moved::Unknown => Outcome::Unknown,
    }
}

fn of_scan(book: &Book, scanned: Scanned) -> Outcome {
    match scanned {
        Scanned::Recorded(hasil, row) => {
            let is_same = book.find(row.data.id).is_some_and(|known| known.data.versi == row.data.versi);
            match is_same {
                true => Outcome::Told(told(Kegiatan::Pindai, Some(hasil), Some(&row))),
                false => Outcome::Write { hasil: Some(hasil), sesudah: Some(row) },
            }
        }
        Scanned::Unknown => Outcome::Write { hasil: None, sesudah: None },
        Scanned::Choice(rows) => Outcome::Told(Forwarded::json(200, &decide::choice(book, rows))),
        Scanned::NoVisit(tamu) => Outcome::Told(Forwarded::json(200, &decide::no_visit(book, tamu))),
        Scanned::Refused(penolakan) => Outcome::Told(Forwarded::refused(penolakan)),
    }
}

/// What is said of something that was written down.
pub(super) fn told(kegiatan: Kegiatan, hasil: Option<Hasil>, row: Option<&JanjiTemuBekal>) -> Forwarded {
    match (kegiatan, hasil, row) {
        (Kegiatan::Pindai, Some(hasil), Some(row)) => Forwarded::json(200, &decide::told(hasil, row)),
        (Kegiatan::Pindah, _, Some(row)) => Forwarded::json(200, &moves::told(row)),
        (Kegiatan::Langsung, _, Some(row)) => Forwarded::json(201, &moves::told(row)),
        (Kegiatan::Betulkan, _, Some(row)) => Forwarded::json(200, &row.data),
        _ => {
            let detail = "Tercatat di meja ini; server memeriksanya setelah tersambung.".to_owned();
            Forwarded::problem(503, ErrorCode::MenungguSambungan, detail)
        }
    }
}

impl Forwarded {
    pub(super) fn json(status: u16, body: &impl Serialize) -> Self {
        Self::of("application/json", status, body)
    }

    pub(super) fn refused(penolakan: Penolakan) -> Self {
        Self::problem(422, penolakan.into(), penolakan.to_string())
    }

    pub(super) fn problem(status: u16, code: ErrorCode, detail: String) -> Self {
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

    fn of(content_type: &str, status: u16, body: &impl Serialize) -> Self {
        let body = serde_json::to_vec(body).expect("plain data becomes JSON");
        Self { status, content_type: content_type.to_owned(), retry_after: None, body }
    }
}
