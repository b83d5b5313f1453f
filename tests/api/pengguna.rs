//! Users. Admins keep them, and there is always an admin.

use serde_json::{Value, json};
use tests::{ADMIN, App, Caller, GURU, OTHER_GURU, PASSWORD, Place, invite};

journeys![
    added_found_changed_and_deleted,
    an_address_belongs_to_one_user,
    the_last_admin_stays,
    an_admin_who_never_signed_in_does_not_hold_a_school,
    two_admins_who_delete_each_other_at_once_leave_one,
    a_user_with_history_is_only_deactivated,
    a_reset_password_is_temporary_and_ends_every_session,
    a_list_is_filtered_sorted_and_tells_of_sign_ins,
    sessions_are_listed_and_ended_with_their_sockets,
    a_locked_user_is_shown_and_unlocked,
    a_user_without_an_address_signs_in_with_a_number,
    an_admin_finds_users_by_their_numbers,
];

fn dewi() -> Value {
    json!({
        "nama": " Dewi  Lestari ", "email": "Dewi@Sekolah.Example", "role": "Guru", "telp": "0812-3456-7890",
        "jabatan": "Bahasa Indonesia", "sapaan": "Bu",
    })
}

/// A second admin, who has signed in and taken a password of their own.
async fn second_admin(app: &App, admin: &Caller) {
    let sementara = invite_admin(admin).await;
    let second = app.nobody().login("Dewi@Sekolah.Example", &sementara).await;
    let change = json!({ "password_lama": sementara, "password_baru": "kursi biru 8" });
    second.put("/api/auth/change-password", change).await.expect(200);
}

/// The first password of a second admin, who has not signed in yet.
async fn invite_admin(admin: &Caller) -> String {
    let mut second = dewi();
    second["role"] = json!("Admin");
    let made = admin.post("/api/users", second).await.expect(201);
    made["password_sementara"].as_str().expect("a password").to_owned()
}

fn names(list: &Value) -> Vec<&str> {
    list["data"].as_array().expect("a list").iter().filter_map(|row| row["nama"].as_str()).collect()
}

async fn added_found_changed_and_deleted(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let made = admin.post("/api/users", dewi()).await.expect(201);
    let user = &made["pengguna"];
    assert_eq!(
        *user,
        json!({
            "id": 5, "nama": "Dewi Lestari", "sapaan": "Bu", "jabatan": "Bahasa Indonesia",
            "email": "dewi@sekolah.example", "telp": "+6281234567890", "role": "Guru",
            "wajib_ganti_password": true, "aktif": true, "unit": false, "anggota": [],
            "dibuat_pada": "2026-11-23T02:00:00Z",
        })
    );
    assert_eq!(made["password_sementara"].as_str().map(str::len), Some(12));
    for (query, expected) in [
        ("q=lestari", vec!["Dewi Lestari"]),
        ("q=bahasa", vec!["Dewi Lestari"]),
        ("q=dewi@", vec!["Dewi Lestari"]),
        ("role=Guru&ukuran=2", vec!["Agus Setiawan", "Dewi Lestari"]),
        ("role=Penerima%20Tamu", vec!["Sari Puspita"]),
    ] {
        let list = admin.get(&format!("/api/users?{query}")).await.expect(200);
        assert_eq!(names(&list), expected, "{query}");
    }
    let guru = app.desk().await.get("/api/guru?q=dewi").await.expect(200);
    let shown = json!({
        "id": 5, "nama": "Dewi Lestari", "sapaan": "Bu", "jabatan": "Bahasa Indonesia", "telp": "+6281234567890",
        "online": false, "unit": false, "anggota": [],
    });
    assert_eq!(guru["data"], json!([shown]), "the desk can call a guru who is not connected");
    let guru = app.guru().await.get("/api/guru?q=dewi").await.expect(200);
    assert_eq!(guru["data"][0].get("telp"), None, "a colleague needs no number");
    admin.put("/api/users/5", json!({ "sapaan": "Ibu" })).await.wrong_fields(&["sapaan"]);
    let change =
        json!({ "nama": "Dewi L.", "sapaan": "", "jabatan": "", "telp": "", "email": "dl@sekolah.example" });
    let changed = admin.put("/api/users/5", change).await.expect(200);
    assert_eq!((&changed["jabatan"], &changed["telp"]), (&Value::Null, &Value::Null), "{changed}");
    assert_eq!(changed["sapaan"], Value::Null);
    assert_eq!((&changed["nama"], &changed["role"]), (&json!("Dewi L."), &json!("Guru")));
    admin.delete("/api/users/5").await.expect(204);
    assert_eq!(admin.get("/api/users?q=dewi").await.expect(200)["total"], 0, "gone without history");
    admin.delete("/api/users/5").await.problem(404, "tidak_ditemukan");
    admin.put("/api/users/5", json!({ "nama": "x" })).await.problem(404, "tidak_ditemukan");
}

