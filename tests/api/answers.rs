//! The answers that page tests get. A real server writes each, so that no mock invents a field. They stand in
//! `tests/fixtures/answers`, and `ui/src/test_answers.ts` reads them.

use std::{collections::BTreeMap, env, fs, path::Path};

use chrono::Duration;
use client::{Client, ServerAddress, TokenStore};
use domain::{
    IdJanjiTemu, IdTamu,
    token::{self, Subject, TOKEN_LEN, Token},
};
use serde_json::{Map, Value, json};
use tests::{Answer, App, DESK, GURU, OTHER_GURU, PASSWORD, Place, Socket, invitation, invite, walk_in};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/answers");

/// If it is set, the answers are written instead of compared.
const WRITE: &str = "BUKUTAMU_WRITE_ANSWERS";

/// The address of every made-up server.
const BASE: &str = "http://127.0.0.1:8700";

/// Answers by the name of their file.
#[derive(Default)]
struct Answers {
    files: BTreeMap<String, Value>,
    /// The names of codes. Codes are signed with another key in each run, so each has a name that stays.
    codes: Vec<String>,
}

impl Answers {
    /// Takes an answer with that status, and the only header that pages act upon.
    fn keep(&mut self, app: &App, name: &str, status: u16, answer: Answer) -> Value {
        let retry_after = answer.header("retry-after").to_owned();
        let body = answer.expect(status);
        let mut kept = json!({ "status": status, "body": self.steady(app, body.clone()) });
        if !retry_after.is_empty() {
            kept["retry_after"] = json!(retry_after);
        }
        assert!(self.files.insert(format!("{name}.json"), kept).is_none(), "{name} is there twice");
        body
    }

    /// Takes the next event of a kind, and returns its data.
    async fn keep_event(&mut self, app: &App, events: &mut Socket, kind: &str) -> Value {
        let event = loop {
            let event = events.next().await;
            if event["type"] == kind {
                break event;
            }
        };
        let kept = self.steady(app, event.clone());
        self.files.insert(format!("event-{kind}.json"), kept);
        event["data"].clone()
    }

    /// Replaces what differs from run to run.
    fn steady(&mut self, app: &App, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.steady_text(app, &text)),
            Value::Array(items) => items.into_iter().map(|item| self.steady(app, item)).collect(),
            Value::Object(fields) => {
                let fields = fields.into_iter().map(|(name, value)| (name, self.steady(app, value)));
                Value::Object(fields.collect::<Map<_, _>>())
            }
            other => other,
        }
    }

    fn steady_text(&mut self, app: &App, text: &str) -> String {
        let text = text.replace(app.server().url(), BASE);
        let Some(code) = token::find(&text) else { return text };
        let place = self.codes.iter().position(|known| known == code).unwrap_or_else(|| {
            self.codes.push(code.to_owned());
            self.codes.len() - 1
        });
        let letter = char::from(b'A' + u8::try_from(place).expect("few codes"));
        text.replace(code, &format!("CAAQ{}Q", letter.to_string().repeat(TOKEN_LEN - 5)))
    }

    fn compare_or_write(self) {
        let folder = Path::new(FOLDER);
        if env::var_os(WRITE).is_some() {
            let _ = fs::remove_dir_all(folder);
            fs::create_dir_all(folder).expect("the folder can be made");
            for (name, answer) in self.files {
                fs::write(folder.join(name), pretty(&answer)).expect("an answer can be written");
            }
            return;
        }
        let again = format!("Write them anew:\n  {WRITE}=1 cargo test -p tests --test api answers");
        for (name, answer) in &self.files {
            let kept = fs::read_to_string(folder.join(name)).unwrap_or_default();
            assert_eq!(kept, pretty(answer), "{name} is another than this server's. {again}");
        }
        let kept = fs::read_dir(folder).expect("the answers are there").count();
        assert_eq!(kept, self.files.len(), "an answer is kept that nobody gives. {again}");
    }
}

