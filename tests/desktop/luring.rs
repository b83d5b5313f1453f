//! A morning without a server: it is killed, the kiosk goes on by itself, and everything is entered once it is back.

use std::{fs, path::Path};

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{Caller, Condition, Line, Locked, Process, Stage, pause, within};

use crate::{
    away::{fill, serve, server_program},
    program::Program,
    school::{Scanner, kiosk_of},
    stage,
};

const ESCAPE: &str = "\u{e00c}";
const DESK: &str = "resepsionis@sekolah.example";

/// A made-up school whose server comes and goes.
struct Morning {
    program: std::path::PathBuf,
    folder: TempDir,
    password: String,
    address: String,
}

impl Morning {
    /// `None` if there is no server to kill; that counts as skipped.
    fn begin() -> Option<(Self, Process)> {
        let Some(program) = server_program() else {
            tests::skip("bukutamu-server is not built: cargo build -p server");
            return None;
        };
        let folder = tempfile::tempdir().expect("a temporary folder");
        let password = fill(&program, &folder);
        let (server, address) = serve(&program, &folder, 0, &["--plain-http"]);
        Some((Self { program, folder, password, address }, server))
    }

    /// The server at its own address.
    fn again(&self) -> Process {
        let port = self.address.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        serve(&self.program, &self.folder, port, &["--plain-http"]).0
    }

    /// The server where the kiosk does not find it.
    fn elsewhere(&self) -> (Process, String) {
        serve(&self.program, &self.folder, 0, &["--plain-http"])
    }

    async fn desk(&self, address: &str) -> Caller {
        Caller::at(address).login(DESK, &self.password).await
    }

    async fn kiosk(&self, stage: &Stage, address: &str) -> (Program, Scanner) {
        let (kiosk, scanner) = kiosk_of(stage, address).await;
        kiosk.fill("input[type=email]", DESK).await;
        kiosk.fill("input[type=password]", &self.password).await;
        kiosk.press("Masuk").await;
        kiosk.find("[data-testid=hari-ini]").await;
        (kiosk, scanner)
    }
}

/// The appointments of today that stand there.
async fn today(desk: &Caller, status: &str) -> Vec<Value> {
    let listed = desk.get("/api/appointments/today?ukuran=200").await.expect(200);
    let rows = listed["data"].as_array().expect("a list").iter();
    rows.filter(|row| row["status"] == status).cloned().collect()
}

async fn status_of(desk: &Caller, row: &Value) -> Value {
    desk.get(&format!("/api/appointments/{}", row["id"])).await.expect(200)["status"].clone()
}

/// Waits until the program has kept what it needs without a server.
async fn is_supplied(folder: &Path) {
    let supplied = async {
        while !has_pack(folder) {
            pause().await;
        }
    };
    within("the desk to be supplied", supplied).await;
}

