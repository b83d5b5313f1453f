//! The choices of the person who starts the server.

use std::{net::SocketAddr, time::Duration};

use url::Url;

use crate::{address::TrustedProxies, auth::password, limits::Rate, reads::ReadAllowances};

/// The choices of the person who starts the server.
#[derive(Clone, Debug)]
pub struct Config {
    /// Whether TLS is left out, because the server is on loopback or a load balancer ends TLS.
    pub plain_http: bool,
    /// The address at which guests reach the school, if there is one.
    pub public_url: Option<Url>,
    /// The address at which this computer's own Prometheus reads the figures without a token, if it does.
    pub metrics_listen: Option<SocketAddr>,
    /// Other schools live in this process, so what the process knows of all of them is told to no admin.
    pub is_shared: bool,
    /// The way to the school's other nodes, if there are any.
    pub cluster: Option<cluster::Settings>,
    /// A folder on SQL Server's computer for the backups that it writes itself.
    pub sql_server_backup: Option<String>,
    /// bcrypt's cost. It is [`password::COST`] outside tests.
    pub bcrypt_cost: u32,
    /// How long a client may take to authenticate on `/ws`.
    pub authenticate_within: Duration,
    /// How long the head of a request may take, and how long a connection may be idle.
    pub head_within: Duration,
    /// How long the body of a request may take.
    pub body_within: Duration,
    /// How much a user may read of the guest book.
    pub reads: ReadAllowances,
    /// How often a quiet connection to `/ws` is asked for a sign of life. It ends after three times as long without
    /// one.
    pub ping_every: Duration,
    /// How long to wait for a client that takes nothing of what is sent to it.
    pub sent_within: Duration,
    /// How long a client may take for a whole answer.
    pub answered_within: Duration,
    /// The proxies that may say where a request comes from. Nobody else is believed.
    pub trusted_proxies: TrustedProxies,
    /// How often to look whether another node has changed the settings.
    pub settings_every: Duration,
    /// Most connections at once. The system may allow fewer.
    pub connections_max: usize,
    /// How often one user or guest may ask.
    pub user_rate: Rate,
    /// How often requests without a token may come from one address.
    pub address_rate: Rate,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            plain_http: false,
            public_url: None,
            metrics_listen: None,
            is_shared: false,
            cluster: None,
            sql_server_backup: None,
            bcrypt_cost: password::COST,
            authenticate_within: Duration::from_secs(5),
            head_within: Duration::from_secs(20),
            body_within: Duration::from_secs(10),
            reads: ReadAllowances::default(),
            ping_every: Duration::from_secs(20),
            sent_within: Duration::from_secs(20),
            answered_within: Duration::from_secs(120),
            trusted_proxies: TrustedProxies::default(),
            settings_every: Duration::from_secs(1),
            connections_max: 16_384,
            user_rate: Rate::per_second(60, 1000),
            address_rate: Rate::per_second(40, 1000),
        }
    }
}
