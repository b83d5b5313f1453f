//! Units such as "Tata Usaha": everybody behind one is told of its guests and answers in its name, and nobody signs in
//! as one.

use serde_json::{Value, json};
use tests::{
    ADMIN, App, Caller, DESK, GURU, OTHER_GURU, PASSWORD, Place, Socket, invitation, put_status, tamu,
};

journeys![
    an_admin_makes_one_and_changes_who_is_behind_it,
    what_does_not_fit_a_unit_is_refused,
    nobody_signs_in_as_one,
    an_arrival_is_told_every_member_once_and_nobody_else,
    the_first_answer_wins_and_the_others_see_it,
    members_invite_see_and_end_visits_in_its_name,
    the_desk_sees_who_is_behind_it_and_whether_anybody_is_there,
    the_audit_tells_who_was_behind_it,
];

/// A unit with these members; its identity.
async fn unit(admin: &Caller, anggota: &[Value]) -> Value {
    let request = json!({ "nama": "Tata Usaha", "unit": true, "anggota": anggota });
    admin.post("/api/users", request).await.expect(201)["pengguna"]["id"].clone()
}

fn id(person: &tests::Person) -> Value {
    json!(person.id())
}

fn walk_in_to(unit: &Value, n: u32) -> Value {
    json!({ "tamu": tamu(n), "keperluan": "Legalisasi ijazah", "id_guru": unit })
}

/// The types of the events that have come until now, by sending one that everybody gets: the settings.
async fn until_settings(socket: &mut Socket) -> Vec<Value> {
    let mut events = Vec::new();
    loop {
        let event = socket.next().await;
        if event["type"] == "settings" {
            return events;
        }
        events.push(event);
    }
}

async fn change_settings(admin: &Caller) {
    let versi = admin.get("/api/settings").await.expect(200)["versi"].clone();
    admin
        .put("/api/settings", json!({ "versi": versi, "titik_kumpul": "Lapangan upacara" }))
        .await
        .expect(200);
}

async fn an_admin_makes_one_and_changes_who_is_behind_it(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let request = json!({ "nama": " Tata  Usaha ", "jabatan": "Surat-menyurat", "unit": true,
        "anggota": [id(&GURU), id(&DESK), id(&GURU)] });
    let made = admin.post("/api/users", request).await.expect(201);
    assert_eq!(made.get("password_sementara"), None, "nobody signs in as one");
    let shown = &made["pengguna"];
    assert_eq!(
        (&shown["nama"], &shown["role"], &shown["unit"]),
        (&json!("Tata Usaha"), &json!("Guru"), &json!(true))
    );
    let names = |user: &Value| -> Vec<Value> {
        user["anggota"].as_array().unwrap().iter().map(|one| one["nama"].clone()).collect()
    };
    assert_eq!(names(shown), [GURU.nama, DESK.nama]);

    let path = format!("/api/users/{}", shown["id"]);
    let changed = admin.put(&path, json!({ "unit": true, "anggota": [id(&OTHER_GURU)] })).await.expect(200);
    assert_eq!(names(&changed), [OTHER_GURU.nama]);
    let renamed = admin.put(&path, json!({ "nama": "TU" })).await.expect(200);
    assert_eq!((&renamed["nama"], names(&renamed)), (&json!("TU"), vec![json!(OTHER_GURU.nama)]));
    let list = admin.get("/api/users?unit=true").await.expect(200);
    assert_eq!((&list["total"], names(&list["data"][0])), (&json!(1), vec![json!(OTHER_GURU.nama)]));
    assert_eq!(admin.get("/api/users?unit=false").await.expect(200)["total"], 4);
    let csv = admin.get("/api/users/export.csv").await;
    let (text, line) = (csv.text(), format!(",ya,{}", OTHER_GURU.nama));
    assert!(text.lines().any(|row| row.starts_with("TU,") && row.ends_with(&line)), "{text}");

    let empty = admin.put(&path, json!({ "anggota": [] })).await.expect(200);
    assert_eq!(empty["anggota"], json!([]), "a unit may have nobody behind it");
    admin.delete(&path).await.expect(204);
    assert_eq!(admin.get("/api/users?unit=true").await.expect(200)["total"], 0);
}

