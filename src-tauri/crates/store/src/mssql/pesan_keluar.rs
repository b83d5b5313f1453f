//! The queue of messages to be sent: rows are put in here, in the transaction that causes them, and nowhere else.

use domain::pesan::Queueing;

/// Does what a change does to the queue, with a message `@pesan` about the appointment `@id`, at `@waktu`.
pub(super) fn text(queueing: Queueing) -> &'static str {
    match queueing {
        Queueing::Add(_) => QUEUE,
        Queueing::Remove(_) => UNQUEUE,
    }
}

/// Queues a message `@pesan` about the appointment `@id`, at `@waktu`.
pub(super) const QUEUE: &str =
    "INSERT INTO sistem.pesan_keluar (jenis, id_janji_temu, dibuat_pada) VALUES (@pesan, @id, @waktu);";

/// Takes the messages `@pesan` about the appointment `@id` out again, which have not been sent.
const UNQUEUE: &str = "DELETE FROM sistem.pesan_keluar WHERE id_janji_temu = @id AND jenis = @pesan;";
