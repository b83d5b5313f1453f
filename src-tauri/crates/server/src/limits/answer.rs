//! An answer that is being sent. Until the client has taken every byte, it keeps its request's turn, and its connection
//! counts it as not taken.
//!
//! Without this, a client that reads nothing, or never opens HTTP/2's window further, could fill this program's memory
//! with thousands of waiting answers. Their handlers would have counted each of them as given long ago.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    Error,
    body::{Body, Bytes, HttpBody},
};
use http_body::{Frame, SizeHint};
use tokio::time::Instant;

use super::turns::Turn;
use crate::listener::Place;

/// A body, and what it holds until the client has taken it.
pub(super) struct Answer {
    body: Body,
    held: Arc<Held>,
}

/// Ends the turn and tells the place when the last of the answer's bytes is dropped.
struct Held {
    _turn: Turn,
    place: Arc<Place>,
    answered: Instant,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.place.taken(self.answered);
    }
}

impl Answer {
    /// Counts the answer as given from now on.
    pub(super) fn new(body: Body, turn: Turn, place: Arc<Place>) -> Self {
        let answered = place.answered();
        Self { body, held: Arc::new(Held { _turn: turn, place, answered }) }
    }

    /// Turns it into a body again. An empty body holds nothing.
    pub(super) fn into_body(self) -> Body {
        match self.body.is_end_stream() {
            true => self.body,
            false => Body::new(self),
        }
    }
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let held = self.held.clone();
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        frame.map_ok(|frame| frame.map_data(|bytes| Bytes::from_owner(Untaken { bytes, _held: held })))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Bytes that are still to be sent.
struct Untaken {
    bytes: Bytes,
    _held: Arc<Held>,
}

impl AsRef<[u8]> for Untaken {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use axum::body::to_bytes;

    use super::{super::Caller, super::turns::Turns, *};

    async fn answer(turns: &Turns, body: Body) -> Body {
        let turn = turns.take(Caller::User("satu".into())).await.unwrap();
        Answer::new(body, turn, Arc::default()).into_body()
    }

    #[tokio::test]
    async fn a_turn_lasts_until_the_last_byte_is_taken() {
        let turns = Turns::default();
        let mut body = answer(&turns, Body::from("kata")).await;
        assert_eq!(body.size_hint().exact(), Some(4), "its length is still told");
        let frame = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await.unwrap().unwrap();
        drop(body);
        assert_eq!(turns.under_way(), 1, "read, and not yet sent");
        let bytes = frame.into_data().unwrap();
        assert_eq!(bytes, "kata");
        let part = bytes.slice(2..);
        drop(bytes);
        assert_eq!(turns.under_way(), 1);
        drop(part);
        assert_eq!(turns.under_way(), 0);
    }

    #[tokio::test]
    async fn a_turn_ends_with_an_answer_that_nobody_wants() {
        let turns = Turns::default();
        drop(answer(&turns, Body::from("kata")).await);
        assert_eq!(turns.under_way(), 0);
        let empty = answer(&turns, Body::empty()).await;
        assert_eq!(turns.under_way(), 0, "nothing is to be sent");
        assert_eq!(to_bytes(empty, 1).await.unwrap().len(), 0);
    }
}
