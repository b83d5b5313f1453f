//! The journal of a PC that is replaced: what waits leaves it in a file, and goes on at another desk of the school.
//!
//! The file is sealed with a code that is shown once, to be typed at the other desk. What is taken in twice, or sent by
//! both desks, is entered once, as anything that is sent again.

use data_encoding::BASE32_NOPAD;
use luring::Moved;
use sha2::{Digest, Sha256};

use super::seal::Seal;

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
pub(super) fn pack(entries: &[Moved]) -> serde_json::Result<Moving> {
    let mut random = [0; CODE_LEN];
    getrandom::fill(&mut random).expect("the operating system gives random numbers");
    let letters = BASE32_NOPAD.encode(&random);
    let sealed = seal(&letters).seal(&serde_json::to_vec(entries)?, HEAD);
    let groups: Vec<_> = letters.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
    Ok(Moving { bytes: [HEAD, &sealed].concat(), code: groups.join("-"), entries: entries.len() })
}

/// The entries in a file; none if it is no such file, or the code is another one.
pub(super) fn unpack(bytes: &[u8], code: &str) -> Option<Vec<Moved>> {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = seal(&letters.to_ascii_uppercase()).open(bytes.strip_prefix(HEAD)?, HEAD)?;
    serde_json::from_slice(&plain).ok()
}

fn seal(letters: &str) -> Seal {
    Seal::new(&Sha256::digest([HEAD, letters.as_bytes()].concat()).into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn moved(nomor: u64) -> Moved {
        let terjadi = json!({
            "nomor": nomor, "pada": "2026-11-23T02:00:00Z", "kegiatan": "pindah", "method": "PUT",
            "path": "/api/appointments/7/status", "body": { "status": "selesai" }, "hasil": null, "sesudah": null,
        });
        let bentrok = json!({ "alasan": "status_lain", "janji_temu": null });
        serde_json::from_value(json!({ "terjadi": terjadi, "bentrok": bentrok })).unwrap()
    }

    #[test]
    fn only_the_code_opens_the_file_however_it_is_typed() {
        let entries = vec![moved(4)];
        let Moving { bytes, code, .. } = pack(&entries).unwrap();
        assert_eq!(code.len(), 29, "{code}");
        assert_eq!(unpack(&bytes, &code.to_lowercase().replace('-', " ")), Some(entries.clone()));
        assert_eq!(unpack(&bytes, "AAAA"), None);
        assert_eq!(unpack(b"Buku Tamu jurnal 2\n", &code), None);
        assert_ne!(pack(&entries).unwrap().code, code);
    }
}
