//! Storage of appointments and visits.

use std::borrow::Cow;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    IdJanjiTemu, IdPengguna, IdTamu, JanjiTemu, Jenis, Status, VisitChange,
    columns::{Columns, Value},
    jadwal::Span,
    json::Daftar,
    kata,
    langkah::Awal,
    perubahan::NewJadwal,
    pindai::Hasil,
};

use crate::{Conflict, PageRequest, Result, SearchTerms, StoreError, tamu::NewTamu};

/// The guest of a new appointment.
#[derive(Clone, Debug)]
pub enum TamuOf {
    /// A guest who is known by identity.
    Id(IdTamu),
    /// A guest as entered now. If the number is missing or new, the guest is entered. Otherwise
    /// [`tempatkan`](domain::tamu::tempatkan) decides which fields belong to the known guest and which to this visit.
    Baru(NewTamu),
}

/// An appointment or walk-in to be made.
#[derive(Clone, Debug)]
pub struct NewJanjiTemu {
    /// The guru whom the guest visits; must be active and receive guests.
    pub id_guru: IdPengguna,
    /// Who visits.
    pub tamu: TamuOf,
    /// The person who really comes, if it is somebody else.
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
    /// How it begins hangs on that: [`Awal`].
    pub jenis: Jenis,
    /// When the code ends.
    pub kode_expiry: DateTime<Utc>,
    /// Make it although the guru has another appointment at that time; a walk-in is never refused for that.
    pub izinkan_bentrok: bool,
    /// Idempotency key.
    pub kunci: Option<String>,
    /// What those share that are made together. They do not clash with each other.
    pub seri: Option<String>,
    /// Who makes it.
    pub dibuat_oleh: IdPengguna,
    /// Now.
    pub waktu: DateTime<Utc>,
}

impl NewJanjiTemu {
    /// How the visit begins.
    pub(crate) fn awal(&self) -> Awal {
        Awal::of(self.jenis, self.jadwal, self.dibuat_oleh == self.id_guru, self.izinkan_bentrok)
    }

    /// The same of the guest who was entered for an earlier one of a series. Without a number nobody finds that guest
    /// again.
    pub(crate) fn of_entered(&self, entered: Option<IdTamu>) -> Cow<'_, Self> {
        match (&self.tamu, entered) {
            (TamuOf::Baru(NewTamu { telp: None, .. }), Some(id)) => {
                Cow::Owned(Self { tamu: TamuOf::Id(id), ..self.clone() })
            }
            _ => Cow::Borrowed(self),
        }
    }

    /// Whether the visit that its key made before is the one asked for now. A walk-in's time is not compared: it is
    /// the moment of the request, which always differs. Nor is, of a visit that has changed since, what may have.
    pub fn is_answered_by(&self, row: &JanjiTemu) -> bool {
        let has_changed = row.versi > JanjiTemu::FIRST_VERSI;
        let (same_guest, named) = match &self.tamu {
            TamuOf::Id(id) => (row.id_tamu == *id, None),
            TamuOf::Baru(tamu) => (row.telp == tamu.telp, Some(&tamu.nama)),
        };
        // The guest may have been corrected since, but the name of the person who came has not.
        let named = self.atas_nama.as_ref().or(named);
        let is_shown = |nama: &String| kata::is_same(nama, row.nama_tampil());
        let same_name = named.is_none_or(is_shown)
            || (row.telp.is_some() && row.atas_nama.is_none() && self.atas_nama.is_none());
        let same_time =
            !self.jenis.is_arranged() || (row.jadwal, row.durasi_menit) == (self.jadwal, self.durasi_menit);
        let as_made = same_guest && same_name && same_time && row.jumlah_orang == self.jumlah_orang;
        let same_purpose =
            (row.id_guru, row.jenis, &row.keperluan) == (self.id_guru, self.jenis, &self.keperluan);
        same_purpose && (as_made || has_changed && (same_guest || named.is_some_and(is_shown)))
    }
}

/// An appointment or walk-in that a key has made before.
#[derive(Clone, Debug, PartialEq)]
pub struct MadeBefore {
    /// The key.
    pub kunci: String,
    /// What it shares with those that were made together with it.
    pub seri: Option<String>,
    /// As it stands now.
    pub janji_temu: JanjiTemu,
}

