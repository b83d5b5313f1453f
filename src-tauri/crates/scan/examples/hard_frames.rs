//! Makes hard pictures of codes, to measure the decoder with:
//! `cargo run -p scan --release --example hard_frames -- FOLDER [COUNT]`
//!
//! Writes COUNT frames of each hardship (default 24) into FOLDER/frames, frames without a code into FOLDER/idle,
//! approaching phones into FOLDER/approach/N, and a `truth.json` of file name to text into each folder with codes. All
//! are the same every time.

#[path = "../tests/scene/mod.rs"]
mod scene;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

use scene::Hardship;

const SIZE: (u32, u32) = (1280, 720);

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().ok_or("usage: hard_frames FOLDER [COUNT]")?);
    let count: u64 = args.next().map_or(Ok(24), |count| count.parse())?;

    let frames = folder.join("frames");
    fs::create_dir_all(&frames)?;
    let mut truth = BTreeMap::new();
    for hardship in Hardship::ALL {
        for seed in 0..count {
            let made = scene::frame(hardship, seed, SIZE.0, SIZE.1);
            let name = format!("{}-{seed:03}.png", hardship.name());
            made.picture.save(frames.join(&name))?;
            truth.insert(name, made.text);
        }
    }
    fs::write(frames.join("truth.json"), serde_json::to_string_pretty(&truth)?)?;

    let idle = folder.join("idle");
    fs::create_dir_all(&idle)?;
    for seed in 0..count {
        scene::idle(seed, SIZE.0, SIZE.1).save(idle.join(format!("idle-{seed:03}.png")))?;
    }

    for seed in 0..count {
        let walk = folder.join(format!("approach/{seed:03}"));
        fs::create_dir_all(&walk)?;
        let (pictures, text) = scene::approach(seed, 24, SIZE.0, SIZE.1);
        let mut truth = BTreeMap::new();
        for (i, picture) in pictures.iter().enumerate() {
            let name = format!("{i:02}.png");
            picture.save(walk.join(&name))?;
            truth.insert(name, text.clone());
        }
        fs::write(walk.join("truth.json"), serde_json::to_string_pretty(&truth)?)?;
    }
    Ok(())
}
