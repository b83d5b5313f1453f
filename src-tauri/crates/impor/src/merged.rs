//! Cells that span several rows of a sheet: what stands in the first row counts for the others, too.

use std::collections::{BTreeMap, HashMap};

use crate::lines::{COLUMNS_MAX, Row};

/// Cells of a sheet that span rows, at most. A list of five thousand people has fewer.
const SPANS_MAX: usize = 5000;

/// The cells of a sheet that span rows.
#[derive(Debug, Default)]
pub(crate) struct Merged {
    /// The last row of each, by its first row and its column.
    spans: HashMap<(u32, u32), u32>,
    /// In each column the span that began last.
    open: BTreeMap<u32, Span>,
}

#[derive(Debug)]
struct Span {
    first: u32,
    last: u32,
    text: String,
}

impl Merged {
    /// A cell that spans the rows from the first to the last.
    pub(crate) fn add(&mut self, column: u32, first: u32, last: u32) {
        if last > first && column < COLUMNS_MAX && self.spans.len() < SPANS_MAX {
            self.spans.insert((first, column), last);
        }
    }

    /// Puts into a row what spans it from above. Rows come in their order.
    pub(crate) fn complete(&mut self, row: &mut Row) {
        for (column, span) in &self.open {
            if row.nomor > span.first && row.nomor <= span.last {
                row.merged.insert(*column, (span.first, span.text.clone()));
            }
        }
        if self.spans.is_empty() {
            return;
        }
        for (column, text) in &row.cells {
            if let Some(last) = self.spans.get(&(row.nomor, *column)) {
                self.open.insert(*column, Span { first: row.nomor, last: *last, text: text.clone() });
            }
        }
    }
}
