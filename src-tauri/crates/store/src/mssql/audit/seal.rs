//! Sealing entries, and removing the oldest. A named lock lets one caller at a time be at it; check-ins do not wait.

use chrono::{DateTime, Utc};
use domain::audit::chain::{End, Link};
use tiberius::Row;

use super::{COLUMNS, from_row};
use crate::{
    Result,
    audit::{Ends, SEALED_AT_ONCE},
    mssql::{
        conflict::Failure,
        engine::{Answer, Engine, Statement, Transaction},
        row::{bytes, count, int, unreadable, waktu},
    },
};

/// What [`ends`] reads.
pub(super) const ENDS: &str = "
    SELECT COUNT_BIG(*) AS belum FROM sistem.audit WHERE nomor IS NULL;
    SELECT nomor, segel, bukti FROM sistem.audit_ujung WHERE nama = N'terbaru';
    SELECT nomor, segel, bukti FROM sistem.audit_ujung WHERE nama = N'terhapus';";

/// Whoever comes second while another is at it waits for a moment: little is left to do then.
const TURN: &str = "
    DECLARE @izin int;
    EXEC @izin = sp_getapplock @Resource = N'bukutamu audit', @LockMode = N'Exclusive',
        @LockOwner = N'Transaction', @LockTimeout = 1000;
    SELECT @izin AS izin;";

pub(super) fn ends(answer: &Answer) -> Result<Ends> {
    let end = |number| answer.rows_of(number).first().map(end).transpose();
    Ok(Ends { newest: end(1)?, removed: end(2)?, unsealed: count(answer.one()?, "belum")? })
}

fn end(row: &Row) -> Result<(Link, [u8; 32])> {
    Ok((link(row)?, hash(row, "bukti")?))
}

fn link(row: &Row) -> Result<Link> {
    Ok(Link { nomor: int(row, "nomor")?, segel: hash(row, "segel")? })
}

fn hash(row: &Row, column: &str) -> Result<[u8; 32]> {
    bytes(row, column)?.try_into().map_err(|_| unreadable(column))
}

/// Begins, if nobody else is at it.
async fn begin(engine: &Engine) -> Result<Option<Transaction<'_>>, Failure> {
    let mut transaction = engine.begin().await?;
    // The work that wakes this one has an entry of its own.
    transaction.turned_out(None);
    let answer = transaction.query(Statement::new(TURN)).await?;
    if int(answer.one()?, "izin")? < 0 {
        transaction.roll_back().await?;
        return Ok(None);
    }
    Ok(Some(transaction))
}

/// Sets an end of the chain.
const SET_END: &str = "
    UPDATE sistem.audit_ujung SET nomor = @nomor, segel = @segel, bukti = @bukti WHERE nama = @nama;
    IF @@ROWCOUNT = 0
        INSERT INTO sistem.audit_ujung (nama, nomor, segel, bukti) VALUES (@nama, @nomor, @segel, @bukti);";

fn bind_end(statement: Statement, key: &[u8; 32], end: End, link: Link) -> Statement {
    statement
        .bind("nama", end.as_str())
        .bind("nomor", link.nomor)
        .bind("segel", link.segel)
        .bind("bukti", end.proof(key, link))
}

/// Seals the next entries; how many.
pub(super) async fn seal(engine: &Engine, key: &[u8; 32]) -> Result<usize, Failure> {
    let Some(mut transaction) = begin(engine).await? else { return Ok(0) };
    let statement = Statement::new(format!(
        "{ENDS} SELECT TOP ({SEALED_AT_ONCE}) {COLUMNS} FROM sistem.audit AS a WHERE a.nomor IS NULL ORDER BY a.id;"
    ));
    let answer = transaction.query(statement).await?;
    let mut at = ends(&answer)?.newest.map_or(Link::START, |(link, _)| link);
    let (mut seals, mut statement) = (String::new(), Statement::new(""));
    for (n, row) in answer.rows_of(3).iter().enumerate() {
        let row = from_row(row)?;
        let seal = row.seal(key, at);
        seals += &format!(
            "UPDATE sistem.audit SET nomor = @nomor{n}, pribadi = @pribadi{n}, segel = @segel{n} WHERE id = @id{n};
            "
        );
        statement = statement
            .bind(format!("id{n}"), row.id)
            .bind(format!("nomor{n}"), seal.nomor)
            .bind(format!("pribadi{n}"), seal.pribadi)
            .bind(format!("segel{n}"), seal.segel);
        at = Link { nomor: seal.nomor, segel: seal.segel };
    }
    if seals.is_empty() {
        transaction.roll_back().await?;
        return Ok(0);
    }
    let sealed = answer.rows_of(3).len();
    let statement = statement.text(seals + SET_END);
    transaction.query(bind_end(statement, key, End::Newest, at)).await?;
    transaction.commit().await?;
    Ok(sealed)
}

/// Removes the oldest entries, up to the first that is young enough.
pub(super) async fn trim(
    engine: &Engine,
    key: &[u8; 32],
    sebelum: DateTime<Utc>,
    limit: u32,
) -> Result<u64, Failure> {
    let Some(mut transaction) = begin(engine).await? else { return Ok(0) };
    let statement = Statement::new(
        "SELECT TOP (@limit) nomor, segel, waktu FROM sistem.audit
        WHERE nomor > ISNULL((SELECT nomor FROM sistem.audit_ujung WHERE nama = N'terhapus'), 0)
        ORDER BY nomor;",
    );
    let answer = transaction.query(statement.bind("limit", i64::from(limit))).await?;
    let mut last = None;
    for row in answer.rows() {
        if waktu(row, "waktu")? >= sebelum {
            break;
        }
        last = Some(link(row)?);
    }
    let Some(last) = last else {
        transaction.roll_back().await?;
        return Ok(0);
    };
    let statement = Statement::new(format!(
        "{SET_END}
        DELETE FROM sistem.audit WHERE nomor <= @nomor;
        SELECT CAST(@@ROWCOUNT AS bigint) AS jumlah;"
    ));
    let answer = transaction.query(bind_end(statement, key, End::Removed, last)).await?;
    let removed = count(answer.one()?, "jumlah")?;
    transaction.commit().await?;
    Ok(removed)
}
