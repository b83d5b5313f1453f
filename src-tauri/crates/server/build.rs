//! Embeds the built pages anew when they change: the macro that embeds them only notices changes to files it has seen.
#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

const PAGES: &str = "../../../ui/dist";

fn main() {
    // If a watched folder does not exist, cargo builds this crate again each time. If it cannot be made, that is all
    // that happens.
    let _ = std::fs::create_dir_all(PAGES);
    println!("cargo:rerun-if-changed={PAGES}");
}
