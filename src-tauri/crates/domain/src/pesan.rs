//! Messages that a change of an appointment causes: which, when they may leave, whether they are still wanted, and what
//! became of them. They are queued with the change and sent later.

mod quiet;
mod wanted;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::{quiet::leaves_at, wanted::is_wanted};
use crate::{IdJanjiTemu, IdPengguna, laporan::Period, words::words};

words! {
    /// What a message is about.
    pub enum JenisPesan, else UnknownJenisPesan "jenis pesan tidak dikenal" {
        /// An appointment was made: the guest is invited.
        Undangan = "undangan",
        /// An appointment was given another time: the guest is told.
        Pindah = "pindah",
        /// The guest has arrived: the guru is told.
        Kedatangan = "kedatangan",
        /// The guest has left: a review is asked for.
        Ulasan = "ulasan",
        /// The appointment was called off: the guest is told.
        Batal = "batal",
        /// The appointment is tomorrow: the guest is reminded.
        Pengingat = "pengingat",
        /// A user was given a password that somebody else has made up.
        Kredensial = "kredensial",
        /// The guest has called the appointment off: the guru is told.
        BatalTamu = "batal_tamu",
        /// The week or the month is over: an admin gets its report.
        Laporan = "laporan",
        /// Something is wrong with the backups: an admin is told.
        Cadangan = "cadangan",
    }
}

impl JenisPesan {
    /// Whether it goes to the guest. The others go to a user.
    pub const fn is_to_tamu(self) -> bool {
        matches!(self, Self::Undangan | Self::Pindah | Self::Ulasan | Self::Batal | Self::Pengingat)
    }

    /// Whether it tells an admin that something is wrong with the backups.
    pub const fn is_about_backups(self) -> bool {
        matches!(self, Self::Cadangan)
    }

    /// Those that tell the guest of a time.
    pub const INVITING: [Self; 2] = [Self::Undangan, Self::Pindah];

    /// Messages that say the same once they leave, because each is written when its turn has come: while one of them
    /// waits, this one is not queued.
    pub const fn said_by(self) -> &'static [Self] {
        match self {
            Self::Pindah => &Self::INVITING,
            Self::Pengingat => &[Self::Pengingat],
            _ => &[],
        }
    }
}

words! {
    /// A way out.
    pub enum Saluran, else UnknownSaluran "saluran tidak dikenal" {
        /// WhatsApp, through a provider.
        Whatsapp = "whatsapp",
        /// E-mail.
        Email = "email",
    }
}

words! {
    /// What became of a message.
    pub enum KeadaanPesan, else UnknownKeadaanPesan "keadaan pesan tidak dikenal" {
        /// To be sent.
        Menunggu = "menunggu",
        /// The provider has taken it. It has not said yet that it sent it.
        Diserahkan = "diserahkan",
        /// It has left.
        Terkirim = "terkirim",
        /// It is on the recipient's device.
        Sampai = "sampai",
        /// The recipient has opened it.
        Dibaca = "dibaca",
        /// No channel could send it.
        Gagal = "gagal",
        /// It is not needed any more.
        Usang = "usang",
    }
}

impl KeadaanPesan {
    /// How far a message has come. A provider's reports arrive in any order; one that is behind says nothing new.
    pub const fn progress(self) -> u8 {
        match self {
            Self::Menunggu | Self::Gagal | Self::Usang => 0,
            Self::Diserahkan => 1,
            Self::Terkirim => 2,
            Self::Sampai => 3,
            Self::Dibaca => 4,
        }
    }

    /// Those of a message that has left, or may have.
    pub const LEFT: [Self; 4] = [Self::Diserahkan, Self::Terkirim, Self::Sampai, Self::Dibaca];
}

words! {
    /// Why a message has not left, or has not arrived.
    pub enum AlasanPesan, else UnknownAlasanPesan "alasan tidak dikenal" {
        /// The school has no channel that is set up.
        TanpaSaluran = "tanpa_saluran",
        /// The recipient has no address for any channel.
        TanpaAlamat = "tanpa_alamat",
        /// The number has no WhatsApp.
        NomorTanpaWhatsapp = "nomor_tanpa_whatsapp",
        /// The server does not know the address, or does not take messages for it.
        AlamatDitolak = "alamat_ditolak",
        /// The provider does not accept the school's token or password.
        TokenDitolak = "token_ditolak",
        /// The gateway's phone is not connected.
        SesiPutus = "sesi_putus",
        /// The provider takes no more for now.
        TerlaluCepat = "terlalu_cepat",
        /// No answer.
        TidakMenjawab = "tidak_menjawab",
        /// The provider does not know the message template.
        TemplateTidakAda = "template_tidak_ada",
        /// Free text is only allowed after the guest has written.
        DiLuar24Jam = "di_luar_24_jam",
        /// The server's certificate is not trusted.
        SertifikatDitolak = "sertifikat_ditolak",
        /// The provider refused for another reason.
        Ditolak = "ditolak",
        /// The appointment was called off.
        Dibatalkan = "dibatalkan",
        /// The time has passed.
        SudahLewat = "sudah_lewat",
        /// There is nothing to tell any more, or the school does not want it told.
        TidakPerlu = "tidak_perlu",
        /// It waited in a backup that was restored, and may have left since that was taken. An admin decides.
        Dipulihkan = "dipulihkan",
    }
}

