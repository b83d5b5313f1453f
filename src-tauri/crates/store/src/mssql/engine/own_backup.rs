//! The backup that SQL Server writes itself, onto its own computer.

use super::{Patience, Statement};

/// Writes it, over the one of the same day of another month, and reads it back.
///
/// `COPY_ONLY` leaves alone what the school's own administrator backs up. Express and the editions for the cloud cannot
/// compress.
pub(in crate::mssql) fn statement(folder: &str, day: u32) -> Statement {
    let slash = if folder.contains('\\') { '\\' } else { '/' };
    let beginning = format!("{}{slash}", folder.trim_end_matches(['/', '\\']));
    Statement::new(
        "DECLARE @basis sysname = DB_NAME();
        DECLARE @berkas nvarchar(4000) = @awal + @basis + @akhir;
        IF CAST(SERVERPROPERTY('EngineEdition') AS int) IN (2, 3)
            BACKUP DATABASE @basis TO DISK = @berkas WITH COPY_ONLY, INIT, FORMAT, CHECKSUM, COMPRESSION;
        ELSE
            BACKUP DATABASE @basis TO DISK = @berkas WITH COPY_ONLY, INIT, FORMAT, CHECKSUM;
        RESTORE VERIFYONLY FROM DISK = @berkas WITH CHECKSUM;",
    )
    .bind("awal", beginning)
    .bind("akhir", format!("-{day:02}.bak"))
    .patience(Patience::Backup)
}
