//! Accepts connections, and gives each its place.

mod files;
mod place;
mod places;
mod stream;

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::extract::connect_info::Connected;
use axum_server::{AddrListener, Address};
use tokio::net::{TcpListener, TcpSocket};

pub(crate) use files::open_files_max;
pub(crate) use places::{Caps, Place, Places};
pub(crate) use stream::Stream;

/// The most that the system keeps for a client that does not read. Its own limit would be megabytes.
const SEND_BUFFER_BYTES: u32 = 256 << 10;

/// Connections that may wait to be accepted.
const BACKLOG: u32 = 1024;

/// The other end of a connection.
#[derive(Clone, Debug)]
pub(crate) struct Peer {
    /// Its address. If a proxy stands between, it is the proxy's.
    pub(crate) address: SocketAddr,
    pub(crate) place: Arc<Place>,
}

impl Address for Peer {
    type Stream = Stream;
    type Listener = Listener;
}

impl Connected<Peer> for Peer {
    fn connect_info(peer: Peer) -> Self {
        peer
    }
}

/// Accepts a connection if there is a place for it.
#[derive(Debug)]
pub(crate) struct Listener {
    tcp: TcpListener,
    places: Places,
    sent_within: Duration,
}

impl Listener {
    /// Listens at an address. A client has `sent_within` to take what it is sent.
    ///
    /// # Errors
    /// The system's.
    pub(crate) fn bind(address: SocketAddr, places: Places, sent_within: Duration) -> io::Result<Self> {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        // As the standard library does. Elsewhere it would let another program listen beside this one.
        #[cfg(unix)]
        socket.set_reuseaddr(true)?;
        // Accepted connections inherit it.
        socket.set_send_buffer_size(SEND_BUFFER_BYTES)?;
        socket.bind(address)?;
        Ok(Self { tcp: socket.listen(BACKLOG)?, places, sent_within })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// The system's.
    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.tcp.local_addr()
    }
}

impl AddrListener<Stream, Peer> for Listener {
    async fn bind_to(peer: Peer) -> io::Result<Self> {
        Self::bind(peer.address, Places::default(), Duration::MAX)
    }

    /// An error makes the caller wait for a moment before it tries again.
    async fn accept_stream(&self) -> io::Result<(Stream, Peer)> {
        loop {
            let (tcp, address) = match self.tcp.accept().await {
                Ok(accepted) => accepted,
                Err(error) if is_the_connections(&error) => continue,
                Err(error) => {
                    self.places.could_not_accept(&error);
                    return Err(error);
                }
            };
            // An alert is a small packet and must not wait for the next one. This fails if the other end has gone
            // already.
            if tcp.set_nodelay(true).is_err() {
                continue;
            }
            if let Some(place) = self.places.take(address.ip()) {
                let peer = Peer { address, place: place.clone() };
                return Ok((Stream::new(tcp, place, self.places.clone(), self.sent_within), peer));
            }
        }
    }

    fn get_local_addr(&self) -> io::Result<Peer> {
        Ok(Peer { address: self.address()?, place: Arc::default() })
    }
}

/// Whether only this one connection has failed, before it was accepted.
fn is_the_connections(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    matches!(error.kind(), Kind::ConnectionAborted | Kind::ConnectionReset | Kind::ConnectionRefused)
}