async fn an_address_belongs_to_one_user(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let before = app.dump().await;
    let mut taken = dewi();
    taken["email"] = json!(GURU.email.to_uppercase());
    let problem = admin.post("/api/users", taken).await.problem(409, "sudah_ada");
    assert!(problem.errors.contains_key("email"), "{problem:?}");
    let path = format!("/api/users/{}", OTHER_GURU.id());
    admin.put(&path, json!({ "email": GURU.email })).await.problem(409, "sudah_ada");
    assert_eq!(app.dump().await, before);
}

async fn the_last_admin_stays(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let path = format!("/api/users/{}", ADMIN.id());
    let before = app.dump().await;
    admin.delete(&path).await.problem(409, "admin_terakhir");
    admin.put(&path, json!({ "aktif": false })).await.problem(409, "admin_terakhir");
    admin.put(&path, json!({ "role": "Guru" })).await.problem(409, "admin_terakhir");
    assert_eq!(app.dump().await, before);
    admin.get("/api/users").await.expect(200);
    second_admin(&app, &admin).await;
    admin.delete(&path).await.expect(204);
    admin.get("/api/users").await.problem(401, "belum_masuk");
}

async fn an_admin_who_never_signed_in_does_not_hold_a_school(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    invite_admin(&admin).await;
    let path = format!("/api/users/{}", ADMIN.id());
    admin.delete(&path).await.problem(409, "admin_terakhir");
    admin.put(&path, json!({ "role": "Guru" })).await.problem(409, "admin_terakhir");
    admin.delete("/api/users/5").await.expect(204);
}

async fn two_admins_who_delete_each_other_at_once_leave_one(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    second_admin(&app, &admin).await;
    let delete = |id: i64| {
        let admin = admin.clone();
        tokio::spawn(async move { admin.delete(&format!("/api/users/{id}")).await.status })
    };
    let (other, own) = (delete(5), delete(ADMIN.id().0));
    let statuses = (other.await.expect("an answer"), own.await.expect("an answer"));
    let rows = app.dump().await;
    let admins = rows.iter().filter(|row| row.starts_with("pengguna ") && row.contains("| Admin |"));
    assert_eq!(admins.count(), 1, "{statuses:?}");
}

async fn a_user_with_history_is_only_deactivated(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    let invited = invite(&guru, 1, "10:00").await;
    let socket = guru.subscribe().await;
    admin.delete(&format!("/api/users/{}", GURU.id())).await.expect(204);
    assert_eq!(socket.closed().await.1, "sesi_dicabut");
    let kept = admin.get("/api/users?q=ratna").await.expect(200);
    assert_eq!(kept["data"][0]["aktif"], false, "{kept}");
    let row = admin.get(&format!("/api/appointments/{}", invited["id"])).await.expect(200);
    assert_eq!(row["nama_guru"], GURU.nama);
    let login = json!({ "email": GURU.email, "password": PASSWORD });
    app.nobody().post("/api/auth/login", login).await.problem(401, "kredensial_salah");
    let shown = admin.get("/api/guru").await.expect(200);
    assert_eq!(names(&shown), [OTHER_GURU.nama], "who cannot be visited is not offered");
}