fn has_pack(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| entry.path().is_dir() && entry.path().join("bekal").exists())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_morning_goes_on_while_the_server_is_killed() {
    let Some(stage) = stage() else { return };
    let Some((morning, server)) = Morning::begin() else { return };
    let desk = morning.desk(&morning.address).await;
    let expected = today(&desk, "belum").await;
    let here = today(&desk, "menunggu").await;
    let (kiosk, mut scanner) = morning.kiosk(&stage, &morning.address).await;
    is_supplied(kiosk.folder.path()).await;

    drop(server);
    scanner.reads(expected[0]["kode_qr"].as_str().expect("a code"));
    kiosk.find("[data-testid=papan-datang]").await;
    kiosk.find("[data-testid=menunggu-sambungan]").await;
    kiosk.sees("1 tercatat, menunggu sambungan").await;
    kiosk.inspect(&stage, "luring-datang").await;
    scanner.reads(expected[1]["kode_qr"].as_str().expect("a code"));
    kiosk.sees("2 tercatat, menunggu sambungan").await;
    kiosk.sees(expected[1]["nama_tamu"].as_str().expect("a name")).await;
    kiosk.press_key(ESCAPE).await;
    kiosk.find("[data-testid=gangguan]").await;
    kiosk.inspect(&stage, "luring-siap").await;

    kiosk.press_key("\u{e032}").await;
    kiosk.click("[data-testid=tanpa-hp]").await;
    kiosk.fill("[data-testid=nama-tamu]", "Laila Sari").await;
    kiosk.press("Ambil rapor").await;
    kiosk.fill("[data-testid=guru]", "ratn").await;
    kiosk.click("[data-testid^=guru-]:not([data-testid=guru-lagi])").await;
    kiosk.find("[data-testid=guru-terpilih]").await;
    kiosk.choose("[data-testid=setuju]").await;
    kiosk.click("[data-testid=catat]").await;
    kiosk.find("[data-testid=papan-datang]").await;
    kiosk.sees("3 tercatat, menunggu sambungan").await;
    kiosk.inspect(&stage, "luring-langsung").await;
    kiosk.press_key(ESCAPE).await;

    // A guest who is here leaves, by hand.
    kiosk.press_key("\u{e033}").await;
    kiosk.fill("[data-testid=cari-q]", here[0]["nama_tamu"].as_str().expect("a name")).await;
    kiosk.click(&format!("[data-testid=baris-{}]", here[0]["id"])).await;
    kiosk.inspect(&stage, "luring-buku").await;
    kiosk.click("[data-testid=catat-pulang]").await;
    kiosk.sees("4 tercatat, menunggu sambungan").await;
    kiosk.inspect(&stage, "luring-pulang").await;
    kiosk.press_key(ESCAPE).await;

    // Meanwhile another desk calls off what this one has recorded.
    let (elsewhere, address) = morning.elsewhere();
    let other = morning.desk(&address).await;
    let cancelled = json!({ "status": "batal", "alasan": "Rapat mendadak" });
    other.put(&format!("/api/appointments/{}/status", expected[1]["id"]), cancelled).await.expect(200);
    drop(elsewhere);

    let _server = morning.again();
    kiosk.sees_no_more("menunggu sambungan").await;
    kiosk.sees("1 perlu diperiksa").await;
    let desk = morning.desk(&morning.address).await;
    assert_eq!(status_of(&desk, &expected[0]).await, "menunggu");
    assert_eq!(status_of(&desk, &expected[1]).await, "batal");
    assert_eq!(status_of(&desk, &here[0]).await, "selesai");
    let walked_in = today(&desk, "menunggu").await;
    assert_eq!(walked_in.iter().filter(|row| row["nama_tamu"] == "Laila Sari").count(), 1, "once");
    kiosk.sees_no_more("terputus").await;
    kiosk.inspect(&stage, "luring-kembali").await;

    kiosk.click("[data-testid=luring-periksa]").await;
    kiosk.sees("Janji ini sudah dibatalkan").await;
    kiosk.inspect(&stage, "luring-periksa").await;
    kiosk.click("[data-testid^=sudah-]").await;
    kiosk.sees("Tidak ada lagi yang perlu diperiksa").await;
    kiosk.press("Tutup").await;
    kiosk.sees_no_more("perlu diperiksa").await;
}

/// Takes most of a minute: each loss and each return is noticed as fast as at a desk, and no faster.
#[tokio::test(flavor = "multi_thread")]
async fn a_morning_goes_on_while_network_database_server_and_power_are_taken_away_in_turn() {
    let Some(stage) = stage() else { return };
    let Some((morning, server)) = Morning::begin() else { return };
    let line = Line::to(morning.address.trim_start_matches("http://").parse().expect("an address")).await;
    let desk = morning.desk(&morning.address).await;
    let expected = today(&desk, "belum").await;
    let all = today(&desk, "menunggu").await.len() + expected.len();
    let code = |guest: usize| expected[guest]["kode_qr"].as_str().expect("a code");
    let (kiosk, mut scanner) = morning.kiosk(&stage, &format!("http://{}", line.address())).await;
    is_supplied(kiosk.folder.path()).await;
    let waits = "1 tercatat, menunggu sambungan";

    line.set(Condition::Cut);
    scanner.reads(code(0));
    kiosk.sees(waits).await;
    line.set(Condition::Whole);
    kiosk.sees_no_more("menunggu sambungan").await;

    let other_program = Locked::take(&morning.folder.path().join("bukutamu.db"));
    scanner.reads(code(1));
    kiosk.sees(waits).await;
    kiosk.inspect(&stage, "luring-basis-data").await;
    other_program.give_up();
    kiosk.sees_no_more("menunggu sambungan").await;

    drop(server);
    scanner.reads(code(2));
    kiosk.sees(waits).await;
    let server = morning.again();
    kiosk.sees_no_more("menunggu sambungan").await;

    // The lights go out, on both PCs, and the kiosk is switched on again first.
    line.set(Condition::Cut);
    scanner.reads(code(3));
    kiosk.sees(waits).await;
    drop(server);
    let folder = kiosk.pull_the_plug().await;
    let kiosk = Program::start_in(&stage, folder, &[]).await;
    kiosk.look_at("kiosk").await;
    kiosk.sees(waits).await;
    kiosk.inspect(&stage, "luring-sesudah-mati-listrik").await;
    scanner.reads(code(4));
    kiosk.sees("2 tercatat, menunggu sambungan").await;
    let _server = morning.again();
    line.set(Condition::Whole);
    kiosk.sees_no_more("menunggu sambungan").await;

    let desk = morning.desk(&morning.address).await;
    for guest in &expected[..5] {
        assert_eq!(status_of(&desk, guest).await, "menunggu", "{}", guest["nama_tamu"]);
    }
    let after = today(&desk, "menunggu").await.len() + today(&desk, "belum").await.len();
    assert_eq!(after, all, "none is there twice");
    assert!(!kiosk.has("[data-testid=luring-periksa]").await, "nothing is to be looked at");
}
