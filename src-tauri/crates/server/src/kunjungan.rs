//! The visit that a guest's page shows: found by its code, without anybody signed in.
//!
//! Only who was given a code knows one. It holds 128 bits of an HMAC, so nobody guesses one, and a code that is none
//! costs no look into the database. How often an address may try is bounded as for every request without a token
//! ([`Limits`](crate::limits::Limits)).

use chrono::{DateTime, Utc};
use domain::{
    Damage, JanjiTemu, Setelan,
    json::{Kunjungan, ShownCode},
    tamu::TamuRecord,
    token::{Subject, TOKEN_LEN, Token},
};

use crate::{error::ApiError, state::AppState};

/// A visit, and what is kept of its guest.
pub(crate) struct VisitByCode {
    pub(crate) token: Token,
    pub(crate) row: JanjiTemu,
    pub(crate) tamu: TamuRecord,
}

impl VisitByCode {
    /// The visit that a code stands for. A guest's permanent code stands for none, and neither does the code of a guest
    /// who was erased.
    ///
    /// # Errors
    /// [`ApiError::NotFound`], the same for all that is no code; [`ApiError::CodeEnded`]; [`ApiError::Unavailable`].
    pub(crate) async fn find(state: &AppState, kode: &str) -> Result<Self, ApiError> {
        let is_bare = kode.len() == TOKEN_LEN;
        let token = state.kunci.qr.verify(kode).ok().filter(|_| is_bare).ok_or(ApiError::NotFound)?;
        let Subject::JanjiTemu(id) = token.subject else { return Err(ApiError::NotFound) };
        if token.is_expired(state.clock.now()) {
            return Err(ApiError::CodeEnded);
        }
        let row = state.store.janji_temu().find(id).await?.ok_or(ApiError::NotFound)?;
        let tamu = state.store.tamu().find_record(row.id_tamu).await?.unwrap_or_default();
        if tamu.dianonimkan_pada.is_some() {
            return Err(ApiError::NotFound);
        }
        Ok(Self { token, row, tamu })
    }

    /// The same visit after a change.
    pub(crate) fn with(self, row: JanjiTemu) -> Self {
        Self { row, ..self }
    }

    /// Refuses a visit that cannot be read. Nothing is decided from it.
    pub(crate) fn check_readable(&self) -> Result<(), ApiError> {
        if self.row.rusak == Damage::Pokok { Err(ApiError::Damaged) } else { Ok(()) }
    }

    /// What the page shows.
    pub(crate) fn show(&self, state: &AppState, setelan: &Setelan) -> Kunjungan {
        let code = ShownCode {
            qr: state.qr_text(&self.row.kode_qr),
            hanya_di_sekolah: state.links.public(setelan).is_none(),
        };
        Kunjungan::new(&self.row, &self.tamu, code, setelan, state.clock.now())
    }

    /// When its code ends; `None` if never.
    pub(crate) fn ends_at(&self) -> Option<DateTime<Utc>> {
        self.token.expires_at()
    }
}
