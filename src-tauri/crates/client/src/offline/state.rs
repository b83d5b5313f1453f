//! A desk's memory and its files, which always say the same.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    fs, io,
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::Pengguna;
use serde_json::Value;

use super::{
    answer::{self, Outcome, told},
    book::{Book, Pack},
    clock::{Clock, ServerTime},
    entry::{Conflict, Entry, Record, Unsettled},
    files::Files,
    journal::Journal,
    listing, moves,
    moving::{self, Moving},
    replay::{self, Verdict},
    request::Asked,
    seal::Seal,
};
use crate::Forwarded;

/// Where the pack opens.
const PACK: &[u8] = b"bekal";

pub(super) struct State {
    files: Files,
    seal: Seal,
    journal: Journal,
    time: ServerTime,
    book: Option<Book>,
    /// What the server has not entered yet, the oldest first.
    waiting: VecDeque<Entry>,
    unsettled: BTreeMap<u64, (Entry, Conflict)>,
    /// What the server calls the visits that the desk had named itself.
    named: HashMap<i64, i64>,
    next: u64,
    /// The journal's end could not be read.
    is_cut: bool,
    /// Something was told that is not kept yet.
    is_unsaved: bool,
}

/// What was asked, as it came.
pub(super) struct Request<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) body: Value,
}

impl State {
    /// # Errors
    /// What the operating system says.
    pub(super) fn open(files: Files, seal: Seal, clock: Clock) -> io::Result<Self> {
        let pack = read_pack(&files, &seal)?;
        let offset = pack.as_ref().map_or(0, |pack| pack.offset_ms);
        let (journal, found) = Journal::open::<Record>(&files, seal.clone())?;
        if found.cut > 0 {
            tracing::warn!(bytes = found.cut, "the journal's end could not be read and was put aside");
        }
        let mut state = Self {
            files,
            seal,
            journal,
            time: ServerTime::new(clock, TimeDelta::milliseconds(offset)),
            book: None,
            waiting: VecDeque::new(),
            unsettled: BTreeMap::new(),
            named: HashMap::new(),
            next: 1,
            is_cut: found.cut > 0,
            is_unsaved: false,
        };
        for record in found.records {
            state.remember(record);
        }
        state.book = pack.map(|pack| state.current(pack));
        Ok(state)
    }

    /// What the record means for what is in memory.
    fn remember(&mut self, record: Record) {
        match record {
            Record::Terjadi(entry) => {
                self.next = self.next.max(entry.nomor + 1);
                self.waiting.push_back(*entry);
            }
            Record::Tercatat { nomor, id_janji_temu } => {
                self.forget(nomor);
                if let (Ok(own), Some(id)) = (i64::try_from(nomor), id_janji_temu) {
                    self.named.insert(-own, id);
                }
            }
            Record::Bentrok { nomor, bentrok } => {
                if let Some(entry) = self.forget(nomor) {
                    self.unsettled.insert(nomor, (entry, *bentrok));
                }
            }
            Record::Diperiksa { nomor } => {
                self.unsettled.remove(&nomor);
            }
        }
    }

    fn forget(&mut self, nomor: u64) -> Option<Entry> {
        let place = self.waiting.iter().position(|entry| entry.nomor == nomor)?;
        self.waiting.remove(place)
    }

    /// A book with what the server told, and what has happened here since.
    fn current(&self, pack: Pack) -> Book {
        let mut book = Book::new(pack);
        for row in self.waiting.iter().filter_map(|entry| entry.sesudah.clone()) {
            book.put(row);
        }
        book
    }

    fn write(&mut self, record: Record) -> io::Result<()> {
        self.journal.add(&record)?;
        self.remember(record);
        Ok(())
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.time.now()
    }

    pub(super) fn book(&self) -> Option<&Book> {
        self.book.as_ref()
    }

    pub(super) fn pengguna(&self) -> Option<&Pengguna> {
        self.book.as_ref().map(|book| &book.pack.pengguna)
    }

    pub(super) fn waiting(&self) -> &VecDeque<Entry> {
        &self.waiting
    }

    pub(super) fn named(&self) -> &HashMap<i64, i64> {
        &self.named
    }

    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    pub(super) fn unsettled(&self) -> Vec<Unsettled> {
        let shown = self.unsettled.iter().map(|(nomor, (entry, bentrok))| Unsettled {
            nomor: *nomor,
            pada: entry.pada,
            kegiatan: entry.kegiatan,
            hasil: entry.hasil,
            di_meja: entry.sesudah.clone().map(|row| row.data),
            bentrok: bentrok.clone(),
        });
        shown.collect()
    }

    /// Takes what the server told: `pack` without the offset.
    ///
    /// # Errors
    /// What the operating system says; it counts until the program ends.
    pub(super) fn take_pack(&mut self, mut pack: Pack) -> io::Result<()> {
        pack.offset_ms = self.time.learn(pack.bekal.pada).num_milliseconds();
        self.book = Some(self.current(pack));
        self.save()
    }

    /// Takes a visit as the server tells it, unless something of this desk's is still on its way.
    pub(super) fn take(&mut self, row: &domain::json::JanjiTemu) {
        let is_ours = |entry: &Entry| entry.sesudah.as_ref().is_some_and(|after| after.data.id == row.id);
        if let Some(book) = self.book.as_mut().filter(|_| !self.waiting.iter().any(is_ours)) {
            book.take(row);
            self.is_unsaved = true;
        }
    }

    pub(super) fn is_unsaved(&self) -> bool {
        self.is_unsaved
    }

