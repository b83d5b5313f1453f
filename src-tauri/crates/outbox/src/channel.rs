//! A way by which messages leave, whatever carries them.

use std::time::Duration;

use async_trait::async_trait;
use domain::{
    Language, Telp,
    pesan::{AlasanPesan, JenisPesan, KeadaanPesan, Saluran},
};

/// A message, written out.
#[derive(Clone, Debug)]
pub struct Message {
    /// Stays the same however often it is sent.
    pub id: String,
    /// What it is about.
    pub jenis: JenisPesan,
    /// In which language it is written.
    pub bahasa: Language,
    /// Who gets it.
    pub recipient: Recipient,
    /// One line.
    pub subjek: String,
    /// Plain text with line breaks.
    pub isi: String,
    /// The values of the school's template, for a provider that keeps the text itself, in the order of its
    /// placeholders.
    pub values: Vec<String>,
    /// The guest's page of the visit, as it stands in the text.
    pub tautan: Option<String>,
    /// The code by itself, as PNG.
    pub kode: Option<Vec<u8>>,
    /// The invitation as a picture, as PNG.
    pub tiket: Option<Vec<u8>>,
    /// The appointment for the recipient's calendar.
    pub kalender: Option<Calendar>,
    /// A paper that goes along.
    pub lampiran: Option<Paper>,
}

/// A paper as PDF.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The file's name.
    pub nama: String,
    /// The file.
    pub pdf: Vec<u8>,
}

/// Who gets a message.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// The name.
    pub nama: String,
    /// For WhatsApp.
    pub telp: Option<Telp>,
    /// For e-mail.
    pub email: Option<String>,
}

impl Recipient {
    /// Whether a channel has an address to send to.
    pub fn has(&self, saluran: Saluran) -> bool {
        match saluran {
            Saluran::Whatsapp => self.telp.is_some(),
            Saluran::Email => self.email.is_some(),
        }
    }
}

/// An iCalendar object.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Its METHOD: `REQUEST` or `CANCEL`.
    pub method: &'static str,
    /// The object.
    pub text: String,
}

/// What a channel says of a message that it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// `Diserahkan` if the provider has only taken it, `Terkirim` if it has left.
    pub keadaan: KeadaanPesan,
    /// The provider's name for it, by which it reports later.
    pub id_penyedia: Option<String>,
}

/// Why a channel did not take a message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", alasan.as_str())]
pub struct SendError {
    /// The reason.
    pub alasan: AlasanPesan,
    /// How long the provider asks to wait.
    pub retry_after: Option<Duration>,
}

impl From<AlasanPesan> for SendError {
    fn from(alasan: AlasanPesan) -> Self {
        Self { alasan, retry_after: None }
    }
}

/// Something that carries messages. Each call ends within half a minute, whatever the other side does.
#[async_trait]
pub trait Channel: Send + Sync {
    /// Which one it is.
    fn saluran(&self) -> Saluran;
    /// How far apart messages leave at least.
    fn spacing(&self) -> Duration;
    /// Sends one message.
    ///
    /// # Errors
    /// [`SendError`]; then the message has not left, as far as the provider says.
    async fn send(&self, message: &Message) -> Result<Sent, SendError>;
    /// Whether messages could leave now: login, session, token. Sends nothing.
    ///
    /// # Errors
    /// [`SendError`].
    async fn check(&self) -> Result<(), SendError>;
}
