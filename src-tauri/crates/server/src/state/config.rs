//! What the person who starts the server decides.

use std::{net::SocketAddr, time::Duration};

use url::Url;

use crate::{address::TrustedProxies, auth::password, limits::Rate, reads::ReadAllowances};

/// What the person who starts the server decides.
#[derive(Clone, Debug)]
pub struct Config {
    /// No TLS here: loopback, or a load balancer that ends it.
    pub plain_http: bool,
    /// The address under which guests reach the school, where there is one.
    pub public_url: Option<Url>,
    /// Where this computer's own Prometheus reads the figures without a token, where it does.
    pub metrics_listen: Option<SocketAddr>,
    /// bcrypt's cost; [`password::COST`] but for tests.
    pub bcrypt_cost: u32,
    /// How long a client may take to authenticate on `/ws`.
    pub authenticate_within: Duration,
    /// How long the head of a request may take, and how long a connection may be idle.
    pub head_within: Duration,
    /// How long the body of a request may take.
    pub body_within: Duration,
    /// How much a user may read of the guest book.
    pub reads: ReadAllowances,
    /// A quiet connection to `/ws` is asked for a sign of life this often; without one for three times as long it ends.
    pub ping_every: Duration,
    /// How long a client that takes nothing of what it is sent is waited for.
    pub sent_within: Duration,
    /// How long a client may take for a whole answer.
    pub answered_within: Duration,
    /// The proxies that say where a request comes from; nobody else is believed.
    pub trusted_proxies: TrustedProxies,
    /// How often to look whether another node has changed the settings.
    pub settings_every: Duration,
    /// Connections at once at most; fewer where the system allows fewer.
    pub connections_max: usize,
    /// How often one user, or one guest, may ask.
    pub user_rate: Rate,
    /// How often may be asked from one address without a token.
    pub address_rate: Rate,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            plain_http: false,
            public_url: None,
            metrics_listen: None,
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
