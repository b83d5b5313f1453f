//! A desk while no server can be reached: it goes on by itself, and everything is entered later, each once.

mod alone;
mod conflicts;
mod told_later;

use chrono::Duration;
use domain::{IdJanjiTemu, IdTamu, token::Token};
use serde_json::{Value, json};
use tests::{App, Condition, GURU, Place, invite, kunci, tamu, walk_in};

use self::alone::Alone;

journeys![
    a_desk_keeps_what_it_needs_and_no_code,
    a_morning_without_a_server_is_entered_later_as_it_was,
    what_a_desk_cannot_tell_is_written_down_and_not_shown_as_recorded,
    a_desk_that_starts_anew_while_it_is_alone_goes_on,
    a_guest_without_an_appointment_is_received_and_led_on,
    an_answer_that_is_lost_counts_once,
    a_guru_hears_of_a_guest_while_only_the_database_is_away,
    a_database_that_is_away_is_as_good_as_no_server,
    a_desk_that_was_off_for_thirty_days_catches_up,
    what_waits_at_a_pc_that_is_replaced_goes_on_at_another,
];

/// The number of appointments that stand there on the server.
async fn count(app: &App, status: &str) -> usize {
    let listed = app.admin().await.get(&format!("/api/appointments?status={status}")).await.expect(200);
    listed["data"].as_array().unwrap().len()
}

async fn a_desk_keeps_what_it_needs_and_no_code(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let today = invite(&guru, 1, "09:00").await;
    let mut tomorrow = tests::invitation(2, "10:00");
    tomorrow["tanggal"] = json!("2026-11-24");
    let tomorrow = guru.post("/api/appointments", tomorrow).await.expect(201);
    let mut later = tests::invitation(3, "10:00");
    later["tanggal"] = json!("2026-11-25");
    guru.post("/api/appointments", later).await.expect(201);

    let answer = app.desk().await.get("/api/meja/bekal").await;
    let text = answer.text();
    let bekal = answer.expect(200);
    assert_eq!(bekal["hari"], json!(["2026-11-23", "2026-11-24"]));
    assert_eq!(bekal["pada"], "2026-11-23T02:00:00Z");
    let rows = bekal["janji_temu"].as_array().unwrap();
    assert_eq!(rows.iter().map(|row| &row["id"]).collect::<Vec<_>>(), [&today["id"], &tomorrow["id"]]);
    assert_eq!((&rows[0]["telp"], &rows[0]["kode_qr"]), (&Value::Null, &json!("")));
    assert_eq!(bekal["tamu"].as_array().unwrap().len(), 2);
    assert_eq!(bekal["tamu"][1]["telp_akhir"], "0001");
    let kode = today["kode_qr"].as_str().unwrap();
    assert!(!text.contains(kode) && !text.contains("+62"), "codes and numbers stay on the server: {text}");

    app.clock.set("2026-11-27T02:00:00Z");
    let bekal = app.desk().await.get("/api/meja/bekal").await.expect(200);
    assert_eq!(bekal["hari"], json!(["2026-11-27", "2026-11-28"]), "this school works on Saturdays");
}

