//! Signing in and out, tokens and their ends.

mod clocks;
mod guessing;
mod password;

use chrono::Duration;
use serde_json::{Value, json};
use tests::{Answer, App, Caller, DESK, GURU, PASSWORD, Place};

journeys![
    a_login_tells_who_and_for_how_long,
    wrong_passwords_and_unknown_accounts_look_the_same,
    a_token_ends_after_fifteen_minutes,
    a_refresh_token_is_good_once_and_for_thirty_days,
    a_refresh_token_shown_twice_ends_its_family_and_no_other,
    a_refresh_whose_answer_was_lost_is_asked_again_under_its_key,
    of_two_who_show_a_refresh_token_at_once_one_is_served,
    logging_out_ends_token_and_connections_at_once,
    a_first_login_must_change_the_password,
    a_change_of_password_ends_every_other_login,
    a_guest_changes_their_own_password,
    a_deactivated_user_is_out_at_once,
    a_new_role_counts_at_once,
    answers_hold_no_secret,
];

async fn try_login(caller: &Caller, email: &str, password: &str) -> Answer {
    caller.post("/api/auth/login", json!({ "email": email, "password": password })).await
}

async fn is_signed_in(caller: &Caller) -> bool {
    caller.get("/api/auth/me").await.status == 200
}

async fn a_login_tells_who_and_for_how_long(place: Place) {
    let app = App::start(place).await;
    let login = try_login(&app.nobody(), " Ratna@Sekolah.Example ", PASSWORD).await.expect(200);
    assert_eq!(login["kedaluwarsa_pada"], "2026-11-23T02:15:00Z");
    assert_eq!(login["pengguna"]["role"], "Guru");
    assert_eq!(login["tamu"], Value::Null);
    let ratna = app.nobody().with_login(login.clone());
    assert_eq!(ratna.get("/api/auth/me").await.expect(200), json!({ "pengguna": login["pengguna"] }));
}

async fn wrong_passwords_and_unknown_accounts_look_the_same(place: Place) {
    let app = App::start(place).await;
    let id = app.desk().await.post("/api/tamu", tests::tamu(1)).await.expect(201)["id"].clone();
    assert!(id.is_i64(), "a guest without a password: {id}");
    let off = json!({ "aktif": false });
    app.admin().await.put("/api/users/4", off).await.expect(200);
    let wrong = try_login(&app.nobody(), GURU.email, "salah sekali").await;
    let body = wrong.text();
    wrong.problem(401, "kredensial_salah");
    let long = "a".repeat(5000);
    for (email, password) in [
        ("tidak.ada@sekolah.example", "salah sekali"),
        ("bukan alamat", "salah sekali"),
        ("", ""),
        ("a\u{0}b@sekolah.example", "\u{0}"),
        (tests::OTHER_GURU.email, PASSWORD),
        (GURU.email, &long),
        (&long, PASSWORD),
    ] {
        let answer = try_login(&app.nobody(), email, password).await;
        assert_eq!((answer.status, answer.text()), (401, body.clone()), "{email:.40} {password:.40}");
    }
    for telp in ["0812 0000 0001", "0812 0000 0002"] {
        let login = json!({ "telp": telp, "password": "salah sekali" });
        let answer = app.nobody().post("/api/auth/tamu", login).await;
        assert_eq!((answer.status, answer.text()), (401, body.clone()), "{telp}");
    }
}

async fn a_token_ends_after_fifteen_minutes(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    app.clock.advance(Duration::seconds(15 * 60 - 1));
    assert!(is_signed_in(&guru).await, "a second before its end");
    app.clock.advance(Duration::seconds(1));
    let answer = guru.get("/api/auth/me").await;
    assert_eq!(answer.header("www-authenticate"), "Bearer");
    answer.problem(401, "token_kedaluwarsa");
}

