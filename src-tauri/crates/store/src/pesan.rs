//! Storage of messages to guests and users. Rows come into the queue with what they tell of; here they are taken out
//! and what became of them is kept.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    IdJanjiTemu, IdPengguna, IdTamu,
    jadwal::Span,
    json::Daftar,
    laporan::Period,
    pesan::{self, AlasanPesan, JenisPesan, KeadaanPesan, PesanKeluar, Saluran, Tentang},
};

use crate::{PageRequest, Result};

/// A message that was taken out of the queue to be sent now. Nobody else takes it before the lease ends.
#[derive(Clone, Debug, PartialEq)]
pub struct LeasedPesan {
    /// Identity.
    pub id: i64,
    /// What it says.
    pub jenis: JenisPesan,
    /// What it is about.
    pub tentang: Tentang,
    /// Which member of the unit that is visited it goes to. Each member gets one.
    pub untuk: Option<IdPengguna>,
    /// The encrypted password that it brings; none if it brings none, or none yet.
    pub rahasia: Option<Vec<u8>>,
    /// The channel that tried it last.
    pub saluran: Option<Saluran>,
    /// Why that failed.
    pub alasan: Option<AlasanPesan>,
    /// Attempts by that channel before this one.
    pub percobaan: u32,
    /// Whether its guest was told of the appointment by a message that has left, or may have.
    pub sudah_dikabari: bool,
    /// When it was queued.
    pub dibuat_pada: DateTime<Utc>,
}

/// What became of a message that was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PesanOutcome {
    /// A channel took it: `Diserahkan` or `Terkirim`.
    Left {
        /// By which one.
        saluran: Saluran,
        /// How far it is.
        keadaan: KeadaanPesan,
        /// The provider's name for it.
        id_penyedia: Option<String>,
    },
    /// It waits until `kirim_pada`.
    Waits {
        /// When it is tried next.
        kirim_pada: DateTime<Utc>,
        /// The channel that tried it, with the reason and the attempts; none if none was tried.
        failed: Option<(Saluran, AlasanPesan, u32)>,
    },
    /// No channel could send it.
    Failed {
        /// The last one.
        saluran: Option<Saluran>,
        /// Why.
        alasan: AlasanPesan,
    },
    /// It is not needed any more.
    Obsolete(AlasanPesan),
}

/// What is set of a message for an outcome; `None` stays as it is.
pub(crate) struct Settled<'a> {
    pub(crate) keadaan: KeadaanPesan,
    pub(crate) saluran: Option<Saluran>,
    pub(crate) alasan: Option<AlasanPesan>,
    /// Whether the reason of the last attempt stays.
    pub(crate) keeps_alasan: bool,
    pub(crate) id_penyedia: Option<&'a str>,
    pub(crate) percobaan: Option<u32>,
    pub(crate) kirim_pada: Option<DateTime<Utc>>,
}

impl<'a> From<&'a PesanOutcome> for Settled<'a> {
    fn from(outcome: &'a PesanOutcome) -> Self {
        let settled = |keadaan| Self {
            keadaan,
            saluran: None,
            alasan: None,
            keeps_alasan: false,
            id_penyedia: None,
            percobaan: None,
            kirim_pada: None,
        };
        match outcome {
            PesanOutcome::Left { saluran, keadaan, id_penyedia } => {
                Self { saluran: Some(*saluran), id_penyedia: id_penyedia.as_deref(), ..settled(*keadaan) }
            }
            PesanOutcome::Waits { kirim_pada, failed } => Self {
                saluran: failed.map(|(saluran, _, _)| saluran),
                alasan: failed.map(|(_, alasan, _)| alasan),
                keeps_alasan: failed.is_none(),
                percobaan: failed.map(|(_, _, percobaan)| percobaan),
                kirim_pada: Some(*kirim_pada),
                ..settled(KeadaanPesan::Menunggu)
            },
            PesanOutcome::Failed { saluran, alasan } => {
                Self { saluran: *saluran, alasan: Some(*alasan), ..settled(KeadaanPesan::Gagal) }
            }
            PesanOutcome::Obsolete(alasan) => Self { alasan: Some(*alasan), ..settled(KeadaanPesan::Usang) },
        }
    }
}

/// A guest who was told within so much time is not reminded.
pub(crate) const JUST_TOLD: TimeDelta = TimeDelta::hours(20);

/// What tells one message about the backups from the next: there is one a day.
pub(crate) fn backup_word(tanggal: NaiveDate) -> String {
    format!("{}:{tanggal}", pesan::backup())
}

