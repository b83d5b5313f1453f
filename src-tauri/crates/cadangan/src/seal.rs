//! Encrypts a stream piece by piece: XChaCha20-Poly1305 in the STREAM construction (Hoang, Reyhanitabar, Rogaway and
//! Vizár, 2015), so that a changed, missing, exchanged or cut-off piece is noticed.

use std::io::{self, Read, Write};

use aead_stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, aead::Payload};

/// Plain bytes in a piece.
const PIECE: usize = 64 * 1024;
/// What a piece grows by.
const TAG: usize = 16;
/// Each file has a key of its own, so the nonce may be the same for all.
const NONCE: [u8; 19] = [0; 19];

/// Encrypts what is written to it. [`SealWriter::finish`] writes the last piece: without it the stream is incomplete.
pub(crate) struct SealWriter<'a, W> {
    to: W,
    aad: &'a [u8],
    pieces: EncryptorBE32<XChaCha20Poly1305>,
    waiting: Vec<u8>,
}

impl<'a, W: Write> SealWriter<'a, W> {
    /// With the file's key; `aad` is bound to every piece.
    pub(crate) fn new(to: W, key: &[u8; 32], aad: &'a [u8]) -> Self {
        let pieces = EncryptorBE32::from_aead(XChaCha20Poly1305::new(&(*key).into()), &NONCE.into());
        Self { to, aad, pieces, waiting: Vec::with_capacity(PIECE) }
    }

    pub(crate) fn finish(mut self) -> io::Result<W> {
        let payload = Payload { msg: &self.waiting, aad: self.aad };
        let sealed = self.pieces.encrypt_last(payload).map_err(io::Error::other)?;
        self.to.write_all(&sealed)?;
        Ok(self.to)
    }
}

impl<W: Write> Write for SealWriter<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full piece leaves only when more comes, because the last one is sealed in another way.
        if self.waiting.len() == PIECE {
            let payload = Payload { msg: &self.waiting, aad: self.aad };
            let sealed = self.pieces.encrypt_next(payload).map_err(io::Error::other)?;
            self.to.write_all(&sealed)?;
            self.waiting.clear();
        }
        let taken = bytes.len().min(PIECE - self.waiting.len());
        self.waiting.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Reads what [`SealWriter`] wrote. Gives no byte of a piece that was changed.
pub(crate) struct SealReader<'a, R> {
    from: R,
    aad: &'a [u8],
    /// None after the last piece.
    pieces: Option<DecryptorBE32<XChaCha20Poly1305>>,
    /// The encrypted piece after the open one, so that the last one is known.
    next: Vec<u8>,
    open: Vec<u8>,
    read: usize,
}

impl<'a, R: Read> SealReader<'a, R> {
    pub(crate) fn new(mut from: R, key: &[u8; 32], aad: &'a [u8]) -> io::Result<Self> {
        let pieces = DecryptorBE32::from_aead(XChaCha20Poly1305::new(&(*key).into()), &NONCE.into());
        let next = piece(&mut from)?;
        Ok(Self { from, aad, pieces: Some(pieces), next, open: Vec::new(), read: 0 })
    }

    /// Opens the next piece, if there is one.
    fn advance(&mut self) -> io::Result<()> {
        let Some(mut pieces) = self.pieces.take() else { return Ok(()) };
        let following = piece(&mut self.from)?;
        let payload = Payload { msg: &self.next, aad: self.aad };
        let opened = if following.is_empty() {
            pieces.decrypt_last(payload)
        } else {
            let opened = pieces.decrypt_next(payload);
            self.pieces = Some(pieces);
            opened
        };
        self.open = opened.map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        self.next = following;
        Ok(())
    }
}

impl<R: Read> Read for SealReader<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.read == self.open.len() {
            self.open.clear();
            self.read = 0;
            self.advance()?;
        }
        let taken = buf.len().min(self.open.len() - self.read);
        buf[..taken].copy_from_slice(&self.open[self.read..self.read + taken]);
        self.read += taken;
        Ok(taken)
    }
}

/// The next encrypted piece; empty at the end.
fn piece(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut piece = Vec::with_capacity(PIECE + TAG);
    from.take((PIECE + TAG) as u64).read_to_end(&mut piece)?;
    Ok(piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn sealed(plain: &[u8], aad: &[u8]) -> Vec<u8> {
        let mut writer = SealWriter::new(Vec::new(), &KEY, aad);
        writer.write_all(plain).unwrap();
        writer.finish().unwrap()
    }

    fn opened(sealed: &[u8], aad: &[u8]) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        SealReader::new(sealed, &KEY, aad)?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    #[test]
    fn what_was_sealed_opens_whatever_its_length() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7] {
            let plain: Vec<u8> = (0..length).map(|n| n as u8).collect();
            assert_eq!(opened(&sealed(&plain, b"a"), b"a").unwrap(), plain, "{length} bytes");
        }
    }

    #[test]
    fn a_change_a_cut_and_another_head_are_noticed() {
        let whole = sealed(&vec![1; 2 * PIECE + 5], b"a");
        for n in [0, PIECE, PIECE + TAG, whole.len() - 1] {
            let mut changed = whole.clone();
            changed[n] ^= 1;
            assert!(opened(&changed, b"a").is_err(), "byte {n}");
            assert!(opened(&whole[..n], b"a").is_err(), "cut at {n}");
        }
        assert!(opened(&whole, b"b").is_err());
        assert!(opened(&[whole.as_slice(), &[0]].concat(), b"a").is_err(), "more at the end");
        let (first, rest) = whole.split_at(PIECE + TAG);
        let (second, last) = rest.split_at(PIECE + TAG);
        assert!(opened(&[second, first, last].concat(), b"a").is_err(), "exchanged pieces");
    }
}