async fn a_morning_without_a_server_is_entered_later_as_it_was(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let (first, second) = (invite(&guru, 1, "09:00").await, invite(&guru, 2, "09:30").await);
    let meja = Alone::at(&app).await;
    meja.line.set(Condition::Cut);

    let arrived = meja.scan(&first["kode_qr"], &kunci()).await.expect(200);
    assert_eq!(arrived["hasil"], "datang", "{arrived}");
    assert_eq!(arrived["appointment"]["status"], "menunggu");
    assert_eq!(arrived["guru_terhubung"], false, "somebody has to call the guru");
    assert_eq!(meja.standing().waiting, 1);
    assert_eq!(count(&app, "menunggu").await, 0, "the server knows nothing of it yet");

    app.clock.advance(Duration::minutes(10));
    let again = meja.scan(&first["kode_qr"], &kunci()).await.expect(200);
    assert_eq!(again["hasil"], "sudah_datang");
    assert_eq!(meja.standing().waiting, 1, "what changes nothing is not written down");

    let path = |row: &Value| format!("/api/appointments/{}/status", row["id"]);
    let left = meja.put(&path(&first), json!({ "status": "selesai" })).await.expect(200);
    assert_eq!(left["waktu_selesai"], "2026-11-23T02:10:00Z");
    app.clock.advance(Duration::minutes(50));
    assert_eq!(meja.scan(&second["kode_qr"], &kunci()).await.expect(200)["appointment"]["terlambat"], true);
    let corrected = json!({ "jumlah_orang": 3 });
    meja.put(&format!("/api/appointments/{}", second["id"]), corrected).await.expect(200);
    let today = meja.get("/api/appointments/today?halaman=1&ukuran=200").await.expect(200);
    assert_eq!(today["total"], 2);
    assert_eq!(today["data"][1]["jumlah_orang"], 3);
    assert_eq!(meja.standing().waiting, 4);

    app.clock.advance(Duration::hours(2));
    meja.line.set(Condition::Whole);
    assert_eq!(meja.desk.replay().await, 4);
    assert_eq!((meja.standing().waiting, meja.standing().unsettled), (0, 0));
    let admin = app.admin().await;
    let one = admin.get(&format!("/api/appointments/{}", first["id"])).await.expect(200);
    assert_eq!(one["status"], "selesai");
    assert_eq!(one["waktu_datang"], "2026-11-23T02:00:00Z");
    assert_eq!(one["waktu_selesai"], "2026-11-23T02:10:00Z");
    let other = admin.get(&format!("/api/appointments/{}", second["id"])).await.expect(200);
    assert_eq!((&other["waktu_datang"], &other["jumlah_orang"]), (&json!("2026-11-23T03:00:00Z"), &json!(3)));
    let audit = admin.get("/api/audit?objek=janji_temu&aksi=datang").await.expect(200);
    assert_eq!(audit["data"][0]["sesudah"]["terjadi_pada"], "2026-11-23T03:00:00Z", "{audit}");
    assert_eq!(audit["data"][0]["waktu"], "2026-11-23T05:00:00Z", "and when it was told");
    let journal = std::fs::read(meja.folder.path().join("jurnal")).unwrap();
    assert!(journal.is_empty(), "nothing of it is kept longer than it is needed");
}

async fn what_a_desk_cannot_tell_is_written_down_and_not_shown_as_recorded(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let known = invite(&guru, 1, "09:00").await;
    let meja = Alone::at(&app).await;
    // Made after the desk was told, and the line is gone.
    let unknown = invite(&guru, 2, "09:30").await;
    meja.line.set(Condition::Cut);

    meja.scan(&unknown["kode_qr"], "kunci-2").await.problem(503, "menunggu_sambungan");
    meja.scan(&unknown["kode_qr"], "kunci-2").await.problem(503, "menunggu_sambungan");
    assert_eq!(meja.standing().waiting, 1, "the same again is one entry");
    let code = known["kode_qr"].as_str().unwrap();
    let mut forged = code.to_owned();
    forged.replace_range(30..31, if &code[30..31] == "A" { "B" } else { "A" });
    meja.scan(&json!(forged), "kunci-3").await.problem(503, "menunggu_sambungan");
    meja.scan(&json!("https://sekolah.example/"), "kunci-4").await.problem(422, "format_tidak_valid");
    let id = IdJanjiTemu(known["id"].as_i64().unwrap());
    let renewed = app.sign(&Token::janji_temu(id, app.clock.now() + Duration::hours(1)));
    meja.scan(&json!(renewed), "kunci-5").await.problem(503, "menunggu_sambungan");

    app.clock.advance(Duration::minutes(30));
    meja.line.set(Condition::Whole);
    assert_eq!(meja.desk.replay().await, 3);
    let row = app.admin().await.get(&format!("/api/appointments/{}", unknown["id"])).await.expect(200);
    assert_eq!(row["waktu_datang"], "2026-11-23T02:00:00Z");
    assert_eq!(count(&app, "menunggu").await, 2);
    let [forged] = &meja.desk.unsettled()[..] else { panic!("{:?}", meja.desk.unsettled()) };
    assert_eq!(json!(forged.bentrok.alasan), json!({ "ditolak": "tanda_tangan_tidak_valid" }));
    meja.desk.settle(forged.nomor).await.unwrap();
    assert_eq!(meja.standing().unsettled, 0);
}

