//! Verifies the certificate of a paired connection: exactly one certificate is right.
//!
//! Host name, authority and dates are not checked. The address changes with the school's router; the server signs its
//! own certificate; and a PC whose clock is wrong must reach the server that can tell it so. That the other end holds
//! the certificate's key is verified as always.

use std::sync::Arc;

use rustls::{
    CertificateError, DigitallySignedStruct, Error, OtherError, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
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

impl ServerCertVerifier for PinVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match self.pinned {
            Some(pinned) if pinned != Fingerprint::of(end_entity) => {
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
