//! The first start: nothing is set up, and a person who has never seen the program makes the school and its first
//! admin.

use std::{fs, process::Stdio};

use serde_json::json;
use tests::{Process, Stage, wait, within};

use crate::{
    program::Program,
    school::{PIN, School},
    stage, window,
};

const EMAIL: &str = "admin@sekolah.example";
const PASSWORD: &str = "papan tulis 42";

#[tokio::test(flavor = "multi_thread")]
async fn the_first_start_makes_a_school_that_can_be_signed_in_to() {
    let Some(stage) = stage() else { return };
    let program = Program::start(&stage, None, &[]).await;
    program.look_at("mulai").await;
    program.sees("Untuk apa PC ini?").await;
    program.press("Lanjut").await;
    program.sees("Pilih dahulu untuk apa PC ini").await;
    program.choose("input[value=kiosk]").await;
    program.inspect(&stage, "mulai-1-peran").await;
    program.press("Lanjut").await;

    program.sees("Di mana buku tamunya disimpan?").await;
    program.choose("input[value=host]").await;
    program.inspect(&stage, "mulai-2-tempat").await;
    program.press("Lanjut").await;

    program.sees("Tentang sekolah").await;
    program.press("Lanjut").await;
    program.sees("Tulis nama sekolah").await;
    program.fill("[data-testid=nama-sekolah]", "SMP Harapan").await;
    program.choose("input[value='Asia/Makassar']").await;
    program.inspect(&stage, "mulai-3-sekolah").await;
    program.press("Lanjut").await;

    program.sees("Admin pertama").await;
    program.fill("[data-testid=admin-nama]", "Hendra Gunawan").await;
    program.fill("[data-testid=admin-email]", EMAIL).await;
    program.fill("[data-testid=admin-password]", "12345678").await;
    program.fill("[data-testid=admin-ulang]", "12345678").await;
    program.click("summary").await;
    program.fill("[data-testid=port]", &tests::free_port().to_string()).await;
    program.inspect(&stage, "mulai-4-admin").await;
    program.press("Lanjut").await;

    // What the school's own rules refuse is told beside its field.
    program.sees("Mudah ditebak").await;
    program.inspect(&stage, "mulai-4-sandi-mudah").await;
    program.fill("[data-testid=admin-password]", PASSWORD).await;
    program.fill("[data-testid=admin-ulang]", PASSWORD).await;
    program.press("Lanjut").await;

    program.fill("[data-testid=pin]", PIN).await;
    program.fill("[data-testid=pin-ulang]", "111").await;
    program.press("Lanjut").await;
    program.find("[aria-invalid=true]").await;
    program.inspect(&stage, "mulai-5-pin-beda").await;
    program.fill("[data-testid=pin-ulang]", PIN).await;
    program.press("Lanjut").await;

    program.find("[data-testid=serial]").await;
    program.inspect(&stage, "mulai-6-alat").await;
    program.press("Lanjut").await;

    program.find("[data-testid=ringkasan]").await;
    program.sees("SMP Harapan").await;
    program.inspect(&stage, "mulai-7-ringkas").await;
    program.press("Selesai").await;

    program.look_at("kiosk").await;
    program.sees("SMP Harapan").await;
    // The new window has the keyboard and the first field the cursor, so a person types at once.
    program.find("input[type=email]:focus").await;
    window::type_line(&stage, &format!("{EMAIL}\t{PASSWORD}"));
    program.sees_no_more("Kata sandi").await;

    // After another start it remembers, and asks nothing.
    let folder = program.end().await;
    let profile = fs::read_to_string(folder.path().join("program.toml")).expect("a profile");
    assert!(!profile.contains(PIN) && !profile.contains(PASSWORD), "a secret stands in the profile");
    let again = Program::start_in(&stage, folder, &[]).await;
    again.look_at("kiosk").await;
    again.sees("SMP Harapan").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_pc_begins_from_a_backup_and_the_sheet() {
    let Some(stage) = stage() else { return };
    // The old PC: its backup, and the code that was printed.
    let school = School::open().await;
    let admin = school.app.admin().await;
    admin.post("/api/cadangan", json!({})).await.expect(202);
    let nama = loop {
        let list = admin.get("/api/cadangan").await.expect(200);
        if let Some(nama) = list["data"][0]["nama"].as_str() {
            break nama.to_owned();
        }
        tests::pause().await;
    };
    let backup = school.app.folder().join("cadangan").join(nama);
    let sheet = admin.post("/api/lembar-pemulihan", json!({})).await.expect(200);
    let kode = sheet["kode"].as_str().expect("a code").to_lowercase();

    let program = Program::start(&stage, None, &[]).await;
    program.look_at("mulai").await;
    program.choose("input[value=kiosk]").await;
    program.press("Lanjut").await;
    program.choose("input[value=restored]").await;
    program.press("Lanjut").await;
    program.fill("[data-testid=cadangan]", backup.to_str().expect("a path of text")).await;
    program.fill("[data-testid=kode-pemulihan]", &kode.replacen(&kode[..1], "?", 1)).await;
    program.click("summary").await;
    program.fill("[data-testid=port]", &tests::free_port().to_string()).await;
    program.press("Pulihkan").await;
    program.find("[data-testid=kode-pemulihan][aria-invalid=true]").await;
    program.inspect(&stage, "mulai-cadangan-salah").await;
    program.fill("[data-testid=kode-pemulihan]", &kode).await;
    program.press("Pulihkan").await;

    program.fill("[data-testid=pin]", PIN).await;
    program.fill("[data-testid=pin-ulang]", PIN).await;
    program.press("Lanjut").await;
    program.find("[data-testid=serial]").await;
    program.press("Lanjut").await;
    program.find("[data-testid=ringkasan]").await;
    program.inspect(&stage, "mulai-cadangan-ringkas").await;
    program.press("Selesai").await;
    // Whoever ran the school before signs in as before.
    program.look_at("kiosk").await;
    program.login(tests::DESK.email).await;
    program.sees_no_more("Kata sandi").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_teachers_pc_is_paired_by_a_typed_address_and_a_fingerprint_that_a_person_compares() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let program = Program::start(&stage, None, &[]).await;
    program.look_at("mulai").await;
    program.sees("Untuk apa PC ini?").await;
    program.choose("input[value=guru]").await;
    program.press("Lanjut").await;
    program.find("[data-testid=alamat]").await;
    program.inspect(&stage, "mulai-server").await;

    // As it is typed from the reception's screen: without a scheme.
    let typed = school.app.server().address().to_string();
    program.fill("input[inputmode=url]", &typed).await;
    program.press("Lanjut").await;
    let fingerprint = school.app.server().fingerprint().expect("TLS is on");
    program.sees("Bandingkan sidik jarinya").await;
    let shown: String = program.text().await.chars().filter(char::is_ascii_hexdigit).collect();
    assert!(shown.contains(&fingerprint.replace(':', "")), "another fingerprint is shown");
    program.inspect(&stage, "mulai-sidik").await;
    program.press("Sama, sambungkan").await;
    program.press("Selesai").await;

    program.look_at("guru").await;
    program.login(tests::GURU.email).await;
    program.sees("Hari ini").await;

    // As the desktop starts it at the next log-in: it knows its folder, asks nothing, and shows nothing until a guest
    // comes.
    let _folder = program.end().await;
    let line = autostart_line(&stage);
    let run = |line: &str| {
        let mut command = stage.command("sh");
        Process::start(command.args(["-c", line]).env("BUKUTAMU_NO_DIALOG", "1").stderr(Stdio::null()))
    };
    let desk = school.app.desk().await;
    let is_online = async || {
        let listed = desk.get("/api/guru").await.expect(200);
        let mut gurus = listed["data"].as_array().expect("a list").iter();
        gurus.any(|one| one["id"] == json!(tests::GURU.id()) && one["online"] == true)
    };
    let online = async |wanted: bool| {
        while is_online().await != wanted {
            tests::pause().await;
        }
    };
    within("the first program to be gone", online(false)).await;
    let _program = run(&line);
    within("the guru to be there again", online(true)).await;
    assert!(window::visible(&stage).is_empty(), "a window opens at log-in");
    // If it is started once more by hand, the running program comes forward.
    let mut second = run(&line.replace("--hidden", ""));
    wait("the second start to end", || second.status().is_some());
    let shown = window::window(&stage);
    wait("the teacher's window", || window::width(&stage, &shown) > 900);
}

/// The command of the only program that starts with the PC.
fn autostart_line(stage: &Stage) -> String {
    let folder = stage.home().join(".config/autostart");
    let entries: Vec<_> = fs::read_dir(&folder).into_iter().flatten().flatten().collect();
    assert_eq!(entries.len(), 1, "the program does not start with the PC: {}", folder.display());
    let entry = fs::read_to_string(entries[0].path()).expect("an entry can be read");
    entry.lines().find_map(|line| line.strip_prefix("Exec=")).expect("an entry has a command").to_owned()
}