async fn a_reset_password_is_temporary_and_ends_every_session(place: Place) {
    let app = App::start(place).await;
    let (admin, guru) = (app.admin().await, app.guru().await);
    let socket = guru.subscribe().await;
    let path = format!("/api/users/{}/reset-password", GURU.id());
    let given = admin.post(&path, json!({})).await.expect(200);
    assert_eq!(socket.closed().await.1, "sesi_dicabut");
    guru.get("/api/auth/me").await.problem(401, "belum_masuk");
    let sementara = given["password_sementara"].as_str().expect("a password");
    let again = app.nobody().login(GURU.email, sementara).await;
    again.get("/api/appointments").await.problem(403, "wajib_ganti_password");
}

async fn a_list_is_filtered_sorted_and_tells_of_sign_ins(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    admin.put(&format!("/api/users/{}", OTHER_GURU.id()), json!({ "aktif": false })).await.expect(200);
    let list = |query: &str| {
        let path = format!("/api/users?{query}");
        let admin = admin.clone();
        async move { admin.get(&path).await.expect(200) }
    };
    assert_eq!(names(&list("aktif=false").await), [OTHER_GURU.nama]);
    assert_eq!(list("aktif=true").await["total"], 3);
    assert_eq!(names(&list("urut=-nama&ukuran=1").await), ["Sari Puspita"]);
    let by_sign_in = list("urut=-login").await;
    assert_eq!(by_sign_in["data"][0]["nama"], ADMIN.nama);
    assert_eq!(by_sign_in["data"][0]["login_terakhir"], "2026-11-23T02:00:00Z");
    assert_eq!(by_sign_in["data"][3]["login_terakhir"], Value::Null);
    admin.get("/api/users?urut=umur").await.wrong_fields(&["urut"]);
    let numbers = json!({ "nuptk": "3352 7616 6220 0013", "nip": "1", "tugas_tambahan": "" });
    let path = format!("/api/users/{}", GURU.id());
    admin.put(&path, numbers).await.wrong_fields(&["nip"]);
    admin.put(&path, json!({ "nuptk": "3352 7616 6220 0013" })).await.expect(200);
    assert_eq!(list("q=ratna").await["data"][0]["nuptk"], "3352761662200013");
    let other = format!("/api/users/{}", OTHER_GURU.id());
    let problem = admin.put(&other, json!({ "nuptk": "3352761662200013" })).await.problem(409, "sudah_ada");
    assert!(problem.errors.contains_key("nuptk"), "{problem:?}");
}

async fn sessions_are_listed_and_ended_with_their_sockets(place: Place) {
    let app = App::start(place).await;
    let (admin, here, there) = (app.admin().await, app.guru().await, app.guru().await);
    let (socket, other) = (here.subscribe().await, there.subscribe().await);
    let path = format!("/api/users/{}/sesi", GURU.id());
    let listed = admin.get(&path).await.expect(200);
    let rows = listed["data"].as_array().expect("sessions");
    assert_eq!(rows.len(), 2, "{listed}");
    assert!(rows.iter().all(|row| row["sendiri"] == false));
    let own = admin.get(&format!("/api/users/{}/sesi", ADMIN.id())).await.expect(200);
    assert_eq!(own["data"][0]["sendiri"], true);
    let one = format!("{path}/{}", rows[0]["id"].as_str().expect("an identity"));
    let of_another = one.replace(&format!("/{}/", GURU.id()), &format!("/{}/", ADMIN.id()));
    admin.delete(&of_another).await.problem(404, "tidak_ditemukan");
    admin.delete(&one).await.expect(204);
    admin.delete(&one).await.problem(404, "tidak_ditemukan");
    assert_eq!(admin.get(&path).await.expect(200)["data"].as_array().map(Vec::len), Some(1));
    admin.delete(&path).await.expect(204);
    assert_eq!(socket.closed().await.1, "sesi_dicabut");
    assert_eq!(other.closed().await.1, "sesi_dicabut");
    here.get("/api/auth/me").await.problem(401, "belum_masuk");
    admin.get("/api/users/999999/sesi").await.problem(404, "tidak_ditemukan");
}

