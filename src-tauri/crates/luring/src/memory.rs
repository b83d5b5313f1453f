//! What a desk has in its memory: the book, what has happened since, and what a person has to look at. It is made anew
//! out of the records that were written down, so it never says more than what is kept.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, Utc};
use domain::{IdJanjiTemu, Pengguna, json};
use serde::Serialize;
use serde_json::Value;

use crate::{
    answer::{self, Answer, Outcome, told},
    book::{Book, Pack},
    entry::{Conflict, Entry, Reason, Record, Unsettled},
    listing, moves,
    moving::{self, Moved},
    named::Named,
    news,
    replay::Verdict,
    request::{Asked, Question},
};

/// The memory of a desk.
#[derive(Debug, Default)]
pub struct Memory {
    book: Option<Book>,
    /// What the server has not entered yet, the oldest first.
    waiting: VecDeque<Entry>,
    unsettled: BTreeMap<u64, (Entry, Conflict)>,
    named: Named,
    /// The highest number of an entry so far.
    last: u64,
}

/// What was asked, as it came.
#[derive(Debug)]
pub struct Request<'a> {
    /// The method.
    pub method: &'a str,
    /// Path and query.
    pub path: &'a str,
    /// The body; null if there is none.
    pub body: Value,
}

/// What becomes of a request.
#[derive(Debug)]
pub enum Decided {
    /// Nothing is to be written down.
    Told(Answer),
    /// The record is to be written down. Only once it is, [`Memory::wrote`] takes it, and the page is told.
    Write(Box<Record>, Answer),
    /// Only a server can say.
    Unknown,
}

/// The entry that is to be sent next.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one at a time, for a moment")]
pub enum Next {
    /// Send it, as the server knows the path and the body.
    Send {
        /// The entry.
        entry: Entry,
        /// Where to.
        path: String,
        /// What.
        body: Value,
    },
    /// It is about something that the server refused: write this down instead.
    Write(Record),
}

/// How a desk stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// It could go on without a server.
    pub siap: bool,
    /// Entries that the server does not have yet.
    pub menunggu: usize,
    /// The visits that they are about.
    pub kunjungan: Vec<IdJanjiTemu>,
    /// Entries that a person has to look at.
    pub periksa: usize,
}

impl Memory {
    /// Everything that was written down, in its order, and what the server told.
    pub fn new(records: impl IntoIterator<Item = Record>, pack: Option<Pack>) -> Self {
        let mut memory = Self::default();
        for record in records {
            memory.remember(record);
        }
        if let Some(pack) = pack {
            memory.set_pack(pack);
        }
        memory
    }

    /// Takes what the server told.
    pub fn set_pack(&mut self, pack: Pack) {
        let mut book = Book::new(pack);
        for entry in &self.waiting {
            happened(&mut book, entry);
        }
        self.book = Some(book);
    }

    /// What the server told, with all that was told since.
    pub fn to_pack(&self) -> Option<Pack> {
        self.book.as_ref().map(Book::to_pack)
    }

    /// Takes a visit as the server tells it, unless something of this desk's is still on its way. Whether it was taken.
    pub fn take(&mut self, row: &json::JanjiTemu) -> bool {
        let is_ours = |entry: &Entry| entry.id_janji_temu() == Some(row.id);
        let is_taken = !self.waiting.iter().any(is_ours);
        if let Some(book) = self.book.as_mut().filter(|_| is_taken) {
            book.take(row);
        }
        is_taken && self.book.is_some()
    }

    /// What becomes of a request at `now`.
    pub fn decide(&self, Asked(question): &Asked, request: Request<'_>, now: DateTime<Utc>) -> Decided {
        let Some(book) = self.book.as_ref().filter(|book| moves::is_desk(&book.pack.pengguna)) else {
            return Decided::Unknown;
        };
        let writing = match question {
            Question::Read(reading) => {
                return listing::answer(book, reading, now).map_or(Decided::Unknown, Decided::Told);
            }
            Question::Write(writing) => writing,
        };
        if let Some(before) = self.sent_before(&request) {
            return Decided::Told(told(book, before));
        }
        let nomor = self.last + 1;
        let (hasil, sesudah, tamu) = match answer::of(book, writing, nomor, now) {
            Outcome::Write { hasil, sesudah, tamu } => (hasil, sesudah.map(|row| *row), tamu),
            Outcome::Told(answer) => return Decided::Told(answer),
            Outcome::Unknown => return Decided::Unknown,
        };
        let entry = Entry {
            nomor,
            pada: now,
            kegiatan: writing.kegiatan(),
            method: request.method.to_owned(),
            path: request.path.to_owned(),
            body: request.body,
            hasil,
            sesudah,
            tamu,
        };
        let answer = told(book, &entry);
        Decided::Write(Box::new(Record::Terjadi(Box::new(entry))), answer)
    }

    /// The body of the request by which a guru is told at once, if the record is an arrival.
    pub fn news(&self, record: &Record) -> Option<Value> {
        news::of(self.book.as_ref()?, record)
    }

    /// The entry that this request was before, if the page sends it again.
    fn sent_before(&self, request: &Request<'_>) -> Option<&Entry> {
        let kunci = request.body.get("kunci")?.as_str()?;
        self.waiting.iter().find(|entry| entry.kunci() == Some(kunci) && entry.path == request.path)
    }

