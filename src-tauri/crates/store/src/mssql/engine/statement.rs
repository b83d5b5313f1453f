//! A statement with its values, by name, and how both are sent.
//!
//! The driver sends a missing text, time or binary value as a value of no type, which not every server accepts. So
//! such a value is not sent at all. Its name stays in the statement and is declared there: a variable that was
//! declared and not set is NULL of its type. Only this file knows that.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use tiberius::{ColumnData, IntoSql};

use crate::audit::NewAudit;

/// How long an answer may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::mssql) enum Patience {
    /// What a person waits for.
    Usual,
    /// The same to the first row and from each row to the next, because there may be many.
    ManyRows,
    /// Nightly work.
    Nightly,
    /// A backup, which says nothing until it is written.
    Backup,
}

/// What is asked of the database. Names of values stand in the text as `@name`.
#[derive(Clone)]
pub(in crate::mssql) struct Statement {
    sql: Cow<'static, str>,
    values: Vec<(Cow<'static, str>, Value)>,
    pub(super) patience: Patience,
    audited: Option<Audited>,
}

/// What a statement says of its entry in the audit.
#[derive(Clone, Copy, Default)]
pub(in crate::mssql) struct Audited {
    /// The condition on which the statement has changed anything; none where it always has.
    pub(in crate::mssql) when: Option<&'static str>,
    /// What gives the identity of the row that it made.
    pub(in crate::mssql) id: Option<&'static str>,
    /// What gives the guest of that row.
    pub(in crate::mssql) id_tamu: Option<&'static str>,
    /// What gives the verb, where what is done turns out to be something else; `@audit_aksi` is the entry's own.
    pub(in crate::mssql) aksi: Option<&'static str>,
}

/// A value as it stands in a table.
#[derive(Clone)]
pub(in crate::mssql) enum Value {
    Int(Option<i64>),
    Bit(Option<bool>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
    /// UTC; anything finer than milliseconds is cut off.
    Waktu(Option<DateTime<Utc>>),
}

impl Statement {
    pub(in crate::mssql) fn new(sql: impl Into<Cow<'static, str>>) -> Self {
        Self { sql: sql.into(), values: Vec::new(), patience: Patience::Usual, audited: None }
    }

    /// Gives a value to a name. If the text does not mention the name, the value is not sent.
    pub(in crate::mssql) fn bind(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<Value>,
    ) -> Self {
        self.values.push((name.into(), value.into()));
        self
    }

    pub(in crate::mssql) fn patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// Replaces the text and keeps the values.
    pub(in crate::mssql) fn text(mut self, sql: String) -> Self {
        self.sql = Cow::Owned(sql);
        self
    }

    /// The entry of the work under way is written with this statement, if the condition holds once it is done.
    pub(in crate::mssql) fn audited_if(self, when: &'static str) -> Self {
        self.audited(Audited { when: Some(when), ..Audited::default() })
    }

    /// The same, with more that only the statement knows.
    pub(in crate::mssql) fn audited(mut self, audited: Audited) -> Self {
        self.audited = Some(audited);
        self
    }

    /// Whether it says anything of an entry.
    pub(super) fn is_audited(&self) -> bool {
        self.audited.is_some()
    }

    /// The same with the entry behind it.
    pub(in crate::mssql) fn with_entry(mut self, entry: Option<NewAudit>) -> Self {
        let Some(entry) = entry else { return self };
        let Audited { when, id, id_tamu, aksi } = self.audited.unwrap_or_default();
        let condition = when.map(|when| format!("IF {when} ")).unwrap_or_default();
        let sql = format!(
            "{}
            {condition}INSERT INTO sistem.audit (
                waktu, id_pelaku, nama_pelaku, role, alamat, aksi, objek, id_objek, id_tamu, sebelum, sesudah
            )
            VALUES (
                @audit_waktu, @audit_pelaku, @audit_nama, @audit_role, @audit_alamat, {}, @audit_objek,
                {}, {}, @audit_sebelum, @audit_sesudah
            );",
            self.sql,
            aksi.unwrap_or("@audit_aksi"),
            id.unwrap_or("@audit_id"),
            id_tamu.unwrap_or("@audit_tamu"),
        );
        self.sql = Cow::Owned(sql);
        self.bind("audit_waktu", entry.waktu)
            .bind("audit_pelaku", entry.id_pelaku)
            .bind("audit_nama", entry.nama_pelaku)
            .bind("audit_role", entry.role.map(domain::audit::Pelaku::as_str))
            .bind("audit_alamat", entry.alamat)
            .bind("audit_aksi", entry.aksi.as_str())
            .bind("audit_objek", entry.objek.as_str())
            .bind("audit_id", entry.id_objek)
            .bind("audit_tamu", entry.id_tamu.map(|id| id.0))
            .bind("audit_sebelum", entry.sebelum)
            .bind("audit_sesudah", entry.sesudah)
    }

    /// The same in a transaction of its own. If it fails, nothing of it is kept.
    pub(in crate::mssql) fn whole(mut self) -> Self {
        self.sql = Cow::Owned(["BEGIN TRANSACTION;\n", &self.sql, "\nCOMMIT TRANSACTION;"].concat());
        self
    }

