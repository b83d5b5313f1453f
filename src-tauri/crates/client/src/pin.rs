//! Verifies the certificate of a paired connection: exactly one is right, or one with its key that stands before it.
//!
//! A server that renews its certificate keeps the key, and goes on showing the certificate by which it was paired. That
//! the other end holds the key is verified as always; so whoever shows the paired certificate beside another one that
//! has the same key is the paired server, and nobody has to pair again.
//!
//! Host name, authority and dates are not checked. The address changes with the school's router; the server signs its
//! own certificate; and a PC whose clock is wrong must reach the server that can tell it so.

use std::sync::Arc;

use rustls::{
    CertificateError, DigitallySignedStruct, Error, OtherError, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};

use crate::Fingerprint;

/// The certificate is not the paired one.
#[derive(Debug, thiserror::Error)]
#[error("the certificate is not the paired one")]
pub(crate) struct PinMismatch;

/// Takes the certificate with this fingerprint, or any certificate, to show it before pairing.
#[derive(Debug)]
pub struct PinVerifier {
    pinned: Option<Fingerprint>,
    provider: Arc<CryptoProvider>,
}

impl PinVerifier {
    /// Takes only the certificate with this fingerprint.
    pub fn exactly(fingerprint: Fingerprint, provider: Arc<CryptoProvider>) -> Self {
        Self { pinned: Some(fingerprint), provider }
    }

    /// Takes any certificate, for a connection over which nothing is sent or believed.
    pub(crate) fn any(provider: Arc<CryptoProvider>) -> Self {
        Self { pinned: None, provider }
    }
}

/// The certificate that stands for a server: the last one that it shows with the key of the first. It stays when the
/// first is renewed.
pub(crate) fn lasting<'a, 'b>(shown: &'a [CertificateDer<'b>]) -> Option<&'a CertificateDer<'b>> {
    let (first, others) = shown.split_first()?;
    of_one_key(first, others).last()
}

/// A certificate, and the others that have its key.
fn of_one_key<'a, 'b>(
    first: &'a CertificateDer<'b>,
    others: &'a [CertificateDer<'b>],
) -> impl Iterator<Item = &'a CertificateDer<'b>> {
    let key_of = |certificate: &CertificateDer<'_>| {
        ParsedCertificate::try_from(certificate).ok().map(|parsed| parsed.subject_public_key_info())
    };
    let key = key_of(first);
    let have_it = others.iter().filter(move |other| key.is_some() && key_of(other) == key);
    std::iter::once(first).chain(have_it)
}

impl ServerCertVerifier for PinVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match self.pinned {
            Some(pinned)
                if !of_one_key(end_entity, intermediates).any(|one| pinned == Fingerprint::of(one)) =>
            {
                Err(CertificateError::Other(OtherError(Arc::new(PinMismatch))).into())
            }
            _ => Ok(ServerCertVerified::assertion()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