async fn what_does_not_fit_a_unit_is_refused(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let made = unit(&admin, &[id(&GURU)]).await;
    let path = format!("/api/users/{made}");
    let person = format!("/api/users/{}", GURU.id());
    admin.put(&format!("/api/users/{}", OTHER_GURU.id()), json!({ "aktif": false })).await.expect(200);
    let before = app.dump().await;
    for (request, fields) in [
        (json!({ "nama": "BK", "unit": true, "anggota": [made] }), vec!["anggota"]),
        (json!({ "nama": "BK", "unit": true, "anggota": [4711] }), vec!["anggota"]),
        (json!({ "nama": "BK", "unit": true, "anggota": [id(&OTHER_GURU)] }), vec!["anggota"]),
        (json!({ "nama": "BK", "unit": true, "anggota": [0] }), vec!["anggota"]),
        (
            json!({ "nama": "", "unit": true, "role": "Admin", "sapaan": "Bu" }),
            vec!["nama", "role", "sapaan"],
        ),
        (json!({ "nama": "BK", "unit": true, "email": "x" }), vec!["email"]),
        (
            json!({ "nama": "Dewi", "email": "d@sekolah.example", "role": "Guru", "anggota": [] }),
            vec!["anggota"],
        ),
        (json!({ "nama": "Dewi" }), vec!["email", "role"]),
    ] {
        admin.post("/api/users", request).await.wrong_fields(&fields);
    }
    for (path, change, field) in [
        (&path, json!({ "unit": false }), "unit"),
        (&path, json!({ "role": "Admin" }), "role"),
        (&path, json!({ "sapaan": "Pak" }), "sapaan"),
        (&path, json!({ "anggota": [made] }), "anggota"),
        (&path, json!({ "anggota": [id(&GURU), id(&OTHER_GURU)] }), "anggota"),
        (&person, json!({ "unit": true }), "unit"),
        (&person, json!({ "anggota": [] }), "anggota"),
    ] {
        admin.put(path, change).await.wrong_fields(&[field]);
    }
    admin.post(&format!("{path}/reset-password"), json!({})).await.wrong_fields(&["id"]);
    assert_eq!(app.dump().await, before);
    let kept = admin.put(&person, json!({ "unit": false, "role": "Guru" })).await.expect(200);
    assert_eq!(kept["unit"], false);
    // It is no Admin, so it is none that could stay behind.
    admin.delete(&format!("/api/users/{}", ADMIN.id())).await.problem(409, "admin_terakhir");
}

async fn nobody_signs_in_as_one(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let request = json!({ "nama": "Tata Usaha", "unit": true, "email": "tu@sekolah.example" });
    admin.post("/api/users", request).await.expect(201);
    let hidden = unit(&admin, &[]).await;
    let list = admin.get("/api/users?unit=true").await.expect(200);
    let email =
        list["data"].as_array().unwrap().iter().find(|row| row["id"] == hidden).unwrap()["email"].clone();
    let nobody = app.nobody();
    let name = email.as_str().unwrap();
    for email in ["tu@sekolah.example", name, name.split('@').next().unwrap(), "siapa@sekolah.example"] {
        for password in ["", PASSWORD] {
            let request = json!({ "email": email, "password": password });
            let problem = nobody.post("/api/auth/login", request).await.any_problem();
            assert!(matches!(problem.status, 401 | 422), "{email}");
            if problem.status == 401 {
                assert_eq!(problem.code.as_str(), "kredensial_salah", "{email}");
            }
        }
    }
}

async fn an_arrival_is_told_every_member_once_and_nobody_else(place: Place) {
    let app = App::start(place).await;
    let (admin, desk, guru, other) =
        (app.admin().await, app.desk().await, app.guru().await, app.other_guru().await);
    let unit = unit(&admin, &[id(&GURU), id(&DESK)]).await;
    let mut sockets = [guru.subscribe().await, desk.subscribe().await, other.subscribe().await];
    let here = desk.post("/api/appointments/walk-in", walk_in_to(&unit, 1)).await.expect(201);
    assert!(here["message"].as_str().unwrap().contains("Tata Usaha sudah diberi tahu"), "{here}");
    change_settings(&admin).await;
    let mut told = Vec::new();
    for socket in &mut sockets {
        let events = until_settings(socket).await;
        let of =
            |kind: &str| events.iter().filter(|event| event["type"] == kind).cloned().collect::<Vec<_>>();
        told.push((of("notification").len(), of("appointment").len()));
        for event in of("notification") {
            assert_eq!((&event["data"]["unit"], &event["data"]["id"]), (&json!("Tata Usaha"), &here["id"]));
        }
    }
    assert_eq!(told, [(1, 1), (1, 1), (0, 0)], "each member once, a stranger never");

    for (who, unread) in [(&guru, 1), (&desk, 1), (&other, 0)] {
        let mut socket = who.open_socket().await;
        socket.authenticate(who.token()).await;
        assert_eq!(socket.expect_ready().await["belum_dibaca"].as_array().unwrap().len(), unread);
    }
    let read = format!("/api/notifications/{}/read", here["id"]);
    other.put(&read, json!({})).await.problem(404, "tidak_ditemukan");
    desk.put(&read, json!({})).await.expect(200);
    assert_eq!(guru.get("/api/notifications?belum_dibaca=true").await.expect(200)["total"], 0);
}

