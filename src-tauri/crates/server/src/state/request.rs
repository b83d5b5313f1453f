//! What one request sees.

use std::{ops::Deref, sync::Arc};

use chrono::{DateTime, Utc};
use domain::Setelan;

use super::AppState;

/// What the server holds, and the settings as they were when the request came. A request sees one set of settings from
/// beginning to end, even if they are changed meanwhile.
pub(crate) struct RequestState {
    app: AppState,
    /// The settings.
    pub(crate) setelan: Arc<Setelan>,
    /// When it happened, if a desk tells it later.
    told_later: Option<DateTime<Utc>>,
}

impl RequestState {
    /// A state with the settings that a request has found.
    pub(crate) fn new(app: AppState, setelan: Arc<Setelan>) -> Self {
        Self { app, setelan, told_later: None }
    }

    /// The same for what happened `then`, and is told only now: its clock stands there.
    pub(crate) fn at_the_time(mut self, then: DateTime<Utc>) -> Self {
        self.app.clock = self.app.clock.standing_at(then);
        Self { told_later: Some(then), ..self }
    }

    /// When it happened, if a desk tells it later.
    pub(crate) fn told_later(&self) -> Option<DateTime<Utc>> {
        self.told_later
    }
}

impl Deref for RequestState {
    type Target = AppState;

    fn deref(&self) -> &AppState {
        &self.app
    }
}
