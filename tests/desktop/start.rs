//! A start that fails opens a window where it can be mended. A second start raises the window only if a person started
//! it.

use std::{fs, net::TcpListener, path::Path, process::Stdio};

use tests::{Process, wait};

use crate::{program::Program, school::School, stage, window};

/// A front desk that keeps the guest book itself.
fn host(port: u16) -> String {
    format!(
        "role = \"kiosk\"\n[server]\nkind = \"host\"\nport = {port}\nloopback = true\n\
         [scanners]\nhid = false\ncamera = false\n"
    )
}

fn port_of(folder: &Path) -> String {
    let profile = fs::read_to_string(folder.join("program.toml")).expect("a profile");
    profile.lines().find(|line| line.starts_with("port")).expect("a port").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_port_is_told_and_another_one_taken_instead() {
    let Some(stage) = stage() else { return };
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let program = Program::start(&stage, Some(&host(port)), &[]).await;
    program.look_at("mulai").await;
    program.sees("dipakai program lain").await;
    program.inspect(&stage, "kendala-port").await;
    // Tried without a change, it is still in the way.
    program.press("Coba lagi").await;
    program.sees("dipakai program lain").await;
    program.fill("[data-testid=port]", &tests::free_port().to_string()).await;
    program.press("Coba lagi").await;
    program.look_at("kiosk").await;
    program.sees("Masuk").await;
    assert_ne!(port_of(program.folder.path()), format!("port = {port}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_the_way_is_named_and_once_it_is_mended_the_program_opens() {
    let Some(stage) = stage() else { return };
    let sound = host(0);
    for (file, damage, told) in [
        ("program.toml", "role = \"ketua\"", "program.toml"),
        ("sertifikat.pem", "bukan sertifikat", "Sertifikat"),
        ("bukutamu.kunci", "{", "bukutamu.kunci"),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("program.toml"), &sound).expect("a profile can be written");
        fs::write(folder.path().join(file), damage).expect("it can be damaged");
        let program = Program::start_in(&stage, folder, &[]).await;
        program.look_at("mulai").await;
        program.sees(told).await;
        match file {
            "program.toml" => fs::write(program.folder.path().join(file), &sound),
            _ => fs::remove_file(program.folder.path().join(file)),
        }
        .expect("it can be mended");
        program.press("Coba lagi").await;
        program.look_at("kiosk").await;
        program.sees("Masuk").await;
        program.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_raises_the_window_unless_it_is_a_hidden_one() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let program = Program::start(&stage, None, &["--role", "admin", "--server", &school.address()]).await;
    program.look_at("admin").await;
    program.sees("Masuk").await;
    let shown = window::window(&stage);
    let minimized = stage.command("xdotool").args(["windowminimize", &shown]).status();
    assert!(minimized.is_ok_and(|status| status.success()));
    wait("the window to be out of sight", || window::visible(&stage).is_empty());
    let start_again = |extra: &[&str]| {
        let mut command = stage.command(env!("CARGO_BIN_EXE_bukutamu"));
        command.arg("--data-dir").arg(program.folder.path()).args(extra);
        let mut second = Process::start(command.env("BUKUTAMU_NO_DIALOG", "1").stderr(Stdio::null()));
        wait("the second start to end", || second.status().is_some());
    };
    start_again(&["--hidden"]);
    start_again(&["--hidden"]);
    assert!(window::visible(&stage).is_empty(), "a start at log-in raises the window");
    start_again(&[]);
    wait("the window", || window::visible(&stage).contains(&shown));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_opens_the_admins_window_where_somebody_signs_in() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let (kiosk, _scanner) = school.open_kiosk(&stage).await;
    let desk = window::window(&stage);
    kiosk.invoke("admin_open", serde_json::json!({})).await.expect("the kiosk may open it");
    let mut admin = Vec::new();
    wait("the admin's window before the kiosk's", || {
        admin = window::visible(&stage);
        admin.retain(|one| *one != desk);
        admin.len() == 1 && window::active(&stage).as_ref() == admin.first()
    });
    stage.picture(&crate::pictures().join("kiosk-admin.png"));
    window::close(&stage, &admin[0]);
    wait("the admin's window to close", || window::visible(&stage) == [desk.clone()]);
    kiosk.sees("Hari ini").await;
}
