//! The event stream: who gets in, who is told what, and how a connection ends.

mod bounds;

use std::time::Duration;

use chrono::Duration as Minutes;
use serde_json::{Value, json};
use tests::{App, Caller, DESK, GURU, OTHER_GURU, Place, Socket, invitation, invite, walk_in};
use tokio_tungstenite::tungstenite::{Error, Message};

journeys![
    ready_holds_the_whole_unread_state,
    what_one_frame_cannot_hold_comes_in_parts_and_live_events_in_between,
    an_arrival_is_told_to_its_guru_and_the_desk_and_to_nobody_else,
    every_change_of_a_visit_is_told,
    presence_is_told_for_the_first_and_the_last_connection,
    whoever_does_not_authenticate_in_time_is_sent_away,
    a_first_message_that_is_no_good_token_is_refused,
    a_guest_is_told_nothing,
    a_client_that_goes_on_talking_is_closed,
    a_message_over_64_kib_ends_the_connection,
    a_page_of_another_origin_may_not_connect,
    a_proxy_may_leave_out_the_port_and_name_the_host_where_it_was_named,
    an_ordinary_request_is_told_that_this_is_a_websocket,
    a_connection_ends_with_its_token,
    stopping_tells_every_connection,
    keeping_a_role_keeps_the_connections,
];

async fn arrive(desk: &Caller, n: u32) -> Value {
    desk.post("/api/appointments/walk-in", walk_in(n, &GURU)).await.expect(201)
}

async fn ready_holds_the_whole_unread_state(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let mut arrived = Vec::new();
    // More than a page of a list, and more than a queue holds.
    for n in 1..=70 {
        app.clock.advance(Minutes::seconds(1));
        arrived.push(arrive(&desk, n).await["id"].clone());
    }
    guru.put(&format!("/api/notifications/{}/read", arrived[0]), json!({})).await.expect(200);
    guru.delete(&format!("/api/notifications/{}", arrived[1])).await.expect(204);
    let mut socket = guru.open_socket().await;
    socket.authenticate(guru.token()).await;
    let ready = socket.expect_ready().await;
    assert_eq!(ready["pengguna"]["id"], json!(GURU.id()), "{ready}");
    let unread: Vec<_> = ready["belum_dibaca"].as_array().unwrap().iter().map(|row| &row["id"]).collect();
    assert_eq!(unread, arrived[2..].iter().collect::<Vec<_>>(), "unread, oldest first");
    assert_eq!(ready["online"], Value::Null, "a guru is not told who else is there");
}

