//! Makes certificates: the first one with its key, and later ones for the same key.

use std::{fs, time::Duration};

use anyhow::{Context, Result};
use chrono::{DateTime, Datelike, Months, Utc};
use data_encoding::BASE64;
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, date_time_ymd};
use rustls::{
    CertificateError, Error, RootCertStore, client::verify_server_cert_signed_by_trust_anchor,
    crypto::aws_lc_rs::default_provider, server::ParsedCertificate,
};
use rustls_pki_types::{CertificateDer, UnixTime};

use super::Files;

/// From when on each is good, so that a computer whose clock is behind takes it, too.
const FROM: (i32, u8, u8) = (2024, 1, 1);

/// How long one is good. It should outlive the computer, so that a renewal is rare.
const YEARS: i32 = 30;

/// How long before its end another one is made: a school may leave a computer off for months.
const AHEAD: Months = Months::new(12);

/// Makes key and certificate. If it is cut off at any point, it leaves files that were never used, or files that can be
/// completed.
pub(super) fn create(files: &Files, names: Vec<String>, now: DateTime<Utc>) -> Result<()> {
    let key = KeyPair::generate().context("no key can be made for the certificate")?;
    let certificate = certificate(&key, names, now)?;
    files.write_both(&certificate, &key.serialize_pem()).with_context(|| files.cannot_be_written())
}

/// Puts another certificate for the same key before the one that is pinned.
pub(super) fn renew(
    files: &Files,
    pinned: &CertificateDer<'_>,
    names: Vec<String>,
    now: DateTime<Utc>,
) -> Result<()> {
    let unreadable = || format!("key {} cannot be read", files.key.display());
    let key = fs::read_to_string(&files.key).with_context(unreadable)?;
    let key = KeyPair::from_pem(&key).with_context(unreadable)?;
    let chain = certificate(&key, names, now)? + pem(pinned).as_str();
    owner_only::replace(&files.certificate, chain.as_bytes()).with_context(|| files.cannot_be_written())
}

/// Whether a certificate that was made here ends within the time [`AHEAD`]. Another one, which somebody has put there,
/// is not ours to renew.
pub(super) fn ends_soon(certificate: &CertificateDer<'_>, now: DateTime<Utc>) -> bool {
    let is_ours = verify(certificate, date_time_ymd(FROM.0, FROM.1, FROM.2).unix_timestamp()).is_ok();
    let then = verify(certificate, (now + AHEAD).timestamp());
    let has_ended = matches!(
        then,
        Err(Error::InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. }))
    );
    is_ours && has_ended
}

/// What somebody who trusts this certificate alone says of it at that time.
fn verify(certificate: &CertificateDer<'_>, at: i64) -> Result<(), Error> {
    let parsed = ParsedCertificate::try_from(certificate)?;
    let mut roots = RootCertStore::empty();
    roots.add(certificate.clone().into_owned())?;
    let at = UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(at).unwrap_or(0)));
    let algorithms = default_provider().signature_verification_algorithms.all;
    verify_server_cert_signed_by_trust_anchor(&parsed, &roots, &[], at, algorithms)
}

/// A certificate in PEM. The key vouches for itself: nothing else does, so an early end would protect nobody.
fn certificate(key: &KeyPair, names: Vec<String>, now: DateTime<Utc>) -> Result<String> {
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "Buku Tamu");
    params.not_before = date_time_ymd(FROM.0, FROM.1, FROM.2);
    // A clock that is off makes no date that cannot be written.
    params.not_after = date_time_ymd(now.year().clamp(FROM.0, 9000) + YEARS, 1, 1);
    Ok(params.self_signed(key).context("the certificate cannot be made")?.pem())
}

fn pem(certificate: &CertificateDer<'_>) -> String {
    let text = BASE64.encode(certificate);
    let lines: Vec<_> = text.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}
