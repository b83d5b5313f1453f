//! What can go wrong in a store, in five kinds that somebody acts on. Driver text goes to the log, never further.

use thiserror::Error;

/// Shorthand for what every method answers.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Why a use case was not carried out. Nothing was changed.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The row that the method is about does not exist.
    #[error("not found")]
    NotFound,
    /// A rule that the database keeps forbids it.
    #[error("conflict: {0:?}")]
    Conflict(Conflict),
    /// The database cannot be reached, is busy beyond patience, or cannot write (disk full, read-only).
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// The database answers, but not in time.
    #[error("database too slow: {0}")]
    Slow(String),
    /// Anything else: a fault in this program or a damaged database.
    #[error("database error: {0}")]
    Other(String),
}

/// The rules that the database keeps, by the name of their constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// `uq_pengguna_email`: the address belongs to another user.
    PenggunaEmail,
    /// `uq_pengguna_nuptk`: the number belongs to another user.
    PenggunaNuptk,
    /// `uq_pengguna_nip`: the number belongs to another user.
    PenggunaNip,
    /// The last active admin would be gone.
    AdminTerakhir,
    /// Who was named as behind a unit is not there, may not sign in, or is a unit; or no unit was named.
    Anggota,
    /// `uq_tamu_telp_indeks`: the number belongs to another guest.
    TamuTelp,
    /// `fk_janji_temu_guru`: no such guru, or one who cannot be visited.
    Guru,
    /// `fk_janji_temu_tamu`: no such guest.
    Tamu,
    /// The guru already has an appointment at that time.
    Bentrok,
    /// `pk_sistem_kunci`: the idempotency key was used meanwhile.
    Kunci,
    /// `pk_sistem_gabung`: the guest was merged meanwhile, or was not, or too long ago to undo it.
    Gabung,
    /// A rule without a name here.
    Other,
}

/// Why a database cannot be used. One line for the person who starts the program.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The file or its folder cannot be read or written.
    #[error("database {path} cannot be opened: {reason}")]
    Unreachable {
        /// The file, or the server without its login.
        path: String,
        /// The operating system's or the driver's message.
        reason: String,
    },
    /// There are tables, and none of them is ours.
    #[error("database {path} is another program's; name another place")]
    Foreign {
        /// The file, or the server without its login.
        path: String,
    },
    /// A database of SQL Server's own.
    #[error("database {path} is SQL Server's own; make one for the school there and name that one")]
    System {
        /// The server and database without the login.
        path: String,
    },
    /// A copy into it was begun and not finished.
    #[error("{path} is a copy that was not finished; copy it once more")]
    HalfCopied {
        /// The file, or the server without its login.
        path: String,
    },
    /// Written by a later version of this program.
    #[error(
        "database {path} is of a newer version (schema {found}, this program knows {known}); update this program"
    )]
    NewerVersion {
        /// The file, or the server without its login.
        path: String,
        /// The newest migration that the database has seen.
        found: u32,
        /// The newest migration that this program has.
        known: u32,
    },
    /// A migration failed or does not match what was applied before.
    #[error("database {path} cannot be brought up to date: {reason}")]
    Migration {
        /// The file, or the server without its login.
        path: String,
        /// What the migration runner says.
        reason: String,
    },
    /// The key file is not the one that this database was made with.
    #[error("key file {kunci} does not belong to database {path}; put the right one in its place")]
    WrongKunci {
        /// The database.
        path: String,
        /// The key file.
        kunci: String,
    },
    /// The key file is missing, unreadable or damaged.
    #[error(transparent)]
    Kunci(#[from] crate::kunci::SecretsError),
}
