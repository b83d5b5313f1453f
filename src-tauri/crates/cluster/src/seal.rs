//! Seals what is sent, so that only nodes of the same school read and make it.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};

const NONCE_LEN: usize = 24;

/// A school's seal.
pub(crate) struct Seal(XChaCha20Poly1305);

impl Seal {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(key.into()))
    }

    /// Seals a message for a place: what was sealed for one place opens at no other.
    pub(crate) fn close(&self, place: &str, content: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).expect("a node that has begun gets random numbers");
        let payload = Payload { msg: content, aad: place.as_bytes() };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload).expect("a message is short enough");
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens one; none if nobody of this school has sealed it for this place.
    pub(crate) fn open(&self, place: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LEN>()?;
        self.0.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: place.as_bytes() }).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_school_opens_it_and_only_at_its_place() {
        let (ours, theirs) = (Seal::new(&[7; 32]), Seal::new(&[8; 32]));
        let sealed = ours.close("kabar", b"isi");
        assert_eq!(ours.open("kabar", &sealed).as_deref(), Some(b"isi".as_slice()));
        assert!(theirs.open("kabar", &sealed).is_none() && ours.open("hadir", &sealed).is_none());
        for n in 0..sealed.len() {
            let mut bent = sealed.clone();
            bent[n] ^= 1;
            assert!(ours.open("kabar", &bent).is_none() && ours.open("kabar", &sealed[..n]).is_none());
        }
    }
}
