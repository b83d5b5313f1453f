//! Another program, such as a backup or a virus scanner, locks the database.

use rusqlite::Connection;
use tests::Locked;

use crate::{
    api::Api,
    program::Place,
    school::{self, DESK},
};

#[tokio::test]
async fn a_start_on_a_locked_database_says_so_in_one_line() {
    let place = Place::new();
    school::fill(&place.data(), 1).await;
    let other = Connection::open(place.database()).expect("the database");
    other.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT").expect("a lock");
    let line = place.run(&["serve", "--plain-http", "--listen", "127.0.0.1:0"], "").failure();
    assert!(line.contains("bukutamu.db") && line.contains("locked"), "{line}");
    drop(other);
    place.serve();
}

#[tokio::test]
async fn a_desk_that_meets_a_locked_database_is_told_and_goes_on_by_itself() {
    let place = Place::new();
    let made = school::fill(&place.data(), 2).await;
    let server = place.serve();
    let desk = Api::login(&server, DESK.1).await;
    let other = Locked::take(&place.database());
    let (status, answer) = desk.scan(&made[0].kode_qr, "satu").await.expect("an answer");
    assert_eq!((status.as_u16(), &answer["code"]), (503, &"database_tidak_tersedia".into()), "{answer}");
    // It reads on meanwhile.
    assert_eq!(desk.get("/api/appointments/today").await.expect("an answer").0, 200);
    // A desk waits for a lock of a moment.
    let scan = desk.scan(&made[1].kode_qr, "dua");
    let unlock = async {
        tests::pause().await;
        other.give_up();
    };
    let (scanned, ()) = tokio::join!(scan, unlock);
    let (status, answer) = scanned.expect("an answer");
    assert_eq!((status.as_u16(), &answer["hasil"]), (200, &"datang".into()), "{answer}");
    let (status, answer) = desk.scan(&made[0].kode_qr, "satu").await.expect("an answer");
    assert_eq!((status.as_u16(), &answer["hasil"]), (200, &"datang".into()), "{answer}");
}
