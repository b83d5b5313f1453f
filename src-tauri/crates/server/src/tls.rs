//! The server's own certificate: made at first start, kept beside the database, pinned by clients by its fingerprint.
//!
//! What is pinned is the first certificate of the server's key. When a certificate nears its end, another one is made
//! with the same key, and the first goes along in every handshake: whoever has pinned it sees that both have one key
//! (`client::pin`), and need not pair again. So the fingerprint that people compare stays as long as the key does.

mod making;
mod names;
#[cfg(test)]
mod tests;

pub(crate) use names::addresses;

use std::{
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use axum_server::tls_rustls::RustlsConfig;
use chrono::{DateTime, Utc};
use data_encoding::HEXUPPER;
use rustls::{ServerConfig, pki_types::PrivateKeyDer, server::ParsedCertificate};
use rustls_pki_types::{CertificateDer, pem::PemObject};
use sha2::{Digest, Sha256};
use url::Url;

const CERTIFICATE: &str = "sertifikat.pem";
const PRIVATE_KEY: &str = "sertifikat.kunci.pem";

/// What a new certificate is called until its key has its name.
const CERTIFICATE_PENDING: &str = "sertifikat.pem.baru";

/// Chooses what all TLS of this process is made with, also to others, such as mail servers.
pub(crate) fn choose_provider() {
    // Fails only where it was chosen before, which is as good.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
}

/// The certificate that new connections are shown, and how clients know that it is this server's.
pub(crate) struct Certificate {
    files: Files,
    listen: SocketAddr,
    public_url: Option<Url>,
    /// For the listener. It shows new connections what was renewed.
    pub(crate) config: RustlsConfig,
    /// SHA-256 of the key's first certificate, `AA:BB:…`.
    pub(crate) fingerprint: String,
}

/// Where certificate and key are.
struct Files {
    certificate: PathBuf,
    key: PathBuf,
    pending: PathBuf,
}

impl Certificate {
    /// Reads the certificate in the data folder, and renews one that nears its end. If there is none, makes one for the
    /// names that this computer has now.
    ///
    /// A certificate without its key, or a key without its certificate, is refused: making a new one would lock out
    /// every client that has pinned the old one. If only the making was cut off, it is completed.
    pub(crate) fn load_or_create(
        data_dir: &Path,
        listen: SocketAddr,
        public_url: Option<&Url>,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let files = Files {
            certificate: data_dir.join(CERTIFICATE),
            key: data_dir.join(PRIVATE_KEY),
            pending: data_dir.join(CERTIFICATE_PENDING),
        };
        match (files.certificate.exists(), files.key.exists()) {
            (true, true) => {}
            (false, false) => making::create(&files, names::names(listen, public_url), now)?,
            (true, false) => bail!(
                "{} is missing, but its certificate is there; restore it from your backup",
                files.key.display()
            ),
            // The key gets its name when the certificate is whole on the disk.
            (false, true) if files.pending.exists() => {
                owner_only::move_into_place(&files.pending, &files.certificate)
                    .with_context(|| files.cannot_be_written())?;
            }
            (false, true) => bail!(
                "{} is missing, but its key is there; restore it from your backup",
                files.certificate.display()
            ),
        }
        // Everybody may be able to read a copy, or the file of an earlier version.
        if owner_only::restrict(&files.key).with_context(|| files.key.display().to_string())? {
            tracing::warn!(path = %files.key.display(), "could be read by others; it is its owner's only now");
        }
        let chain = files.chain()?;
        let fingerprint = fingerprint(pinned(&chain)?);
        let config = RustlsConfig::from_config(files.config(chain)?);
        let certificate = Self { files, listen, public_url: public_url.cloned(), config, fingerprint };
        if let Err(error) = certificate.renew_if_due(now) {
            tracing::error!("the certificate nears its end and cannot be renewed: {error:#}");
        }
        Ok(certificate)
    }

    /// Makes another certificate with the same key if this one ends within a year. New connections are shown that one.
    ///
    /// # Errors
    /// One line: the files cannot be read or written.
    pub(crate) fn renew_if_due(&self, now: DateTime<Utc>) -> Result<()> {
        let chain = self.files.chain()?;
        if !chain.first().is_some_and(|current| making::ends_soon(current, now)) {
            return Ok(());
        }
        let names = names::names(self.listen, self.public_url.as_ref());
        making::renew(&self.files, pinned(&chain)?, names, now)?;
        self.config.reload_from_config(self.files.config(self.files.chain()?)?);
        tracing::warn!("the certificate neared its end and was renewed; nobody has to pair again");
        Ok(())
    }
}

impl Files {
    /// The certificates, beginning with the one that is in use.
    fn chain(&self) -> Result<Vec<CertificateDer<'static>>> {
        let path = self.certificate.display();
        let chain: Vec<_> = CertificateDer::pem_file_iter(&self.certificate)
            .and_then(Iterator::collect)
            .with_context(|| format!("certificate {path} cannot be read"))?;
        if chain.is_empty() {
            bail!("{path} holds no certificate");
        }
        Ok(chain)
    }

    fn config(&self, chain: Vec<CertificateDer<'static>>) -> Result<Arc<ServerConfig>> {
        let key = PrivateKeyDer::from_pem_file(&self.key)
            .with_context(|| format!("key {} cannot be read", self.key.display()))?;
        let mut config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .with_context(|| {
                format!("{} and {} do not belong together", self.certificate.display(), self.key.display())
            })?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }

    fn cannot_be_written(&self) -> String {
        format!("{} and its key cannot be written", self.certificate.display())
    }

    /// Writes certificate and key of a server that has neither.
    fn write_both(&self, certificate: &str, key: &str) -> io::Result<()> {
        let key_pending = self.key.with_extension("pem.baru");
        for (path, text) in [(&self.pending, certificate), (&key_pending, key)] {
            // Left over from a start that was cut off.
            if path.exists() {
                fs::remove_file(path)?;
            }
            owner_only::write_new(path, text.as_bytes())?;
        }
        owner_only::move_into_place(&key_pending, &self.key)?;
        owner_only::move_into_place(&self.pending, &self.certificate)
    }
}

/// The certificate that clients have pinned: the last one with the key of the first.
fn pinned<'a>(chain: &'a [CertificateDer<'static>]) -> Result<&'a CertificateDer<'static>> {
    let key_of =
        |certificate| ParsedCertificate::try_from(certificate).map(|it| it.subject_public_key_info());
    let first = chain.first().context("there is no certificate")?;
    let key = key_of(first).context("the certificate is damaged")?;
    Ok(chain.iter().rev().find(|one| key_of(one).is_ok_and(|other| other == key)).unwrap_or(first))
}

/// SHA-256 of a certificate as people compare it.
fn fingerprint(certificate: &CertificateDer<'_>) -> String {
    Sha256::digest(certificate).iter().map(|byte| HEXUPPER.encode(&[*byte])).collect::<Vec<_>>().join(":")
}