async fn a_locked_user_is_shown_and_unlocked(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let wrong = json!({ "email": GURU.email, "password": "salah sama sekali" });
    for _ in 0..7 {
        app.nobody().post("/api/auth/login", wrong.clone()).await;
    }
    let right = json!({ "email": GURU.email, "password": PASSWORD });
    app.nobody().post("/api/auth/login", right.clone()).await.problem(429, "terlalu_sering");
    let shown = admin.get("/api/users?q=ratna").await.expect(200);
    assert!(shown["data"][0]["terkunci_sampai"].is_string(), "{shown}");
    admin.post(&format!("/api/users/{}/unlock", GURU.id()), json!({})).await.expect(204);
    let shown = admin.get("/api/users?q=ratna").await.expect(200);
    assert_eq!(shown["data"][0]["terkunci_sampai"], Value::Null);
    app.nobody().post("/api/auth/login", right).await.expect(200);
    admin.post("/api/users/999999/unlock", json!({})).await.problem(404, "tidak_ditemukan");
}

const NUPTK: &str = "3352761662200013";
const NIP: &str = "198503152010012003";

async fn a_user_without_an_address_signs_in_with_a_number(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let new = json!({ "nama": "Wayan Sudarma", "role": "Guru", "nuptk": "3352 7616 6220 0013", "email": "" });
    let made = admin.post("/api/users", new.clone()).await.expect(201);
    let password = made["password_sementara"].as_str().expect("a password");
    app.nobody().login("3352-7616-6220-0013", password).await;
    let listed = admin.get("/api/users?q=wayan").await.expect(200);
    assert_eq!((&listed["data"][0]["nuptk"], &listed["data"][0]["nip"]), (&json!(NUPTK), &Value::Null));
    let pesan = admin.get("/api/pesan").await.expect(200);
    assert_eq!(pesan["total"], 0, "nobody can be written to: {pesan}");
    let told = admin.get("/api/audit?aksi=buat&objek=pengguna").await.expect(200);
    let sesudah = &told["data"][0]["sesudah"];
    assert_eq!((&sesudah["nuptk"], &sesudah["email"]), (&json!("…0013"), &Value::Null), "{told}");
    assert!(told["data"][0]["id_objek"].is_i64());
    let problem = admin.post("/api/users", new).await.problem(409, "sudah_ada");
    assert!(problem.errors.keys().all(|field| field == "email" || field == "nuptk"), "{problem:?}");
    let by_nip = json!({ "nama": "Komang Ayu", "role": "Guru", "nip": NIP, "tugas_tambahan": "Wali kelas" });
    let by_nip = admin.post("/api/users", by_nip).await.expect(201);
    let password = by_nip["password_sementara"].as_str().expect("a password");
    app.nobody().login(NIP, password).await;
    // The number was mistyped.
    let path = format!("/api/users/{}", by_nip["pengguna"]["id"]);
    admin.put(&path, json!({ "nip": "198503152010012004" })).await.expect(200);
    app.nobody().login("198503152010012004", password).await;
    for (body, field) in [
        (json!({ "nama": "Dewi", "role": "Guru" }), "email"),
        (json!({ "nama": "Dewi", "role": "Guru", "email": " ", "nuptk": "" }), "email"),
        (json!({ "nama": "Dewi", "role": "Guru", "nuptk": "123" }), "nuptk"),
        (json!({ "nama": "Dewi", "role": "Guru", "email": "dewi", "nip": NIP }), "email"),
    ] {
        admin.post("/api/users", body).await.wrong_fields(&[field]);
    }
}

async fn an_admin_finds_users_by_their_numbers(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let path = format!("/api/users/{}", GURU.id());
    admin.put(&path, json!({ "nuptk": NUPTK, "nip": NIP })).await.expect(200);
    for (q, found) in [
        (NUPTK, 1),
        ("3352 7616", 1),
        ("0013", 1),
        ("19850315 201001 2 003", 1),
        ("198503152010012003", 1),
        ("99998888", 0),
        ("001", 0),
    ] {
        let list = admin.get(&format!("/api/users?q={}", q.replace(' ', "%20"))).await.expect(200);
        assert_eq!(list["total"], found, "{q}");
    }
    let colleague = app.other_guru().await.get("/api/guru?q=3352").await.expect(200);
    assert_eq!(colleague["total"], 0, "a colleague does not learn a number by trying");
}
