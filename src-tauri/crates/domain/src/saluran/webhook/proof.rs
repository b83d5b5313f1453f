//! Whether a report comes from the provider. Every comparison takes the same time, whatever is compared.

use data_encoding::HEXLOWER_PERMISSIVE;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Sha256, Sha512};
use subtle::ConstantTimeEq;

use crate::hmac_sha256;

/// `sha256=` and the HMAC in hexadecimal digits.
pub(super) fn is_signed_by_sha256(secret: &str, header: Option<&str>, body: &[u8]) -> bool {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    let digits = header.and_then(|header| header.trim().strip_prefix("sha256="));
    is_mac_of(mac, digits, body)
}

/// The HMAC in hexadecimal digits.
pub(super) fn is_signed_by_sha512(secret: &str, header: Option<&str>, body: &[u8]) -> bool {
    let mac = Hmac::<Sha512>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    is_mac_of(mac, header.map(str::trim), body)
}

fn is_mac_of(mut mac: impl Mac, digits: Option<&str>, body: &[u8]) -> bool {
    let Some(shown) = digits.and_then(|digits| HEXLOWER_PERMISSIVE.decode(digits.as_bytes()).ok()) else {
        return false;
    };
    mac.update(body);
    mac.verify_slice(&shown).is_ok()
}

/// Whether what was shown is the secret. Both are hashed first, so that not even the length shows.
pub(super) fn is_same(secret: &str, shown: &str) -> bool {
    const KEY: &[u8] = b"bukutamu webhook";
    let [secret, shown] = [secret, shown].map(|text| hmac_sha256(KEY, &[text.as_bytes()]));
    secret.ct_eq(&shown).into()
}
