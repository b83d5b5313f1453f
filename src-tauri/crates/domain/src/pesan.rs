//! Messages that a change of an appointment causes. They are queued with the change and sent later.

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JenisPesan {
    /// An appointment was made, or given another time: the guest is invited. While nobody has come, only another time
    /// makes a `versi` larger than 1.
    Undangan,
    /// The guest has arrived: the guru is told.
    Kedatangan,
    /// The guest has left: a review is asked for.
    Ulasan,
    /// The appointment was called off.
    Batal,
}

impl JenisPesan {
    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            JenisPesan::Undangan => "undangan",
            JenisPesan::Kedatangan => "kedatangan",
            JenisPesan::Ulasan => "ulasan",
            JenisPesan::Batal => "batal",
        }
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
