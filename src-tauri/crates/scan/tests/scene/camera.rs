//! How a surface reaches the sensor: place, tilt, light, lens, noise.

use std::f32::consts::{FRAC_PI_2, TAU};

use image::{GrayImage, Luma};

use super::{Rng, Surface};

pub struct Camera {
    width: u32,
    height: u32,
    /// The code's side as a part of the picture's height, and its centre as parts of width and height.
    pub size: f32,
    pub center: (f32, f32),
    /// Rotation in the picture, and tilt away from it around both axes, in radians.
    pub angle: f32,
    pub tilt: (f32, f32),
    /// Gaussian blur's deviation; motion blur's length and direction; in pixels and radians.
    pub blur: f32,
    pub motion: (f32, f32),
    /// How much brightness grows over the picture, as parts of itself from edge to edge.
    pub gradient: (f32, f32),
    /// Spots of added light: place relative to the code, radius in codes, strength in brightness.
    pub glows: Vec<(f32, f32, f32, f32)>,
    /// Strength, period in pixels and direction of the beat between two pixel grids.
    pub moire: (f32, f32, f32),
    /// Deviation of the sensor's noise.
    pub noise: f32,
}

impl Camera {
    pub fn new(width: u32, height: u32, rng: &mut Rng) -> Self {
        Self {
            width,
            height,
            size: rng.range(0.2, 0.6),
            center: (rng.range(0.4, 0.6), rng.range(0.42, 0.58)),
            angle: if rng.below(4) == 0 { rng.range(0.0, TAU) } else { rng.range(-0.25, 0.25) },
            tilt: (rng.range(-0.25, 0.25), rng.range(-0.25, 0.25)),
            blur: rng.range(0.4, 0.9),
            motion: (0.0, 0.0),
            gradient: (rng.range(-0.2, 0.2), rng.range(-0.2, 0.2)),
            glows: Vec::new(),
            moire: (0.0, 4.0, 0.0),
            noise: rng.range(1.0, 4.0),
        }
    }

    pub fn height(&self) -> u32 {
        self.height
    }

    /// A module's side on the sensor, in pixels, before the tilt.
    pub fn module_px(&self, surface: &Surface) -> f32 {
        self.size * self.height as f32 / surface.modules() as f32
    }

    /// Takes the picture.
    pub fn take(&self, surface: &Surface, rng: &mut Rng) -> GrayImage {
        let mut light = self.project(surface);
        if self.motion.0 > 0.5 {
            light = self.smear(&light);
        }
        self.soften(&mut light);
        GrayImage::from_fn(self.width, self.height, |x, y| {
            let value = light[(y * self.width + x) as usize] + self.noise * rng.normal();
            Luma([value.clamp(0.0, 255.0) as u8])
        })
    }

    /// Light on every pixel, four rays each, glow and moiré included.
    fn project(&self, surface: &Surface) -> Vec<f32> {
        let mut light = Vec::with_capacity((self.width * self.height) as usize);
        let side = self.size * self.height as f32;
        for y in 0..self.height {
            for x in 0..self.width {
                let px = x as f32 - self.center.0 * self.width as f32;
                let py = y as f32 - self.center.1 * self.height as f32;
                let rays = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)].map(|(dx, dy)| {
                    let (u, v) = self.unproject((px + dx) / side, (py + dy) / side);
                    surface.at(bend(u, surface.curvature) + 0.5, v + 0.5)
                });
                light.push(self.lit(rays.iter().sum::<f32>() / 4.0, x, y, (px / side, py / side)));
            }
        }
        light
    }

    /// From the sensor, in units of the code's side, to the surface. The pinhole is two and a half codes away.
    fn unproject(&self, x: f32, y: f32) -> (f32, f32) {
        const DISTANCE: f32 = 2.5;
        let (sin_a, cos_a) = self.angle.sin_cos();
        let (x, y) = (x * cos_a + y * sin_a, y * cos_a - x * sin_a);
        let (tan_x, tan_y) = (self.tilt.0.tan(), self.tilt.1.tan());
        // The ray (x, y, DISTANCE) t crosses the plane z = u tan(x) cos … here.
        let t = DISTANCE / (DISTANCE - (x * tan_x + y * tan_y)).max(0.2);
        (x * t / self.tilt.0.cos(), y * t / self.tilt.1.cos())
    }

    fn lit(&self, mut light: f32, x: u32, y: u32, (cx, cy): (f32, f32)) -> f32 {
        let (fx, fy) = (x as f32 / self.width as f32 - 0.5, y as f32 / self.height as f32 - 0.5);
        light *= 1.0 + self.gradient.0 * fx + self.gradient.1 * fy;
        for &(gx, gy, radius, strength) in &self.glows {
            let d2 = ((cx - gx).powi(2) + (cy - gy).powi(2)) / radius.powi(2);
            light += strength * (-d2).exp();
        }
        let (strength, period, direction) = self.moire;
        if strength > 0.0 {
            let (sin, cos) = direction.sin_cos();
            let (px, py) = (x as f32, y as f32);
            let wave = ((px * cos + py * sin) * TAU / period).sin()
                * ((py * cos - px * sin) * TAU / (period * 1.3)).sin();
            light *= 1.0 + strength * wave;
        }
        light.min(255.0)
    }

    fn smear(&self, light: &[f32]) -> Vec<f32> {
        let (length, direction) = self.motion;
        let (sin, cos) = direction.sin_cos();
        let steps = (length * 2.0).ceil().max(2.0) as i32;
        let (width, height) = (self.width as i32, self.height as i32);
        let mut out = vec![0.0; light.len()];
        for step in 0..steps {
            let along = (step as f32 / (steps - 1) as f32 - 0.5) * length;
            let (dx, dy) = ((along * cos).round() as i32, (along * sin).round() as i32);
            for y in 0..height {
                let from = ((y + dy).clamp(0, height - 1) * width) as usize;
                for x in 0..width {
                    out[(y * width + x) as usize] += light[from + (x + dx).clamp(0, width - 1) as usize];
                }
            }
        }
        out.iter_mut().for_each(|value| *value /= steps as f32);
        out
    }

    fn soften(&self, light: &mut Vec<f32>) {
        let reach = (self.blur * 3.0).ceil() as i32;
        let kernel: Vec<f32> =
            (-reach..=reach).map(|d| (-(d * d) as f32 / (2.0 * self.blur * self.blur)).exp()).collect();
        let total: f32 = kernel.iter().sum();
        let (width, height) = (self.width as i32, self.height as i32);
        for (dx, dy) in [(1, 0), (0, 1)] {
            let mut out = vec![0.0; light.len()];
            for y in 0..height {
                for x in 0..width {
                    let sum: f32 = kernel
                        .iter()
                        .zip(-reach..)
                        .map(|(weight, d)| {
                            let (sx, sy) =
                                ((x + d * dx).clamp(0, width - 1), (y + d * dy).clamp(0, height - 1));
                            weight * light[(sy * width + sx) as usize]
                        })
                        .sum();
                    out[(y * width + x) as usize] = sum / total;
                }
            }
            *light = out;
        }
    }
}

/// Where a point seen at `u` lies on a sheet bent around a cylinder.
fn bend(u: f32, curvature: f32) -> f32 {
    if curvature == 0.0 {
        return u;
    }
    let sin = (2.0 * u * curvature.min(FRAC_PI_2).sin()).clamp(-1.0, 1.0);
    sin.asin() / (2.0 * curvature)
}
