//! A file that was restored from a backup, before anybody uses it.

use std::path::Path;

use domain::{
    IdTamu,
    pesan::{AlasanPesan, KeadaanPesan},
};
use rusqlite::{Connection, named_params};

use crate::{
    OpenError, Result,
    pulih::{Settled, Since},
    sqlite::{
        SqliteStore, audit,
        copy::{count_on, last_identity},
        engine,
        row::ms,
        tamu::erase,
    },
    tamu::{ERASED_AT_ONCE, ErasedTamu},
};

/// More numbers than a school gives between two backups.
const NUMBERS_LEFT_OUT: i64 = 1_000_000;

impl SqliteStore {
    /// Who was erased in a file that nothing is changed in. Blocks on the disk. A server may have it open.
    ///
    /// # Errors
    /// [`OpenError::Unreachable`].
    pub fn erased_in(path: &Path) -> Result<Vec<ErasedTamu>, OpenError> {
        let unreachable = |error: rusqlite::Error| OpenError::Unreachable {
            path: path.display().to_string(),
            reason: error.to_string().replace('\n', " "),
        };
        let conn = engine::read_only(path).map_err(unreachable)?;
        let mut erased: Vec<ErasedTamu> = Vec::new();
        loop {
            let last = erased.last().map_or(IdTamu(0), |tamu| tamu.id);
            let some = erase::list(&conn, last).map_err(unreachable)?;
            let is_whole = some.len() < ERASED_AT_ONCE;
            erased.extend(some);
            if is_whole {
                return Ok(erased);
            }
        }
    }

    /// Brings a restored book to the present in what must not go back: who was erased stays erased, nobody is signed
    /// in, and no message leaves by itself that may have left before.
    ///
    /// # Errors
    /// The database's; then nothing was changed.
    pub async fn settle_restored(&self, since: Since) -> Result<Settled> {
        self.write(move |conn, _| settle(conn, since)).await
    }
}

fn settle(conn: &Connection, since: Since) -> Result<Settled> {
    let Since { dari, waktu, erased, entry } = since;
    let mut settled = Settled::default();
    for tamu in &erased {
        settled.dihapus += u64::from(erase::erase_again(conn, tamu, dari, waktu)?);
    }
    settled.sesi = conn
        .execute("UPDATE sistem_sesi SET dicabut_pada = ?1 WHERE dicabut_pada IS NULL", [ms(waktu)])?
        as u64;
    settled.pesan = conn.execute(
        "UPDATE sistem_pesan_keluar SET
            keadaan = :gagal, alasan = :alasan, disewa_oleh = NULL, disewa_sampai = NULL, diubah_pada = :waktu
        WHERE keadaan = :menunggu",
        named_params! {
            ":gagal": KeadaanPesan::Gagal.as_str(),
            ":alasan": AlasanPesan::Dipulihkan.as_str(),
            ":menunggu": KeadaanPesan::Menunggu.as_str(),
            ":waktu": ms(waktu),
        },
    )? as u64;
    // Numbers that were given after the backup stand in codes, links and mails that people hold. Nobody else gets one.
    for table in ["pengguna", "tamu", "janji_temu", "sistem_pesan_keluar"] {
        count_on(conn, table, last_identity(conn, table)? + NUMBERS_LEFT_OUT)?;
    }
    audit::insert(conn, &entry(settled))?;
    Ok(settled)
}
