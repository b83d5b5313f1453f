//! Storage of appointments and visits.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, IdPengguna, IdTamu, JanjiTemu, Jenis, Keputusan, Status, jadwal::Span, json::Daftar,
    pindai::Hasil,
};

use crate::{Cari, Conflict, Halaman, Result, StoreError, tamu::TamuBaru};

/// The guest of a new appointment.
#[derive(Clone, Debug)]
pub enum TamuUntuk {
    /// One who is known by identity.
    Id(IdTamu),
    /// One as entered now. Where there is no number, or a new one, the guest is entered; otherwise
    /// [`tempatkan`](domain::tamu::tempatkan) decides what of it is the known guest's and what this visit's own.
    Baru(TamuBaru),
}

/// An appointment or walk-in to be made.
#[derive(Clone, Debug)]
pub struct JanjiTemuBaru {
    /// Whom the guest visits; must be an active guru or admin.
    pub id_guru: IdPengguna,
    /// Who visits.
    pub tamu: TamuUntuk,
    /// Who really comes, where that is somebody else.
    pub atas_nama: Option<String>,
    /// The known guest with that number is who comes, and what was entered corrects what is known.
    pub orang_yang_sama: bool,
    /// How many come, 1 to 999.
    pub jumlah_orang: u16,
    /// What for.
    pub keperluan: String,
    /// Scheduled time; of a walk-in the arrival.
    pub jadwal: DateTime<Utc>,
    /// Scheduled length, 5 to 480 minutes.
    pub durasi_menit: u16,
    /// `Janji` starts as `belum`; `Langsung` as `menunggu`, arrived at `jadwal`.
    pub jenis: Jenis,
    /// When the code ends.
    pub kode_expiry: DateTime<Utc>,
    /// Make it although the guru has another appointment at that time; a walk-in is never refused for that.
    pub izinkan_bentrok: bool,
    /// Idempotency key.
    pub kunci: Option<String>,
    /// Who makes it.
    pub dibuat_oleh: IdPengguna,
    /// Now.
    pub waktu: DateTime<Utc>,
}

impl JanjiTemuBaru {
    /// Whether the desk takes the arrival with it: of a walk-in that is not entered by who is visited.
    pub(crate) fn datang_di_meja(&self) -> bool {
        self.jenis == Jenis::Langsung && self.dibuat_oleh != self.id_guru
    }
}

/// What became of an appointment to be made.
#[derive(Clone, Debug, PartialEq)]
pub enum Pembuatan {
    /// It was made now.
    Dibuat(JanjiTemu),
    /// Its idempotency key was used before: this is what was made then, as it stands now.
    SudahAda(JanjiTemu),
}

/// Another time for an appointment that nobody has come to yet.
#[derive(Clone, Debug)]
pub struct JadwalBaru {
    /// The appointment.
    pub id: IdJanjiTemu,
    /// Whose it is.
    pub id_guru: IdPengguna,
    /// When it shall be.
    pub jadwal: DateTime<Utc>,
    /// How long, 5 to 480 minutes.
    pub durasi_menit: u16,
    /// When the new code ends. Those given out before stand for the same appointment until they end themselves.
    pub kode_expiry: DateTime<Utc>,
    /// Move it although the guru has another appointment at that time. Its own old time is never in its way.
    pub izinkan_bentrok: bool,
    /// Now.
    pub waktu: DateTime<Utc>,
}

impl JadwalBaru {
    /// Of one that was not changed: why not.
    pub(crate) fn unchanged(&self, janji_temu: JanjiTemu) -> Result<Penjadwalan> {
        // Finer than milliseconds no database keeps it.
        let of_time = |jadwal: DateTime<Utc>, durasi_menit| (jadwal.timestamp_millis(), durasi_menit);
        if of_time(janji_temu.jadwal, janji_temu.durasi_menit) == of_time(self.jadwal, self.durasi_menit) {
            Ok(Penjadwalan::Tetap(janji_temu))
        } else {
            Err(StoreError::Conflict(Conflict::Bentrok))
        }
    }
}

/// Corrections of one visit; what is missing stays.
#[derive(Clone, Debug, Default)]
pub struct UbahKunjungan {
    /// Who really comes; `Some(None)`: the guest whose number it is.
    pub atas_nama: Option<Option<String>>,
    /// How many come, 1 to 999.
    pub jumlah_orang: Option<u16>,
    /// Where whoever comes is from; `Some(None)`: where the guest is from.
    pub instansi: Option<Option<String>>,
}

/// What became of an appointment that was given another time.
#[derive(Clone, Debug, PartialEq)]
pub enum Penjadwalan {
    /// It has that time now.
    Diubah(JanjiTemu),
    /// It had that time already.
    Tetap(JanjiTemu),
}

/// A step of the status machine, with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Langkah {
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
        /// In whose words ever.
        alasan: Option<String>,
    },
    /// To `tidak hadir`.
    TidakHadir {
        /// In whose words ever.
        alasan: Option<String>,
    },
    /// Back to `belum`: nobody has come. What the guru was told and answered goes with it.
    UrungDatang,
    /// The same where nothing was agreed: to `batal`.
    UrungLangsung {
        /// In whose words ever.
        alasan: Option<String>,
    },
    /// Back from `selesai`: the guest is still here. A review that was given meanwhile stays.
    UrungPulang {
        /// Where it stood before.
        ke: Status,
    },
}

