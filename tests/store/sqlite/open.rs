//! Opening, refusing to open, and closing.

use std::{fs, path::Path, sync::Arc};

use domain::Role;
use store::{OpenError, SchoolSecrets, SqliteStore, Store, StoreError};

use crate::school::{FIRST_PAGE, School, at, pengguna_baru};

fn open(path: &Path, kunci: &Arc<SchoolSecrets>) -> Result<SqliteStore, OpenError> {
    SqliteStore::open(path, Arc::clone(kunci))
}

#[track_caller]
fn refused(result: Result<SqliteStore, OpenError>) -> OpenError {
    let Err(error) = result else { panic!("it was opened") };
    assert!(!error.to_string().contains('\n'), "not one line: {error}");
    error
}

#[tokio::test]
async fn a_look_tells_what_is_there_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    // What a URL would read otherwise; Windows has no `?` in a name.
    let path = folder.path().join(if cfg!(windows) { "a#b %41.db" } else { "a?b %41.db" });
    let names = || fs::read_dir(folder.path()).unwrap().count();
    let look = || SqliteStore::inspect(&path).unwrap();
    assert_eq!((look().found, look().kunci, names()), (0, None, 0), "nothing");
    fs::write(&path, "").unwrap();
    assert_eq!((look().found, look().kunci, names()), (0, None, 1), "an empty file is no school");
    let kunci = Arc::new(SchoolSecrets::create(&folder.path().join("kunci")).unwrap());
    let store = open(&path, &kunci).unwrap();
    let school = Some(kunci.fingerprint().to_owned());
    assert_eq!((look().found, look().kunci), (look().known, school.clone()), "while it is open");
    store.close().await;
    let before = fs::read(&path).unwrap();
    drop(store);
    assert_eq!((look().kunci, names()), (school, 2));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn another_programs_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kas.db");
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch("CREATE TABLE kas (rupiah INTEGER)").unwrap();
    drop(conn);
    let error = SqliteStore::inspect(&path).unwrap_err();
    assert!(matches!(error, OpenError::Foreign { .. }), "{error}");
}

#[tokio::test]
async fn migrations_run_once() {
    let school = School::on_sqlite();
    let created =
        school.store.pengguna().create(pengguna_baru(Role::Admin, "a@sekolah.example")).await.unwrap();
    let history = || {
        let conn = rusqlite::Connection::open(school.path()).unwrap();
        let mut statement = conn.prepare("SELECT version, applied_on FROM sistem_riwayat_skema").unwrap();
        let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<Vec<(i64, String)>, _>>().unwrap()
    };
    let before = history();
    school.store.close().await;
    let store = open(&school.path(), &school.kunci).unwrap();
    assert_eq!(history(), before);
    assert_eq!(store.pengguna().find(created.id).await.unwrap(), Some(created));
    store.close().await;
}

#[tokio::test]
async fn a_newer_database_is_left_alone() {
    let school = School::on_sqlite();
    school.store.close().await;
    let conn = rusqlite::Connection::open(school.path()).unwrap();
    let newer =
        "INSERT INTO sistem_riwayat_skema (version, name, applied_on, checksum) VALUES (999, 'x', 'x', 'x')";
    conn.execute(newer, ()).unwrap();
    let error = refused(open(&school.path(), &school.kunci));
    assert!(matches!(error, OpenError::NewerVersion { found: 999, known, .. } if known < 999), "{error}");
}

#[tokio::test]
async fn an_edited_migration_is_noticed() {
    let school = School::on_sqlite();
    school.store.close().await;
    let conn = rusqlite::Connection::open(school.path()).unwrap();
    conn.execute("UPDATE sistem_riwayat_skema SET checksum = '1'", ()).unwrap();
    let error = refused(open(&school.path(), &school.kunci));
    assert!(matches!(error, OpenError::Migration { .. }), "{error}");
}

