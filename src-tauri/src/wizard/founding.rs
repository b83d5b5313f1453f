//! Founds the school in this PC's folder, with its first admin and its settings.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
};

use chrono_tz::Tz;
use contract::{Failure, FinishReason, SetupAdmin, TroubleReason};
use domain::{Setelan, isian};
use server::{
    Clock, ListenError, data_dir,
    first_admin::{self, FirstAdmin, FirstAdminError},
};

use crate::trouble;

/// Checks that this PC can listen on the port.
///
/// # Errors
/// What is in the way, such as a program that uses the port.
pub(super) fn check_port(port: u16) -> Result<(), Failure> {
    let address = SocketAddr::from((Ipv4Addr::UNSPECIFIED, port));
    match TcpListener::bind(address) {
        Ok(_) => Ok(()),
        Err(error) => {
            let error = ListenError::of(address, error).into();
            Err(Failure::setup(trouble::of_server(&error), Some("port"), error))
        }
    }
}

/// Founds the school in this PC's folder. If a school is there already, one of its admins can continue with it.
///
/// # Errors
/// What is not accepted, and in which field. In that case nothing has changed.
pub(super) async fn found(
    folder: &Path,
    clock: &Clock,
    nama_sekolah: &str,
    tempat: &str,
    zona_waktu: &str,
    admin: SetupAdmin,
) -> Result<(), Failure> {
    let invalid = |field: &'static str| move |error| Failure::setup(FinishReason::Isian, Some(field), error);
    let nama_sekolah = isian::nama(nama_sekolah).map_err(invalid("nama_sekolah"))?;
    let tempat = isian::nama(tempat).map_err(invalid("tempat"))?;
    let zona_waktu: Tz = zona_waktu
        .parse()
        .map_err(|_| Failure::setup(FinishReason::Isian, Some("zona_waktu"), "zona waktu tidak dikenal"))?;
    let data = data_dir::open(folder, None)
        .await
        .map_err(|error| Failure::setup(trouble::of_server(&error), None, format!("{error:#}")))?;
    let SetupAdmin { nama, email, password } = admin;
    let admin = FirstAdmin { nama, email, password: password.into() };
    let setelan = Setelan { nama_sekolah, tempat, zona_waktu, ..Setelan::default() };
    let founded = match first_admin::found(&*data.store, clock, admin, setelan).await {
        Ok(_) => Ok(()),
        Err(FirstAdminError::Exists) => {
            Err(Failure::setup(FinishReason::SudahAdaAdmin, Some("admin.email"), ""))
        }
        Err(FirstAdminError::Isian(errors)) => {
            let Some((field, why)) = errors.into_iter().next() else {
                return Err(Failure::setup(FinishReason::Isian, None, ""));
            };
            Err(Failure::setup(FinishReason::Isian, Some(&format!("admin.{field}")), why.teks))
        }
        Err(error) => Err(Failure::setup(TroubleReason::Database, None, error)),
    };
    data.store.close().await;
    founded
}

#[cfg(test)]
mod tests {
    use ::tests::StillClock;

    use super::*;

    const NOW: &str = "2026-11-23T01:00:00Z";

    fn admin(email: &str, password: &str) -> SetupAdmin {
        SetupAdmin { nama: "Hendra Gunawan".to_owned(), email: email.to_owned(), password: password.into() }
    }

    async fn found_in(folder: &Path, nama: &str, admin: SetupAdmin) -> Result<(), Failure> {
        let clock = StillClock::at(NOW).for_server();
        found(folder, &clock, nama, "Lobi", "Asia/Jakarta", admin).await
    }

    #[test]
    fn a_port_that_is_taken_is_told_of_as_the_server_would() {
        let taken = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
        let refused = check_port(taken.local_addr().unwrap().port()).unwrap_err();
        let refused = serde_json::to_value(&refused).unwrap();
        assert_eq!((&refused["reason"], &refused["field"]), (&"port_dipakai".into(), &"port".into()));
    }

    #[tokio::test]
    async fn a_founding_is_repeated_until_the_school_is_used_and_then_its_admin_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        found_in(folder.path(), "SMP Satu", admin("a@sekolah.example", "papan tulis 42")).await.unwrap();
        // The first attempt was interrupted, and other values are typed now.
        found_in(folder.path(), "SMP Dua", admin("b@sekolah.example", "kapur hijau 42")).await.unwrap();

        assert_eq!(name(folder.path()).await, "SMP Dua");

        sign_in(folder.path(), "b@sekolah.example", "kapur hijau 42").await;
        found_in(folder.path(), "SMP Tiga", admin("b@sekolah.example", "kapur hijau 42")).await.unwrap();
        let stranger = admin("c@sekolah.example", "kapur hijau 42");
        let refused = found_in(folder.path(), "SMP Tiga", stranger).await.unwrap_err();
        assert_eq!(serde_json::to_value(&refused).unwrap()["reason"], "sudah_ada_admin");
        assert_eq!(name(folder.path()).await, "SMP Dua", "it is as it was");
    }

    async fn name(folder: &Path) -> String {
        let data = data_dir::open(folder, None).await.unwrap();
        let name = data.store.setelan().get().await.unwrap().setelan.nama_sekolah;
        data.store.close().await;
        name
    }

    /// Signs in. From then on, the school is in use.
    async fn sign_in(folder: &Path, email: &str, password: &str) {
        let data = data_dir::open(folder, None).await.unwrap();
        let config = server::Config { plain_http: true, ..server::Config::default() };
        let listen = "127.0.0.1:0".parse().unwrap();
        let options =
            server::Options { listen, config, clock: StillClock::at(NOW).for_server(), announce: false };
        let server = server::Server::start(data, options).await.unwrap();
        let address = server.url().parse().unwrap();
        let client = client::Client::connect(address, client::TokenStore::memory()).await.unwrap();
        client.login(email, password).await.unwrap();
        server.stop().await.unwrap();
    }
}