    /// A record was written down.
    pub fn wrote(&mut self, record: Record) {
        if let (Record::Terjadi(entry), Some(book)) = (&record, &mut self.book) {
            happened(book, entry);
        }
        self.remember(record);
    }

    /// What the record means for what is in memory.
    fn remember(&mut self, record: Record) {
        match record {
            Record::Terjadi(entry) => {
                self.last = self.last.max(entry.nomor);
                self.waiting.push_back(*entry);
            }
            Record::Tercatat { nomor, id_janji_temu, id_tamu } => {
                self.forget(nomor);
                self.named.learn(nomor, id_janji_temu, id_tamu);
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

    /// The entry that is to be sent next.
    pub fn next(&self) -> Option<Next> {
        let entry = self.waiting.front()?;
        let known = self.named.path(&entry.path).zip(self.named.body(&entry.body));
        Some(match known {
            Some((path, body)) => Next::Send { entry: entry.clone(), path, body },
            None => {
                let bentrok = Conflict { alasan: Reason::Bergantung, janji_temu: None };
                Next::Write(Verdict::Otherwise(bentrok).record(entry.nomor))
            }
        })
    }

    /// Writes down what the server says to an entry.
    pub fn settled(nomor: u64, verdict: Verdict) -> Record {
        verdict.record(nomor)
    }

    /// Writes down that a person has looked at an entry; none if nobody has to.
    pub fn settled_by_hand(&self, nomor: u64) -> Option<Record> {
        self.unsettled.contains_key(&nomor).then_some(Record::Diperiksa { nomor })
    }

    /// The records that are still needed, once nothing waits. Everything else that was written down can go.
    pub fn left(&self) -> Option<Vec<Record>> {
        let left = self.unsettled.iter().flat_map(|(nomor, (entry, bentrok))| {
            let happened = Record::Terjadi(Box::new(entry.clone()));
            [happened, Record::Bentrok { nomor: *nomor, bentrok: Box::new(bentrok.clone()) }]
        });
        self.waiting.is_empty().then(|| left.collect())
    }

    /// What waits, and what a person still has to look at, for another desk.
    pub fn moved(&self) -> Vec<Moved> {
        let known = |entry: &Entry| {
            let path = self.named.path(&entry.path).unwrap_or_else(|| entry.path.clone());
            let body = self.named.body(&entry.body).unwrap_or_else(|| entry.body.clone());
            Entry { path, body, ..entry.clone() }
        };
        let unsettled = self.unsettled.values().map(|(entry, bentrok)| (entry, Some(bentrok.clone())));
        let waiting = self.waiting.iter().map(|entry| (entry, None));
        unsettled.chain(waiting).map(|(entry, bentrok)| Moved { terjadi: known(entry), bentrok }).collect()
    }

    /// What is to be written down of another desk's entries, for each one that is new here.
    pub fn taken_in(&self, mut moved: Vec<Moved>) -> Vec<Vec<Record>> {
        let is_known = |entry: &Entry| {
            let same = |other: &Entry| other.pada == entry.pada && other.body == entry.body;
            self.waiting.iter().any(same) || self.unsettled.values().any(|(other, _)| same(other))
        };
        moved.retain(|one| !is_known(&one.terjadi));
        let records = |Moved { terjadi, bentrok }: Moved| {
            let nomor = terjadi.nomor;
            let bentrok = bentrok.map(|bentrok| Record::Bentrok { nomor, bentrok: Box::new(bentrok) });
            [Record::Terjadi(Box::new(terjadi))].into_iter().chain(bentrok).collect()
        };
        moving::renumbered(moved, self.last + 1).into_iter().map(records).collect()
    }

    /// What a person has to look at, the oldest first.
    pub fn unsettled(&self) -> Vec<Unsettled> {
        self.unsettled.values().map(|(entry, bentrok)| Unsettled::new(entry, bentrok)).collect()
    }

    /// How the desk stands.
    pub fn standing(&self) -> Standing {
        let mut kunjungan: Vec<_> = self.waiting.iter().filter_map(Entry::id_janji_temu).collect();
        kunjungan.sort_unstable();
        kunjungan.dedup();
        Standing {
            siap: self.book.is_some(),
            menunggu: self.waiting.len(),
            kunjungan,
            periksa: self.unsettled.len(),
        }
    }

    /// Who was signed in when the server last told.
    pub fn pengguna(&self) -> Option<&Pengguna> {
        self.book.as_ref().map(|book| &book.pack.pengguna)
    }

    /// What the server calls what the desk had named itself.
    pub fn named(&self) -> &Named {
        &self.named
    }

    /// The latest moment that the desk knows to have been: no clock of its can be right that says an earlier one.
    pub fn known_since(&self) -> Option<DateTime<Utc>> {
        let told = self.book.as_ref().map(|book| book.pack.bekal.pada);
        self.waiting.iter().map(|entry| entry.pada).chain(told).max()
    }
}

/// Takes into the book what has happened.
fn happened(book: &mut Book, entry: &Entry) {
    if let Some(row) = entry.sesudah.clone() {
        book.put(row);
    }
    if let Some(tamu) = entry.tamu.clone() {
        book.put_tamu(tamu);
    }
}
