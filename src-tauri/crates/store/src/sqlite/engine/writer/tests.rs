//! What one job does to its neighbours in a batch: nothing.

use std::{path::Path, sync::mpsc as std_mpsc};

use rusqlite::Connection;

use super::*;
use crate::Conflict;

/// A database with one table of numbers.
fn numbers(folder: &Path) -> Connection {
    let path = folder.join("numbers.db");
    super::super::touch(&path).unwrap();
    let conn = super::super::connect(&path).unwrap();
    conn.execute_batch(
        "CREATE TABLE IF NOT EXISTS numbers (n INTEGER PRIMARY KEY);
        CREATE TABLE IF NOT EXISTS follows (n INTEGER NOT NULL REFERENCES numbers (n) DEFERRABLE INITIALLY DEFERRED)",
    )
    .unwrap();
    conn
}

fn kept(folder: &Path) -> Vec<i64> {
    let conn = numbers(folder);
    let mut statement = conn.prepare("SELECT n FROM numbers ORDER BY rowid").unwrap();
    let kept: rusqlite::Result<_> = statement.query_map((), |row| row.get(0)).unwrap().collect();
    kept.unwrap()
}

fn insert(n: i64) -> impl FnOnce(&Connection) -> Result<i64> + Send + 'static {
    move |conn| {
        conn.execute("INSERT INTO numbers (n) VALUES (?1)", [n])?;
        Ok(n)
    }
}

/// Holds the writer up until the sender is dropped. What is queued meanwhile becomes one batch.
async fn hold_up(writer: &std::sync::Arc<Writer>) -> std_mpsc::Sender<()> {
    let (release, released) = std_mpsc::channel::<()>();
    let (started, has_started) = oneshot::channel();
    let writer = std::sync::Arc::clone(writer);
    tokio::spawn(async move {
        let hold = move |_: &Connection| {
            started.send(()).ok();
            released.recv().ok();
            Ok(())
        };
        writer.write(hold).await.unwrap();
    });
    has_started.await.unwrap();
    release
}

/// Runs all jobs in one batch, in their order, and returns each one's result.
async fn in_one_batch<F>(writer: &std::sync::Arc<Writer>, jobs: Vec<F>) -> Vec<Result<i64>>
where
    F: FnOnce(&Connection) -> Result<i64> + Send + 'static,
{
    let release = hold_up(writer).await;
    let mut answers = futures(writer, jobs);
    // Every future is polled once before the writer goes on, so all are queued in order.
    std::future::poll_fn(|context| {
        for answer in &mut answers {
            assert!(answer.as_mut().poll(context).is_pending(), "answered before the commit");
        }
        std::task::Poll::Ready(())
    })
    .await;
    drop(release);
    let mut results = Vec::new();
    for answer in answers {
        results.push(answer.await);
    }
    results
}

type Answer = std::pin::Pin<Box<dyn Future<Output = Result<i64>> + Send>>;

fn futures<F>(writer: &std::sync::Arc<Writer>, jobs: Vec<F>) -> Vec<Answer>
where
    F: FnOnce(&Connection) -> Result<i64> + Send + 'static,
{
    let answer = |job| {
        let writer = std::sync::Arc::clone(writer);
        Box::pin(async move { writer.write(job).await }) as Answer
    };
    jobs.into_iter().map(answer).collect()
}

type AnyJob = Box<dyn FnOnce(&Connection) -> Result<i64> + Send>;

fn start(folder: &Path) -> std::sync::Arc<Writer> {
    start_with(numbers(folder), folder)
}

fn start_with(conn: Connection, folder: &Path) -> std::sync::Arc<Writer> {
    let place = Place::of(&folder.join("numbers.db"), None).unwrap();
    std::sync::Arc::new(Writer::start(conn, std::sync::Arc::new(place)).unwrap())
}

#[tokio::test]
async fn a_batch_is_done_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let writer = start(folder.path());
    let results = in_one_batch(&writer, (1..=60).map(insert).collect()).await;
    let done: Vec<_> = results.into_iter().map(|result| result.unwrap()).collect();
    assert_eq!(done, (1..=60).collect::<Vec<_>>());
    assert_eq!(kept(folder.path()), done);
}

