//! Faults on the wire and of the server: what is tried again, what is answered, how long it takes, and that it goes on.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

mod lint;
mod wire;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use mssql_mock_tds::QueryResponse;

use self::wire::{Wire, error, mute, refusing};
use super::*;
use crate::Conflict;

fn statement(mark: &str) -> Statement {
    Statement::new(format!("SELECT 'MARK {mark}'"))
}

fn is_unavailable<T>(result: Result<T>) -> bool {
    matches!(result, Err(StoreError::Unavailable(_)))
}

fn kunci() -> (tempfile::TempDir, SchoolSecrets) {
    let folder = tempfile::tempdir().unwrap();
    let kunci = SchoolSecrets::create(&folder.path().join("kunci")).unwrap();
    (folder, kunci)
}

#[tokio::test]
async fn a_deadlock_victim_is_tried_again_a_few_times() {
    let wire = Wire::new(5000).await;
    wire.answer("MARK DEADLOCK", error(1205, 13, "deadlock victim")).await;
    let engine = wire.engine();
    assert!(is_unavailable(engine.write(statement("DEADLOCK")).await));
    let tried = engine.round_trips();
    assert!((3..20).contains(&tried), "tried {tried} times");
    assert_eq!(wire.connections(), 1, "the connection is good");

    let engine = Arc::new(engine);
    let waiting = tokio::spawn({
        let engine = Arc::clone(&engine);
        async move { engine.write(statement("DEADLOCK")).await.map(drop) }
    });
    tokio::time::sleep(Duration::from_millis(5)).await;
    wire.answer("MARK DEADLOCK", QueryResponse::select_one()).await;
    waiting.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_broken_rule_is_a_named_conflict_and_tried_once() {
    let wire = Wire::new(2000).await;
    let engine = wire.engine();
    for (number, message, expected) in [
        (
            2627,
            "Violation of UNIQUE KEY constraint 'uq_pengguna_email'. Cannot insert duplicate key in object \
             'dbo.pengguna'. The duplicate key value is (uq_tamu_telp_indeks@contoh.example).",
            Conflict::PenggunaEmail,
        ),
        (2601, "Cannot insert duplicate key row … with unique index 'UQ_JANJI_TEMU_KUNCI'.", Conflict::Kunci),
        (547, "The INSERT statement conflicted with … constraint \"fk_janji_temu_guru\".", Conflict::Guru),
        (547, "… constraint \"ck_janji_temu_rating\".", Conflict::Other),
        (2627, "something else", Conflict::Other),
        (515, "Cannot insert the value NULL", Conflict::Other),
    ] {
        wire.answer("MARK RULE", error(number, 14, message)).await;
        let before = engine.round_trips();
        let Err(StoreError::Conflict(conflict)) = engine.write(statement("RULE")).await else {
            panic!("{message} is a conflict")
        };
        assert_eq!((conflict, engine.round_trips() - before), (expected, 1), "{message}");
    }
}

#[tokio::test]
async fn the_server_writes_a_backup_of_its_own() {
    let wire = Wire::new(400).await;
    let (_folder, kunci) = kunci();
    let store = crate::MssqlStore { engine: Arc::new(wire.engine()), kunci: Arc::new(kunci) };
    // Longer than a person waits.
    let slow = QueryResponse::select_one().with_delay(Duration::from_millis(900));
    wire.answer("BACKUP DATABASE", slow).await;
    crate::Store::back_up(&store, r"D:\Cadangan\", 7).await.unwrap();
    let sent = store.engine.sent.lock().unwrap().pop().unwrap();
    for part in
        ["COPY_ONLY, INIT, FORMAT, CHECKSUM, COMPRESSION;", "CHECKSUM;", "RESTORE VERIFYONLY FROM DISK"]
    {
        assert!(sent.contains(part), "{sent}");
    }
    for (number, message) in [
        (3201, "Cannot open backup device 'D:\\Cadangan'. Operating system error 5"),
        (262, "permission denied"),
    ] {
        wire.answer("BACKUP DATABASE", error(number, 16, message)).await;
        let failure = crate::Store::back_up(&store, "/var/opt/mssql/cadangan", 31).await.unwrap_err();
        let told = failure.to_string();
        assert!(told.contains(&number.to_string()) && !told.contains("Cadangan"), "{told}");
    }
}

#[tokio::test]
async fn what_the_server_says_goes_no_further() {
    let wire = Wire::new(2000).await;
    let engine = wire.engine();
    for (number, class) in [(2628, 16), (8152, 16), (245, 16), (4060, 11), (9002, 17), (1222, 16), (21, 21)] {
        wire.answer("MARK ERROR", error(number, class, "Dewi Lestari 081234567890")).await;
        let Err(failure) = engine.write(statement("ERROR")).await else { panic!("{number} is an error") };
        assert!(!failure.to_string().contains("Dewi"), "{failure}");
        let passes = matches!(failure, StoreError::Unavailable(_));
        assert_eq!(passes, [4060, 9002, 1222, 21].contains(&number), "{number}: {failure}");
    }
}

#[tokio::test]
async fn a_refused_login_is_told_without_it() {
    let (_folder, kunci) = kunci();
    for (number, message) in
        [(18456, "Login failed for user 'desk'."), (4060, "Cannot open database 'buku'.")]
    {
        let config = refusing(number, message).await;
        let Err(error) = Engine::open(&config, &kunci, async |_| Ok(()), Vec::new()).await else {
            panic!("it was refused")
        };
        let text = error.to_string();
        assert!(
            matches!(error, OpenError::Unreachable { .. }) && text.contains(&number.to_string()),
            "{text}"
        );
        assert!(!text.contains("rahasia") && !text.contains("desk") && !text.contains('\n'), "{text}");
        assert!(is_unavailable(Engine::connect(&config).unwrap().read(statement("X")).await));
    }
}

#[tokio::test]
async fn a_server_that_is_gone_is_told_at_once() {
    let (_folder, kunci) = kunci();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("mssql://desk:rahasia@{}/buku", listener.local_addr().unwrap());
    drop(listener);
    let config = MssqlConfig::parse(&url).unwrap();
    let Err(error) = Engine::open(&config, &kunci, async |_| Ok(()), Vec::new()).await else {
        panic!("nobody is there")
    };
    assert!(!error.to_string().contains("rahasia"), "{error}");
    let started = Instant::now();
    assert!(is_unavailable(Engine::connect(&config).unwrap().write(statement("X")).await));
    assert!(started.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn a_cut_wire_is_unavailable_and_the_next_call_goes_on() {
    let wire = Wire::new(2000).await;
    wire.answer("MARK ROW", QueryResponse::select_one()).await;
    let engine = wire.engine();
    for bytes in [1, 20, 60, 100, 150, 200, 300, 400] {
        wire.cut_after(bytes);
        let result = engine.write(statement("ROW")).await.map(drop);
        assert!(result.is_ok() || is_unavailable(result), "after {bytes} bytes");
        wire.cut_after(0);
        // A read is asked again by itself. A write uses no connection that the cut may have left in the pool.
        engine.read(statement("ROW")).await.unwrap();
        engine.write(statement("ROW")).await.unwrap();
    }
    assert!(wire.connections() > 4, "the wire was cut");
}

#[tokio::test]
async fn a_silent_server_is_unavailable_in_time() {
    let wire = Wire::new(400).await;
    let engine = wire.engine();
    engine.read(statement("X")).await.unwrap();
    wire.silence(true);
    for _ in 0..3 {
        let started = Instant::now();
        assert!(is_unavailable(engine.read(statement("X")).await));
        assert!(started.elapsed() < Duration::from_millis(800), "{:?}", started.elapsed());
    }
    wire.silence(false);
    engine.write(statement("X")).await.unwrap();

    let engine = Engine::connect(&mute().await).unwrap();
    let started = Instant::now();
    let calls = (0..10).map(|_| engine.read(statement("X")));
    let answers = futures_util::future::join_all(calls).await;
    assert!(answers.into_iter().all(is_unavailable));
    assert!(started.elapsed() < Duration::from_millis(900), "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_transaction_that_was_left_is_not_the_next_ones() {
    let wire = Wire::new(2000).await;
    let engine = wire.engine();
    let mut transaction = engine.begin().await.unwrap();
    transaction.query(statement("X")).await.unwrap();
    drop(transaction);
    engine.write(statement("X")).await.unwrap();
    assert_eq!(wire.connections(), 2, "its connection was closed");

    let mut transaction = engine.begin().await.unwrap();
    transaction.query(statement("X")).await.unwrap();
    transaction.commit().await.unwrap();
    let mut transaction = engine.begin().await.unwrap();
    transaction.query(statement("X")).await.unwrap();
    transaction.roll_back().await.unwrap();
    assert_eq!(wire.connections(), 2, "ended in good order, it is used again");
}

#[tokio::test]
async fn after_an_error_an_open_transaction_is_taken_back_before_the_next_use() {
    let wire = Wire::new(2000).await;
    let engine = wire.engine();
    wire.answer("MARK ERROR", error(245, 16, "no number")).await;
    // A connection that cannot roll back is not used again, which shows that it was asked to.
    wire.answer("IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;", error(50_000, 16, "asked")).await;
    assert!(engine.write(statement("ERROR")).await.is_err());
    engine.write(statement("X")).await.unwrap();
    assert_eq!(wire.connections(), 2);
    engine.write(statement("X")).await.unwrap();
    assert_eq!(wire.connections(), 2, "not asked where nothing failed");
}

#[tokio::test]
async fn a_caller_who_stops_waiting_leaves_no_connection_behind() {
    let wire = Wire::new(5000).await;
    let engine = wire.engine();
    let slow = QueryResponse::select_one().with_delay(Duration::from_millis(300));
    wire.answer("MARK SLOW", slow).await;
    let given_up = timeout(Duration::from_millis(50), engine.write(statement("SLOW"))).await;
    assert!(given_up.is_err());
    engine.write(statement("X")).await.unwrap();
    assert_eq!(wire.connections(), 2, "the next one does not read the late answer");
    until(|| engine.pool.status().available == 2).await;
    for _ in 0..4 {
        engine.write(statement("X")).await.unwrap();
    }
    assert_eq!(wire.connections(), 2, "both are used again");
}

/// Asks until it is so. After 20 seconds the test fails.
async fn until(mut is_so: impl FnMut() -> bool) {
    let asked = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    timeout(Duration::from_secs(20), asked).await.expect("waited in vain");
}

#[tokio::test]
async fn a_call_that_was_too_late_leaves_a_connection_that_is_warm() {
    let wire = Wire::new(400).await;
    wire.first_takes(Duration::from_millis(600));
    let engine = wire.engine();
    let late = engine.write(statement("X")).await;
    assert!(matches!(late, Err(StoreError::Slow(_))), "it lives: {:?}", late.map(drop));
    until(|| engine.pool.status().available == 1).await;
    engine.write(statement("X")).await.unwrap();
    assert!(wire.connections() <= 2, "the one, and the question whether the database lives");
}

#[tokio::test]
async fn a_burst_over_cold_connections_is_slow_once_and_then_answered() {
    let wire = Wire::new(1500).await;
    wire.first_takes(Duration::from_millis(2000));
    let engine = wire.engine();
    let burst = || futures_util::future::join_all((0..60).map(|_| engine.write(statement("X"))));
    let failed = burst().await.into_iter().filter(Result::is_err).count();
    assert_eq!(failed, 60, "it is too slow for all of them");
    until(|| engine.pool.status().available == 2).await;
    let failed = burst().await.into_iter().filter(Result::is_err).count();
    assert_eq!(failed, 0);
}

#[tokio::test]
async fn a_transaction_that_was_too_late_is_taken_back_and_not_the_next_ones() {
    let wire = Wire::new(400).await;
    let slow = QueryResponse::select_one().with_delay(Duration::from_millis(600));
    wire.answer("MARK SLOW", slow).await;
    // A connection that cannot roll back is not used again, which shows that it was asked to.
    wire.answer("IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION;", error(50_000, 20, "asked")).await;
    let engine = wire.engine();
    let left = engine.transact(|| async {
        let mut transaction = engine.begin().await?;
        transaction.query(statement("SLOW")).await?;
        transaction.commit().await
    });
    assert!(matches!(left.await, Err(StoreError::Slow(_))));
    until(|| engine.pool.status().size == 0).await;
}

#[tokio::test]
async fn connections_are_ready_at_the_start_and_again_after_a_loss() {
    let wire = Wire::new(400).await;
    let engine = Engine::connect_with(&wire.config, 2, vec![statement("TRIAL")]).unwrap();
    let spare = || engine.pool.manager().spare.len();
    engine.keeper.look();
    until(|| spare() == 2).await;
    engine.write(statement("X")).await.unwrap();
    assert_eq!((wire.connections(), spare()), (2, 1), "one of those that were ready");

    wire.silence(true);
    let lost = engine.write(statement("X")).await;
    assert!(matches!(lost, Err(StoreError::Unavailable(_))), "{:?}", lost.map(drop));
    until(|| spare() == 0 && engine.pool.status().size == 0).await;
    wire.silence(false);
    until(|| spare() == 2).await;
    engine.write(statement("X")).await.unwrap();
}

#[tokio::test]
async fn after_closing_every_answer_is_unavailable() {
    let wire = Wire::new(2000).await;
    let engine = wire.engine();
    engine.read(statement("X")).await.unwrap();
    engine.close();
    assert!(is_unavailable(engine.read(statement("X")).await));
    assert!(is_unavailable(engine.write(statement("X")).await));
}