async fn a_desk_that_starts_anew_while_it_is_alone_goes_on(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let (first, second) = (invite(&guru, 1, "09:00").await, invite(&guru, 2, "09:30").await);
    let mut meja = Alone::at(&app).await;
    meja.line.set(Condition::Cut);
    meja.scan(&first["kode_qr"], &kunci()).await.expect(200);
    meja.start_again().await;
    assert_eq!(meja.standing().waiting, 1);
    assert_eq!(meja.desk.pengguna().unwrap().nama, tests::DESK.nama);
    let today = meja.get("/api/appointments/today?halaman=1&ukuran=1").await.expect(200);
    assert_eq!((&today["total"], &today["data"][0]["status"]), (&json!(2), &json!("menunggu")));
    let named = meja.get("/api/sekolah").await.expect(200);
    assert!(named["nama"].is_string() || named["nama_sekolah"].is_string(), "{named}");
    let guests = meja.get("/api/tamu/search?q=nomor%20tamu&ukuran=5").await.expect(200);
    assert_eq!((&guests["total"], &guests["data"][0]["telp"]), (&json!(2), &json!("•••• 0001")));
    assert_eq!(meja.get("/api/guru?q=ratna").await.expect(200)["total"], 1);
    assert_eq!(meja.scan(&second["kode_qr"], &kunci()).await.expect(200)["hasil"], "datang");
    meja.line.set(Condition::Whole);
    assert_eq!(meja.desk.replay().await, 2);
    assert_eq!(count(&app, "menunggu").await, 2);
}

async fn a_guest_without_an_appointment_is_received_and_led_on(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let known = desk.post("/api/appointments/walk-in", walk_in(7, &GURU)).await.expect(201);
    tests::put_status(&desk, &known, "selesai").await.expect(200);
    let meja = Alone::at(&app).await;
    meja.line.set(Condition::Cut);
    app.clock.advance(Duration::minutes(5));

    let permanent = app.sign(&Token::tamu(IdTamu(known["id_tamu"].as_i64().unwrap())));
    assert_eq!(meja.scan(&json!(permanent), &kunci()).await.expect(200)["hasil"], "sudah_selesai");
    let mut stranger = walk_in(8, &GURU);
    stranger["kunci"] = json!("langsung-8");
    let received = meja.post("/api/appointments/walk-in", stranger.clone()).await.expect(201);
    assert_eq!((&received["status"], &received["nama_tamu"]), (&json!("menunggu"), &tamu(8)["nama"]));
    assert!(received["id"].as_i64().unwrap() < 0, "the server has not named it yet");
    let same = meja.post("/api/appointments/walk-in", stranger).await.expect(201);
    assert_eq!(same["id"], received["id"]);
    let path = format!("/api/appointments/{}/status", received["id"]);
    app.clock.advance(Duration::minutes(20));
    meja.put(&path, json!({ "status": "sedang berlangsung" })).await.expect(200);
    meja.put(&path, json!({ "status": "belum" })).await.problem(409, "transisi_tidak_sah");
    let guest = format!("/api/tamu/{}", received["id_tamu"]);
    let corrected = meja.put(&guest, json!({ "nama": "Siti Aminah" })).await.expect(200);
    assert_eq!((&corrected["nama"], &corrected["telp"]), (&json!("Siti Aminah"), &Value::Null));
    let back = json!({ "id_tamu": known["id_tamu"], "keperluan": "Ambil rapor", "id_guru": GURU.id() });
    let back = meja.post("/api/appointments/walk-in", back).await.expect(201);
    assert_eq!(back["nama_tamu"], tamu(7)["nama"]);

    app.clock.advance(Duration::hours(1));
    meja.line.set(Condition::Whole);
    assert_eq!(meja.desk.replay().await, 4);
    assert_eq!(meja.desk.unsettled(), []);
    let listed = app.admin().await.get("/api/appointments?status=sedang%20berlangsung").await.expect(200);
    let row = &listed["data"][0];
    assert_eq!((&row["nama_tamu"], &row["jenis"]), (&json!("Siti Aminah"), &json!("langsung")));
    assert_eq!(row["waktu_datang"], "2026-11-23T02:05:00Z");
    assert_eq!(row["waktu_mulai"], "2026-11-23T02:25:00Z");
    let moved = meja.put(&path, json!({ "status": "selesai" })).await.expect(200);
    assert_eq!(moved["id"], row["id"], "a page that still knows its old name is understood");
}