impl AlasanPesan {
    /// Whether the channel itself is at fault: other messages would fail in the same way.
    pub const fn is_of_channel(self) -> bool {
        matches!(
            self,
            Self::TokenDitolak | Self::SesiPutus | Self::TemplateTidakAda | Self::SertifikatDitolak
        )
    }

    /// Whether the same may work later by the same channel.
    pub const fn is_passing(self) -> bool {
        matches!(self, Self::TerlaluCepat | Self::TidakMenjawab | Self::SesiPutus)
    }
}

/// The word of what brings a user a password.
pub const fn password() -> &'static str {
    JenisPesan::Kredensial.as_str()
}

/// The word of what brings an admin a report.
pub const fn report() -> &'static str {
    JenisPesan::Laporan.as_str()
}

/// The word of what tells an admin that something is wrong with the backups.
pub const fn backup() -> &'static str {
    JenisPesan::Cadangan.as_str()
}

/// The word of what reminds a guest.
pub const fn reminder() -> &'static str {
    JenisPesan::Pengingat.as_str()
}

/// What a provider's report makes of a message: its new state, and the states that it changes. A report that is behind
/// what is known says nothing new. What failed waits again, for the next channel.
pub fn reported(keadaan: KeadaanPesan) -> (KeadaanPesan, impl Iterator<Item = &'static str>) {
    let failed = keadaan == KeadaanPesan::Gagal;
    // What has arrived does not fail any more.
    let reach = if failed { KeadaanPesan::Sampai.progress() } else { keadaan.progress() };
    let changes = move |left: &KeadaanPesan| left.progress() < reach;
    let before = KeadaanPesan::LEFT.into_iter().filter(changes).map(KeadaanPesan::as_str);
    (if failed { KeadaanPesan::Menunggu } else { keadaan }, before)
}

/// The words of what tells a guest of a time.
pub fn inviting() -> impl Iterator<Item = &'static str> {
    JenisPesan::INVITING.into_iter().map(JenisPesan::as_str)
}

/// The words of what goes to guests.
pub fn to_tamu() -> impl Iterator<Item = &'static str> {
    JenisPesan::ALL.into_iter().filter(|jenis| jenis.is_to_tamu()).map(JenisPesan::as_str)
}

/// The words of the states of a message that has left, or may have.
pub fn left() -> impl Iterator<Item = &'static str> {
    KeadaanPesan::LEFT.into_iter().map(KeadaanPesan::as_str)
}

/// What a change does to the queue of messages about its appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queueing {
    /// A message is to be sent.
    Add(JenisPesan),
    /// Messages that were not sent yet are not to be sent any more.
    Remove(JenisPesan),
}

impl Queueing {
    /// What the message is about.
    pub const fn jenis(self) -> JenisPesan {
        match self {
            Queueing::Add(jenis) | Queueing::Remove(jenis) => jenis,
        }
    }
}

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tentang {
    /// An appointment.
    JanjiTemu(IdJanjiTemu),
    /// A user's account.
    Pengguna(IdPengguna),
    /// The report of a period, for an admin.
    Laporan(IdPengguna, Period),
    /// The backups, for an admin.
    Cadangan(IdPengguna),
}

/// A message as admins and gurus see it: never an address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PesanKeluar {
    /// Identity.
    pub id: i64,
    /// What it is about.
    pub jenis: JenisPesan,
    /// The appointment; none if it is about an account.
    pub id_janji_temu: Option<IdJanjiTemu>,
    /// The recipient's name.
    pub penerima: String,
    /// The channel that has it, or had it last.
    pub saluran: Option<Saluran>,
    /// What became of it.
    pub keadaan: KeadaanPesan,
    /// Why it has not left, or not arrived; of a message that waits, why the last attempt failed.
    pub alasan: Option<AlasanPesan>,
    /// Attempts by this channel.
    pub percobaan: u32,
    /// When it is tried next; none once it is settled.
    pub percobaan_berikut: Option<DateTime<Utc>>,
    /// When it was queued.
    pub dibuat_pada: DateTime<Utc>,
    /// When something became of it.
    pub diubah_pada: DateTime<Utc>,
}

#[cfg(test)]
mod tests;
