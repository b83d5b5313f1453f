//! One damaged row. It is shown as damaged, and the other rows, today's list and alerts still work.

#![allow(clippy::print_stderr, reason = "a test that fails names the field")]

use rusqlite::Connection;
use serde_json::{Value, json};
use tests::{App, GURU, MssqlDatabase, NO_MSSQL, Place, invite, skip, walk_in};

const RUSAK: &str = "(data rusak)";

journeys![
    one_flipped_bit_in_a_number_stops_nobody,
    what_cannot_be_decided_by_is_not_moved,
    a_user_whose_rights_cannot_be_read_has_none,
    who_is_named_wrongly_is_shown_and_not_moved,
];

/// Rules of SQL Server that would keep out the damages here.
const RULES: [(&str, &str); 11] = [
    ("pengguna", "ck_pengguna_role"),
    ("pengguna", "ck_pengguna_sapaan"),
    ("janji_temu", "ck_janji_temu_jenis"),
    ("janji_temu", "ck_janji_temu_status"),
    ("janji_temu", "ck_janji_temu_durasi"),
    ("janji_temu", "ck_janji_temu_rating"),
    ("janji_temu", "ck_janji_temu_jumlah_orang"),
    ("janji_temu", "ck_janji_temu_tanggapan_jenis"),
    ("janji_temu", "ck_janji_temu_tanggapan_menit"),
    ("janji_temu", "fk_janji_temu_guru"),
    ("janji_temu", "fk_janji_temu_tamu"),
];

/// Damages rows as a failing disk would, which no rule keeps out.
async fn damage_on(place: Place, app: &App, sql: &str) {
    match place {
        Place::Sqlite => damage(app, sql),
        Place::Mssql => {
            for (table, rule) in RULES {
                // It may be gone by now.
                let is_there = format!("SELECT name FROM sys.objects WHERE name = N'{rule}'");
                if !app.database().rows(&is_there).await.is_empty() {
                    let drop = format!("ALTER TABLE dbo.{table} DROP CONSTRAINT {rule}");
                    app.database().rows(&drop).await;
                }
            }
            app.database().rows(sql).await;
        }
    }
}

/// The same for a file.
fn damage(app: &App, sql: &str) {
    let conn = Connection::open(app.folder().join("bukutamu.db")).expect("the database");
    conn.execute_batch("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;").expect("no rules");
    conn.execute_batch(sql).expect(sql);
}

fn row(list: &Value, id: i64) -> &Value {
    let rows = list["data"].as_array().expect("a list");
    rows.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("{id} is not shown: {list}"))
}

/// Everything that shows rows. All of it must answer.
async fn everything_answers(app: &App) {
    let (guru, desk, admin) = (app.guru().await, app.desk().await, app.admin().await);
    for path in ["/api/appointments", "/api/appointments/today", "/api/tamu", "/api/dashboard", "/api/guru"] {
        desk.get(path).await.expect(200);
    }
    for path in
        ["/api/users", "/api/ulasan", "/api/ulasan/ringkasan", "/api/reports/daily", "/api/reports/monthly"]
    {
        admin.get(path).await.expect(200);
    }
    for path in ["/api/notifications", "/api/notifications?belum_dibaca=true", "/api/appointments/today"] {
        guru.get(path).await.expect(200);
    }
    guru.subscribe().await;
    app.nobody().get("/readyz").await.expect(200);
}

