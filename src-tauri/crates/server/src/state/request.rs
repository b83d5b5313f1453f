//! What one request sees.

use std::{ops::Deref, sync::Arc};

use domain::Setelan;

use super::AppState;

/// What the server holds, and the settings as they were when the request came. A request sees one set of settings from
/// beginning to end, even if they are changed meanwhile.
pub(crate) struct RequestState {
    app: AppState,
    /// The settings.
    pub(crate) setelan: Arc<Setelan>,
}

impl RequestState {
    /// A state with the settings that a request has found.
    pub(crate) fn new(app: AppState, setelan: Arc<Setelan>) -> Self {
        Self { app, setelan }
    }
}

impl Deref for RequestState {
    type Target = AppState;

    fn deref(&self) -> &AppState {
        &self.app
    }
}
