//! The file of a backup.
//!
//! A line `BUKUTAMU CADANGAN 1`, a line of JSON ([`Header`]), then the school's SQLite database, compressed by gzip and
//! encrypted piece by piece. Both lines are bound to each piece, so neither can be changed. The file has a random key,
//! which stands in the header twice: locked with the school's backup key, and, beside the locked key file, with the
//! code on the recovery sheet.

use std::{
    cell::Cell,
    collections::BTreeMap,
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use chrono::{DateTime, Utc};
use data_encoding::BASE64;
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use serde::{Deserialize, Serialize};
use store::SchoolSecrets;
use zeroize::Zeroizing;

use crate::{
    BackupError,
    recovery::Recovery,
    seal::{SealReader, SealWriter},
};

/// How the name of a backup ends.
pub const EXTENSION: &str = "cadangan";

const MAGIC: &str = "BUKUTAMU CADANGAN 1";
/// How every version of this program begins a backup.
const MAGIC_OF_ANY: &str = "BUKUTAMU CADANGAN ";
/// A header is some hundred bytes for each table. What is longer is no backup.
const HEADER_MAX: u64 = 64 * 1024;
const NONCE_LEN: usize = 24;

/// What a backup says of itself before it is decrypted. No name, number or address stands here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// When the school was as it is in here.
    pub dibuat_pada: DateTime<Utc>,
    /// The program's version.
    pub program: String,
    /// The newest migration of the database.
    pub skema: u32,
    /// The fingerprint of the school's key file.
    pub kunci: String,
    /// The number of rows and their checksum, by table.
    pub tabel: BTreeMap<String, Rows>,
    /// What the audit's chain was like. Backups of older versions do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jejak: Option<Trail>,
    /// The file's key, locked with the school's backup key. Base64.
    terkunci: String,
    /// The key file, locked with the code on the recovery sheet. Base64.
    pemulihan: String,
}

/// The rows of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// How many.
    pub baris: u64,
    /// Their sum, as [`store::copy::Checksum`] writes it.
    pub jumlah: String,
}

/// The audit's chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    /// Sealed entries, up to the first that is wrong.
    pub entri: u64,
    /// Entries that are not sealed yet.
    pub belum_disegel: u64,
    /// What is wrong first: it was so when the backup was taken, and is no fault of the backup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub putus: Option<String>,
}

impl Header {
    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tabel.values().map(|rows| rows.baris).sum()
    }

    /// The key file, as it was when the backup was taken. None if the code is another school's.
    pub fn key_file(&self, recovery: &Recovery) -> Option<Zeroizing<Vec<u8>>> {
        unlock(&recovery.key(), self.kunci.as_bytes(), &self.pemulihan)
    }
}

/// What stands in a header that the database tells.
pub(crate) struct Content {
    pub(crate) dibuat_pada: DateTime<Utc>,
    pub(crate) skema: u32,
    pub(crate) tabel: BTreeMap<String, Rows>,
    pub(crate) jejak: Trail,
}

/// Reads the header, and nothing that follows.
///
/// # Errors
/// [`BackupError::Foreign`], [`BackupError::Newer`], [`BackupError::Io`].
pub fn header(path: &Path) -> Result<Header, BackupError> {
    begin(path).map(|(header, _, _)| header)
}

/// Writes a backup of the database file `from` to `path`, which no file may bear yet, and waits until it is on the
/// disk.
pub(crate) fn write(
    path: &Path,
    content: Content,
    from: &Path,
    kunci: &SchoolSecrets,
) -> Result<Header, BackupError> {
    let io_error = |error| BackupError::Io { path: path.to_owned(), error };
    let mut key = Zeroizing::new([0; 32]);
    getrandom::fill(key.as_mut_slice()).map_err(|_| BackupError::Random)?;
    let fingerprint = kunci.fingerprint().to_owned();
    let key_file = Zeroizing::new(std::fs::read(kunci.path()).map_err(BackupError::io(kunci.path()))?);
    let header = Header {
        dibuat_pada: content.dibuat_pada,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        skema: content.skema,
        tabel: content.tabel,
        jejak: Some(content.jejak),
        terkunci: lock(&kunci.cadangan, fingerprint.as_bytes(), key.as_slice())?,
        pemulihan: lock(&Recovery::of(kunci).key(), fingerprint.as_bytes(), &key_file)?,
        kunci: fingerprint,
    };
    let json = serde_json::to_string(&header).expect("plain data becomes JSON");
    let head = format!("{MAGIC}\n{json}\n");

    let mut database = File::open(from).map_err(BackupError::io(from))?;
    let mut to = BufWriter::new(owner_only::create_new(path).map_err(io_error)?);
    to.write_all(head.as_bytes()).map_err(io_error)?;
    let sealed = SealWriter::new(to, &key, head.as_bytes());
    let mut packed = GzEncoder::new(sealed, Compression::fast());
    io::copy(&mut database, &mut packed).map_err(io_error)?;
    let to = packed.finish().and_then(SealWriter::finish).map_err(io_error)?;
    to.into_inner().map_err(|error| io_error(error.into_error()))?.sync_all().map_err(io_error)?;
    Ok(header)
}