async fn one_flipped_bit_in_a_number_stops_nobody(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let here = desk.post("/api/appointments/walk-in", walk_in(1, &GURU)).await.expect(201);
    let sound = invite(&guru, 2, "10:00").await;
    let invited = invite(&guru, 1, "11:00").await;
    // The last bytes are the seal over all others.
    let flip = match place {
        Place::Sqlite => {
            "UPDATE tamu SET telp = CAST(substr(telp, 1, length(telp) - 2) || x'0001' AS BLOB) WHERE id = 1"
        }
        Place::Mssql => {
            "UPDATE tamu SET telp = CAST(SUBSTRING(telp, 1, DATALENGTH(telp) - 2) AS VARBINARY(100)) \
             + CAST(0x0001 AS VARBINARY(2)) WHERE id = 1"
        }
    };
    damage_on(place, &app, flip).await;
    everything_answers(&app).await;

    let today = desk.get("/api/appointments/today").await.expect(200);
    let shown = row(&today, here["id"].as_i64().unwrap());
    assert_eq!((&shown["rusak"], &shown["telp"]), (&json!(true), &Value::Null), "{shown}");
    assert_eq!(shown["nama_tamu"], "Tamu Nomor 1", "what can be read is shown");
    assert_eq!(
        row(&today, sound["id"].as_i64().unwrap())["rusak"],
        Value::Null,
        "a sound one says nothing of it"
    );
    assert_eq!(row(&desk.get("/api/tamu").await.expect(200), 1)["rusak"], true);
    let mut socket = guru.open_socket().await;
    socket.authenticate(guru.token()).await;
    let ready = socket.expect_ready().await;
    assert_eq!(
        (&ready["belum_dibaca"][0]["id"], &ready["belum_dibaca"][0]["rusak"]),
        (&here["id"], &json!(true))
    );
    assert_eq!(desk.scan(&invited["kode_qr"]).await.expect(200)["hasil"], "datang", "the guest is let in");
    let figures = app.admin().await.get("/metrics").await.text();
    assert!(figures.contains("bukutamu_damaged_rows_total{table=\"tamu\"}"), "{figures}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn any_damaged_field_is_stood_in_for() {
    const TEXT: &str = "CAST(x'4dff' AS TEXT)";
    let far = "9000000000000000000";
    for (table, column, value) in [
        ("tamu", "nama", TEXT),
        ("tamu", "telp", "zeroblob(3)"),
        ("tamu", "telp_indeks", "zeroblob(32)"),
        ("tamu", "email", TEXT),
        ("tamu", "kode_qr", TEXT),
        ("tamu", "dibuat_pada", far),
        ("janji_temu", "keperluan", TEXT),
        ("janji_temu", "status", "'menungguu'"),
        ("janji_temu", "status", TEXT),
        ("janji_temu", "jenis", "'jantji'"),
        ("janji_temu", "durasi_menit", "70000"),
        ("janji_temu", "jumlah_orang", "-5"),
        ("janji_temu", "kode_qr", TEXT),
        ("janji_temu", "versi", far),
        ("janji_temu", "waktu_datang", far),
        ("janji_temu", "waktu_mulai", far),
        ("janji_temu", "terlambat", far),
        ("janji_temu", "tanggapan", TEXT),
        ("janji_temu", "tanggapan_jenis", "'entah'"),
        ("janji_temu", "rating", "900"),
        ("janji_temu", "dibuat_pada", far),
        ("pengguna", "nama", TEXT),
        ("pengguna", "jabatan", TEXT),
        ("pengguna", "telp", "'delapan'"),
        ("pengguna", "sapaan", "'Paduka'"),
        ("pengguna", "dibuat_pada", far),
        ("sistem_setelan", "nilai", TEXT),
        ("sistem_setelan", "nilai", "'{'"),
    ] {
        let app = App::start(Place::Sqlite).await;
        app.desk().await.post("/api/appointments/walk-in", walk_in(1, &GURU)).await.expect(201);
        damage(&app, &format!("UPDATE {table} SET {column} = {value}"));
        eprintln!("{table}.{column} = {value}");
        everything_answers(&app).await;
    }
}

/// What a column of SQL Server takes. The damages stay and add up.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn any_damaged_field_on_sql_server_is_stood_in_for() {
    if !MssqlDatabase::is_named() {
        return skip(NO_MSSQL);
    }
    let app = App::start(Place::Mssql).await;
    app.desk().await.post("/api/appointments/walk-in", walk_in(1, &GURU)).await.expect(201);
    for (table, column, value) in [
        ("tamu", "telp", "0x000102"),
        ("tamu", "telp_indeks", "CAST(id AS varbinary(32))"),
        ("tamu", "dibuat_pada", "'0001-01-01'"),
        ("janji_temu", "durasi_menit", "70000"),
        ("janji_temu", "jumlah_orang", "-5"),
        ("janji_temu", "versi", "-1"),
        ("janji_temu", "waktu_mulai", "'9999-12-31'"),
        ("janji_temu", "tanggapan_jenis", "'entah'"),
        ("janji_temu", "tanggapan_menit", "-1"),
        ("janji_temu", "rating", "900"),
        ("janji_temu", "jenis", "'jantji'"),
        ("janji_temu", "status", "'menungguu'"),
        ("pengguna", "telp", "'delapan'"),
        ("pengguna", "sapaan", "'Paduka'"),
        ("sistem.setelan", "nilai", "'{'"),
    ] {
        damage_on(Place::Mssql, &app, &format!("UPDATE {table} SET {column} = {value}")).await;
        eprintln!("{table}.{column} = {value}");
        everything_answers(&app).await;
    }
    let today = app.desk().await.get("/api/appointments/today").await.expect(200);
    assert_eq!(today["data"][0]["rusak"], true, "{today}");
}

