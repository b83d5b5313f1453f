//! Names say what a thing is.

use crate::assert_none;
use crate::repository::files;

/// Words that say nothing at the end of a name.
const EMPTY_WORDS: [&str; 6] = ["Helper", "Helpers", "Manager", "Service", "Util", "Utils"];

/// Indonesian words for widgets, patterns and technique, which bear the field's English names instead: the glossary in
/// `ui/README.md` has both. The school's own nouns and states stay Indonesian.
const RETIRED_WORDS: [&str; 48] = [
    "alat",
    "antrean",
    "bacaan",
    "bahasa",
    "bidik",
    "bingkai",
    "bintang",
    "bunyi",
    "cari",
    "centang",
    "cip",
    "daftar",
    "detik",
    "fokus",
    "formulir",
    "gambar",
    "gangguan",
    "gaya",
    "halaman",
    "ikon",
    "isian",
    "jam",
    "jawaban",
    "kabar",
    "kaki",
    "kamera",
    "kartu",
    "kejadian",
    "kekuatan",
    "kosong",
    "laci",
    "langkah",
    "layar",
    "merek",
    "muat",
    "muatan",
    "papan",
    "pemindai",
    "penyegaran",
    "roti",
    "sakelar",
    "sambungan",
    "saran",
    "saring",
    "siapa",
    "suara",
    "tombol",
    "tumpukan",
];

/// The same in Rust (the glossary in `src-tauri/README.md`). Shapes of the API keep the API's names.
const RETIRED_TYPES: [&str; 24] = [
    "Awalan",
    "Bacaan",
    "Bahasa",
    "Baris",
    "Cari",
    "Halaman",
    "Kata",
    "Keputusan",
    "Kerusakan",
    "Keterangan",
    "Kredensial",
    "Langkah",
    "Pembuatan",
    "Penempatan",
    "Penghapusan",
    "Penjadwalan",
    "Penyegaran",
    "Pertukaran",
    "Perubahan",
    "Saring",
    "Siapa",
    "Sidik",
    "Tercatat",
    "Tujuan",
];

#[test]
fn technique_in_rust_bears_english_names() {
    let mut offenders = Vec::new();
    for file in files().iter().filter(|file| file.extension() == "rs") {
        for (number, line) in file.lines() {
            let retired =
                type_defined_in(line).filter(|name| RETIRED_TYPES.iter().any(|word| name.contains(word)));
            offenders.extend(retired.map(|name| format!("{}:{number}: {name}", file.path)));
        }
    }
    assert_none(offenders, "Say it with the field's English word (glossary in src-tauri/README.md):");
}

#[test]
fn technique_in_the_pages_bears_english_names() {
    let mut offenders = Vec::new();
    for file in files().iter().filter(|file| file.path.starts_with("ui/src/")) {
        if file.path.split('/').skip(2).any(has_retired_word) {
            offenders.push(file.path.clone());
        }
        if !matches!(file.extension(), "ts" | "svelte") {
            continue;
        }
        // A shape of the server keeps the server's name.
        for (number, line) in file.lines().filter(|(_, line)| !line.contains("Schemas['")) {
            let retired = page_type_defined_in(line).filter(|name| has_retired_word(name));
            offenders.extend(retired.map(|name| format!("{}:{number}: {name}", file.path)));
        }
    }
    assert_none(offenders, "Say it with the field's English word (glossary in ui/README.md):");
}

#[test]
fn types_are_named_for_what_they_are() {
    let mut offenders = Vec::new();
    for file in files().iter().filter(|file| file.extension() == "rs") {
        for (number, line) in file.lines() {
            let empty =
                type_defined_in(line).filter(|name| EMPTY_WORDS.iter().any(|word| name.ends_with(word)));
            offenders.extend(empty.map(|name| format!("{}:{number}: {name}", file.path)));
        }
    }
    assert_none(offenders, "Not Manager, Helper, Util or Service; name the thing:");
}

/// The name in `pub struct Name`, `enum Name`, `trait Name` or `type Name`. `None` for an associated type, whose trait
/// named it.
fn type_defined_in(line: &str) -> Option<&str> {
    if line.starts_with("    type ") {
        return None;
    }
    let mut words = line.split_whitespace().skip_while(|word| word.starts_with("pub"));
    let keyword = words.next()?;
    let name = words.next()?;
    let is_definition = ["struct", "enum", "trait", "type"].contains(&keyword);
    is_definition.then(|| name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(name))
}

/// The name in `class Name`, `interface Name` or `type Name`, whatever stands before the keyword.
fn page_type_defined_in(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace().skip_while(|word| ["export", "abstract"].contains(word));
    let keyword = words.next()?;
    let name = words.next()?;
    let is_definition = ["class", "interface", "type"].contains(&keyword);
    is_definition.then(|| name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(name))
}

/// Whether one of the name's words is retired. Words end at a capital and at everything that is no letter.
fn has_retired_word(name: &str) -> bool {
    let mut word = String::new();
    for c in name.chars().chain(['.']) {
        let ends = !c.is_alphabetic() || c.is_uppercase();
        if ends && RETIRED_WORDS.contains(&word.as_str()) {
            return true;
        }
        if ends {
            word.clear();
        }
        if c.is_alphabetic() {
            word.extend(c.to_lowercase());
        }
    }
    false
}

#[test]
fn a_retired_word_is_found_wherever_it_stands_in_a_name() {
    for name in ["Roti.svelte", "IsianSaran", "kotak_cari.svelte.ts", "LaciBuat", "roti"] {
        assert!(has_retired_word(name), "{name}");
    }
    for name in ["Toast.svelte", "JanjiTemuList", "carilah", "tamu_search.svelte.ts", "ceroti"] {
        assert!(!has_retired_word(name), "{name}");
    }
}
