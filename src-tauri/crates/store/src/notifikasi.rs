//! Storage of what gurus are told of arrivals: columns of the appointment, seen through one guru's eyes.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{IdJanjiTemu, IdPengguna, JanjiTemu, Tanggapan, json::Daftar, notifikasi::Notifikasi};

use crate::{Halaman, Result};

/// Notifications. Each change answers the appointment as it stands after it; one that was made before changes nothing.
#[async_trait]
pub trait NotifikasiStore: Send + Sync {
    /// A page of a guru's unread ones, oldest first.
    async fn list_belum_dibaca(&self, id_guru: IdPengguna, halaman: Halaman) -> Result<Daftar<Notifikasi>>;
    /// A guru's unread ones, newest first, as many as `paling_banyak`.
    async fn list_belum_dibaca_terbaru(
        &self,
        id_guru: IdPengguna,
        paling_banyak: u32,
    ) -> Result<Vec<Notifikasi>>;
    /// A guru's unread ones with a smaller identity than `sebelum`, the largest first, as many as `paling_banyak`. With the
    /// last one's identity the next call goes on, whatever has happened in between.
    async fn list_belum_dibaca_sebelum(
        &self,
        id_guru: IdPengguna,
        sebelum: IdJanjiTemu,
        paling_banyak: u32,
    ) -> Result<Vec<Notifikasi>>;
    /// A page of a guru's, newest first; those put away are left out.
    async fn list(&self, id_guru: IdPengguna, halaman: Halaman) -> Result<Daftar<Notifikasi>>;
    /// Marks one as read. `NotFound` where it is not this guru's.
    async fn mark_read(
        &self,
        id: IdJanjiTemu,
        id_guru: IdPengguna,
        waktu: DateTime<Utc>,
    ) -> Result<JanjiTemu>;
    /// Puts one away. `NotFound` where it is not this guru's.
    async fn delete(&self, id: IdJanjiTemu, id_guru: IdPengguna, waktu: DateTime<Utc>) -> Result<JanjiTemu>;
    /// Has the guru told anew of who still waits: unread again, and not put away. `None` where nobody waits, or the guru was
    /// told so a moment ago ([`JEDA_BERI_TAHU`](domain::notifikasi::JEDA_BERI_TAHU)).
    async fn beri_tahu(&self, id: IdJanjiTemu, waktu: DateTime<Utc>) -> Result<Option<JanjiTemu>>;
    /// Sets or takes back the answer; an answered one counts as read. The same answer again changes nothing, but for a
    /// `sebentar` whose minutes are over, which counts from now on anew. `NotFound` where it is not this guru's.
    async fn respond(
        &self,
        id: IdJanjiTemu,
        id_guru: IdPengguna,
        tanggapan: Option<Tanggapan>,
        waktu: DateTime<Utc>,
    ) -> Result<JanjiTemu>;
}
