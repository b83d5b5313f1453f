//! Another program that has taken a school's database for itself, such as a backup or a virus scanner.

use std::path::Path;

use rusqlite::Connection;

/// Nobody else writes while this is there.
pub struct Locked(Connection);

impl Locked {
    /// Takes it.
    pub fn take(database: &Path) -> Self {
        let other = Connection::open(database).expect("the database");
        other.execute_batch("BEGIN IMMEDIATE").expect("a lock");
        Self(other)
    }

    /// Gives it up.
    pub fn give_up(self) {
        self.0.execute_batch("ROLLBACK").expect("the lock is given up");
    }
}