/// Text stands as it is, everything else as JSON.
fn pretty(answer: &Value) -> String {
    match answer {
        Value::String(text) => text.clone(),
        other => serde_json::to_string_pretty(other).expect("plain data becomes JSON") + "\n",
    }
}

fn status_of(row: &Value) -> String {
    format!("/api/appointments/{}/status", row["id"])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn page_tests_are_fed_with_this_servers_answers() {
    let mut answers = Answers::default();
    visit(&mut answers).await;
    refusals(&mut answers).await;
    permanent_codes(&mut answers).await;
    forms(&mut answers).await;
    trouble(&mut answers).await;
    answers.compare_or_write();
}

/// An invited guest from the invitation to the end.
async fn visit(answers: &mut Answers) {
    let app = App::public(Place::Sqlite).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let mut events = desk.subscribe().await;
    let mut alerts = guru.subscribe().await;
    let made = guru.post("/api/appointments", invitation(1, "09:00")).await;
    let invited = answers.keep(&app, "janji-temu-dibuat", 201, made);
    let code = &invited["kode_qr"];
    answers.keep_event(&app, &mut events, "appointment").await;

    answers.keep(&app, "scan-datang", 200, desk.scan(code).await);
    let alert = answers.keep_event(&app, &mut alerts, "notification").await;
    answers.keep(&app, "notifikasi", 200, guru.get("/api/notifications").await);
    answers.keep(&app, "scan-sudah-datang", 200, desk.scan(code).await);
    app.clock.advance(Duration::minutes(1));
    let path = format!("/api/notifications/{}/respond", alert["id"]);
    answers.keep(
        &app,
        "notifikasi-dijawab",
        200,
        guru.post(&path, json!({ "tanggapan": "Saya ke lobi" })).await,
    );
    answers.keep(&app, "hari-ini", 200, desk.get("/api/appointments/today").await);
    app.clock.advance(Duration::minutes(1));
    let begun = guru.put(&status_of(&invited), json!({ "status": "sedang berlangsung" })).await;
    answers.keep(&app, "status-berlangsung", 200, begun);
    app.clock.advance(Duration::minutes(20));
    // An access token lives for a quarter of an hour.
    let desk = app.desk().await;
    answers.keep(&app, "scan-pulang", 200, desk.scan(code).await);
    answers.keep(&app, "scan-sudah-selesai", 200, desk.scan(code).await);
    let back = desk.put(&status_of(&invited), json!({ "status": "batal" })).await;
    answers.keep(&app, "transisi-tidak-sah", 409, back);
    answers.keep(&app, "dasbor", 200, desk.get("/api/dashboard").await);
    answers.keep(&app, "guru", 200, desk.get("/api/guru").await);
    answers.keep(&app, "sekolah", 200, desk.get("/api/sekolah").await);
}

/// Every reason to refuse a code, and the look at one such code.
async fn refusals(answers: &mut Answers) {
    let app = App::start(Place::Sqlite).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let mut tomorrow = invitation(1, "10:00");
    tomorrow["tanggal"] = json!("2026-11-24");
    let tomorrow = guru.post("/api/appointments", tomorrow).await.expect(201);
    let cancelled = invite(&guru, 2, "09:30").await;
    let reason = json!({ "status": "batal", "alasan": "Rapat mendadak" });
    guru.put(&status_of(&cancelled), reason).await.expect(200);
    let unknown = Token { subject: Subject::JanjiTemu(IdJanjiTemu(987_654)), expiry_hours: 0xFF_FFFF };
    let expired = Token { subject: Subject::JanjiTemu(IdJanjiTemu(1)), expiry_hours: 1 };
    let unknown = app.sign(&unknown);
    let forged = if unknown.ends_with("AAAAAAA") { "BBBBBBI" } else { "AAAAAAA" };
    let codes = [
        ("format-tidak-valid", json!("HTTPS://LAIN.EXAMPLE/MENU1")),
        ("tanda-tangan-tidak-valid", json!(format!("{}{forged}", &unknown[..40]))),
        ("kedaluwarsa", json!(app.sign(&expired))),
        ("tidak-ditemukan", json!(unknown)),
        ("bukan-hari-ini", tomorrow["kode_qr"].clone()),
        ("dibatalkan", cancelled["kode_qr"].clone()),
    ];
    for (name, code) in codes {
        answers.keep(&app, &format!("tolak-{name}"), 422, desk.scan(&code).await);
    }
    let path = format!("/api/appointments/qr/{}", tomorrow["kode_qr"].as_str().expect("a code"));
    answers.keep(&app, "verifikasi-bukan-hari-ini", 200, desk.get(&path).await);
}

/// A guest's own code. Of several appointments one is to be picked; without an appointment the guest is known.
async fn permanent_codes(answers: &mut Answers) {
    let app = App::start(Place::Sqlite).await;
    let (guru, desk) = (app.guru().await, app.desk().await);
    let invited = invite(&guru, 1, "09:30").await;
    let guest = IdTamu(invited["id_tamu"].as_i64().expect("an identity"));
    let code = json!(app.sign(&Token::tamu(guest)));
    let mut second = invitation(1, "10:30");
    second["id_guru"] = json!(OTHER_GURU.id());
    desk.post("/api/appointments", second).await.expect(201);
    answers.keep(&app, "scan-pilih", 200, desk.scan(&code).await);
    let stranger = desk.post("/api/tamu", tests::tamu(3)).await.expect(201);
    let stranger = IdTamu(stranger["id"].as_i64().expect("an identity"));
    let code = json!(app.sign(&Token::tamu(stranger)));
    answers.keep(&app, "scan-tanpa-janji", 200, desk.scan(&code).await);
    answers.keep(&app, "tamu-cari", 200, desk.get("/api/tamu/search?q=0812+0000+0003").await);
}

/// What the desk fills in, right and wrong.
async fn forms(answers: &mut Answers) {
    let app = App::start(Place::Sqlite).await;
    let desk = app.desk().await;
    answers.keep(&app, "langsung", 201, desk.post("/api/appointments/walk-in", walk_in(1, &GURU)).await);
    let wrong = json!({
        "tamu": { "nama": " ", "telp": "12" }, "keperluan": "", "id_guru": 99,
    });
    answers.keep(&app, "isian-tidak-valid", 422, desk.post("/api/appointments/walk-in", wrong).await);
    answers.keep(&app, "pengguna", 200, app.admin().await.get("/api/users").await);
}

/// Answers to errors, and how the desktop program hands on an answer.
async fn trouble(answers: &mut Answers) {
    let app = App::start(Place::Sqlite).await;
    let desk = app.desk().await;
    let wrong = json!({ "email": GURU.email, "password": "salah sekali" });
    let refused = app.nobody().post("/api/auth/login", wrong.clone()).await;
    answers.keep(&app, "kredensial-salah", 401, refused);
    let slowed = loop {
        let answer = app.nobody().post("/api/auth/login", wrong.clone()).await;
        if answer.status == 429 {
            break answer;
        }
    };
    answers.keep(&app, "terlalu-sering", 429, slowed);

    let address = app.server().url().parse().expect("an address");
    let address = ServerAddress::new(&address, None).expect("an address");
    let program = Client::connect(address, TokenStore::memory()).await.expect("a client");
    program.login(DESK.email, PASSWORD).await.expect("the receptionist");
    let agreed = program.forward("GET", "/api/sekolah", None).await.expect("an answer");
    app.close_database().await;
    answers.keep(&app, "database-tidak-tersedia", 503, desk.get("/api/appointments/today").await);
    let refused = program.forward("GET", "/api/appointments/today", None).await.expect("an answer");
    for (name, forwarded) in [("program-sekolah", agreed), ("program-database-tidak-tersedia", refused)] {
        let told = String::from_utf8(forwarded.into_bytes(None)).expect("it is text");
        answers.files.insert(format!("{name}.txt"), Value::String(told));
    }
}
