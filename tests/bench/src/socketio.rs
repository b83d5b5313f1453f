//! The peer: a Socket.IO server on Node.js that does what the customer's sample does (`socketio/server.js`).

use std::{path::Path, process::Command};

use anyhow::{Context, Result, ensure};
use chrono::Utc;
use data_encoding::HEXLOWER;
use hyper::Method;
use serde_json::{Value, json};
use server::auth::token::Tokens;
use tempfile::TempDir;

use crate::{
    http::Http,
    load::{Contestant, Dialect},
    net::Address,
    ours,
    process::Process,
    school::{Arrival, School},
};

/// Signs the peer's tokens. It has no sessions, so a token holds the user itself.
const KEY: [u8; 32] = [7; 32];

/// The destination of the sample's two database writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    /// The program's memory. The alert waits for no disk, and an arrival is lost with the power.
    Memory,
    /// The end of a file, and then a sync. That is less than any database does.
    Disk,
}

/// A running Socket.IO server, and somebody who changes appointments.
pub struct SocketIo {
    process: Process,
    address: Address,
    reception: Http,
    _folder: TempDir,
}

impl SocketIo {
    /// Starts it. With TLS it has the certificate and key of our server, which must have been started before.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn start(school: &School, tls: bool, database: Database) -> Result<Self> {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("socketio");
        ensure!(
            program.join("node_modules").exists(),
            "Socket.IO is not installed: run `npm ci` in {}",
            program.display()
        );
        let folder = crate::work_dir()?;
        let mut command = Command::new("node");
        command.arg("--expose-gc").arg(program.join("server.js"));
        command.env("NODE_ENV", "production").env("KUNCI", HEXLOWER.encode(&KEY));
        if database == Database::Disk {
            command.env("DATABASE", folder.path().join("janji_temu.jsonl"));
        }
        if tls {
            command.env("TLS_CERT", ours::certificate(school)).env("TLS_KEY", ours::private_key(school));
        }
        let process = Process::start(command).context("Node.js is needed")?;
        let address = Address::new(process.url(), &ours::certificate(school))?;
        let reception = Http::connect(&address, None).await?;
        Ok(Self { process, address, reception, _folder: folder })
    }

    /// Access tokens of as many users.
    pub fn tokens(count: usize) -> Vec<String> {
        let tokens = Tokens::new(&KEY);
        (0..count).map(|n| tokens.issue(&user(n), Utc::now()).0).collect()
    }
}

fn user(n: usize) -> String {
    format!("guru-{n}")
}

impl Contestant for SocketIo {
    fn dialect(&self) -> Dialect {
        Dialect::SocketIo
    }

    fn address(&self) -> &Address {
        &self.address
    }

    async fn arrive(&mut self, arrival: &Arrival) -> Result<()> {
        let appointment = json!({
            "id": arrival.id,
            "id_guru": user(arrival.guru),
            "nama_tamu": format!("Tamu Nomor {}", arrival.id),
            "keperluan": "Konsultasi orang tua",
        });
        let body = json!({"appointment": appointment, "status": "menunggu"});
        self.reception.send(Method::PUT, "/status", &body).await.map(drop)
    }

    async fn authenticated(&mut self) -> Result<Option<usize>> {
        let count = self.reception.send(Method::GET, "/authenticated", &Value::Null).await?;
        Ok(Some(serde_json::from_slice(&count)?))
    }

    async fn collect_garbage(&mut self) -> Result<()> {
        self.reception.send(Method::POST, "/gc", &Value::Null).await.map(drop)
    }

    fn process(&self) -> &Process {
        &self.process
    }
}
