//! Guests without a phone, in somebody else's name, and in a group.

use serde_json::{Value, json};
use tests::{App, GURU, Place, invitation, walk_in};

journeys![
    pasted_text_is_taken_for_what_can_be_seen,
    a_guest_without_a_phone_visits_and_is_found_by_name,
    a_group_and_another_name_are_kept_and_shown,
    a_name_that_differs_from_the_numbers_is_this_visits,
    who_is_the_same_person_is_corrected,
    a_guru_corrects_guests_of_own_appointments_only,
    a_guest_who_was_corrected_is_shown_so_at_once,
    the_answer_does_not_tell_what_was_known_of_a_guest,
];

async fn pasted_text_is_taken_for_what_can_be_seen(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    let telp = [
        "\u{2068}0812-3456-7802\u{2069}",
        "0812\t3456\t7802",
        "tel:+6281234567802",
        "٠٨١٢٣٤٥٦٧٨٠٢",
        "+62 812‑3456–7802",
        "\u{202A}０８１２　３４５６　７８０２\u{202C}\u{0}",
    ];
    let nama = ["\u{2068}Ma’ruf\u{2069}  Amin\r\n", "\u{202E}Ma’ruf Amin\u{202C}", "Ma’ruf\u{A0}Amin\u{0}"];
    for (n, telp) in telp.iter().enumerate() {
        let mut body = walk_in(1, &GURU);
        body["tamu"] = json!({ "nama": nama[n % nama.len()], "telp": telp, "instansi": "SMP\t3\u{200B}" });
        let here = desk.post("/api/appointments/walk-in", body).await.expect(201);
        let shown =
            ["id_tamu", "nama_tamu", "atas_nama", "telp", "instansi"].map(|field| here[field].clone());
        let expected = [json!(1), json!("Ma’ruf Amin"), Value::Null, json!("+6281234567802"), json!("SMP 3")];
        assert_eq!(shown, expected, "{telp:?}");
    }
    for q in ["maruf", "ma'ruf", "%E2%81%A80812-3456-7802%E2%81%A9", "%D9%A7%D9%A8%D9%A0%D9%A2"] {
        assert_eq!(desk.get(&format!("/api/tamu?q={q}")).await.expect(200)["total"], 1, "{q}");
        assert_eq!(desk.get(&format!("/api/appointments?q={q}")).await.expect(200)["total"], 6, "{q}");
    }
    let thirteen = json!({ "nama": "Sri", "telp": "0812 3456 7890 12" });
    assert_eq!(desk.post("/api/tamu", thirteen).await.expect(201)["telp"], "+628123456789012");
}

async fn a_guest_without_a_phone_visits_and_is_found_by_name(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    for telp in [Value::Null, json!(""), json!("  ")] {
        let mut body = walk_in(1, &GURU);
        body["tamu"] = json!({ "nama": "Mbah Karto", "telp": telp });
        let here = desk.post("/api/appointments/walk-in", body).await.expect(201);
        assert_eq!((&here["nama_tamu"], &here["telp"]), (&json!("Mbah Karto"), &Value::Null), "{telp:?}");
    }
    let found = desk.get("/api/tamu/search?q=karto").await.expect(200);
    assert_eq!(found["total"], 3, "nobody is taken for another: {found}");
    assert_eq!(found["data"][0]["telp"], Value::Null);
    let id = found["data"][0]["id"].clone();
    desk.post(&format!("/api/tamu/{id}/reset-password"), json!({})).await.wrong_fields(&["telp"]);

    let mut body = invitation(1, "10:00");
    body["tamu"] = json!({ "nama": "Bu Sri" });
    let made = guru.post("/api/appointments", body).await.expect(201);
    let link = made["pesan"]["tautan_wa"].as_str().expect("a link");
    assert!(link.starts_with("https://wa.me/?text="), "whom to send it to is asked there: {link}");
    assert_eq!(desk.scan(&made["kode_qr"]).await.expect(200)["hasil"], "datang");

    let change = desk.put(&format!("/api/tamu/{id}"), json!({ "telp": "0812 3456 7890" })).await.expect(200);
    assert_eq!(change["telp"], "+6281234567890");
    let change = desk.put(&format!("/api/tamu/{id}"), json!({ "telp": "" })).await.expect(200);
    assert_eq!(change["telp"], Value::Null);
}

