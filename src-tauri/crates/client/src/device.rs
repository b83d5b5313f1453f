//! This PC's identity at the server. The server gives it with a sign-in and knows the PC by it when somebody signs in
//! here again, so that what others guess elsewhere slows down nobody at this PC. It outlives the session and opens
//! nothing by itself. A PC without one can sign in, too.

use std::sync::{Mutex, PoisonError};

use domain::sesi::DEVICE_COOKIE;
use reqwest::header::{HeaderMap, SET_COOKIE};

use crate::{TokenStore, tokens::Secret};

/// The paths where the identity is shown and given.
const PATH: &str = "/api/auth/";

pub(crate) struct Device {
    store: TokenStore,
    identity: Mutex<Option<Secret>>,
}

impl Device {
    /// The identity that the store remembers.
    pub(crate) async fn restore(store: TokenStore) -> Self {
        let identity = store.load_device().await.unwrap_or_else(|error| {
            tracing::warn!(%error, "the identity of this PC cannot be read");
            None
        });
        Self { store, identity: Mutex::new(identity) }
    }

    /// What goes into a request's `Cookie`.
    pub(crate) fn cookie(&self, path: &str) -> Option<String> {
        let identity = self.identity.lock().unwrap_or_else(PoisonError::into_inner);
        let identity = identity.as_ref().filter(|_| path.starts_with(PATH))?;
        Some(format!("{DEVICE_COOKIE}={}", identity.expose()))
    }

    /// Keeps what an answer gives. If the store fails, the next sign-in may have to wait as a stranger's does.
    pub(crate) async fn learn(&self, path: &str, headers: &HeaderMap) {
        let Some(given) = given(headers).filter(|_| path.starts_with(PATH)) else { return };
        {
            let mut identity = self.identity.lock().unwrap_or_else(PoisonError::into_inner);
            if identity.as_ref().is_some_and(|known| known.expose() == given.expose()) {
                return;
            }
            *identity = Some(given.clone());
        }
        if let Err(error) = self.store.save_device(&given).await {
            tracing::warn!(%error, "the identity of this PC cannot be kept over a restart");
        }
    }
}

fn given(headers: &HeaderMap) -> Option<Secret> {
    headers.get_all(SET_COOKIE).iter().find_map(|cookie| {
        let (name, value) = cookie.to_str().ok()?.split(';').next()?.split_once('=')?;
        (name.trim() == DEVICE_COOKIE && !value.is_empty()).then(|| Secret::from(value.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(SET_COOKIE, cookie.parse().unwrap())])
    }

    #[tokio::test]
    async fn an_identity_is_shown_where_it_was_given_and_outlives_the_session() {
        let dir = tempfile::tempdir().unwrap();
        let store = TokenStore::file("guru", &"https://10.0.0.1".parse().unwrap(), Some(dir.path())).unwrap();
        let device = Device::restore(store.clone()).await;
        assert_eq!(device.cookie("/api/auth/login"), None);
        device.learn("/api/tamu", &answer("bukutamu_perangkat=AAA; Path=/")).await;
        device.learn("/api/auth/login", &answer("lain=AAA")).await;
        assert_eq!(device.cookie("/api/auth/login"), None);
        device.learn("/api/auth/login", &answer("bukutamu_perangkat=AAA; Path=/api/auth; HttpOnly")).await;
        store.save(&Secret::from("token")).await.unwrap();
        store.clear().await.unwrap();
        let device = Device::restore(store).await;
        assert_eq!(device.cookie("/api/auth/refresh").as_deref(), Some("bukutamu_perangkat=AAA"));
        assert_eq!(device.cookie("/api/tamu"), None);
    }

    #[tokio::test]
    async fn without_a_place_it_lasts_as_long_as_the_program() {
        let device = Device::restore(TokenStore::memory()).await;
        device.learn("/api/auth/tamu", &answer("bukutamu_perangkat=BBB")).await;
        assert_eq!(device.cookie("/api/auth/tamu").as_deref(), Some("bukutamu_perangkat=BBB"));
    }
}
