//! One connection to the server, and the state in which its last use left it.

use std::{
    future::Future,
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::TryStreamExt;
use socket2::{SockRef, TcpKeepalive};
use tiberius::{Client, ColumnData, Config, Query, QueryItem, Row, TokenRow, error::Error};
use tokio::{net::TcpStream, time::timeout};
use tokio_util::compat::{Compat, TokioAsyncWriteCompatExt};

use super::statement::Statement;

/// How long a connection is silent before the operating system probes it.
const KEEPALIVE: Duration = Duration::from_secs(20);

/// From this class of an error on, the server ends the connection.
const FATAL_CLASS: u8 = 20;

/// What a connection says first. Filtered indexes need some of these. The others make an error take back the whole
/// transaction, limit the wait for a lock to what a caller waits, and fix the language of messages.
const GREETING: &str = "SET ANSI_NULLS ON; SET QUOTED_IDENTIFIER ON; SET ANSI_PADDING ON; SET ANSI_WARNINGS ON;
    SET ARITHABORT ON; SET CONCAT_NULL_YIELDS_NULL ON; SET NUMERIC_ROUNDABORT OFF; SET IMPLICIT_TRANSACTIONS OFF;
    SET LANGUAGE us_english; SET NOCOUNT ON; SET XACT_ABORT ON; SET LOCK_TIMEOUT 5000;";

/// Ends an open transaction. Also asks whether the connection lives.
const ROLL_BACK: &str = "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;";

/// A level that is set in a statement with values would end with it, so both are sent as text.
const BEGIN_SNAPSHOT: &str = "SET TRANSACTION ISOLATION LEVEL SNAPSHOT; BEGIN TRANSACTION;";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Ready,
    /// A statement failed; its transaction may be open.
    AfterError,
    /// Somebody is waiting for an answer, or has stopped waiting.
    InUse,
}

pub(super) struct Connection {
    client: Client<Compat<TcpStream>>,
    state: State,
    /// Grows with everything that comes of an answer.
    progress: Arc<AtomicU64>,
}

/// What is asked of a connection in one go.
pub(super) enum Request {
    /// Statements with their values.
    Query(Statement),
    Begin,
    /// A transaction to which rows stay as they are.
    BeginSnapshot,
    Commit,
    RollBack,
}

/// Rows, one list for each statement that returns any.
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
        let mut connection = Self { client, state: State::Ready, progress: Arc::default() };
        connection.batch(GREETING, silence).await?;
        Ok(connection)
    }

    /// Does what is asked. The server may be silent for `silence` at a time.
    pub(super) async fn perform(&mut self, request: Request, silence: Duration) -> Result<Results, Error> {
        match request {
            Request::Query(statement) => {
                let (sql, params) = statement.render();
                self.query(sql, params, silence).await
            }
            Request::Begin => self.begin(silence).await.map(|()| Results::new()),
            // The level stays with the connection. Whoever asks for it does not give the connection back.
            Request::BeginSnapshot => self.batch(BEGIN_SNAPSHOT, silence).await,
            Request::Commit => self.commit(silence).await.map(|()| Results::new()),
            Request::RollBack => self.roll_back(silence).await.map(|()| Results::new()),
        }
    }

    /// Takes back whatever is open. This also tells whether the connection lives.
    pub(super) async fn roll_back(&mut self, silence: Duration) -> Result<(), Error> {
        self.batch(ROLL_BACK, silence).await.map(drop)
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
            collect(stream, silence, &self.progress).await
        };
        let result = result.await;
        self.settle(result)
    }

    /// Sends text without values, of one or several statements.
    pub(super) async fn batch(&mut self, sql: &str, silence: Duration) -> Result<Results, Error> {
        self.state = State::InUse;
        let result = async {
            let stream = within(silence, self.client.simple_query(sql)).await?;
            collect(stream, silence, &self.progress).await
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

    async fn begin(&mut self, silence: Duration) -> Result<(), Error> {
        self.state = State::InUse;
        let result = within(silence, self.client.begin_transaction()).await;
        self.settle(result)
    }

    async fn commit(&mut self, silence: Duration) -> Result<(), Error> {
        self.state = State::InUse;
        let result = within(silence, self.client.commit_transaction()).await;
        self.settle(result)
    }

    /// Marks the connection as being in the middle of a transaction. It is closed unless the transaction ends in good
    /// order.
    pub(super) fn hold(&mut self) {
        self.state = State::InUse;
    }

    /// How the last use left it.
    pub(super) fn state(&self) -> State {
        self.state
    }

    /// A counter that grows with everything that comes of an answer.
    pub(super) fn progress(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.progress)
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

async fn connect(config: &Config) -> Result<Client<Compat<TcpStream>>, Error> {
    let tcp = connect_any(&config.get_addr()).await?;
    tcp.set_nodelay(true)?;
    let keepalive = TcpKeepalive::new().with_time(KEEPALIVE).with_interval(KEEPALIVE / 4);
    SockRef::from(&tcp).set_tcp_keepalive(&keepalive)?;
    // The driver's future takes some 50 KiB; on the stack of every caller it would take several times that.
    Box::pin(Client::connect(config.clone(), tcp.compat_write())).await
}

/// Connects to the address of the name that answers first. An availability group's name has one address in each of its
/// networks, and one of them lives.
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

/// Reads all results. An error after the first of them shows only there.
async fn collect(
    mut stream: tiberius::QueryStream<'_>,
    silence: Duration,
    progress: &AtomicU64,
) -> Result<Results, Error> {
    let mut results = Results::new();
    while let Some(item) = within(silence, stream.try_next()).await? {
        progress.fetch_add(1, Ordering::Relaxed);
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
