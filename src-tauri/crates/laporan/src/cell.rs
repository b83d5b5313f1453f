//! A table, whatever it is printed as.

use chrono::{NaiveDate, NaiveDateTime};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A number of things.
    Count(i64),
    /// A number with two decimals.
    Decimal(f64),
    /// Per cent, 0 to 100.
    Percent(f64),
    /// A length of time in seconds.
    Seconds(f64),
    /// A day.
    Date(NaiveDate),
    /// A day and a time in the school.
    Instant(NaiveDateTime),
}

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(crate) fn count(n: u32) -> Self {
        Self::Count(n.into())
    }

    /// How much more it is than `before`; empty if that cannot be said.
    pub(crate) fn since(&self, before: &Self) -> Self {
        match (self, before) {
            (Self::Count(now), Self::Count(before)) => Self::Count(now - before),
            (Self::Decimal(now), Self::Decimal(before)) => Self::Decimal(now - before),
            (Self::Percent(now), Self::Percent(before)) => Self::Percent(now - before),
            (Self::Seconds(now), Self::Seconds(before)) => Self::Seconds(now - before),
            _ => Self::Empty,
        }
    }
}

/// The same for a number that may be missing.
pub(crate) fn some(value: Option<f64>, of: impl FnOnce(f64) -> Cell) -> Cell {
    value.map_or(Cell::Empty, of)
}

/// A table with its title.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) title: &'static str,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) title: String,
    /// How wide it is, in letters.
    pub(crate) width: f64,
    /// It tells how much more there is: numbers have their sign.
    pub(crate) is_change: bool,
}

impl Column {
    pub(crate) fn new(title: &str, width: f64) -> Self {
        Self { title: title.to_owned(), width, is_change: false }
    }
}

/// Columns by title and width.
pub(crate) fn columns<const N: usize>(columns: [(&str, f64); N]) -> Vec<Column> {
    columns.map(|(title, width)| Column::new(title, width)).into()
}
