//! Users from a file: what would happen, then all of it or nothing; once more changes nothing.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, App, Caller, GURU, Place};

journeys![
    a_file_is_looked_at_and_then_written_once,
    a_wrong_line_holds_up_all_others,
    who_has_no_address_signs_in_with_a_number,
    what_cannot_be_read_is_told,
    what_was_exported_changes_nothing_when_it_comes_back,
    when_somebody_signed_in_is_told_in_the_schools_time,
    a_password_that_no_message_brings_is_to_be_printed,
    what_a_spreadsheet_would_calculate_is_made_harmless,
    nothing_of_a_file_is_kept_but_what_is_used,
    the_registers_server_is_asked_once_and_fails_softly,
];

const FILE: &str = "Daftar Guru\r\n\r\nNo;Nama;NUPTK;NIP;NIK;Jenis PTK;Tugas Tambahan;HP;Email;Nama Ibu Kandung\r\n\
    1;Ratna Wulandari, S.Pd.;-;198503152010012003;3404000000000001;Guru Mapel;Wali kelas VIII-B;081234560001;\
    ratna@sekolah.example;Suminten\r\n\
    2;Budi Santoso;3352761662200013;--;3404000000000002;Guru Kelas;-;81234560002;budi@sekolah.example;Painem\r\n\
    3;Citra Ayu;5544770671130043;-;3404000000000003;Guru BK;;;;Tuginem\r\n";

async fn send(admin: &Caller, file: impl Into<Vec<u8>>, is_preview: bool) -> Answer {
    let path = if is_preview { "/api/users/import?pratinjau=true" } else { "/api/users/import" };
    let request = admin.request(Method::POST, path);
    Answer::to(request.header("content-type", "application/octet-stream").body(file.into())).await
}

fn actions(answer: &Value) -> Vec<&str> {
    answer["baris"].as_array().expect("lines").iter().filter_map(|row| row["tindakan"].as_str()).collect()
}

async fn user(admin: &Caller, q: &str) -> Value {
    let found = admin.get(&format!("/api/users?q={q}")).await.expect(200);
    assert_eq!(found["total"], 1, "{found}");
    found["data"][0].clone()
}

async fn a_file_is_looked_at_and_then_written_once(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let before = app.dump().await;
    let looked = send(&admin, FILE, true).await.expect(200);
    assert_eq!(actions(&looked), ["ubah", "buat", "buat"]);
    assert_eq!(
        looked["jumlah"],
        json!({ "baris": 3, "buat": 2, "ubah": 1, "tetap": 0, "salah": 0, "tidak_disebut": 1 })
    );
    assert_eq!(looked["berkas"]["jenis"], "csv");
    assert_eq!(looked["berkas"]["baris_judul"], 3);
    assert_eq!(looked["baris"][0]["nomor"], 4);
    let changed = json!([
        { "field": "nama", "dari": GURU.nama, "ke": "Ratna Wulandari, S.Pd." },
        { "field": "telp", "dari": null, "ke": "+6281234560001" },
        { "field": "nip", "dari": null, "ke": "198503152010012003" },
        { "field": "tugas_tambahan", "dari": null, "ke": "Wali kelas VIII-B" },
    ]);
    assert_eq!(looked["baris"][0]["ubah"], changed);
    assert_eq!(looked["sandi"], json!([]));
    assert_eq!(app.dump().await, before, "a preview changes nothing");

    let written = send(&admin, FILE, false).await.expect(200);
    assert_eq!(actions(&written), actions(&looked));
    let sandi = written["sandi"].as_array().expect("passwords");
    assert_eq!(sandi.len(), 2);
    assert_eq!((&sandi[0]["masuk"], &sandi[0]["dikirim"]), (&json!("budi@sekolah.example"), &json!(true)));
    let budi = user(&admin, "budi").await;
    assert_eq!((&budi["role"], &budi["jabatan"]), (&json!("Guru"), &json!("Guru Kelas")));
    assert_eq!((&budi["nuptk"], &budi["telp"]), (&json!("3352761662200013"), &json!("+6281234560002")));
    assert_eq!(budi["wajib_ganti_password"], true);
    let ratna = user(&admin, "ratna").await;
    assert_eq!(ratna["jabatan"], "Matematika", "what the school wrote stays");
    assert_eq!(ratna["nip"], "198503152010012003");
    let password = sandi[0]["password_sementara"].as_str().expect("a password");
    app.nobody().login("budi@sekolah.example", password).await;

    let after = app.dump().await;
    let again = send(&admin, FILE, false).await.expect(200);
    assert_eq!(actions(&again), ["tetap", "tetap", "tetap"]);
    assert_eq!(again["sandi"], json!([]));
    let stays = |rows: &[String]| {
        rows.iter().filter(|row| !row.starts_with("perangkat")).cloned().collect::<Vec<_>>()
    };
    assert_eq!(stays(&app.dump().await), stays(&after), "the same file again changes nothing");
}

