//! SQLite's errors in the store's words. The driver's text goes to the log and no further.

use rusqlite::{Error, ErrorCode};

use crate::{Conflict, StoreError};

/// Every unique constraint: how SQLite names it, its own name, and the conflict that it means. A rule that no request
/// can break is [`Conflict::Other`].
const UNIQUE: [(&str, &str, Conflict); 29] = [
    ("pengguna.email", "uq_pengguna_email", Conflict::PenggunaEmail),
    ("pengguna.nuptk", "uq_pengguna_nuptk", Conflict::PenggunaNuptk),
    ("pengguna.nip", "uq_pengguna_nip", Conflict::PenggunaNip),
    ("tamu.telp_indeks", "uq_tamu_telp_indeks", Conflict::TamuTelp),
    ("tamu.kode_qr", "uq_tamu_kode_qr", Conflict::Other),
    ("janji_temu.kode_qr", "uq_janji_temu_kode_qr", Conflict::Other),
    ("janji_temu.kunci", "uq_janji_temu_kunci", Conflict::Kunci),
    ("sistem_arsip.kunci", "uq_sistem_arsip_kunci", Conflict::Kunci),
    ("sistem_info.nama", "pk_sistem_info", Conflict::Other),
    ("sistem_setelan.nama", "pk_sistem_setelan", Conflict::Other),
    ("sistem_sesi.id", "pk_sistem_sesi", Conflict::Other),
    ("sistem_perangkat.sidik", "pk_sistem_perangkat", Conflict::Other),
    ("sistem_token_segar.hash", "pk_sistem_token_segar", Conflict::Other),
    ("sistem_percobaan.sidik", "pk_sistem_percobaan", Conflict::Other),
    ("sistem_kunci.kunci", "pk_sistem_kunci", Conflict::Kunci),
    ("sistem_gambar.nama", "pk_sistem_gambar", Conflict::Other),
    ("sistem_saluran.nama", "pk_sistem_saluran", Conflict::Other),
    ("sistem_survei.id", "pk_sistem_survei", Conflict::Other),
    ("sistem_gabung.id_tamu", "pk_sistem_gabung", Conflict::Gabung),
    ("sistem_kalender.id_pengguna", "pk_sistem_kalender", Conflict::Other),
    ("sistem_hari_libur.tanggal", "pk_sistem_hari_libur", Conflict::Other),
    ("sistem_kalender.rahasia", "uq_sistem_kalender_rahasia", Conflict::Other),
    ("sistem_audit.nomor", "uq_sistem_audit_nomor", Conflict::Other),
    ("sistem_audit_ujung.nama", "pk_sistem_audit_ujung", Conflict::Other),
    ("sistem_anggota.id_unit, sistem_anggota.id_pengguna", "uq_sistem_anggota", Conflict::Other),
    ("sistem_centang.id_evakuasi, sistem_centang.id_janji_temu", "uq_sistem_centang", Conflict::Other),
    ("sistem_pemeliharaan.keadaan", "uq_sistem_pemeliharaan_jalan", Conflict::Other),
    (
        "sistem_pesan_keluar.id_pengguna, sistem_pesan_keluar.periode",
        "uq_sistem_pesan_laporan",
        Conflict::Other,
    ),
    ("sistem_kata_tamu.frasa, sistem_kata_tamu.id_tamu", "pk_sistem_kata_tamu", Conflict::Other),
];

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        let (failure, message) = match &error {
            Error::SqliteFailure(failure, message) => (failure, message.as_deref()),
            // The error may come before a statement is carried out.
            Error::SqlInputError { error, msg, .. } => (error, Some(msg.as_str())),
            _ => {
                tracing::error!(%error, "a row or a statement is not as it should be");
                return Self::Other("a row or a statement is not as it should be".to_owned());
            }
        };
        if failure.code == ErrorCode::ConstraintViolation {
            return Self::Conflict(conflict(message.unwrap_or_default()));
        }
        let reason = match failure.code {
            ErrorCode::DiskFull => "the disk is full",
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => "another program is using the database",
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => "the database cannot be written",
            ErrorCode::SystemIoFailure => "the disk does not answer as it should",
            ErrorCode::CannotOpen => "the database file cannot be opened",
            ErrorCode::FileLockingProtocolFailed => "the database cannot be locked",
            // Happens if the disk is failing, or if the file was written over.
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => "the database file is damaged",
            ErrorCode::OutOfMemory => "no memory is left",
            _ => {
                tracing::error!(%error, "the database failed");
                return Self::Other(format!("SQLite error {}", failure.extended_code));
            }
        };
        tracing::error!(%error, "the database is unavailable");
        Self::Unavailable(reason.to_owned())
    }
}

/// Which rule was broken, by a message such as `UNIQUE constraint failed: pengguna.email`. SQLite does not name a
/// broken foreign key, so statements check what they refer to.
fn conflict(message: &str) -> Conflict {
    let columns = message.strip_prefix("UNIQUE constraint failed: ");
    let known = UNIQUE.iter().find(|(known, ..)| Some(*known) == columns);
    known.map_or(Conflict::Other, |(.., conflict)| *conflict)
}

#[cfg(test)]
mod tests;