async fn a_refresh_token_is_good_once_and_for_thirty_days(place: Place) {
    let app = App::start(place).await;
    let first = app.guru().await;
    app.clock.advance(Duration::days(30) - Duration::milliseconds(1));
    let second = first.with_login(first.refresh().await.expect(200));
    assert!(is_signed_in(&second).await, "the new access token");
    assert_ne!(second.token_segar(), first.token_segar());
    app.clock.advance(Duration::days(30));
    second.refresh().await.problem(401, "token_segar_tidak_valid");
    app.nobody()
        .post("/api/auth/refresh", json!({ "token_segar": "x" }))
        .await
        .problem(401, "token_segar_tidak_valid");
}

async fn a_refresh_token_shown_twice_ends_its_family_and_no_other(place: Place) {
    let app = App::start(place).await;
    let (stolen, bystander) = (app.guru().await, app.guru().await);
    let thief = stolen.with_login(stolen.refresh().await.expect(200));
    let socket = thief.subscribe().await;
    stolen.refresh().await.problem(401, "token_segar_tidak_valid");
    assert_eq!(socket.closed().await, (4401, "sesi_dicabut".to_owned()));
    thief.get("/api/auth/me").await.problem(401, "belum_masuk");
    thief.refresh().await.problem(401, "token_segar_tidak_valid");
    assert!(is_signed_in(&bystander).await, "another device of the same user");
}

async fn a_refresh_whose_answer_was_lost_is_asked_again_under_its_key(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let kunci = tests::kunci();
    let ask = |kunci: &str| {
        let body = json!({ "token_segar": guru.token_segar(), "kunci": kunci });
        let nobody = app.nobody();
        async move { nobody.post("/api/auth/refresh", body).await }
    };
    let lost = guru.with_login(ask(&kunci).await.expect(200));
    let found = guru.with_login(ask(&kunci).await.expect(200));
    assert_eq!(found.token_segar(), lost.token_segar());
    assert!(is_signed_in(&found).await);
    found.refresh().await.expect(200);
    ask(&kunci).await.problem(401, "token_segar_tidak_valid");
    assert!(!is_signed_in(&found).await, "its successor was used already: somebody has a copy");
}

async fn of_two_who_show_a_refresh_token_at_once_one_is_served(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let shown: Vec<_> = (0..8)
        .map(|_| {
            let guru = guru.clone();
            tokio::spawn(async move { guru.refresh().await.status })
        })
        .collect();
    let mut served = 0;
    for answer in shown {
        served += i32::from(answer.await.unwrap() == 200);
    }
    assert_eq!(served, 1);
    assert!(!is_signed_in(&guru).await, "shown twice, the session is over");
}

async fn logging_out_ends_token_and_connections_at_once(place: Place) {
    let app = App::start(place).await;
    let (guru, elsewhere) = (app.guru().await, app.guru().await);
    let (socket, mut other) = (guru.subscribe().await, elsewhere.subscribe().await);
    guru.post("/api/auth/logout", json!({})).await.expect(204);
    guru.get("/api/auth/me").await.problem(401, "belum_masuk");
    guru.refresh().await.problem(401, "token_segar_tidak_valid");
    guru.post("/api/auth/logout", json!({})).await.problem(401, "belum_masuk");
    assert_eq!(socket.closed().await, (4401, "sesi_dicabut".to_owned()));
    let invited = tests::invite(&elsewhere, 1, "09:30").await;
    assert_eq!(other.next_of("appointment").await["id"], invited["id"], "the other device goes on");
}

async fn a_first_login_must_change_the_password(place: Place) {
    let app = App::start(place).await;
    let new = json!({ "nama": "Dewi Lestari", "email": "dewi@sekolah.example", "role": "Guru" });
    let made = app.admin().await.post("/api/users", new).await.expect(201);
    let sementara = made["password_sementara"].as_str().unwrap();
    let dewi = app.nobody().login("dewi@sekolah.example", sementara).await;
    let mut socket = dewi.open_socket().await;
    socket.authenticate(dewi.token()).await;
    assert_eq!(socket.closed().await, (4403, "terlarang".to_owned()));

    let change = |baru: &str| json!({ "password_lama": sementara, "password_baru": baru });
    for weak in ["pendek", "12345678", "Password", sementara, &"a1".repeat(37), "nol \u{0} nol"] {
        dewi.put("/api/auth/change-password", change(weak)).await.wrong_fields(&["password_baru"]);
    }
    let wrong = json!({ "password_lama": "bukan ini 12", "password_baru": "kursi biru 8" });
    dewi.put("/api/auth/change-password", wrong).await.problem(401, "kredensial_salah");
    let login = dewi.put("/api/auth/change-password", change("kursi biru 8")).await.expect(200);
    assert_eq!(login["pengguna"]["wajib_ganti_password"], false);
    dewi.with_login(login).get("/api/appointments").await.expect(200);
    assert!(!is_signed_in(&dewi).await, "the login with the temporary password is over");
    try_login(&app.nobody(), "dewi@sekolah.example", sementara).await.problem(401, "kredensial_salah");
}

