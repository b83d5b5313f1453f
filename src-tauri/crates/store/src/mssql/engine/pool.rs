//! Connections, and when one may be used again. One that was left in the middle of something, or whose server or wire
//! failed, is closed at once, so that nothing of it stays open at the server; one on which a statement failed, or that was
//! idle for long, is asked first.

use std::{io, net::SocketAddr, time::Duration};

use deadpool::managed::{self, Metrics, Object, RecycleError, RecycleResult};
use futures_util::TryStreamExt;
use socket2::{SockRef, TcpKeepalive};
use tiberius::{Client, ColumnData, Config, Query, QueryItem, Row, TokenRow, error::Error};
use tokio::{net::TcpStream, time::timeout};
use tokio_util::compat::{Compat, TokioAsyncWriteCompatExt};

/// A connection that was idle for longer is asked whether it lives before it is used.
const IDLE: Duration = Duration::from_secs(30);

/// When a silent connection is probed by the operating system.
const KEEPALIVE: Duration = Duration::from_secs(20);

/// The least class of an error after which the server ends the connection.
const FATAL_CLASS: u8 = 20;

/// What a connection says first. Filtered indexes need some of these; the others are wanted here: an error takes back the
/// whole transaction, nobody waits for a lock for longer than a caller waits, messages are in one language.
const GREETING: &str = "SET ANSI_NULLS ON; SET QUOTED_IDENTIFIER ON; SET ANSI_PADDING ON; SET ANSI_WARNINGS ON;
    SET ARITHABORT ON; SET CONCAT_NULL_YIELDS_NULL ON; SET NUMERIC_ROUNDABORT OFF; SET IMPLICIT_TRANSACTIONS OFF;
    SET LANGUAGE us_english; SET NOCOUNT ON; SET XACT_ABORT ON; SET LOCK_TIMEOUT 5000;";

/// What an open transaction is ended with; also the question whether the connection lives.
const ROLL_BACK: &str = "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;";

/// Makes connections.
pub(super) struct Connector {
    pub(super) config: Config,
    /// How long the server may be silent.
    pub(super) silence: Duration,
}

impl managed::Manager for Connector {
    type Type = Connection;
    type Error = Error;

    async fn create(&self) -> Result<Connection, Error> {
        Connection::open(&self.config, self.silence).await
    }

    async fn recycle(&self, connection: &mut Connection, metrics: &Metrics) -> RecycleResult<Error> {
        match connection.state {
            State::InUse => return Err(RecycleError::message("left in the middle of something")),
            State::Ready if metrics.last_used() < IDLE => return Ok(()),
            State::Ready | State::AfterError => {}
        }
        connection.batch(ROLL_BACK, self.silence).await?;
        Ok(())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ready,
    /// A statement failed; its transaction may be open.
    AfterError,
    /// Somebody is waiting for an answer, or has stopped waiting.
    InUse,
}

/// One connection to the server.
pub(super) struct Connection {
    client: Client<Compat<TcpStream>>,
    state: State,
}

/// Rows, one list for each statement that answers any.
pub(super) type Results = Vec<Vec<Row>>;

impl Connection {
    pub(super) async fn open(config: &Config, silence: Duration) -> Result<Self, Error> {
        let mut config = config.clone();
        let client = match connect(&config).await {
            // A gateway names the server that it stands for.
            Err(Error::Routing { host, port }) => {
                config.host(host);
                config.port(port);
                connect(&config).await?
            }
            client => client?,
        };
        let mut connection = Self { client, state: State::Ready };
        connection.batch(GREETING, silence).await?;
        Ok(connection)
    }

    /// Sends a statement with its values.
    pub(super) async fn query(
        &mut self,
        sql: String,
        params: Vec<ColumnData<'_>>,
        silence: Duration,
    ) -> Result<Results, Error> {
        self.state = State::InUse;
        let mut query = Query::new(sql);
        query.bind_iter(params);
        let result = async {
            let stream = within(silence, query.query(&mut self.client)).await?;
            collect(stream, silence).await
        };
        let result = result.await;
        self.settle(result)
    }

