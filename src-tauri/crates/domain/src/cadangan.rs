//! What is told of a school's backups when something is wrong with them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Language, words::words};

words! {
    /// Why a backup came to nothing, by what has to be seen to.
    pub enum BackupTrouble, else UnknownBackupTrouble "gangguan cadangan tidak dikenal" {
        /// The folder cannot be written, or is full.
        Tempat = "tempat",
        /// The database is damaged.
        Rusak = "rusak",
        /// The database does not answer, or was changed meanwhile.
        BasisData = "basis_data",
        /// What was written could not be restored, or is not what was written.
        TidakTerbukti = "tidak_terbukti",
    }
}

words! {
    /// What is wrong with the backups.
    pub enum BackupProblem, else UnknownBackupProblem "masalah cadangan tidak dikenal" {
        /// The last one came to nothing.
        Gagal = "gagal",
        /// The newest good one is older than it should be.
        Terlambat = "terlambat",
        /// They are good, and the second place does not have the newest.
        TempatKedua = "tempat_kedua",
        /// They are good, and SQL Server could not write its own.
        SqlServer = "sql_server",
    }
}

/// Something is wrong with the backups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BackupAlarm {
    /// What.
    pub masalah: BackupProblem,
    /// Why; null if nothing was tried.
    pub alasan: Option<BackupTrouble>,
    /// When the newest good backup was taken; null without one.
    pub terakhir: Option<DateTime<Utc>>,
}

impl BackupAlarm {
    /// What is wrong, in the middle of a sentence.
    pub const fn words(self, bahasa: Language) -> &'static str {
        match bahasa {
            Language::Id => self.kata(),
            Language::En => self.english(),
        }
    }

    const fn kata(self) -> &'static str {
        match (self.masalah, self.alasan) {
            (BackupProblem::TempatKedua, Some(BackupTrouble::TidakTerbukti)) => {
                "salinan di tempat kedua tidak sama dengan aslinya; periksa drive atau jaringannya"
            }
            (BackupProblem::TempatKedua, _) => {
                "tempat kedua tidak bisa ditulisi atau penuh; cadangan di PC server baik"
            }
            (BackupProblem::Gagal, Some(BackupTrouble::Tempat) | None) => {
                "foldernya tidak bisa ditulisi atau penuh"
            }
            (BackupProblem::Gagal, Some(BackupTrouble::Rusak)) => "ada bagian basis data yang rusak",
            (BackupProblem::Gagal, Some(BackupTrouble::BasisData)) => "basis data tidak menjawab",
            (BackupProblem::Gagal, Some(BackupTrouble::TidakTerbukti)) => "berkasnya tidak bisa dipulihkan",
            (BackupProblem::Terlambat, _) => "cadangan malam tadi belum ada",
            (BackupProblem::SqlServer, _) => {
                "SQL Server tidak bisa menulis cadangannya sendiri; cadangan di server buku tamu baik"
            }
        }
    }

    const fn english(self) -> &'static str {
        match (self.masalah, self.alasan) {
            (BackupProblem::TempatKedua, Some(BackupTrouble::TidakTerbukti)) => {
                "the copy in the second place differs from the original; check the drive or the network"
            }
            (BackupProblem::TempatKedua, _) => {
                "the second place cannot be written or is full; the backup on the server's PC is good"
            }
            (BackupProblem::Gagal, Some(BackupTrouble::Tempat) | None) => {
                "its folder cannot be written or is full"
            }
            (BackupProblem::Gagal, Some(BackupTrouble::Rusak)) => "part of the database is damaged",
            (BackupProblem::Gagal, Some(BackupTrouble::BasisData)) => "the database does not answer",
            (BackupProblem::Gagal, Some(BackupTrouble::TidakTerbukti)) => "its file could not be restored",
            (BackupProblem::Terlambat, _) => "last night's backup is missing",
            (BackupProblem::SqlServer, _) => {
                "SQL Server could not write its own backup; the backup on the guest book's server is good"
            }
        }
    }
}
