//! SQLite.
/// The store.
pub struct SqliteStore;
