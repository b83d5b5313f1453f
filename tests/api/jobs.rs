//! What the server does by itself, and when it waits, because none of it can be undone.

use chrono::Duration;
use serde_json::Value;
use tests::{App, Caller, Place, invite};

journeys![
    days_that_are_over_are_closed,
    who_is_due_shortly_before_midnight_is_awaited_after_it,
    a_clock_that_leaps_ahead_for_a_moment_closes_no_appointment,
    a_long_holiday_is_closed_in_the_end,
    a_job_goes_by_the_settings_of_its_time,
];

async fn status_of(caller: &Caller, janji: &Value) -> String {
    let path = format!("/api/appointments/{}", janji["id"]);
    caller.get(&path).await.expect(200)["status"].as_str().unwrap().to_owned()
}

/// Lets the server's time run on evenly, and its jobs look every ten minutes.
pub(crate) async fn run_on(app: &App, minutes: i64) {
    for _ in 0..minutes / 10 {
        app.clock.advance(Duration::minutes(10));
        app.server().run_jobs().await.unwrap();
    }
}

async fn days_that_are_over_are_closed(place: Place) {
    let app = App::start(place).await;
    let invited = invite(&app.guru().await, 1, "09:30").await;
    // From five to midnight at the school, to after midnight.
    run_on(&app, 14 * 60 + 50).await;
    assert_eq!(status_of(&app.admin().await, &invited).await, "belum");
    run_on(&app, 20).await;
    assert_eq!(status_of(&app.admin().await, &invited).await, "tidak hadir");
}

async fn who_is_due_shortly_before_midnight_is_awaited_after_it(place: Place) {
    let app = App::start(place).await;
    let invited = invite(&app.guru().await, 1, "23:30").await;
    run_on(&app, 17 * 60 + 30).await;
    assert_eq!(status_of(&app.admin().await, &invited).await, "belum", "at 02.30");
    run_on(&app, 10).await;
    assert_eq!(status_of(&app.admin().await, &invited).await, "tidak hadir", "at 02.40");
}

async fn a_clock_that_leaps_ahead_for_a_moment_closes_no_appointment(place: Place) {
    let app = App::start(place).await;
    let invited = invite(&app.guru().await, 1, "09:30").await;
    run_on(&app, 10).await;
    for ahead in [Duration::days(1), Duration::days(40), Duration::days(1096)] {
        app.clock.leap(ahead);
        for _ in 0..3 {
            app.clock.advance(Duration::seconds(1));
            assert!(!app.server().run_jobs().await.unwrap(), "{ahead} ahead");
        }
        app.clock.leap(-ahead);
        assert!(app.server().run_jobs().await.unwrap(), "{ahead} ahead and back");
        assert_eq!(status_of(&app.admin().await, &invited).await, "belum", "{ahead} ahead");
    }
}

async fn a_long_holiday_is_closed_in_the_end(place: Place) {
    let app = App::start(place).await;
    let invited = invite(&app.guru().await, 1, "09:30").await;
    run_on(&app, 10).await;
    app.clock.leap(Duration::days(20));
    run_on(&app, 110).await;
    assert_eq!(status_of(&app.admin().await, &invited).await, "belum", "it might be a wrong clock");
    run_on(&app, 20).await;
    assert_eq!(status_of(&app.admin().await, &invited).await, "tidak hadir");
}

async fn a_job_goes_by_the_settings_of_its_time(place: Place) {
    let app = App::start(place).await;
    let invited = invite(&app.guru().await, 1, "23:30").await;
    run_on(&app, 15 * 60 + 10).await;
    assert_eq!(status_of(&app.admin().await, &invited).await, "belum", "at 00.10");
    let change = serde_json::json!({ "versi": 0, "lewat_tengah_malam_jam": 0 });
    app.admin().await.put("/api/settings", change).await.expect(200);
    run_on(&app, 10).await;
    assert_eq!(status_of(&app.admin().await, &invited).await, "tidak hadir", "at 00.20");
}
