//! How much one session may ask at once, so that no device, broken or hostile, takes the server from the others.
//!
//! What comes beyond that waits its turn for a moment, and is refused after it: a busy desk notices nothing.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::{app::AppState, error::ApiError, extract::bearer};

/// Requests of one session under way at once.
const AT_ONCE: usize = 64;

/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// Requests under way, by session.
#[derive(Clone, Default)]
pub(crate) struct Limits(Arc<Mutex<HashMap<String, Weak<Semaphore>>>>);

impl Limits {
    async fn turn(&self, id_sesi: String) -> Result<OwnedSemaphorePermit, ApiError> {
        let turns = self.turns(id_sesi);
        match timeout(PATIENCE, turns.acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) | Err(_) => Err(ApiError::TooMany(PATIENCE)),
        }
    }

    /// The session's turns; those of sessions without a request are forgotten on the way.
    fn turns(&self, id_sesi: String) -> Arc<Semaphore> {
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turns) = sessions.get(&id_sesi).and_then(Weak::upgrade) {
            return turns;
        }
        if sessions.len() >= 1024 {
            sessions.retain(|_, turns| turns.strong_count() > 0);
        }
        let turns = Arc::new(Semaphore::new(AT_ONCE));
        sessions.insert(id_sesi, Arc::downgrade(&turns));
        turns
    }
}

/// Lets a request with a genuine token take its session's turn; one without is refused by its handler anyway.
pub(crate) async fn take_turns(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let claims =
        bearer(request.headers()).and_then(|token| state.tokens.verify(token, state.clock.now()).ok());
    let _turn = match claims {
        Some(claims) => Some(state.limits.turn(claims.sid).await?),
        None => None,
    };
    Ok(next.run(request).await)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn one_session_waits_and_is_refused_while_others_go_on() {
        let limits = Limits::default();
        let mut held = Vec::new();
        for _ in 0..AT_ONCE {
            held.push(limits.turn("satu".to_owned()).await.unwrap());
        }
        assert!(matches!(limits.turn("satu".to_owned()).await, Err(ApiError::TooMany(_))));
        assert!(limits.turn("dua".to_owned()).await.is_ok());
        held.pop();
        assert!(limits.turn("satu".to_owned()).await.is_ok());
    }

    #[tokio::test]
    async fn sessions_without_a_request_are_forgotten() {
        let limits = Limits::default();
        for n in 0..5000 {
            drop(limits.turn(n.to_string()).await.unwrap());
        }
        assert!(limits.0.lock().unwrap().len() <= 1024);
    }
}
