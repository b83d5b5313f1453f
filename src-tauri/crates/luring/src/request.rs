//! Which requests of a page a desk can answer by itself.

use std::collections::HashMap;

use domain::{IdJanjiTemu, IdPengguna, IdTamu, Status};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use url::Url;

use crate::entry::Kegiatan;

/// What a page asks for.
#[derive(Debug)]
pub struct Asked(pub(crate) Question);

impl Asked {
    /// Whether it changes something.
    pub fn is_write(&self) -> bool {
        matches!(self.0, Question::Write(_))
    }
}

#[derive(Debug)]
pub(crate) enum Question {
    Read(Reading),
    Write(Writing),
}

/// What changes nothing.
#[derive(Debug)]
pub(crate) enum Reading {
    Sekolah,
    Guru(Query),
    Today(Query),
    /// Appointments of these days.
    Days(Query),
    One(IdJanjiTemu),
    Search(Query),
}

/// What goes into the journal.
#[derive(Debug)]
pub(crate) enum Writing {
    Scan(ScanBody),
    Status(IdJanjiTemu, StatusBody),
    WalkIn(Box<WalkInBody>),
    Correction(IdJanjiTemu, CorrectionBody),
    Guest(IdTamu, GuestBody),
}

impl Writing {
    pub(crate) fn kegiatan(&self) -> Kegiatan {
        match self {
            Self::Scan(_) => Kegiatan::Pindai,
            Self::Status(..) => Kegiatan::Pindah,
            Self::WalkIn(_) => Kegiatan::Langsung,
            Self::Correction(..) | Self::Guest(..) => Kegiatan::Betulkan,
        }
    }
}

/// The values of a path.
#[derive(Debug)]
pub(crate) struct Query(HashMap<String, String>);

impl Query {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.parse().ok()
    }

    /// Whether it has no other values than these.
    pub(crate) fn has_only(&self, names: &[&str]) -> bool {
        self.0.keys().all(|name| names.contains(&name.as_str()))
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct ScanBody {
    pub(crate) kode: String,
    pub(crate) id_janji_temu: Option<IdJanjiTemu>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct StatusBody {
    pub(crate) status: Status,
    pub(crate) alasan: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct WalkInBody {
    pub(crate) tamu: Option<TamuBody>,
    pub(crate) id_tamu: Option<IdTamu>,
    pub(crate) atas_nama: Option<String>,
    pub(crate) jumlah_orang: Option<i64>,
    pub(crate) keperluan: String,
    pub(crate) id_guru: IdPengguna,
}

#[derive(Debug, Deserialize)]
pub(crate) struct TamuBody {
    pub(crate) nama: String,
    pub(crate) telp: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) instansi: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct CorrectionBody {
    pub(crate) atas_nama: Option<String>,
    pub(crate) jumlah_orang: Option<i64>,
    pub(crate) instansi: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct GuestBody {
    pub(crate) nama: Option<String>,
    pub(crate) telp: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) instansi: Option<String>,
}

/// What a page asks for, and the body as it came; none if only a server can answer it.
pub fn read(method: &str, path: &str, body: Option<&[u8]>) -> Option<(Asked, Value)> {
    // The host does not matter: only path and query are read.
    let url = Url::parse("http://meja.invalid").ok()?.join(path).ok()?;
    let query = || Query(url.query_pairs().into_owned().collect());
    let segments: Vec<_> = url.path_segments()?.collect();
    let value = body.map_or(Some(Value::Null), |body| serde_json::from_slice(body).ok())?;
    let asked = match (method, segments.as_slice()) {
        ("GET", ["api", "sekolah"]) => Question::Read(Reading::Sekolah),
        ("GET", ["api", "guru"]) => Question::Read(Reading::Guru(query())),
        ("GET", ["api", "appointments", "today"]) => Question::Read(Reading::Today(query())),
        ("GET", ["api", "appointments"]) => Question::Read(Reading::Days(query())),
        ("GET", ["api", "appointments", id]) => Question::Read(Reading::One(identity(id)?)),
        ("GET", ["api", "tamu", "search"]) => Question::Read(Reading::Search(query())),
        ("POST", ["api", "appointments", "scan"]) => Question::Write(Writing::Scan(form(&value)?)),
        ("POST", ["api", "appointments", "walk-in"]) => Question::Write(Writing::WalkIn(form(&value)?)),
        ("PUT", ["api", "appointments", id, "status"]) => {
            Question::Write(Writing::Status(identity(id)?, form(&value)?))
        }
        ("PUT", ["api", "appointments", id]) => {
            Question::Write(Writing::Correction(identity(id)?, form(&value)?))
        }
        ("PUT", ["api", "tamu", id]) => {
            Question::Write(Writing::Guest(IdTamu(id.parse().ok()?), form(&value)?))
        }
        _ => return None,
    };
    Some((Asked(asked), value))
}

fn identity(text: &str) -> Option<IdJanjiTemu> {
    text.parse().ok().map(IdJanjiTemu)
}

fn form<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_desk_can_answer() {
        let read = |method, path, body: &str| {
            let body = (!body.is_empty()).then_some(body.as_bytes());
            read(method, path, body).map(|(asked, _)| asked.0)
        };
        let scan = read("POST", "/api/appointments/scan", r#"{"kode":"X","kunci":"k"}"#);
        assert!(matches!(scan, Some(Question::Write(Writing::Scan(ScanBody { .. })))), "{scan:?}");
        let moved = read("PUT", "/api/appointments/-3/status", r#"{"status":"selesai"}"#);
        assert!(matches!(moved, Some(Question::Write(Writing::Status(IdJanjiTemu(-3), _)))), "{moved:?}");
        let guest = read("PUT", "/api/tamu/-3", r#"{"nama":"Siti"}"#);
        assert!(matches!(guest, Some(Question::Write(Writing::Guest(IdTamu(-3), _)))), "{guest:?}");
        let Some(Question::Read(Reading::Today(query))) =
            read("GET", "/api/appointments/today?halaman=2&ukuran=200&q=", "")
        else {
            panic!("today's list is not known");
        };
        assert_eq!((query.number("halaman"), query.get("q")), (Some(2), None));
        for (method, path, body) in [
            ("GET", "/readyz", ""),
            ("GET", "/api/reports/daily", ""),
            ("PUT", "/api/appointments/x/status", r#"{"status":"selesai"}"#),
            ("PUT", "/api/appointments/3/status", r#"{"status":"terbang"}"#),
            ("POST", "/api/appointments/scan", "{"),
            ("DELETE", "/api/appointments/3", ""),
        ] {
            assert!(read(method, path, body).is_none(), "{method} {path}");
        }
    }
}
