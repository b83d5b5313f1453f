//! This project's server as it is shipped: the release binary in a process of its own.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use hyper::Method;
use serde_json::{Value, json};

use crate::{
    http::Http,
    load::{Contestant, Dialect},
    net::Address,
    process::Process,
    school::{Arrival, School},
};

/// A running `bukutamu-server`, and a receptionist who scans.
pub struct Ours {
    process: Process,
    address: Address,
    reception: Http,
}

impl Ours {
    /// Starts the server that [`build`] built on a school's data folder.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn start(program: &Path, school: &School, tls: bool) -> Result<Self> {
        Self::start_command(Command::new(program), school, tls).await
    }

    /// The same without TLS, with these variables.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn start_given(program: &Path, school: &School, variables: &[(&str, String)]) -> Result<Self> {
        let mut command = Command::new(program);
        command.envs(variables.iter().map(|(name, value)| (*name, value)));
        Self::start_command(command, school, false).await
    }

    async fn start_command(mut command: Command, school: &School, tls: bool) -> Result<Self> {
        command.args(["serve", "--listen", "127.0.0.1:0", "--data-dir"]).arg(school.folder());
        command.args((!tls).then_some("--plain-http")).env("BUKUTAMU_LOG", "warn");
        // One receptionist's token sends as much as a whole school.
        command.args(["--requests-per-second", "1000000"]);
        let process = Process::start(command)?;
        let address = Address::new(process.url(), &certificate(school))?;
        let reception = Http::connect(&address, Some(&school.reception)).await?;
        Ok(Self { process, address, reception })
    }
}

impl Contestant for Ours {
    fn dialect(&self) -> Dialect {
        Dialect::BukuTamu
    }

    fn address(&self) -> &Address {
        &self.address
    }

    async fn arrive(&mut self, arrival: &Arrival) -> Result<()> {
        check_in(&mut self.reception, arrival).await
    }

    async fn authenticated(&mut self) -> Result<Option<usize>> {
        Ok(None)
    }

    async fn collect_garbage(&mut self) -> Result<()> {
        Ok(())
    }

    fn process(&self) -> &Process {
        &self.process
    }
}

/// Scans a guest's code.
///
/// # Errors
/// If the answer is not that the guest has arrived now.
pub async fn check_in(reception: &mut Http, arrival: &Arrival) -> Result<()> {
    let body = reception.send(Method::POST, "/api/appointments/scan", &json!({"kode": arrival.kode})).await?;
    let answer: Value = serde_json::from_slice(&body)?;
    ensure!(answer["hasil"] == "datang", "a guest did not arrive: {answer}");
    Ok(())
}

/// Where the server keeps the certificate that it made.
pub fn certificate(school: &School) -> PathBuf {
    school.folder().join("sertifikat.pem")
}

/// The key that belongs to it.
pub fn private_key(school: &School) -> PathBuf {
    school.folder().join("sertifikat.kunci.pem")
}

/// Builds the server as it is shipped, with the main workspace's lock file and profile. Call it before a school is
/// made, because tokens expire.
///
/// # Errors
/// If it does not build.
pub fn build() -> Result<PathBuf> {
    let target = crate::target_dir()?;
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.toml");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--release", "--locked", "--package", "server"]);
    command.arg("--manifest-path").arg(manifest).arg("--target-dir").arg(&target);
    ensure!(command.status().context("cannot start cargo")?.success(), "the server does not build");
    let program =
        target.join("release").join("bukutamu-server").with_extension(std::env::consts::EXE_EXTENSION);
    Ok(program)
}
