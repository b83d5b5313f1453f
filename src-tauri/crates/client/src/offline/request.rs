//! Which requests of a page a desk can answer by itself.

use std::collections::HashMap;

use domain::{IdJanjiTemu, IdPengguna, IdTamu, Status};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use url::Url;

use super::entry::Kegiatan;

/// What a page asks for.
#[derive(Debug)]
pub(super) enum Asked {
    Read(Reading),
    Write(Writing),
}

/// What changes nothing.
#[derive(Debug)]
pub(super) enum Reading {
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
pub(super) enum Writing {
    Scan(ScanBody),
    Status(IdJanjiTemu, StatusBody),
    WalkIn(Box<WalkInBody>),
    Correction(IdJanjiTemu, CorrectionBody),
}

impl Writing {
    pub(super) fn kegiatan(&self) -> Kegiatan {
        match self {
            Self::Scan(_) => Kegiatan::Pindai,
            Self::Status(..) => Kegiatan::Pindah,
            Self::WalkIn(_) => Kegiatan::Langsung,
            Self::Correction(..) => Kegiatan::Betulkan,
        }
    }
}

/// The values of a path.
#[derive(Debug)]
pub(super) struct Query(HashMap<String, String>);

impl Query {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.parse().ok()
    }

    /// Whether it has no other values than these.
    pub(super) fn has_only(&self, names: &[&str]) -> bool {
        self.0.keys().all(|name| names.contains(&name.as_str()))
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct ScanBody {
    pub(super) kode: String,
    pub(super) id_janji_temu: Option<IdJanjiTemu>,
}

#[derive(Debug, Deserialize)]
pub(super) struct StatusBody {
    pub(super) status: Status,
    pub(super) alasan: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct WalkInBody {
    pub(super) tamu: Option<TamuBody>,
    pub(super) id_tamu: Option<IdTamu>,
    pub(super) atas_nama: Option<String>,
    pub(super) jumlah_orang: Option<i64>,
    pub(super) keperluan: String,
    pub(super) id_guru: IdPengguna,
}

#[derive(Debug, Deserialize)]
pub(super) struct TamuBody {
    pub(super) nama: String,
    pub(super) telp: Option<String>,
    pub(super) email: Option<String>,
    pub(super) instansi: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct CorrectionBody {
    pub(super) atas_nama: Option<String>,
    pub(super) jumlah_orang: Option<i64>,
    pub(super) instansi: Option<String>,
}

/// What a page asks for, and the body as it came; none if only a server can answer it.
pub(super) fn read(method: &str, path: &str, body: Option<&[u8]>) -> Option<(Asked, Value)> {
    // The host does not matter: only path and query are read.
    let url = Url::parse("http://meja.invalid").ok()?.join(path).ok()?;
    let query = || Query(url.query_pairs().into_owned().collect());
    let segments: Vec<_> = url.path_segments()?.collect();
    let value = body.map_or(Some(Value::Null), |body| serde_json::from_slice(body).ok())?;
    let asked = match (method, segments.as_slice()) {
        ("GET", ["api", "sekolah"]) => Asked::Read(Reading::Sekolah),
        ("GET", ["api", "guru"]) => Asked::Read(Reading::Guru(query())),
        ("GET", ["api", "appointments", "today"]) => Asked::Read(Reading::Today(query())),
        ("GET", ["api", "appointments"]) => Asked::Read(Reading::Days(query())),
        ("GET", ["api", "appointments", id]) => Asked::Read(Reading::One(identity(id)?)),
        ("GET", ["api", "tamu", "search"]) => Asked::Read(Reading::Search(query())),
        ("POST", ["api", "appointments", "scan"]) => Asked::Write(Writing::Scan(form(&value)?)),
        ("POST", ["api", "appointments", "walk-in"]) => Asked::Write(Writing::WalkIn(form(&value)?)),
        ("PUT", ["api", "appointments", id, "status"]) => {
            Asked::Write(Writing::Status(identity(id)?, form(&value)?))
        }
        ("PUT", ["api", "appointments", id]) => {
            Asked::Write(Writing::Correction(identity(id)?, form(&value)?))
        }
        _ => return None,
    };
    Some((asked, value))
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
            read(method, path, body).map(|(asked, _)| asked)
        };
        let scan = read("POST", "/api/appointments/scan", r#"{"kode":"X","kunci":"k"}"#);
        assert!(matches!(scan, Some(Asked::Write(Writing::Scan(ScanBody { .. })))), "{scan:?}");
        let moved = read("PUT", "/api/appointments/-3/status", r#"{"status":"selesai"}"#);
        assert!(matches!(moved, Some(Asked::Write(Writing::Status(IdJanjiTemu(-3), _)))), "{moved:?}");
        let Some(Asked::Read(Reading::Today(query))) =
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
