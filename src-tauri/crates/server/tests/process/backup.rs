//! `backup`, `verify-backup`, `list-backups` and `restore`, on real files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tests::{MssqlDatabase, NO_MSSQL, skip};

use crate::{
    api::Api,
    program::{Place, Running},
    school::{self, DESK},
};

fn backup(place: &Place, folder: &Path) -> PathBuf {
    let folder = folder.to_str().expect("a path of text");
    let said = place.run(&["backup", "--to", folder], "").success();
    PathBuf::from(said.trim())
}

fn restore(place: &Place, file: &Path, typed: &str) -> crate::program::Ended {
    place.run_with(&["restore", "--from", file.to_str().expect("a path of text")], &[], typed)
}

/// Scans a code at the desk, under a key that follows from the code.
pub(crate) async fn scans(server: &Running, kode: &str) -> String {
    let desk = Api::login(server, DESK.1).await;
    let (status, answer) = desk.scan(kode, &format!("meja:{}", &kode[40..])).await.expect("an answer");
    assert_eq!(status, 200, "{answer}");
    answer["hasil"].as_str().expect("a result").to_owned()
}

fn copy_key_file(from: &Place, to: &Place) {
    fs::create_dir_all(to.data()).expect("a folder");
    fs::copy(from.kunci(), to.kunci()).expect("the key file");
}

#[tokio::test]
async fn a_running_school_is_backed_up_and_restored_elsewhere() {
    let (place, elsewhere, folder) = (Place::new(), Place::new(), tempfile::tempdir().expect("a folder"));
    let made = school::fill(&place.data(), 2).await;
    let server = place.serve();
    assert_eq!(scans(&server, &made[0].kode_qr).await, "datang");
    let file = backup(&place, folder.path());
    let listed = place.run(&["list-backups", "--in", folder.path().to_str().expect("text")], "").success();
    assert!(listed.contains(file.to_str().expect("text")) && listed.lines().count() == 1, "{listed}");
    assert!(listed.contains("proven"), "{listed}");
    let proven = place.run(&["verify-backup", file.to_str().expect("text")], "").success();
    assert!(proven.contains("good") && proven.contains("janji_temu"), "{proven}");
    let left: Vec<_> = fs::read_dir(folder.path()).expect("the folder").collect();
    assert_eq!(left.len(), 1, "nothing but the backup is left: {left:?}");

    let bytes = fs::read(&file).expect("the backup");
    for plain in ["Wijayakusuma", "SQLite format", &school::telp(0)] {
        assert!(!bytes.windows(plain.len()).any(|part| part == plain.as_bytes()), "{plain} can be read");
    }

    copy_key_file(&place, &elsewhere);
    let listed =
        || elsewhere.run(&["list-backups", "--in", folder.path().to_str().expect("text")], "").success();
    assert!(listed().contains("not tried here"), "{}", listed());
    let said = restore(&elsewhere, &file, "").success();
    assert!(said.contains("now start it: bukutamu-server serve --data-dir"), "{said}");
    assert!(listed().contains("proven"), "{}", listed());
    let gone = folder.path().join("tidak-ada");
    let line = elsewhere.run(&["list-backups", "--in", gone.to_str().expect("text")], "").failure();
    assert!(line.contains("is not there"), "{line}");
    let restored = elsewhere.serve();
    assert_eq!(scans(&restored, &made[0].kode_qr).await, "datang", "the same scan again answers the same");
    assert_eq!(scans(&restored, &made[1].kode_qr).await, "datang");
}

/// A folder as an older version, or one that was killed, leaves it: with a copy that anybody can read.
fn left_behind(folder: &Path) -> PathBuf {
    let left = folder.join(".cadangan-sementara-x7Ab2c");
    fs::create_dir_all(&left).expect("a folder");
    fs::write(left.join("salinan.db"), "SQLite format 3").expect("a file");
    left
}

#[tokio::test]
async fn only_the_sealed_file_goes_to_the_target_and_what_was_left_goes() {
    let (place, folder) = (Place::new(), tempfile::tempdir().expect("a folder"));
    school::fill(&place.data(), 1).await;
    let left = [left_behind(folder.path()), left_behind(&place.data())];
    backup(&place, folder.path());
    assert!(left.iter().all(|left| !left.exists()), "it is removed at once");
    // A target that cannot be written is the one that is blamed, and no copy of the school is anywhere.
    let blocked = folder.path().join("berkas");
    fs::write(&blocked, "").expect("a file");
    let line = place.run(&["backup", "--to", blocked.to_str().expect("text")], "").failure();
    assert!(line.contains("berkas") && !line.contains("bukutamu.db"), "{line}");
    let names = |folder: &Path| -> Vec<_> {
        let entries = fs::read_dir(folder).expect("the folder");
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("text")).collect()
    };
    let is_scratch = |name: &String| name.starts_with(".cadangan");
    assert!(!names(&place.data()).iter().any(is_scratch) && names(folder.path()).len() == 2);
}

