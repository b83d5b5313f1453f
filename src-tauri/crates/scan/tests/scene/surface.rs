//! What lies before the camera: a code on a phone's screen or a sheet, and the desk behind it.
//! Coordinates: the code without its quiet zone spans 0..1 in both directions.

use qrcode::{Color, EcLevel, QrCode};

use super::Rng;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModuleShape {
    Square,
    Dots,
    Rounded,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backdrop {
    /// A phone's screen with a title bar and buttons, before a plain wall.
    Phone,
    /// A sheet with lines of text.
    Sheet,
    /// Patterned up to the code's edge.
    Busy,
}

pub struct Surface {
    dark: Vec<bool>,
    modules: usize,
    pub shape: ModuleShape,
    pub backdrop: Backdrop,
    /// Brightness of light and dark modules, 0 to 255.
    pub paper: f32,
    pub ink: f32,
    /// Quiet zone in modules; below zero the code itself is cut.
    pub quiet: f32,
    /// Side of a logo in the middle, as a part of the code.
    pub logo: f32,
    /// How far the code bends around a vertical cylinder, in radians to each side.
    pub curvature: f32,
    pub without_code: bool,
    desk: [f32; 6],
}

impl Surface {
    pub fn new(text: &str, rng: &mut Rng) -> Self {
        let level = [EcLevel::M, EcLevel::M, EcLevel::L, EcLevel::Q][rng.below(4)];
        let code = QrCode::with_error_correction_level(text, level).expect("a text that fits");
        Self {
            dark: code.to_colors().iter().map(|&c| c == Color::Dark).collect(),
            modules: code.width(),
            shape: ModuleShape::Square,
            backdrop: [Backdrop::Phone, Backdrop::Phone, Backdrop::Sheet][rng.below(3)],
            paper: rng.range(190.0, 250.0),
            ink: rng.range(5.0, 60.0),
            quiet: 4.0,
            logo: 0.0,
            curvature: 0.0,
            without_code: false,
            desk: std::array::from_fn(|_| rng.range(0.0, 1.0)),
        }
    }

    pub fn modules(&self) -> usize {
        self.modules
    }

    /// Brightness at a point.
    pub fn at(&self, u: f32, v: f32) -> f32 {
        let margin = self.quiet.max(0.0) / self.modules as f32;
        let on_patch = (-margin..1.0 + margin).contains(&u) && (-margin..1.0 + margin).contains(&v);
        if on_patch && !self.without_code { self.code(u, v) } else { self.around(u, v) }
    }

    fn code(&self, u: f32, v: f32) -> f32 {
        let cut = (-self.quiet).max(0.0) / self.modules as f32;
        if !(cut..1.0 - cut).contains(&u) || !(cut..1.0 - cut).contains(&v) {
            return self.paper;
        }
        if (u - 0.5).abs().max((v - 0.5).abs()) < self.logo / 2.0 {
            let stripe = ((u + v) * 40.0).sin() > 0.0;
            return if stripe {
                self.paper * 0.7 + self.ink * 0.3
            } else {
                self.paper * 0.35 + self.ink * 0.65
            };
        }
        let (x, y) = (u * self.modules as f32, v * self.modules as f32);
        let (column, row) = (x as usize, y as usize);
        if self.is_dark(column, row) && self.covers(column, row, x.fract() - 0.5, y.fract() - 0.5) {
            self.ink
        } else {
            self.paper
        }
    }

    fn is_dark(&self, column: usize, row: usize) -> bool {
        column < self.modules && row < self.modules && self.dark[row * self.modules + column]
    }

    fn covers(&self, column: usize, row: usize, dx: f32, dy: f32) -> bool {
        let last = self.modules - 8;
        let in_finder = (column < 8 && (row < 8 || row >= last)) || (row < 8 && column >= last);
        match self.shape {
            ModuleShape::Dots if !in_finder => dx * dx + dy * dy < 0.19,
            ModuleShape::Rounded => {
                // A corner is round where both modules beside it are light.
                let side = |d: f32, at: usize| if d > 0.0 { Some(at + 1) } else { at.checked_sub(1) };
                let beside = side(dx, column).is_some_and(|c| self.is_dark(c, row))
                    || side(dy, row).is_some_and(|r| self.is_dark(column, r));
                beside || dx * dx + dy * dy < 0.25
            }
            _ => true,
        }
    }

    fn around(&self, u: f32, v: f32) -> f32 {
        let [a, b, c, d, e, f] = self.desk;
        let wall = 60.0 + 120.0 * a + 30.0 * ((u * 2.0 + b * 6.0).sin() * (v * 1.5 + c * 6.0).cos());
        match self.backdrop {
            Backdrop::Phone => {
                let (du, dv) = ((u - 0.5).abs(), (v - 0.5 + (d - 0.5) * 0.4).abs());
                if du > 0.78 || dv > 1.45 {
                    return wall;
                }
                if du > 0.7 || dv > 1.35 {
                    return 18.0;
                }
                let title = dv > 1.15 && ((u * 31.0).sin() + (u * 57.0 + e).sin()) > 0.2;
                let button = (0.85..0.98).contains(&(v - 0.45)) && du < 0.4;
                if title || button { self.ink * 0.6 + self.paper * 0.4 } else { self.paper }
            }
            Backdrop::Sheet => {
                if !(-0.8..1.9).contains(&u) || !(-1.2..1.8).contains(&v) {
                    return wall;
                }
                let line =
                    (v * 26.0).fract() < 0.45 && ((-1.05..-0.2).contains(&v) || (1.2..1.65).contains(&v));
                let word = ((u * 90.0).sin() + (u * 47.0 + (v * 26.0).floor() * 3.7).sin()) > -0.3;
                if line && word { self.ink + 20.0 } else { self.paper }
            }
            Backdrop::Busy => {
                let (k, l) = (12.0 + 30.0 * e, 12.0 + 30.0 * f);
                let mix = ((u * k).sin() * (v * l).cos() + (u * 7.0 - v * 9.0).sin()) * 0.25 + 0.5;
                self.ink + (self.paper - self.ink) * mix
            }
        }
    }
}
