//! Two entries of one guest made one. What is decided between reading and writing stands here, for every database.
//!
//! The merged guest stays as a row that leads to the kept one (`digabung_ke`), so that a printed code and the second
//! number find the kept guest. Its visits become the kept guest's and remember whose they were (`id_tamu_asal`), so
//! that for a day the merge can be undone. Consent is never carried over: the kept guest's stands, and who has none is
//! asked.

use chrono::{DateTime, Utc};
use domain::{IdPengguna, IdTamu, gabung::Link};

use crate::{Conflict, Result, StoreError};

/// Two guests to be made one.
#[derive(Clone, Copy, Debug)]
pub struct NewGabung {
    /// Who stays.
    pub id: IdTamu,
    /// Who goes into that one.
    pub id_lain: IdTamu,
    /// Who says that they are one.
    pub oleh: IdPengguna,
    /// Now.
    pub waktu: DateTime<Utc>,
}

/// One of the two, as the database has it. A time is of whatever type the database keeps it as.
#[derive(Clone, Debug)]
pub(crate) struct Side<T> {
    pub(crate) nama: String,
    pub(crate) telp: Option<Number>,
    pub(crate) email: Option<String>,
    pub(crate) instansi: Option<String>,
    pub(crate) hapus_diminta_pada: Option<T>,
    pub(crate) sandi: Option<Sandi<T>>,
    pub(crate) digabung_ke: Option<IdTamu>,
    pub(crate) is_erased: bool,
}

/// A number as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    pub(crate) telp: Vec<u8>,
    pub(crate) indeks: Vec<u8>,
    pub(crate) akhir: String,
}

/// A password as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Sandi<T> {
    pub(crate) hash: String,
    /// When it ends.
    pub(crate) sampai: Option<T>,
}

/// What the kept guest lacks and the merged one has.
#[derive(Clone, Debug)]
pub(crate) struct Filling<T> {
    pub(crate) telp: Option<Number>,
    pub(crate) email: Option<String>,
    pub(crate) instansi: Option<String>,
    pub(crate) hapus_diminta_pada: Option<T>,
    /// Both numbers lead to the kept guest, so a guest who has one password signs in with it by either. It stays with
    /// the merged one too; no two hashes are the same, so a merge that is undone knows which it was.
    pub(crate) sandi: Option<Sandi<T>>,
}

impl<T: Clone> Side<T> {
    fn stands(&self) -> bool {
        !self.is_erased && self.digabung_ke.is_none()
    }

    /// What is to be done; `None` if it was done before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if the kept one is nobody; [`Conflict::Tamu`] if the other is.
    pub(crate) fn merge(
        kept: Option<Self>,
        merged: Option<Self>,
        baru: &NewGabung,
    ) -> Result<Option<Filling<T>>> {
        let kept = kept.filter(Self::stands).ok_or(StoreError::NotFound)?;
        let merged = merged.ok_or(StoreError::Conflict(Conflict::Tamu))?;
        if merged.digabung_ke == Some(baru.id) {
            return Ok(None);
        }
        if baru.id == baru.id_lain || !merged.stands() {
            return Err(StoreError::Conflict(Conflict::Tamu));
        }
        Ok(Some(Filling {
            telp: merged.telp.filter(|_| kept.telp.is_none()),
            email: merged.email.filter(|_| kept.email.is_none()),
            instansi: merged.instansi.filter(|_| kept.instansi.is_none()),
            hapus_diminta_pada: merged.hapus_diminta_pada.filter(|_| kept.hapus_diminta_pada.is_none()),
            sandi: merged.sandi.filter(|_| kept.sandi.is_none()),
        }))
    }
}

/// A merge that stands, and what the kept guest got with it.
#[derive(Clone, Debug)]
pub(crate) struct Merged {
    pub(crate) link: Link,
    pub(crate) pada: DateTime<Utc>,
    pub(crate) is_over: bool,
    pub(crate) telp_indeks: Option<Vec<u8>>,
    pub(crate) email_diisi: bool,
    pub(crate) instansi_diisi: bool,
    pub(crate) hapus_diisi: bool,
}

impl Merged {
    /// The merge of `id_lain` among those of the kept guest, if it can still be undone.
    ///
    /// # Errors
    /// [`Conflict::Gabung`].
    pub(crate) fn undone(all: &[Self], id_lain: IdTamu, waktu: DateTime<Utc>) -> Result<&Self> {
        let found = all.iter().find(|merged| merged.link.id == id_lain);
        let is_open = |merged: &&Self| !merged.is_over && merged.pada > domain::gabung::batas(waktu);
        found.filter(is_open).ok_or(StoreError::Conflict(Conflict::Gabung))
    }

    /// Identities as they stand in a statement.
    pub(crate) fn list(ids: &[IdTamu]) -> String {
        ids.iter().map(|id| id.0.to_string()).collect::<Vec<_>>().join(", ")
    }

    /// Who comes along with `id_lain`.
    pub(crate) fn branch(all: &[Self], id_lain: IdTamu) -> Vec<IdTamu> {
        let links: Vec<_> = all.iter().map(|merged| merged.link).collect();
        domain::gabung::branch(&links, id_lain)
    }
}
