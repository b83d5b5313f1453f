//! Making, keeping and renewing the certificate.

use rustls::client::verify_server_name;
use rustls_pki_types::ServerName;

use super::*;

/// An ordinary day, and one in the last year of a certificate that was made on it.
const MADE: &str = "2026-11-23T02:00:00Z";
const NEAR_ITS_END: &str = "2055-06-01T02:00:00Z";

fn made_at(folder: &Path, now: &str) -> Result<Certificate> {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let public = Url::parse("https://tamu.sekolah.example").unwrap();
    Certificate::load_or_create(folder, "0.0.0.0:8443".parse().unwrap(), Some(&public), now.parse().unwrap())
}

fn made(folder: &Path) -> Result<Certificate> {
    made_at(folder, MADE)
}

fn chain(folder: &Path) -> Vec<CertificateDer<'static>> {
    CertificateDer::pem_file_iter(folder.join(CERTIFICATE)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn it_is_made_once_and_then_kept() {
    let folder = tempfile::tempdir().unwrap();
    let first = made(folder.path()).unwrap().fingerprint;
    assert_eq!(first.len(), 32 * 3 - 1);
    let file = fs::read(folder.path().join(CERTIFICATE)).unwrap();
    for day in [MADE, "1970-01-01T00:00:00Z", "2055-01-01T00:00:00Z"] {
        assert_eq!(made_at(folder.path(), day).unwrap().fingerprint, first);
        assert_eq!(fs::read(folder.path().join(CERTIFICATE)).unwrap(), file, "as it was on {day}");
    }
}

#[test]
fn near_its_end_another_one_is_made_for_the_same_key_and_the_fingerprint_stays() {
    let folder = tempfile::tempdir().unwrap();
    let first = made(folder.path()).unwrap();
    let (paired, key) = (chain(folder.path()), fs::read(folder.path().join(PRIVATE_KEY)).unwrap());
    first.renew_if_due("2055-01-01T00:00:00Z".parse().unwrap()).unwrap();
    assert_eq!(chain(folder.path()), paired, "a year is left");

    // While it runs, and then at a start.
    first.renew_if_due(NEAR_ITS_END.parse().unwrap()).unwrap();
    let renewed = chain(folder.path());
    assert_eq!((renewed.len(), &renewed[1]), (2, &paired[0]), "the pinned one goes along");
    assert!(!making::ends_soon(&renewed[0], NEAR_ITS_END.parse().unwrap()), "it is good for years");
    let again = made_at(folder.path(), NEAR_ITS_END).unwrap();
    assert_eq!(again.fingerprint, first.fingerprint);
    assert_eq!(chain(folder.path()), renewed, "and is not renewed again");

    let later = made_at(folder.path(), "2084-12-01T00:00:00Z").unwrap();
    let twice = chain(folder.path());
    assert_eq!((later.fingerprint, twice.len(), &twice[1]), (first.fingerprint, 2, &paired[0]));
    assert_ne!(twice[0], renewed[0]);
    assert_eq!(fs::read(folder.path().join(PRIVATE_KEY)).unwrap(), key, "the key stays");
}

#[test]
fn a_certificate_of_somebody_elses_is_left_to_them() {
    let folder = tempfile::tempdir().unwrap();
    made(folder.path()).unwrap();
    let key = rcgen::KeyPair::generate().unwrap();
    let mut params = rcgen::CertificateParams::new(vec!["tamu.sekolah.example".to_owned()]).unwrap();
    params.not_before = rcgen::date_time_ymd(2026, 1, 1);
    params.not_after = rcgen::date_time_ymd(2027, 1, 1);
    let theirs = params.self_signed(&key).unwrap().pem();
    fs::write(folder.path().join(CERTIFICATE), &theirs).unwrap();
    fs::write(folder.path().join(PRIVATE_KEY), key.serialize_pem()).unwrap();
    made(folder.path()).unwrap();
    assert_eq!(fs::read_to_string(folder.path().join(CERTIFICATE)).unwrap(), theirs);
}

#[test]
fn a_making_that_was_cut_off_is_completed_or_begun_anew() {
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
    let folder = tempfile::tempdir().unwrap();
    made(folder.path()).unwrap();
    fs::remove_file(folder.path().join(PRIVATE_KEY)).unwrap();
    let error = made(folder.path()).err().unwrap().to_string();
    assert!(error.contains(PRIVATE_KEY), "{error}");
}

#[test]
fn it_is_good_for_every_name_and_address_of_this_computer() {
    let folder = tempfile::tempdir().unwrap();
    made(folder.path()).unwrap();
    let certificate = chain(folder.path()).remove(0);
    let parsed = ParsedCertificate::try_from(&certificate).unwrap();
    let addresses = names::addresses().into_iter().map(|ip| ip.to_string());
    let named = ["localhost", "127.0.0.1", "tamu.sekolah.example", "bukutamu-8443.local"].map(str::to_owned);
    for name in addresses.chain(named) {
        let server_name = ServerName::try_from(name.clone()).unwrap();
        verify_server_name(&parsed, &server_name).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let stranger = ServerName::try_from("lain.example").unwrap();
    assert!(verify_server_name(&parsed, &stranger).is_err());
}
