//! Several nodes of one school: what happens on one is told to the others at once, over NATS.
//!
//! The database is the truth, and NATS only the wake-up. So nothing here waits for NATS: what cannot be sent now is
//! dropped, and whoever listens is told when messages may be missing ([`Heard::Lost`]) and asks the database.
//!
//! What is sent is sealed with a key that follows from the school's key file, which all its nodes have. Whoever runs
//! NATS, and every other school on it, can neither read nor make a message.
//!
//! Which users each node serves is kept by JetStream, in a bucket of keys and values that forgets a node soon after it
//! has fallen silent.

mod link;
mod presence;
mod seal;

use std::{
    path::PathBuf,
    sync::{Arc, atomic::AtomicBool},
};

use async_nats::ConnectOptions;
use data_encoding::HEXLOWER;
use thiserror::Error;
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

pub use self::presence::FORGOTTEN_AFTER;
use self::seal::Seal;

/// Messages that wait to leave, at most. Beyond that they are dropped and the database makes up for them.
const WAITING_MAX: usize = 4096;

/// How NATS is reached.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `nats://` or `tls://`, with a user and password or without; several with commas between them.
    pub url: String,
    /// A file of credentials, as `nsc` writes it.
    pub credentials: Option<PathBuf>,
    /// Certificates of whoever signed the server's, besides those that the system trusts.
    pub roots: Option<PathBuf>,
}

/// Why a node cannot take part. One line for whoever starts it, without a password.
#[derive(Debug, Error)]
pub enum ClusterError {
    /// The URL is none.
    #[error("--nats must be like nats://host:4222 or tls://user:password@host:4222")]
    Url,
    /// The credentials cannot be read.
    #[error("the credentials for NATS in {path} cannot be used: {error}")]
    Credentials {
        /// The file.
        path: PathBuf,
        /// The operating system's message.
        error: std::io::Error,
    },
    /// It cannot be used as it is set up.
    #[error("NATS cannot be used: {0}")]
    Options(String),
    /// The operating system gives no random numbers.
    #[error("the operating system gives no random numbers")]
    Random,
}

/// What comes from the other nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A message of another node, as it was given to [`Cluster::tell`].
    News(Vec<u8>),
    /// What another node last gave to [`Cluster::be_present`]; none once it has left.
    Present {
        /// Which node.
        node: String,
        /// What it said.
        content: Option<Vec<u8>>,
    },
    /// From here on messages may be missing.
    Lost,
    /// Messages come again. Those of meanwhile do not.
    Back,
}

/// A node's part in the cluster. Cheap to clone. It leaves when the token that it joined with is cancelled.
#[derive(Clone)]
pub struct Cluster {
    node: Arc<str>,
    seal: Arc<Seal>,
    to_send: mpsc::Sender<link::Outgoing>,
    present: watch::Sender<Vec<u8>>,
    connected: watch::Receiver<bool>,
}

impl Cluster {
    /// Takes part, at once or as soon as NATS answers. `school` tells schools on one NATS apart; `key` seals what is
    /// sent.
    ///
    /// # Errors
    /// [`ClusterError`]. That NATS is away is none.
    pub async fn join(
        settings: &Settings,
        school: &str,
        key: &[u8; 32],
        stop: CancellationToken,
    ) -> Result<(Self, mpsc::Receiver<Heard>), ClusterError> {
        let mut id = [0; 8];
        getrandom::fill(&mut id).map_err(|_| ClusterError::Random)?;
        let node: Arc<str> = HEXLOWER.encode(&id).into();
        let (lost, connected) = watch::channel(false);
        let is_told = Arc::<AtomicBool>::default();
        let options = ConnectOptions::new()
            .name(format!("bukutamu {node}"))
            .no_echo()
            .retry_on_initial_connect()
            .ping_interval(link::PING_EVERY)
            .reconnect_delay_callback(link::pause)
            .event_callback(move |event| {
                let (lost, is_told) = (lost.clone(), Arc::clone(&is_told));
                async move { link::note(&event, &lost, &is_told) }
            });
        let options = match &settings.roots {
            Some(roots) => options.add_root_certificates(roots.clone()),
            None => options,
        };
        let options = match &settings.credentials {
            Some(path) => options
                .credentials_file(path)
                .await
                .map_err(|error| ClusterError::Credentials { path: path.clone(), error })?,
            None => options,
        };
        let addresses = link::addresses(&settings.url)?;
        let client =
            options.connect(addresses).await.map_err(|error| ClusterError::Options(error.to_string()))?;
        let (to_send, waiting) = mpsc::channel(WAITING_MAX);
        let (heard, listening) = mpsc::channel(WAITING_MAX);
        let present = watch::Sender::new(Vec::new());
        let seal = Arc::new(Seal::new(key));
        let member = link::Member { school: school.into(), node: Arc::clone(&node), seal: Arc::clone(&seal) };
        tokio::spawn(link::send(client.clone(), member.clone(), waiting, connected.clone(), stop.clone()));
        tokio::spawn(link::listen(
            client.clone(),
            member.clone(),
            heard.clone(),
            connected.clone(),
            stop.clone(),
        ));
        tokio::spawn(presence::keep(client, member, present.subscribe(), heard, connected.clone(), stop));
        Ok((Self { node, seal, to_send, present, connected }, listening))
    }

    /// This node's name among the others.
    pub fn node(&self) -> &str {
        &self.node
    }

    /// Whether messages come and go now.
    pub fn is_connected(&self) -> bool {
        *self.connected.borrow()
    }

    /// Sends a message to the other nodes, under a subject of the school such as a user's id. Never waits. Whether it
    /// will be tried.
    pub fn tell(&self, subject: &str, content: &[u8]) -> bool {
        if !self.is_connected() {
            return false;
        }
        let outgoing =
            link::Outgoing { subject: subject.to_owned(), sealed: self.seal.close(link::NEWS, content) };
        self.to_send.try_send(outgoing).is_ok()
    }

    /// Says what this node serves now. The last word counts.
    pub fn be_present(&self, content: Vec<u8>) {
        self.present.send_if_modified(|said| {
            let is_new = *said != content;
            *said = content;
            is_new
        });
    }
}
