//! Storage of the secret by which a user's calendar is fetched. Only its SHA-256 is kept.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdPengguna, Pengguna};

use crate::Result;

/// SHA-256 of a secret.
pub type SecretHash = [u8; 32];

/// Calendars that users subscribe to.
#[async_trait]
pub trait KalenderStore: Send + Sync {
    /// Gives a user a secret; the one before ends.
    async fn set(&self, id: IdPengguna, rahasia: SecretHash, waktu: DateTime<Utc>) -> Result<()>;
    /// When the user was given the secret that is good now.
    async fn find(&self, id: IdPengguna) -> Result<Option<DateTime<Utc>>>;
    /// The active user whose secret it is.
    async fn find_pemilik(&self, rahasia: SecretHash) -> Result<Option<Pengguna>>;
    /// Ends the user's secret, if there is one.
    async fn revoke(&self, id: IdPengguna) -> Result<()>;
}
