//! What a change sets of an appointment: columns with their new values. Every database writes what stands here.

use chrono::{DateTime, Utc};

/// A column's new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A word of this program: a status or the like.
    Word(&'static str),
    /// What somebody wrote.
    Text(Option<String>),
    /// A whole number.
    Number(Option<i64>),
    /// Yes or no.
    Bit(bool),
    /// An instant.
    Time(Option<DateTime<Utc>>),
    /// An instant that is set only if the column has none yet.
    FirstTime(DateTime<Utc>),
}

/// Columns with their new values, each named once. The other columns stay.
pub type Columns = Vec<(&'static str, Value)>;
