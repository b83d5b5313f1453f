//! Windows and macOS: installs nothing, and names everything that is missing.

use super::{Missing, Purpose};
use crate::sh::Sh;

const XCODE: Missing = Missing {
    what: "Apple's command line tools",
    needed_for: "SQLite and TLS, which are compiled from C",
    remedy: "Run: xcode-select --install",
};

const BUILD_TOOLS: Missing = Missing {
    what: "the C++ build tools of Visual Studio",
    needed_for: "SQLite and TLS, which are compiled from C",
    remedy: "Run: winget install Microsoft.VisualStudio.2022.BuildTools --override \
             \"--passive --add Microsoft.VisualStudio.Workload.VCTools --includeRecommended\"",
};

const CMAKE: Missing = Missing {
    what: "CMake",
    needed_for: "zxing-cpp, the decoder to compare with",
    remedy: "It is at https://cmake.org/download/",
};

const NODE: Missing = Missing {
    what: "Node.js with npm",
    needed_for: "building and testing the pages",
    remedy: "It is at https://nodejs.org/",
};

pub(super) fn missing(sh: &Sh, purpose: Purpose) -> Vec<Missing> {
    let answers = |program: &str, args: &str| sh.cmd(program, args).quiet().ignore_stderr().read();
    let has_compiler = match std::env::consts::OS {
        "windows" => answers(&vswhere(), VSWHERE_QUESTION).is_ok_and(|folder| !folder.is_empty()),
        _ => answers("xcode-select", "-p").is_ok(),
    };
    select(std::env::consts::OS, purpose, has_compiler, |program| which::which(program).is_ok())
}

/// What is missing, given what was found.
fn select(os: &str, purpose: Purpose, has_compiler: bool, on_path: impl Fn(&str) -> bool) -> Vec<Missing> {
    let mut missing = Vec::new();
    if !has_compiler {
        missing.push(if os == "windows" { BUILD_TOOLS } else { XCODE });
    }
    if purpose >= Purpose::Test {
        missing.extend((!on_path("npm")).then_some(NODE));
    }
    if purpose >= Purpose::Bench {
        missing.extend((!on_path("cmake")).then_some(CMAKE));
    }
    missing
}

/// Asks for the folder of an installation with the C++ compiler. No answer means that there is none.
const VSWHERE_QUESTION: &str = "-latest -products * -requires Microsoft.VisualStudio.Component.VC.Tools.x86.x64 \
                                -property installationPath";

/// Visual Studio's installer always puts it here.
fn vswhere() -> String {
    let programs =
        std::env::var("ProgramFiles(x86)").unwrap_or_else(|_| r"C:\Program Files (x86)".to_owned());
    format!(r"{programs}\Microsoft Visual Studio\Installer\vswhere.exe")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_is_told_its_own_compiler() {
        let none = |_: &str| false;
        assert_eq!(select("windows", Purpose::Build, false, none), [BUILD_TOOLS]);
        assert_eq!(select("macos", Purpose::Build, false, none), [XCODE]);
        assert_eq!(select("windows", Purpose::Build, true, none), []);
    }

    #[test]
    fn a_test_needs_node_and_a_bench_cmake_as_well() {
        assert_eq!(select("macos", Purpose::Bench, true, |program| program == "npm"), [CMAKE]);
        assert_eq!(select("macos", Purpose::Test, true, |_| false), [NODE]);
        assert_eq!(select("macos", Purpose::Bench, true, |_| false), [NODE, CMAKE]);
    }
}
