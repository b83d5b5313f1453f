//! Encrypts what a desk keeps: XChaCha20-Poly1305, with a random nonce before each piece.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use data_encoding::BASE32_NOPAD;
use zeroize::Zeroizing;

use crate::{Error, Result, TokenStore, tokens::Secret};

const NONCE: usize = 24;

/// Seals and opens with one key.
#[derive(Clone)]
pub(super) struct Seal(XChaCha20Poly1305);

impl Seal {
    /// With the key that is kept in `place`. Where there is none, one is made, unless something was sealed before
    /// (`has_sealed`): a key that cannot be read this morning may be readable tomorrow, and what it sealed with it.
    ///
    /// # Errors
    /// [`Error::Storage`] if the key cannot be kept, or is missing.
    pub(super) async fn load(place: &TokenStore, has_sealed: bool) -> Result<Self> {
        let kept = place.load().await?;
        let key = match kept {
            Some(text) => read(&text)?,
            None if has_sealed => return Err(Error::Storage("the desk's key is missing".to_owned())),
            None => {
                let mut key = Zeroizing::new([0; 32]);
                getrandom::fill(&mut *key).map_err(|_| Error::Storage("no random numbers".to_owned()))?;
                let text = Zeroizing::new(BASE32_NOPAD.encode(&*key));
                place.save(&Secret::from(text.as_str())).await?;
                key
            }
        };
        Ok(Self::new(&key))
    }

    pub(super) fn new(key: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(&(*key).into()))
    }

    /// `place` is bound to it: it opens nowhere else.
    pub(super) fn seal(&self, plain: &[u8], place: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).expect("the operating system gives random numbers");
        let payload = Payload { msg: plain, aad: place };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload).expect("memory for a few bytes more");
        [&nonce[..], &sealed].concat()
    }

    /// `None` if anything of it was changed, or it was sealed for another place or with another key.
    pub(super) fn open(&self, sealed: &[u8], place: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: place };
        self.0.decrypt(&XNonce::from(*nonce), payload).ok().map(Zeroizing::new)
    }
}

fn read(text: &Secret) -> Result<Zeroizing<[u8; 32]>> {
    let bytes = BASE32_NOPAD.decode(text.expose().as_bytes()).map(Zeroizing::new).ok();
    let key = bytes.and_then(|bytes| <[u8; 32]>::try_from(&bytes[..]).ok());
    key.map(Zeroizing::new).ok_or_else(|| Error::Storage("the desk's key is damaged".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens_in_its_place_only() {
        let seal = Seal::new(&[7; 32]);
        let sealed = seal.seal(b"tamu", b"1");
        assert_eq!(seal.open(&sealed, b"1").as_deref().map(Vec::as_slice), Some(&b"tamu"[..]));
        assert!(seal.open(&sealed, b"2").is_none());
        assert!(Seal::new(&[8; 32]).open(&sealed, b"1").is_none());
        assert_ne!(sealed, seal.seal(b"tamu", b"1"));
    }

    #[tokio::test]
    async fn a_key_is_made_once_and_never_over_what_it_sealed() {
        let place = TokenStore::memory();
        assert!(Seal::load(&place, true).await.is_err());
        let sealed = Seal::load(&place, false).await.unwrap().seal(b"tamu", b"1");
        assert!(Seal::load(&place, true).await.unwrap().open(&sealed, b"1").is_some());
    }
}
