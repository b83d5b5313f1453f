//! The chain of seals. Each entry has a number and a seal: an HMAC, by a key of the school's key file, over the seal
//! before and over the entry. Whoever changes an entry, leaves one out or puts one in breaks the chain from there on.
//!
//! What an entry tells of a guest is sealed as a digest of its own ([`AuditRow::personal_digest`]). So it can be
//! emptied when the guest is erased: the digest stays, and the chain with it. An emptied entry counts as whole only if
//! the chain also says that this guest was erased later.
//!
//! The two ends of the chain stand apart, sealed too: the newest entry, so that one that was cut off at the end is
//! missed, and the last one that was removed because it was old enough.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{Aksi, Objek};
use crate::hmac_sha256;

/// An entry as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Identity.
    pub id: i64,
    /// When.
    pub waktu: DateTime<Utc>,
    /// Who.
    pub id_pelaku: Option<i64>,
    /// A user's name as it was then.
    pub nama_pelaku: Option<String>,
    /// As what.
    pub role: Option<String>,
    /// From where.
    pub alamat: Option<String>,
    /// What was done.
    pub aksi: String,
    /// To what.
    pub objek: String,
    /// To which.
    pub id_objek: Option<i64>,
    /// The guest of whom it tells something.
    pub id_tamu: Option<i64>,
    /// What it was, as JSON.
    pub sebelum: Option<String>,
    /// What it is since, as JSON.
    pub sesudah: Option<String>,
    /// Its seal; none for the moment until it is sealed.
    pub seal: Option<Seal>,
}

/// An entry's place in the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Its number, from 1 on without gaps.
    pub nomor: i64,
    /// The digest of what it tells of a guest.
    pub pribadi: [u8; 32],
    /// The seal.
    pub segel: [u8; 32],
}

/// A place between two entries: the number and the seal of the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// 0 before the first entry of all.
    pub nomor: i64,
    /// Zeros before the first entry of all.
    pub segel: [u8; 32],
}

impl Link {
    /// Before the first entry of all.
    pub const START: Self = Self { nomor: 0, segel: [0; 32] };
}

/// Which end of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The newest entry.
    Newest,
    /// The last entry that was removed.
    Removed,
}

impl End {
    /// Its name in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "terbaru",
            Self::Removed => "terhapus",
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Self::Newest => "end",
            Self::Removed => "beginning",
        }
    }

    /// The seal of an end that stands in the table.
    pub fn proof(self, key: &[u8; 32], link: Link) -> [u8; 32] {
        hmac_sha256(
            key,
            &[b"bukutamu audit ujung ", self.as_str().as_bytes(), &link.nomor.to_be_bytes(), &link.segel],
        )
    }
}

/// Fields one behind the other, each with its length, so that two lists of fields are never the same bytes.
#[derive(Default)]
struct Fields(Vec<u8>);

impl Fields {
    fn bytes(mut self, bytes: Option<&[u8]>) -> Self {
        self.0.push(u8::from(bytes.is_some()));
        if let Some(bytes) = bytes {
            self.0.extend((bytes.len() as u64).to_be_bytes());
            self.0.extend(bytes);
        }
        self
    }

    fn text(self, text: Option<&str>) -> Self {
        self.bytes(text.map(str::as_bytes))
    }

    fn number(self, number: Option<i64>) -> Self {
        self.bytes(number.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice))
    }
}

impl AuditRow {
    /// The address of a guest tells of the guest; that of a user does not.
    fn address_is_personal(&self) -> bool {
        self.role.as_deref() == Some(super::Pelaku::Tamu.as_str())
    }

    /// It says that its guest was erased.
    fn erases(&self) -> bool {
        let objek = self.objek.parse::<Objek>();
        objek.is_ok_and(|objek| self.aksi.parse().is_ok_and(|aksi: Aksi| aksi.erases(objek)))
    }

    /// What the entry tells of a guest is gone.
    pub fn is_emptied(&self) -> bool {
        self.id_tamu.is_some()
            && self.sebelum.is_none()
            && self.sesudah.is_none()
            && (self.alamat.is_none() || !self.address_is_personal())
    }

    /// The digest of what it tells of a guest. It reveals nothing to whoever lacks the key.
    pub fn personal_digest(&self, key: &[u8; 32]) -> [u8; 32] {
        let alamat = self.alamat.as_deref().filter(|_| self.address_is_personal());
        let fields = Fields::default()
            .text(self.sebelum.as_deref())
            .text(self.sesudah.as_deref())
            .text(alamat)
            .number(Some(self.id));
        hmac_sha256(key, &[b"bukutamu audit pribadi ", &fields.0])
    }

