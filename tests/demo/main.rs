//! The demo: a made-up school on a real server, and one arrival on real input, from the picture of a phone to the
//! teacher's alert. `cargo xtask demo` starts it.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "it tells a person what happens")]

mod arrival;
#[path = "../../src-tauri/crates/scan/tests/scene/mod.rs"]
mod scene;
mod school;
mod windows;

use std::{
    net::SocketAddr,
    path::PathBuf,
    process::{Command, ExitCode},
};

use anyhow::Result;
use clap::Parser;

/// A made-up school, one arrival on real input, and then a server to look around in.
#[derive(Parser)]
#[command(bin_name = "cargo xtask demo")]
struct Args {
    /// End after the arrival
    #[arg(long)]
    once: bool,
    /// Where to listen; a free port is taken where this one is in use
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8443")]
    listen: SocketAddr,
    /// Folder of the demo's own; it is emptied first
    #[arg(long, value_name = "DIR", default_value = "target/demo")]
    folder: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("demo: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<()> {
    let demo = school::open(&args.folder, args.listen).await?;
    println!("\nSMP Tunas Bangsa, a made-up school\n");
    println!("  server       {}", demo.server.url());
    println!("  certificate  {}", demo.server.fingerprint().unwrap_or("none"));
    println!("  pages        {}/kiosk  /guru  /admin", demo.server.url());
    println!("  API          {}/api/docs\n", demo.server.url());
    for line in demo.school.to_string().lines() {
        println!("  {line}");
    }
    println!();
    arrival::carry_through(&demo, &args.folder).await?;
    let _windows = show(&demo, &args).await?;
    if !args.once {
        println!(
            "\nThe server goes on until Ctrl-C. A browser warns of its own certificate; compare the one above."
        );
        tokio::signal::ctrl_c().await?;
    }
    demo.server.stop().await
}

/// The windows, if they can be seen and somebody stays to look; otherwise their pictures.
async fn show(demo: &school::Demo, args: &Args) -> Result<Option<windows::Windows>> {
    let Some(program) = windows::program() else {
        println!("  windows      the desktop program is not built");
        return Ok(None);
    };
    if windows::has_display() && !args.once {
        let opened = windows::Windows::open(demo, &args.folder, || Command::new(&program)).await?;
        windows::show_phone(demo, &args.folder)?;
        println!("  windows      the kiosk and a teacher beside it; a second guest shows a phone");
        return Ok(Some(opened));
    }
    #[cfg(target_os = "linux")]
    for picture in windows::picture(demo, &args.folder, &program).await? {
        println!("  windows      {}", picture.display());
    }
    Ok(None)
}
