//! What keeps a server from starting, by its kind. A person mends each kind in another way.

use std::io;

use serde::Serialize;
use store::{OpenError, StoreError, kunci::SecretsError};

use crate::{
    CertificateError, ListenError,
    data_dir::{InUse, NoBackup},
};

/// What is in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Another program has the port, or Windows keeps it back for one.
    PortDipakai,
    /// This user may not take the port.
    PortDitolak,
    /// Another program uses the data folder or the database.
    FolderDipakai,
    /// The data folder cannot be read or written.
    Folder,
    /// The database is damaged, busy, away or not this program's.
    Database,
    /// The key file is missing, damaged or another school's.
    Kunci,
    /// The backup that comes before an update came to nothing.
    Cadangan,
    /// The certificate or its key is missing or damaged.
    Sertifikat,
    /// Anything else.
    Lain,
}

impl Fault {
    /// The kind of an error that [`crate::data_dir::open`] or [`crate::Server::start`] gave.
    pub fn of(error: &anyhow::Error) -> Self {
        if let Some(listen) = error.downcast_ref() {
            return Self::of_listening(listen);
        }
        if error.is::<InUse>() {
            return Self::FolderDipakai;
        }
        if error.is::<NoBackup>() {
            return Self::Cadangan;
        }
        if error.is::<CertificateError>() {
            return Self::Sertifikat;
        }
        match error.downcast_ref() {
            Some(OpenError::Kunci(_) | OpenError::WrongKunci { .. }) => return Self::Kunci,
            Some(_) => return Self::Database,
            None if error.is::<SecretsError>() => return Self::Kunci,
            None if error.is::<StoreError>() => return Self::Database,
            None => {}
        }
        if error.chain().any(|cause| cause.is::<io::Error>()) { Self::Folder } else { Self::Lain }
    }

    fn of_listening(error: &ListenError) -> Self {
        match error {
            ListenError::InUse(_) | ListenError::Reserved(_) => Self::PortDipakai,
            ListenError::Denied(_) | ListenError::Other(..) => Self::PortDitolak,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::data_dir;

    #[tokio::test]
    async fn each_kind_is_told_from_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let fault = async || match data_dir::open(folder.path(), None).await {
            Ok(data) => {
                data.store.close().await;
                None
            }
            Err(error) => Some(Fault::of(&error)),
        };
        assert_eq!(fault().await, None);
        let open = data_dir::open(folder.path(), None).await.unwrap();
        assert_eq!(fault().await, Some(Fault::FolderDipakai));
        open.store.close().await;
        drop(open);
        let (kunci, database) = (folder.path().join("bukutamu.kunci"), folder.path().join("bukutamu.db"));
        let sound = fs::read(&database).unwrap();
        fs::write(&database, "no database, though long enough to be looked at as one".repeat(20)).unwrap();
        assert_eq!(fault().await, Some(Fault::Database));
        fs::write(&database, sound).unwrap();
        fs::write(&kunci, "{").unwrap();
        assert_eq!(fault().await, Some(Fault::Kunci));
    }
}
