//! A visit as it is exported: of a guest who arrived.

use chrono::{DateTime, Utc};

use crate::{Jenis, Status, jadwal::Span};

/// A visit of a guest who arrived.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// Identity.
    pub id: i64,
    /// Scheduled time.
    pub jadwal: DateTime<Utc>,
    /// Arrival.
    pub waktu_datang: DateTime<Utc>,
    /// Guru and guest met.
    pub waktu_mulai: Option<DateTime<Utc>>,
    /// The guest left.
    pub waktu_selesai: Option<DateTime<Utc>>,
    /// Who came.
    pub nama_tamu: String,
    /// From where.
    pub instansi: Option<String>,
    /// How many people came.
    pub jumlah_orang: u32,
    /// Whom they visited.
    pub nama_guru: String,
    /// What for.
    pub keperluan: String,
    /// Agreed, or registered at the desk; `None` if it cannot be read.
    pub jenis: Option<Jenis>,
    /// The status; `None` if it cannot be read.
    pub status: Option<Status>,
    /// Arrived late.
    pub terlambat: bool,
    /// The review's stars.
    pub rating: Option<u8>,
}

/// A place among visits in the order of their arrivals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VisitPlace {
    /// Arrival.
    pub waktu_datang: DateTime<Utc>,
    /// Identity.
    pub id: i64,
}

impl VisitPlace {
    /// Before every visit of the span.
    pub fn before(span: Span) -> Self {
        Self { waktu_datang: span.start, id: i64::MIN }
    }

    /// Where a visit stands.
    pub fn of(visit: &Visit) -> Self {
        Self { waktu_datang: visit.waktu_datang, id: visit.id }
    }
}
