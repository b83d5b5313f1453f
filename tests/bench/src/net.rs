//! Connections to a server under test, with TLS or without. TLS trusts exactly the certificate that the server was
//! given, whatever name it bears.

mod stamped;

use std::{
    io,
    net::SocketAddr,
    path::Path,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::SystemTime,
};

use anyhow::{Context as _, Result};
use client::{Fingerprint, pin::PinVerifier};
use rustls::{
    ClientConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use stamped::Stamped;

/// The address of a server under test, and how to trust it.
#[derive(Clone)]
pub struct Address {
    socket: SocketAddr,
    tls: Option<TlsConnector>,
}

impl Address {
    /// Takes the URL that a server printed, and the certificate that it was given.
    ///
    /// # Errors
    /// If either cannot be used.
    pub fn new(url: &str, certificate: &Path) -> Result<Self> {
        let (scheme, socket) = url.split_once("://").with_context(|| format!("{url} is no URL"))?;
        let socket = socket.parse().with_context(|| format!("{url} names no address"))?;
        let tls = if scheme == "https" { Some(connector(certificate)?) } else { None };
        Ok(Self { socket, tls })
    }

    /// A new connection.
    ///
    /// # Errors
    /// The network's.
    pub async fn connect(&self) -> io::Result<Stream> {
        let tcp = TcpStream::connect(self.socket).await?;
        tcp.set_nodelay(true)?;
        let tcp = Stamped::new(tcp)?;
        let Some(tls) = &self.tls else { return Ok(Stream::Plain(tcp)) };
        let name = ServerName::IpAddress(self.socket.ip().into());
        Ok(Stream::Tls(Box::new(tls.connect(name, tcp).await?)))
    }

    /// The header `Host`.
    pub fn host(&self) -> String {
        self.socket.to_string()
    }
}

fn connector(certificate: &Path) -> Result<TlsConnector> {
    let certificate = CertificateDer::from_pem_file(certificate).context("the certificate cannot be read")?;
    let fingerprint = Fingerprint::of(&certificate);
    let provider = Arc::new(aws_lc_rs::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(PinVerifier::exactly(fingerprint, provider)))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsConnector::from(Arc::new(config)))
}

/// A connection.
pub enum Stream {
    /// Without TLS.
    Plain(Stamped),
    /// With TLS.
    Tls(Box<TlsStream<Stamped>>),
}

impl Stream {
    /// When the last bytes that were read came to this computer.
    pub fn arrived(&self) -> SystemTime {
        match self {
            Self::Plain(stream) => stream.arrived(),
            Self::Tls(stream) => stream.get_ref().0.arrived(),
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(cx, buf),
            Self::Tls(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_write(cx, buf),
            Self::Tls(stream) => Pin::new(stream).poll_write(cx, buf),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_flush(cx),
            Self::Tls(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Tls(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}
