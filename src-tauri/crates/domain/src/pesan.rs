//! Messages that a change of an appointment causes. They are queued with the change and sent later.

use crate::words::words;

words! {
    /// What a message is about.
    pub enum JenisPesan, else UnknownJenisPesan "jenis pesan tidak dikenal" {
        /// An appointment was made, or given another time: the guest is invited. While nobody has come, only another
        /// time makes a `versi` larger than 1.
        Undangan = "undangan",
        /// The guest has arrived: the guru is told.
        Kedatangan = "kedatangan",
        /// The guest has left: a review is asked for.
        Ulasan = "ulasan",
        /// The appointment was called off.
        Batal = "batal",
    }
}

/// What a change does to the queue of messages about its appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queueing {
    /// A message is to be sent.
    Add(JenisPesan),
    /// Messages that were not sent yet are not to be sent any more.
    Remove(JenisPesan),
}

impl Queueing {
    /// What the message is about.
    pub const fn jenis(self) -> JenisPesan {
        match self {
            Queueing::Add(jenis) | Queueing::Remove(jenis) => jenis,
        }
    }
}