async fn a_group_and_another_name_are_kept_and_shown(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let mut alerts = guru.subscribe().await;
    let mut body = walk_in(1, &GURU);
    body["atas_nama"] = json!("  Rina   Santoso ");
    body["jumlah_orang"] = json!(4);
    let here = desk.post("/api/appointments/walk-in", body.clone()).await.expect(201);
    assert_eq!((&here["atas_nama"], &here["jumlah_orang"]), (&json!("Rina Santoso"), &json!(4)));
    assert_eq!(here["nama_tamu"], "Tamu Nomor 1", "the guest whose number it is");
    let alert = alerts.next_of("notification").await;
    assert_eq!((&alert["nama_tamu"], &alert["jumlah_orang"]), (&json!("Rina Santoso"), &json!(4)));
    assert_eq!(alert["pesan"], "Tamu Rina Santoso telah datang untuk Surat pindah");
    for wrong in [0, -1, 1000] {
        body["jumlah_orang"] = json!(wrong);
        desk.post("/api/appointments/walk-in", body.clone()).await.wrong_fields(&["jumlah_orang"]);
    }
    let mut body = invitation(2, "10:00");
    body["jumlah_orang"] = json!(2);
    let made = guru.post("/api/appointments", body).await.expect(201);
    assert_eq!((&made["atas_nama"], &made["jumlah_orang"]), (&Value::Null, &json!(2)));
}

/// Budi, whose number the others use.
fn budi() -> Value {
    json!({ "nama": "Budi Santoso", "telp": "0812 3456 7890", "email": "budi@rumah.example", "instansi": "Dinas" })
}

fn shown(row: &Value) -> Value {
    ["nama_tamu", "atas_nama", "instansi", "email"].iter().map(|field| row[*field].clone()).collect()
}

async fn a_name_that_differs_from_the_numbers_is_this_visits(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    desk.post("/api/tamu", budi()).await.expect(201);
    let known = desk.get("/api/tamu/1").await.expect(200);
    let mut alerts = guru.subscribe().await;

    let rina = json!({
        "nama": "Rina Santoso", "telp": "+62 812-3456-7890", "email": "rina@rumah.example", "instansi": "SMP 3",
    });
    let mut body = walk_in(1, &GURU);
    (body["tamu"], body["kunci"]) = (rina.clone(), json!("rina-1"));
    let here = desk.post("/api/appointments/walk-in", body.clone()).await.expect(201);
    assert_eq!(shown(&here), json!(["Budi Santoso", "Rina Santoso", "SMP 3", "rina@rumah.example"]));
    let alert = alerts.next_of("notification").await;
    assert_eq!(alert["pesan"], "Tamu Rina Santoso telah datang untuk Surat pindah");
    assert_eq!((&alert["nama_tamu"], &alert["instansi"]), (&json!("Rina Santoso"), &json!("SMP 3")));
    let again = desk.post("/api/appointments/walk-in", body.clone()).await.expect(201);
    assert_eq!(again, here, "sent again it answers the same");
    body["tamu"]["nama"] = json!("Tono");
    desk.post("/api/appointments/walk-in", body).await.problem(409, "kunci_dipakai");

    let mut body = invitation(1, "10:00");
    body["tamu"] = rina;
    let made = guru.post("/api/appointments", body).await.expect(201);
    assert_eq!(shown(&made), shown(&here));
    let teks = made["pesan"]["teks"].as_str().expect("a text");
    assert!(teks.starts_with("Yth. Bapak/Ibu Rina Santoso,"), "{teks}");
    let arrived = desk.scan(&made["kode_qr"]).await.expect(200);
    assert!(arrived["message"].as_str().is_some_and(|text| text.contains("Rina Santoso")), "{arrived}");
    for q in ["rina", "smp%203", "budi"] {
        assert_eq!(desk.get(&format!("/api/appointments?q={q}")).await.expect(200)["total"], 2, "{q}");
    }
    let card = desk.get("/api/tamu/1").await.expect(200);
    for field in ["nama", "telp", "email", "instansi", "kode_qr"] {
        assert_eq!(card[field], known[field], "{field} of the guest was not changed");
    }

    // The guest's own name, however it is written, means no other person. What differs stays with the visit.
    let mut body = walk_in(1, &GURU);
    body["tamu"] = json!({
        "nama": "BUDI  santoso", "telp": "081234567890", "instansi": "Yayasan", "email": "b@kerja.example",
    });
    let here = desk.post("/api/appointments/walk-in", body).await.expect(201);
    assert_eq!(shown(&here), json!(["Budi Santoso", null, "Yayasan", "b@kerja.example"]));
    let mut body = walk_in(1, &GURU);
    body["tamu"] = Value::Null;
    (body["id_tamu"], body["atas_nama"]) = (json!(1), json!("budi santoso"));
    let here = desk.post("/api/appointments/walk-in", body).await.expect(201);
    assert_eq!(shown(&here), json!(["Budi Santoso", null, "Dinas", null]));
}