    /// The seal behind `before`, with that digest.
    fn seal_with(&self, key: &[u8; 32], before: Link, pribadi: [u8; 32]) -> Seal {
        let nomor = before.nomor + 1;
        let alamat = self.alamat.as_deref().filter(|_| !self.address_is_personal());
        let fields = Fields::default()
            .bytes(Some(&before.segel))
            .number(Some(nomor))
            .number(Some(self.id))
            .number(Some(self.waktu.timestamp_millis()))
            .number(self.id_pelaku)
            .text(self.nama_pelaku.as_deref())
            .text(self.role.as_deref())
            .text(alamat)
            .text(Some(&self.aksi))
            .text(Some(&self.objek))
            .number(self.id_objek)
            .number(self.id_tamu)
            .bytes(Some(&pribadi));
        Seal { nomor, pribadi, segel: hmac_sha256(key, &[b"bukutamu audit segel ", &fields.0]) }
    }

    /// The seal of a new entry behind `before`.
    pub fn seal(&self, key: &[u8; 32], before: Link) -> Seal {
        self.seal_with(key, before, self.personal_digest(key))
    }

    /// Whether its seal is the one that it must have behind `before`. What it told of a guest may be gone.
    pub fn follows(&self, key: &[u8; 32], before: Link) -> bool {
        let Some(seal) = self.seal else { return false };
        let is_whole = seal.pribadi == self.personal_digest(key) || self.is_emptied();
        is_whole && self.seal_with(key, before, seal.pribadi) == seal
    }
}

/// Why a chain is not whole. `Display` says it in one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// An entry, or its seal, was changed.
    #[error("entry {nomor} (id {id}) was changed")]
    Changed {
        /// Its number.
        nomor: i64,
        /// Its identity.
        id: i64,
    },
    /// An entry is not there any more.
    #[error("entry {nomor} is missing")]
    Missing {
        /// Its number.
        nomor: i64,
    },
    /// An entry was emptied, but no guest was erased.
    #[error("entry {nomor} was emptied, but its guest was not erased")]
    Emptied {
        /// Its number.
        nomor: i64,
    },
    /// What is kept of an end of the chain was changed or is missing.
    #[error("the record of the chain's {} was changed or is missing", .0.in_words())]
    End(End),
}

impl Broken {
    /// The number of the entry.
    pub fn nomor(&self) -> Option<i64> {
        match *self {
            Self::Changed { nomor, .. } | Self::Missing { nomor } | Self::Emptied { nomor } => Some(nomor),
            Self::End(_) => None,
        }
    }
}

/// Goes along the chain, entry by entry.
#[derive(Debug)]
pub struct Walk {
    at: Link,
    /// Guests of emptied entries whose erasure has not been met yet, each with the first of the entries.
    emptied: BTreeMap<i64, i64>,
}

impl Walk {
    /// Begins behind the last entry that was removed.
    pub fn new(removed: Option<Link>) -> Self {
        Self { at: removed.unwrap_or(Link::START), emptied: BTreeMap::new() }
    }

    /// Where it is.
    pub fn at(&self) -> Link {
        self.at
    }

    /// Takes the next entry.
    ///
    /// # Errors
    /// It is not the entry that was sealed there.
    pub fn step(&mut self, key: &[u8; 32], row: &AuditRow) -> Result<(), Broken> {
        let expected = self.at.nomor + 1;
        let Some(seal) = row.seal else { return Err(Broken::Missing { nomor: expected }) };
        if seal.nomor > expected {
            return Err(Broken::Missing { nomor: expected });
        }
        if !row.follows(key, self.at) {
            return Err(Broken::Changed { nomor: seal.nomor, id: row.id });
        }
        if let Some(tamu) = row.id_tamu {
            if row.erases() {
                self.emptied.remove(&tamu);
            } else if seal.pribadi != row.personal_digest(key) {
                self.emptied.entry(tamu).or_insert(seal.nomor);
            }
        }
        self.at = Link { nomor: seal.nomor, segel: seal.segel };
        Ok(())
    }

    /// Whether the chain ends where it must, once there is no further entry.
    ///
    /// # Errors
    /// Entries are missing at the end, or one was emptied without a reason.
    pub fn finish(&self, newest: Option<Link>) -> Result<(), Broken> {
        if let Some(nomor) = self.emptied.values().min() {
            return Err(Broken::Emptied { nomor: *nomor });
        }
        match newest {
            Some(newest) if newest.nomor > self.at.nomor => Err(Broken::Missing { nomor: self.at.nomor + 1 }),
            Some(newest) if newest == self.at => Ok(()),
            None if self.at == Link::START => Ok(()),
            _ => Err(Broken::End(End::Newest)),
        }
    }
}

#[cfg(test)]
mod tests;
