//! Gives up connections that do not say in time which protocol they speak.
//!
//! hyper's own limits begin once it knows the protocol. Without this, a connection that stays silent, or stops inside
//! the preface of HTTP/2, would be kept for ever.

use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum_server::accept::Accept;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Sleep, sleep},
};

/// What a client that speaks HTTP/2 sends first (RFC 9113, section 3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// Accepts connections as `inner` does. Each has the time `within` to show its protocol.
#[derive(Clone)]
pub(crate) struct OpensWithin<A> {
    pub(crate) inner: A,
    pub(crate) within: Duration,
}

impl<A, I, S> Accept<I, S> for OpensWithin<A>
where
    A: Accept<I, S, Future: Send + 'static, Stream: Send, Service: Send>,
{
    type Stream = Opening<A::Stream>;
    type Service = A::Service;
    type Future = Pin<Box<dyn Future<Output = io::Result<(Self::Stream, Self::Service)>> + Send>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        let (accepting, within) = (self.inner.accept(stream, service), self.within);
        Box::pin(async move {
            let (stream, service) = accepting.await?;
            let undecided = Some(Undecided { deadline: Box::pin(sleep(within)), seen: 0 });
            Ok((Opening { stream, undecided }, service))
        })
    }
}

/// A connection whose client may still have to show its protocol.
pub(crate) struct Opening<S> {
    stream: S,
    undecided: Option<Undecided>,
}

struct Undecided {
    deadline: Pin<Box<Sleep>>,
    /// Bytes of the preface that have come.
    seen: usize,
}

impl<S: AsyncRead + Unpin> AsyncRead for Opening<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buf.filled().len();
        let read = Pin::new(&mut this.stream).poll_read(cx, buf);
        let Some(undecided) = &mut this.undecided else { return read };
        if read.is_pending() {
            ready!(undecided.deadline.as_mut().poll(cx));
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        let (new, missing) = (&buf.filled()[before..], &PREFACE[undecided.seen..]);
        if !new.is_empty() && new.len() < missing.len() && missing.starts_with(new) {
            undecided.seen += new.len();
        } else {
            this.undecided = None;
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Opening<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
