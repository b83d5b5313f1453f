//! The QR token (DESIGN §6): 13 bytes of content and 16 bytes of HMAC-SHA-256, in Base32: 47 characters.
//!
//! Layout, big-endian: format (high nibble, 1) and kind (low nibble), key id, id (8 bytes), expiry in whole hours
//! since 2020-01-01 UTC (3 bytes), then the first 16 bytes of the HMAC over those 13.
//! A signature does not stop replay; the one-way status transition does.

use std::{collections::BTreeMap, fmt};

use chrono::{DateTime, Duration, TimeZone, Utc};
use data_encoding::{BASE32_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use thiserror::Error;

use crate::{IdJanjiTemu, IdTamu, hmac_sha256};

/// Characters of a token.
pub const TOKEN_LEN: usize = 47;

/// The longest text in which a token is looked for, in bytes. No QR code holds more characters.
pub const MAX_TEXT_BYTES: usize = 4296;

/// How many stretches of one text have their signature computed, at most.
const MOST_VERIFIED: usize = 8;

const FORMAT: u8 = 1;
const CONTENT_LEN: usize = 13;
const TAG_LEN: usize = 16;
const HOURS_MAX: u32 = 0x00FF_FFFF;

/// What a token refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// One appointment.
    JanjiTemu(IdJanjiTemu),
    /// A guest, by the permanent code.
    Tamu(IdTamu),
}

/// What a genuine token says. [`Token::is_expired`] tells whether it is still in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What the token refers to.
    pub subject: Subject,
    /// Whole hours since 2020-01-01 00:00 UTC after which it is refused. 24 bits; the largest value means never.
    pub expiry_hours: u32,
}

/// Why a text is not taken for a token.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum InvalidToken {
    /// No token in the text.
    #[error("format kode tidak valid")]
    Format,
    /// Of the right form, but not signed by this school.
    #[error("tanda tangan kode tidak valid")]
    Signature,
}

impl Token {
    /// A token for an appointment. It is refused from the first full hour at or after `expires`.
    pub fn janji_temu(id: IdJanjiTemu, expires: DateTime<Utc>) -> Self {
        let hours = (expires - epoch() + Duration::minutes(59)).num_hours();
        let expiry_hours = u32::try_from(hours.max(0)).unwrap_or(HOURS_MAX).min(HOURS_MAX);
        Self { subject: Subject::JanjiTemu(id), expiry_hours }
    }

    /// A guest's permanent token.
    pub fn tamu(id: IdTamu) -> Self {
        Self { subject: Subject::Tamu(id), expiry_hours: HOURS_MAX }
    }

    /// Whether it is refused at `now`.
    pub fn is_expired(&self, now: DateTime<Utc>) -> bool {
        self.expires_at().is_some_and(|end| now >= end)
    }

    /// The instant from which on it is refused; `None` if it never is.
    pub fn expires_at(&self) -> Option<DateTime<Utc>> {
        (self.expiry_hours != HOURS_MAX).then(|| epoch() + Duration::hours(i64::from(self.expiry_hours)))
    }

    fn content(&self, key_id: u8) -> [u8; CONTENT_LEN] {
        let (kind, id) = match self.subject {
            Subject::JanjiTemu(id) => (0, id.0),
            Subject::Tamu(id) => (1, id.0),
        };
        let mut content = [0; CONTENT_LEN];
        content[0] = FORMAT << 4 | kind;
        content[1] = key_id;
        content[2..10].copy_from_slice(&id.to_be_bytes());
        content[10..].copy_from_slice(&self.expiry_hours.to_be_bytes()[1..]);
        content
    }

    fn from_content(content: &[u8; CONTENT_LEN]) -> Option<Self> {
        let id = i64::from_be_bytes(content[2..10].try_into().ok()?);
        let subject = match content[0] {
            0x10 => Subject::JanjiTemu(IdJanjiTemu(id)),
            0x11 => Subject::Tamu(IdTamu(id)),
            _ => return None,
        };
        let expiry_hours = u32::from_be_bytes([0, content[10], content[11], content[12]]);
        Some(Self { subject, expiry_hours })
    }
}

/// The start of the token's calendar, 2020-01-01 00:00 UTC.
fn epoch() -> DateTime<Utc> {
    Utc.timestamp_opt(1_577_836_800, 0).single().expect("a fixed instant exists")
}

/// The signing keys, by key id. New tokens are signed with the current key; tokens of older keys are still recognised.
#[derive(Clone)]
pub struct TokenKeys {
    current: u8,
    keys: BTreeMap<u8, [u8; 32]>,
}

impl fmt::Debug for TokenKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenKeys {{ current: {}, known: {} }}", self.current, self.keys.len())
    }
}

impl TokenKeys {
    /// Keys by id; `current` is the one that signs. `None` if it is not among them.
    pub fn new(current: u8, keys: BTreeMap<u8, [u8; 32]>) -> Option<Self> {
        keys.contains_key(&current).then_some(Self { current, keys })
    }

