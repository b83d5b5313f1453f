//! The queue of messages to be sent: rows are put in here, in the transaction that causes them, and nowhere else.

use domain::pesan::{JenisPesan, Queueing};

use super::row::words;

/// Does what a change does to the queue, with a message `@pesan` about the appointment `@id`, at `@waktu`.
pub(super) fn text(queueing: Queueing) -> String {
    match queueing {
        Queueing::Add(jenis) => queue(jenis),
        Queueing::Remove(_) => UNQUEUE.to_owned(),
    }
}

/// Queues a message `@pesan` of that kind about the appointment `@id`, at `@waktu`.
pub(super) fn queue(jenis: JenisPesan) -> String {
    let said_by = jenis.said_by().iter().map(|jenis| jenis.as_str());
    let condition = match jenis.said_by() {
        [] => String::new(),
        _ => format!(
            "{} NOT EXISTS (
                SELECT 1 FROM sistem.pesan_keluar
                WHERE id_janji_temu = @id AND keadaan = N'menunggu' AND disewa_sampai IS NULL AND jenis IN ({})
            )",
            if jenis.is_to_tamu() { "WHERE" } else { "AND" },
            words(said_by)
        ),
    };
    if jenis.is_to_tamu() {
        return format!(
            "INSERT INTO sistem.pesan_keluar (jenis, id_janji_temu, kirim_pada, dibuat_pada, diubah_pada)
            SELECT @pesan, @id, @waktu, @waktu, @waktu {condition};"
        );
    }
    // What is told a guru is told each member of a unit who can be written to.
    format!(
        "INSERT INTO sistem.pesan_keluar (jenis, id_janji_temu, untuk, kirim_pada, dibuat_pada, diubah_pada)
        SELECT @pesan, @id, m.id_pengguna, @waktu, @waktu, @waktu
        FROM dbo.janji_temu AS k
        LEFT JOIN (
            SELECT a.id_unit, a.id_pengguna FROM sistem.anggota AS a
            INNER JOIN dbo.pengguna AS p ON p.id = a.id_pengguna AND p.aktif = 1
        ) AS m ON m.id_unit = k.id_guru
        WHERE k.id = @id {condition};"
    )
}

/// Takes the messages `@pesan` about the appointment `@id` out again, which have not been sent.
const UNQUEUE: &str = "
    DELETE FROM sistem.pesan_keluar WHERE id_janji_temu = @id AND jenis = @pesan AND keadaan = N'menunggu';";

/// Queues the message `@kredensial` that brings the user `id` the password `@rahasia`, if there is one, at `@waktu`.
pub(super) fn queue_kredensial(id: &str) -> String {
    format!(
        "IF @rahasia IS NOT NULL
            INSERT INTO sistem.pesan_keluar (jenis, id_pengguna, rahasia, kirim_pada, dibuat_pada, diubah_pada)
            VALUES (@kredensial, {id}, @rahasia, @waktu, @waktu, @waktu);"
    )
}
