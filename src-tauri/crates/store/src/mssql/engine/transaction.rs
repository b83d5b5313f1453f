//! A transaction of several statements, and its entry in the audit.

use domain::audit::Aksi;

use super::{Answer, Engine, Statement, connection::Request, lease::Lease};
use crate::{
    Result,
    audit::{self, NewAudit},
    mssql::conflict::Failure,
};

/// Statements of which all are kept or none.
pub(in crate::mssql) struct Transaction<'a> {
    lease: Lease,
    engine: &'a Engine,
    /// The entry in the audit, until it is written.
    entry: Option<NewAudit>,
    /// It reads at a level that must not stay with the connection.
    is_snapshot: bool,
}

impl<'a> Transaction<'a> {
    pub(super) async fn begin(engine: &'a Engine) -> Result<Self, Failure> {
        let mut lease = engine.lease().await?;
        engine.request(&mut lease, Request::Begin, None).await?;
        lease.connection().hold();
        Ok(Self { lease, engine, entry: audit::pending(), is_snapshot: false })
    }

    /// Nothing of it is ever kept: when it is dropped, its connection is closed.
    pub(super) async fn begin_snapshot(engine: &'a Engine) -> Result<Self, Failure> {
        let mut lease = engine.lease().await?;
        let begun = engine.request(&mut lease, Request::BeginSnapshot, Some(engine.limit)).await;
        lease.hold();
        begun?;
        Ok(Self { lease, engine, entry: None, is_snapshot: true })
    }

    /// Sends a statement; one that is marked takes the entry along.
    pub(in crate::mssql) async fn query(&mut self, statement: Statement) -> Result<Answer, Failure> {
        let is_marked = statement.is_audited();
        let statement = if is_marked { statement.with_entry(audit::pending()) } else { statement };
        let result = self.engine.send(&mut self.lease, statement).await;
        if self.is_snapshot {
            self.lease.hold();
        }
        if result.is_ok() {
            self.lease.connection().hold();
            self.entry.take_if(|_| is_marked);
        }
        result
    }

    /// What is done turned out to be something else; none if it is nothing at all.
    pub(in crate::mssql) fn turned_out(&mut self, aksi: Option<Aksi>) {
        self.entry = self.entry.take().and_then(|entry| Some(NewAudit { aksi: aksi?, ..entry }));
    }

    /// Keeps everything, with the entry.
    pub(in crate::mssql) async fn commit(mut self) -> Result<(), Failure> {
        if let Some(entry) = self.entry.take() {
            self.query(Statement::new("").with_entry(Some(entry))).await?;
        }
        self.engine.request(&mut self.lease, Request::Commit, None).await.map(drop)
    }

    /// Takes everything back and keeps the connection.
    pub(in crate::mssql) async fn roll_back(mut self) -> Result<(), Failure> {
        self.engine.request(&mut self.lease, Request::RollBack, None).await.map(drop)
    }
}
