//! Debian and its relatives: looks packages up with dpkg, and installs them with apt if it runs as root.

use std::collections::HashSet;

use anyhow::{Context, Result, bail};

use super::Purpose;
use crate::sh::{Sh, step};

/// One package, and why it is wanted.
#[derive(Debug, PartialEq, Eq)]
struct Package {
    name: &'static str,
    needed_for: &'static str,
    purpose: Purpose,
    /// A program that makes the package unnecessary, however it came onto the machine.
    program: Option<&'static str>,
}

const PACKAGES: [Package; 28] = [
    package("build-essential", "SQLite and TLS, which are compiled from C", Purpose::Build, None),
    package("pkg-config", "finding libudev", Purpose::Build, None),
    package("libudev-dev", "serial and HID scanners (serialport, hidapi)", Purpose::Build, None),
    package("libclang-dev", "webcams (nokhwa's bindings)", Purpose::Build, None),
    package("libwebkit2gtk-4.1-dev", "the windows' pages (Tauri)", Purpose::Build, None),
    package("libayatana-appindicator3-1", "the tray icon", Purpose::Build, None),
    package("fonts-noto-core", "signs beyond the pages' own font", Purpose::Build, None),
    package("xvfb", "a display where there is none", Purpose::Test, Some("Xvfb")),
    package(
        "openbox",
        "full screen and windows above others on that display",
        Purpose::Test,
        Some("openbox"),
    ),
    package("dbus", "tray icons and notices", Purpose::Test, Some("dbus-daemon")),
    package("webkit2gtk-driver", "driving the windows", Purpose::Test, Some("WebKitWebDriver")),
    package("xdotool", "keys as a scanner types them", Purpose::Test, Some("xdotool")),
    package("x11-utils", "asking windows for their state", Purpose::Test, Some("xprop")),
    package("imagemagick", "pictures of the display", Purpose::Test, Some("import")),
    package("chromium", "the pages in a browser", Purpose::Test, Some("chromium")),
    package("chromium-driver", "driving the browser", Purpose::Test, Some("chromedriver")),
    package("libssl-dev", "the made-up SQL Server of the store's tests", Purpose::Test, None),
    package("libfaketime", "tests as of other days", Purpose::Test, None),
    package("strace", "disks that fail and ends at every call, in tests", Purpose::Test, Some("strace")),
    package("nftables", "networks that lose packets, in tests", Purpose::Test, Some("nft")),
    package("haproxy", "a balancer before the nodes, in tests", Purpose::Test, Some("haproxy")),
    package("nats-server", "several nodes of a school, in tests", Purpose::Test, Some("nats-server")),
    package("prometheus", "trying the alert rules", Purpose::Test, Some("promtool")),
    package("nodejs", "building and testing the pages", Purpose::Test, Some("node")),
    package("npm", "what the pages are built with", Purpose::Test, Some("npm")),
    package("libayatana-appindicator3-dev", "the desktop program's package", Purpose::Bench, None),
    package("cmake", "zxing-cpp, the decoder to compare with", Purpose::Bench, Some("cmake")),
    package("libzbar-dev", "zbar, the decoder to compare with", Purpose::Bench, None),
];

const fn package(
    name: &'static str,
    needed_for: &'static str,
    purpose: Purpose,
    program: Option<&'static str>,
) -> Package {
    Package { name, needed_for, purpose, program }
}

