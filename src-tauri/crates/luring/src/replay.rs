//! What the server says to an entry of the journal, once it can be asked.

use domain::{
    ErrorCode, Status,
    json::{JanjiTemu, Problem},
    pindai::Hasil,
};
use serde::Deserialize;

use crate::entry::{Conflict, Entry, Kegiatan, Reason, Record};

/// What the server says.
#[derive(Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "there is one at a time, for a moment")]
pub enum Verdict {
    /// It is entered as the desk said.
    Entered {
        /// The name of a visit that the desk had named itself.
        id_janji_temu: Option<i64>,
        /// The name of a guest whom the desk had named itself.
        id_tamu: Option<i64>,
    },
    /// A person has to look at it.
    Otherwise(Conflict),
}

impl Verdict {
    /// Writes it down.
    pub(crate) fn record(self, nomor: u64) -> Record {
        match self {
            Self::Entered { id_janji_temu, id_tamu } => Record::Tercatat { nomor, id_janji_temu, id_tamu },
            Self::Otherwise(bentrok) => Record::Bentrok { nomor, bentrok: Box::new(bentrok) },
        }
    }
}

/// What an answer means for an entry; none if it is to be sent again later.
pub fn verdict(entry: &Entry, status: u16, body: &[u8]) -> Option<Verdict> {
    match status {
        200..=299 => Some(agreed(entry, body)),
        // Nobody, or nobody of the desk, is signed in; or it has to wait.
        401 | 403 | 408 | 429 | 502..=504 => None,
        _ => {
            let problem: Option<Problem> = serde_json::from_slice(body).ok();
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
        id_tamu: Option<i64>,
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
    let made = |id: Option<i64>| id.filter(|_| entry.kegiatan == Kegiatan::Langsung);
    let visit = || told.appointment.or_else(|| serde_json::from_slice(body).ok());
    match alasan {
        Some(alasan) => Verdict::Otherwise(Conflict { alasan, janji_temu: visit() }),
        None => Verdict::Entered { id_janji_temu: made(told.id), id_tamu: made(told.id_tamu) },
    }
}

/// Whether the server says of a scan what the desk said. What the desk could not tell is as said if it was recorded.
fn is_as_said(said: Option<Hasil>, hasil: Hasil) -> bool {
    match said {
        Some(said) => said == hasil,
        None => !matches!(hasil, Hasil::Pilih | Hasil::TanpaJanji),
    }
}
