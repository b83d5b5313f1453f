//! The server's own certificate: made at first start, kept beside the database, pinned by clients by its fingerprint.

mod names;

pub(crate) use names::addresses;

use std::{fs, io, net::SocketAddr, path::Path, sync::Arc};

use anyhow::{Context, Result, bail};
use data_encoding::HEXUPPER;
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, date_time_ymd};
use rustls::{ServerConfig, pki_types::PrivateKeyDer};
use rustls_pki_types::{CertificateDer, pem::PemObject};
use sha2::{Digest, Sha256};
use url::Url;

const CERTIFICATE: &str = "sertifikat.pem";
const PRIVATE_KEY: &str = "sertifikat.kunci.pem";

/// What a new certificate is called until its key has its name.
const CERTIFICATE_PENDING: &str = "sertifikat.pem.baru";

/// What TLS needs, and how clients know it is this server.
pub(crate) struct Identity {
    /// For the listener.
    pub(crate) config: Arc<ServerConfig>,
    /// SHA-256 of the certificate, `AA:BB:…`.
    pub(crate) fingerprint: String,
}

/// Reads the certificate in the data folder. If there is none, makes one for the names that this computer has now.
///
/// A certificate without its key, or a key without its certificate, is refused: making a new one would lock out every
/// client that has pinned the old one. If only the making was cut off, it is completed.
pub(crate) fn load_or_create(
    data_dir: &Path,
    listen: SocketAddr,
    public_url: Option<&Url>,
) -> Result<Identity> {
    let (certificate_path, key_path) = (data_dir.join(CERTIFICATE), data_dir.join(PRIVATE_KEY));
    let pending = data_dir.join(CERTIFICATE_PENDING);
    match (certificate_path.exists(), key_path.exists()) {
        (true, true) => {}
        (false, false) => {
            create(&certificate_path, &key_path, &pending, names::names(listen, public_url))?;
        }
        (true, false) => bail!(
            "{} is missing, but its certificate is there; restore it from your backup",
            key_path.display()
        ),
        // The key gets its name when the certificate is whole on the disk.
        (false, true) if pending.exists() => owner_only::move_into_place(&pending, &certificate_path)
            .with_context(|| format!("{} cannot be written", certificate_path.display()))?,
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
    // Everybody may be able to read a copy, or the file of an earlier version.
    if owner_only::restrict(&key_path).with_context(|| key_path.display().to_string())? {
        tracing::warn!(path = %key_path.display(), "could be read by others; it is its owner's only now");
    }
    let key = PrivateKeyDer::from_pem_file(&key_path)
        .with_context(|| format!("key {} cannot be read", key_path.display()))?;
    let mut config =
        ServerConfig::builder().with_no_client_auth().with_single_cert(certificates, key).with_context(
            || format!("{} and {} do not belong together", certificate_path.display(), key_path.display()),
        )?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Identity { config: Arc::new(config), fingerprint })
}

/// Makes both. If it is cut off at any point, it leaves files that were never used, or files that can be completed.
fn create(certificate_path: &Path, key_path: &Path, pending: &Path, names: Vec<String>) -> Result<()> {
    let key = KeyPair::generate().context("no key can be made for the certificate")?;
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "Buku Tamu");
    // Clients pin it, so it must outlive the computer. Nothing else vouches for it, so an earlier end would protect
    // nobody.
    params.not_before = date_time_ymd(2024, 1, 1);
    params.not_after = date_time_ymd(2054, 1, 1);
    let certificate = params.self_signed(&key).context("the certificate cannot be made")?;
    let write = || -> io::Result<()> {
        let key_pending = key_path.with_extension("pem.baru");
        for (path, text) in [(pending, certificate.pem()), (&key_pending, key.serialize_pem())] {
            // Left over from a start that was cut off.
            if path.exists() {
                fs::remove_file(path)?;
            }
            owner_only::write_new(path, text.as_bytes())?;
        }
        owner_only::move_into_place(&key_pending, key_path)?;
        owner_only::move_into_place(pending, certificate_path)
    };
    write().with_context(|| format!("{} and its key cannot be written", certificate_path.display()))
}

/// SHA-256 of a certificate as people compare it.
fn fingerprint(certificate: &CertificateDer<'_>) -> String {
    Sha256::digest(certificate).iter().map(|byte| HEXUPPER.encode(&[*byte])).collect::<Vec<_>>().join(":")
}

#[cfg(test)]
mod tests {
    use rustls::{client::verify_server_name, server::ParsedCertificate};
    use rustls_pki_types::ServerName;

    use super::*;

    fn made(folder: &Path) -> Result<Identity> {
        let public = Url::parse("https://tamu.sekolah.example").unwrap();
        load_or_create(folder, "0.0.0.0:8443".parse().unwrap(), Some(&public))
    }

    #[test]
    fn it_is_made_once_and_then_kept() {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let first = made(folder.path()).unwrap().fingerprint;
        assert_eq!(first.len(), 32 * 3 - 1);
        assert_eq!(made(folder.path()).unwrap().fingerprint, first);
    }

    #[test]
    fn a_making_that_was_cut_off_is_completed_or_begun_anew() {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        // Cut off while the files were written: nobody has seen a certificate.
        fs::write(path(CERTIFICATE_PENDING), "-----BEGIN").unwrap();
        fs::write(path("sertifikat.kunci.pem.baru"), "").unwrap();
        let fingerprint = made(folder.path()).unwrap().fingerprint;
        // Cut off between the two names.
        fs::rename(path(CERTIFICATE), path(CERTIFICATE_PENDING)).unwrap();
        assert_eq!(made(folder.path()).unwrap().fingerprint, fingerprint);
        let left = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 2, "nothing is left over");
    }

    #[test]
    fn a_key_that_others_could_read_is_its_owners_only_from_then_on() {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        made(folder.path()).unwrap();
        let path = folder.path().join(PRIVATE_KEY);
        assert!(owner_only::is_restricted(&path).unwrap());
        // As another program copies it.
        let pem = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        fs::write(&path, pem).unwrap();
        made(folder.path()).unwrap();
        assert!(owner_only::is_restricted(&path).unwrap());
    }

    #[test]
    fn a_half_is_refused_rather_than_replaced() {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        made(folder.path()).unwrap();
        fs::remove_file(folder.path().join(PRIVATE_KEY)).unwrap();
        let error = made(folder.path()).err().unwrap().to_string();
        assert!(error.contains(PRIVATE_KEY), "{error}");
    }

    #[test]
    fn it_is_good_for_every_name_and_address_of_this_computer() {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        made(folder.path()).unwrap();
        let certificate = CertificateDer::from_pem_file(folder.path().join(CERTIFICATE)).unwrap();
        let parsed = ParsedCertificate::try_from(&certificate).unwrap();
        let addresses = names::addresses().into_iter().map(|ip| ip.to_string());
        let named =
            ["localhost", "127.0.0.1", "tamu.sekolah.example", "bukutamu-8443.local"].map(str::to_owned);
        for name in addresses.chain(named) {
            let server_name = ServerName::try_from(name.clone()).unwrap();
            verify_server_name(&parsed, &server_name).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        let stranger = ServerName::try_from("lain.example").unwrap();
        assert!(verify_server_name(&parsed, &stranger).is_err());
    }
}
