//! What has happened at a desk: a file to which records are added, and which a power cut may end anywhere.
//!
//! A record is its length (four bytes, little-endian) and the sealed content. Its number in the file is sealed with it,
//! so no record can be exchanged or from another file, and a missing one is noticed. Whoever adds one is answered once
//! it is on the disk. If the end cannot be read, somebody was cut off before the answer: it is moved aside, and the
//! journal goes on before it. If something in the middle cannot be read, the disk is at fault: it is moved aside too,
//! and what stands behind it is kept.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use serde::{Serialize, de::DeserializeOwned};

use super::{files::Files, seal::Seal};

const LENGTH: usize = 4;

pub(super) struct Journal {
    path: PathBuf,
    file: File,
    seal: Seal,
    records: u64,
    /// Bytes that hold good records.
    len: u64,
    /// A failed write could not be taken back, so nothing may follow it.
    is_broken: bool,
}

/// What was found when a journal was opened.
#[derive(Debug)]
pub(super) struct Found<R> {
    pub(super) records: Vec<R>,
    /// Bytes at the end that could not be read.
    pub(super) cut: u64,
    /// Records that could not be read, with others behind them.
    pub(super) damaged: usize,
}

impl Journal {
    /// Opens the journal and reads all of it.
    ///
    /// # Errors
    /// What the operating system says.
    pub(super) fn open<R: DeserializeOwned + Serialize>(
        files: &Files,
        seal: Seal,
    ) -> io::Result<(Self, Found<R>)> {
        let path = files.journal();
        let mut file = open(&path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let Contents { records, good, damaged } = read(&bytes, &seal);
        let rest = &bytes[good..];
        let found = Found { cut: rest.len() as u64, damaged: damaged.len(), records };
        let mut journal =
            Self { path, file, seal, records: found.records.len() as u64, len: 0, is_broken: false };
        if !damaged.is_empty() {
            // The file as it was, so that whoever can reads more of it.
            keep_aside(&files.remains(), &bytes)?;
            journal.replace(&found.records)?;
            return Ok((journal, found));
        }
        if !rest.is_empty() {
            keep_aside(&files.remains(), rest)?;
            journal.file.set_len(good as u64)?;
            journal.file.sync_all()?;
        }
        journal.file.seek(SeekFrom::End(0))?;
        journal.len = good as u64;
        Ok((journal, found))
    }

    /// Adds a record. It is on the disk afterwards.
    ///
    /// # Errors
    /// What the operating system says; then nothing was added.
    pub(super) fn add(&mut self, record: &impl Serialize) -> io::Result<()> {
        if self.is_broken {
            return Err(io::Error::other("the journal cannot be written any more"));
        }
        let bytes = framed(&self.seal, record, self.records)?;
        if let Err(error) = self.file.write_all(&bytes).and_then(|()| self.file.sync_data()) {
            let undone = self.file.set_len(self.len).and_then(|()| self.file.seek(SeekFrom::End(0)));
            self.is_broken = undone.is_err();
            return Err(error);
        }
        self.records += 1;
        self.len += bytes.len() as u64;
        Ok(())
    }

    /// Replaces all records by these, as a whole: after a power cut there are the old ones or the new ones.
    ///
    /// # Errors
    /// What the operating system says; then the old ones are still there.
    pub(super) fn replace<R: Serialize>(&mut self, records: &[R]) -> io::Result<()> {
        let mut bytes = Vec::new();
        for (record, number) in records.iter().zip(0..) {
            bytes.extend(framed(&self.seal, record, number)?);
        }
        owner_only::replace(&self.path, &bytes)?;
        self.file = open(&self.path)?;
        self.file.seek(SeekFrom::End(0))?;
        (self.records, self.len, self.is_broken) = (records.len() as u64, bytes.len() as u64, false);
        Ok(())
    }

    /// The number of records in the file.
    pub(super) fn records(&self) -> u64 {
        self.records
    }
}

fn open(path: &Path) -> io::Result<File> {
    match OpenOptions::new().read(true).write(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            // Written as a whole first, so that the name itself is on the disk.
            owner_only::replace(path, &[])?;
            OpenOptions::new().read(true).write(true).open(path)
        }
        opened => opened,
    }
}

fn place(number: u64) -> [u8; 14] {
    let mut place = *b"jurnal--------";
    place[6..].copy_from_slice(&number.to_le_bytes());
    place
}

fn framed(seal: &Seal, record: &impl Serialize, number: u64) -> io::Result<Vec<u8>> {
    let sealed = seal.seal(&serde_json::to_vec(record)?, &place(number));
    let length = u32::try_from(sealed.len()).map_err(io::Error::other)?;
    Ok([&length.to_le_bytes()[..], &sealed].concat())
}

struct Contents<R> {
    records: Vec<R>,
    /// Where the last record ends that can be read.
    good: usize,
    /// The numbers of those before it that cannot.
    damaged: Vec<u64>,
}

