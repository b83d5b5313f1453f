//! Tells Tauri the program's commands and what each window may call, from `contract`. Makes sure that there are pages
//! to build in.

use std::{collections::BTreeMap, env, fs, path::Path};

// The list depends on no crate, so this script can read it without any of them.
#[path = "crates/contract/src/list.rs"]
#[macro_use]
mod list;

const PAGES: [&str; 5] = ["kiosk", "guru", "popup", "admin", "mulai"];

/// Written at each build, like Tauri's own files in that folder.
const CAPABILITIES: &str = "gen/capabilities.json";

macro_rules! names {
    ($($windows:tt {$(
        $(#[$about:meta])* $name:ident $Request:ident { $($fields:tt)* } $(with $bytes:ident)? -> $Reply:ty;
    )*})*) => {
        /// Every command.
        const COMMANDS: &[&str] = &[$($(stringify!($name),)*)*];

        /// The windows, and the commands that they may call.
        const ALLOWED: &[(&[&str], &[&str])] = &[$((&$windows, &[$(stringify!($name),)*]),)*];
    };
}

with_commands!(names);

fn main() {
    pages();
    capabilities();
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes =
        tauri_build::Attributes::new().app_manifest(manifest).capabilities_path_pattern(CAPABILITIES);
    tauri_build::try_build(attributes).expect("tauri.conf.json and the capabilities can be built in");
}

/// Each window may call its own commands only.
fn capabilities() {
    let mut windows = BTreeMap::<_, Vec<_>>::new();
    for (labels, commands) in ALLOWED {
        let permissions = commands.iter().map(|command| format!("\"allow-{}\"", command.replace('_', "-")));
        let permissions: Vec<_> = permissions.collect();
        labels.iter().for_each(|label| windows.entry(*label).or_default().extend(permissions.clone()));
    }
    let capability = |(label, permissions): (&str, Vec<String>)| {
        let permissions = permissions.join(",");
        format!(r#"{{"identifier":"{label}","windows":["{label}"],"permissions":[{permissions}]}}"#)
    };
    let all: Vec<_> = windows.into_iter().map(capability).collect();
    fs::create_dir_all("gen")
        .and_then(|()| fs::write(CAPABILITIES, format!("[{}]\n", all.join(",\n"))))
        .expect("gen can be written");
}

/// Writes a stand-in for each page that was not built, so that the program compiles without Node.js. A release refuses
/// it.
fn pages() {
    let dist = Path::new("../ui/dist");
    println!("cargo::rerun-if-changed=../ui/dist");
    for page in PAGES {
        let file = dist.join(format!("{page}.html"));
        if file.exists() {
            continue;
        }
        assert!(
            env::var_os("CARGO_FEATURE_CUSTOM_PROTOCOL").is_none(),
            "{} is missing: build the pages first (cd ui && npm ci && npm run build)",
            file.display()
        );
        println!("cargo::warning={} is missing; a stand-in takes its place", file.display());
        let stand_in = "<!doctype html><title>Buku Tamu</title>\
            <p>The pages were not built: cd ui && npm ci && npm run build";
        fs::create_dir_all(dist).and_then(|()| fs::write(&file, stand_in)).expect("ui/dist can be written");
    }
}