async fn who_is_the_same_person_is_corrected(place: Place) {
    let app = App::start(place).await;
    let desk = app.desk().await;
    desk.post("/api/tamu", budi()).await.expect(201);
    let mut body = walk_in(1, &GURU);
    body["tamu"] = json!({ "nama": "Budi Susanto", "telp": "081234567890", "instansi": "Yayasan" });
    body["orang_yang_sama"] = json!(true);
    let here = desk.post("/api/appointments/walk-in", body).await.expect(201);
    assert_eq!(shown(&here), json!(["Budi Susanto", null, "Yayasan", null]));
    let known = desk.get("/api/tamu/1").await.expect(200);
    assert_eq!((&known["nama"], &known["instansi"]), (&json!("Budi Susanto"), &json!("Yayasan")));
    assert_eq!(known["email"], "budi@rumah.example", "what was not entered stays");
    for (q, total) in [("susanto", 1), ("yayasan", 1), ("santoso", 0), ("dinas", 0)] {
        assert_eq!(desk.get(&format!("/api/tamu?q={q}")).await.expect(200)["total"], total, "{q}");
    }
}

async fn a_guru_corrects_guests_of_own_appointments_only(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    desk.post("/api/tamu", budi()).await.expect(201);
    for (waktu, nama) in [("10:00", json!("Budi Santoso")), ("11:00", json!("Budi Susanto"))] {
        let mut body = invitation(1, waktu);
        body["tamu"] = json!({ "nama": "Budi Susanto", "telp": "081234567890" });
        body["orang_yang_sama"] = json!(true);
        let made = guru.post("/api/appointments", body).await.expect(201);
        assert_eq!(made["nama_tamu"], nama, "{made}");
        assert_eq!(desk.get("/api/tamu/1").await.expect(200)["nama"], nama);
    }
}

async fn a_guest_who_was_corrected_is_shown_so_at_once(place: Place) {
    let app = App::start(place).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let waits = tests::invite(&guru, 1, "10:00").await;
    let mut screen = desk.subscribe().await;
    let path = format!("/api/tamu/{}", waits["id_tamu"]);
    desk.put(&path, json!({ "nama": "Siti Aminah", "telp": "0813 1111 2222" })).await.expect(200);
    let told = screen.next_of("appointment").await;
    assert_eq!((&told["id"], &told["nama_tamu"]), (&waits["id"], &json!("Siti Aminah")));
    assert_eq!((&told["telp"], told["versi"].as_i64()), (&json!("+6281311112222"), Some(2)), "{told}");
}

/// Whoever enters an address is told that address, whatever is known of the guest.
async fn the_answer_does_not_tell_what_was_known_of_a_guest(place: Place) {
    let app = App::start(place).await;
    let guru = app.guru().await;
    for (n, email) in ["baru@rumah.example", "baru@rumah.example", "lain@rumah.example"].iter().enumerate() {
        let mut body = invitation(1, ["09:00", "10:00", "11:00"][n]);
        body["tamu"]["email"] = json!(email);
        let made = guru.post("/api/appointments", body).await.expect(201);
        assert_eq!(made["email"], json!(email), "{n}: {made}");
    }
}