async fn an_answer_that_is_lost_counts_once(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let mut meja = Alone::at(&app).await;
    let rows = [invite(&guru, 1, "09:00").await, invite(&guru, 2, "09:30").await];
    meja.desk.refresh().await.unwrap();
    meja.line.set(Condition::Cut);
    meja.scan(&rows[0]["kode_qr"], "pindai-1").await.expect(200);
    meja.scan(&rows[1]["kode_qr"], "pindai-2").await.expect(200);
    let mut stranger = walk_in(9, &GURU);
    stranger["kunci"] = json!("langsung-9");
    meja.post("/api/appointments/walk-in", stranger).await.expect(201);
    let journal = meja.folder.path().join("jurnal");
    let all = std::fs::read(&journal).unwrap();
    app.clock.advance(Duration::minutes(1));

    // The server enters each, and the desk is cut off before it hears of it.
    meja.line.set(Condition::Whole);
    for (kunci, settled) in [("pindai-1", 0), ("pindai-2", 1), ("langsung-9", 1)] {
        meja.line.lose_http_answer_to(kunci);
        assert_eq!(meja.desk.replay().await, settled, "{kunci}");
        assert!(meja.line.has_lost());
        meja.start_again().await;
    }
    assert_eq!((count(&app, "menunggu").await, meja.standing().waiting), (3, 1));
    meja.desk.replay().await;
    // The desk hears of it, and the power is cut before that is on the disk.
    std::fs::write(&journal, all).unwrap();
    meja.start_again().await;
    assert_eq!(meja.standing().waiting, 3);
    assert_eq!(meja.desk.replay().await, 3);
    assert_eq!((meja.standing().waiting, meja.desk.unsettled()), (0, vec![]));
    assert_eq!(count(&app, "menunggu").await, 3, "each once");
}

async fn a_guru_hears_of_a_guest_while_only_the_database_is_away(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    let first = invite(&guru, 1, "09:00").await;
    let mut alerts = guru.subscribe().await;
    let meja = Alone::at(&app).await;
    app.close_database().await;
    let arrived = meja.scan(&first["kode_qr"], &kunci()).await.expect(200);
    assert_eq!(
        (&arrived["hasil"], &arrived["guru_terhubung"]),
        (&json!("datang"), &json!(true)),
        "{arrived}"
    );
    let told = alerts.next_of("notification").await;
    assert_eq!((&told["id"], &told["waktu"]), (&first["id"], &json!("2026-11-23T02:00:00Z")));
    app.clock.advance(Duration::seconds(1));
    let came = meja.post("/api/appointments/walk-in", walk_in(8, &GURU)).await.expect(201);
    let told = alerts.next_of("notification").await;
    assert_eq!((&told["id"], &told["nama_tamu"]), (&came["id"], &tamu(8)["nama"]));
}

