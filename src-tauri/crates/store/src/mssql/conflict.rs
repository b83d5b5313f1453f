//! SQL Server's errors in the store's words. Its messages hold values of rows, so they are not passed on: the log has
//! the number, and the name of a broken rule is looked up among ours.

use tiberius::error::{Error, TokenError};

use crate::{Conflict, StoreError};

/// Every constraint and unique index, and the conflict that breaking it means. A rule that no request can break is
/// [`Conflict::Other`]. Names are lower case and at most 31 characters: some servers cut longer ones.
const RULES: [(&str, Conflict); 100] = [
    ("pk_pengguna", Conflict::Other),
    ("uq_pengguna_email", Conflict::PenggunaEmail),
    ("uq_pengguna_nuptk", Conflict::PenggunaNuptk),
    ("uq_pengguna_nip", Conflict::PenggunaNip),
    ("ck_pengguna_role", Conflict::Other),
    ("ck_pengguna_sapaan", Conflict::Other),
    ("pk_tamu", Conflict::Other),
    ("uq_tamu_telp_indeks", Conflict::TamuTelp),
    ("uq_tamu_kode_qr", Conflict::Other),
    ("pk_janji_temu", Conflict::Other),
    ("fk_janji_temu_guru", Conflict::Guru),
    ("fk_janji_temu_tamu", Conflict::Tamu),
    ("fk_janji_temu_dibuat_oleh", Conflict::Other),
    ("ck_janji_temu_jenis", Conflict::Other),
    ("ck_janji_temu_status", Conflict::Other),
    ("ck_janji_temu_durasi", Conflict::Other),
    ("ck_janji_temu_rating", Conflict::Other),
    ("ck_janji_temu_jumlah_orang", Conflict::Other),
    ("ck_janji_temu_tanggapan_jenis", Conflict::Other),
    ("ck_janji_temu_tanggapan_menit", Conflict::Other),
    ("uq_janji_temu_kode_qr", Conflict::Other),
    ("uq_janji_temu_kunci", Conflict::Kunci),
    ("uq_sistem_arsip_kunci", Conflict::Kunci),
    ("pk_sistem_arsip", Conflict::Other),
    ("fk_sistem_arsip_guru", Conflict::Other),
    ("fk_sistem_arsip_tamu", Conflict::Other),
    ("fk_sistem_arsip_dibuat_oleh", Conflict::Other),
    ("pk_sistem_pemeliharaan", Conflict::Other),
    ("fk_sistem_pemeliharaan_oleh", Conflict::Other),
    ("ck_sistem_pemeliharaan_pemicu", Conflict::Other),
    ("ck_sistem_pemeliharaan_keadaan", Conflict::Other),
    ("uq_sistem_pemeliharaan_jalan", Conflict::Other),
    ("fk_janji_temu_disembunyikan", Conflict::Other),
    ("fk_sistem_arsip_disembunyikan", Conflict::Other),
    ("fk_janji_temu_ditanggapi", Conflict::Other),
    ("fk_sistem_arsip_ditanggapi", Conflict::Other),
    ("pk_sistem_anggota", Conflict::Other),
    ("uq_sistem_anggota", Conflict::Other),
    ("fk_sistem_anggota_unit", Conflict::Other),
    ("fk_sistem_anggota_pengguna", Conflict::Other),
    ("pk_sistem_info", Conflict::Other),
    ("pk_sistem_setelan", Conflict::Other),
    ("pk_sistem_sesi", Conflict::Other),
    ("fk_sistem_sesi_pengguna", Conflict::Other),
    ("fk_sistem_sesi_tamu", Conflict::Other),
    ("ck_sistem_sesi_milik", Conflict::Other),
    ("pk_sistem_perangkat", Conflict::Other),
    ("fk_sistem_perangkat_pengguna", Conflict::Other),
    ("fk_sistem_perangkat_tamu", Conflict::Other),
    ("ck_sistem_perangkat_milik", Conflict::Other),
    ("pk_sistem_token_segar", Conflict::Other),
    ("fk_sistem_token_segar_sesi", Conflict::Other),
    ("pk_sistem_percobaan", Conflict::Other),
    ("pk_sistem_kunci", Conflict::Kunci),
    ("fk_sistem_kunci_janji_temu", Conflict::Other),
    ("pk_sistem_pesan_keluar", Conflict::Other),
    ("fk_sistem_pesan_janji_temu", Conflict::Other),
    ("ck_sistem_pesan_jenis", Conflict::Other),
    ("fk_sistem_pesan_pengguna", Conflict::Other),
    ("ck_sistem_pesan_tentang", Conflict::Other),
    ("uq_sistem_pesan_laporan", Conflict::Other),
    ("pk_sistem_gambar", Conflict::Other),
    ("ck_sistem_gambar_nama", Conflict::Other),
    ("ck_sistem_pesan_keadaan", Conflict::Other),
    ("ck_sistem_pesan_saluran", Conflict::Other),
    ("pk_sistem_saluran", Conflict::Other),
    ("ck_sistem_saluran_nama", Conflict::Other),
    ("ck_sistem_saluran_keadaan", Conflict::Other),
    ("pk_sistem_hari_libur", Conflict::Other),
    ("ck_sistem_hari_libur_jenis", Conflict::Other),
    ("ck_sistem_hari_libur_sumber", Conflict::Other),
    ("pk_sistem_survei", Conflict::Other),
    ("ck_sistem_survei_persyaratan", Conflict::Other),
    ("ck_sistem_survei_prosedur", Conflict::Other),
    ("ck_sistem_survei_waktu", Conflict::Other),
    ("ck_sistem_survei_biaya", Conflict::Other),
    ("ck_sistem_survei_produk", Conflict::Other),
    ("ck_sistem_survei_kompetensi", Conflict::Other),
    ("ck_sistem_survei_perilaku", Conflict::Other),
    ("ck_sistem_survei_pengaduan", Conflict::Other),
    ("ck_sistem_survei_sarana", Conflict::Other),
    ("pk_sistem_kalender", Conflict::Other),
    ("uq_sistem_kalender_rahasia", Conflict::Other),
    ("fk_sistem_kalender_pengguna", Conflict::Other),
    ("pk_sistem_audit", Conflict::Other),
    ("ck_sistem_audit_segel", Conflict::Other),
    ("uq_sistem_audit_nomor", Conflict::Other),
    ("pk_sistem_audit_ujung", Conflict::Other),
    ("ck_sistem_audit_ujung_nama", Conflict::Other),
    ("pk_sistem_gabung", Conflict::Gabung),
    ("fk_sistem_gabung_tamu", Conflict::Other),
    ("fk_sistem_gabung_ke", Conflict::Other),
    ("ck_sistem_gabung_sendiri", Conflict::Other),
    ("pk_sistem_evakuasi", Conflict::Other),
    ("pk_sistem_centang", Conflict::Other),
    ("uq_sistem_centang", Conflict::Other),
    ("fk_sistem_centang_evakuasi", Conflict::Other),
    ("fk_sistem_centang_janji_temu", Conflict::Other),
    ("pk_sistem_kata_tamu", Conflict::Other),
    ("fk_sistem_kata_tamu_tamu", Conflict::Other),
];

