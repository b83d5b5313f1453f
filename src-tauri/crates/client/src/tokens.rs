//! Where the refresh token outlives the program. The access token is never here: it stays in memory.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use zeroize::Zeroizing;

use crate::Result;

/// A token that cannot slip into a log, and is wiped from memory when it is dropped.
#[derive(Clone)]
pub struct Secret(Arc<Zeroizing<String>>);

impl Secret {
    /// The token itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(Arc::new(Zeroizing::new(text.to_owned())))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A place for one refresh token.
#[derive(Clone, Debug)]
pub enum TokenStore {
    /// Nowhere: the session ends with the program.
    Memory(Arc<Mutex<Option<Secret>>>),
}

impl TokenStore {
    /// Nowhere: the session ends with the program.
    pub fn memory() -> Self {
        Self::Memory(Arc::default())
    }

    pub(crate) async fn load(&self) -> Result<Option<Secret>> {
        let Self::Memory(slot) = self;
        Ok(slot.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    pub(crate) async fn save(&self, token: &Secret) -> Result<()> {
        let Self::Memory(slot) = self;
        *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
        Ok(())
    }

    pub(crate) async fn clear(&self) -> Result<()> {
        let Self::Memory(slot) = self;
        *slot.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(())
    }
}
