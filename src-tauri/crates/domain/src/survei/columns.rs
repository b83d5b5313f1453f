//! What a survey sets: the mark of its visit, and a row of its own.

use super::{Survei, Unsur};
use crate::columns::{Columns, Value};

/// What it sets of the visit: that it was filled in.
pub fn mark() -> Columns {
    vec![("survei_diisi", Value::Bit(true))]
}

/// What its row holds beside its identity and the day.
pub fn of(survei: &Survei) -> Columns {
    let responden = &survei.responden;
    let word = |word: Option<&'static str>| Value::Text(word.map(str::to_owned));
    let mut columns = vec![
        ("usia", word(responden.usia.map(|word| word.as_str()))),
        ("pendidikan", word(responden.pendidikan.map(|word| word.as_str()))),
        ("pekerjaan", word(responden.pekerjaan.map(|word| word.as_str()))),
        ("jenis_kelamin", word(responden.jenis_kelamin.map(|word| word.as_str()))),
        ("saran", Value::Text(survei.saran.clone())),
    ];
    let answer = |unsur| survei.unsur.get(unsur).map(|nilai| i64::from(nilai.get()));
    columns.extend(Unsur::ALL.map(|unsur| (unsur.as_str(), Value::Number(answer(unsur)))));
    columns
}
