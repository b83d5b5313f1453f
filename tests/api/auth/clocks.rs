//! Clocks that leap. What a wrong clock wrote or gave out opens nothing and locks nobody out for long.

use chrono::Duration;
use tests::{App, DESK, GURU, PASSWORD, Place};

use super::{is_signed_in, try_login};

journeys![
    what_was_given_out_by_a_clock_that_was_ahead_opens_nothing,
    an_hour_back_signs_nobody_out,
    a_lock_by_a_clock_that_was_ahead_ends_as_it_would_have,
    a_moment_ahead_leaves_sessions_as_they_were,
    a_session_ends_after_ninety_days_however_often_it_is_renewed,
    the_sessions_own_device_may_show_a_refresh_token_twice_at_once,
];

async fn what_was_given_out_by_a_clock_that_was_ahead_opens_nothing(place: Place) {
    for ahead in [Duration::days(40), Duration::days(1096)] {
        let app = App::start(place).await;
        app.clock.leap(ahead);
        let guru = app.guru().await;
        assert!(is_signed_in(&guru).await, "as long as the clock says so");
        app.clock.leap(-ahead);
        guru.get("/api/auth/me").await.problem(401, "belum_masuk");
        guru.refresh().await.problem(401, "token_segar_tidak_valid");
        let mut socket = guru.open_socket().await;
        socket.authenticate(guru.token()).await;
        assert_eq!(socket.closed().await.0, 4401);
    }
}

async fn an_hour_back_signs_nobody_out(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    app.clock.leap(Duration::hours(-1));
    guru.get("/api/auth/me").await.problem(401, "belum_masuk");
    let renewed = guru.with_login(guru.refresh().await.expect(200));
    assert!(is_signed_in(&renewed).await, "a token of the hour that has not come yet is exchanged");
}

async fn a_lock_by_a_clock_that_was_ahead_ends_as_it_would_have(place: Place) {
    for ahead in [Duration::minutes(10), Duration::hours(1), Duration::days(1096)] {
        let app = App::start(place).await;
        app.clock.leap(ahead);
        for _ in 0..6 {
            try_login(&app.nobody(), GURU.email, "salah sekali").await;
            app.clock.advance(Duration::seconds(1));
        }
        try_login(&app.nobody(), GURU.email, PASSWORD).await.problem(429, "terlalu_sering");
        app.clock.leap(-ahead);
        let slowed = try_login(&app.nobody(), GURU.email, PASSWORD).await;
        let wait: i64 = slowed.header("retry-after").parse().expect("Retry-After in seconds");
        assert!(wait <= 2, "{ahead} ahead: a lock of 2 seconds became one of {wait}");
        app.clock.advance(Duration::seconds(2));
        try_login(&app.nobody(), GURU.email, PASSWORD).await.expect(200);
    }
}

async fn a_moment_ahead_leaves_sessions_as_they_were(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    assert!(app.server().run_jobs().await.unwrap(), "the clock is believed");
    app.clock.leap(Duration::days(1096));
    assert!(!app.server().run_jobs().await.unwrap(), "it is not");
    app.clock.leap(Duration::days(-1096));
    assert!(app.server().run_jobs().await.unwrap());
    assert!(is_signed_in(&guru).await);
    guru.refresh().await.expect(200);
}

async fn a_session_ends_after_ninety_days_however_often_it_is_renewed(place: Place) {
    let app = App::start(place).await;
    let mut desk = app.login(&DESK).await;
    for day in [20, 40, 60, 80, 89] {
        app.clock.set("2026-11-23T02:00:00Z");
        app.clock.leap(Duration::days(day));
        desk = desk.with_login(desk.refresh().await.expect(200));
        assert!(is_signed_in(&desk).await, "day {day}");
    }
    app.clock.leap(Duration::days(1));
    desk.refresh().await.problem(401, "token_segar_tidak_valid");
}

async fn the_sessions_own_device_may_show_a_refresh_token_twice_at_once(place: Place) {
    let app = App::start(place).await;
    let login = try_login(&app.nobody(), GURU.email, PASSWORD).await;
    let device = app.nobody().on_device(&login);
    let here = device.with_login(login.expect(200));
    let (one, two) = (here.refresh().await.expect(200), here.refresh().await.expect(200));
    let (one, two) = (here.with_login(one), here.with_login(two));
    assert!(is_signed_in(&one).await && is_signed_in(&two).await, "two windows of one browser");
    one.refresh().await.expect(200);
    two.refresh().await.expect(200);
    app.clock.advance(Duration::seconds(31));
    one.refresh().await.problem(401, "token_segar_tidak_valid");
    assert!(!is_signed_in(&two).await, "shown again later, it was stolen");
}
