//! Many schools open in one process: what each of them costs, against a process of its own for one.

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use bench::{
    ours,
    process::Process,
    table::{Table, Target},
};
use clap::Parser;

/// Schools of a district.
const SCHOOLS: usize = 200;

#[derive(Parser)]
struct Args {
    /// A tenth of them
    #[arg(long)]
    quick: bool,
}

fn main() -> Result<()> {
    let count = if Args::parse().quick { SCHOOLS / 10 } else { SCHOOLS };
    let (program, folder) = (ours::build()?, bench::work_dir()?);
    let made = folder.path().join("contoh");
    let demo =
        Command::new(&program).arg("demo").arg("--data-dir").arg(&made).stdout(Stdio::null()).status()?;
    ensure!(demo.success(), "no school was made");
    let schools = folder.path().join("sekolah");
    for n in 0..count {
        copy(&made, &schools.join(host(n)))?;
    }

    let alone = Process::start(serve(&program, "--data-dir", &made))?;
    ask(&alone, "127.0.0.1")?;
    let of_one = mib(&alone)?;
    drop(alone);

    let process = Process::start(serve(&program, "--schools", &schools))?;
    let empty = mib(&process)?;
    let mut table = Table::against(&["a process for one"]);
    let mut opened = Vec::new();
    for n in 0..count {
        let started = Instant::now();
        ask(&process, &host(n))?;
        opened.push(started.elapsed());
        if [1, 10, 50, count].contains(&(n + 1)) {
            let all = mib(&process)?;
            table.row(format!("{} schools open, MiB", n + 1), all, &[of_one * (n + 1) as f64], Target::Told);
        }
    }
    let each = (mib(&process)? - empty) / count as f64;
    table.row("each of them, MiB", each, &[of_one], Target::Told);
    table.print();
    opened.sort();
    let asked = Instant::now();
    for n in 0..count {
        ask(&process, &host(n))?;
    }
    let millis = |time: Duration| time.as_secs_f64() * 1000.0;
    println!(
        "opened in {:.1} ms (half of them) and {:.1} ms (the slowest); open, each answers in {:.2} ms",
        millis(opened[count / 2]),
        millis(opened[count - 1]),
        millis(asked.elapsed()) / count as f64
    );
    Ok(())
}

fn host(n: usize) -> String {
    format!("smp{n}.contoh.example")
}

fn serve(program: &Path, what: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(["serve", "--plain-http", "--listen", "127.0.0.1:0", what]).arg(folder);
    command.env("BUKUTAMU_LOG", "warn").env("MALLOC_ARENA_MAX", "2");
    command
}

/// Asks a school for its name, which opens it.
fn ask(process: &Process, host: &str) -> Result<()> {
    let mut stream = TcpStream::connect(process.url().trim_start_matches("http://"))?;
    write!(stream, "GET /api/sekolah HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    ensure!(answer.starts_with("HTTP/1.1 200"), "{host}: {}", answer.lines().next().unwrap_or_default());
    Ok(())
}

fn mib(process: &Process) -> Result<f64> {
    Ok(process.memory_bytes()? as f64 / f64::from(1 << 20))
}

/// A school's folder once more. Locks and logs stay where they are.
fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for name in ["bukutamu.db", "bukutamu.kunci"] {
        std::fs::copy(from.join(name), to.join(name))
            .with_context(|| format!("{name} of the made-up school"))?;
    }
    Ok(())
}
