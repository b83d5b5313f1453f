//! One arrival: a phone is photographed, its code is read and checked in over HTTPS, and the teacher is alerted over
//! WSS. Both connections pin the certificate.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use client::{
    Client, Fingerprint, IdempotencyKey, ServerAddress, Subscription, TokenStore, Update,
    notifikasi::Jawaban, subscribe,
};
use domain::{IdPengguna, JanjiTemu, Role, notifikasi::Notifikasi};
use scan::{decode::Decoder, picture};
use tokio::time::timeout;

use crate::{scene, school::Demo};

/// Much longer than any step takes on a slow computer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Carries out the first expected guest's arrival, and says so step by step.
pub(crate) async fn carry_through(demo: &Demo, folder: &Path) -> Result<()> {
    let expected = demo.school.ditunggu.first().context("nobody is expected")?;
    let reception = sign_in(demo, email(demo, |role, _| role == Role::PenerimaTamu)?).await?;
    let teacher = sign_in(demo, email(demo, |_, id| id == expected.id_guru)?).await?;
    let mut alerts = subscribe(&teacher);
    wait_for(&mut alerts, |update| matches!(update, Update::Connected { .. }).then_some(())).await?;
    println!("  {:<12} {} is signed in and subscribed", "teacher", expected.nama_guru);

    let photograph = take_photograph(expected, folder)?;
    println!("  {:<12} {}", "phone", photograph.display());

    let mut steps = Steps::start();
    let kode = read(&photograph)?;
    steps.done("read", "the code was read out of the picture");

    let answer = reception.scan(&kode, &IdempotencyKey::random()).await.context("the scan was refused")?;
    steps.done("checked in", &answer.message);

    let alert = wait_for(&mut alerts, |update| match update {
        Update::Alert(alert) if alert.id == expected.id => Some(alert),
        _ => None,
    });
    let alert: Notifikasi = alert.await?;
    steps.done("alerted", &alert.pesan);

    teacher.respond(alert.id, &Jawaban::teks("Saya ke lobi")).await.context("the answer was refused")?;
    let row = reception.get_janji_temu(expected.id).await?;
    ensure!(row.tanggapan.as_deref() == Some("Saya ke lobi"), "the answer has not reached the reception");
    steps.done("answered", "the reception sees: Saya ke lobi");
    alerts.close().await;
    Ok(())
}

/// Prints each step with its own time and the time since the picture was taken.
struct Steps {
    began: Instant,
    last: Instant,
}

impl Steps {
    fn start() -> Self {
        let now = Instant::now();
        Self { began: now, last: now }
    }

    fn done(&mut self, step: &str, what: &str) {
        let now = Instant::now();
        let (took, since) = (now - self.last, now - self.began);
        println!("  {step:<12} {:>6.1} ms  (at {:>6.1} ms)  {what}", millis(took), millis(since));
        self.last = now;
    }
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

fn email(demo: &Demo, wanted: impl Fn(Role, IdPengguna) -> bool) -> Result<&str> {
    let found = demo.school.pengguna.iter().find(|pengguna| wanted(pengguna.role, pengguna.id));
    Ok(&found.context("the school lacks somebody")?.email)
}

async fn sign_in(demo: &Demo, email: &str) -> Result<Client> {
    let fingerprint: Fingerprint =
        demo.server.fingerprint().context("the server has no certificate")?.parse()?;
    let address: ServerAddress = demo.server.url().parse()?;
    let client = Client::connect(address.with_fingerprint(fingerprint)?, TokenStore::memory()).await?;
    client.login(email, &demo.school.password).await?;
    Ok(client)
}

/// A photograph of a phone that shows the guest's code, as a webcam or the guest takes it.
fn take_photograph(expected: &JanjiTemu, folder: &Path) -> Result<PathBuf> {
    let path = folder.join("telepon.jpg");
    let picture = scene::photograph(&expected.kode_qr, expected.id.0.unsigned_abs(), 1280, 720);
    picture.save(&path).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(path)
}

fn read(photograph: &Path) -> Result<String> {
    let luma = picture::load(photograph)?;
    match Decoder::new().decode_picture(&luma).pop() {
        Some(text) => Ok(text),
        None => bail!("no code was found in {}", photograph.display()),
    }
}

async fn wait_for<T>(updates: &mut Subscription, wanted: impl Fn(Update) -> Option<T>) -> Result<T> {
    let found = async {
        loop {
            if let Some(found) = wanted(updates.next().await) {
                return found;
            }
        }
    };
    timeout(PATIENCE, found).await.context("nothing came over the subscription")
}
