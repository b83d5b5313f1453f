//! A connection's bytes. A client that does not read, or sends without end, loses its connection.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep},
};

use super::{Place, Places};

/// A client that takes less is too slow: 1 KiB a second.
const SLOWEST_BYTES_PER_SEC: u32 = 1 << 10;

/// What a client may send at once over a WebSocket: one message of 64 KiB and what belongs to it.
const METERED_BURST_BYTES: f64 = 96.0 * 1024.0;

/// What it may send in the long run: it answers pings.
const METERED_BYTES_PER_SEC: f64 = 256.0;

/// A TCP connection in its place.
#[derive(Debug)]
pub(crate) struct Stream {
    tcp: TcpStream,
    place: Arc<Place>,
    places: Places,
    patience: Patience,
    meter: Option<Meter>,
}

impl Stream {
    pub(super) fn new(tcp: TcpStream, place: Arc<Place>, places: Places, sent_within: Duration) -> Self {
        Self { tcp, place, places, patience: Patience::new(sent_within), meter: None }
    }

    fn poll_written(
        &mut self,
        cx: &mut Context<'_>,
        write: impl FnOnce(Pin<&mut TcpStream>, &mut Context<'_>) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match write(Pin::new(&mut self.tcp), cx) {
            Poll::Ready(written) => {
                self.patience.wrote(*written.as_ref().unwrap_or(&0));
                Poll::Ready(written)
            }
            Poll::Pending => {
                self.place.wake_at_end(cx);
                self.place.check()?;
                ready!(self.patience.poll_end(cx));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
        }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.places.leave(&self.place);
    }
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buf.filled().len();
        let read = Pin::new(&mut this.tcp).poll_read(cx, buf);
        if read.is_pending() {
            this.place.wake_at_end(cx);
        }
        this.place.check()?;
        let new = buf.filled().len() - before;
        if new > 0 && this.place.is_metered() && !this.meter.get_or_insert_with(Meter::new).allows(new) {
            return Poll::Ready(Err(io::ErrorKind::QuotaExceeded.into()));
        }
        read
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.get_mut().poll_written(cx, |tcp, cx| tcp.poll_write(cx, buf))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.get_mut().poll_written(cx, |tcp, cx| tcp.poll_write_vectored(cx, bufs))
    }

    fn is_write_vectored(&self) -> bool {
        self.tcp.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}

/// How much longer a client is waited for. Waiting uses it up, and every byte that the client takes earns some of it
/// back. So a client that takes nothing, or only a byte now and then, cannot hold a connection.
#[derive(Debug)]
struct Patience {
    most: Duration,
    left: Duration,
    /// When the wait began, and when it ends.
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl Patience {
    fn new(most: Duration) -> Self {
        Self { most, left: most, waiting: None }
    }

    fn wrote(&mut self, bytes: usize) {
        if let Some((since, _)) = self.waiting.take() {
            self.left = self.left.saturating_sub(since.elapsed());
        }
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let earned = Duration::from_secs(bytes.into()) / SLOWEST_BYTES_PER_SEC;
        self.left = self.left.saturating_add(earned).min(self.most);
    }

    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let left = self.left;
        let (_, end) = self.waiting.get_or_insert_with(|| (Instant::now(), Box::pin(sleep(left))));
        end.as_mut().poll(cx)
    }
}

/// How much a client may still send.
#[derive(Debug)]
struct Meter {
    left: f64,
    at: Instant,
}

impl Meter {
    fn new() -> Self {
        Self { left: METERED_BURST_BYTES, at: Instant::now() }
    }

    fn allows(&mut self, bytes: usize) -> bool {
        let now = Instant::now();
        let earned = (now - self.at).as_secs_f64() * METERED_BYTES_PER_SEC;
        self.at = now;
        self.left = (self.left + earned).min(METERED_BURST_BYTES) - bytes as f64;
        self.left >= 0.0
    }
}
