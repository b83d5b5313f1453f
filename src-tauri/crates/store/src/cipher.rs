//! Telephone numbers of guests and other secrets at rest: XChaCha20-Poly1305, and an HMAC-SHA-256 that finds an
//! encrypted number.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use domain::{Telp, hmac_sha256};

const NONCE_LEN: usize = 24;

/// Blind index of a telephone number: HMAC-SHA-256 of its E.164 form.
pub type TelpIndeks = [u8; 32];

/// Encrypts and finds telephone numbers.
#[derive(Clone)]
pub struct TelpCipher {
    telp: [u8; 32],
    indeks: [u8; 32],
}

impl TelpCipher {
    /// With the key that encrypts and the key that indexes.
    pub fn new(telp: [u8; 32], indeks: [u8; 32]) -> Self {
        Self { telp, indeks }
    }

    /// The value of the column `telp_indeks`.
    pub fn indeks(&self, telp: &Telp) -> TelpIndeks {
        hmac_sha256(&self.indeks, &[telp.as_str().as_bytes()])
    }

    /// The value of the column `telp`: a random nonce of 24 bytes, then the ciphertext. It is bound to the blind
    /// index, so it cannot be moved to another row.
    pub fn encrypt(&self, telp: &Telp) -> Result<Vec<u8>, CipherError> {
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|_| CipherError::Random)?;
        let indeks = self.indeks(telp);
        let payload = Payload { msg: telp.as_str().as_bytes(), aad: &indeks };
        let sealed = self.aead().encrypt(&XNonce::from(nonce), payload).map_err(|_| CipherError::Damaged)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// The number that was encrypted.
    ///
    /// # Errors
    /// [`CipherError::Damaged`] if the bytes are not what [`TelpCipher::encrypt`] made with this key for this index.
    pub fn decrypt(&self, sealed: &[u8], indeks: &[u8]) -> Result<Telp, CipherError> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(CipherError::Damaged)?;
        let payload = Payload { msg: sealed, aad: indeks };
        let plain = self.aead().decrypt(&XNonce::from(*nonce), payload).map_err(|_| CipherError::Damaged)?;
        let text = String::from_utf8(plain).map_err(|_| CipherError::Damaged)?;
        Telp::from_normal_form(text).map_err(|_| CipherError::Damaged)
    }

    fn aead(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.telp.into())
    }
}

/// Encrypts what the school keeps secret beside numbers: passwords on their way and tokens of channels.
#[derive(Clone)]
pub struct SecretCipher([u8; 32]);

impl SecretCipher {
    /// With a key that is derived from the one that encrypts numbers.
    pub fn new(telp: &[u8; 32]) -> Self {
        Self(hmac_sha256(telp, &[b"bukutamu rahasia"]))
    }

    /// A random nonce of 24 bytes, then the ciphertext. It is bound to `place`, so it cannot be moved elsewhere.
    ///
    /// # Errors
    /// [`CipherError::Random`].
    pub fn encrypt(&self, place: &str, secret: &[u8]) -> Result<Vec<u8>, CipherError> {
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|_| CipherError::Random)?;
        let payload = Payload { msg: secret, aad: place.as_bytes() };
        let sealed = self.aead().encrypt(&XNonce::from(nonce), payload).map_err(|_| CipherError::Damaged)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// What was encrypted.
    ///
    /// # Errors
    /// [`CipherError::Damaged`] if the bytes are not what [`SecretCipher::encrypt`] made with this key for this place.
    pub fn decrypt(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, CipherError> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(CipherError::Damaged)?;
        let payload = Payload { msg: sealed, aad: place.as_bytes() };
        self.aead().decrypt(&XNonce::from(*nonce), payload).map_err(|_| CipherError::Damaged)
    }

    fn aead(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

/// Why a number cannot be encrypted or read.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum CipherError {
    /// The operating system gives no random numbers.
    #[error("no random numbers")]
    Random,
    /// Not made with this key, or altered.
    #[error("encrypted number is damaged")]
    Damaged,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cipher() -> TelpCipher {
        TelpCipher::new([1; 32], [2; 32])
    }

    #[test]
    fn what_was_encrypted_is_read_back_and_looks_different_each_time() {
        let telp = Telp::parse("081234567890").unwrap();
        let (one, two) = (cipher().encrypt(&telp).unwrap(), cipher().encrypt(&telp).unwrap());
        assert_ne!(one, two);
        assert_eq!(cipher().decrypt(&one, &cipher().indeks(&telp)), Ok(telp));
    }

    #[test]
    fn altered_moved_or_foreign_bytes_are_refused() {
        let telp = Telp::parse("081234567890").unwrap();
        let indeks = cipher().indeks(&telp);
        let sealed = cipher().encrypt(&telp).unwrap();
        let mut altered = sealed.clone();
        altered[30] ^= 1;
        assert_eq!(cipher().decrypt(&altered, &indeks), Err(CipherError::Damaged));
        assert_eq!(cipher().decrypt(&sealed, &[0; 32]), Err(CipherError::Damaged));
        assert_eq!(TelpCipher::new([9; 32], [2; 32]).decrypt(&sealed, &indeks), Err(CipherError::Damaged));
        assert_eq!(cipher().decrypt(&sealed[..10], &indeks), Err(CipherError::Damaged));
    }

    #[test]
    fn a_secret_is_read_at_its_place_only() {
        let cipher = SecretCipher::new(&[1; 32]);
        let sealed = cipher.encrypt("saluran email", b"rahasia").unwrap();
        assert_eq!(cipher.decrypt("saluran email", &sealed), Ok(b"rahasia".to_vec()));
        assert_eq!(cipher.decrypt("saluran whatsapp", &sealed), Err(CipherError::Damaged));
        assert_eq!(SecretCipher::new(&[2; 32]).decrypt("saluran email", &sealed), Err(CipherError::Damaged));
        assert_eq!(cipher.decrypt("saluran email", &sealed[..20]), Err(CipherError::Damaged));
    }
}