async fn a_wrong_line_holds_up_all_others(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let before = app.dump().await;
    let file = "nama,nuptk,email\nBudi,3352761662200013,budi@sekolah.example\nAni,123,ani@sekolah\n\
        Cici,,\nDedi,3352761662200013,\n";
    let looked = send(&admin, file, true).await.expect(200);
    assert_eq!(actions(&looked), ["buat", "salah", "salah", "salah"]);
    let wrong = |n: usize| {
        let wrong = looked["baris"][n]["salah"].as_array().expect("what is wrong");
        wrong.iter().map(|one| (one["field"].as_str(), one["kode"].as_str())).collect::<Vec<_>>()
    };
    assert_eq!(wrong(1), [(Some("email"), Some("email")), (Some("nuptk"), Some("nuptk"))]);
    assert_eq!(wrong(2), [(Some("nuptk"), Some("tidak_dikenali"))]);
    assert_eq!(looked["baris"][3]["salah"][0]["pesan"], "NUPTK sama dengan baris 2");
    send(&admin, file, false).await.wrong_fields(&[
        "baris.3.email",
        "baris.3.nuptk",
        "baris.4.nuptk",
        "baris.5.nuptk",
    ]);
    assert_eq!(app.dump().await, before);
}

async fn who_has_no_address_signs_in_with_a_number(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let written = send(&admin, "nama;nuptk\nCitra Ayu;5544 7706 7113 0043\n", false).await.expect(200);
    assert_eq!(written["baris"][0]["catatan"], json!(["tanpa_email", "peran_guru"]));
    let sandi = &written["sandi"][0];
    assert_eq!((&sandi["masuk"], &sandi["dikirim"]), (&json!("5544770671130043"), &json!(false)));
    let password = sandi["password_sementara"].as_str().expect("a password");
    app.nobody().login("5544770671130043", password).await;
    let citra = app.nobody().login("5544 7706 7113 0043", password).await;
    citra.get("/api/appointments").await.problem(403, "wajib_ganti_password");
    let messages = admin.get("/api/pesan").await.expect(200);
    assert_eq!(messages["total"], 0, "no message goes where there is no address");
    // A later file brings the address, with which she then signs in.
    let with_address = "nama;nuptk;email\nCitra Ayu;5544770671130043;citra@sekolah.example\n";
    assert_eq!(actions(&send(&admin, with_address, false).await.expect(200)), ["ubah"]);
    app.nobody().login("citra@sekolah.example", password).await;
}

