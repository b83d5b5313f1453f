//! The words of messages: two admins who change them at the same time.

use serde_json::{Value, json};
use tests::{App, Caller, Place};

journeys![of_two_admins_the_second_one_is_told, what_is_far_too_long_is_refused_by_its_length,];

const PATH: &str = "/api/template/undangan/id";

async fn find(admin: &Caller) -> Value {
    let list = admin.get("/api/template").await.expect(200);
    let mut rows = list["data"].as_array().expect("a list").iter();
    rows.find(|row| row["jenis"] == "undangan" && row["bahasa"] == "id").expect("an invitation").clone()
}

fn words(row: &Value, subjek: &str, versi: &Value) -> Value {
    json!({ "subjek": subjek, "isi": row["isi"], "versi": versi })
}

async fn of_two_admins_the_second_one_is_told(place: Place) {
    let app = App::start(place).await;
    let (one, two) = (app.admin().await, app.admin().await);
    let row = find(&one).await;
    let first = one.put(PATH, words(&row, "Undangan satu", &row["versi"])).await.expect(200);
    assert_eq!(first["subjek"], "Undangan satu");
    two.put(PATH, words(&row, "Undangan dua", &row["versi"])).await.problem(409, "versi_usang");
    assert_eq!(find(&two).await, first, "what the first one wrote stands");
    // The same once more is no change, whatever it started from.
    let again = two.put(PATH, words(&row, "Undangan satu", &row["versi"])).await.expect(200);
    assert_eq!(again, first);
    let second = two.put(PATH, words(&row, "Undangan dua", &first["versi"])).await.expect(200);
    assert_ne!(second["versi"], first["versi"]);
    // Who names no version writes over whatever there is.
    let last = one.put(PATH, json!({ "subjek": "Undangan tiga", "isi": row["isi"] })).await.expect(200);
    assert_eq!(last["subjek"], "Undangan tiga");
    assert_eq!(one.delete(PATH).await.expect(200)["bawaan"], true);
}

async fn what_is_far_too_long_is_refused_by_its_length(place: Place) {
    let app = App::start(place).await;
    let (admin, guru, desk) = (app.admin().await, app.guru().await, app.desk().await);
    let long = "a".repeat(900_000);
    let nobody = app.nobody();
    let login = json!({ "email": long, "password": "x" });
    // A name of no account is told like any wrong one.
    nobody.post("/api/auth/login", login).await.problem(401, "kredensial_salah");
    admin.put(PATH, json!({ "subjek": long, "isi": "x" })).await.wrong_fields(&["isi", "subjek"]);
    desk.post("/api/tamu", json!({ "nama": long, "telp": "0812 0000 0001" })).await.wrong_fields(&["nama"]);
    let mut several = tests::invitation(1, "10:00");
    several["tamu_lain"] = (0..10_000).map(|_| json!({ "nama": "" })).collect();
    guru.post("/api/appointments", several).await.wrong_fields(&["tamu_lain"]);
}
