//! The status of an appointment, and the moves it allows (DESIGN §5).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Where an appointment stands. One way only; what the desk takes back for some minutes is another matter
/// ([`pindah`](crate::pindah)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Status {
    /// Agreed, the guest is not here yet.
    #[serde(rename = "belum")]
    Belum,
    /// The guest has arrived and waits in the lobby.
    #[serde(rename = "menunggu")]
    Menunggu,
    /// Guru and guest have met.
    #[serde(rename = "sedang berlangsung")]
    SedangBerlangsung,
    /// The guest has left.
    #[serde(rename = "selesai")]
    Selesai,
    /// Called off before the guest came.
    #[serde(rename = "batal")]
    Batal,
    /// The time passed without the guest. Who comes on that day all the same, comes late.
    #[serde(rename = "tidak hadir")]
    TidakHadir,
}

impl Status {
    /// Every status, in the order of a visit.
    pub const ALL: [Status; 6] = [
        Status::Belum,
        Status::Menunggu,
        Status::SedangBerlangsung,
        Status::Selesai,
        Status::Batal,
        Status::TidakHadir,
    ];

    /// The word in tables, JSON and on screens.
    pub const fn as_str(self) -> &'static str {
        match self {
            Status::Belum => "belum",
            Status::Menunggu => "menunggu",
            Status::SedangBerlangsung => "sedang berlangsung",
            Status::Selesai => "selesai",
            Status::Batal => "batal",
            Status::TidakHadir => "tidak hadir",
        }
    }

    /// Whether the machine allows the move. Staying where one is is no move.
    pub const fn can_become(self, next: Status) -> bool {
        use Status::{Batal, Belum, Menunggu, SedangBerlangsung, Selesai, TidakHadir};
        matches!(
            (self, next),
            (Belum, Menunggu | Batal | TidakHadir)
                | (TidakHadir, Menunggu)
                | (Menunggu, SedangBerlangsung | Selesai)
                | (SedangBerlangsung, Selesai)
        )
    }

    /// The guest is in the building.
    pub const fn is_on_site(self) -> bool {
        matches!(self, Status::Menunggu | Status::SedangBerlangsung)
    }

    /// The appointment still takes the guru's time.
    pub const fn is_open(self) -> bool {
        matches!(self, Status::Belum | Status::Menunggu | Status::SedangBerlangsung)
    }
}

/// The words of those that still take the guru's time.
pub fn open() -> impl Iterator<Item = &'static str> {
    words(Status::is_open)
}

/// The words of those at which the guest is in the building.
pub fn on_site() -> impl Iterator<Item = &'static str> {
    words(Status::is_on_site)
}

/// The words of those at which the guest can still stay away.
pub fn awaited() -> impl Iterator<Item = &'static str> {
    words(|status| status.can_become(Status::TidakHadir))
}

fn words(is_wanted: fn(Status) -> bool) -> impl Iterator<Item = &'static str> {
    Status::ALL.into_iter().filter(move |status| is_wanted(*status)).map(Status::as_str)
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is no status.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("status tidak dikenal")]
pub struct UnknownStatus;

impl FromStr for Status {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Status::ALL.into_iter().find(|status| status.as_str() == text).ok_or(UnknownStatus)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn word_and_json_agree() {
        for status in Status::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
            assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
        }
        assert_eq!("Belum".parse::<Status>(), Err(UnknownStatus));
    }

    #[test]
    fn whoever_is_in_the_building_takes_the_gurus_time() {
        assert_eq!(open().collect::<Vec<_>>(), ["belum", "menunggu", "sedang berlangsung"]);
        assert!(on_site().all(|word| open().any(|open| open == word)));
    }

    proptest! {
        /// However moves are tried, a status never comes back, so a code can never check in twice.
        #[test]
        fn no_status_is_ever_reached_twice(moves in prop::collection::vec(0usize..6, 0..40)) {
            let mut now = Status::Belum;
            let mut seen = vec![now];
            for next in moves.into_iter().map(|i| Status::ALL[i]) {
                if now.can_become(next) {
                    prop_assert!(!seen.contains(&next), "{next} was reached twice: {seen:?}");
                    seen.push(next);
                    now = next;
                }
            }
            prop_assert!(seen.len() <= 5);
        }
    }
}
