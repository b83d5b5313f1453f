//! Reading a row that may be damaged. A value that cannot be read is replaced, reported once by table and identity,
//! and counted. Values are never reported.

use std::{
    collections::HashSet,
    sync::{LazyLock, Mutex, PoisonError},
};

use domain::{Damage, RUSAK};

/// Damaged fields that are remembered as reported. Any more are reported each time they are met.
const TOLD_MAX: usize = 10_000;

/// Table, identity and column.
type Field = (&'static str, i64, &'static str);

/// One row, and what became of reading it.
pub(crate) struct Seen {
    table: &'static str,
    id: i64,
    rusak: Damage,
}

impl Seen {
    /// A row of a table, by its identity.
    pub(crate) fn of(table: &'static str, id: i64) -> Self {
        Self { table, id, rusak: Damage::Tidak }
    }

    /// A value that is only shown.
    pub(crate) fn shown<T, E>(&mut self, column: &'static str, read: Result<T, E>, instead: T) -> T {
        self.take(column, read, instead, Damage::Isi)
    }

    /// A value that decisions depend on.
    pub(crate) fn decides<T, E>(&mut self, column: &'static str, read: Result<T, E>, instead: T) -> T {
        self.take(column, read, instead, Damage::Pokok)
    }

    /// Text that must be there.
    pub(crate) fn text<E>(&mut self, column: &'static str, read: Result<String, E>) -> String {
        self.shown(column, read, RUSAK.to_owned())
    }

    /// A value that may be missing anyway.
    pub(crate) fn optional<T, E>(&mut self, column: &'static str, read: Result<Option<T>, E>) -> Option<T> {
        self.shown(column, read, None)
    }

    /// A name from the row that `reference` leads to. If it leads nowhere, this row is too damaged to decide anything
    /// by.
    pub(crate) fn name_of<E>(
        &mut self,
        reference: &'static str,
        column: &'static str,
        read: Result<Option<String>, E>,
    ) -> String {
        match read {
            Ok(Some(name)) => name,
            Ok(None) => self.decides::<_, ()>(reference, Err(()), RUSAK.to_owned()),
            Err(error) => self.text(column, Err(error)),
        }
    }

    /// What could not be read.
    pub(crate) fn rusak(&self) -> Damage {
        self.rusak
    }

    fn take<T, E>(&mut self, column: &'static str, read: Result<T, E>, instead: T, weight: Damage) -> T {
        read.unwrap_or_else(|_| {
            self.rusak = self.rusak.max(weight);
            tell(self.table, self.id, column);
            instead
        })
    }
}

/// Reports a damaged row in the log and the figures, once for each of its columns.
fn tell(table: &'static str, id: i64, column: &'static str) {
    static TOLD: LazyLock<Mutex<HashSet<Field>>> = LazyLock::new(Mutex::default);
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    let is_new = told.len() >= TOLD_MAX || told.insert((table, id, column));
    drop(told);
    if is_new {
        metrics::counter!("bukutamu_damaged_rows_total", "table" => table).increment(1);
        tracing::error!(table, id, column, "a row is damaged; `check-database` finds the others");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_stood_in_for_and_weighs_as_much_as_its_worst() {
        let mut seen = Seen::of("tamu", 7);
        assert_eq!(seen.text("nama", Ok::<_, ()>("Dewi".to_owned())), "Dewi");
        assert_eq!(seen.rusak(), Damage::Tidak);
        assert_eq!(seen.text("nama", Err(())), RUSAK);
        assert_eq!(seen.optional("email", Err::<Option<String>, _>(())), None);
        assert_eq!(seen.rusak(), Damage::Isi);
        assert_eq!(seen.decides("jadwal", Err(()), 1), 1);
        assert_eq!(seen.shown("versi", Err(()), 2), 2);
        assert_eq!(seen.rusak(), Damage::Pokok);
    }
}
