//! Made pictures of QR codes as a reception's camera meets them: on phones and paper, aslant, blurred, glared upon.
//! Everything follows from a seed, so if a count changes, the decoder has changed. No code is a real person's.

#![allow(dead_code, unreachable_pub, reason = "each test and example uses its part")]

mod camera;
mod rng;
mod surface;

use std::f32::consts::{PI, TAU};

use image::GrayImage;

pub use camera::Camera;
pub use rng::Rng;
pub use surface::{Backdrop, ModuleShape, Surface};

/// What makes a picture hard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hardship {
    Plain,
    Blur,
    Motion,
    Tilt,
    LowContrast,
    Glow,
    Moire,
    Inverted,
    Small,
    Noise,
    Curved,
    Styled,
    CutQuietZone,
    Mixed,
}

impl Hardship {
    /// All of them, in the order in which a set cycles through them.
    pub const ALL: [Self; 14] = [
        Self::Plain,
        Self::Blur,
        Self::Motion,
        Self::Tilt,
        Self::LowContrast,
        Self::Glow,
        Self::Moire,
        Self::Inverted,
        Self::Small,
        Self::Noise,
        Self::Curved,
        Self::Styled,
        Self::CutQuietZone,
        Self::Mixed,
    ];

    /// A short name for files.
    pub fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }
}

/// A picture and the text of the code in it.
pub struct Made {
    pub picture: GrayImage,
    pub text: String,
}

/// A token of the project's form: 47 upper-case Base32 characters. Every third one stands in an address.
pub fn text(rng: &mut Rng) -> String {
    let token: String = (0..47).map(|_| b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[rng.below(32)] as char).collect();
    if rng.below(3) == 0 { format!("HTTPS://TAMU.CONTOH.SCH.ID/K/{token}") } else { token }
}

/// A camera's frame of `width` × `height` with one code that is hard to read in the given way.
pub fn frame(hardship: Hardship, seed: u64, width: u32, height: u32) -> Made {
    let mut rng = Rng::new(seed ^ (hardship as u64) << 32);
    let text = text(&mut rng);
    let mut surface = Surface::new(&text, &mut rng);
    let mut camera = Camera::new(width, height, &mut rng);
    harden(hardship, &mut surface, &mut camera, &mut rng);
    Made { picture: camera.take(&surface, &mut rng), text }
}

/// A photograph of a phone that shows the text, held slightly aslant.
pub fn photograph(text: &str, seed: u64, width: u32, height: u32) -> GrayImage {
    let mut rng = Rng::new(seed ^ 0xf070);
    let mut surface = Surface::new(text, &mut rng);
    surface.backdrop = Backdrop::Phone;
    let mut camera = Camera::new(width, height, &mut rng);
    camera.tilt = (rng.range(-0.3, 0.3), rng.range(-0.3, 0.3));
    camera.size = rng.range(0.4, 0.55);
    camera.noise = rng.range(2.0, 5.0);
    camera.take(&surface, &mut rng)
}

/// A frame without a code: the same desks, phones and papers.
pub fn idle(seed: u64, width: u32, height: u32) -> GrayImage {
    let mut rng = Rng::new(seed ^ 0x1d1e);
    let text = text(&mut rng);
    let mut surface = Surface::new(&text, &mut rng);
    surface.without_code = true;
    let mut camera = Camera::new(width, height, &mut rng);
    camera.noise = rng.range(1.0, 5.0);
    camera.take(&surface, &mut rng)
}

/// The frames of a phone that comes nearer, far too small to large.
pub fn approach(seed: u64, frames: usize, width: u32, height: u32) -> (Vec<GrayImage>, String) {
    let mut rng = Rng::new(seed ^ 0xa991);
    let text = text(&mut rng);
    let mut surface = Surface::new(&text, &mut rng);
    let mut camera = Camera::new(width, height, &mut rng);
    let all = Hardship::ALL;
    harden(all[rng.below(all.len())], &mut surface, &mut camera, &mut rng);
    let (mut angle, start, end) = (camera.angle, 0.06, rng.range(0.5, 0.8));
    let pictures = (0..frames)
        .map(|i| {
            let t = i as f32 / frames as f32;
            camera.size = start + (end - start) * t;
            camera.motion = (rng.range(0.0, 5.0) * (1.0 - t), rng.range(0.0, TAU));
            camera.blur = (camera.blur + rng.range(-0.25, 0.2)).clamp(0.3, 3.0);
            angle += rng.range(-0.02, 0.02);
            camera.angle = angle;
            camera.take(&surface, &mut rng)
        })
        .collect();
    (pictures, text)
}

fn harden(hardship: Hardship, surface: &mut Surface, camera: &mut Camera, rng: &mut Rng) {
    match hardship {
        Hardship::Plain => {}
        Hardship::Blur => camera.blur = rng.range(0.25, 0.62) * camera.module_px(surface),
        Hardship::Motion => {
            camera.motion = (rng.range(0.8, 1.9) * camera.module_px(surface), rng.range(0.0, TAU));
        }
        Hardship::Tilt => camera.tilt = (rng.range(-1.05, 1.05), rng.range(-1.05, 1.05)),
        Hardship::LowContrast => {
            let paper = rng.range(60.0, 220.0);
            surface.paper = paper;
            surface.ink = paper - rng.range(8.0, 45.0);
            camera.noise = rng.range(0.5, 2.5);
        }
        Hardship::Glow => {
            camera.glows = (0..1 + rng.below(3))
                .map(|_| {
                    (rng.range(-0.6, 0.6), rng.range(-0.6, 0.6), rng.range(0.1, 0.6), rng.range(80.0, 320.0))
                })
                .collect();
            camera.gradient = (rng.range(-0.7, 0.7), rng.range(-0.7, 0.7));
        }
        Hardship::Moire => camera.moire = (rng.range(0.15, 0.5), rng.range(2.1, 9.0), rng.range(0.0, PI)),
        Hardship::Inverted => {
            std::mem::swap(&mut surface.paper, &mut surface.ink);
            surface.ink = rng.range(150.0, 240.0);
            camera.blur += rng.range(0.0, 1.2);
        }
        Hardship::Small => {
            camera.size = rng.range(1.3, 2.6) * surface.modules() as f32 / camera.height() as f32;
            camera.blur = rng.range(0.3, 0.75);
        }
        Hardship::Noise => camera.noise = rng.range(10.0, 45.0),
        Hardship::Curved => surface.curvature = rng.range(0.4, 1.25),
        Hardship::Styled => {
            surface.shape = [ModuleShape::Dots, ModuleShape::Rounded][rng.below(2)];
            surface.logo = rng.range(0.0, 0.27);
            camera.blur += rng.range(0.0, 1.0);
        }
        Hardship::CutQuietZone => {
            surface.quiet = rng.range(-0.2, 1.2);
            surface.backdrop = Backdrop::Busy;
        }
        Hardship::Mixed => {
            let easy = &Hardship::ALL[1..13];
            for _ in 0..2 {
                harden(easy[rng.below(easy.len())], surface, camera, rng);
            }
        }
    }
}