/// What a message is about, by its kind and the columns that name it.
pub(crate) fn tentang(
    jenis: JenisPesan,
    janji_temu: Option<i64>,
    pengguna: Option<i64>,
    periode: Option<&str>,
) -> Tentang {
    match (janji_temu, pengguna.map(IdPengguna), periode.and_then(Period::of_word)) {
        (None, Some(id), _) if jenis.is_about_backups() => Tentang::Cadangan(id),
        (None, Some(id), Some(periode)) => Tentang::Laporan(id, periode),
        (None, Some(id), None) => Tentang::Pengguna(id),
        (id, ..) => Tentang::JanjiTemu(IdJanjiTemu(id.unwrap_or_default())),
    }
}

/// Which messages a list shows.
#[derive(Clone, Debug, Default)]
pub struct PesanFilter {
    /// Only these states; empty for all.
    pub keadaan: Vec<KeadaanPesan>,
    /// Only those that are where they are for this reason.
    pub alasan: Option<AlasanPesan>,
    /// Only those about this appointment.
    pub id_janji_temu: Option<IdJanjiTemu>,
    /// Only those about this guest's appointments.
    pub id_tamu: Option<IdTamu>,
    /// Only those about this guru's appointments, and of the units that the guru is behind.
    pub id_guru: Option<IdPengguna>,
    /// Only those about appointments scheduled within.
    pub jadwal: Option<Span>,
}

/// A guest's first password, made up when the invitation is written.
#[derive(Clone, Debug)]
pub struct FirstPassword {
    /// Whose.
    pub id_tamu: IdTamu,
    /// bcrypt.
    pub hash: String,
    /// When it ends.
    pub sampai: DateTime<Utc>,
    /// Now: a first password that has ended unused is followed by another one.
    pub waktu: DateTime<Utc>,
    /// The password, encrypted, kept with the message until it has left.
    pub rahasia: Vec<u8>,
}

/// Messages.
#[async_trait]
pub trait PesanStore: Send + Sync {
    /// Takes at most `limit` messages out that are due at `now`, oldest first, until `sampai`. A message whose lease
    /// has ended is due again. `penyewa` is a name that was never used before.
    async fn lease(
        &self,
        penyewa: &str,
        now: DateTime<Utc>,
        sampai: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<LeasedPesan>>;
    /// Keeps what became of a message. `None` if the lease is no longer `penyewa`'s; then nothing was changed.
    async fn settle(
        &self,
        id: i64,
        penyewa: &str,
        outcome: PesanOutcome,
        now: DateTime<Utc>,
    ) -> Result<Option<PesanKeluar>>;
    /// Gives the guest of a leased message a first password if there is none yet, and keeps it with the message. False
    /// if the guest has one, or the lease is no longer `penyewa`'s; then nothing was changed.
    async fn first_password(&self, id: i64, penyewa: &str, baru: FirstPassword) -> Result<bool>;
    /// One message.
    async fn find(&self, id: i64) -> Result<Option<PesanKeluar>>;
    /// Whose appointment a message is about: the guru's, or everybody's behind the unit. Nobody's if there is no such
    /// message or it is about an account.
    async fn find_dikunjungi(&self, id: i64) -> Result<Vec<IdPengguna>>;
    /// A page of messages, newest first.
    async fn list(&self, saring: PesanFilter, halaman: PageRequest) -> Result<Daftar<PesanKeluar>>;
    /// Queues a settled message again, from the first channel on. `NotFound`; a message that waits stays as it is.
    async fn resend(&self, id: i64, now: DateTime<Utc>) -> Result<PesanKeluar>;
    /// Keeps a provider's report about the message that it calls `id_penyedia`. A report that is behind what is known
    /// changes nothing. A failure puts the message back into the queue, for the next channel. `None` if nothing
    /// changed.
    async fn report(
        &self,
        saluran: Saluran,
        id_penyedia: &str,
        keadaan: KeadaanPesan,
        alasan: Option<AlasanPesan>,
        now: DateTime<Utc>,
    ) -> Result<Option<PesanKeluar>>;
    /// Queues a reminder for each appointment scheduled within that awaits its guest and has none. Answers how many.
    async fn queue_pengingat(&self, jadwal: Span, now: DateTime<Utc>) -> Result<u64>;
    /// Queues the report of a period for an admin. False if it was queued before, whatever became of it.
    async fn queue_laporan(&self, kepada: IdPengguna, periode: Period, now: DateTime<Utc>) -> Result<bool>;
    /// Queues what tells an admin that something is wrong with the backups, once a day. False if it was queued before.
    async fn queue_cadangan(
        &self,
        kepada: IdPengguna,
        tanggal: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<bool>;
    /// When the next message is due; `None` if none waits.
    async fn next_due(&self) -> Result<Option<DateTime<Utc>>>;
    /// Deletes settled messages that changed last before the instant. Answers how many.
    async fn purge_pesan(&self, sebelum: DateTime<Utc>) -> Result<u64>;
}