    /// The text with numbered parameters, and their values.
    pub(super) fn render(&self) -> (String, Vec<ColumnData<'_>>) {
        let mut declared = String::new();
        let mut sql = String::with_capacity(self.sql.len());
        let mut sent: Vec<&str> = Vec::new();
        let mut params = Vec::new();
        for piece in pieces(&self.sql) {
            let named = piece.strip_prefix('@').and_then(|name| self.values.iter().find(|(n, _)| n == name));
            let Some((name, value)) = named else {
                sql.push_str(piece);
                continue;
            };
            match value.missing() {
                Some(kind) => {
                    let declaration = format!("DECLARE @{name} {kind};\n");
                    if !declared.contains(&declaration) {
                        declared.push_str(&declaration);
                    }
                    sql.push_str(piece);
                }
                None => {
                    let place = sent.iter().position(|sent| sent == name).unwrap_or_else(|| {
                        sent.push(name);
                        params.push(value.to_column());
                        sent.len() - 1
                    });
                    sql.push_str(&format!("@P{}", place + 1));
                }
            }
        }
        (declared + &sql, params)
    }
}

impl Value {
    /// The type to declare, if there is no value that could be sent.
    fn missing(&self) -> Option<&'static str> {
        match self {
            Self::Text(None) => Some("nvarchar(4000)"),
            Self::Bytes(None) => Some("varbinary(8000)"),
            Self::Waktu(None) => Some("datetime2(3)"),
            _ => None,
        }
    }

    fn to_column(&self) -> ColumnData<'_> {
        match self {
            Self::Int(value) => value.into_sql(),
            Self::Bit(value) => value.into_sql(),
            Self::Text(value) => value.as_ref().into_sql(),
            Self::Bytes(value) => value.as_ref().into_sql(),
            Self::Waktu(value) => {
                let ms = value.and_then(|waktu| DateTime::from_timestamp_millis(waktu.timestamp_millis()));
                ms.map(|waktu| waktu.naive_utc()).into_sql()
            }
        }
    }
}

/// Takes a text apart into names with their `@` and the text between them. Comments, quoted text and `@@NAMES` are
/// between.
fn pieces(sql: &str) -> impl Iterator<Item = &str> {
    let mut rest = sql;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let len = if rest.starts_with('@') && !rest.starts_with("@@") {
            1 + rest[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len() - 1)
        } else {
            plain_len(rest)
        };
        let (piece, after) = rest.split_at(len);
        rest = after;
        Some(piece)
    })
}

fn plain_len(text: &str) -> usize {
    let mut quoted = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\'' => quoted = !quoted,
            '-' if !quoted && text[at..].starts_with("--") => {
                while chars.next_if(|(_, c)| *c != '\n').is_some() {}
            }
            '@' if !quoted && text[at..].starts_with("@@") => drop(chars.next()),
            '@' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bit(Some(value))
    }
}

impl From<Option<bool>> for Value {
    fn from(value: Option<bool>) -> Self {
        Self::Bit(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(Some(value.clone()))
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}

impl From<Option<&str>> for Value {
    fn from(value: Option<&str>) -> Self {
        Self::Text(value.map(str::to_owned))
    }
}

impl From<Option<&String>> for Value {
    fn from(value: Option<&String>) -> Self {
        Self::Text(value.cloned())
    }
}

impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(Some(value))
    }
}

impl From<[u8; 32]> for Value {
    fn from(value: [u8; 32]) -> Self {
        Self::Bytes(Some(value.to_vec()))
    }
}

impl From<Option<[u8; 32]>> for Value {
    fn from(value: Option<[u8; 32]>) -> Self {
        Self::Bytes(value.map(|bytes| bytes.to_vec()))
    }
}

impl From<Option<Vec<u8>>> for Value {
    fn from(value: Option<Vec<u8>>) -> Self {
        Self::Bytes(value)
    }
}

impl From<DateTime<Utc>> for Value {
    fn from(value: DateTime<Utc>) -> Self {
        Self::Waktu(Some(value))
    }
}

impl From<Option<DateTime<Utc>>> for Value {
    fn from(value: Option<DateTime<Utc>>) -> Self {
        Self::Waktu(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_numbered_places_each_value_once() {
        let statement = Statement::new("SELECT @b, @a, @b, @@ROWCOUNT, N'@a', @local -- it's @a\nFROM t")
            .bind("a", 1)
            .bind("b", "x")
            .bind("c", 2);
        let (sql, params) = statement.render();
        assert_eq!(sql, "SELECT @P1, @P2, @P1, @@ROWCOUNT, N'@a', @local -- it's @a\nFROM t");
        assert_eq!(params, [ColumnData::String(Some("x".into())), ColumnData::I64(Some(1))]);
    }

    #[test]
    fn what_is_missing_is_declared_and_not_sent() {
        let statement = Statement::new("UPDATE t SET a = @a, b = COALESCE(@b, @a), n = @n")
            .bind("a", None::<&str>)
            .bind("b", None::<DateTime<Utc>>)
            .bind("n", None::<i64>);
        let (sql, params) = statement.render();
        assert_eq!(
            sql,
            "DECLARE @a nvarchar(4000);\nDECLARE @b datetime2(3);\nUPDATE t SET a = @a, b = COALESCE(@b, @a), n = @P1"
        );
        assert_eq!(params, [ColumnData::I64(None)], "a number that is missing has a type");
    }
}
