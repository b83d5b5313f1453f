//! Made-up certificates, and TLS under axum. Each handshake has a task, so that one that is cut keeps nobody waiting.

use std::{net::SocketAddr, sync::Arc};

use axum::serve::Listener;
use client::Fingerprint;
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs::{default_provider, sign::any_supported_type},
    pki_types::{CertificateDer, PrivateKeyDer},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::mpsc,
    task::JoinSet,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

/// A certificate and a key. They need not belong together.
#[derive(Debug)]
pub(crate) struct Identity {
    certificate: CertificateDer<'static>,
    /// Shown with it.
    former: Vec<CertificateDer<'static>>,
    key: KeyPair,
}

impl Identity {
    pub(crate) fn new() -> Self {
        Self::made(CertificateParams::new(vec!["bukutamu.invalid".to_owned()]).unwrap())
    }

    /// Its certificate ended long ago.
    pub(crate) fn expired() -> Self {
        let mut params = CertificateParams::new(vec!["bukutamu.invalid".to_owned()]).unwrap();
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(2001, 1, 1);
        Self::made(params)
    }

    /// Shows this certificate, which everybody can read from the line, without its key.
    pub(crate) fn impostor(&self) -> Self {
        Self { key: KeyPair::generate().unwrap(), ..self.again() }
    }

    /// Has another certificate for the same key, and shows the former one with it.
    pub(crate) fn renewed(&self) -> Self {
        let former = self.certificate.clone();
        Self { certificate: Self::signed(&self.key), former: vec![former], key: self.key_again() }
    }

    /// The same, and shows the former one no more.
    pub(crate) fn renewed_and_forgotten(&self) -> Self {
        Self { former: Vec::new(), ..self.renewed() }
    }

    /// Another server, which shows this one's certificate beside its own.
    pub(crate) fn beside(&self) -> Self {
        Self { former: vec![self.certificate.clone()], ..Self::new() }
    }

    fn again(&self) -> Self {
        Self { certificate: self.certificate.clone(), former: self.former.clone(), key: self.key_again() }
    }

    fn key_again(&self) -> KeyPair {
        KeyPair::try_from(self.key.serialize_der()).unwrap()
    }

    fn signed(key: &KeyPair) -> CertificateDer<'static> {
        let params = CertificateParams::new(vec!["bukutamu.invalid".to_owned()]).unwrap();
        params.self_signed(key).unwrap().der().clone()
    }

    fn made(params: CertificateParams) -> Self {
        let key = KeyPair::generate().unwrap();
        Self { certificate: params.self_signed(&key).unwrap().der().clone(), former: Vec::new(), key }
    }

    pub(crate) fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.certificate)
    }

    pub(crate) fn config(&self) -> ServerConfig {
        let key = PrivateKeyDer::Pkcs8(self.key.serialize_der().into());
        // `with_single_cert` would refuse an impostor.
        let shown = [vec![self.certificate.clone()], self.former.clone()].concat();
        let certified = CertifiedKey::new(shown, any_supported_type(&key).unwrap());
        ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(Always(Arc::new(certified))))
    }
}

#[derive(Debug)]
struct Always(Arc<CertifiedKey>);

impl ResolvesServerCert for Always {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.clone())
    }
}

pub(crate) struct TlsListener {
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: SocketAddr,
    _tasks: JoinSet<()>,
}

impl TlsListener {
    pub(crate) fn new(listener: TcpListener, config: ServerConfig) -> Self {
        let address = listener.local_addr().unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let (sender, ready) = mpsc::channel(64);
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            while let Ok((tcp, peer)) = listener.accept().await {
                let _ = tcp.set_nodelay(true);
                let (acceptor, sender) = (acceptor.clone(), sender.clone());
                tokio::spawn(async move {
                    if let Ok(tls) = acceptor.accept(tcp).await {
                        let _ = sender.send((tls, peer)).await;
                    }
                });
            }
        });
        Self { ready, address, _tasks: tasks }
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(connection) => connection,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        Ok(self.address)
    }
}
