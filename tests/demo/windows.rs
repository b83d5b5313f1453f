//! The windows beside the demo's server: the reception's kiosk and a teacher, both signed in. Without a display, an
//! invisible one takes their pictures.

#[cfg(target_os = "linux")]
use std::time::{Duration, Instant};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

#[cfg(target_os = "linux")]
use anyhow::bail;
use anyhow::{Context, Result};
use client::{Client, ServerAddress, TokenStore};
use domain::Role;
#[cfg(target_os = "linux")]
use image::RgbImage;

use crate::{scene, school::Demo};

/// Much longer than a window takes on a slow computer.
#[cfg(target_os = "linux")]
const PATIENCE: Duration = Duration::from_secs(60);

/// The screen counts as painted once it has hardly moved for so long.
#[cfg(target_os = "linux")]
const STILL: Duration = Duration::from_millis(600);

/// The part of the screen that may always move: clocks, and the bar that tells how long a screen stays.
#[cfg(target_os = "linux")]
const MOVING: f64 = 0.003;

/// The folder in which the demo's kiosk looks for guests' pictures.
const PICTURES: &str = "gambar";

/// The program, if it was built beside this one.
pub(crate) fn program() -> Option<PathBuf> {
    let name = format!("bukutamu{}", std::env::consts::EXE_SUFFIX);
    let program = std::env::current_exe().ok()?.parent()?.parent()?.join(name);
    program.exists().then_some(program)
}

/// Whether windows can be seen here.
pub(crate) fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// Both windows. They close with the demo.
pub(crate) struct Windows {
    kiosk: Child,
    teacher: Child,
}

impl Windows {
    /// Opens them, signed in.
    pub(crate) async fn open(demo: &Demo, folder: &Path, command: impl Fn() -> Command) -> Result<Self> {
        let pictures = folder.join(PICTURES);
        fs::create_dir_all(&pictures)?;
        let id_guru = demo.school.ditunggu.get(1).context("nobody else is expected")?.id_guru;
        let kiosk = Window { role: "kiosk", user: |role, _| role == Role::PenerimaTamu };
        let teacher = Window { role: "guru", user: |_, id| id == id_guru };
        Ok(Self {
            kiosk: kiosk.open(demo, folder, &pictures, command()).await?,
            teacher: teacher.open(demo, folder, &pictures, command()).await?,
        })
    }
}

impl Drop for Windows {
    fn drop(&mut self) {
        for child in [&mut self.kiosk, &mut self.teacher] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

struct Window<F> {
    role: &'static str,
    user: F,
}

impl<F: Fn(Role, domain::IdPengguna) -> bool> Window<F> {
    async fn open(self, demo: &Demo, folder: &Path, pictures: &Path, mut command: Command) -> Result<Child> {
        let home = folder.join(self.role);
        fs::create_dir_all(&home)?;
        let address: ServerAddress = demo.server.url().parse()?;
        let fingerprint = demo.server.fingerprint().context("the server has no certificate")?;
        let address = address.with_fingerprint(fingerprint.parse()?)?;
        let profile = format!(
            "role = '{}'\n[server]\nkind = 'remote'\nurl = '{address}'\n\
             [scanners]\nhid = true\ncamera = true\nfolder = '{}'\n",
            self.role,
            fs::canonicalize(pictures)?.display()
        );
        fs::write(home.join("program.toml"), profile)?;
        let found = demo.school.pengguna.iter().find(|one| (self.user)(one.role, one.id));
        let email = &found.context("the school lacks somebody")?.email;
        let tokens = TokenStore::file(self.role, &address, Some(&home))?;
        Client::connect(address, tokens).await?.login(email, &demo.school.password).await?;
        let log = fs::File::create(home.join("log.txt"))?;
        let child =
            command.arg("--data-dir").arg(&home).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        child.spawn().context("the program does not start")
    }
}

/// Shows a second guest's phone to the kiosk: puts a picture into the folder that it watches.
pub(crate) fn show_phone(demo: &Demo, folder: &Path) -> Result<()> {
    let expected = demo.school.ditunggu.get(1).context("nobody else is expected")?;
    let picture = scene::photograph(&expected.kode_qr, expected.id.0.unsigned_abs(), 1280, 720);
    // Writes under another name first, so that the kiosk never reads half of it.
    let (part, whole) = (folder.join("telepon-2.png"), folder.join(PICTURES).join("telepon-2.png"));
    picture.save(&part)?;
    fs::rename(part, whole)?;
    Ok(())
}

/// The arrival in both windows on an invisible display. Returns the pictures: idle, and with the guest announced.
#[cfg(target_os = "linux")]
pub(crate) async fn picture(demo: &Demo, folder: &Path, program: &Path) -> Result<[PathBuf; 2]> {
    let stage = match tests::Stage::set() {
        Ok(stage) => stage,
        Err(missing) => bail!("no pictures without {missing}: cargo xtask setup"),
    };
    // The teacher's own window would hide the kiosk, and only the pop-up is to be seen.
    let command = || {
        let mut command = stage.command(&program.display().to_string());
        command.arg("--hidden");
        command
    };
    let _windows = Windows::open(demo, folder, command).await?;
    let shots = [folder.join("layar-siap.png"), folder.join("layar-tamu-datang.png")];
    let screen = Screen { stage: &stage, file: folder.join(".layar.png") };
    let empty = screen.look()?;
    let idle = screen.settled_after(&empty, 1).await?;
    idle.save(&shots[0])?;
    show_phone(demo, folder)?;
    screen.settled_after(&idle, 2).await?.save(&shots[1])?;
    let _ = fs::remove_file(screen.file);
    Ok(shots)
}

#[cfg(target_os = "linux")]
struct Screen<'a> {
    stage: &'a tests::Stage,
    file: PathBuf,
}

#[cfg(target_os = "linux")]
impl Screen<'_> {
    fn look(&self) -> Result<RgbImage> {
        self.stage.picture(&self.file);
        Ok(image::open(&self.file)?.into_rgb8())
    }

    /// The screen once it has changed and has settled.
    async fn settled_after(&self, before: &RgbImage, windows: usize) -> Result<RgbImage> {
        let (start, mut last, mut since) = (Instant::now(), before.clone(), Instant::now());
        loop {
            let now = self.look()?;
            if difference(&now, &last) > MOVING {
                since = Instant::now();
            } else if difference(&now, before) > MOVING && since.elapsed() > STILL && self.count() >= windows
            {
                return Ok(now);
            }
            last = now;
            if start.elapsed() > PATIENCE {
                bail!("the windows do not come up; their words are in the demo's folder, log.txt");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// How many windows can be seen.
    fn count(&self) -> usize {
        let found =
            self.stage.command("xdotool").args(["search", "--onlyvisible", "--name", "Buku Tamu"]).output();
        found.map_or(0, |found| found.stdout.iter().filter(|byte| **byte == b'\n').count())
    }
}

/// The part of the pixels that differ.
#[cfg(target_os = "linux")]
fn difference(one: &RgbImage, other: &RgbImage) -> f64 {
    let differ = one.pixels().zip(other.pixels()).filter(|(one, other)| one != other).count();
    differ as f64 / one.pixels().len() as f64
}
