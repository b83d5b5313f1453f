//! The school while it runs, as the two sides see each other that share its database: the server, and what sends the
//! messages that the server queues. Neither imports the other.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    IdPengguna, Setelan,
    cadangan::BackupAlarm,
    pesan::{AlasanPesan, PesanKeluar, Saluran},
    saluran::webhook::{InvalidReport, Proof, Question, Received},
};

use crate::{SchoolSecrets, Store};

/// The addresses that links for guests begin with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuestAddress {
    /// Good everywhere; none if the school has no public address.
    pub public: Option<String>,
    /// Good in the school's own network.
    pub local: Option<String>,
}

/// A password that was made up, and its hash.
#[derive(Clone)]
pub struct MadePassword {
    /// As its owner types it.
    pub password: String,
    /// bcrypt.
    pub hash: String,
}

/// What sends messages asks of the running server.
#[async_trait]
pub trait RunningSchool: Send + Sync {
    /// The database.
    fn store(&self) -> Arc<dyn Store>;
    /// The school's secrets.
    fn secrets(&self) -> Arc<SchoolSecrets>;
    /// Now, as the server sees it.
    fn now(&self) -> DateTime<Utc>;
    /// The settings now.
    fn setelan(&self) -> Arc<Setelan>;
    /// Where guests' phones reach the server now.
    fn guest_address(&self) -> GuestAddress;
    /// What is wrong with the backups now.
    fn backup_alarm(&self) -> Option<BackupAlarm>;
    /// Makes up a password. `None` if that cannot be done now.
    async fn make_password(&self) -> Option<MadePassword>;
    /// Tells admins, and the guru whose appointment it is about, what became of a message.
    fn tell_pesan(&self, pesan: PesanKeluar, dikunjungi: &[IdPengguna]);
    /// Tells admins and the desk that a channel broke or works again.
    fn tell_saluran(&self, saluran: Saluran, alasan: Option<AlasanPesan>);
    /// Lets the server ask this courier.
    fn employ(&self, courier: Arc<dyn Courier>);
}

/// How a channel is set up, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelInfo {
    /// Which.
    pub saluran: Saluran,
    /// The provider's name: `smtp`, `cloud`, `fonnte` and so on; none if it is not set up.
    pub penyedia: Option<&'static str>,
    /// Whether the environment sets it up, which goes before the settings.
    pub dari_lingkungan: bool,
    /// A server's name or an account's, for people.
    pub ringkasan: Option<String>,
}

/// What the server asks of what sends messages.
#[async_trait]
pub trait Courier: Send + Sync {
    /// How the channels are set up.
    async fn channels(&self) -> Vec<ChannelInfo>;
    /// Whether messages could leave by a channel now. What it finds is noted.
    ///
    /// # Errors
    /// Why not.
    async fn check(&self, saluran: Saluran) -> Result<(), AlasanPesan>;
    /// Sends a message of its own to an address, to try a channel.
    ///
    /// # Errors
    /// Why it did not leave.
    async fn send_trial(&self, saluran: Saluran, tujuan: &str) -> Result<(), AlasanPesan>;
    /// What a provider's report says, if it is genuine.
    ///
    /// # Errors
    /// [`InvalidReport`].
    fn receive(&self, proof: Proof<'_>, body: &[u8]) -> Result<Received, InvalidReport>;
    /// The answer to a provider's question whether the address for reports is this school's.
    fn answer(&self, question: Question<'_>) -> Option<String>;
    /// There may be something to send now, or a channel is set up anew.
    fn wake(&self);
}
