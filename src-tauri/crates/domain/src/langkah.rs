//! Steps of a visit: where each leads, what it sets of the appointment, and which message it causes.

use chrono::{DateTime, Utc};

use crate::{
    Decision, JanjiTemu, Jenis, Status,
    columns::{Columns, Value},
    notifikasi,
    pesan::{JenisPesan, Queueing},
    tanggapan,
};

/// A step of the status machine, with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VisitStep {
    /// To `menunggu`: sets the arrival and alerts the guru.
    Datang {
        /// Later than agreed and tolerated.
        terlambat: bool,
        /// The desk took it.
        di_meja: bool,
    },
    /// To `sedang berlangsung`: guru and guest have met.
    Mulai,
    /// To `selesai`.
    Pulang {
        /// Departure.
        waktu_selesai: DateTime<Utc>,
        /// The desk took it.
        di_meja: bool,
    },
    /// Stays at `selesai`: the desk has seen a guest leave whose visit the guru had ended by hand.
    Pamit,
    /// To `batal`.
    Batal {
        /// The reason, as somebody wrote it.
        alasan: Option<String>,
        /// By the guest.
        oleh_tamu: bool,
    },
    /// To `tidak hadir`.
    TidakHadir {
        /// The reason, as somebody wrote it.
        alasan: Option<String>,
    },
    /// Back to `belum`: nobody has come. What the guru was told and answered goes with it.
    UrungDatang,
    /// The same if nothing was agreed: to `batal`.
    UrungLangsung {
        /// The reason, as somebody wrote it.
        alasan: Option<String>,
    },
    /// Back from `selesai`: the guest is still here, and has reviewed nothing.
    UrungPulang {
        /// The status before the step that is taken back.
        ke: Status,
    },
}

impl VisitStep {
    /// What a scan's decision changes of an appointment; `None` if it changes nothing. `di_meja` says whether it counts
    /// as taken at the desk.
    pub fn of(keputusan: Decision, janji_temu: &JanjiTemu, di_meja: bool) -> Option<Self> {
        let saw_nobody_leave = janji_temu.datang_di_meja && !janji_temu.pulang_di_meja;
        match keputusan {
            Decision::Datang { terlambat } => Some(Self::Datang { terlambat, di_meja }),
            Decision::Pulang { waktu_selesai } => Some(Self::Pulang { waktu_selesai, di_meja }),
            Decision::SudahSelesai if di_meja && saw_nobody_leave => Some(Self::Pamit),
            Decision::SudahDatang | Decision::SudahSelesai => None,
        }
    }

    /// The status it leads to.
    pub fn tujuan(&self) -> Status {
        match self {
            Self::Datang { .. } => Status::Menunggu,
            Self::Mulai => Status::SedangBerlangsung,
            Self::Pulang { .. } | Self::Pamit => Status::Selesai,
            Self::Batal { .. } | Self::UrungLangsung { .. } => Status::Batal,
            Self::TidakHadir { .. } => Status::TidakHadir,
            Self::UrungDatang => Status::Belum,
            Self::UrungPulang { ke } => *ke,
        }
    }

    /// Whether it was decided by the scheduled time: with another time it would be another step.
    pub fn is_by_time(&self) -> bool {
        matches!(self, Self::Datang { .. } | Self::TidakHadir { .. })
    }