/// What became of an appointment to be made.
#[derive(Clone, Debug, PartialEq)]
pub enum Creation {
    /// It was made now.
    Dibuat(JanjiTemu),
    /// Its idempotency key was used before: this is what was made then, as it stands now.
    SudahAda(JanjiTemu),
}

impl Creation {
    /// What there is now.
    pub(crate) fn row(&self) -> &JanjiTemu {
        let (Self::Dibuat(row) | Self::SudahAda(row)) = self;
        row
    }

    /// The same, if it is what was asked for. Conflict: `Kunci`.
    pub(crate) fn answers(self, asked: &NewJanjiTemu) -> Result<Self> {
        match &self {
            Self::SudahAda(row) if !asked.is_answered_by(row) => Err(StoreError::Conflict(Conflict::Kunci)),
            _ => Ok(self),
        }
    }
}

/// Corrections of one visit; what is missing stays.
#[derive(Clone, Debug, Default)]
pub struct VisitCorrection {
    /// Who really comes; `Some(None)`: the guest whose number it is.
    pub atas_nama: Option<Option<String>>,
    /// How many come, 1 to 999.
    pub jumlah_orang: Option<u16>,
    /// Where the visitor comes from; `Some(None)` sets where the guest comes from.
    pub instansi: Option<Option<String>>,
}

impl VisitCorrection {
    /// What is set of the visit, beside its words.
    pub(crate) fn columns(self) -> Columns {
        let atas_nama = self.atas_nama.map(|atas_nama| ("atas_nama", Value::Text(atas_nama)));
        let jumlah_orang =
            self.jumlah_orang.map(|jumlah| ("jumlah_orang", Value::Number(Some(jumlah.into()))));
        let instansi = self.instansi.map(|instansi| ("instansi", Value::Text(instansi)));
        [atas_nama, jumlah_orang, instansi].into_iter().flatten().collect()
    }
}

/// What became of an appointment that was given another time.
#[derive(Clone, Debug, PartialEq)]
pub enum Rescheduling {
    /// It has that time now.
    Diubah(JanjiTemu),
    /// It had that time already.
    Tetap(JanjiTemu),
}

impl Rescheduling {
    /// Of an appointment that was not changed: why not.
    pub(crate) fn unchanged(baru: &NewJadwal, janji_temu: JanjiTemu) -> Result<Self> {
        // Databases keep milliseconds only.
        let of_time = |jadwal: DateTime<Utc>, durasi_menit| (jadwal.timestamp_millis(), durasi_menit);
        let is_at_that_time =
            of_time(janji_temu.jadwal, janji_temu.durasi_menit) == of_time(baru.jadwal, baru.durasi_menit);
        if is_at_that_time && janji_temu.id_guru == baru.id_guru {
            Ok(Self::Tetap(janji_temu))
        } else {
            Err(StoreError::Conflict(Conflict::Bentrok))
        }
    }
}

/// A scan that an idempotency key was used for.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedScan {
    /// What it did.
    pub hasil: Hasil,
    /// Its appointment, as it stands now.
    pub janji_temu: JanjiTemu,
}

/// Which appointments a list shows.
#[derive(Clone, Debug, Default)]
pub struct JanjiTemuFilter {
    /// Only this guru's.
    pub id_guru: Option<IdPengguna>,
    /// Only this user's, and those of the units that the user is behind.
    pub milik: Option<IdPengguna>,
    /// Only this guest's.
    pub id_tamu: Option<IdTamu>,
    /// Only those scheduled within.
    pub jadwal: Option<Span>,
    /// Only appointments with one of these statuses; empty for all.
    pub status: Vec<Status>,
    /// Only of this kind.
    pub jenis: Option<Jenis>,
    /// The newest first.
    pub terbaru_dulu: bool,
    /// Only those with each of these words in the guest's name or institution, in the name of who really comes, in the
    /// guru's name or position, or in the purpose; or with the guest's number or its end.
    pub cari: Option<SearchTerms>,
}

impl JanjiTemuFilter {
    /// Whether an index leads to those with these statuses, by time: a single one, or open ones, which are few.
    fn finds_status(&self) -> bool {
        self.status.len() == 1 || self.status.iter().all(|status| status.is_open())
    }

