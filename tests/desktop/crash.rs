//! A page's process ends by itself, as it does when memory runs out. The next alert is still seen.

use std::{
    fs, mem,
    process::{Command, Stdio},
};

use client::{Client, TokenStore};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use tests::{GURU, PASSWORD, Process, Stage, invite, wait};

use crate::{program::children_of, school::School, stage, window};

/// An empty window has a few colours; letters have soft edges.
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
    wait("the teacher's day", || look(&stage, &shown).colours > COLOURS_OF_A_PAGE);

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
    wait("the teacher's day again", || look(&stage, &shown).colours > COLOURS_OF_A_PAGE);

    school.app.desk().await.scan(&invited["kode_qr"]).await.expect(200);
    let mut last = Look::default();
    wait("the guest in the pop-up", || {
        let pop_up = window::visible(&stage).into_iter().find(|one| *one != shown);
        // Until it is painted, it shows what lies beneath.
        let now = pop_up.map(|one| look(&stage, &one)).unwrap_or_default();
        let is_still = mem::replace(&mut last, now.clone()) == now;
        is_still && now.colours > COLOURS_OF_A_PAGE
    });
    stage.picture(&crate::pictures().join("popup-sesudah-proses-berakhir.png"));
}

/// What a window shows.
#[derive(Clone, Default, PartialEq, Eq)]
struct Look {
    colours: u32,
    digest: String,
}

/// Looks at a window; `None` if it is gone.
fn look(stage: &Stage, window: &str) -> Look {
    let file = stage.home().join("window.png");
    let taken = stage.command("import").args(["-window", window]).arg(&file).stderr(Stdio::null()).status();
    if !taken.is_ok_and(|status| status.success()) {
        return Look::default();
    }
    let told = Command::new("identify").args(["-format", "%k %#"]).arg(&file).output();
    let told = String::from_utf8_lossy(&told.expect("identify comes with import").stdout).into_owned();
    let Some((colours, digest)) = told.split_once(' ') else { return Look::default() };
    Look { colours: colours.parse().unwrap_or(0), digest: digest.to_owned() }
}

/// The processes in which a program shows pages.
fn page_processes(program: u32) -> Vec<i32> {
    children_of(program, "WebKitWeb")
}