async fn what_cannot_be_read_is_told(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    for (file, kode) in [
        (&b""[..], "berkas_kosong"),
        (b"%PDF-1.7", "berkas_asing"),
        (b"<html><table>", "berkas_asing"),
        (b"PK\x03\x04 and then nothing", "berkas_rusak"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and then nothing", "berkas_rusak"),
        (b"a;b\n1;2\n", "berkas_tanpa_judul"),
        (b"nama;email\n", "berkas_tanpa_orang"),
    ] {
        let problem = send(&admin, file, true).await.problem(422, "isian_tidak_valid");
        assert_eq!(problem.codes.get("berkas").map(String::as_str), Some(kode), "{problem:?}");
    }
    send(&admin, vec![b'a'; (8 << 20) + 1], true).await.problem(413, "terlalu_besar");
    let many: String = (0..=5000).map(|n| format!("Guru {n};guru{n}@sekolah.example\n")).collect();
    let problem = send(&admin, format!("nama;email\n{many}"), true).await.problem(422, "isian_tidak_valid");
    assert_eq!(problem.codes["berkas"], "berkas_banyak");
    app.guru().await.post("/api/users/import", json!({})).await.problem(403, "terlarang");
}

async fn what_was_exported_changes_nothing_when_it_comes_back(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    send(&admin, FILE, false).await.expect(200);
    let unit = json!({ "nama": "Tata Usaha", "unit": true, "anggota": [GURU.id().0] });
    admin.post("/api/users", unit).await.expect(201);
    let exported = admin.get("/api/users/export.csv").await;
    assert_eq!(exported.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(exported.header("content-disposition"), "attachment; filename=\"pengguna-2026-11-23.csv\"");
    assert!(exported.bytes.starts_with(b"\xEF\xBB\xBFnama,sapaan,"), "{}", exported.text());
    let text = exported.text();
    let again = send(&admin, text.clone(), true).await.expect(200);
    assert_eq!(actions(&again), ["tetap"; 7], "{again}");
    let unit =
        again["baris"].as_array().expect("lines").iter().find(|row| row["data"]["nama"] == "Tata Usaha");
    assert_eq!(unit.expect("the unit")["catatan"], json!(["unit"]));
    // Somebody new beside it is added.
    let row = "Dewi Lestari,,,dewi@sekolah.example,,Guru,,,,ya,,tidak,\r\n";
    let more = send(&admin, format!("{text}{row}"), false).await.expect(200);
    assert_eq!((&more["jumlah"]["buat"], &more["jumlah"]["tetap"]), (&json!(1), &json!(7)), "{more}");
}

async fn when_somebody_signed_in_is_told_in_the_schools_time(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let text = admin.get("/api/users/export.csv").await.text();
    let row = text.lines().find(|row| row.contains(tests::ADMIN.email)).expect("the admin's row");
    assert!(row.contains(",2026-11-23 ") && !row.contains("T0"), "{row}");
}

async fn a_password_that_no_message_brings_is_to_be_printed(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let looked = send(&admin, FILE, true).await.expect(200);
    assert_eq!(looked["baris"][1]["kirim"], "email", "whatever sends messages has not started yet");
    let server = app.server();
    outbox::start(server.school(), outbox::Environment::default(), server.stopping(), server.tasks());
    let looked = send(&admin, FILE, true).await.expect(200);
    assert_eq!(looked["baris"][1]["kirim"], Value::Null);
    let written = send(&admin, FILE, false).await.expect(200);
    assert_eq!(written["sandi"][0]["dikirim"], false);
    let new = json!({ "nama": "Dewi Lestari", "email": "dewi@sekolah.example", "role": "Guru" });
    let dewi = admin.post("/api/users", new).await.expect(201)["pengguna"]["id"].clone();
    admin.post(&format!("/api/users/{dewi}/reset-password"), json!({})).await.expect(200);
    assert_eq!(admin.get("/api/pesan").await.expect(200)["total"], 0, "nothing waits that cannot leave");
}

async fn what_a_spreadsheet_would_calculate_is_made_harmless(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let new = json!({
        "nama": "=HYPERLINK(\"http://x\";\"y\")", "email": "a@sekolah.example", "role": "Guru", "jabatan": "+1+1",
        "telp": "081234567890",
    });
    admin.post("/api/users", new).await.expect(201);
    let text = admin.get("/api/users/export.csv").await.text();
    let row = text.lines().find(|row| row.contains("HYPERLINK")).expect("the user's row");
    assert!(row.starts_with("\"'=HYPERLINK") && row.contains(",'+1+1,") && row.contains(",'+62812"), "{row}");
}

async fn nothing_of_a_file_is_kept_but_what_is_used(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let looked = send(&admin, FILE, true).await.expect(200);
    let written = send(&admin, FILE, false).await.expect(200);
    let thrown: Vec<_> = looked["berkas"]["dibuang"].as_array().expect("columns").iter().collect();
    assert_eq!(
        thrown,
        [
            &json!({ "golongan": "lain", "judul": "No" }),
            &json!({ "golongan": "nik", "judul": "NIK" }),
            &json!({ "golongan": "keluarga", "judul": "Nama Ibu Kandung" }),
        ]
    );
    let everything = format!("{looked}{written}{}", app.dump().await.join("\n"));
    for secret in ["340400000000000", "Suminten", "Painem", "Tuginem"] {
        assert!(!everything.contains(secret), "{secret} is kept");
    }
}

async fn the_registers_server_is_asked_once_and_fails_softly(place: Place) {
    let app = App::start(place).await;
    let admin = app.admin().await;
    let server = register::start().await;
    let ask = |alamat: String, token: &str| {
        let body = json!({ "alamat": alamat, "npsn": "20400001", "token": token, "pratinjau": true });
        admin.post("/api/users/import/dapodik", body)
    };
    let looked = ask(server.to_string(), "rahasia").await.expect(200);
    assert_eq!(actions(&looked), ["buat"]);
    assert_eq!(looked["sekolah"]["nama"], "SMP Nusa Lentera");
    assert_eq!(looked["berkas"]["jenis"], "dapodik");
    let refused = |answer: Answer| answer.problem(422, "isian_tidak_valid").codes["dapodik"].clone();
    assert_eq!(refused(ask(server.to_string(), "salah").await), "dapodik_menolak");
    assert_eq!(refused(ask(format!("http://{server}"), "asing").await), "dapodik_asing");
    assert_eq!(refused(ask(server.to_string(), "pindah").await), "dapodik_asing");
    assert_eq!(refused(ask("127.0.0.1:1".to_owned(), "rahasia").await), "dapodik_jauh");
    let body = json!({ "alamat": "ftp://127.0.0.1", "npsn": "1", "token": "" });
    admin.post("/api/users/import/dapodik", body).await.wrong_fields(&["alamat", "npsn", "token"]);
}

/// The register's server, made up.
pub(crate) mod register {
    use std::net::SocketAddr;

    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    const GTK: &str = r#"{"rows":[{"ptk_id":"a","nama":"Budi Santoso","nuptk":"3352761662200013","nip":null,
        "nik":"3404000000000001","jenis_ptk_id_str":"Guru Mapel"}]}"#;
    const SEKOLAH: &str = r#"{"rows":{"nama":"SMP Nusa Lentera","npsn":"20400001","alamat_jalan":"Jl. Melati 1",
        "kabupaten_kota":"Kab. Sleman","nomor_telepon":"0274 555 001","email":"tu@nusalentera.example"}}"#;

    pub(crate) async fn start() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let mut request = [0; 4096];
                let length = socket.read(&mut request).await.unwrap_or(0);
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                let (status, body) = answer(&request);
                let answer = format!(
                    "HTTP/1.1 {status}\r\nlocation: /\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                );
                let _ = socket.write_all(answer.as_bytes()).await;
            }
        });
        address
    }

    fn answer(request: &str) -> (&'static str, &'static str) {
        let asks = |path: &str| request.starts_with(&format!("GET /WebService/{path}?npsn=20400001 "));
        let has_token = |token: &str| request.contains(&format!("authorization: Bearer {token}\r\n"));
        match () {
            () if has_token("asing") => ("200 OK", "<html>"),
            () if has_token("pindah") => ("302 Found", ""),
            () if !has_token("rahasia") => ("401 Unauthorized", ""),
            () if asks("getGtk") => ("200 OK", GTK),
            () if asks("getSekolah") => ("200 OK", SEKOLAH),
            () => ("404 Not Found", ""),
        }
    }
}