    /// The token as 47 characters of capitals and digits.
    pub fn sign(&self, token: &Token) -> String {
        let content = token.content(self.current);
        let mut bytes = [0; CONTENT_LEN + TAG_LEN];
        bytes[..CONTENT_LEN].copy_from_slice(&content);
        bytes[CONTENT_LEN..].copy_from_slice(&tag(&self.keys[&self.current], &content));
        BASE32_NOPAD.encode(&bytes)
    }

    /// Reads the token in `text`, in either case: bare, at the end of a URL, or followed by what a scanner or a
    /// browser added.
    ///
    /// # Errors
    /// [`InvalidToken::Format`] if there is none, [`InvalidToken::Signature`] if no key of ours made it.
    pub fn verify(&self, text: &str) -> Result<Token, InvalidToken> {
        let mut refusal = InvalidToken::Format;
        for stretch in formed(text).take(MOST_VERIFIED) {
            match self.verify_stretch(stretch) {
                Err(InvalidToken::Format) => {}
                Err(InvalidToken::Signature) => refusal = InvalidToken::Signature,
                genuine => return genuine,
            }
        }
        Err(refusal)
    }

    fn verify_stretch(&self, stretch: &str) -> Result<Token, InvalidToken> {
        let token = stretch.to_ascii_uppercase();
        let bytes = BASE32_NOPAD.decode(token.as_bytes()).map_err(|_| InvalidToken::Format)?;
        let (content, signature) = bytes.split_first_chunk::<CONTENT_LEN>().ok_or(InvalidToken::Format)?;
        let token = Token::from_content(content).ok_or(InvalidToken::Format)?;
        let key = self.keys.get(&content[1]).ok_or(InvalidToken::Signature)?;
        if bool::from(tag(key, content).as_slice().ct_eq(signature)) {
            Ok(token)
        } else {
            Err(InvalidToken::Signature)
        }
    }
}

/// The stretch of `text` that looks like a token, even if another school signed it. It tells our codes from foreign
/// ones before anybody is asked. Text before and after it does not matter (`HTTPS://HOST/K/<token>/`, `<token>,1`).
///
/// If there are several, the last one counts. A stretch of a token's form may touch further letters and digits; any
/// other has to stand alone.
pub fn find(text: &str) -> Option<&str> {
    formed(text).next().or_else(|| base32_runs(text).find(|run| run.len() == TOKEN_LEN))
}

/// The stretches of a text that are of a token's form, in capitals, each with what it claims. Nothing of it is
/// verified: whoever has no key compares their [`digest`] with what a server told.
pub fn claims(text: &str) -> impl Iterator<Item = (String, Token)> {
    formed(text).take(MOST_VERIFIED).filter_map(|stretch| {
        let token = stretch.to_ascii_uppercase();
        let bytes = BASE32_NOPAD.decode(token.as_bytes()).ok()?;
        let claim = Token::from_content(bytes.first_chunk()?)?;
        Some((token, claim))
    })
}

/// By what a token is recognised, without a key, by whoever must not be able to make one: the SHA-256 of its 47
/// characters, in hexadecimal. The 16 bytes of signature in it cannot be guessed.
pub fn digest(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token))
}

/// Stretches of a token's length that begin and end as every token does, the last one first. The first letters are
/// format and kind; the last letter has three bits to spare.
fn formed(text: &str) -> impl Iterator<Item = &str> {
    base32_runs(text).flat_map(|run| {
        let starts = (0..=run.len().saturating_sub(TOKEN_LEN)).rev();
        starts.filter_map(|start| run.get(start..start + TOKEN_LEN)).filter(|stretch| {
            let [first, second, .., last] = stretch.as_bytes() else { return false };
            first.eq_ignore_ascii_case(&b'C')
                && matches!(second.to_ascii_uppercase(), b'A'..=b'H')
                && matches!(last.to_ascii_uppercase(), b'A' | b'I' | b'Q' | b'Y')
        })
    })
}

/// The unbroken runs of Base32, in either case, the last one first. None if the text is longer than any code.
fn base32_runs(text: &str) -> impl Iterator<Item = &str> {
    let text = if text.len() > MAX_TEXT_BYTES { "" } else { text };
    text.rsplit(|c: char| !(c.is_ascii_alphabetic() || ('2'..='7').contains(&c)))
}

fn tag(key: &[u8; 32], content: &[u8; CONTENT_LEN]) -> [u8; TAG_LEN] {
    let mut tag = [0; TAG_LEN];
    tag.copy_from_slice(&hmac_sha256(key, &[content])[..TAG_LEN]);
    tag
}

/// What a QR code carries: the bare token, or the URL `HTTPS://HOST/K/<token>` if the school has a public address.
///
/// All capitals: QR's alphanumeric mode knows no small letters, and its codes are a third smaller.
pub fn qr_text(token: &str, public_url: Option<&str>) -> String {
    match public_url {
        Some(base) => format!("{}/K/{token}", base.trim_end_matches('/')).to_ascii_uppercase(),
        None => token.to_owned(),
    }
}

#[cfg(test)]
mod tests;
