//! Reads QR codes from picture files: `cargo run -p scan --release --example decode -- PATH…`
//!
//! A PATH is a file or a folder. Of a folder, it reads every picture below, in order of name. It prints a line of JSON
//! for each file, `{"file", "text", "ms"}`. `text` is null if no code was read. `texts` is there if the picture holds
//! several codes; those that look like the guest book's own come first. `error` says why the file could not be read. It
//! then goes on with the next file. No file takes longer than a few seconds. If a PATH does not exist, the exit code is
//! 1.

use std::ffi::OsStr;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use scan::decode::Decoder;
use scan::picture::{self, Unread};
use serde_json::json;

fn main() -> io::Result<ExitCode> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if paths.is_empty() {
        // Nobody may be listening.
        let _ = writeln!(io::stderr(), "usage: decode PATH…   (picture files, or folders of them)");
        return Ok(ExitCode::from(2));
    }
    let mut decoder = Decoder::new();
    let mut out = BufWriter::new(io::stdout().lock());
    let mut code = ExitCode::SUCCESS;
    for path in paths {
        match path.metadata() {
            Ok(meta) if meta.is_dir() => {
                for file in files_below(&path)? {
                    read_file(&mut decoder, &file, &mut out)?;
                }
            }
            Ok(_) => read_file(&mut decoder, &path, &mut out)?,
            Err(error) => {
                writeln!(
                    out,
                    "{}",
                    json!({"file": path.display().to_string(), "text": null, "ms": 0.0, "error": error.to_string()})
                )?;
                code = ExitCode::FAILURE;
            }
        }
    }
    out.flush()?;
    Ok(code)
}

fn read_file(decoder: &mut Decoder, file: &Path, out: &mut impl Write) -> io::Result<()> {
    let start = Instant::now();
    let bytes = picture::file_bytes(file).map_err(|error| Unread::from(&error));
    let read = bytes.and_then(|bytes| picture::read_soon(&bytes, decoder, || false));
    let ms = (start.elapsed().as_secs_f64() * 1e5).round() / 100.0;
    let mut line = json!({"file": file.display().to_string(), "text": null, "ms": ms});
    match read {
        Ok(texts) => {
            line["text"] = json!(texts.first());
            if texts.len() > 1 {
                line["texts"] = json!(texts);
            }
        }
        Err(Unread::NoCode) => {}
        Err(why) => line["error"] = json!(why.to_string()),
    }
    writeln!(out, "{line}")?;
    out.flush()
}

/// The picture files in a folder and its folders, in order of path. Leaves out names that begin with a dot.
fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir()? {
            let entry = entry?;
            let path = entry.path();
            if path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.starts_with('.')) {
                continue;
            }
            // Does not enter a linked folder, because it may lead back here.
            if entry.file_type()?.is_dir() {
                folders.push(path)
            } else if !path.is_dir() && is_picture(&path) {
                files.push(path)
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Whether the content or the name is a picture's, so that a phone's HEIC is reported.
fn is_picture(path: &Path) -> bool {
    let named = path.extension().is_some_and(|ending| image::ImageFormat::from_extension(ending).is_some());
    named || picture::file_head(path).is_ok_and(|head| picture::kind::of(&head).is_some())
}
