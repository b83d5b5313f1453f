//! What an admin hands to whoever helps: versions, figures and the log, in one archive that names nobody.
//!
//! The log names nobody anyway. What is taken out here is where the data folder lies, because a user's name often
//! stands in such a path.

use std::{
    fmt::Write as _,
    fs,
    io::{self, Cursor, Write as _},
    path::Path,
};

use cadangan::keep;
use chrono::{DateTime, SecondsFormat, Utc};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{backups, logging};

/// More of a log's file is not taken. It is more than a whole one.
const LOG_MAX_BYTES: usize = 4 << 20;

/// What the archive says of itself.
const ABOUT: &str = "Buku Tamu, laporan masalah / problem report\n\n\
    Isi: versi program, keadaan folder data, angka-angka, setelan yang berupa angka atau pilihan, dan log.\n\
    Tidak ada nama, nomor, alamat, kata sandi, atau kode.\n\n\
    Holds the program's version, the state of the data folder, figures, settings that are numbers or choices,\n\
    and the log. No names, numbers, addresses, passwords or codes.\n";

/// Makes the archive of a data folder. `more` are further texts with their names.
///
/// # Errors
/// What the operating system says when the folder is listed. A file that cannot be read is named as such instead.
pub(crate) fn pack(data: &Path, now: DateTime<Utc>, more: &[(&str, String)]) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| -> io::Result<()> {
        archive.start_file(name, SimpleFileOptions::default())?;
        archive.write_all(without_places(text, data).as_bytes())
    };
    add("about.txt", ABOUT)?;
    add("program.txt", &program(now))?;
    add("folder.txt", &files_of(data)?)?;
    add("backups.txt", &backups_of(data))?;
    for (name, text) in more {
        add(name, text)?;
    }
    for (name, text) in logs_of(data) {
        add(&format!("log/{name}"), &text)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn program(now: DateTime<Utc>) -> String {
    format!(
        "version {}\nsystem  {} {}\ncores   {}\nmade    {}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        std::thread::available_parallelism().map_or(0, usize::from),
        now.to_rfc3339_opts(SecondsFormat::Secs, true),
    )
}

/// Names and sizes; what the files hold stays there.
fn files_of(data: &Path) -> io::Result<String> {
    let mut rows = Vec::new();
    for entry in fs::read_dir(data)? {
        let entry = entry?;
        let size = entry.metadata().map_or_else(|error| error.to_string(), |of| of.len().to_string());
        rows.push(format!("{size:>14}  {}\n", entry.file_name().to_string_lossy()));
    }
    rows.sort();
    Ok(rows.concat())
}

fn backups_of(data: &Path) -> String {
    match keep::list(&backups::folder(data)) {
        Ok((listed, unreadable)) => {
            let mut text = String::new();
            for backup in &listed {
                let made = backup.header.dibuat_pada.to_rfc3339_opts(SecondsFormat::Secs, true);
                let (rows, bytes) = (backup.header.rows(), backup.size_bytes);
                let _ = writeln!(text, "{made}  {rows:>10} rows  {bytes:>12} bytes");
            }
            let _ =
                writeln!(text, "{} backups, {} files that cannot be read", listed.len(), unreadable.len());
            text
        }
        Err(error) => format!("cannot be listed: {error}\n"),
    }
}

/// The log's files, the current one first.
fn logs_of(data: &Path) -> Vec<(String, String)> {
    let Ok(entries) = fs::read_dir(data.join(logging::FOLDER)) else { return Vec::new() };
    let mut logs: Vec<_> = entries
        .flatten()
        .map(|entry| {
            let text = fs::read(entry.path()).map_or_else(
                |error| format!("cannot be read: {error}\n"),
                |bytes| {
                    let start = bytes.len().saturating_sub(LOG_MAX_BYTES);
                    String::from_utf8_lossy(&bytes[start..]).into_owned()
                },
            );
            (entry.file_name().to_string_lossy().into_owned(), text)
        })
        .collect();
    logs.sort();
    logs
}

/// The same without the path of the data folder and of the user's own folder.
fn without_places(text: &str, data: &Path) -> String {
    let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().display().to_string());
    let text = text.replace(&data.display().to_string(), "DATA");
    match home {
        // A service may have `/` as its home.
        Some(home) if home.len() > 3 => text.replace(&home, "HOME"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn read(archive: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(archive)).expect("an archive");
        let mut text = String::new();
        archive.by_name(name).expect("it is in there").read_to_string(&mut text).expect("it is text");
        text
    }

    #[test]
    fn it_holds_the_log_and_not_where_the_folder_lies() {
        let data = tempfile::tempdir().expect("a folder");
        let log = data.path().join(logging::FOLDER);
        fs::create_dir(&log).expect("a folder");
        let line = format!("ERROR no room in {}\n", data.path().join("cadangan").display());
        fs::write(log.join("bukutamu-server.log"), line).expect("a log");
        fs::write(data.path().join("bukutamu.kunci"), "the school's secrets").expect("a key file");
        let now = "2026-11-23T02:00:00Z".parse().expect("a time");
        let more = [("figures.txt", "bukutamu_database_up 1\n".to_owned())];
        let packed = pack(data.path(), now, &more).expect("it is made");
        assert_eq!(read(&packed, "log/bukutamu-server.log"), "ERROR no room in DATA/cadangan\n");
        assert_eq!(read(&packed, "figures.txt"), "bukutamu_database_up 1\n");
        assert!(read(&packed, "program.txt").contains("made    2026-11-23T02:00:00Z"));
        assert!(read(&packed, "folder.txt").contains("            20  bukutamu.kunci"));
        assert!(read(&packed, "backups.txt").contains("0 backups"));
        let all = String::from_utf8_lossy(&packed).into_owned();
        assert!(!all.contains("secrets"));
    }

    #[test]
    fn of_a_log_without_a_bound_the_end_is_taken() {
        let data = tempfile::tempdir().expect("a folder");
        let log = data.path().join(logging::FOLDER);
        fs::create_dir(&log).expect("a folder");
        let long = format!("{}the end\n", "x".repeat(LOG_MAX_BYTES));
        fs::write(log.join("bukutamu-server.log"), long).expect("a log");
        let packed =
            pack(data.path(), "2026-11-23T02:00:00Z".parse().expect("a time"), &[]).expect("it is made");
        let text = read(&packed, "log/bukutamu-server.log");
        assert!(text.len() == LOG_MAX_BYTES && text.ends_with("the end\n"));
    }
}
