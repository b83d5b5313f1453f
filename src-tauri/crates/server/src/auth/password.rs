//! bcrypt, off the async threads, and never more at once than the computer has cores for.

use std::{sync::Arc, thread};

use domain::password::{self, Known, Rating};
use tokio::task;

use super::queue::{Place, Queue, Visitor};
use crate::error::ApiError;

/// bcrypt's cost in service.
pub const COST: u32 = 12;

/// Letters and digits that nobody mistakes for one another.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789A";

/// Hashes and checks passwords.
#[derive(Clone)]
pub struct Passwords {
    cost: u32,
    queue: Queue,
    /// What a password is compared with if there is no account, so that the time tells nothing.
    nobody: Arc<str>,
}

impl Passwords {
    /// `cost` is from 4 to 31: [`COST`], except in tests.
    ///
    /// # Errors
    /// The cost is out of range.
    pub fn new(cost: u32) -> Result<Self, bcrypt::BcryptError> {
        let nobody = bcrypt::hash("nobody has this password", cost)?.into();
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Ok(Self { cost, queue: Queue::new(cores), nobody })
    }

    /// The queue in front of the hashing.
    pub(crate) fn queue(&self) -> Queue {
        self.queue.clone()
    }

    /// The hash of a new password. Only known visitors set one.
    ///
    /// # Errors
    /// [`ApiError::Busy`] if too many do; [`ApiError::Internal`].
    pub async fn hash(&self, password: String) -> Result<String, ApiError> {
        let (cost, place) = (self.cost, Arc::new(self.queue.enter(Visitor::Known)?));
        self.run(place, move || bcrypt::hash(password::composed(&password), cost)).await
    }

    /// Whether it is the password that was hashed. If there is no hash, the answer is no, after the same time. The
    /// place in the queue is held until the work is done, even if nobody waits for the answer any more.
    ///
    /// # Errors
    /// [`ApiError::Internal`].
    pub(crate) async fn verify(
        &self,
        place: Arc<Place>,
        password: String,
        hash: Option<String>,
    ) -> Result<bool, ApiError> {
        metrics::counter!("bukutamu_password_checks_total").increment(1);
        // bcrypt reads 72 bytes. No longer password was ever accepted.
        let is_possible = password.len() <= 72 && !password.contains('\0');
        let known = is_possible && hash.is_some();
        let hash = hash.filter(|_| known).unwrap_or_else(|| self.nobody.to_string());
        // How many they are follows from what was typed alone, so the time tells nothing.
        let readings = if is_possible { password::readings(&password) } else { vec!["x".to_owned()] };
        let verify = move || {
            let mut fits = false;
            for reading in readings {
                fits |= bcrypt::verify(reading, &hash)?;
            }
            Ok(fits)
        };
        Ok(self.run(place, verify).await? && known)
    }

    /// Whether it is the password that was hashed, asked at the server's own computer.
    ///
    /// # Errors
    /// [`ApiError::Busy`] if too many ask; [`ApiError::Internal`].
    pub(crate) async fn fits(&self, password: String, hash: String) -> Result<bool, ApiError> {
        let place = Arc::new(self.queue.enter(Visitor::Known)?);
        self.verify(place, password, Some(hash)).await
    }

    /// How hard a password is to guess. Rating can take as long as hashing, so it waits for a turn too.
    ///
    /// # Errors
    /// [`ApiError::Busy`] if too many ask; [`ApiError::Internal`].
    pub(crate) async fn rate(&self, password: String, known: Known) -> Result<Rating, ApiError> {
        let place = Arc::new(self.queue.enter(Visitor::Known)?);
        self.run(place, move || Ok(domain::password::rate(&password, &known))).await
    }

    async fn run<T: Send + 'static>(
        &self,
        place: Arc<Place>,
        work: impl FnOnce() -> Result<T, bcrypt::BcryptError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let turn = self.queue.turn(place.visitor()).await?;
        let done = task::spawn_blocking(move || {
            let _held = (turn, place);
            work()
        });
        match done.await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => {
                tracing::error!(%error, "password hash cannot be used");
                Err(ApiError::Internal)
            }
            Err(_) => Err(ApiError::Internal),
        }
    }
}

/// A temporary password: 12 characters of an alphabet of 32, 60 random bits.
///
/// # Errors
/// [`ApiError::Internal`] if the operating system gives no random numbers.
pub fn temporary() -> Result<String, ApiError> {
    let mut bytes = [0; 12];
    getrandom::fill(&mut bytes).map_err(|_| ApiError::Internal)?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn right_wrong_and_nobodys_passwords() {
        let passwords = Passwords::new(4).unwrap();
        let hash = passwords.hash("meja hijau 7".to_owned()).await.unwrap();
        let verify = |password: &str, hash| {
            let place = Arc::new(passwords.queue.enter(Visitor::Known).unwrap());
            passwords.verify(place, password.to_owned(), hash)
        };
        assert!(verify("meja hijau 7", Some(hash.clone())).await.unwrap());
        assert!(!verify("meja hijau 8", Some(hash.clone())).await.unwrap());
        assert!(!verify(&"a".repeat(100), Some(hash)).await.unwrap());
        let typed = passwords.hash("kuda-laut-\u{e9}".to_owned()).await.unwrap();
        for way in ["kuda-laut-\u{e9}", "kuda-laut-e\u{301}", " kuda-laut-\u{e9}\n"] {
            assert!(verify(way, Some(typed.clone())).await.unwrap(), "{way:?}");
        }
        assert!(!verify("kuda-laut-e", Some(typed)).await.unwrap());
        assert!(!verify("x", None).await.unwrap());
        assert!(!verify("nobody has this password", None).await.unwrap());
    }

    #[test]
    fn temporary_passwords_are_long_enough_and_differ() {
        let (one, two) = (temporary().unwrap(), temporary().unwrap());
        assert_eq!(domain::password::check_new(&one, &Known::default()), Ok(()));
        assert_ne!(one, two);
    }
}
