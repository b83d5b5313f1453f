//! A page's process ends by itself, as it does where memory runs out: the alert that comes next is seen all the same.

use std::{
    fs,
    process::{Command, Stdio},
};

use client::{Client, TokenStore};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use tests::{GURU, PASSWORD, Process, Stage, invite, wait};

use crate::{school::School, stage, window};

/// An empty window has a few; letters have soft edges.
const COLOURS_OF_A_PAGE: u32 = 40;

#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_process_ended_is_loaded_anew_and_the_next_guest_is_announced() {
    let Some(stage) = stage() else { return };
    let school = School::open().await;
    let invited = invite(&school.app.guru().await, 1, "09:00").await;
    let address = school.address();

    // A driver would end with the page, so this program has none, and the guru signed in before.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let tokens = TokenStore::file("guru", &address.parse().expect("an address"), Some(folder.path()));
    let client = Client::connect(address.parse().expect("an address"), tokens.expect("a store")).await;
    client.expect("the server answers").login(GURU.email, PASSWORD).await.expect("the guru signs in");
    let mut command = stage.command(env!("CARGO_BIN_EXE_bukutamu"));
    command.args(["--role", "guru", "--server", &address, "--data-dir"]).arg(folder.path());
    let program = Process::start(command.env("BUKUTAMU_NO_DIALOG", "1").stderr(Stdio::null()));
    let shown = window::window(&stage);
    wait("the teacher's day", || colours(&stage, &shown) > COLOURS_OF_A_PAGE);

    let before = page_processes(program.id());
    assert!(!before.is_empty(), "no process shows pages");
    for pid in &before {
        let memory = fs::read_to_string(format!("/proc/{pid}/maps")).expect("it runs");
        assert!(!memory.contains(" rwx"), "scripts are compiled into memory that can be written");
    }
    for pid in &before {
        kill(Pid::from_raw(*pid), Signal::SIGKILL).expect("it runs");
    }
    wait("a page's process in its place", || {
        let now = page_processes(program.id());
        !now.is_empty() && now.iter().all(|pid| !before.contains(pid))
    });
    wait("the teacher's day again", || colours(&stage, &shown) > COLOURS_OF_A_PAGE);

    school.app.desk().await.scan(&invited["kode_qr"]).await.expect(200);
    wait("the guest in the pop-up", || {
        let is_pop_up = |one: &String| *one != shown && colours(&stage, one) > COLOURS_OF_A_PAGE;
        window::visible(&stage).iter().any(is_pop_up)
    });
    stage.picture(&crate::pictures().join("popup-sesudah-proses-berakhir.png"));
}

/// How many colours a window shows; 0 where it is gone.
fn colours(stage: &Stage, window: &str) -> u32 {
    let file = stage.home().join("window.png");
    let taken = stage.command("import").args(["-window", window]).arg(&file).stderr(Stdio::null()).status();
    if !taken.is_ok_and(|status| status.success()) {
        return 0;
    }
    let counted = Command::new("identify").args(["-format", "%k"]).arg(&file).output();
    let counted = counted.expect("identify comes with import").stdout;
    String::from_utf8_lossy(&counted).trim().parse().unwrap_or(0)
}

/// The processes that a program shows pages with.
fn page_processes(program: u32) -> Vec<i32> {
    let children = fs::read_dir(format!("/proc/{program}/task")).into_iter().flatten().flatten();
    let children = children.filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    let children: Vec<i32> = children
        .flat_map(|list| list.split(' ').filter_map(|pid| pid.parse().ok()).collect::<Vec<_>>())
        .collect();
    let shows_pages = |pid: &i32| {
        fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|name| name.starts_with("WebKitWeb"))
    };
    children.into_iter().filter(shows_pages).collect()
}
