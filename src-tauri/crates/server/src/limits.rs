//! Limits how much one caller may ask, on every route, so that no broken or hostile device keeps the server from
//! others.
//!
//! A caller is a signed-in user, or the address of a client that shows no valid token. Requests that come too often are
//! refused at once. Only a limited number is answered at the same time; the rest waits a moment for its turn and is
//! refused after that. A busy desk notices nothing of this. An answer that its client does not take still holds its
//! turn.

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

/// For whom a request is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Caller {
    /// A user or a guest.
    User(Box<str>),
    /// A client that shows no valid token.
    Network(Network),
}

impl Caller {
    /// The owner for whom a connection is counted.
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
    /// Limits that know the connections over which requests come.
    pub(crate) fn new(places: Places) -> Self {
        Self { rates: Rates::default(), turns: Turns::default(), places }
    }
    /// Waits for the caller's turn. The request costs `tenths` tenths of a request.
    ///
    /// # Errors
    /// [`ApiError::TooMany`].
    pub(crate) async fn admit(&self, caller: &Caller, rate: Rate, tenths: u32) -> Result<Turn, ApiError> {
        self.rates.spend(caller, rate, tenths).map_err(ApiError::TooMany)?;
        self.turns.take(caller.clone()).await
    }

    /// Marks the connection as the caller's, whose identity is proved. Such a connection is kept before those of
    /// strangers.
    pub(crate) fn prove(&self, place: &Arc<Place>, caller: &Caller) {
        self.places.prove(place, &caller.owner());
    }

    /// Makes an answer that holds its turn until the client has taken it.
    pub(crate) fn hold(&self, answer: Body, turn: Turn, place: Arc<Place>) -> Body {
        Answer::new(answer, turn, place).into_body()
    }
}