#[tokio::test]
async fn an_erring_or_panicking_job_takes_back_only_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let writer = start(folder.path());
    let erring: AnyJob = Box::new(|conn| {
        insert(7)(conn)?;
        Err(StoreError::Conflict(Conflict::Bentrok))
    });
    let panicking: AnyJob = Box::new(|conn| {
        insert(8)(conn)?;
        panic!("on purpose")
    });
    let duplicate: AnyJob = Box::new(|conn| {
        insert(9)(conn)?;
        insert(1)(conn)
    });
    let jobs = vec![Box::new(insert(1)) as AnyJob, erring, panicking, duplicate, Box::new(insert(2))];
    let results = in_one_batch(&writer, jobs).await;
    assert!(matches!(results[0], Ok(1)));
    assert!(matches!(results[1], Err(StoreError::Conflict(Conflict::Bentrok))));
    assert!(matches!(results[2], Err(StoreError::Other(_))));
    assert!(matches!(results[3], Err(StoreError::Conflict(Conflict::Other))));
    assert!(matches!(results[4], Ok(2)));
    assert_eq!(kept(folder.path()), [1, 2]);
    assert_eq!(writer.write(insert(3)).await.unwrap(), 3, "the writer lives on");
}

#[tokio::test]
async fn a_commit_that_fails_confirms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let writer = start(folder.path());
    // The job's own savepoint accepts it. Only the commit finds that the number it follows does not exist.
    let orphan: AnyJob = Box::new(|conn| {
        conn.execute("INSERT INTO follows (n) VALUES (99)", ())?;
        Ok(99)
    });
    let conflict: AnyJob = Box::new(|_| Err(StoreError::Conflict(Conflict::Guru)));
    let results = in_one_batch(&writer, vec![Box::new(insert(1)) as AnyJob, orphan, conflict]).await;
    assert!(matches!(results[0], Err(StoreError::Unavailable(_))), "{:?}", results[0]);
    assert!(matches!(results[1], Err(StoreError::Unavailable(_))));
    assert!(matches!(results[2], Err(StoreError::Conflict(Conflict::Guru))), "it changed nothing either way");
    assert_eq!(kept(folder.path()), [0; 0]);
    assert_eq!(writer.write(insert(1)).await.unwrap(), 1);
    assert_eq!(kept(folder.path()), [1]);
}

#[tokio::test]
async fn a_full_disk_is_unavailable_until_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let writer = start(folder.path());
    let limit = |pages: i64| {
        move |conn: &Connection| {
            Ok(conn.pragma_update_and_check(None, "max_page_count", pages, |row| row.get(0))?)
        }
    };
    let big = |conn: &Connection| {
        conn.execute("CREATE TABLE big AS SELECT randomblob(1000000) AS content", ())?;
        Ok(0)
    };
    let pages: i64 = writer.write(limit(10)).await.unwrap();
    assert_eq!(pages, 10);
    let results = in_one_batch(&writer, vec![Box::new(insert(1)) as AnyJob, Box::new(big)]).await;
    assert!(matches!(results[1], Err(StoreError::Unavailable(_))), "{:?}", results[1]);
    let expected: &[i64] = if results[0].is_ok() { &[1] } else { &[] };
    assert_eq!(kept(folder.path()), expected, "what was confirmed is kept, and nothing else");
    writer.write(limit(100_000)).await.unwrap();
    writer.write(big).await.unwrap();
    assert_eq!(writer.write(insert(2)).await.unwrap(), 2);
}

#[tokio::test]
async fn a_lock_held_by_another_program_is_unavailable_and_then_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let conn = numbers(folder.path());
    conn.busy_timeout(std::time::Duration::from_millis(10)).unwrap();
    let writer = start_with(conn, folder.path());
    let other = numbers(folder.path());
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(matches!(writer.write(insert(1)).await, Err(StoreError::Unavailable(_))));
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(writer.write(insert(1)).await.unwrap(), 1);
}