#[tokio::test]
async fn another_schools_key_file_is_refused() {
    let school = School::on_sqlite();
    school.store.close().await;
    let folder = tempfile::tempdir().unwrap();
    let other = Arc::new(SchoolSecrets::create(&folder.path().join("kunci")).unwrap());
    let error = refused(open(&school.path(), &other));
    assert!(matches!(&error, OpenError::WrongKunci { .. }), "{error}");
    assert!(
        error.to_string().contains(&folder.path().display().to_string()),
        "it names the key file: {error}"
    );
    open(&school.path(), &school.kunci).unwrap().close().await;
}

#[test]
fn what_cannot_be_a_database_is_unreachable() {
    let folder = tempfile::tempdir().unwrap();
    let kunci = Arc::new(SchoolSecrets::create(&folder.path().join("kunci")).unwrap());
    let file = folder.path().join("surat.txt");
    let text = "Kepada Yth. Bapak/Ibu Guru\n".repeat(100);
    fs::write(&file, &text).unwrap();
    let missing = folder.path().join("tidak ada").join("bukutamu.db");
    for path in [folder.path(), &file, &file.join("bukutamu.db"), &missing] {
        let error = refused(open(path, &kunci));
        assert!(matches!(error, OpenError::Unreachable { .. }), "{}: {error}", path.display());
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), text, "it was left as it was");
}

#[cfg(unix)]
#[test]
fn an_unwritable_folder_is_unreachable() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let kunci = Arc::new(SchoolSecrets::create(&folder.path().join("kunci")).unwrap());
    let closed = folder.path().join("terkunci");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(closed.join("coba"), "").is_ok() {
        return tests::skip("this user may write into every folder");
    }
    let error = refused(open(&closed.join("bukutamu.db"), &kunci));
    assert!(matches!(error, OpenError::Unreachable { .. }), "{error}");
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_can_read_the_database() {
    use std::os::unix::fs::PermissionsExt;
    let school = School::on_sqlite();
    school.pengguna(Role::Admin).await;
    for suffix in ["", "-wal", "-shm"] {
        let path = format!("{}{suffix}", school.path().display());
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{path}");
    }
    school.store.close().await;
}

#[tokio::test]
async fn after_closing_every_answer_is_unavailable() {
    let school = School::on_sqlite();
    school.store.ping().await.unwrap();
    school.store.close().await;
    school.store.close().await;
    let unavailable = |error| matches!(error, StoreError::Unavailable(_));
    assert!(unavailable(school.store.ping().await.unwrap_err()));
    assert!(unavailable(school.store.tamu().list(None.into(), FIRST_PAGE).await.unwrap_err()));
    assert!(unavailable(school.store.percobaan().purge(at("09:00")).await.unwrap_err()));
    let left = fs::read_dir(school.path().parent().unwrap()).unwrap().count();
    // Windows keeps the names of deleted files until the last handle is closed, with the store.
    if cfg!(unix) {
        assert_eq!(left, 2, "the database and the key file; the log was folded in");
    }
}

#[tokio::test]
async fn damaged_names_keep_no_database_from_being_opened() {
    let school = School::on_sqlite();
    let guru = school.pengguna(Role::Guru).await;
    let janji = school.janji(&guru, at("09:00")).await;
    let sound = school.tamu().await;
    school.store.close().await;
    let conn = rusqlite::Connection::open(school.path()).unwrap();
    conn.execute_batch(
        "UPDATE tamu SET nama = CAST(x'41ff' AS TEXT) WHERE id = 1;
        UPDATE pengguna SET nama = CAST(x'41ff' AS TEXT);
        UPDATE janji_temu SET keperluan = CAST(x'41ff' AS TEXT), dibuat_pada = 9000000000000000000;
        DELETE FROM sistem_info WHERE nama = 'kata_tamu';",
    )
    .unwrap();
    drop(conn);
    let store = open(&school.path(), &school.kunci).unwrap();
    let found = store.tamu().list(store::SearchTerms::new("Dewi").into(), FIRST_PAGE).await.unwrap();
    assert_eq!(found.data, [sound], "the others are found");
    let shown = store.janji_temu().find(janji.id).await.unwrap().unwrap();
    assert_eq!((shown.nama_tamu.as_str(), shown.nama_guru.as_str()), ("(data rusak)", "(data rusak)"));
    store.clock().find_latest_row().await.unwrap();
    store.close().await;
}
