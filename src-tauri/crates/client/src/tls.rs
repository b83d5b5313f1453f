//! TLS for requests and for the subscription. Both use one configuration, so that both trust the same server.

use std::{sync::Arc, time::Duration};

use rustls::{ClientConfig, crypto::CryptoProvider, pki_types::ServerName};
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::{TlsConnector, client::TlsStream};

use crate::{
    Error, Fingerprint, Result, ServerAddress, Unreachable,
    pin::{self, PinVerifier},
};

/// The fingerprint of the certificate that answers at this address, for a person to compare when pairing. Of a server
/// that has renewed its certificate, it is the first one's, which the server goes on showing.
///
/// Connects without trusting it: sends nothing over the connection and uses nothing read from it.
///
/// # Errors
/// [`Error::Unreachable`] after at most 10 s, [`Error::Tls`], and [`Error::Address`] for an `http` address.
pub async fn fetch_fingerprint(address: &ServerAddress) -> Result<Fingerprint> {
    if address.is_plain() {
        return Err(Error::Address("http has no certificate"));
    }
    let provider = provider();
    let config = builder(&provider)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(PinVerifier::any(provider)))
        .with_no_client_auth();
    let tcp = connect_tcp(address, Duration::from_secs(3)).await?;
    let handshake = timeout(Duration::from_secs(7), connect(address, Arc::new(config), tcp));
    let stream = handshake.await.map_err(|_| Unreachable::Timeout)??;
    let certificate = stream.get_ref().1.peer_certificates().and_then(pin::lasting);
    certificate.map(Fingerprint::of).ok_or_else(|| Error::Tls("the server showed no certificate".to_owned()))
}

/// Trusts the address's pin, or the system's authorities if it has none.
pub(crate) fn config(address: &ServerAddress) -> Result<ClientConfig> {
    let provider = provider();
    let builder = builder(&provider)?;
    let mut config = match address.fingerprint() {
        Some(fingerprint) => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(PinVerifier::exactly(fingerprint, provider)))
            .with_no_client_auth(),
        None => {
            builder.with_platform_verifier().map_err(|e| Error::Tls(e.to_string()))?.with_no_client_auth()
        }
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// Makes a TLS connection to the address. The caller limits the time.
pub(crate) async fn connect(
    address: &ServerAddress,
    config: Arc<ClientConfig>,
    tcp: TcpStream,
) -> Result<TlsStream<TcpStream>> {
    let (host, _) = address.host_and_port();
    let name = ServerName::try_from(host).map_err(|_| Error::Address("the host's name is not valid"))?;
    TlsConnector::from(config).connect(name, tcp).await.map_err(|error| Error::from_io(&error))
}

/// Makes a TCP connection to the address.
pub(crate) async fn connect_tcp(address: &ServerAddress, limit: Duration) -> Result<TcpStream> {
    let connected = timeout(limit, TcpStream::connect(address.host_and_port())).await;
    let tcp = connected.map_err(|_| Unreachable::Connect)?.map_err(|_| Unreachable::Connect)?;
    tcp.set_nodelay(true).map_err(|_| Unreachable::Cut)?;
    Ok(tcp)
}

fn builder(
    provider: &Arc<CryptoProvider>,
) -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>> {
    ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::Tls(error.to_string()))
}

/// Names the provider itself, so that the crate works however the program was started.
fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::aws_lc_rs::default_provider())
}
