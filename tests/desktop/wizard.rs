//! The first start: nothing is set up, and a person who has never seen the program makes the school and its first admin.

use serde_json::json;

use crate::{program::Program, school::School, stage};

const PASSWORD: &str = "papan tulis 42";

#[tokio::test(flavor = "multi_thread")]
async fn the_first_start_makes_a_school_that_can_be_signed_in_to() {
    let Some(stage) = stage() else { return };
    let program = Program::start(&stage, None, &[]).await;
    program.look_at("mulai").await;
    program.sees("Meja depan").await;
    stage.picture(&crate::pictures().join("mulai.png"));

    let setup = json!({ "setup": {
        "role": "kiosk",
        "server": {
            "kind": "host",
            "port": 0,
            "nama_sekolah": "SMP Harapan",
            "tempat": "Lobi utama",
            "zona_waktu": "Asia/Makassar",
            "admin": { "nama": "Hendra Gunawan", "email": "admin@sekolah.example", "password": PASSWORD },
        },
        "pin": "041777",
        "scanners": { "hid": false, "camera": false, "serial": null, "folder": null },
        "autostart": false,
        "language": "id",
    }});
    let weak = {
        let mut weak = setup.clone();
        weak["setup"]["server"]["admin"]["password"] = json!("12345678");
        weak
    };
    let refused = program.invoke("wizard_finish", weak).await.expect("an answer");
    assert_eq!(refused["ok"], false);
    assert_eq!(refused["field"], "admin.password", "{refused}");

    // The window that asks is closed by the answer.
    let _ = tokio::time::timeout(
        std::time::Duration::from_secs(30),
        program
            .driver
            .execute("window.__TAURI_INTERNALS__.invoke('wizard_finish', arguments[0])", vec![setup]),
    )
    .await;
    program.look_at("kiosk").await;
    program.sees("SMP Harapan").await;
    program.fill("input[type=email]", "admin@sekolah.example").await;
    program.fill("input[type=password]", PASSWORD).await;
    program.press("Masuk").await;
    program.sees_no_more("Kata sandi").await;

    // Started again, it remembers, and asks nothing.
    let folder = program.end().await;
    let profile = std::fs::read_to_string(folder.path().join("program.toml")).expect("a profile");
    assert!(!profile.contains("041777") && !profile.contains(PASSWORD), "a secret stands in the profile");
    let again = Program::start_in(&stage, folder, &[]).await;
    again.look_at("kiosk").await;
    again.sees("SMP Harapan").await;
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

    // As it is typed from the reception's screen: without scheme.
    let typed = school.app.server().address().to_string();
    program.fill("input[inputmode=url]", &typed).await;
    program.press("Lanjut").await;
    let fingerprint = school.app.server().fingerprint().expect("TLS is on");
    program.sees("Bandingkan sidik jarinya").await;
    let shown: String = program.text().await.chars().filter(char::is_ascii_hexdigit).collect();
    assert!(shown.contains(&fingerprint.replace(':', "")), "another fingerprint is shown");
    stage.picture(&crate::pictures().join("mulai-sidik.png"));
    program.press("Sama, sambungkan").await;
    program.press("Selesai").await;

    program.look_at("guru").await;
    program.login(tests::GURU.email).await;
    program.sees("Hari ini").await;
    let autostart = stage.home().join(".config/autostart");
    let entries = std::fs::read_dir(&autostart).map_or(0, Iterator::count);
    assert_eq!(entries, 1, "the program does not start with the PC: {}", autostart.display());
}
