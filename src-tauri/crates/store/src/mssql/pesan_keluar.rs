//! The queue of messages to be sent: rows are put in here, in the transaction that causes them, and nowhere else.

/// What a message is about.
#[derive(Clone, Copy)]
pub(super) enum JenisPesan {
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
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            JenisPesan::Undangan => "undangan",
            JenisPesan::Kedatangan => "kedatangan",
            JenisPesan::Ulasan => "ulasan",
            JenisPesan::Batal => "batal",
        }
    }
}

/// Queues a message `@pesan` about the appointment `@id`, at `@waktu`.
pub(super) const QUEUE: &str =
    "INSERT INTO sistem.pesan_keluar (jenis, id_janji_temu, dibuat_pada) VALUES (@pesan, @id, @waktu);";

/// Takes the messages `@pesan` about the appointment `@id` out again, which have not been sent.
pub(super) const UNQUEUE: &str =
    "DELETE FROM sistem.pesan_keluar WHERE id_janji_temu = @id AND jenis = @pesan;";
