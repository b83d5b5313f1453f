//! The size of the pages: everything that a page may ever load, compressed one by one as a server sends it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    path::Path,
};

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};

/// The compressed bytes of a page and of everything that it names, directly or not.
///
/// # Errors
/// If the pages are not built.
pub fn compressed_bytes(dist: &Path, page: &str) -> Result<u64> {
    let mut assets = BTreeMap::new();
    for entry in fs::read_dir(dist.join("assets")).context("the pages are not built")? {
        let entry = entry?;
        assets.insert(entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?);
    }
    let mut open = vec![fs::read(dist.join(format!("{page}.html")))?];
    let (mut seen, mut bytes) = (BTreeSet::new(), 0);
    while let Some(content) = open.pop() {
        bytes += compress(&content)?;
        let text = String::from_utf8_lossy(&content);
        for (name, content) in &assets {
            if text.contains(name.as_str()) && seen.insert(name.clone()) {
                open.push(content.clone());
            }
        }
    }
    Ok(bytes)
}

fn compress(content: &[u8]) -> Result<u64> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content)?;
    // What is already compressed, such as a font, is sent as it is.
    Ok(encoder.finish()?.len().min(content.len()) as u64)
}
