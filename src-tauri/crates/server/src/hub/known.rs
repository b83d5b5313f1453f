//! Whose sessions were found alive, for what goes on while the database is away: the list of who is in the building in
//! an emergency, and a desk that tells a guru of a guest. Nothing else trusts it. A session that ends here is forgotten
//! at once; one that another node ends is believed here for as long as an access token lives, and only while the
//! database is away.

use std::collections::HashMap;

use domain::Pengguna;
use tokio::time::Instant;

use crate::auth::token::ACCESS_LIFETIME;

/// Sessions that are remembered, at most: more than a school has people.
const KNOWN_MAX: usize = 8192;

/// Users by their session, and when it was found alive last.
#[derive(Default)]
pub(super) struct KnownSessions(HashMap<Box<str>, (Pengguna, Instant)>);

impl KnownSessions {
    /// Remembers a session. If too many are remembered, those that are too old are forgotten; if that is not enough,
    /// this one is not remembered.
    pub(super) fn remember(&mut self, id_sesi: &str, pengguna: &Pengguna) {
        let now = Instant::now();
        if let Some((known, at)) = self.0.get_mut(id_sesi) {
            *at = now;
            if known != pengguna {
                *known = pengguna.clone();
            }
            return;
        }
        if self.0.len() >= KNOWN_MAX {
            self.0.retain(|_, (_, at)| is_recent(*at));
        }
        if self.0.len() < KNOWN_MAX {
            self.0.insert(id_sesi.into(), (pengguna.clone(), now));
        }
    }

    /// Whose session it is, if it was found alive not long ago.
    pub(super) fn recall(&self, id_sesi: &str) -> Option<Pengguna> {
        self.0.get(id_sesi).filter(|(_, at)| is_recent(*at)).map(|(pengguna, _)| pengguna.clone())
    }

    /// Forgets sessions that have ended.
    pub(super) fn forget_where(&mut self, has_ended: impl Fn(&str, &Pengguna) -> bool) {
        self.0.retain(|id_sesi, (pengguna, _)| !has_ended(id_sesi, pengguna));
    }
}

fn is_recent(at: Instant) -> bool {
    ACCESS_LIFETIME.to_std().is_ok_and(|lifetime| at.elapsed() < lifetime)
}
