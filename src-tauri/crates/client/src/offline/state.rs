//! A desk's memory and its files, which always say the same.

use std::{fs, io};

use chrono::{DateTime, TimeDelta, Utc};
use domain::Pengguna;
use luring::{Answer, Asked, Decided, Memory, Pack, Record, Request, Standing, Unsettled, Verdict};
use serde_json::Value;

use super::{
    clock::{Clock, ServerTime},
    files::Files,
    journal::Journal,
    moving::{self, Moving},
    seal::Seal,
};

/// Where the pack opens.
const PACK: &[u8] = b"bekal";

pub(super) struct State {
    files: Files,
    seal: Seal,
    journal: Journal,
    time: ServerTime,
    memory: Memory,
    /// The journal's end could not be read.
    is_cut: bool,
    /// Records that could not be read, with others behind them.
    damaged: usize,
    /// Something was told that is not kept yet.
    is_unsaved: bool,
}

impl State {
    /// # Errors
    /// What the operating system says.
    pub(super) fn open(files: Files, seal: Seal, clock: Clock) -> io::Result<Self> {
        let pack = read_pack(&files, &seal)?;
        let offset = pack.as_ref().map_or(0, |pack| pack.offset_ms);
        let (journal, found) = Journal::open::<Record>(&files, seal.clone())?;
        if found.cut > 0 || found.damaged > 0 {
            let (bytes, damaged) = (found.cut, found.damaged);
            tracing::warn!(bytes, damaged, "what could not be read of the journal was put aside");
        }
        let memory = Memory::new(found.records, pack);
        let mut time = ServerTime::new(clock, TimeDelta::milliseconds(offset));
        if let Some(known) = memory.known_since() {
            time.not_before(known);
        }
        let (is_cut, damaged) = (found.cut > 0, found.damaged);
        Ok(Self { files, seal, journal, time, memory, is_cut, damaged, is_unsaved: false })
    }

    fn write(&mut self, record: Record) -> io::Result<()> {
        self.journal.add(&record)?;
        self.memory.wrote(record);
        Ok(())
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.time.now()
    }

    pub(super) fn memory(&self) -> &Memory {
        &self.memory
    }

    pub(super) fn pengguna(&self) -> Option<&Pengguna> {
        self.memory.pengguna()
    }

    pub(super) fn standing(&self) -> Standing {
        self.memory.standing()
    }

    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    pub(super) fn damaged(&self) -> usize {
        self.damaged
    }

    pub(super) fn unsettled(&self) -> Vec<Unsettled> {
        self.memory.unsettled()
    }

    /// Takes what the server told: `pack` without the offset.
    ///
    /// # Errors
    /// What the operating system says; it counts until the program ends.
    pub(super) fn take_pack(&mut self, mut pack: Pack) -> io::Result<()> {
        pack.offset_ms = self.time.learn(pack.bekal.pada).num_milliseconds();
        self.memory.set_pack(pack);
        self.save()
    }

    /// Takes a visit as the server tells it.
    pub(super) fn take(&mut self, row: &domain::json::JanjiTemu) {
        self.is_unsaved |= self.memory.take(row);
    }

    pub(super) fn is_unsaved(&self) -> bool {
        self.is_unsaved
    }

    /// Keeps what was told since the last time.
    ///
    /// # Errors
    /// What the operating system says.
    pub(super) fn save(&mut self) -> io::Result<()> {
        let Some(pack) = self.memory.to_pack() else { return Ok(()) };
        let plain = serde_json::to_vec(&pack)?;
        owner_only::replace(&self.files.bekal(), &self.seal.seal(&plain, PACK))?;
        self.is_unsaved = false;
        Ok(())
    }

    /// The desk's own answer, and what a guru can be told of it; none if only a server can give one, or nothing can be
    /// written down.
    pub(super) fn answer(&mut self, asked: &Asked, request: Request<'_>) -> Option<(Answer, Option<Value>)> {
        match self.memory.decide(asked, request, self.now()) {
            Decided::Told(told) => Some((told, None)),
            Decided::Unknown => None,
            Decided::Write(record, told) => {
                let news = self.memory.news(&record);
                match self.write(*record) {
                    Ok(()) => Some((told, news)),
                    Err(error) => {
                        tracing::error!(%error, "nothing can be written into the desk's journal");
                        None
                    }
                }
            }
        }
    }

    /// Writes down what the server says to an entry.
    ///
    /// # Errors
    /// What the operating system says; then the entry waits, and is sent again.
    pub(super) fn settle(&mut self, nomor: u64, verdict: Verdict) -> io::Result<()> {
        self.settle_as(Memory::settled(nomor, verdict))
    }

    /// The same as a record.
    pub(super) fn settle_as(&mut self, record: Record) -> io::Result<()> {
        self.write(record)?;
        self.clear_out()
    }

    /// What waits, and what a person still has to look at, for another desk. It stays here too.
    ///
    /// # Errors
    /// It cannot be packed.
    pub(super) fn export(&self) -> io::Result<Option<Moving>> {
        let moved = self.memory.moved();
        if moved.is_empty() { Ok(None) } else { Ok(Some(moving::pack(&moved)?)) }
    }

    /// Takes in what another desk had written down. What is here already is left out. Gives how many were new; none if
    /// the code does not open the file.
    ///
    /// # Errors
    /// What the operating system says; what was taken in before stays.
    pub(super) fn import(&mut self, bytes: &[u8], code: &str) -> io::Result<Option<usize>> {
        let Some(moved) = moving::unpack(bytes, code) else { return Ok(None) };
        let taken = self.memory.taken_in(moved);
        let count = taken.len();
        for record in taken.into_iter().flatten() {
            self.write(record)?;
        }
        Ok(Some(count))
    }

    /// A person has looked at an entry that the server took otherwise.
    ///
    /// # Errors
    /// What the operating system says.
    pub(super) fn settle_by_hand(&mut self, nomor: u64) -> io::Result<()> {
        match self.memory.settled_by_hand(nomor) {
            Some(record) => self.settle_as(record),
            None => Ok(()),
        }
    }

    /// Leaves in the file what somebody still has to look at.
    fn clear_out(&mut self) -> io::Result<()> {
        match self.memory.left() {
            Some(left) if self.journal.records() > left.len() as u64 => self.journal.replace(&left),
            _ => Ok(()),
        }
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