async fn a_change_of_password_ends_every_other_login(place: Place) {
    let app = App::start(place).await;
    let (here, elsewhere) = (app.guru().await, app.guru().await);
    let socket = elsewhere.subscribe().await;
    let change = json!({ "password_lama": PASSWORD, "password_baru": "kursi biru 8" });
    let login = here.put("/api/auth/change-password", change).await.expect(200);
    assert_eq!(socket.closed().await, (4401, "sesi_dicabut".to_owned()));
    assert!(!is_signed_in(&elsewhere).await && !is_signed_in(&here).await);
    elsewhere.refresh().await.problem(401, "token_segar_tidak_valid");
    assert!(is_signed_in(&here.with_login(login)).await);
}

async fn a_guest_changes_their_own_password(place: Place) {
    let app = App::start(place).await;
    let guest = app.desk().await.post("/api/tamu", tests::tamu(1)).await.expect(201);
    let given = app.desk().await.post("/api/tamu/1/reset-password", json!({})).await.expect(200);
    let tamu = app.nobody().login_tamu(&json!("0812-0000-0001"), &given["password_sementara"]).await;
    assert_eq!(tamu.get("/api/auth/me").await.expect(200), json!({ "tamu": guest }));
    let change = json!({ "password_lama": given["password_sementara"], "password_baru": "kursi biru 8" });
    let login = tamu.put("/api/auth/change-password", change).await.expect(200);
    assert!(!is_signed_in(&tamu).await && is_signed_in(&tamu.with_login(login)).await);
    app.nobody().login_tamu(&guest["telp"], &json!("kursi biru 8")).await;
}

async fn a_deactivated_user_is_out_at_once(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    let socket = guru.subscribe().await;
    let path = format!("/api/users/{}", GURU.id());
    admin.put(&path, json!({ "aktif": false })).await.expect(200);
    assert_eq!(socket.closed().await, (4401, "sesi_dicabut".to_owned()));
    guru.get("/api/auth/me").await.problem(401, "belum_masuk");
    guru.refresh().await.problem(401, "token_segar_tidak_valid");
    admin.put(&path, json!({ "aktif": true })).await.expect(200);
    guru.get("/api/auth/me").await.problem(401, "belum_masuk");
    app.guru().await;
}

async fn a_new_role_counts_at_once(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    let path = format!("/api/users/{}", DESK.id());
    admin.put(&path, json!({ "role": "Guru" })).await.expect(200);
    assert!(!is_signed_in(&desk).await);
    app.desk().await.get("/api/dashboard").await.problem(403, "terlarang");
}

async fn answers_hold_no_secret(place: Place) {
    let app = App::start(place).await;
    let (admin, desk) = (app.admin().await, app.desk().await);
    tests::invite(&app.guru().await, 1, "09:30").await;
    let paths = ["/api/users", "/api/tamu", "/api/appointments", "/api/dashboard", "/api/auth/me"];
    for path in paths {
        let text = admin.get(path).await.text();
        for secret in ["password_hash", "$2b$", "$2a$", "telp_indeks", "token_segar"] {
            assert!(!text.contains(secret), "{path} shows {secret}");
        }
    }
    let me = desk.get("/api/auth/me").await.text();
    assert!(!me.contains(desk.token()), "a token comes back only from a login");
}
