//! The pages' QR decoder: builds the crate `decoder_wasm` as WebAssembly and puts it where the pages' build finds it.

use std::fs;

use anyhow::{Context, Result};

use crate::sh::{Sh, step};

/// The target.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

const BUILD: &str = "build --locked --quiet --package decoder_wasm --profile wasm --target";

/// Where cargo puts it, and where the pages look for it. git ignores both.
const BUILT: &str = "target/wasm32-unknown-unknown/wasm/decoder_wasm.wasm";
const WANTED: &str = "ui/src/kiosk/decode/decoder.wasm";

/// Builds it, unless cargo finds that it is up to date.
pub(crate) fn build(sh: &Sh) -> Result<()> {
    let (built, wanted) = (sh.root().join(BUILT), sh.root().join(WANTED));
    if !built.exists() {
        step("decoder for the pages: cargo build; the first time takes half a minute");
    }
    let cargo = sh.cargo(BUILD).arg(TARGET).env("CARGO_TARGET_DIR", sh.root().join("target"));
    cargo.quiet().run().context("the decoder for the pages cannot be built")?;
    let module = fs::read(&built).with_context(|| format!("cannot read {}", built.display()))?;
    if fs::read(&wanted).is_ok_and(|there| there == module) {
        return Ok(());
    }
    fs::write(&wanted, module).with_context(|| format!("cannot write {}", wanted.display()))
}
