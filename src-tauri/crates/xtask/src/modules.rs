//! The pages' modules: builds the crates that are WebAssembly, and puts each where the pages' build finds it.

use std::fs;

use anyhow::{Context, Result};

use crate::sh::{Sh, step};

/// The target.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

const BUILD: &str =
    "build --locked --quiet --package decoder_wasm --package luring_wasm --profile wasm --target";

/// Where cargo puts each, and where the pages look for it. git ignores both.
const MODULES: [(&str, &str); 2] = [
    ("decoder_wasm.wasm", "ui/src/kiosk/decode/decoder.wasm"),
    ("luring_wasm.wasm", "ui/src/host/browser/meja/luring.wasm"),
];
const BUILT: &str = "target/wasm32-unknown-unknown/wasm";

/// Builds them, unless cargo finds that they are up to date.
pub(crate) fn build(sh: &Sh) -> Result<()> {
    let built = sh.root().join(BUILT);
    if !MODULES.iter().all(|(name, _)| built.join(name).exists()) {
        step("modules for the pages: cargo build; the first time takes some minutes");
    }
    let cargo = sh.cargo(BUILD).arg(TARGET).env("CARGO_TARGET_DIR", sh.root().join("target"));
    cargo.quiet().run().context("the modules for the pages cannot be built")?;
    for (name, wanted) in MODULES {
        let (built, wanted) = (built.join(name), sh.root().join(wanted));
        let module = fs::read(&built).with_context(|| format!("cannot read {}", built.display()))?;
        if fs::read(&wanted).is_ok_and(|there| there == module) {
            continue;
        }
        fs::write(&wanted, module).with_context(|| format!("cannot write {}", wanted.display()))?;
    }
    Ok(())
}
