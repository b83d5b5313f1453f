//! Choosing a password, and the end of a password that somebody else made up.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{ADMIN, App, Caller, GURU, PASSWORD, Place};

use super::{is_signed_in, try_login};

journeys![
    a_password_made_of_what_others_know_is_refused_and_the_field_says_why,
    a_rating_says_what_a_change_would_say,
    a_temporary_password_ends_after_seven_days,
    a_guests_temporary_password_ends_after_seven_days,
    a_session_of_a_temporary_password_cannot_change_it_after_its_end,
    of_two_changes_at_once_the_second_is_told_that_the_old_password_is_wrong,
];

fn change(lama: &str, baru: &str) -> Value {
    json!({ "password_lama": lama, "password_baru": baru })
}

async fn a_password_made_of_what_others_know_is_refused_and_the_field_says_why(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    for (password, code) in [
        ("pendek", "terlalu_pendek"),
        ("ratnawulandari", "memuat_nama"),
        ("Wulandari1985", "memuat_nama"),
        ("ratna@sekolah.example", "memuat_email"),
        ("2025-2026", "pola_tahun"),
        ("merdeka2026", "terlalu_umum"),
        ("password123", "terlalu_umum"),
        ("zaq12wsx", "mudah_ditebak"),
    ] {
        let problem = guru
            .put("/api/auth/change-password", change(PASSWORD, password))
            .await
            .problem(422, "isian_tidak_valid");
        assert_eq!(problem.codes.get("password_baru").map(String::as_str), Some(code), "{password}");
        assert!(problem.errors.contains_key("password_baru"), "{problem:?}");
    }
    assert!(is_signed_in(&guru).await, "nothing was changed");
    guru.put("/api/auth/change-password", change(PASSWORD, "kursi biru 8")).await.expect(200);
}

async fn a_rating_says_what_a_change_would_say(place: Place) {
    let app = App::start(place).await;
    let rate = async |caller: &Caller, password: &str| {
        caller.post("/api/nilai-sandi", json!({ "password_baru": password })).await
    };
    rate(&app.nobody(), "kursi biru 8").await.problem(401, "belum_masuk");
    let guru = app.guru().await;
    assert_eq!(rate(&guru, "wulandari85").await.expect(200), json!({ "skor": 0, "alasan": "memuat_nama" }));
    assert_eq!(rate(&guru, "kuda baterai staples").await.expect(200), json!({ "skor": 4 }));
    // Somebody's name is an ordinary word to everybody else.
    let admin = app.admin().await;
    let made = admin.post(
        "/api/users",
        json!({
            "nama": "Dewi Lestari", "email": "dewi@sekolah.example", "role": "Guru"
        }),
    );
    let made = made.await.expect(201);
    let dewi = app.nobody().login("dewi@sekolah.example", made["password_sementara"].as_str().unwrap()).await;
    let rated = rate(&dewi, "kuda baterai staples").await.expect(200);
    assert_eq!(rated["skor"], 4, "who must change the password is told too");
}

async fn a_temporary_password_ends_after_seven_days(place: Place) {
    let app = App::start(place).await;
    let path = format!("/api/users/{}/reset-password", GURU.id());
    let given = app.admin().await.post(&path, json!({})).await.expect(200);
    let sementara = given["password_sementara"].as_str().unwrap();
    app.clock.advance(Duration::days(7) - Duration::seconds(1));
    try_login(&app.nobody(), GURU.email, sementara).await.expect(200);
    app.clock.advance(Duration::seconds(1));
    let ended = try_login(&app.nobody(), GURU.email, sementara).await;
    ended.problem(403, "password_sementara_berakhir");
    try_login(&app.nobody(), GURU.email, "salah sekali").await.problem(401, "kredensial_salah");
    try_login(&app.nobody(), ADMIN.email, PASSWORD).await.expect(200);
    let again = app.admin().await.post(&path, json!({})).await.expect(200);
    try_login(&app.nobody(), GURU.email, again["password_sementara"].as_str().unwrap()).await.expect(200);
}

async fn a_guests_temporary_password_ends_after_seven_days(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    desk.post("/api/tamu", tests::tamu(1)).await.expect(201);
    let given = desk.post("/api/tamu/1/reset-password", json!({})).await.expect(200);
    let login = json!({ "telp": tests::tamu(1)["telp"], "password": given["password_sementara"] });
    let tamu = app.nobody().login_tamu(&login["telp"], &login["password"]).await;
    let sementara = given["password_sementara"].as_str().unwrap();
    let own = tamu.put("/api/auth/change-password", change(sementara, "kursi biru 8")).await;
    app.clock.advance(Duration::days(8));
    assert_eq!(own.status, 200, "{}", own.text());
    app.nobody().login_tamu(&login["telp"], &json!("kursi biru 8")).await;
    let given = app.desk().await.post("/api/tamu/1/reset-password", json!({})).await.expect(200);
    app.clock.advance(Duration::days(7));
    let login = json!({ "telp": tests::tamu(1)["telp"], "password": given["password_sementara"] });
    app.nobody().post("/api/auth/tamu", login).await.problem(403, "password_sementara_berakhir");
}

async fn a_session_of_a_temporary_password_cannot_change_it_after_its_end(place: Place) {
    let app = App::start(place).await;
    let path = format!("/api/users/{}/reset-password", GURU.id());
    let given = app.admin().await.post(&path, json!({})).await.expect(200);
    let sementara = given["password_sementara"].as_str().unwrap();
    app.clock.advance(Duration::days(7) - Duration::minutes(1));
    let late = app.nobody().login(GURU.email, sementara).await;
    app.clock.advance(Duration::minutes(1));
    let refused = late.put("/api/auth/change-password", change(sementara, "kursi biru 8")).await;
    refused.problem(403, "password_sementara_berakhir");
}

async fn of_two_changes_at_once_the_second_is_told_that_the_old_password_is_wrong(place: Place) {
    let app = App::start(place).await;
    let (one, two) = (app.guru().await, app.guru().await);
    let (one, two) = tokio::join!(
        one.put("/api/auth/change-password", change(PASSWORD, "kursi biru 8")),
        two.put("/api/auth/change-password", change(PASSWORD, "lemari jati 9")),
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401], "{} {}", one.text(), two.text());
}
