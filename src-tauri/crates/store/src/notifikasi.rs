//! Storage of what gurus are told of arrivals. These are columns of the appointment, as one guru sees it. A guru's are
//! also those of the units that the guru is behind; there every member sees the same.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdJanjiTemu, IdPengguna, JanjiTemu, Tanggapan, json::Daftar, notifikasi::Notifikasi};

use crate::{PageRequest, Result};

/// Notifications. Each change returns the appointment as it stands afterwards. A change that was made before changes
/// nothing.
#[async_trait]
pub trait NotifikasiStore: Send + Sync {
    /// A page of a guru's unread ones, oldest first.
    async fn list_belum_dibaca(
        &self,
        id_guru: IdPengguna,
        halaman: PageRequest,
    ) -> Result<Daftar<Notifikasi>>;
    /// A guru's unread ones, newest first, at most `paling_banyak`.
    async fn list_belum_dibaca_terbaru(
        &self,
        id_guru: IdPengguna,
        paling_banyak: u32,
    ) -> Result<Vec<Notifikasi>>;
    /// A guru's unread ones with an identity below `sebelum`, the largest first, at most `paling_banyak`. The next
    /// call goes on from the last one's identity, whatever has happened in between.
    async fn list_belum_dibaca_sebelum(
        &self,
        id_guru: IdPengguna,
        sebelum: IdJanjiTemu,
        paling_banyak: u32,
    ) -> Result<Vec<Notifikasi>>;
    /// A page of a guru's, newest first, without those put away.
    async fn list(&self, id_guru: IdPengguna, halaman: PageRequest) -> Result<Daftar<Notifikasi>>;
    /// Marks one as read. `NotFound` if it is not this guru's.
    async fn mark_read(
        &self,
        id: IdJanjiTemu,
        id_guru: IdPengguna,
        waktu: DateTime<Utc>,
    ) -> Result<JanjiTemu>;
    /// Puts one away. `NotFound` if it is not this guru's.
    async fn delete(&self, id: IdJanjiTemu, id_guru: IdPengguna, waktu: DateTime<Utc>) -> Result<JanjiTemu>;
    /// Notifies the guru again of a guest who still waits: unread again, and not put away. `None` if nobody waits, or
    /// if the guru was notified again a moment ago ([`JEDA_BERI_TAHU`](domain::notifikasi::JEDA_BERI_TAHU)).
    async fn beri_tahu(&self, id: IdJanjiTemu, waktu: DateTime<Utc>) -> Result<Option<JanjiTemu>>;
    /// Sets or takes back the answer; an answered one counts as read. The same answer again changes nothing, except
    /// for a `sebentar` whose minutes are over: they count from now on. Of a unit the first answer stands: another
    /// member's changes nothing, unless its minutes are over or the desk has asked again. `NotFound` if it is not this
    /// guru's.
    async fn respond(
        &self,
        id: IdJanjiTemu,
        id_guru: IdPengguna,
        tanggapan: Option<Tanggapan>,
        waktu: DateTime<Utc>,
    ) -> Result<JanjiTemu>;
}