#[tokio::test]
async fn closing_finishes_what_was_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let writer = start(folder.path());
    let release = hold_up(&writer).await;
    let mut answers = futures(&writer, (1..=60).map(insert).collect());
    std::future::poll_fn(|context| {
        answers.iter_mut().for_each(|answer| assert!(answer.as_mut().poll(context).is_pending()));
        std::task::Poll::Ready(())
    })
    .await;
    drop(release);
    writer.close().await;
    for answer in answers {
        answer.await.unwrap();
    }
    assert!(matches!(writer.write(insert(61)).await, Err(StoreError::Unavailable(_))));
    assert!(!folder.path().join("numbers.db-wal").exists(), "the log was folded into the database");
    assert_eq!(kept(folder.path()).len(), 60);
}

#[tokio::test]
async fn whoever_stops_waiting_does_not_stop_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let writer = start(folder.path());
    let release = hold_up(&writer).await;
    let mut answers = futures(&writer, vec![insert(1)]);
    std::future::poll_fn(|context| {
        assert!(answers[0].as_mut().poll(context).is_pending());
        std::task::Poll::Ready(())
    })
    .await;
    drop(answers);
    drop(release);
    writer.close().await;
    assert_eq!(kept(folder.path()), [1]);
}

/// A job that panics when it is to give its answer, where no job should.
struct Broken;

impl Job for Broken {
    fn run(&mut self, conn: &Connection) -> bool {
        insert(7)(conn).is_ok()
    }

    fn answer(self: Box<Self>, _: &job::Outcome) {
        panic!("on purpose")
    }
}

#[tokio::test]
async fn a_panic_in_the_thread_gives_up_its_batch_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let writer = start(folder.path());
    let release = hold_up(&writer).await;
    writer.queue.send(Message::Do(Box::new(Broken))).await.unwrap_or_else(|_| panic!("the queue is open"));
    let mut behind_it = futures(&writer, vec![insert(8)]);
    std::future::poll_fn(|context| {
        assert!(behind_it[0].as_mut().poll(context).is_pending());
        std::task::Poll::Ready(())
    })
    .await;
    drop(release);
    let answer = behind_it.remove(0).await;
    assert!(
        matches!(answer, Err(StoreError::Unavailable(_))),
        "whose answer was lost is told so: {answer:?}"
    );
    assert_eq!(writer.write(insert(9)).await.unwrap(), 9, "the writer lives on");
    assert!(kept(folder.path()).contains(&9));
    writer.close().await;
}

/// Asks until it is so. After a minute the test fails.
async fn until(is_so: impl Fn() -> bool) {
    let asked = async {
        while !is_so() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(60), asked).await.expect("it never becomes so");
}

#[tokio::test]
async fn the_log_is_folded_in_when_there_is_nothing_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let writer = start(folder.path());
    writer.write(insert(1)).await.unwrap();
    let log = folder.path().join("numbers.db-wal");
    until(|| std::fs::metadata(&log).unwrap().len() == 0).await;
    let copy = tempfile::tempdir().unwrap();
    std::fs::copy(folder.path().join("numbers.db"), copy.path().join("numbers.db")).unwrap();
    assert_eq!(kept(copy.path()), [1], "a plain copy of the file is whole");
    writer.write(insert(2)).await.unwrap();
    until(|| std::fs::metadata(&log).unwrap().len() == 0).await;
    assert_eq!(kept(folder.path()), [1, 2]);
    writer.close().await;
}

#[tokio::test]
async fn a_busy_writer_keeps_its_log_small() {
    let folder = tempfile::tempdir().unwrap();
    let writer = start(folder.path());
    // More than a thousand pages: four MiB if they stayed in the log.
    for n in 0..1100 {
        writer.write(insert(n)).await.unwrap();
    }
    let log = std::fs::metadata(folder.path().join("numbers.db-wal")).unwrap().len();
    assert!(log < 2 << 20, "{log} bytes");
    writer.close().await;
    assert_eq!(kept(folder.path()).len(), 1100);
}