/// Writes the database of a backup to `to`, which no file may bear yet. Calls `tell` with the bytes of the backup that
/// were read, and all of them.
///
/// # Errors
/// Those of [`header`]; [`BackupError::OtherKey`], [`BackupError::Damaged`].
pub(crate) fn extract(
    path: &Path,
    kunci: &SchoolSecrets,
    to: &Path,
    tell: &dyn Fn(u64, u64),
) -> Result<Header, BackupError> {
    let damaged = || BackupError::Damaged(path.to_owned());
    let (header, head, body) = begin(path)?;
    if header.kunci != kunci.fingerprint() {
        let (wanted, found) = (header.kunci, kunci.fingerprint().to_owned());
        return Err(BackupError::OtherKey { path: path.to_owned(), wanted, found });
    }
    let key = unlock(&kunci.cadangan, header.kunci.as_bytes(), &header.terkunci).ok_or_else(damaged)?;
    let key: Zeroizing<[u8; 32]> = Zeroizing::new(key.as_slice().try_into().map_err(|_| damaged())?);
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => damaged(),
        _ => BackupError::Io { path: path.to_owned(), error },
    };
    let size = body.get_ref().metadata().map_err(failed)?.len();
    let read = Cell::new(head.len() as u64);
    let sealed = SealReader::new(Counted { body, read: &read }, &key, head.as_bytes()).map_err(failed)?;
    let mut packed = GzDecoder::new(sealed);
    let mut database = owner_only::create_new(to).map_err(BackupError::io(to))?;
    let copied = copy_all(&mut packed, &mut database, || tell(read.get(), size));
    copied.map_err(|error| match error {
        Side::From(error) => failed(error),
        Side::To(error) => BackupError::Io { path: to.to_owned(), error },
    })?;
    // What follows the database belongs to nothing, and was never read if it was changed.
    if io::copy(&mut packed.into_inner(), &mut io::sink()).map_err(failed)? > 0 {
        return Err(damaged());
    }
    database.sync_all().map_err(BackupError::io(to))?;
    Ok(header)
}

enum Side {
    From(io::Error),
    To(io::Error),
}

/// Counts what is read.
struct Counted<'a, R> {
    body: R,
    read: &'a Cell<u64>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let length = self.body.read(buf)?;
        self.read.set(self.read.get() + length as u64);
        Ok(length)
    }
}

/// As [`io::copy`], but says which side failed, and calls `tell` after every piece.
fn copy_all(from: &mut impl Read, to: &mut impl Write, tell: impl Fn()) -> Result<(), Side> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(length) => {
                to.write_all(&buffer[..length]).map_err(Side::To)?;
                tell();
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Side::From(error)),
        }
    }
}

/// The header, both lines as they stand, and what follows them.
fn begin(path: &Path) -> Result<(Header, String, BufReader<File>), BackupError> {
    let foreign = || BackupError::Foreign(path.to_owned());
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::InvalidData => foreign(),
        _ => BackupError::Io { path: path.to_owned(), error },
    };
    let mut from = BufReader::new(File::open(path).map_err(failed)?);
    let mut head = String::new();
    from.by_ref().take(HEADER_MAX).read_line(&mut head).map_err(failed)?;
    let first = head.len();
    if head.strip_suffix('\n') != Some(MAGIC) {
        return Err(match head.starts_with(MAGIC_OF_ANY) {
            true => BackupError::Newer(path.to_owned()),
            false => foreign(),
        });
    }
    from.by_ref().take(HEADER_MAX).read_line(&mut head).map_err(failed)?;
    let header = serde_json::from_str(&head[first..]).map_err(|_| BackupError::Damaged(path.to_owned()))?;
    Ok((header, head, from))
}

/// Locks a few bytes: a random nonce, then the ciphertext, as Base64.
pub(crate) fn lock(key: &[u8; 32], aad: &[u8], plain: &[u8]) -> Result<String, BackupError> {
    let mut nonce = [0; NONCE_LEN];
    getrandom::fill(&mut nonce).map_err(|_| BackupError::Random)?;
    let sealed = XChaCha20Poly1305::new(&(*key).into())
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad })
        .map_err(|_| BackupError::Random)?;
    Ok(BASE64.encode(&[nonce.as_slice(), &sealed].concat()))
}

pub(crate) fn unlock(key: &[u8; 32], aad: &[u8], locked: &str) -> Option<Zeroizing<Vec<u8>>> {
    let bytes = BASE64.decode(locked.as_bytes()).ok()?;
    let (nonce, sealed) = bytes.split_first_chunk::<NONCE_LEN>()?;
    let cipher = XChaCha20Poly1305::new(&(*key).into());
    cipher.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad }).ok().map(Zeroizing::new)
}

/// The name of the `n`th backup of that second: it sorts by time, and every file system takes it.
pub fn name(dibuat_pada: DateTime<Utc>, n: u32) -> PathBuf {
    let suffix = if n == 1 { String::new() } else { format!("-{n}") };
    format!("bukutamu-{}{suffix}.{EXTENSION}", dibuat_pada.format("%Y%m%d-%H%M%S")).into()
}