impl Langkah {
    /// What a scan's decision changes of an appointment; `None` where it changes nothing. `di_meja` where it counts as taken
    /// at the desk.
    pub fn of(keputusan: Keputusan, janji_temu: &JanjiTemu, di_meja: bool) -> Option<Self> {
        let saw_nobody_leave = janji_temu.datang_di_meja && !janji_temu.pulang_di_meja;
        match keputusan {
            Keputusan::Datang { terlambat } => Some(Self::Datang { terlambat, di_meja }),
            Keputusan::Pulang { waktu_selesai } => Some(Self::Pulang { waktu_selesai, di_meja }),
            Keputusan::SudahSelesai if di_meja && saw_nobody_leave => Some(Self::Pamit),
            Keputusan::SudahDatang | Keputusan::SudahSelesai => None,
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
}

/// A step to be made true, provided that the appointment still stands where it was when the step was decided.
#[derive(Clone, Debug)]
pub struct Perubahan {
    /// The appointment.
    pub id: IdJanjiTemu,
    /// Where it stood.
    pub dari: Status,
    /// Of a step that was decided by the scheduled time: that time. Where it has been given another one meanwhile, the
    /// step is no longer the one that was decided.
    pub jadwal: Option<DateTime<Utc>>,
    /// What changes; `None` only records the key.
    pub langkah: Option<Langkah>,
    /// Of a scan: the idempotency key, and the answer to be recorded under it.
    pub kunci: Option<(String, Hasil)>,
    /// Now.
    pub waktu: DateTime<Utc>,
}

impl Perubahan {
    /// A step that was decided for an appointment as it stands in `janji_temu`.
    pub fn of(
        janji_temu: &JanjiTemu,
        langkah: Option<Langkah>,
        kunci: Option<(String, Hasil)>,
        waktu: DateTime<Utc>,
    ) -> Self {
        let by_time = matches!(langkah, Some(Langkah::Datang { .. } | Langkah::TidakHadir { .. }));
        Self {
            id: janji_temu.id,
            dari: janji_temu.status,
            jadwal: by_time.then_some(janji_temu.jadwal),
            langkah,
            kunci,
            waktu,
        }
    }
}

/// A scan that an idempotency key was used for.
#[derive(Clone, Debug, PartialEq)]
pub struct Tercatat {
    /// What it did.
    pub hasil: Hasil,
    /// Its appointment, as it stands now.
    pub janji_temu: JanjiTemu,
}

/// Which appointments a list shows.
#[derive(Clone, Debug, Default)]
pub struct SaringJanjiTemu {
    /// Only this guru's.
    pub id_guru: Option<IdPengguna>,
    /// Only this guest's.
    pub id_tamu: Option<IdTamu>,
    /// Only those scheduled within.
    pub jadwal: Option<Span>,
    /// Only those that stand at one of these; empty: wherever they stand.
    pub status: Vec<Status>,
    /// Only those with each of these words in the guest's name or institution, in the name of who really comes, in the guru's name or
    /// position, or in the purpose; or with the guest's number or its end.
    pub cari: Option<Cari>,
}

/// Appointments and visits.
#[async_trait]
pub trait JanjiTemuStore: Send + Sync {
    /// Makes an appointment or walk-in, enters its guest where needed, signs its code, queues its messages.
    /// Conflicts: `Guru`, `Tamu`, `Bentrok`.
    async fn create(&self, baru: JanjiTemuBaru) -> Result<Pembuatan>;
    /// One appointment.
    async fn find(&self, id: IdJanjiTemu) -> Result<Option<JanjiTemu>>;
    /// A page of appointments, by scheduled time.
    async fn list(&self, saring: SaringJanjiTemu, halaman: Halaman) -> Result<Daftar<JanjiTemu>>;
    /// When a guru is taken within a span, by open appointments other than `kecuali`.
    async fn list_sibuk(
        &self,
        id_guru: IdPengguna,
        dalam: Span,
        kecuali: Option<IdJanjiTemu>,
    ) -> Result<Vec<Span>>;
    /// Gives an appointment another time, signs its code anew, queues its message. `None` where it is not that guru's or
    /// no longer stands at `belum`; nothing was changed then. Conflict: `Bentrok`.
    async fn reschedule(&self, baru: JadwalBaru) -> Result<Option<Penjadwalan>>;
    /// Corrects what one visit says of who comes. `NotFound`.
    async fn update(&self, id: IdJanjiTemu, ubah: UbahKunjungan) -> Result<JanjiTemu>;
    /// The scan that a key was used for.
    async fn find_tercatat(&self, kunci: &str) -> Result<Option<Tercatat>>;
    /// Makes a step true, with everything that belongs to it, in one transaction: status, times, notification, outbox rows and
    /// the key. `None` where the appointment no longer stands at `dari`, or at `jadwal`; nothing was changed then. Conflict:
    /// `Kunci`.
    async fn apply(&self, perubahan: Perubahan) -> Result<Option<JanjiTemu>>;
    /// Marks every `belum` scheduled before the instant as `tidak hadir`; answers how many.
    async fn expire_belum(&self, sebelum: DateTime<Utc>) -> Result<u64>;
    /// Forgets the keys of scans before the instant; answers how many.
    async fn purge_tercatat(&self, sebelum: DateTime<Utc>) -> Result<u64>;
}
