//! What one connection may cost, and how it ends beyond that.

use std::time::Duration;

use serde_json::json;
use tests::{App, Place};
use tokio::sync::Mutex;
use tokio_tungstenite::tungstenite::{
    Message,
    protocol::frame::{
        Frame,
        coding::{Data, OpCode},
    },
};

use super::arrive;

/// One of these tests at a time, because the figures are the process's, and count other servers' slow clients, too.
static ALONE: Mutex<()> = Mutex::const_new(());

journeys![
    who_sends_frames_without_end_is_closed_before_and_after_signing_in,
    a_message_that_never_ends_ends_the_connection,
    who_reads_nothing_learns_why_once_they_read_again,
    a_client_that_does_not_read_is_closed_and_holds_up_nobody,
];

async fn who_sends_frames_without_end_is_closed_before_and_after_signing_in(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let pings = || (0..2000).map(|_| Message::Ping(vec![b'x'; 125].into()));
    let pongs = || (0..2000).map(|_| Message::Pong(Vec::new().into()));
    for signed_in in [false, true] {
        let open = async || if signed_in { guru.subscribe().await } else { guru.open_socket().await };
        let (mut pinging, mut ponging) = (open().await, open().await);
        pinging.flood(pings()).await;
        ponging.flood(pongs()).await;
        for socket in [pinging, ponging] {
            let (code, reason) = socket.closed().await;
            // If it goes on sending meanwhile, the system may discard what was sent to it.
            let is_told = (code, &*reason) == (4429, "terlalu_sering");
            assert!(is_told || code == 1006, "signed in: {signed_in}: {code} {reason}");
        }
    }
    let mut quiet = guru.subscribe().await;
    for _ in 0..30 {
        quiet.send(Message::Ping(Vec::new().into())).await;
    }
    arrive(&app.desk().await, 1).await;
    quiet.next_of("notification").await;
}

async fn a_message_that_never_ends_ends_the_connection(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let part = |kind| Message::Frame(Frame::message(Vec::new(), OpCode::Data(kind), false));
    for signed_in in [false, true] {
        let mut socket = if signed_in { guru.subscribe().await } else { guru.open_socket().await };
        socket.send(part(Data::Text)).await;
        // Each frame is tiny, and they never make a message.
        socket.flood((0..100_000).map(|_| part(Data::Continue))).await;
        let (code, reason) = socket.closed().await;
        assert_eq!(code, 1006, "signed in: {signed_in}: {reason}");
    }
}

async fn who_reads_nothing_learns_why_once_they_read_again(place: Place) {
    let _alone = ALONE.lock().await;
    let app = App::with(place, |config| config.ping_every = Duration::from_millis(100)).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let mut desk_sees = desk.subscribe().await;
    // The desk reads all the time: a slow database must not make it silent too.
    let (silent, presence) = tokio::join!(guru.subscribe(), desk_sees.next_of("presence"));
    assert_eq!(presence["online"], true);
    // A client that reads also answers pings.
    assert_eq!(desk_sees.next_of("presence").await["online"], false);
    assert_eq!(silent.closed().await, (4408, "tidak_menjawab".to_owned()));
}

async fn a_client_that_does_not_read_is_closed_and_holds_up_nobody(place: Place) {
    let _alone = ALONE.lock().await;
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let id = arrive(&desk, 1).await["id"].clone();
    desk.put(&format!("/api/appointments/{id}/status"), json!({ "status": "selesai" })).await.expect(200);
    let kode = guru.get(&format!("/api/appointments/{id}")).await.expect(200)["kode_qr"].clone();
    let komentar = "😀".repeat(1000);
    let review = json!({ "kode": kode, "rating": 5, "komentar": komentar });
    app.nobody().post("/api/ulasan", review).await.expect(201);

    let admin = app.admin().await;
    let too_slow = async || -> u64 {
        let figures = admin.get("/metrics").await.text();
        let figure = figures.lines().find_map(|line| line.strip_prefix("bukutamu_ws_too_slow_total "));
        figure.map_or(0, |figure| figure.parse().expect("a count"))
    };
    let before = too_slow().await;
    let slow = guru.subscribe().await;
    let mut reading = app.guru().await.subscribe().await;
    let mut published = 0;
    // Each answer comes with the long review. How much the system's buffers hold is not known.
    while too_slow().await == before {
        published += 1;
        assert!(published < 20_000, "the connection that is not read was never too slow");
        let path = format!("/api/notifications/{id}/respond");
        guru.post(&path, json!({ "tanggapan": format!("{published}") })).await.expect(200);
        assert_eq!(reading.next_of("notification").await["tanggapan"], published.to_string());
        assert_eq!(reading.next_of("appointment").await["tanggapan"], published.to_string());
    }
    assert_eq!(slow.closed().await, (4408, "terlalu_lambat".to_owned()));
    let ready_again = guru.subscribe().await;
    drop(ready_again);
}
