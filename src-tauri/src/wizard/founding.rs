//! The school and its first admin, made once in this PC's folder.

use std::{
    io,
    net::{Ipv4Addr, TcpListener},
};

use chrono_tz::Tz;
use domain::{Setelan, isian};
use server::{
    Clock, data_dir,
    first_admin::{self, FirstAdmin, FirstAdminError},
};
use tauri::State;

use super::{Finished, SetupAdmin};
use crate::program::Program;

/// Whether this PC can listen there.
///
/// # Errors
/// What is in the way.
pub(super) fn check_port(port: u16) -> Result<(), Finished> {
    match TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            Err(Finished::no("port_dipakai", Some("port"), error))
        }
        Err(error) => Err(Finished::no("isian", Some("port"), error)),
    }
}

/// Makes the school and its first admin in this PC's folder.
///
/// # Errors
/// What does not do, and in which field.
pub(super) async fn found(
    program: &State<'_, Program>,
    nama_sekolah: &str,
    tempat: &str,
    zona_waktu: &str,
    admin: SetupAdmin,
) -> Result<(), Finished> {
    let invalid = |field: &'static str| move |error| Finished::no("isian", Some(field), error);
    let nama_sekolah = isian::nama(nama_sekolah).map_err(invalid("nama_sekolah"))?;
    let tempat = isian::nama(tempat).map_err(invalid("tempat"))?;
    let zona_waktu: Tz = zona_waktu
        .parse()
        .map_err(|_| Finished::no("isian", Some("zona_waktu"), "zona waktu tidak dikenal"))?;
    let data = data_dir::open(&program.folder, None)
        .await
        .map_err(|error| Finished::no("database", None, format!("{error:#}")))?;
    let SetupAdmin { nama, email, password } = admin;
    let made =
        first_admin::create(&*data.store, &Clock::system(), FirstAdmin { nama, email, password }).await;
    let settled = match made {
        Ok(_) => {
            let setelan = Setelan { nama_sekolah, tempat, zona_waktu, ..Setelan::default() };
            data.store.setelan().update(setelan).await.map_err(|error| Finished::no("database", None, error))
        }
        Err(FirstAdminError::Exists) => Err(Finished::no("sudah_ada_admin", None, "")),
        Err(FirstAdminError::Isian(errors)) => {
            let (field, why) = errors.into_iter().next().unwrap_or_default();
            Err(Finished::no("isian", Some(&format!("admin.{field}")), why))
        }
        Err(error) => Err(Finished::no("database", None, error)),
    };
    data.store.close().await;
    settled
}