    /// What the step sets of the appointment if it is taken at `waktu`.
    pub fn columns(&self, waktu: DateTime<Utc>) -> Columns {
        let mut columns = vec![("status", Value::Word(self.tujuan().as_str()))];
        columns.extend(match self {
            Self::Datang { terlambat, di_meja } => vec![
                ("waktu_datang", Value::Time(Some(waktu))),
                ("terlambat", Value::Bit(*terlambat)),
                ("datang_di_meja", Value::Bit(*di_meja)),
                // Of somebody who was given up before.
                ("alasan", Value::Text(None)),
            ],
            Self::Mulai => vec![("waktu_mulai", Value::Time(Some(waktu)))],
            Self::Pulang { waktu_selesai, di_meja } => vec![
                ("waktu_selesai", Value::Time(Some(*waktu_selesai))),
                ("pulang_di_meja", Value::Bit(*di_meja)),
            ],
            Self::Pamit => vec![("pulang_di_meja", Value::Bit(true))],
            Self::Batal { alasan, oleh_tamu } => {
                vec![("alasan", Value::Text(alasan.clone())), ("batal_oleh_tamu", Value::Bit(*oleh_tamu))]
            }
            Self::TidakHadir { alasan } => vec![("alasan", Value::Text(alasan.clone()))],
            Self::UrungDatang => no_arrival(None),
            Self::UrungLangsung { alasan } => no_arrival(alasan.clone()),
            Self::UrungPulang { .. } => {
                vec![("waktu_selesai", Value::Time(None)), ("pulang_di_meja", Value::Bit(false))]
            }
        });
        columns
    }

    /// What it does to the queue of messages.
    pub fn queueing(&self) -> Option<Queueing> {
        match self {
            Self::Datang { .. } => Some(Queueing::Add(JenisPesan::Kedatangan)),
            // Who was not seen to leave is not asked yet.
            Self::Pulang { di_meja: true, .. } | Self::Pamit => Some(Queueing::Add(JenisPesan::Ulasan)),
            Self::Batal { oleh_tamu: false, .. } => Some(Queueing::Add(JenisPesan::Batal)),
            Self::Batal { oleh_tamu: true, .. } => Some(Queueing::Add(JenisPesan::BatalTamu)),
            Self::UrungDatang | Self::UrungLangsung { .. } => Some(Queueing::Remove(JenisPesan::Kedatangan)),
            Self::UrungPulang { .. } => Some(Queueing::Remove(JenisPesan::Ulasan)),
            Self::Mulai | Self::Pulang { di_meja: false, .. } | Self::TidakHadir { .. } => None,
        }
    }
}

/// What is set of an appointment that its guest stayed away from.
pub fn missed(waktu: DateTime<Utc>) -> Columns {
    VisitStep::TidakHadir { alasan: None }.columns(waktu)
}

/// What is left of an arrival that was none, and of what the guru was told and answered.
fn no_arrival(alasan: Option<String>) -> Columns {
    let mut columns = vec![
        ("waktu_datang", Value::Time(None)),
        ("terlambat", Value::Bit(false)),
        ("datang_di_meja", Value::Bit(false)),
        ("alasan", Value::Text(alasan)),
    ];
    columns.extend(tanggapan::taken_back());
    columns.extend(notifikasi::untold());
    columns
}

/// How a visit begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awal {
    /// What its row says of that.
    pub columns: Columns,
    /// Whether it is made although the guru has another appointment at that time.
    pub boleh_bentrok: bool,
    /// The message that it causes.
    pub pesan: JenisPesan,
}

impl Awal {
    /// An agreed appointment awaits its guest, and clashes only if `izinkan_bentrok` is set. A guest without an
    /// appointment is here at `jadwal` and is never refused. The desk took such an arrival, unless the visited guru
    /// entered it (`oleh_guru`).
    pub fn of(jenis: Jenis, jadwal: DateTime<Utc>, oleh_guru: bool, izinkan_bentrok: bool) -> Self {
        let (status, waktu_datang, pesan) = match jenis {
            Jenis::Janji => (Status::Belum, None, JenisPesan::Undangan),
            Jenis::Langsung => (Status::Menunggu, Some(jadwal), JenisPesan::Kedatangan),
        };
        let is_here = waktu_datang.is_some();
        Self {
            columns: vec![
                ("jenis", Value::Word(jenis.as_str())),
                ("status", Value::Word(status.as_str())),
                ("waktu_datang", Value::Time(waktu_datang)),
                ("datang_di_meja", Value::Bit(is_here && !oleh_guru)),
            ],
            boleh_bentrok: izinkan_bentrok || is_here,
            pesan,
        }
    }
}

#[cfg(test)]
mod tests;
