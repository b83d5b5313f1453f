//! Corrections of one visit.

use serde_json::{Value, json};
use tests::{App, Caller, GURU, Place, invitation, invite, walk_in};

journeys![
    who_comes_from_where_and_how_many_is_corrected_and_told,
    it_is_a_gurus_own,
    what_a_visit_was_is_the_receptions_to_correct,
    wrong_corrections_are_named
];

async fn correct(caller: &Caller, row: &Value, body: Value) -> tests::Answer {
    caller.put(&format!("/api/appointments/{}", row["id"]), body).await
}

async fn who_comes_from_where_and_how_many_is_corrected_and_told(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let invited = invite(&guru, 1, "09:00").await;
    let (mut guru_sees, mut desk_sees) = (guru.subscribe().await, desk.subscribe().await);
    let body = json!({ "atas_nama": " Rina  Hartati ", "jumlah_orang": 3, "instansi": "SMP 3" });
    let after = correct(&desk, &invited, body.clone()).await.expect(200);
    let told = |row: &Value| [&row["atas_nama"], &row["jumlah_orang"], &row["instansi"]].map(Value::clone);
    assert_eq!(told(&after), [json!("Rina Hartati"), json!(3), json!("SMP 3")]);
    assert_eq!((&after["nama_tamu"], &after["versi"]), (&json!("Tamu Nomor 1"), &json!(2)));
    for sees in [&mut guru_sees, &mut desk_sees] {
        assert_eq!(sees.next_of("appointment").await, after);
    }
    // It is found by its new words.
    for q in ["rina", "smp"] {
        assert_eq!(desk.get(&format!("/api/appointments?q={q}")).await.expect(200)["total"], 1, "{q}");
    }
    let less = correct(&guru, &invited, json!({ "jumlah_orang": 2 })).await.expect(200);
    assert_eq!(told(&less), [json!("Rina Hartati"), json!(2), json!("SMP 3")], "what is missing stays");
    let none = json!({ "atas_nama": "tamu NOMOR 1", "instansi": " " });
    assert_eq!(told(&correct(&desk, &invited, none).await.expect(200)), [json!(null), json!(2), json!(null)]);
    assert_eq!(desk.get("/api/appointments?q=rina").await.expect(200)["total"], 0);

    for _ in 0..2 {
        guru_sees.next_of("appointment").await;
    }
    // If the guest has come, the guru's notification says it, too.
    let here = desk.post("/api/appointments/walk-in", walk_in(2, &GURU)).await.expect(201);
    assert_eq!(guru_sees.next_of("notification").await["nama_tamu"], "Tamu Nomor 2");
    guru_sees.next_of("appointment").await;
    correct(&desk, &here, body).await.expect(200);
    let told = guru_sees.next_of("notification").await;
    assert_eq!((&told["nama_tamu"], &told["jumlah_orang"]), (&json!("Rina Hartati"), &json!(3)));
    assert_eq!(told["pesan"], "Tamu Rina Hartati telah datang untuk Surat pindah");
}

async fn it_is_a_gurus_own(place: Place) {
    let app = App::start(place).await;
    let invited = invite(&app.guru().await, 1, "09:00").await;
    let (other, desk) = (app.other_guru().await, app.desk().await);
    let before = app.dump().await;
    correct(&other, &invited, json!({ "jumlah_orang": 2 })).await.problem(404, "tidak_ditemukan");
    let nothing = json!({ "id": 999 });
    correct(&desk, &nothing, json!({ "jumlah_orang": 2 })).await.problem(404, "tidak_ditemukan");
    assert_eq!(app.dump().await, before);
    correct(&app.admin().await, &invited, json!({ "jumlah_orang": 2 })).await.expect(200);
}

async fn what_a_visit_was_is_the_receptions_to_correct(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let called_off = invite(&guru, 1, "09:00").await;
    let visited = desk.post("/api/appointments/walk-in", walk_in(2, &GURU)).await.expect(201);
    for (row, status) in [(&called_off, "batal"), (&visited, "selesai")] {
        desk.put(&format!("/api/appointments/{}/status", row["id"]), json!({ "status": status }))
            .await
            .expect(200);
        correct(&guru, row, json!({ "jumlah_orang": 50 })).await.problem(409, "transisi_tidak_sah");
        correct(&desk, row, json!({ "jumlah_orang": 3 })).await.expect(200);
    }
}

async fn wrong_corrections_are_named(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let mut body = invitation(1, "09:00");
    body["id_guru"] = json!(GURU.id());
    let invited = desk.post("/api/appointments", body).await.expect(201);
    let before = app.dump().await;
    for (body, field) in [
        (json!({ "jumlah_orang": 0 }), "jumlah_orang"),
        (json!({ "jumlah_orang": 1000 }), "jumlah_orang"),
        (json!({ "jumlah_orang": "dua" }), "jumlah_orang"),
        (json!({ "atas_nama": "007" }), "atas_nama"),
        (json!({ "atas_nama": "a".repeat(101) }), "atas_nama"),
        (json!({ "instansi": "a".repeat(101) }), "instansi"),
        (json!({ "keperluan": "Lain" }), "keperluan"),
    ] {
        correct(&desk, &invited, body).await.wrong_fields(&[field]);
    }
    assert_eq!(app.dump().await, before);
    // This is another guest's number.
    desk.post("/api/tamu", tests::tamu(2)).await.expect(201);
    let taken = json!({ "telp": "0812 0000 0002" });
    let refused =
        desk.put(&format!("/api/tamu/{}", invited["id_tamu"]), taken).await.problem(409, "sudah_ada");
    assert!(refused.errors.contains_key("telp"), "{refused:?}");
}
