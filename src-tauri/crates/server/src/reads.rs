//! How much of the guest book one user may read: enough for any day's work, too little to copy the book unnoticed.
//!
//! Each guest in an answer counts for its user, in whatever session. An answer is never cut short. If it takes more
//! than is left, the user owes the rest, and the next question waits until that is made up for. What a desk does for
//! the guest before it (a scan, a walk-in) is counted and never refused. Each node counts by itself.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::IdPengguna;
use tokio::time::Instant;

use crate::{error::ApiError, refused::refused};

/// What may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reading {
    /// Guests whom the user may see: all of them for the reception, those of own appointments for a guru.
    Tamu,
    /// Anybody, if a guru asks for the whole phone number.
    Nomor,
}

/// `burst` at once, and one more after each `every`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// At once.
    pub burst: u32,
    /// The time in which one more is allowed.
    pub every: Duration,
}

/// How much a user may read of the guest book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadAllowances {
    /// Guests whom the user may see.
    pub tamu: Allowance,
    /// Numbers that a guru asks about.
    pub nomor: Allowance,
}

impl Default for ReadAllowances {
    /// Enough to read the busiest day of a large school's desk several times over, and for a guru who types numbers
    /// digit by digit.
    fn default() -> Self {
        Self {
            tamu: Allowance { burst: 5000, every: Duration::from_millis(200) },
            nomor: Allowance { burst: 120, every: Duration::from_secs(6) },
        }
    }
}

/// Who has read how much.
#[derive(Clone)]
pub(crate) struct Reads {
    allowances: ReadAllowances,
    by_user: Arc<Mutex<HashMap<(IdPengguna, Reading), Debt>>>,
}

/// What was read and is not made up for yet.
#[derive(Clone, Copy)]
struct Debt {
    guests: f64,
    at: Instant,
    /// The log already says that this user has to wait.
    told: bool,
}

/// If there are more users than this, those who owe nothing are forgotten.
const REMEMBERED: usize = 1024;

impl Reads {
    pub(crate) fn new(allowances: ReadAllowances) -> Self {
        Self { allowances, by_user: Arc::default() }
    }

    /// Fails if the user has to wait before reading more.
    pub(crate) fn check(&self, id: IdPengguna, bacaan: Reading) -> Result<(), ApiError> {
        let Allowance { burst, every } = self.allowance(bacaan);
        let over = self.with(id, bacaan, |debt| {
            let over = debt.guests - f64::from(burst) + 1.0;
            let is_new = over > 0.0 && !debt.told;
            debt.told = over > 0.0;
            (over > 0.0).then_some((over, is_new))
        });
        let Some((over, is_new)) = over else { return Ok(()) };
        if is_new {
            refused!(WARN, "baca_dibatasi", id_pengguna = id.0);
        }
        Err(ApiError::TooMany(every.mul_f64(over)))
    }

    /// Counts guests that were read.
    pub(crate) fn count(&self, id: IdPengguna, bacaan: Reading, guests: usize) {
        let guests = u32::try_from(guests).unwrap_or(u32::MAX);
        self.with(id, bacaan, |debt| debt.guests += f64::from(guests));
    }

    fn allowance(&self, bacaan: Reading) -> Allowance {
        match bacaan {
            Reading::Tamu => self.allowances.tamu,
            Reading::Nomor => self.allowances.nomor,
        }
    }

    /// Runs `act` on what a user owes now.
    fn with<T>(&self, id: IdPengguna, bacaan: Reading, act: impl FnOnce(&mut Debt) -> T) -> T {
        let now = Instant::now();
        let left = |debt: &Debt, bacaan| {
            let every = self.allowance(bacaan).every.as_secs_f64();
            (debt.guests - (now - debt.at).as_secs_f64() / every).max(0.0)
        };
        let mut by_user = self.by_user.lock().unwrap_or_else(PoisonError::into_inner);
        if by_user.len() >= REMEMBERED {
            by_user.retain(|(_, bacaan), debt| left(debt, *bacaan) > 0.0);
        }
        let debt = by_user.entry((id, bacaan)).or_insert(Debt { guests: 0.0, at: now, told: false });
        *debt = Debt { guests: left(debt, bacaan), at: now, told: debt.told };
        act(debt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads() -> Reads {
        let few = Allowance { burst: 3, every: Duration::from_secs(10) };
        Reads::new(ReadAllowances { tamu: few, nomor: few })
    }

    fn wait_of(reads: &Reads, id: i64) -> Option<Duration> {
        match reads.check(IdPengguna(id), Reading::Tamu) {
            Ok(()) => None,
            Err(ApiError::TooMany(wait)) => Some(wait),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_read_too_much_is_waited_for_and_by_nobody_else() {
        let reads = reads();
        for _ in 0..3 {
            assert_eq!(wait_of(&reads, 1), None);
            reads.count(IdPengguna(1), Reading::Tamu, 1);
        }
        assert_eq!(wait_of(&reads, 1), Some(Duration::from_secs(10)));
        assert_eq!(wait_of(&reads, 2), None, "another user");
        assert!(reads.check(IdPengguna(1), Reading::Nomor).is_ok(), "something else");
        tokio::time::advance(Duration::from_secs(10)).await;
        assert_eq!(wait_of(&reads, 1), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_long_answer_is_owed() {
        let reads = reads();
        assert_eq!(wait_of(&reads, 1), None);
        reads.count(IdPengguna(1), Reading::Tamu, 50);
        assert_eq!(wait_of(&reads, 1), Some(Duration::from_secs(480)));
        tokio::time::advance(Duration::from_secs(480)).await;
        assert_eq!(wait_of(&reads, 1), None);
    }

    #[tokio::test(start_paused = true)]
    async fn who_owes_nothing_is_forgotten() {
        let reads = reads();
        for id in 0..5000 {
            reads.count(IdPengguna(id), Reading::Tamu, 1);
            tokio::time::advance(Duration::from_secs(11)).await;
        }
        assert!(reads.by_user.lock().unwrap().len() <= REMEMBERED);
    }
}