/// The records that can be read.
fn read<R: DeserializeOwned>(bytes: &[u8], seal: &Seal) -> Contents<R> {
    let mut found = Contents { records: Vec::new(), good: 0, damaged: Vec::new() };
    let (mut at, mut number, mut missed) = (0, 0, Vec::new());
    while let Some((sealed, length)) = framing(&bytes[at..]) {
        at += length;
        match seal.open(sealed, &place(number)).and_then(|plain| serde_json::from_slice(&plain).ok()) {
            Some(record) => {
                found.records.push(record);
                found.good = at;
                found.damaged.append(&mut missed);
            }
            None => missed.push(number),
        }
        number += 1;
    }
    found
}

/// What the next frame holds, and its whole length.
fn framing(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let (length, rest) = bytes.split_first_chunk::<LENGTH>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    Some((rest.get(..length)?, LENGTH + length))
}

fn keep_aside(path: &Path, rest: &[u8]) -> io::Result<()> {
    if !path.exists() {
        return owner_only::write_new(path, rest);
    }
    let mut file = OpenOptions::new().append(true).open(path)?;
    file.write_all(rest)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tempfile::TempDir;

    use super::*;

    fn files(dir: &TempDir) -> Files {
        Files::open(&dir.path().join("luring")).unwrap()
    }

    fn seal() -> Seal {
        Seal::new(&[3; 32])
    }

    fn reopened(files: &Files) -> (Journal, Found<String>) {
        Journal::open(files, seal()).unwrap()
    }

    fn written(files: &Files, texts: &[&str]) {
        let (mut journal, _) = reopened(files);
        for text in texts {
            journal.add(text).unwrap();
        }
    }

    #[test]
    fn what_was_added_is_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let files = files(&dir);
        written(&files, &["satu", "dua"]);
        written(&files, &["tiga"]);
        let (mut journal, found) = reopened(&files);
        assert_eq!((found.records, found.cut), (vec!["satu".into(), "dua".into(), "tiga".into()], 0));
        journal.replace(&["tiga"]).unwrap();
        journal.add(&"empat").unwrap();
        assert_eq!(reopened(&files).1.records, ["tiga", "empat"]);
        assert!(owner_only::is_restricted(&files.journal()).unwrap());
        let bytes = std::fs::read(files.journal()).unwrap();
        assert!(!bytes.windows(4).any(|window| window == b"tiga"), "it stands there in plain");
    }

    #[test]
    fn a_journal_cut_anywhere_in_its_last_record_goes_on_before_it() {
        let dir = tempfile::tempdir().unwrap();
        let files = files(&dir);
        written(&files, &["satu"]);
        let first = std::fs::read(files.journal()).unwrap().len();
        written(&files, &["dua"]);
        let whole = std::fs::read(files.journal()).unwrap();
        for end in first..whole.len() {
            std::fs::write(files.journal(), &whole[..end]).unwrap();
            let (mut journal, found) = reopened(&files);
            assert_eq!((found.records, found.cut), (vec!["satu".to_owned()], (end - first) as u64), "{end}");
            journal.add(&"tiga").unwrap();
            assert_eq!(reopened(&files).1.records, ["satu", "tiga"], "cut at {end}");
        }
        let rests: usize = (first..whole.len()).map(|end| end - first).sum();
        assert_eq!(std::fs::read(files.remains()).unwrap().len(), rests, "what was cut off is kept");
    }

    #[test]
    fn a_disk_that_spoils_a_record_takes_no_other_with_it() {
        let dir = tempfile::tempdir().unwrap();
        let files = files(&dir);
        written(&files, &["satu"]);
        let first = std::fs::read(files.journal()).unwrap().len();
        written(&files, &["dua", "tiga"]);
        let mut bytes = std::fs::read(files.journal()).unwrap();
        bytes[first + LENGTH + 30] ^= 1;
        std::fs::write(files.journal(), &bytes).unwrap();
        let (mut journal, found) = reopened(&files);
        assert_eq!((found.records, found.cut, found.damaged), (vec!["satu".into(), "tiga".into()], 0, 1));
        journal.add(&"empat").unwrap();
        let (_, found) = reopened(&files);
        assert_eq!((found.records.len(), found.damaged), (3, 0), "the file is whole again");
        assert_eq!(std::fs::read(files.remains()).unwrap(), bytes, "what it was is kept");
    }

    proptest! {
        /// However the file's end is spoilt, what stands before it is read, and nothing else is.
        #[test]
        fn nothing_is_read_that_was_not_written(at in 0usize..400, with: u8, zeros in 0usize..600) {
            let texts = ["satu", "dua", "tiga", "empat"];
            let framed = texts.iter().zip(0..).map(|(text, number)| framed(&seal(), text, number).unwrap());
            let mut bytes: Vec<u8> = framed.flatten().collect();
            let at = at % bytes.len();
            bytes[at] = with;
            bytes.extend(vec![0; zeros]);
            let Contents { records, good, damaged } = read::<String>(&bytes, &seal());
            let whole: Vec<_> = texts.into_iter().filter(|text| records.iter().any(|record| record == text)).collect();
            prop_assert_eq!(&records, &whole, "in their order, each once");
            prop_assert!(records.len() + damaged.len() <= texts.len());
            prop_assert!(good <= bytes.len() - zeros);
        }
    }
}