    /// Sends text without values, of one or several statements.
    pub(super) async fn batch(&mut self, sql: &str, silence: Duration) -> Result<Results, Error> {
        self.state = State::InUse;
        let result = async {
            let stream = within(silence, self.client.simple_query(sql)).await?;
            collect(stream, silence).await
        };
        let result = result.await;
        self.settle(result)
    }

    /// Sends rows into a table in bulk.
    pub(super) async fn load(
        &mut self,
        table: &str,
        rows: Vec<TokenRow<'static>>,
        silence: Duration,
    ) -> Result<(), Error> {
        self.state = State::InUse;
        let result = async {
            let mut request = within(silence, self.client.bulk_insert(table)).await?;
            for row in rows {
                within(silence, request.send(row)).await?;
            }
            within(silence, request.finalize()).await.map(drop)
        };
        let result = result.await;
        self.settle(result)
    }

    pub(super) async fn begin(&mut self) -> Result<(), Error> {
        self.state = State::InUse;
        let result = self.client.begin_transaction().await;
        self.settle(result)
    }

    pub(super) async fn commit(&mut self) -> Result<(), Error> {
        self.state = State::InUse;
        let result = self.client.commit_transaction().await;
        self.settle(result)
    }

    /// Marks the connection as being in the middle of a transaction: it is closed unless that ends in good order.
    pub(super) fn hold(&mut self) {
        self.state = State::InUse;
    }

    fn settle<T>(&mut self, result: Result<T, Error>) -> Result<T, Error> {
        match &result {
            Ok(_) => self.state = State::Ready,
            Err(Error::Server(error)) if error.class() < FATAL_CLASS => self.state = State::AfterError,
            Err(_) => {}
        }
        result
    }
}

/// A connection lent out. Dropped in the middle of something it is closed at once: the server takes back what was
/// not committed and frees its locks.
pub(super) struct Lease(Option<Object<Connector>>);

impl Lease {
    pub(super) fn new(object: Object<Connector>) -> Self {
        Self(Some(object))
    }

    pub(super) fn connection(&mut self) -> &mut Connection {
        self.0.as_mut().expect("a lease holds its connection until it is dropped")
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(object) = self.0.take()
            && object.state == State::InUse
        {
            drop(Object::take(object));
        }
    }
}

async fn connect(config: &Config) -> Result<Client<Compat<TcpStream>>, Error> {
    let tcp = connect_any(&config.get_addr()).await?;
    tcp.set_nodelay(true)?;
    let keepalive = TcpKeepalive::new().with_time(KEEPALIVE).with_interval(KEEPALIVE / 4);
    SockRef::from(&tcp).set_tcp_keepalive(&keepalive)?;
    // The driver's future is of some 50 KiB; on the stack of every caller it would be several times.
    Box::pin(Client::connect(config.clone(), tcp.compat_write())).await
}

/// Connects to whichever address of the name answers first. An availability group's name has one in each of its networks,
/// of which one lives.
async fn connect_any(name: &str) -> io::Result<TcpStream> {
    let mut attempts: Vec<_> = tokio::net::lookup_host(name)
        .await?
        .map(|address: SocketAddr| Box::pin(TcpStream::connect(address)))
        .collect();
    if attempts.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "the name of the server has no address"));
    }
    loop {
        match futures_util::future::select_all(attempts).await {
            (Ok(stream), ..) => return Ok(stream),
            (Err(error), _, rest) if rest.is_empty() => return Err(error),
            (Err(_), _, rest) => attempts = rest,
        }
    }
}

/// Reads all results: an error after the first of them shows only there.
async fn collect(mut stream: tiberius::QueryStream<'_>, silence: Duration) -> Result<Results, Error> {
    let mut results = Results::new();
    while let Some(item) = within(silence, stream.try_next()).await? {
        match item {
            QueryItem::Metadata(_) => results.push(Vec::new()),
            QueryItem::Row(row) => match results.last_mut() {
                Some(rows) => rows.push(row),
                None => results.push(vec![row]),
            },
        }
    }
    Ok(results)
}

async fn within<T>(silence: Duration, answer: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let too_late = || io::Error::new(io::ErrorKind::TimedOut, "the database does not answer");
    timeout(silence, answer).await.unwrap_or_else(|_| Err(too_late().into()))
}
