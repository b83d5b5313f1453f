//! The QR decoder compared with zxing-cpp, zbar and rqrr, on made pictures. Each is hard to read in one of the ways in
//! which codes at a reception are. They follow from their number, so reads are the same on every machine; times are
//! not.
//!
//! Ours is measured as it is used: on one still picture; on one frame of a camera, where effort is spread over the next
//! few frames; and on an approaching phone, where it matters how soon the code is read.

#[path = "../../../../src-tauri/crates/scan/tests/scene/mod.rs"]
mod scene;

use std::{
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;
use bench::{
    decoders::{Reader, ours_held, ours_live, ours_still, rqrr, zbar, zxing_cpp},
    table::{Table, Target},
};
use clap::Parser;
use image::GrayImage;
use scene::{Hardship, Made};

const PEERS: &[&str] = &["zxing-cpp", "zbar", "rqrr"];

/// A camera's usual frame.
const FRAME: (u32, u32) = (1280, 720);

/// A view is held for this many frames at least: half a second.
const HELD_FRAMES: usize = 8;

/// Frames of an approaching phone: two seconds.
const APPROACH_FRAMES: usize = 30;

#[derive(Parser)]
struct Args {
    /// A third of the pictures
    #[arg(long)]
    quick: bool,
}

fn main() -> Result<()> {
    let part = if Args::parse().quick { 3 } else { 1 };
    // rqrr panics on some pictures, which counts as no read.
    std::panic::set_hook(Box::new(|_| {}));
    let peers = || Ok::<_, anyhow::Error>(vec![zxing_cpp(), zbar()?, rqrr()]);
    let hard = |seeds: u64, (width, height): (u32, u32)| {
        let all: Vec<_> =
            (0..seeds).flat_map(|seed| Hardship::ALL.map(|hardship| (hardship, seed))).collect();
        make(all.len() as u64, |n| {
            let (hardship, seed) = all[n as usize];
            scene::frame(hardship, seed, width, height)
        })
    };

    let mut table = Table::against(PEERS);
    let mut wrong = vec![0; PEERS.len() + 1];
    let pictures = hard(12 / part, (1600, 1200));
    let mut readers = vec![ours_still()];
    readers.extend(peers()?);
    let name = format!("{} pictures of 1600×1200", pictures.len());
    read_all(&mut table, &mut wrong, &name, &pictures, &mut readers, Some(1.0));

    let frames = hard(12 / part, FRAME);
    let name = format!("{} frames of 1280×720", frames.len());
    for (how, ours, target) in [
        ("alone", ours_held(1), None),
        ("held", ours_held(HELD_FRAMES), Some(1.0)),
        ("as stills", ours_still(), Some(1.0)),
    ] {
        let mut readers = vec![ours];
        readers.extend(peers()?);
        read_all(&mut table, &mut wrong, &format!("{name}, {how}"), &frames, &mut readers, target);
    }

    let mut readers = vec![ours_live()];
    readers.extend(peers()?);
    idle(&mut table, 24 / part, &mut readers);
    approach(&mut table, 24 / part, &[&|| Ok(ours_live()), &|| Ok(zxing_cpp()), &zbar, &|| Ok(rqrr())])?;
    println!();
    table.print();
    let wrong: Vec<_> =
        wrong.iter().zip(["ours"].iter().chain(PEERS)).map(|(n, who)| format!("{n} {who}")).collect();
    println!("wrong texts: {}", wrong.join(", "));
    Ok(())
}

/// Reads every picture with every reader; the first reader is ours. Adds to `wrong` how many texts were not in the
/// picture.
fn read_all(
    table: &mut Table,
    wrong: &mut [usize],
    what: &str,
    pictures: &[Made],
    readers: &mut [Reader],
    target: Option<f64>,
) {
    let mut reads = vec![0_u32; readers.len()];
    for Made { picture, text } in pictures {
        for (n, read) in readers.iter_mut().enumerate() {
            let texts = read(picture);
            reads[n] += u32::from(texts.contains(text));
            wrong[n] += texts.iter().filter(|read| *read != text).count();
        }
    }
    let reads: Vec<_> = reads.into_iter().map(f64::from).collect();
    table.row(what, reads[0], &reads[1..], target.map_or(Target::Told, Target::AtLeast));
}

/// The time for a frame without a code, which is what a camera nearly always sees.
fn idle(table: &mut Table, count: u64, readers: &mut [Reader]) {
    const ROUNDS: u32 = 5;
    let frames = make(count, |seed| scene::idle(seed, FRAME.0, FRAME.1));
    let mut times = vec![Duration::ZERO; readers.len()];
    for _ in 0..ROUNDS {
        for frame in &frames {
            for (time, read) in times.iter_mut().zip(readers.iter_mut()) {
                let started = Instant::now();
                read(frame);
                *time += started.elapsed();
            }
        }
    }
    let ms: Vec<_> =
        times.iter().map(|time| (*time / ROUNDS).as_secs_f64() * 1e3 / frames.len() as f64).collect();
    table.row(format!("idle frame of {}, ms", frames.len()), ms[0], &ms[1..], Target::AtMost(1.5));
}

/// The frame at which an approaching phone is first read, on average.
fn approach(table: &mut Table, count: u64, readers: &[&dyn Fn() -> Result<Reader>]) -> Result<()> {
    let walks = make(count, |seed| scene::approach(seed, APPROACH_FRAMES, FRAME.0, FRAME.1));
    let mut firsts = vec![0.0; readers.len()];
    for (frames, text) in &walks {
        for (first, reader) in firsts.iter_mut().zip(readers) {
            let mut read = reader()?;
            let found = frames.iter().position(|frame: &GrayImage| read(frame).contains(text));
            *first += found.unwrap_or(frames.len()) as f64 / walks.len() as f64;
        }
    }
    let what = format!("first read of {} approaches, frame", walks.len());
    table.row(what, firsts[0], &firsts[1..], Target::AtMost(1.0));
    Ok(())
}

/// Makes pictures on every core, in their order.
fn make<T: Send>(count: u64, one: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let next = AtomicU64::new(0);
    let work = || {
        let mut made = Vec::new();
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            if n >= count {
                return made;
            }
            made.push((n, one(n)));
        }
    };
    let mut made: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> =
            (0..thread::available_parallelism().map_or(1, usize::from)).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("making a picture does not panic"))
            .collect()
    });
    made.sort_by_key(|(n, _)| *n);
    made.into_iter().map(|(_, made)| made).collect()
}
