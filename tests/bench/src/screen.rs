//! What stands on an X display, as the display itself tells it: which windows a program shows, and whether anything is
//! painted in them.

use std::{
    collections::HashSet,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use x11rb::{
    connection::Connection,
    protocol::xproto::{AtomEnum, ConnectionExt, ImageFormat, MapState},
    rust_connection::RustConnection,
};

/// A page with words has more shades than this, because letters have soft edges. A window without a page has one or
/// two.
const SHADES: usize = 8;

/// The time between two looks at a window.
pub const LOOK_EVERY: Duration = Duration::from_millis(2);

/// A window has come to rest if no more than this share has changed for so long.
const REST: Duration = Duration::from_millis(300);
const STILL: f64 = 0.005;

/// Much longer than any window takes.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A display.
pub struct Screen {
    connection: RustConnection,
    root: u32,
    client_list: u32,
    pid: u32,
}

/// What a window shows, four bytes a pixel.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture(Vec<u8>);

impl Screen {
    /// Connects to a display such as `:7`.
    ///
    /// # Errors
    /// If there is none.
    pub fn connect(display: &str) -> Result<Self> {
        let (connection, number) = RustConnection::connect(Some(display)).context("no X display")?;
        let root = connection.setup().roots.get(number).context("the display has no screen")?.root;
        let atom = |name: &str| {
            Ok::<_, anyhow::Error>(connection.intern_atom(false, name.as_bytes())?.reply()?.atom)
        };
        let (client_list, pid) = (atom("_NET_CLIENT_LIST")?, atom("_NET_WM_PID")?);
        Ok(Self { connection, root, client_list, pid })
    }

    /// The windows that a process shows.
    ///
    /// # Errors
    /// If the display is gone.
    pub fn windows_of(&self, pid: u32) -> Result<Vec<u32>> {
        let all = self.read(self.root, self.client_list, AtomEnum::WINDOW)?;
        let is_shown = |window: u32| {
            // A window that closes between two questions shows nothing.
            let owner = self.read(window, self.pid, AtomEnum::CARDINAL).unwrap_or_default();
            owner == [pid] && self.is_viewable(window)
        };
        Ok(all.into_iter().filter(|window| is_shown(*window)).collect())
    }

    /// Waits until a window of the process shows other words than before. Returns how long that took.
    ///
    /// # Errors
    /// If none does, or if the display is gone.
    pub fn wait_for_paint(
        &self,
        pid: u32,
        since: Instant,
        before: Option<&Picture>,
    ) -> Result<(Duration, Picture)> {
        loop {
            for window in self.windows_of(pid)? {
                if let Some(picture) = self.look(window)
                    && picture.is_painted()
                    && before != Some(&picture)
                {
                    return Ok((since.elapsed(), picture));
                }
            }
            ensure!(since.elapsed() < PATIENCE, "no window of process {pid} shows anything");
            thread::sleep(LOOK_EVERY);
        }
    }

    /// Waits until a window of the process has come to rest on other words than before. Returns how long it took until
    /// they first stood there, because until it is painted a window shows what lies beneath it, or what it showed last.
    ///
    /// # Errors
    /// If none does, or if the display is gone.
    pub fn wait_for_rest(
        &self,
        pid: u32,
        since: Instant,
        before: Option<&Picture>,
    ) -> Result<(Duration, Picture)> {
        let mut looks: Vec<(Duration, Picture)> = Vec::new();
        loop {
            let shown = self.windows_of(pid)?.into_iter().find_map(|window| self.look(window));
            let now = since.elapsed();
            match shown.filter(Picture::is_painted) {
                None => looks.clear(),
                Some(picture) if looks.last().is_some_and(|(_, last)| *last == picture) => {}
                Some(picture) => looks.push((now, picture)),
            }
            if let Some((_, last)) = looks.last() {
                let moving = looks.iter().rposition(|(_, look)| look.share_that_differs(last) >= STILL);
                let at_rest = &looks[moving.map_or(0, |moving| moving + 1)..];
                let first = at_rest.iter().find(|(_, look)| before != Some(look));
                if let Some((stood, _)) = first
                    && now.saturating_sub(*stood) >= REST
                {
                    return Ok((*stood, last.clone()));
                }
            }
            ensure!(now < PATIENCE, "no window of process {pid} comes to rest");
            thread::sleep(LOOK_EVERY);
        }
    }

    fn is_viewable(&self, window: u32) -> bool {
        let attributes =
            self.connection.get_window_attributes(window).ok().and_then(|asked| asked.reply().ok());
        attributes.is_some_and(|attributes| attributes.map_state == MapState::VIEWABLE)
    }

    fn read(&self, window: u32, property: u32, kind: AtomEnum) -> Result<Vec<u32>> {
        let reply = self.connection.get_property(false, window, property, kind, 0, 1024)?.reply()?;
        Ok(reply.value32().map(Iterator::collect).unwrap_or_default())
    }

    /// What a window shows; `None` if it is gone.
    pub fn look(&self, window: u32) -> Option<Picture> {
        let shape = self.connection.get_geometry(window).ok()?.reply().ok()?;
        let image = self.connection.get_image(
            ImageFormat::Z_PIXMAP,
            window,
            0,
            0,
            shape.width,
            shape.height,
            u32::MAX,
        );
        Some(Picture(image.ok()?.reply().ok()?.data))
    }
}

impl Picture {
    /// Whether words stand in it.
    pub fn is_painted(&self) -> bool {
        let mut shades = HashSet::new();
        self.0.chunks_exact(4).any(|pixel| {
            shades.insert([pixel[0], pixel[1], pixel[2]]);
            shades.len() > SHADES
        })
    }

    /// The share of it that differs from another picture, 0 to 1; all of it if their sizes differ.
    pub fn share_that_differs(&self, other: &Self) -> f64 {
        if self.0.len() != other.0.len() {
            return 1.0;
        }
        let pixels = self.0.chunks_exact(4).zip(other.0.chunks_exact(4));
        let differing = pixels.filter(|(one, two)| one != two).count();
        differing as f64 / (self.0.len() / 4) as f64
    }
}
