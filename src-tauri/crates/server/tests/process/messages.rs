//! Killed while a thousand messages leave: none is lost, and none leaves twice but the one that each worker was
//! sending.

use std::collections::HashMap;

use rusqlite::Connection;
use tests::Mailbox;

use crate::{
    program::{Place, Running},
    school,
};

const MESSAGES: usize = 1_000;

/// Each worker sends one at a time.
const WORKERS: usize = 4;

const KILLS: usize = 3;

fn serve(place: &Place, mailbox: &Mailbox) -> Running {
    place.serve_given(&[("BUKUTAMU_SMTP", &mailbox.url()), ("BUKUTAMU_SMTP_FROM", "tamu@sekolah.example")])
}

fn database(place: &Place) -> Connection {
    Connection::open(place.database()).expect("the database")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_thousand_messages_none_is_lost_and_at_most_those_in_flight_leave_twice() {
    let place = Place::new();
    school::fill(&place.data(), MESSAGES).await;
    // To the guru: no picture is drawn for them.
    database(&place)
        .execute_batch(
            "UPDATE janji_temu SET status = 'batal';
            UPDATE sistem_pesan_keluar SET jenis = 'batal_tamu';",
        )
        .expect("the tables");
    let mailbox = Mailbox::start();
    let mut arrived: HashMap<String, usize> = HashMap::new();
    let take = |arrived: &mut HashMap<String, usize>, mail: tests::Mail| {
        let id = mail.parsed().message_id().expect("a mail has an identity").to_owned();
        *arrived.entry(id).or_default() += 1;
    };
    for kill in 1..=KILLS {
        let server = serve(&place, &mailbox);
        while arrived.len() < kill * MESSAGES / (KILLS + 2) {
            take(&mut arrived, mailbox.next().await);
        }
        server.kill();
        // As if the leases' five minutes had passed.
        database(&place)
            .execute("UPDATE sistem_pesan_keluar SET disewa_sampai = 0 WHERE disewa_sampai IS NOT NULL", ())
            .expect("the table");
    }
    let server = serve(&place, &mailbox);
    while arrived.len() < MESSAGES {
        take(&mut arrived, mailbox.next().await);
    }
    server.terminate();
    let (code, log) = server.wait();
    assert_eq!(code, Some(0), "{log}");
    while let Some(mail) = mailbox.try_next().await {
        take(&mut arrived, mail);
    }
    assert_eq!(arrived.len(), MESSAGES, "messages that nobody queued");
    let doubled: usize = arrived.values().map(|times| times - 1).sum();
    assert!(doubled <= KILLS * WORKERS, "{doubled} left twice");
    let left: i64 = database(&place)
        .query_row("SELECT COUNT(*) FROM sistem_pesan_keluar WHERE keadaan = 'terkirim'", (), |row| {
            row.get(0)
        })
        .expect("the table");
    assert_eq!(left, MESSAGES as i64);
}
