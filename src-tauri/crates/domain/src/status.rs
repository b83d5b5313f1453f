//! The status of an appointment, and the moves it allows (DESIGN §5).

use std::fmt;

use crate::words::words;

words! {
    /// Where an appointment stands. One way only; what the desk takes back for some minutes is another matter
    /// ([`pindah`](crate::pindah)). In the order of a visit.
    pub enum Status, else UnknownStatus "status tidak dikenal" {
        /// Agreed, the guest is not here yet.
        Belum = "belum",
        /// The guest has arrived and waits in the lobby.
        Menunggu = "menunggu",
        /// Guru and guest have met.
        SedangBerlangsung = "sedang berlangsung",
        /// The guest has left.
        Selesai = "selesai",
        /// Called off before the guest came.
        Batal = "batal",
        /// The time passed without the guest. Who comes on that day all the same, comes late.
        TidakHadir = "tidak hadir",
    }
}

impl Status {
    /// Whether the machine allows the move. Keeping the same status is not a move.
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

/// The words of those whose guest has stayed away.
pub fn missed() -> impl Iterator<Item = &'static str> {
    words(|status| status == Status::TidakHadir)
}

fn words(is_wanted: fn(Status) -> bool) -> impl Iterator<Item = &'static str> {
    Status::ALL.into_iter().filter(move |status| is_wanted(*status)).map(Status::as_str)
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
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