async fn a_database_that_is_away_is_as_good_as_no_server(place: Place) {
    let app = App::start(place).await;
    let first = invite(&app.guru().await, 1, "09:00").await;
    let meja = Alone::at(&app).await;
    app.close_database().await;
    let arrived = meja.scan(&first["kode_qr"], &kunci()).await.expect(200);
    assert_eq!((&arrived["hasil"], &arrived["guru_terhubung"]), (&json!("datang"), &json!(false)));
    assert_eq!(meja.desk.replay().await, 0);
    assert_eq!(meja.standing().waiting, 1);
}

async fn a_desk_that_was_off_for_thirty_days_catches_up(place: Place) {
    let app = App::start(place).await;
    let first = invite(&app.guru().await, 1, "09:00").await;
    let mut meja = Alone::at(&app).await;
    meja.line.set(Condition::Cut);
    meja.scan(&first["kode_qr"], &kunci()).await.expect(200);
    app.clock.advance(Duration::days(31));
    meja.line.set(Condition::Whole);
    meja.start_again().await;
    assert_eq!(meja.desk.replay().await, 0, "nobody is signed in any more");
    assert_eq!(meja.standing().waiting, 1);
    meja.sign_in().await;
    assert_eq!(meja.desk.replay().await, 1);
    assert_eq!(meja.desk.unsettled(), []);
    let row = app.admin().await.get(&format!("/api/appointments/{}", first["id"])).await.expect(200);
    assert_eq!((&row["waktu_datang"], &row["terlambat"]), (&json!("2026-11-23T02:00:00Z"), &json!(false)));
    meja.desk.refresh().await.unwrap();
    assert_eq!(meja.get("/api/appointments/today?halaman=1&ukuran=1").await.expect(200)["total"], 0);
}

async fn what_waits_at_a_pc_that_is_replaced_goes_on_at_another(place: Place) {
    let app = App::start(place).await;
    let first = invite(&app.guru().await, 1, "09:00").await;
    let (old, new) = (Alone::at(&app).await, Alone::at(&app).await);
    assert!(new.desk.export().await.unwrap().is_none(), "nothing waits");
    old.line.set(Condition::Cut);
    new.line.set(Condition::Cut);
    new.scan(&json!(app.sign(&Token::tamu(IdTamu(99)))), "lain").await.problem(503, "menunggu_sambungan");
    old.scan(&first["kode_qr"], "pindai-1").await.expect(200);
    let mut stranger = walk_in(9, &GURU);
    stranger["kunci"] = json!("langsung-9");
    let received = old.post("/api/appointments/walk-in", stranger).await.expect(201);
    let path = format!("/api/appointments/{}/status", received["id"]);
    old.put(&path, json!({ "status": "selesai" })).await.expect(200);

    let moving = old.desk.export().await.unwrap().unwrap();
    assert_eq!(moving.entries, 3);
    let import = |code: &str| new.desk.import(moving.bytes.clone(), code.to_owned());
    assert_eq!(import("AAAA-AAAA").await.unwrap(), None);
    assert_eq!(import(&moving.code).await.unwrap(), Some(3));
    assert_eq!(import(&moving.code).await.unwrap(), Some(0), "the same again is nothing new");
    assert_eq!(new.standing().waiting, 4);
    new.line.set(Condition::Whole);
    new.desk.replay().await;
    assert_eq!(new.desk.unsettled().len(), 1, "the unknown code");
    old.line.set(Condition::Whole);
    old.desk.replay().await;
    assert_eq!((count(&app, "menunggu").await, count(&app, "selesai").await), (1, 1), "each once");
    assert_eq!(old.desk.unsettled(), []);
}
