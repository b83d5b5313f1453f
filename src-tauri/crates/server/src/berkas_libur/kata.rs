//! What the words of a holiday tell: whose it is, and whether it is predicted only.

use domain::{hari_libur::JenisLibur, huruf, isian::NAMA_MAX};

/// Marks of a date that nobody has announced yet, as calendars write them behind a name.
const PREDICTED: [&str; 6] =
    ["(perkiraan)", "(belum pasti)", "(sementara)", "(tentatif)", "(tentative)", "(estimated)"];

/// Characters of a cell or an entry that are looked at: a name with a mark behind it, and room.
const LOOKED_AT: usize = 1000;

/// As much of a text as is looked at.
pub(super) fn cut(text: &str) -> &str {
    text.char_indices().nth(LOOKED_AT).map_or(text, |(end, _)| &text[..end])
}

/// The name on one line without such a mark, and whether there was one.
pub(super) fn name(text: &str) -> (String, bool) {
    let mut name = huruf::satu_baris(cut(text));
    let mut predicted = false;
    for mark in PREDICTED {
        // ASCII only, so that places in both are the same.
        while let Some(at) = name.to_ascii_lowercase().find(mark) {
            name.replace_range(at..at + mark.len(), "");
            predicted = true;
        }
    }
    (shortened(&huruf::satu_baris(&name)), predicted)
}

/// As much of it as a name may have.
pub(super) fn shortened(name: &str) -> String {
    name.chars().take(NAMA_MAX).collect::<String>().trim_end().to_owned()
}

/// Whose it is, by its name.
pub(super) fn kind(name: &str) -> JenisLibur {
    let name = name.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has(&["cuti bersama", "joint holiday", "joint leave"]) {
        JenisLibur::CutiBersama
    } else if has(&["semester", "sekolah", "school"]) {
        JenisLibur::Sekolah
    } else {
        JenisLibur::LiburNasional
    }
}
