//! HMAC-SHA-256, for everything that the school signs or indexes with a secret key.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The HMAC-SHA-256 of the `parts`, one behind the other. If parts vary in length, the caller keeps two lists of parts
/// from being the same bytes.
pub fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_that_of_rfc_4231() {
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        for parts in [&[&b"what do ya want for nothing?"[..]][..], &[b"what do ya want ", b"for nothing?"]] {
            let mac = hmac_sha256(b"Jefe", parts);
            assert_eq!(data_encoding::HEXLOWER.encode(&mac), expected);
        }
    }
}