    /// Keeps what was told since the last time.
    ///
    /// # Errors
    /// What the operating system says.
    pub(super) fn save(&mut self) -> io::Result<()> {
        let Some(book) = &self.book else { return Ok(()) };
        let plain = serde_json::to_vec(&book.to_pack())?;
        owner_only::replace(&self.files.bekal(), &self.seal.seal(&plain, PACK))?;
        self.is_unsaved = false;
        Ok(())
    }

    /// The desk's own answer; none if only a server can give one, or nothing can be written down.
    pub(super) fn answer(&mut self, asked: &Asked, request: Request<'_>) -> Option<Forwarded> {
        let now = self.now();
        let book = self.book.as_ref().filter(|book| moves::is_desk(&book.pack.pengguna))?;
        let writing = match asked {
            Asked::Read(reading) => return listing::answer(book, reading, now),
            Asked::Write(writing) => writing,
        };
        if let Some(before) = self.sent_before(&request) {
            return Some(told(before.kegiatan, before.hasil, before.sesudah.as_ref()));
        }
        let (hasil, sesudah) = match answer::of(book, writing, self.next, now) {
            Outcome::Write { hasil, sesudah } => (hasil, sesudah.map(|row| *row)),
            Outcome::Told(told) => return Some(told),
            Outcome::Unknown => return None,
        };
        let entry = Entry {
            nomor: self.next,
            pada: now,
            kegiatan: writing.kegiatan(),
            method: request.method.to_owned(),
            path: request.path.to_owned(),
            body: request.body,
            hasil,
            sesudah,
        };
        let told = told(entry.kegiatan, entry.hasil, entry.sesudah.as_ref());
        let after = entry.sesudah.clone();
        if let Err(error) = self.write(Record::Terjadi(Box::new(entry))) {
            tracing::error!(%error, "nothing can be written into the desk's journal");
            return None;
        }
        if let (Some(book), Some(row)) = (&mut self.book, after) {
            book.put(row);
        }
        Some(told)
    }

    /// The entry that this request was before, if the page sends it again.
    fn sent_before(&self, request: &Request<'_>) -> Option<&Entry> {
        let kunci = request.body.get("kunci")?.as_str()?;
        self.waiting.iter().find(|entry| entry.kunci() == Some(kunci) && entry.path == request.path)
    }

    /// Writes down what the server says to an entry.
    ///
    /// # Errors
    /// What the operating system says; then the entry waits, and is sent again.
    pub(super) fn settle(&mut self, nomor: u64, verdict: Verdict) -> io::Result<()> {
        self.write(match verdict {
            Verdict::Entered { id_janji_temu } => Record::Tercatat { nomor, id_janji_temu },
            Verdict::Otherwise(bentrok) => Record::Bentrok { nomor, bentrok: Box::new(bentrok) },
        })?;
        if self.waiting.is_empty() { self.clear_out() } else { Ok(()) }
    }

    /// What waits, for another desk. It stays here too.
    ///
    /// # Errors
    /// It cannot be packed.
    pub(super) fn export(&self) -> io::Result<Option<Moving>> {
        let known = |entry: &Entry| {
            let path = replay::path(entry, &self.named).unwrap_or_else(|_| entry.path.clone());
            Entry { path, ..entry.clone() }
        };
        let entries: Vec<_> = self.waiting.iter().map(known).collect();
        if entries.is_empty() { Ok(None) } else { Ok(Some(moving::pack(&entries)?)) }
    }

    /// Takes in what another desk had written down. What is here already is left out. Gives how many were new; none if
    /// the code does not open the file.
    ///
    /// # Errors
    /// What the operating system says; what was taken in before stays.
    pub(super) fn import(&mut self, bytes: &[u8], code: &str) -> io::Result<Option<usize>> {
        let Some(mut entries) = moving::unpack(bytes, code) else { return Ok(None) };
        let is_known = |entry: &Entry| {
            let same = |other: &Entry| other.pada == entry.pada && other.body == entry.body;
            self.waiting.iter().any(same) || self.unsettled.values().any(|(other, _)| same(other))
        };
        entries.retain(|entry| !is_known(entry));
        let count = entries.len();
        for entry in moving::renumbered(entries, self.next) {
            let after = entry.sesudah.clone();
            self.write(Record::Terjadi(Box::new(entry)))?;
            if let (Some(book), Some(row)) = (&mut self.book, after) {
                book.put(row);
            }
        }
        Ok(Some(count))
    }

    /// A person has looked at an entry that the server took otherwise.
    ///
    /// # Errors
    /// What the operating system says.
    pub(super) fn settle_by_hand(&mut self, nomor: u64) -> io::Result<()> {
        if !self.unsettled.contains_key(&nomor) {
            return Ok(());
        }
        self.write(Record::Diperiksa { nomor })?;
        if self.waiting.is_empty() { self.clear_out() } else { Ok(()) }
    }

    /// Leaves in the file what somebody still has to look at.
    fn clear_out(&mut self) -> io::Result<()> {
        let left = self.unsettled.iter().flat_map(|(nomor, (entry, bentrok))| {
            let happened = Record::Terjadi(Box::new(entry.clone()));
            [happened, Record::Bentrok { nomor: *nomor, bentrok: Box::new(bentrok.clone()) }]
        });
        let left: Vec<_> = left.collect();
        if self.journal.records() > left.len() as u64 { self.journal.replace(&left) } else { Ok(()) }
    }
}

/// What was kept; none if there is nothing, or nothing that this version reads.
fn read_pack(files: &Files, seal: &Seal) -> io::Result<Option<Pack>> {
    let sealed = match fs::read(files.bekal()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        sealed => sealed?,
    };
    let pack = seal.open(&sealed, PACK).and_then(|plain| serde_json::from_slice(&plain).ok());
    if pack.is_none() {
        tracing::warn!("what the desk kept of the school cannot be read, and is fetched anew");
    }
    Ok(pack)
}
