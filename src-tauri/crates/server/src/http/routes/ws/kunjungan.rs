//! The event stream of a guest's page, which follows one visit by its code.

use std::{sync::Arc, time::Duration};

use axum::extract::ws::{Utf8Bytes, WebSocket};
use domain::json::Event;

use crate::{
    error::ApiError,
    hub::{
        self, Hub,
        connection::{Close, Frames, Times},
        follower::{Follower, Look},
    },
    kunjungan::VisitByCode,
    state::AppState,
};

/// A page is open for a visit, not for good. It comes back if it is.
const LIFETIME_MAX: Duration = Duration::from_secs(12 * 60 * 60);

/// A guest's page that follows a visit.
pub(super) struct Following {
    state: AppState,
    kode: String,
    follower: Arc<Follower>,
}

impl Following {
    /// Lets a code's page follow its visit, until the code ends.
    pub(super) async fn begin(state: &AppState, kode: String) -> Result<(Self, Duration), Option<Close>> {
        let visit = VisitByCode::find(state, &kode).await.map_err(|error| Some(reason(&error)))?;
        let left = visit.ends_at().and_then(|end| (end - state.clock.now()).to_std().ok());
        let lifetime = left.map_or(LIFETIME_MAX, |left| left.min(LIFETIME_MAX));
        let follower = Follower::new(visit.row.id);
        Ok((Self { state: state.clone(), kode, follower }, lifetime))
    }

    /// Tells the page of its visit until the connection is to end. Answers why it ends, or `None` if the other end has
    /// gone.
    pub(super) async fn run(
        &self,
        hub: &Hub,
        socket: &mut WebSocket,
        frames: Frames,
        times: Times,
    ) -> Option<Close> {
        // First the hub, then the visit: a change between the two is told twice rather than never.
        hub.follow(&self.follower);
        let reason = self.follower.run(socket, frames, times, self).await;
        hub.unfollow(&self.follower);
        reason
    }
}

impl Look for Following {
    async fn look(&self) -> Result<Utf8Bytes, Close> {
        let visit = VisitByCode::find(&self.state, &self.kode).await.map_err(|error| reason(&error))?;
        let data = visit.show(&self.state, &self.state.settings.now().setelan);
        Ok(hub::encode(&Event::Kunjungan { data }))
    }
}

/// Why a page is sent away whose visit cannot be shown.
fn reason(error: &ApiError) -> Close {
    match error {
        ApiError::NotFound => Close::Unauthenticated,
        ApiError::CodeEnded => Close::TokenExpired,
        _ => Close::Unavailable,
    }
}
