//! The headings of the columns: which row they stand in, by their names, and what each column means. They may stand in
//! two tiers, the upper one naming a group of the lower ones.

use domain::impor::{Golongan, Kolom};

use crate::{lines::Row, text};

/// Characters of a heading. What is longer names nothing that is known.
const HEADING_MAX: usize = 200;

/// The name of a column.
pub(crate) fn name(text: &str) -> String {
    text::cell(text::cut(text, HEADING_MAX))
}

/// What the columns mean.
#[derive(Debug)]
pub(crate) struct Headings {
    /// The lower row of the headings, from 1 on.
    pub(crate) last_row: u32,
    /// The columns of each meaning.
    pub(crate) used: Vec<Used>,
    /// The others, in their order.
    pub(crate) unused: Vec<(Golongan, String)>,
}

/// A meaning that is used, with the columns that have it. The best name comes first, then the first column.
#[derive(Debug)]
pub(crate) struct Used {
    pub(crate) kolom: Kolom,
    pub(crate) columns: Vec<Column>,
}

/// A column that is used.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) column: u32,
    pub(crate) name: String,
    rank: usize,
}

/// Looks for the headings among the rows at the top: a name, and something that tells who it is. Of several rows the
/// one with the most known names is taken, of those the first, and two tiers only where one is not enough.
pub(crate) fn find(top: &[Row]) -> Option<Headings> {
    let mut best: Option<Headings> = None;
    for (n, row) in top.iter().enumerate() {
        let below = top.get(n + 1).filter(|below| below.nomor == row.nomor + 1);
        let tiers = below.map(|below| two_tiers(row, below));
        for headings in [Some(one_tier(row)), tiers].into_iter().flatten() {
            let is_better = best.as_ref().is_none_or(|best| headings.used.len() > best.used.len());
            if headings.tells_who() && is_better {
                best = Some(headings);
            }
        }
    }
    best
}

fn one_tier(row: &Row) -> Headings {
    let names = row.cells.iter().map(|(column, text)| (*column, name(text), String::new()));
    Headings::new(row.nomor, names)
}

/// A column without a name in the lower row has the name of the upper one, whose cell then spans both.
fn two_tiers(upper: &Row, lower: &Row) -> Headings {
    let named = |row: &Row, column: u32| row.cells.get(&column).map(|text| name(text)).unwrap_or_default();
    let mut columns: Vec<_> = upper.cells.keys().chain(lower.cells.keys()).copied().collect();
    columns.sort_unstable();
    columns.dedup();
    let mut group = String::new();
    let mut names = Vec::new();
    for column in columns {
        let (above, below) = (named(upper, column), named(lower, column));
        if !above.is_empty() {
            // A heading that spans both rows is no group.
            group = if below.is_empty() { String::new() } else { above.clone() };
        }
        match below.is_empty() {
            true => names.push((column, above, String::new())),
            false => names.push((column, below, group.clone())),
        }
    }
    Headings::new(lower.nomor, names.into_iter())
}

impl Headings {
    /// `names`: each column with its own name and that of its group.
    fn new(last_row: u32, names: impl Iterator<Item = (u32, String, String)>) -> Self {
        let mut headings = Self { last_row, used: Vec::new(), unused: Vec::new() };
        for (column, name, group) in names.filter(|(_, name, _)| !name.is_empty()) {
            let known = Kolom::find(&name).filter(|_| !Golongan::is_elsewhere(&group));
            match known {
                Some((kolom, rank)) => headings.use_column(kolom, Column { column, name, rank }),
                None => {
                    let whole = if group.is_empty() { name } else { format!("{group}: {name}") };
                    headings.unused.push((Golongan::of(&whole), whole));
                }
            }
        }
        headings
    }

    /// Several columns may have one meaning. Of what tells who somebody is, a second one of the same name is somebody
    /// else's.
    fn use_column(&mut self, kolom: Kolom, new: Column) {
        let Some(old) = self.used.iter_mut().find(|used| used.kolom == kolom) else {
            self.used.push(Used { kolom, columns: vec![new] });
            return;
        };
        if kolom.tells_who() && old.columns.iter().any(|column| column.rank == new.rank) {
            self.unused.push((Golongan::TakDikenal, new.name));
            return;
        }
        old.columns.push(new);
        old.columns.sort_by_key(|column| column.rank);
    }

    fn tells_who(&self) -> bool {
        let has = |kolom: Kolom| self.used.iter().any(|used| used.kolom == kolom);
        has(Kolom::Nama) && [Kolom::Nuptk, Kolom::Nip, Kolom::Email].into_iter().any(has)
    }
}