    /// Whether rows must be looked at to tell whether they belong to the list. Then only the newest are.
    pub(crate) fn looks_at_rows(&self) -> bool {
        self.cari.is_some() || self.jenis.is_some() || !self.finds_status()
    }

    /// The statuses that an index leads to.
    pub(crate) fn status_by_index(&self) -> &[Status] {
        if self.finds_status() { &self.status } else { &[] }
    }

    /// The statuses that rows are looked at for.
    pub(crate) fn status_by_row(&self) -> &[Status] {
        if self.finds_status() { &[] } else { &self.status }
    }
}

/// Appointments and visits.
#[async_trait]
pub trait JanjiTemuStore: Send + Sync {
    /// Makes an appointment or walk-in, enters its guest if needed, signs its code, queues its messages.
    /// Conflicts: `Guru`, `Tamu`, `Bentrok`, and `Kunci` if the key belongs to another series, or to none.
    async fn create(&self, baru: NewJanjiTemu) -> Result<Creation>;
    /// Makes appointments that belong together, in one transaction: a list for each guest. Answers in the same order,
    /// `None` for one at whose time the guru is taken. A guest without a number is entered once. Conflicts: `Guru`,
    /// `Tamu`, and `Kunci` if a key was used for something else. Then nothing was made.
    async fn create_seri(&self, baru: Vec<Vec<NewJanjiTemu>>) -> Result<Vec<Vec<Option<Creation>>>>;
    /// One appointment.
    async fn find(&self, id: IdJanjiTemu) -> Result<Option<JanjiTemu>>;
    /// What these keys have made for that user.
    async fn list_by_kunci(&self, kunci: Vec<String>, oleh: IdPengguna) -> Result<Vec<MadeBefore>>;
    /// A page of appointments, by scheduled time. Counts up to [`MAX_COUNTED`](crate::halaman::MAX_COUNTED). A search,
    /// a kind and several statuses are looked for in the newest [`MAX_LOOKED_AT`](crate::halaman::MAX_LOOKED_AT) of
    /// the guru, the guest and the time asked for.
    async fn list(&self, saring: JanjiTemuFilter, halaman: PageRequest) -> Result<Daftar<JanjiTemu>>;
    /// How many there are of each status, whatever status is asked for. Looks at as many as a search does.
    async fn count_status(&self, saring: JanjiTemuFilter) -> Result<Vec<(Status, u64)>>;
    /// When a guru is taken within a span, by open appointments other than `kecuali`.
    async fn list_sibuk(
        &self,
        id_guru: IdPengguna,
        dalam: Span,
        kecuali: Option<IdJanjiTemu>,
    ) -> Result<Vec<Span>>;
    /// When the appointments take place that begin within the span and nobody has come to yet, in that order.
    async fn list_belum(&self, dalam: Span) -> Result<Vec<Span>>;
    /// Gives an appointment another time, signs its code again, and queues its message. `None` if it is not that guru's
    /// or is no longer `belum`; then nothing was changed. Conflict: `Bentrok`.
    async fn reschedule(&self, baru: NewJadwal) -> Result<Option<Rescheduling>>;
    /// Corrects what one visit says of who comes. `NotFound`.
    async fn update(&self, id: IdJanjiTemu, ubah: VisitCorrection) -> Result<JanjiTemu>;
    /// The scan that a key was used for.
    async fn find_tercatat(&self, kunci: &str) -> Result<Option<RecordedScan>>;
    /// Carries out a step with everything that belongs to it, in one transaction: status, times, notification, outbox
    /// rows and the key. `None` if the appointment's status is no longer `dari`, or its time no longer `jadwal`; then
    /// nothing was changed. Conflict: `Kunci`.
    async fn apply(&self, perubahan: VisitChange) -> Result<Option<JanjiTemu>>;
    /// Marks every `belum` scheduled before the instant as `tidak hadir`; answers how many.
    async fn expire_belum(&self, sebelum: DateTime<Utc>) -> Result<u64>;
    /// Forgets the keys of scans before the instant; answers how many.
    async fn purge_tercatat(&self, sebelum: DateTime<Utc>) -> Result<u64>;
}
