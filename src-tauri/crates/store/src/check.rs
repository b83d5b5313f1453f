//! Whether every row can be read, encrypted fields too. Reports places, never values.

use std::{collections::BTreeMap, fmt};

use chrono::DateTime;
use domain::{
    Jenis, JenisTanggapan, Role, Sapaan, Status, Telp,
    pindai::Hasil,
    token::{Subject, Token},
};

use crate::{
    SchoolSecrets,
    copy::{Checksum, Column, Kind, Table, Value},
};

/// Damaged places that are reported one by one. A file that has more needs no list.
const TOLD_MAX: usize = 1000;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// Rows that were read.
    pub rows: u64,
    /// What is damaged, one line each: `table id: columns`, or the database's own words.
    pub damaged: Vec<String>,
    /// Damaged places beyond those.
    pub more: u64,
    /// The number of rows and their checksum, by table.
    pub tables: BTreeMap<&'static str, (u64, Checksum)>,
}

impl Check {
    /// Whether all is well.
    pub fn is_sound(&self) -> bool {
        self.damaged.is_empty()
    }

    /// Records a damaged place.
    pub(crate) fn tell(&mut self, what: impl fmt::Display) {
        match self.damaged.len() < TOLD_MAX {
            true => self.damaged.push(what.to_string()),
            false => self.more += 1,
        }
    }

    /// Looks at a row. `lacks` are the columns that its database does not have yet: they count for nothing, so that the
    /// checksum is the same whichever version of this program looks.
    pub(crate) fn row(
        &mut self,
        table: &'static Table,
        row: &[Value],
        lacks: &[&'static str],
        kunci: &SchoolSecrets,
    ) {
        self.rows += 1;
        let (rows, checksum) = self.tables.entry(table.name).or_default();
        *rows += 1;
        let is_there = |column: &Column| !lacks.contains(&column.name);
        let values = table.columns.iter().zip(row).filter(|(column, _)| is_there(column));
        checksum.add(values.map(|(_, value)| value));
        let mut wrong: Vec<&str> = table
            .columns
            .iter()
            .zip(row)
            .filter(|(column, value)| !fits(table.name, **column, value))
            .map(|(column, _)| column.name)
            .collect();
        wrong.extend(Fields { table, row, lacks }.wrong(kunci));
        wrong.dedup();
        if !wrong.is_empty() {
            let key = match row.get(table.key) {
                Some(Value::Int(id)) => id.to_string(),
                // Such keys are secrets.
                _ => "(a row)".to_owned(),
            };
            self.tell(format_args!("{} {key}: {}", table.name, wrong.join(", ")));
        }
    }
}

/// Whether the column can hold the value.
fn fits(table: &str, column: Column, value: &Value) -> bool {
    match (value, column.kind) {
        (Value::Null, _)
        | (Value::Int(0 | 1), Kind::Bit)
        | (Value::Int(_), Kind::Int)
        | (Value::Bytes(_), Kind::Bytes) => true,
        (Value::Int(ms), Kind::Waktu) => DateTime::from_timestamp_millis(*ms).is_some(),
        (Value::Text(text), Kind::Text | Kind::Utf8) => is_known(table, column.name, text),
        _ => false,
    }
}

/// Whether a text is one of the words that the column allows.
fn is_known(table: &str, column: &str, text: &str) -> bool {
    match (table, column) {
        ("pengguna", "role") => text.parse::<Role>().is_ok(),
        ("pengguna", "sapaan") => text.parse::<Sapaan>().is_ok(),
        ("pengguna", "telp") => Telp::from_normal_form(text.to_owned()).is_ok(),
        ("janji_temu" | "arsip", "status") => text.parse::<Status>().is_ok(),
        ("janji_temu" | "arsip", "jenis") => text.parse::<Jenis>().is_ok(),
        ("janji_temu" | "arsip", "tanggapan_jenis") => text.parse::<JenisTanggapan>().is_ok(),
        ("kunci", "hasil") => text.parse::<Hasil>().is_ok(),
        _ => true,
    }
}

fn is_text(value: &Value, text: &str) -> bool {
    matches!(value, Value::Text(kept) if kept == text)
}

/// A row's values by their names.
struct Fields<'a> {
    table: &'static Table,
    row: &'a [Value],
    lacks: &'a [&'static str],
}

impl Fields<'_> {
    /// None if the database does not have the column yet.
    fn get(&self, name: &str) -> Option<&Value> {
        if self.lacks.contains(&name) {
            return None;
        }
        let n = self.table.columns.iter().position(|column| column.name == name)?;
        self.row.get(n)
    }

    /// What only the keys can tell: numbers that cannot be decrypted, codes that are not this row's.
    fn wrong(&self, kunci: &SchoolSecrets) -> Vec<&'static str> {
        let mut wrong = Vec::new();
        let Some(Value::Int(id)) = self.get("id") else { return wrong };
        match (self.get("telp"), self.get("telp_indeks")) {
            (Some(Value::Bytes(sealed)), Some(Value::Bytes(indeks))) => {
                match kunci.telp.decrypt(sealed, indeks) {
                    Ok(telp) if self.get("telp_akhir").is_none_or(|kept| is_text(kept, telp.akhir())) => {}
                    Ok(_) => wrong.push("telp_akhir"),
                    Err(_) => wrong.push("telp"),
                }
            }
            // One of them is useless without the other.
            (Some(Value::Bytes(_)), Some(Value::Null)) | (Some(Value::Null), Some(Value::Bytes(_))) => {
                wrong.push("telp")
            }
            _ => {}
        }
        if let Some(Value::Text(kode)) = self.get("kode_qr") {
            let subject = kunci.qr.verify(kode).map(|token: Token| token.subject);
            let is_own = match (self.table.name, subject) {
                ("tamu", Ok(Subject::Tamu(of))) => of.0 == *id,
                ("janji_temu" | "arsip", Ok(Subject::JanjiTemu(of))) => of.0 == *id,
                _ => false,
            };
            if !is_own {
                wrong.push("kode_qr");
            }
        }
        wrong
    }
}
