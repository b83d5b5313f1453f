//! Linux without apt: looks for the things themselves, because the names of packages differ.

use std::path::Path;

use super::{Missing, Purpose};
use crate::sh::Sh;

pub(super) fn missing(sh: &Sh, purpose: Purpose) -> Vec<Missing> {
    let on_path = |program: &str| which::which(program).is_ok();
    let library =
        |name: &str| sh.cmd("pkg-config", "--exists").arg(name).quiet().ignore_stderr().run().is_ok();
    let found = |need: &Need| match need.probe {
        Probe::Program(name) => on_path(name),
        Probe::Library(name) => library(name),
        Probe::Libclang => on_path("clang") || on_path("llvm-config") || libclang_is_found(),
    };
    NEEDS
        .into_iter()
        .filter(|need| need.purpose <= purpose && !found(need))
        .map(|need| need.missing)
        .collect()
}

struct Need {
    purpose: Purpose,
    probe: Probe,
    missing: Missing,
}

enum Probe {
    /// An executable on the path.
    Program(&'static str),
    /// A library that pkg-config knows.
    Library(&'static str),
    Libclang,
}

const NEEDS: [Need; 9] = [
    need(Purpose::Build, Probe::Program("cc"), "a C compiler", "SQLite and TLS", "Often the package gcc."),
    need(Purpose::Build, Probe::Program("pkg-config"), "pkg-config", "finding libudev", "Often pkgconf."),
    need(
        Purpose::Build,
        Probe::Library("libudev"),
        "libudev's headers",
        "serial and HID scanners",
        "Often systemd-devel or libudev-devel.",
    ),
    need(Purpose::Build, Probe::Libclang, "libclang", "webcams", "Often clang or clang-devel."),
    need(
        Purpose::Build,
        Probe::Library("webkit2gtk-4.1"),
        "WebKitGTK 4.1's headers",
        "the windows' pages",
        "Often webkit2gtk4.1-devel.",
    ),
    need(
        Purpose::Test,
        Probe::Library("openssl"),
        "OpenSSL's headers",
        "the made-up SQL Server of the store's tests",
        "Often openssl-devel.",
    ),
    need(
        Purpose::Test,
        Probe::Program("npm"),
        "Node.js with npm",
        "building and testing the pages",
        "Often nodejs.",
    ),
    need(Purpose::Bench, Probe::Program("cmake"), "cmake", "comparing with zxing-cpp", "Often cmake."),
    need(
        Purpose::Bench,
        Probe::Library("zbar"),
        "zbar's headers",
        "comparing with zbar",
        "Often zbar-devel.",
    ),
];

const fn need(
    purpose: Purpose,
    probe: Probe,
    what: &'static str,
    needed_for: &'static str,
    remedy: &'static str,
) -> Need {
    Need { purpose, probe, missing: Missing { what, needed_for, remedy } }
}

/// Where bindgen looks by itself, and where `LIBCLANG_PATH` tells it to look.
fn libclang_is_found() -> bool {
    std::env::var_os("LIBCLANG_PATH").is_some()
        || ["/usr/lib64", "/usr/lib", "/usr/local/lib"].iter().any(|folder| holds_libclang(Path::new(folder)))
}

fn holds_libclang(folder: &Path) -> bool {
    let Ok(entries) = folder.read_dir() else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libclang"))
}
