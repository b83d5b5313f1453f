//! A running program's file is moved, replaced or written over, or its log is deleted. Then nothing is answered that is
//! not in the file at the path, and everything goes on once the file is back.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use domain::{Role, Tamu};
use store::{Result, SqliteStore, Store, StoreError};

use crate::school::{School, tamu_baru};

fn beside(path: &Path, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}{ending}", path.display()))
}

async fn write(school: &School, n: u32) -> Result<Tamu> {
    school.store.tamu().create(tamu_baru("Dewi", &format!("0812 3456 {n:04}"))).await
}

/// Writes and reads are refused, and so is what would be refused for another reason.
async fn is_away(school: &School, known: &Tamu) {
    let results = [
        write(school, 99).await.map(drop),
        school.store.tamu().find(known.id).await.map(drop),
        school.store.ping().await,
        school.store.prove().await,
        // The number is known, so it would be a conflict if the database were there.
        write(school, 1).await.map(drop),
    ];
    for (n, result) in results.into_iter().enumerate() {
        assert!(matches!(result, Err(StoreError::Unavailable(_))), "{n}: {result:?}");
    }
}

async fn is_there(school: &School, known: &Tamu) {
    assert_eq!(school.store.tamu().find(known.id).await.unwrap().as_ref(), Some(known));
    school.store.prove().await.unwrap();
    assert!(matches!(write(school, 1).await, Err(StoreError::Conflict(_))));
}

/// Waits until the log is folded into the database file, so that the file alone is whole.
async fn folded_in(path: &Path) {
    let folded = async {
        while fs::metadata(beside(path, "-wal")).unwrap().len() > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), folded).await.expect("the log is never folded in");
}

#[tokio::test]
async fn a_folder_that_is_moved_is_missed_until_it_is_back() {
    let school = School::on_sqlite();
    let known = write(&school, 1).await.unwrap();
    let folder = school.path().parent().unwrap().to_owned();
    let moved = beside(&folder, "-pindah");
    fs::rename(&folder, &moved).unwrap();
    is_away(&school, &known).await;
    // Another file in its place is not accepted.
    fs::create_dir(&folder).unwrap();
    for name in ["bukutamu.db", "bukutamu.db-wal", "bukutamu.db-shm"] {
        fs::copy(moved.join(name), folder.join(name)).unwrap();
    }
    is_away(&school, &known).await;
    fs::remove_dir_all(&folder).unwrap();
    fs::rename(&moved, &folder).unwrap();
    is_there(&school, &known).await;
    school.store.close().await;
}

#[tokio::test]
async fn a_file_that_is_replaced_or_deleted_is_missed_until_it_is_back() {
    for ending in ["", "-wal", "-shm"] {
        let school = School::on_sqlite();
        let known = write(&school, 1).await.unwrap();
        let (file, aside) = (beside(&school.path(), ending), beside(&school.path(), ".lama"));
        fs::rename(&file, &aside).unwrap();
        is_away(&school, &known).await;
        fs::copy(&aside, &file).unwrap();
        is_away(&school, &known).await;
        fs::rename(&aside, &file).unwrap();
        is_there(&school, &known).await;
        school.store.close().await;
    }
}

#[tokio::test]
async fn what_another_program_put_there_is_left_as_it_is() {
    let (school, other) = (School::on_sqlite(), School::on_sqlite());
    let known = write(&school, 1).await.unwrap();
    write(&other, 2).await.unwrap();
    for ending in ["", "-wal", "-shm"] {
        fs::rename(beside(&school.path(), ending), beside(&school.path(), &format!("{ending}.lama")))
            .unwrap();
        fs::copy(beside(&other.path(), ending), beside(&school.path(), ending)).unwrap();
    }
    let read = |ending: &str| fs::read(beside(&school.path(), ending)).unwrap();
    let before = ["", "-wal"].map(read);
    is_away(&school, &known).await;
    school.store.close().await;
    assert_eq!(["", "-wal"].map(read), before, "not even its log is deleted or folded in");
    // What was answered is in the files that were moved aside.
    for ending in ["", "-wal", "-shm"] {
        fs::rename(beside(&school.path(), &format!("{ending}.lama")), beside(&school.path(), ending))
            .unwrap();
    }
    let again = SqliteStore::open(&school.path(), school.kunci.clone()).unwrap();
    assert_eq!(again.tamu().find(known.id).await.unwrap(), Some(known));
    again.close().await;
}

#[tokio::test]
async fn a_file_that_is_written_over_by_another_schools_is_not_written_to() {
    let (school, other) = (School::on_sqlite(), School::on_sqlite());
    let known = write(&school, 1).await.unwrap();
    other.pengguna(Role::Guru).await;
    other.store.close().await;
    let foreign = fs::read(other.path()).unwrap();
    // The log may or may not still hold everything of this school.
    fs::write(school.path(), &foreign).unwrap();
    is_away(&school, &known).await;
    assert_eq!(fs::read(school.path()).unwrap(), foreign, "it was left as it is");
    is_away(&school, &known).await;
    school.store.close().await;
    assert_eq!(fs::read(school.path()).unwrap(), foreign);
}

#[tokio::test]
async fn a_file_that_is_written_over_by_anything_is_not_written_to() {
    for content in [&b""[..], b"bukan basis data", &[0xff; 100_000]] {
        let school = School::on_sqlite();
        let known = write(&school, 1).await.unwrap();
        folded_in(&school.path()).await;
        fs::write(school.path(), content).unwrap();
        is_away(&school, &known).await;
        school.store.close().await;
        assert_eq!(fs::read(school.path()).unwrap(), content);
    }
}

#[tokio::test]
async fn an_older_copy_written_over_it_loses_nothing_that_is_answered_afterwards() {
    let school = School::on_sqlite();
    let known = write(&school, 1).await.unwrap();
    folded_in(&school.path()).await;
    let copy = fs::read(school.path()).unwrap();
    write(&school, 2).await.unwrap();
    folded_in(&school.path()).await;
    fs::write(school.path(), &copy).unwrap();
    // The file is looked through, and then either taken as it is or not written to.
    let after = write(&school, 3).await;
    let read = school.store.tamu().find(known.id).await;
    assert_eq!(after.is_ok(), read.is_ok(), "{after:?} {read:?}");
    school.store.close().await;
    let again = SqliteStore::open(&school.path(), school.kunci.clone()).unwrap();
    assert_eq!(again.tamu().find(known.id).await.unwrap(), Some(known));
    if let Ok(after) = after {
        assert_eq!(again.tamu().find(after.id).await.unwrap(), Some(after));
    }
    again.close().await;
}

#[tokio::test]
async fn another_program_that_folds_the_log_in_does_no_harm() {
    let school = School::on_sqlite();
    let known = write(&school, 1).await.unwrap();
    let other = rusqlite::Connection::open(school.path()).unwrap();
    other.execute_batch("UPDATE tamu SET instansi = 'Dinas'; PRAGMA wal_checkpoint(PASSIVE);").unwrap();
    let known = Tamu { instansi: Some("Dinas".to_owned()), ..known };
    // The next write looks through the file, and everything goes on.
    write(&school, 2).await.unwrap();
    is_there(&school, &known).await;
    school.store.close().await;
}
