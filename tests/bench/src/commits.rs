//! The yardstick: bare SQLite commits on the same disk, with the pragmas of the real database and nothing else.

use anyhow::Result;
use rusqlite::Connection;
use tempfile::TempDir;

/// A database of one table. Each commit changes one row.
pub struct Commits {
    conn: Connection,
    rows: i64,
    done: i64,
    _folder: TempDir,
}

impl Commits {
    /// Makes the table with as many rows.
    ///
    /// # Errors
    /// SQLite's.
    pub fn new(rows: usize) -> Result<Self> {
        let rows = i64::try_from(rows)?;
        let folder = crate::work_dir()?;
        let mut conn = Connection::open(folder.path().join("commits.db"))?;
        conn.pragma_update(None, "journal_mode", "WAL")?;
        conn.pragma_update(None, "synchronous", "FULL")?;
        conn.execute_batch(
            "CREATE TABLE janji_temu (id INTEGER PRIMARY KEY, status TEXT NOT NULL, waktu_datang INTEGER) STRICT",
        )?;
        let fill = conn.transaction()?;
        for id in 0..rows {
            fill.execute("INSERT INTO janji_temu (id, status) VALUES (?1, 'belum')", [id])?;
        }
        fill.commit()?;
        Ok(Self { conn, rows, done: 0, _folder: folder })
    }

    /// Commits one statement. It is on the disk when this returns.
    ///
    /// # Errors
    /// SQLite's.
    pub fn commit(&mut self) -> Result<()> {
        let mut update = self
            .conn
            .prepare_cached("UPDATE janji_temu SET status = 'menunggu', waktu_datang = ?2 WHERE id = ?1")?;
        anyhow::ensure!(update.execute((self.done % self.rows, self.done))? == 1, "no row was changed");
        self.done += 1;
        Ok(())
    }
}
