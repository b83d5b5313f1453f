//! The server's own certificate: made at first start, kept beside the database, pinned by clients by its fingerprint.

use std::{fs, io, net::IpAddr, path::Path, sync::Arc};

use anyhow::{Context, Result, bail};
use data_encoding::HEXUPPER;
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, date_time_ymd};
use rustls::{ServerConfig, pki_types::PrivateKeyDer};
use rustls_pki_types::{CertificateDer, pem::PemObject};
use sha2::{Digest, Sha256};
use store::kunci::write_new_for_owner;

const CERTIFICATE: &str = "sertifikat.pem";
const PRIVATE_KEY: &str = "sertifikat.kunci.pem";

/// What TLS needs, and how clients know it is this server.
pub(crate) struct Identity {
    /// For the listener.
    pub(crate) config: Arc<ServerConfig>,
    /// SHA-256 of the certificate, `AA:BB:…`.
    pub(crate) fingerprint: String,
}

/// Reads the certificate in the data folder, or makes one.
///
/// A certificate without its key, or the other way round, is refused: making a new one would lock out every client that
/// has pinned the old.
pub(crate) fn load_or_create(data_dir: &Path) -> Result<Identity> {
    let (certificate_path, key_path) = (data_dir.join(CERTIFICATE), data_dir.join(PRIVATE_KEY));
    match (certificate_path.exists(), key_path.exists()) {
        (true, true) => {}
        (false, false) => create(&certificate_path, &key_path)?,
        (true, false) => bail!(
            "{} is missing, but its certificate is there; restore it from your backup",
            key_path.display()
        ),
        (false, true) => bail!(
            "{} is missing, but its key is there; restore it from your backup",
            certificate_path.display()
        ),
    }
    let certificates: Vec<_> =
        CertificateDer::pem_file_iter(&certificate_path)
            .and_then(Iterator::collect)
            .with_context(|| format!("certificate {} cannot be read", certificate_path.display()))?;
    let first = certificates
        .first()
        .with_context(|| format!("{} holds no certificate", certificate_path.display()))?;
    let fingerprint = fingerprint(first);
    let key = PrivateKeyDer::from_pem_file(&key_path)
        .with_context(|| format!("key {} cannot be read", key_path.display()))?;
    let mut config =
        ServerConfig::builder().with_no_client_auth().with_single_cert(certificates, key).with_context(
            || format!("{} and {} do not belong together", certificate_path.display(), key_path.display()),
        )?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Identity { config: Arc::new(config), fingerprint })
}

fn create(certificate_path: &Path, key_path: &Path) -> Result<()> {
    let key = KeyPair::generate().context("no key can be made for the certificate")?;
    let mut params = CertificateParams::new(names())?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "Buku Tamu");
    // Clients pin it, so it must outlive the computer; nothing else vouches for it that an end would protect.
    params.not_before = date_time_ymd(2024, 1, 1);
    params.not_after = date_time_ymd(2054, 1, 1);
    let certificate = params.self_signed(&key).context("the certificate cannot be made")?;
    write_new_for_owner(key_path, key.serialize_pem().as_bytes())
        .with_context(|| format!("{} cannot be written", key_path.display()))?;
    fs::write(certificate_path, certificate.pem())
        .with_context(|| format!("{} cannot be written", certificate_path.display()))
}

/// Names under which browsers may know this computer; clients that pin do not look at them.
fn names() -> Vec<String> {
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    if let Ok(host) = host_name()
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
        && host.parse::<IpAddr>().is_err()
        && !host.is_empty()
    {
        names.push(format!("{host}.local"));
        names.push(host);
    }
    names
}

fn host_name() -> io::Result<String> {
    if let Ok(name) = std::env::var("COMPUTERNAME") {
        return Ok(name);
    }
    fs::read_to_string("/etc/hostname").map(|name| name.trim().to_owned())
}

/// SHA-256 of a certificate as people compare it.
fn fingerprint(certificate: &CertificateDer<'_>) -> String {
    Sha256::digest(certificate).iter().map(|byte| HEXUPPER.encode(&[*byte])).collect::<Vec<_>>().join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_and_then_kept() {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let first = load_or_create(folder.path()).unwrap().fingerprint;
        assert_eq!(first.len(), 32 * 3 - 1);
        assert_eq!(load_or_create(folder.path()).unwrap().fingerprint, first);
    }

    #[test]
    fn a_half_is_refused_rather_than_replaced() {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        load_or_create(folder.path()).unwrap();
        fs::remove_file(folder.path().join(PRIVATE_KEY)).unwrap();
        let error = load_or_create(folder.path()).err().unwrap().to_string();
        assert!(error.contains(PRIVATE_KEY), "{error}");
    }
}