#[tokio::test]
async fn what_was_there_is_kept_aside() {
    let (place, folder) = (Place::new(), tempfile::tempdir().expect("a folder"));
    let made = school::fill(&place.data(), 1).await;
    let file = backup(&place, folder.path());
    let server = place.serve();
    assert_eq!(scans(&server, &made[0].kode_qr).await, "datang");
    let refused = restore(&place, &file, "").failure();
    assert!(refused.contains("in use"), "a running school is not replaced: {refused}");
    server.kill();
    let said = restore(&place, &file, "").success();
    let kept = said.lines().find_map(|line| line.strip_prefix("what was there before is in ")).expect(&said);
    assert!(Path::new(kept).join("bukutamu.db").is_file(), "{kept}");
    let server = place.serve();
    assert_eq!(scans(&server, &made[0].kode_qr).await, "datang", "the backup is older than the arrival");
}

#[tokio::test]
async fn a_bad_backup_changes_nothing() {
    let (place, other, folder) = (Place::new(), Place::new(), tempfile::tempdir().expect("a folder"));
    school::fill(&place.data(), 1).await;
    school::fill(&other.data(), 1).await;
    let file = backup(&place, folder.path());
    let whole = fs::read(&file).expect("the backup");
    let before = fs::read(place.database()).expect("the database");
    let bad = folder.path().join("rusak.cadangan");
    let head = whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(1).expect("two lines").0;
    for n in [0, 25, head - 3, head + 1, whole.len() / 2, whole.len() - 1] {
        let mut changed = whole.clone();
        changed[n] ^= 1;
        fs::write(&bad, &changed).expect("a file");
        restore(&place, &bad, "").failure();
        fs::write(&bad, &whole[..n]).expect("a file");
        let line = place.run(&["verify-backup", bad.to_str().expect("text")], "").failure();
        assert!(line.contains("rusak.cadangan"), "it is named: {line}");
    }
    let line = restore(&other, &file, "").failure();
    assert!(line.contains("another key file"), "{line}");
    assert!(fs::read(place.database()).expect("the database") == before);
}

#[tokio::test]
async fn the_recovery_sheet_and_a_backup_are_enough() {
    let (place, empty, folder) = (Place::new(), Place::new(), tempfile::tempdir().expect("a folder"));
    let made = school::fill(&place.data(), 1).await;
    let file = backup(&place, folder.path());
    let sheet = place.run(&["recovery-sheet"], "").success();
    let code = sheet.lines().find(|line| line.len() == 39).expect("the code");
    restore(&empty, &file, "").failure();
    let other = if code.starts_with('Z') { "Y" } else { "Z" };
    let line = restore(&empty, &file, &format!("{other}{}", &code[1..])).failure();
    assert!(line.contains("mistake"), "{line}");
    restore(&empty, &file, &code.to_lowercase()).success();
    assert_eq!(scans(&empty.serve(), &made[0].kode_qr).await, "datang", "its codes are good there");
}

#[tokio::test]
async fn from_sql_server_to_a_file_and_back() {
    let Some(database) = MssqlDatabase::create().await else { return skip(NO_MSSQL) };
    let Some(other) = MssqlDatabase::create().await else { return skip(NO_MSSQL) };
    let (place, folder) = (Place::new(), tempfile::tempdir().expect("a folder"));
    let made = school::fill(&place.data(), 2).await;
    let file = backup(&place, folder.path());
    let args = ["restore", "--from", file.to_str().expect("text")];
    place.run_with(&args, &[("BUKUTAMU_DATABASE", database.url())], "").success();
    let server = place.serve_on(database.url());
    assert_eq!(scans(&server, &made[0].kode_qr).await, "datang");
    let args = ["backup", "--to", folder.path().to_str().expect("text")];
    // A second later, because a backup is named after its second.
    let file = place.run_with(&args, &[("BUKUTAMU_DATABASE", database.url())], "").success();
    server.kill();
    let args = ["restore", "--from", file.trim()];
    place.run_with(&args, &[("BUKUTAMU_DATABASE", other.url())], "").success();
    assert_eq!(scans(&place.serve_on(other.url()), &made[1].kode_qr).await, "datang");
}