/// How a statement failed, by what may be done about it.
#[derive(Debug)]
pub(super) enum Failure {
    /// It was taken back whole and may be done again.
    Again(StoreError),
    /// The connection is gone. Nobody knows whether anything was done.
    Lost(StoreError),
    /// Another try would fail in the same way.
    Final(StoreError),
}

impl Failure {
    /// For an error in making a connection: nothing was asked yet, and there is nobody to ask.
    pub(super) fn of_connecting(error: Error) -> Self {
        Self::Final(match error {
            Error::Server(error) => {
                StoreError::Unavailable(format!("the login failed (error {})", error.code()))
            }
            Error::Tls(_) => StoreError::Unavailable("no secure connection to the database".to_owned()),
            _ => StoreError::Unavailable("the database cannot be reached".to_owned()),
        })
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Again(error) | Failure::Lost(error) | Failure::Final(error) => error,
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Final(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Server(error) => of_server(&error),
            Error::Io { kind, .. } => {
                tracing::error!(%kind, "the connection to the database was lost");
                Self::Lost(StoreError::Unavailable("the connection to the database was lost".to_owned()))
            }
            Error::Tls(_) | Error::Protocol(_) => {
                tracing::error!("the database broke the protocol");
                Self::Lost(StoreError::Unavailable("the connection to the database broke".to_owned()))
            }
            _ => {
                tracing::error!("a value cannot be sent or read");
                Self::Final(StoreError::Other("a value cannot be sent or read".to_owned()))
            }
        }
    }
}