async fn what_one_frame_cannot_hold_comes_in_parts_and_live_events_in_between(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let keperluan = "Ä".repeat(200);
    let mut arrived = Vec::new();
    for n in 1..=90 {
        app.clock.advance(Minutes::seconds(1));
        let walk_in = json!({ "tamu": tests::tamu(n), "keperluan": keperluan, "id_guru": GURU.id() });
        arrived.push(desk.post("/api/appointments/walk-in", walk_in).await.expect(201)["id"].clone());
    }
    let ids = |event: &Value| -> Vec<Value> {
        event["belum_dibaca"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect()
    };
    let mut socket = guru.open_socket().await;
    socket.authenticate(guru.token()).await;
    let ready = socket.expect_ready().await;
    assert_eq!(ready["sebagian"], true, "{} in one frame", ids(&ready).len());
    assert!(ready.to_string().len() < 64 << 10, "{}", ready.to_string().len());
    assert!(arrived.ends_with(&ids(&ready)), "the newest, oldest first: {:?}", ids(&ready));
    let mut told = ids(&ready);
    loop {
        let part = socket.next().await;
        assert_eq!(part["type"], "ready_lanjutan", "{part}");
        assert!(part.to_string().len() < 64 << 10, "{}", part.to_string().len());
        told.extend(ids(&part));
        if part["sebagian"] != true {
            break;
        }
    }
    told.sort_by_key(Value::as_i64);
    told.dedup();
    assert_eq!(told, arrived, "everything unread is in one of them");
    let late = arrive(&desk, 91).await;
    assert_eq!(socket.next_of("notification").await["id"], late["id"]);
}

async fn an_arrival_is_told_to_its_guru_and_the_desk_and_to_nobody_else(place: Place) {
    let app = App::start(place).await;
    let (guru, other, desk, admin) =
        (app.guru().await, app.other_guru().await, app.desk().await, app.admin().await);
    let (mut guru_sees, mut guru_elsewhere) = (guru.subscribe().await, app.guru().await.subscribe().await);
    let (mut desk_sees, mut admin_sees) = (desk.subscribe().await, admin.subscribe().await);
    let mut other_sees = other.subscribe().await;
    desk_sees.next_of("presence").await;
    desk_sees.next_of("presence").await;
    admin_sees.next_of("presence").await;

    let here = arrive(&desk, 1).await;
    for socket in [&mut guru_sees, &mut guru_elsewhere] {
        let alert = socket.next_of("notification").await;
        assert_eq!(alert["id"], here["id"], "{alert}");
        assert_eq!(alert["pesan"], "Tamu Tamu Nomor 1 telah datang untuk Surat pindah");
        assert_eq!(socket.next_of("appointment").await["id"], here["id"]);
    }
    for socket in [&mut desk_sees, &mut admin_sees] {
        assert_eq!(socket.next_of("appointment").await, tests::row_of(&here));
    }
    let own = invite(&other, 2, "10:00").await;
    assert_eq!(other_sees.next_of("appointment").await["id"], own["id"], "nothing of another's guest");
    assert_eq!(desk_sees.next_of("appointment").await["id"], own["id"]);
    let next = invite(&guru, 3, "10:00").await;
    assert_eq!(guru_sees.next_of("appointment").await["id"], next["id"], "nothing of another's guest");
}

async fn every_change_of_a_visit_is_told(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let (mut guru_sees, mut desk_sees) = (guru.subscribe().await, desk.subscribe().await);
    let id = invite(&guru, 1, "09:00").await["id"].clone();
    assert_eq!(guru_sees.next_of("appointment").await["status"], "belum");
    assert_eq!(desk_sees.next_of("appointment").await["status"], "belum");
    for status in ["menunggu", "sedang berlangsung", "selesai"] {
        desk.put(&format!("/api/appointments/{id}/status"), json!({ "status": status })).await.expect(200);
        if status == "menunggu" {
            assert_eq!(guru_sees.next_of("notification").await["status"], status);
        }
        assert_eq!(guru_sees.next_of("appointment").await["status"], status);
        assert_eq!(desk_sees.next_of("appointment").await["status"], status);
    }
    guru.put(&format!("/api/notifications/{id}/read"), json!({})).await.expect(200);
    assert_eq!(guru_sees.next_of("notification").await["is_read"], true, "the guru's other screens");
}

async fn presence_is_told_for_the_first_and_the_last_connection(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let mut desk_sees = desk.subscribe().await;
    let online = json!({ "id_pengguna": GURU.id(), "online": true });
    let first = guru.subscribe().await;
    assert_eq!(desk_sees.next_of("presence").await, online);
    let second = guru.subscribe().await;
    drop(first);
    let listed = desk.get("/api/guru").await.expect(200);
    let of_guru = listed["data"].as_array().unwrap().iter().find(|row| row["id"] == json!(GURU.id()));
    assert_eq!(of_guru.unwrap()["online"], true, "{listed}");
    let dashboard = desk.get("/api/dashboard").await.expect(200);
    let both = json!([{ "id_pengguna": DESK.id(), "online": true }, online]);
    assert_eq!(dashboard["presence"], both);
    drop(second);
    let offline = json!({ "id_pengguna": GURU.id(), "online": false });
    assert_eq!(desk_sees.next_of("presence").await, offline, "once, after the last one");

    let again = guru.subscribe().await;
    let mut admin = app.admin().await.open_socket().await;
    admin.authenticate(app.admin().await.token()).await;
    let ready = admin.expect_ready().await;
    let mut online: Vec<_> = ready["online"].as_array().unwrap().iter().map(Value::to_string).collect();
    online.sort();
    assert_eq!(online, ["1", "2", "3"], "who was there before");
    drop(again);
}

async fn whoever_does_not_authenticate_in_time_is_sent_away(place: Place) {
    let app = App::with(place, |config| config.authenticate_within = Duration::from_millis(50)).await;
    let socket = app.nobody().open_socket().await;
    assert_eq!(socket.closed().await, (4401, "belum_masuk".to_owned()));
}

async fn a_first_message_that_is_no_good_token_is_refused(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let with_more = json!({ "type": "authenticate", "token": guru.token(), "lain": 1 }).to_string();
    let refused = [
        ("no JSON", Message::text("halo"), 4401, "belum_masuk"),
        ("not a token", Message::text(r#"{"type":"authenticate","token":"x"}"#), 4401, "belum_masuk"),
        ("another type", Message::text(r#"{"type":"subscribe"}"#), 4401, "belum_masuk"),
        ("an unknown field", Message::text(with_more), 4401, "belum_masuk"),
        ("binary", Message::binary(vec![0, 1, 2]), 1008, "pesan_tidak_dikenal"),
    ];
    for (what, message, code, reason) in refused {
        let mut socket = app.nobody().open_socket().await;
        socket.send(message).await;
        assert_eq!(socket.closed().await, (code, reason.to_owned()), "{what}");
    }
}

async fn a_guest_is_told_nothing(place: Place) {
    let app = App::start(place).await;
    let guest = app.desk().await.post("/api/tamu", tests::tamu(1)).await.expect(201);
    let tamu = app.tamu(&guest).await;
    let mut socket = tamu.open_socket().await;
    socket.authenticate(tamu.token()).await;
    assert_eq!(socket.closed().await, (4403, "terlarang".to_owned()));
}

async fn a_client_that_goes_on_talking_is_closed(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    for (what, message) in [("text", Message::text("{}")), ("binary", Message::binary(vec![0]))] {
        let mut socket = guru.subscribe().await;
        socket.send(message).await;
        assert_eq!(socket.closed().await, (1008, "pesan_tidak_dikenal".to_owned()), "{what}");
    }
}

async fn a_message_over_64_kib_ends_the_connection(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    for (what, mut socket) in [("before", guru.open_socket().await), ("after", guru.subscribe().await)] {
        socket.send(Message::text("x".repeat((64 << 10) + 1))).await;
        let (code, _) = socket.closed().await;
        assert!([1006, 1009].contains(&code), "{what} authenticating: closed with {code}");
    }
    guru.subscribe().await;
}

async fn a_page_of_another_origin_may_not_connect(place: Place) {
    let app =
        App::with(place, |config| config.public_url = "https://tamu.sekolah.example".parse().ok()).await;
    let base = app.server().url();
    for origin in
        ["https://jahat.example", "null", "http://127.0.0.1:1", "https://tamu.sekolah.example.jahat.example"]
    {
        match Socket::try_open(base, Some(origin)).await {
            Err(Error::Http(answer)) => {
                assert_eq!(answer.status(), 403, "{origin}");
                let body = String::from_utf8_lossy(answer.body().as_deref().unwrap_or_default()).into_owned();
                assert!(body.contains("asal_tidak_diizinkan"), "{origin}: {body}");
            }
            other => panic!("{origin} was let in: {:?}", other.map(|_| ())),
        }
    }
    for origin in [base, "https://tamu.sekolah.example"] {
        Socket::try_open(base, Some(origin)).await.unwrap_or_else(|error| panic!("{origin}: {error}"));
    }
}

async fn a_proxy_may_leave_out_the_port_and_name_the_host_where_it_was_named(place: Place) {
    let proxied = App::with(place, |config| config.trusted_proxies = "127.0.0.1".parse().unwrap()).await;
    let direct = App::start(place).await;
    let open = async |app: &App, headers: &[(&'static str, &str)]| {
        Socket::try_open_with(app.server().url(), headers).await.map(drop)
    };
    for (host, origin) in [
        ("127.0.0.1", direct.server().url()),
        ("sekolah.example", "https://sekolah.example:8443"),
        ("sekolah.example:443", "https://sekolah.example"),
    ] {
        open(&direct, &[("host", host), ("origin", origin)]).await.unwrap_or_else(|e| panic!("{host}: {e}"));
    }
    let forwarded = [
        ("host", "127.0.0.1:8700"),
        ("x-forwarded-host", "tamu.sekolah.example"),
        ("origin", "https://tamu.sekolah.example:8443"),
    ];
    open(&proxied, &forwarded).await.expect("a proxy that was named says by which name it was asked");
    let refused = [
        (&direct, forwarded.as_slice()),
        (&proxied, &[("host", "127.0.0.1:8700"), ("origin", "https://tamu.sekolah.example")]),
        (&direct, &[("host", "sekolah.example:8443"), ("origin", "https://sekolah.example")]),
    ];
    for (app, headers) in refused {
        match open(app, headers).await {
            Err(Error::Http(answer)) => assert_eq!(answer.status(), 403, "{headers:?}"),
            other => panic!("{headers:?}: {other:?}"),
        }
    }
}

async fn an_ordinary_request_is_told_that_this_is_a_websocket(place: Place) {
    let app = App::start(place).await;
    app.nobody().get("/ws").await.wrong_fields(&["upgrade"]);
}

async fn a_connection_ends_with_its_token(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    app.clock.advance(Minutes::seconds(15 * 60 - 1));
    let socket = guru.subscribe().await;
    assert_eq!(socket.closed().await, (4401, "token_kedaluwarsa".to_owned()));
    app.clock.advance(Minutes::seconds(1));
    let mut late = guru.open_socket().await;
    late.authenticate(guru.token()).await;
    assert_eq!(late.closed().await, (4401, "token_kedaluwarsa".to_owned()));
}

async fn stopping_tells_every_connection(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await.subscribe().await, app.desk().await.subscribe().await);
    let stopping = tokio::spawn(app.stop());
    assert_eq!(guru.closed().await, (1001, "server_berhenti".to_owned()));
    assert_eq!(desk.closed().await, (1001, "server_berhenti".to_owned()));
    drop(stopping.await.unwrap());
}

async fn keeping_a_role_keeps_the_connections(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.other_guru().await);
    let mut socket = guru.subscribe().await;
    let same = json!({ "nama": "Agus S.", "role": "Guru", "aktif": true });
    admin.put(&format!("/api/users/{}", OTHER_GURU.id()), same).await.expect(200);
    let invited = guru.post("/api/appointments", invitation(1, "09:30")).await.expect(201);
    assert_eq!(socket.next_of("appointment").await["id"], invited["id"]);
}