async fn the_first_answer_wins_and_the_others_see_it(place: Place) {
    let app = App::start(place).await;
    let (admin, desk, guru, other) =
        (app.admin().await, app.desk().await, app.guru().await, app.other_guru().await);
    let unit = unit(&admin, &[id(&GURU), id(&OTHER_GURU)]).await;
    let here = desk.post("/api/appointments/walk-in", walk_in_to(&unit, 1)).await.expect(201);
    let path = format!("/api/notifications/{}/respond", here["id"]);
    let mut sees = other.subscribe().await;
    let said = guru.post(&path, json!({ "tanggapan_jenis": "ke_lobi" })).await.expect(200);
    assert_eq!(said["ditanggapi_oleh"], GURU.nama);
    for kind in ["notification", "appointment"] {
        let told = sees.next_of(kind).await;
        assert_eq!(
            (&told["tanggapan_jenis"], &told["ditanggapi_oleh"]),
            (&json!("ke_lobi"), &json!(GURU.nama))
        );
    }
    let late = json!({ "tanggapan_jenis": "tidak_bisa" });
    other.post(&path, late.clone()).await.problem(409, "sudah_ditanggapi");
    other.post(&path, json!({ "tanggapan": null })).await.problem(409, "sudah_ditanggapi");
    let same = other.post(&path, json!({ "tanggapan_jenis": "ke_lobi" })).await.expect(200);
    assert_eq!(same["ditanggapi_oleh"], GURU.nama, "the same said again is no quarrel");
    desk.post(&path, late.clone()).await.problem(404, "tidak_ditemukan");
    let shown = desk.get(&format!("/api/appointments/{}", here["id"])).await.expect(200);
    assert_eq!((&shown["tanggapan_jenis"], &shown["unit"]), (&json!("ke_lobi"), &json!(true)));
    guru.post(&path, json!({ "tanggapan": null })).await.expect(200);
    assert_eq!(other.post(&path, late).await.expect(200)["ditanggapi_oleh"], OTHER_GURU.nama);
}