fn of_server(error: &TokenError) -> Failure {
    let (code, class) = (error.code(), error.class());
    let conflict = match code {
        2627 | 2601 | 547 => Some(conflict(error.message())),
        // NULL in a column that needs a value.
        515 => Some(Conflict::Other),
        _ => None,
    };
    if let Some(conflict) = conflict {
        return Failure::Final(StoreError::Conflict(conflict));
    }
    if error.class() >= 20 {
        tracing::error!(code, class, "the database ended the connection");
        return Failure::Lost(StoreError::Unavailable(format!(
            "the database ended the connection (error {code})"
        )));
    }
    let reason = match code {
        1205 => {
            tracing::debug!("two changes waited for each other; one is made again");
            return Failure::Again(StoreError::Unavailable("the database is too busy".to_owned()));
        }
        3952 => {
            tracing::debug!("the database keeps no older states of rows");
            return Failure::Final(StoreError::Other("SQL Server error 3952".to_owned()));
        }
        1222 | LOCK_REFUSED => "another change takes too long",
        1105 | 9002 => "the database's disk or log is full",
        3906 | 3908 | 15105 => "the database cannot be written",
        701 | 802 | 8645 | 17803 => "the database is short of memory",
        // In recovery, being closed, not the primary replica, over its quota, refused in the meantime.
        904 | 921 | 922 | 976 | 978 | 983 | 4060 | 6005 | 10928 | 10929 | 18456 | 40197 | 40501 | 40613
        | 49918 => "the database accepts no statements now",
        _ => {
            tracing::error!(code, class, line = error.line(), "a statement failed");
            return Failure::Final(StoreError::Other(format!("SQL Server error {code}")));
        }
    };
    tracing::error!(code, class, "the database is unavailable");
    Failure::Final(StoreError::Unavailable(reason.to_owned()))
}

/// Our own statements throw this if a named lock was not given.
pub(super) const LOCK_REFUSED: u32 = 50_001;

/// Which rule was broken. Messages differ by server and language, but each holds the rule's name.
fn conflict(message: &str) -> Conflict {
    let message = message.to_lowercase();
    let mut identifiers = message.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let known = identifiers.find_map(|word| RULES.iter().find(|(name, _)| is_called(word, name)));
    known.map_or(Conflict::Other, |(_, conflict)| *conflict)
}

/// Whether a word is a rule's name. Some servers append the table and the 32 digits of a checksum to an index's name.
fn is_called(word: &str, name: &str) -> bool {
    let Some(behind) = word.strip_prefix(name) else { return false };
    behind.is_empty()
        || behind.split_at_checked(behind.len().saturating_sub(32)).is_some_and(|(table, digits)| {
            !table.is_empty() && name.contains(table) && digits.bytes().all(|b| b.is_ascii_hexdigit())
        })
}

#[cfg(test)]
mod tests;
