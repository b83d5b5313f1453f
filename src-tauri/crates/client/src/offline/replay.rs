//! What the server says to an entry of the journal, once it can be asked.

use std::collections::HashMap;

use domain::{ErrorCode, Status, json::JanjiTemu, json::Problem, pindai::Hasil};
use serde::Deserialize;

use super::entry::{Conflict, Entry, Kegiatan, Reason};
use crate::Forwarded;

/// What the server says.
#[derive(Debug, PartialEq)]
pub(super) enum Verdict {
    /// It is entered as the desk said.
    Entered {
        /// The name of a visit that the desk had named itself.
        id_janji_temu: Option<i64>,
    },
    /// A person has to look at it.
    Otherwise(Conflict),
}

/// The path of an entry as the server knows it. `Err` if it is about a visit that the server does not have.
pub(super) fn path(entry: &Entry, named: &HashMap<i64, i64>) -> Result<String, Verdict> {
    let own = entry.path.split('/').find(|segment| segment.starts_with('-'));
    let Some(own) = own else { return Ok(entry.path.clone()) };
    let id = own.parse().ok().and_then(|own: i64| named.get(&own));
    match id {
        Some(id) => Ok(entry.path.replacen(own, &id.to_string(), 1)),
        None => Err(Verdict::Otherwise(Conflict { alasan: Reason::Bergantung, janji_temu: None })),
    }
}

/// What an answer means for an entry; none if it is to be sent again later.
pub(super) fn verdict(entry: &Entry, answer: &Forwarded) -> Option<Verdict> {
    match answer.status {
        200..=299 => Some(agreed(entry, &answer.body)),
        // Nobody, or nobody of the desk, is signed in; or it has to wait.
        401 | 403 | 408 | 429 | 502..=504 => None,
        _ => {
            let problem: Option<Problem> = serde_json::from_slice(&answer.body).ok();
            let code = problem.map_or(ErrorCode::KesalahanServer, |problem| problem.code);
            Some(Verdict::Otherwise(Conflict { alasan: Reason::Ditolak(code), janji_temu: None }))
        }
    }
}

fn agreed(entry: &Entry, body: &[u8]) -> Verdict {
    /// An answer to a scan, or the visit itself.
    #[derive(Deserialize)]
    struct Told {
        hasil: Option<Hasil>,
        appointment: Option<JanjiTemu>,
        id: Option<i64>,
        status: Option<Status>,
    }
    let Ok(told) = serde_json::from_slice::<Told>(body) else {
        let alasan = Reason::Ditolak(ErrorCode::KesalahanServer);
        return Verdict::Otherwise(Conflict { alasan, janji_temu: None });
    };
    let wanted = entry.sesudah.as_ref().map(|row| row.data.status);
    let alasan = match entry.kegiatan {
        Kegiatan::Pindai => {
            told.hasil.filter(|hasil| !is_as_said(entry.hasil, *hasil)).map(Reason::HasilLain)
        }
        Kegiatan::Pindah => (told.status != wanted).then_some(Reason::StatusLain),
        Kegiatan::Langsung | Kegiatan::Betulkan => None,
    };
    let id_janji_temu = told.id.filter(|_| entry.kegiatan == Kegiatan::Langsung);
    let visit = || told.appointment.or_else(|| serde_json::from_slice(body).ok());
    match alasan {
        Some(alasan) => Verdict::Otherwise(Conflict { alasan, janji_temu: visit() }),
        None => Verdict::Entered { id_janji_temu },
    }
}

/// Whether the server says of a scan what the desk said. What the desk could not tell is as said if it was recorded.
fn is_as_said(said: Option<Hasil>, hasil: Hasil) -> bool {
    match said {
        Some(said) => said == hasil,
        None => !matches!(hasil, Hasil::Pilih | Hasil::TanpaJanji),
    }
}
