//! The school of the windows: its server with TLS, and programs that are paired with it.

use serialport::{SerialPort, TTYPort};
use std::io::Write;
use tests::{App, DESK, GURU, Place, Stage};

use crate::program::Program;

/// The PIN of every kiosk here.
pub(crate) const PIN: &str = "041777";

/// A running school.
pub(crate) struct School {
    pub(crate) app: App,
}

impl School {
    pub(crate) async fn open() -> Self {
        Self { app: App::with(Place::Sqlite, |config| config.plain_http = false).await }
    }

    /// Address and certificate.
    pub(crate) fn address(&self) -> String {
        let server = self.app.server();
        format!("{}#{}", server.url(), server.fingerprint().expect("TLS is on"))
    }

    /// A kiosk at the end of a scanner's line. Nobody is signed in.
    pub(crate) async fn kiosk(&self, stage: &Stage) -> (Program, Scanner) {
        kiosk_of(stage, &self.address()).await
    }

    /// The same with the receptionist signed in.
    pub(crate) async fn open_kiosk(&self, stage: &Stage) -> (Program, Scanner) {
        let (kiosk, scanner) = self.kiosk(stage).await;
        kiosk.login(DESK.email).await;
        (kiosk, scanner)
    }

    /// A teacher's program. The guru is signed in, and its window is open.
    pub(crate) async fn guru(&self, stage: &Stage) -> Program {
        let guru = Program::start(stage, None, &["--role", "guru", "--server", &self.address()]).await;
        guru.look_at("guru").await;
        guru.login(GURU.email).await;
        guru.sees("Hari ini").await;
        guru
    }
}

/// A kiosk of a server, at the end of a scanner's line. Nobody is signed in.
pub(crate) async fn kiosk_of(stage: &Stage, address: &str) -> (Program, Scanner) {
    let scanner = Scanner::plug_in();
    let profile = format!(
        "role = \"kiosk\"\npin = \"{}\"\n[server]\nkind = \"remote\"\nurl = \"{}\"\n\
         [scanners]\nhid = false\ncamera = false\nserial = \"{}\"\n",
        bcrypt::hash(PIN, 4).expect("a PIN can be hashed"),
        address,
        scanner.port
    );
    let program = Program::start(stage, Some(&profile), &[]).await;
    program.look_at("kiosk").await;
    (program, scanner)
}

/// A scanner on a serial line: a pseudo terminal. The program listens at its far end.
pub(crate) struct Scanner {
    near: TTYPort,
    port: String,
}

impl Scanner {
    fn plug_in() -> Self {
        // Only the program may open the far end.
        let (near, far) = TTYPort::pair().expect("a pair of pseudo terminals");
        Self { near, port: far.name().expect("a pseudo terminal has a name") }
    }

    /// A guest shows a code to it.
    pub(crate) fn reads(&mut self, code: &str) {
        self.near.write_all(format!("{code}\r").as_bytes()).expect("the line takes it");
    }
}