async fn what_cannot_be_decided_by_is_not_moved(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let damaged = invite(&guru, 1, "09:00").await;
    let sound = invite(&guru, 2, "10:00").await;
    damage_on(place, &app, "UPDATE janji_temu SET status = 'belux' WHERE id = 1").await;
    let before = app.dump().await;
    desk.scan(&damaged["kode_qr"]).await.problem(500, "data_rusak");
    let path = "/api/appointments/1";
    for status in ["menunggu", "batal", "selesai"] {
        desk.put(&format!("{path}/status"), json!({ "status": status })).await.problem(500, "data_rusak");
    }
    assert_eq!(app.dump().await, before);
    assert_eq!(desk.get(path).await.expect(200)["rusak"], true, "it is shown all the same");
    assert_eq!(desk.scan(&sound["kode_qr"]).await.expect(200)["hasil"], "datang");
    let report = app.admin().await.get("/api/reports/daily").await.expect(200);
    assert_eq!((&report["baris_rusak"], &report["jumlah_kunjungan"]), (&json!(1), &json!(1)), "{report}");
}

async fn a_user_whose_rights_cannot_be_read_has_none(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let sql = format!("UPDATE pengguna SET role = 'Adminn' WHERE id = {}", GURU.id().0);
    damage_on(place, &app, &sql).await;
    guru.get("/api/appointments/today").await.problem(401, "belum_masuk");
    let users = app.admin().await.get("/api/users").await.expect(200);
    let shown = row(&users, GURU.id().0);
    assert_eq!(
        (&shown["rusak"], &shown["aktif"], &shown["nama"]),
        (&json!(true), &json!(false), &json!(GURU.nama))
    );
    assert_ne!(shown["nama"], RUSAK);
}

async fn who_is_named_wrongly_is_shown_and_not_moved(place: Place) {
    for (column, name) in [("id_guru", "nama_guru"), ("id_tamu", "nama_tamu")] {
        let app = App::start(place).await;
        let desk = app.desk().await;
        let damaged = invite(&app.guru().await, 1, "09:00").await;
        damage_on(place, &app, &format!("UPDATE janji_temu SET {column} = 68")).await;
        everything_answers(&app).await;
        let today = desk.get("/api/appointments/today").await.expect(200);
        assert_eq!(today["total"], 1, "{column}: {today}");
        let shown = row(&today, damaged["id"].as_i64().unwrap());
        assert_eq!((&shown["rusak"], &shown[name]), (&json!(true), &json!(RUSAK)), "{column}: {shown}");
        assert_eq!(&desk.get("/api/appointments/1").await.expect(200), shown);
        desk.scan(&damaged["kode_qr"]).await.problem(500, "data_rusak");
    }
}
