//! The journal of a PC that is replaced: what waits leaves it in a file, and goes on at another desk of the school.
//!
//! The file is sealed with a code that is shown once, to be typed at the other desk. What is taken in twice, or sent by
//! both desks, is entered once, as anything that is sent again.

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};

use super::{entry::Entry, seal::Seal};

/// The file begins so.
const HEAD: &[u8] = b"Buku Tamu jurnal 1\n";
/// Random bytes of a code: nobody guesses it.
const CODE_LEN: usize = 15;

/// A journal on its way.
#[derive(Clone, Debug)]
pub struct Moving {
    /// The file.
    pub bytes: Vec<u8>,
    /// Opens it: six groups of four letters and digits.
    pub code: String,
    /// Entries in it.
    pub entries: usize,
}

/// Packs entries for another desk.
pub(super) fn pack(entries: &[Entry]) -> serde_json::Result<Moving> {
    let mut random = [0; CODE_LEN];
    getrandom::fill(&mut random).expect("the operating system gives random numbers");
    let letters = BASE32_NOPAD.encode(&random);
    let sealed = seal(&letters).seal(&serde_json::to_vec(entries)?, HEAD);
    let groups: Vec<_> = letters.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
    Ok(Moving { bytes: [HEAD, &sealed].concat(), code: groups.join("-"), entries: entries.len() })
}

/// The entries in a file; none if it is no such file, or the code is another one.
pub(super) fn unpack(bytes: &[u8], code: &str) -> Option<Vec<Entry>> {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = seal(&letters.to_ascii_uppercase()).open(bytes.strip_prefix(HEAD)?, HEAD)?;
    serde_json::from_slice(&plain).ok()
}

fn seal(letters: &str) -> Seal {
    Seal::new(&Sha256::digest([HEAD, letters.as_bytes()].concat()).into())
}

/// Entries of another desk under numbers of this one, from `next` on. A visit that the other desk had named itself is
/// named after its entry.
pub(super) fn renumbered(mut entries: Vec<Entry>, next: u64) -> Vec<Entry> {
    let numbers: Vec<_> = entries.iter().map(|entry| entry.nomor).zip(next..).collect();
    let other = |own: i64| {
        let (_, new) = numbers.iter().find(|(old, _)| i64::try_from(*old).is_ok_and(|old| -old == own))?;
        i64::try_from(*new).ok().map(|new| -new)
    };
    for entry in &mut entries {
        let segments = entry.path.split('/').map(|segment| {
            let own = segment.parse::<i64>().ok().filter(|id| *id < 0);
            own.and_then(other).map_or_else(|| segment.to_owned(), |new| new.to_string())
        });
        entry.path = segments.collect::<Vec<_>>().join("/");
        if let Some(after) = &mut entry.sesudah {
            after.data.id.0 = other(after.data.id.0).unwrap_or(after.data.id.0);
            after.data.id_tamu.0 = other(after.data.id_tamu.0).unwrap_or(after.data.id_tamu.0);
        }
    }
    for (entry, (_, new)) in entries.iter_mut().zip(&numbers) {
        entry.nomor = *new;
    }
    entries
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::json;

    use super::{super::entry::Kegiatan, *};

    fn entry(nomor: u64, path: &str) -> Entry {
        Entry {
            nomor,
            pada: DateTime::UNIX_EPOCH,
            kegiatan: Kegiatan::Pindah,
            method: "PUT".to_owned(),
            path: path.to_owned(),
            body: json!({ "status": "selesai" }),
            hasil: None,
            sesudah: None,
        }
    }

    #[test]
    fn only_the_code_opens_the_file_however_it_is_typed() {
        let entries = vec![entry(4, "/api/appointments/7/status")];
        let Moving { bytes, code, .. } = pack(&entries).unwrap();
        assert_eq!(code.len(), 29, "{code}");
        assert_eq!(unpack(&bytes, &code.to_lowercase().replace('-', " ")), Some(entries.clone()));
        assert_eq!(unpack(&bytes, "AAAA"), None);
        assert_eq!(unpack(b"Buku Tamu jurnal 2\n", &code), None);
        assert_ne!(pack(&entries).unwrap().code, code);
    }

    #[test]
    fn a_visit_that_a_desk_named_itself_keeps_its_entries() {
        let entries = vec![
            entry(3, "/api/appointments/walk-in"),
            entry(5, "/api/appointments/-3/status"),
            entry(6, "/api/appointments/8/status"),
        ];
        let paths: Vec<_> =
            renumbered(entries, 20).into_iter().map(|entry| (entry.nomor, entry.path)).collect();
        assert_eq!(
            paths,
            [
                (20, "/api/appointments/walk-in".to_owned()),
                (21, "/api/appointments/-20/status".to_owned()),
                (22, "/api/appointments/8/status".to_owned()),
            ]
        );
    }
}
