//! What slows down guessing, and that it slows down nobody else.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{ADMIN, Answer, App, Caller, DESK, GURU, PASSWORD, Place};

use super::{is_signed_in, try_login};

journeys![
    guessing_is_slowed_down_ever_more_and_never_for_ever,
    an_unknown_account_is_slowed_down_in_the_same_way,
    guesses_at_once_learn_no_more_than_one_after_another,
    right_logins_are_never_limited,
    an_old_password_cannot_be_guessed_from_a_stolen_session,
    whoever_guesses_shuts_nobody_out_elsewhere,
    what_others_get_wrong_behind_a_shared_address_costs_nobody_a_mistake,
    one_guess_at_each_of_eighty_guests_takes_minutes_and_a_right_password_there_seconds,
    guessing_from_many_addresses_is_slowed_down_and_the_owners_device_is_not,
    a_known_device_answers_for_its_own_failures_only,
    a_device_is_known_to_the_account_that_signed_in_from_it_and_no_other,
    the_schools_own_programs_are_known_too,
    three_hundred_invented_logins_keep_no_known_device_waiting,
    a_login_outlives_no_change_of_password,
];

async fn guessing_is_slowed_down_ever_more_and_never_for_ever(place: Place) {
    let app = App::start(place).await;
    let guess = || try_login_as(&app, "salah sekali");
    for _ in 0..5 {
        guess().await.problem(401, "kredensial_salah");
    }
    let mut waits = Vec::new();
    for _ in 0..14 {
        let slowed = guess().await;
        let wait: i64 = slowed.header("retry-after").parse().expect("Retry-After in seconds");
        slowed.problem(429, "terlalu_sering");
        try_login_as(&app, PASSWORD).await.problem(429, "terlalu_sering");
        waits.push(wait);
        app.clock.advance(Duration::seconds(wait));
        guess().await.problem(401, "kredensial_salah");
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
    app.clock.advance(Duration::minutes(15));
    try_login_as(&app, PASSWORD).await.expect(200);
    guess().await.problem(401, "kredensial_salah");
    try_login_as(&app, PASSWORD).await.expect(200);
}

async fn an_unknown_account_is_slowed_down_in_the_same_way(place: Place) {
    let app = App::start(place).await;
    let nobody = app.nobody();
    let guess = || try_login(&nobody, "tidak.ada@sekolah.example", PASSWORD);
    for _ in 0..5 {
        guess().await.problem(401, "kredensial_salah");
    }
    guess().await.problem(429, "terlalu_sering");
    app.guru().await;
}

async fn guesses_at_once_learn_no_more_than_one_after_another(place: Place) {
    let app = App::start(place).await;
    let guesses: Vec<_> = (0..32)
        .map(|_| {
            let nobody = app.nobody();
            tokio::spawn(async move { try_login(&nobody, GURU.email, "salah sekali").await.status })
        })
        .collect();
    let mut answers = Vec::new();
    for guess in guesses {
        answers.push(guess.await.unwrap());
    }
    answers.sort_unstable();
    assert_eq!(answers, [vec![401; 5], vec![429; 27]].concat());
}

async fn right_logins_are_never_limited(place: Place) {
    let app = App::start(place).await;
    for _ in 0..200 {
        try_login(&app.nobody(), ADMIN.email, PASSWORD).await.expect(200);
    }
}

async fn an_old_password_cannot_be_guessed_from_a_stolen_session(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let change = json!({ "password_lama": "salah sekali", "password_baru": "kursi biru 8" });
    for _ in 0..5 {
        guru.put("/api/auth/change-password", change.clone()).await.problem(401, "kredensial_salah");
    }
    guru.put("/api/auth/change-password", change).await.problem(429, "terlalu_sering");
}

async fn try_login_as(app: &App, password: &str) -> Answer {
    try_login(&app.nobody(), GURU.email, password).await
}

/// The owner's device, which has signed in before.
async fn known_device(app: &App, email: &str) -> Caller {
    let login = try_login(&app.nobody(), email, PASSWORD).await;
    assert_eq!(login.status, 200, "{}", login.text());
    app.nobody().on_device(&login)
}

/// A server with a proxy on this computer, which says where requests come from.
async fn behind_a_proxy(place: Place) -> App {
    App::with(place, |config| config.trusted_proxies = "127.0.0.0/8".parse().expect("a network")).await
}

async fn guess_guest(caller: &Caller, n: u32) -> Answer {
    let login = json!({ "telp": tests::tamu(n)["telp"], "password": "salah sekali" });
    caller.post("/api/auth/tamu", login).await
}

async fn whoever_guesses_shuts_nobody_out_elsewhere(place: Place) {
    let app = behind_a_proxy(place).await;
    let (thief, owner) = (app.nobody().from_address("203.0.113.9"), app.nobody().from_address("10.1.0.1"));
    for n in 0..11 {
        let status = try_login(&thief, ADMIN.email, "salah sekali").await.status;
        assert_eq!(status, if n < 5 { 401 } else { 429 }, "guess {n}");
    }
    try_login(&owner, ADMIN.email, PASSWORD).await.expect(200);
    try_login(&thief, ADMIN.email, PASSWORD).await.problem(429, "terlalu_sering");
    // The owner's login does not open the door again for the guesser.
    try_login(&thief, ADMIN.email, "salah sekali").await.problem(429, "terlalu_sering");
}

async fn what_others_get_wrong_behind_a_shared_address_costs_nobody_a_mistake(place: Place) {
    let app = App::start(place).await;
    for n in 0..41 {
        let email = format!("guru{n}@sekolah.example");
        try_login(&app.nobody(), &email, "salah sekali").await.problem(401, "kredensial_salah");
    }
    try_login(&app.nobody(), GURU.email, "salah ketik").await.problem(401, "kredensial_salah");
    let before = app.clock.uptime();
    try_login(&app.nobody(), GURU.email, PASSWORD).await.expect(200);
    let waited = app.clock.uptime() - before;
    assert!(waited.as_secs() <= 3, "the right password waited {waited:?}");
    app.clock.advance(Duration::hours(2));
    let before = app.clock.uptime();
    try_login(&app.nobody(), "guru50@sekolah.example", "x").await.problem(401, "kredensial_salah");
    assert_eq!(app.clock.uptime(), before, "what failed is forgotten by and by");
}

async fn one_guess_at_each_of_eighty_guests_takes_minutes_and_a_right_password_there_seconds(place: Place) {
    let app = behind_a_proxy(place).await;
    let before = app.clock.uptime();
    for n in 0..80 {
        guess_guest(&app.nobody(), n).await.problem(401, "kredensial_salah");
    }
    let guessed_in = app.clock.uptime() - before;
    assert!(guessed_in.as_secs() >= 180, "80 guesses took {guessed_in:?}");
    let before = app.clock.uptime();
    try_login(&app.nobody(), DESK.email, PASSWORD).await.expect(200);
    let waited = app.clock.uptime() - before;
    assert!(waited.as_secs() <= 3, "the right password waited {waited:?}");
    let elsewhere = app.nobody().from_address("198.51.100.7");
    let before = app.clock.uptime();
    guess_guest(&elsewhere, 81).await.problem(401, "kredensial_salah");
    assert_eq!(app.clock.uptime(), before, "another address pays nothing for it");
}

async fn guessing_from_many_addresses_is_slowed_down_and_the_owners_device_is_not(place: Place) {
    let app = behind_a_proxy(place).await;
    let owner = known_device(&app, ADMIN.email).await;
    let thief = |n: usize| app.nobody().from_address(&format!("203.0.113.{n}"));
    let before = app.clock.uptime();
    for n in 0..60 {
        try_login(&thief(n), ADMIN.email, "salah sekali").await.problem(401, "kredensial_salah");
    }
    let guessed_in = app.clock.uptime() - before;
    assert!(guessed_in.as_secs() >= 180, "60 guesses took {guessed_in:?}");
    // A place that has failed before is sent away. Another is let in, however many others guess.
    for n in 0..60 {
        let answer = try_login(&thief(n), ADMIN.email, "salah sekali").await;
        let wait: u64 = answer.header("retry-after").parse().expect("Retry-After in seconds");
        assert!((1..=60).contains(&wait), "{wait} seconds");
        answer.problem(429, "terlalu_sering");
    }
    let before = app.clock.uptime();
    try_login(&app.nobody().from_address("198.51.100.7"), ADMIN.email, PASSWORD).await.expect(200);
    let waited = app.clock.uptime() - before;
    assert!(waited.as_secs() <= 8, "the right password waited {waited:?}");
    let before = app.clock.uptime();
    try_login(&owner, ADMIN.email, PASSWORD).await.expect(200);
    assert_eq!(app.clock.uptime(), before, "the owner's device waits for nobody");
    try_login(&app.nobody(), GURU.email, PASSWORD).await.expect(200);
}

async fn a_known_device_answers_for_its_own_failures_only(place: Place) {
    let app = App::start(place).await;
    let owner = known_device(&app, GURU.email).await;
    for _ in 0..6 {
        try_login(&app.nobody(), GURU.email, "salah sekali").await;
    }
    try_login(&app.nobody(), GURU.email, PASSWORD).await.problem(429, "terlalu_sering");
    try_login(&owner, GURU.email, PASSWORD).await.expect(200);
    for _ in 0..5 {
        try_login(&owner, GURU.email, "salah sekali").await.problem(401, "kredensial_salah");
    }
    try_login(&owner, GURU.email, PASSWORD).await.problem(429, "terlalu_sering");
    try_login(&known_device(&app, DESK.email).await, DESK.email, PASSWORD).await.expect(200);
}

async fn a_device_is_known_to_the_account_that_signed_in_from_it_and_no_other(place: Place) {
    let app = App::start(place).await;
    let thief = known_device(&app, GURU.email).await;
    for _ in 0..5 {
        try_login(&app.nobody(), ADMIN.email, "salah sekali").await.problem(401, "kredensial_salah");
    }
    let answer = try_login(&thief, ADMIN.email, PASSWORD).await;
    answer.problem(429, "terlalu_sering");
    app.clock.advance(Duration::minutes(15));
    let login = try_login(&thief, ADMIN.email, PASSWORD).await;
    assert_eq!(login.status, 200, "{}", login.text());
    let cookie = |answer: &Answer| answer.header("set-cookie").to_owned();
    assert!(cookie(&login).contains("HttpOnly") && cookie(&login).contains("SameSite=Strict"));
    // The desk's PC has one identity, whoever signs in there.
    assert_eq!(cookie(&login), cookie(&try_login(&thief, GURU.email, PASSWORD).await));
    for _ in 0..5 {
        try_login(&app.nobody(), ADMIN.email, "salah sekali").await.problem(401, "kredensial_salah");
    }
    try_login(&thief, ADMIN.email, PASSWORD).await.expect(200);
}

async fn the_schools_own_programs_are_known_too(place: Place) {
    let app = App::start(place).await;
    let address = app.server().url().parse().expect("an address");
    let program = client::Client::connect(address, client::TokenStore::memory()).await.expect("a client");
    program.login(GURU.email, PASSWORD).await.expect("the login");
    for _ in 0..5 {
        try_login(&app.nobody(), GURU.email, "salah sekali").await.problem(401, "kredensial_salah");
    }
    try_login(&app.nobody(), GURU.email, PASSWORD).await.problem(429, "terlalu_sering");
    program.logout().await.expect("the logout");
    program.login(GURU.email, PASSWORD).await.expect("the next login");
}

async fn three_hundred_invented_logins_keep_no_known_device_waiting(place: Place) {
    // Hashing takes its usual time.
    let app = App::with(place, |config| config.bcrypt_cost = 10).await;
    let desk = known_device(&app, DESK.email).await;
    let invented: Vec<_> = (0..300)
        .map(|n| {
            let nobody = app.nobody();
            let email = format!("karangan{n}@sekolah.example");
            tokio::spawn(async move { try_login(&nobody, &email, "salah sekali").await })
        })
        .collect();
    try_login(&desk, DESK.email, PASSWORD).await.expect(200);
    let (mut looked_at, mut sent_away) = (0, 0);
    for answer in invented {
        let answer = answer.await.unwrap();
        match answer.status {
            401 => looked_at += 1,
            429 | 503 => {
                assert_ne!(answer.header("retry-after"), "", "{}", answer.text());
                answer.any_problem();
                sent_away += 1;
            }
            status => panic!("{status}: {}", answer.text()),
        }
    }
    assert!(looked_at >= 1 && sent_away >= 200, "{looked_at} were looked at, {sent_away} sent away");
    try_login(&desk, DESK.email, PASSWORD).await.expect(200);
}

async fn a_login_outlives_no_change_of_password(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let logins: Vec<_> = (0..12)
        .map(|_| {
            let nobody = app.nobody();
            tokio::spawn(async move { try_login(&nobody, GURU.email, PASSWORD).await })
        })
        .collect();
    let change = json!({ "password_lama": PASSWORD, "password_baru": "kursi biru 8" });
    let changed = guru.put("/api/auth/change-password", change).await.expect(200);
    for login in logins {
        let login = login.await.unwrap();
        let body: Value = serde_json::from_slice(&login.bytes).unwrap();
        match login.status {
            200 => {
                assert!(!is_signed_in(&app.nobody().with_login(body)).await, "the old password still opens")
            }
            // After the change it is a wrong password, and after a few of those one waits.
            status => assert!([401, 429].contains(&status), "{body}"),
        }
    }
    assert!(is_signed_in(&guru.with_login(changed)).await);
}