/// What to do about the packages.
#[derive(Debug, PartialEq, Eq)]
enum Plan {
    /// Nothing is missing.
    Ready,
    /// These have to be installed.
    Install(Vec<&'static Package>),
    /// These are missing, and only root may install them.
    Ask(Vec<&'static Package>),
}

pub(super) fn run(sh: &Sh, purpose: Purpose) -> Result<()> {
    let on_path = |program: &str| which::which(program).is_ok();
    match plan(purpose, &installed(sh)?, on_path, is_root(sh)) {
        Plan::Ready => step("set-up: every package is there"),
        Plan::Install(missing) => {
            tell(&missing);
            install(sh, &missing)?;
        }
        Plan::Ask(missing) => {
            tell(&missing);
            bail!(
                "installing is root's to do. Run this, then the same command again:\n  {}",
                request(&missing)
            );
        }
    }
    Ok(())
}

/// Installs one package that is useful but not necessary.
pub(super) fn try_install(sh: &Sh, package: &str) -> Result<()> {
    if which::which("apt-get").is_err() || !is_root(sh) {
        bail!("installing it is not this program's to do here");
    }
    apt_get(sh, &["update"])?;
    apt_get(sh, &["install", "--yes", "--no-install-recommends", package])
}

fn is_root(sh: &Sh) -> bool {
    sh.cmd("id", "-u").quiet().read().is_ok_and(|uid| uid == "0")
}

fn plan(
    purpose: Purpose,
    installed: &HashSet<String>,
    on_path: impl Fn(&str) -> bool,
    may_install: bool,
) -> Plan {
    let is_there =
        |package: &Package| installed.contains(package.name) || package.program.is_some_and(&on_path);
    let wanted = PACKAGES.iter().filter(|package| package.purpose <= purpose);
    let missing: Vec<_> = wanted.filter(|package| !is_there(package)).collect();
    match (missing.is_empty(), may_install) {
        (true, _) => Plan::Ready,
        (false, true) => Plan::Install(missing),
        (false, false) => Plan::Ask(missing),
    }
}

/// Names of the packages in the table that are installed.
fn installed(sh: &Sh) -> Result<HashSet<String>> {
    let query = sh.cmd("dpkg-query", "--show").arg("--showformat=${db:Status-Abbrev}${Package}\n");
    // dpkg-query fails if it does not know one of the names, and still answers for the others.
    let query = query.args(PACKAGES.map(|package| package.name)).quiet().ignore_stderr().ignore_status();
    Ok(parse_installed(&query.read().context("cannot ask dpkg what is installed")?))
}

/// Lines of three status letters and a name: `ii libudev-dev`. The second letter is the state, `i` for installed.
fn parse_installed(answer: &str) -> HashSet<String> {
    let name = |line: &str| {
        let (status, name) = line.split_at_checked(3)?;
        (status.chars().nth(1) == Some('i')).then(|| name.trim().to_owned())
    };
    answer.lines().filter_map(name).collect()
}

fn tell(missing: &[&Package]) {
    for package in missing {
        step(format_args!("missing: {}, for {}", package.name, package.needed_for));
    }
}

fn install(sh: &Sh, missing: &[&Package]) -> Result<()> {
    let names: Vec<_> = names(missing).collect();
    apt_get(sh, &["update"])?;
    apt_get(sh, &[&["install", "--yes", "--no-install-recommends"], names.as_slice()].concat())
}

/// Quiet unless it fails. Waits up to five minutes for another apt at work.
fn apt_get(sh: &Sh, args: &[&str]) -> Result<()> {
    let args = args.join(" ");
    step(format_args!("set-up: apt-get {args}"));
    let apt = sh.cmd("apt-get", "-q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0");
    let apt = apt.args(args.split(' ')).env("DEBIAN_FRONTEND", "noninteractive").quiet().ignore_status();
    let output = apt.output().context("cannot start apt-get")?;
    if !output.status.success() {
        eprint!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        bail!("apt-get failed; its own words stand above");
    }
    Ok(())
}

/// The command for somebody who may install.
fn request(missing: &[&Package]) -> String {
    let names: Vec<_> = names(missing).collect();
    format!("sudo apt-get update && sudo apt-get install -y --no-install-recommends {}", names.join(" "))
}

fn names<'a>(packages: &[&'a Package]) -> impl Iterator<Item = &'a str> {
    packages.iter().map(|package| package.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn installed(names: &[&str]) -> HashSet<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    fn no_program(_: &str) -> bool {
        false
    }

    fn names_for(purpose: Purpose) -> Vec<&'static str> {
        PACKAGES.iter().filter(|package| package.purpose <= purpose).map(|package| package.name).collect()
    }

    #[test]
    fn nothing_is_installed_twice() {
        for (purpose, may_install) in [(Purpose::Build, true), (Purpose::Test, false)] {
            let there = installed(&names_for(purpose));
            assert_eq!(plan(purpose, &there, no_program, may_install), Plan::Ready);
        }
    }

    #[test]
    fn root_installs_only_what_is_missing() {
        let there = installed(&["build-essential", "pkg-config"]);
        let Plan::Install(missing) = plan(Purpose::Test, &there, no_program, true) else {
            panic!("root may install");
        };
        let mut expected = names_for(Purpose::Test);
        expected.retain(|name| !there.contains(*name));
        assert_eq!(names(&missing).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn others_get_one_command() {
        let there: Vec<_> =
            names_for(Purpose::Build).into_iter().filter(|name| *name != "libclang-dev").collect();
        let Plan::Ask(missing) = plan(Purpose::Build, &installed(&there), no_program, false) else {
            panic!("only root may install");
        };
        let expected = "sudo apt-get update && sudo apt-get install -y --no-install-recommends libclang-dev";
        assert_eq!(request(&missing), expected);
    }

    #[test]
    fn a_bench_wants_more_than_a_test_and_takes_programs_from_elsewhere() {
        let plan =
            plan(Purpose::Bench, &installed(&names_for(Purpose::Test)), |program| program != "cmake", true);
        let Plan::Install(missing) = plan else { panic!("{plan:?}") };
        let missing: Vec<_> = names(&missing).collect();
        assert_eq!(missing, ["libayatana-appindicator3-dev", "cmake", "libzbar-dev"]);
    }

    #[test]
    fn removed_packages_whose_settings_remain_are_not_installed() {
        let answer = "ii pkg-config\nrc libudev-dev\nun npm\nhi cmake\n\n";
        assert_eq!(parse_installed(answer), installed(&["pkg-config", "cmake"]));
    }
}