async fn members_invite_see_and_end_visits_in_its_name(place: Place) {
    let app = App::start(place).await;
    let (admin, desk, guru, other) =
        (app.admin().await, app.desk().await, app.guru().await, app.other_guru().await);
    let unit = unit(&admin, &[id(&GURU)]).await;
    let mut request = invitation(1, "10:00");
    request["id_guru"] = unit.clone();
    other.post("/api/appointments", request.clone()).await.problem(403, "terlarang");
    let made = guru.post("/api/appointments", request.clone()).await.expect(201);
    assert_eq!((&made["id_guru"], &made["nama_guru"]), (&unit, &json!("Tata Usaha")));
    request["tamu"] = tamu(2);
    guru.post("/api/appointments", request).await.expect(201);
    guru.post("/api/appointments", invitation(3, "10:00")).await.expect(201);

    for (path, seen) in [
        ("/api/appointments".to_owned(), 3),
        ("/api/appointments/today".to_owned(), 3),
        (format!("/api/appointments?id_guru={unit}"), 2),
        (format!("/api/appointments?id_guru={}", GURU.id()), 1),
        (format!("/api/appointments/guru/{unit}"), 2),
    ] {
        assert_eq!(guru.get(&path).await.expect(200)["total"], seen, "{path}");
    }
    assert_eq!(other.get("/api/appointments").await.expect(200)["total"], 0);
    for path in [
        format!("/api/appointments?id_guru={unit}"),
        format!("/api/appointments/guru/{unit}"),
        format!("/api/guru/{unit}/waktu-kosong?tanggal=2026-11-23"),
    ] {
        other.get(&path).await.problem(403, "terlarang");
    }
    let free = guru.get(&format!("/api/guru/{unit}/waktu-kosong?tanggal=2026-11-23")).await.expect(200);
    let starts = free["data"].as_array().unwrap();
    assert!(
        starts.iter().any(|start| start["waktu"] == "10:00"),
        "several guests may come at one time: {free}"
    );
    let visit = format!("/api/appointments/{}", made["id"]);
    other.get(&visit).await.problem(404, "tidak_ditemukan");
    guru.get(&visit).await.expect(200);

    put_status(&desk, &made, "menunggu").await.expect(200);
    put_status(&other, &made, "sedang berlangsung").await.problem(404, "tidak_ditemukan");
    put_status(&guru, &made, "sedang berlangsung").await.expect(200);
    let ended = put_status(&guru, &made, "selesai").await.expect(200);
    assert_eq!(ended["status"], "selesai");
    assert_eq!(guru.get(&format!("/api/pesan?id_janji_temu={}", made["id"])).await.expect(200)["total"], 2);

    // Who leaves the unit sees its visits no more.
    admin.put(&format!("/api/users/{unit}"), json!({ "anggota": [id(&OTHER_GURU)] })).await.expect(200);
    guru.get(&visit).await.problem(404, "tidak_ditemukan");
    other.get(&visit).await.expect(200);
    let report = admin.get("/api/reports/daily?tanggal=2026-11-23").await.expect(200);
    assert_eq!(report["per_guru"][0]["nama"], "Tata Usaha", "it is counted like a guru");
}

async fn the_desk_sees_who_is_behind_it_and_whether_anybody_is_there(place: Place) {
    let app = App::start(place).await;
    let (admin, desk, guru) = (app.admin().await, app.desk().await, app.guru().await);
    let made = unit(&admin, &[id(&GURU), id(&OTHER_GURU)]).await;
    let row =
        |list: Value| list["data"].as_array().unwrap().iter().find(|row| row["id"] == made).unwrap().clone();
    let shown = row(desk.get("/api/guru?q=tata%20usaha").await.expect(200));
    assert_eq!((&shown["unit"], &shown["online"]), (&json!(true), &json!(false)));
    let names: Vec<_> = shown["anggota"].as_array().unwrap().iter().map(|one| one["nama"].clone()).collect();
    assert_eq!(names, [OTHER_GURU.nama, GURU.nama]);
    let told = desk.post("/api/appointments/walk-in", walk_in_to(&made, 1)).await.expect(201);
    assert!(told["message"].as_str().unwrap().contains("belum terhubung"), "{told}");
    let _socket = guru.subscribe().await;
    assert_eq!(row(desk.get("/api/guru").await.expect(200))["online"], true, "one of them is enough");
    let own = guru.get("/api/guru?unit_saya=true").await.expect(200);
    assert_eq!((&own["total"], &own["data"][0]["nama"]), (&json!(1), &json!("Tata Usaha")));
    assert_eq!(desk.get("/api/guru?unit_saya=true").await.expect(200)["total"], 0);
    let dashboard = admin.get("/api/dashboard").await.expect(200);
    assert_eq!((&dashboard["guru_total"], &dashboard["guru_terhubung"]), (&json!(2), &json!(1)));
}

async fn the_audit_tells_who_was_behind_it(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let made = unit(&admin, &[id(&GURU)]).await;
    admin.put(&format!("/api/users/{made}"), json!({ "anggota": [id(&DESK), id(&GURU)] })).await.expect(200);
    let entries = admin.get(&format!("/api/audit?objek=pengguna&id_objek={made}")).await.expect(200);
    let told: Vec<_> =
        entries["data"].as_array().unwrap().iter().map(|row| (&row["aksi"], &row["sesudah"])).collect();
    let after = json!({ "anggota": [DESK.id(), GURU.id()] });
    assert_eq!(told[0], (&json!("ubah"), &after));
    assert_eq!(entries["data"][0]["sebelum"], json!({ "anggota": [GURU.id()] }));
    assert_eq!((told[1].0, &told[1].1["unit"]), (&json!("buat"), &json!(true)));
}
