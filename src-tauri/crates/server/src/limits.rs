//! How much one caller may ask, on every route, so that no device, broken or hostile, takes the server from the others.
//!
//! A caller is a signed-in user, or the address of whoever shows no genuine token. What comes too often is refused at
//! once. Of what comes at once, so much is answered at a time; the rest waits its turn for a moment, and is refused
//! after it: a busy desk notices nothing. An answer that its client does not take still holds its turn.

mod answer;
mod rates;
mod turns;

use std::sync::Arc;

use axum::body::Body;

use crate::{
    address::Network,
    error::ApiError,
    listener::{Place, Places},
};
use answer::Answer;
pub use rates::Rate;
use rates::Rates;
pub(crate) use turns::Turn;
use turns::Turns;

/// Whom a request is counted for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Caller {
    /// A user or a guest.
    User(Box<str>),
    /// Whoever shows no genuine token.
    Network(Network),
}

impl Caller {
    /// For whom a connection is counted.
    fn owner(&self) -> String {
        match self {
            Self::User(user) => user.to_string(),
            Self::Network(network) => format!("{network:?}"),
        }
    }
}

/// What every caller has asked lately.
#[derive(Clone)]
pub(crate) struct Limits {
    rates: Rates,
    turns: Turns,
    places: Places,
}

impl Limits {
    /// With the places of the connections over which requests come.
    pub(crate) fn new(places: Places) -> Self {
        Self { rates: Rates::default(), turns: Turns::default(), places }
    }
    /// Waits for the caller's turn to ask something that costs so many tenths of a request.
    ///
    /// # Errors
    /// [`ApiError::TooMany`].
    pub(crate) async fn admit(&self, caller: &Caller, rate: Rate, tenths: u32) -> Result<Turn, ApiError> {
        self.rates.spend(caller, rate, tenths).map_err(ApiError::TooMany)?;
        self.turns.take(caller.clone()).await
    }

    /// The caller is who they say: their connection is kept before those of strangers.
    pub(crate) fn prove(&self, place: &Arc<Place>, caller: &Caller) {
        self.places.prove(place, &caller.owner());
    }

    /// An answer that holds its turn until the client has taken it.
    pub(crate) fn hold(&self, answer: Body, turn: Turn, place: Arc<Place>) -> Body {
        Answer::new(answer, turn, place).into_body()
    }
}
