//! The server is killed and started again. Meanwhile both windows say so, and then go on by themselves.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

use tests::Process;

use crate::{program::Program, stage};

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_is_told_of_and_found_again() {
    let Some(stage) = stage() else { return };
    let Some(program) = server_program() else {
        return tests::skip("bukutamu-server is not built: cargo build -p server");
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let password = fill(&program, &folder);
    let (server, address) = serve(&program, &folder, 0, &[]);
    let port: u16 = address.split(['#', ':']).nth(2).and_then(|port| port.parse().ok()).expect("a port");

    let kiosk = Program::start(&stage, None, &["--role", "kiosk", "--server", &address]).await;
    kiosk.look_at("kiosk").await;
    kiosk.fill("input[type=email]", "resepsionis@sekolah.example").await;
    kiosk.fill("input[type=password]", &password).await;
    kiosk.press("Masuk").await;
    kiosk.sees("Budi").await;

    drop(server);
    kiosk.sees("terputus").await;
    kiosk.inspect(&stage, "kiosk-gangguan").await;

    let (_server, again) = serve(&program, &folder, port, &[]);
    assert_eq!(again, address, "the certificate and the port stay");
    kiosk.sees_no_more("terputus").await;
    kiosk.sees("Budi").await;
}

/// The server beside the program, which cargo builds with the workspace's tests.
pub(crate) fn server_program() -> Option<PathBuf> {
    let program = Path::new(env!("CARGO_BIN_EXE_bukutamu")).with_file_name("bukutamu-server");
    program.exists().then_some(program)
}

/// Makes up a school. Returns everybody's password.
pub(crate) fn fill(program: &Path, folder: &TempDir) -> String {
    let filled = Command::new(program).args(["demo", "--data-dir"]).arg(folder.path()).output();
    let said = String::from_utf8(filled.expect("the server's program runs").stdout).expect("text");
    said.lines().find_map(|line| line.strip_prefix("password for all: ")).expect("a password").to_owned()
}

/// Serves it. Returns the address, with the certificate where there is one.
pub(crate) fn serve(program: &Path, folder: &TempDir, port: u16, args: &[&str]) -> (Process, String) {
    let listen = format!("127.0.0.1:{port}");
    let (mut process, stdout) = Process::piped(
        Command::new(program)
            .args(["serve", "--listen", &listen, "--data-dir"])
            .arg(folder.path())
            .args(args)
            .stderr(Stdio::null()),
    );
    let mut certificate = String::new();
    for line in BufReader::new(stdout).lines().map_while(Result::ok) {
        if let Some(text) = line.strip_prefix("certificate ") {
            certificate = text.to_owned();
        }
        if let Some(url) = line.strip_prefix("listening on ") {
            return (
                process,
                if certificate.is_empty() { url.to_owned() } else { format!("{url}#{certificate}") },
            );
        }
    }
    panic!("the server did not start: {:?}", process.status());
}
